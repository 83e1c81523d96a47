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
	var b strings.Builder
	done := 0 // as far as text is in b
	for i, r := range text {
		f := fold(r)
		if f == r && r != utf8.RuneError {
			continue
		}
		if done == 0 {
			b.Grow(len(text))
		}
		b.WriteString(text[done:i])
		b.WriteRune(f)
		_, n := utf8.DecodeRuneInString(text[i:])
		done = i + n
	}
	if done == 0 {
		return text
	}
	b.WriteString(text[done:])
	return b.String()
}
