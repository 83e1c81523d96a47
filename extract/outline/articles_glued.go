package outline

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// cutGluedHeads makes lines of their own of article headings that stand
// inside a paragraph: "…工作。客户部岗位职责篇二1、…", "…工作。第二篇：客户部…" and
// "X岗位职责31、…" where X岗位职责 heads other articles, or the page.
func (b *builder) cutGluedHeads() {
	bases, topic := b.countedBases(), b.titleBase()
	var out []line // nil until a line is cut
	var found []gluedHead
	expect := 1
	for i, l := range b.lines {
		found = found[:0]
		if l.marks&pianMark != 0 || topic != "" || len(bases) > 0 {
			found = b.gluedHeads(found, l, bases, topic)
		}
		for _, g := range found {
			if g.start < l.span.Start {
				continue
			}
			end, n, ok := b.headEnd(g, l, expect, topic)
			if !ok {
				continue
			}
			expect = n + 1
			if out == nil {
				out = append(b.spare[:0], b.lines[:i]...)
			}
			if g.start > l.span.Start {
				out = append(out, b.lineOf(document.Span{Start: l.span.Start, End: g.start}, l.kind))
			}
			out = append(out, b.lineOf(document.Span{Start: g.start, End: end}, l.kind))
			l = line{span: document.Span{Start: end, End: l.span.End}, kind: l.kind} // read when the last head is cut
		}
		if l.runes == 0 {
			l = b.lineOf(l.span, l.kind)
		}
		if l.span.Empty() {
			continue
		}
		if l.runes <= maxHeading {
			text := articleEnds.TrimRight(b.str(l.span))
			if l.marks&pianMark != 0 && strings.Contains(text, pian) {
				at := strings.LastIndex(text, pian)
				if n, _ := ordinal(strings.TrimLeft(text[at+len(pian):], " 　\u00a0")); n > 0 {
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
		b.lines, b.spare = out, b.lines
	}
}

// gluedHead is a place in a line that may head an article.
type gluedHead struct {
	start   int    // where the heading begins
	ordinal int    // where its ordinal stands
	closing string // what must stand behind the ordinal: 篇 of 第二篇, 】 of 【篇2】
	based   bool   // the words before the ordinal are those of other headings
}

// maxBases is how many different headings with a digit are looked for inside
// lines: pages count one or two.
const maxBases = 8

// gluedHeads appends the places of a line that may head an article, in order.
func (b *builder) gluedHeads(dst []gluedHead, l line, bases []string, topic string) []gluedHead {
	text, off := b.str(l.span), l.span.Start
	if l.runes <= 4 {
		return dst
	}
	for from := 0; l.marks&pianMark != 0; {
		i := strings.Index(text[from:], pian)
		if i < 0 {
			break
		}
		at := from + i
		from = at + len(pian)
		back := max(0, at-lookBack)
		for !utf8.RuneStart(text[back]) {
			back++
		}
		before := text[back:at]
		if open := strings.LastIndex(before, "第"); open >= 0 && len(before)-open <= len("第九十九")+1 {
			if start := back + open; startsSentence(text[:start]) || colons.In(firstRune(text[from:])) {
				dst = append(dst, gluedHead{start: off + start, ordinal: off + start + len("第"), closing: pian})
			}
			continue
		}
		if mark := lastRune(before); mark == "【" || mark == "（" || mark == "(" || mark == "[" {
			if start := at - len(mark); startsSentence(text[:start]) {
				dst = append(dst, gluedHead{start: off + start, ordinal: off + from, closing: closer(mark)})
				continue
			}
		}
		start := back + sentenceStart(before)
		if base := strings.TrimRight(strings.TrimSpace(text[start:at]), "（(【[ "); atMost(base, maxHeading) && namesDocuments(base) {
			dst = append(dst, gluedHead{start: off + start, ordinal: off + from})
		}
	}
	add := func(base string) {
		for from := 0; base != ""; {
			i := strings.Index(text[from:], base)
			if i < 0 {
				return
			}
			start := from + i
			from = start + len(base)
			if startsSentence(text[:start]) {
				dst = append(dst, gluedHead{start: off + start, ordinal: off + from, based: true})
			}
		}
	}
	add(topic)
	for _, base := range bases {
		if base != topic {
			add(base)
		}
	}
	slices.SortStableFunc(dst, func(x, y gluedHead) int { return x.start - y.start })
	return dst
}

func closer(mark string) string {
	switch mark {
	case "【":
		return "】"
	case "（":
		return "）"
	case "[":
		return "]"
	}
	return ")"
}

// startsSentence reports whether a sentence may begin behind text.
func startsSentence(text string) bool {
	text = strings.TrimRight(text, " 　\u00a0")
	return sentenceStart(text[max(0, len(text)-utf8.UTFMax):]) > 0 && text != "" && sentenceStart(lastRune(text)) > 0 || text == ""
}

// headEnd reports where the heading of an article ends that begins at g in
// line l, if its ordinal is the expected one and text of the article follows.
func (b *builder) headEnd(g gluedHead, l line, expect int, topic string) (end, n int, ok bool) {
	rest := b.text[g.ordinal:l.span.End]
	trimmed := strings.TrimLeft(rest, " 　\u00a0")
	open := ""
	if g.based && trimmed != "" {
		if mark := firstRune(trimmed); mark == "（" || mark == "(" || mark == "【" {
			open, trimmed = mark, trimmed[len(mark):]
		}
	}
	n, after, ok := expected(trimmed, expect)
	if !ok {
		return 0, 0, false
	}
	closing := g.closing
	if open != "" {
		closing = closer(open)
	}
	if closing != "" {
		if after, ok = strings.CutPrefix(strings.TrimLeft(after, " 　\u00a0"), closing); !ok {
			return 0, 0, false
		}
	}
	after = strings.TrimLeft(after, "】）) 　")
	if closing != "" || !g.based {
		if cut := strings.TrimLeft(after, ":：、 　"); cut != "" && (closing != "" || cut == after) {
			after = cut
		}
	}
	if topic != "" && closing != "" {
		if cut, ok := strings.CutPrefix(after, topic); ok && cut != "" {
			after = cut
		}
	}
	if after == "" {
		return l.span.End, n, g.start > l.span.Start && closing == pian
	}
	if closing != "" {
		if at := headedList(after); at > 0 {
			return l.span.End - len(after) + at, n, true
		}
	}
	switch listed := beginsList(after); {
	case g.based && open == "":
		if !listed && !opensContent(after) && !b.namesJobAt(after) {
			return 0, 0, false
		}
	case g.start == l.span.Start && !listed && !b.namesJobAt(after) && (utf8.RuneCountInString(after) < 8 || closing != "" && atMost(b.str(l.span), maxHeading)):
		return 0, 0, false // a heading of its own line
	}
	return l.span.End - len(after), n, true
}

func firstRune(text string) string {
	_, n := utf8.DecodeRuneInString(text)
	return text[:n]
}

// headedList is where a list begins in text that is glued to the heading of a job's
// duties at the front of it: 导诊护士岗位职责1、…, 审计主管岗位职责一、…; 0 for none.
func headedList(text string) int {
	reach := text[:min(len(text), lookBack)]
	for _, first := range [...]string{"1", "一"} {
		i := strings.Index(reach, first)
		if i <= 0 || !beginsList(text[i:]) {
			continue
		}
		if _, before, ok := lexicon.HeadAtEnd(text[:i]); ok && (before == "" || lexicon.TitleShaped(before)) {
			return i
		}
	}
	return 0
}

// beginsList reports text that begins with the first number of a list.
func beginsList(text string) bool {
	end := min(len(text), 48)
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end--
	}
	var buf [8]marker.Candidate
	cands := marker.Scan(buf[:0], text, document.Span{End: end})
	return len(cands) > 0 && cands[0].Span.Start == 0 && cands[0].Style != marker.Bullet && cands[0].Ordinal <= 9
}

// namesJobAt reports text that begins with the heading of a position:
// 客服主管岗位职责：
func (b *builder) namesJobAt(text string) bool {
	i := colons.Index(text[:min(len(text), lookBack)])
	if i <= 0 {
		return false
	}
	h, before, ok := lexicon.HeadAtEnd(text[:i])
	return ok && h.NamesDuties() && lexicon.TitleShaped(before)
}

// titleBase is the page's title where its articles may repeat it with a number
// behind it; "" where it is no document's name.
func (b *builder) titleBase() string {
	t := strings.TrimSpace(cutBrackets(cutExtension(b.in.Title)))
	t = withoutNumber(trimName(withoutYear(t)))
	if utf8.RuneCountInString(t) < 4 || !namesDocuments(t) {
		return ""
	}
	return t
}

// countedBases are the texts that head two or more lines with a digit at
// their end.
func (b *builder) countedBases() []string {
	count := map[string]int{}
	var bases []string
	for i := range b.lines {
		l := &b.lines[i]
		if l.runes > maxHeading {
			continue
		}
		if base, _, ok := digitOrdinal(b.str(l.span)); ok {
			if count[base]++; count[base] == 2 && len(bases) < maxBases {
				bases = append(bases, base)
			}
		}
	}
	return bases
}

const pian = "篇"

func (b *builder) lineOf(s document.Span, kind document.BlockKind) line {
	l := b.newLine(b.trim(s))
	l.kind = kind
	return l
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
