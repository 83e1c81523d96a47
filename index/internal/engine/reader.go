package engine

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segments "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// Reader reads postings. It is safe for concurrent use.
type Reader struct {
	parts []part
	gone  *roaring.Bitmap // documents that are asked for no more; nil: none
	docs  int
}

// Part is a folder with the postings of documents that are numbered in a row.
type Part struct {
	Dir   string
	First int // the number of the first
	Docs  int
}

type part struct {
	Part
	segments map[string]segments.Segment
}

// Open opens the postings of folders for reading, in the order of their documents;
// nothing is written and nothing is waited for. What the last folder says is gone
// is as if it had never been there.
func Open(parts ...Part) (r *Reader, err error) {
	r = &Reader{}
	defer func() {
		if err != nil {
			r, err = nil, errors.Join(err, r.Close())
		}
	}()
	for _, p := range parts {
		if p.First != r.docs || p.Docs < 0 || p.Docs > math.MaxInt32-r.docs {
			return r, fmt.Errorf("%d documents from %d follow on %d", p.Docs, p.First, r.docs)
		}
		r.docs += p.Docs
		r.parts = append(r.parts, part{p, make(map[string]segments.Segment, numFields)})
		for _, f := range fields {
			s, err := new(zap.ZapPlugin).Open(filepath.Join(p.Dir, file(f)))
			if err != nil {
				return r, fmt.Errorf("%s: %w", file(f), err)
			}
			r.parts[len(r.parts)-1].segments[f] = s
			if have := s.Count(); have != uint64(p.Docs) {
				return r, fmt.Errorf("%s holds %d documents where %d were written", file(f), have, p.Docs)
			}
		}
	}
	if len(parts) > 1 {
		r.gone, err = readGone(filepath.Join(parts[len(parts)-1].Dir, goneFile), r.docs)
	}
	return r, err
}

// Close releases the postings. Nothing may be read after it.
func (r *Reader) Close() (err error) {
	for _, p := range r.parts {
		for _, s := range p.segments {
			err = errors.Join(err, s.Close())
		}
	}
	return err
}

// All is a new set of all documents.
func (r *Reader) All() *roaring.Bitmap {
	all := roaring.New()
	all.AddRange(0, uint64(r.docs))
	if r.gone != nil {
		all.AndNot(r.gone)
	}
	return all
}

// Or adds the documents that have a term to a set.
func (r *Reader) Or(to *roaring.Bitmap, field, term string) error {
	return r.lists(field, term, func(docs *roaring.Bitmap) { to.Or(docs) }, to.Add)
}

// lists finds where the documents of a term are kept: in sets, which lie in the
// file and are gone when f returns, and alone.
func (r *Reader) lists(field, term string, f func(*roaring.Bitmap), alone func(uint32)) error {
	err := r.list(field, term, f, alone)
	if err == nil && field == Grams && pair(term) {
		err = r.list(Words, term, f, alone)
	}
	return err
}

func (r *Reader) list(field, term string, f func(*roaring.Bitmap), alone func(uint32)) error {
	for i := range r.parts {
		if err := r.listOf(&r.parts[i], field, term, f, alone); err != nil {
			return err
		}
	}
	return nil
}

func (r *Reader) listOf(p *part, field, term string, f func(*roaring.Bitmap), alone func(uint32)) error {
	dict, err := p.dictionary(field)
	if err != nil {
		return err
	}
	list, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return err
	}
	at, ok := list.Iterator(false, false, false, nil).(segments.OptimizablePostingsIterator)
	if !ok {
		return nil // no document has the term
	}
	if doc, ok := at.DocNum1Hit(); ok {
		if doc < uint64(p.First) || doc >= uint64(p.First+p.Docs) {
			return fmt.Errorf("document %d of %d from %d", doc, p.Docs, p.First)
		}
		if r.gone == nil || !r.gone.Contains(uint32(doc)) {
			alone(uint32(doc))
		}
		return nil
	}
	docs := at.ActualBitmap()
	if docs == nil || docs.IsEmpty() {
		return nil
	}
	if first, last := docs.Minimum(), docs.Maximum(); uint64(first) < uint64(p.First) || uint64(last) >= uint64(p.First+p.Docs) {
		return fmt.Errorf("documents %d to %d of %d from %d", first, last, p.Docs, p.First)
	}
	if r.gone != nil && docs.Intersects(r.gone) { // which seldom does, and copies nothing
		docs = roaring.AndNot(docs, r.gone)
	}
	f(docs)
	return nil
}

func (p *part) dictionary(field string) (segments.TermDictionary, error) {
	s, ok := p.segments[field]
	if !ok {
		return nil, fmt.Errorf("there is no field %q", field)
	}
	return s.Dictionary(field)
}

// Postings calls f with the number of each document that has a term, in order.
func (r *Reader) Postings(ctx context.Context, field, term string, f func(doc uint32)) error {
	docs := roaring.New()
	if err := r.Or(docs, field, term); err != nil {
		return err
	}
	for n, doc := range docs.ToArray() {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		f(doc)
	}
	return nil
}

// Repeats calls f with each document of a set that has a word more than once, in
// order, and with how many further times it has it.
func (r *Reader) Repeats(ctx context.Context, word string, within *roaring.Bitmap, f func(doc, times uint32)) error {
	terms, err := r.terms(ctx, Words, word+again, nil)
	if err != nil {
		return err
	}
	sets := make([]*roaring.Bitmap, len(terms)) // for each time one
	for i, t := range terms {
		sets[i] = roaring.New()
		if err := r.Or(sets[i], Words, t); err != nil {
			return err
		}
		sets[i].And(within)
	}
	docs := roaring.FastOr(sets...).ToArray()
	times := make([]uint32, len(docs))
	for _, set := range sets {
		i := 0
		for it := set.Iterator(); it.HasNext(); i++ {
			for doc := it.Next(); docs[i] < doc; {
				i++
			}
			times[i]++
		}
	}
	for i, doc := range docs {
		f(doc, times[i])
	}
	return nil
}

// Count is the number of documents that have a term. No two lists of a term
// have a document in common.
func (r *Reader) Count(_ context.Context, field, term string) (n int, err error) {
	err = r.lists(field, term, func(docs *roaring.Bitmap) { n += int(docs.GetCardinality()) }, func(uint32) { n++ })
	return n, err
}

// Each calls f for each term of a field that begins with prefix, in order, with
// the number of documents that have it.
func (r *Reader) Each(ctx context.Context, field, prefix string, f func(term string, documents int)) error {
	list, err := r.Terms(ctx, field, prefix, nil)
	if err != nil {
		return err
	}
	for i, term := range list {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		n, err := r.Count(ctx, field, term)
		if err != nil {
			return err
		}
		f(term, n)
	}
	return nil
}

// Terms lists, in order, the terms of a field that begin with prefix and that
// keep, if there is one, takes.
func (r *Reader) Terms(ctx context.Context, field, prefix string, keep func(term string) bool) ([]string, error) {
	takes := func(term string) bool { return keep == nil || keep(term) }
	switch field {
	case Words:
		return r.terms(ctx, Words, prefix, func(term string) bool { return !strings.Contains(term, again) && takes(term) })
	case Grams:
		list, err := r.terms(ctx, Grams, prefix, keep)
		if err != nil {
			return nil, err
		}
		words, err := r.terms(ctx, Words, prefix, func(term string) bool { return pair(term) && takes(term) })
		if err != nil {
			return nil, err
		}
		list = append(list, words...)
		slices.Sort(list)
		return slices.Compact(list), nil
	}
	return r.terms(ctx, field, prefix, keep)
}

// terms lists what the dictionaries of a field hold, each term once.
func (r *Reader) terms(ctx context.Context, field, prefix string, keep func(term string) bool) (list []string, err error) {
	type place struct {
		in   segments.DictionaryIterator
		term string
	}
	var places []place // of the dictionaries that are not read to their ends
	next := func(p *place) (bool, error) {
		e, err := p.in.Next()
		if err != nil || e == nil {
			return false, err
		}
		p.term = e.Term
		return true, nil
	}
	for i := range r.parts {
		dict, err := r.parts[i].dictionary(field)
		if err != nil {
			return nil, err
		}
		d, ok := dict.(interface { // the counts, which it leaves out, are read one by one
			AutomatonIteratorOmitCount(a segments.Automaton, from, to []byte) segments.DictionaryIterator
		})
		if !ok {
			return nil, errors.New("the segment's dictionary cannot be listed")
		}
		p := place{in: d.AutomatonIteratorOmitCount(nil, []byte(prefix), after(prefix))}
		if more, err := next(&p); err != nil {
			return nil, err
		} else if more {
			places = append(places, p)
		}
	}
	for n := 0; len(places) > 0; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		term := places[0].term
		for _, p := range places[1:] {
			term = min(term, p.term)
		}
		for i := len(places) - 1; i >= 0; i-- {
			if places[i].term != term {
				continue
			}
			if more, err := next(&places[i]); err != nil {
				return nil, err
			} else if !more {
				places = slices.Delete(places, i, i+1)
			}
		}
		if keep != nil && !keep(term) {
			continue
		}
		if there, err := r.there(field, term); err != nil {
			return nil, err
		} else if there {
			list = append(list, term)
		}
	}
	return list, nil
}

// there reports whether a term of the dictionaries still has a document.
func (r *Reader) there(field, term string) (there bool, err error) {
	if r.gone == nil {
		return true, nil
	}
	for i := 0; i < len(r.parts) && !there && err == nil; i++ {
		err = r.listOf(&r.parts[i], field, term,
			func(docs *roaring.Bitmap) { there = !docs.IsEmpty() }, func(uint32) { there = true })
	}
	return there, err
}

// after is the least string that is greater than all that begin with prefix,
// nil where there is none.
func after(prefix string) []byte {
	b := []byte(prefix)
	for len(b) > 0 {
		if b[len(b)-1]++; b[len(b)-1] != 0 {
			return b
		}
		b = b[:len(b)-1]
	}
	return nil
}
