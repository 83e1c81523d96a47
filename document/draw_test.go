package document

import (
	"strings"

	"pgregory.net/rapid"
)

// drawText draws a short text of characters of every width.
func drawText(t *rapid.T, label string) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{
		"验", "收", "习", "货", "，", ",", ".", "1", "、", " ", "\u00a0", "\n", "\t", "é", "\u200b", "😀", "a",
	}), 0, 14).Draw(t, label), "")
}

// cuts are the places where text may be cut, its end among them.
func cuts(text string) []int {
	var out []int
	for i := range text {
		out = append(out, i)
	}
	return append(out, len(text))
}

// drawSpan draws a span of text, possibly empty.
func drawSpan(t *rapid.T, text, label string) Span {
	at := cuts(text)
	a := rapid.IntRange(0, len(at)-1).Draw(t, label+" start")
	b := rapid.IntRange(a, len(at)-1).Draw(t, label+" end")
	return Span{at[a], at[b]}
}

// drawLedger draws a valid ledger over text: insertions, deletions and
// replacements, apart or meeting, by the rule or rules of its name.
func drawLedger(t *rapid.T, text, rule string) []Edit {
	var out []Edit
	at := 0
	for range rapid.IntRange(0, 6).Draw(t, rule+" edits") {
		rest := text[at:]
		s := drawSpan(t, rest, rule)
		if rapid.Bool().Draw(t, rule+" near") { // meets the one before, and is short
			s = Span{0, firstRunes(rest, rapid.IntRange(0, 2).Draw(t, rule+" runes"))}
		}
		s = Span{at + s.Start, at + s.End}
		if n := len(out); n > 0 && out[n-1].Span == s {
			continue
		}
		after := rapid.SampledFrom([]string{"", "", "，", "x", "替换"}).Draw(t, rule+" after")
		if after == s.Of(text) {
			continue
		}
		out = append(out, Edit{Rule: rule, Span: s, Before: s.Of(text), After: after, Confidence: 0.5, Evidence: Evidence{Basis: rule}})
		at = s.End
	}
	return out
}

// firstRunes is the length of the first n runes of text.
func firstRunes(text string, n int) int {
	at := cuts(text)
	return at[min(n, len(at)-1)]
}
