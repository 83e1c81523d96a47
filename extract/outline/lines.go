package outline

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// line is one line of the text, or the part of one that stands alone after
// an article's heading was cut out of it.
type line struct {
	span    document.Span // without surrounding space
	kind    document.BlockKind
	level   int8     // of a heading element, or the nesting of a list item
	depth   int16    // columns of white space before a line of text
	meta    bool     // says something of the page
	numbers bool     // begins with a marker that counts
	bullet  bool     // begins with one that does not
	tagged  bool     // its text is glued to the last of a board's tags
	heads   bool     // is the heading row of a table whose columns are read
	columns bool     // is part of such a table
	block   int32    // its block, counted from 1; 0 for a paragraph
	marks   marks    // which marks stand in it
	reason  string   // why it is left out, "" for the body
	runes   int32    // its length in characters
	cells   [2]int32 // of a table row: its part of builder.cellSpans
	cands   [2]int32 // its part of builder.cands
}

func (b *builder) str(s document.Span) string { return s.Of(b.text) }

// trim takes white space off both ends of s.
func (b *builder) trim(s document.Span) document.Span { return trimSpan(b.text, s) }

func trimSpan(text string, s document.Span) document.Span {
	t := s.Of(text)
	cut := strings.TrimLeftFunc(t, isSpace)
	s.Start += len(t) - len(cut)
	s.End = s.Start + len(strings.TrimRightFunc(cut, isSpace))
	return s
}

// isSpace reports white space and the marks that show none.
func isSpace(r rune) bool {
	if '0' <= r && r < 0x7f || 0x3400 <= r && r <= 0x9fff {
		return false
	}
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u200c' || r == '\u200d'
}

// splitLines cuts the text that the markup did not drop into lines.
func (b *builder) splitLines() {
	drop := b.in.Dropped
	block := 0
	b.lines = make([]line, 0, strings.Count(b.text, "\n")+len(drop)+1)
	for at := 0; at < len(b.text); {
		end := len(b.text)
		if i := strings.IndexByte(b.text[at:], '\n'); i >= 0 {
			end = at + i
		}
		for len(drop) > 0 && drop[0].End <= at {
			drop = drop[1:]
		}
		if len(drop) > 0 && drop[0].Start < end {
			end = max(at, drop[0].Start)
			if end == at {
				at = min(drop[0].End, len(b.text))
				continue
			}
		}
		s := b.trim(document.Span{Start: at, End: end})
		if !s.Empty() {
			for block < len(b.in.Blocks) && b.in.Blocks[block].End <= s.Start {
				block++
			}
			l := line{span: s, depth: columns(b.text[at:s.Start])}
			if block < len(b.in.Blocks) && b.in.Blocks[block].Start <= s.Start {
				l.kind, l.level, l.block = b.in.Blocks[block].Kind, int8(b.in.Blocks[block].Level), int32(block+1)
			}
			b.lines = append(b.lines, l)
		}
		at = end
		if at < len(b.text) && b.text[at] == '\n' {
			at++
		}
	}
}

// columns is how far white space moves a line in.
func columns(space string) int16 {
	n := 0
	for _, r := range space[:min(len(space), 256)] {
		switch r {
		case '\t':
			n += 4
		case '　':
			n += 2
		default:
			n++
		}
	}
	return int16(n)
}

// nesting is how deep a line stands among lines of its kind: by the markup of
// lists, or by the white space before it.
func (l *line) nesting() (depth, step int) {
	if l.kind == document.ListItem {
		return int(l.level), 1
	}
	return int(l.depth), 2
}

// measure reads every line once: its length, its marks, its cells, and the
// places that may be markers.
func (b *builder) measure() {
	b.cands = make([]marker.Candidate, 0, min(2*len(b.lines), MaxParts))
	b.claims = make([]document.Region, 0, 3*len(b.lines)+len(b.in.Dropped))
	for i := range b.lines {
		l := &b.lines[i]
		l.runes, l.marks = survey(b.str(l.span))
		from := len(b.cands)
		if l.marks&(tabMark|pipeMark) == 0 {
			b.cands = marker.Scan(b.cands, b.text, l.span)
		} else {
			l.cells[0] = int32(len(b.cellSpans))
			b.cellSpans = appendCells(b.cellSpans, b.text, l.span)
			l.cells[1] = int32(len(b.cellSpans))
			for _, c := range b.cellSpans[l.cells[0]:] {
				b.cands = marker.Scan(b.cands, b.text, c)
			}
		}
		l.cands = [2]int32{int32(from), int32(len(b.cands))}
		if c := b.lineCands(l); len(c) > 0 && c[0].Span.Start == l.span.Start {
			l.bullet = c[0].Style == marker.Bullet
			l.numbers = !l.bullet
		}
		if len(b.cands) > MaxParts {
			return
		}
	}
}

func (b *builder) lineCands(l *line) []marker.Candidate { return b.cands[l.cands[0]:l.cands[1]] }

// marks are the marks that stand in a line, a bit for each sort: what a line
// may be by its wording is looked for only where its marks allow it.
type marks uint16

const (
	colonMark   marks = 1 << iota // : ：
	leaderMark                    // … . · ﹒
	pageMark                      // _
	arrowMark                     // > » › ＞ →
	dashMark                      // -
	digitMark                     // 0 … 9
	tabMark                       // a tab
	pipeMark                      // |
	bracketMark                   // 【
	spaceMark                     // a space, a tab or an ideographic space
)

var asciiMarks = [utf8.RuneSelf]marks{
	':': colonMark, '.': leaderMark, '_': pageMark, '>': arrowMark, '-': dashMark, '\t': tabMark | spaceMark, '|': pipeMark, ' ': spaceMark,
	'0': digitMark, '1': digitMark, '2': digitMark, '3': digitMark, '4': digitMark, '5': digitMark, '6': digitMark, '7': digitMark, '8': digitMark, '9': digitMark,
}

// survey counts the characters of text and finds its marks.
func survey(text string) (runes int32, m marks) {
	for i := 0; i < len(text); runes++ {
		c := text[i]
		if c < utf8.RuneSelf {
			m |= asciiMarks[c]
			i++
			continue
		}
		if 0xe4 <= c && c <= 0xe9 { // Han characters
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '：':
			m |= colonMark
		case '…', '·', '﹒':
			m |= leaderMark
		case '»', '›', '＞', '→':
			m |= arrowMark
		case '【':
			m |= bracketMark
		case '　':
			m |= spaceMark
		}
	}
	return runes, m
}

// atMost reports whether text has no more than n characters.
func atMost(text string, n int) bool {
	if len(text) <= n || len(text) > utf8.UTFMax*n {
		return len(text) <= n
	}
	for i := 0; i < len(text); i++ {
		if utf8.RuneStart(text[i]) {
			n--
		}
	}
	return n >= 0
}

// classify decides by wording which lines are the page's own.
func (b *builder) classify() {
	if _, before, ok := lexicon.HeadAtEnd(headEnds.TrimRight(b.in.Title)); ok && before == "" {
		b.in.Title = "" // the heading of a section
	}
	first, last := b.bodyRange()
	title := titleKey(b.in.Title)
	titles, listed := 0, false
	related, tags := false, false
	for i := range b.lines {
		l := &b.lines[i]
		text := b.str(l.span)
		if b.isArticleHead(i) || l.columns || l.heads {
			related, tags = false, false
			continue
		}
		front, back := i < first, i > last
		listed = listed || l.numbers
		if isTitle(text, title) {
			titles++
			if titles > 1 && b.headsList(i) {
				continue
			}
			if titles == 1 {
				l.meta = true
			} else {
				l.reason = document.Duplicate
			}
			continue
		}
		if reason, ok := b.ownWording(text, l, front, back, !listed); ok {
			related, tags = reason == document.Related, tagKey(text)
			if tags {
				b.tagsAbove(i)
			}
			if reason == "" {
				l.meta = true
			} else {
				l.reason = reason
			}
			continue
		}
		if related && !l.numbers && !keyed(text) && l.runes <= 2*shortLine && (back || front && l.runes <= 40) {
			l.reason = document.Related
			continue
		}
		if tags && !l.numbers && l.runes <= maxTag && !keyed(text) && (!headedLine(text) || lexicon.NamesBenefits(text)) {
			l.reason = document.Boilerplate
			continue
		}
		l.tagged = tags
		related, tags = false, false
	}
}

// maxTag is the longest line, in characters, that is a value under a board's
// 职能类别 or 关键字.
const maxTag = 20

// maxTags is how many such lines may stand above a page's first key.
const maxTags = 6

// tagsAbove drops the lines above the tag key in line n where a board's page
// begins with them: they are the values of a key that was cut off.
func (b *builder) tagsAbove(n int) {
	for i := range b.lines[:n] {
		l := &b.lines[i]
		if text := b.str(l.span); i >= maxTags || l.numbers || l.bullet || l.runes > maxTag || keyed(text) || headedLine(text) {
			return
		}
	}
	for i := range b.lines[:n] {
		if l := &b.lines[i]; l.reason == "" && !l.meta {
			l.reason = document.Boilerplate
		}
	}
}

// bodyRange finds the lines between which the page's content stands: from
// the first article's heading or the first heading word to the last line that
// looks like content.
func (b *builder) bodyRange() (first, last int) {
	first, last = 0, len(b.lines)-1
	if len(b.heads) > 0 {
		first = b.heads[0].line
	} else {
		title := titleKey(b.in.Title)
		for i, l := range b.lines {
			text := b.str(l.span)
			if _, own := lexicon.BoilerplateReason(ends(text)); own || breadcrumb(text) || isTitle(text, title) {
				continue
			}
			if l.numbers || l.runes <= 60 && headedLine(text) || opensContent(text) {
				first = i
				break
			}
		}
	}
	for last > first && !b.lines[last].numbers && !b.lines[last].bullet && !contentLike(b.str(b.lines[last].span)) {
		last--
	}
	return first, last
}

// headedLine reports text that is a heading or a form key.
func headedLine(text string) bool {
	s := headedEnds.TrimRight(text)
	if _, _, ok := lexicon.HeadAtEnd(lexicon.CutTail(s)); ok {
		return true
	}
	_, ok := lexicon.FieldKey(s)
	return ok
}

// headsList reports a copy of the page's title that is the heading of what
// follows: a list, or a section's heading.
func (b *builder) headsList(i int) bool {
	if i+1 >= len(b.lines) {
		return false
	}
	n := b.lines[i+1]
	text := b.str(n.span)
	return !isTitle(text, titleKey(b.in.Title)) && (n.numbers && lexicon.LegalWords(text) == 0 || n.runes <= 20 && headedLine(text))
}

// opensContent reports a line that begins with a heading word or a form key.
func opensContent(text string) bool {
	text = strings.TrimLeft(text, "|【[ 　")
	if _, ok := lexicon.HeadAtStart(text); ok {
		return true
	}
	_, ok := lexicon.StrongKeyAt(text)
	return ok || keyed(text)
}

// keyed reports a line that is a form row: "- 岗位名称：车间主任".
func keyed(text string) bool {
	i := colons.Index(text)
	if i < 0 {
		return false
	}
	_, ok := lexicon.FieldKey(strings.TrimLeft(text[:i], "-–—·•●○◆■*▪ 　"))
	return ok
}

// contentLike reports a line that ends like a sentence of a list.
func contentLike(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	if _, own := lexicon.BoilerplateReason(ends(text)); own {
		return false
	}
	return strings.ContainsRune("。；;", r)
}

// shortLine is the length in characters up to which a line of the body is
// judged by one phrase; longer ones are sentences.
const shortLine = 40

// maxParticulars is the longest line, in characters, that is taken for the
// particulars of a document (format, date, size, editor …).
const maxParticulars = 90

// ownWording gives the reason for which a line is the page's own; an empty
// reason means metadata. Early lines stand before the first list.
func (b *builder) ownWording(text string, l *line, front, back, early bool) (string, bool) {
	if l.marks&pageMark != 0 && strings.Contains(text, "_第") && pageList(text) {
		return document.PageNumber, true
	}
	if text == "目录" || text == "目 录" || l.marks&leaderMark != 0 && leaders(text) {
		return document.Contents, true
	}
	if lexicon.BoardLine(headEnds.TrimRight(text)) {
		return document.Boilerplate, true
	}
	if l.bullet {
		if text = strings.TrimLeft(text, "-–—·•●○◆■*▪ 　"); text == "" {
			return "", false
		}
	}
	if early && particular(text) {
		return "", true
	}
	if l.runes <= maxParticulars && l.marks&colonMark != 0 {
		if n := lexicon.MetaKeys(text); (n >= 2 || n == 1 && hasDate(text)) && !b.holdsList(text, l) {
			return "", true
		}
	}
	if l.numbers {
		return "", false
	}
	if l.runes <= 24 && l.marks&digitMark != 0 && hasDate(text) {
		return "", true
	}
	if l.runes <= shortLine && l.marks&arrowMark != 0 && breadcrumb(text) {
		return document.Navigation, true
	}
	if l.runes <= 28 && l.marks&dashMark != 0 && strings.Contains(text, "---") {
		return document.Advertisement, true
	}
	reason, ok := lexicon.BoilerplateReason(ends(text))
	if !ok && early && !l.bullet && lexicon.OpensIntroduction(text) && !b.holdsList(text, l) {
		return document.Introduction, true
	}
	if !ok && l.runes <= shortLine {
		if l.marks&spaceMark != 0 {
			reason, ok = lexicon.BoilerplateReason(withoutSpaces(text))
		}
		if !ok && l.runes <= maxRelatedHead && lexicon.HeadsRelated(headEnds.TrimRight(text)) {
			reason, ok = document.Related, true
		}
	}
	if !ok || l.runes > shortLine && b.holdsList(text, l) {
		return "", false
	}
	switch reason {
	case document.Introduction:
		// Inside the body only questions and announcements to the reader.
		return reason, front || strings.Contains(text, "小编") || strings.Contains(text, "大家")
	case document.Legal, document.Footer:
		return reason, front || back || l.runes <= shortLine
	}
	// Menus, lists of other documents and calls to download are short.
	return reason, l.runes <= shortLine || (front || back) && l.runes <= 2*shortLine && !itemLike(text)
}

// maxRelatedHead is the longest heading, in characters, of a list of other
// documents: 本类推荐.
const maxRelatedHead = 8

// withoutSpaces is text without its blanks.
func withoutSpaces(text string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) {
			return -1
		}
		return r
	}, text)
}

// maxEnd is how much of either end of a line, in bytes, is searched for
// wording: a page speaks for itself where a line begins or ends.
const maxEnd = 450

// ends is a line, or both ends of a long one.
func ends(text string) string {
	if len(text) <= 2*maxEnd {
		return text
	}
	return text[:maxEnd] + text[len(text)-maxEnd:]
}

// holdsList reports a long line that holds a list or begins with a heading:
// one phrase of a page's own in it does not make it the page's own.
func (b *builder) holdsList(text string, l *line) bool {
	if _, ok := lexicon.HeadAtStart(text); ok {
		return true
	}
	return slices.ContainsFunc(b.lineCands(l), func(c marker.Candidate) bool { return c.Ordinal == 1 || c.Ordinal == 2 })
}

// particular reports a line that is one particular of a document: a date, a
// time, or a key such as 格式 or 小编 with a short value.
func particular(text string) bool {
	if !atMost(text, 30) {
		return false
	}
	if dateMarks.Trim(text) == "" {
		return true
	}
	i := colons.Index(text)
	if i <= 0 {
		return false
	}
	_, n := utf8.DecodeRuneInString(text[i:])
	return lexicon.MetaKeys(text[:i+n]) == 1
}

// pageList reports "X_第1页 X_第2页 …".
func pageList(text string) bool {
	return strings.Count(text, "_第") >= 2 || strings.HasSuffix(text, "页")
}

// leaders reports a line of a table of contents: titles, each with dots and a
// page number behind it. One entry is a line of its own, several may be glued.
func leaders(text string) bool {
	n, last := leaderNumbers(text)
	return n >= 2 || n == 1 && last == len(text) && utf8.RuneCountInString(text) <= maxHeading
}

// leaderNumbers counts the page numbers behind rows of dots, and tells where
// the last of them ends.
func leaderNumbers(text string) (n, end int) {
	for _, dots := range [...]string{"……", "....", "····", "﹒﹒﹒"} {
		for at := 0; ; {
			i := strings.Index(text[at:], dots)
			if i < 0 {
				break
			}
			rest := strings.TrimLeft(text[at+i:], "….·﹒ ")
			at = len(text) - len(rest)
			if number := strings.TrimLeft(rest, "0123456789"); len(number) < len(rest) {
				n++
				end = max(end, len(text)-len(strings.TrimLeft(number, " ")))
			}
		}
	}
	return n, end
}

// minBehind is how long, in bytes, the text behind a table of contents on one
// line must be to be a line of its own.
const minBehind = 120

// cutContents makes a line of its own of the text that follows a table of
// contents on one line.
func (b *builder) cutContents() {
	for i := 0; i < len(b.lines); i++ {
		l := b.lines[i]
		text := b.str(l.span)
		if len(text) < 2*minBehind {
			continue
		}
		n, end := leaderNumbers(text)
		if n < 2 || len(text)-end < minBehind {
			continue
		}
		rest := b.lineOf(document.Span{Start: l.span.Start + end, End: l.span.End}, l.kind)
		b.lines[i].span.End = l.span.Start + end
		b.lines = slices.Insert(b.lines, i+1, rest)
		return
	}
}

// breadcrumb reports "首页 > 范文 > 岗位职责".
func breadcrumb(text string) bool {
	n := 0
	for _, sep := range []string{">", "»", "›", "＞", "→"} {
		n = max(n, strings.Count(text, sep))
	}
	return n >= 2 || n == 1 && strings.HasPrefix(text, "首页")
}

// hasDate reports a date of the form 2023-11-23, 2023/11/23 or 2023年11月.
func hasDate(text string) bool {
	for i := 0; i+6 < len(text); i++ {
		if (text[i] == '2' && text[i+1] == '0' || text[i] == '1' && text[i+1] == '9') && isDigits(text[i:i+4]) {
			rest := text[i+4:]
			if rest[0] == '-' || rest[0] == '/' || rest[0] == '.' {
				return isDigits(rest[1:2])
			}
			if r, ok := strings.CutPrefix(rest, "年"); ok {
				return len(r) > 0 && isDigits(r[:1]) && strings.Contains(r, "月")
			}
		}
	}
	return false
}

func isDigits(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// titleKey is a title without what copies of it differ in.
func titleKey(title string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, cutExtension(title))
}

// cutExtension takes the name of a file format off a title.
func cutExtension(title string) string {
	t := strings.TrimSpace(title)
	for _, ext := range [...]string{".docx", ".doc", ".pdf", ".txt", ".wps"} {
		t = strings.TrimSuffix(t, ext)
	}
	return t
}

// isTitle reports a copy of the title that has this key; "" is no title's.
func isTitle(text, key string) bool {
	if key == "" {
		return false
	}
	for _, r := range cutExtension(text) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		k, n := utf8.DecodeRuneInString(key)
		if k != r || n == 0 {
			return false
		}
		key = key[n:]
	}
	return key == ""
}

func (b *builder) isArticleHead(i int) bool {
	k := sort.Search(len(b.heads), func(k int) bool { return b.heads[k].line >= i })
	return k < len(b.heads) && b.heads[k].line == i
}
