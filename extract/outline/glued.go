package outline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// lookBack is how far, in bytes, in front of a colon or a list a heading may
// begin: a glued one has a title and a heading word of at most maxHeading
// characters between them, and the end of the sentence before.
const lookBack = 6 * maxHeading

// triggerPoint is a place behind which a heading or a field's key may end.
type triggerPoint struct {
	pos     int // where the text before it ends
	end     int // where the text behind it begins
	colon   bool
	keys    bool              // the keys of a form begin here
	bracket bool              // 【 opens here
	marker  *marker.Candidate // the list that begins here
}

// triggers are the colons, the list beginnings and the spaces of a cell, in
// order.
func (s *lineScan) triggers(c document.Span) []triggerPoint {
	out := s.b.scratch.triggers[:0]
	text := s.text(c.Start, c.End)
	if s.marks&(bracketMark|colonMark|stopMark|spaceMark) == 0 {
		text = ""
	}
	for at := 0; ; {
		i := triggerMarks.Index(text[at:])
		if i < 0 {
			break
		}
		r, n := utf8.DecodeRuneInString(text[at+i:])
		pos := c.Start + at + i
		at += i + n
		end := pos + n
		switch r {
		case '【':
			out = append(out, triggerPoint{pos: pos, end: pos, bracket: true})
		case ':', '：':
			out = append(out, triggerPoint{pos: pos, end: end, colon: true})
		case '。', '；', ';', '】':
			if s.beginsKeys(end, c.End) {
				out = append(out, triggerPoint{pos: end, end: end, keys: true})
			}
		default:
			out = append(out, triggerPoint{pos: pos, end: end})
		}
	}
	first, _ := slices.BinarySearchFunc(s.cands, c.Start+1, func(m marker.Candidate, p int) int { return cmp.Compare(m.Span.Start, p) })
	for i := first; i < len(s.cands) && s.cands[i].Span.Start < c.End; i++ {
		if m := &s.cands[i]; m.Style != marker.Bullet && usable(m) && (m.Ordinal == 1 || m.Ordinal <= maxLostFirst && s.lostFirst(c, i)) {
			out = append(out, triggerPoint{pos: m.Span.Start, end: m.Span.Start, marker: m})
		}
	}
	slices.SortStableFunc(out, func(a, b triggerPoint) int { return a.pos - b.pos })
	s.b.scratch.triggers = out
	return out
}

// maxLostFirst is the largest number with which a list is looked for that has lost
// its first items.
const maxLostFirst = 9

// lostFirst reports candidate i, which is no 1, right behind the heading of a job's
// duties: …月报。客服主管岗位职责3、…. Where it goes on the list before it, the heading
// must stand behind a whole sentence.
func (s *lineScan) lostFirst(c document.Span, i int) bool {
	m := &s.cands[i]
	from := max(c.Start, m.Span.Start-lookBack)
	for !utf8.RuneStart(s.b.text[from]) {
		from++
	}
	whole := s.text(from, m.Span.Start)
	before := headEnds.TrimRight(whole)
	if r, _ := utf8.DecodeLastRuneInString(before); !lexicon.MayHead(r) && r != '书' {
		return false
	}
	goesOn := false
	for k := i - 1; k >= 0 && !goesOn; k-- {
		if p := &s.cands[k]; p.Span.End <= m.Span.Start && p.Style == m.Style {
			goesOn = p.Ordinal == m.Ordinal-1
			break
		}
	}
	h, job, ok := lexicon.HeadAtEnd(before)
	if _, rest, sheet := lexicon.DocumentHeadAtEnd(before); sheet {
		job = rest
	} else if !ok || !h.NamesDuties() {
		return false
	}
	at := lexicon.GluedTitle(job)
	if !goesOn || at < 0 {
		return at >= 0
	}
	return sentenceEnds.In(lastRune(spaces.TrimRight(job[:at]))) && !sentenceEnds.In(whole[len(before):])
}

// trigger looks for a heading or a field's key that ends at a trigger point.
func (s *lineScan) trigger(c document.Span, at triggerPoint) {
	if at.keys {
		s.keyRun(document.Span{Start: at.pos, End: c.End})
		return
	}
	from := max(s.taken, at.pos-lookBack)
	for from < at.pos && !utf8.RuneStart(s.b.text[from]) {
		from++
	}
	before := titleEnds.TrimRight(s.text(from, at.pos))
	if before == "" {
		return
	}
	end := from + len(before)
	start := s.b.trim(document.Span{Start: from + sentenceStart(before), End: end}).Start
	mark, body := s.leading(start)
	if body > end {
		mark, body = nil, start
	}
	if i := fullStopInside(s.b.text[body:end]); i > 0 {
		start = s.b.trim(document.Span{Start: body + i, End: end}).Start
		mark, body = s.leading(start)
	}
	if mark != nil && mark.Style == marker.Duty && body < end {
		mark, start = nil, body // 职责一 职责表述：
	}
	if inner := s.lastMarker(start, end); inner != nil && mark == nil {
		core := s.text(inner.Body, end)
		_, key := lexicon.FieldKey(core)
		if _, before, head := lexicon.HeadAtEnd(core); key || head && (before == "" || inner.Style <= marker.Clause && lexicon.TitleShaped(before)) {
			mark, start, body = inner, inner.Span.Start, inner.Body
		}
	}
	t := draft{token: token{span: document.Span{Start: start, End: at.end}}}
	if mark != nil && usable(mark) && body <= end {
		t.mark, t.marked = mark, true
	} else {
		body = start
	}
	core := s.text(body, end)
	if at.colon {
		t.span.End += len(s.text(at.end, c.End)) - len(strings.TrimLeft(s.text(at.end, c.End), ":：.．"))
	}
	opens := at.marker != nil || s.opensList(t.span.End)
	switch {
	case s.endWords(core, at):
		return
	case s.rightBehind(fieldToken, start) && s.valueHead(t, body, core, opens || at.colon):
		return
	case at.colon && s.rightBehind(headToken, start) && s.contentHead(t, body, core):
		return
	case at.colon && s.fieldKey(t, body, core):
		return
	case !at.colon && at.marker == nil:
		// A space alone: only a heading word that is all there is since the
		// last sentence.
		if h, rest, ok := lexicon.HeadAtEnd(core); ok && rest == "" && utf8.RuneCountInString(h.Word) >= 4 {
			s.headOf(t, body, core, true)
		}
		return
	case utf8.RuneCountInString(core) <= maxHeading && s.headOf(t, body, core, true):
		return
	}
	switch {
	case (opens || at.colon) && s.gluedHead(t, body, core, opens):
	case at.colon && opens && !t.marked && start > c.Start:
		s.groupHead(t, core)
	case at.marker != nil && !t.marked:
		s.gluedTitle(document.Span{Start: start, End: at.pos})
	case at.colon && (t.marked && t.mark.Style != marker.Arabic || start > c.Start && itemStops.In(lastRune(s.text(c.Start, start)))):
		if title, ok := s.b.titled(document.Span{Start: body, End: end}); ok {
			t.kind, t.title = titleToken, title
			s.add(t)
		}
	}
}

// lastMarker is the last marker that stands in [start,end) behind a space or a
// mark, nil for none.
func (s *lineScan) lastMarker(start, end int) *marker.Candidate {
	i, _ := slices.BinarySearchFunc(s.cands, end, func(c marker.Candidate, p int) int { return cmp.Compare(c.Span.Start, p) })
	for i--; i >= 0 && s.cands[i].Span.Start > start; i-- {
		if m := &s.cands[i]; m.Body < end && m.Style != marker.Bullet && (m.Left <= marker.AfterSpace || m.Style <= marker.Chinese) && usable(m) {
			return m
		}
	}
	return nil
}

// gluedTitle takes a job's title that stands before a list inside a line, behind
// a whole sentence: "…审核。 办公室主任 1.直接上级：…".
func (s *lineScan) gluedTitle(seg document.Span) {
	text := s.b.str(seg)
	if i := spaces.LastIndex(strings.TrimRight(text, " 　")); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		seg.Start += i + n
	}
	seg = s.b.trim(seg)
	title, ok := s.b.titled(seg)
	before := strings.TrimRight(s.text(max(s.line.Start, seg.Start-8), seg.Start), " 　")
	if !ok || seg.Start == s.line.Start && s.b.lines[s.n].tagged || seg.Start != s.line.Start && !itemStops.In(lastRune(before)) && lastRune(before) != "】" || utf8.RuneCountInString(s.b.str(seg)) < 3 {
		return
	}
	s.add(draft{token: token{kind: titleToken, span: seg}, named: named{title: title}})
}

// rightBehind reports that p lies right behind a token of that kind in this line:
// in the value of a field, at the first thing below a heading.
func (s *lineScan) rightBehind(kind tokenKind, p int) bool {
	n := len(s.tokens) - 1
	return n >= 0 && s.tokens[n].kind == kind && s.tokens[n].line == s.n && p <= s.b.trim(document.Span{Start: s.taken, End: s.line.End}).Start
}

// valueHead finds a heading word that is glued to a field's value: 工资等级：三级
// 主要职责：. What stands before it is the value and no title.
func (s *lineScan) valueHead(t draft, body int, core string, opens bool) bool {
	h, before, ok := lexicon.HeadAtEnd(core)
	if !ok || !opens || before == "" || h.Own || utf8.RuneCountInString(h.Word) < 4 {
		return false
	}
	t.kind, t.head, t.marked = headToken, h, false
	t.span.Start = body + len(cutCount(before))
	t.words = document.Span{Start: body + len(before), End: body + len(before) + len(h.Word)}
	s.add(t)
	return true
}

// contentHead finds a heading word behind the one thing that the heading before
// it heads: 岗位职责：自动驾驶算法设计任职要求：. What stands before it is no title
// then, unless the word is one that follows titles.
func (s *lineScan) contentHead(t draft, body int, core string) bool {
	h, before, ok := lexicon.HeadAtEnd(core)
	if !ok || h.NamesDuties() || mentions(cutCount(before)) || lexicon.HasCore(before) {
		return false
	}
	return s.valueHead(t, body, core, true)
}

// maxGroupWords is the longest text, in characters, that heads a list inside a
// line without being a heading word: 薪酬及待遇：1、…
const maxGroupWords = 10

// groupHead takes the last clause before a colon and a list as a heading of
// its own: it stands behind a whole sentence, is short and of one piece. What
// it heads is told by its words, or by the list.
func (s *lineScan) groupHead(t draft, core string) {
	if utf8.RuneCountInString(core) > maxGroupWords || !lexicon.TitleShaped(core) {
		return
	}
	t.kind = headToken
	t.words = document.Span{Start: t.span.Start, End: t.span.Start + len(core)}
	t.head = lexicon.Head{Word: core}
	t.head.Kind, _ = lexicon.GroupKind(core)
	s.add(t)
}

// opensList reports whether a list begins at p.
func (s *lineScan) opensList(p int) bool {
	p = s.b.trim(document.Span{Start: p, End: s.line.End}).Start
	for _, m := range s.beginning(p) {
		if m.Ordinal == 1 || m.Style == marker.Bullet {
			return true
		}
	}
	return p >= s.line.End
}

// fullStopInside is the offset behind the last ASCII full stop between two
// Han characters in text; 0 for none.
func fullStopInside(text string) int {
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == '.' && i+1 < len(text) && text[i-1] >= utf8.RuneSelf && text[i+1] >= utf8.RuneSelf {
			return i + 1
		}
	}
	return 0
}

// gluedHead finds a heading that is glued to the sentence before it:
// "…管理工作销售主管岗位职责:1.…", "…完成交办的工作任职要求:1、…".
func (s *lineScan) gluedHead(t draft, body int, core string, opens bool) bool {
	h, before, ok := lexicon.HeadAtEnd(lexicon.CutTail(core))
	least := 4
	if opens {
		least = 3 // …使用git加分项：1、
	}
	if !ok || utf8.RuneCountInString(h.Word) < least || !opens && h.Whole && h.Kind != document.Benefits {
		return false
	}
	if strings.HasSuffix(before, "/") {
		return false // 技能关键词/加分项：
	}
	if i := clauseGaps.LastIndex(before); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		if rest := before[i+n:]; rest == "" || lexicon.IsQualifier(rest) {
			before = before[:i+n]
		}
	}
	t.kind, t.head, t.marked = headToken, h, false
	if at := lexicon.GluedTitle(before); at >= 0 && !keyedValue(before[:at]) && (opens || h.NamesDuties()) && !mentions(before[:at]) {
		t.title = document.Span{Start: body + at, End: body + len(strings.TrimRight(before, "的 "))}
		t.span.Start = body + at
		t.words = document.Span{Start: body + at, End: body + len(lexicon.CutTail(core))}
		s.add(t)
		return true
	}
	words := cutQualifier(before)
	before = cutCount(words)
	if mentions(before) {
		return false
	}
	t.span.Start = body + len(before)
	t.words = document.Span{Start: body + len(words), End: body + len(lexicon.CutTail(core))}
	s.add(t)
	return true
}

// cutCount takes the number of a heading off the end of text: 二、
func cutCount(text string) string {
	rest, ok := strings.CutSuffix(strings.TrimRight(text, " "), "、")
	if !ok {
		return text
	}
	if words := strings.TrimRight(rest, "一二三四五六七八九十"); len(words) < len(rest) && words != "" {
		return words
	}
	return text
}

// keyedValue reports text that ends with a form's key and its colon: what follows
// is the key's value and no job's name.
func keyedValue(before string) bool {
	name := colons.TrimRight(before)
	if len(name) == len(before) {
		return false
	}
	k, ok := lexicon.StrongKeyAtEnd(name)
	return ok && k.Field != "title"
}

// cutQualifier takes 主要, 具体 … off the end of text.
func cutQualifier(text string) string {
	for _, q := range []string{"主要", "具体", "基本"} {
		if rest, ok := strings.CutSuffix(text, q); ok {
			return rest
		}
	}
	return text
}

// mentions reports text behind which a heading word is only spoken of. A verb
// behind 的 is a noun, and ends what stands before a heading: 方案的编制岗位要求：.
func mentions(before string) bool {
	for _, w := range [...]string{"制定", "制订", "完善", "编写", "编制", "拟定", "修订", "执行", "落实"} {
		if strings.HasSuffix(before, "的"+w) {
			return false
		}
	}
	for _, w := range []string{"根据", "按照", "按", "依据", "制定", "制订", "完善", "明确", "符合", "履行", "编写", "编制", "拟定", "熟悉", "遵守", "执行", "和", "与", "及", "其", "的", "、", "“", "《", "了解", "落实", "修订", "规定", "享受", "提供", "包括", "以下", "下列", "如下", "上述", "相关", "该", "此", "本"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}
