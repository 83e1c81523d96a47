package index

import (
	"bytes"
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"zhize/internal/dutygen"
)

// BenchmarkWarm searches 200,000 duties for words, as a server does that has the
// index open. An iteration asks 300 queries; of each the least time counts.
//
//	go test -run '^$' -bench Warm -benchtime 5x ./index
func BenchmarkWarm(b *testing.B) {
	var lines bytes.Buffer
	if _, err := dutygen.Write(&lines, nil, 1, 200_000); err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	if _, err := Build(context.Background(), dir, &lines, nil); err != nil {
		b.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	words := dutygen.Words()
	r := rand.New(rand.NewPCG(5, 5))
	rank := rand.NewZipf(r, 1.1, 8, uint64(len(words)-1))
	some := func() string { return words[r.IntN(len(words))] }
	often := func() string { return words[rank.Uint64()] } // as often as duties have it
	for _, kind := range []struct {
		name  string
		query func() string
	}{
		{"word", some}, {"word-often", often},
		{"two", func() string { return some() + " " + some() }},
		{"two-often", func() string { return often() + " " + often() }},
	} {
		queries := make([]string, 300)
		for i := range queries {
			queries[i] = kind.query()
		}
		b.Run(kind.name, func(b *testing.B) {
			least, totals := make([]time.Duration, len(queries)), make([]int, len(queries))
			for b.Loop() {
				for i, q := range queries {
					res, err := x.Search(context.Background(), Request{Query: q})
					if err != nil {
						b.Fatal(err)
					}
					if totals[i] = res.Total; least[i] == 0 || res.Took < least[i] {
						least[i] = res.Took
					}
				}
			}
			slices.Sort(least)
			slices.Sort(totals)
			half, last := least[len(least)/2], least[len(least)*99/100]
			b.ReportMetric(float64(totals[len(totals)/2]), "results")
			b.ReportMetric(float64(half.Nanoseconds())/1e6, "p50-ms")
			b.ReportMetric(float64(last.Nanoseconds())/1e6, "p99-ms")
			b.ReportMetric(float64(last)/float64(half), "p99/p50")
		})
	}
}
