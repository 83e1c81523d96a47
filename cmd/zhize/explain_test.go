package main

import (
	"bufio"
	"strings"
	"testing"

	"zhize/record"
)

// explained shows a page made by hand.
func explained(t *testing.T, page *record.Page, colour string) string {
	t.Helper()
	var b strings.Builder
	a := &app{stdout: bufio.NewWriter(&b), color: colour, getenv: func(string) string { return "" }}
	x := newExplainer(a, page)
	x.within(record.Span{0, x.Characters()}, nil)
	a.stdout.Flush()
	return b.String()
}

func glued() *record.Page {
	//        0123456789 0123456789
	source := "首页\n\n出纳职责:1.登记业续\n台帐 2.保管的现金\n"
	region := func(from, to int, role, reason string) record.Region {
		return record.Region{Span: record.Span{from, to}, Role: role, Reason: reason}
	}
	edit := func(rule string, from, to int, before, after string) record.Edit {
		return record.Edit{Rule: rule, Span: record.Span{from, to}, Before: before, After: after, Confidence: 1, Status: "applied"}
	}
	slip := edit("slip", 14, 15, "续", "绩")
	slip.Confidence, slip.Evidence.Basis = 0.98, "业绩 is a word, 业续 is none"
	maybe := edit("slip", 17, 18, "帐", "账")
	maybe.Status = "suggested"
	return &record.Page{
		Source: source,
		Regions: []record.Region{
			region(0, 2, "dropped", "navigation"), region(2, 4, "blank", ""),
			region(4, 9, "heading", ""), region(9, 11, "marker", ""), region(11, 18, "item", ""),
			region(18, 19, "blank", ""), region(19, 21, "marker", ""), region(21, 23, "item", ""),
			region(23, 24, "dropped", "inserted"), region(24, 26, "item", ""), region(26, 27, "blank", ""),
		},
		Edits: []record.Edit{
			edit("width", 8, 9, ":", "："), slip, edit("broken-line", 15, 16, "\n", ""), maybe,
			edit("inserted", 23, 24, "的", ""), edit("stop", 26, 26, "", "。"),
		},
	}
}

func TestExplain(t *testing.T) {
	want := `   1  × navigation    │ 首页
   3  heading         │ 出纳职责[-:-]{+：+}
                      │   ^ width  ‹:› → ‹：›
      item            │ 1.登记业[-续-]{+绩+}[-⏎-]
                      │   ^ slip  ‹续› → ‹绩›  0.98  业绩 is a word, 业续 is none
                      │   ^ broken-line  without ‹⏎›
   4  item            │ 台帐
                      │   ^ suggested, not made: slip  ‹帐› → ‹账›
      item            │ 2.保管[-的-]现金{+。+}
                      │   ^ inserted  without ‹的›
                      │   ^ stop  with ‹。›
`
	if got := explained(t, glued(), "never"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := explained(t, glued(), "always"); !strings.Contains(got, "业\x1b[31m续\x1b[0m\x1b[32m绩\x1b[0m") {
		t.Errorf("no colours in %q", got)
	}
}

// Every character of the source is on some row, whatever the regions are.
func TestExplainLeavesNothingOut(t *testing.T) {
	page := glued()
	got := explained(t, page, "never")
	for _, r := range page.Source {
		if r > ' ' && !strings.ContainsRune(got, r) {
			t.Errorf("%q is missing", r)
		}
	}
}
