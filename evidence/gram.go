package evidence

import (
	"unicode/utf8"

	"zhize/hanzi"
)

// A gram is two or three neighbouring signs of a text (see [hanzi.Sign]).

// key is a gram, its characters in three times 16 bits, those of a pair in the
// lower two: pairs stand before triples.
type key uint64

func pairOf(a, b rune) key { return key(a)<<16 | key(b) }

// firstTriple parts the keys of pairs and triples.
const firstTriple = key(1) << 32

func tripleOf(a, b, c rune) key { return key(a)<<32 | key(b)<<16 | key(c) }

// text is a key as a string.
func (k key) text() string {
	s := string(rune(k>>16&0xffff)) + string(rune(k&0xffff))
	if k >= firstTriple {
		s = string(rune(k>>32&0xffff)) + s
	}
	return s
}

// keyOf is the key of a string of two or three characters, and whether it is
// one.
func keyOf(s string) (key, bool) {
	var r [4]rune
	n := 0
	for _, c := range s {
		if n == len(r) {
			return 0, false
		}
		r[n] = hanzi.Sign(c)
		n++
	}
	switch n {
	case 2:
		return pairOf(r[0], r[1]), true
	case 3:
		return tripleOf(r[0], r[1], r[2]), true
	}
	return 0, false
}

// shingle is how many Han characters in a row are compared between texts.
const shingle = 4

// leastHan is how many Han characters a text must have to be learnt from: a
// shorter one is a label.
const leastHan = 5

// reader takes texts apart; its slices are used again.
type reader struct {
	signs []rune
	han   []rune
}

// read reads a text, and reports whether it is worth learning from.
func (r *reader) read(text string) bool {
	r.signs, r.han = append(r.signs[:0], hanzi.Stop), r.han[:0]
	for i := 0; i < len(text); {
		c, n := utf8.DecodeRuneInString(text[i:])
		i += n
		s := hanzi.Sign(c)
		if hanzi.IsHan(s) {
			r.han = append(r.han, s)
		} else if s == r.signs[len(r.signs)-1] {
			continue // a run of marks or letters is one
		}
		r.signs = append(r.signs, s)
	}
	if r.signs[len(r.signs)-1] != hanzi.Stop {
		r.signs = append(r.signs, hanzi.Stop)
	}
	return len(r.han) >= leastHan
}

// cluster names the texts that are nearly the same: the two least hashes of the
// text's shingles, which two texts share with nearly the square of the probability
// of their likeness (shingles in common of all, A. Broder 1997). One alone would
// give all texts with one common phrase the same name, where the phrase's hash is
// low.
func (r *reader) cluster() uint16 {
	least, second := ^uint64(0), ^uint64(0)
	for i := 0; i+shingle <= len(r.han); i++ {
		h := uint64(0)
		for _, c := range r.han[i : i+shingle] {
			h = mix(h<<16 | uint64(c)&0xffff ^ h>>48)
		}
		switch {
		case h < least:
			least, second = h, least
		case h > least && h < second:
			second = h
		}
	}
	return uint16(mix(least ^ mix(second)))
}

// mix spreads the bits of x (the finalizer of splitmix64, S. Vigna).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// grams calls f with every pair of Han characters, and every triple of which two
// at least are.
func (r *reader) grams(f func(key)) {
	for i := 1; i < len(r.signs); i++ {
		a, b := r.signs[i-1], r.signs[i]
		if hanzi.IsHan(a) && hanzi.IsHan(b) {
			f(pairOf(a, b))
		}
		if i == 1 {
			continue
		}
		z := r.signs[i-2]
		n := 0
		for _, s := range [...]rune{z, a, b} {
			if hanzi.IsHan(s) {
				n++
			}
		}
		if n >= 2 {
			f(tripleOf(z, a, b))
		}
	}
}
