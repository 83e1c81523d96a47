// Package outline reads the structure of a page out of its text: articles,
// positions, sections and numbered items, the fields of forms, and what is
// the page's own and no part of any of them.
//
// The walk: lines, and what each line is by its wording (lines.go,
// articles.go) → candidates for markers (package marker), heads and fields
// (heads.go) → the markers that count best → assembly (assemble.go) → the
// regions that account for every byte (finish.go).
package outline

import (
	"sync"

	"zhize/document"
	"zhize/extract/outline/marker"
	"zhize/hanzi"
	"zhize/normalize"
)

// Input is a text and what is known of it.
type Input struct {
	Text       string
	Simplified bool              // Text is known to have no traditional characters
	Blocks     []document.Block  // in order; text outside them is paragraphs
	Dropped    []document.Region // decided by the page's markup; in order
	Title      string            // of the page, "" where unknown
	Declared   int               // articles that the title promises, 0 for none

	// Repeated reports a line, without the white space around it, that many
	// pages of the same site repeat; nil where nothing is known of the site. A
	// heading, a form's key and what a number or bullet counts are never asked for:
	// pages of one kind have them in common.
	Repeated func(line string) bool
}

// Result is the structure of a text. All spans are of Input.Text.
type Result struct {
	Articles []document.Article
	Regions  []document.Region
	Parts    []normalize.Part // what is kept and may be repaired; in order
	Edits    []document.Edit  // repairs of numbers and of sentences cut by page numbers; in order
	Flags    []string
	// Overflow reports a text with more than MaxParts lines, marks and heads.
	// Its structure was not read.
	Overflow bool
}

// MaxParts is how many lines, marker candidates and headings a text may have.
// The largest real page seen has some thousands; what has a million is made to
// eat memory, of which every part takes a few hundred bytes.
const MaxParts = marker.MaxCandidates

// Build finds the structure of a text. It takes time linear in the text and
// never fails: what fits nowhere is dropped as unplaced, and said so; what has
// too many parts overflows.
func Build(in Input) Result {
	if len(in.Text) > maxKept {
		return new(builder).build(in)
	}
	b := builders.Get().(*builder)
	defer builders.Put(b)
	return b.build(in)
}

// maxKept is the longest text, in bytes, after which the working memory is kept:
// of a longer one it would be most of what the program holds.
const maxKept = 1 << 20

func (b *builder) build(in Input) Result {
	b.begin(in)
	b.splitLines()
	if len(b.lines) > MaxParts {
		return Result{Overflow: true}
	}
	b.cutContents()
	b.cutGluedHeads()
	b.measure()
	if len(b.cands) > MaxParts {
		return Result{Overflow: true}
	}
	b.findArticleHeads()
	b.readColumns()
	b.classify()
	b.findPosts()
	for i, span := range b.articleRanges() {
		b.article(i, span)
		if b.parts > MaxParts {
			return Result{Overflow: true}
		}
	}
	b.finish()
	return b.out
}

type builder struct {
	in     Input
	text   string        // the input with traditional characters simplified in place: words are looked up in it
	heads  []articleHead // accepted, in order
	out    Result
	parts  int // candidates and named tokens so far
	cuts   int // edits that are no page numbers of the article in hand
	headed int // where the last section heading that became a part begins

	columns []token // of tables with a heading row, in order
	scratch
}

// scratch is the working memory that builders keep from text to text.
type scratch struct {
	lines     []line
	spare     []line             // the lines' room when some of them are cut
	cands     []marker.Candidate // places that may be markers, in the order of the lines
	cellSpans []document.Span    // of the table rows, in order
	claims    []document.Region
	regions   []document.Region
	kept      []normalize.Part

	whole [1]document.Span // the only cell of a line that is no row

	// of the article in hand
	chooser  marker.Chooser
	named    []token
	starts   []int // of the named tokens
	tokens   []token
	triggers []triggerPoint
	nodes    slab[itemNode]
	words    slab[named]
}

var builders = sync.Pool{New: func() any { return new(builder) }}

// begin makes the builder ready for a text.
func (b *builder) begin(in Input) {
	s := b.scratch
	s.lines, s.cands, s.cellSpans = s.lines[:0], s.cands[:0], s.cellSpans[:0]
	s.claims, s.regions, s.kept = s.claims[:0], s.regions[:0], s.kept[:0]
	*b = builder{in: in, text: in.Text, scratch: s}
	if !in.Simplified {
		b.text = hanzi.Align(in.Text)
	}
}

// claim gives a stretch of text its role. Claims come in any order and must
// not overlap.
func (b *builder) claim(s document.Span, role document.Role) {
	if !s.Empty() {
		b.claims = append(b.claims, document.Region{Span: s, Role: role})
	}
}

// drop claims a stretch of text that is left out.
func (b *builder) drop(s document.Span, reason document.Reason) {
	if !s.Empty() {
		b.claims = append(b.claims, document.Region{Span: s, Role: document.RoleDropped, Reason: reason})
	}
}
