package normalize

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
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
		hanLeft := isHan(left) || strings.ContainsRune("”’》】）」』", left) || left == ')' && isHan(right)
		hanRight := isHan(right) || right == 0 || right == '\n' || strings.ContainsRune("“‘《【（「『(", right)
		switch {
		case isDigit(left) && isDigit(next):
			continue
		case text[from-1] == '?' && right != 0 && !asks(text[:from-1]):
			continue // a bullet or a line end that an encoding lost
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

// asks reports that the last clause of text is a question.
func asks(text string) bool {
	text = strings.TrimRight(text, " ")
	for n := 0; n < maxQuestion && text != ""; n++ {
		r, size := utf8.DecodeLastRuneInString(text)
		if strings.ContainsRune("吗呢么谁哪几怎何否吧", r) || r == '少' && strings.HasSuffix(text, "多少") {
			return true
		}
		if strings.ContainsRune("。；;！!？?\n", r) {
			return false
		}
		text = text[:len(text)-size]
	}
	return false
}

// maxQuestion is how far back, in characters, the word that asks is looked for.
const maxQuestion = 40

// clock reports a time (9:30) at the start of rest.
func clock(rest string) bool {
	return len(rest) >= 2 && isDigit(rune(rest[0])) && isDigit(rune(rest[1])) && (len(rest) == 2 || !isDigit(rune(rest[2])))
}

func isASCIIPunct(r rune) bool {
	return r > ' ' && r < utf8.RuneSelf && !isASCIIWord(r) && r != ')' && r != '%' && r != '+' && r != '#' && r != '*'
}

// extension reports what ends a file's name: 报表(终稿).xlsx.
func (f *finder) extension(s document.Span, p int) bool {
	dot, end := f.after(s, p)
	next, _ := f.after(s, end)
	return dot == '.' && isASCIIWord(next) && !isDigit(next)
}

// brackets widens pairs of round brackets that hold Han characters.
func (f *finder) brackets(p Part) {
	var open []int
	han := -1 // where the last Han character stands
	for i := p.Start; i < p.End; i++ {
		switch c := f.text[i]; {
		case c >= utf8.RuneSelf:
			r, n := utf8.DecodeRuneInString(f.text[i:p.End])
			if isHan(r) {
				han = i
			}
			i += n - 1
		case c == '(':
			open = append(open, i)
		case c == ')':
			if len(open) == 0 {
				continue
			}
			at := open[len(open)-1]
			open = open[:len(open)-1]
			if han > at && !f.extension(p.Span, i+1) {
				f.edit(at, at+1, "（", 0.98, "brackets around Chinese text")
				f.edit(i, i+1, "）", 0.98, "brackets around Chinese text")
			}
		}
	}
}
