package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/extract"
	"zhize/extract/charset"
)

// exported is how the header of a table that zhize wrote begins. It holds
// pages no longer, but what was found in them.
var exported = [...]string{"id", "uri", "site", "page_title", "article", "position", "kind"}

// csvRows reads a page from every row of a table with a header.
func csvRows(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	return tableRows(ctx, s, in, 0, yield)
}

// tsvRows reads such a table whose cells are parted by tabs.
func tsvRows(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	return tableRows(ctx, s, in, '\t', yield)
}

func tableRows(ctx context.Context, s *Set, in input, separator byte, yield func(Entry) error) error {
	t := table{s: s, uri: in.uri, r: newCells(in.r, separator)}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		row, err := t.r.next()
		place := fmt.Sprintf("%s#L%d", in.uri, row.line)
		if err != nil && !errors.Is(err, io.EOF) {
			if err := ended(ctx, err); err != nil {
				return err
			}
			return yield(broken(place, err))
		}
		e, last := t.entry(row, place)
		if e.Reject == nil && e.Page.URI != "" {
			e.Held = int64(len(e.Page.Data))
			if err := s.o.Reserve(ctx, e.Held); err != nil {
				return err
			}
		}
		if e.Reject != nil || e.Page.URI != "" {
			if err := yield(e); err != nil {
				return err
			}
		}
		if last || err != nil {
			return nil
		}
	}
}

// table is a file of rows with a header.
type table struct {
	s     *Set
	uri   string
	r     *cells
	names []string // of the columns; nil: the header was not read yet
	page  []column
	url   []column
	title []column
	hint  string // character set of a row before that is not UTF-8
}

// column is a field and where it stands.
type column struct {
	field
	at int
}

// entry makes a page of a row, or takes it as the header. It is empty for one
// that holds nothing; last is true where the rest need not be read.
func (t *table) entry(row cellRow, place string) (e Entry, last bool) {
	switch {
	case row.long:
		return tooLarge(place, MaxLine), false
	case row.open:
		what := "the rows below were read without it"
		if row.lost {
			what = "as this happens often, the rows below were not read"
		}
		return reject(place, "bad-csv", "a quote opens in this row and is never closed; close or double it: "+what), false
	case row.empty():
		return Entry{}, false
	case t.names == nil:
		return t.header(row, place)
	}
	if !t.fits(row.cells) {
		return reject(place, "bad-csv", fmt.Sprintf("the row has %d cells, the header %d; put quotes around cells that hold separators or line ends", len(row.cells), len(t.names))), false
	}
	return t.row(row.cells, place), false
}

// fits reports a row of as many cells as the header. Empty cells at the end of
// either do not count.
func (t *table) fits(row [][]byte) bool {
	for i := len(t.names); i < len(row); i++ {
		if len(row[i]) > 0 {
			return false
		}
	}
	for i := len(row); i < len(t.names); i++ {
		if t.names[i] != "" {
			return false
		}
	}
	return true
}

// header takes the names of the columns.
func (t *table) header(row cellRow, place string) (e Entry, last bool) {
	for i, c := range row.cells {
		row.cells[i] = oneLine(c)
	}
	all := bytes.Join(row.cells, []byte("\n"))
	text := string(all)
	if !utf8.Valid(all) {
		if d, err := charset.Decode(all, ""); err == nil {
			text, t.hint = d.Text, d.Charset
		}
	}
	t.names = strings.Split(text, "\n")
	for i, n := range t.names {
		t.names[i] = strings.TrimSpace(n)
	}
	if len(t.names) > len(exported) && slices.Equal(t.names[:len(exported)], exported[:]) {
		t.s.skipped["(export)"]++
		return Entry{}, true
	}
	fields := t.s.o.Fields.pageFields()
	t.page, t.url, t.title = t.columns(fields), t.columns(orUsual(t.s.o.Fields.URL, usualURL[:])), t.columns(orUsual(t.s.o.Fields.Title, usualTitle[:]))
	if len(t.page) == 0 {
		keys := make([]string, 0, len(fields))
		for _, f := range fields {
			keys = append(keys, f.key)
		}
		return reject(place, "no-field", "no column of the header is called "+strings.Join(keys, ", ")+"; name the column that holds the page with --text-field or --html-field"), true
	}
	return Entry{}, false
}

// columns are the fields that the header has, in their order.
func (t *table) columns(fields []field) (out []column) {
	for _, f := range fields {
		for i, n := range t.names {
			if strings.EqualFold(n, f.key) {
				out = append(out, column{f, i})
				break
			}
		}
	}
	return out
}

// firstFull is the first of columns whose cell holds something, else the first.
func firstFull(columns []column, row [][]byte) (c column, cell []byte) {
	for i, x := range columns {
		var here []byte
		if x.at < len(row) {
			here = row[x.at]
		}
		if i == 0 || len(here) > 0 {
			c, cell = x, here
		}
		if len(here) > 0 {
			break
		}
	}
	return c, cell
}

// row makes a page of a row.
func (t *table) row(row [][]byte, place string) Entry {
	c, data := firstFull(t.page, row)
	named, url := firstFull(t.url, row)
	_, title := firstFull(t.title, row)
	in := extract.Input{URI: place, Data: bytes.Clone(data), MediaType: c.media, Charset: "utf-8"}
	if !utf8.Valid(data) || !utf8.Valid(title) || !utf8.Valid(url) {
		in.Charset = t.hint
		url, title = t.decoded(url, title, data)
	}
	in.Title = string(bytes.TrimSpace(title))
	if u := string(bytes.TrimSpace(url)); u != "" {
		in.URI = u
		if named.key == "id" && t.s.o.Fields.URL == "" {
			in.URI = t.uri + "#" + u
		}
	}
	return Entry{Page: in}
}

// decoded are a row's URL and title, which are too short to tell in what
// character set they are, decoded as the row's page is.
func (t *table) decoded(url, title, page []byte) ([]byte, []byte) {
	d, err := charset.Decode(slices.Concat(oneLine(url), []byte("\n"), oneLine(title), []byte("\n"), page), t.hint)
	if err != nil {
		return []byte(name(string(url))), []byte(name(string(title))) // the page is no text either, and says so
	}
	if t.hint == "" {
		t.hint = d.Charset
	}
	u, rest, _ := strings.Cut(d.Text, "\n")
	h, _, _ := strings.Cut(rest, "\n")
	return []byte(u), []byte(h)
}

// oneLine is a cell, in whatever character set, without line ends.
func oneLine(cell []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(cell, []byte("\r"), nil), []byte("\n"), []byte(" "))
}
