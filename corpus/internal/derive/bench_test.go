package derive

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"testing"

	"zhize/record"
)

// BenchmarkCopies makes the units of articles, of which half are near copies of
// others, and finds the copies, on one processor. Beside the rate it reports the
// time of an article and the heap at its largest.
func BenchmarkCopies(b *testing.B) {
	for _, n := range []int{10_000, 30_000, 100_000, 300_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			bytes, peak := 0, uint64(0)
			for b.Loop() {
				r := rand.New(rand.NewPCG(1, 2))
				book := NewCopyBook(b.TempDir())
				watch := func() {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapInuse)
				}
				var body []string
				bytes = 0
				for i := range n {
					if i%2 == 0 {
						body = makeBody(r)
					} else {
						body = with(body, r.IntN(len(body)), makeDuty(r))
					}
					page, positions := madePage(body...)
					page.ID = fmt.Sprintf("%016x", i)
					bytes += len(page.Source)
					d := Of(uint64(i), &page, positions)
					if err := book.Add(&d); err != nil {
						b.Fatal(err)
					}
					if i%5000 == 0 {
						watch()
					}
				}
				if err := book.Settle(context.Background()); err != nil {
					b.Fatal(err)
				}
				watch()
				book.Close()
			}
			b.SetBytes(int64(bytes))
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/article")
			b.ReportMetric(float64(peak)/(1<<20), "MiB-heap")
		})
	}
}

// BenchmarkSettle is the part of it that follows the reading of the pages.
func BenchmarkSettle(b *testing.B) {
	const n = 50_000
	for b.Loop() {
		b.StopTimer()
		r := rand.New(rand.NewPCG(1, 2))
		book := NewCopyBook(b.TempDir())
		for i := range n {
			page, positions := madePage(makeBody(r)...)
			d := Of(uint64(i), &page, positions)
			if err := book.Add(&d); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if err := book.Settle(context.Background()); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		book.Close()
		b.StartTimer()
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/article")
}

// BenchmarkDuties makes canonical duties of items, of which a tenth are near
// copies of others.
func BenchmarkDuties(b *testing.B) {
	for _, n := range []int{30_000, 100_000, 300_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			bytes := 0
			for b.Loop() {
				r := rand.New(rand.NewPCG(1, 2))
				book := NewDutyBook(b.TempDir())
				bytes = 0
				text := ""
				for i := range n {
					if i%10 == 9 {
						text = slip(r, text)
					} else {
						text = makeDuty(r)
					}
					bytes += len(text)
					if err := book.Add(dutyRecord(uint64(i/10), uint32(i%10), new(record.Position), "other", text)); err != nil {
						b.Fatal(err)
					}
				}
				if err := book.Lines(context.Background(), func([]byte) error { return nil }); err != nil {
					b.Fatal(err)
				}
				book.Close()
			}
			b.SetBytes(int64(bytes))
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(n), "µs/item")
		})
	}
}
