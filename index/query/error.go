package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// SyntaxError says what is wrong with a query and where.
type SyntaxError struct {
	Pos int    // byte offset in the query as it was given
	Msg string // what is wrong and what to write instead
}

// Error gives the message and the place.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("query: %s (at byte %d)", e.Msg, e.Pos)
}

// How many bytes of a query are shown around a mistake: with Chinese characters
// a line of 70 columns.
const (
	shownBefore = 72
	shownAfter  = 36
)

// Caret shows the place to a person: the query in one line and below it a
// caret under the character at Pos, without a final line end. Chinese and
// full-width characters count two columns; of a long query the part around the
// place is shown; what has no shape of its own (line
// ends, tabs, control characters, broken bytes) is shown as a blank.
func (e *SyntaxError) Caret(query string) string {
	columns := runewidth.Condition{StrictEmojiNeutral: true}
	show := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) && r != '\u3000' || !unicode.IsPrint(r) && r != '\u3000' || r == unicode.ReplacementChar {
				return ' '
			}
			return r
		}, s)
	}
	at := min(max(e.Pos, 0), len(query))
	for at > 0 && at < len(query) && !utf8.RuneStart(query[at]) {
		at--
	}
	before, after := query[:at], query[at:]
	if cut := len(before) - shownBefore; cut > 0 {
		for cut < len(before) && !utf8.RuneStart(before[cut]) {
			cut++
		}
		before = "…" + before[cut:]
	}
	if cut := shownAfter; cut < len(after) {
		for cut > 0 && !utf8.RuneStart(after[cut]) {
			cut--
		}
		after = after[:cut] + "…"
	}
	before = show(before)
	return before + show(after) + "\n" + strings.Repeat(" ", columns.StringWidth(before)) + "^"
}
