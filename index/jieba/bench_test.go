package jieba

import (
	"strings"
	"testing"
)

// benchmark cuts the sample duties, one line and a hundred lines at a time, and the job postings where they are.
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
}

func BenchmarkCut(b *testing.B) {
	var list []Token
	benchmark(b, func(text string) { list = Default().Cut(list[:0], text) })
}

func BenchmarkCutSearch(b *testing.B) {
	var list []Token
	benchmark(b, func(text string) { list = Default().CutSearch(list[:0], text) })
}
