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

// endWords are a job board's form words: what follows on the line is its own.
var endWords = [...]string{"职能类别", "关键字", "职位类别", "微信分享"}

// tagKey reports a line that is nothing but such a word: its values stand in the
// lines below.
func tagKey(text string) bool { return slices.Contains(endWords[:], headEnds.TrimRight(text)) }

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
			s.add(draft{token: token{kind: endToken, span: document.Span{Start: start, End: s.nextHead(at.pos)}}})
			return true
		}
	}
	return false
}

// nextHead is where the heading of a list begins that is glued behind a board's own
// words: 关键字：招标）岗位要求：1.…; the line's end where there is none.
func (s *lineScan) nextHead(p int) int {
	rest := s.text(p, s.line.End)
	for from := 0; ; {
		i := colons.Index(rest[from:])
		if i < 0 {
			return s.line.End
		}
		i += from
		_, n := utf8.DecodeRuneInString(rest[i:])
		from = i + n
		if h, before, ok := lexicon.HeadAtEnd(rest[:i]); ok && utf8.RuneCountInString(h.Word) >= 4 && p+from < s.line.End && s.opensList(p+from) {
			return p + len(before)
		}
	}
}

func (s *lineScan) fieldKey(t draft, body int, core string) bool {
	name, inside := core, false
	if i := fieldGaps.LastIndex(core); i >= 0 {
		_, n := utf8.DecodeRuneInString(core[i:])
		name = core[i+n:]
	}
	k, ok := lexicon.FieldKey(core)
	if !ok {
		k, ok = lexicon.CountedKey(core)
	}
	if !ok {
		behind := s.rightBehind(fieldToken, t.span.Start) // in the value of another key
		if k, ok = lexicon.FieldKey(name); !ok && behind {
			k, ok = lexicon.StrongKeyAtEnd(core)
			name = k.Word
		}
		if !ok || !k.Strong && (!behind || name == core) {
			return s.boardKey(t, body, core)
		}
		inside = behind
		body += len(core) - len(name)
		t.span.Start, t.marked = body, false
		core = name
	}
	if !k.Strong && !inside && (t.marked && t.mark.Style == marker.Arabic && !s.amongKeys(t.mark) || t.span.Start != s.line.Start && !t.marked) {
		return s.boardKey(t, body, core)
	}
	t.kind, t.key = fieldToken, k
	t.name = document.Span{Start: body, End: body + len(core)}
	s.add(t)
	return true
}

// boardKey finds a key under which job boards state a fact of the job, behind a
// sentence of the same line: …团队合作精神。工作地点：深圳南山, and that of a place
// also where no stop is left before it.
func (s *lineScan) boardKey(t draft, body int, core string) bool {
	k, before, ok := lexicon.BoardKeyAtEnd(core)
	if !ok || t.marked {
		return false
	}
	start := body + len(before)
	behind := spaces.TrimRight(s.text(s.line.Start, start))
	if !itemStops.In(lastRune(behind)) && (k.Field != "location" || behind == "" || mentions(behind)) {
		return false
	}
	t.kind, t.key = fieldToken, k
	t.span.Start = start
	t.name = document.Span{Start: start, End: start + len(k.Word)}
	s.add(t)
	return true
}

// amongKeys reports a counted line of a form: the field above it bears the number
// before, or the next number has a key that is one alone.
func (s *lineScan) amongKeys(m *marker.Candidate) bool {
	if n := len(s.tokens) - 1; n >= 0 && s.tokens[n].kind == fieldToken && s.tokens[n].marked && s.tokens[n].mark.Ordinal == m.Ordinal-1 {
		return true
	}
	rest := s.b.text[m.Body:min(len(s.b.text), m.Body+maxRun/4)]
	for _, sep := range [...]string{"、", ".", "．", "，", ",", ")"} {
		next := itoa(m.Ordinal+1) + sep
		if i := strings.Index(rest, next); i >= 0 {
			_, ok := lexicon.StrongKeyAt(strings.TrimLeft(rest[i+len(next):], " 　\u00a0"))
			return ok
		}
	}
	return false
}

// foundKey is a form's key in a text without colons.
type foundKey struct {
	at   int
	key  lexicon.Key
	word string // of a job sheet's head that stands among the keys, "" for a key
}

// keysIn finds the strong keys of text, and the heads of job sheets between
// them. Where the text is spaced, a key begins behind a space or another key.
func keysIn(text string, spaced bool) (keys []foundKey, n int) {
	free := 0 // where a key may begin without a space
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if spaced && n > 0 && isSpace(before) {
			word := text[i:]
			if end := spaces.Index(word); end > 0 {
				word = word[:end]
			}
			if k, ok := lexicon.FieldKey(word); ok && !k.Strong {
				keys = append(keys, foundKey{at: i, key: k})
				n++
				i += len(k.Word)
				free = i
				continue
			}
		}
		if r >= utf8.RuneSelf && (!spaced || isSpace(before) || i == free) {
			if k, ok := lexicon.StrongKeyAt(text[i:]); ok {
				keys = append(keys, foundKey{at: i, key: k})
				n++
				i += len(k.Word)
				free = i
				continue
			}
			if w := lexicon.DocumentHeadAtStart(text[i:]); w != "" {
				keys = append(keys, foundKey{at: i, word: w})
				i += len(w)
				free = i
				continue
			}
		}
		i += size
	}
	return keys, n
}

// keyRow takes a line on which several form keys stand without colons:
// 职位名称 销售主管 职位编号 所属部门 销售部, or all of it glued.
func (s *lineScan) keyRow(c document.Span) bool {
	text := s.text(c.Start, c.End)
	first, ok := lexicon.StrongKeyAt(text)
	spaced := spaces.In(text)
	weak := !ok && spaced
	if weak {
		first, ok = lexicon.FieldKey(text[:spaces.Index(text)]) // 部门 门店 汇报对象 收银主管
	}
	if !ok || rowMarks.In(text) {
		return s.beginsKeys(c.Start, c.End) && s.keyRun(c)
	}
	keys, n := keysIn(text, spaced)
	if weak {
		if n < 1 {
			return false
		}
		s.addKeys(c, slices.Insert(keys, 0, foundKey{key: first}))
		return true
	}
	after, _ := utf8.DecodeRuneInString(text[len(first.Word):])
	if n == 1 && keys[0].at == 0 && len(keys) == 1 && len(text) > len(first.Word) && atMost(text, maxValue) && s.amongRows() {
		s.addKeys(c, keys)
		return true
	}
	if n < 2 && !(isSpace(after) && len(text) > len(first.Word)+1 && utf8.RuneCountInString(text) <= shortLine) || n < 3 && !spaced {
		return s.beginsKeys(c.Start, c.End) && s.keyRun(c)
	}
	if s.firstMarker(c) < c.End {
		return s.keyRun(c) // a list is glued to the last value
	}
	s.addKeys(c, keys)
	return true
}

// amongRows reports a line of a form whose lines begin with a key and no colon
// behind it: 岗位名称钣喷技师⏎所在部门维修部⏎…. Two of the four lines around it must.
func (s *lineScan) amongRows() bool {
	n := 0
	for i := max(0, s.n-2); i <= s.n+2 && i < len(s.b.lines); i++ {
		if l := s.b.lines[i].span; i != s.n && l.Len() <= maxRun {
			if _, ok := lexicon.StrongKeyAt(s.b.str(l)); ok {
				n++
			}
		}
	}
	return n >= 2
}

// maxRun is how far, in bytes, the keys of a form are looked for inside a line.
const maxRun = 900

// beginsKeys reports a key, or the head of a job sheet, at p.
func (s *lineScan) beginsKeys(p, end int) bool {
	rest := strings.TrimLeft(s.text(p, end), " 　")
	if _, ok := lexicon.StrongKeyAt(rest); ok {
		return true
	}
	if w := lexicon.DocumentHeadAtStart(rest); w != "" {
		_, ok := lexicon.StrongKeyAt(rest[len(w):])
		return ok
	}
	return false
}

// firstMarker is where the first list inside c begins, c's end where none does.
func (s *lineScan) firstMarker(c document.Span) int {
	i, _ := slices.BinarySearchFunc(s.cands, c.Start, func(m marker.Candidate, p int) int { return cmp.Compare(m.Span.Start, p) })
	for ; i < len(s.cands) && s.cands[i].Span.Start < c.End; i++ {
		if m := &s.cands[i]; m.Ordinal == 1 && m.Style != marker.Bullet && usable(m) {
			return m.Span.Start
		}
	}
	return c.End
}

// keyRun takes the keys of a form that stand inside a line without colons, up
// to the next stop or list: "…修订。职位名称 客服主管 职位编号 …主要职责1、…". It
// reports whether there are any.
func (s *lineScan) keyRun(c document.Span) bool {
	run := s.b.trim(c)
	run.End = min(run.End, run.Start+maxRun)
	run.End = s.firstMarker(run)
	for run.End < c.End && !utf8.RuneStart(s.b.text[run.End]) {
		run.End--
	}
	text := s.text(run.Start, run.End)
	if i := runStops.Index(text); i >= 0 {
		text = text[:i]
	}
	spaced := len(text) > 0 && strings.Count(text, " ")+strings.Count(text, "　") >= 3
	keys, n := keysIn(text, spaced)
	if n < 3 {
		return false
	}
	s.addKeys(document.Span{Start: run.Start, End: run.Start + len(text)}, keys)
	return false
}

func (s *lineScan) addKeys(c document.Span, keys []foundKey) {
	text := s.text(c.Start, c.End)
	for i, k := range keys {
		start := c.Start + k.at
		if k.word != "" {
			s.add(draft{
				token: token{kind: headToken, span: document.Span{Start: start, End: start + len(k.word)}},
				named: named{sheet: true, words: document.Span{Start: start, End: start + len(k.word)}},
			})
			continue
		}
		end := k.at + len(k.key.Word)
		limit := len(text)
		if i+1 < len(keys) {
			limit = keys[i+1].at
		}
		end += len(text[end:limit]) - len(strings.TrimLeftFunc(text[end:limit], isSpace))
		name := document.Span{Start: start, End: start + len(k.key.Word)}
		s.add(draft{
			token: token{kind: fieldToken, span: document.Span{Start: start, End: c.Start + end}},
			named: named{key: k.key, name: name},
		})
	}
}

// titleLine takes a line that is a job's title and no more: (一)市场总监,
// 2、市场部助理, 前台.
func (s *lineScan) titleLine(c, whole document.Span, mark *marker.Candidate, i int) {
	if len(s.tokens) > 0 && s.tokens[len(s.tokens)-1].line == s.n || i > 0 {
		return
	}
	core := titleEnds.TrimRight(s.text(whole.Start, whole.End))
	if core == "" || !atMost(core, 2*lexicon.MaxTitle) {
		return
	}
	if mark == nil || !usable(mark) {
		mark, whole.Start = nil, c.Start
		core = titleEnds.TrimRight(s.text(whole.Start, whole.End))
	}
	l := &s.b.lines[s.n]
	job := l.kind == document.JobHeading
	element := job || l.kind == document.Heading && l.level <= 6
	if r, _ := utf8.DecodeLastRuneInString(core); !element && isHanRune(r) && !lexicon.MayCore(r) && !nameTails.In(core) && !counters.Has(r) {
		return
	}
	title := s.b.nameOf(document.Span{Start: whole.Start, End: whole.Start + len(core)})
	name := s.b.str(title)
	if !element && !lexicon.HasCore(name) || !lexicon.TitleShaped(name) || conjunctions.In(name) || strings.Count(name, "、") > 1 {
		return
	}
	t := draft{
		token: token{kind: titleToken, span: c},
		named: named{element: element, job: job, title: title},
	}
	if mark != nil {
		if mark.Style == marker.Bullet {
			return
		}
		t.mark, t.marked = mark, true
	}
	s.add(t)
}
