package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
	"zhize/extract/internal/numeral"
	"zhize/extract/internal/writer"
	"zhize/extract/markup/internal/elem"
	"zhize/extract/outline/lexicon"
)

// maxColumnHead is how many letters name a column: the name of a job.
const maxColumnHead = 20

// columnLevel is the level of a heading that the head of a column is.
const columnLevel = 6

// gridCell is a cell of a table, with its part.
type gridCell struct {
	node *html.Node
	part int
}

// areLists reports a table whose columns are lists: a row of short heads, and
// below each one list, in one cell or going on down the column. People read
// such a table by column. What proves it are the numbers: below every head they
// begin at 1 and count on from cell to cell; or, in a single row, every cell
// has a list of its own.
func (t *tree) areLists(rows [][]gridCell) bool {
	for _, h := range rows[0] {
		if t.parts[h.part].letters == 0 || numeral.Leads(lead(h.node)) {
			return false
		}
	}
	for _, c := range rows[1] {
		if t.parts[c.part].letters == 0 {
			return false
		}
	}
	longest := 0
	for c := range rows[0] {
		next, blank := 1, false
		for _, row := range rows[1:] {
			l := listIn(row[c].node)
			switch {
			case t.parts[row[c].part].letters == 0 && l.items == 0:
				blank = true
				continue
			case blank || l.first != next || l.items == 0:
				return false
			}
			next = l.last + 1
			longest = max(longest, l.last)
		}
		if next == 1 || len(rows) == 2 && next == 2 {
			return false
		}
	}
	return longest >= 2
}

// columnRows is the cells by row of a table that people may read by column, nil
// for other tables.
func (t *tree) columnRows(n *html.Node, i int) [][]gridCell {
	if table := &t.parts[i]; table.tables != 1 || table.links > 0 || !t.columnar(i) {
		return nil
	}
	if rows := t.grid(n, i); len(rows) >= 2 {
		return rows
	}
	return nil
}

// columnar reports whether the rows of a table have as many cells as its first
// row, and that row the letters of heads; its first cell may be blank. It looks at
// the parts alone.
func (t *tree) columnar(i int) bool {
	rows, cells, width := 0, 0, 0
	for k := i + 1; k < int(t.parts[i].end); k++ {
		switch p := &t.parts[k]; p.atom {
		case atom.Tr:
			if rows == 1 {
				width = cells
			}
			if rows > 0 && (cells != width || width < 2) {
				return false
			}
			rows++
			cells = 0
		case atom.Td, atom.Th:
			cells++
			if rows == 1 && (p.letters == 0 && cells > 1 || p.letters > maxColumnHead || p.stops > 0) {
				return false
			}
		}
	}
	return rows > 1 && cells == width && width <= maxColumns
}

// grid is the cells of a table by row, nil where some span others, a row is not
// a row of the table, or rows are hidden.
func (t *tree) grid(table *html.Node, i int) [][]gridCell {
	var rows [][]gridCell
	k := i + 1
	for n := range elem.Inside(table) {
		if n.Type != html.ElementNode {
			continue
		}
		at := k
		if measured(n) {
			k++
		}
		switch n.DataAtom {
		case atom.Tr, atom.Tbody, atom.Thead, atom.Tfoot:
			style, _ := elem.Attr(n, "style")
			if _, hidden := elem.Attr(n, "hidden"); hidden || style != "" && lookOf(style).hidden {
				return nil
			}
			if n.DataAtom != atom.Tr {
				continue
			}
			rows = append(rows, nil)
		case atom.Td, atom.Th:
			if len(rows) == 0 || n.Parent.DataAtom != atom.Tr || spanOf(n, "colspan") > 1 || spanOf(n, "rowspan") > 1 {
				return nil
			}
			rows[len(rows)-1] = append(rows[len(rows)-1], gridCell{n, at})
		}
	}
	return rows
}

// cellList is the list that a cell holds.
type cellList struct {
	first, last, items int // numbers of its first and last item; how many items
}

// listIn reads the numbers at the beginnings of a cell's lines; items of lists
// in the markup count from 1. The list is empty where they do not count on.
func listIn(cell *html.Node) cellList {
	var l cellList
	begins, listed := true, false
	add := func(number int) bool {
		if l.items > 0 && number != l.last+1 {
			return false
		}
		if l.items == 0 {
			l.first = number
		}
		l.last = number
		l.items++
		return true
	}
	for n := range elem.Inside(cell) {
		switch {
		case n.DataAtom == atom.Li:
			if listed = true; !add(l.items + 1) {
				return cellList{}
			}
		case n.DataAtom == atom.Br || n.Type == html.ElementNode && elem.Block(n.DataAtom):
			begins = true
		case n.Type == html.TextNode:
			text := strings.TrimLeft(n.Data, leadSpace)
			if text == "" {
				continue
			}
			if number := numeral.Leading(text[:min(len(text), leadBytes)]); begins && !listed && number > 0 && !add(number) {
				return cellList{}
			}
			begins = false
		}
	}
	return l
}

// byColumn writes a table by column.
func (w *walker) byColumn(table *html.Node, rows [][]gridCell) {
	w.caption(table)
	outer := w.Context()
	kind := headKind(rows[0])
	for c := range rows[0] {
		w.columnHead(rows[0][c], kind, outer)
		for _, row := range rows[1:] {
			w.next = row[c].part
			w.whole(row[c].node)
		}
	}
}

// headKind is what the heads of columns are: names of jobs where half of them, and
// two, are known to be, and none is a label.
func headKind(cells []gridCell) document.BlockKind {
	jobs := 0
	for _, c := range cells {
		name := labelText(c.node)
		if isLabel(name) || !lexicon.TitleShaped(name) {
			return document.Heading
		}
		if lexicon.HasCore(name) {
			jobs++
		}
	}
	if jobs < 2 || jobs*2 < len(cells) {
		return document.Heading
	}
	return document.JobHeading
}

// columnHead writes the head of a column as a heading.
func (w *walker) columnHead(c gridCell, kind document.BlockKind, outer *writer.Context) {
	if w.Reason() == document.NoReason {
		head := writer.Context{Kind: kind}
		if kind == document.Heading {
			head.Level = columnLevel
		}
		w.SetContext(&head)
	}
	w.next = c.part
	w.whole(c.node)
	w.SetContext(outer)
}

// caption writes the caption of a table.
func (w *walker) caption(table *html.Node) {
	for n := table.FirstChild; n != nil; n = n.NextSibling {
		if n.DataAtom == atom.Caption {
			w.whole(n)
		}
	}
}

// whole writes a node with everything below it.
func (w *walker) whole(n *html.Node) {
	if w.node(n) {
		w.below(n)
		w.leave()
	}
}
