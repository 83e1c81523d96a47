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
	"zhize/document"
	"zhize/extract/outline/marker"
	"zhize/hanzi"
	"zhize/normalize"
)

// Input is a text and what is known of it.
type Input struct {
	Text     string
	Blocks   []document.Block  // in order; text outside them is paragraphs
	Dropped  []document.Region // decided by the page's markup; in order
	Title    string            // of the page, "" where unknown
	Declared int               // articles that the title promises, 0 for none
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
const MaxParts = 1 << 20

// Build finds the structure of a text. It takes time linear in the text and
// never fails: what fits nowhere is dropped as unplaced, and said so; what has
// too many parts overflows.
func Build(in Input) Result {
	b := &builder{in: in, text: hanzi.Align(in.Text)}
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
	text   string // the input with traditional characters simplified in place: words are looked up in it
	lines  []line
	cands  []marker.Candidate // places that may be markers, in the order of the lines
	heads  []articleHead      // accepted, in order
	claims []document.Region
	out    Result
	parts  int // candidates and named tokens so far
	cuts   int // edits that are no page numbers of the article in hand
	headed int // where the last section heading that became a part begins

	columns   []token          // of tables with a heading row, in order
	cellSpans []document.Span  // of the table rows, in order
	whole     [1]document.Span // the only cell of a line that is no row
}

// claim gives a stretch of text its role. Claims come in any order and must
// not overlap.
func (b *builder) claim(s document.Span, role document.Role, reason string) {
	if !s.Empty() {
		b.claims = append(b.claims, document.Region{Span: s, Role: role, Reason: reason})
	}
}
