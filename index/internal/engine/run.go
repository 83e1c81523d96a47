package engine

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Run is the postings of a stretch of documents, sorted by term, ready to be
// merged with those of others. Each field is a list of entries: the length of
// a term and the term, the length of what follows, and the numbers of the
// documents that have it within the stretch, each but the first as the distance
// from the one before. All numbers are uvarints.
type Run struct {
	docs   int
	fields [numFields][]byte
}

// Gather collects the terms of documents, one after the other. It is used again
// for the next stretch, and not safe for concurrent use.
//
// Nine of ten terms are one or two characters of three bytes, which are a number
// (package-internal type pair). Of those it notes that a document has them, and
// sorts the notes in the end, which takes a fraction of looking each up in a map.
// All others have a list each.
type Gather struct {
	docs   int32
	words  []note // in the order of the documents
	grams  []note
	room   []note           // for sorting
	places map[string]int32 // of a term in the lists
	terms  []string
	lists  []termLists
	nodes  []node
	number int // words of the last document
	title  []int32
	order  []int32
}

// termLists are the documents of a term.
type termLists struct {
	fields [numFields]nodes
	times  int32 // how often the last document has the word
}

// nodes is a list of nodes. first and last are node+1; 0 is none.
type nodes struct{ first, last, size int32 }

type node struct {
	doc  int32
	next int32 // node+1
}

// NewGather makes an empty one.
func NewGather() *Gather { return &Gather{places: map[string]int32{}} }

// Under says which terms the title has that the next documents stand under, until
// it is called again. Each run begins without a title. The strings are kept until
// Run, as those of all terms are.
func (g *Gather) Under(title []string) {
	g.title = g.title[:0]
	for _, term := range title {
		g.title = append(g.title, g.place(term))
	}
}

// Next begins the next document.
func (g *Gather) Next() {
	g.docs, g.number = g.docs+1, 0
	for _, at := range g.title {
		g.add(at, 2)
	}
}

// Word adds a word to the document that was begun last, once for each time that
// the text has it.
func (g *Gather) Word(term string) {
	g.number++
	if key, ok := keyOf(term); ok {
		g.words = append(g.words, noteOf(key, g.docs-1))
		return
	}
	at := g.place(term)
	if g.add(at, 0) {
		g.lists[at].times = 1
		return
	}
	g.lists[at].times++
	g.add(g.place(term+again+string(rune(g.lists[at].times))), 0)
}

// Words is how often Word was called for the document.
func (g *Gather) Words() int { return g.number }

// Gram adds a gram. All words of the document come before it.
func (g *Gather) Gram(term string) {
	if key, ok := keyOf(term); ok {
		g.grams = append(g.grams, noteOf(key, g.docs-1))
		return
	}
	at := g.place(term)
	if last := g.lists[at].fields[0].last; last > 0 && g.nodes[last-1].doc == g.docs-1 && pair(term) {
		return
	}
	g.add(at, 1)
}

func (g *Gather) place(term string) int32 {
	at, ok := g.places[term]
	if !ok {
		at = int32(len(g.lists))
		g.places[term] = at
		g.terms = append(g.terms, term)
		g.lists = append(g.lists, termLists{})
	}
	return at
}

// add adds the document to a list and reports whether it was not there.
func (g *Gather) add(at int32, field int) bool {
	l, doc := &g.lists[at].fields[field], g.docs-1
	if l.last == 0 {
		l.first = int32(len(g.nodes)) + 1
	} else if last := &g.nodes[l.last-1]; last.doc == doc {
		return false
	} else {
		last.next = int32(len(g.nodes)) + 1
	}
	g.nodes = append(g.nodes, node{doc: doc})
	l.last = int32(len(g.nodes))
	l.size++
	return true
}

// Run gives what was gathered and forgets it.
func (g *Gather) Run() *Run {
	g.order = g.order[:0]
	for i := range g.terms {
		g.order = append(g.order, int32(i))
	}
	slices.SortFunc(g.order, func(a, b int32) int { return strings.Compare(g.terms[a], g.terms[b]) })
	g.words, g.room = sortNotes(g.words, g.room)
	g.grams, g.room = sortNotes(g.grams, g.room)
	r := &Run{docs: int(g.docs)}
	r.fields[0] = g.field(0, len(g.words), func(w *entries) { w.words(g.words) })
	r.fields[1] = g.field(1, len(g.grams), func(w *entries) { w.grams(g.grams, g.words) })
	r.fields[2] = g.field(2, 0, func(*entries) {})
	clear(g.places)
	clear(g.terms)
	g.words, g.grams, g.title = g.words[:0], g.grams[:0], g.title[:0]
	g.terms, g.lists, g.nodes, g.docs = g.terms[:0], g.lists[:0], g.nodes[:0], 0
	return r
}

// field writes the entries of a field: those that notes adds in order, and the
// lists between them.
func (g *Gather) field(f, size int, notes func(*entries)) []byte {
	w := entries{out: make([]byte, 0, 4*size+len(g.nodes))}
	rest := g.order
	w.before = func(term []byte) {
		for ; len(rest) > 0; rest = rest[1:] {
			at := rest[0]
			if term != nil && g.terms[at] > string(term) {
				return
			}
			if g.lists[at].fields[f].size == 0 {
				continue
			}
			w.begin()
			for n := g.lists[at].fields[f].first; n > 0; n = g.nodes[n-1].next {
				w.doc(g.nodes[n-1].doc)
			}
			w.end(g.terms[at])
		}
	}
	notes(&w)
	w.before(nil)
	return w.out
}

// entries writes entries.
type entries struct {
	out    []byte
	docs   []byte
	last   int32
	before func(term []byte) // writes what stands before a term, or at the end all, which nil means
}

func (w *entries) begin() { w.docs, w.last = w.docs[:0], 0 }

func (w *entries) doc(doc int32) {
	w.docs = binary.AppendUvarint(w.docs, uint64(doc-w.last))
	w.last = doc
}

func (w *entries) end(term string) {
	w.out = binary.AppendUvarint(w.out, uint64(len(term)))
	w.out = append(w.out, term...)
	w.out = binary.AppendUvarint(w.out, uint64(len(w.docs)))
	w.out = append(w.out, w.docs...)
}

// words writes sorted notes, and what stands again in a document.
func (w *entries) words(notes []note) {
	var repeated []note // once for each further time
	var term []byte
	for len(notes) > 0 {
		key := notes[0].key()
		term = key.append(term[:0])
		w.before(term)
		w.begin()
		repeated = repeated[:0]
		n := 0
		for ; n < len(notes) && notes[n].key() == key; n++ {
			if n > 0 && notes[n] == notes[n-1] {
				repeated = append(repeated, notes[n])
				continue
			}
			w.doc(notes[n].doc())
		}
		notes = notes[n:]
		w.end(string(term))
		for times := 2; len(repeated) > 0; times++ {
			w.begin()
			more := repeated[:0]
			for i, x := range repeated {
				if i > 0 && x.doc() == w.last && len(w.docs) > 0 {
					more = append(more, x)
					continue
				}
				w.doc(x.doc())
			}
			repeated = more
			w.end(string(term) + again + string(rune(times)))
		}
	}
}

// grams writes sorted notes but for pairs that the same document has as a word.
func (w *entries) grams(notes, words []note) {
	var term []byte
	for len(notes) > 0 {
		key := notes[0].key()
		kept := !key.pair()
		term = key.append(term[:0])
		w.before(term)
		w.begin()
		n := 0
		for ; n < len(notes) && notes[n].key() == key; n++ {
			if n > 0 && notes[n] == notes[n-1] {
				continue
			}
			if !kept {
				for len(words) > 0 && words[0] < notes[n] {
					words = words[1:]
				}
				if len(words) > 0 && words[0] == notes[n] {
					continue
				}
			}
			w.doc(notes[n].doc())
		}
		notes = notes[n:]
		if len(w.docs) > 0 {
			w.end(string(term))
		}
	}
}
