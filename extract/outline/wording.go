package outline

import (
	"slices"
	"strings"
	"unicode/utf8"
	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
	"zhize/normalize"
)

// shortLine is the length in characters up to which a line of the body is
// judged by one phrase; longer ones are sentences.
const shortLine = 40

// maxParticulars is the longest line, in characters, that is taken for the
// particulars of a document (format, date, size, editor …).
const maxParticulars = 90

// ownWording gives the reason for which a line is the page's own; an empty
// reason means metadata. Early lines stand before the first list.
func (b *builder) ownWording(text string, i int, front, back, early bool) (document.Reason, bool) {
	l := &b.lines[i]
	if l.marks&digitMark != 0 && normalize.PageLine(text) {
		return document.PageNumber, true
	}
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
		if text = strings.TrimLeft(text, bulletMarks); text == "" {
			return document.NoReason, false
		}
	}
	if l.marks&colonMark != 0 && l.marks&digitMark != 0 && headedTail(text) {
		return document.NoReason, false
	}
	if early && particular(text) {
		return document.NoReason, true
	}
	if l.runes <= maxParticulars && l.marks&colonMark != 0 && !namesJob(text) {
		if n := lexicon.MetaKeys(text); (n >= 2 || n == 1 && hasDate(text)) && !b.holdsList(text, l) {
			return document.NoReason, true
		}
	}
	if l.numbers {
		return document.NoReason, false
	}
	if l.runes <= 24 && l.marks&digitMark != 0 && hasDate(text) && !opensContent(text) {
		return document.NoReason, true
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
	if !ok || l.runes > shortLine && b.holdsList(text, l) || b.headsItem(l) || reason != document.Related && b.amongItems(i) {
		return document.NoReason, false
	}
	switch reason {
	case document.Related:
		if (strings.HasSuffix(text, "；") || strings.HasSuffix(text, ";")) && lexicon.Speaks(text) {
			return document.NoReason, false // …推动跨部门事项，相关资料每月底前归档；
		}
	case document.Introduction:
		// Inside the body only questions and announcements to the reader.
		return reason, front || strings.Contains(text, "小编") || strings.Contains(text, "大家")
	case document.Legal, document.Footer:
		return reason, front || back || l.runes <= shortLine
	}
	// Menus, lists of other documents and calls to download are short.
	return reason, l.runes <= shortLine || (front || back) && l.runes <= 2*shortLine && !itemLike(text)
}

// headsItem reports a line in which an item stands right behind the heading of its
// list: 档案员岗位职责：1、….
func (b *builder) headsItem(l *line) bool {
	for _, c := range b.lineCands(l) {
		if c.Style == marker.Bullet || c.Span.Start == l.span.Start {
			continue
		}
		before := headEnds.TrimRight(b.text[l.span.Start:c.Span.Start])
		_, _, ok := lexicon.HeadAtEnd(before)
		return ok
	}
	return false
}

// amongItems reports a line without a number that is an entry of a list, by its
// bullet or by the markup, next to one of the same list that no wording makes the
// page's own.
func (b *builder) amongItems(n int) bool {
	l := &b.lines[n]
	for _, k := range [...]int{n - 1, n + 1} {
		if k < 0 || k >= len(b.lines) {
			continue
		}
		o := &b.lines[k]
		listed := l.kind == document.ListItem && o.kind == l.kind && o.level == l.level
		if !listed && !(l.bullet && o.bullet && b.lineCands(l)[0].Form == b.lineCands(o)[0].Form) {
			continue
		}
		if text := ends(b.str(o.span)); lexicon.Speaks(text) && itemStops.In(lastRune(text)) {
			if _, own := lexicon.BoilerplateReason(strings.TrimLeft(text, bulletMarks)); !own {
				return true
			}
		}
	}
	return false
}

// bulletMarks are what lists of a page's own have before their entries.
const bulletMarks = "-–—·•●○◆■*▪ 　"

// namesJob reports a row of a form that begins with the job's name.
func namesJob(text string) bool {
	k, ok := lexicon.StrongKeyAt(text)
	return ok && k.Field == "title" && colons.In(firstRune(text[len(k.Word):]))
}

// headedTail reports a line behind whose particulars the heading of a section is
// glued: 编制日期：2020年10月一、岗位职责：
func headedTail(text string) bool {
	if !atMost(text, maxParticulars) || !colons.In(lastRune(text)) {
		return false
	}
	core := headEnds.TrimRight(text)
	h, before, ok := lexicon.HeadAtEnd(core)
	return ok && !h.Whole && (lexicon.MetaKeys(before) > 0 || hasDate(before))
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
	for _, dots := range [...]string{"……", "⋯⋯", "....", "····", "﹒﹒﹒"} {
		for at := 0; ; {
			i := strings.Index(text[at:], dots)
			if i < 0 {
				break
			}
			rest := strings.TrimLeft(text[at+i:], "…⋯.·﹒ ")
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
		l.span.End = l.span.Start + end
		l.look(b.str(l.span))
		b.lines[i] = l
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
