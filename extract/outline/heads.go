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

// tokenKind is what a token of an article is.
type tokenKind uint8

const (
	textToken    tokenKind = iota // a stretch of a line that nothing else claims
	markerToken                   // opens an item
	headToken                     // heads a section, a position or both
	titleToken                    // may name a position: a line that is a job's title
	fieldToken                    // key of a form row, with its colon
	endToken                      // board words: the rest of the line is the page's own
	articleToken                  // the article's own heading
)

// token is one part of an article, in reading order.
type token struct {
	kind    tokenKind
	span    document.Span
	line    int  // index of its line
	first   bool // begins its line
	cell    bool // begins a table cell that is not the line's first
	mark    marker.Candidate
	marked  bool          // mark is set: a marker, or the marker in front of a head or title
	words   document.Span // of a head: its words, without marker, brackets and colon
	title   document.Span
	head    lexicon.Head
	sheet   bool // heads a whole job sheet (岗位说明书)
	element bool // is a heading element of the page: h1 … h6
	key     lexicon.Key
	name    document.Span // of a field: the key without its colon
}

// scanLine finds what a line may hold: candidates for markers, heads, fields.
func (b *builder) scanLine(cands []marker.Candidate, tokens []token, n int) ([]marker.Candidate, []token) {
	l := b.lines[n]
	from := len(cands)
	cells := b.cells(l)
	for i, c := range cells {
		if i > 0 && c.Start == c.End {
			continue
		}
		cands = marker.Scan(cands, b.text, c)
	}
	s := lineScan{b: b, n: n, line: l.span, cands: cands[from:], tokens: tokens}
	for i, c := range cells {
		s.cell(c, i, len(cells))
	}
	return cands, s.tokens
}

// cells are the cells of a table row, or the line itself.
func (b *builder) cells(l line) []document.Span {
	text := b.str(l.span)
	sep := "\t"
	if text[0] == '|' && strings.Count(text, "|") >= 2 {
		sep = "|"
	} else if strings.Contains(text, " | ") {
		sep = " | "
	} else if !strings.Contains(text, sep) {
		return []document.Span{l.span}
	}
	var out []document.Span
	at := l.span.Start
	for _, part := range strings.Split(text, sep) {
		if s := b.trim(document.Span{Start: at, End: at + len(part)}); !s.Empty() && strings.Trim(b.str(s), "-: |") != "" {
			out = append(out, s)
		}
		at += len(part) + len(sep)
	}
	return out
}

type lineScan struct {
	b      *builder
	n      int
	line   document.Span
	cands  []marker.Candidate
	tokens []token
	taken  int // offset up to which heads and fields have claimed the line
}

func (s *lineScan) text(a, z int) string { return s.b.text[a:z] }

// cell finds the heads and fields of one cell, or of a whole line.
func (s *lineScan) cell(c document.Span, i, cells int) {
	s.taken = c.Start
	mark, body := s.leading(c.Start)
	whole := document.Span{Start: body, End: c.End}
	if s.keyRow(c) || s.wholeHead(c, whole, mark, i, cells) {
		return
	}
	s.bracketed(c)
	triggers := s.triggers(c)
	for _, at := range triggers {
		if at.pos > s.taken {
			s.trigger(c, at)
		}
	}
	s.titleLine(c, whole, mark, i)
}

// leading is the candidate that begins at p, and where the text behind it
// begins; the longest reading wins.
func (s *lineScan) leading(p int) (*marker.Candidate, int) {
	best, body := (*marker.Candidate)(nil), p
	for _, c := range s.beginning(p) {
		if best == nil || c.Span.End > best.Span.End {
			best, body = &c, c.Body
		}
	}
	return best, body
}

// beginning are the candidates that begin at p.
func (s *lineScan) beginning(p int) []marker.Candidate {
	i, _ := slices.BinarySearchFunc(s.cands, p, func(c marker.Candidate, p int) int { return cmp.Compare(c.Span.Start, p) })
	j := i
	for j < len(s.cands) && s.cands[j].Span.Start == p {
		j++
	}
	return s.cands[i:j]
}

func (s *lineScan) add(t token) {
	t.line = s.n
	t.first = t.span.Start == s.line.Start
	s.tokens = append(s.tokens, t)
	s.taken = t.span.End
}

// headEnd are the marks that may stand behind a heading.
const headEnd = ":：.。．、;； 　\t】"

// wholeHead takes a cell or line that is all heading: 岗位职责, 二、任职要求：,
// 客服专员岗位职责, 直接上级 in a form.
func (s *lineScan) wholeHead(c, whole document.Span, mark *marker.Candidate, i, cells int) bool {
	text := s.text(whole.Start, whole.End)
	core := strings.TrimRight(text, headEnd)
	if core == "" || utf8.RuneCountInString(core) > maxHeading {
		return false
	}
	colon := len(core) < len(text) && strings.ContainsAny(text[len(core):], ":：")
	start := whole.Start
	if mark != nil && !usable(mark) {
		start, mark = c.Start, nil
		core = strings.TrimRight(s.text(start, whole.End), headEnd)
	}
	t := token{span: document.Span{Start: c.Start, End: c.End}, cell: i > 0}
	if mark != nil {
		t.mark, t.marked = *mark, true
	}
	if k, ok := lexicon.FieldKey(core); ok && (k.Strong || colon || cells > 1) {
		if cells > 1 && i == cells-1 && !colon && i > 0 && !k.Strong {
			return false // a value that happens to be a word of the table
		}
		t.kind, t.key = fieldToken, k
		t.name = document.Span{Start: start, End: start + len(core)}
		s.add(t)
		return true
	}
	if i > 0 && cells > 1 && !colon {
		if h, before, ok := lexicon.HeadAtEnd(core); !ok || before != "" || h.Whole && utf8.RuneCountInString(core) < 4 {
			return false
		}
	}
	return s.headOf(t, start, core, true)
}

// usable reports markers that may stand in front of a heading.
func usable(m *marker.Candidate) bool {
	return m.Style != marker.Arabic || m.Form != 0 && m.Form != ' '
}

// headOf reads core, which begins at start, as a heading; t holds its span
// and marker. bounded says that core begins where a sentence may begin.
func (s *lineScan) headOf(t token, start int, core string, bounded bool) bool {
	t.kind = headToken
	cut := lexicon.CutTail(strings.Trim(core, "【】[]〖〗《》<>*#●◆■★ 　"))
	off := strings.Index(core, cut)
	if cut == "" || off < 0 {
		return false
	}
	start += off
	core = cut
	t.words = document.Span{Start: start, End: start + len(core)}
	if word, before, ok := lexicon.DocumentHeadAtEnd(core); ok && bounded {
		job := strings.TrimSuffix(strings.TrimSpace(before), "的")
		if job != "" && !lexicon.TitleShaped(job) {
			return false
		}
		t.sheet = true
		t.head = lexicon.Head{Word: word}
		if job != "" && lexicon.HasCore(job) {
			t.title = document.Span{Start: start, End: start + len(job)}
		}
		s.add(t)
		return true
	}
	h, before, ok := lexicon.HeadAtEnd(stripOrdinal(core))
	if !ok {
		return false
	}
	t.head = h
	job := strings.TrimRight(strings.TrimSpace(before), "的 　")
	job = strings.TrimRight(job, "-—－:： ")
	if job == "" || lexicon.IsQualifier(job) {
		s.add(t)
		return true
	}
	if again, ok := lexicon.HeadAtStart(job); ok && lexicon.TitleShaped(job[len(again.Word):]) {
		start += len(again.Word)
		job = job[len(again.Word):]
	}
	if !bounded || !lexicon.TitleShaped(job) || h.Whole && !(h.Word == "职责" || h.Word == "職責") && !lexicon.HasCore(job) {
		return false
	}
	if (h.Word == "职责" || h.Word == "職責") && !lexicon.HasCore(job) {
		return false
	}
	t.title = document.Span{Start: start, End: start + len(job)}
	s.add(t)
	return true
}

// stripOrdinal takes "(一)" or "1" off the end of a heading: 岗位职责(二).
func stripOrdinal(text string) string {
	if base, _, ok := digitOrdinal(text); ok {
		return base
	}
	return text
}

// bracketed takes 【岗位职责】 and 【客服主管岗位职责】 inside a cell.
func (s *lineScan) bracketed(c document.Span) {
	text := s.text(c.Start, c.End)
	for from := 0; ; {
		i := strings.Index(text[from:], "【")
		if i < 0 {
			return
		}
		open := from + i
		n := strings.Index(text[open:min(len(text), open+lookBack)], "】")
		if n < 0 {
			from = open + len("【")
			continue
		}
		end := open + n + len("】")
		from = end
		inner := text[open+len("【") : open+n]
		after := text[end:]
		end += len(after) - len(strings.TrimLeft(after, ":： "))
		if utf8.RuneCountInString(inner) <= maxHeading && c.Start+open >= s.taken {
			t := token{span: document.Span{Start: c.Start + open, End: c.Start + end}}
			s.headOf(t, c.Start+open+len("【"), strings.TrimSpace(inner), true)
		}
	}
}

// lookBack is how far, in bytes, in front of a colon or a list a heading may
// begin: a glued one has a title and a heading word of at most maxHeading
// characters between them, and the end of the sentence before.
const lookBack = 6 * maxHeading

// triggerPoint is a place behind which a heading or a field's key may end.
type triggerPoint struct {
	pos    int // where the text before it ends
	end    int // where the text behind it begins
	colon  bool
	marker *marker.Candidate // the list that begins here
}

// triggers are the colons, the list beginnings and the spaces of a cell, in
// order.
func (s *lineScan) triggers(c document.Span) []triggerPoint {
	var out []triggerPoint
	text := s.text(c.Start, c.End)
	for i, r := range text {
		switch r {
		case ':', '：':
			end := i + utf8.RuneLen(r)
			out = append(out, triggerPoint{pos: c.Start + i, end: c.Start + end, colon: true})
		case ' ', '　', '\t':
			out = append(out, triggerPoint{pos: c.Start + i, end: c.Start + i + utf8.RuneLen(r)})
		}
	}
	for i := range s.cands {
		m := &s.cands[i]
		if m.Style != marker.Bullet && m.Ordinal == 1 && m.Span.Start > c.Start && m.Span.Start < c.End && usable(m) {
			out = append(out, triggerPoint{pos: m.Span.Start, end: m.Span.Start, marker: m})
		}
	}
	slices.SortStableFunc(out, func(a, b triggerPoint) int { return a.pos - b.pos })
	return out
}

// trigger looks for a heading or a field's key that ends at a trigger point.
func (s *lineScan) trigger(c document.Span, at triggerPoint) {
	from := max(s.taken, at.pos-lookBack)
	for from < at.pos && !utf8.RuneStart(s.b.text[from]) {
		from++
	}
	before := strings.TrimRight(s.text(from, at.pos), headEnd+"-—")
	if before == "" {
		return
	}
	end := from + len(before)
	start := from + sentenceStart(before)
	if i := fullStopInside(s.b.text[start:end]); i > 0 {
		start += i
	}
	start = s.b.trim(document.Span{Start: start, End: end}).Start
	mark, body := s.leading(start)
	t := token{span: document.Span{Start: start, End: at.end}}
	if mark != nil && usable(mark) && body <= end {
		t.mark, t.marked = *mark, true
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
	s.gluedHead(t, body, core, opens)
}

// opensList reports whether a list begins at p.
func (s *lineScan) opensList(p int) bool {
	p = s.b.trim(document.Span{Start: p, End: s.line.End}).Start
	for _, m := range s.beginning(p) {
		if m.Ordinal == 1 {
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

// endWords are a job board's form words: what follows on the line is its own.
var endWords = [...]string{"职能类别", "关键字", "职位类别", "微信分享"}

func (s *lineScan) endWords(core string, at triggerPoint) bool {
	if !at.colon {
		return false
	}
	for _, w := range endWords {
		if strings.HasSuffix(core, w) {
			start := at.pos - len(w)
			if i := strings.LastIndex(s.text(s.taken, at.pos), w); i >= 0 {
				start = s.taken + i
			}
			s.add(token{kind: endToken, span: document.Span{Start: start, End: s.line.End}})
			return true
		}
	}
	return false
}

func (s *lineScan) fieldKey(t token, body int, core string) bool {
	name := core
	if i := strings.LastIndexAny(core, "，, 　\t"); i >= 0 {
		_, n := utf8.DecodeRuneInString(core[i:])
		name = core[i+n:]
	}
	k, ok := lexicon.FieldKey(core)
	if !ok {
		if k, ok = lexicon.FieldKey(name); !ok || !k.Strong {
			return false
		}
		body += len(core) - len(name)
		t.span.Start, t.marked = body, false
		core = name
	}
	if !k.Strong && (t.marked && t.mark.Style == marker.Arabic || t.span.Start != s.line.Start && !t.marked) {
		return false
	}
	t.kind, t.key = fieldToken, k
	t.name = document.Span{Start: body, End: body + len(core)}
	s.add(t)
	return true
}

// gluedHead finds a heading that is glued to the sentence before it:
// "…管理工作销售主管岗位职责:1.…", "…完成交办的工作任职要求:1、…".
func (s *lineScan) gluedHead(t token, body int, core string, opens bool) {
	if !opens {
		return
	}
	h, before, ok := lexicon.HeadAtEnd(lexicon.CutTail(core))
	if !ok || utf8.RuneCountInString(h.Word) < 4 {
		return
	}
	if i := strings.LastIndexAny(before, "，,、 "); i >= 0 {
		_, n := utf8.DecodeRuneInString(before[i:])
		if rest := before[i+n:]; rest == "" || lexicon.IsQualifier(rest) {
			before = before[:i+n]
		}
	}
	t.kind, t.head, t.marked = headToken, h, false
	if at := lexicon.GluedTitle(before); at >= 0 && !mentions(before[:at]) {
		t.title = document.Span{Start: body + at, End: body + len(strings.TrimRight(before, "的 "))}
		t.span.Start = body + at
		t.words = document.Span{Start: body + at, End: body + len(lexicon.CutTail(core))}
		s.add(t)
		return
	}
	if mentions(before) {
		return
	}
	for q := range qualifierEnds(before) {
		before = strings.TrimSuffix(before, q)
	}
	t.span.Start = body + len(before)
	t.words = document.Span{Start: t.span.Start, End: body + len(lexicon.CutTail(core))}
	s.add(t)
}

// qualifierEnds yields the qualifier (主要, 具体 …) that text ends with.
func qualifierEnds(text string) map[string]bool {
	for _, q := range []string{"主要", "具体", "基本"} {
		if strings.HasSuffix(text, q) {
			return map[string]bool{q: true}
		}
	}
	return nil
}

// mentions reports text behind which a heading word is only spoken of.
func mentions(before string) bool {
	for _, w := range []string{"根据", "按照", "按", "依据", "制定", "制订", "完善", "明确", "符合", "履行", "编写", "编制", "拟定", "熟悉", "遵守", "执行", "和", "与", "及", "其", "的", "、", "“", "《", "了解", "落实", "修订", "规定"} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// keyRow takes a line on which several form keys stand without colons:
// 职位名称 销售主管 职位编号 所属部门 销售部, or all of it glued.
func (s *lineScan) keyRow(c document.Span) bool {
	text := s.text(c.Start, c.End)
	first, ok := lexicon.StrongKeyAt(text)
	if !ok || strings.ContainsAny(text, ":：\t|") {
		return false
	}
	type found struct {
		at  int
		key lexicon.Key
	}
	keys := []found{{0, first}}
	spaced := strings.ContainsAny(text, " 　")
	for i := len(first.Word); i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		prev := keys[len(keys)-1]
		if r >= utf8.RuneSelf && (!spaced || isSpace(before) || i == prev.at+len(prev.key.Word)) {
			if k, ok := lexicon.StrongKeyAt(text[i:]); ok {
				keys = append(keys, found{i, k})
				i += len(k.Word)
				continue
			}
		}
		i += n
	}
	after, _ := utf8.DecodeRuneInString(text[len(first.Word):])
	if len(keys) < 2 && !(isSpace(after) && len(text) > len(first.Word)+1 && utf8.RuneCountInString(text) <= shortLine) || len(keys) < 3 && !spaced {
		return false
	}
	for i, k := range keys {
		end := k.at + len(k.key.Word)
		limit := len(text)
		if i+1 < len(keys) {
			limit = keys[i+1].at
		}
		end += len(text[end:limit]) - len(strings.TrimLeftFunc(text[end:limit], isSpace))
		name := document.Span{Start: c.Start + k.at, End: c.Start + k.at + len(k.key.Word)}
		s.add(token{kind: fieldToken, key: k.key, name: name, span: document.Span{Start: name.Start, End: c.Start + end}})
	}
	return true
}

// titleLine takes a line that is a job's title and no more: (一)市场总监,
// 2、市场部助理, 前台.
func (s *lineScan) titleLine(c, whole document.Span, mark *marker.Candidate, i int) {
	if len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].line == s.n || i > 0 {
		return
	}
	core := strings.TrimRight(s.text(whole.Start, whole.End), headEnd+"-—")
	if core == "" || utf8.RuneCountInString(core) > lexicon.MaxTitle {
		return
	}
	if mark == nil || !usable(mark) {
		mark, whole.Start = nil, c.Start
		core = strings.TrimRight(s.text(whole.Start, whole.End), headEnd+"-—")
	}
	name := titleName(strings.Trim(core, "【】[]〖〗《》*#●◆■★ 　"))
	element := s.b.lines[s.n].kind == document.Heading && s.b.lines[s.n].level <= 6
	if !lexicon.TitleShaped(name) || !element && !lexicon.HasCore(name) || strings.ContainsAny(name, "与和及") {
		return
	}
	start := whole.Start + strings.Index(core, name)
	t := token{kind: titleToken, span: c, element: element, title: document.Span{Start: start, End: start + len(name)}}
	if mark != nil {
		if mark.Style == marker.Bullet {
			return
		}
		t.mark, t.marked = *mark, true
	}
	s.add(t)
}

// titleName is a title without the person's name or the translation behind
// it: 市场部助理-NAME, 大堂副理Assistant Manager.
func titleName(text string) string {
	for _, sep := range []string{"-", "—", "－"} {
		if i := strings.Index(text, sep); i > 0 {
			if left := strings.TrimSpace(text[:i]); lexicon.HasCore(left) {
				return left
			}
		}
	}
	return text
}
