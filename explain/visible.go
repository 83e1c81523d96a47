package explain

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"
)

// Plain makes text from a page, a file name or a query safe to show: control
// characters become their pictures, and marks that reorder the line become
// U+FFFD.
func Plain(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r < 0x20:
			return 0x2400 + r
		case r == 0x7f:
			return 0x2421
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r):
			return unicode.ReplacementChar
		}
		return r
	}, s)
}

// Visible shows an edit's text so that space in it can be seen, and names
// characters that have no width by their code point.
func Visible(s string) string {
	columns := runewidth.Condition{StrictEmojiNeutral: true}
	var b strings.Builder
	for _, r := range s {
		if r > 0x7f && columns.RuneWidth(r) == 0 {
			fmt.Fprintf(&b, "<%04X>", r)
			continue
		}
		b.WriteRune(r)
	}
	return Plain(strings.NewReplacer("\r\n", "⏎", "\n", "⏎", "\t", "⇥", " ", "␣", "\u00a0", "␣", "\u3000", "␣").Replace(b.String()))
}
