package index

import (
	"bytes"
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/store"
)

// The constants of BM25 as Lucene has them. A term counts once however often
// it stands in a text: duties are one sentence.
const (
	saturation   = 1.2  // k1
	lengthWeight = 0.75 // b
)

// score gives each document the sum, over the leaves that it has, of BM25 in
// Lucene's form: ln(1 + (N-n+½)/(n+½)) / (1 + k1·(1-b+b·length/average)), where
// n of N documents have the leaf and the length is in words. It does not
// depend on how the documents lie in segments. docs is found as a list.
func (s *search) score(found *roaring.Bitmap, docs []uint32) ([]float64, error) {
	scores := make([]float64, len(docs))
	if len(s.leaves) == 0 || len(docs) == 0 {
		return scores, nil
	}
	total := float64(s.info.Documents)
	average := max(float64(s.info.Terms)/total, 1)
	norms := make([]float64, len(docs))
	for i, doc := range docs {
		if i%4096 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		d := s.store.Duty(doc)
		norms[i] = 1 / (1 + saturation*(1-lengthWeight+lengthWeight*float64(d.Terms)/average))
	}
	for _, l := range s.leaves {
		n := float64(l.frequency)
		idf := math.Log(1 + (total-n+0.5)/(n+0.5))
		i := 0
		for it := roaring.And(l.docs, found).Iterator(); it.HasNext(); i++ {
			doc := it.Next()
			for docs[i] < doc {
				i++
			}
			scores[i] += idf * norms[i]
		}
	}
	return scores, nil
}

// choice is a named behaviour of which "" is the first.
type choice[T any] struct {
	name string
	does T
}

func pick[T any](choices []choice[T], name string) (does T, ok bool) {
	for i, c := range choices {
		if c.name == name || name == "" && i == 0 {
			return c.does, true
		}
	}
	return does, false
}

// result is one result: its best duty and how many were folded into it.
type result struct {
	doc   uint32
	size  uint32
	score float64
}

type grouping struct {
	key        func(s *search, doc uint32) uint64
	duplicates bool // what is folded says the same
}

var groupings = [...]choice[grouping]{
	{"duty", grouping{func(s *search, doc uint32) uint64 { return s.store.Duty(doc).Letters }, true}},
	{"position", grouping{func(s *search, doc uint32) uint64 { return uint64(s.store.Duty(doc).Position) }, false}},
	{"page", grouping{func(s *search, doc uint32) uint64 { return s.store.Position(s.store.Duty(doc).Position).Page }, false}},
}

type ordering func(s *search, x, y result) int

var orderings = [...]choice[ordering]{
	{"score", func(s *search, x, y result) int {
		if x.score != y.score {
			return cmp.Compare(y.score, x.score)
		}
		return s.byID(x, y)
	}},
	{"number", func(s *search, x, y result) int {
		// 0, no number, becomes the largest.
		if c := cmp.Compare(s.store.Duty(x.doc).Number-1, s.store.Duty(y.doc).Number-1); c != 0 {
			return c
		}
		return s.byID(x, y)
	}},
	{"page", func(s *search, x, y result) int { return cmp.Compare(x.doc, y.doc) }},
}

// byID compares ids: the position's as bytes, then the item's number, in which
// order a position's documents are numbered. Where a position stands twice in
// positions.jsonl the lines' order decides.
func (s *search) byID(x, y result) int {
	a, b := s.store.Duty(x.doc), s.store.Duty(y.doc)
	if a.Position != b.Position {
		if c := bytes.Compare(s.store.PositionID(a.Position), s.store.PositionID(b.Position)); c != 0 {
			return c
		}
	}
	return cmp.Compare(x.doc, y.doc)
}

// group folds the documents into results, and notes for the facets which
// values stand in which results.
func (s *search) group(docs []uint32, scores []float64) ([]result, []counter, error) {
	places := make(map[uint64]int32, len(docs)/2)
	groups := make([]result, 0, len(docs))
	counters := make([]counter, len(s.facets))
	for i := range counters {
		counters[i].seen = map[uint64]struct{}{}
	}
	for i, doc := range docs {
		if i%4096 == 0 && s.ctx.Err() != nil {
			return nil, nil, s.ctx.Err()
		}
		r := result{doc, 1, scores[i]}
		key := s.groupBy.key(s, doc)
		at, ok := places[key]
		if !ok {
			at = int32(len(groups))
			places[key] = at
			groups = append(groups, r)
		} else {
			g := &groups[at]
			r.size = g.size + 1
			if s.sort(s, r, *g) < 0 {
				*g = r
			}
			g.size = r.size
		}
		for f, c := range s.facets {
			counters[f].seen[uint64(at)<<32|uint64(s.value(c, doc))] = struct{}{}
		}
	}
	return groups, counters, nil
}

// value is the place of a duty's value in a column.
func (s *search) value(c store.Column, doc uint32) uint32 {
	d := s.store.Duty(doc)
	if c == store.Kinds {
		return d.Kind
	}
	p := s.store.Position(d.Position)
	if c == store.Titles {
		return p.Title
	}
	return p.Site
}

// counter holds pairs of a result and a value that stands in it.
type counter struct{ seen map[uint64]struct{} }

// count makes the facets.
func (s *search) count(counters []counter) ([]Facet, error) {
	out := make([]Facet, 0, len(counters))
	for i, c := range s.facets {
		values, err := s.store.Values(c)
		if err != nil {
			return nil, err
		}
		counts := map[uint32]int{}
		for pair := range counters[i].seen {
			counts[uint32(pair)]++
		}
		f := Facet{Field: s.req.Facets[i], Values: []FacetValue{}}
		for place, n := range counts {
			if values[place] != "" {
				f.Values = append(f.Values, FacetValue{values[place], n})
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		f.Others = max(len(f.Values)-maxFacets, 0)
		f.Values = f.Values[:len(f.Values)-f.Others]
		out = append(out, f)
	}
	return out, nil
}

// page sorts the results as far as they are wanted and cuts the page out.
func (s *search) page(groups []result) []result {
	if s.req.Offset >= len(groups) {
		return nil
	}
	want := len(groups)
	if s.req.Limit < want-s.req.Offset {
		want = s.req.Offset + s.req.Limit
	}
	order := func(a, b result) int { return s.sort(s, a, b) }
	best := make([]result, 0, min(2*want, len(groups)))
	sorted := false // best[want-1] bounds what may still come in
	for _, g := range groups {
		if sorted && order(best[want-1], g) < 0 {
			continue
		}
		if best = append(best, g); len(best) == 2*want {
			slices.SortFunc(best, order)
			best, sorted = best[:want], true
		}
	}
	slices.SortFunc(best, order)
	return best[s.req.Offset:min(want, len(best))]
}
