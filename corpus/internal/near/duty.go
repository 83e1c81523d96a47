package near

import (
	"encoding/binary"
	"slices"
	"strings"

	"zhize/normalize/similar"
)

// The parameters by which duties are compared: pairs and triples of characters,
// in 16 bands of 4, which bring two duties of likeness .7 together in 99 of a
// hundred cases.
const (
	dutyBands  = 16
	dutyRows   = 4
	leastDuty  = 8   // letters; below it a word more or less is most of the text
	mostDuty   = 200 // letters; the longest of real ones
	leastAlike = 0.7
	// mostEdited is the part of the longer duty that may be changed. A clause
	// that was added is more, and says more.
	mostEdited = 0.2
)

// Duty is a duty made ready for comparisons.
type Duty struct {
	letters []rune
	grams   []uint64 // pairs and triples, in order, each once
}

// NewDuty makes a text ready; ok is false for one that is too short or too long
// to be compared, which has no near copies.
func NewDuty(text string) (d Duty, ok bool) {
	if len(text) > 12*mostDuty {
		return d, false // marks alone
	}
	d.letters = letters(nil, text)
	n := len(d.letters)
	if n < leastDuty || n > mostDuty {
		return d, false
	}
	d.grams = make([]uint64, 0, 2*n)
	for i := 1; i < n; i++ {
		pair := uint64(d.letters[i-1])<<21 | uint64(d.letters[i])
		d.grams = append(d.grams, pair)
		if i > 1 {
			d.grams = append(d.grams, uint64(d.letters[i-2])<<42|pair)
		}
	}
	slices.Sort(d.grams)
	d.grams = slices.Compact(d.grams)
	return d, true
}

// Append adds the duty to b as [ReadDuty] reads it, ready to be compared.
func (d *Duty) Append(b []byte) []byte {
	b = append(b, byte(len(d.letters)))
	for _, r := range d.letters {
		b = binary.LittleEndian.AppendUint32(b, uint32(r))
	}
	for _, g := range d.grams {
		b = binary.LittleEndian.AppendUint64(b, g)
	}
	return b
}

// ReadDuty reads all of what Append wrote; what it cannot have written is a duty
// that is like none.
func ReadDuty(b []byte) *Duty {
	d := new(Duty)
	if len(b) == 0 || len(b) < 1+4*int(b[0]) {
		return d
	}
	d.letters = make([]rune, b[0])
	for i := range d.letters {
		d.letters[i] = rune(binary.LittleEndian.Uint32(b[1+4*i:]))
	}
	b = b[1+4*len(d.letters):]
	d.grams = make([]uint64, len(b)/8)
	for i := range d.grams {
		d.grams[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	return d
}

// Bands are the names of the buckets into which a duty of a kind goes.
func (d *Duty) Bands(kind string) []uint64 {
	var row [dutyBands * dutyRows]uint32
	for i := range row {
		row[i] = none
	}
	for _, g := range d.grams {
		x := mix(g)
		for i := range row {
			row[i] = min(row[i], uint32((x*orders[i].a+orders[i].b)>>40))
		}
	}
	salt := uint64(0)
	for _, c := range []byte(kind) {
		salt = mix(salt ^ uint64(c))
	}
	out := bandsOf(row[:], dutyBands)
	for i := range out {
		out[i] ^= salt
	}
	return out
}

// Like is the part of the grams of two duties that both have, and whether one is
// a copy of the other: they have seven in ten of their grams in common, a fifth
// of the letters is changed at most, and what is changed changes neither a
// number nor the sense ([harmless]).
func (d *Duty) Like(o *Duty) (likeness float64, copies bool) {
	small, large := len(d.grams), len(o.grams)
	if small > large {
		small, large = large, small
	}
	if float64(small) < leastAlike*float64(large) {
		return 0, false
	}
	common := 0
	for i, j := 0, 0; i < len(d.grams) && j < len(o.grams); {
		switch {
		case d.grams[i] == o.grams[j]:
			common++
			i++
			j++
		case d.grams[i] < o.grams[j]:
			i++
		default:
			j++
		}
	}
	if large == 0 {
		return 0, false
	}
	likeness = float64(common) / float64(small+large-common)
	if likeness < leastAlike {
		return likeness, false
	}
	if slices.Compare(d.letters, o.letters) > 0 {
		d, o = o, d // of several alignments the same one is taken either way
	}
	edited := 0
	for _, c := range changes(d.letters, o.letters) {
		if !harmless(c) {
			return likeness, false
		}
		edited += max(len(c.a), len(c.b))
	}
	return likeness, float64(edited) <= mostEdited*float64(max(len(d.letters), len(o.letters)))
}

// change is a stretch in which two texts differ.
type change struct{ a, b []rune }

// changes lists the stretches in which two texts differ, by a longest common
// subsequence. Two stretches with a single character between them are one: 客户
// and 顾客 have a character in common by chance.
func changes(a, b []rune) []change {
	head := 0
	for head < len(a) && head < len(b) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	a, b = a[head:len(a)-tail], b[head:len(b)-tail]
	// longest[i*w+j] is how long the common subsequence of a[i:] and b[j:] is.
	w := len(b) + 1
	longest := make([]uint8, (len(a)+1)*w)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i*w+j] = longest[(i+1)*w+j+1] + 1
			} else {
				longest[i*w+j] = max(longest[(i+1)*w+j], longest[i*w+j+1])
			}
		}
	}
	var out []change
	endA, endB := -2, -2 // of the last change
	for i, j := 0, 0; i < len(a) || j < len(b); {
		if i < len(a) && j < len(b) && a[i] == b[j] {
			i++
			j++
			continue
		}
		fromA, fromB := i, j
		for (i < len(a) || j < len(b)) && (i == len(a) || j == len(b) || a[i] != b[j]) {
			if j == len(b) || i < len(a) && longest[(i+1)*w+j] >= longest[i*w+j+1] {
				i++
			} else {
				j++
			}
		}
		if fromA-endA == 1 && len(out) > 0 {
			c := &out[len(out)-1]
			fromA, fromB = endA-len(c.a), endB-len(c.b)
			out = out[:len(out)-1]
		}
		out = append(out, change{a[fromA:i], b[fromB:j]})
		endA, endB = i, j
	}
	return out
}

// weighty are the characters that are no slip and no word of style wherever they
// are added, left out or changed: numbers; no, not, or, may, must and 优先;
// directions, degrees and the other halves of pairs of opposites; spans of time.
const weighty = "〇零一二两三四五六七八九十百千万亿半双首末单几" +
	"不没无未非勿莫禁免否除拒可须必或优最仅只" +
	"上下内外前后高低大小多少增减升降加长短快慢早晚男女老幼新旧正副进出入买卖收付支借贷甲乙丙主次左右东南西北总分全" +
	"年月季周旬每期"

// light are the characters that stand for one another without a change of sense.
const light = "的地得和与及并且之其该等"

// harmless reports whether a change leaves the sense: characters that are
// mistaken for one another (业续, 业绩), or words of grammar for others of them;
// else words that are added or left out, but none put in the place of others, no
// letter or digit, and none of [weighty].
func harmless(c change) bool {
	for _, side := range [...][]rune{c.a, c.b} {
		for _, r := range side {
			if r < 0x80 || strings.ContainsRune(weighty, r) {
				return false
			}
		}
	}
	if len(c.a) == 0 || len(c.b) == 0 {
		return true
	}
	if isLight(c.a) && isLight(c.b) {
		return true
	}
	if len(c.a) != len(c.b) {
		return false
	}
	for i := range c.a {
		if c.a[i] != c.b[i] && !mistaken(c.a[i], c.b[i]) {
			return false
		}
	}
	return true
}

func isLight(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune(light, r) })
}

// mistaken reports whether one character is taken for the other, by shape or by
// sound.
func mistaken(a, b rune) bool {
	is := func(of, r rune) bool {
		return slices.ContainsFunc(similar.Of(of), func(c similar.Character) bool { return c.Rune == r })
	}
	return is(a, b) || is(b, a)
}
