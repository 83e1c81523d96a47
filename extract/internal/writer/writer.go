// Package writer writes the source text of a page. Whoever walks a page says
// what it meets (text, the end of a block, a cell, a list number); the writer
// alone knows about white space, line ends, blocks and dropped parts.
//
// White space and line ends are held back until text follows, so that none is
// doubled and none ends the page.
package writer

import (
	"strings"

	"zhize/document"
)

// Writer writes one page.
type Writer struct {
	buf    strings.Builder
	breaks int    // line ends owed, at most 2 outside verbatim text
	hard   bool   // one of them ends a block, not only a line
	space  bool   // a space is owed
	tabs   int    // cells of the row that ended since the last text
	fresh  bool   // nothing but line ends, tabs and numbers since the line began
	row    bool   // what is written is a row, on one line
	bold   int    // depth of bold elements
	number string // owed to the item that opened

	cellAt   int // where the text ended when the cell began
	cellOwed int // line ends that were owed then

	ctx     *Context        // what the text is part of; nil: a paragraph
	open    *Context        // what the open block is of
	start   int             // where the open block began
	reason  document.Reason // why the text is dropped; "" it is not
	dropped []document.Region
	from    int // where the text that is dropped began; -1 none yet
	later   []aside

	blocks    []document.Block
	generated []document.Span
	line      line
	lines     int
	boldLines int
}

// Context is an element that makes its text more than a paragraph. Only its
// first stretch of text becomes a block: what follows an inner element is a
// paragraph.
type Context struct {
	Kind  document.BlockKind
	Level int
	used  bool
}

// aside is dropped text that stood inside a line. It follows as a line of its
// own when the block ends: a sentence is not cut by what no reader sees.
type aside struct {
	text   string
	reason document.Reason
}

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

// Page is what was written.
type Page struct {
	Source    string
	Blocks    []document.Block  // in order, without overlap
	Generated []document.Span   // numbers and what was repeated, in order
	Dropped   []document.Region // in order, without overlap
}

// New begins a page of about so many bytes and blocks.
func New(size, blocks int) *Writer {
	w := &Writer{from: -1, start: -1}
	w.buf.Grow(size)
	if blocks > 0 {
		w.blocks = make([]document.Block, 0, blocks)
	}
	return w
}

// Text writes s with its white space collapsed, as a browser does.
func (w *Writer) Text(s string) {
	for i := 0; i < len(s); {
		if spaces[s[i]] {
			w.space = true
			i++
			continue
		}
		j := i + 1
		for j < len(s) && !spaces[s[j]] {
			j++
		}
		w.put(s[i:j])
		i = j
	}
}

// Verbatim writes s as it stands; "\n" ends its lines and "\r" is left out.
func (w *Writer) Verbatim(s string) {
	for {
		part, rest, more := strings.Cut(s, "\n")
		if part = strings.ReplaceAll(part, "\r", ""); part != "" {
			w.put(part)
		}
		if !more {
			return
		}
		w.breaks++
		s = rest
	}
}

// EndVerbatim ends verbatim text: of its last line ends two are left.
func (w *Writer) EndVerbatim() { w.breaks = min(w.breaks, 2) }

// Break ends a line; several of them leave one blank line.
func (w *Writer) Break() {
	switch {
	case w.tabs > 0: // a cell does not begin with a line end
	case w.row:
		w.breaks = max(w.breaks, 1)
	default:
		w.breaks = max(w.breaks, min(w.breaks+1, 2))
	}
}

// Block ends a block, or begins one.
func (w *Writer) Block() {
	if w.tabs > 0 {
		return
	}
	w.breaks = max(w.breaks, 1)
	w.hard = true
}

// Row begins a row that is written as one line, with tabs between its cells.
func (w *Writer) Row() { w.row = true }

// EndRow ends it.
func (w *Writer) EndRow() { w.row, w.tabs = false, 0 }

// InRow reports whether such a row is being written.
func (w *Writer) InRow() bool { return w.row }

// Cell begins a cell of a row.
func (w *Writer) Cell() { w.cellAt, w.cellOwed = w.buf.Len(), w.breaks }

// EndCell ends it.
func (w *Writer) EndCell() {
	if w.buf.Len() == w.cellAt {
		w.breaks = w.cellOwed
	} else {
		w.breaks, w.hard = 0, false
	}
	w.space = false
	w.tabs++
}

// Tab parts two cells whose ends are not known; several are one.
func (w *Writer) Tab() {
	w.breaks, w.hard, w.space = 0, false, false
	w.tabs = 1
}

// ClearTabs forgets cells that had no text behind them.
func (w *Writer) ClearTabs() { w.tabs = 0 }

// Number owes a list number to the next text; "" takes it back.
func (w *Writer) Number(label string) { w.number = label }

// Owed is the list number that is owed.
func (w *Writer) Owed() string { return w.number }

// Bold begins a bold element, or ends one.
func (w *Writer) Bold(begins bool) {
	if begins {
		w.bold++
	} else {
		w.bold--
	}
}

// Context is what the text is part of, nil for a paragraph.
func (w *Writer) Context() *Context { return w.ctx }

// SetContext sets it.
func (w *Writer) SetContext(c *Context) { w.ctx = c }

// Aside takes dropped text out of its line; it follows the block.
func (w *Writer) Aside(text string, reason document.Reason) {
	w.later = append(w.later, aside{text, reason})
}

// Drop begins a part that is dropped, and Undrop ends it.
func (w *Writer) Drop(reason document.Reason) { w.reason, w.from = reason, -1 }

// Reason is why what is written now is dropped, NoReason if it is not.
func (w *Writer) Reason() document.Reason { return w.reason }

// Undrop ends the part that Drop began.
func (w *Writer) Undrop() {
	if w.from >= 0 {
		w.drop(w.from, w.reason)
	}
	w.reason, w.from = document.NoReason, -1
}

func (w *Writer) drop(from int, reason document.Reason) {
	w.dropped = append(w.dropped, document.Region{
		Span: document.Span{Start: from, End: w.buf.Len()}, Role: document.RoleDropped, Reason: reason,
	})
}

// Finish ends the page. Where most lines are bold, none of them is a heading.
// The writer must not be used after it.
func (w *Writer) Finish() Page {
	w.hard = true
	w.Undrop()
	w.endLine()
	w.closeBlock()
	if w.buf.Len() > 0 {
		w.buf.WriteByte('\n')
	}
	if w.boldLines*2 > w.lines {
		kept := w.blocks[:0]
		for _, b := range w.blocks {
			if b.Kind != document.Heading || b.Level != boldLevel {
				kept = append(kept, b)
			}
		}
		w.blocks = kept
	}
	return Page{w.buf.String(), w.blocks, w.generated, w.dropped}
}
