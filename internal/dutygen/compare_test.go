//go:build compare && cgo

package dutygen_test

// What docs/performance.md compares building with: gojieba and Bleve put
// together by hand, and SQLite's full-text index over texts that were cut before.
//
//	go test -tags compare -run '^$' -bench Compare -benchtime 1x ./internal/dutygen

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	_ "github.com/blevesearch/bleve/v2/analysis/analyzer/custom" // which the mapping names
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/yanyiwu/gojieba"

	"zhize/index"
	"zhize/index/jieba"
	"zhize/internal/dutygen"
)

// tokenizer is gojieba as a tokenizer of Bleve.
type tokenizer struct{ jieba *gojieba.Jieba }

func (t tokenizer) Tokenize(text []byte) (out analysis.TokenStream) {
	for i, w := range t.jieba.Tokenize(string(text), gojieba.SearchMode, true) {
		out = append(out, &analysis.Token{Term: []byte(w.Str), Start: w.Start, End: w.End, Position: i + 1, Type: analysis.Ideographic})
	}
	return out
}

// BenchmarkCompareBleve indexes duties with the default mapping, a hundred in
// a batch, as the examples of both libraries do.
func BenchmarkCompareBleve(b *testing.B) {
	_ = registry.RegisterTokenizer("gojieba", func(map[string]any, *registry.Cache) (analysis.Tokenizer, error) {
		return tokenizer{gojieba.NewJieba()}, nil
	})
	mapping := bleve.NewIndexMapping()
	if err := mapping.AddCustomTokenizer("gojieba", map[string]any{"type": "gojieba"}); err != nil {
		b.Fatal(err)
	}
	if err := mapping.AddCustomAnalyzer("gojieba", map[string]any{"type": "custom", "tokenizer": "gojieba"}); err != nil {
		b.Fatal(err)
	}
	mapping.DefaultAnalyzer = "gojieba"
	var texts bytes.Buffer
	size, err := dutygen.Write(io.Discard, &texts, 1, 20_000)
	if err != nil {
		b.Fatal(err)
	}
	list := strings.Split(strings.TrimSpace(texts.String()), "\n")
	b.SetBytes(size)
	for b.Loop() {
		dir := filepath.Join(b.TempDir(), "naive")
		x, err := bleve.New(dir, mapping)
		if err != nil {
			b.Fatal(err)
		}
		batch := x.NewBatch()
		for i, text := range list {
			if err := batch.Index(strconv.Itoa(i), map[string]any{"text": text, "title": "会计", "number": i % 5}); err != nil {
				b.Fatal(err)
			}
			if batch.Size() == 100 {
				if err := x.Batch(batch); err != nil {
					b.Fatal(err)
				}
				batch = x.NewBatch()
			}
		}
		if err := x.Batch(batch); err != nil {
			b.Fatal(err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(list))*float64(b.N)/b.Elapsed().Seconds(), "duties/s")
}

// BenchmarkCompareZhize builds an index of the same duties and more, from
// positions.jsonl.
func BenchmarkCompareZhize(b *testing.B) {
	for _, n := range []int{20_000, 200_000} {
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			var lines bytes.Buffer
			size, err := dutygen.Write(&lines, nil, 1, n)
			if err != nil {
				b.Fatal(err)
			}
			dir := b.TempDir()
			b.SetBytes(size)
			for b.Loop() {
				if _, err := index.Build(context.Background(), dir, bytes.NewReader(lines.Bytes()), nil); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "duties/s")
		})
	}
}

const fts5 = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[2])
db.execute("create virtual table f using fts5(t, content='')")
with open(sys.argv[1], encoding="utf-8") as f:
    db.executemany("insert into f(rowid, t) values(?, ?)", enumerate(f))
db.commit()
`

// fts5Index indexes the lines of a file of words, as SQLite's documentation has it.
func fts5Index(b *testing.B, cut string) {
	db := cut + ".db"
	_ = os.Remove(db)
	if out, err := exec.Command("python3", "-c", fts5, cut, db).CombinedOutput(); err != nil {
		b.Skipf("python3 with sqlite3 is needed: %v: %s", err, out)
	}
}

// cutWords writes the words of n duties into a file, those of each on a line.
func cutWords(b *testing.B, n int) (name string, size int64) {
	var texts bytes.Buffer
	size, err := dutygen.Write(io.Discard, &texts, 1, n)
	if err != nil {
		b.Fatal(err)
	}
	cut, list := []byte(nil), []jieba.Token(nil)
	for line := range strings.Lines(texts.String()) {
		list = jieba.Default().CutSearch(list[:0], line)
		for _, t := range list {
			if s := line[t.Start:t.End]; jieba.IsWord(s) {
				cut = append(append(cut, s...), ' ')
			}
		}
		cut = append(cut, '\n')
	}
	name = filepath.Join(b.TempDir(), "cut.txt")
	if err := os.WriteFile(name, cut, 0o644); err != nil {
		b.Fatal(err)
	}
	return name, size
}

// BenchmarkCompareFTS5 indexes the words of the same duties, cut before the
// clock runs, without keeping the texts.
func BenchmarkCompareFTS5(b *testing.B) {
	const n = 200_000
	cut, size := cutWords(b, n)
	b.SetBytes(size)
	for b.Loop() {
		fts5Index(b, cut)
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "duties/s")
}

// BenchmarkComparePair indexes the same duties with both in turn, and gives the
// medians in seconds and their ratio.
func BenchmarkComparePair(b *testing.B) {
	const n, rounds = 200_000, 7
	cut, _ := cutWords(b, n)
	var lines bytes.Buffer
	if _, err := dutygen.Write(&lines, nil, 1, n); err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	var both [2][]float64
	for b.Loop() {
		for i := range 2 * rounds {
			started := time.Now()
			if i%2 == 0 {
				fts5Index(b, cut)
			} else if _, err := index.Build(context.Background(), dir, bytes.NewReader(lines.Bytes()), nil); err != nil {
				b.Fatal(err)
			}
			both[i%2] = append(both[i%2], time.Since(started).Seconds())
		}
	}
	for i := range both {
		slices.Sort(both[i])
	}
	other, own := both[0][len(both[0])/2], both[1][len(both[1])/2]
	b.ReportMetric(other, "fts5-s")
	b.ReportMetric(own, "zhize-s")
	b.ReportMetric(own/other, "zhize/fts5")
}
