package export

import (
	"bufio"
	"encoding/csv"
	"strconv"
	"strings"

	"zhize/record"
)

type csvWriter struct{ w *csv.Writer }

// newCSV begins with a BOM, without which spreadsheets take the file for the
// system's own charset. Lines end with CR LF.
func newCSV(b *bufio.Writer, _ string) writer {
	_, _ = b.WriteString("\ufeff") // flushing tells
	w := csv.NewWriter(b)
	w.UseCRLF = true
	_ = w.Write([]string{ // flushing tells
		"id", "uri", "site", "page_title", "article", "position", "kind", "section", "level", "number", "text", "flags", "duplicate_of",
	})
	return csvWriter{w}
}

func (c csvWriter) position(p *record.Position) error {
	n := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		walk(s.Items, 1, func(it *record.Item, level int) {
			n++
			number := ""
			if it.Number != nil {
				number = strconv.Itoa(*it.Number)
			}
			row := []string{
				record.ItemID(p.ID, n), p.Page.URI, orEmpty(p.Page.Site), orEmpty(p.Page.Title), orEmpty(p.Article.Heading),
				orEmpty(p.Title), s.Kind, orEmpty(s.Heading), strconv.Itoa(level), number, it.Text,
				strings.Join(it.Flags, " "), orEmpty(p.DuplicateOf),
			}
			for i := range row {
				row[i] = defuse(row[i])
			}
			_ = c.w.Write(row) // Error tells
		})
	}
	return c.w.Error()
}

func (c csvWriter) end() error {
	c.w.Flush()
	return c.w.Error()
}

// defuse keeps a spreadsheet from running a cell as a formula: one that begins
// like a formula gets an apostrophe in front, as OWASP's page on CSV injection
// advises. Full-width forms of the signs count too, since some programs fold them.
func defuse(cell string) string {
	if strings.IndexAny(cell, "=+-@\t\r\n＝＋－＠") == 0 {
		return "'" + cell
	}
	return cell
}
