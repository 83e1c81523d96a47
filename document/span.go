package document

import "cmp"

// Span is a half-open range [Start, End) of bytes of a text, on rune
// boundaries. The zero Span is "nowhere" and is how an absent heading, title
// or marker is written.
type Span struct{ Start, End int }

// Len is the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether s holds no bytes.
func (s Span) Empty() bool { return s.End <= s.Start }

// Contains reports whether o lies inside s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Of is the part of text that s covers. It panics where s is outside text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// Compare orders spans by start, then by end.
func (s Span) Compare(o Span) int {
	if c := cmp.Compare(s.Start, o.Start); c != 0 {
		return c
	}
	return cmp.Compare(s.End, o.End)
}
