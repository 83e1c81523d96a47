package record

import (
	"fmt"
	"slices"
	"strings"

	"zhize/document"
)

// FromDocument makes the records of a page: its line of pages.jsonl and its
// lines of positions.jsonl, in reading order. Linear in the document.
func FromDocument(d *document.Document) (Page, []Position) {
	c := converter{d: d, off: newOffsets(d.Source)}
	positions := c.positions()
	page := c.page(positions)
	page.Articles = c.articles(positions)
	return page, positions
}

// ItemID is the id under which a search finds the n-th item (from 1, in
// reading order, children after their parent) of a position.
func ItemID(position string, n int) string { return fmt.Sprintf("%s-i%03d", position, n) }

// PositionID is the id of the n-th position (from 1) of a page.
func PositionID(page string, n int) string { return fmt.Sprintf("%s-p%03d", page, n) }

// ArticleID is the id of the n-th article (from 1) of a page.
func ArticleID(page string, n int) string { return fmt.Sprintf("%s-a%03d", page, n) }

type converter struct {
	d   *document.Document
	off offsets
}

func (c converter) span(s document.Span) Span { return Span{c.off.at(s.Start), c.off.at(s.End)} }

func (c converter) text(s document.Span) *string { return optional(c.d.Text(s)) }

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func optionalInt(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}

// list gives an empty list where there is none, which is how JSON shows it.
func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

func (c converter) page(positions []Position) Page {
	d, p := c.d, &c.d.Page
	rec := Page{
		Schema: Schema, ID: p.ID, URI: p.URI, SHA256: p.SHA256, Bytes: p.Bytes,
		Charset: p.Charset, CharsetWhy: p.CharsetWhy,
		Title: optional(p.Title), Site: optional(p.Site), Published: optional(p.Published),
		DeclaredArticles: optionalInt(p.Declared), FoundArticles: len(d.Articles),
		Meta: Meta{
			Format: optional(p.Format), Uploaded: optional(p.Uploaded),
			Editor: optional(p.Editor), PageCount: optionalInt(p.PageCount),
		},
		Source: d.Source, Flags: list(d.Flags),
		Generated: make([]Span, 0, len(d.Generated)),
		Regions:   make([]Region, 0, len(d.Regions)),
		Edits:     c.edits(document.Span{End: len(d.Source)}),
	}
	for _, s := range d.Generated {
		rec.Generated = append(rec.Generated, c.span(s))
	}
	for _, r := range d.Regions {
		rec.Regions = append(rec.Regions, Region{Span: c.span(r.Span), Role: r.Role.String(), Reason: r.Reason.String()})
	}
	rec.Counts = Counts{
		Articles: len(d.Articles), Positions: len(positions),
		Edits: len(d.Edits), Suggested: len(d.Suggested), Characters: c.off.at(len(d.Source)),
	}
	for i := range positions {
		rec.Counts.Sections += len(positions[i].Sections)
	}
	d.Walk(func(*document.Article, *document.Position, *document.Section, *document.Item) { rec.Counts.Items++ })
	return rec
}

func (c converter) positions() []Position {
	var out []Position
	p := &c.d.Page
	ref := PageRef{
		ID: p.ID, URI: p.URI, Title: optional(p.Title),
		Site: optional(p.Site), Published: optional(p.Published),
	}
	for ai := range c.d.Articles {
		a := &c.d.Articles[ai]
		article := ArticleRef{Ordinal: a.Ordinal, Heading: c.text(a.Heading), ID: ArticleID(p.ID, ai+1)}
		for pi := range a.Positions {
			pos := &a.Positions[pi]
			n := len(out) + 1
			rec := Position{
				Schema: Schema, ID: PositionID(p.ID, n), Page: ref, Article: article, Ordinal: n,
				Title: c.text(pos.Title), TitleOrigin: optional(string(pos.Origin)),
				Fields: c.fields(pos.Fields), Flags: list(pos.Flags),
				Sections: make([]Section, 0, len(pos.Sections)),
				Edits:    c.edits(extent(pos)),
			}
			for si := range pos.Sections {
				s := &pos.Sections[si]
				rec.Sections = append(rec.Sections, Section{
					Kind: string(s.Kind), Heading: c.text(s.Heading), Span: c.span(s.Span),
					Items: c.items(s.Items), Missing: list(s.Missing), Flags: list(s.Flags),
				})
			}
			out = append(out, rec)
		}
	}
	return out
}

// articles lists the page's articles with what stands in them.
func (c converter) articles(positions []Position) []Article {
	out := make([]Article, 0, len(c.d.Articles))
	for ai := range c.d.Articles {
		a := &c.d.Articles[ai]
		rec := Article{
			ID: ArticleID(c.d.Page.ID, ai+1), Ordinal: a.Ordinal, Heading: c.text(a.Heading), Positions: len(a.Positions),
		}
		for i := range positions[:len(a.Positions)] {
			for si := range positions[i].Sections {
				rec.Items += countItems(positions[i].Sections[si].Items)
			}
		}
		positions = positions[len(a.Positions):]
		out = append(out, rec)
	}
	return out
}

func countItems(items []Item) int {
	n := len(items)
	for i := range items {
		n += countItems(items[i].Children)
	}
	return n
}

// fields joins the values of a key that stands more than once with a line end.
func (c converter) fields(fields []document.Field) map[string]string {
	values := make(map[string][]string, len(fields))
	for _, f := range fields {
		values[f.Key] = append(values[f.Key], c.d.Text(f.Value))
	}
	out := make(map[string]string, len(values))
	for k, v := range values {
		out[k] = strings.Join(v, "\n")
	}
	return out
}

func (c converter) items(items []document.Item) []Item {
	out := make([]Item, 0, len(items))
	for i := range items {
		it := &items[i]
		out = append(out, Item{
			Number: optionalInt(it.Number), Marker: c.text(it.Marker), Text: c.d.Text(it.Span),
			Span: c.span(it.Span), Flags: list(it.Flags), Children: c.items(it.Children),
		})
	}
	return out
}

// edits gives the applied and the suggested edits inside s, in order of place.
func (c converter) edits(s document.Span) []Edit {
	out := []Edit{}
	for _, from := range []struct {
		edits  []document.Edit
		status string
	}{{c.d.Edits, "applied"}, {c.d.Suggested, "suggested"}} {
		for _, e := range within(from.edits, s) {
			out = append(out, Edit{
				Rule: e.Rule, Span: c.span(e.Span), Before: e.Before, After: e.After,
				Confidence: e.Confidence, Evidence: Evidence{Basis: e.Evidence.Basis}, Status: from.status,
			})
		}
	}
	slices.SortStableFunc(out, func(a, b Edit) int { return a.Span[0] - b.Span[0] })
	return out
}

// within is the part of a sorted ledger that lies inside s.
func within(edits []document.Edit, s document.Span) []document.Edit {
	from, _ := slices.BinarySearchFunc(edits, s.Start, func(e document.Edit, p int) int { return e.Span.Start - p })
	to := from
	for to < len(edits) && edits[to].Span.End <= s.End {
		to++
	}
	return edits[from:to]
}

// extent is the stretch of source from a position's first part to its last.
func extent(p *document.Position) document.Span {
	var s document.Span
	add := func(o document.Span) {
		switch {
		case o.Empty():
		case s.Empty():
			s = o
		default:
			s = document.Span{Start: min(s.Start, o.Start), End: max(s.End, o.End)}
		}
	}
	add(p.Heading)
	for _, f := range p.Fields {
		add(f.Name)
		add(f.Value)
	}
	for i := range p.Sections {
		add(p.Sections[i].Span)
	}
	return s
}

// Letters is what is left of a text when everything but letters and digits is
// taken away: two texts with equal letters say the same words.
func Letters(text string) string { return string(AppendLetters(nil, text)) }

// AppendLetters appends the letters and digits of a text.
func AppendLetters(to []byte, text string) []byte {
	from := -1 // where letters begin that are not appended yet
	for i, r := range text {
		if isLetter(r) {
			if from < 0 {
				from = i
			}
		} else if from >= 0 {
			to, from = append(to, text[from:i]...), -1
		}
	}
	if from >= 0 {
		to = append(to, text[from:]...)
	}
	return to
}
