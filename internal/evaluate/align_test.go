package evaluate

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b     string
		matching int
		want     bool
	}{
		{"", "", 0, true},
		{"验收", "", 0, false},
		{"1、负责物资的验收、入库。", "1负责物资的验收入库", 10, true},
		{"负责物资的验收与入库登记", "负责物资的验收和入库登记", 11, true},
		{"负责物资的验收", "物资的验收负责", 5, false},
		{"甲乙丙丁戊己庚辛壬癸", "甲乙丙丁戊己庚辛", 8, false},
		{"abcd", "abxcd", 4, false},
	} {
		a, b := letters(c.a), letters(c.b)
		var m matcher
		m.set(a)
		if got := m.matching(a, b); got != c.matching && c.a != c.b {
			t.Errorf("%s and %s: %d letters match, want %d", c.a, c.b, got, c.matching)
		}
		if got := m.alike(b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

// TestAlikeIsExact: the quick answers are those of the slow way.
func TestAlikeIsExact(t *testing.T) {
	var slow func(a, b []rune) int
	slow = func(a, b []rune) int {
		at, bt, size := 0, 0, 0
		for i := range a {
			for j := range b {
				n := 0
				for i+n < len(a) && j+n < len(b) && a[i+n] == b[j+n] {
					n++
				}
				if n > size {
					at, bt, size = i, j, n
				}
			}
		}
		if size == 0 {
			return 0
		}
		return slow(a[:at], b[:bt]) + size + slow(a[at+size:], b[bt+size:])
	}
	var m matcher
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]rune("仓库盘点"))
		a := rapid.SliceOfN(letter, 0, 40).Draw(t, "a")
		b := slices.Clone(a)
		for range rapid.IntRange(0, 6).Draw(t, "changes") {
			if len(b) == 0 {
				break
			}
			at := rapid.IntRange(0, len(b)-1).Draw(t, "at")
			b = slices.Replace(b, at, at+rapid.IntRange(0, 1).Draw(t, "taken"), rapid.SliceOfN(letter, 0, 2).Draw(t, "put")...)
		}
		want := len(a)+len(b) == 0 || 2*float64(slow(a, b))/float64(len(a)+len(b)) >= 0.9
		m.set(a)
		if got := m.alike(b); got != want {
			t.Fatalf("%s and %s: %v", string(a), string(b), got)
		}
	})
}
