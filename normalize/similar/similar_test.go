package similar

import (
	"slices"
	"testing"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		wrong, right rune
		kind         Kind
	}{
		{'襃', '裹', Same}, {'襃', '褒', Same}, {'目', '日', Same}, {'报', '投', Same}, {'主', '立', Same}, {'薄', '簿', Shape}, {'续', '绩', Part},
		{'己', '已', Shape}, {'未', '末', Shape}, {'检', '捡', Shape}, {'帐', '账', Sound}, {'份', '分', Shape}, {'做', '作', Sound}, {'必', '毕', Sound},
	} {
		found := Of(c.wrong)
		i := slices.IndexFunc(found, func(f Character) bool { return f.Rune == c.right })
		if i < 0 {
			t.Errorf("%c is not taken for %c", c.wrong, c.right)
		} else if found[i].Kind > c.kind {
			t.Errorf("%c and %c are alike by kind %d", c.wrong, c.right, found[i].Kind)
		}
	}
	for _, r := range "一的职责\n aA1，\U00020000" {
		for _, f := range Of(r) {
			if f.Rune == r || f.Rune < 0x4e00 {
				t.Errorf("%c is taken for %q", r, f.Rune)
			}
			if !slices.ContainsFunc(Of(f.Rune), func(b Character) bool { return b.Rune == r }) {
				t.Errorf("%c is taken for %c, but not %c for %c", r, f.Rune, f.Rune, r)
			}
		}
	}
}
