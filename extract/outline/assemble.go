package outline

import (
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// assembler builds the positions of one article from its tokens.
type assembler struct {
	b       *builder
	head    *articleHead
	tokens  []token
	at      int
	out     []*posNode
	pos     *posNode
	sec     *secNode
	stack   []level
	cur     *itemNode
	field   *document.Field // open: its value may go on
	lead    []token         // text before anything else of the position
	lastTop token           // marker of the last head, for counted heads
	group   token           // marker of the last head of a group of items
	stopped bool            // the list's items end with a stop as a rule
	ended   bool            // a job board's own lines have begun
	nested  bool            // white space has nested a list
	rowMark *token          // the number of a table's row, until an item takes it
}

func (b *builder) article(i int, r document.Span) {
	art := document.Article{Ordinal: 1}
	b.nodes.reset()
	b.words.reset()
	a := &assembler{b: b, tokens: b.tokenize(r)}
	if len(b.heads) > 0 {
		h := &b.heads[i]
		a.head = h
		art.Ordinal, art.Heading = h.ordinal, b.headWords(h.span)
		if !h.span.Empty() {
			b.claim(h.span, document.RoleHeading)
		}
	}
	a.stopped = a.stopRate()
	a.open(&posNode{})
	if a.head != nil && !a.head.title.Empty() && !b.sharedTitle() {
		a.pos.title, a.pos.heading, a.pos.origin, a.pos.lent = a.head.title, art.Heading, document.FromHeading, true
	}
	for a.at = 0; a.at < len(a.tokens); a.at++ {
		a.token(a.tokens[a.at])
	}
	a.takeRowMark()
	a.closePosition()
	for _, p := range a.out {
		if pos, ok := b.position(p); ok {
			art.Positions = append(art.Positions, pos)
		}
	}
	a.contextTitle(art.Positions)
	b.out.Articles = append(b.out.Articles, art)
}

// headWords is a heading without the marks around it.
func (b *builder) headWords(s document.Span) document.Span {
	text := b.str(s)
	s.End = s.Start + len(articleEnds.TrimRight(text))
	return s
}

// stopRate reports whether the lines before line-starting markers end with a
// stop, as a rule: then one that does not was broken.
func (a *assembler) stopRate() bool {
	all, stopped := 0, 0
	for i, t := range a.tokens {
		if t.kind == markerToken && t.first && i > 0 && a.tokens[i-1].kind == textToken {
			all++
			if a.b.ended(a.tokens[i-1].span) {
				stopped++
			}
		}
	}
	return all == 0 || stopped*10 >= all*6
}

func (a *assembler) open(p *posNode) {
	a.pos = p
	a.out = append(a.out, p)
	a.sec, a.cur, a.field = nil, nil, nil
	a.stack = a.stack[:0]
}

// fresh reports a position that holds nothing yet.
func (a *assembler) fresh() bool {
	return !a.pos.hasItems() && len(a.pos.fields) == 0 && a.pos.title.Empty()
}

func (a *assembler) newPosition() {
	if a.fresh() {
		a.closeLead(document.Introduction)
		return
	}
	a.closePosition()
	if !a.pos.onlyFacts() {
		a.open(&posNode{})
	}
}

// named reports a position of which nothing but its title is known yet.
func (a *assembler) named() bool {
	return !a.pos.title.Empty() && !a.pos.hasItems() && len(a.pos.fields) == 0 && len(a.lead) == 0
}

func (a *assembler) closePosition() {
	a.closeSection()
	a.closeLead(document.NoReason)
	a.field = nil
}

func (a *assembler) token(t token) {
	if a.ended && t.kind == titleToken && !t.marked && !t.element {
		t.kind = textToken // the value of a form word
	}
	switch t.kind {
	case articleToken:
	case textToken:
		a.textToken(t)
	case markerToken:
		a.markerToken(t)
	case headToken:
		a.headToken(t)
	case titleToken:
		a.titleToken(t)
	case fieldToken:
		a.fieldToken(t)
	case columnToken:
		a.columnToken(t)
	case endToken:
		a.closeSection()
		a.field = nil
		a.b.drop(t.span, document.Boilerplate)
	}
	a.ended = t.kind == endToken || a.ended && t.kind == textToken
}

// next is the following token that is no text, nil at the end.
func (a *assembler) next(kinds ...tokenKind) *token {
	for i := a.at + 1; i < len(a.tokens); i++ {
		for _, k := range kinds {
			if a.tokens[i].kind == k {
				return &a.tokens[i]
			}
		}
	}
	return nil
}

func (a *assembler) following() *token {
	if a.at+1 < len(a.tokens) {
		return &a.tokens[a.at+1]
	}
	return nil
}

func (a *assembler) headToken(t token) {
	if a.dutyLabel(t) || a.inList(t) || a.lineLabel(t) {
		return
	}
	a.dropNotice()
	a.field = nil
	counted := t.marked && a.lastTop.marked && t.mark.Style == a.lastTop.mark.Style && t.mark.Ordinal == a.lastTop.mark.Ordinal+1
	switch {
	case !t.title.Empty():
		if a.sameJob(t) {
			break
		}
		a.newPosition()
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.words, document.FromHeading
	case t.sheet:
		if !a.named() || a.tokens[a.at-1].line != t.line {
			a.newPosition()
		}
		a.b.claim(t.span, document.RoleHeading)
		return
	case t.head.Kind == document.Responsibilities && a.pos.has(document.Responsibilities) && !counted && !a.summed() && a.restarts():
		a.newPosition()
	}
	if t.marked {
		a.lastTop = t
	}
	a.b.claim(t.span, document.RoleHeading)
	if t.sheet {
		a.closeSection()
		return
	}
	a.openHead(t.head, t.words)
	if !t.title.Empty() {
		a.introduction(t)
	}
}

// introduction drops the text behind a heading that names the job where the
// heading of its duties follows: 【客服主管岗位职责】在企业中…
func (a *assembler) introduction(t token) {
	text, next := a.following(), a.tokenAt(a.at+2)
	if text == nil || text.kind != textToken || text.line != t.line || next == nil {
		return
	}
	again := next.kind == headToken && next.title.Empty() && next.head.Kind == document.Responsibilities && t.head.Kind == document.Responsibilities || next.kind == fieldToken && next.key.Field == "summary"
	opens := next.kind == headToken || next.kind == fieldToken || next.kind == markerToken && next.mark.Ordinal == 1
	if again || opens && !itemLike(a.b.str(text.span)) {
		a.b.drop(text.span, document.Introduction)
		a.at++
	}
}

// dropNotice drops the list in hand where it is a site's notice, so that it is
// nobody's duties when the next heading is read. Below a heading it must speak of
// its site, as when the list is read at last.
func (a *assembler) dropNotice() {
	if a.sec == nil || len(a.sec.items) == 0 {
		return
	}
	if a.sec.explicit && !a.b.addresses(a.sec.items) {
		a.sec.asked = len(a.sec.items)
		return
	}
	a.resolve(0, false, 0)
	if a.b.notice(a.sec.items) {
		a.b.dropItems(a.sec.items, document.Legal)
		a.sec.items, a.cur, a.stack = nil, nil, a.stack[:0]
	}
}

// openHead opens the section that a heading word heads; the kind of one that
// says none is read off its list.
func (a *assembler) openHead(h lexicon.Head, words document.Span) {
	kind := h.Kind
	switch {
	case h.Own:
		kind = document.Other
	case kind == "":
		kind = a.inferKind()
	}
	a.openSection(kind, words, h.Kind != "")
	a.sec.own = h.Own
}

// inList takes a heading word or a form key that only labels the next item of
// an open list under a heading of its own: "2．使用设备：电脑、打印机" below 工作条件.
func (a *assembler) inList(t token) bool {
	if !t.marked || a.sec == nil || !a.sec.explicit || !t.title.Empty() || t.sheet || t.kind == fieldToken && a.sec.kind == document.Other {
		return false
	}
	f := a.following()
	if f == nil || f.kind != textToken || f.line != t.line {
		return false
	}
	switch len(a.stack) {
	case 0: // the first of its list: below its heading's own kind
		sibling := a.lastTop.marked && a.lastTop.mark.Style == t.mark.Style
		own := t.kind == headToken && t.head.Kind == a.sec.kind || t.kind == fieldToken && !t.key.Strong
		if sibling || !own || !a.sec.empty() {
			return false
		}
	case 1:
		if a.stack[0].style != t.mark.Style || t.mark.Ordinal != a.stack[0].last+1 {
			return false
		}
	default:
		return false
	}
	a.markerToken(token{kind: markerToken, span: t.mark.Span, line: t.line, first: t.first, mark: t.mark, marked: true})
	a.textToken(token{kind: textToken, span: document.Span{Start: t.mark.Body, End: t.span.End}, line: t.line})
	return true
}

// lineLabel takes a heading word of the open section's own kind that only
// labels a line of it: "内部协调关系：公司各部门" below 工作关系.
func (a *assembler) lineLabel(t token) bool {
	again := t.head.Kind == document.Responsibilities && !t.head.Whole && a.sec != nil && a.sec.empty() // 职位描述： 岗位职责：
	if again || t.marked || a.sec == nil || !a.sec.explicit || t.head.Kind != a.sec.kind || !t.title.Empty() || t.sheet || !t.first || a.cur != nil {
		return false
	}
	f := a.following()
	if f == nil || f.kind != textToken || f.line != t.line || f.cell {
		return false
	}
	a.textToken(token{kind: textToken, span: document.Span{Start: t.span.Start, End: f.span.End}, line: t.line, first: true})
	a.at++
	return true
}

// sameJob reports a head that names the current position again, for its next
// section or because it stands twice.
func (a *assembler) sameJob(t token) bool {
	if a.pos.title.Empty() || a.b.str(a.pos.title) != a.b.str(t.title) {
		return false
	}
	return !a.pos.has(t.head.Kind)
}

// summed reports an open section that only sums the job up before its duties
// are listed: 职位描述：负责产品的实现。 岗位职责：1、…
func (a *assembler) summed() bool {
	return a.sec != nil && len(a.sec.items) == 0 && len(a.sec.lines) == 1 && strings.HasSuffix(a.b.str(a.sec.heading), "描述")
}

// restarts reports whether the next list does not go on from the open one.
func (a *assembler) restarts() bool {
	n := a.next(markerToken, headToken)
	if n == nil || n.kind == headToken || n.mark.Ordinal <= 1 {
		return true
	}
	return len(a.stack) == 0 || n.mark.Ordinal != a.stack[0].last+1
}

// dutyLabel takes the labels of table forms: 职责表述: names the text of a
// duty, 工作任务 the tasks below it.
func (a *assembler) dutyLabel(t token) bool {
	if a.cur == nil || len(a.stack) == 0 || a.stack[0].style != marker.Duty || !t.title.Empty() {
		return false
	}
	switch t.head.Word {
	case "职责表述", "职责描述":
		a.b.claim(t.span, document.RoleHeading)
		return true
	case "工作任务", "主要工作任务":
		a.b.claim(t.span, document.RoleHeading)
		a.resolve(0, false, 0)
		duties := *a.stack[0].into
		a.cur = duties[len(duties)-1]
		a.sec.child = true
		return true
	}
	return false
}

func (a *assembler) openSection(kind document.Kind, heading document.Span, explicit bool) {
	from := 0
	if a.sec != nil && len(a.stack) > 0 {
		from = a.stack[0].last
	}
	a.closeSection()
	a.leadDuties(kind)
	a.closeLead(document.Introduction)
	a.sec = &secNode{kind: kind, heading: heading, explicit: explicit, from: from}
	a.pos.secs = append(a.pos.secs, a.sec)
}

func (a *assembler) closeSection() {
	if a.sec == nil {
		return
	}
	a.resolve(0, false, 0)
	if len(a.sec.lines) > 0 {
		a.linesToItems(a.sec)
	}
	a.pos.closed()
	a.sec, a.cur = nil, nil
	a.stack = a.stack[:0]
}

func (a *assembler) fieldToken(t token) {
	if a.inList(t) {
		return
	}
	if a.pos.hasItems() && (t.key.Field == "title" || t.key.Strong && a.pos.field(t.key.Field)) ||
		t.key.Field == "title" && (a.pos.field("title")) {
		a.newPosition()
	}
	a.closeSection()
	if t.key.Fact() && a.next(headToken, markerToken) == nil {
		a.closeLead(document.NoReason) // all that the posting says of its duties stands before
	} else {
		a.closeLead(document.Introduction)
	}
	if t.marked {
		a.lastTop = t
	}
	a.b.claim(t.span, document.RoleField)
	a.pos.fields = append(a.pos.fields, document.Field{Key: t.key.Field, Name: t.name})
	a.field = &a.pos.fields[len(a.pos.fields)-1]
}
