package outline

import (
	"cmp"
	"slices"
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

func (a *assembler) textToken(t token) {
	if a.ended {
		a.b.drop(t.span, document.Boilerplate)
		return
	}
	if a.field != nil {
		if a.fieldText(t) {
			return
		}
		a.field = nil
	}
	if isWeight(a.b.str(t.span)) {
		a.b.claim(t.span, document.RoleField)
		return
	}
	if a.listHead(t) {
		return
	}
	switch {
	case a.cur != nil:
		a.itemText(t)
	case a.sec != nil && a.rowItem(t):
	case a.sec != nil && len(a.sec.items) > 0: // of a column: its next cell
		a.addLoose(t, 0)
	case a.sec != nil:
		a.sec.lines = append(a.sec.lines, t)
	default:
		a.lead = append(a.lead, t)
	}
}

// isWeight reports text that says what share of the working time a duty takes:
// 30 %, 工作时间比例：50%.
func isWeight(text string) bool {
	if end := strings.TrimRight(text, " "); !strings.HasSuffix(end, "%") && !strings.HasSuffix(end, "％") {
		return false
	}
	for _, w := range [...]string{"占用时间比例", "占用时间", "工作时间比例", "时间比例", "所占比例", "工作比重", "权重", "比重", "占比"} {
		if rest, ok := strings.CutPrefix(text, w); ok {
			text = colons.TrimLeft(rest)
			break
		}
	}
	digits := strings.TrimLeft(text, "0123456789.")
	return digits != text && (strings.TrimSpace(digits) == "%" || strings.TrimSpace(digits) == "％")
}

// withoutWeight is a duty without the share of the working time in brackets
// behind it.
func withoutWeight(text string) string {
	if r := lastRune(text); r != ")" && r != "）" {
		return text
	}
	for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}, {"(", "）"}, {"（", ")"}} {
		rest, ok := strings.CutSuffix(text, pair[1])
		if i := strings.LastIndex(rest, pair[0]); ok && i > 0 && isWeight(rest[i+len(pair[0]):]) {
			return strings.TrimRight(rest[:i], " 　")
		}
	}
	return text
}

// maxListHead is the longest line, in characters, that heads a list by its
// place and its colon alone.
const maxListHead = 12

// listHead takes a line that ends with a colon and stands before a list that
// counts from 1, where a list of the same marks has ended: 上岗条件：. What it
// heads is told by its words, or by the list.
func (a *assembler) listHead(t token) bool {
	list := a.following()
	if !t.first || t.cell || list == nil || list.kind != markerToken || !list.first || list.mark.Ordinal != 1 || list.mark.Style == marker.Bullet {
		return false
	}
	text := a.b.str(t.span)
	head := colons.TrimRight(text)
	if head == text || !atMost(head, maxListHead) || !lexicon.TitleShaped(head) || lexicon.Announces(head) {
		return false
	}
	if len(a.stack) > 0 && a.stack[0].style != list.mark.Style {
		return false
	}
	kind, ok := lexicon.GroupKind(head)
	if !ok {
		kind = a.inferKind()
	}
	a.b.claim(t.span, document.RoleHeading)
	a.openSection(kind, document.Span{Start: t.span.Start, End: t.span.Start + len(head)}, ok)
	a.sec.from = 0
	return true
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
		if last := a.b.lineAt(f.Value.End - 1); t.line > last+1 || !a.b.adjacent(last, t.line) {
			return false
		}
		if t.first && strings.HasSuffix(a.b.str(f.Value), "。") && lexicon.OpensDuty(a.b.str(t.span)) {
			return false // the duties begin, without a heading of their own
		}
		f.Value.End = t.span.End
		return true
	}
	if !summary && !atMost(a.b.str(t.span), maxValue) {
		return false
	}
	if key := a.b.lineAt(f.Name.Start); t.line > key+1 || !a.b.adjacent(key, t.line) {
		return false
	}
	f.Value = t.span
	return true
}

func (a *assembler) itemText(t token) {
	c := a.cur
	switch {
	case a.otherItem(c, t):
		a.resolve(0, false, 0)
		a.cur = a.b.nodes.new(itemNode{span: t.span, lastLine: t.line})
		a.sec.items = append(a.sec.items, a.cur)
		a.stack = a.stack[:0]
	case a.sec.child:
		if n := len(c.children); n > 0 && c.children[n-1].lastLine == t.line {
			c.children[n-1].span.End = t.span.End
			break
		}
		c.children = append(c.children, a.b.nodes.new(itemNode{span: t.span, lastLine: t.line}))
	case c.span.Empty():
		c.span, c.lastLine = t.span, t.line
	case a.nestedText(c, t):
		c.children = append(c.children, a.b.nodes.new(itemNode{span: t.span, lastLine: t.line}))
	case t.line == c.lastLine && len(c.extra) == 0:
		c.span.End = t.span.End
	case len(c.extra) > 0 && t.line == c.extra[len(c.extra)-1].line:
		c.extra[len(c.extra)-1].span.End = t.span.End
	default:
		c.extra = append(c.extra, t)
	}
}

// otherItem reports a line that the markup of lists makes an item of its own,
// behind the list inside the item before it: it bears no number, and c does.
func (a *assembler) otherItem(c *itemNode, t token) bool {
	if !t.first || !c.marked {
		return false
	}
	l, o := &a.b.lines[t.line], &a.b.lines[c.mark.line]
	return l.kind == document.ListItem && o.kind == document.ListItem && l.block != o.block && l.level < o.level
}

// nestedText reports a line that the markup of lists puts inside item c.
func (a *assembler) nestedText(c *itemNode, t token) bool {
	if !t.first || !c.marked || len(c.extra) > 0 {
		return false
	}
	l, o := &a.b.lines[t.line], &a.b.lines[c.mark.line]
	return l.kind == document.ListItem && o.kind == document.ListItem && l.level > o.level
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
			a.b.drop(t.span, document.Unplaced)
		}
	}
}

// broken reports text that breaks off where a line ends.
func (a *assembler) broken(s document.Span) bool {
	if a.b.ended(s) {
		return false
	}
	return a.stopped || openEnds.In(lastRune(a.b.str(s)))
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
	it := a.b.nodes.new(itemNode{span: t.span, lastLine: t.line})
	into := &a.sec.items
	if depth < len(a.stack) {
		into = a.stack[depth].into
	}
	*into = append(*into, it)
	a.cur = it
}

// adjacent reports that nothing but body text stands between two lines.
func (b *builder) adjacent(from, to int) bool {
	for n := from + 1; n < to; n++ {
		if b.lines[n].reason != document.NoReason || b.lines[n].meta || b.isArticleHead(n) {
			return false
		}
	}
	gap := document.Span{Start: b.lines[from].span.End, End: b.lines[to].span.Start}
	i, _ := slices.BinarySearchFunc(b.in.Dropped, gap.Start, func(d document.Region, p int) int { return cmp.Compare(d.End, p+1) })
	return i == len(b.in.Dropped) || b.in.Dropped[i].Start >= gap.End
}

// closeLead places the text that stood before the position's first list: it
// introduces, or, where no list came, it is the list.
func (a *assembler) closeLead(reason document.Reason) {
	if reason == document.NoReason && a.leadList() {
		return
	}
	if reason == document.NoReason {
		reason = document.Unplaced
	}
	for _, t := range a.lead {
		a.b.drop(t.span, reason)
	}
	a.lead = nil
}

// leadList makes the position's list of the text before its first one, where it
// has none and most lines read as items.
func (a *assembler) leadList() bool {
	if len(a.lead) == 0 || a.pos.hasItems() {
		return false
	}
	n := 0
	for _, t := range a.lead {
		if itemLike(a.b.str(t.span)) {
			n++
		}
	}
	if n*2 <= len(a.lead) {
		return false
	}
	s := &secNode{kind: a.kindOfTexts(a.lead), lines: a.lead}
	a.lead = nil
	a.linesToItems(s)
	a.pos.secs = append(a.pos.secs, s)
	a.pos.closed()
	return true
}

// leadDuties makes a section of the text before a position's first heading
// where that heads qualifications and the text opens as duties do: the heading
// of the duties was lost. The job's name may be glued to the first: 测试员负责….
func (a *assembler) leadDuties(kind document.Kind) {
	if kind != document.Qualifications || len(a.pos.secs) > 0 {
		return
	}
	job := 0
	for i, t := range a.lead {
		text := a.b.str(t.span)
		if i == 0 && a.pos.title.Empty() {
			job = jobBefore(text)
		}
		if !lexicon.OpensDuty(text) && (i > 0 || job == 0) {
			return
		}
	}
	if len(a.lead) > 0 {
		if job > 0 {
			first := &a.lead[0].span
			title := document.Span{Start: first.Start, End: first.Start + job}
			a.pos.title, a.pos.heading, a.pos.origin = title, title, document.FromHeading
			a.b.claim(title, document.RoleHeading)
			*first = a.b.trim(document.Span{Start: title.End, End: first.End})
		}
		s := &secNode{kind: document.Responsibilities, lines: a.lead}
		a.lead = nil
		a.linesToItems(s)
		a.pos.secs = append(a.pos.secs, s)
		a.pos.closed()
	}
}

// jobBefore is how much of a text is a job's name that stands before a duty's verb:
// 测试员 of 测试员负责…; 0 for none.
func jobBefore(text string) int {
	for i := range text[:min(len(text), lexicon.MaxTitle*len("字"))] {
		if i > 0 && lexicon.OpensDuty(text[i:]) {
			if lexicon.HasCore(text[:i]) && lexicon.TitleShaped(text[:i]) && !lexicon.IsUnit(text[:i]) {
				return i
			}
			return 0
		}
	}
	return 0
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
	text = ends(text)
	if _, own := lexicon.BoilerplateReason(text); own {
		return false
	}
	return lexicon.Speaks(text) && !lexicon.OpensIntroduction(text) && !lexicon.SelfReference(text) && !lexicon.SpeaksOfSheets(text)
}
