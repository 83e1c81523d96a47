package outline

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// cutGluedHeads makes lines of their own of article headings that stand
// inside a paragraph: "…工作。客户部岗位职责篇二1、…" and "X岗位职责31、…" where
// X岗位职责 heads other articles.
func (b *builder) cutGluedHeads() {
	bases := b.countedBases()
	var out []line // nil until a line is cut
	expect := 1
	for i, l := range b.lines {
		for {
			cut, n, ok := b.gluedHead(l, expect, bases)
			if !ok {
				break
			}
			expect = n + 1
			if out == nil {
				out = append(make([]line, 0, len(b.lines)+16), b.lines[:i]...)
			}
			if cut.Start > l.span.Start {
				out = append(out, b.lineOf(document.Span{Start: l.span.Start, End: cut.Start}, l.kind))
			}
			out = append(out, b.lineOf(cut, l.kind))
			l = b.lineOf(document.Span{Start: cut.End, End: l.span.End}, l.kind)
			if l.span.Empty() {
				break
			}
		}
		if l.span.Empty() {
			continue
		}
		if text := b.str(l.span); atMost(text, maxHeading) {
			text = articleEnds.TrimRight(text)
			if at := lastPian(text); at >= 0 {
				if n, _ := ordinal(strings.TrimLeft(text[at+len("篇"):], " 　")); n > 0 {
					expect = n + 1
				}
			} else if _, n, ok := digitOrdinal(text); ok {
				expect = n + 1
			}
		}
		if out != nil {
			out = append(out, l)
		}
	}
	if out != nil {
		b.lines = out
	}
}

// countedBases are the texts that head two or more lines with a digit at
// their end.
func (b *builder) countedBases() []string {
	count := map[string]int{}
	var bases []string
	for _, l := range b.lines {
		text := b.str(l.span)
		if !atMost(text, maxHeading) {
			continue
		}
		if base, _, ok := digitOrdinal(text); ok {
			if count[base]++; count[base] == 2 {
				bases = append(bases, base)
			}
		}
	}
	return bases
}

const pian = "篇"

// lastPian is where the last 篇 of text begins, -1 for none.
func lastPian(text string) int {
	for i := len(text) - 1; i >= len(pian)-1; i-- {
		if text[i] == pian[2] && text[i-1] == pian[1] && text[i-2] == pian[0] {
			return i - 2
		}
	}
	return -1
}

func (b *builder) lineOf(s document.Span, kind document.BlockKind) line {
	return line{span: b.trim(s), kind: kind}
}

// gluedHead finds the first article heading inside a line: 篇 with the
// expected ordinal, behind a place where a sentence may begin, and with more
// text behind it.
func (b *builder) gluedHead(l line, expect int, bases []string) (document.Span, int, bool) {
	text := b.str(l.span)
	if atMost(text, 4) {
		return document.Span{}, 0, false
	}
	for _, base := range bases {
		rest, ok := strings.CutPrefix(text, base)
		if !ok {
			continue
		}
		if n, after, ok := expected(strings.TrimLeft(rest, " 　"), expect); ok && after != "" && numbered(after) {
			return document.Span{Start: l.span.Start, End: l.span.End - len(after)}, n, true
		}
	}
	for from := 0; ; {
		i := strings.Index(text[from:], "篇")
		if i < 0 {
			return document.Span{}, 0, false
		}
		at := from + i
		from = at + len("篇")
		n, after, ok := expected(strings.TrimLeft(text[from:], " 　"), expect)
		if !ok || after == "" {
			continue
		}
		back := max(0, at-lookBack)
		for !utf8.RuneStart(text[back]) {
			back++
		}
		start := back + sentenceStart(text[back:at])
		base := strings.TrimSpace(text[start:at])
		if utf8.RuneCountInString(base) > maxHeading || !namesDocuments(base) {
			continue
		}
		if start == 0 && !numbered(after) && utf8.RuneCountInString(after) < 8 {
			continue // a heading of its own line
		}
		return document.Span{Start: l.span.Start + start, End: l.span.End - len(after)}, n, true
	}
}

// expected reads the ordinal n at the start of text. Of Arabic digits it takes
// no more than n has: "篇21、" is 篇2 and 1、 where 2 is expected.
func expected(text string, n int) (int, string, bool) {
	arabic := itoa(n)
	if rest, ok := strings.CutPrefix(text, arabic); ok {
		return n, rest, true
	}
	if got, rest := marker.ChineseNumber(text); got == n && got > 0 {
		return n, rest, true
	}
	return 0, "", false
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

// namesDocuments reports text that ends as the name of a document does.
func namesDocuments(text string) bool {
	if !pianBase(text) {
		return false
	}
	if _, _, ok := lexicon.HeadAtEnd(text); ok {
		return true
	}
	if _, _, ok := lexicon.DocumentHeadAtEnd(text); ok {
		return true
	}
	for _, w := range []string{"范文", "模板", "范本", "大全", "精选", "合集", "汇总", "说明书", "制度", "内容", "总结"} {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}

// sentenceStart is where the last sentence of text begins.
func sentenceStart(text string) int {
	for at := len(text); at > 0; {
		r, n := utf8.DecodeLastRuneInString(text[:at])
		switch r {
		case '。', '；', ';', '！', '!', '？', '?', '…', '”', '」', '】', '\t', '|':
			return at
		}
		at -= n
	}
	return 0
}
