package source

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// separators are what may stand between cells; the one that stands most often
// in the header does, the first of equal ones.
const separators = ",\t;"

// cellRow is one row of a table.
type cellRow struct {
	line  int // at which it begins, from 1
	cells [][]byte
	long  bool // over MaxLine; there are no cells
	open  bool // a quote is never closed; there are no cells
	lost  bool // and what stands below it was not read again: too many stay open
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
			err = c.again(&row, below, err)
			return row, err
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
func (c *cells) again(row *cellRow, below []byte, err error) error {
	cost := int64(len(below) + c.br.Buffered())
	if len(below) == 0 {
		return err
	}
	if c.spent+cost > c.read-c.spent+freely {
		row.lost = true
		return err
	}
	if errors.Is(err, io.EOF) {
		below = below[:len(below)-1] // the last line has no end
	}
	ahead, _ := c.br.Peek(c.br.Buffered()) // held already: no error
	c.back.parts = append([][]byte{below, bytes.Clone(ahead)}, c.back.parts...)
	c.br.Reset(c.back)
	c.spent += cost
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
