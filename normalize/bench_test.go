package normalize_test

import (
	"strings"
	"testing"

	"zhize/document"
	"zhize/normalize"
)

// The texts of the benchmarks: about a megabyte of what needs no repair, and
// of what needs one in every clause.
var (
	cleanText = strings.Repeat("负责客户来电的接听、登记与转交，定期回访并形成记录；熟悉 Excel 操作，每周一 9:30 前汇总报表。\n", 8000)
	noisyText = strings.Repeat("负责客户来电的(de)接听,登记.转交,定 期回访\n并形成记录;。良好的.沟通(含书面) 能力旳\u200b要求;熟悉 C++,1,000元.\n", 8000)
)

// Parts of a page are lines; a benchmark cuts them as the outline does.
func lines(text string) []normalize.Part {
	var out []normalize.Part
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if end := at + len(strings.TrimSpace(line)); end > at {
			out = append(out, normalize.Part{Span: document.Span{Start: at, End: end}})
		}
		at += len(line)
	}
	return out
}

func benchmark(b *testing.B, run func(text string)) {
	for _, c := range []struct{ name, text string }{{"clean", cleanText}, {"noisy", noisyText}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.text)))
			b.ReportAllocs()
			for b.Loop() {
				run(c.text)
			}
		})
	}
}

func BenchmarkCharacters(b *testing.B) {
	benchmark(b, func(text string) { normalize.Characters(text, dictionary{}) })
}

func BenchmarkTexts(b *testing.B) {
	benchmark(b, func(text string) { normalize.Texts(text, lines(text), dictionary{}) })
}
