package extract

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// builder writes the source text. White space and line ends are held back
// until text follows, so that none is doubled and none ends the page.
type builder struct {
	buf    []byte
	breaks int  // line ends owed, at most 2 outside pre
	hard   bool // one of them ends a block, not only a line
	space  bool // a space is owed
	tabs   int  // cells of the row that ended since the last text
	fresh  bool // nothing but line ends, tabs and numbers since the line began
	row    int  // depth of table rows that are written as one line
	bold   int  // depth of bold elements

	ctx     *context // what the text is part of; nil: a paragraph
	open    *context // what the open block is of
	start   int      // where the open block began
	number  string   // number owed to the item that opened
	reason  string   // why the text is dropped; "" it is not
	dropped []document.Region
	from    int // where the text that is dropped began; -1 none yet
	later   []aside

	blocks    []document.Block
	generated []document.Span
	line      line
	lines     int
	boldLines int
}

// context is an element that makes its text more than a paragraph.
type context struct {
	kind  document.BlockKind
	level int
	used  bool // its block was written; what follows an inner one is a paragraph
}

// aside is dropped text that stood inside a line. It follows as a line of its
// own when the block ends: a sentence is not cut by what no reader sees.
type aside struct{ text, reason string }

// line is what is known of the line being written.
type line struct {
	start int
	bold  bool // everything was bold
	plain bool // a paragraph, not dropped
}

// Limits of headings without a heading element.
const (
	boldLevel   = 7  // level of a line that is bold as a whole
	boldLetters = 40 // a longer bold line is emphasis
)

// text writes s with its white space collapsed.
func (b *builder) text(s string) {
	for i := 0; i < len(s); {
		if isSpace(s[i]) {
			b.space = true
			i++
			continue
		}
		j := i + 1
		for j < len(s) && !isSpace(s[j]) {
			j++
		}
		b.put(s[i:j])
		i = j
	}
}

// pre writes s as it stands.
func (b *builder) pre(s string) {
	for {
		part, rest, more := strings.Cut(s, "\n")
		if part = strings.ReplaceAll(part, "\r", ""); part != "" {
			b.put(part)
		}
		if !more {
			return
		}
		b.breaks++
		s = rest
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// put writes a piece of text behind everything that is owed.
func (b *builder) put(s string) {
	b.settle()
	b.buf = append(b.buf, s...)
	b.line.bold = b.line.bold && b.bold > 0
	b.fresh = false
}

// settle writes what is owed: line ends, a space, tabs, a number.
func (b *builder) settle() {
	switch {
	case len(b.buf) == 0 && !b.hard:
		b.newLine()
	case len(b.buf) == 0 || b.breaks > 0:
		b.endLine()
		for n := b.breaks; n > 0 && len(b.buf) > 0; n-- {
			b.buf = append(b.buf, '\n')
		}
		b.newLine()
	case b.space && !b.fresh && b.tabs == 0:
		b.buf = append(b.buf, ' ')
	}
	b.breaks, b.hard, b.space = 0, false, false
	if b.ctx != b.open {
		b.closeBlock()
		b.openBlock()
	}
	if b.reason != "" && b.from < 0 {
		b.from = len(b.buf)
	}
	b.line.plain = b.line.plain && b.ctx == nil && b.reason == ""
	for ; b.tabs > 0; b.tabs-- {
		b.buf = append(b.buf, '\t')
		b.fresh = true
	}
	if b.number != "" {
		at := len(b.buf)
		b.buf = append(b.buf, b.number...)
		b.generated = append(b.generated, document.Span{Start: at, End: len(b.buf)})
		b.number = ""
	}
}

func (b *builder) newLine() {
	b.line = line{start: len(b.buf), bold: true, plain: true}
	b.fresh = true
}

// endLine closes the line that ends at the end of buf, and lets the asides
// that wait for the end of its block follow it.
func (b *builder) endLine() {
	text := b.buf[b.line.start:]
	if len(text) > 0 {
		b.lines++
		if b.line.bold && b.line.plain && utf8.RuneCount(text) <= boldLetters {
			b.boldLines++
			b.blocks = append(b.blocks, document.Block{
				Span: document.Span{Start: b.line.start, End: len(b.buf)}, Kind: document.Heading, Level: boldLevel,
			})
		}
	}
	if len(b.later) == 0 || !b.hard || b.row > 0 || b.from >= 0 {
		return
	}
	b.closeBlock()
	for _, a := range b.later {
		if len(b.buf) > 0 {
			b.buf = append(b.buf, '\n')
		}
		at := len(b.buf)
		b.buf = append(b.buf, a.text...)
		b.dropped = append(b.dropped, document.Region{
			Span: document.Span{Start: at, End: len(b.buf)}, Role: document.RoleDropped, Reason: a.reason,
		})
	}
	b.later = b.later[:0]
}

func (b *builder) openBlock() {
	if b.ctx == nil || b.ctx.used {
		b.open = b.ctx
		b.start = -1
		return
	}
	b.ctx.used = true
	b.open, b.start = b.ctx, len(b.buf)
}

// closeBlock ends the open block at the last text written.
func (b *builder) closeBlock() {
	if b.open != nil && b.start >= 0 {
		end := len(b.buf)
		for end > b.start && isSpace(b.buf[end-1]) {
			end--
		}
		if end > b.start {
			b.blocks = append(b.blocks, document.Block{
				Span: document.Span{Start: b.start, End: end}, Kind: b.open.kind, Level: b.open.level,
			})
		}
	}
	b.open, b.start = nil, -1
}

// br ends a line; several of them leave one blank line.
func (b *builder) br() {
	if b.tabs > 0 { // a cell does not begin with a line end
		return
	}
	if b.row > 0 {
		b.breaks = max(b.breaks, 1)
		return
	}
	b.breaks = max(b.breaks, min(b.breaks+1, 2))
}

// block ends a block, or begins one.
func (b *builder) block() {
	if b.tabs > 0 {
		return
	}
	b.breaks = max(b.breaks, 1)
	b.hard = true
}

// cell ends a cell of a row; from is what was owed when it began, and at
// where the text then ended.
func (b *builder) cell(at, from int) {
	if len(b.buf) == at {
		b.breaks = from
	} else {
		b.breaks, b.hard = 0, false
	}
	b.space = false
	b.tabs++
}

// aside takes dropped text out of its line; it follows the block.
func (b *builder) aside(text, reason string) {
	b.later = append(b.later, aside{text, reason})
}

// drop begins and undrop ends a part whose text is dropped.
func (b *builder) drop(reason string) {
	b.reason, b.from = reason, -1
}

func (b *builder) undrop() {
	if b.from >= 0 {
		b.dropped = append(b.dropped, document.Region{
			Span: document.Span{Start: b.from, End: len(b.buf)}, Role: document.RoleDropped, Reason: b.reason,
		})
	}
	b.reason, b.from = "", -1
}

// finish ends the text. Where most lines are bold, none of them is a heading.
func (b *builder) finish() {
	b.hard = true
	b.undrop()
	b.endLine()
	b.closeBlock()
	if len(b.buf) > 0 {
		b.buf = append(b.buf, '\n')
	}
	if b.boldLines*2 <= b.lines {
		return
	}
	kept := b.blocks[:0]
	for _, k := range b.blocks {
		if k.Level != boldLevel {
			kept = append(kept, k)
		}
	}
	b.blocks = kept
}
