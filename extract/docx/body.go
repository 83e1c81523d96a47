package docx

import (
	"strings"
	"zhize/document"

	"zhize/extract/docx/internal/opc"
	"zhize/extract/docx/internal/style"
	"zhize/extract/internal/writer"
)

// maxParts is how many paragraphs, tables, rows and cells a document may have:
// those of a table wait for its end, a kilobyte each at most. The longest real
// documents, manuals of a thousand pages, have a tenth of it.
const maxParts = 1 << 19

// body reads a document's body into the writer.
type body struct {
	styles *style.Styles
	lists  *style.Lists
	w      *writer.Writer

	place
	notes bool // what is read are footnotes
	gone  int  // depth of elements whose text is not shown
	ruby  int  // depth of readings over characters
	toc   int  // depth of tables of contents

	parts   int             // paragraphs, rows and cells, so far
	data    []bool          // of the open tables that are written: their rows are lines
	letters int             // in the text that is shown, so far
	size    int             // bytes of text, so far
	reason  document.Reason // why the last paragraph was dropped
	heading string          // the document's title
}

// place is where the body is read: in the document itself or in a text box.
type place struct {
	queue   *[]event // where what is read waits for its table or text box to end; nil: it is written at once
	open    *para    // the paragraph that is read
	carry   *para    // a paragraph whose mark is gone: the next continues it
	table   *table   // the table that is read
	fields  []bool   // open fields; true while the instruction is read
	command int      // of those in which the instruction is read
}

// para is a paragraph.
type para struct {
	style.ParaProps
	st     *style.Style
	text   []byte // "\n" is a break
	pieces []piece
	boxes  []event         // the text boxes anchored in it
	shown  bool            // it has text that is shown
	void   bool            // nothing of it is shown, not even its end
	reason document.Reason // why all of it is dropped; NoReason: it is not
}

// piece is a stretch of a paragraph's text.
type piece struct {
	end    int
	bold   bool
	reason document.Reason // why it is dropped; NoReason: it is shown
}

// join puts the text of c in front of that of p.
func (p *para) join(c *para) {
	n := len(c.text)
	c.text = append(c.text, p.text...)
	for _, q := range p.pieces {
		q.end += n
		c.pieces = append(c.pieces, q)
	}
	p.text, p.pieces, p.boxes, p.shown = c.text, c.pieces, append(c.boxes, p.boxes...), p.shown || c.shown
}

// count bounds the parts of a document.
func (b *body) count() error {
	if b.parts++; b.parts > maxParts {
		return opc.Reject("too-complex", "the document has more than %d paragraphs, rows and cells; split it", maxParts)
	}
	return nil
}

// document reads the element document.
func (b *body) document(x *opc.Reader) error {
	b.lists.Link(b.styles)
	err := x.Each(func(e opc.Element) error {
		if e.Space != opc.Word || e.Name != "body" {
			return nil
		}
		return b.blocks(x)
	})
	if err == nil {
		err = b.settle()
	}
	return err
}

// readNotes reads footnotes or endnotes. Those of a type draw lines.
func (b *body) readNotes(x *opc.Reader) error {
	b.notes = true
	return x.Each(func(e opc.Element) error {
		if e.Name != "footnote" && e.Name != "endnote" || e.Attr("type") != "" && e.Attr("type") != "normal" {
			return nil
		}
		if err := b.blocks(x); err != nil {
			return err
		}
		return b.settle()
	})
}

// blocks reads paragraphs and tables, and what wraps them.
func (b *body) blocks(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error { return b.block(x, e) })
}

func (b *body) block(x *opc.Reader, e opc.Element) error {
	switch {
	case e.Space == opc.Compat && e.Name == "AlternateContent":
		return b.alternatives(x, b.blocks)
	case e.Space != opc.Word:
		return nil
	}
	switch e.Name {
	case "p":
		return b.paragraph(x)
	case "tbl":
		return b.readTable(x)
	case "sdt":
		return b.control(x, b.blocks)
	case "ins", "moveTo", "customXml", "smartTag":
		return b.blocks(x)
	case "del", "moveFrom":
		b.gone++
		defer func() { b.gone-- }()
		return b.blocks(x)
	}
	return nil
}

// alternatives reads the first alternative that has text.
func (b *body) alternatives(x *opc.Reader, read func(*opc.Reader) error) error {
	before := b.size
	return x.Each(func(e opc.Element) error {
		if e.Space != opc.Compat || e.Name != "Choice" && e.Name != "Fallback" || b.size > before {
			return nil
		}
		return read(x)
	})
}

// control reads a content control. One that holds a table of contents is
// dropped.
func (b *body) control(x *opc.Reader, read func(*opc.Reader) error) error {
	toc := 0
	defer func() { b.toc -= toc }()
	return x.Each(func(e opc.Element) error {
		switch e.Name {
		case "sdtPr":
			return x.Each(func(e opc.Element) error {
				if e.Name != "docPartObj" {
					return nil
				}
				return x.Each(func(e opc.Element) error {
					if e.Name == "docPartGallery" && strings.EqualFold(e.Attr("val"), "Table of Contents") && toc == 0 {
						toc = 1
						b.toc++
					}
					return nil
				})
			})
		case "sdtContent":
			return read(x)
		}
		return nil
	})
}

// paragraph reads a paragraph.
func (b *body) paragraph(x *opc.Reader) error {
	if err := b.count(); err != nil {
		return err
	}
	p := &para{ParaProps: style.Plain, st: b.styles.Get("")}
	outer := b.open
	b.open = p
	defer func() { b.open = outer }()
	err := x.Each(func(e opc.Element) (err error) {
		if e.Space == opc.Word && e.Name == "pPr" {
			p.ParaProps, err = style.ReadPara(x)
			p.st = b.styles.Get(p.Style)
			return err
		}
		return b.inline(x, e)
	})
	b.fields, b.command = b.fields[:0], 0 // an instruction does not go beyond its paragraph
	if err != nil {
		return err
	}
	if p.reason = b.dropped(); p.reason == document.NoReason && p.st.Contents() {
		p.reason = tocReason
	}
	if c := b.carry; c != nil {
		p.join(c)
		b.carry = nil
	}
	if p.shown && (p.Mark.Gone || p.DropCap) {
		b.carry = p
		return nil
	}
	p.void = !p.shown && (b.gone > 0 || p.Mark.Gone || p.Mark.Hidden.Or(p.st.Run.Hidden) == style.On)
	return b.emit(event{kind: paragraphEvent, para: p})
}

// settle ends what a paragraph without a mark of its own has left.
func (b *body) settle() error {
	p := b.carry
	if p == nil {
		return nil
	}
	b.carry = nil
	return b.emit(event{kind: paragraphEvent, para: p})
}

// dropped is why what is read is dropped as a whole, "" if it is not.
func (b *body) dropped() document.Reason {
	switch {
	case b.notes:
		return notesReason
	case b.toc > 0:
		return tocReason
	}
	return document.NoReason
}
