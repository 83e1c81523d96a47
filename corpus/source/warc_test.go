package source

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// recordOf writes a record; a length of -1 is the true one.
func recordOf(kind, uri, media, block string, length int) string {
	if length < 0 {
		length = len(block)
	}
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", kind, uri, media, length, block)
}

func responseOf(uri, headers, body string) string {
	return recordOf("response", uri, "application/http; msgtype=response", "HTTP/1.1 200 OK\r\n"+headers+"\r\n\r\n"+body, -1)
}

const htmlHeader = "Content-Type: text/html; charset=GBK"

func chunked(parts ...string) string {
	var b strings.Builder
	for _, p := range append(parts, "") {
		fmt.Fprintf(&b, "%x;ext=1\r\n%s\r\n", len(p), p)
	}
	return b.String()
}

func packedBy(t testing.TB, text string, open func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := open(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zlibbed(t testing.TB, text string) string {
	return packedBy(t, text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func deflated(t testing.TB, text string) string {
	return packedBy(t, text, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, 6)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func TestWARC(t *testing.T) {
	dir := t.TempDir()
	records := []string{
		recordOf("warcinfo", "", "application/warc-fields", "software: x\r\n", -1),
		recordOf("request", "http://a/1", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n", -1),
		responseOf("http://a/1", htmlHeader, "<p>一"),
		recordOf("metadata", "http://a/1", "application/warc-fields", "x: y\r\n", -1),
		recordOf("revisit", "http://a/1", "application/http", "HTTP/1.1 200 OK\r\n\r\n", -1),
		responseOf("<http://a/2>", htmlHeader+"\r\nTransfer-Encoding: chunked", chunked("<p>", "二\n")),
		responseOf("http://a/3", htmlHeader+"\r\nContent-Encoding: gzip", zipped(t, "<p>三")),
		responseOf("http://a/4", htmlHeader+"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(zipped(t, "<p>四"))),
		responseOf("http://a/5", htmlHeader+"\r\nContent-Encoding: deflate", zlibbed(t, "<p>五")),
		responseOf("http://a/6", htmlHeader+"\r\nContent-Encoding: deflate", deflated(t, "<p>六")),
		responseOf("http://a/7", htmlHeader+"\r\nContent-Encoding: zstd", zstdOf(t, "<p>七")),
		responseOf("http://a/8", htmlHeader+"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", "<p>unpacked already"),
		responseOf("http://a/9", htmlHeader+"\r\nContent-Encoding: br", "\x8b\x02"),
		responseOf("http://a/10", htmlHeader+"\r\nContent-Encoding: gzip", zipped(t, strings.Repeat("x", 500))[:20]),
		responseOf("http://a/11", htmlHeader+"\r\nTransfer-Encoding: chunked", chunked("<p>", "x")[:14]),
		responseOf("http://a/12", "Content-Type: image/png", "x"),
		responseOf("http://a/13", "Content-Type: text/plain", "1、一"),
		responseOf("http://a/14", "Server: x", " <!doctype html>"),
		responseOf("http://a/15", "Server: x", "x"),
		recordOf("response", "http://a/16", "application/http", "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x", -1),
		recordOf("response", "dns:a", "text/dns", "x", -1),
		recordOf("resource", "file:///a.html", "text/html", "<p>八", -1),
		recordOf("conversion", "http://a/17", "text/plain", "九", -1),
		responseOf("http://a/18", "Content-Type: application/xhtml+xml", "<p>十"),
		responseOf("http://a/19", htmlHeader+"\r\nContent-Encoding: gzip", zipped(t, strings.Repeat("x", 8<<20))),
	}
	want := []string{
		"http://a/1=<p>一", "http://a/2=<p>二\n", "http://a/3=<p>三", "http://a/4=<p>四", "http://a/5=<p>五", "http://a/6=<p>六", "http://a/7=<p>七",
		"http://a/8=<p>unpacked already", "!bad-body", "!bad-body", "!bad-body", "http://a/13=1、一", "http://a/14= <!doctype html>", "file:///a.html=<p>八", "http://a/17=九", "http://a/18=<p>十", "!bomb",
	}
	skipped := map[string]int{"(record)": 4, "(media)": 3, "(status)": 1}
	all := strings.Join(records, "")
	var each strings.Builder
	for _, r := range records {
		each.WriteString(zipped(t, r))
	}
	write(t, dir, map[string]string{
		"a.warc": all, "b.warc.gz": each.String(), "c.warc.gz": zipped(t, all), "d.warc.zst": zstdOf(t, all), "e.wet.gz": each.String(), "f.warc.gz": all,
		"g.tar": tarOf(t, pair{"in.warc.gz", each.String()}),
	})
	for _, name := range []string{"a.warc", "b.warc.gz", "c.warc.gz", "d.warc.zst", "e.wet.gz", "f.warc.gz", "g.tar"} {
		got, s := read(t, dir, Options{Inputs: []string{filepath.Join(dir, name)}})
		for i, g := range got {
			if place, reason, bad := strings.Cut(g, "!bad-body"); bad && strings.Contains(place, "#B") {
				got[i] = "!bad-body" + reason
			} else if strings.Contains(g, "!bomb") {
				got[i] = "!bomb"
			}
		}
		if n := len(got); got[n-1] == got[n-2] {
			got = got[:n-1] // the file is so small that the record's bomb is the file's too
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if diff := cmp.Diff(skipped, s.Skipped()); diff != "" {
			t.Errorf("%s skipped:\n%s", name, diff)
		}
	}
	got, _ := read(t, "", Options{Inputs: []string{"-"}, Stdin: strings.NewReader(zipped(t, records[2]))})
	if diff := cmp.Diff([]string{"http://a/1=<p>一"}, got); diff != "" {
		t.Errorf("standard input:\n%s", diff)
	}
}

func TestWARCHints(t *testing.T) {
	in := responseOf("http://a/1", htmlHeader, "<p>") + responseOf("http://a/2", `content-type: TEXT/PLAIN; x=y; Charset="utf-8"`, "1")
	s, err := Open(Options{Inputs: []string{"-"}, Stdin: strings.NewReader(in)})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = s.Each(context.Background(), func(e Entry) error {
		got = append(got, e.Page.MediaType+" "+e.Page.Charset)
		return nil
	})
	if diff := cmp.Diff([]string{"text/html GBK", "text/plain utf-8"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
}

func TestDamagedWARC(t *testing.T) {
	dir := t.TempDir()
	a, b, c := responseOf("http://a/1", htmlHeader, "<p>1"), responseOf("http://a/2", htmlHeader, "<p>2"), responseOf("http://a/3", htmlHeader, "<p>3")
	wrong := func(by int) string {
		block := "HTTP/1.1 200 OK\r\n" + htmlHeader + "\r\n\r\n<p>x\nWARC/ is no line"
		return recordOf("response", "http://a/x", "application/http", block, len(block)+by)
	}
	broken := []byte(zipped(t, b))
	broken[len(broken)-7] ^= 0xFF // in the sum at its end
	for _, d := range []struct {
		name, data string
		want       []string
	}{
		{"short.warc", a + wrong(-5) + b, []string{"http://a/1=<p>1", "#B197!bad-warc", "http://a/2=<p>2"}},
		{"long.warc", a + wrong(100) + b + c, []string{"http://a/1=<p>1", "#B197!bad-warc", "http://a/2=<p>2", "http://a/3=<p>3"}},
		{"huge.warc", a + wrong(1<<20) + b + c, []string{"http://a/1=<p>1", "#B197!bad-warc", "http://a/2=<p>2", "http://a/3=<p>3"}},
		{"garbage.warc", "x\ny" + a + "\r\njunk\r\n" + b, []string{"#B0!bad-warc", "http://a/2=<p>2"}},
		{"none.warc", "no archive", []string{"#B0!bad-warc"}},
		{"empty.warc", "", nil},
		{"length.warc", strings.Replace(a, "Content-Length: ", "Content-Length: x", 1) + b, []string{"#B0!bad-warc", "http://a/2=<p>2"}},
		{"cut.warc", a + b[:len(b)-6], []string{"http://a/1=<p>1", "#B197!bad-warc"}},
		{"head.warc", a + b[:40], []string{"http://a/1=<p>1", "#B197!bad-warc"}},
		{"end.warc", a + strings.TrimRight(b, "\r\n"), []string{"http://a/1=<p>1", "http://a/2=<p>2"}},
		{"member.warc.gz", zipped(t, a) + string(broken) + zipped(t, c), []string{"http://a/1=<p>1", "#B197!bad-gzip", "http://a/3=<p>3"}},
		{"first.warc.gz", zipped(t, a)[:50] + zipped(t, b), []string{"#B0!bad-gzip", "http://a/2=<p>2"}},
		{"zeros.warc.gz", zipped(t, a) + "\x00\x00\x00" + zipped(t, b) + "\x00", []string{"http://a/1=<p>1", "http://a/2=<p>2"}},
		{"cut.warc.gz", zipped(t, a) + zipped(t, b)[:70], []string{"http://a/1=<p>1", "#B197!bad-gzip"}},
		{"none.warc.gz", "no archive", []string{"#B0!bad-gzip"}},
		{"empty.warc.gz", "", []string{"#B0!bad-gzip"}},
		{"bomb.warc.gz", zipped(t, a+responseOf("http://a/b", htmlHeader, strings.Repeat(" ", 8<<20))+b), []string{"http://a/1=<p>1", "#B197!bomb", "#B1!bomb"}},
	} {
		write(t, dir, map[string]string{d.name: d.data})
		got, _ := read(t, dir, Options{Inputs: []string{filepath.Join(dir, d.name)}})
		for i := range got {
			got[i] = strings.TrimPrefix(got[i], d.name)
			if i > 1 && strings.HasSuffix(got[i], "!bomb") {
				got[i] = "#B1!bomb"
			}
		}
		if diff := cmp.Diff(d.want, got); diff != "" {
			t.Errorf("%s:\n%s", d.name, diff)
		}
	}
}

// manyRecords is a web archive of n pages that is made while it is read.
func manyRecords(n int, page string) io.Reader {
	r := &repeated{n: n}
	r.make = func(i int) string { return responseOf(fmt.Sprintf("http://a/%d", i), htmlHeader, page) }
	return r
}

// repeated is what make makes of n numbers, one behind the other.
type repeated struct {
	n    int
	make func(i int) string
	r    strings.Reader
}

func (r *repeated) Read(p []byte) (int, error) {
	if r.r.Len() == 0 {
		if r.n == 0 {
			return 0, io.EOF
		}
		r.n--
		r.r.Reset(r.make(r.n))
	}
	return r.r.Read(p)
}

func TestMemoryOfWARC(t *testing.T) {
	const few, many = 2000, 40000
	small, _ := peakOf(t, Options{Inputs: []string{"-"}, Stdin: manyRecords(few, "<p>1、一")})
	large, pages := peakOf(t, Options{Inputs: []string{"-"}, Stdin: manyRecords(many, "<p>1、一")})
	t.Logf("%d bytes for %d records, %d for %d", small, few, large, many)
	if large > small+(1<<20) || pages != many {
		t.Errorf("%d pages; the heap grew by %d bytes with %d records, by %d with %d", pages, large, many, small, few)
	}
}

// TestLyingRecords: records that all claim the whole archive are not read over
// and over.
func TestLyingRecords(t *testing.T) {
	one := recordOf("resource", "http://a/", "text/plain", "x", 64<<20)
	r := &repeated{n: (40 << 20) / len(one), make: func(int) string { return one }}
	s, err := Open(Options{Inputs: []string{"-"}, Stdin: r})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	if err := s.Each(context.Background(), func(Entry) error { n++; return nil }); err != nil || n == 0 {
		t.Errorf("%d, %v", n, err)
	}
}

// TestRecordLongerThanTheArchive: a length that cannot be costs its record, not those
// behind it.
func TestRecordLongerThanTheArchive(t *testing.T) {
	dir := t.TempDir()
	page := func(u string) string { return recordOf("resource", u, "text/plain", u, -1) }
	wrong := recordOf("resource", "http://b/", "text/plain", "x", 1<<40)
	write(t, dir, map[string]string{"a.warc": page("http://a/") + wrong + page("http://c/")})
	got, _ := read(t, dir, Options{Inputs: []string{filepath.Join(dir, "a.warc")}})
	want := []string{"http://a/=http://a/", fmt.Sprintf("a.warc#B%d!bad-warc", len(page("http://a/"))), "http://c/=http://c/"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// BenchmarkWARC reads an archive of a hundred thousand pages, a gigabyte, and
// reports the largest heap.
func BenchmarkWARC(b *testing.B) {
	page := strings.Repeat("1、负责客户回访。\n", 400)
	const records = 100000
	b.SetBytes(records * int64(len(page)))
	for b.Loop() {
		peak, _ := peakOf(b, Options{Inputs: []string{"-"}, Stdin: manyRecords(records, page)})
		b.ReportMetric(float64(peak), "heap-B")
	}
}

func FuzzWARC(f *testing.F) {
	page := responseOf("http://a/1", htmlHeader, "<p>一")
	packed := responseOf("http://a/3", htmlHeader+"\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip", chunked(zipped(f, "<p>四")))
	f.Add(false, []byte(page+packed))
	f.Add(false, []byte(page+recordOf("response", "u", "application/http", "HTTP/1.0 200\r\n\r\n<", 90)+page))
	f.Add(false, []byte(responseOf("u", "Content-Encoding: deflate", deflated(f, "x"))+recordOf("conversion", "u", "text/plain", "x", 0)))
	f.Add(true, []byte(zipped(f, page)+zipped(f, packed)))
	f.Add(true, []byte(zipped(f, page)[:60]+zipped(f, page+packed)))
	f.Fuzz(func(t *testing.T, gz bool, data []byte) {
		name := "a.warc"
		if gz {
			name = "a.warc.gz"
		}
		fuzzed(t, name, data)
	})
}
