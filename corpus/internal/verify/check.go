package verify

import (
	"encoding/json"
	"fmt"
	"reflect"
	"unicode/utf8"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/store"
	"zhize/document"
	"zhize/record"
)

// verdict is what a checker found out about a page.
type verdict struct {
	derive.Derived
	problems         []Problem
	whole            bool // the lines could be read: the rest is filled in
	sha, uri         string
	claims           derive.Marks // what the lines say that they repeat
	edits, suggested int
}

// decode reads a line into a record. Keys that a later version added pass.
func decode(line []byte, v any) string {
	if err := json.Unmarshal(line, v); err != nil {
		return "does not read as a record: " + err.Error()
	}
	return ""
}

// checker checks one page.
type checker struct {
	b     *bundle
	d     verdict
	page  record.Page
	pos   []record.Position
	start []int32 // byte offsets of the source's code points, and its length
	doc   document.Document
	edits map[record.Edit]bool
	sound bool // doc passed its check: texts can be taken
}

// check proves what a page and its positions promise by themselves.
func (v *verifier) check(b *bundle) verdict {
	c := &checker{b: b}
	if !c.read(v) {
		return c.d
	}
	c.d.whole = true
	c.d.Derived = derive.Of(uint64(b.pageLine), &c.page, c.pos)
	c.d.sha, c.d.uri = c.page.SHA256, c.page.URI
	c.d.claims.Page = claim(c.page.DuplicateOf, c.page.DuplicateKind, c.page.Similarity)
	for _, a := range c.page.Articles {
		c.d.claims.Articles = append(c.d.claims.Articles, claim(a.DuplicateOf, a.DuplicateKind, a.Similarity))
	}
	for i := range c.pos {
		p := &c.pos[i]
		c.d.claims.Positions = append(c.d.claims.Positions, claim(p.DuplicateOf, p.DuplicateKind, p.Similarity))
	}
	c.offsets()
	if c.build() {
		if err := document.Check(&c.doc); err != nil {
			c.onPage("%v", err)
		} else {
			c.sound = true
		}
	}
	c.counts()
	c.articles()
	for i := range c.pos {
		c.position(i)
	}
	return c.d
}

func (c *checker) onPage(format string, args ...any) {
	c.d.problems = append(c.d.problems, Problem{store.PagesName, c.b.pageLine, fmt.Sprintf(format, args...)})
}

func (c *checker) onPosition(i int, format string, args ...any) {
	c.d.problems = append(c.d.problems, Problem{store.PositionsName, c.b.positionLine + i, fmt.Sprintf(format, args...)})
}

// read validates and decodes the lines.
func (c *checker) read(v *verifier) bool {
	if what := invalid(v.schemas["pages"], c.b.page); what != "" {
		c.onPage("%s", what)
	} else if what := decode(c.b.page, &c.page); what != "" {
		c.onPage("%s", what)
	}
	for i, line := range c.b.positions {
		var p record.Position
		if what := invalid(v.schemas["positions"], line); what != "" {
			c.onPosition(i, "%s", what)
		} else if what := decode(line, &p); what != "" {
			c.onPosition(i, "%s", what)
		}
		c.pos = append(c.pos, p)
	}
	return len(c.d.problems) == 0
}

// offsets counts the source's code points.
func (c *checker) offsets() {
	c.start = make([]int32, 0, utf8.RuneCountInString(c.page.Source)+1)
	for i := range c.page.Source {
		c.start = append(c.start, int32(i))
	}
	c.start = append(c.start, int32(len(c.page.Source)))
}

// span turns code points into bytes; ok is false for what is outside the source.
func (c *checker) span(s record.Span) (document.Span, bool) {
	if s[0] < 0 || s[1] < s[0] || s[1] >= len(c.start) {
		return document.Span{}, false
	}
	return document.Span{Start: int(c.start[s[0]]), End: int(c.start[s[1]])}, true
}

// build makes the document again of what the records say of it, as far as
// document.Check proves it: regions, edits, sections and items.
func (c *checker) build() bool {
	before := len(c.d.problems)
	d := &c.doc
	d.Source = c.page.Source
	at := func(s record.Span, what string) document.Span {
		out, ok := c.span(s)
		if !ok {
			c.onPage("%s %v lies outside the source of %d characters", what, s, len(c.start)-1)
		}
		return out
	}
	for _, r := range c.page.Regions {
		role, known := document.RoleOf(r.Role)
		if !known {
			c.onPage("region %v has role %q, which is none", r.Span, r.Role)
		}
		reason, known := document.ReasonOf(r.Reason)
		if !known {
			c.onPage("region %v is dropped for %q, no known reason", r.Span, r.Reason)
		}
		d.Regions = append(d.Regions, document.Region{Span: at(r.Span, "region"), Role: role, Reason: reason})
	}
	end := 0
	for _, s := range c.page.Generated {
		if g := at(s, "generated"); g.Start < end {
			c.onPage("generated %v overlaps the one before it", s)
		} else {
			end = g.End
		}
	}
	c.edits = make(map[record.Edit]bool, len(c.page.Edits))
	for _, e := range c.page.Edits {
		c.edits[e] = true
		edit := document.Edit{Rule: e.Rule, Span: at(e.Span, "edit"), Before: e.Before, After: e.After}
		if e.Status == "applied" {
			d.Edits = append(d.Edits, edit)
		} else {
			d.Suggested = append(d.Suggested, edit)
		}
	}
	c.d.edits, c.d.suggested = len(d.Edits), len(d.Suggested)
	article := document.Article{Ordinal: 1}
	for i := range c.pos {
		var p document.Position
		for _, s := range c.pos[i].Sections {
			section := document.Section{Kind: document.Kind(s.Kind)}
			section.Span = c.within(i, s.Span, "section")
			section.Items = c.items(i, s.Items)
			p.Sections = append(p.Sections, section)
		}
		article.Positions = append(article.Positions, p)
	}
	d.Articles = []document.Article{article}
	return len(c.d.problems) == before
}

// within is a span of position i as bytes.
func (c *checker) within(i int, s record.Span, what string) document.Span {
	out, ok := c.span(s)
	if !ok {
		c.onPosition(i, "%s %v lies outside the page of %d characters", what, s, len(c.start)-1)
	}
	return out
}

func (c *checker) items(i int, items []record.Item) []document.Item {
	var out []document.Item
	for _, it := range items {
		out = append(out, document.Item{Span: c.within(i, it.Span, "item"), Children: c.items(i, it.Children)})
	}
	return out
}

// counts compares what the page counts with what there is.
func (c *checker) counts() {
	want := record.Counts{
		Articles: c.page.FoundArticles, Positions: len(c.pos), Sections: c.d.Totals.Sections, Items: c.d.Totals.Items,
		Edits: c.d.edits, Suggested: c.d.suggested, Characters: len(c.start) - 1,
	}
	if c.page.Counts != want {
		c.onPage("counts are %+v, but there are %+v", c.page.Counts, want)
	}
}

// articles compares the list of articles with the positions, which stand in its
// order.
func (c *checker) articles() {
	if len(c.page.Articles) != c.page.FoundArticles {
		c.onPage("lists %d articles, but found_articles is %d", len(c.page.Articles), c.page.FoundArticles)
	}
	at := 0
	for i, a := range c.page.Articles {
		if want := record.ArticleID(c.page.ID, i+1); a.ID != want {
			c.onPage("article %d is %s, where %s should stand", i+1, a.ID, want)
		}
		ref := record.ArticleRef{Ordinal: a.Ordinal, Heading: a.Heading, ID: a.ID}
		if a.Positions > len(c.pos)-at {
			c.onPage("article %s counts %d positions, but %d are left", a.ID, a.Positions, len(c.pos)-at)
		}
		items := 0
		for n := a.Positions; n > 0 && at < len(c.pos); n-- {
			if !reflect.DeepEqual(c.pos[at].Article, ref) {
				c.onPosition(at, "does not name its article as the page does")
			}
			for si := range c.pos[at].Sections {
				derive.Items(c.pos[at].Sections[si].Items, func(*record.Item) { items++ })
			}
			at++
		}
		if items != a.Items {
			c.onPage("article %s counts %d items, but has %d", a.ID, a.Items, items)
		}
	}
	if at != len(c.pos) {
		c.onPage("its articles have %d positions, but there are %d", at, len(c.pos))
	}
}

// position proves what a position says of its page and of its items.
func (c *checker) position(i int) {
	p := &c.pos[i]
	if want := fmt.Sprintf("%s-p%03d", c.page.ID, i+1); p.ID != want || p.Ordinal != i+1 {
		c.onPosition(i, "is %s, ordinal %d, where %s should stand", p.ID, p.Ordinal, want)
	}
	page := record.PageRef{
		ID: c.page.ID, URI: c.page.URI, Title: c.page.Title, Site: c.page.Site, Published: c.page.Published,
	}
	if !reflect.DeepEqual(p.Page, page) {
		c.onPosition(i, "does not name its page as the page names itself")
	}
	if (p.Title == nil) != (p.TitleOrigin == nil) {
		c.onPosition(i, "title and title_origin disagree")
	}
	for _, e := range p.Edits {
		if !c.edits[e] {
			c.onPosition(i, "edit %s at %v is none of its page's", e.Rule, e.Span)
		}
	}
	for si := range p.Sections {
		derive.Items(p.Sections[si].Items, func(it *record.Item) {
			s, ok := c.span(it.Span)
			if !ok || !c.sound {
				return // said before
			}
			if text := c.doc.Text(s); text != it.Text {
				c.onPosition(i, "item at %v says %q, but its source with the edits made is %q", it.Span, it.Text, text)
			}
		})
	}
}

// claim is what a record says that it repeats; a part that is missing where
// another is there makes a claim that nothing equals.
func claim(of, kind *string, like *float64) derive.Mark {
	if of == nil && kind == nil && like == nil {
		return derive.Mark{}
	}
	m := derive.Mark{Of: "nothing"}
	if of != nil && kind != nil && like != nil {
		m = derive.Mark{Of: *of, Kind: *kind, Similarity: *like}
	}
	return m
}
