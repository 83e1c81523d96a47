package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/query"
)

// leaf is a word, phrase or prefix that scores: where it stands among the
// documents that came into question, and in how many documents at all. For a
// phrase that is an upper bound: those with all of its pairs.
type leaf struct {
	docs      *roaring.Bitmap
	frequency uint64
}

// cost orders the parts of an And: what narrows cheaply comes first, so that
// rows and texts are only read where all the rest holds.
func cost(q query.Query) int {
	switch q.(type) {
	case query.Word, query.Prefix:
		return 0
	case query.Phrase:
		return 3
	case query.Not:
		return 4
	case query.And, query.Or:
		return 1
	}
	return 2
}

// eval gives the documents of within for which q holds. Leaves score where
// scoring is set: below a Not they do not. within is not changed.
func (s *search) eval(q query.Query, within *roaring.Bitmap, scoring bool) (*roaring.Bitmap, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	switch q := q.(type) {
	case query.And:
		return s.and(q, within, scoring)
	case query.Or:
		out := roaring.New()
		for _, p := range q {
			docs, err := s.eval(p, within, scoring)
			if err != nil {
				return nil, err
			}
			out.Or(docs)
		}
		return out, nil
	case query.Not:
		docs, err := s.eval(q.Of, within, false)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(within, docs), nil
	case query.Word:
		folded := analysis.Fold(q.Text)
		if s.words.WordTerm(folded) {
			return s.anyOf(engine.Words, []string{folded}, within, scoring)
		}
		return s.phrase(analysis.NewPhrase(folded, false), within, scoring)
	case query.Phrase:
		return s.phrase(analysis.NewPhrase(analysis.Fold(q.Text), false), within, scoring)
	case query.Prefix:
		folded := analysis.Fold(q.Text)
		if !s.words.OneTerm(folded) {
			return s.phrase(analysis.NewPhrase(folded, true), within, scoring)
		}
		terms, err := s.postings.Terms(s.ctx, engine.Words, folded, nil)
		if err != nil {
			return nil, err
		}
		return s.anyOf(engine.Words, terms, within, scoring)
	}
	return s.filter(q, within)
}

func (s *search) and(parts query.And, within *roaring.Bitmap, scoring bool) (*roaring.Bitmap, error) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b query.Query) int { return cost(a) - cost(b) })
	first := len(s.leaves)
	for _, p := range parts {
		docs, err := s.eval(p, within, scoring)
		if err != nil {
			return nil, err
		}
		if within = docs; within.IsEmpty() {
			break
		}
	}
	// A part scores where the whole holds, so that no order of parts shows.
	for i := range s.leaves[first:] {
		l := &s.leaves[first+i]
		l.docs = roaring.And(l.docs, within)
	}
	return within, nil
}

// union gives the documents that have at least one of the terms.
func (s *search) union(field string, terms []string) (*roaring.Bitmap, error) {
	docs := roaring.New()
	for i, t := range terms {
		if i%256 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		if err := s.postings.Or(docs, field, t); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

func (s *search) anyOf(field string, terms []string, within *roaring.Bitmap, scoring bool) (*roaring.Bitmap, error) {
	docs, err := s.union(field, terms)
	if err != nil {
		return nil, err
	}
	frequency := docs.GetCardinality()
	docs.And(within)
	if scoring {
		s.leaves = append(s.leaves, leaf{docs, frequency})
	}
	return docs, nil
}

// phrase finds the documents that have every pair of the phrase and reads
// their texts, unless the pairs tell all.
func (s *search) phrase(p analysis.Phrase, within *roaring.Bitmap, scoring bool) (*roaring.Bitmap, error) {
	lookups, exact := p.Lookups()
	docs := roaring.New()
	for i, l := range lookups {
		grams := []string{l.Gram}
		if l.Begins {
			var err error
			if grams, err = s.postings.Terms(s.ctx, engine.Grams, l.Gram, l.Matches); err != nil {
				return nil, err
			}
		}
		have, err := s.union(engine.Grams, grams)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			docs = have
		} else {
			docs.And(have)
		}
		if docs.IsEmpty() {
			break
		}
	}
	frequency := docs.GetCardinality()
	docs.And(within)
	if !exact {
		var err error
		docs, err = s.keep(docs, func(d *store.Duty) bool {
			holds := false
			p.In(analysis.Fold(s.store.Text(d)), func(int, int) bool {
				holds = true
				return false
			})
			return holds
		})
		if err != nil {
			return nil, err
		}
	}
	if scoring {
		s.leaves = append(s.leaves, leaf{docs, frequency})
	}
	return docs, nil
}

// keep gives the documents of docs whose row a test takes.
func (s *search) keep(docs *roaring.Bitmap, takes func(*store.Duty) bool) (*roaring.Bitmap, error) {
	out := roaring.New()
	kept := make([]uint32, 0, 4096)
	var d store.Duty
	for n, doc := range docs.ToArray() {
		if n%1024 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		d = s.store.Duty(doc)
		if !takes(&d) {
			continue
		}
		if kept = append(kept, doc); len(kept) == cap(kept) {
			out.AddMany(kept)
			kept = kept[:0]
		}
	}
	out.AddMany(kept)
	return out, nil
}

// filterColumns lists the fields whose values are texts of the positions.
var filterColumns = [...]struct {
	name   string
	column store.Column
	of     func(*store.Position) uint32
}{
	{"title", store.Titles, func(p *store.Position) uint32 { return p.Title }},
	{"site", store.Sites, func(p *store.Position) uint32 { return p.Site }},
	{"article", store.Articles, func(p *store.Position) uint32 { return p.Article }},
}

// filter tests rows.
func (s *search) filter(q query.Query, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	switch q := q.(type) {
	case query.Number:
		return s.keep(within, func(d *store.Duty) bool { return d.Number == uint32(q.Number) })
	case query.Kind:
		kinds, err := s.store.Values(store.Kinds)
		if err != nil {
			return nil, err
		}
		place := slices.Index(kinds, q.Kind)
		return s.keep(within, func(d *store.Duty) bool { return int(d.Kind) == place })
	case query.Field:
		for _, f := range filterColumns {
			if f.name != q.Name {
				continue
			}
			values, err := s.folded(f.column)
			if err != nil {
				return nil, err
			}
			p := analysis.NewPhrase(analysis.Fold(q.Text), false)
			holds := make([]bool, len(values))
			for i, v := range values {
				p.In(v, func(int, int) bool {
					holds[i] = true
					return false
				})
			}
			var row store.Position
			return s.keep(within, func(d *store.Duty) bool {
				row = s.store.Position(d.Position)
				return holds[f.of(&row)]
			})
		}
	}
	return roaring.New(), nil
}
