package derive

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/record"
)

// TestDutiesFold folds near copies into the wording that stands most often.
func TestDutiesFold(t *testing.T) {
	const kind = "responsibilities"
	got := duties(t,
		[]record.Position{position("甲", "a", kind, "负责车间设备台账的编制和归档，并报主管领导审批", "客户满意度达到95%以上，投诉处理及时")},
		[]record.Position{position("乙", "b", kind, "负责车间设备台帐的编制和归档，并报主管领导审批；", "客户满意度达到85%以上，投诉处理及时")},
		[]record.Position{position("乙", "b", kind, "负责车间设备台账的编制与归档，并报主管领导审批"), position("", "", "authority", "负责车间设备台账的编制和归档，并报主管领导审批")},
		[]record.Position{position("甲", "", kind, "负责车间设备台账的编制和归档,并报主管领导审批。")},
	)
	if len(got) != 4 {
		t.Fatalf("%d duties: %+v", len(got), got)
	}
	want := record.Duty{
		Schema: record.Schema, ID: got[0].ID, Text: "负责车间设备台账的编制和归档，并报主管领导审批", Kind: kind, Count: 4, Pages: 4, Sites: 2,
		Titles: []record.TitleCount{{Title: "乙", Count: 2}, {Title: "甲", Count: 2}},
		Variants: []string{
			"负责车间设备台账的编制和归档，并报主管领导审批", "负责车间设备台帐的编制和归档，并报主管领导审批；",
			"负责车间设备台账的编制与归档，并报主管领导审批", "负责车间设备台账的编制和归档,并报主管领导审批。",
		},
		Wordings: 4, Near: 2,
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("folded:\n%s", diff)
	}
	for _, d := range got[1:] {
		if d.Count != 1 || d.Near != 0 || d.Wordings != 1 {
			t.Errorf("not apart: %+v", d)
		}
	}
}

// TestDutiesQuality measures how many near copies of made duties are folded, and
// how many others. With -v it shows the table of docs/evaluation.md.
func TestDutiesQuality(t *testing.T) {
	insert := func(at, what string) func(*rand.Rand, string) string {
		return func(_ *rand.Rand, s string) string { return strings.Replace(s, at, what+at, 1) }
	}
	replace := func(from, to string) func(*rand.Rand, string) string {
		return func(_ *rand.Rand, s string) string { return strings.Replace(s, from, to, 1) }
	}
	const each = 400
	r := rand.New(rand.NewPCG(11, 12))
	copies, found, wrong := 0, 0, 0
	seen := map[string]bool{}
	for _, k := range []struct {
		name  string
		floor float64 // 0: they are no copies
		make  func(*rand.Rand, string) string
	}{
		{"marks mangled", 1, func(_ *rand.Rand, s string) string { return strings.NewReplacer("，", " ", "；", "。").Replace(s) }},
		{"a slip", .95, slip},
		{"a word of grammar changed", .95, replace("和", "及")},
		{"的 left out", .95, replace("的", "")},
		{"a word of style added", .9, insert("的", "相关")},
		// 汇总 and 以上 are weighty, so a part of the next two stays apart.
		{"its head lost", .9, func(_ *rand.Rand, s string) string { return string([]rune(s)[2:]) }},
		{"its last word lost", .7, func(_ *rand.Rand, s string) string {
			runes := []rune(strings.TrimSuffix(s, "；"))
			return string(runes[:len(runes)-2])
		}},
		{"a number changed", 0, func(_ *rand.Rand, s string) string {
			return strings.TrimSuffix(s, "；") + "，合格率达到85%"
		}},
		{"每月 added", 0, insert("的", "每月")},
		{"不得 added", 0, insert("的", "不得")},
		{"another object", 0, func(r *rand.Rand, s string) string {
			_, rest, _ := strings.Cut(s, "的")
			verb := string([]rune(s)[:2])
			for {
				if of := madeOf[r.IntN(len(madeOf))]; !strings.Contains(s, of) {
					return verb + of + "的" + rest
				}
			}
		}},
	} {
		n := 0
		var pages [][]record.Position
		for range each {
			text := makeDuty(r)
			for seen[text] {
				text = makeDuty(r)
			}
			seen[text] = true
			if k.name == "a number changed" {
				text = strings.TrimSuffix(text, "；") + "，合格率达到95%"
			}
			pages = append(pages, []record.Position{position("", "", "other", text, k.make(r, text))})
		}
		for _, d := range duties(t, pages...) {
			if d.Count > 2 {
				t.Errorf("%s: %d items are one duty: %v", k.name, d.Count, d.Variants)
				wrong++
			}
			if d.Count == 2 {
				n++
			}
		}
		share := float64(n) / each
		t.Logf("%-28s %5.1f %%", k.name, 100*share)
		switch {
		case k.floor == 0:
			wrong += n
			if n > 0 {
				t.Errorf("%s: %d are folded", k.name, n)
			}
		default:
			copies, found = copies+each, found+n
			if share < k.floor {
				t.Errorf("%s: %.3f are folded, at least %.3f should be", k.name, share, k.floor)
			}
		}
	}
	t.Logf("precision %.4f, recall %.4f", float64(found)/float64(found+wrong), float64(found)/float64(copies))
}
