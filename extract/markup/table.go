package markup

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/extract/internal/writer"
	"zhize/extract/markup/internal/elem"
)

// isData reports whether the rows of a table, part i, are lines of data. A
// table that lays a page out holds other tables or headings, or has the shape
// of one.
func (t *tree) isData(n *html.Node, i int) bool {
	if role, _ := elem.Attr(n, "role"); role == "presentation" || role == "none" {
		return false
	}
	table := &t.parts[i]
	if table.tables > 1 || table.heads > 0 {
		return false
	}
	var s writer.Shape
	for k := i + 1; k < int(table.end); k++ {
		switch c := &t.parts[k]; c.atom {
		case atom.Tr:
			s.Row()
		case atom.Td, atom.Th:
			s.Cell(int(c.letters))
		}
	}
	return s.Data()
}

// maxColumns is how many columns of a table are told apart.
const maxColumns = 64

// spans follows the columns of a table: cells may span several of them, and
// reach down into later rows.
type spans struct {
	down   [maxColumns]int // by column, the rows that a cell above still reaches into
	column int             // of the next cell
	wide   int             // columns that cells have stood in
}

// covered passes over the columns that cells above reach into, and returns how
// many.
func (s *spans) covered() int {
	n := 0
	for ; s.column < maxColumns && s.down[s.column] > 0; s.column++ {
		s.down[s.column]--
		n++
	}
	return n
}

// add places a cell, and returns how many columns more than one it spans.
func (s *spans) add(n *html.Node) int {
	wide, rows := spanOf(n, "colspan"), spanOf(n, "rowspan")
	first := s.column
	for ; s.column < min(first+wide, maxColumns); s.column++ {
		s.down[s.column] = rows - 1
	}
	s.wide = max(s.wide, s.column)
	return max(0, s.column-first-1)
}

// endRow ends a row; what cells reach into behind its last cell is passed over.
func (s *spans) endRow() {
	for ; s.column < s.wide; s.column++ {
		s.down[s.column] = max(0, s.down[s.column]-1)
	}
	s.column = 0
}

// spanOf is how many columns or rows a cell spans.
func spanOf(n *html.Node, key string) int {
	v, ok := elem.Attr(n, key)
	if !ok {
		return 1
	}
	if k, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && k > 1 && k < 1000 {
		return k
	}
	return 1
}
