package index

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/internal/synonym"
	"zhize/record"
)

// Why duties like one cannot be found: there is none with this id, or several have
// ids that begin like it.
var (
	ErrNoItem    = errors.New("there is no item or duty with this id")
	ErrAmbiguous = errors.New("several duties have ids that begin like this; give more digits")
)

const (
	// leastSimilar is how similar duties are at least: halfway to equal in
	// words or in characters. Read by eye on postings: above it nearly all have
	// the same object and mostly the same verb, below it they share little more
	// than 负责 and 工作.
	leastSimilar = 0.3
	// mostLists bounds how many documents the lists of a duty's words have
	// together, the rarest word first, and mostRead how many texts are read.
	mostLists = 200_000
	mostRead  = 1000
	// leastCommon is the share of the weight of a duty's words that another has
	// at least to be read: 负责 and 工作 alone have less.
	leastCommon = 0.15
	// fewLists words are looked up however frequent they are.
	fewLists = 3
)

// similar gives the documents that say nearly what one says, with how similar
// they are, from 0 to 1: the mean of the share of common pairs of characters and
// of the share of common words, weighted by how rare they are, where words that
// mean the same are one. The duty itself, those with equal letters and those that
// are one canonical duty with it, where that is known, are none.
func (s *search) similar(id string) (map[uint32]float64, error) {
	said, same, err := s.like(id)
	if err != nil {
		return nil, err
	}
	text := s.said(said)
	rare := rarity{search: s, known: map[string]float64{}}
	s.alike = slices.Sorted(maps.Keys(text.words))
	near, err := s.candidates(text, &rare)
	if err != nil {
		return nil, err
	}
	out := map[uint32]float64{}
	for n, c := range near {
		if n%256 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		if same(c) {
			continue
		}
		d := s.store.Duty(c)
		other := s.said(s.store.Text(&d))
		words, err := rare.common(text.words, other.words)
		if err != nil {
			return nil, err
		}
		if alike := (words + dice(text.pairs, other.pairs)) / 2; alike >= leastSimilar {
			out[c] = alike
		}
	}
	return out, nil
}

// like gives the text that an id names, and what tells the documents that are the
// same duty.
func (s *search) like(id string) (text string, same func(doc uint32) bool, err error) {
	if dutyID(id) {
		duty, of, err := s.duties.byID(s.ctx, id)
		if err != nil {
			return "", nil, err
		}
		return duty.Text, func(doc uint32) bool { return s.canonical(doc).Key == of.Key }, nil
	}
	doc, ok := s.document(id)
	if !ok {
		return "", nil, fmt.Errorf("%w: %s", ErrNoItem, id)
	}
	row := s.store.Duty(doc)
	same = func(other uint32) bool { return s.store.Letters(other) == row.Letters }
	if s.folds() {
		of := s.canonical(doc)
		same = func(other uint32) bool {
			return s.store.Letters(other) == row.Letters || s.canonical(other).Key == of.Key
		}
	}
	return s.store.Text(&row), same, nil
}

// document finds the item with an id. Documents are in the order of their
// positions and inside one of their ordinals.
func (s *search) document(id string) (doc uint32, ok bool) {
	at := strings.LastIndex(id, "-i")
	if at < 0 {
		return 0, false
	}
	ordinal, err := strconv.ParseUint(id[at+2:], 10, 32)
	if err != nil || record.ItemID(id[:at], int(ordinal)) != id {
		return 0, false
	}
	position, line := uint32(0), uint32(store.Gone)
	for n := range uint32(s.store.Positions()) {
		if bytes.Equal(s.store.PositionID(n), []byte(id[:at])) && s.store.Line(n) < line {
			position, line = n, s.store.Line(n)
		}
	}
	if line == store.Gone {
		return 0, false
	}
	for n, end := s.store.Of(position); n < end; n++ {
		d := s.store.Duty(uint32(n))
		if s.store.Details(&d).Ordinal == uint32(ordinal) {
			return uint32(n), true
		}
	}
	return 0, false
}

// saying is what is compared of two texts.
type saying struct {
	words map[string]bool // of those that mean the same the plainest
	pairs map[string]bool // neighbouring letters
}

func (s *search) said(text string) saying {
	folded := analysis.Fold(text)
	out := saying{words: map[string]bool{}, pairs: map[string]bool{}}
	s.words.Terms(folded, func(term string, _, _ int) {
		if len([]rune(term)) > 1 {
			out.words[synonym.Main(term)] = true
		}
	})
	letters := []rune(record.Letters(folded))
	for i := range max(len(letters)-1, 0) {
		out.pairs[string(letters[i:i+2])] = true
	}
	return out
}

// candidates lists the documents with the most weight of a duty's words.
func (s *search) candidates(text saying, rare *rarity) ([]uint32, error) {
	type list struct {
		docs   *roaring.Bitmap
		weight float64
	}
	var lists []list
	for _, w := range slices.Sorted(maps.Keys(text.words)) {
		docs, err := s.union(engine.Words, append(synonym.Of(w), w))
		if err != nil {
			return nil, err
		}
		weight, err := rare.of(w)
		if err != nil {
			return nil, err
		}
		lists = append(lists, list{docs, weight})
	}
	slices.SortStableFunc(lists, func(a, b list) int { return cmp.Compare(a.docs.GetCardinality(), b.docs.GetCardinality()) })
	weights, read, all := make([]float32, s.store.Duties()), uint64(0), 0.0
	for i, l := range lists {
		if all += l.weight; i >= fewLists && read+l.docs.GetCardinality() > mostLists {
			continue
		}
		read += l.docs.GetCardinality()
		for it := l.docs.Iterator(); it.HasNext(); {
			weights[it.Next()] += float32(l.weight)
		}
	}
	var docs []uint32
	for doc, w := range weights {
		if float64(w) > leastCommon*all {
			docs = append(docs, uint32(doc))
		}
	}
	slices.SortFunc(docs, func(a, b uint32) int { return cmp.Or(cmp.Compare(weights[b], weights[a]), s.inOrder(a, b)) })
	return docs[:min(len(docs), mostRead)], nil
}

// rarity weighs words by BM25's idf.
type rarity struct {
	*search
	known map[string]float64
}

func (r *rarity) of(word string) (float64, error) {
	if w, ok := r.known[word]; ok {
		return w, nil
	}
	n, err := r.postings.Count(r.ctx, engine.Words, word)
	w := math.Log(1 + (float64(r.info.Documents)-float64(n)+0.5)/(float64(n)+0.5))
	r.known[word] = w
	return w, err
}

// common is the share of weight that two sets of words have in common.
func (r *rarity) common(a, b map[string]bool) (float64, error) {
	both, all := 0.0, 0.0
	for _, set := range []map[string]bool{a, b} {
		for _, w := range slices.Sorted(maps.Keys(set)) { // sums depend on their order
			weight, err := r.of(w)
			if err != nil {
				return 0, err
			}
			if all += weight; a[w] && b[w] {
				both += weight
			}
		}
	}
	if all == 0 {
		return 0, nil
	}
	return both / all, nil
}

// dice is twice the common members over the members of both.
func dice(a, b map[string]bool) float64 {
	both := 0
	for k := range a {
		if b[k] {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return 2 * float64(both) / float64(len(a)+len(b))
}
