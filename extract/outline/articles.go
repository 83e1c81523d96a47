package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// articleHead is the heading of one 篇 of a page.
type articleHead struct {
	line    int
	span    document.Span
	ordinal int
	style   byte          // headings of one style count together
	base    string        // text before the ordinal, of the style that ends in a digit
	title   document.Span // the job it names: "第一篇：物业经理岗位职责"
	kind    document.Kind // of a section that it opens, with title
}

// The styles of article headings.
const (
	pianEnd   = 'e' // X篇一
	pianFront = 'f' // 【篇1】X, 第一篇：X, 范文一：X
	digitEnd  = 'd' // X岗位职责1, X岗位职责(一)
)

// maxHeading is the longest line, in characters, that is taken for the
// heading of an article.
const maxHeading = 48

// findArticleHeads finds the lines that head an article.
func (b *builder) findArticleHeads() {
	var heads []articleHead
	for i := range b.lines {
		if h, ok := b.articleHeadOf(i, &b.lines[i]); ok {
			heads = append(heads, h)
		}
	}
	b.heads = b.withLost(keepSequences(b.dropContents(heads)))
	for _, h := range b.heads {
		b.lines[h.line].article = !h.span.Empty()
	}
}

// minLost is how many numbered lines must stand before the heading of a page's
// second article where that of its first was not found.
const minLost = 2

// withLost puts a heading without words before the first line of content where
// the first heading is that of the second article: what stands before it is the
// first one, whose heading the page has lost.
func (b *builder) withLost(heads []articleHead) []articleHead {
	if len(heads) == 0 || heads[0].ordinal != 2 {
		return heads
	}
	numbered := 0
	for i := range b.lines[:heads[0].line] {
		if l := &b.lines[i]; l.numbers && lexicon.LegalWords(b.str(l.span)) == 0 {
			numbered++
		}
	}
	first := b.firstContent()
	if numbered < minLost || first >= heads[0].line {
		return heads
	}
	start := b.lines[first].span.Start
	lost := articleHead{line: first, span: document.Span{Start: start, End: start}, ordinal: 1, style: heads[0].style}
	return slices.Insert(heads, 0, lost)
}

// articleHeadOf reads a line as the heading of an article.
func (b *builder) articleHeadOf(i int, l *line) (articleHead, bool) {
	h := articleHead{line: i, span: l.span}
	if l.runes > maxHeading {
		return h, false
	}
	text := articleEnds.TrimRight(b.str(l.span))
	if l.marks&pianMark == 0 && !numbersArticle(text) {
		return h, false
	}
	if l.marks&leaderMark != 0 && leaders(text) || sentenceEnds.In(text) {
		return h, false
	}
	if n, rest, ok := frontOrdinal(text); ok {
		h.style, h.ordinal = pianFront, n
		b.headTitle(&h, rest)
		return h, true
	}
	if l.marks&pianMark != 0 {
		if n, ok := numberedEnd(text); ok {
			h.style, h.ordinal = pianEnd, n
			return h, true
		}
		if b.pianHead(&h, text) {
			return h, true
		}
	}
	if base, n, ok := digitOrdinal(text); ok {
		h.style, h.ordinal, h.base = digitEnd, n, base
		return h, true
	}
	return h, false
}

// pianHead reads X篇一 and X篇一：Y.
func (b *builder) pianHead(h *articleHead, text string) bool {
	if at := strings.LastIndex(text, pian); at >= 0 {
		n, after := ordinal(strings.TrimLeft(text[at+len("篇"):], " 　\u00a0"))
		rest := strings.TrimLeft(after, "】)）]")
		named := strings.TrimLeft(rest, ":：、 　")
		if n > 0 && (rest == "" || named != rest && named != "") && pianBase(text[:at]) {
			h.style, h.ordinal = pianEnd, n
			if named != "" {
				b.headTitle(h, named)
			}
			return true
		}
	}
	return false
}

// numbersArticle reports a line without 篇 that may number an article: it begins
// with a word for one, or ends with a number.
func numbersArticle(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(ordinalEnds.TrimRight(text))
	if last >= '0' && last <= '9' || marker.IsNumeral(last) {
		return true
	}
	text = headBrackets.TrimLeft(text)
	return slices.ContainsFunc(samples[:], func(w string) bool { return strings.HasPrefix(text, w) })
}

// numberedEnd reads "X岗位职责第一篇".
func numberedEnd(text string) (n int, ok bool) {
	t, ok := strings.CutSuffix(strings.TrimRight(text, "】)）] "), pian)
	if !ok {
		return 0, false
	}
	i := strings.LastIndex(t, "第")
	if i <= 0 || !namesDocuments(strings.TrimRight(t[:i], "【(（[ 　")) {
		return 0, false
	}
	n, rest := ordinal(t[i+len("第"):])
	return n, n > 0 && rest == ""
}

// pianBase reports text that may stand before 篇一: it names documents, and
// does not count them ("精选15篇").
func pianBase(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	if unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十几多两", r) {
		return false
	}
	return text != "" && !commas.In(text)
}

// frontOrdinal reads 【篇1】X, 篇一：X, (篇1)X, 第一篇：X, 范文一：X.
func frontOrdinal(text string) (n int, rest string, ok bool) {
	t := headBrackets.TrimLeft(text)
	bracketed := len(t) < len(text)
	t, numbered := strings.CutPrefix(t, "第")
	if numbered {
		n, after := ordinal(t)
		if n == 0 {
			return 0, "", false
		}
		after, found := strings.CutPrefix(strings.TrimLeft(after, " 　\u00a0"), "篇")
		if !found {
			return 0, "", false
		}
		return n, trimHeadRest(after), true
	}
	for _, w := range []string{"篇", "范文", "模板", "范本", "样本"} {
		after, found := strings.CutPrefix(t, w)
		if !found {
			continue
		}
		n, rest := ordinal(strings.TrimLeft(after, " 　\u00a0"))
		if n == 0 {
			return 0, "", false
		}
		if r, _ := utf8.DecodeRuneInString(rest); rest != "" && !bracketed && !strings.ContainsRune(":：、.．)） 　】]", r) {
			if w != pian || !namesDocuments(rest) {
				return 0, "", false
			}
		}
		return n, trimHeadRest(rest), true
	}
	return 0, "", false
}

func trimHeadRest(s string) string { return strings.Trim(s, "】])）〗》:：、.． 　\t|-—") }

// digitOrdinal reads "X岗位职责1", "X岗位职责(一)", "X范文【2】".
func digitOrdinal(text string) (base string, n int, ok bool) {
	t := ordinalEnds.TrimRight(text)
	if r, _ := utf8.DecodeLastRuneInString(t); !(r >= '0' && r <= '9' || marker.IsNumeral(r)) {
		return "", 0, false
	}
	digits := t
	for digits != "" {
		r, size := utf8.DecodeLastRuneInString(digits)
		if d, _ := ordinal(string(r)); d == 0 && r != '0' && r != '十' {
			break
		}
		digits = digits[:len(digits)-size]
	}
	n, rest := ordinal(t[len(digits):])
	if n == 0 || n > 50 || rest != "" {
		return "", 0, false
	}
	base = strings.TrimRight(digits, "【[(（ 　\u00a0")
	if _, _, head := lexicon.HeadAtEnd(base); !head {
		if _, _, doc := lexicon.DocumentHeadAtEnd(base); !doc && !endsWithSample(base) {
			return "", 0, false
		}
	}
	return base, n, utf8.RuneCountInString(base) >= 4
}

// samples are what a page calls its articles.
var samples = [...]string{"范文", "模板", "范本", "样本", "样板", "范例", "实例"}

func endsWithSample(text string) bool {
	return slices.ContainsFunc(samples[:], func(w string) bool { return strings.HasSuffix(text, w) })
}

// ordinal reads a number, Arabic or Chinese, at the start of text; 0 for none.
func ordinal(text string) (n int, rest string) {
	i := 0
	for i < len(text) && i < 3 && text[i] >= '0' && text[i] <= '9' {
		n = n*10 + int(text[i]-'0')
		i++
	}
	if i > 0 {
		return n, text[i:]
	}
	return marker.ChineseNumber(text)
}

// headTitle reads the job that the rest of a heading names.
func (b *builder) headTitle(h *articleHead, rest string) {
	at := strings.LastIndex(b.str(h.span), rest)
	if rest == "" || at < 0 {
		return
	}
	start := h.span.Start + at
	job, kind := jobOf(rest)
	if job == "" || !lexicon.TitleShaped(job) || !lexicon.HasCore(job) {
		return
	}
	off := strings.Index(rest, job)
	h.title = b.nameOf(document.Span{Start: start + off, End: start + off + len(job)})
	h.kind = kind
}

// jobOf cuts heading words off the end of a heading: 物业经理岗位职责 is 物业经理.
func jobOf(text string) (string, document.Kind) {
	t := strings.TrimRight(strings.TrimSpace(text), ":：.。、 　")
	for _, w := range samples {
		t = strings.TrimSuffix(t, w)
	}
	t = firstHead(lexicon.CutTail(t))
	kind := document.Responsibilities
	if _, before, ok := lexicon.DocumentHeadAtEnd(t); ok {
		t = before
	} else if h, before, ok := lexicon.HeadAtEnd(t); ok && !h.Own {
		t, kind = before, h.Kind
	}
	t = t[lexicon.BehindHead(t):] // 中餐厅工作职责厨师长岗位职责
	return strings.TrimSuffix(strings.TrimSpace(t), "的"), kind
}

// maxContents is how many headings behind a table of contents are compared
// with it.
const maxContents = 200

// dropContents takes out headings that are a table of contents: a run without
// text between that is followed by the same count again.
func (b *builder) dropContents(heads []articleHead) []articleHead {
	kept := heads[:0]
	for i := 0; i < len(heads); {
		j := i
		for j+1 < len(heads) && heads[j+1].line == heads[j].line+1 && heads[j+1].style == heads[i].style {
			j++
		}
		again := false
		for k := j + 1; j > i && k < len(heads) && k <= j+maxContents; k++ {
			again = again || heads[k].style == heads[i].style && heads[k].ordinal == heads[i].ordinal
		}
		if again {
			for k := i; k <= j; k++ {
				b.lines[heads[k].line].reason = document.Contents
			}
		} else {
			kept = append(kept, heads[i:j+1]...)
		}
		i = j + 1
	}
	return kept
}

// keepSequences keeps the headings that count: of each style those that go
// on from the last one. A digit at the end of a heading counts only with a
// second one of the same words.
func keepSequences(heads []articleHead) []articleHead {
	last := map[byte]int{}
	bases := map[string]int{}
	pian := 0
	for _, h := range heads {
		if h.style == digitEnd {
			bases[h.base]++
		} else {
			pian++
		}
	}
	var kept []articleHead
	for _, h := range heads {
		if h.style == digitEnd && (bases[h.base] < 2 || pian >= 2) {
			continue
		}
		if prev, seen := last[h.style]; seen && h.ordinal <= prev && h.ordinal != 1 {
			continue
		}
		last[h.style] = h.ordinal
		kept = append(kept, h)
	}
	return kept
}

// articleRanges are the lines of each article, as half-open ranges of line
// numbers; a page without headings is one article.
func (b *builder) articleRanges() []document.Span {
	if len(b.heads) == 0 {
		return []document.Span{{Start: 0, End: len(b.lines)}}
	}
	ranges := make([]document.Span, 0, len(b.heads))
	for i, h := range b.heads {
		end := len(b.lines)
		if i+1 < len(b.heads) {
			end = b.heads[i+1].line
		}
		ranges = append(ranges, document.Span{Start: h.line, End: end})
	}
	return ranges
}
