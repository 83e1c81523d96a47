package report

import (
	"fmt"
	"html/template"
	"math"

	"zhize/document"
	"zhize/label"
	"zhize/record"
)

// flow is a drawing of where the characters went: the source on the left, kept,
// blank and dropped in the middle, roles and reasons on the right. Bands are as
// thick as the characters are many.
type flow struct {
	Class         string // which screens show it
	Width, Height int
	Nodes         []flowNode
	Bands         []flowBand
}

type flowNode struct {
	X, Y, W, H     float64
	Family         string // CSS class: source, kept, blank, dropped
	Name           label.Text
	Share          string
	LabelX, LabelY float64
}

type flowBand struct {
	Path   template.HTMLAttr // only numbers and letters of our own
	Family string
}

// branch is one of the three ways that text goes, with what it goes to.
type branch struct {
	family string
	name   label.Text
	n      int
	leaves []leaf
}

type leaf struct {
	name label.Text
	n    int
}

// branches sums up the regions of a run.
func branches(t *record.Totals) []branch {
	kept := branch{family: "kept", name: label.Text{EN: "kept", ZH: "保留"}}
	blank := branch{family: "blank", name: label.Role(document.RoleBlank.String())}
	dropped := branch{family: "dropped", name: label.Role(document.RoleDropped.String())}
	for _, r := range label.Ranked(t.Roles) {
		switch role, _ := document.RoleOf(r.Word); role {
		case document.RoleBlank:
			blank.n = r.N
			blank.leaves = []leaf{{blank.name, r.N}}
		case document.RoleDropped:
			dropped.n = r.N
		default:
			kept.n += r.N
			kept.leaves = append(kept.leaves, leaf{label.Role(r.Word), r.N})
		}
	}
	for _, r := range label.Ranked(t.Dropped) {
		dropped.leaves = append(dropped.leaves, leaf{label.Reason(r.Word), r.N})
	}
	var out []branch
	for _, b := range [...]branch{kept, blank, dropped} {
		if b.n > 0 {
			out = append(out, b)
		}
	}
	return out
}

// shape is the size of a drawing in pixels.
type shape struct {
	class                string
	width                int
	columns              [3]float64 // left borders of the nodes
	node, scale          float64    // width of a node; height of all characters
	lineHeight, labelGap float64
	shares               bool // there is room for them in the middle
}

// shapes are the drawings of a wide and of a narrow screen: one drawing that is
// scaled would have letters too small to read on a phone.
var shapes = [...]shape{
	{class: "wide", width: 860, columns: [3]float64{0, 290, 580}, node: 16, scale: 340, lineHeight: 22, labelGap: 8, shares: true},
	{class: "narrow", width: 344, columns: [3]float64{0, 84, 168}, node: 10, scale: 300, lineHeight: 21, labelGap: 6},
}

// draw lays the flow out. Every leaf takes at least a line, so that its label
// can be read however few its characters are.
func (s shape) draw(t *record.Totals) flow {
	f := flow{Class: s.class, Width: s.width}
	total := float64(t.Characters)
	if total == 0 {
		return f
	}
	height := func(n int) float64 { return s.scale * float64(n) / total }
	const apart = 14 // between two branches
	type place struct{ top, bottom float64 }
	y := 20.0 // the source's label stands above
	list := branches(t)
	places := make([]place, len(list))
	var leaves []flowNode
	for i, b := range list {
		places[i].top = y
		for _, l := range b.leaves {
			h := math.Max(height(l.n), 1)
			row := math.Max(h, s.lineHeight)
			leaves = append(leaves, flowNode{
				X: s.columns[2], Y: y + (row-h)/2, W: s.node, H: h, Family: b.family, Name: l.name, Share: percent(l.n, t.Characters),
				LabelX: s.columns[2] + s.node + s.labelGap, LabelY: y + row/2,
			})
			y += row + 2
		}
		places[i].bottom = y - 2
		y += apart
	}
	f.Height = int(y - apart + 6)
	// The source begins where the first branch does, so that the widest band is
	// nearly straight.
	at := 20.0
	if len(list) > 0 {
		at = math.Max(at, (places[0].top+places[0].bottom-height(list[0].n))/2)
	}
	f.Nodes = append(f.Nodes, flowNode{
		X: s.columns[0], Y: at, W: s.node, H: s.scale, Family: "source", Name: label.Text{EN: "source", ZH: "原文"},
		Share: label.Thousands(int64(t.Characters)), LabelX: s.columns[0], LabelY: at - 10,
	})
	next := 0
	floor := 20.0 // no branch's node may begin above it
	for i, b := range list {
		h := math.Max(height(b.n), 1)
		top := math.Max(floor, (places[i].top+places[i].bottom-h)/2)
		floor = top + h + 4
		f.Bands = append(f.Bands, s.band(0, at, at+height(b.n), top, top+h, b.family))
		at += height(b.n)
		node := flowNode{
			X: s.columns[1], Y: top, W: s.node, H: h, Family: b.family, Name: b.name,
			LabelX: s.columns[1] + s.node + s.labelGap, LabelY: top + h/2,
		}
		if s.shares {
			node.Share = percent(b.n, t.Characters)
		}
		if len(b.leaves) == 1 && b.leaves[0].name == b.name {
			node.Name = label.Text{} // the leaf says it
		}
		f.Nodes = append(f.Nodes, node)
		from := top
		for range b.leaves {
			n := leaves[next]
			next++
			thick := math.Min(n.H, top+h-from)
			f.Bands = append(f.Bands, s.band(1, from, from+thick, n.Y, n.Y+n.H, b.family))
			from += thick
			f.Nodes = append(f.Nodes, n)
		}
	}
	return f
}

// band is the curved surface between a node of a column and one of the next.
func (s shape) band(column int, fromTop, fromBottom, toTop, toBottom float64, family string) flowBand {
	x0, x1 := s.columns[column]+s.node, s.columns[column+1]
	mid := (x0 + x1) / 2
	path := fmt.Sprintf(`d="M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1fV%.1fC%.1f %.1f %.1f %.1f %.1f %.1fZ"`,
		x0, fromTop, mid, fromTop, mid, toTop, x1, toTop, toBottom, mid, toBottom, mid, fromBottom, x0, fromBottom)
	return flowBand{Path: template.HTMLAttr(path), Family: family}
}
