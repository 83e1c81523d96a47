package numeral

import "testing"

func TestLeading(t *testing.T) {
	for s, want := range map[string]int{
		"1、验收": 1, "12. 验收": 12, "（三）验收": 3, "(4)验收": 4, "⑤验收": 5, "第六条 验收": 6, "十一、验收": 11, "二十、": 20, "７．验收": 7, "b) 验收": 2, "㈡验收": 2, "⒊验收": 3,
		"2.1 验收": 2, "3年以上": 0, "9:30到岗": 0, "2.5万元": 0, "验收": 0, "": 0, "一名副手": 0, "【8】验收": 8,
		"99999999999999999999999、验收": Parse("99999999999999999999999"),
	} {
		if got := Leading(s); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
		if Leads(s) != (want > 0) {
			t.Errorf("Leads(%s) = %v", s, Leads(s))
		}
	}
}

func TestParse(t *testing.T) {
	for s, want := range map[string]int{"8": 8, "１２": 12, "十": 10, "十五": 15, "二十三": 23, "一百": 100, "一百零一": 101, "两": 2, "": 0} {
		if got := Parse(s); got != want {
			t.Errorf("%s: %d, want %d", s, got, want)
		}
	}
	if Parse("99999999999999999999999999") < 0 {
		t.Error("overflow")
	}
}

func TestShown(t *testing.T) {
	for s, want := range map[string]bool{"1.": true, "①": true, "第": true, "a)": true, "•": false, "\uF0B7": false, "": false, " ·": false} {
		if Shown(s) != want {
			t.Errorf("Shown(%q) = %v", s, !want)
		}
	}
}
