package evaluate

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"zhize/record"
)

// Page is what was extracted from one page.
type Page struct {
	URI       string
	Positions []record.Position // in their order; none where the page gave none
}

// PageReader reads positions page by page. It holds one page in memory, and the
// names of those that it has read.
type PageReader struct {
	positions, pages *lineReader
	ahead            *record.Position // the first of the next group, nil at the end
	started          bool
	seen             map[pageKey]bool
}

// pageKey tells pages apart. Positions that name no page are those of one.
type pageKey struct{ id, uri string }

func key(p *record.Position) pageKey { return pageKey{p.Page.ID, p.Page.URI} }

// NewPageReader reads positions.jsonl, or what another program has written in
// its form: lines with sections, the lines of a page together. With pages, which
// is pages.jsonl of the same run, pages that gave no position come too; without
// it (nil) nobody can tell of them.
func NewPageReader(positions, pages io.Reader) *PageReader {
	r := &PageReader{positions: newLineReader("positions", positions), seen: map[pageKey]bool{}}
	if pages != nil {
		r.pages = newLineReader("pages", pages)
	}
	return r
}

// Next is the next page, in the order of the run. At the end the error is
// io.EOF; others name the line.
func (r *PageReader) Next() (Page, error) {
	if !r.started {
		r.started = true
		if err := r.advance(); err != nil {
			return Page{}, err
		}
	}
	if r.pages == nil {
		if r.ahead == nil {
			return Page{}, io.EOF
		}
		return r.group(key(r.ahead))
	}
	var page struct{ ID, URI string }
	switch err := r.pages.next(&page); {
	case errors.Is(err, io.EOF) && r.ahead != nil:
		return Page{}, r.positions.error(fmt.Errorf("pages.jsonl does not have its page %s here; the two are not of one run", r.ahead.Page.URI))
	case err != nil:
		return Page{}, err
	case page.URI == "":
		return Page{}, r.pages.error(errors.New("this is no page: it has no uri"))
	}
	return r.group(pageKey{page.ID, page.URI})
}

// group takes the positions of a page that stand next.
func (r *PageReader) group(k pageKey) (Page, error) {
	if r.seen[k] {
		return Page{}, r.positions.error(fmt.Errorf("the lines of the page %s do not stand together; sort them by page", k.uri))
	}
	r.seen[k] = true
	p := Page{URI: k.uri}
	for r.ahead != nil && key(r.ahead) == k {
		p.Positions = append(p.Positions, *r.ahead)
		if err := r.advance(); err != nil {
			return Page{}, err
		}
	}
	return p, nil
}

// advance reads the next position.
func (r *PageReader) advance() error {
	var p record.Position
	switch err := r.positions.next(&p); {
	case errors.Is(err, io.EOF):
		r.ahead = nil
		return nil
	case err != nil:
		return err
	case p.Sections == nil:
		return r.positions.error(errors.New("this is no position: it has no sections"))
	}
	r.ahead = &p
	return nil
}

// lineReader decodes lines of JSON, of which one may be as long as a page.
type lineReader struct {
	what string
	r    *bufio.Reader
	line int
}

func newLineReader(what string, r io.Reader) *lineReader {
	return &lineReader{what: what, r: bufio.NewReaderSize(r, 1<<16)}
}

// next decodes the next line that is not blank.
func (l *lineReader) next(v any) error {
	for {
		line, err := l.r.ReadBytes('\n')
		l.line++
		switch {
		case err != nil && !errors.Is(err, io.EOF):
			return l.error(err)
		case len(bytes.TrimSpace(line)) > 0:
			if err := json.Unmarshal(line, v); err != nil {
				return l.error(err)
			}
			return nil
		case err != nil:
			return io.EOF
		}
	}
}

func (l *lineReader) error(err error) error {
	return fmt.Errorf("%s, line %d: %w", l.what, l.line, err)
}

// FileName is the last part of a page's name: of a path, a URL, a row of a file
// (rows.jsonl#7).
func FileName(uri string) string {
	uri = strings.TrimRight(uri, "/")
	return uri[strings.LastIndexByte(uri, '/')+1:]
}

// AnswerName is the name of the answer that is meant for a page: what is known
// of its file name, of that name up to one of its dots, the last dot first, or
// of the id behind a "#". So b.html, b.mobile.html and b.docx, renderings of one
// page, have the answer b, unless b.mobile has one of its own.
func AnswerName(uri string, known func(name string) bool) (name string, ok bool) {
	file := FileName(uri)
	for name := file; name != ""; name = name[:max(0, strings.LastIndexByte(name, '.'))] {
		if known(name) {
			return name, true
		}
	}
	_, id, _ := strings.Cut(file, "#")
	return id, id != "" && known(id)
}
