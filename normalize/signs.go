package normalize

import "unicode/utf8"

// signs are what stands in a text, a bit for each sort: one look at every byte
// tells which rules are worth asking.
type signs uint32

const (
	breakSign   signs = 1 << iota // a line end or a tab
	spaceSign                     // a space of any width
	dotSign                       // an ASCII full stop
	markSign                      // another ASCII mark that may become full-width
	doubledSign                   // two pausing marks in a row
	pauseSign                     // one
	pairSign                      // an ASCII bracket or quotation mark

	entitySign    // an ampersand
	privateSign   // a private-use character
	hiddenSign    // a character that shows nothing
	readingSign   // a bracket that may hold a reading
	tokenSign     // minTokens lines or sentences that may end with a token
	gapSign       // spaces that may stand between Han characters
	insertedSign  // a mark right behind 的
	rewrittenSign // 旳
	pageSign      // 第
	verticalSign  // lines of one character
)

// byteSigns are the signs of ASCII characters. Other characters are told by
// the byte they begin with, and a closer look.
var byteSigns = func() (t [256]signs) {
	t['\n'], t['\t'], t[' '], t['.'] = breakSign, breakSign|spaceSign, spaceSign, dotSign
	for _, c := range ",;:?!" {
		t[c] = markSign
	}
	for _, c := range "()[]\"" {
		t[c] = pairSign
	}
	t['&'] = entitySign
	t[','] |= pauseSign
	t[';'] |= pauseSign
	for c := range utf8.RuneSelf {
		if hidden(rune(c)) {
			t[c] |= hiddenSign
		}
	}
	t[0xc2], t[0xe3], t[0xef] = spaceSign, spaceSign|pauseSign, pauseSign
	return t
}()

func signsOf(text string) signs {
	var all signs
	pause := -1 // where a pausing mark ended
	for i := 0; i < len(text); i++ {
		s := byteSigns[text[i]]
		if s == 0 {
			continue
		}
		end := i + 1
		if text[i] >= 0x80 {
			if s, end = wideSigns(text, i); s == 0 {
				continue
			}
		}
		if s&pauseSign != 0 {
			if i == pause {
				all |= doubledSign
			}
			pause = end
		}
		all |= s
	}
	return all
}

// wideSigns are the signs of the character at i, which is none of ASCII, and
// where it ends.
func wideSigns(text string, i int) (signs, int) {
	if text[i] == 0xc2 {
		if i+1 < len(text) && text[i+1] == 0xa0 {
			return spaceSign, i + 2
		}
		return 0, i
	}
	if i+3 > len(text) {
		return 0, i
	}
	switch text[i : i+3] {
	case "\u3000":
		return spaceSign, i + 3
	case "、", "。", "，", "；":
		return pauseSign, i + 3
	}
	return 0, i
}
