package writer

import (
	"unicode/utf8"

	"zhize/document"
)

// spaces are the bytes that HTML collapses.
var spaces = [256]bool{' ': true, '\n': true, '\t': true, '\r': true, '\f': true}

// put writes a piece of text behind everything that is owed.
func (w *Writer) put(s string) {
	if w.space || w.breaks > 0 || w.tabs > 0 || w.number != "" || w.reason != document.NoReason || w.ctx != w.open || w.buf.Len() == 0 {
		w.settle()
	}
	w.buf.WriteString(s)
	w.line.bold = w.line.bold && w.bold > 0
	w.fresh = false
}

// Repeat writes s, which stands elsewhere in the page, once more: it is text that
// the page does not hold here, as a number of its lists is.
func (w *Writer) Repeat(s string) {
	if s == "" {
		return
	}
	w.settle()
	at := w.buf.Len()
	w.put(s)
	w.generated = append(w.generated, document.Span{Start: at, End: w.buf.Len()})
}

// settle writes what is owed: line ends, a space, tabs, a number.
func (w *Writer) settle() {
	switch {
	case w.buf.Len() == 0 && !w.hard:
		w.newLine()
	case w.buf.Len() == 0 || w.breaks > 0:
		w.endLine()
		for n := w.breaks; n > 0 && w.buf.Len() > 0; n-- {
			w.buf.WriteByte('\n')
		}
		w.newLine()
	case w.space && !w.fresh && w.tabs == 0:
		w.buf.WriteByte(' ')
	}
	w.breaks, w.hard, w.space = 0, false, false
	if w.ctx != w.open {
		w.closeBlock()
		w.openBlock()
	}
	if w.reason != document.NoReason && w.from < 0 {
		w.from = w.buf.Len()
	}
	w.line.plain = w.line.plain && w.ctx == nil && w.reason == document.NoReason
	for ; w.tabs > 0; w.tabs-- {
		w.buf.WriteByte('\t')
		w.fresh = true
	}
	if w.number != "" {
		at := w.buf.Len()
		w.buf.WriteString(w.number)
		w.generated = append(w.generated, document.Span{Start: at, End: w.buf.Len()})
		w.number = ""
	}
}

func (w *Writer) newLine() {
	w.line = line{start: w.buf.Len(), bold: true, plain: true}
	w.fresh = true
}

// endLine closes the line that ends at the end of the text, and lets the
// asides that wait for the end of its block follow it.
func (w *Writer) endLine() {
	if text := w.buf.String()[w.line.start:]; text != "" {
		w.lines++
		if w.line.bold && w.line.plain && utf8.RuneCountInString(text) <= boldLetters {
			w.boldLines++
			w.block(w.line.start, document.Heading, boldLevel)
		}
	}
	if len(w.later) == 0 || !w.hard || w.row || w.from >= 0 {
		return
	}
	w.closeBlock()
	for _, a := range w.later {
		if w.buf.Len() > 0 {
			w.buf.WriteByte('\n')
		}
		at := w.buf.Len()
		w.buf.WriteString(a.text)
		w.drop(at, a.reason)
	}
	w.later = w.later[:0]
}

func (w *Writer) openBlock() {
	w.open, w.start = w.ctx, -1
	if w.ctx != nil && !w.ctx.used {
		w.ctx.used = true
		w.start = w.buf.Len()
	}
}

// closeBlock ends the open block at the last text written.
func (w *Writer) closeBlock() {
	if w.open != nil && w.start >= 0 {
		w.block(w.start, w.open.Kind, w.open.Level)
	}
	w.open, w.start = nil, -1
}

// block records a block from start to the end of the text, without the white
// space at its end.
func (w *Writer) block(start int, kind document.BlockKind, level int) {
	text := w.buf.String()
	end := len(text)
	for end > start && spaces[text[end-1]] {
		end--
	}
	if end > start {
		w.blocks = append(w.blocks, document.Block{Span: document.Span{Start: start, End: end}, Kind: kind, Level: level})
	}
}
