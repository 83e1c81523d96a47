// Package prepare reads the lines of positions.jsonl and makes their items
// ready for an index, on all processors and in order.
package prepare

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"zhize/index/canon"
	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/jieba"
	"zhize/record"
)

// MaxIndexed is how much of an item's text, in bytes, is searchable: fifty
// times the longest duty of a sane page. A batch of the longest items then
// stays in memory. The whole text is shown.
const MaxIndexed = 16 << 10

// Line is what the index needs of a line of positions.jsonl, a record.Position.
type Line struct {
	Schema  string `json:"schema"`
	ID      string `json:"id"`
	Page    Page   `json:"page"`
	Article struct {
		Heading *string `json:"heading"`
	} `json:"article"`
	Title    *string   `json:"title"`
	Sections []Section `json:"sections"`
}

// Page is what it needs of a page.
type Page struct {
	ID    string  `json:"id"`
	URI   string  `json:"uri"`
	Title *string `json:"title"`
	Site  *string `json:"site"`
}

// Section is what it needs of a section.
type Section struct {
	Kind  string `json:"kind"`
	Items []Item `json:"items"`
}

// Item is what it needs of an item.
type Item struct {
	Number   *int        `json:"number"`
	Text     string      `json:"text"`
	Span     record.Span `json:"span"`
	Flags    []string    `json:"flags"`
	Children []Item      `json:"children"`
}

// Position is a line made ready.
type Position struct {
	Line   Line
	Hash   store.LineHash
	Duties int // how many of the chunk's duties are its
}

// worker makes lines ready. It is not safe for concurrent use.
type worker struct {
	words  *analysis.Analyzer
	gather *engine.Gather
	title  []string     // terms of the title of the position at hand
	duties []store.Item // of the lines so far
}

func newWorker(cutter analysis.Cutter) *worker {
	return &worker{words: analysis.NewAnalyzer(jieba.Default()).CutWith(cutter), gather: engine.NewGather()}
}

// prepare parses a line and gathers the terms of its items.
func (w *worker) prepare(line string) (Position, error) {
	var p Position
	var err error
	if p.Line, err = parse(line); err != nil {
		return p, err
	}
	switch l := &p.Line; {
	case l.Schema != record.Schema:
		return p, fmt.Errorf("its schema is %q where %q is read", l.Schema, record.Schema)
	case l.ID == "" || l.Page.ID == "":
		return p, errors.New("it lacks the id of the position or of its page")
	}
	w.setTitle(p.Line.Title)
	for _, s := range p.Line.Sections {
		if err := w.items(&p, s.Kind, s.Items); err != nil {
			return p, err
		}
	}
	return p, nil
}

// items makes the items of a section ready, children after their parent.
func (w *worker) items(p *Position, kind string, items []Item) error {
	for i := range items {
		p.Duties++
		d, err := w.duty(kind, &items[i], p.Duties)
		if err != nil {
			return err
		}
		w.duties = append(w.duties, d)
		if err := w.items(p, kind, items[i].Children); err != nil {
			return err
		}
	}
	return nil
}

// maxTitle is how much of a title, in bytes, is searchable: ten times the
// longest of a sane page.
const maxTitle = 1 << 10

// setTitle takes the title that the next duties stand under; nil is none.
func (w *worker) setTitle(title *string) {
	w.title = w.title[:0]
	if title == nil {
		w.gather.Under(nil)
		return
	}
	analysis.TitleTerms(analysis.Fold(clip(*title, maxTitle)), func(term string) { w.title = append(w.title, term) })
	w.gather.Under(w.title)
}

// clip is the beginning of a text, at most n bytes and no broken character.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// duty makes the n-th item of a position ready.
func (w *worker) duty(kind string, it *Item, n int) (store.Item, error) {
	const most = 1<<31 - 1
	start, end := it.Span[0], it.Span[1]
	if start < 0 || end < start || end > most || n > most || it.Number != nil && (*it.Number < 0 || *it.Number > most) {
		return store.Item{}, fmt.Errorf("the span or the number of item %d cannot be", n)
	}
	d := store.Item{
		Letters: canon.Letters(it.Text), Ordinal: uint32(n), Start: uint32(start), End: uint32(end),
		Kind: kind, Flags: strings.Join(it.Flags, " "), Text: it.Text,
	}
	if it.Number != nil {
		d.Number = uint32(*it.Number)
	}
	folded := analysis.Fold(clip(it.Text, MaxIndexed))
	w.gather.Next()
	w.words.Terms(folded, func(term string, _, _ int) { w.gather.Word(term) })
	analysis.Grams(folded, w.gather.Gram)
	d.Terms = uint32(w.gather.Words())
	return d, nil
}
