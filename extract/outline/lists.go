package outline

import (
	"slices"
	"strings"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// lookAhead is how many following markers a restart is judged by.
const lookAhead = 40

// tokensAhead is how many tokens are looked at for them.
const tokensAhead = 6 * lookAhead

func (a *assembler) markerToken(t token) {
	if a.numberValue(t) || a.placePart(t) {
		return
	}
	a.field = nil
	a.repairNumber(t)
	if a.countedTitle(t) || a.groupHead(t) {
		return
	}
	if a.indented(t) {
		a.resolve(1, true, len(a.stack)-1)
		a.push(t)
		a.addItem(t)
		return
	}
	i := a.levelOf(t)
	switch {
	case i >= 0 && a.goesOnList(i, t):
		a.resolve(t.mark.Ordinal, i == len(a.stack)-1, i)
		a.stack = a.stack[:i+1]
	case i > 0:
		a.resolve(0, false, i)
		a.stack = a.stack[:i+1]
	case i == 0:
		if a.nests(t) {
			a.resolve(1, true, len(a.stack)-1)
			a.push(t)
			break
		}
		a.resolve(0, false, 0)
		a.restart(t)
	case len(a.stack) == 0:
		a.beginList(t)
	case a.deeper(t) && a.endsNotice(t):
		a.beginList(t)
	case a.deeper(t):
		a.resolve(1, true, len(a.stack)-1)
		a.push(t)
	default:
		a.otherStyle(t)
	}
	a.addItem(t)
}

// numberValue takes a number alone on its line as the value of the field above
// it: 岗位定员⏎1.
func (a *assembler) numberValue(t token) bool {
	f := a.field
	if f == nil || !f.Value.Empty() || t.mark.Style != marker.Arabic || t.mark.Form != 0 || !t.mark.Alone {
		return false
	}
	if key := a.b.lineAt(f.Name.Start); t.line != key && (!t.first || t.line != key+1) {
		return false
	}
	f.Value = t.span
	return true
}

// placePart takes a dash between the parts of a place: 北京 - 海淀区.
func (a *assembler) placePart(t token) bool {
	f, part := a.field, a.following()
	if f == nil || f.Key != "location" || f.Value.Empty() || t.first || t.mark.Style != marker.Bullet || t.line != a.b.lineAt(f.Value.End-1) {
		return false
	}
	if part == nil || part.kind != textToken || part.line != t.line || itemLike(a.b.str(part.span)) || !atMost(a.b.str(part.span), maxTag) {
		return false
	}
	f.Value.End = t.span.End
	return true
}

// levelOf is the open list that a marker's style belongs to, the innermost
// first; -1 for none.
func (a *assembler) levelOf(t token) int {
	for i := len(a.stack) - 1; i >= 0; i-- {
		if a.stack[i].style == t.mark.Style && (i == 0 || a.moved(t, a.stack[i].line) >= 0) {
			if t.mark.Style == marker.Bullet && a.stack[i].form != t.mark.Form && len(a.stack) == 1 {
				continue
			}
			// 1. > 1、: the outer list goes on where its own number follows.
			for k := i - 1; k >= 0; k-- {
				o := a.stack[k]
				if o.style != t.mark.Style {
					continue
				}
				own := t.mark.Style == marker.Paren && o.bracket == a.bracket(t) && a.stack[i].bracket != a.bracket(t)
				if own || t.mark.Ordinal == o.last+1 && t.mark.Ordinal != a.stack[i].last+1 {
					return k
				}
			}
			return i
		}
	}
	return -1
}

// lineOf is the line that a marker begins, -1 where it stands inside one.
func lineOf(t token) int {
	if t.first {
		return t.line
	}
	return -1
}

// moved tells whether the line that t begins stands deeper (1) than line n,
// shallower (-1), or as deep (0), as far as both are of one kind.
func (a *assembler) moved(t token, n int) int {
	if !t.first || n < 0 {
		return 0
	}
	l, o := &a.b.lines[t.line], &a.b.lines[n]
	if l.kind != o.kind {
		return 0
	}
	depth, step := l.nesting()
	other, _ := o.nesting()
	switch {
	case depth >= other+step:
		return 1
	case other >= depth+step:
		return -1
	}
	return 0
}

// indented reports a list that begins inside the current item because its line
// stands deeper than the item's: by the markup of lists always, by white space
// where the outer list goes on behind it, or has held such a list before.
func (a *assembler) indented(t token) bool {
	if len(a.stack) == 0 || a.cur == nil || a.cur.span.Empty() || t.mark.Ordinal > 1 {
		return false
	}
	top := a.stack[len(a.stack)-1]
	if top.node != a.cur || a.moved(t, top.line) <= 0 {
		return false
	}
	if a.b.lines[t.line].kind == document.ListItem {
		return true
	}
	for i := a.at + 1; i < len(a.tokens) && i < a.at+tokensAhead; i++ {
		f := &a.tokens[i]
		if f.kind == headToken || f.kind == titleToken {
			break
		}
		if f.kind == markerToken && f.first && a.moved(*f, t.line) < 0 {
			next := f.mark.Ordinal == top.last+1 || top.style == marker.Bullet && f.mark.Form == top.form
			a.nested = a.nested || f.mark.Style == top.style && next
			break
		}
	}
	return a.nested
}

// goesOnList reports whether a marker continues list i.
func (a *assembler) goesOnList(i int, t token) bool {
	last, n := a.stack[i].last, t.mark.Ordinal
	if n == 1 && last == 1 && a.otherBracket(i, t) && a.opens() {
		return false // （1）做好登记：(1)…
	}
	if t.mark.Style == marker.Bullet || n >= last {
		return true
	}
	if i > 0 {
		return false
	}
	// A number that falls back, but whose list goes on as if it had not.
	if f := a.nextOf(t.mark.Style); f != nil && n > 1 && f.mark.Ordinal == last+1 {
		return true
	}
	// A slip of the count inside a paragraph: "…4、…3、…4、…".
	return n > 1 && last-n <= 2 && !t.first && a.cur != nil && a.cur.lastLine == t.line
}

// otherBracket reports a number in other brackets than those of open list i.
func (a *assembler) otherBracket(i int, t token) bool {
	return t.mark.Style == marker.Paren && a.stack[i].bracket != a.bracket(t)
}

// nextOf is the next marker of a style before any heading.
func (a *assembler) nextOf(style marker.Style) *token {
	for i := a.at + 1; i < len(a.tokens) && i < a.at+tokensAhead; i++ {
		switch t := &a.tokens[i]; t.kind {
		case headToken, titleToken:
			return nil
		case markerToken:
			if t.mark.Style == style {
				return t
			}
		}
	}
	return nil
}

// nests reports a restart inside an item: its own list counts to k, and then
// the outer list goes on where it stopped.
func (a *assembler) nests(t token) bool {
	if t.mark.Ordinal != 1 || a.cur == nil || a.cur.span.Empty() {
		return false
	}
	open := strings.HasSuffix(a.b.str(a.cur.span), ":") || strings.HasSuffix(a.b.str(a.cur.span), "：")
	if !open && t.first {
		return false
	}
	if open && a.otherBracket(0, t) {
		return true // （2）做好登记：⏎(1)…
	}
	want, last, seen := a.stack[0].last+1, 1, 0
	for i := a.at + 1; i < len(a.tokens) && seen < lookAhead && i < a.at+tokensAhead; i++ {
		f := &a.tokens[i]
		if f.kind == headToken || f.kind == titleToken {
			return false
		}
		if f.kind != markerToken || f.mark.Style != t.mark.Style {
			continue
		}
		seen++
		switch {
		case f.mark.Ordinal == last+1 && last+1 != want:
			last++
		case f.mark.Ordinal == want:
			return last+1 != want || f.mark.Form == a.stack[0].form && t.mark.Form != f.mark.Form
		default:
			return false
		}
	}
	return false
}

// deeper reports a marker that opens a list inside the current item.
func (a *assembler) deeper(t token) bool {
	if a.cur == nil {
		return false
	}
	top := a.stack[len(a.stack)-1]
	if t.mark.Style == marker.Bullet {
		return t.first || a.opens()
	}
	return (t.mark.Style > top.style || t.first && a.opens()) && t.mark.Ordinal == 1 && !a.cur.span.Empty()
}

// opens reports a current item that announces a list.
func (a *assembler) opens() bool {
	r := lastRune(a.b.str(a.cur.span))
	return colons.In(r)
}

// maxNotice is how many items the longest notice has that is looked for before
// each list of another style.
const maxNotice = 12

// endsNotice reports that the list in hand is a site's notice and no item of it
// announces the list that t opens; the notice is dropped then.
func (a *assembler) endsNotice(t token) bool {
	if !t.first || len(a.stack) != 1 || len(a.sec.items) > maxNotice || a.opens() || !a.b.notice(a.sec.items) {
		return false
	}
	a.dropNotice()
	return len(a.sec.items) == 0
}

func (a *assembler) push(t token) {
	parent := a.cur
	a.stack = append(a.stack, a.list(t, &parent.children))
}

// list is the level that t opens, whose items go into dst.
func (a *assembler) list(t token, dst *[]*itemNode) level {
	return level{style: t.mark.Style, form: t.mark.Form, bracket: a.bracket(t), into: dst, line: lineOf(t)}
}

// bracket is the first character of a marker: lists in full-width brackets and
// lists in ASCII ones are kept apart.
func (a *assembler) bracket(t token) byte { return a.b.text[t.mark.Span.Start] }

// otherStyle takes a marker whose style no open list has and that opens no
// inner one: the list goes on in another dress, or a new one begins.
func (a *assembler) otherStyle(t token) {
	base := a.stack[0]
	if t.mark.Ordinal == base.last+1 && t.mark.Ordinal > 1 {
		a.resolve(t.mark.Ordinal, true, 0)
		a.stack = a.stack[:1]
		a.stack[0].style, a.stack[0].form = t.mark.Style, t.mark.Form
		return
	}
	a.resolve(0, false, 0)
	if t.mark.Ordinal == 1 {
		a.restart(t)
		return
	}
	a.stack = a.stack[:0]
	a.beginList(t)
}

// beginList opens the first list of a section, and the section where there is
// none.
func (a *assembler) beginList(t token) {
	if a.sec == nil {
		if len(a.lead) > 0 && notice(a.listAhead()) {
			a.leadList()
		}
		a.openSection(a.inferKind(), document.Span{}, false)
	}
	if len(a.sec.lines) > 0 {
		a.sec.lines = slices.DeleteFunc(a.sec.lines, func(l token) bool {
			if t.mark.Ordinal <= 1 && a.leadsIn(a.b.str(l.span)) {
				a.b.drop(l.span, document.Introduction)
				return true
			}
			return false
		})
		if len(a.sec.lines) > 0 && a.sec.explicit && notice(a.listAhead()) {
			a.closeSection() // the lines are all of it
			a.openSection(document.Responsibilities, document.Span{}, false)
		}
		a.linesToItems(a.sec)
	}
	if n := len(a.sec.items); n > 0 && a.belowItem(a.sec.items[n-1], t) {
		a.stack = append(a.stack[:0], level{style: marker.Bullet, into: &a.sec.items, line: -1})
		a.cur = a.sec.items[n-1]
		a.push(t)
		return
	}
	a.stack = append(a.stack[:0], a.list(t, &a.sec.items))
}

// leadsIn reports a line before the first number of a section that is none of its
// items. Duties and qualifications are told by their words; what a job offers or
// asks beside them has no words of its own.
func (a *assembler) leadsIn(text string) bool {
	if colons.In(lastRune(text)) {
		return true
	}
	switch {
	case !a.sec.explicit:
		return !itemLike(text) || !lexicon.OpensDuty(text)
	case a.sec.kind == document.Responsibilities || a.sec.kind == document.Qualifications:
		return !itemLike(text)
	}
	_, own := lexicon.BoilerplateReason(ends(text))
	return own || lexicon.OpensIntroduction(text) || lexicon.SelfReference(text)
}

// belowItem reports a list that the markup of lists puts inside an item that
// bears no number.
func (a *assembler) belowItem(it *itemNode, t token) bool {
	if it.marked || !t.first {
		return false
	}
	l, o := &a.b.lines[t.line], &a.b.lines[it.lastLine]
	return l.kind == document.ListItem && o.kind == document.ListItem && l.level > o.level
}

// restart opens what a list that begins anew without a heading is: the
// qualifications of the same job, or another job.
func (a *assembler) restart(t token) {
	kind := a.inferKind()
	if kind != document.Responsibilities && a.pos.has(document.Responsibilities) && !a.pos.has(kind) {
		a.closeSection()
		a.openSection(kind, document.Span{}, false)
		a.sec.from = 0
	} else {
		a.closePosition()
		a.open(&posNode{headless: true})
		a.openSection(kind, document.Span{}, false)
	}
	a.beginList(t)
}

func (a *assembler) addItem(t token) {
	l := &a.stack[len(a.stack)-1]
	it := a.b.nodes.new(itemNode{mark: t, marked: true, number: t.mark.Ordinal, lastLine: t.line})
	if l.node != nil && it.number > 0 && it.number == l.last {
		it.flags = append(it.flags, document.FlagRepeated)
	}
	l.last, l.node = max(l.last, it.number), it
	if it.number < l.last && it.number > 0 {
		it.flags = append(it.flags, document.FlagRepeated)
	}
	*l.into = append(*l.into, it)
	a.cur = it
	a.sec.child = false
}

// repairNumber records what was wrong with a marker's digits.
func (a *assembler) repairNumber(t token) {
	m := t.mark
	text := a.b.str(m.Span)
	add := func(rule string, s document.Span, after, basis string) {
		a.b.out.Edits = append(a.b.out.Edits, document.Edit{
			Rule: rule, Span: s, Before: s.Of(a.b.in.Text), After: after, Confidence: 0.99,
			Evidence: document.Evidence{Basis: basis},
		})
	}
	number := a.b.str(m.Number)
	if m.Number.Empty() {
		return
	}
	if m.Spaced {
		at := m.Number.Start + strings.IndexFunc(number, isSpace)
		gap := len(number) - (at - m.Number.Start) - len(strings.TrimLeftFunc(number[at-m.Number.Start:], isSpace))
		add("spaced-number", document.Span{Start: at, End: at + gap}, "", "the count asks for "+itoa(m.Ordinal))
	}
	if m.Doubled {
		i := strings.Index(text[m.Number.End-m.Span.Start:], number)
		if i > 0 {
			at := m.Number.End + i
			add("doubled-number", document.Span{Start: at, End: m.Span.End}, "", "the number stands twice")
		}
		return
	}
	// A space between the number and its separator: "2 、".
	gap := a.b.text[m.Number.End:m.Span.End]
	if trimmed := strings.TrimLeftFunc(gap, isSpace); len(trimmed) < len(gap) && trimmed != "" && m.Style != marker.Decimal && !m.Doubled {
		add("number-gap", document.Span{Start: m.Number.End, End: m.Number.End + len(gap) - len(trimmed)}, "", "a space parts the number from its separator")
	}
}
