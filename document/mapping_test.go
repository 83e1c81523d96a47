package document

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func dropPinyin(rule string) Reason {
	if rule == "pinyin" {
		return Inserted
	}
	return NoReason
}

func TestMapRegions(t *testing.T) {
	pinyin := func(start, end int, before string) Edit {
		e := ed(start, end, before, "")
		e.Rule = "pinyin"
		return e
	}
	reg := func(start, end int, role Role, reason Reason) Region {
		return Region{Span{start, end}, role, reason}
	}
	for _, c := range []struct {
		name, source string
		edits        []Edit
		view, want   []Region
	}{
		{"nothing of a text", "", nil, nil, nil},
		{"all was deleted", " ", []Edit{ed(0, 1, " ", "")}, nil, []Region{reg(0, 1, RoleBlank, NoReason)}},
		{"no edits", "1、验", nil,
			[]Region{reg(0, 4, RoleMarker, NoReason), reg(4, 7, RoleItem, NoReason)}, []Region{reg(0, 4, RoleMarker, NoReason), reg(4, 7, RoleItem, NoReason)}},
		{"deleted before the first", " 验", []Edit{ed(0, 1, " ", "")},
			[]Region{reg(0, 3, RoleItem, NoReason)}, []Region{reg(0, 1, RoleBlank, NoReason), reg(1, 4, RoleItem, NoReason)}},
		{"deleted between two", "1、 验", []Edit{ed(4, 5, " ", "")},
			[]Region{reg(0, 4, RoleMarker, NoReason), reg(4, 7, RoleItem, NoReason)}, []Region{reg(0, 5, RoleMarker, NoReason), reg(5, 8, RoleItem, NoReason)}},
		{"deleted inside one", "验 收", []Edit{ed(3, 4, " ", "")},
			[]Region{reg(0, 6, RoleItem, NoReason)}, []Region{reg(0, 7, RoleItem, NoReason)}},
		{"deleted with a reason", "说(x)明(y)", []Edit{pinyin(3, 6, "(x)"), pinyin(9, 12, "(y)")},
			[]Region{reg(0, 6, RoleItem, NoReason)},
			[]Region{reg(0, 3, RoleItem, NoReason), reg(3, 6, RoleDropped, Inserted), reg(6, 9, RoleItem, NoReason), reg(9, 12, RoleDropped, Inserted)}},
		{"headings stay apart", "ab", nil,
			[]Region{reg(0, 1, RoleHeading, NoReason), reg(1, 2, RoleHeading, NoReason)}, []Region{reg(0, 1, RoleHeading, NoReason), reg(1, 2, RoleHeading, NoReason)}},
	} {
		v := view(t, c.source, c.edits)
		if got := MapRegions(v, c.view, c.source, dropPinyin); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// drawRegions draws a partition of text.
func drawRegions(t *rapid.T, text string) []Region {
	roles := []Role{RoleItem, RoleMarker, RoleHeading, RoleField, RoleMeta, RoleBlank, RoleDropped}
	var out []Region
	at := 0
	for _, p := range cuts(text)[1:] {
		if p < len(text) && rapid.Bool().Draw(t, "go on") {
			continue
		}
		r := Region{Span: Span{at, p}, Role: rapid.SampledFrom(roles).Draw(t, "role")}
		if r.Role == RoleDropped {
			r.Reason = Reason(rapid.IntRange(int(Navigation), int(Unplaced)).Draw(t, "reason"))
		}
		out = append(out, r)
		at = p
	}
	return out
}

// TestMapRegionsPartitions: whatever the regions and the edits, the mapped
// regions cover the source, and the items' bytes are those of their spans.
func TestMapRegionsPartitions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := drawText(t, "source")
		edits := drawLedger(t, source, rapid.SampledFrom([]string{"pinyin", "width"}).Draw(t, "rule"))
		v := view(t, source, edits)
		regions := drawRegions(t, v.Text)
		d := &Document{Source: source, Regions: MapRegions(v, regions, source, dropPinyin)}
		if err := checkRegions(d); err != nil {
			t.Fatalf("%v: view %v, edits %v, mapped %v", err, regions, edits, d.Regions)
		}
		for _, r := range regions {
			for _, e := range v.edits {
				if e.Span.Overlaps(v.Source(r.Span)) && !v.Source(r.Span).Contains(e.Span) || e.Before == "" {
					return
				}
			}
		}
		// No edit crosses a border: text keeps its role.
		for i, r := range regions {
			src := v.Source(r.Span)
			for _, m := range d.Regions {
				if !m.Overlaps(src) || m.Role == r.Role || m.Role == RoleDropped && m.Reason == Inserted {
					continue
				}
				if straddles(v, regions) {
					return
				}
				t.Fatalf("region %d of role %s lies in %v; edits %v", i, r.Role, d.Regions, edits)
			}
		}
	})
}

// straddles reports an edit whose replacement has a border inside it.
func straddles(v View, regions []Region) bool {
	for _, r := range regions {
		for i, e := range v.edits {
			if v.at[i] < r.Start && r.Start < v.at[i]+len(e.After) {
				return true
			}
		}
	}
	return false
}

func TestMapSpans(t *testing.T) {
	d := good()
	MapSpans(d, func(s Span) Span { return Span{s.Start + 100, s.End + 100} })
	p := d.Articles[0].Positions[0]
	it := p.Sections[0].Items[0]
	for name, s := range map[string]Span{
		"article heading": d.Articles[0].Heading, "title": p.Title, "position heading": p.Heading,
		"field name": p.Fields[0].Name, "field value": p.Fields[0].Value, "section": p.Sections[0].Span,
		"section heading": p.Sections[0].Heading, "item": it.Span, "marker": it.Marker, "child": it.Children[0].Span,
	} {
		if s.Start < 100 {
			t.Errorf("%s was left at %v", name, s)
		}
	}
	if s := p.Sections[0].Items[1].Marker; s != (Span{}) {
		t.Errorf("an absent marker went to %v", s)
	}
}
