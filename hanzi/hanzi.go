// Package hanzi maps traditional characters to simplified ones, one to one,
// by the character dictionary of OpenCC, and by phrases where one has several
// forms.
package hanzi

import (
	"strings"
	"sync"
	"unicode/utf8"
)

//go:generate go run ./gen -o table.go -phrases phrases.go

// The unified ideographs, where nearly all characters of a text lie.
const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

// mapping is the table in the form that is looked up.
type mapping struct {
	han   [lastHan - firstHan + 1]rune // 0: the character itself
	other map[rune]rune
}

var table = sync.OnceValue(func() *mapping {
	m := &mapping{other: make(map[rune]rune, 1024)}
	from := rune(-1)
	for _, r := range simplified {
		switch {
		case from < 0:
			from = r
			continue
		case from >= firstHan && from <= lastHan:
			m.han[from-firstHan] = r
		default:
			m.other[from] = r
		}
		from = -1
	}
	return m
})

func (m *mapping) simplified(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if r >= firstHan && r <= lastHan {
		if s := m.han[r-firstHan]; s != 0 {
			return s
		}
		return r
	}
	if s, ok := m.other[r]; ok {
		return s
	}
	return r
}

func (m *mapping) sameLength(r rune) rune {
	if s := m.simplified(r); s != r && utf8.RuneLen(s) == utf8.RuneLen(r) {
		return s
	}
	return r
}

// Simplified is the simplified form of r, and r itself where it has none or
// is one. Where a character has several simplified forms it is the commonest.
func Simplified(r rune) rune { return table().simplified(r) }

// IsTraditional reports whether r has a simplified form other than itself.
func IsTraditional(r rune) bool {
	if r >= firstHan && r <= lastHan {
		return traditionalBits[(r-firstHan)>>3]&(1<<(r&7)) != 0
	}
	return r >= 0x3400 && Simplified(r) != r
}

// unified decodes the unified ideograph at i of text, if one stands there.
func unified(text string, i int) (rune, bool) {
	if b := text[i]; b < 0xe4 || b > 0xe9 || i+2 >= len(text) {
		return 0, false
	}
	r := rune(text[i]&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
	return r, r >= firstHan && r <= lastHan && text[i+1]&0xc0 == 0x80 && text[i+2]&0xc0 == 0x80
}

// Align is text with its traditional characters simplified where the
// simplified form has as many bytes, so that every offset of the result is the
// same offset of text. Text without traditional characters comes back as it
// is, without allocation.
func Align(text string) string {
	const least = 0xe3 // no traditional character begins with a smaller byte, nor with 0xef
	for i := 0; i < len(text); {
		if c := text[i]; c < least || c == 0xef {
			i++
			continue
		}
		if r, ok := unified(text, i); ok && !IsTraditional(r) {
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		m := table()
		if m.sameLength(r) == r {
			i += n
			continue
		}
		var b strings.Builder
		b.Grow(len(text))
		b.WriteString(text[:i])
		for _, r := range text[i:] {
			b.WriteRune(m.sameLength(r))
		}
		return b.String()
	}
	return text
}
