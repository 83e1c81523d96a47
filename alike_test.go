package zhize_test

import (
	"slices"
	"testing"
)

// letters are the digits, Latin letters and Han characters of a text.
func letters(s string) []rune {
	var out []rune
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0x3400 && r <= 0x9fff {
			out = append(out, r)
		}
	}
	return out
}

// alikeAt is how alike two items are at least: nine letters of ten.
const alikeAt = 0.9

func alike(a, b []rune) bool {
	if slices.Equal(a, b) {
		return true
	}
	if len(a) == 0 || len(b) == 0 || float64(min(len(a), len(b)))/float64(max(len(a), len(b))) < 0.8 {
		return false
	}
	count := map[rune]int{}
	for _, r := range a {
		count[r]++
	}
	common := 0
	for _, r := range b {
		if count[r] > 0 {
			count[r]--
			common++
		}
	}
	total := float64(len(a) + len(b))
	return 2*float64(common)/total >= alikeAt && 2*float64(matching(a, b))/total >= alikeAt
}

// matching is the number of letters in the matching blocks of a and b: the
// longest common run, and what matches before and behind it.
func matching(a, b []rune) int {
	bestA, bestB, size := 0, 0, 0
	ends := make([]int, len(b)+1) // length of the common run that ends at b[j-1]
	for i := range a {
		before := 0
		for j := range b {
			length := 0
			if a[i] == b[j] {
				length = before + 1
			}
			before, ends[j+1] = ends[j+1], length
			if length > size {
				bestA, bestB, size = i+1-length, j+1-length, length
			}
		}
	}
	if size == 0 {
		return 0
	}
	return matching(a[:bestA], b[:bestB]) + size + matching(a[bestA+size:], b[bestB+size:])
}

// align pairs items of the answer with found ones: in reading order within
// forty items first, then anywhere. Each found item serves once; -1 for none.
func align(gold, found []goldItem) []int {
	pairs := make([]int, len(gold))
	used := make([]bool, len(found))
	at := 0
	pair := func(g, from, to int) bool {
		pairs[g] = -1
		for f := from; f < to; f++ {
			if !used[f] && alike(gold[g].letters, found[f].letters) {
				pairs[g], used[f] = f, true
				return true
			}
		}
		return false
	}
	for g := range gold {
		if pair(g, at, min(at+40, len(found))) {
			at = pairs[g] + 1
		}
	}
	for g := range gold {
		if pairs[g] < 0 {
			pair(g, 0, len(found))
		}
	}
	return pairs
}

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
		if got := matching(a, b); got != c.matching && c.a != c.b {
			t.Errorf("%s and %s: %d letters match, want %d", c.a, c.b, got, c.matching)
		}
		if got := alike(a, b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
