// Package explain puts a page's source beside what became of it, line by line:
// the role of every stretch, and every edit in its place. It decides what
// stands together on a row; how a row looks is up to who shows it.
package explain

import (
	"slices"

	"zhize/document"
	"zhize/record"
)

// Page is a page made ready to be shown.
type Page struct {
	Applied   []record.Edit // made, in order
	Suggested []record.Edit // proposed and not made, in order

	page   *record.Page
	source []rune
	lines  []int // code point at which each line of the source begins
}

// Row is a stretch of one line of the source whose parts belong together, such
// as a marker and the item behind it.
type Row struct {
	Line   int // of the source, from 1
	Span   record.Span
	Role   document.Role // of the weightiest part
	Reason string        // why it is dropped, where it is

	settled bool // Role is that of a region that is not blank
}

// Part is a piece of a row: text that was left alone, or an edit.
type Part struct {
	Text string       // as in the source
	Edit *record.Edit // nil for text that was left alone
}

// New makes a page ready. The page must not change afterwards.
func New(page *record.Page) *Page {
	x := &Page{page: page, source: []rune(page.Source), lines: []int{0}}
	for i, r := range x.source {
		if r == '\n' && i+1 < len(x.source) {
			x.lines = append(x.lines, i+1)
		}
	}
	for _, e := range page.Edits {
		if e.Status == "suggested" {
			x.Suggested = append(x.Suggested, e)
		} else {
			x.Applied = append(x.Applied, e)
		}
	}
	return x
}

// Characters is the number of code points of the source.
func (x *Page) Characters() int { return len(x.source) }

// Rows cuts the regions at line ends and joins what belongs together. Together
// the rows are the source.
func (x *Page) Rows() []Row {
	var rows []Row
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
			next := Row{Line: line + 1, Span: record.Span{at, end}, Role: role, Reason: region.Reason}
			if n := len(rows); n > 0 && rows[n-1].Line == next.Line && x.joins(&rows[n-1], next) {
				rows[n-1].Span[1] = end
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
func (x *Page) joins(before *Row, next Row) bool {
	switch {
	case x.transparent(next):
	case !before.settled:
		before.Role, before.Reason, before.settled = next.Role, next.Reason, true
	case before.Role == next.Role && before.Reason == next.Reason:
	case before.Role == document.RoleMarker && next.Role == document.RoleItem:
		before.Role = next.Role
	default:
		return false
	}
	return true
}

// transparent text takes the role of its surroundings: space, and characters
// that repairs take out of the middle of a text.
func (x *Page) transparent(r Row) bool {
	switch r.Role {
	case document.RoleBlank:
		return true
	case document.RoleDropped:
		at := r.Span[0]
		for _, e := range x.editsIn(x.Applied, r.Span) {
			if e.Span[0] > at || e.After != "" {
				break
			}
			at = max(at, e.Span[1])
		}
		return at >= r.Span[1]
	}
	return false
}

// editsIn is the part of a sorted list of edits that touches s, or stands as
// an insertion at its beginning or inside it. The end of the source belongs to
// the stretch that ends there.
func (x *Page) editsIn(edits []record.Edit, s record.Span) []record.Edit {
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

// Parts are the pieces of a stretch of the source, in order. An edit that goes
// over the end of the stretch belongs to the one in which it begins.
func (x *Page) Parts(s record.Span) []Part {
	var parts []Part
	text := func(from, to int) {
		if from < to {
			parts = append(parts, Part{Text: string(x.source[from:to])})
		}
	}
	at := s[0]
	edits := x.editsIn(x.Applied, s)
	for i := range edits {
		e := &edits[i]
		if e.Span[0] >= at {
			text(at, e.Span[0])
			parts = append(parts, Part{Text: e.Before, Edit: e})
		}
		at = max(at, e.Span[1])
	}
	text(at, s[1])
	return parts
}

// Notes are the edits that begin in a stretch, the suggested ones last.
func (x *Page) Notes(s record.Span) []record.Edit {
	var out []record.Edit
	for _, list := range [...][]record.Edit{x.Applied, x.Suggested} {
		for _, e := range x.editsIn(list, s) {
			if e.Span[0] >= s[0] {
				out = append(out, e)
			}
		}
	}
	return out
}

// Text is a stretch of the source.
func (x *Page) Text(s record.Span) string { return string(x.source[s[0]:s[1]]) }

// Extent is the stretch of the source from a position's heading and fields to
// its last item.
func (x *Page) Extent(p *record.Position) record.Span {
	var s record.Span
	add := func(o record.Span) {
		if s[1] == 0 {
			s = o
		}
		s = record.Span{min(s[0], o[0]), max(s[1], o[1])}
	}
	for i := range p.Sections {
		add(p.Sections[i].Span)
	}
	for i := range p.Edits {
		add(p.Edits[i].Span)
	}
	if s[1] == 0 {
		return s
	}
	// A record has no place for the span of its heading: it is what stands
	// before the first section, with nothing but space between.
	at := s[0]
	for i := len(x.page.Regions) - 1; i >= 0; i-- {
		r := &x.page.Regions[i]
		if r.Span[1] > at {
			continue
		}
		at = r.Span[0]
		switch role, _ := document.RoleOf(r.Role); role {
		case document.RoleHeading, document.RoleField:
			s[0] = at
		case document.RoleBlank:
		default:
			return s
		}
	}
	return s
}
