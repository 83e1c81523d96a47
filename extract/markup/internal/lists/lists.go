// Package lists counts the items of HTML lists as a browser does.
package lists

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/extract/internal/numeral"
	"zhize/extract/markup/internal/elem"
)

// List is an open ol or ul.
type List struct {
	style      *numberStyle // nil: its items bear no numbers
	next, step int
}

// numberStyle is how items are counted.
type numberStyle struct {
	name  string // of the style list-style-type, or of the attribute type where it is one letter
	print func(int) string
	end   string // what follows the number
}

var decimal = numberStyle{"decimal", strconv.Itoa, ". "}

// numberStyles are the ways of counting. Types are letters whose case matters,
// styles are words; a longer name stands before one that it begins with.
// Names with nothing to print have marks and no numbers.
var numberStyles = []numberStyle{
	{"decimal-leading-zero", twoDigits, ". "}, decimal, {"1", strconv.Itoa, ". "},
	{"a", lower(numeral.Letters), ". "}, {"lower-alpha", lower(numeral.Letters), ". "}, {"lower-latin", lower(numeral.Letters), ". "},
	{"A", numeral.Letters, ". "}, {"upper-alpha", numeral.Letters, ". "}, {"upper-latin", numeral.Letters, ". "},
	{"i", lower(numeral.Roman), ". "}, {"lower-roman", lower(numeral.Roman), ". "},
	{"I", numeral.Roman, ". "}, {"upper-roman", numeral.Roman, ". "},
	{"cjk-ideographic", numeral.Chinese.Format, "、"}, {"cjk-decimal", hanDecimal, "、"},
	{"simp-chinese-informal", numeral.Chinese.Format, "、"}, {"trad-chinese-informal", numeral.Chinese.Format, "、"},
	{"simp-chinese-formal", numeral.LegalSimplified.Format, "、"}, {"trad-chinese-formal", numeral.LegalTraditional.Format, "、"},
	{"japanese-informal", numeral.Japanese.Format, "、"},
	{"cjk-heavenly-stem", row("甲乙丙丁戊己庚辛壬癸"), "、"}, {"cjk-earthly-branch", row("子丑寅卯辰巳午未申酉戌亥"), "、"},
	{"none", nil, ""}, {"disc", nil, ""}, {"circle", nil, ""}, {"square", nil, ""},
}

func lower(f func(int) string) func(int) string {
	return func(n int) string { return strings.ToLower(f(n)) }
}

func row(chars string) func(int) string {
	runes := []rune(chars)
	return func(n int) string { return numeral.Series(n, runes) }
}

func twoDigits(n int) string {
	if n >= 0 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func hanDecimal(n int) string { return numeral.Digits(n, []rune("〇一二三四五六七八九")) }

// styleNamed is the style that a type or a list-style names, nil for none that
// is known. A list-style may say more behind the name.
func styleNamed(name string) *numberStyle {
	for i := range numberStyles {
		s := &numberStyles[i]
		if s.name == name || len(s.name) > 1 && strings.HasPrefix(name, s.name) {
			return s
		}
	}
	return nil
}

// maxOrdinal bounds the numbers of a list; larger ones are mistakes.
const maxOrdinal = 1 << 20

// New opens a list; marker is what its style says of its markers.
func New(n *html.Node, marker string) List {
	l := List{next: 1, step: 1}
	if n.DataAtom == atom.Ol {
		l.style = &decimal
	}
	kind, _ := elem.Attr(n, "type")
	for _, name := range []string{kind, marker} {
		if s := styleNamed(name); s != nil {
			l.style = s
		}
	}
	if n.DataAtom != atom.Ol {
		return l
	}
	if _, ok := elem.Attr(n, "reversed"); ok {
		l.step, l.next = -1, ownItems(n)
	}
	if v, ok := elem.Attr(n, "start"); ok {
		l.set(v)
	}
	return l
}

// ownItems counts the items of a list, without those of lists inside it.
func ownItems(root *html.Node) int {
	items := 0
	for n := root.FirstChild; n != nil; {
		list := n.DataAtom == atom.Ol || n.DataAtom == atom.Ul || n.DataAtom == atom.Menu || n.DataAtom == atom.Dir
		if n.DataAtom == atom.Li {
			items++
		}
		if n.FirstChild != nil && !list {
			n = n.FirstChild
			continue
		}
		for n.NextSibling == nil {
			if n = n.Parent; n == root {
				return items
			}
		}
		n = n.NextSibling
	}
	return items
}

func (l *List) set(v string) {
	if n, err := strconv.Atoi(strings.TrimSpace(v)); err == nil && -maxOrdinal < n && n < maxOrdinal {
		l.next = n
	}
}

// Item counts an item, and returns its number with its mark, "" for none.
// marker is what its style says of its marker.
func (l *List) Item(n *html.Node, marker string) string {
	if v, ok := elem.Attr(n, "value"); ok {
		l.set(v)
	}
	ordinal := l.next
	l.next += l.step
	style := l.style
	kind, _ := elem.Attr(n, "type")
	for _, name := range []string{kind, marker} {
		if s := styleNamed(name); s != nil {
			style = s
		}
	}
	if style == nil || style.print == nil {
		return ""
	}
	return style.print(ordinal) + style.end
}
