package source

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
)

func TestCSV(t *testing.T) {
	dir := t.TempDir()
	gbk := inGBK(t, "标题,text,url\n客户专员,\"一、岗位职责\n1、负责客户的回访和投诉的处理，\n2、完成领导交办的其他工作。\",u\n")
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String("text\turl\n一\tu\n")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, data string
		want       []string
	}{
		{"a.csv", "\ufefftext,url,title\r\n一,u1,t\r\n\"二,\r\n\"\"引\"\" 3\",,\n\n四\"字,u4,x\n五,u5,\"t\"", []string{"u1=一", "a.csv#L3=二,\n\"引\" 3", "u4=四\"字", "u5=五"}},
		{"b.tsv", "id\tText\n7\t一,二\n", []string{"b.tsv#7=一,二"}},
		{"c.csv", "text;url\n一,二;u\n", []string{"u=一,二"}},
		{"d.csv", "sep=;\ntext;url\n一,二;u\n", []string{"u=一,二"}},
		{"e.csv", "text,url\n一\n二,u,\n三,u,x\n四,u\n", []string{"e.csv#L2!bad-csv", "u=二", "e.csv#L4!bad-csv", "u=四"}},
		{"f.csv", "a,b\n1,2\n", []string{"f.csv#L1!no-field"}},
		{"g.csv", "", nil},
		{"h.csv", "text,url\n\"一,u\n二,u2\n三,u3\n", []string{"h.csv#L2!bad-csv", "u2=二", "u3=三"}},
		{"i.csv", "id,uri,site,page_title,article,position,kind,section,level,number,text\n1,u,,,,,,,,,x\n", nil},
		{"j.csv.gz", zipped(t, "text\n一\n"), []string{"j.csv.gz#L2=一"}},
		{"k.tsv.zst", zstdOf(t, "url\ttext\nu\t一\n"), []string{"u=一"}},
		{"l.zip", zipOf(t, pair{"x.csv", "content,id\n一,1\n"}), []string{"l.zip!x.csv#1=一"}},
		{"m.csv", "text,html\n一,\n,<p>\n,\n x , \n", []string{"m.csv#L2=一", "m.csv#L3=<p>", "m.csv#L5= x "}},
		{"n.csv", "text,url\n\"a\"b\",u\n\"\",u2\n", []string{"u=a\"b", "u2="}},
		{"o.csv", utf16, []string{"u=一"}},
		{"p.csv.gz", zipped(t, "text,url\n一,u\n")[:12], []string{"p.csv.gz#L1!bad-gzip"}},
		{"q.csv", "\n\ntext\n一\n", []string{"q.csv#L4=一"}},
	} {
		write(t, dir, map[string]string{c.name: c.data})
		got, s := read(t, dir, Options{Inputs: []string{filepath.Join(dir, c.name)}})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
		if n := s.Skipped()["(export)"]; (n == 1) != (c.name == "i.csv") {
			t.Errorf("%s: skipped %v", c.name, s.Skipped())
		}
	}
	write(t, dir, map[string]string{"gbk.csv": gbk})
	s, err := Open(Options{Inputs: []string{filepath.Join(dir, "gbk.csv")}, Fields: Fields{Title: "标题"}})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	err = s.Each(context.Background(), func(e Entry) error {
		n++
		if p := e.Page; e.Reject != nil || p.Title != "客户专员" || p.URI != "u" || p.Charset == "utf-8" || !strings.HasPrefix(string(p.Data), inGBK(t, "一、")) {
			t.Errorf("row in GBK: %+v, %v", p, e.Reject)
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
}

// TestLongRows: rows that are too long, by themselves or by a quote that stays
// open, are told, and those below are read.
func TestLongRows(t *testing.T) {
	line := strings.Repeat("长", 1<<20) + "\n"
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.csv": "text\n一\n" + strings.Repeat("x", MaxLine+1) + "\n二\n\"" + strings.Repeat(line, 30) + "三\n"})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	if len(got) != 34 || got[0] != "a.csv#L2=一" || got[1] != "a.csv#L3!too-large" || got[2] != "a.csv#L4=二" || got[3] != "a.csv#L5!bad-csv" || got[33] != "a.csv#L35=三" {
		for i := range got {
			got[i] = fmt.Sprintf("%.40s", got[i])
		}
		t.Errorf("%d rows: %q", len(got), got)
	}
}

// TestOpenQuotes: a table whose every row opens a quote is not read over and
// over.
func TestOpenQuotes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.csv": "text,url\n" + strings.Repeat("\"一,u\n", 1<<20), "b.csv": "text,url\n" + strings.Repeat("\"一,u\n", 1000) + "二,u"})
	s, err := Open(Options{Inputs: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	err = s.Each(context.Background(), func(e Entry) error {
		if e.Reject != nil {
			n[e.Reject.Message[len(e.Reject.Message)-8:]]++
		} else {
			n["page"]++
		}
		return nil
	})
	if err != nil || n["not read"] != 1 || n["page"] != 1 || n["thout it"] < 1000 || n["thout it"] > 1010 {
		t.Errorf("%v, %v", n, err)
	}
}

func TestMemoryOfCSV(t *testing.T) {
	many := func(n int) Options {
		return Options{Inputs: []string{"-"}, Stdin: &repeated{n: n, make: func(i int) string {
			return "\"1、一\n2、" + fmt.Sprint(i) + "\",u\n"
		}}}
	}
	peak := func(n int) int64 {
		var rows int
		s, err := Open(many(n))
		if err != nil {
			t.Fatal(err)
		}
		s.skipped = map[string]int{}
		var peak int64
		heap := newHeap()
		in := input{uri: "a.csv", r: io.MultiReader(strings.NewReader("text,url\n"), s.o.Stdin), size: -1}
		err = csvRows(context.Background(), s, in, func(e Entry) error {
			if rows++; rows%1000 == 0 {
				peak = max(peak, heap())
			}
			return nil
		})
		if err != nil || rows != n {
			t.Fatalf("%d rows, %v", rows, err)
		}
		return peak
	}
	const few, lots = 2000, 40000
	small, large := peak(few), peak(lots)
	t.Logf("%d bytes for %d rows, %d for %d", small, few, large, lots)
	if large > small+(1<<20) {
		t.Errorf("the heap grew by %d bytes with %d rows, by %d with %d", large, lots, small, few)
	}
}

func FuzzCSV(f *testing.F) {
	f.Add(false, []byte("\ufefftext,url,title\r\n一,u1,t\r\n\"二,\r\n\"\"引\"\" 3\",,\n\n四\"字,u4,x\n五,u5,\"t\""))
	f.Add(false, []byte("sep=;\ntext;id\n\"一;1\n二;2\n"))
	f.Add(true, []byte("html\ttitle\n<p>\tx\n\"\n"))
	f.Add(false, []byte(inGBK(f, "标题,text\n职责,1、负责客户\n")))
	f.Add(false, []byte("\xFF\xFEt\x00e\x00x\x00t\x00\n\x00\x00\x4e"))
	f.Fuzz(func(t *testing.T, tabs bool, data []byte) {
		name := "a.csv"
		if tabs {
			name = "a.tsv"
		}
		fuzzed(t, name, data)
	})
}
