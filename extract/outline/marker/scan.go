package marker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
)

// MaxCandidates is how many candidates a text may have: a scan stops at one more.
const MaxCandidates = 1 << 20

// Scan appends the candidates of one line of text to dst, in order of place.
// Overlapping candidates are other readings of the same characters. One pass,
// no allocation but dst's growth.
func Scan(dst []Candidate, text string, line document.Span) []Candidate {
	s := scanner{text: text, line: line, dst: dst, chapter: line.Start - maxChapter - 1}
	left, space := LineStart, false
	var weak [len(weakBullets)]int
	from := len(dst)
	for i := line.Start; i < line.End && len(s.dst) <= MaxCandidates; {
		r, n := decode(text, i, line.End)
		c := classOf(r)
		if c&spaceClass != 0 {
			space = true
			i += n
			continue
		}
		if c&opensClass == 0 {
			left, space = c.left(), false
			if left == AfterSymbol && endsLanguage(text[line.Start:i+n]) {
				left = AfterLatin
			}
			i += n
			continue
		}
		at := left
		if space && at > AfterSpace {
			at = AfterSpace
		}
		known := len(s.dst)
		if k := weakBullet(r); k >= 0 && s.weak(i, r, n, at, space) {
			weak[k]++
			left, space = AfterColon, false
			i = s.dst[known].Body
			continue
		}
		switch r {
		case '(', '（':
			s.open++
		case ')', '）':
			s.open = max(s.open-1, 0)
		}
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
	if weak != [len(weakBullets)]int{} {
		s.dropLone(from, &weak)
	}
	return s.dst
}

// endsLanguage reports the name of a programming language at the end of text: C++,
// C#.
func endsLanguage(text string) bool {
	name := strings.TrimRight(text, "+#")
	return len(text)-len(name) <= 2 && strings.HasSuffix(name, "C") && (strings.HasSuffix(text, "++") || strings.HasSuffix(text, "C#"))
}

// weak reads a mark that is a bullet where several of its kind stand in a line
// before Chinese text, and something else alone.
func (s *scanner) weak(i int, r rune, n int, left Left, spaced bool) bool {
	body, alone := s.behind(i + n)
	if next, _ := s.rune(body); alone || !isHan(next) {
		return false
	}
	parted := body > i+n
	form := r
	switch r {
	case '-', '–', '－':
		form = '-'
		if !parted || left == LineStart || spaced && left > AfterSpace || left > AfterHan {
			return false
		}
	case '·':
		if left == LineStart || left > AfterSpace {
			return false
		}
	case '*':
		if left == LineStart || left > AfterSpace && !parted {
			return false
		}
	case 'Ø', 'l':
		if before, _ := utf8.DecodeLastRuneInString(s.text[s.line.Start:i]); !parted || r == 'l' && body < i+n+2 || before < utf8.RuneSelf && unicode.IsLetter(before) {
			return false
		}
	case '★':
		if left == LineStart {
			return false
		}
	case '?':
		before, _ := utf8.DecodeLastRuneInString(s.text[s.line.Start:i])
		if strings.ContainsRune(askingMarks, before) {
			return false
		}
		s.listed = s.listed || !parted || left <= AfterColon
	}
	s.add(Candidate{Style: Bullet, Form: form, Left: left, Span: document.Span{Start: i, End: i + n}, Body: body})
	return true
}

// dropLone takes back the weak bullets of which a line has too few, and question
// marks all of which may end questions.
func (s *scanner) dropLone(from int, found *[len(weakBullets)]int) {
	for _, c := range s.dst[from:] {
		if k := weakBullet(c.Form); k >= 0 && c.Style == Bullet && c.Left == LineStart && isBullet(c.Form) {
			found[k]++
		}
	}
	kept := slices.DeleteFunc(s.dst[from:], func(c Candidate) bool {
		k := weakBullet(c.Form)
		few := k >= 0 && (found[k] < weakBullets[k].least || c.Form == '?' && !s.listed)
		return few && c.Style == Bullet && (c.Left != LineStart || !isBullet(c.Form))
	})
	s.dst = s.dst[:from+len(kept)]
}

// decode reads the character at i of a text that ends at end. It is
// utf8.DecodeRuneInString with a short way for Han characters.
func decode(text string, i, end int) (rune, int) {
	b := text[i]
	if b < utf8.RuneSelf {
		return rune(b), 1
	}
	if b > 0xe0 && b < 0xed && i+2 < end && text[i+1]&0xc0 == 0x80 && text[i+2]&0xc0 == 0x80 {
		return rune(b&0x0f)<<12 | rune(text[i+1]&0x3f)<<6 | rune(text[i+2]&0x3f), 3
	}
	return utf8.DecodeRuneInString(text[i:end])
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
	open int // brackets that are open where the scan stands

	chapter int  // where the last chapter's marker ended
	listed  bool // a question mark stands where no question ends: it and the others of the line are bullets
}

// maxChapter is how far behind a chapter's marker, in bytes, its first clause
// may stand without a mark before it: "第一章 总则第一条 …".
const maxChapter = 20 * len("则")

// at looks for markers that begin with r at i, and returns where the scan may
// go on, or i.
func (s *scanner) at(i int, r rune, n int, left Left) int {
	switch {
	case digitOf(r) >= 0:
		return s.digits(i, left)
	case r == '(' || r == '（' || r == '〔':
		s.paren(i, n, left)
	case r == '第' && left <= AfterHan:
		s.clause(i, n, left)
	case r == '表' && left == LineStart:
		s.sheet(i, n)
	case (r == '职' || r == '权') && left <= AfterHan:
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
	case chineseDigit(r) > 0 && left <= AfterHan:
		s.chinese(i, left)
	case left <= AfterSpace && isASCIILetter(r):
		s.letter(i, n, r, left)
	case left == LineStart && isBullet(r), strings.ContainsRune(inlineBullets, r):
		return s.bullet(i, n, left)
	}
	return i
}

func (s *scanner) add(c Candidate) {
	if r, n := s.rune(c.Body); c.Body > c.Span.End && (r == '、' || r == '，') && c.Style != Bullet {
		c.Span.End = c.Body + n // "1. 、"
		c.Body, c.Alone = s.behind(c.Span.End)
	}
	c.strength = strengthOf(&c)
	s.dst = append(s.dst, c)
}

// behind returns where text begins behind a marker that ends at p, and
// whether the line holds none.
func (s *scanner) behind(p int) (int, bool) {
	for p < s.line.End {
		r, n := decode(s.text, p, s.line.End)
		if !isSpace(r) {
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
	return decode(s.text, p, s.line.End)
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
	c := Candidate{Style: style, Ordinal: value, Form: ')', Left: left, Spaced: spaced, Wide: s.text[i] != '('}
	c.Span = document.Span{Start: i, End: end + n}
	if r, n := s.rune(c.Span.End); separator(r) == '、' || separator(r) == '.' {
		c.Span.End += n
	}
	c.Number = document.Span{Start: p, End: digitsEnd}
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
	if style == Arabic {
		c.Form = '.' // ⒈ holds its full stop
	}
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
		if r != 0 && !isSpace(r) && !isHan(r) {
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
