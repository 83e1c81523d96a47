package noise

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"
)

// pageNumber lets a preview's page number cut a word. Only in numbered lists,
// and never the number that the list would go on with.
func pageNumber(s *sheet.Sheet, r *rand.Rand) bool {
	if s.Layout > sheet.Unclosed {
		return false
	}
	page := 2
	made := false
	lines(s, isNumbered, func(l *sheet.Line) bool {
		if r.IntN(3) > 0 || page == l.Number+1 || page == l.Number {
			return true
		}
		at := insideWord(&l.Text, r, 4*hanSize)
		if at >= 0 && l.Text.Add(sheet.Fault{At: at, Put: "\n\n" + number(page) + "、", Repair: sheet.Certain}, sheet.Apart) {
			made = true
			page++
		}
		return page < 6
	})
	return made
}

// slogan puts the site's slogan between two clauses of the first long item.
func slogan(s *sheet.Sheet, r *rand.Rand) bool {
	text := "精品文档值得下载-尽在" + s.Site
	made := false
	lines(s, isItem, func(l *sheet.Line) bool {
		at := strings.Index(l.Text.Clean, "，")
		if at < 6*hanSize || at+7*hanSize > len(l.Text.Clean) {
			return true
		}
		made = l.Text.Add(sheet.Fault{At: at, Put: text, Repair: sheet.Likely}, sheet.Apart)
		return !made
	})
	if made {
		s.Boilerplate = append(s.Boilerplate, text)
	}
	return made
}

// cutSentence ends a line inside the frame 在…下.
func cutSentence(s *sheet.Sheet, r *rand.Rand) bool {
	made := false
	lines(s, isNumbered, func(l *sheet.Line) bool {
		rest, ok := strings.CutPrefix(l.Text.Clean, "在")
		end := strings.Index(rest, "的")
		if !ok || end < 3*hanSize || end > 6*hanSize || !strings.Contains(rest[end:min(len(rest), end+4*hanSize)], "下") {
			return true
		}
		made = l.Text.Add(sheet.Fault{At: hanSize + 2*hanSize, Put: "。\n", Repair: sheet.Certain}, sheet.Apart) || made
		return true
	})
	return made
}

// sentenceLines ends the line behind every 。 inside an item.
func sentenceLines(s *sheet.Sheet, _ *rand.Rand) bool {
	made := false
	lines(s, isNumbered, func(l *sheet.Line) bool {
		if at := strings.Index(l.Text.Clean, "。"); at > 0 && at+hanSize < len(l.Text.Clean) {
			made = l.Text.Add(sheet.Fault{At: at + hanSize, Put: "\n"}, sheet.Apart) || made
		}
		return true
	})
	return made
}

// brokenLine ends a line inside sentences, as copying from a PDF does: where
// the item is long, and not before a digit, which would look like a number.
func brokenLine(s *sheet.Sheet, r *rand.Rand) bool {
	if s.Layout == sheet.ColumnTable {
		return false
	}
	return some(s, r, 4, isNumbered, func(l *sheet.Line) bool {
		at := betweenHan(&l.Text, r, 7*hanSize)
		return at >= 0 && l.Text.Add(sheet.Fault{At: at, Put: "\n", Repair: sheet.Certain}, sheet.Apart)
	})
}

// slips are look-alikes that were put in the place of a character: a word, and
// what a hasty eye or hand makes of it, which is no word.
var slips = [...][2]string{
	{"熟练", "熟炼"}, {"部门", "部们"}, {"检查", "捡查"}, {"维修", "维休"}, {"采购", "采构"}, {"账目", "账日"},
	{"负责", "负贵"}, {"资料", "资科"}, {"设备", "没备"}, {"货物", "贷物"}, {"编制", "偏制"}, {"协调", "协凋"},
	{"登记", "登计"}, {"分析", "分折"}, {"措施", "错施"}, {"档案", "挡案"}, {"预算", "予算"}, {"核对", "核兑"},
	{"审批", "审枇"}, {"车辆", "车俩"}, {"消防", "消妨"}, {"培训", "培圳"},
}

// slip puts look-alikes into up to three items.
func slip(s *sheet.Sheet, r *rand.Rand) bool {
	return some(s, r, 1+r.IntN(3), isItem, func(l *sheet.Line) bool {
		if utf8.RuneCountInString(l.Text.Clean) < 16 {
			return false
		}
		start := r.IntN(len(slips))
		for k := range slips {
			row := slips[(start+k)%len(slips)]
			at := strings.Index(l.Text.Clean, row[0])
			if at < 0 {
				continue
			}
			f := sheet.Fault{At: at, Len: len(row[0]), Put: row[1], Repair: sheet.Likely}
			return l.Text.Add(f, sheet.Apart)
		}
		return false
	})
}

// insertedMark puts a lone mark behind 的.
func insertedMark(s *sheet.Sheet, r *rand.Rand) bool {
	mark := [...]string{".", "'"}[r.IntN(2)]
	made := 0
	lines(s, isItem, func(l *sheet.Line) bool {
		at := strings.Index(l.Text.Clean, "的")
		if at < hanSize || at+3*hanSize > len(l.Text.Clean) {
			return true
		}
		at += hanSize
		if next, _ := utf8.DecodeRuneInString(l.Text.Clean[at:]); sheet.Han(next) && l.Text.Add(sheet.Fault{At: at, Put: mark, Repair: sheet.Certain}, sheet.Apart) {
			made++
		}
		return made < 10
	})
	return made > 0
}

// endMark is the last mark of a text and its place, -1 where there is none.
func endMark(text string) (mark string, at int) {
	for _, m := range [...]string{"；", "。"} {
		if strings.HasSuffix(text, m) {
			return m, len(text) - len(m)
		}
	}
	return "", -1
}

// doubleEnd replaces end marks by put in every item that has the mark.
func doubleEnd(s *sheet.Sheet, mark, put string, n int, repair sheet.Repair) bool {
	made := 0
	lines(s, isItem, func(l *sheet.Line) bool {
		if m, at := endMark(l.Text.Clean); m == mark && l.Text.Add(sheet.Fault{At: at, Len: len(m), Put: put, Repair: repair}, sheet.Apart) {
			made++
		}
		return made < n
	})
	return made > 0
}

// semicolonStop ends every item with ；。 as the generator of such pages does.
func semicolonStop(s *sheet.Sheet, _ *rand.Rand) bool {
	return doubleEnd(s, "；", "；。", len(s.Lines), sheet.Likely)
}

// doubledMark doubles some end marks.
func doubledMark(s *sheet.Sheet, r *rand.Rand) bool {
	m := [...]string{"；", "。"}
	first := r.IntN(2)
	return doubleEnd(s, m[first], m[first]+m[first], 3, sheet.Certain) ||
		doubleEnd(s, m[1-first], m[1-first]+m[1-first], 3, sheet.Certain)
}

// wrapSpace puts single spaces inside words, where lines were wrapped.
func wrapSpace(s *sheet.Sheet, r *rand.Rand) bool {
	return some(s, r, 1+r.IntN(4), isItem, func(l *sheet.Line) bool {
		at := insideWord(&l.Text, r, 0)
		return at >= 0 && l.Text.Add(sheet.Fault{At: at, Put: " ", Repair: sheet.Certain}, sheet.Apart)
	})
}

// zeroWidth puts characters that show nothing between others.
func zeroWidth(s *sheet.Sheet, r *rand.Rand) bool {
	put := [...]string{"\u200b", "\ufeff", "\u200d", "\u00ad"}[r.IntN(4)]
	return some(s, r, 2+r.IntN(6), isItem, func(l *sheet.Line) bool {
		at := betweenHan(&l.Text, r, hanSize)
		return at >= 0 && l.Text.Add(sheet.Fault{At: at, Put: put, Repair: sheet.Certain}, sheet.Apart)
	})
}
