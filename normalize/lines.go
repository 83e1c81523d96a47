package normalize

import (
	"strings"
	"unicode/utf8"
)

// vertical finds the words of narrow cells, which are written one character a
// line: 岗⏎位⏎职⏎责. Three lines or more of one Han character each must follow
// one another, and words of the dictionary must cover them; the last may be a
// number (职责一).
func vertical(f *finder, p Part) {
	var run []line1
	for at := p.Start; at <= p.End; {
		end := p.End
		if i := strings.IndexByte(f.text[at:p.End], '\n'); i >= 0 {
			end = at + i
		}
		c, single := singleHan(f.text, at, end)
		if single {
			run = append(run, c)
		} else if cell := strings.IndexByte(f.text[at:end], '\t'); cell > 0 && len(run) > 0 {
			if last, ok := singleHan(f.text, at, at+cell); ok { // the cell ends, its row goes on
				f.joinVertical(append(run, last))
				run = run[:0]
			}
		}
		if !single && len(run) > 0 && strings.Trim(f.text[at:end], lineSpaces) != "" || end == p.End {
			f.joinVertical(run)
			run = run[:0]
		}
		at = end + 1
	}
}

// minVertical is how many lines of one character the shortest such word has.
const minVertical = 3

// lineSpaces are what moves a line in.
const lineSpaces = " \u00a0\u2002\u2003\u3000\t\r"

// line1 is a line of one character.
type line1 struct{ start, end int }

// maxSingle is the longest line, in bytes, that may hold one character and the
// white space around it.
const maxSingle = 24

// singleHan reports a line [at,end) of text that holds one Han character, and
// where.
func singleHan(text string, at, end int) (line1, bool) {
	if end-at < len("一") || end-at > maxSingle {
		return line1{}, false
	}
	line := strings.Trim(text[at:end], lineSpaces)
	r, n := utf8.DecodeRuneInString(line)
	if n != len(line) || !isHan(r) {
		return line1{}, false
	}
	at += strings.Index(text[at:end], line)
	return line1{at, at + n}, true
}

// joinVertical joins the words of a run of lines.
func (f *finder) joinVertical(run []line1) {
	if len(run) < minVertical {
		return
	}
	var word strings.Builder
	for _, c := range run {
		word.WriteString(f.text[c.start:c.end])
	}
	const han = len("一")
	text := word.String()
	if len(text) != han*len(run) {
		return
	}
	for i := 0; i < len(text); {
		n := 0
		for k := min(4*han, len(text)-i); k >= 2*han; k -= han {
			if f.word(text[i : i+k]) {
				n = k
				break
			}
		}
		if n == 0 {
			if i+han < len(text) || !strings.Contains("一二三四五六七八九十", text[i:]) {
				return
			}
			n = han
		}
		i += n
	}
	for i := 1; i < len(run); i++ {
		f.edit(run[i-1].end, run[i].start, "", 0.97, "the lines of one character are "+text)
	}
}

// pageFooter finds what a printed page says at its foot, where a copy has taken
// it into the text: 第 16 页 共 25 页. Where it stands on lines of its own that
// cut a sentence, the line ends before and behind it go too; so do those of other
// ways to number a page (第16页, 16 / 25, - 16 -), which stand on such lines alone.
func pageFooter(f *finder, p Part) {
	for at := p.Start; at < p.End; {
		end := p.End
		if i := strings.IndexByte(f.text[at:p.End], '\n'); i >= 0 {
			end = at + i
		}
		if end-at <= maxPageLine {
			if line := strings.Trim(f.text[at:end], lineSpaces); PageLine(line) {
				f.cutByPage(p, at, end)
			}
		}
		at = end + 1
	}
	const first = "第"
	for from := p.Start; ; {
		i := strings.Index(f.text[from:p.End], first)
		if i < 0 {
			return
		}
		start := from + i
		from = start + len(first)
		end, ok := f.pageOf(p, from)
		if !ok {
			continue
		}
		from = end
		before := strings.TrimRight(f.text[p.Start:start], " \u00a0\u3000\t")
		after := strings.TrimLeft(f.text[end:p.End], " \u00a0\u3000\t")
		alone := (before == "" || strings.HasSuffix(before, "\n")) && (after == "" || after[0] == '\n')
		if !alone {
			f.edit(start, end, "", 0.97, "the number of a printed page inside the text")
		}
	}
}

// leastRest is how many characters a line has at least that goes on the sentence
// of the line above a page's number: shorter ones may be headings, unless a word
// spans the number.
const leastRest = 6

// cutByPage takes the page number [start,end), alone on its line, out of the
// sentence that it cuts, if it cuts one: Han characters stand on both sides, and
// what follows is no heading.
func (f *finder) cutByPage(p Part, start, end int) {
	before := strings.TrimRight(f.text[p.Start:start], pageSpaces)
	after := strings.TrimLeft(f.text[end:p.End], pageSpaces)
	left, _ := utf8.DecodeLastRuneInString(before)
	right, _ := utf8.DecodeRuneInString(after)
	if !isHan(left) || !isHan(right) {
		return
	}
	rest, _, _ := strings.Cut(after[:min(len(after), 4*maxPageLine)], "\n")
	if rest = strings.TrimRight(rest, pageSpaces); utf8.RuneCountInString(rest) < leastRest && !f.word(string(left)+string(right)) || strings.HasSuffix(rest, "：") || strings.HasSuffix(rest, ":") {
		return
	}
	f.edit(p.Start+len(before), p.End-len(after), "", 0.95, "the number of a printed page cuts a sentence")
}

const pageSpaces = "\n" + lineSpaces

// maxPageLine is the longest line, in bytes, that is a page's number.
const maxPageLine = 36

// PageLine reports what a printed page has at its foot, alone on a line: 第6页,
// 6 / 12, ·6·, - 6 -, Page 6. A number alone may be many things.
func PageLine(text string) bool {
	if text == "" || len(text) > maxPageLine {
		return false
	}
	text = strings.ReplaceAll(text, "\u00a0", " ")
	const digits = "0123456789"
	if rest, ok := strings.CutPrefix(text, "第"); ok {
		return pageCount(rest)
	}
	for _, w := range [...]string{"Page", "page", "PAGE"} {
		if rest, ok := strings.CutPrefix(text, w); ok {
			number := strings.TrimLeft(strings.TrimLeft(rest, " "), digits)
			return len(number) < len(rest) && strings.Trim(number, " /of"+digits) == ""
		}
	}
	const dashes = "·•-—– "
	if number := strings.Trim(text, dashes); number != text {
		first, n := utf8.DecodeRuneInString(text)
		last, _ := utf8.DecodeLastRuneInString(text)
		return first == last && len(text) > len(number)+n && number != "" && strings.Trim(number, digits) == "" && len(number) < 4
	}
	at, of, ok := strings.Cut(text, " / ")
	return ok && isPage(at) && isPage(of) && (len(at) < len(of) || len(at) == len(of) && at <= of)
}

// pageCount reads "6页", "6页共12页", "6 页 / 12 页" behind 第.
func pageCount(rest string) bool {
	number := strings.TrimLeft(rest, " ")
	behind := strings.TrimLeft(number, "0123456789")
	behind, ok := strings.CutPrefix(strings.TrimLeft(behind, " "), "页")
	return ok && len(behind) < len(number)-len("页") && strings.Trim(behind, "页共第/，, 0123456789") == ""
}

// isPage reports a number of up to three digits that begins with none of 0.
func isPage(s string) bool {
	return s != "" && len(s) < 4 && s[0] != '0' && strings.Trim(s, "0123456789") == ""
}

// pageOf reads " 16 页 共 25 页" at p, and tells where it ends.
func (f *finder) pageOf(p Part, at int) (end int, ok bool) {
	for _, w := range [...]string{"", "页", "共", "", "页"} {
		at = f.skip(p.Span, at)
		if w == "共" {
			for at < p.End && (f.text[at] == ',' || f.text[at] == '/') || strings.HasPrefix(f.text[at:p.End], "，") {
				_, n := utf8.DecodeRuneInString(f.text[at:])
				at = f.skip(p.Span, at+n)
			}
		}
		if w != "" {
			if !strings.HasPrefix(f.text[at:p.End], w) {
				return 0, false
			}
			at += len(w)
			continue
		}
		digits := at
		for at < p.End && isDigit(rune(f.text[at])) {
			at++
		}
		if n := at - digits; n == 0 || n > 4 {
			return 0, false
		}
	}
	return at, true
}
