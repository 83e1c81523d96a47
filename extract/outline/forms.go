package outline

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

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
			s.add(draft{token: token{kind: endToken, span: document.Span{Start: start, End: s.line.End}}})
			return true
		}
	}
	return false
}

func (s *lineScan) fieldKey(t draft, body int, core string) bool {
	name := core
	if i := fieldGaps.LastIndex(core); i >= 0 {
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

// keyRow takes a line on which several form keys stand without colons:
// 职位名称 销售主管 职位编号 所属部门 销售部, or all of it glued.
func (s *lineScan) keyRow(c document.Span) bool {
	text := s.text(c.Start, c.End)
	first, ok := lexicon.StrongKeyAt(text)
	if !ok || rowMarks.In(text) {
		return false
	}
	type found struct {
		at  int
		key lexicon.Key
	}
	keys := []found{{0, first}}
	spaced := spaces.In(text)
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
		s.add(draft{
			token: token{kind: fieldToken, span: document.Span{Start: name.Start, End: c.Start + end}},
			named: named{key: k.key, name: name},
		})
	}
	return true
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
	title := s.b.nameOf(document.Span{Start: whole.Start, End: whole.Start + len(core)})
	name := s.b.str(title)
	element := s.b.lines[s.n].kind == document.Heading && s.b.lines[s.n].level <= 6
	if !element && !lexicon.HasCore(name) || !lexicon.TitleShaped(name) || conjunctions.In(name) {
		return
	}
	t := draft{
		token: token{kind: titleToken, span: c},
		named: named{element: element, title: title},
	}
	if mark != nil {
		if mark.Style == marker.Bullet {
			return
		}
		t.mark, t.marked = mark, true
	}
	s.add(t)
}
