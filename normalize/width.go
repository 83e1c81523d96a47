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
	}
	return ""
}

// width finds ASCII punctuation in Chinese text. A pausing mark is widened
// where it follows a Han character or a closing mark, or stands between a
// Latin word and a Han character; never between digits (1,000, 9:30, 1:2), in
// addresses (http://) and formats (:%d), inside Latin text, and in a face :). A space behind a widened mark goes
// with it.
func width(f *finder, p Part) {
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
		if strings.ContainsRune("/\\%", next) || next == ')' && text[from-1] != ',' || isASCIIPunct(left) || isASCIIPunct(next) && next != '(' && next != '"' {
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
