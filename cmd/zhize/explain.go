package main

import (
	"fmt"
	"strconv"
	"strings"

	"zhize/document"
	"zhize/explain"
	"zhize/record"
)

// explainer shows a page's source line by line with what became of it: the
// role of every stretch, every repair in its place, and why.
type explainer struct {
	*explain.Page
	a     *app
	paint style
	page  *record.Page
}

func newExplainer(a *app, page *record.Page) *explainer {
	return &explainer{Page: explain.New(page), a: a, paint: a.style(), page: page}
}

// all prints the whole source, with a line where each position begins.
func (x *explainer) all(positions []record.Position) {
	starts := make([]int, len(positions))
	for i := range positions {
		starts[i] = x.Extent(&positions[i])[0]
	}
	x.within(record.Span{0, x.Characters()}, func(r explain.Row) {
		for len(starts) > 0 && r.Span[1] > starts[0] {
			p := &positions[len(positions)-len(starts)]
			if h := p.Article.Heading; h != nil && oneLine(*h) == oneLine(x.Text(r.Span)) {
				return // the article's heading stands before its first position
			}
			x.print("", fmt.Sprintf("position %d", p.Ordinal), x.paint.paint(bold, titleOf(p)))
			starts = starts[1:]
		}
	})
}

// within prints the rows that show a part of the source; before is called
// before each row, and may be nil.
func (x *explainer) within(part record.Span, before func(explain.Row)) {
	last := 0
	for _, r := range x.Rows() {
		if r.Span[1] <= part[0] || r.Span[0] >= part[1] {
			continue
		}
		text := x.text(r.Span)
		notes := x.notes(r.Span)
		if strings.TrimSpace(text) == "" && len(notes) == 0 {
			continue
		}
		if before != nil {
			before(r)
		}
		number := ""
		if r.Line != last {
			number, last = strconv.Itoa(r.Line), r.Line
		}
		x.print(number, rowLabel(r), x.colour(r, text))
		for _, n := range notes {
			x.print("", "", x.paint.paint(dim, "  ^ "+n))
		}
	}
}

// labelColumns is the width of the widest label: "× advertisement".
const labelColumns = 15

func (x *explainer) print(number, label, text string) {
	line := padLeft(number, 4) + "  " + pad(label, labelColumns) + " │ " + text
	x.a.printf("%s\n", strings.TrimRight(line, " ⇥"))
}

// rowLabel is what stands in the narrow column: a role, or × and the reason for
// which the text was dropped.
func rowLabel(r explain.Row) string {
	switch {
	case r.Role == document.RoleDropped:
		return "× " + r.Reason
	case r.Role == document.RoleBlank:
		return ""
	}
	return r.Role.String()
}

func (x *explainer) colour(r explain.Row, text string) string {
	switch r.Role {
	case document.RoleDropped:
		return x.paint.paint(dim, text)
	case document.RoleHeading:
		return x.paint.paint(bold, text)
	}
	return text
}

// text shows a stretch of the source with the edits in it: what was taken out
// and what was put in, in colours or as [-out-]{+in+}.
func (x *explainer) text(s record.Span) string {
	var b strings.Builder
	parts := x.Parts(s)
	for _, p := range parts {
		if p.Edit != nil {
			b.WriteString(x.changed(p.Edit))
			continue
		}
		b.WriteString(plain(strings.ReplaceAll(strings.TrimSuffix(p.Text, "\n"), "\t", " ⇥ ")))
	}
	return b.String()
}

func (x *explainer) changed(e *record.Edit) string {
	out, in := visible(e.Before), visible(e.After)
	if x.paint.on {
		return x.paint.paint(deleted, out) + x.paint.paint(inserted, in)
	}
	if out != "" {
		out = "[-" + out + "-]"
	}
	if in != "" {
		in = "{+" + in + "+}"
	}
	return out + in
}

// counts prints what became of the characters and how many repairs were made.
func (x *explainer) counts() {
	t := record.NewTotals()
	t.Characters = x.Characters()
	for _, r := range x.page.Regions {
		n := r.Span[1] - r.Span[0]
		t.Roles[r.Role] += n
		if r.Reason != "" {
			t.Dropped[r.Reason] += n
		}
	}
	for _, e := range x.Applied {
		t.Edits[e.Rule]++
	}
	for _, e := range x.Suggested {
		t.Suggested[e.Rule]++
	}
	w := totalsWriter{a: x.a, paint: x.paint}
	w.characters(&t)
	w.repairs(&t)
}
