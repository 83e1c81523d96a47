package noise

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"
)

func number(n int) string { return strconv.Itoa(n) }

// hasDecimal are items whose label is a number and a separator.
func hasDecimal(l *sheet.Line) bool {
	return isNumbered(l) && decimal(l.Label) && separator(l.Label) != ""
}

// mixedSeparators writes some labels of a list with another separator.
func mixedSeparators(s *sheet.Sheet, r *rand.Rand) bool {
	if !s.Labelled() {
		return false
	}
	return some(s, r, 1+r.IntN(4), hasDecimal, func(l *sheet.Line) bool {
		other := [...]string{"、", ".", ",", "．"}
		sep := strings.TrimSpace(separator(l.Label))
		put := other[r.IntN(len(other))]
		if put == sep || startsWithDigit(l.Text.Clean) {
			return false
		}
		l.Label = number(l.Number) + put
		return true
	})
}

// brokenNumber parts the digits of numbers above ten; tens stay whole.
func brokenNumber(s *sheet.Sheet, _ *rand.Rand) bool {
	made := false
	if !s.Labelled() {
		return false
	}
	lines(s, hasDecimal, func(l *sheet.Line) bool {
		if l.Number > 10 && l.Number < 100 && l.Number%10 != 0 {
			l.Label = number(l.Number/10) + " " + number(l.Number%10) + separator(l.Label)
			made = true
		}
		return true
	})
	return made
}

// numberAlone leaves some numbers alone on their line.
func numberAlone(s *sheet.Sheet, r *rand.Rand) bool {
	if s.Layout > sheet.Unclosed {
		return false
	}
	return some(s, r, 1+r.IntN(3), hasDecimal, func(l *sheet.Line) bool {
		if startsWithDigit(l.Text.Clean) {
			return false
		}
		l.Label = strings.TrimRight(l.Label, " ") + "\n"
		return true
	})
}

// doubledNumber says the numbers of some items twice.
func doubledNumber(s *sheet.Sheet, r *rand.Rand) bool {
	if !s.Labelled() {
		return false
	}
	return some(s, r, 1+r.IntN(3), hasDecimal, func(l *sheet.Line) bool {
		if strings.ContainsAny(l.Label, " \n") {
			return false
		}
		l.Label += l.Label
		return true
	})
}

// numberGap puts a blank between numbers and separators.
func numberGap(s *sheet.Sheet, _ *rand.Rand) bool {
	made := false
	if !s.Labelled() {
		return false
	}
	lines(s, hasDecimal, func(l *sheet.Line) bool {
		if n := number(l.Number); strings.HasPrefix(l.Label, n) {
			l.Label = n + " " + l.Label[len(n):]
			made = true
		}
		return true
	})
	return made
}

// nbsp stands behind labels, where editors put it.
func nbsp(s *sheet.Sheet, r *rand.Rand) bool {
	made := false
	put := [...]string{"\u00a0", "\u00a0\u00a0"}[r.IntN(2)]
	lines(s, func(l *sheet.Line) bool { return l.Label != "" && l.Role != sheet.Notice }, func(l *sheet.Line) bool {
		if !strings.HasSuffix(l.Label, "\n") {
			l.Label = strings.TrimRight(l.Label, " ") + put
			made = true
		}
		return true
	})
	return made
}

// privateBullet shows bullets, or the marks of heads, as characters of a
// private font.
func privateBullet(s *sheet.Sheet, r *rand.Rand) bool {
	mark := [...]string{"\uf06c ", "\uf0d8 ", "\uf0b7"}[r.IntN(3)]
	made := false
	if s.Layout > sheet.Unclosed {
		return false
	}
	lines(s, isItem, func(l *sheet.Line) bool {
		if l.Number == 0 {
			l.Label = mark
			made = true
		}
		return true
	})
	if made {
		return true
	}
	lines(s, func(l *sheet.Line) bool { return l.Role == sheet.SectionHead && l.Label == "" }, func(l *sheet.Line) bool {
		l.Label = mark
		made = true
		return true
	})
	return made
}

// halfWidth shows punctuation half width.
func halfWidth(s *sheet.Sheet, _ *rand.Rand) bool {
	s.Half = true
	return true
}

// gluedNumber puts the first number of lists directly behind their heads.
func gluedNumber(s *sheet.Sheet, _ *rand.Rand) bool {
	if !s.Flows() {
		return false
	}
	made := false
	for i := 1; i < len(s.Lines); i++ {
		head, l := &s.Lines[i-1], &s.Lines[i]
		if (head.Role != sheet.PositionHead && head.Role != sheet.SectionHead) || !hasDecimal(l) || !head.Plain {
			continue
		}
		bare := strings.TrimSuffix(head.Text.Clean, "：")
		if last, _ := utf8.DecodeLastRuneInString(bare); !sheet.Han(last) || len(head.Text.Faults()) > 0 {
			continue
		}
		head.Text.Clean = bare
		l.Glued = true
		made = true
	}
	return made
}

// gluedLatin glues a number to Latin letters that end the item before.
func gluedLatin(s *sheet.Sheet, _ *rand.Rand) bool {
	if !s.Flows() {
		return false
	}
	made := false
	for i := 1; i < len(s.Lines); i++ {
		before, l := &s.Lines[i-1], &s.Lines[i]
		if !isNumbered(before) || !hasDecimal(l) || before.Section != l.Section || before.Position != l.Position {
			continue
		}
		text := before.Text.Clean
		if _, at := endMark(text); at > 0 {
			text = text[:at]
		}
		last := text[len(text)-1]
		if last < 'A' || last > 'z' || len(before.Text.Faults()) > 0 || strings.HasSuffix(l.Label, "\n") {
			continue
		}
		before.Text.Clean = text
		l.Glued = true
		made = true
	}
	return made
}

// gluable reports lines that show where they begin when the line end before
// them is gone.
func gluable(s *sheet.Sheet, i int) bool {
	if i == 0 {
		return false
	}
	before, l := &s.Lines[i-1], &s.Lines[i]
	if l.Role.Site() || before.Role.Site() && before.Role != sheet.Introduction || before.Text.Clean == "" {
		return false
	}
	last := before.Text.Clean[len(before.Text.Clean)-1]
	if n := len(before.Text.Faults()); n > 0 {
		if f := before.Text.Faults()[n-1]; f.At+f.Len == len(before.Text.Clean) && f.Put != "" {
			last = f.Put[len(f.Put)-1]
		}
	}
	ascii := last < utf8.RuneSelf // two numbers or words would become one
	unended := before.Role == sheet.Item && endless(before)
	switch l.Role {
	case sheet.Item, sheet.Child:
		return l.Number > 0 && l.Label != "" && !ascii && (separator(l.Label) != "" || !unended)
	case sheet.PositionHead, sheet.SectionHead:
		if first := (l.Label + l.Text.Clean)[0]; ascii && first < utf8.RuneSelf || unended {
			return false
		}
		if before.Role == sheet.PositionHead && l.Label == "" && !strings.HasSuffix(before.Text.Clean, "：") {
			return false // 岗位职责职责描述： would be one head
		}
		return l.Plain && strings.HasSuffix(l.Text.Clean, "：")
	}
	return false
}

// endless reports a line without an end mark: a head behind it would run into
// its sentence.
func endless(l *sheet.Line) bool {
	_, at := endMark(l.Text.Clean)
	return at < 0
}

// glue takes line ends away with the given chance.
func glue(s *sheet.Sheet, share func(*sheet.Line) float64, r *rand.Rand) bool {
	if !s.Flows() {
		return false
	}
	made := 0
	for i := range s.Lines {
		l := &s.Lines[i]
		if !l.Glued && gluable(s, i) && r.Float64() < share(l) {
			l.Glued = true
			made++
		}
	}
	return made > 0
}

// gluedParagraph takes all line ends of the body away.
func gluedParagraph(s *sheet.Sheet, r *rand.Rand) bool {
	return glue(s, func(*sheet.Line) float64 { return 1 }, r)
}

// gluedLines takes some away, of heads more often than of items, as on the
// page that has both.
func gluedLines(s *sheet.Sheet, r *rand.Rand) bool {
	return glue(s, func(l *sheet.Line) float64 {
		if l.Role == sheet.PositionHead {
			return 0.5
		}
		return 0.25
	}, r)
}
