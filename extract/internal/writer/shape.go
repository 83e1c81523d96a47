package writer

// A table of one or two rows lays a page out if a cell has as many letters as
// a page and none stands before it that could be its label.
const (
	pageCell  = 150
	labelCell = 12
)

// Shape tells a table of data, whose rows are written as one line each, from
// one that lays a page out: one column, or a cell as long as a page.
type Shape struct {
	rows, cells, widest int // rows; cells with text of the last row, of the widest
	last                int // letters of the last cell of the row
	longest, label      int // letters of the longest cell, and of the one before it
}

// Row begins a row.
func (s *Shape) Row() {
	s.rows++
	s.cells, s.last = 0, 0
}

// Cell adds a cell with so many letters to the row.
func (s *Shape) Cell(letters int) {
	if letters > s.longest {
		s.longest, s.label = letters, s.last
	}
	if s.last = letters; letters > 0 {
		s.cells++
		s.widest = max(s.widest, s.cells)
	}
}

// Data reports whether the rows are lines of data.
func (s *Shape) Data() bool {
	page := s.rows <= 2 && s.longest > pageCell && (s.label == 0 || s.label > labelCell)
	return s.widest > 1 && !page
}
