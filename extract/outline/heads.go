package outline

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
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
	columnToken                   // begins a cell under a heading row, or ends such a table
)

// token is one part of an article, in reading order.
type token struct {
	span   document.Span
	line   int // index of its line
	mark   *marker.Candidate
	*named // of a head, a title or a field; nil of others
	kind   tokenKind
	first  bool // begins its line
	cell   bool // begins a table cell that is not the line's first
	marked bool // mark is set: a marker, or the marker in front of a head or title
}

// named is what the words of a head, a title or a field's key say.
type named struct {
	words   document.Span // of a head: its words, without marker, brackets and colon
	title   document.Span
	head    lexicon.Head
	key     lexicon.Key
	name    document.Span // of a field: the key without its colon
	sheet   bool          // heads a whole job sheet (岗位说明书)
	element bool          // is a heading element of the page: h1 … h6
	job     bool          // of these, names a position by its place
	column  columnKind    // of a table's cell; plainColumn behind the table
}

// draft is a token with words while it is read.
type draft struct {
	token
	named
}

// scanLine finds the heads, titles and fields of a line.
func (b *builder) scanLine(cands []marker.Candidate, tokens []token, n int) []token {
	l := &b.lines[n]
	if l.columns {
		return tokens
	}
	if l.post {
		if p, ok := b.postAt(n); ok {
			t := b.words.new(named{element: true, job: true, title: p.name})
			return append(tokens, token{kind: titleToken, span: l.span, line: n, named: t, first: true})
		}
	}
	s := lineScan{b: b, n: n, line: l.span, marks: l.marks, cands: cands, tokens: tokens}
	cells := b.cells(l)
	for i, c := range cells {
		s.cell(c, i, len(cells))
	}
	return s.tokens
}

// cells are the cells of a table row, or the line itself.
func (b *builder) cells(l *line) []document.Span {
	if l.cells[0] == l.cells[1] {
		b.whole[0] = l.span
		return b.whole[:]
	}
	return b.cellSpans[l.cells[0]:l.cells[1]]
}

// appendCells appends the cells of a table row; none where the line is no row.
func appendCells(dst []document.Span, all string, l document.Span) []document.Span {
	text := l.Of(all)
	sep := "\t"
	if text[0] == '|' && strings.Count(text, "|") >= 2 {
		sep = "|"
	} else if strings.Contains(text, " | ") {
		sep = " | "
	} else if !strings.Contains(text, sep) {
		return append(dst, l)
	}
	at := l.Start
	for part := range strings.SplitSeq(text, sep) {
		if s := trimSpan(all, document.Span{Start: at, End: at + len(part)}); !s.Empty() && strings.Trim(s.Of(all), "-: |") != "" {
			dst = append(dst, s)
		}
		at += len(part) + len(sep)
	}
	return dst
}

type lineScan struct {
	b      *builder
	n      int
	line   document.Span
	marks  marks
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
	// A heading or a title has no comma.
	l := &s.b.lines[s.n]
	clauses := cells == 1 && !l.tagged && s.line.Start+int(l.comma) > body
	if s.keyRow(c) || s.taken == c.Start && !clauses && s.wholeHead(c, whole, mark, i, cells) {
		return
	}
	for _, at := range s.triggers(c) {
		switch {
		case at.bracket && at.pos >= s.taken:
			s.bracketed(c, at.pos)
		case at.pos > s.taken:
			s.trigger(c, at)
		}
	}
	s.lastKey(c)
	if !clauses {
		s.titleLine(c, whole, mark, i)
	}
}

// lastKey takes a form's key that ends a line behind a heading: 一、基本资料：所属部门,
// with its value in the next line.
func (s *lineScan) lastKey(c document.Span) {
	n := len(s.tokens) - 1
	if n < 0 || s.tokens[n].line != s.n || s.tokens[n].kind != headToken || s.taken >= c.End {
		return
	}
	name := s.b.trim(document.Span{Start: s.taken, End: c.End})
	if k, ok := lexicon.FieldKey(s.b.str(name)); ok {
		s.add(draft{token: token{kind: fieldToken, span: name}, named: named{key: k, name: name}})
	}
}

// leading is the candidate that begins at p, and where the text behind it
// begins; the longest reading wins.
func (s *lineScan) leading(p int) (*marker.Candidate, int) {
	best, body := (*marker.Candidate)(nil), p
	list := s.beginning(p)
	for i := range list {
		if c := &list[i]; best == nil || c.Span.End > best.Span.End {
			best, body = c, c.Body
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

func (s *lineScan) add(d draft) {
	t := d.token
	if t.kind != endToken {
		t.named = s.b.words.new(d.named)
	}
	t.line = s.n
	t.first = t.span.Start == s.line.Start
	s.tokens = append(s.tokens, t)
	s.taken = t.span.End
}

// wholeHead takes a cell or line that is all heading: 岗位职责, 二、任职要求：,
// 客服专员岗位职责, 直接上级 in a form.
func (s *lineScan) wholeHead(c, whole document.Span, mark *marker.Candidate, i, cells int) bool {
	text := s.text(whole.Start, whole.End)
	core := headEnds.TrimRight(text)
	if core == "" || !atMost(core, maxHeading) {
		return false
	}
	colon := len(core) < len(text) && colons.In(text[len(core):])
	start := whole.Start
	if mark != nil && !usable(mark) && !(mark.Form == ' ' && headsSection(core)) { // 2 任职要求
		start, mark = c.Start, nil
		core = headEnds.TrimRight(s.text(start, whole.End))
	}
	t := draft{token: token{span: document.Span{Start: c.Start, End: c.End}, cell: i > 0}}
	if mark != nil {
		t.mark, t.marked = mark, true
	}
	if bare := headQuotes.Trim(core); mark == nil && len(bare) < len(core) {
		if k, ok := lexicon.FieldKey(bare); ok && k.Strong { // [岗位综述]
			start += strings.Index(core, bare)
			t.kind, t.key, t.name = fieldToken, k, document.Span{Start: start, End: start + len(bare)}
			s.add(t)
			return true
		}
	}
	if k, ok := lexicon.FieldKey(core); ok && (k.Strong || colon || cells > 1 || s.inForm()) {
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

// inForm reports a line among the rows of a form: a key stands one or two lines
// above or below.
func (s *lineScan) inForm() bool {
	if n := len(s.tokens) - 1; n >= 0 && s.tokens[n].kind == fieldToken && s.n-s.tokens[n].line <= 2 {
		return true
	}
	for n := s.n + 1; n <= s.n+2 && n < len(s.b.lines); n++ {
		if k, ok := lexicon.FieldKey(s.b.str(s.b.lines[n].span)); ok && k.Strong {
			return true
		}
	}
	return false
}

// usable reports markers that may stand in front of a heading.
func usable(m *marker.Candidate) bool {
	return m.Style != marker.Arabic || m.Form != 0 && m.Form != ' '
}

// headOf reads core, which begins at start, as a heading; t holds its span
// and marker. bounded says that core begins where a sentence may begin.
func (s *lineScan) headOf(t draft, start int, core string, bounded bool) bool {
	if bare, ok := withoutGloss(core); ok {
		core = bare
	}
	if r, _ := utf8.DecodeLastRuneInString(core); isHanRune(r) && !lexicon.MayHead(r) && !marker.IsNumeral(r) {
		return false
	}
	t.kind = headToken
	cut := lexicon.CutTail(headQuotes.Trim(core))
	off := strings.Index(core, cut)
	if cut == "" || off < 0 {
		return false
	}
	start += off
	core = cut
	t.words = document.Span{Start: start, End: start + len(core)}
	if word, before, ok := lexicon.DocumentHeadAtEnd(core); ok && bounded {
		job := strings.TrimSuffix(strings.TrimSpace(before), "的")
		if job != "" && (!lexicon.TitleShaped(job) || !lexicon.HasCore(job) && itemStops.In(s.text(start+len(core), t.span.End))) {
			return false // 每季度抽查岗位说明书。
		}
		t.sheet = true
		t.head = lexicon.Head{Word: word}
		if job != "" && (lexicon.HasCore(job) || atMost(job, maxSheetTitle) && !lexicon.NamesCompany(job)) {
			t.title = s.b.nameOf(document.Span{Start: start, End: start + len(job)})
		}
		s.add(t)
		return true
	}
	core = firstHead(core)
	if h, ok := lexicon.LatinHead(core); ok && bounded {
		t.head = h
		s.add(t)
		return true
	}
	h, before, ok := lexicon.HeadAtEnd(stripOrdinal(core))
	if !ok {
		return false
	}
	t.head = h
	if s.b.lines[s.n].tagged && t.span.Start == s.line.Start && before != "" {
		t.span.Start = start + len(before)
		t.words = document.Span{Start: t.span.Start, End: start + len(core)}
		s.add(t)
		return true
	}
	if colons.In(before) {
		if _, key := lexicon.FieldKey(strings.TrimSpace(colons.TrimRight(before))); key {
			return false // 岗位定员：岗位职责：
		}
	}
	if _, rest, ok := lexicon.DocumentHeadAtEnd(before); ok && rest != "" && lexicon.TitleShaped(rest) {
		before = rest // 灭菌班长岗位说明工作内容
	} else if inner, rest, ok := lexicon.HeadAtEnd(withoutPage(before)); ok && rest != "" && !h.Own && !inner.Whole && lexicon.TitleShaped(rest) {
		before = rest // 选品专员岗位职责职位描述
	}
	if h.Whole && strings.HasSuffix(before, "的") && strings.Contains(before, "、") {
		return false // 国土、规划部门的工作联系
	}
	if i := behindClause(before); i > 0 {
		start += i
		before = before[i:]
	}
	if i := lexicon.BehindHead(before); i > 0 {
		start += i
		before = before[i:] // 保安岗位职责说明书大门岗保安
	}
	job := strings.TrimLeftFunc(before, unicode.IsSpace)
	start += len(before) - len(job) // 总经理助理岗位职责 总经理助理岗位职责
	job = strings.TrimRight(strings.TrimSpace(job), "的 　")
	job = strings.TrimRight(job, "-—－:： ")
	if job == "" || lexicon.IsQualifier(job) {
		s.add(t)
		return true
	}
	if again, ok := lexicon.HeadAtStart(job); ok && (again.Kind == document.Responsibilities || again.Kind == document.Qualifications) && lexicon.TitleShaped(job[len(again.Word):]) {
		start += len(again.Word)
		job = job[len(again.Word):]
	}
	trimmed := strings.TrimLeft(job, "-－—·•/、 ")
	start += len(job) - len(trimmed)
	job = trimmed
	if r, _ := utf8.DecodeLastRuneInString(job); marker.IsNumeral(r) {
		if counted := strings.TrimRight(job, "一二三四五六七八九十"); lexicon.HasCore(counted) {
			job = counted
		}
	}
	if job, ok = lexicon.CutBoardLine(job); ok && job == "" {
		s.add(t) // 职位信息岗位职责
		return true
	}
	if _, rest, ok := lexicon.HeadAtEnd(job); ok && rest == "" {
		s.add(t) // 职位描述岗位职责
		return true
	}
	if t.marked && !h.NamesDuties() && sentenceEnds.In(lastRune(s.text(t.span.Start, t.span.End))) {
		return false // (1)管理技术团队日常工作；
	}
	named := lexicon.HasCore(job) || t.span.Start == s.line.Start && h.NamesDuties() && lexicon.NamesTrade(job)
	if !bounded || !lexicon.TitleShaped(job) || h.Whole && !named {
		return false
	}
	if !named && !h.NamesDuties() {
		s.add(t)
		return true
	}
	t.title = s.b.nameOf(document.Span{Start: start, End: start + len(job)})
	s.add(t)
	return true
}

// sheetBefore takes the head of a job sheet that stands before a bracket inside
// a line: "…作业证。回访专员岗位说明书【岗位说明书】…".
func (s *lineScan) sheetBefore(c document.Span, end int) {
	from := max(s.taken, end-lookBack, c.Start)
	for from < end && !utf8.RuneStart(s.b.text[from]) {
		from++
	}
	before := s.text(from, end)
	start := from + sentenceStart(before)
	core := strings.TrimSpace(s.text(start, end))
	if _, job, ok := lexicon.DocumentHeadAtEnd(core); ok && lexicon.HasCore(job) && lexicon.TitleShaped(job) {
		s.headOf(draft{token: token{span: document.Span{Start: start, End: end}}}, start+strings.Index(s.text(start, end), core), core, true)
	}
}

// bracketed takes the 【岗位职责】 or 【客服主管岗位职责】 that opens at p.
func (s *lineScan) bracketed(c document.Span, p int) {
	s.sheetBefore(c, p)
	text := s.text(p, min(c.End, p+lookBack))
	n := strings.Index(text, "】")
	if n < 0 {
		return
	}
	inner := s.b.trim(document.Span{Start: p + len("【"), End: p + n})
	after := s.text(p+n+len("】"), c.End)
	end := c.End - len(strings.TrimLeft(after, ":： "))
	if !atMost(s.b.str(inner), maxHeading) || p < s.taken {
		return
	}
	t := draft{token: token{span: document.Span{Start: p, End: end}}}
	if s.headOf(t, inner.Start, s.b.str(inner), true) {
		return
	}
	if k, ok := lexicon.FieldKey(s.b.str(inner)); ok && k.Strong {
		t.kind, t.key, t.name = fieldToken, k, inner
		s.add(t)
	} else if title, ok := s.b.titled(inner); ok {
		t.kind, t.title = titleToken, title
		s.add(t)
	}
}
