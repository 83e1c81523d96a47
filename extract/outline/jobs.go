package outline

import (
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

func (a *assembler) titleToken(t token) {
	if t.element && !t.marked {
		a.elementHead(t)
		return
	}
	next := a.at + 2 // behind the text of a marked title
	if t.marked && t.element && !lexicon.HasCore(a.b.str(t.title)) {
		a.plainTitle(t)
		return
	}
	if !t.marked {
		next = a.behindFacts(a.at + 1)
	}
	if f := a.tokenAt(next); f != nil && a.opensJob(t, f) && !a.insideList(t, f) && !a.headsGroup(t, f) {
		a.nameJob(t)
		if t.marked {
			a.at++
		}
		for ; a.at+1 < next; a.at++ {
			a.b.drop(a.tokens[a.at+1].span, document.Boilerplate)
		}
		return
	}
	a.plainTitle(t)
}

// plainTitle takes a title that names no job as the text that it is; the text
// behind a marker is the next token.
func (a *assembler) plainTitle(t token) {
	if !t.marked {
		a.textToken(token{kind: textToken, span: t.span, line: t.line, first: t.first})
		return
	}
	m := token{kind: markerToken, span: t.mark.Span, line: t.line, first: t.first, mark: t.mark, marked: true}
	a.tokens[a.at] = m
	a.markerToken(m)
}

// opensJob reports whether f, behind the title t, is what a job begins with: a
// section's heading, a form, a list that counts from 1.
func (a *assembler) opensJob(t token, f *token) bool {
	switch f.kind {
	case headToken:
		return f.title.Empty()
	case fieldToken:
		return f.key.Field != "title"
	case markerToken:
		return f.mark.Ordinal == 1 && (!t.marked || lexicon.HasCore(a.b.str(t.title)))
	}
	return false
}

// nameJob opens the position that t names.
func (a *assembler) nameJob(t token) {
	a.newPosition()
	a.pos.title, a.pos.heading, a.pos.origin = t.title, t.title, document.FromHeading
	a.b.claim(t.span, document.RoleHeading)
	if t.marked {
		a.lastTop = t
	}
}

func (a *assembler) tokenAt(i int) *token {
	if i < len(a.tokens) {
		return &a.tokens[i]
	}
	return nil
}

// maxFacts is how many lines a job board writes between a job's title and its
// first heading; maxFact is the length of one in characters.
const (
	maxFacts = 4
	maxFact  = 60
)

// behindFacts is the first token from i on that is no line of a job board's
// facts: the pay, the place, the years of experience. It is i where no heading
// follows them.
func (a *assembler) behindFacts(i int) int {
	lines, last := 0, -1
	for k := i; k < len(a.tokens); k++ {
		t := &a.tokens[k]
		if t.kind == headToken && k > i {
			return k
		}
		if t.kind != textToken || !atMost(a.b.str(t.span), maxFact) || !a.b.isFact(t) {
			return i
		}
		if t.line != last {
			lines, last = lines+1, t.line
		}
		if lines > maxFacts {
			return i
		}
	}
	return i
}

// isFact reports a line of a job board's facts: it has a digit, several cells or
// several words, and no sentence.
func (b *builder) isFact(t *token) bool {
	l := &b.lines[t.line]
	tags := len(strings.Fields(b.str(l.span))) >= 3
	return (tags || l.marks&(digitMark|pipeMark|tabMark) != 0) && !l.numbers && !sentenceEnds.In(b.str(l.span)) && !commas.In(b.str(l.span))
}

// countedTitle takes a counted text that is a job's title and heads a list of
// its own: 2、市场部助理-王小明 and 1、 behind it.
func (a *assembler) countedTitle(t token) bool {
	text, list := a.following(), a.tokenAt(a.at+2)
	if t.mark.Style == marker.Bullet || text == nil || text.kind != textToken || text.line != t.line && !t.mark.Alone ||
		list == nil || list.kind != markerToken || list.mark.Ordinal != 1 || list.mark.Style < t.mark.Style {
		return false
	}
	title, ok := a.b.titled(text.span)
	if !ok {
		return false
	}
	job := token{kind: titleToken, span: document.Span{Start: t.span.Start, End: text.span.End}, line: t.line, mark: t.mark, marked: true, named: &named{title: title}}
	if a.insideList(job, list) || a.headsGroup(job, list) {
		return false
	}
	a.nameJob(job)
	a.at++
	return true
}

// elementHead takes a heading element: it ends what stands before it, and
// names a position where its words are a job's.
func (a *assembler) elementHead(t token) {
	a.b.claim(t.span, document.RoleHeading)
	a.field = nil
	named := t.job || lexicon.HasCore(a.b.str(t.title))
	if named || a.pos.hasItems() {
		a.newPosition()
	}
	if named {
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.title, document.FromHeading
	}
}

// insideList reports a title that is the value of an open field, or an item
// with a list of its own below it.
func (a *assembler) insideList(t token, f *token) bool {
	if a.field != nil && a.field.Value.Empty() && !t.marked {
		return true
	}
	return f.kind == markerToken && t.marked && f.mark.Style > t.mark.Style && f.mark.Style > marker.Arabic && len(a.stack) > 0 &&
		a.stack[0].style == t.mark.Style && a.sec != nil && a.sec.explicit && t.mark.Ordinal == a.stack[0].last+1
}

// headsGroup reports a counted title that heads a group of the duties of the job
// in hand: the first thing below the job's own heading, or the next of such
// groups. 客服主管岗位职责：⏎一、投诉处理⏎1、…⏎二、现场运营⏎1、…
func (a *assembler) headsGroup(t token, f *token) bool {
	if job := a.b.str(a.pos.title); !t.marked || f.kind != markerToken || !lexicon.HasCore(job) || lexicon.IsUnit(job) {
		return false
	}
	first := t.mark.Ordinal == 1 && a.sec != nil && a.sec.explicit && a.sec.empty() && a.pos.title.Start >= a.sec.heading.Start
	g := a.group
	return first || g.marked && g.span.Start > a.pos.title.Start && g.mark.Style == t.mark.Style && g.mark.Ordinal == t.mark.Ordinal-1
}

// contextTitle lends the positions of an article, where nothing names any of
// them, the job in the article's heading or, on a page without articles, in
// the page's title. Several positions share no department's name.
func (a *assembler) contextTitle(positions []document.Position) {
	for _, p := range positions {
		if !p.Title.Empty() {
			return
		}
	}
	if len(positions) == 0 {
		return
	}
	title, ok := a.topic()
	if !ok || len(positions) > 1 && lexicon.IsUnit(a.b.str(title)) {
		return
	}
	for i := range positions {
		positions[i].Title, positions[i].Origin = title, document.FromContext
	}
}

// topic is the job that the article's heading or the page's title names.
func (a *assembler) topic() (document.Span, bool) {
	if a.head == nil {
		return a.pageTopic()
	}
	if !a.head.title.Empty() {
		return a.head.title, true
	}
	s := a.head.span
	text := a.b.str(s)
	switch a.head.style {
	case pianEnd:
		if i := strings.LastIndex(text, pian); i > 0 {
			text = strings.TrimSuffix(strings.TrimRight(text[:i], "(（【[ 　\u00a0"), "第")
			text = withoutPraise(text)
		}
	case pianFront:
		if _, rest, ok := frontOrdinal(text); ok && rest != "" {
			s.Start += strings.LastIndex(text, rest)
			text = rest
		}
	case digitEnd:
		text = a.head.base
	}
	s.End = s.Start + len(text)
	return a.b.jobIn(s)
}

// pageTopic is the job that the page's title line names.
func (a *assembler) pageTopic() (document.Span, bool) {
	key := titleKey(a.b.in.Title)
	for _, l := range a.b.lines {
		text := a.b.str(l.span)
		if !l.meta || !isTitle(text, key) {
			continue
		}
		s := l.span
		s.Start += len(text) - len(trimName(withoutYear(text)))
		s.End = s.Start + len(withoutNumber(strings.TrimRight(cutBrackets(a.b.str(s)), " 　")))
		return a.b.jobIn(s)
	}
	return document.Span{}, false
}

// jobIn is the job that a heading names: 物业经理 of 物业经理岗位职责.
func (b *builder) jobIn(s document.Span) (document.Span, bool) {
	text := b.str(s)
	job, _ := jobOf(withoutSpaces(text))
	at := strings.Index(text, job)
	if at < 0 {
		job, _ = jobOf(text)
		at = strings.Index(text, job)
	}
	if job == "" || at < 0 {
		return s, false
	}
	named := document.Span{Start: s.Start + at, End: s.Start + at + len(job)}
	if title, ok := b.titled(named); ok {
		return title, true
	}
	name := b.nameOf(named)
	bare := b.str(name)
	return name, len(job) < len(text) && lexicon.TitleShaped(bare) && atMost(bare, maxSheetTitle) && !lexicon.NamesCompany(bare) && !lexicon.IsUnit(bare)
}

// withoutNumber is a title without the number of articles that it promises:
// 保安员岗位职责精选5篇.
func withoutNumber(text string) string {
	rest, ok := strings.CutSuffix(text, pian)
	if !ok {
		return text
	}
	return withoutPraise(strings.TrimRight(rest, "0123456789 一二三四五六七八九十多"))
}

// withoutPraise is a document's name without what a site says of it behind it.
func withoutPraise(text string) string {
	for _, w := range [...]string{"精选", "通用", "优秀", "汇总", "大全", "合集", "汇编", "热门", "推荐", "共", "集锦", "实用", "最新"} {
		text = strings.TrimSuffix(text, w)
	}
	return text
}

// cutBrackets takes a bracketed tail and a file's extension off a title:
// 保安员岗位职责（精选5篇）.doc
func cutBrackets(text string) string {
	for _, mark := range []string{"（", "(", "【", "[", "_", ".doc"} {
		if i := strings.Index(text, mark); i > 0 {
			text = text[:i]
		}
	}
	return text
}

// sharedTitle reports a page whose articles all bear one job: then it is the
// page's topic rather than each article's title.
func (b *builder) sharedTitle() bool {
	if len(b.heads) < 2 {
		return false
	}
	for _, h := range b.heads[1:] {
		if b.str(h.title) != b.str(b.heads[0].title) {
			return false
		}
	}
	return true
}
