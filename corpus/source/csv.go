package source

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"zhize/extract"
	"zhize/extract/charset"
)

// separators are what may stand between cells; the one that stands most often
// in the header does, the first of equal ones.
const separators = ",\t;"

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
		return reject(place, "bad-csv", "a quote opens in this row and is never closed; close or double it. The rows below were read without it"), false
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

// cellRow is one row of a table.
type cellRow struct {
	line  int // at which it begins, from 1
	cells [][]byte
	long  bool // over MaxLine; there are no cells
	open  bool // a quote is never closed; there are no cells
}

func (r cellRow) empty() bool {
	for _, c := range r.cells {
		if len(bytes.TrimSpace(c)) > 0 {
			return false
		}
	}
	return true
}

// cells reads the rows of a table.
type cells struct {
	br        *bufio.Reader
	back      *wound
	separator byte // 0: not known yet
	line      int  // lines read
	read      int64
	spent     int64 // bytes read once more
}

func newCells(r io.Reader, separator byte) *cells {
	back := &wound{r: r}
	c := &cells{br: bufio.NewReaderSize(back, 256<<10), back: back, separator: separator}
	if head, _ := c.br.Peek(2); string(head) == "\xFF\xFE" || string(head) == "\xFE\xFF" {
		// Spreadsheets call this "Unicode text".
		text := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(c.br)
		c.back = &wound{r: text}
		c.br = bufio.NewReaderSize(c.back, 256<<10)
	}
	if head, _ := c.br.Peek(len(bom)); string(head) == bom {
		_, _ = c.br.Discard(len(bom)) // held already
	}
	return c
}

// next is the next row. The last one comes with io.EOF. A quote that begins a
// cell holds separators and line ends together until a quote that ends one; a
// doubled quote is one; all other quotes are text.
func (c *cells) next() (row cellRow, err error) {
	row.line = c.line + 1
	p := parsing{separator: c.separator}
	var below []byte // lines of the row behind its first
	total := 0
	for {
		line, long, err := readLine(c.br, MaxLine)
		c.line++
		c.read += int64(len(line)) + 1
		if err != nil && !errors.Is(err, io.EOF) {
			return row, err
		}
		if row.line == c.line && c.begins(line) {
			p.separator = c.separator
			if bytes.HasPrefix(line, []byte("sep=")) {
				return row, err // a note to spreadsheets, read as an empty row
			}
		}
		if row.line != c.line {
			below = append(append(below, line...), '\n')
		}
		total += len(line) + 1
		switch {
		case long && row.line == c.line:
			row.long = true
			return row, err
		case long, p.line(line) && (err != nil || total > MaxLine):
			row.open = true
			return row, c.again(row, below, err)
		case !p.quoted && total > MaxLine+1:
			row.long = true
			return row, err
		case !p.quoted:
			row.cells = p.cells()
			return row, err
		}
	}
}

// begins finds out what separates cells, from the first line that holds
// something. It reports whether that is this line.
func (c *cells) begins(line []byte) bool {
	if c.separator != 0 || len(bytes.TrimSpace(line)) == 0 {
		return false
	}
	if rest, ok := bytes.CutPrefix(line, []byte("sep=")); ok && len(rest) == 1 {
		c.separator = rest[0]
		return true
	}
	c.separator = separators[0]
	for i := range separators {
		if bytes.Count(line, []byte{separators[i]}) > bytes.Count(line, []byte{c.separator}) {
			c.separator = separators[i]
		}
	}
	return true
}

// again has the lines below the first of a row read once more, as rows of their
// own, unless that was done too often.
func (c *cells) again(row cellRow, below []byte, err error) error {
	if len(below) == 0 || c.spent+int64(len(below)) > c.read+freely {
		return err
	}
	if errors.Is(err, io.EOF) {
		below = below[:len(below)-1] // the last line has no end
	}
	ahead, _ := c.br.Peek(c.br.Buffered()) // held already: no error
	c.back.parts = append([][]byte{below, bytes.Clone(ahead)}, c.back.parts...)
	c.br.Reset(c.back)
	c.spent += int64(len(below))
	c.line = row.line
	return nil
}

// parsing is a row that is being taken apart.
type parsing struct {
	separator byte
	quoted    bool // the row goes on inside of quotes
	text      []byte
	ends      []int // of the cells, in text
}

// line takes the next line of a row, and reports whether the row goes on.
func (p *parsing) line(line []byte) bool {
	if p.quoted {
		p.text = append(p.text, '\n')
	}
	begins := !p.quoted // a cell
	for {
		if begins && len(line) > 0 && line[0] == '"' {
			p.quoted, line = true, line[1:]
		}
		if p.quoted {
			if line = p.inQuotes(line); p.quoted {
				return true
			}
		}
		end := bytes.IndexByte(line, p.separator)
		if end < 0 {
			p.text = append(p.text, line...)
			p.ends = append(p.ends, len(p.text))
			return false
		}
		p.text = append(p.text, line[:end]...)
		p.ends = append(p.ends, len(p.text))
		line, begins = line[end+1:], true
	}
}

// inQuotes takes what stands in quotes, and gives what follows them on the
// line.
func (p *parsing) inQuotes(line []byte) []byte {
	for {
		i := bytes.IndexByte(line, '"')
		if i < 0 {
			p.text = append(p.text, line...)
			return nil
		}
		p.text = append(p.text, line[:i]...)
		line = line[i+1:]
		switch {
		case len(line) == 0 || line[0] == p.separator:
			p.quoted = false
			return line
		case line[0] == '"':
			line = line[1:]
		}
		p.text = append(p.text, '"')
	}
}

func (p *parsing) cells() [][]byte {
	out := make([][]byte, len(p.ends))
	from := 0
	for i, end := range p.ends {
		out[i], from = p.text[from:end], end
	}
	return out
}

// oneLine is a cell, in whatever character set, without line ends.
func oneLine(cell []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(cell, []byte("\r"), nil), []byte("\n"), []byte(" "))
}
