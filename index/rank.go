package index

import (
	"iter"
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

// usualTerms is above the words of nearly all duties.
const usualTerms = 128

// score gives each document the sum of BM25 in Lucene's form over the leaves
// that it has: idf · tf / (tf + k1·(1-b+b·length/average)), where idf is
// ln(1 + (N-n+½)/(n+½)), n of N documents have the leaf, tf is how often the
// text has it and the length is in words. A title is a field of its own, which
// has a leaf once and is of average length. The numbers are those of all
// documents, however they lie in segments. docs is found as a list.
func (s *search) score(found *roaring.Bitmap, docs []uint32) ([]float64, error) {
	scores := sized(&s.buffers.scores, len(docs))
	clear(scores)
	total := float64(s.info.Documents)
	average := max(float64(s.info.Terms)/total, 1)
	norm := func(terms int) float64 {
		return saturation * (1 - lengthWeight + lengthWeight*float64(terms)/average)
	}
	var norms [usualTerms]float64
	for i := range norms {
		norms[i] = norm(i)
	}
	for _, l := range s.leaves {
		n := float64(l.frequency)
		idf := l.weight * math.Log(1+(total-n+0.5)/(n+0.5))
		l.docs = roaring.And(l.docs, found)
		if err := s.repeats(&l); err != nil {
			return nil, err
		}
		if at := s.buffers.among(l.docs, docs); l.title {
			tf, by := 1.0, saturation
			for i := range at.all() {
				scores[i] += idf * tf / (tf + by)
			}
		} else {
			again, next := l.again, uint32(math.MaxUint32)
			if len(again) > 0 {
				next = again[0].doc
			}
			for i := range at.all() {
				tf, by, doc := 1.0, 0.0, docs[i]
				if terms := int(s.store.Terms(doc)); terms < usualTerms {
					by = norms[terms]
				} else {
					by = norm(terms)
				}
				for next <= doc && len(again) > 0 {
					if next == doc {
						tf += float64(again[0].times)
					}
					again, next = again[1:], math.MaxUint32
					if len(again) > 0 {
						next = again[0].doc
					}
				}
				scores[i] += idf * tf / (tf + by)
			}
		}
	}
	return scores, nil
}

// spots are places in a list: the first n, or those that are listed.
type spots struct {
	n      int
	listed []uint32
}

// all gives the places.
func (p spots) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		if p.listed == nil {
			for i := range p.n {
				if !yield(i) {
					return
				}
			}
		}
		for _, i := range p.listed {
			if !yield(int(i)) {
				return
			}
		}
	}
}

// among finds the places in docs, which rise, of the documents of a set, all of
// which are among them. They stand until it is called again.
func (b *buffers) among(set *roaring.Bitmap, docs []uint32) spots {
	n := int(set.GetCardinality())
	if n == len(docs) {
		return spots{n: n}
	}
	list := sized(&b.places, n)
	set.ManyIterator().NextMany(list)
	i := uint32(0)
	for k, doc := range list {
		for docs[i] < doc {
			i++
		}
		list[k] = i
	}
	return spots{listed: list}
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
	out := sized(&s.buffers.matches, len(docs))
	if len(docs) == 0 {
		return out, nil
	}
	exactly, err := s.exactly(t)
	if err != nil {
		return nil, err
	}
	steps := []struct {
		docs *roaring.Bitmap
		is   match
	}{{t.all(), other}, {t[inTitle], title}, {t[inText], words}, {exactly, exact}}
	for n := len(steps) - 1; n > 0; n-- { // what is before one of all documents does not show
		if steps[n].docs.GetCardinality() == uint64(len(docs)) {
			steps = steps[n:]
			break
		}
	}
	for _, step := range steps {
		for i := range s.buffers.among(step.docs, docs).all() {
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
