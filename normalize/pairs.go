package normalize

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// pairs finds brackets and quotation marks that belong together and are written
// in ASCII, both or one of them, around Chinese text: (含差旅费), （含差旅费), "工匠".
// Both become full-width. A lone one is never changed.
func pairs(f *finder, p Part) {
	f.brackets(p)
	f.quotes(p)
}

// bracket is an opening bracket that waits for its other half.
type bracket struct {
	start, end int
	kind       byte // 1: round, 2: square
	wide       bool
}

// bracketOf reads the bracket at i of text: its kind, 0 for none, its width in
// bytes, and whether it closes.
func bracketOf(text string, i int) (kind byte, n int, closes bool) {
	switch text[i] {
	case '(', ')':
		return 1, 1, text[i] == ')'
	case '[', ']':
		return 2, 1, text[i] == ']'
	case 0xe3, 0xef:
		switch {
		case strings.HasPrefix(text[i:], "（"), strings.HasPrefix(text[i:], "）"):
			return 1, 3, text[i+2] == "）"[2]
		case strings.HasPrefix(text[i:], "【"), strings.HasPrefix(text[i:], "】"):
			return 2, 3, text[i+2] == "】"[2]
		}
	}
	return 0, 1, false
}

// wideBrackets are the full-width forms by kind.
var wideBrackets = [...][2]string{1: {"（", "）"}, 2: {"【", "】"}}

// brackets widens pairs of round ASCII brackets that hold Han characters, and
// the ASCII half of a pair whose other half is full-width, but for those only
// where every bracket of the part has its other half.
func (f *finder) brackets(p Part) {
	if f.mixed(p) {
		return
	}
	var open []int
	han, code := -1, -1 // where the last Han character and the last sign of code stand
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
			if han > at && !f.named(p.Span, at, i+1, code > at) {
				f.edit(at, at+1, "（", 0.98, "brackets around Chinese text")
				f.edit(i, i+1, "）", 0.98, "brackets around Chinese text")
			}
		case strings.IndexByte(codeSigns, c) >= 0:
			code = i
		}
	}
}

// mixed edits the pairs of a part in which every bracket has its other half,
// and reports whether there was a pair of two widths.
func (f *finder) mixed(p Part) bool {
	first := len(f.edits)
	found := false
	var open []bracket
	han, mark, code := -1, -1, -1 // where the last Han character, full-width mark and sign of code stand
	for i := p.Start; i < p.End; {
		c := f.text[i]
		if hanLead <= c && c <= lastHanLead {
			han = i
			i += 3
			continue
		}
		kind, n, closes := bracketOf(f.text[:p.End], i)
		switch {
		case kind == 0 && c >= utf8.RuneSelf:
			r, size := utf8.DecodeRuneInString(f.text[i:p.End])
			if isHan(r) {
				han = i
			} else if strings.ContainsRune("，。；：、", r) {
				mark = i
			}
			n = size
		case kind == 0:
			if strings.IndexByte(codeSigns, c) >= 0 {
				code = i
			}
		case !closes:
			open = append(open, bracket{i, i + n, kind, n > 1})
		case len(open) == 0 && f.numbers(p.Span, i):
		case len(open) == 0 || open[len(open)-1].kind != kind || n == 1 && f.smiles(p.Span, i):
			f.edits = f.edits[:first]
			return false
		default:
			o := open[len(open)-1]
			open = open[:len(open)-1]
			wide := n > 1
			left, _ := f.before(p.Span, o.start)
			holds := max(han, mark) > o.start || isHan(left) && i-o.end > maxListNumber
			switch {
			case o.wide && wide, f.named(p.Span, o.start, i+n, code > o.start):
			case o.wide != wide && holds && (isHan(left) && han > o.start || code < o.start):
				found = true
				if wide {
					f.edit(o.start, o.end, wideBrackets[kind][0], 0.97, "its other half is full-width")
				} else {
					f.edit(i, i+n, wideBrackets[kind][1], 0.97, "its other half is full-width")
				}
			case !o.wide && !wide && kind == 1 && han > o.start:
				f.edit(o.start, o.end, "（", 0.98, "brackets around Chinese text")
				f.edit(i, i+n, "）", 0.98, "brackets around Chinese text")
			}
		}
		if kind == 2 && n == 1 {
			code = i // an index, where it stands inside others
		}
		i += n
	}
	if len(open) > 0 || !found {
		f.edits = f.edits[:first]
		return false
	}
	return true
}

// maxListNumber is the length of the longest number that a list has in
// brackets: （12).
const maxListNumber = 2

// numbers reports a closing bracket at p that ends a list's number or letter:
// 1) 12) a), at the part's start or behind Chinese text, a space or a mark.
func (f *finder) numbers(s document.Span, p int) bool {
	at := p
	for at > s.Start && p-at <= maxListNumber && isASCIIWord(rune(f.text[at-1])) {
		at--
	}
	if n := p - at; n == 0 || n > maxListNumber {
		return false
	}
	r, _ := f.before(s, at)
	return r == 0 || r == '\n' || isSpace(r) || isHan(r) || strings.ContainsRune(clauseMarks, r)
}

// smiles reports an ASCII bracket at p that is a mouth: :) ;-) =)
func (f *finder) smiles(s document.Span, p int) bool {
	if p > s.Start && f.text[p-1] == '-' {
		p--
	}
	return p > s.Start && strings.IndexByte(":;=^", f.text[p-1]) >= 0
}

// named reports brackets [at,end) that are part of a file's name, 报表(终稿).xlsx
// and C:\导出(新), or that hold what a command is called with: print("值"). coded
// reports a sign of code between them.
func (f *finder) named(s document.Span, at, end int, coded bool) bool {
	next, behind := f.after(s, end)
	if next == '.' {
		letter, _ := f.after(s, behind)
		return isASCIIWord(letter) && !isDigit(letter)
	}
	if next == '\\' || f.inPath(s, at) {
		return true
	}
	left, _ := f.before(s, at)
	return isASCIIWord(left) && (f.text[at+1] == '"' || coded)
}

// maxName is how far back, in bytes, the start of a path is looked for.
const maxName = 90

// inPath reports a place in a path: a drive's colon stands before it in the
// same word.
func (f *finder) inPath(s document.Span, at int) bool {
	for i := at - 1; i >= s.Start && at-i <= maxName; i-- {
		switch f.text[i] {
		case ':':
			return f.text[i+1] == '\\'
		case ' ', '\n', ',', ';', '(', ')':
			return false
		}
	}
	return false
}

// codeSigns are the signs of code and of formulas.
const codeSigns = "=<>{}[]\\`$^|_\n\t"

// A quotation is the text between a pair of quotation marks, which stand at
// [start,in) and [out,end).
type quotation struct{ start, in, out, end int }

// maxQuotations bounds how many quotations of a part are looked at.
const maxQuotations = 64

// quotes finds straight quotation marks in Chinese text, and pairs of which one
// is straight. They pair in the order they stand in; where one of the pairs is
// none by what it holds or by what stands around it, all may be paired wrongly,
// and none is changed.
func (f *finder) quotes(p Part) {
	if strings.IndexByte(f.text[p.Start:p.End], '"') < 0 {
		return
	}
	var found []quotation
	var q quotation
	open := false
	for i := p.Start; i < p.End; i++ {
		n, closes, opens := 1, true, true // a straight mark does either
		switch c := f.text[i]; {
		case c == '"':
		case c == 0xe2 && strings.HasPrefix(f.text[i:p.End], "“"):
			n, closes = len("“"), false
		case c == 0xe2 && strings.HasPrefix(f.text[i:p.End], "”"):
			n, opens = len("”"), false
		default:
			continue
		}
		switch {
		case open && closes:
			q.out, q.end = i, i+n
			if len(found) == maxQuotations || !f.quotes1(p.Span, q) {
				return
			}
			found, open = append(found, q), false
		case !open && opens:
			q, open = quotation{start: i, in: i + n}, true
		default:
			return
		}
		i += n - 1
	}
	if open {
		return
	}
	for _, q := range found {
		if !containsHan(f.text[q.in:q.out]) {
			continue
		}
		if q.in == q.start+1 {
			f.edit(q.start, q.in, "“", 0.95, "quotation marks around Chinese text")
		}
		if q.end == q.out+1 {
			f.edit(q.out, q.end, "”", 0.95, "quotation marks around Chinese text")
		}
	}
}

// quotes1 reports whether q is a quotation inside Chinese text: it is short,
// begins and ends with what a quotation may, holds no end of a sentence but its
// own, no half of a pair of brackets and no code; and what stands around it is
// Chinese on one side at least, and no Latin text or code on the other.
func (f *finder) quotes1(s document.Span, q quotation) bool {
	text := f.text[q.in:q.out]
	if text == "" || len(text) > maxQuotation || strings.ContainsAny(text, codeSigns+"；;:/&") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(text)
	last, n := utf8.DecodeLastRuneInString(text)
	if isSpace(first) || isSpace(last) || strings.ContainsRune("，。；：、,.!?！？）】》", first) || strings.ContainsRune("，；：、,:（【《(", last) {
		return false
	}
	if strings.ContainsAny(text[:len(text)-n], "。！？!?") || !balanced(text) {
		return false
	}
	left, right := f.outside(s, q)
	return left >= 0 && right >= 0 && left+right > 0
}

// maxGap is over how many spaces a quotation's neighbours are looked for.
const maxGap = 2

// outside says what stands before and behind a quotation, over spaces: 1 for
// Chinese text, 0 for nothing or the next quotation, -1 for other text.
func (f *finder) outside(s document.Span, q quotation) (left, right int) {
	sort := func(r rune) int {
		switch {
		case r == 0 || r == '\n' || r == '"':
			return 0
		case isHan(r) || strings.ContainsRune("，。；：、！？“”（）《》【】「」…—,", r):
			return 1
		}
		return -1
	}
	r, i := f.before(s, q.start)
	for n := 0; isSpace(r) && n < maxGap; n++ {
		r, i = f.before(s, i)
	}
	left = sort(r)
	r, i = f.after(s, q.end)
	for n := 0; isSpace(r) && n < maxGap; n++ {
		r, i = f.after(s, i)
	}
	return left, sort(r)
}

// balanced reports text whose round brackets and title marks are whole.
func balanced(text string) bool {
	depth := 0
	for _, r := range text {
		switch r {
		case '(', '（', '《', '【':
			depth++
		case ')', '）', '》', '】':
			depth--
		}
		if depth < 0 {
			return false
		}
	}
	return depth == 0
}

func containsHan(text string) bool { return strings.IndexFunc(text, isHan) >= 0 }
