package query

import (
	"fmt"
	"strings"
	"unicode"

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

// Caret shows the place to a person: the query in one line and below it a
// caret under the character at Pos, without a final line end. Chinese and
// full-width characters count two columns; what has no shape of its own (line
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
	return show(query) + "\n" + strings.Repeat(" ", columns.StringWidth(show(query[:at]))) + "^"
}
