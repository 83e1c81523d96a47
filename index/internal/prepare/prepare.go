// Package prepare reads the lines of positions.jsonl and makes their items
// ready for an index, on all processors and in order.
package prepare

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
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
	Duties []Duty // its items in reading order, children after their parent
}

// Duty is an item made ready.
type Duty struct {
	Row   store.Duty // all but its position and the places of kind and flags
	Kind  string
	Flags string // joined with a space
	Text  string
	Doc   *engine.Document
}

// prepare parses a line and analyses its items.
func prepare(data []byte, a *analysis.Analyzer) (Position, error) {
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
	title := newTitle(p.Line.Title)
	n := 0
	var add func(kind string, items []record.Item) error
	add = func(kind string, items []record.Item) error {
		for i := range items {
			n++
			d, err := newDuty(kind, &items[i], n, a)
			if err != nil {
				return err
			}
			d.Doc.Under(title)
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

// newTitle makes a position's title ready, which all of its duties share; nil
// for a position without one.
func newTitle(title *string) *engine.Title {
	if title == nil {
		return nil
	}
	t, folded := engine.NewTitle(), analysis.Fold(clip(*title, maxTitle))
	analysis.Grams(folded, t.Add)
	t.Add(analysis.Whole(folded))
	return t
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

func newDuty(kind string, it *record.Item, n int, a *analysis.Analyzer) (Duty, error) {
	d := Duty{Kind: kind, Flags: strings.Join(it.Flags, " "), Text: it.Text}
	const most = 1<<31 - 1
	start, end := it.Span[0], it.Span[1]
	if start < 0 || end < start || end > most || n > most || it.Number != nil && (*it.Number < 0 || *it.Number > most) {
		return d, fmt.Errorf("the span or the number of item %d cannot be", n)
	}
	d.Row = store.Duty{Ordinal: uint32(n), Start: uint32(start), End: uint32(end), Letters: letters(it.Text)}
	if it.Number != nil {
		d.Row.Number = uint32(*it.Number)
	}
	folded := analysis.Fold(clip(it.Text, MaxIndexed))
	d.Doc = engine.NewDocument(len(folded) / 3)
	a.Terms(folded, func(term string, _, _ int) { d.Doc.Word(term) })
	analysis.Grams(folded, d.Doc.Gram)
	d.Row.Terms = uint32(d.Doc.Words())
	return d, nil
}

// letters is a hash of what a text says; a text without letters says itself.
func letters(text string) uint64 {
	if s := record.Letters(text); s != "" {
		return xxh3.HashString(s)
	}
	return xxh3.HashStringSeed(text, 1)
}
