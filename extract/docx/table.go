package docx

import (
	"cmp"
	"zhize/document"

	"zhize/extract/docx/internal/opc"
	"zhize/extract/internal/writer"
)

// eventKind is what an event says.
type eventKind uint8

const (
	paragraphEvent eventKind = iota
	tableEvent
	rowEvent
	cellEvent
	cellEnd
	rowEnd
	tableEnd
)

// event is a part of the body on its way to the writer. Those of a table wait
// until it has ended: its shape decides how its rows are written.
type event struct {
	kind  eventKind
	para  *para  // of a paragraph
	table *table // of a table's beginning
}

// table is what is known of a table.
type table struct {
	outer  *table
	shape  writer.Shape
	nested bool            // it holds tables: it lays them out
	reason document.Reason // why it is dropped; NoReason: it is not
}

// readTable reads a table, up to its end before any of it is written.
func (b *body) readTable(x *opc.Reader) error {
	if err := b.settle(); err != nil {
		return err
	}
	if err := b.count(); err != nil {
		return err
	}
	t := &table{outer: b.table, reason: b.dropped()}
	if t.outer != nil {
		t.outer.nested = true
	}
	queue := b.queue
	var own []event
	if queue == nil {
		b.queue = &own
	}
	b.table = t
	err := b.emit(event{kind: tableEvent, table: t})
	if err == nil {
		err = b.rows(x)
	}
	b.table = t.outer
	if err == nil {
		err = b.emit(event{kind: tableEnd})
	}
	b.queue = queue
	for _, e := range own {
		b.write(e)
	}
	return err
}

// rows reads the rows of a table, and what wraps them.
func (b *body) rows(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		switch e.Name {
		case "tr":
			return b.row(x)
		case "sdt":
			return b.control(x, b.rows)
		case "ins", "moveTo", "customXml":
			return b.rows(x)
		}
		return nil
	})
}

// row reads a row. One that a tracked change deleted is not shown.
func (b *body) row(x *opc.Reader) error {
	if err := b.count(); err != nil {
		return err
	}
	gone := b.gone
	defer func() { b.gone = gone }()
	b.table.shape.Row()
	if err := b.emit(event{kind: rowEvent}); err != nil {
		return err
	}
	var cells func(x *opc.Reader) error
	cells = func(x *opc.Reader) error {
		return x.Each(func(e opc.Element) error {
			switch e.Name {
			case "trPr":
				return x.Each(func(e opc.Element) error {
					if e.Name == "del" {
						b.gone++
					}
					return nil
				})
			case "tc":
				return b.cell(x)
			case "sdt":
				return b.control(x, cells)
			case "ins", "moveTo", "customXml":
				return cells(x)
			}
			return nil
		})
	}
	if err := cells(x); err != nil {
		return err
	}
	return b.emit(event{kind: rowEnd})
}

// maxSpan is the widest cell, in columns.
const maxSpan = 64

// cell reads a cell. What a merged cell covers is a cell without text: what it
// has is not shown.
func (b *body) cell(x *opc.Reader) error {
	if err := b.count(); err != nil {
		return err
	}
	gone, letters, covered, span := b.gone, b.letters, false, 1
	defer func() { b.gone = gone }()
	begun := false
	begin := func() error {
		if begun {
			return nil
		}
		begun = true
		return b.emit(event{kind: cellEvent})
	}
	err := x.Each(func(e opc.Element) error {
		if e.Name == "tcPr" && !begun {
			return x.Each(func(e opc.Element) error {
				switch e.Name {
				case "vMerge", "hMerge":
					if v := e.Attr("val"); (v == "" || v == "continue") && !covered {
						covered = true
						b.gone++
					}
				case "cellDel":
					b.gone++
				case "gridSpan":
					span = opc.Number(e.Attr("val"), 1)
				}
				return nil
			})
		}
		if err := begin(); err != nil {
			return err
		}
		return b.block(x, e)
	})
	if err == nil {
		err = begin()
	}
	if err == nil {
		err = b.settle()
	}
	if err != nil {
		return err
	}
	b.table.shape.Cell(b.letters - letters)
	if err := b.emit(event{kind: cellEnd}); err != nil {
		return err
	}
	for range min(span, maxSpan) - 1 {
		if err := cmp.Or(b.count(), b.emit(event{kind: cellEvent}), b.emit(event{kind: cellEnd})); err != nil {
			return err
		}
	}
	return nil
}
