package normalize

import (
	"strings"
	"unicode/utf8"

	"zhize/hanzi"
)

// survey is what one look at every character of a text tells of it: which
// rules are worth asking, and the counts that they decide by.
type survey struct {
	signs       signs
	han         int // Han characters
	traditional int // those that have another, simplified form
	padding     int // those that copy protection strews
	strange     int // those of them that job descriptions hardly have
	singles     int // lines of one character
}

// surveyOf reads a whole text.
func surveyOf(text string) survey {
	var s survey
	gaps, tokens, segment := 0, 0, 0 // spaces between characters; lines and sentences that may end with a token; where the one in hand begins
	line := 0                        // where the line in hand begins
	ends := func(i, n int) {
		if endsToken(text[segment:i]) {
			tokens++
		}
		segment = i + n
	}
	for i := 0; i < len(text); {
		c := text[i]
		if hanLead <= c && c <= lastHanLead && i+2 < len(text) {
			r := rune(c&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f)
			s.character(r)
			i += 3
			continue
		}
		if c < utf8.RuneSelf {
			s.signs |= byteSigns[c]
			switch c {
			case '(':
				s.reading(text, i+1)
			case '.', '\'':
				s.inserted(text, i)
			case ';':
				ends(i, 1)
			case '\n':
				ends(i, 1)
				s.line(text, line, i)
				line = i + 1
			case ' ':
				if between(text, i, 1) {
					gaps++
				}
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case isHan(r):
			s.character(r)
		case r == '（':
			s.reading(text, i+n)
		case r == '。' || r == '；':
			ends(i, n)
		case isSpace(r):
			if between(text, i, n) {
				gaps++
			}
		case hidden(r):
			s.signs |= hiddenSign
		case isPrivate(r):
			s.signs |= privateSign
		}
		i += n
	}
	ends(len(text), 0)
	s.line(text, line, len(text))
	if s.singles >= minVertical-1 { // the last may be a cell of a row
		s.signs |= verticalSign
	}
	if gaps >= minGaps {
		s.signs |= gapSign
	}
	if tokens >= minTokens {
		s.signs |= tokenSign
	}
	return s
}

// line notes the line [at,end), if it is short.
func (s *survey) line(text string, at, end int) {
	if end-at > maxPageLine || end-at >= 6 && startsHan(text[at:]) && startsHan(text[at+3:]) {
		return // two characters of Chinese begin neither a single one nor a page's number
	}
	if _, single := singleHan(text, at, end); single {
		s.singles++
	} else if end-at <= maxPageLine && s.signs&pageSign == 0 && PageLine(strings.Trim(text[at:end], lineSpaces)) {
		s.signs |= pageSign
	}
}

// startsHan reports one of the commonest Han characters at the start of text.
func startsHan(text string) bool { return hanLead <= text[0] && text[0] <= lastHanLead }

func (s *survey) character(r rune) {
	s.han++
	if hanzi.IsTraditional(r) {
		s.traditional++
	}
	if padding.has(r) {
		s.padding++
		if !familiar.has(r) {
			s.strange++
		}
	}
	switch r {
	case '旳':
		s.signs |= rewrittenSign
	case '第':
		s.signs |= pageSign
	}
}

// reading notes a bracket that may hold a reading, which begins at i.
func (s *survey) reading(text string, i int) {
	if i < len(text) && (text[i] == ' ' || 'a' <= text[i] && text[i] <= 'z' || text[i] >= 0xc2 && text[i] <= 0xc7) {
		s.signs |= readingSign
	}
}

// inserted notes a mark right behind 的.
func (s *survey) inserted(text string, i int) {
	if strings.HasSuffix(text[:i], "的") {
		s.signs |= insertedSign
	}
}

// minGaps is how many spaces part the letters of the shortest spaced word.
const minGaps = 2

// between reports a space of n bytes at i that may stand between two Han
// characters, or behind one and before other spaces.
func between(text string, i, n int) bool {
	if i == 0 || text[i-1] < utf8.RuneSelf || i+n == len(text) {
		return false
	}
	left, _ := utf8.DecodeLastRuneInString(text[:i])
	next := text[i+n]
	return isHan(left) && (next >= utf8.RuneSelf || next == ' ' || next == '\t')
}
