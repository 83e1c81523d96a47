package outline

import (
	"strings"
	"unicode/utf8"

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
	stopped bool            // the list's items end with a stop as a rule
}

func (b *builder) article(i int, r document.Span) {
	art := document.Article{Ordinal: 1}
	a := &assembler{b: b, tokens: b.tokenize(r)}
	if len(b.heads) > 0 {
		h := &b.heads[i]
		a.head = h
		art.Ordinal, art.Heading = h.ordinal, b.headWords(h.span)
		b.claim(h.span, document.RoleHeading, "")
	}
	a.stopped = a.stopRate()
	a.open(&posNode{})
	if a.head != nil && !a.head.title.Empty() && !b.sharedTitle() {
		a.pos.title, a.pos.heading, a.pos.origin, a.pos.lent = a.head.title, art.Heading, document.FromHeading, true
	}
	for a.at = 0; a.at < len(a.tokens); a.at++ {
		a.token(a.tokens[a.at])
	}
	a.closePosition()
	a.contextTitle()
	for _, p := range a.out {
		if pos, ok := b.position(p); ok {
			art.Positions = append(art.Positions, pos)
		}
	}
	b.out.Articles = append(b.out.Articles, art)
}

// headWords is a heading without the marks around it.
func (b *builder) headWords(s document.Span) document.Span {
	text := b.str(s)
	s.End = s.Start + len(strings.TrimRight(text, ":：。 　、."))
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
	a.open(&posNode{})
}

func (a *assembler) closePosition() {
	a.closeSection()
	a.closeLead("")
	a.field = nil
}

func (a *assembler) token(t token) {
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
	case endToken:
		a.b.claim(t.span, document.RoleDropped, document.Boilerplate)
	}
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
		a.newPosition()
		a.b.claim(t.span, document.RoleHeading, "")
		return
	case t.head.Kind == document.Responsibilities && a.pos.has(document.Responsibilities) && !counted && a.restarts():
		a.newPosition()
	}
	if t.marked {
		a.lastTop = t
	}
	a.b.claim(t.span, document.RoleHeading, "")
	if t.sheet {
		a.closeSection()
		return
	}
	a.openSection(t.head.Kind, t.words, true)
}

// inList takes a heading word or a form key that only labels the next item of
// an open list under a heading of its own: "2．使用设备：电脑、打印机" below 工作条件.
func (a *assembler) inList(t token) bool {
	if !t.marked || a.sec == nil || !a.sec.explicit || len(a.stack) != 1 || !t.title.Empty() || t.sheet {
		return false
	}
	f := a.following()
	if a.stack[0].style != t.mark.Style || t.mark.Ordinal != a.stack[0].last+1 || f == nil || f.kind != textToken || f.line != t.line {
		return false
	}
	a.markerToken(token{kind: markerToken, span: t.mark.Span, line: t.line, first: t.first, mark: t.mark, marked: true})
	a.textToken(token{kind: textToken, span: document.Span{Start: t.mark.Body, End: t.span.End}, line: t.line})
	return true
}

// lineLabel takes a heading word of the open section's own kind that only
// labels a line of it: "内部协调关系：公司各部门" below 工作关系.
func (a *assembler) lineLabel(t token) bool {
	if t.marked || a.sec == nil || !a.sec.explicit || t.head.Kind != a.sec.kind || !t.title.Empty() || t.sheet || !t.first || a.cur != nil {
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
		a.b.claim(t.span, document.RoleHeading, "")
		return true
	case "工作任务", "主要工作任务":
		a.b.claim(t.span, document.RoleHeading, "")
		a.resolve(0, false, 0)
		a.cur = a.stack[0].node
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

// linesToItems makes an unnumbered item of each line of a section without
// markers.
func (a *assembler) linesToItems(s *secNode) {
	for i := 0; i < len(s.lines); i++ {
		it := &itemNode{span: s.lines[i].span, lastLine: s.lines[i].line}
		for i+1 < len(s.lines) && a.goesOn(it, s.lines[i+1]) {
			i++
			it.span.End, it.lastLine = s.lines[i].span.End, s.lines[i].line
		}
		s.items = append(s.items, it)
	}
	s.lines = nil
}

// goesOn reports whether t continues the unnumbered line it: its next table
// cell, or the rest of a broken sentence.
func (a *assembler) goesOn(it *itemNode, t token) bool {
	if t.line == it.lastLine {
		return true
	}
	r := lastRune(a.b.str(it.span))
	return t.line == it.lastLine+1 && strings.ContainsAny(r, "，,、")
}

func (a *assembler) titleToken(t token) {
	f := a.following()
	if t.element && !t.marked {
		a.elementHead(t)
		return
	}
	if f != nil && (f.kind == headToken && f.title.Empty() || f.kind == fieldToken && f.key.Field != "title" ||
		f.kind == markerToken && f.mark.Ordinal == 1 && (!t.marked || f.mark.Style != t.mark.Style)) && !a.insideList(t, f) {
		a.newPosition()
		a.pos.title, a.pos.heading, a.pos.origin = t.title, t.title, document.FromHeading
		a.b.claim(t.span, document.RoleHeading, "")
		if t.marked {
			a.lastTop = t
		}
		return
	}
	if t.marked {
		m := token{kind: markerToken, span: t.mark.Span, line: t.line, first: t.first, mark: t.mark, marked: true}
		a.markerToken(m)
		t.span.Start = t.mark.Body
	}
	a.textToken(token{kind: textToken, span: t.span, line: t.line, first: t.first && !t.marked})
}

// elementHead takes a heading element: it ends what stands before it, and
// names a position where its words are a job's.
func (a *assembler) elementHead(t token) {
	a.b.claim(t.span, document.RoleHeading, "")
	a.field = nil
	named := lexicon.HasCore(a.b.str(t.title))
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
	return f.kind == markerToken && t.marked && f.mark.Style > marker.Arabic && len(a.stack) > 0 &&
		a.stack[0].style == t.mark.Style && a.sec != nil && a.sec.explicit && t.mark.Ordinal == a.stack[0].last+1
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
	a.closeLead(document.Introduction)
	if t.marked {
		a.lastTop = t
	}
	a.b.claim(t.span, document.RoleField, "")
	a.pos.fields = append(a.pos.fields, document.Field{Key: t.key.Field, Name: t.name})
	a.field = &a.pos.fields[len(a.pos.fields)-1]
}

func (a *assembler) textToken(t token) {
	if a.field != nil {
		if a.fieldText(t) {
			return
		}
		a.field = nil
	}
	switch {
	case a.cur != nil:
		a.itemText(t)
	case a.sec != nil:
		a.sec.lines = append(a.sec.lines, t)
	default:
		a.lead = append(a.lead, t)
	}
}

// maxValue is the longest value of a field other than a summary, in
// characters.
const maxValue = 60

// fieldText takes text as the open field's value.
func (a *assembler) fieldText(t token) bool {
	f := a.field
	summary := f.Key == "summary"
	if !f.Value.Empty() {
		if !summary && !(t.line == a.b.lineAt(f.Value.End-1) && !t.cell) {
			return false
		}
		if t.line > a.b.lineAt(f.Value.End-1)+1 {
			return false
		}
		f.Value.End = t.span.End
		return true
	}
	if n := utf8.RuneCountInString(a.b.str(t.span)); !summary && n > maxValue {
		return false
	}
	if t.line > a.b.lineAt(f.Name.Start)+1 {
		return false
	}
	f.Value = t.span
	return true
}

func (a *assembler) itemText(t token) {
	c := a.cur
	switch {
	case a.sec.child && (c.span.Empty() || t.first || t.cell):
		if p := a.stack[0].node; p != nil {
			p.children = append(p.children, &itemNode{span: t.span, lastLine: t.line})
		}
	case c.span.Empty():
		c.span, c.lastLine = t.span, t.line
	case t.line == c.lastLine && len(c.extra) == 0:
		c.span.End = t.span.End
	case len(c.extra) > 0 && t.line == c.extra[len(c.extra)-1].line:
		c.extra[len(c.extra)-1].span.End = t.span.End
	default:
		c.extra = append(c.extra, t)
	}
}

// resolve decides what the lines behind the current item are, now that the
// next number of its list is known (0: the list ends here): the rest of its
// text, or items whose numbers were lost.
//
// What becomes an item of its own goes to open list number depth, to which the
// next item goes too.
func (a *assembler) resolve(next int, same bool, depth int) {
	c := a.cur
	if c == nil || len(c.extra) == 0 {
		return
	}
	lines := c.extra
	c.extra = nil
	join := func() {
		c.span.End, c.lastLine = lines[0].span.End, lines[0].line
		lines = lines[1:]
	}
	adjacent := func() bool { return a.b.adjacent(c.lastLine, lines[0].line) }
	for len(lines) > 0 && adjacent() && a.broken(c.span) {
		join()
	}
	lost := next - c.number - 1
	switch {
	case same && lost <= 0 || len(lines) > 0 && (a.b.label(c.span) || c.joined || !same && a.labelled()):
		for len(lines) > 0 && adjacent() {
			join()
			c.joined = true
		}
	case same:
		for len(lines) > lost && adjacent() {
			join()
		}
	}
	for _, t := range lines {
		if same || itemLike(a.b.str(t.span)) {
			a.addLoose(t, depth)
		} else {
			a.b.claim(t.span, document.RoleDropped, document.Unplaced)
		}
	}
}

// broken reports text that breaks off where a line ends.
func (a *assembler) broken(s document.Span) bool {
	if a.b.ended(s) {
		return false
	}
	return a.stopped || strings.ContainsAny(lastRune(a.b.str(s)), "，,、：:（(")
}

// labelled reports a list whose items are labels with a paragraph each.
func (a *assembler) labelled() bool {
	n, all := 0, 0
	for _, it := range a.sec.items {
		if all++; it.joined {
			n++
		}
	}
	return n > 0 && n*3 >= all
}

// addLoose adds a line as an unnumbered item of open list number depth.
func (a *assembler) addLoose(t token, depth int) {
	it := &itemNode{span: t.span, lastLine: t.line}
	into := &a.sec.items
	if depth < len(a.stack) {
		into = a.stack[depth].into
	}
	*into = append(*into, it)
	a.cur = it
}

// adjacent reports that no line of another kind stands between two lines.
func (b *builder) adjacent(from, to int) bool {
	for n := from + 1; n < to; n++ {
		if b.lines[n].reason != "" || b.lines[n].meta || b.isArticleHead(n) {
			return false
		}
	}
	return true
}

// closeLead places the text that stood before the position's first list: it
// introduces, or, where no list came, it is the list.
func (a *assembler) closeLead(reason string) {
	lines := a.lead
	a.lead = nil
	if len(lines) == 0 {
		return
	}
	if reason == "" && !a.pos.hasItems() {
		n := 0
		for _, t := range lines {
			if itemLike(a.b.str(t.span)) {
				n++
			}
		}
		if n*2 > len(lines) {
			s := &secNode{kind: document.Responsibilities, lines: lines}
			s.kind = a.kindOfTexts(lines)
			a.linesToItems(s)
			a.pos.secs = append(a.pos.secs, s)
			a.pos.closed()
			return
		}
	}
	if reason == "" {
		reason = document.Unplaced
	}
	for _, t := range lines {
		a.b.claim(t.span, document.RoleDropped, reason)
	}
}

// leadDuties makes a section of the text before a position's first heading
// where that heads qualifications and the text opens as duties do: the heading
// of the duties was lost.
func (a *assembler) leadDuties(kind document.Kind) {
	if kind != document.Qualifications || len(a.pos.secs) > 0 {
		return
	}
	for _, t := range a.lead {
		if !lexicon.OpensDuty(a.b.str(t.span)) {
			return
		}
	}
	if len(a.lead) > 0 {
		s := &secNode{kind: document.Responsibilities, lines: a.lead}
		a.lead = nil
		a.linesToItems(s)
		a.pos.secs = append(a.pos.secs, s)
		a.pos.closed()
	}
}

func (a *assembler) kindOfTexts(lines []token) document.Kind {
	var texts []string
	for _, t := range lines {
		texts = append(texts, a.b.str(t.span))
	}
	return lexicon.InferKind(texts)
}

// itemLike reports text that reads as a duty or a qualification.
func itemLike(text string) bool {
	if _, own := lexicon.BoilerplateReason(text); own {
		return false
	}
	return lexicon.DutyCues(text)+lexicon.QualificationCues(text) > 0 && !lexicon.SelfReference(text)
}

// contextTitle lends the only position of an article, where nothing names
// it, the job in the article's heading.
func (a *assembler) contextTitle() {
	if len(a.out) != 1 || !a.out[0].title.Empty() || a.out[0].field("title") {
		return
	}
	if a.head == nil {
		a.pageTitle()
		return
	}
	if !a.head.title.Empty() {
		a.out[0].title, a.out[0].origin = a.head.title, document.FromContext
		return
	}
	text := a.b.str(a.head.span)
	if a.head.style == pianEnd {
		if i := strings.LastIndex(text, "篇"); i > 0 {
			text = text[:i]
		}
	} else if a.head.style == digitEnd {
		text = a.head.base
	}
	job, _ := jobOf(text)
	at := strings.Index(text, job)
	if job == "" || at < 0 || !lexicon.TitleShaped(job) || !lexicon.HasCore(job) {
		return
	}
	start := a.head.span.Start + at
	a.out[0].title = document.Span{Start: start, End: start + len(job)}
	a.out[0].origin = document.FromContext
}

// pageTitle lends the only position of a page without articles the job that
// the page's title line names.
func (a *assembler) pageTitle() {
	key := titleKey(a.b.in.Title)
	for _, l := range a.b.lines {
		text := a.b.str(l.span)
		if key == "" || !l.meta || titleKey(text) != key {
			continue
		}
		at := len(text) - len(strings.TrimLeft(text, "0123456789年最新版 　"))
		job, _ := jobOf(strings.TrimRight(cutBrackets(text[at:]), " 　"))
		if i := strings.Index(text, job); job != "" && i >= 0 && lexicon.TitleShaped(job) && lexicon.HasCore(job) {
			start := l.span.Start + i
			a.out[0].title = document.Span{Start: start, End: start + len(job)}
			a.out[0].origin = document.FromContext
		}
		return
	}
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
