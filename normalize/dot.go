package normalize

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// clauseOpeners open a clause of its own: in front of one a dot stands for a
// comma.
var clauseOpeners = [...]string{"并", "不", "每", "且", "及时", "同时", "从而", "确保", "以便", "如", "若", "因", "但", "使"}

// dot finds ASCII full stops between Han characters. What a dot stands for is
// told by its neighbours: 、 where it parts words of a list, ， before a word
// that opens a clause, 。 at the end. Elsewhere it is only suggested.
func dot(f *finder, p Part) {
	for from := p.Start; ; {
		i := strings.IndexByte(f.text[from:p.End], '.')
		if i < 0 {
			return
		}
		at := from + i
		end := at + 1
		from = end
		left, before := f.before(p.Span, at)
		if !isHan(left) {
			continue
		}
		stop := f.skip(p.Span, end)
		right, _ := f.after(p.Span, stop)
		if f.numeral(p.Span, at) {
			// At the end it may end a sentence too: 不超过千分之三.
			if word, _ := f.before(p.Span, before); right != 0 || !isHan(word) || f.numeral(p.Span, before) {
				continue
			}
		}
		if right == 0 {
			if p.Kind == Item && stop == p.End {
				f.edit(at, end, "。", 0.97, "the item ends here")
			}
			continue
		}
		if !isHan(right) {
			continue
		}
		rest, head := f.text[stop:p.End], f.text[p.Start:at]
		switch {
		case opensClause(rest):
			f.edit(at, stop, "，", 0.9, "the next clause opens with "+firstRune(rest))
		case listed(head, rest):
			f.edit(at, stop, "、", 0.93, "it parts words of a list")
		default:
			f.suggest(at, stop, "，", 0.5, "a dot between Chinese characters")
		}
	}
}

// numeral reports a Chinese number before p ("二.", "十二."): it is no word,
// and its dot parts it from what it numbers.
func (f *finder) numeral(s document.Span, p int) bool {
	r, _ := f.before(s, p)
	return strings.ContainsRune("一二三四五六七八九十", r)
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func opensClause(rest string) bool {
	for _, w := range clauseOpeners {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}

// phraseOpeners open a phrase that is no entry of a list of words; what a dot
// in front of one stands for is open. phraseClosers end one.
var (
	phraseOpeners = [...]string{"有", "具有", "具备", "富有", "能", "良好的", "较强的", "较好的", "扎实的", "优秀的", "熟悉", "熟练", "精通", "掌握", "了解", "善于", "乐于", "热爱", "负责", "参与", "完成", "进行", "提出", "提升", "撰写", "保证", "独立", "对", "包括", "例如", "比如", "以及", "硕士", "本科", "大专"}
	phraseClosers = [...]string{"等", "学历", "专业", "经验", "力强", "心强", "以上", "以下", "优先", "者"}
)

// An entry of a list that a dot parts from the next is at most maxEntry
// characters long, the next at most maxNext. Where commas and marks of lists in
// real sentences become dots at the same rate, four of five dots that pass for
// marks of lists are such with these limits; without them, two of three.
const (
	maxEntry = 16
	maxNext  = 6
)

// listed reports a dot between words of a list: the list goes on with 、 (or
// another such dot) close by, or its last word is followed by what closes a
// list (等, 和, 及, 与; 的 behind a word of two characters alone, since longer ones
// describe what follows).
func listed(head, rest string) bool {
	for _, w := range phraseOpeners {
		if strings.HasPrefix(rest, w) {
			return false
		}
	}
	for _, w := range phraseClosers {
		if strings.HasSuffix(head, w) {
			return false
		}
	}
	entry, from := 0, len(head)
	var before rune
	for from > 0 && entry <= maxEntry {
		r, size := utf8.DecodeLastRuneInString(head[:from])
		if !isHan(r) {
			before = r
			break
		}
		from, entry = from-size, entry+1
	}
	if entry > maxEntry {
		return false
	}
	next := 0
	for i, r := range rest {
		if !isHan(r) {
			if r == '、' || r == '.' {
				behind, _ := utf8.DecodeRuneInString(rest[i+utf8.RuneLen(r):])
				return next <= maxNext && (isHan(behind) || isSpace(behind))
			}
			break
		}
		if next >= 2 && next <= 4 && strings.ContainsRune("等和及与", r) || next == 2 && r == '的' {
			return true
		}
		if next++; next > maxNext {
			return false
		}
	}
	return (before == '、' || before == '.') && entry >= 2 && entry <= maxNext
}
