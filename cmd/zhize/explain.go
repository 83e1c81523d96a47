package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"zhize/document"
	"zhize/record"
)

// explainer shows a page's source line by line with what became of it: the
// role of every stretch, every repair in its place, and why.
type explainer struct {
	a       *app
	paint   style
	page    *record.Page
	source  []rune
	lines   []int // code point at which each line of the source begins
	applied []record.Edit
	offered []record.Edit // suggested, not made
}

// row is one printed line: a stretch of one line of the source whose parts
// belong together, such as a marker and the item behind it.
type row struct {
	line    int // index into lines
	span    record.Span
	role    document.Role
	reason  string
	settled bool // role is that of a region that is not blank
}

func newExplainer(a *app, page *record.Page) *explainer {
	x := &explainer{a: a, paint: a.style(), page: page, source: []rune(page.Source)}
	x.lines = append(x.lines, 0)
	for i, r := range x.source {
		if r == '\n' && i+1 < len(x.source) {
			x.lines = append(x.lines, i+1)
		}
	}
	for _, e := range page.Edits {
		if e.Status == "suggested" {
			x.offered = append(x.offered, e)
		} else {
			x.applied = append(x.applied, e)
		}
	}
	return x
}

// all prints the whole source, with a line where each position begins.
func (x *explainer) all(positions []record.Position) {
	starts := make([]int, len(positions))
	for i := range positions {
		starts[i] = positionExtent(x.page, &positions[i])[0]
	}
	x.within(record.Span{0, len(x.source)}, func(r row) {
		for len(starts) > 0 && r.span[1] > starts[0] {
			p := &positions[len(positions)-len(starts)]
			if h := p.Article.Heading; h != nil && oneLine(*h) == oneLine(string(x.source[r.span[0]:r.span[1]])) {
				return // the article's heading stands before its first position
			}
			x.print("", fmt.Sprintf("position %d", p.Ordinal), x.paint.paint(bold, titleOf(p)))
			starts = starts[1:]
		}
	})
}

// within prints the rows that show a part of the source; before is called
// before each row, and may be nil.
func (x *explainer) within(part record.Span, before func(row)) {
	last := -1
	for _, r := range x.rows() {
		if r.span[1] <= part[0] || r.span[0] >= part[1] {
			continue
		}
		text := x.text(r.span)
		notes := x.notes(r.span)
		if strings.TrimSpace(text) == "" && len(notes) == 0 {
			continue
		}
		if before != nil {
			before(r)
		}
		number := ""
		if r.line != last {
			number, last = strconv.Itoa(r.line+1), r.line
		}
		x.print(number, r.label(), x.colour(r, text))
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

// label is what stands in the narrow column: a role, or × and the reason for
// which the text was dropped.
func (r row) label() string {
	switch {
	case r.role == document.RoleDropped:
		return "× " + r.reason
	case r.role == document.RoleBlank:
		return ""
	}
	return r.role.String()
}

func (x *explainer) colour(r row, text string) string {
	switch r.role {
	case document.RoleDropped:
		return x.paint.paint(dim, text)
	case document.RoleHeading:
		return x.paint.paint(bold, text)
	}
	return text
}

// rows cuts the regions at line ends and joins what belongs together.
func (x *explainer) rows() []row {
	var rows []row
	line := 0
	for _, region := range x.page.Regions {
		for at := region.Span[0]; at < region.Span[1]; {
			for line+1 < len(x.lines) && x.lines[line+1] <= at {
				line++
			}
			end := region.Span[1]
			if line+1 < len(x.lines) {
				end = min(end, x.lines[line+1])
			}
			role, _ := document.RoleOf(region.Role)
			next := row{line: line, span: record.Span{at, end}, role: role, reason: region.Reason}
			if n := len(rows); n > 0 && rows[n-1].line == line && x.joins(&rows[n-1], next) {
				rows[n-1].span[1] = end
			} else {
				next.settled = !x.transparent(next)
				rows = append(rows, next)
			}
			at = end
		}
	}
	return rows
}

// joins reports whether next is shown on the row before it, and gives the row
// the role of the weightier.
func (x *explainer) joins(before *row, next row) bool {
	switch {
	case x.transparent(next):
	case !before.settled:
		before.role, before.reason, before.settled = next.role, next.reason, true
	case before.role == next.role && before.reason == next.reason:
	case before.role == document.RoleMarker && next.role == document.RoleItem:
		before.role = next.role
	default:
		return false
	}
	return true
}

// transparent text takes the role of its surroundings: space, and characters
// that repairs take out of the middle of a text.
func (x *explainer) transparent(r row) bool {
	switch r.role {
	case document.RoleBlank:
		return true
	case document.RoleDropped:
		at := r.span[0]
		for _, e := range x.editsIn(x.applied, r.span) {
			if e.Span[0] > at || e.After != "" {
				break
			}
			at = max(at, e.Span[1])
		}
		return at >= r.span[1]
	}
	return false
}

// editsIn is the part of a sorted list of edits that touches s, or stands as
// an insertion at its beginning or inside it. The end of the source belongs to
// the stretch that ends there.
func (x *explainer) editsIn(edits []record.Edit, s record.Span) []record.Edit {
	from, _ := slices.BinarySearchFunc(edits, s[0], func(e record.Edit, p int) int {
		if e.Span[1] > p || e.Span[0] >= p {
			return 1
		}
		return -1
	})
	to := from
	for to < len(edits) && (edits[to].Span[0] < s[1] || s[1] == len(x.source)) {
		to++
	}
	return edits[from:to]
}

// text shows a stretch of the source with the edits in it: what was taken out
// and what was put in, in colours or as [-out-]{+in+}. An edit that goes over
// the end of a row is shown on the row in which it begins.
func (x *explainer) text(s record.Span) string {
	var b strings.Builder
	at := s[0]
	for _, e := range x.editsIn(x.applied, s) {
		if e.Span[0] >= at {
			b.WriteString(x.show(at, e.Span[0]))
			b.WriteString(x.changed(e))
		}
		at = max(at, e.Span[1])
	}
	if at < s[1] {
		b.WriteString(x.show(at, s[1]))
	}
	return b.String()
}

func (x *explainer) show(from, to int) string {
	return plain(strings.ReplaceAll(strings.TrimSuffix(string(x.source[from:to]), "\n"), "\t", " ⇥ "))
}

func (x *explainer) changed(e record.Edit) string {
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
	t.Characters = len(x.source)
	for _, r := range x.page.Regions {
		n := r.Span[1] - r.Span[0]
		t.Roles[r.Role] += n
		if r.Reason != "" {
			t.Dropped[r.Reason] += n
		}
	}
	for _, e := range x.applied {
		t.Edits[e.Rule]++
	}
	for _, e := range x.offered {
		t.Suggested[e.Rule]++
	}
	w := totalsWriter{a: x.a, paint: x.paint}
	w.characters(&t)
	w.repairs(&t)
}
