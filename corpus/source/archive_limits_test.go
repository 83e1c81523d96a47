package source

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// newHeap is what tells how much the heap has grown since.
func newHeap() func() int64 {
	var m runtime.MemStats
	now := func() int64 {
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before := now()
	return func() int64 { return now() - before }
}

// peakOf reads inputs and is the largest heap met at every thousandth page,
// above the one before, and the number of pages.
func peakOf(t testing.TB, o Options) (peak int64, pages int) {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	heap := newHeap()
	err = s.Each(context.Background(), func(e Entry) error {
		if e.Reject != nil {
			return fmt.Errorf("rejected: %+v", e.Reject)
		}
		if pages++; pages%1000 == 0 {
			peak = max(peak, heap())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return peak, pages
}

// TestMemoryOfArchives: what is held while an archive is read does not depend
// on how many members it has.
func TestMemoryOfArchives(t *testing.T) {
	zipMany := func(n int) string {
		path := filepath.Join(t.TempDir(), "many.zip")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		w := zip.NewWriter(f)
		for i := range n {
			m, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("pages/%08d.txt", i), Method: zip.Store})
			if err != nil {
				t.Fatal(err)
			}
			_, _ = io.WriteString(m, "1、一\n")
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name  string
		input func(n int) Options
	}{
		{"tar", func(n int) Options {
			return Options{Inputs: []string{"-"}, Stdin: &manyMembers{n: n, page: "1、一\n"}}
		}},
		{"zip", func(n int) Options { return Options{Inputs: []string{zipMany(n)}} }},
	} {
		const few, many = 2000, 40000
		small, _ := peakOf(t, c.input(few))
		large, pages := peakOf(t, c.input(many))
		t.Logf("%s: %d bytes for %d members, %d for %d", c.name, small, few, large, many)
		if large > small+(1<<20) || pages != many {
			t.Errorf("%s: %d pages; the heap grew by %d bytes with %d members, by %d with %d", c.name, pages, large, many, small, few)
		}
	}
}

// BenchmarkMembers reads archives of a million small pages and of 50 GB, and
// reports the largest heap.
func BenchmarkMembers(b *testing.B) {
	for _, c := range []struct {
		name           string
		members, lines int
	}{
		{"million", 1000000, 4},
		{"50GB", 50000, 40000},
	} {
		page := strings.Repeat("1、负责客户回访。\n", c.lines)
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(c.members) * int64(len(page)))
			for b.Loop() {
				peak, _ := peakOf(b, Options{Inputs: []string{"-"}, Stdin: &manyMembers{n: c.members, page: page}})
				b.ReportMetric(float64(peak), "heap-B")
			}
		})
	}
}

// fuzzed reads data under a name and checks what must hold of any bytes: no
// panic, an end, and names that begin with the input's.
func fuzzed(t *testing.T, name string, data []byte) {
	s, err := Open(Options{Inputs: []string{"-"}, Stdin: strings.NewReader("")})
	if err != nil {
		t.Fatal(err)
	}
	s.skipped = map[string]int{}
	r := bytes.NewReader(data)
	in := input{uri: name, kind: kindOf(name), r: r, at: r, size: int64(len(data))}
	total := 0
	err = s.open(context.Background(), in, func(e Entry) error {
		total += len(e.Page.Data)
		switch {
		case e.Reject != nil && (e.Reject.URI == "" || e.Reject.Reason == "" || e.Reject.Message == "" || e.Page.Data != nil):
			t.Errorf("reject %+v", e)
		case e.Reject == nil && e.Page.URI == "":
			t.Errorf("page without a name: %+v", e)
		case e.Reject != nil && e.Reject.Reason == "unreadable":
			t.Errorf("an error of the bytes is told as one of the system: %+v", e.Reject)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	if limit := maxRatio*len(data)*2 + 8*ratioSlack; total > limit {
		t.Errorf("%d bytes became %d", len(data), total)
	}
}

func FuzzArchives(f *testing.F) {
	page := pair{"岗位/a.html", "<p>1、负责</p>"}
	rows := pair{"r.jsonl", `{"text":"一"}` + "\n"}
	archives := []string{".zip", ".tar", ".tgz", ".tar.zst", ".gz", ".html.zst"}
	z := zipOf(f, page, rows, pair{"../x", ""}, pair{inGBK(f, "职责.txt"), "x"}, pair{"in.tar", tarOf(f, page)})
	a := tarOf(f, page, rows, pair{"in.zip", z})
	for i, data := range []string{z, a, zipped(f, a), zstdOf(f, a), zipped(f, rows.text), zstdOf(f, page.text)} {
		f.Add(uint8(i), []byte(data))
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		fuzzed(t, "a"+archives[int(kind)%len(archives)], data)
	})
}
