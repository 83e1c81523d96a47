package docx

import (
	"strings"
	"unicode"

	"zhize/document"
	"zhize/extract/docx/internal/style"
	"zhize/extract/internal/numeral"
	"zhize/extract/internal/writer"
)

// emit hands a part on: to what waits, or to the writer.
func (b *body) emit(e event) error {
	if b.queue == nil {
		b.write(e)
		return nil
	}
	*b.queue = append(*b.queue, e)
	return nil
}

// write writes a part. Tables of data alone have rows and cells.
func (b *body) write(e event) {
	switch e.kind {
	case paragraphEvent:
		b.writePara(e.para)
	case tableEvent:
		b.drop(e.table.reason)
		data := !e.table.nested && e.table.shape.Data() && !b.w.InRow()
		b.data = append(b.data, data)
		b.w.Block()
	case tableEnd:
		b.data = b.data[:len(b.data)-1]
		b.w.Block()
	default:
		if b.data[len(b.data)-1] {
			b.writeRow(e.kind)
		}
	}
}

func (b *body) writeRow(kind eventKind) {
	switch kind {
	case rowEvent:
		b.w.Block()
		if b.reason == document.NoReason {
			b.w.SetContext(&writer.Context{Kind: document.Row})
		}
		b.w.Row()
	case cellEvent:
		b.w.Cell()
	case cellEnd:
		b.w.EndCell()
	case rowEnd:
		b.w.EndRow()
		b.w.SetContext(nil)
		b.w.Block()
	}
}

// drop begins or ends a part that is dropped, as the next text is or is not.
func (b *body) drop(reason document.Reason) {
	if reason == b.reason {
		return
	}
	if b.reason != document.NoReason {
		b.w.Undrop()
	}
	if b.reason = reason; reason != document.NoReason {
		b.w.Block()
		b.w.Drop(reason)
	}
}

// writePara writes a paragraph, and the text boxes anchored in it.
func (b *body) writePara(p *para) {
	w := b.w
	if p.void {
		b.asides(p)
		b.writeAll(p.boxes)
		return
	}
	if !w.InRow() {
		b.drop(p.reason)
	}
	w.Block()
	number := b.begin(p)
	if !p.shown {
		w.Break()
	}
	if number != "" && p.shown && !numeral.Leads(p.lead()) {
		w.Number(number)
	}
	b.pieces(p)
	w.Number("")
	b.asides(p)
	w.Block()
	if !w.InRow() {
		w.SetContext(nil)
	}
	b.writeAll(p.boxes)
}

func (b *body) writeAll(events []event) {
	for _, e := range events {
		b.write(e)
	}
}

// begin sets what the paragraph is, counts it, and returns the number that it
// bears.
func (b *body) begin(p *para) string {
	number, item, at := "", false, 0
	if l, i := b.lists.Of(&p.ParaProps, p.st); l != nil {
		number, item = b.lists.Label(l, i)
		at = i
	}
	heading := p.Heading(p.st)
	if p.st.IsTitle() && b.heading == "" && p.shown {
		b.heading = strings.Join(strings.Fields(p.visible(len(p.text))), " ")
	}
	if b.w.InRow() || p.reason != document.NoReason || !p.shown {
		return number
	}
	switch {
	case heading > 0:
		b.w.SetContext(&writer.Context{Kind: document.Heading, Level: min(heading, 6)})
	case item:
		b.w.SetContext(&writer.Context{Kind: document.ListItem, Level: at + 1})
	}
	return number
}

// pieces writes the text of a paragraph that is shown.
func (b *body) pieces(p *para) {
	if !p.shown {
		return
	}
	at := 0
	for _, q := range p.pieces {
		text := string(p.text[at:q.end])
		if at = q.end; q.reason != document.NoReason {
			continue
		}
		if b.w.InRow() {
			text = strings.ReplaceAll(text, "\t", " ")
		}
		if q.bold {
			b.w.Bold(true)
		}
		for i, line := range strings.Split(text, "\n") {
			if i > 0 {
				b.w.Break()
			}
			b.w.Verbatim(line)
		}
		if q.bold {
			b.w.Bold(false)
		}
	}
}

// asides writes the text of a paragraph that is not shown, a line a reason.
func (b *body) asides(p *para) {
	for _, reason := range []document.Reason{goneReason, rubyReason} {
		var s strings.Builder
		at := 0
		for _, q := range p.pieces {
			if q.reason == reason {
				s.Write(p.text[at:q.end])
			}
			at = q.end
		}
		if text := strings.Join(strings.FieldsFunc(s.String(), unicode.IsSpace), " "); text != "" {
			b.w.Aside(text, reason)
		}
	}
}

// leadBytes is how much of a text tells whether it bears a number.
const leadBytes = 48

// lead is the beginning of a paragraph's text.
func (p *para) lead() string {
	return style.Cut(strings.TrimLeftFunc(p.visible(4*leadBytes), unicode.IsSpace), leadBytes)
}

// visible is the text of a paragraph that is shown, or the start of it.
func (p *para) visible(most int) string {
	var s strings.Builder
	at := 0
	for _, q := range p.pieces {
		if q.reason == document.NoReason {
			s.Write(p.text[at:q.end])
		}
		if at = q.end; s.Len() >= most {
			break
		}
	}
	return style.Cut(s.String(), most)
}
