package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segments "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// Reader reads postings. It is safe for concurrent use.
type Reader struct {
	segments map[string]segments.Segment
	docs     int
}

// Open opens the postings of n documents in a folder for reading; nothing is
// written and nothing is waited for.
func Open(dir string, n int) (r *Reader, err error) {
	r = &Reader{segments: make(map[string]segments.Segment, numFields), docs: n}
	defer func() {
		if err != nil {
			r, err = nil, errors.Join(err, r.Close())
		}
	}()
	for _, f := range fields {
		s, err := new(zap.ZapPlugin).Open(filepath.Join(dir, file(f)))
		if err != nil {
			return r, fmt.Errorf("%s: %w", file(f), err)
		}
		r.segments[f] = s
		if have := s.Count(); have != uint64(n) {
			return r, fmt.Errorf("%s holds %d documents where %d were written", file(f), have, n)
		}
	}
	return r, nil
}

// Close releases the postings. Nothing may be read after it.
func (r *Reader) Close() (err error) {
	for _, s := range r.segments {
		err = errors.Join(err, s.Close())
	}
	return err
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
	dict, err := r.dictionary(field)
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
		if doc >= uint64(r.docs) {
			return fmt.Errorf("document %d of %d", doc, r.docs)
		}
		alone(uint32(doc))
		return nil
	}
	docs := at.ActualBitmap()
	if docs == nil || docs.IsEmpty() {
		return nil
	}
	if last := docs.Maximum(); uint64(last) >= uint64(r.docs) {
		return fmt.Errorf("document %d of %d", last, r.docs)
	}
	f(docs)
	return nil
}

func (r *Reader) dictionary(field string) (segments.TermDictionary, error) {
	s, ok := r.segments[field]
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

// Repeats calls f with each document that has a word more than once, once for
// every further time.
func (r *Reader) Repeats(ctx context.Context, word string, f func(doc uint32)) error {
	times, err := r.terms(ctx, Words, word+again, nil)
	for _, t := range times {
		if err == nil {
			err = r.Postings(ctx, Words, t, f)
		}
	}
	return err
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

// terms lists what the dictionary of a field holds.
func (r *Reader) terms(ctx context.Context, field, prefix string, keep func(term string) bool) (list []string, err error) {
	dict, err := r.dictionary(field)
	if err != nil {
		return nil, err
	}
	d, ok := dict.(interface { // the counts, which it leaves out, are read one by one
		AutomatonIteratorOmitCount(a segments.Automaton, from, to []byte) segments.DictionaryIterator
	})
	if !ok {
		return nil, errors.New("the segment's dictionary cannot be listed")
	}
	it := d.AutomatonIteratorOmitCount(nil, []byte(prefix), after(prefix))
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		e, err := it.Next()
		if err != nil || e == nil {
			return list, err
		}
		if keep == nil || keep(e.Term) {
			list = append(list, e.Term)
		}
	}
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
