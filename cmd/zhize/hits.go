package main

import (
	"fmt"
	"strings"

	"zhize/index"
	"zhize/record"
)

// writeHits prints hits for people.
func (a *app) writeHits(found *index.Result, o searchOptions) {
	paint := a.style()
	a.writeAdvice(found, o)
	if o.table {
		a.writeTable(found, o)
	} else {
		a.writeBlocks(found, o, paint)
	}
	for _, f := range found.Facets {
		if found.Total > 0 {
			a.writeFacet(f, paint)
		}
	}
	if found.Total > 0 {
		a.printf("%s\n", hitTotal(found, o))
	}
}

// writeBlocks prints hits as a few lines each.
func (a *app) writeBlocks(found *index.Result, o searchOptions, paint style) {
	rank := len(fmt.Sprint(o.req.Offset + len(found.Hits)))
	indent := strings.Repeat(" ", rank+2)
	for i := range found.Hits {
		h := &found.Hits[i]
		number := padLeft(fmt.Sprint(o.req.Offset+i+1), rank)
		a.printf("%s  %s\n", paint.paint(bold, number), highlighted(h, paint))
		if h.Duty != nil {
			a.writeDuty(h, indent, paint)
			continue
		}
		a.printf("%s%s\n", indent, hitPlace(h, paint))
		a.printf("%s%s\n", indent, hitPage(h, paint))
		a.printf("%s%s%s\n\n", indent, paint.paint(idColour, h.ID), hitRemarks(h, paint))
	}
}

// The widths of the columns of a table of hits: with the others, a line of 120.
const (
	titleColumns = 20
	textColumns  = 56
)

// writeTable prints a line for each hit: its place, title, kind and number, the
// part of its text around what matched, and its id.
func (a *app) writeTable(found *index.Result, o searchOptions) {
	t := table{right: []int{0}}
	for i := range found.Hits {
		h := &found.Hits[i]
		title, kind := untitled, h.Kind
		if h.Title != nil {
			title = oneLine(*h.Title)
		}
		if h.Number != nil {
			kind += fmt.Sprintf(" %d", *h.Number)
		}
		t.add(fmt.Sprint(o.req.Offset+i+1), shorten(title, titleColumns), kind, around(h), h.ID)
	}
	t.write(a.stdout)
	if len(found.Hits) > 0 {
		a.printf("\n")
	}
}

// around is the part of a hit's text that a table has place for, from a little
// before its first match where it would lie outside.
func around(h *record.Hit) string {
	const before = 8 // characters
	text := []rune(h.Text)
	if len(h.Highlights) > 0 {
		if last := min(h.Highlights[0][1], len(text)); width(string(text[:last])) > textColumns {
			text = append([]rune("…"), text[max(0, min(h.Highlights[0][0], len(text))-before):]...)
		}
	}
	return shorten(spaced(text), textColumns)
}

// shownTitles is how many titles of a canonical duty are shown.
const shownTitles = 4

// writeDuty prints what is known of a hit's canonical duty: how often and where
// it stands, and its usual wording where the hit has another one.
func (a *app) writeDuty(h *record.Hit, indent string, paint style) {
	d := h.Duty
	if record.Letters(d.Text) != record.Letters(h.Text) {
		a.printf("%s%s %s\n", indent, paint.paint(dim, "mostly:"), oneLine(d.Text))
	}
	place := paint.paint(bold, count(d.Count, "time", "times")) + " on " + count(d.Pages, "page", "pages")
	if d.Sites > 0 {
		place += " of " + count(d.Sites, "site", "sites")
	}
	a.printf("%s%s · %s\n", indent, place, d.Kind)
	var titles []string
	for _, t := range d.Titles[:min(shownTitles, len(d.Titles))] {
		titles = append(titles, fmt.Sprintf("%s (%s)", oneLine(t.Title), thousands(t.Count)))
	}
	if len(titles) > 0 {
		a.printf("%s%s\n", indent, strings.Join(titles, ", "))
	}
	remark := ""
	if d.Wordings > 1 {
		remark = "  " + paint.paint(dim, "("+count(d.Wordings, "wording", "wordings")+")")
	}
	a.printf("%s%s%s\n\n", indent, paint.paint(idColour, d.ID), remark)
}

// writeAdvice says how a query was read, and what else to ask where little was
// found. It is for the person, and no part of the hits.
func (a *app) writeAdvice(found *index.Result, o searchOptions) {
	for _, r := range found.ReadAs {
		a.note("zhize: %s is read as pinyin: %s", plain(r.Word), plain(strings.Join(r.As, ", ")))
	}
	if found.Total == 0 && o.req.Similar != "" && o.req.Query == "" {
		a.note("zhize: no duty says nearly the same")
		return
	}
	if found.Total == 0 && len(found.Suggestions) == 0 {
		a.note("zhize: nothing found; fewer words or OR between them find more, and a word* finds what begins so")
		return
	}
	if found.Total == 0 {
		a.note("zhize: nothing found")
	}
	for _, p := range found.Suggestions {
		ask := "did you mean"
		if p.Why == index.Without {
			ask = "a word stands nowhere; without it"
		}
		a.note("zhize: %s: zhize search %s%s  (%s found)", ask, shellWord(plain(p.Query)), dirFlag(o.dir), thousands(p.Total))
	}
}

// highlighted is a hit's text on one line with what the query matched in
// colour.
func highlighted(h *record.Hit, paint style) string { return marked(h.Text, h.Highlights, paint) }

func marked(whole string, spans []record.Span, paint style) string {
	text := []rune(whole)
	var b strings.Builder
	at := 0
	for _, s := range spans {
		if s[0] < at || s[1] > len(text) {
			continue
		}
		b.WriteString(spaced(text[at:s[0]]))
		b.WriteString(paint.paint(match, spaced(text[s[0]:s[1]])))
		at = s[1]
	}
	b.WriteString(spaced(text[at:]))
	return b.String()
}

// spaced is text with its line ends and tabs as spaces.
func spaced(text []rune) string {
	return plain(strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(string(text)))
}

// hitPlace is where on its page a hit stands: 销售顾问, responsibilities 3, 篇一.
func hitPlace(h *record.Hit, paint style) string {
	title := paint.paint(bold, untitled)
	if h.Title != nil {
		title = markedTitle(h, paint)
	}
	kind := h.Kind
	if h.Number != nil {
		kind += fmt.Sprintf(" %d", *h.Number)
	}
	place := title + " · " + kind
	if h.Article != nil {
		place += " · " + oneLine(*h.Article)
	}
	return place
}

// markedTitle is a hit's title in bold but for what the query matched.
func markedTitle(h *record.Hit, paint style) string {
	if len(h.TitleHighlights) == 0 {
		return paint.paint(bold, oneLine(*h.Title))
	}
	return marked(*h.Title, h.TitleHighlights, paint)
}

func hitPage(h *record.Hit, paint style) string {
	page := plain(h.Page.URI)
	if h.Page.Title != nil {
		page += "  " + oneLine(*h.Page.Title)
	}
	return paint.paint(dim, page)
}

// hitRemarks says what else is known of a hit: that the same stands
// elsewhere, that the text breaks off.
func hitRemarks(h *record.Hit, paint style) string {
	var out []string
	if h.Duplicates > 0 {
		out = append(out, "and in "+count(h.Duplicates, "other place", "other places"))
	}
	for _, r := range h.Related {
		out = append(out, r.Found+" for "+r.Word)
	}
	out = append(out, h.Flags...)
	if len(out) == 0 {
		return ""
	}
	return "  " + paint.paint(warning, "("+plain(strings.Join(out, ", "))+")")
}

func (a *app) writeFacet(f index.Facet, paint style) {
	a.printf("%s\n", paint.paint(bold, "By "+f.Field))
	t := table{indent: "  ", right: []int{1}}
	if len(f.Values) == 0 {
		t.add("none")
	}
	for _, v := range f.Values {
		t.add(shorten(oneLine(v.Value), 60), thousands(v.Count))
	}
	if f.Others > 0 {
		t.add(fmt.Sprintf("and %s more", thousands(f.Others)))
	}
	t.write(a.stdout)
	a.printf("\n")
}

func hitTotal(found *index.Result, o searchOptions) string {
	first, last := o.req.Offset+1, o.req.Offset+len(found.Hits)
	line := fmt.Sprintf("%s found in %s", thousands(found.Total), elapsed(found.Took))
	switch {
	case len(found.Hits) == 0:
		return line + fmt.Sprintf("; there is none behind --offset %d", o.req.Offset)
	case first > 1 || last < found.Total:
		line += fmt.Sprintf("; these are %s to %s", thousands(first), thousands(last))
	}
	if last < found.Total {
		line += fmt.Sprintf(", --offset %d gives the next", last)
	}
	return line + "; zhize show ID" + dirFlag(o.dir) + " tells more"
}
