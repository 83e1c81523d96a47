package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/hanzi"
)

func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r |= 0x20
		}
		return r
	case r >= 0x3400 && r <= 0x9FFF, r >= 0x20000:
		return hanzi.Simplified(r)
	case r == 0x3000:
		return ' '
	case r >= 0xFF01 && r <= 0xFF5E:
		return fold(r - 0xFEE0)
	}
	if s := hanzi.Simplified(r); s != r {
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
	for i, r := range text {
		if r != utf8.RuneError && fold(r) == r {
			continue
		}
		var b strings.Builder
		b.Grow(len(text))
		b.WriteString(text[:i])
		for _, r := range text[i:] {
			b.WriteRune(fold(r))
		}
		return b.String()
	}
	return text
}
