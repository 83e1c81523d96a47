// Package typo says whether one word may have been typed for another: by sound,
// as people do who type pinyin, by shape, or with one character too many, too
// few, wrong or moved.
package typo

import (
	"cmp"
	"slices"

	"zhize/normalize/similar"
)

// The likelihoods of slips, as weights of how often the right word stands in
// the texts. They are ranks rather than measurements: who types Chinese types
// sounds, so that sound is first; shapes come from scans; any other character
// is a guess, which a word must make up for by being far more frequent.
const (
	sound     = 1
	shape     = 0.8
	moved     = 0.7
	oneLetter = 0.5 // of a Latin word
	oneMore   = 0.3 // or one less
	oneOther  = 0.1
)

// The least lengths at which one wrong character leaves enough to tell a word:
// with two Han characters everything that shares one would do.
const (
	leastHan   = 3
	leastLatin = 4
)

// Likely is how likely word stands for what was typed: 0 where it does not or
// is the same, at most 1.
func Likely(typed, word []rune) float64 {
	if d := len(typed) - len(word); d < -1 || d > 1 || slices.Equal(typed, word) || len(typed) == 0 || len(word) == 0 {
		return 0
	}
	latin := isLatin(typed)
	if latin != isLatin(word) {
		return 0
	}
	longer, least := max(len(typed), len(word)), leastHan
	if latin {
		least = leastLatin
	}
	if len(typed) != len(word) {
		if longer < least || !oneExtra(typed, word) {
			return 0
		}
		if latin {
			return oneLetter
		}
		return oneMore
	}
	if swapped(typed, word) && (!latin || longer >= least) {
		return moved
	}
	differ, unlike, weight := 0, 0, 1.0
	for i := range typed {
		if typed[i] == word[i] {
			continue
		}
		differ++
		switch kind, ok := alike(typed[i], word[i]); {
		case !ok:
			unlike++
		case kind != similar.Sound:
			weight *= shape
		}
	}
	switch {
	case unlike == 0 && (weight == sound || differ == 1):
		return weight
	case differ == 1 && longer >= least && latin:
		return oneLetter
	case differ == 1 && longer >= least:
		return oneOther
	}
	return 0
}

// alike says how two different characters are taken for one another. What
// sounds alike is said to, whatever it looks like.
func alike(a, b rune) (similar.Kind, bool) {
	list := similar.Of(a)
	i, ok := slices.BinarySearchFunc(list, b, func(c similar.Character, r rune) int { return cmp.Compare(c.Rune, r) })
	if !ok {
		return 0, false
	}
	if similar.SoundsLike(a, b) {
		return similar.Sound, true
	}
	return list[i].Kind, true
}

func isLatin(word []rune) bool {
	for _, r := range word {
		if r >= 0x80 {
			return false
		}
	}
	return true
}

// oneExtra reports whether the longer word is the shorter with one more.
func oneExtra(a, b []rune) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	return slices.Equal(a[i+1:], b[i:])
}

// swapped reports whether two neighbours stand in the other order.
func swapped(a, b []rune) bool {
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
