package index

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/query"
)

// The constants of BM25 as Lucene has them.
const (
	saturation   = 1.2  // k1
	lengthWeight = 0.75 // b
)

// score gives each document the sum of BM25 in Lucene's form over the leaves
// that it has: idf · tf / (tf + k1·(1-b+b·length/average)), where idf is
// ln(1 + (N-n+½)/(n+½)), n of N documents have the leaf, tf is how often the
// text has it and the length is in words. A title is a field of its own, which
// has a leaf once and is of average length. The numbers are those of all
// documents, however they lie in segments. docs is found as a list.
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
		norms[i] = saturation * (1 - lengthWeight + lengthWeight*float64(d.Terms)/average)
	}
	for _, l := range s.leaves {
		n := float64(l.frequency)
		idf := l.weight * math.Log(1+(total-n+0.5)/(n+0.5))
		i := 0
		for it := roaring.And(l.docs, found).Iterator(); it.HasNext(); i++ {
			doc := it.Next()
			for docs[i] < doc {
				i++
			}
			tf, norm := 1.0, saturation
			if !l.title {
				norm = norms[i]
				if len(l.again) > 0 {
					tf += float64(l.again[doc])
				}
			}
			scores[i] += idf * tf / (tf + norm)
		}
	}
	return scores, nil
}

// match says how a document answers a query: the least is shown first.
type match uint8

const (
	exact match = iota // the words side by side in the text, or as the whole title
	words              // every word in the text, or as the whole title
	title              // some in the title alone
	other              // some by what they may also mean
)

// matchNames are the contract's words.
var matchNames = [...]string{exact: "exact", words: "words", title: "title", other: "related"}

// matches says how each document answers. docs is t.all() as a list.
func (s *search) matches(t tiers, docs []uint32) ([]match, error) {
	out := make([]match, len(docs))
	if len(docs) == 0 {
		return out, nil
	}
	exactly, err := s.exactly(t)
	if err != nil {
		return nil, err
	}
	for i := range out {
		out[i] = other
	}
	for _, step := range []struct {
		docs *roaring.Bitmap
		is   match
	}{{t[inTitle], title}, {t[inText], words}, {exactly, exact}} {
		i := 0
		for it := step.docs.Iterator(); it.HasNext(); i++ {
			doc := it.Next()
			for docs[i] < doc {
				i++
			}
			out[i] = step.is
		}
	}
	return out, nil
}

// exactly gives the documents that have the words of the whole query side by
// side in its order, or under a title that says nothing else. A query of one
// word, or one with alternatives, has what has its words.
func (s *search) exactly(t tiers) (*roaring.Bitmap, error) {
	row := s.row()
	if len(row) < 2 {
		return t[inText], nil
	}
	whole, err := s.union(engine.Titles, []string{analysis.Whole(strings.Join(row, " "))})
	if err != nil {
		return nil, err
	}
	whole.And(t[inTitle])
	p, junctions := analysis.NewRow(row)
	docs := t[inText]
	for _, g := range junctions {
		have, err := s.union(engine.Grams, []string{g})
		if err != nil {
			return nil, err
		}
		docs = roaring.And(docs, have)
	}
	docs, err = s.keep(docs, func(_ uint32, d *store.Duty) bool {
		return p.Holds(analysis.Fold(s.store.Text(d)))
	})
	if err != nil {
		return nil, err
	}
	return roaring.Or(docs, whole), nil
}

// row is the folded words of a query that has nothing but words, phrases and
// filters that must all hold; else nil.
func (s *search) row() (row []string) {
	parts, ok := s.query.(query.And)
	for i := 0; ok && i < len(parts); i++ {
		switch q := parts[i].(type) {
		case query.And:
			parts = slices.Concat(parts[:i], q, parts[i+1:])
			i--
		case query.Word:
			folded := analysis.Fold(q.Text)
			if m := s.meanings[folded]; m.main != "" {
				folded = m.main
			}
			row = append(row, folded)
		case query.Phrase:
			row = append(row, analysis.Fold(q.Text))
		case query.Field, query.Kind, query.Number, query.Not:
		default:
			return nil
		}
	}
	return row
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
	match match
	count uint32 // of its canonical duty, where that was asked for; else size, in the end
}

type grouping struct {
	key        func(s *search, doc uint32) uint64
	duplicates bool // what is folded says the same
}

var groupings = [...]choice[grouping]{
	{"duty", grouping{func(s *search, doc uint32) uint64 { return s.store.Duty(doc).Letters }, true}},
	{"position", grouping{func(s *search, doc uint32) uint64 { return uint64(s.store.Duty(doc).Position) }, false}},
	{canonical, grouping{func(s *search, doc uint32) uint64 { return s.canonical(doc).Key }, true}},
	{"page", grouping{func(s *search, doc uint32) uint64 { return s.store.Position(s.store.Duty(doc).Position).Page }, false}},
}

type ordering func(s *search, x, y result) int

func byScore(s *search, x, y result) int {
	if x.match != y.match {
		return cmp.Compare(x.match, y.match)
	}
	if x.score != y.score {
		return cmp.Compare(y.score, x.score)
	}
	return s.byID(x, y)
}

var orderings = [...]choice[ordering]{
	{"score", byScore},
	{"count", func(s *search, x, y result) int { return cmp.Or(cmp.Compare(y.count, x.count), byScore(s, x, y)) }},
	{"number", func(s *search, x, y result) int {
		// 0, no number, becomes the largest.
		if c := cmp.Compare(s.store.Duty(x.doc).Number-1, s.store.Duty(y.doc).Number-1); c != 0 {
			return c
		}
		return s.byID(x, y)
	}},
	{"page", func(s *search, x, y result) int { return s.inOrder(x.doc, y.doc) }},
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
	return s.inOrder(x.doc, y.doc)
}

// inOrder compares the places of two documents in positions.jsonl.
func (s *search) inOrder(x, y uint32) int {
	if s.store.Moved() {
		a, b := s.store.Duty(x).Position, s.store.Duty(y).Position
		if c := cmp.Compare(s.store.Line(a), s.store.Line(b)); c != 0 {
			return c
		}
	}
	return cmp.Compare(x, y)
}

// group folds the documents into results, and notes for the facets which
// values stand in which results.
func (s *search) group(docs []uint32, scores []float64, matches []match) ([]result, []counter, error) {
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
		r := result{doc: doc, size: 1, score: scores[i], match: matches[i]}
		key := s.groupBy.key(s, doc)
		at, ok := places[key]
		if !ok {
			at = int32(len(groups))
			places[key] = at
			if s.duties != nil {
				r.count = s.canonical(doc).Count
			}
			groups = append(groups, r)
		} else {
			g := &groups[at]
			r.size, r.count = g.size+1, g.count
			if s.sort(s, r, *g) < 0 {
				*g = r
			}
			g.size = r.size
		}
		for f, c := range s.facets {
			counters[f].seen[uint64(at)<<32|uint64(s.value(c, doc))] = struct{}{}
		}
	}
	if s.duties == nil {
		for i := range groups {
			groups[i].count = groups[i].size
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
func (s *search) count(counters []counter) []Facet {
	out := make([]Facet, 0, len(counters))
	for i, c := range s.facets {
		f := Facet{Field: s.req.Facets[i], Values: []FacetValue{}}
		for value, n := range s.countValues(c, counters[i].seen) {
			if value != "" {
				f.Values = append(f.Values, FacetValue{value, n})
			}
		}
		slices.SortFunc(f.Values, func(a, b FacetValue) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
		})
		f.Others = max(len(f.Values)-maxFacets, 0)
		f.Values = f.Values[:len(f.Values)-f.Others]
		out = append(out, f)
	}
	return out
}

// countValues counts in how many results each value of a column stands, given the
// pairs of a result and a place.
func (s *search) countValues(c store.Column, pairs map[uint64]struct{}) map[string]int {
	first := map[string]uint32{} // of the places with an equal value one
	values := map[uint32]string{}
	twice := false
	for pair := range pairs {
		place := uint32(pair)
		if _, ok := values[place]; ok {
			continue
		}
		v := s.store.Value(c, place)
		values[place] = v
		if _, ok := first[v]; ok {
			twice = true
		} else {
			first[v] = place
		}
	}
	counts := make(map[string]int, len(first))
	counted := map[uint64]bool{}
	for pair := range pairs {
		v := values[uint32(pair)]
		if twice {
			one := pair>>32<<32 | uint64(first[v])
			if counted[one] {
				continue
			}
			counted[one] = true
		}
		counts[v]++
	}
	return counts
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
