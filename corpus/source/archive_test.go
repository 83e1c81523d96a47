package source

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// pair is a member's name and text.
type pair struct{ name, text string }

// zipOf packs members, those of an empty name left out.
func zipOf(t testing.TB, members ...pair) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		f, err := w.CreateHeader(&zip.FileHeader{Name: m.name, Method: zip.Deflate, NonUTF8: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, m.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func tarOf(t testing.TB, members ...pair) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		if err := w.WriteHeader(&tar.Header{Name: m.name, Size: int64(len(m.text)), Mode: 0o644}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, m.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zstdOf(t testing.TB, text string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(text), nil))
}

func inGBK(t testing.TB, text string) string {
	t.Helper()
	raw, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestPacked(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a.html.gz": zipped(t, "<p>一"), "b.txt.zst": zstdOf(t, "二"), "c.jsonl.zst": zstdOf(t, `{"text":"三"}`), "d.gz": zipped(t, "四"),
		"e.zst": zstdOf(t, `{"text":"五"}`+"\n"), "f.gz": zipped(t, tarOf(t, pair{"x.txt", "六"})), "g.png.gz": "x", "h.txt.zst": "no zstd",
		"i.txt.gz": zipped(t, strings.Repeat("七", 999))[:40], "j.txt.gz": "", "k.gz": zipped(t, zipped(t, "x")), "l.txt.gz": zipped(t, "八") + zipped(t, "九"),
	})
	got, s := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{
		"a.html.gz=<p>一", "b.txt.zst=二", "c.jsonl.zst#L1=三", "d.gz=四", "e.zst#L1=五", "f.gz!x.txt=六", "h.txt.zst!bad-zstd",
		"i.txt.gz!bad-gzip", "j.txt.gz!bad-gzip", "k.gz=" + zipped(t, "x"), "l.txt.gz=八九",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{".png.gz": 1}, s.Skipped()); diff != "" {
		t.Errorf("skipped:\n%s", diff)
	}
	if m := MediaType("a.html.gz"); m != "text/html" {
		t.Errorf("media type %q", m)
	}
	for _, in := range []string{zipped(t, "一"), zstdOf(t, `{"text":"一","url":"-"}`), zipped(t, tarOf(t, pair{"-", "一"}))} {
		got, _ := read(t, "", Options{Inputs: []string{"-"}, Stdin: strings.NewReader(in)})
		if len(got) != 1 || !strings.HasSuffix(got[0], "-=一") {
			t.Errorf("standard input: %q", got)
		}
	}
}

func TestMembers(t *testing.T) {
	dir := t.TempDir()
	members := []pair{
		{"z.txt", "1"}, {"./dir/a.html", "2"}, {"dir/.git/x.txt", "x"}, {"__MACOSX/._z.txt", "x"}, {"pic.png", "x"}, {"rows.jsonl", `{"text":"3"}` + "\n{bad"},
		{"../out.txt", "x"}, {"/etc/abs.txt", "x"}, {`C:/x.txt`, "x"}, {"dir/../../up.txt", "x"}, {"b.txt.gz", zipped(t, "4")},
		{inGBK(t, "岗位/职责说明.txt"), "5"}, {"岗位/乙.md", "6"}, {"in.tar", tarOf(t, pair{"c.txt", "7"}, pair{"rows.ndjson", `{"text":"8","id":1}`})},
		{"in.zip", zipOf(t, pair{"d.txt", "9"})}, {"z.txt", "10"}, {"bad.zip", "no zip"}, {"bad.tar", "no tar"}, {"bad.txt.gz", "no gzip"}, {"last.txt", "11"},
	}
	wanted := func(a string) (out []string) {
		for _, w := range []string{
			"z.txt=1", "dir/a.html=2", "rows.jsonl#L1=3", "rows.jsonl#L2!bad-json", "../out.txt!bad-name", "/etc/abs.txt!bad-name", "C:/x.txt!bad-name", "../up.txt!bad-name",
			"b.txt.gz=4", "岗位/职责说明.txt=5", "岗位/乙.md=6", "in.tar!c.txt=7", "in.tar!rows.ndjson#1=8", "in.zip!d.txt=9", "z.txt=10", "bad.zip!bad-zip", "bad.tar!bad-tar",
			"bad.txt.gz!bad-gzip", "last.txt=11",
		} {
			out = append(out, a+"!"+w)
		}
		return out
	}
	archives := map[string]string{"a.zip": zipOf(t, members...), "b.tar": tarOf(t, members...)}
	archives["c.tar.gz"], archives["d.tgz"], archives["e.tar.zst"] = zipped(t, archives["b.tar"]), zipped(t, archives["b.tar"]), zstdOf(t, archives["b.tar"])
	archives["f.zip"] = "#!/bin/sh\n" + archives["a.zip"] // one that unpacks itself
	write(t, dir, archives)
	for name := range archives {
		got, s := read(t, dir, Options{Inputs: []string{filepath.Join(dir, name)}})
		if diff := cmp.Diff(wanted(name), got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if diff := cmp.Diff(map[string]int{"(hidden)": 2, ".png": 1}, s.Skipped()); diff != "" {
			t.Errorf("%s skipped:\n%s", name, diff)
		}
		totals, err := s.Scan(context.Background())
		if err != nil || totals.Pages != 0 || totals.Bytes != int64(len(archives[name])) {
			t.Errorf("%s: scan %+v, %v", name, totals, err)
		}
	}
}

// TestBackslashes: 〦 is a character of GBK whose second byte is \.
func TestBackslashes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.zip": zipOf(t, pair{inGBK(t, `岗位\乗誠.txt`), "1"}, pair{`..\b.txt`, "x"}, pair{`dir\`, ""})})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	if diff := cmp.Diff([]string{"a.zip!岗位/乗誠.txt=1", "a.zip!../b.txt!bad-name"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestLinksAndDevices(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range []tar.Header{
		{Name: "dir/", Typeflag: tar.TypeDir}, {Name: "sym.txt", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"}, {Name: "hard.txt", Typeflag: tar.TypeLink, Linkname: "x"},
		{Name: "dev.txt", Typeflag: tar.TypeBlock}, {Name: "pipe.txt", Typeflag: tar.TypeFifo}, {Name: "a.txt", Typeflag: tar.TypeReg},
	} {
		if err := w.WriteHeader(&h); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var z bytes.Buffer
	zw := zip.NewWriter(&z)
	for name, mode := range map[string]os.FileMode{"dir/": os.ModeDir, "sym.txt": os.ModeSymlink, "pipe.txt": os.ModeNamedPipe, "a.txt": 0o644} {
		h := &zip.FileHeader{Name: name}
		h.SetMode(mode)
		if _, err := zw.CreateHeader(h); err != nil {
			t.Fatal(err)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"a.tar": b.String(), "b.zip": z.String()})
	got, s := read(t, dir, Options{Inputs: []string{dir}})
	if diff := cmp.Diff([]string{"a.tar!a.txt=", "b.zip!a.txt="}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(map[string]int{"(link)": 3, "(special)": 3}, s.Skipped()); diff != "" {
		t.Error(diff)
	}
}

func TestDepth(t *testing.T) {
	dir := t.TempDir()
	page := pair{"p.txt", "1"}
	deep := tarOf(t, page, pair{"4.zip", zipOf(t, page)}, pair{"5.gz", zipped(t, tarOf(t, page))})
	write(t, dir, map[string]string{"1.zip": zipOf(t, pair{"2.tgz", zipped(t, tarOf(t, pair{"3.tar", deep}, page))})})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{"1.zip!2.tgz!3.tar!p.txt=1", "1.zip!2.tgz!3.tar!4.zip!too-deep", "1.zip!2.tgz!3.tar!5.gz!too-deep", "1.zip!2.tgz!p.txt=1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestBombs(t *testing.T) {
	dir := t.TempDir()
	zeros := strings.Repeat("\x00", 8<<20)
	page := pair{"p.txt", "1"}
	write(t, dir, map[string]string{
		"a.zip":    zipOf(t, page, pair{"b.txt", zeros}, page),
		"b.txt.gz": zipped(t, zeros),
		"c.tgz":    zipped(t, tarOf(t, page, pair{"b.txt", zeros}, page)),
		"d.zip":    zipOf(t, page, pair{"in.zip", zipOf(t, page, pair{"b.txt", zeros})}, page),
		"e.tar":    tarOf(t, page, pair{"in.txt.gz", zipped(t, zeros)}, page),
	})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{
		"a.zip!p.txt=1", "a.zip!b.txt!bomb", "a.zip!p.txt=1", "b.txt.gz!bomb", "c.tgz!p.txt=1", "c.tgz!b.txt!bomb", "c.tgz!bomb",
		"d.zip!p.txt=1", "d.zip!in.zip!p.txt=1", "d.zip!in.zip!b.txt!bomb", "d.zip!p.txt=1", "e.tar!p.txt=1", "e.tar!in.txt.gz!bomb", "e.tar!p.txt=1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestOverlap is of an archive whose thousand entries are one member.
func TestOverlap(t *testing.T) {
	dir := t.TempDir()
	page := strings.Repeat("1、负责客户回访。\n", 20000)
	one := zipOf(t, pair{"a.txt", page})
	at := strings.Index(one, zipCentral)
	end := strings.Index(one, zipEnd)
	entry := one[at:end]
	var b strings.Builder
	b.WriteString(one[:at])
	for range 1000 {
		b.WriteString(entry)
	}
	tail := []byte(one[end:])
	binary.LittleEndian.PutUint16(tail[8:], 1000)
	binary.LittleEndian.PutUint16(tail[10:], 1000)
	binary.LittleEndian.PutUint32(tail[12:], uint32(1000*len(entry)))
	b.Write(tail)
	write(t, dir, map[string]string{"a.zip": b.String()})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	if last := got[len(got)-1]; last != "a.zip!bomb" || len(got) > 50 {
		t.Errorf("%d entries, the last %q", len(got), last)
	}
}

func TestTotalLimit(t *testing.T) {
	b := &bound{in: func() int64 { return maxUnpacked }}
	in := &bound{in: func() int64 { return maxUnpacked }, above: b}
	if err := in.add(maxUnpacked); err != nil {
		t.Fatal(err)
	}
	var f *fault
	if err := in.add(1); !errors.As(err, &f) || f.reason != "bomb" || !strings.Contains(f.message, "4096 GiB") {
		t.Errorf("over the limit: %v", err)
	}
}

func TestDamagedArchives(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("职责", 5000)
	members := []pair{{"a.txt", "1"}, {"b.txt", long}, {"c.txt", "3"}}
	whole := zipOf(t, members...)
	wrong := []byte(whole)
	wrong[strings.Index(whole, "b.txt")+7] ^= 0xFF // in its packed bytes
	locked := []byte(whole)
	locked[strings.Index(whole, zipCentral)+8] |= 1
	method := []byte(whole)
	method[strings.Index(whole, zipCentral)+10] = 14
	lies := []byte(whole)
	binary.LittleEndian.PutUint32(lies[strings.Index(whole, zipCentral)+24:], 1<<31)
	entry := []byte(whole)
	entry[strings.LastIndex(whole, zipCentral)] = 'x'
	tarred := tarOf(t, members...)
	write(t, dir, map[string]string{
		"a.zip": string(wrong), "b.zip": string(locked), "c.zip": string(method), "d.zip": string(lies), "e.zip": string(entry), "f.zip": "", "g.zip": whole[:len(whole)-30],
		"h.tar": tarred[:3000], "i.tar": tarred[:1024] + strings.Repeat("x", 512) + tarred[1536:], "j.tar.gz": zipped(t, tarred[:1024]) + zipped(t, tarred[1024:5000])[:50],
		"k.tar": "",
	})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], long, "2")
	}
	want := []string{
		"a.zip!a.txt=1", "a.zip!b.txt!bad-zip", "a.zip!c.txt=3", "b.zip!a.txt!encrypted", "b.zip!b.txt=2", "b.zip!c.txt=3",
		"c.zip!a.txt!bad-zip", "c.zip!b.txt=2", "c.zip!c.txt=3", "d.zip!a.txt!bomb", "d.zip!b.txt=2", "d.zip!c.txt=3",
		"e.zip!a.txt=1", "e.zip!b.txt=2", "e.zip!bad-zip", "f.zip!bad-zip", "g.zip!bad-zip",
		"h.tar!a.txt=1", "h.tar!b.txt!bad-tar", "h.tar!bad-tar", "i.tar!a.txt=1", "i.tar!bad-tar",
		"j.tar.gz!a.txt=1", "j.tar.gz!bad-gzip",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestCutZip is of an archive without its end, whose members tell their sizes
// in front, as most programs write them.
func TestCutZip(t *testing.T) {
	dir := t.TempDir()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, text := range []string{"一", "二", "三"} {
		f, err := w.CreateRaw(&zip.FileHeader{
			Name: text + ".txt", CRC32: crc32.ChecksumIEEE([]byte(text)), CompressedSize64: uint64(len(text)), UncompressedSize64: uint64(len(text)),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	third := strings.Index(b.String(), "三.txt三") + len("三.txt三")
	write(t, dir, map[string]string{"a.zip": b.String()[:third], "b.zip": b.String()[:third-1]})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{"a.zip!一.txt=一", "a.zip!二.txt=二", "a.zip!三.txt=三", "a.zip!bad-zip", "b.zip!一.txt=一", "b.zip!二.txt=二", "b.zip!bad-zip"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestUnicodePath: some programs write the name in UTF-8 behind the one of
// the system.
func TestUnicodePath(t *testing.T) {
	raw := "raw.txt"
	extra := []byte{0x75, 0x70, 0, 0, 1}
	extra = binary.LittleEndian.AppendUint32(extra, crc32.ChecksumIEEE([]byte(raw)))
	extra = append(extra, "岗位.txt"...)
	binary.LittleEndian.PutUint16(extra[2:], uint16(len(extra)-4))
	e := zipEntry{name: raw}
	e.extras(extra)
	if e.name != "岗位.txt" {
		t.Errorf("name %q", e.name)
	}
}

// manyMembers is a tar archive of n pages that is made while it is read.
type manyMembers struct {
	n    int
	page string
	r    bytes.Reader
}

func (m *manyMembers) Read(p []byte) (int, error) {
	if m.r.Len() == 0 {
		if m.n == 0 {
			return 0, io.EOF
		}
		m.n--
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		text := fmt.Sprintf("%d\n%s", m.n, m.page)
		_ = w.WriteHeader(&tar.Header{Name: fmt.Sprintf("pages/%08d.html", m.n), Size: int64(len(text)), Mode: 0o644})
		_, _ = io.WriteString(w, text)
		_ = w.Flush()
		m.r.Reset(b.Bytes())
	}
	return m.r.Read(p)
}
