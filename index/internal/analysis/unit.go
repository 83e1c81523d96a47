package analysis

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unit is the smallest thing that a phrase is made of: a run of ASCII letters
// and digits, or one other letter, digit or symbol. Offsets are bytes of the
// folded text.
type unit struct {
	start, end int
	apart      bool // space or punctuation stands before it
	free       bool // of a phrase: either may be
}

// alnum reports whether b is an ASCII letter or digit, in folded text.
func alnum(b byte) bool { return 'a' <= b && b <= 'z' || '0' <= b && b <= '9' }

// says reports whether r is part of what a text says: letters, digits, marks
// on letters, and symbols as in C++, C#, R&D, 5%.
func says(r rune) bool {
	if says, known := plain(r); known {
		return says
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) ||
		unicode.IsSymbol(r) && r != utf8.RuneError || strings.ContainsRune("#&%@", r)
}

// plain says of nearly all characters of Chinese texts at once whether they say
// something; what it does not know is looked up in tables.
func plain(r rune) (says, known bool) {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF:
		return true, true
	case r == '，', r == ',', r == '。', r == '、', r == '；', r == ';', r == '：', r == ':', r == '（', r == '(', r == '）', r == ')', r == ' ':
		return false, true
	}
	return false, false
}

// units calls f for each unit of a folded text in order until f returns false.
func units(folded string, f func(unit) bool) {
	apart := false
	for i := 0; i < len(folded); {
		if alnum(folded[i]) {
			j := i + 1
			for j < len(folded) && alnum(folded[j]) {
				j++
			}
			if !f(unit{start: i, end: j, apart: apart}) {
				return
			}
			i, apart = j, false
			continue
		}
		r, n := utf8.DecodeRuneInString(folded[i:])
		if !says(r) {
			apart = true
		} else {
			if !f(unit{start: i, end: i + n, apart: apart}) {
				return
			}
			apart = false
		}
		i += n
	}
}

// maxUnit is how many bytes of a unit its gram keeps: longer runs of ASCII
// letters are addresses and keys, not words, and the phrase is compared with
// the text itself in the end.
const maxUnit = 32

func (u unit) of(folded string) string { return folded[u.start:min(u.end, u.start+maxUnit)] }

// Grams calls f for every pair of neighbouring units of a folded text, and for
// every unit that space, punctuation or the end of the text follows alone. So
// every unit begins one gram, and a text that holds two units side by side has
// their pair: what a phrase looks for first.
func Grams(folded string, f func(gram string)) {
	last := unit{start: -1}
	flush := func() {
		if last.start >= 0 {
			f(last.of(folded))
		}
	}
	units(folded, func(u unit) bool {
		switch {
		case last.start < 0 || u.apart:
			flush()
		case last.end-last.start <= maxUnit && u.end-u.start <= maxUnit:
			f(folded[last.start:u.end])
		default:
			f(last.of(folded) + u.of(folded))
		}
		last = u
		return true
	})
	flush()
}

// TitleTerms calls f for every term of a folded title: its grams, the whole of
// it, and the pairs that it ends with, at its end and before a mark or a space.
func TitleTerms(folded string, f func(term string)) {
	Grams(folded, f)
	f(Whole(folded))
	var before, last unit
	ends := func() {
		if last.end > 0 && before.end > 0 && !last.apart {
			f(endMark + before.of(folded) + last.of(folded))
		}
	}
	units(folded, func(u unit) bool {
		if u.apart {
			ends()
		}
		before, last = last, u
		return true
	})
	ends()
}

// No gram begins with these.
const (
	wholeMark = "\x00"
	endMark   = "\x01"
)

// Whole is the term of a title that says nothing but a folded text, whatever
// space or punctuation parts it.
func Whole(folded string) string {
	b := append(make([]byte, 0, len(folded)+1), wholeMark...)
	units(folded, func(u unit) bool {
		b = append(b, folded[u.start:u.end]...)
		return true
	})
	return string(b)
}
