package normalize

import (
	"strings"
	"unicode/utf8"

	"zhize/document"
)

// cutSentence finds a full stop and line end that cut a sentence after an
// opened 在-frame: "在营销部。⏎副经理的指导下负责…" is one clause. Wanted are a last
// clause that opens with 在 and closes no frame, at most ten characters long,
// and a next line whose first clause closes one.
func cutSentence(f *finder, p Part) {
	for from := p.Start; ; {
		i := strings.Index(f.text[from:p.End], "。")
		if i < 0 {
			return
		}
		at := from + i
		end := at + len("。")
		from = end
		next, broken := f.lineEnd(p.Span, end)
		if !broken {
			continue
		}
		clause := lastClause(f.text[p.Start:at])
		if !strings.HasPrefix(clause, "在") || utf8.RuneCountInString(clause) > 10 || closesFrame(clause) {
			continue
		}
		if first := firstClause(f.text[next:p.End]); closesFrame(first) {
			f.edit(at, next, "", 0.95, "the clause "+clause+" goes on in the next line")
		}
	}
}

// lineEnd reports whether a line ends at p, and where the next one's text
// begins.
func (f *finder) lineEnd(s document.Span, p int) (int, bool) {
	broken := false
	for p < s.End {
		r, n := utf8.DecodeRuneInString(f.text[p:s.End])
		if r == '\n' {
			broken = true
		} else if !isSpace(r) {
			break
		}
		p += n
	}
	return p, broken
}

const clauseMarks = "，。；：、,;:！？!?"

func lastClause(text string) string {
	if i := strings.LastIndexAny(text, clauseMarks); i >= 0 {
		_, n := utf8.DecodeRuneInString(text[i:])
		text = text[i+n:]
	}
	return strings.TrimSpace(text)
}

func firstClause(text string) string {
	if i := strings.IndexAny(text, clauseMarks+"\n"); i >= 0 {
		text = text[:i]
	}
	return text
}

// closesFrame reports a word that closes 在…: 在经理的指导下, 在工作中, 在岗期间.
func closesFrame(clause string) bool {
	return strings.ContainsAny(clause, "下中上内里前后时间外旁")
}

// maxLabel is the length in characters of the longest label of a table's cell.
const maxLabel = 8

// brokenLine finds line ends (and table cells' borders) inside a part, which
// is one sentence or one paragraph by what was found of the page. Between
// Latin words a space takes their place; a short label before a cell's border
// gets a colon.
func brokenLine(f *finder, p Part) {
	for from := p.Start; ; {
		i := strings.IndexAny(f.text[from:p.End], "\n\t")
		if i < 0 {
			return
		}
		at := from + i
		for {
			r, before := f.before(p.Span, at)
			if !isSpace(r) {
				break
			}
			at = before
		}
		next, broken := f.lineEnd(p.Span, at)
		from = next
		left, _ := f.before(p.Span, at)
		right, _ := f.after(p.Span, next)
		after := ""
		switch {
		case isASCIIWord(left) && isASCIIWord(right):
			after = " "
		case !broken && isHan(left) && at-p.Start <= maxLabel*len("字") && utf8.RuneCountInString(f.text[p.Start:at]) <= maxLabel:
			after = "："
		case !broken && !strings.ContainsRune(clauseMarks, left):
			after = " "
		}
		f.edit(at, next, after, 0.97, "a line ends inside the text")
	}
}

// binding are the particles that no clause ends with or begins with: a space
// beside one is a line wrap.
const (
	bindLeft  = "的地得和与及或"
	bindRight = "的得和与及或等"
)

// wrapSpace finds a space between two Han characters that parts no clauses:
// one side is a binding particle, or the two characters are one word while
// neither ends or begins another. Spaces between clauses and list entries,
// which stand in a third of real postings, stay.
func wrapSpace(f *finder, p Part) {
	for i := p.Start; i < p.End; {
		c := f.text[i]
		if c != ' ' && c < utf8.RuneSelf {
			i++
			continue
		}
		r, end := f.after(p.Span, i)
		if !isSpace(r) || r == '\t' {
			i = end
			continue
		}
		stop := f.skip(p.Span, i)
		left, at := f.before(p.Span, i)
		right, rend := f.after(p.Span, stop)
		if isHan(left) && isHan(right) && stop-i <= 3 {
			if basis := f.wrapped(p.Span, at, i, stop, rend); basis != "" {
				f.edit(i, stop, "", 0.97, basis)
			}
		} else if strings.ContainsRune("，。；：、！？", left) && isHan(right) {
			f.edit(i, stop, "", 0.99, "a space behind a full-width mark")
		} else if isHan(left) && stop-i <= 3 && strings.ContainsRune("，。；：、！？", right) {
			f.edit(i, stop, "", 0.99, "a space before a full-width mark")
		}
		i = max(stop, end)
	}
}

// wrapped says why the space between the characters [at,i) and [stop,rend) is
// a line wrap; "" where it may be more.
func (f *finder) wrapped(s document.Span, at, i, stop, rend int) string {
	left, right := f.text[at:i], f.text[stop:rend]
	_, at2 := f.before(s, at)
	_, rend2 := f.after(s, rend)
	leftWord := f.word(f.text[at2:i]) && at2 < at
	rightWord := f.word(f.text[stop:rend2]) && rend2 > rend
	switch {
	case strings.Contains(bindLeft, left) && !leftWord:
		return left + " binds what follows"
	case strings.Contains(bindRight, right) && !rightWord:
		return right + " binds what stands before"
	case !leftWord && !rightWord && f.word(left+right):
		return left + right + " is one word"
	case leftWord && rightWord:
		return ""
	}
	if word := f.crossing(s, at2, i, stop, rend2); word != "" {
		return word + " is one word"
	}
	return ""
}

// crossing is a word of three or four characters that the space [i,stop) tears
// between the characters that begin at at2 and end at rend2; "" for none, or
// where words of three characters stand on both its sides.
func (f *finder) crossing(s document.Span, at2, i, stop, rend2 int) string {
	_, at := f.before(s, i)
	_, rend := f.after(s, stop)
	_, at3 := f.before(s, at2)
	_, rend3 := f.after(s, rend2)
	if (f.word(f.text[at2:i]) || f.word(f.text[at3:i])) && (f.word(f.text[stop:rend2]) || f.word(f.text[stop:rend3])) {
		return ""
	}
	for _, w := range [...][2]int{{at, rend2}, {at2, rend}, {at2, rend2}, {at, rend3}, {at3, rend}} {
		if word := f.text[w[0]:i] + f.text[stop:w[1]]; utf8.RuneCountInString(word) > 2 && f.word(word) {
			return word
		}
	}
	return ""
}

// doubledMark finds two stops in a row: "；。" at an item's end, "，，", "。。". The
// first stays. Dots of an ellipsis, dashes and repeated ！ ？ are left alone.
func doubledMark(f *finder, p Part) {
	judged := p.Start // the end of the row of marks that is known to be no code
	for i := p.Start; i < p.End; {
		r, end := f.after(p.Span, i)
		if !strings.ContainsRune(pausing, r) {
			i = end
			continue
		}
		if i >= judged {
			if stop := f.code(p.Span, i); stop > i {
				i = stop
				continue
			}
			for judged = end; judged < p.End && (f.text[judged] == ',' || f.text[judged] == ';'); {
				judged++
			}
		}
		next, stop := f.after(p.Span, end)
		switch {
		case strings.ContainsRune(";；", r) && (next == '。' || next == ';' || next == '；'),
			strings.ContainsRune("，,、。", r) && next == r && f.single(p.Span, i, stop, r),
			strings.ContainsRune("，,、", r) && next == '。' && stop == p.End:
			for {
				more, behind := f.after(p.Span, stop)
				if more == 0 || !strings.ContainsRune(";；。", more) || !strings.ContainsRune(";；", r) {
					break
				}
				stop = behind
			}
			at, to := end, stop
			if strings.ContainsRune("，,、", r) && next == '。' {
				at, to = i, end
			}
			f.edit(at, to, "", 0.98, "two stops in a row")
			i = stop
			continue
		}
		i = end
	}
}

const pausing = ";；，,、。"

// code is the end of a row of ASCII marks at i inside ASCII text, which is
// none of Chinese: an empty column (a,,b), an empty clause (for(;;)). In other
// text it is i.
func (f *finder) code(s document.Span, i int) int {
	end := i
	for end < s.End && (f.text[end] == ',' || f.text[end] == ';') {
		end++
	}
	before, _ := f.before(s, i)
	after, _ := f.after(s, end)
	if end-i < 2 || before >= utf8.RuneSelf || after >= utf8.RuneSelf || after == 0 && isASCIIWord(before) {
		return i
	}
	return end
}

// single reports that the pair of marks r at [i,stop) stands alone, not in a
// longer row of them.
func (f *finder) single(s document.Span, i, stop int, r rune) bool {
	before, _ := f.before(s, i)
	after, _ := f.after(s, stop)
	return before != r && after != r
}

// introducing are words that announce what a colon introduces, even where the
// page has lost it; pointing are those that do so anywhere in the sentence.
var (
	introducing = [...]string{"如下", "以下", "包括", "下列", "例如", "如", "为", "是", "有", "或", "和", "及", "要求", "内容", "标准", "方面", "工作", "能力", "职责", "条件", "待遇", "福利", "项", "项目", "事项", "任务", "资格", "说明", "注意"}
	pointing    = [...]string{"如下", "见下", "以下", "下列", "下述", "下面", "之一", "加分"}
)

// minSentence is the length in characters from which an item with a colon at
// its end is a sentence and no label.
const minSentence = 14

// danglingColon finds a colon at the end of an item that has no list of its
// own and is followed by the next item: a mistyped full stop.
func danglingColon(f *finder, p Part) {
	if p.Kind != Item || !p.Followed {
		return
	}
	text := p.Of(f.text)
	head, ok := strings.CutSuffix(text, ":")
	if !ok {
		if head, ok = strings.CutSuffix(text, "："); !ok {
			return
		}
	}
	if utf8.RuneCountInString(head) < minSentence || !strings.ContainsAny(head, "，,。；;、") || strings.Contains(head, "\n") {
		return // what a line end cuts is read once it is joined
	}
	if r, _ := utf8.DecodeLastRuneInString(head); !isHan(r) {
		return
	}
	for _, w := range introducing {
		if strings.HasSuffix(head, w) {
			return
		}
	}
	sentence := head[strings.LastIndexAny(head, "。；;")+1:]
	for _, w := range pointing {
		if strings.Contains(sentence, w) {
			return
		}
	}
	f.edit(p.Start+len(head), p.End, "。", 0.9, "the colon introduces nothing")
}
