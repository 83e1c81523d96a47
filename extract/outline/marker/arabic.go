package marker

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// maxOrdinal is the largest number that is taken for an enumerator: lists of
// real pages stay below 100, and three digits are more often a quantity.
const maxOrdinal = 199

// number reads up to four digits at p.
func (s *scanner) number(p int) (value, digits, end int) {
	for digits < 5 {
		r, n := s.rune(p)
		d := digitOf(r)
		if n == 0 || d < 0 {
			break
		}
		value, digits, p = value*10+d, digits+1, p+n
	}
	return value, digits, p
}

// digits reads the number at i and the readings it allows.
func (s *scanner) digits(i int, left Left) int {
	value, digits, end := s.number(i)
	if digits > 4 || left == AfterSymbol {
		return s.longNumber(i, end)
	}
	if digits == 1 {
		if next, ok := s.spaced(i, value, end, left); ok {
			return next
		}
	}
	s.decimal(i, value, digits, end, left)
	if digits <= 3 && value >= 1 && value <= maxOrdinal && (s.text[i] != '0' || left == LineStart) {
		if next := s.arabic(i, i, end, value, left); next > 0 {
			if left >= AfterHan {
				s.tails(i, digits, end)
			}
			return next
		}
	}
	s.tails(i, digits, end)
	return end
}

// longNumber steps over all digits of a number that can be no marker.
func (s *scanner) longNumber(i, end int) int {
	for {
		r, n := s.rune(end)
		if n == 0 || digitOf(r) < 0 {
			return end
		}
		end += n
	}
}

// spaced reads "1 1、", a two-digit number that was torn apart.
func (s *scanner) spaced(i, tens, end int, left Left) (int, bool) {
	p, gap := end, 0
	for {
		r, n := s.rune(p)
		if n == 0 || r != ' ' && r != '\u00a0' && r != '\u3000' {
			break
		}
		p, gap = p+n, gap+1
	}
	if gap == 0 || gap > 2 || tens == 0 {
		return 0, false
	}
	units, digits, end2 := s.number(p)
	if digits != 1 {
		return 0, false
	}
	r, n := s.rune(end2)
	form := separator(r)
	if form != '、' && form != '.' && form != ',' && form != ')' {
		return 0, false
	}
	if next, _ := s.rune(end2 + n); digitOf(next) >= 0 {
		return 0, false
	}
	c := Candidate{Style: Arabic, Ordinal: tens*10 + units, Form: form, Left: left, Spaced: true}
	if form == ')' {
		c.Style = HalfParen
	}
	c.Span = document.Span{Start: i, End: end2 + n}
	c.Number = document.Span{Start: i, End: end2}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
	// The other reading: the first digit ends the text before, the second is
	// the marker.
	if units > 0 {
		s.arabic(p, p, end2, units, AfterSpace)
	}
	return c.Body, true
}

// arabic adds the reading of number (at start, its digits end at end) as a
// marker, if a separator or fitting text follows; it returns the place behind
// the marker or 0.
func (s *scanner) arabic(start, first, end, value int, left Left) int {
	p, gap := end, false
	for {
		r, n := s.rune(p)
		if n == 0 || r == '\t' || !isSpace(r) {
			break
		}
		p, gap = p+n, true
	}
	r, n := s.rune(p)
	form := separator(r)
	c := Candidate{Style: Arabic, Ordinal: value, Left: left, Number: document.Span{Start: first, End: end}}
	switch {
	case n == 0:
		// A number alone on its line is a marker only for the sequence to say.
		if left != LineStart || start != first {
			return 0
		}
		c.Span, c.Form = document.Span{Start: start, End: end}, 0
	case form == 0 || form == '。' && left > AfterStop:
		if r == '\t' && left == LineStart {
			c.Form = '\t'
		} else if measured(s.text[p:s.line.End]) || !isHan(r) {
			return 0
		} else if left > AfterStop {
			if left > AfterHan || value != 1 || !s.behindHead(start) && !s.behindLabel(start) || !s.bareTwo(end) {
				return 0
			}
			c.Left, c.Form = LineStart, bareForm
		} else if gap {
			c.Form = ' '
		}
		c.Span = document.Span{Start: start, End: end}
	default:
		if gap && form != '、' && form != '.' && form != ')' && (form != ',' || left != LineStart) {
			return 0
		}
		next, n2 := s.rune(p + n)
		after := p + n
		if f2 := separator(next); f2 != 0 && f2 != '〉' && f2 != form || form == '、' && f2 == '、' {
			after += n2 // "1.、"
			next, _ = s.rune(after)
		}
		if digitOf(next) >= 0 {
			c.Figure = true
			if left == AfterHan && value == 1 && s.behindHead(start) {
				left, c.Left = AfterColon, AfterColon // 任职要求1、2年以上经验
			}
			switch form {
			case '、', ')':
			case '.':
				if left > AfterColon && !s.years(p+n) || s.pay(p+n) {
					return 0
				}
			default:
				return 0
			}
		}
		if form == ')' {
			if s.open > 0 {
				return 0 // it closes a bracket: （9:00-17:30）
			}
			c.Style = HalfParen
		}
		if form == '。' {
			form = '.' // "3。" is "3." with its mark widened
		}
		c.Form, c.Span = form, document.Span{Start: start, End: after}
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	if next, _ := s.rune(c.Body); !isHan(next) {
		// HTML5、CSS3、ES6 and Spring Boot 2.x
		c.Figure = c.Figure || left == AfterLatin || left == AfterDigit || left > AfterStop && form == '.' && 'a' <= next && next <= 'z'
	}
	s.doubled(&c)
	s.add(c)
	return c.Body
}

// bareForm is the form of a number without a separator behind a heading:
// 岗位职责1负责….
const bareForm = '#'

// bareTwo reports that the list of a bare 1 goes on: a 2 behind a stop or at a
// line's start, and text behind it.
func (s *scanner) bareTwo(p int) bool {
	const reach = 600
	for end := min(len(s.text), p+reach); p < end; p++ {
		if s.text[p] != '2' {
			continue
		}
		before := strings.TrimRight(s.text[:p], " \t")
		if r, _ := utf8.DecodeLastRuneInString(before); !strings.ContainsRune("。；;\n", r) {
			continue
		}
		text := strings.TrimLeft(s.text[p+1:end], " \t")
		r, _ := utf8.DecodeRuneInString(text)
		return isHan(r) && !measured(text)
	}
	return false
}

// years reports a number of years at p, which a separator parts from a marker
// before it (熟悉工单系统2.3年以上经验): one digit, and not the half of two and a half.
func (s *scanner) years(p int) bool {
	d, n := s.rune(p)
	r, _ := s.rune(p + n)
	return digitOf(d) > 0 && digitOf(d) != 5 && r == '年'
}

// pay reports the rest of a range of pay at p: "8-2.5万" of 1.8-2.5万/月.
func (s *scanner) pay(p int) bool {
	dash := false
	for {
		r, n := s.rune(p)
		switch {
		case n == 0:
			return false
		case digitOf(r) >= 0 || r == '.':
		case (r == '-' || r == '~' || r == '—' || r == '－') && !dash:
			dash = true
		default:
			return dash && strings.ContainsRune("万千亿元kKwW", r)
		}
		p += n
	}
}

// doubled takes in further copies of the marker: "2、2、" and "1. 1、".
func (s *scanner) doubled(c *Candidate) {
	if c.Form == 0 || c.Form == ' ' || c.Form == '\t' {
		return
	}
	for {
		value, digits, end := s.number(c.Body)
		if digits == 0 || value != c.Ordinal {
			return
		}
		r, n := s.rune(end)
		form := separator(r)
		if form != '、' && form != '.' {
			return
		}
		if next, _ := s.rune(end + n); digitOf(next) >= 0 {
			if v, _, _ := s.number(end + n); v != c.Ordinal {
				return
			}
		}
		c.Span.End = end + n
		c.Doubled = true
		c.Body, c.Alone = s.behind(c.Span.End)
	}
}

// decimal reads "2.1 " and "2.1.3、" at a line's start.
func (s *scanner) decimal(i, value, digits, end int, left Left) {
	if left > AfterStop || digits > 2 || value == 0 {
		return
	}
	parts, p, last := 1, end, 0
	for parts < 4 {
		r, n := s.rune(p)
		if n == 0 || r != '.' && r != '．' {
			break
		}
		v, d, e := s.number(p + n)
		if d == 0 || d > 2 || v == 0 {
			break
		}
		parts, p, last = parts+1, e, v
	}
	if parts == 1 {
		return
	}
	r, n := s.rune(p)
	form := separator(r)
	switch {
	case n == 0, form == ':' || form == ')' || form == ',':
		return
	case left != LineStart && (form != 0 || !isSpace(r)):
		return
	case form != 0:
		p += n
	case isMeasure(r) || r == '-' || r == '~' || r == '—' || r == '～' || r == '/' || r == '+':
		return
	case !isSpace(r) && !isHan(r):
		return
	}
	c := Candidate{Style: Decimal, Ordinal: last, Form: form, Left: left}
	c.Span = document.Span{Start: i, End: p}
	c.Number = document.Span{Start: i, End: p}
	if form != 0 {
		c.Number.End -= n
	}
	c.Body, c.Alone = s.behind(p)
	s.add(c)
}

// tails adds the readings in which the last digits of a longer number are a
// marker that was glued to it: "ES64、" is ES6 and 4、.
func (s *scanner) tails(i, digits, end int) {
	if digits < 2 || s.text[i] >= utf8.RuneSelf {
		return
	}
	for n := min(2, digits-1); n >= 1; n-- {
		start := end - n
		value, _, _ := s.number(start)
		if value >= 1 && s.text[start] != '0' {
			s.arabic(start, start, end, value, AfterDigit)
		}
	}
}
