package engine

import (
	"encoding/binary"
	"slices"
	"strings"
)

// Run is the postings of a stretch of documents, sorted by term, ready to be
// merged with those of others. Each field is a list of entries: the length of
// a term and the term, how many documents have it, the length of what follows,
// and their numbers within the stretch, each but the first as the distance from
// the one before. All numbers are uvarints.
type Run struct {
	docs   int
	fields [numFields][]byte
}

// Gather collects the terms of documents, one after the other. It is used again
// for the next stretch, and not safe for concurrent use.
type Gather struct {
	places map[string]int32 // of a term in the lists
	terms  []string
	lists  []termLists
	nodes  []node
	docs   int32
	words  int // of the last document
	sorted []int32
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

// Next begins the next document.
func (g *Gather) Next() { g.docs, g.words = g.docs+1, 0 }

// Word adds a word to the document that was begun last, once for each time that
// the text has it. The string is kept until Run, as those of all terms are.
func (g *Gather) Word(term string) {
	g.words++
	at := g.place(term)
	if g.add(at, 0) {
		g.lists[at].times = 1
		return
	}
	g.lists[at].times++
	g.add(g.place(term+again+string(rune(g.lists[at].times))), 0)
}

// Words is how often Word was called for the document.
func (g *Gather) Words() int { return g.words }

// Gram adds a gram. All words of the document come before it.
func (g *Gather) Gram(term string) {
	at := g.place(term)
	if last := g.lists[at].fields[0].last; last > 0 && g.nodes[last-1].doc == g.docs-1 && pair(term) {
		return
	}
	g.add(at, 1)
}

// Title adds a term of the title above the text.
func (g *Gather) Title(term string) { g.add(g.place(term), 2) }

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
	g.sorted = g.sorted[:0]
	for i := range g.terms {
		g.sorted = append(g.sorted, int32(i))
	}
	slices.SortFunc(g.sorted, func(a, b int32) int { return strings.Compare(g.terms[a], g.terms[b]) })
	r := &Run{docs: int(g.docs)}
	var docs []byte
	for f := range r.fields {
		out := make([]byte, 0, len(g.nodes)*2)
		for _, at := range g.sorted {
			list := g.lists[at].fields[f]
			if list.size == 0 {
				continue
			}
			docs = docs[:0]
			last := int32(0)
			for n := list.first; n > 0; n = g.nodes[n-1].next {
				doc := g.nodes[n-1].doc
				docs = binary.AppendUvarint(docs, uint64(doc-last))
				last = doc
			}
			out = binary.AppendUvarint(out, uint64(len(g.terms[at])))
			out = append(out, g.terms[at]...)
			out = binary.AppendUvarint(out, uint64(list.size))
			out = binary.AppendUvarint(out, uint64(len(docs)))
			out = append(out, docs...)
		}
		r.fields[f] = out
	}
	clear(g.places)
	clear(g.terms)
	g.terms, g.lists, g.nodes, g.docs = g.terms[:0], g.lists[:0], g.nodes[:0], 0
	return r
}
