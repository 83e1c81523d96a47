package main

import (
	"slices"
	"strings"

	"zhize/corpus"
	"zhize/document"
	"zhize/record"
)

// show prints what an id names in the outputs in dir.
func (a *app) show(f *corpus.Found, page bool, dir string) {
	switch {
	case f.Duty != nil:
		a.showDuty(f.Duty, dir)
	case f.Item != nil:
		a.showItem(f)
	case page:
		a.showPage(f.Page, f.Positions)
	default:
		a.showPosition(f.Page, &f.Positions[0])
	}
}

// showPosition prints a position and, beside the source, what was repaired in
// it. page is the page that it stands on.
func (a *app) showPosition(page *record.Page, p *record.Position) {
	r := renderer{a: a, paint: a.style()}
	a.writePositionHead(&r, p)
	a.printf("\n")
	r.body(p)
	a.writeSource(page, func(x *explainer) record.Span { return x.Extent(p) })
}

func (a *app) writePositionHead(r *renderer, p *record.Position) {
	origin := ""
	if p.TitleOrigin != nil {
		origin = "  title from the " + titleOrigins(*p.TitleOrigin)
	}
	a.printf("%s%s\n", r.paint.paint(bold, titleOf(p)), r.paint.paint(dim, origin))
	a.printf("%s%s\n", r.paint.paint(idColour, p.ID), r.remarks(p.Flags))
	if p.Article.Heading != nil {
		a.printf("%s\n", oneLine(*p.Article.Heading))
	}
	page := plain(p.Page.URI)
	if p.Page.Title != nil {
		page += "  " + oneLine(*p.Page.Title)
	}
	a.printf("%s\n", r.paint.paint(dim, page))
	if p.DuplicateOf != nil {
		same := "the same as"
		if p.DuplicateKind != nil && *p.DuplicateKind == record.NearCopy {
			same = "nearly the same as"
		}
		a.printf("%s %s\n", same, r.paint.paint(idColour, *p.DuplicateOf))
	}
}

// titleOrigins says where a title was read.
func titleOrigins(origin string) string {
	if origin == string(document.FromContext) {
		return "article's heading"
	}
	return origin
}

// writeSource prints a stretch of the page's source with its repairs.
func (a *app) writeSource(page *record.Page, stretch func(*explainer) record.Span) {
	if page == nil {
		return
	}
	x := newExplainer(a, page)
	a.printf("\n%s\n", x.paint.paint(bold, "Source, with line numbers, and what was repaired"))
	x.within(stretch(x), nil)
}

// showItem prints an item of a position with its place and its source.
func (a *app) showItem(f *corpus.Found) {
	r := renderer{a: a, paint: a.style()}
	it, p := f.Item, &f.Positions[0]
	a.printf("%s %s%s\n", itemLabel(it), r.paint.paint(bold, oneLine(it.Text)), r.remarks(it.Flags))
	a.printf("%s\n\n", sectionTitle(f.Section))
	a.writePositionHead(&r, p)
	if len(it.Children) > 0 {
		a.printf("\n")
		r.items(it.Children, "  ")
	}
	a.writeSource(f.Page, func(*explainer) record.Span { return it.Span })
}

// showPage prints a page: what it is, its positions, and its whole source.
func (a *app) showPage(page *record.Page, positions []record.Position) {
	writePageHead(a, page)
	a.printf("\n")
	t := table{indent: "  ", right: []int{2}}
	for i := range positions {
		p := &positions[i]
		items := 0
		for si := range p.Sections {
			items += countItems(p.Sections[si].Items)
		}
		t.add(p.ID, titleOf(p), count(items, "item", "items"))
	}
	t.write(a.stdout)
	x := newExplainer(a, page)
	a.printf("\n%s\n", x.paint.paint(bold, "Source, with line numbers, and what was repaired"))
	x.all(positions)
	x.counts()
}

// countItems counts items with their children.
func countItems(items []record.Item) int {
	n := len(items)
	for i := range items {
		n += countItems(items[i].Children)
	}
	return n
}

// showDuty prints a canonical duty.
func (a *app) showDuty(d *record.Duty, dir string) {
	paint := a.style()
	a.printf("%s\n", paint.paint(bold, oneLine(d.Text)))
	a.printf("%s  %s\n\n", paint.paint(idColour, d.ID), d.Kind)
	sites := ""
	if d.Sites > 0 {
		sites = " of " + count(d.Sites, "site", "sites")
	}
	a.printf("stands in %s on %s%s\n", count(d.Count, "place", "places"), count(d.Pages, "page", "pages"), sites)
	if len(d.Titles) > 0 {
		a.printf("\n%s\n", paint.paint(bold, "Under the titles"))
		t := table{indent: "  ", right: []int{1}}
		for _, title := range d.Titles {
			t.add(oneLine(title.Title), thousands(title.Count))
		}
		t.write(a.stdout)
	}
	variants := slices.DeleteFunc(slices.Clone(d.Variants), func(v string) bool { return v == d.Text })
	if len(variants) > 0 {
		a.printf("\n%s\n", paint.paint(bold, "Also written"))
		for _, v := range variants {
			a.printf("  %s\n", oneLine(v))
		}
	}
	words := shellWord(`"` + strings.ReplaceAll(oneLine(d.Text), `"`, "") + `"`)
	a.printf("\nzhize search %s%s finds the places\n", words, dirFlag(dir))
}
