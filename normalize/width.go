package normalize

import (
	"strings"
	"unicode/utf8"
)

// wide gives the full-width form of the marks that Chinese text writes wide.
func wide(r byte) string {
	switch r {
	case ',':
		return "，"
	case ';':
		return "；"
	case ':':
		return "："
	case '?':
		return "？"
	case '!':
		return "！"
	case '(':
		return "（"
	case ')':
		return "）"
	}
	return ""
}

// width finds ASCII punctuation in Chinese text. A pausing mark is widened
// where it follows a Han character or a closing mark, or stands between a
// Latin word and a Han character; never between digits (1,000, 9:30, 1:2), in
// addresses (http://) or inside Latin text. Brackets are widened in pairs that
// hold a Han character. A space behind a widened mark goes with it.
func width(f *finder, p Part) {
	f.brackets(p)
	text := f.text[p.Start:p.End]
	for from := 0; ; {
		i := strings.IndexAny(text[from:], ",;:?!")
		if i < 0 {
			return
		}
		at := p.Start + from + i
		from += i + 1
		end := at + 1
		left, _ := f.before(p.Span, at)
		stop := f.skip(p.Span, end)
		right, _ := f.after(p.Span, stop)
		next, _ := f.after(p.Span, end)
		if strings.ContainsRune("/\\", next) || isASCIIPunct(left) || isASCIIPunct(next) && next != '(' && next != '"' {
			continue
		}
		hanLeft := isHan(left) || strings.ContainsRune("”’》】）」』", left) || left == ')'
		hanRight := isHan(right) || right == 0 || right == '\n' || strings.ContainsRune("“‘《【（「『(", right)
		switch {
		case isDigit(left) && isDigit(next):
			continue
		case hanLeft && (hanRight || text[from-1] != ':' || !isDigit(next)):
		case isASCIIWord(left) && isHan(right) && text[from-1] != ':':
		case hanLeft && text[from-1] == ':' && isDigit(next) && !clock(f.text[end:p.End]):
		default:
			continue
		}
		if !isHan(right) {
			stop = end
		}
		f.edit(at, stop, wide(f.text[at]), 0.98, "punctuation in Chinese text")
	}
}

// clock reports a time (9:30) at the start of rest.
func clock(rest string) bool {
	return len(rest) >= 2 && isDigit(rune(rest[0])) && isDigit(rune(rest[1])) && (len(rest) == 2 || !isDigit(rune(rest[2])))
}

func isASCIIPunct(r rune) bool {
	return r > ' ' && r < utf8.RuneSelf && !isASCIIWord(r) && r != ')' && r != '%' && r != '+' && r != '#' && r != '*'
}

// brackets widens pairs of round brackets that hold Han characters.
func (f *finder) brackets(p Part) {
	var open []int
	for i := p.Start; i < p.End; i++ {
		switch f.text[i] {
		case '(':
			open = append(open, i)
		case ')':
			if len(open) == 0 {
				continue
			}
			at := open[len(open)-1]
			open = open[:len(open)-1]
			if strings.IndexFunc(f.text[at:i], isHan) >= 0 {
				f.edit(at, at+1, "（", 0.98, "brackets around Chinese text")
				f.edit(i, i+1, "）", 0.98, "brackets around Chinese text")
			}
		}
	}
}
