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
	"strconv"
	"strings"
	"testing"

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

// BenchmarkCompareFTS5 indexes the words of the same duties, cut before the
// clock runs, without keeping the texts.
func BenchmarkCompareFTS5(b *testing.B) {
	const n = 200_000
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
	dir := b.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "cut.txt"), cut, 0o644); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(size)
	for b.Loop() {
		db := filepath.Join(dir, "fts.db")
		_ = os.Remove(db)
		if out, err := exec.Command("python3", "-c", fts5, filepath.Join(dir, "cut.txt"), db).CombinedOutput(); err != nil {
			b.Skipf("python3 with sqlite3 is needed: %v: %s", err, out)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "duties/s")
}
