package web

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zhize/corpus"
	"zhize/document"
	"zhize/explain"
	"zhize/label"
	"zhize/record"
)

// showView is the page of what an id names: a duty, a position with the item
// that was asked for, or a page with all its positions.
type showView struct {
	base
	ID        string
	Duty      *record.Duty
	Page      *record.Page
	Positions []positionView
	Whole     bool // the page was asked for, not a part of it
	Flags     []string
	Rows      []rowView
	Previous  string // of the rows
	Next      string
	JSON      string
}

// positionView is a position with its items.
type positionView struct {
	*record.Position
	Link     string
	Name     string
	Origin   string
	Fields   [][2]string
	Sections []sectionView
	Flags    []string
	Items    int
}

type sectionView struct {
	Name  string
	Kind  string
	Notes []string
	Items []itemView
}

type itemView struct {
	Label    string
	Text     string
	Link     string
	Here     bool
	Notes    []string
	Children []itemView
}

// rowView is a row of the source with what became of it.
type rowView struct {
	Line    string
	Class   string // the role
	Tag     string // the role, or the reason for which the row was dropped
	Source  []piece
	Result  []piece
	Same    bool // nothing was changed in it
	Dropped bool
	Here    bool
	Start   bool // the first of those that are here
	Notes   []noteView
}

// piece is a part of a row: what was taken out or put in, or what stays.
type piece struct {
	Text    string
	Changed bool
}

// noteView is what a rule did in a row.
type noteView struct {
	Rule, Code    string
	Before, After string
	Why           string
	Sure          string
	Times         int
	Suggested     bool
}

// maxRows is how many rows stand on one page: a page's source may have a
// million lines.
const maxRows = 500

func (s *Server) showPage(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	from, err := strconv.Atoi(r.URL.Query().Get("from"))
	if err != nil || from < 0 {
		from = 0
	}
	f, done := s.run.Finder()
	defer done()
	found, err := f.Find(r.Context(), id)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := &showView{base: newBase(r), ID: id, Duty: found.Duty, Page: found.Page, Whole: !strings.Contains(id, "-"), JSON: "/api/show/" + url.PathEscape(id)}
	if found.Duty == nil {
		v.show(found, from)
	} else {
		v.Head = found.Duty.Text
	}
	s.render(w, r, http.StatusOK, "show.html", v)
}

func (v *showView) show(found *corpus.Found, from int) {
	x := explain.New(found.Page)
	part, here := record.Span{0, x.Characters()}, record.Span{}
	if !v.Whole {
		part = x.Extent(&found.Positions[0])
	}
	if found.Item != nil {
		here = found.Item.Span
	}
	v.Flags = v.flags(found.Page.Flags)
	v.Head = found.Page.URI
	if found.Page.Title != nil {
		v.Head = *found.Page.Title
	}
	for i := range found.Positions {
		v.Positions = append(v.Positions, v.position(&found.Positions[i], found.Item))
	}
	if !v.Whole {
		v.Head = v.Positions[0].Name
	}
	v.rows(x, part, here, from)
}

// Repeats says how what is shown repeats another: letter by letter or nearly.
func (v *showView) Repeats(kind *string, similarity *float64) string {
	if kind == nil || *kind != "near" || similarity == nil {
		return v.T("the same as", "与此相同：")
	}
	return fmt.Sprintf(v.T("nearly the same (%.2f) as", "与此近似（%.2f）："), *similarity)
}

func (v *showView) flags(flags []string) []string {
	var out []string
	for _, f := range flags {
		out = append(out, v.In(label.Flag(f)))
	}
	return out
}

func (v *showView) position(p *record.Position, item *record.Item) positionView {
	out := positionView{Position: p, Link: v.To(p.ID), Name: v.T("no title", "无岗位名称"), Flags: v.flags(p.Flags)}
	if p.Title != nil {
		out.Name = *p.Title
	}
	if p.TitleOrigin != nil && *p.TitleOrigin == string(document.FromContext) {
		out.Origin = v.T("title from the article's heading", "名称取自篇名")
	}
	for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
		out.Fields = append(out.Fields, [2]string{v.In(label.Field(key)), p.Fields[key]})
	}
	n := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		sec := sectionView{Name: v.In(label.Kind(s.Kind)), Notes: v.flags(s.Flags)}
		if s.Heading != nil {
			sec.Name, sec.Kind = *s.Heading, sec.Name
		}
		if len(s.Missing) > 0 {
			sec.Notes = append(sec.Notes, v.T("the page has no ", "页面缺 ")+numbers(s.Missing))
		}
		sec.Items = v.items(s.Items, p.ID, item, &n)
		out.Sections = append(out.Sections, sec)
	}
	out.Items = n
	return out
}

// numbers lists missing numbers, the first of many.
func numbers(list []int) string {
	var out []string
	for _, n := range list[:min(len(list), 20)] {
		out = append(out, strconv.Itoa(n))
	}
	if len(list) > 20 {
		out = append(out, "…")
	}
	return strings.Join(out, ", ")
}

func (v *showView) items(items []record.Item, position string, here *record.Item, n *int) []itemView {
	var out []itemView
	for i := range items {
		it := &items[i]
		*n++
		view := itemView{Label: "·", Text: it.Text, Link: v.To(record.ItemID(position, *n)) + "#here", Here: it == here, Notes: v.flags(it.Flags)}
		if it.Number != nil {
			view.Label = strconv.Itoa(*it.Number) + "."
		}
		view.Children = v.items(it.Children, position, here, n)
		out = append(out, view)
	}
	return out
}

// rows fills the rows that show a part of the source, from the one with the
// number from on.
func (v *showView) rows(x *explain.Page, part, here record.Span, from int) {
	line, at, started := 0, 0, false
	for _, r := range x.Rows() {
		if r.Span[1] <= part[0] || r.Span[0] >= part[1] {
			continue
		}
		notes := x.Notes(r.Span)
		if len(notes) == 0 && strings.TrimSpace(x.Text(r.Span)) == "" {
			continue
		}
		at++
		if at <= from {
			continue
		}
		if len(v.Rows) == maxRows {
			v.Next = v.to(v.at.EscapedPath(), url.Values{"from": {strconv.Itoa(at - 1)}})
			break
		}
		row := v.row(x, r)
		if r.Line != line {
			row.Line, line = strconv.Itoa(r.Line), r.Line
		}
		row.Here = r.Span[0] < here[1] && r.Span[1] > here[0]
		row.Start = row.Here && !started
		started = started || row.Here
		row.Notes = v.notes(notes)
		v.Rows = append(v.Rows, row)
	}
	if from > 0 {
		v.Previous = v.to(v.at.EscapedPath(), url.Values{"from": {strconv.Itoa(max(0, from-maxRows))}})
	}
}

func (v *showView) row(x *explain.Page, r explain.Row) rowView {
	row := rowView{Class: r.Role.String(), Tag: v.In(label.Role(r.Role.String())), Same: true}
	switch r.Role {
	case document.RoleDropped:
		row.Dropped, row.Tag = true, v.In(label.Reason(r.Reason))
	case document.RoleBlank:
		row.Tag = ""
	}
	for _, p := range x.Parts(r.Span) {
		if p.Edit == nil {
			text := explain.Plain(strings.ReplaceAll(strings.TrimSuffix(p.Text, "\n"), "\t", " "))
			row.Source = append(row.Source, piece{Text: text})
			row.Result = append(row.Result, piece{Text: text})
			continue
		}
		row.Same = false
		if p.Edit.Before != "" {
			row.Source = append(row.Source, piece{explain.Visible(p.Edit.Before), true})
		}
		if p.Edit.After != "" {
			row.Result = append(row.Result, piece{explain.Visible(p.Edit.After), true})
		}
	}
	return row
}

// notes tells what rules did: the same change is told once.
func (v *showView) notes(edits []record.Edit) []noteView {
	var out []noteView
	for _, e := range edits {
		n := noteView{
			Rule: v.In(label.Rule(e.Rule)), Code: e.Rule, Before: explain.Visible(e.Before), After: explain.Visible(e.After),
			Why: e.Evidence.Basis, Sure: fmt.Sprintf("%.2f", e.Confidence), Suggested: e.Status == "suggested", Times: 1,
		}
		i := slices.IndexFunc(out, func(o noteView) bool { o.Times = 1; return o == n })
		if i >= 0 {
			out[i].Times++
			continue
		}
		out = append(out, n)
	}
	return out
}
