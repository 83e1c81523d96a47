package jieba

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"zhize/internal/dutygen"
)

// benchmark cuts the sample duties, one line and a hundred lines at a time, the job postings where they are, and
// generated duties one at a time.
func benchmark(b *testing.B, cut func(text string)) {
	run := func(name string, texts func(testing.TB) []string) {
		b.Run(name, func(b *testing.B) {
			list := texts(b)
			n := 0
			for _, text := range list {
				n += len(text)
			}
			b.SetBytes(int64(n))
			b.ReportAllocs()
			for b.Loop() {
				for _, text := range list {
					cut(text)
				}
			}
		})
	}
	run("lines", func(testing.TB) []string { return strings.SplitAfter(duties, "\n") })
	run("page", func(testing.TB) []string { return []string{strings.Repeat(duties, 12)} })
	run("postings", postings)
	run("generated", func(tb testing.TB) []string {
		var texts bytes.Buffer
		if _, err := dutygen.Write(io.Discard, &texts, 1, 20_000); err != nil {
			tb.Fatal(err)
		}
		return strings.SplitAfter(texts.String(), "\n")
	})
}

func BenchmarkCut(b *testing.B) {
	var list []Token
	benchmark(b, func(text string) { list = Default().Cut(list[:0], text) })
}

func BenchmarkCutSearch(b *testing.B) {
	var list []Token
	benchmark(b, func(text string) { list = Default().CutSearch(list[:0], text) })
}
