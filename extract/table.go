package extract

import "golang.org/x/net/html/atom"

// isData reports whether the rows of table i are lines of data. A table that
// lays a page out holds other tables, headings, one column, or a cell as long
// as a page.
func (t *tree) isData(i int) bool {
	n := &t.nodes[i]
	if role, _ := attr(n.Node, "role"); role == "presentation" || role == "none" {
		return false
	}
	if c := t.within(i); c.tables > 1 || c.heads > 0 {
		return false
	}
	var row, longest, label int32 // letters: of the cell before, the longest cell, the one before that
	rows, cells, widest := 0, 0, 0
	for k := i + 1; k < int(n.end); k++ {
		switch t.nodes[k].DataAtom {
		case atom.Tr:
			rows++
			cells, row = 0, 0
		case atom.Td, atom.Th:
			c := t.within(k)
			if c.letters > longest {
				longest, label = c.letters, row
			}
			if row = c.letters; row > 0 {
				cells++
				widest = max(widest, cells)
			}
		}
	}
	page := rows <= 2 && longest > pageCell && (label == 0 || label > labelCell)
	return widest > 1 && !page
}

// A table of one or two rows lays a page out if a cell has as many letters as
// a page and none stands before it that could be its label.
const (
	pageCell  = 150
	labelCell = 12
)
