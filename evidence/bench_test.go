package evidence_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"zhize/evidence"
)

// duties makes texts of some thirty characters: a verb, an object and an end,
// each of a few hundred made words, as the duties of a large corpus share them.
func duties(n int) func() string {
	state := uint64(n)
	next := func(most uint64) uint64 {
		state = state*6364136223846793005 + 1442695040888963407
		return state >> 33 % most
	}
	const first, chars = 0x4e00, 3000
	words := make([]string, 4000)
	for i := range words {
		var w strings.Builder
		for range 2 + next(2) {
			w.WriteRune(rune(first + next(chars)))
		}
		words[i] = w.String()
	}
	return func() string {
		var b strings.Builder
		for range 12 {
			// Half of the words are of the commonest hundred.
			most := uint64(len(words))
			if next(2) == 0 {
				most = 100
			}
			b.WriteString(words[next(most)])
		}
		return b.String()
	}
}

// BenchmarkLearn learns from a tenth, a third and all of a million texts and writes
// the file. Beside the rate it reports the heap at its largest, and the size of the
// file, in bytes a text.
func BenchmarkLearn(b *testing.B) {
	for _, n := range []int{100_000, 300_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			size, file, peak := 0, int64(0), uint64(0)
			for b.Loop() {
				dir := b.TempDir()
				l := evidence.NewLearner(dir, 64<<20)
				text := duties(1)
				size = 0
				for i := range n {
					t := text()
					size += len(t)
					if err := l.Add(t); err != nil {
						b.Fatal(err)
					}
					if i%50_000 == 0 {
						var m runtime.MemStats
						runtime.ReadMemStats(&m)
						peak = max(peak, m.HeapSys)
					}
				}
				path := filepath.Join(dir, "evidence")
				if err := l.Write(path); err != nil {
					b.Fatal(err)
				}
				if err := l.Close(); err != nil {
					b.Fatal(err)
				}
				info, err := os.Stat(path)
				if err != nil {
					b.Fatal(err)
				}
				file = info.Size()
			}
			b.SetBytes(int64(size))
			b.ReportMetric(float64(peak)/float64(1<<20), "MiB-heap")
			b.ReportMetric(float64(file)/float64(n), "file-B/text")
		})
	}
}
