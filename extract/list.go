package extract

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// list is an open ol or ul.
type list struct {
	ordered    bool
	next, step int
	style      string // one of numberStyles
}

// numberStyles say how an ol counts: what the type attribute or the style
// list-style-type names, and how the number is printed. Types are letters
// whose case matters, styles are words.
var numberStyles = []struct {
	name  string
	print func(int) string
}{
	{"a", lowerAlpha}, {"lower-alpha", lowerAlpha}, {"lower-latin", lowerAlpha},
	{"A", upperAlpha}, {"upper-alpha", upperAlpha}, {"upper-latin", upperAlpha},
	{"i", lowerRoman}, {"lower-roman", lowerRoman},
	{"I", upperRoman}, {"upper-roman", upperRoman},
	{"cjk-ideographic", hanNumber}, {"simp-chinese-informal", hanNumber}, {"trad-chinese-informal", hanNumber},
	{"none", func(int) string { return "" }},
}

// maxOrdinal bounds the numbers of a list; larger ones are mistakes.
const maxOrdinal = 1 << 20

func newList(n *html.Node) list {
	l := list{ordered: n.DataAtom == atom.Ol, next: 1, step: 1}
	if !l.ordered {
		return l
	}
	l.style, _ = attr(n, "type")
	if st := style(n); st != "" {
		for _, s := range numberStyles {
			if len(s.name) > 1 && (strings.Contains(st, ";list-style-type:"+s.name+";") || strings.Contains(st, ";list-style:"+s.name+";")) {
				l.style = s.name
			}
		}
	}
	if _, ok := attr(n, "reversed"); ok {
		l.step, l.next = -1, 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			if c.DataAtom == atom.Li {
				l.next++
			}
		}
	}
	if v, ok := attr(n, "start"); ok {
		l.set(v)
	}
	return l
}

func (l *list) set(v string) {
	if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && -maxOrdinal < n && n < maxOrdinal {
		l.next = n
	}
}

// label is the number of the next item with its mark, "" for none.
func (l *list) label() string {
	n := l.next
	l.next += l.step
	for _, s := range numberStyles {
		if s.name == l.style {
			if n < 1 && s.name != "none" {
				break
			}
			return s.print(n)
		}
	}
	return strconv.Itoa(n) + ". "
}

// item opens li number i: the number of an ol is owed to its first text.
func (w *walker) item(i int) {
	w.number = ""
	if len(w.lists) == 0 || !w.lists[len(w.lists)-1].ordered {
		return
	}
	l := &w.lists[len(w.lists)-1]
	if v, ok := attr(w.t.nodes[i].Node, "value"); ok {
		l.set(v)
	}
	label := l.label()
	if st := style(w.t.nodes[i].Node); strings.Contains(st, ";list-style:none;") || strings.Contains(st, ";list-style-type:none;") {
		return
	}
	if w.reason == "" && !numbered(w.t.lead(i)) {
		w.number = label
	}
}

const (
	leadBytes = 48 // how much of an item's text tells whether it bears a number
	leadSpace = " \t\n\f\r\u00A0\u3000"
)

// lead is the first text of element i.
func (t *tree) lead(i int) string {
	var b strings.Builder
	for k := i + 1; k < int(t.nodes[i].end) && k < i+64 && b.Len() < leadBytes; k++ {
		n := &t.nodes[k]
		if n.Type == html.TextNode {
			s := strings.TrimLeft(n.Data, leadSpace)
			b.WriteString(s[:min(len(s), leadBytes)])
		} else if n.DataAtom == atom.Li {
			break
		}
	}
	return b.String()
}

const (
	hanDigits = "一二三四五六七八九十百零〇两"
	// numberEnds part a number from its text.
	numberEnds = "、.．。,，)）:：】］]"
)

// numbered reports whether a text begins with a number of its own: "1.",
// "（一）", "①", "第二条", "a)".
func numbered(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if 0x2460 <= r && r <= 0x24FF || 0x2776 <= r && r <= 0x2793 || 0x3220 <= r && r <= 0x3229 || 0x2160 <= r && r <= 0x217F {
		return true
	}
	open := strings.ContainsRune("(（[［【", r)
	if open || r == '第' {
		s = s[n:]
	}
	digits := 0
	for digits < len(s) {
		r, n := utf8.DecodeRuneInString(s[digits:])
		if !('0' <= r && r <= '9' || '０' <= r && r <= '９' || strings.ContainsRune(hanDigits, r)) {
			break
		}
		digits += n
	}
	if digits == 0 {
		return len(s) > 1 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') && strings.IndexByte(".)", s[1]) >= 0
	}
	rest := strings.TrimLeft(s[digits:], " ")
	end, n := utf8.DecodeRuneInString(rest)
	if r == '第' {
		return strings.ContainsRune("条章节篇项部", end)
	}
	if !strings.ContainsRune(numberEnds, end) || end == utf8.RuneError {
		return false
	}
	if next := rest[n:]; strings.ContainsRune(".．:：,", end) && next != "" && '0' <= next[0] && next[0] <= '9' {
		return strings.Count(rest, ".") > 0 && !open && digits <= 2 && dotted(rest)
	}
	return true
}

// dotted reports whether the digits behind a number go on as 2.1 or 2.1.3 and
// end before a text: "2.1 负责" is a number, "2.5万元" and "9:30" are not.
func dotted(s string) bool {
	s = strings.TrimLeft(s, ".0123456789")
	r, _ := utf8.DecodeRuneInString(s)
	return r == ' ' || r == '、' || r == '．'
}

func lowerAlpha(n int) string { return strings.ToLower(upperAlpha(n)) }

func upperAlpha(n int) string {
	var s []byte
	for ; n > 0; n = (n - 1) / 26 {
		s = append([]byte{byte('A' + (n-1)%26)}, s...)
	}
	return string(s) + ". "
}

func lowerRoman(n int) string { return strings.ToLower(upperRoman(n)) }

func upperRoman(n int) string {
	if n > 3999 {
		return strconv.Itoa(n) + ". "
	}
	var b strings.Builder
	for _, s := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.sign)
		}
	}
	return b.String() + ". "
}

func hanNumber(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch {
	case n > 99:
		return strconv.Itoa(n) + "、"
	case n >= 20:
		return digits[n/10] + "十" + digits[n%10] + "、"
	case n >= 10:
		return "十" + digits[n%10] + "、"
	}
	return digits[n] + "、"
}
