package opc

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"testing"
)

// raw packs a part as it is given, under a header that says what it likes.
func raw(t *testing.T, h zip.FileHeader, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateRaw(&h)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func reasonOf(err error) string {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e.Reason
	}
	return fmt.Sprint(err)
}

func readAll(x *Reader) error {
	return x.Each(func(Element) error {
		_, err := x.Text()
		return err
	})
}

func TestLimits(t *testing.T) {
	const name = "word/document.xml"
	stored := func(text string) []byte {
		return raw(t, zip.FileHeader{Name: name, CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)), CRC32: crc32.ChecksumIEEE([]byte(text))}, []byte(text))
	}
	for _, c := range []struct {
		name, want string
		data       []byte
		limit      int64
	}{
		{"good", "<nil>", stored("<a><b>甲</b></a>"), TinyPart},
		{"declared too large", "too-large", stored("<a>" + strings.Repeat(" ", TinyPart) + "</a>"), TinyPart},
		{"a tag without end", "too-complex", stored("<a " + strings.Repeat("b='甲' ", maxTag/8+10)), LargePart},
		{"many long tags", "<nil>", stored("<a>" + strings.Repeat("<b c='"+strings.Repeat("x", maxTag/2)+"'/>", 4) + "</a>"), LargePart},
		{"deep", "too-complex", stored(strings.Repeat("<a>", maxDepth+1) + strings.Repeat("</a>", maxDepth+1)), LargePart},
		{"wrong sum", zip.ErrChecksum.Error(), raw(t, zip.FileHeader{Name: name, CompressedSize64: 8, UncompressedSize64: 8, CRC32: 1}, []byte("<a></a> ")), TinyPart},
		{"unknown packing", "damaged", raw(t, zip.FileHeader{Name: name, Method: 99, CompressedSize64: 8, UncompressedSize64: 8}, []byte("<a></a> ")), TinyPart},
	} {
		a, err := Open(c.data)
		if err == nil {
			err = a.Stream(a.Document, c.limit, readAll)
		}
		if got := reasonOf(err); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A part that is larger than it says is read to its limit at most.
func TestGuard(t *testing.T) {
	g := &guard{r: strings.NewReader("<a>" + strings.Repeat("甲", 1000) + "</a>"), left: 100, limit: 100, name: "x"}
	if err := newXML(g).root(readAll); err == nil || reasonOf(g.err) != "too-large" {
		t.Error(err, g.err)
	}
}

func TestEntries(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range maxEntries + 1 {
		if _, err := z.Create(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(b.Bytes()); reasonOf(err) != "too-complex" {
		t.Error(err)
	}
}

// Of two entries with one name the first counts, as unpacking shows it.
func TestNames(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{`Word\Document.xml`, "word/document.xml", "../word/styles.xml"} {
		if _, err := z.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := Open(b.Bytes())
	if err != nil || a.files[a.Document].Name != `Word\Document.xml` || a.Styles != "word/styles.xml" || a.Core != "" {
		t.Errorf("%+v, %v", a, err)
	}
}
