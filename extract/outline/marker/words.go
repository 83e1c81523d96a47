package marker

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// IsNumeral reports a Chinese digit.
func IsNumeral(r rune) bool { return chineseDigit(r) > 0 }

// ChineseNumber reads 一 … 九十九 at the start of text and returns it with what
// follows; 0 where there is none.
func ChineseNumber(text string) (n int, rest string) {
	s := scanner{text: text}
	s.line.End = len(text)
	n, end := s.chineseNumber(0)
	return n, text[end:]
}

// headTails end the headings to which a list may be glued: X岗位职责一、….
var headTails = [...]string{"职责", "责任", "规范", "说明书", "任务", "要求", "内容", "资格", "条件", "权限", "制度"}

// behindHead reports that what ends at i may be a heading.
func (s *scanner) behindHead(i int) bool {
	if n := len(s.dst); n > 0 && s.dst[n-1].Span.End > i {
		return false // part of 职责一
	}
	before := strings.TrimRight(s.text[s.line.Start:i], "：: ")
	for _, w := range headTails {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// maxLabel is how long, in bytes, the heading of a group may be to which a list is
// glued.
const maxLabel = 10 * len("则")

// behindLabel reports that what ends at i is a counted label and no more:
// 二、体系维护1校准….
func (s *scanner) behindLabel(i int) bool {
	if len(s.dst) == 0 {
		return false
	}
	c := &s.dst[len(s.dst)-1]
	if c.Style != Chinese && c.Style != ChineseParen && c.Style != Chapter && c.Style != SubChapter || c.Body >= i || i-c.Body > maxLabel {
		return false
	}
	for _, r := range s.text[c.Body:i] {
		if !isHan(r) {
			return false
		}
	}
	return true
}

// clauseWords are what 第N may count, and unlike what they begin: 第一条件 is
// no clause.
var clauseWords = [...]struct {
	word   string
	style  Style
	unlike string
}{
	{"条", Clause, "件款目线理例"}, {"章", Chapter, "程"}, {"节", SubChapter, "点目假奏约能省日课"}, {"部分", Chapter, ""},
}

// clauseWord is the row of clauseWords that text begins with, -1 for none.
func clauseWord(text string) int {
	for i, w := range clauseWords {
		if rest, ok := strings.CutPrefix(text, w.word); ok {
			if r, n := utf8.DecodeRuneInString(rest); n > 0 && strings.ContainsRune(w.unlike, r) {
				return -1
			}
			return i
		}
	}
	return -1
}

// citing follow the number of a clause that a sentence names: 按第三条规定.
var citing = [...]string{"规定", "执行", "的", "所", "之", "中", "款", "项", "至", "和", "与", "及", "、"}

// cites reports text that goes on a sentence which names a clause.
func cites(text string) bool {
	for _, w := range citing {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

func (s *scanner) clause(i, n int, left Left) {
	p := i + n
	value, digits, end := s.number(p)
	if digits == 0 {
		value, end = s.chineseNumber(p)
	}
	k := clauseWord(s.text[end:s.line.End])
	if value < 1 || value > 199 || k < 0 {
		return
	}
	w := clauseWords[k]
	headed := left <= AfterComma || i <= s.chapter+maxChapter || s.behindHead(i)
	if !headed && (w.style != Clause || cites(s.text[end+len(w.word):s.line.End])) {
		return
	}
	form, _ := utf8.DecodeRuneInString(w.word)
	c := Candidate{Style: w.style, Ordinal: value, Form: form, Left: left, Figure: !headed, Number: document.Span{Start: p, End: end}}
	c.Span = document.Span{Start: i, End: end + len(w.word)}
	if r, n := s.rune(c.Span.End); separator(r) != 0 {
		c.Span.End += n
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	if w.style != Clause {
		s.chapter = c.Span.End
	}
	s.add(c)
}

// sheet reads 表一： of a job sheet that is made of several tables.
func (s *scanner) sheet(i, n int) {
	p := i + n
	value, digits, end := s.number(p)
	if digits == 0 {
		value, end = s.chineseNumber(p)
	}
	r, n := s.rune(end)
	if value < 1 || value > 30 || separator(r) != ':' {
		return
	}
	c := Candidate{Style: Chapter, Ordinal: value, Form: '表', Number: document.Span{Start: p, End: end}}
	c.Span = document.Span{Start: i, End: end + n}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// duty reads 职责一 and 权限一 of table forms.
func (s *scanner) duty(i int, left Left) {
	const word, power = "职责", "权限"
	if rest := s.text[i:s.line.End]; !strings.HasPrefix(rest, word) && !strings.HasPrefix(rest, power) {
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
	if form == 0 && n > 0 && !isSpace(r) {
		return
	}
	glued := left > AfterSpace && !s.behindHead(i)
	if glued && form != ':' {
		return
	}
	c := Candidate{Style: Duty, Ordinal: value, Form: form, Left: left, Figure: glued, Number: document.Span{Start: p, End: end}}
	c.Span = document.Span{Start: i, End: end}
	if form != 0 {
		c.Span.End += n
	}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}

// countedBy stand before a numeral that is no marker: 周四、五, 第二、三, 十三、四.
const countedBy = "第周期拜初之年月约近每各"

// counts reports a Chinese numeral at i, its mark ending at p, that counts what
// stands around it.
func (s *scanner) counts(i, p int) bool {
	before, _ := utf8.DecodeLastRuneInString(s.text[s.line.Start:i])
	next, _ := s.rune(p)
	return strings.ContainsRune(countedBy, before) || chineseDigit(before) > 0 || before == '十' || chineseDigit(next) > 0 || next == '十' || digitOf(next) >= 0
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
	glued := left > AfterSpace && !(value == 1 && s.behindHead(i))
	if glued && (left != AfterHan || value < 2 || form != '、' || s.counts(i, p+n)) {
		return
	}
	c := Candidate{Style: Chinese, Ordinal: value, Form: form, Left: left, Figure: glued}
	c.Span = document.Span{Start: i, End: p + n}
	c.Number = document.Span{Start: i, End: end}
	c.Body, c.Alone = s.behind(c.Span.End)
	s.add(c)
}
