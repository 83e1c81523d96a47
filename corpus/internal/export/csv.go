package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"zhize/record"
)

// csvColumns is the first row of every file.
var csvColumns = [...]string{
	"id", "uri", "site", "page_title", "article", "position", "kind", "section", "level", "number", "text", "flags", "duplicate_of",
}

// newCSV writes rows as RFC 4180 has them: lines end with CR LF, and a cell
// with a quotation mark, a comma or a line end stands in quotation marks. A
// file begins with a BOM, without which spreadsheets take it for the system's
// own charset.
func newCSV(w io.Writer, _ string) sink[[]string] {
	var table *csv.Writer // into the buffer of the row, which stays the same one
	begin := func(b *bytes.Buffer) error {
		if table != nil {
			return nil
		}
		b.WriteString("\ufeff")
		table = csv.NewWriter(b)
		table.UseCRLF = true
		return csvLine(table, csvColumns[:])
	}
	s := newText(w, func(b *bytes.Buffer, row []string) error {
		if err := begin(b); err != nil {
			return err
		}
		return csvLine(table, row)
	})
	s.foot = begin // a file without rows has its columns
	return s
}

func csvLine(w *csv.Writer, row []string) error {
	_ = w.Write(row) // Error tells
	w.Flush()
	return w.Error()
}

// csvRows gives a row for each item of a position, children after their parent.
func csvRows(p *record.Position, row func([]string) error) (err error) {
	n := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		walk(s.Items, 1, func(it *record.Item, level int) {
			if n++; err != nil {
				return
			}
			number := ""
			if it.Number != nil {
				number = strconv.Itoa(*it.Number)
			}
			cells := []string{
				record.ItemID(p.ID, n), p.Page.URI, orEmpty(p.Page.Site), orEmpty(p.Page.Title), orEmpty(p.Article.Heading),
				orEmpty(p.Title), s.Kind, orEmpty(s.Heading), strconv.Itoa(level), number, it.Text,
				strings.Join(it.Flags, " "), orEmpty(p.DuplicateOf),
			}
			for i := range cells {
				cells[i] = defuse(cells[i])
			}
			err = row(cells)
		})
	}
	return err
}

// formulas are the characters that make a formula of a cell: as OWASP's page on
// CSV injection lists them, and the full-width forms, which some programs fold.
const formulas = "=+-@\t\r\n＝＋－＠"

// defuse keeps a spreadsheet from running a cell as a formula: one that begins
// like a formula gets an apostrophe in front. So does one that has apostrophes
// there already, so that who takes one off has the text again.
func defuse(cell string) string {
	if strings.IndexAny(strings.TrimLeft(cell, "'"), formulas) == 0 {
		return "'" + cell
	}
	return cell
}
