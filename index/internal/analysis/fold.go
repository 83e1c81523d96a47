package analysis

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

//go:generate go run ./gen -o fold_table.go

// The unified ideographs, where nearly all characters of a text lie.
const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// folding is the table in the form that is looked up.
type folding struct {
	han   [lastHan - firstHan + 1]rune // 0: the character itself
	other map[rune]rune
}

var foldingTable = sync.OnceValue(func() *folding {
	f := &folding{other: make(map[rune]rune, 1024)}
	from := rune(-1)
	for _, r := range simplified {
		switch {
		case from < 0:
			from = r
			continue
		case from >= firstHan && from <= lastHan:
			f.han[from-firstHan] = r
		default:
			f.other[from] = r
		}
		from = -1
	}
	return f
})

func (f *folding) fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r |= 0x20
		}
		return r
	case r >= firstHan && r <= lastHan:
		if s := f.han[r-firstHan]; s != 0 {
			return s
		}
		return r
	case r == 0x3000:
		return ' '
	case r >= 0xFF01 && r <= 0xFF5E:
		return f.fold(r - 0xFEE0)
	}
	if s, ok := f.other[r]; ok {
		return s
	}
	return unicode.ToLower(r)
}

// Fold makes forms equal that a person who searches takes for equal: full
// width becomes ASCII, upper case lower, traditional simplified. One character
// becomes one character, so that the n-th of the result is the n-th of text;
// a broken byte becomes U+FFFD. Folding twice changes nothing more. Linear; a
// text that folds to itself is returned as it is.
func Fold(text string) string {
	f := foldingTable()
	for i, r := range text {
		if r != utf8.RuneError && f.fold(r) == r {
			continue
		}
		var b strings.Builder
		b.Grow(len(text))
		b.WriteString(text[:i])
		for _, r := range text[i:] {
			b.WriteRune(f.fold(r))
		}
		return b.String()
	}
	return text
}
