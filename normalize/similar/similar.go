// Package similar knows which characters are taken for one another: by their
// shape, as programs that read scans do, and by their sound, as people do who
// type by pronunciation.
//
// Shapes come from four tables: neighbours and groups that people made, equal
// four-corner codes with like strokes, and codes that differ in one corner
// where the strokes agree at one end (续 and 绩). Sounds are the syllables of
// package pinyin without their tones.
package similar

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:generate go run ./gen -data data -o table.go

// Kind is how two characters are alike.
type Kind uint8

// The kinds, from the surest to the least sure.
const (
	Same  Kind = iota // equal four-corner codes and nearly the same strokes
	Shape             // neighbours in a table
	Part              // the same component and the same outline
	Sound             // the same syllable
)

// Character is one that may have been meant.
type Character struct {
	Rune rune
	Kind Kind
}

// index is the table in the form that is looked up.
type index struct {
	shapes    map[rune]string // those of kind Same, Shape and Part, each behind a space
	syllables map[rune]string // its syllables, parted by spaces
	sounds    map[string]string
}

var table = sync.OnceValue(func() *index {
	x := &index{shapes: map[rune]string{}, syllables: map[rune]string{}, sounds: map[string]string{}}
	for line := range strings.SplitSeq(shapes, "\n") {
		r, n := utf8.DecodeRuneInString(line)
		x.shapes[r] = line[n:]
	}
	for line := range strings.SplitSeq(sounds, "\n") {
		syllable, chars, _ := strings.Cut(line, " ")
		x.sounds[syllable] = chars
		for _, r := range chars {
			if before := x.syllables[r]; before != "" {
				syllable = before + " " + syllable
			}
			x.syllables[r] = syllable
			syllable, _, _ = strings.Cut(line, " ")
		}
	}
	return x
})

// variants are pairs of a variant form, which the tables lack, and the usual one:
// programs that read scans take the one for the other.
const variants = "襃褒値值徧遍囘回羣群峯峰敎教淸清靑青戶户甁瓶旣既卽即槪概硏研姸妍鎭镇顚颠尙尚稅税悅悦脫脱銳锐說说"

// usual is the usual form of a variant, and r itself of others.
func usual(r rune) rune {
	if i := strings.IndexRune(variants, r); i >= 0 && i/utf8.RuneLen(r)%2 == 0 {
		form, _ := utf8.DecodeRuneInString(variants[i+utf8.RuneLen(r):])
		return form
	}
	return r
}

// Syllables lists the syllables of r without their tones, ü as v, parted by
// spaces; "" for characters outside the tables.
func Syllables(r rune) string { return table().syllables[usual(r)] }

// Sounding lists the characters that have a syllable.
func Sounding(syllable string) string { return table().sounds[syllable] }

// SoundsLike reports whether two characters have a syllable in common.
func SoundsLike(a, b rune) bool {
	others := Syllables(b)
	for s := range strings.FieldsSeq(Syllables(a)) {
		for o := range strings.FieldsSeq(others) {
			if s == o {
				return true
			}
		}
	}
	return false
}

// known are the answers of Of so far.
var known sync.Map

// Of lists the characters that r may have been put for, r itself not among them,
// in order, each once with the surest kind. Characters outside the tables, which
// hold those of GB 2312, have none. The list is shared and must stay as it is.
func Of(r rune) []Character {
	if list, ok := known.Load(r); ok {
		return list.([]Character)
	}
	list := find(r)
	known.Store(r, list)
	return list
}

func find(r rune) []Character {
	x := table()
	kinds := map[rune]Kind{}
	add := func(c rune, k Kind) {
		if have, ok := kinds[c]; c != r && (!ok || k < have) {
			kinds[c] = k
		}
	}
	form := usual(r)
	add(form, Same)
	for kind, list := range strings.Split(x.shapes[form], " ") {
		for _, c := range list {
			add(c, Kind(kind))
		}
	}
	for syllable := range strings.FieldsSeq(x.syllables[form]) {
		for _, c := range x.sounds[syllable] {
			add(c, Sound)
		}
	}
	list := make([]Character, 0, len(kinds))
	for _, c := range slices.Sorted(maps.Keys(kinds)) {
		list = append(list, Character{c, kinds[c]})
	}
	return list
}
