package marker

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
)

// maxOrdinal is the largest number that is taken for an enumerator: lists of
// real pages stay below 100, and three digits are more often a quantity.
const maxOrdinal = 199

// Scan appends the candidates of one line of text to dst, in order of place.
// Overlapping candidates are other readings of the same characters. One pass,
// no allocation but dst's growth.
func Scan(dst []Candidate, text string, line document.Span) []Candidate {
	s := scanner{text: text, line: line, dst: dst}
	left, space := LineStart, false
	for i := line.Start; i < line.End; {
		r, n := utf8.DecodeRuneInString(text[i:line.End])
		if unicode.IsSpace(r) {
			space = true
			i += n
			continue
		}
		at := left
		if space && at > AfterSpace {
			at = AfterSpace
		}
		known := len(s.dst)
		end := s.at(i, r, n, at)
		if end <= i {
			end = i + n
		}
		left, space = leftOf(text[line.Start:end]), false
		if len(s.dst) > known && end == s.dst[len(s.dst)-1].Body {
			left = s.behindMarker(end)
		}
		i = end
	}
	return s.dst
}

// behindMarker is how a place right behind a marker counts: "1、(1)" opens a
// list inside an item, "1、2、" hardly does.
func (s *scanner) behindMarker(p int) Left {
	if r, _ := s.rune(p); digitOf(r) >= 0 {
		return AfterComma
	}
	return AfterColon
}

type scanner struct {
	text string
	line document.Span
	dst  []Candidate
}

// at looks for markers that begin with r at i, and returns where the scan may
// go on, or i.
func (s *scanner) at(i int, r rune, n int, left Left) int {
	switch {
	case digitOf(r) >= 0:
		return s.digits(i, left)
	case r == '(' || r == '（' || r == '〔':
		s.paren(i, n, left)
	case r == '第' && left <= AfterComma:
		s.clause(i, n, left)
	case r == '职' && left <= AfterSpace:
		s.duty(i, left)
	case r >= '①' && r <= '⑳':
		s.single(i, n, Circled, int(r-'①')+1, left)
	case r >= '❶' && r <= '❿':
		s.single(i, n, Circled, int(r-'❶')+1, left)
	case r >= '⑴' && r <= '⒇':
		s.single(i, n, Paren, int(r-'⑴')+1, left)
	case r >= '⒈' && r <= '⒛':
		s.single(i, n, Arabic, int(r-'⒈')+1, left)
	case r >= '㈠' && r <= '㈩':
		s.single(i, n, ChineseParen, int(r-'㈠')+1, left)
	case chineseDigit(r) > 0 && left <= AfterSpace:
		s.chinese(i, left)
	case left <= AfterSpace && isASCIILetter(r):
		s.letter(i, n, r, left)
	case left == LineStart && (strings.ContainsRune(bullets, r) || isPrivate(r)), strings.ContainsRune(inlineBullets, r):
		return s.bullet(i, n, left)
	}
	return i
}

// bullets are the marks that stand before an unnumbered item at the start of
// a line.
const bullets = "-–—·•●○◆◇■□▪▫★☆※*✅✔☑❌❤▶►➢✓‣⁃．"

// inlineBullets stand before an item also inside a line.
const inlineBullets = "•●◆■✅"

// isPrivate reports the private-use characters as which word processors'
// symbol fonts arrive.
func isPrivate(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

func (s *scanner) add(c Candidate) {
	c.strength = strengthOf(c)
	s.dst = append(s.dst, c)
}

// behind returns where text begins behind a marker that ends at p, and
// whether the line holds none.
func (s *scanner) behind(p int) (int, bool) {
	for p < s.line.End {
		r, n := utf8.DecodeRuneInString(s.text[p:s.line.End])
		if !unicode.IsSpace(r) {
			return p, false
		}
		p += n
	}
	return p, true
}

func (s *scanner) rune(p int) (rune, int) {
	if p >= s.line.End {
		return 0, 0
	}
	return utf8.DecodeRuneInString(s.text[p:s.line.End])
}

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

// separators are the marks that part a number from its item, with the form
// they count as.
var separators = [...]struct{ mark, form rune }{
	{'、', '、'}, {'.', '.'}, {'．', '.'}, {'。', '。'}, {'，', ','}, {',', ','}, {'：', ':'}, {':', ':'},
	{')', ')'}, {'）', ')'}, {'〉', '〉'}, {'>', '〉'}, {'､', '、'}, {'﹑', '、'},
}

func separator(r rune) rune {
	for _, s := range separators {
		if s.mark == r {
			return s.form
		}
	}
	return 0
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
	s.arabic(p, p, end2, units, AfterSpace)
	return c.Body, true
}

// arabic adds the reading of number (at start, its digits end at end) as a
// marker, if a separator or fitting text follows; it returns the place behind
// the marker or 0.
func (s *scanner) arabic(start, first, end, value int, left Left) int {
	p, gap := end, false
	for {
		r, n := s.rune(p)
		if n == 0 || r == '\t' || !unicode.IsSpace(r) {
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
	case form == 0 || form == '。':
		if r == '\t' && left == LineStart {
			c.Form = '\t'
		} else if isMeasure(r) || !isHan(r) || left > AfterStop {
			return 0
		} else if gap {
			c.Form = ' '
		}
		c.Span = document.Span{Start: start, End: end}
	default:
		if gap && form != '、' && form != '.' && form != ')' {
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
			switch form {
			case '、', ')':
			case '.':
				if left > AfterStop {
					return 0
				}
			default:
				return 0
			}
		}
		if form == ')' {
			c.Style = HalfParen
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
	if left != LineStart || digits > 2 || value == 0 {
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
	case form != 0:
		p += n
	case isMeasure(r) || r == '-' || r == '~' || r == '—' || r == '～' || r == '/' || r == '+':
		return
	case !unicode.IsSpace(r) && !isHan(r):
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
	for n := 1; n <= 2 && n < digits; n++ {
		start := end - n
		value, _, _ := s.number(start)
		if value >= 1 && s.text[start] != '0' {
			s.arabic(start, start, end, value, AfterDigit)
		}
	}
}

func (s *scanner) paren(i, n int, left Left) {
	p, gap := s.behind(i + n)
	if gap {
		return
	}
	style, spaced := Paren, false
	value, digits, end := s.number(p)
	if digits == 1 && value > 0 {
		if q, gap := s.behind(end); !gap && q > end {
			if units, n, end2 := s.number(q); n == 1 {
				value, end, spaced = value*10+units, end2, true
			}
		}
	}
	if digits == 0 {
		style = ChineseParen
		value, end = s.chineseNumber(p)
	}
	if value < 1 || value > 99 {
		return
	}
	digitsEnd := end
	end, gap = s.behind(end)
	r, n := s.rune(end)
	if gap || r != ')' && r != '）' && r != '〕' {
		return
	}
	c := Candidate{Style: style, Ordinal: value, Form: ')', Left: left, Spaced: spaced}
	c.Span = document.Span{Start: i, End: end + n}
	if r, n := s.rune(c.Span.End); separator(r) == '、' || separator(r) == '.' {
		c.Span.End += n
	}
	c.Number = document.Span{Start: p, End: digitsEnd}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// clauseWords are what 第N may count.
var clauseWords = [...]string{"条", "章", "节", "部分"}

func clauseWord(text string) string {
	for _, w := range clauseWords {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}

func (s *scanner) clause(i, n int, left Left) {
	p := i + n
	value, digits, end := s.number(p)
	if digits == 0 {
		value, end = s.chineseNumber(p)
	}
	word := clauseWord(s.text[end:s.line.End])
	if value < 1 || value > 199 || word == "" {
		return
	}
	form, _ := utf8.DecodeRuneInString(word)
	c := Candidate{Style: Clause, Ordinal: value, Form: form, Left: left, Number: document.Span{Start: p, End: end}}
	c.Span = document.Span{Start: i, End: end + len(word)}
	if r, n := s.rune(c.Span.End); separator(r) != 0 {
		c.Span.End += n
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// duty reads 职责一 of table forms.
func (s *scanner) duty(i int, left Left) {
	const word = "职责"
	if !strings.HasPrefix(s.text[i:s.line.End], word) {
		return
	}
	p := i + len(word)
	value, digits, end := s.number(p)
	if digits == 0 {
		value, end = s.chineseNumber(p)
	}
	if value < 1 || value > 30 {
		return
	}
	r, n := s.rune(end)
	form := separator(r)
	if form == 0 && n > 0 && !unicode.IsSpace(r) {
		return
	}
	c := Candidate{Style: Duty, Ordinal: value, Form: form, Left: left, Number: document.Span{Start: p, End: end}}
	c.Span = document.Span{Start: i, End: end}
	if form != 0 {
		c.Span.End += n
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// chinese reads 一、 十二. 三, and 四： at a place where a sentence may begin.
func (s *scanner) chinese(i int, left Left) {
	value, end := s.chineseNumber(i)
	if value < 1 || value > 60 {
		return
	}
	p, alone := s.behind(end)
	r, n := s.rune(p)
	form := separator(r)
	if alone || form == 0 || form == '。' || form == ')' || form == '〉' {
		return
	}
	if p > end && form != '、' && form != '.' {
		return
	}
	c := Candidate{Style: Chinese, Ordinal: value, Form: form, Left: left}
	c.Span = document.Span{Start: i, End: p + n}
	c.Number = document.Span{Start: i, End: end}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// letter reads a) b) and A. B、
func (s *scanner) letter(i, n int, r rune, left Left) {
	sep, sn := s.rune(i + n)
	form := separator(sep)
	if form != ')' && form != '、' && form != '.' {
		return
	}
	next, _ := s.rune(i + n + sn)
	if form == '.' && (isASCIILetter(next) || digitOf(next) >= 0) {
		return
	}
	c := Candidate{Style: Letter, Ordinal: int(unicode.ToLower(r)-'a') + 1, Form: form, Left: left}
	c.Span = document.Span{Start: i, End: i + n + sn}
	c.Number = document.Span{Start: i, End: i + n}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

func (s *scanner) single(i, n int, style Style, value int, left Left) {
	c := Candidate{Style: style, Ordinal: value, Left: left}
	c.Span = document.Span{Start: i, End: i + n}
	c.Number = c.Span
	if r, n := s.rune(c.Span.End); separator(r) == '、' || separator(r) == '.' {
		c.Span.End += n
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

func (s *scanner) bullet(i, n int, left Left) int {
	r, _ := s.rune(i + n)
	if r == 0xFE0F { // emoji presentation
		n += utf8.RuneLen(r)
		r, _ = s.rune(i + n)
	}
	first, _ := s.rune(i)
	if first == '-' || first == '–' || first == '—' || first == '*' || first == '．' || first == '·' {
		// Also a sign, a dash or the middle of a name: wants a space or Han behind it.
		if r != 0 && !unicode.IsSpace(r) && !isHan(r) {
			return i
		}
	}
	c := Candidate{Style: Bullet, Form: first, Left: left}
	c.Span = document.Span{Start: i, End: i + n}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
	return i
}

// chineseNumber reads 一 … 九十九 at p; value 0 where there is none.
func (s *scanner) chineseNumber(p int) (value, end int) {
	var tens, units, count int
	end = p
	for count < 4 {
		r, n := s.rune(end)
		d := chineseDigit(r)
		if n == 0 || d == 0 {
			break
		}
		if d == 10 {
			if tens > 0 {
				break
			}
			tens, units = max(units, 1), 0
		} else {
			if units > 0 {
				break
			}
			units = d
		}
		end, count = end+n, count+1
	}
	return tens*10 + units, end
}

func chineseDigit(r rune) int {
	const digits = "一二三四五六七八九十"
	if r < '一' || r > '龥' {
		return 0
	}
	if i := strings.IndexRune(digits, r); i >= 0 {
		return i/len("一") + 1
	}
	return 0
}

func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// measures are the words that make a number before them a quantity.
const measures = "年月日号天周时点分秒个名人位次项条家套台件万千百亿元块级届岁倍种类层间米公里%％℃°度寸克吨辆门册章节页字本份星期批道线代楼栋室版轮以至到班座只双步篇页小多余几"

func isMeasure(r rune) bool { return strings.ContainsRune(measures, r) }

// leftOf classifies what a text ends with.
func leftOf(text string) Left {
	r, n := utf8.DecodeLastRuneInString(text)
	switch {
	case r == '.' || r == '．':
		if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n]); digitOf(before) >= 0 {
			return AfterSymbol // inside a decimal
		}
		return AfterStop
	case strings.ContainsRune("。；;！!？?…”」』】》)）]>|", r):
		return AfterStop
	case r == ':' || r == '：':
		return AfterColon
	case strings.ContainsRune("，,、", r):
		return AfterComma
	case digitOf(r) >= 0:
		return AfterDigit
	case isASCIILetter(r):
		return AfterLatin
	case strings.ContainsRune("-—~～/\\+×*=<≥≤$￥¥#@_&(（", r):
		return AfterSymbol
	}
	return AfterHan
}
