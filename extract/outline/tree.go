package outline

import (
	"slices"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// The tree that assembly grows; finish.go turns it into the document's.

type posNode struct {
	title, heading document.Span
	origin         document.TitleOrigin
	fields         []document.Field
	secs           []*secNode
	full           []document.Kind // of its closed sections that hold items
	headless       bool
	lent           bool // the title is the article's heading's: a field of its own goes before it
}

type secNode struct {
	kind     document.Kind
	heading  document.Span
	explicit bool // a heading said its kind
	items    []*itemNode
	lines    []token // text before the first marker
	from     int     // the number before the first that its list may have
	child    bool    // text lines become children of the last item
	asked    int     // so many items of it are known not to address a site's readers
	own      bool    // the document speaks of itself
	column   bool    // a table's column
	clauses  bool    // the items are the clauses of one paragraph
}

type itemNode struct {
	mark     token // its marker, if marked
	marked   bool
	number   int
	span     document.Span // own text; empty until the first text comes
	lastLine int
	extra    []token // lines behind it that may go on its text
	joined   bool    // a paragraph was joined that its text did not need
	children []*itemNode
	flags    []string
}

// slab gives out values of an article one by one. They live until the next
// article.
type slab[T any] struct {
	chunks [][]T
	given  int
}

// perChunk is how many values a slab makes at once.
const perChunk = 64

func (s *slab[T]) new(v T) *T {
	chunk, i := s.given/perChunk, s.given%perChunk
	if chunk == len(s.chunks) {
		s.chunks = append(s.chunks, make([]T, perChunk))
	}
	s.given++
	at := &s.chunks[chunk][i]
	*at = v
	return at
}

func (s *slab[T]) reset() { s.given = 0 }

func (s *secNode) empty() bool { return len(s.items) == 0 && len(s.lines) == 0 }

// hasItems and has look at the last section, which may be open; those before
// it are closed and not empty.
func (p *posNode) hasItems() bool {
	return len(p.secs) > 1 || len(p.secs) == 1 && !p.secs[0].empty()
}

func (p *posNode) has(kind document.Kind) bool {
	if slices.Contains(p.full, kind) {
		return true
	}
	if len(p.secs) == 0 {
		return false
	}
	last := p.secs[len(p.secs)-1]
	return last.kind == kind && !last.empty()
}

// closed settles the last section: an empty one goes, and its heading with it.
func (p *posNode) closed() {
	n := len(p.secs) - 1
	if p.secs[n].empty() {
		p.secs = p.secs[:n]
		return
	}
	if !slices.Contains(p.full, p.secs[n].kind) {
		p.full = append(p.full, p.secs[n].kind)
	}
}

func (p *posNode) field(key string) bool {
	for _, f := range p.fields {
		if f.Key == key {
			return true
		}
	}
	return false
}

// onlyFacts reports a position without a name of which nothing is known but what
// a board states of a job before its title.
func (p *posNode) onlyFacts() bool {
	if p.hasItems() || !p.title.Empty() {
		return false
	}
	for _, f := range p.fields {
		if !(lexicon.Key{Field: f.Key}).Fact() {
			return false
		}
	}
	return true
}

// level is one open list of the stack.
type level struct {
	style   marker.Style
	form    rune
	bracket byte // that its first marker begins with
	last    int
	into    *[]*itemNode
	node    *itemNode // its last item
	line    int       // of its first item, where that begins its line; -1 elsewhere
}

// ended reports whether the text of an item is a whole sentence.
func (b *builder) ended(s document.Span) bool {
	return s.Empty() || itemStops.In(lastRune(b.str(s)))
}

// label reports an item that is a label for the paragraph behind it: short
// and of one piece (营销产品。).
func (b *builder) label(s document.Span) bool {
	t := headEnds.TrimRight(b.str(s))
	return atMost(t, 10) && !labelBreaks.In(t)
}
