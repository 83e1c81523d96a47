package explain_test

import (
	"strings"
	"testing"

	"zhize/explain"
	"zhize/record"
)

// page has a heading, an item with an edit in each place where one may stand,
// and a dropped line.
func page() *record.Page {
	return &record.Page{
		Source: "出纳\n1、登记 ,账\n广告\n",
		Regions: []record.Region{
			{Span: record.Span{0, 2}, Role: "heading"}, {Span: record.Span{2, 3}, Role: "blank"},
			{Span: record.Span{3, 5}, Role: "marker"}, {Span: record.Span{5, 10}, Role: "item"}, {Span: record.Span{10, 11}, Role: "blank"},
			{Span: record.Span{11, 13}, Role: "dropped", Reason: "advertisement"}, {Span: record.Span{13, 14}, Role: "blank"},
		},
		Edits: []record.Edit{
			{Rule: "wrap-space", Span: record.Span{7, 8}, Before: " ", Status: "applied"},
			{Rule: "width", Span: record.Span{8, 9}, Before: ",", After: "，", Status: "applied"},
			{Rule: "slip", Span: record.Span{9, 10}, Before: "账", After: "帐", Status: "suggested"},
			{Rule: "broken-line", Span: record.Span{14, 14}, After: "。", Status: "applied"},
		},
	}
}

func TestRows(t *testing.T) {
	x := explain.New(page())
	var all strings.Builder
	var got []string
	for _, r := range x.Rows() {
		all.WriteString(x.Text(r.Span))
		line := r.Role.String() + r.Reason
		for _, p := range x.Parts(r.Span) {
			if p.Edit != nil {
				line += "[" + p.Edit.Before + ">" + p.Edit.After + "]"
			} else {
				line += strings.TrimSuffix(p.Text, "\n")
			}
		}
		for _, n := range x.Notes(r.Span) {
			line += " " + n.Rule
		}
		got = append(got, line)
	}
	if all.String() != page().Source {
		t.Errorf("the rows are %q", all.String())
	}
	want := "heading出纳|item1、登记[ >][,>，]账 wrap-space width slip|droppedadvertisement广告[>。] broken-line"
	if s := strings.Join(got, "|"); s != want {
		t.Errorf("%s, not %s", s, want)
	}
}

func TestExtent(t *testing.T) {
	p := record.Position{Sections: []record.Section{{Span: record.Span{3, 10}}}}
	if s := explain.New(page()).Extent(&p); s != (record.Span{0, 10}) {
		t.Errorf("with its heading the position is %v", s)
	}
	if s := explain.New(page()).Extent(&record.Position{}); s != (record.Span{}) {
		t.Errorf("a position of nothing is %v", s)
	}
}

func TestVisible(t *testing.T) {
	for s, want := range map[string]string{" \n": "␣⏎", "a\u200bb": "a<200B>b", "\x1b[31m": "␛[31m", "\u202e": "<202E>", "业绩": "业绩"} {
		if got := explain.Visible(s); got != want {
			t.Errorf("%q: %q, not %q", s, got, want)
		}
	}
	if got := explain.Plain("\u202e\x00\u0085"); got != "\ufffd␀\ufffd" {
		t.Errorf("plain: %q", got)
	}
}
