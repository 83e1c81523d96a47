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
	first, last byteSet  // the bytes with which the characters begin and end
	wide        []string // the characters that are not ASCII
	han         bool     // a Han character is among them
}

// The range of the commonest Han characters; in UTF-8 they have three bytes,
// the first from hanLead to lastHanLead.
const (
	firstHan, lastHan = 0x4000, 0x9fff

	hanLead, lastHanLead = 0xe4, 0xe9
)

type byteSet [4]uint64

func (s *byteSet) add(c byte) { s[c>>6] |= 1 << (c & 63) }

func (s *byteSet) has(c byte) bool { return s[c>>6]&(1<<(c&63)) != 0 }

// Of is the set of the characters of chars.
func Of(chars string) Set {
	var s Set
	for i, r := range chars {
		w := chars[i : i+utf8.RuneLen(r)]
		s.first.add(w[0])
		s.last.add(w[len(w)-1])
		if r >= utf8.RuneSelf {
			s.wide = append(s.wide, w)
			s.han = s.han || firstHan <= r && r <= lastHan
		}
	}
	return s
}

// Has reports whether r is in the set.
func (s *Set) Has(r rune) bool {
	if uint32(r) < utf8.RuneSelf {
		return s.first.has(byte(r))
	}
	if !s.han && firstHan <= r && r <= lastHan {
		return false
	}
	var buf [utf8.UTFMax]byte
	w := buf[:utf8.EncodeRune(buf[:], r)]
	for _, c := range s.wide {
		if string(w) == c {
			return true
		}
	}
	return false
}

// prefix is the length of the character of the set with which text, which is
// not empty, begins; 0 for none.
func (s *Set) prefix(text string) int {
	c := text[0]
	if !s.first.has(c) {
		return 0
	}
	if c < utf8.RuneSelf {
		return 1
	}
	for _, w := range s.wide {
		if strings.HasPrefix(text, w) {
			return len(w)
		}
	}
	return 0
}

// suffix is the length of the character of the set with which text, which is
// not empty, ends; 0 for none.
func (s *Set) suffix(text string) int {
	c := text[len(text)-1]
	if !s.last.has(c) {
		return 0
	}
	if c < utf8.RuneSelf {
		return 1
	}
	lead := len(text) - 2
	for lead > 0 && lead > len(text)-utf8.UTFMax && !utf8.RuneStart(text[lead]) {
		lead--
	}
	if lead < 0 || !s.first.has(text[lead]) {
		return 0
	}
	for _, w := range s.wide {
		if strings.HasSuffix(text, w) {
			return len(w)
		}
	}
	return 0
}

// Index is the offset of the first character of text that is in the set, -1
// where there is none.
func (s *Set) Index(text string) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if !s.han && hanLead <= c && c <= lastHanLead {
			i += 2
			continue
		}
		if !s.first.has(c) {
			continue
		}
		if c < utf8.RuneSelf {
			return i
		}
		if n := width(c); i+n <= len(text) && !s.last.has(text[i+n-1]) {
			continue
		}
		if s.prefix(text[i:]) > 0 {
			return i
		}
	}
	return -1
}

// width is the length of the character that begins with the byte c, which is not
// ASCII.
func width(c byte) int {
	switch {
	case c < 0xe0:
		return 2
	case c < 0xf0:
		return 3
	}
	return 4
}

// In reports whether a character of text is in the set.
func (s *Set) In(text string) bool { return s.Index(text) >= 0 }

// LastIndex is the offset of the last character of text that is in the set,
// -1 where there is none.
func (s *Set) LastIndex(text string) int {
	for end := len(text); end > 0; end-- {
		if n := s.suffix(text[:end]); n > 0 {
			return end - n
		}
	}
	return -1
}

// TrimLeft is text without the characters of the set at its start.
func (s *Set) TrimLeft(text string) string {
	for text != "" {
		n := s.prefix(text)
		if n == 0 {
			break
		}
		text = text[n:]
	}
	return text
}

// TrimRight is text without the characters of the set at its end.
func (s *Set) TrimRight(text string) string {
	for text != "" {
		n := s.suffix(text)
		if n == 0 {
			break
		}
		text = text[:len(text)-n]
	}
	return text
}

// Trim is text without the characters of the set at both ends.
func (s *Set) Trim(text string) string { return s.TrimRight(s.TrimLeft(text)) }
