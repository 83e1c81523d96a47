// Package prepare reads the lines of positions.jsonl and makes their items
// ready for an index, on all processors and in order.
package prepare

import (
	"encoding/json"
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

// Line is what the index needs of a line of positions.jsonl.
type Line struct {
	Schema   string            `json:"schema"`
	ID       string            `json:"id"`
	Page     record.PageRef    `json:"page"`
	Article  record.ArticleRef `json:"article"`
	Title    *string           `json:"title"`
	Sections []record.Section  `json:"sections"`
}

// Position is a line made ready.
type Position struct {
	Line   Line
	Hash   store.LineHash
	Duties []store.Item // its items in reading order, children after their parent
}

// worker makes lines ready. It is not safe for concurrent use.
type worker struct {
	words  *analysis.Analyzer
	gather *engine.Gather
	title  []string // terms of the title of the position at hand
}

func newWorker(dict *jieba.Dict) *worker {
	return &worker{words: analysis.NewAnalyzer(dict), gather: engine.NewGather()}
}

// prepare parses a line and gathers the terms of its items.
func (w *worker) prepare(data []byte) (Position, error) {
	var p Position
	if err := json.Unmarshal(data, &p.Line); err != nil {
		return p, err
	}
	switch l := &p.Line; {
	case l.Schema != record.Schema:
		return p, fmt.Errorf("its schema is %q where %q is read", l.Schema, record.Schema)
	case l.ID == "" || l.Page.ID == "":
		return p, errors.New("it lacks the id of the position or of its page")
	}
	w.setTitle(p.Line.Title)
	n := 0
	var add func(kind string, items []record.Item) error
	add = func(kind string, items []record.Item) error {
		for i := range items {
			n++
			d, err := w.duty(kind, &items[i], n)
			if err != nil {
				return err
			}
			p.Duties = append(p.Duties, d)
			if err := add(kind, items[i].Children); err != nil {
				return err
			}
		}
		return nil
	}
	for _, s := range p.Line.Sections {
		if err := add(s.Kind, s.Items); err != nil {
			return p, err
		}
	}
	return p, nil
}

// maxTitle is how much of a title, in bytes, is searchable: ten times the
// longest of a sane page.
const maxTitle = 1 << 10

// setTitle takes the title that the next duties stand under; nil is none.
func (w *worker) setTitle(title *string) {
	w.title = w.title[:0]
	if title == nil {
		return
	}
	analysis.TitleTerms(analysis.Fold(clip(*title, maxTitle)), func(term string) { w.title = append(w.title, term) })
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
func (w *worker) duty(kind string, it *record.Item, n int) (store.Item, error) {
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
	for _, term := range w.title {
		w.gather.Title(term)
	}
	d.Terms = uint32(w.gather.Words())
	return d, nil
}
