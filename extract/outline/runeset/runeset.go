// Package runeset holds small sets of characters that texts are searched for
// and trimmed of. Unlike the cut sets of package strings they pass over Han
// characters, of which most texts here consist, without comparing them.
package runeset

import (
	"strings"
	"unicode/utf8"
)

// Set is a set of characters. The zero Set is empty.
type Set struct {
	ascii [2]uint64
	wide  string // the others
	han   bool   // a Han character is among them
}

// The range of the commonest Han characters; in UTF-8 they have three bytes,
// the first from hanLead to lastHanLead.
const (
	firstHan, lastHan = 0x4000, 0x9fff

	hanLead, lastHanLead = 0xe4, 0xe9
)

// Of is the set of the characters of chars.
func Of(chars string) Set {
	var s Set
	for _, r := range chars {
		if r < utf8.RuneSelf {
			s.ascii[r>>6] |= 1 << (r & 63)
			continue
		}
		s.wide += string(r)
		s.han = s.han || firstHan <= r && r <= lastHan
	}
	return s
}

// Has reports whether r is in the set.
func (s *Set) Has(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return s.ascii[r>>6]&(1<<(r&63)) != 0
	}
	if !s.han && firstHan <= r && r <= lastHan {
		return false
	}
	return strings.ContainsRune(s.wide, r)
}

// Index is the offset of the first character of text that is in the set, -1
// where there is none.
func (s *Set) Index(text string) int {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if s.ascii[c>>6]&(1<<(c&63)) != 0 {
				return i
			}
			i++
			continue
		}
		if !s.han && hanLead <= c && c <= lastHanLead {
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if s.Has(r) {
			return i
		}
		i += n
	}
	return -1
}

// In reports whether a character of text is in the set.
func (s *Set) In(text string) bool { return s.Index(text) >= 0 }

// LastIndex is the offset of the last character of text that is in the set,
// -1 where there is none.
func (s *Set) LastIndex(text string) int {
	for end := len(text); end > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:end])
		end -= n
		if s.Has(r) {
			return end
		}
	}
	return -1
}

// TrimLeft is text without the characters of the set at its start.
func (s *Set) TrimLeft(text string) string {
	for text != "" {
		r, n := utf8.DecodeRuneInString(text)
		if !s.Has(r) {
			break
		}
		text = text[n:]
	}
	return text
}

// TrimRight is text without the characters of the set at its end.
func (s *Set) TrimRight(text string) string {
	for text != "" {
		r, n := utf8.DecodeLastRuneInString(text)
		if !s.Has(r) {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}

// Trim is text without the characters of the set at both ends.
func (s *Set) Trim(text string) string { return s.TrimRight(s.TrimLeft(text)) }
