package evaluate

import "slices"

// letters are the digits, Latin letters and Han characters of a text: what is
// compared of items, since marks and spaces differ for good reasons.
func letters(s string) []rune {
	var out []rune
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= firstHan && r <= lastHan {
			out = append(out, r)
		}
	}
	return out
}

// Han characters of the basic plane, with extension A.
const (
	firstHan = '\u3400'
	lastHan  = '\u9fff'
)

const (
	// likeness is how alike the letters of two items are at least, measured as
	// twice the letters that match over the letters of both.
	likeness = 0.9
	// shorter is how long the shorter of two texts is at least, measured by the
	// longer: a quick no, since likeness alone needs 0.9/1.1 = 0.82.
	shorter = 0.8
	// near is how many found items the next item of the answer is looked for
	// in, before it is looked for anywhere.
	near = 40
)

// matcher compares one text with many. The zero value is ready.
type matcher struct {
	text  []rune
	count [lastHan + 1]int32 // of each letter of text
	ends  []int              // of matching
}

// set makes text the one that is compared.
func (m *matcher) set(text []rune) {
	for _, r := range m.text {
		m.count[r] = 0
	}
	m.text = text
	for _, r := range text {
		m.count[r]++
	}
}

// alike reports whether b says the same as the text: that nine letters of ten
// stand in matching blocks. What is cheap is asked first, and most texts differ
// in their first letters.
func (m *matcher) alike(b []rune) bool {
	a := m.text
	if slices.Equal(a, b) {
		return true
	}
	if len(a) == 0 || len(b) == 0 || float64(min(len(a), len(b)))/float64(max(len(a), len(b))) < shorter {
		return false
	}
	total := len(a) + len(b)
	return likely(m.common(b), total) && likely(m.matching(a, b), total)
}

// likely reports whether n letters that match make texts of total letters alike.
func likely(n, total int) bool { return 2*float64(n)/float64(total) >= likeness }

// common is how many letters of b the text has too, in any order. It stops
// where too few can be left.
func (m *matcher) common(b []rune) int {
	n, seen := 0, 0
	for _, r := range b {
		if m.count[r] > 0 {
			n++
		}
		m.count[r]--
		seen++
		if !likely(n+len(b)-seen, len(m.text)+len(b)) {
			break
		}
	}
	for _, r := range b[:seen] {
		m.count[r]++
	}
	return n
}

// matching is the number of letters in the matching blocks of a and b: the
// longest common run, and what matches before and behind it (Ratcliff and
// Obershelp; of runs of one length the first of a, then of b). It stops where
// too few can be left.
func (m *matcher) matching(a, b []rune) int {
	type pair struct{ a, b []rune }
	most := func(p pair) int { return min(len(p.a), len(p.b)) }
	todo := []pair{{a, b}}
	possible := most(todo[0]) // letters that match, and that may match in what is to do
	for len(todo) > 0 && likely(possible, len(a)+len(b)) {
		p := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		possible -= most(p)
		atA, atB, size := m.longest(p.a, p.b)
		if size == 0 {
			continue
		}
		before, behind := pair{p.a[:atA], p.b[:atB]}, pair{p.a[atA+size:], p.b[atB+size:]}
		possible += most(before) + size + most(behind)
		todo = append(todo, before, behind)
	}
	return possible
}

// longest finds the longest run of letters that a and b have in common.
func (m *matcher) longest(a, b []rune) (atA, atB, size int) {
	if len(a) == 0 || len(b) == 0 {
		return 0, 0, 0
	}
	m.ends = slices.Grow(m.ends[:0], len(b)+1)[:len(b)+1] // length of the common run that ends before b[j]
	clear(m.ends)
	for i := range a {
		before := 0
		for j := range b {
			length := 0
			if a[i] == b[j] {
				length = before + 1
			}
			before, m.ends[j+1] = m.ends[j+1], length
			if length > size {
				atA, atB, size = i+1-length, j+1-length, length
			}
		}
	}
	return atA, atB, size
}

// align pairs texts of an answer with found ones: in reading order among the
// next few first, then anywhere. Each found text serves once. It gives for each
// text of the answer the index of its partner, -1 for none.
func align(gold, found [][]rune) []int {
	var m matcher
	pairs := make([]int, len(gold))
	used := make([]bool, len(found))
	pair := func(g, from, to int) bool {
		pairs[g] = -1
		m.set(gold[g])
		for f := from; f < to; f++ {
			if !used[f] && m.alike(found[f]) {
				pairs[g], used[f] = f, true
				return true
			}
		}
		return false
	}
	at := 0
	for g := range gold {
		if pair(g, at, min(at+near, len(found))) {
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
