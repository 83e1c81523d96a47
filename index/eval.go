package index

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/store"
	"zhize/index/query"
)

// tier says what answers a query: the least is the best.
type tier uint8

const (
	inText  tier = iota // the text has every word, or the word is the whole title
	inTitle             // or the title has it
	related             // or the text has what the word may also mean
	numTiers
)

// tiers are the documents that answer a query, each set with those before it.
// They are not changed once they are made, and may be one set.
type tiers [numTiers]*roaring.Bitmap

func alike(docs *roaring.Bitmap) tiers { return tiers{docs, docs, docs} }

// with combines two, tier by tier.
func (t tiers) with(o tiers, f func(a, b *roaring.Bitmap) *roaring.Bitmap) (out tiers) {
	for i := range out {
		if i > 0 && t[i] == t[i-1] && o[i] == o[i-1] {
			out[i] = out[i-1]
		} else {
			out[i] = f(t[i], o[i])
		}
	}
	return out
}

// all is the documents that answer at all.
func (t tiers) all() *roaring.Bitmap { return t[numTiers-1] }

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
func (s *search) eval(q query.Query, within *roaring.Bitmap, scoring bool) (tiers, error) {
	if err := s.ctx.Err(); err != nil {
		return tiers{}, err
	}
	switch q := q.(type) {
	case query.And:
		return s.and(q, within, scoring)
	case query.Or:
		out := alike(roaring.New())
		for _, p := range q {
			docs, err := s.and(query.And{p}, within, scoring)
			if err != nil {
				return tiers{}, err
			}
			out = out.with(docs, roaring.Or)
		}
		return out, nil
	case query.Not:
		docs, err := s.and(query.And{q.Of}, within, false)
		if err != nil {
			return tiers{}, err
		}
		return alike(roaring.AndNot(within, docs[inText])), nil
	}
	docs, err := s.filter(q, within)
	return alike(docs), err
}

// and gives the documents for which all parts hold. Where a part stands in the
// title alone, another must stand in the text, or be what the title names.
func (s *search) and(parts query.And, within *roaring.Bitmap, scoring bool) (tiers, error) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b query.Query) int { return cost(a) - cost(b) })
	first, out := len(s.leaves), alike(within)
	var support *roaring.Bitmap // nil: no part is looked for in texts
	for _, p := range parts {
		var docs tiers
		var err error
		var by *roaring.Bitmap
		switch p.(type) {
		case query.Word, query.Phrase, query.Prefix:
			docs, by, err = s.leaf(p, out.all(), scoring)
		case query.And, query.Or:
			docs, err = s.eval(p, out.all(), scoring)
			by = docs.all()
		default:
			docs, err = s.eval(p, out.all(), scoring)
		}
		if err != nil {
			return tiers{}, err
		}
		if by != nil && support == nil {
			support = by
		} else if by != nil {
			support = roaring.Or(support, by)
		}
		if out = out.with(docs, roaring.And); out.all().IsEmpty() {
			break
		}
	}
	if support != nil {
		out = out.with(alike(support), roaring.And)
	}
	// A part scores where the whole holds, so that no order of parts shows.
	for i := range s.leaves[first:] {
		l := &s.leaves[first+i]
		l.docs = roaring.And(l.docs, out.all())
	}
	return out, nil
}

// keep gives the documents of docs whose row a test takes.
func (s *search) keep(docs *roaring.Bitmap, takes func(doc uint32, d *store.Duty) bool) (*roaring.Bitmap, error) {
	out := roaring.New()
	kept := make([]uint32, 0, 4096)
	var d store.Duty
	for n, doc := range docs.ToArray() {
		if n%1024 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		d = s.store.Duty(doc)
		if !takes(doc, &d) {
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
		return s.keep(within, func(_ uint32, d *store.Duty) bool { return d.Number == uint32(q.Number) })
	case query.Kind:
		kinds := s.store.Values(store.Kinds)
		return s.keep(within, func(_ uint32, d *store.Duty) bool { return kinds[d.Kind] == q.Kind })
	case query.Field:
		for _, f := range filterColumns {
			if f.name != q.Name {
				continue
			}
			values := s.folded(f.column)
			p := phraseOf(q.Text, false)
			holds := make([]bool, len(values))
			for i, v := range values {
				holds[i] = p.Holds(v)
			}
			var row store.Position
			return s.keep(within, func(_ uint32, d *store.Duty) bool {
				row = s.store.Position(d.Position)
				return holds[f.of(&row)]
			})
		}
	}
	return roaring.New(), nil
}
