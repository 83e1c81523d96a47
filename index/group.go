package index

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"
	"sync"

	"zhize/index/internal/store"
)

// result is one result: its best duty and how many were folded into it.
type result struct {
	score float64
	doc   uint32
	size  uint32
	count uint32 // of its canonical duty, where that was asked for
	match match
}

type grouping struct {
	key        func(s *search, doc uint32) uint64
	duplicates bool // what is folded says the same
}

var groupings = [...]choice[grouping]{
	{"duty", grouping{func(s *search, doc uint32) uint64 { return s.store.Letters(doc) }, true}},
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
	{"count", func(s *search, x, y result) int {
		if s.folds() && x.count != y.count {
			return cmp.Compare(y.count, x.count)
		}
		if !s.folds() && x.size != y.size {
			return cmp.Compare(y.size, x.size)
		}
		return byScore(s, x, y)
	}},
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

// group folds the documents into results. of says for each document in which
// result it is, where there are facets to count.
func (s *search) group(docs []uint32, scores []float64, matches []match) (groups []result, of []uint32, err error) {
	known := &s.buffers.groups
	known.reset(len(docs))
	groups = sized(&s.buffers.results, len(docs))[:0]
	if len(s.facets) > 0 {
		of = make([]uint32, len(docs))
	}
	for i, doc := range docs {
		if i%4096 == 0 && s.ctx.Err() != nil {
			return nil, nil, s.ctx.Err()
		}
		r := result{doc: doc, size: 1, score: scores[i], match: matches[i]}
		at, first := known.of(s.groupBy.key(s, doc))
		if of != nil {
			of[i] = at
		}
		if first {
			if s.folds() {
				r.count = s.canonical(doc).Count
			}
			groups = append(groups, r)
			continue
		}
		g := &groups[at]
		r.size, r.count = g.size, g.count // which decide for none of the two
		if s.sort(s, r, *g) < 0 {
			*g = r
		}
		g.size++
	}
	return groups, of, nil
}

// places numbers keys in the order in which they come. It is a map for keys of
// which most are new.
type places struct {
	keys  []uint64
	slots []uint32 // 0, or a key's number and one; twice as many as keys at least
	shift int
}

// reset forgets the keys and makes room for so many.
func (p *places) reset(most int) {
	size := bits.Len(uint(2 * most))
	p.keys, p.slots, p.shift = sized(&p.keys, most)[:0], sized(&p.slots, 1<<size), 64-size
	clear(p.slots)
}

// of is the number of a key, and whether it is new. There may be no more keys
// than were announced.
func (p *places) of(key uint64) (n uint32, first bool) {
	for at := key * 0x9E3779B97F4A7C15 >> p.shift; ; at = (at + 1) & uint64(len(p.slots)-1) {
		switch n := p.slots[at]; {
		case n == 0:
			p.keys = append(p.keys, key)
			p.slots[at] = uint32(len(p.keys))
			return uint32(len(p.keys) - 1), true
		case p.keys[n-1] == key:
			return n - 1, false
		}
	}
}

// count makes the facets: in how many results each value stands. of is that of
// group.
func (s *search) count(docs []uint32, groups []result, of []uint32) ([]Facet, error) {
	out := make([]Facet, 0, len(s.facets))
	for n, c := range s.facets {
		var known, pairs places // of values, of a result of several duties and a value
		known.reset(len(docs))
		pairs.reset(len(docs))
		var one []int              // for each place that is known its value's number
		number := map[string]int{} // a value may have two places
		var counts []FacetValue
		for i, doc := range docs {
			if i%4096 == 0 && s.ctx.Err() != nil {
				return nil, s.ctx.Err()
			}
			place := s.value(c, doc)
			at, first := known.of(uint64(place))
			if first {
				value := s.store.Value(c, place)
				n, ok := number[value]
				if !ok {
					n = len(counts)
					number[value] = n
					counts = append(counts, FacetValue{Value: value})
				}
				one = append(one, n)
			}
			if groups[of[i]].size > 1 {
				if _, first := pairs.of(uint64(of[i])<<32 | uint64(one[at])); !first {
					continue
				}
			}
			counts[one[at]].Count++
		}
		f := Facet{Field: s.req.Facets[n], Values: []FacetValue{}}
		for _, v := range counts {
			if v.Value != "" {
				f.Values = append(f.Values, v)
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

// buffers are what a search needs for each document that it finds. Searches hand
// them on: to ask the system for memory takes longer than to fill it.
type buffers struct {
	docs    []uint32
	scores  []float64
	matches []match
	results []result
	places  []uint32 // in docs
	groups  places
}

type bufferPool struct{ pool sync.Pool }

func (p *bufferPool) Get() *buffers {
	if b, ok := p.pool.Get().(*buffers); ok {
		return b
	}
	return &buffers{}
}

func (p *bufferPool) Put(b *buffers) { p.pool.Put(b) }

// sized is a buffer of n with anything in it.
func sized[T any](buffer *[]T, n int) []T {
	if cap(*buffer) < n {
		*buffer = make([]T, n+n/4)
	}
	return (*buffer)[:n]
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
	scored := s.req.Sort == "" || s.req.Sort == orderings[0].name
	best := make([]result, 0, min(2*want, len(groups)))
	sorted := false // best[want-1] bounds what may still come in
	for i := range groups {
		g := &groups[i]
		if sorted {
			last := &best[want-1]
			worse := scored && (g.match > last.match || g.match == last.match && g.score < last.score) // which most are
			if worse || order(*last, *g) < 0 {
				continue
			}
		}
		if best = append(best, *g); len(best) == 2*want {
			slices.SortFunc(best, order)
			best, sorted = best[:want], true
		}
	}
	slices.SortFunc(best, order)
	return best[s.req.Offset:min(want, len(best))]
}
