package outline

import (
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
)

// column is what a table's heading row says of the cells below it.
type column struct {
	kind columnKind
	head lexicon.Head
}

type columnKind uint8

const (
	plainColumn  columnKind = iota
	titleColumn             // 岗位
	headColumn              // 岗位职责
	numberColumn            // 序号
)

// rowNumbers head the column that counts a table's rows.
var rowNumbers = [...]string{"序号", "编号", "序", "No.", "NO."}

// maxColumnHead is the longest text, in characters, that heads a column: what
// is longer is a cell.
const maxColumnHead = 8

// columnsOf reads a heading row: 序号 岗位 岗位职责 任职要求. One column must head
// a section, and another name the job, count the rows or head a section too.
func columnsOf(cells []string) []column {
	cols := make([]column, len(cells))
	heads, others, unknown := 0, 0, 0
	for i, text := range cells {
		c := &cols[i]
		core := headEnds.TrimRight(strings.TrimSpace(text))
		if h, before, ok := lexicon.HeadAtEnd(core); ok && before == "" && !h.Own {
			c.kind, c.head = headColumn, h
			heads++
			continue
		}
		if k, ok := lexicon.FieldKey(core); ok && k.Field == "title" {
			c.kind = titleColumn
			others++
			continue
		}
		for _, w := range rowNumbers {
			if core == w {
				c.kind = numberColumn
				others++
			}
		}
		if c.kind == plainColumn {
			if !atMost(core, maxColumnHead) {
				return nil
			}
			unknown++
		}
	}
	if heads == 0 || heads+others < max(2, unknown) {
		return nil
	}
	return cols
}

// tableRow is a row of a table: the lines that it has, and its cells, also the
// empty ones.
type tableRow struct {
	first, last int // its lines
	cells       []document.Span
}

// rowAt reads the table row that begins with line n.
func (b *builder) rowAt(n int) (tableRow, bool) {
	l := &b.lines[n]
	text := b.str(l.span)
	row := tableRow{first: n, last: n}
	switch {
	case l.kind == document.Row && l.block > 0:
		for row.last+1 < len(b.lines) && b.lines[row.last+1].block == l.block && b.lines[row.last+1].kind == document.Row {
			row.last++
		}
		row.cells = b.split(document.Span{Start: b.in.Blocks[l.block-1].Start, End: b.lines[row.last].span.End}, "\t")
	case l.marks&pipeMark != 0 && text[0] == '|' && len(text) > 2:
		row.cells = b.split(document.Span{Start: l.span.Start + 1, End: l.span.Start + 1 + len(strings.TrimRight(text[1:], "| "))}, "|")
	default:
		return row, false
	}
	return row, len(row.cells) > 1
}

// split cuts s at every separator; the parts are trimmed and may be empty.
func (b *builder) split(s document.Span, sep string) []document.Span {
	var out []document.Span
	at := s.Start
	for part := range strings.SplitSeq(b.str(s), sep) {
		out = append(out, b.trim(document.Span{Start: at, End: at + len(part)}))
		at += len(part) + len(sep)
	}
	return out
}

// columnsAt reads a row as a heading row.
func (b *builder) columnsAt(row tableRow) []column {
	texts := make([]string, len(row.cells))
	for i, c := range row.cells {
		texts[i] = b.str(c)
	}
	return columnsOf(texts)
}

// readColumns finds the tables whose heading row says what their cells are, and
// makes tokens of the cells that it speaks of.
func (b *builder) readColumns() {
	for n := 0; n < len(b.lines); {
		head, ok := b.rowAt(n)
		if !ok {
			n++
			continue
		}
		n = head.last + 1
		cols := b.columnsAt(head)
		if cols == nil {
			continue
		}
		rows := 0
		end := 0
		for n < len(b.lines) {
			row, ok := b.rowAt(n)
			if !ok || len(row.cells) > len(cols) || b.columnsAt(row) != nil {
				break
			}
			n = row.last + 1
			end = b.lines[row.last].span.End
			if strings.Trim(b.str(b.lines[row.first].span), "|-: ") == "" {
				continue // the rule below the heads of a text table
			}
			if b.columnTokens(row, cols) {
				rows++
			}
		}
		if rows > 0 {
			for k := head.first; k <= head.last; k++ {
				b.lines[k].heads = true
			}
			b.columns = append(b.columns, token{kind: columnToken, span: document.Span{Start: end, End: end}, line: n - 1, named: &named{}})
		}
	}
}

// columnTokens makes the tokens of one row.
func (b *builder) columnTokens(row tableRow, cols []column) bool {
	found := false
	for k := row.first; k <= row.last; k++ {
		b.lines[k].columns = true
	}
	for i, c := range row.cells {
		if c.Empty() {
			continue
		}
		t := token{kind: columnToken, span: c, line: b.lineAt(c.Start), named: &named{column: cols[i].kind}}
		switch cols[i].kind {
		case plainColumn:
			continue
		case headColumn:
			t.span.End = c.Start
			t.head = cols[i].head
		case titleColumn:
			t.title = b.nameOf(c)
		}
		found = true
		b.columns = append(b.columns, t)
	}
	return found
}

// columnToken opens what a cell's column says, or ends the table.
func (a *assembler) columnToken(t token) {
	a.field = nil
	switch t.column {
	case plainColumn:
		a.takeRowMark()
		a.closeSection()
	case titleColumn:
		a.newPosition()
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.span, document.FromHeading
		a.b.claim(t.span, document.RoleHeading)
	case headColumn:
		if a.sec != nil && a.sec.column && a.sec.kind == t.head.Kind {
			a.resolve(0, false, 0)
			a.cur, a.stack = nil, a.stack[:0]
			return
		}
		a.openSection(t.head.Kind, document.Span{}, true)
		a.sec.column = true
	case numberColumn:
		a.takeRowMark()
		a.rowMark = &t
	}
}

// takeRowMark accounts for a row's number that no item bears.
func (a *assembler) takeRowMark() {
	if a.rowMark != nil {
		a.b.claim(a.rowMark.span, document.RoleMarker)
		a.rowMark = nil
	}
}

// rowItem makes the first text of a row's first section the item that bears the
// row's number.
func (a *assembler) rowItem(t token) bool {
	if a.rowMark == nil {
		return false
	}
	n, rest := ordinal(a.b.str(a.rowMark.span))
	if n == 0 || rest != "" {
		return false
	}
	if len(a.sec.lines) > 0 {
		a.linesToItems(a.sec)
	}
	a.cur = a.b.nodes.new(itemNode{mark: *a.rowMark, marked: true, number: n, span: t.span, lastLine: t.line})
	if a.sec.empty() {
		a.sec.from = n - 1
	}
	a.sec.items = append(a.sec.items, a.cur)
	a.rowMark = nil
	return true
}
