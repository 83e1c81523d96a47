package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/runeset"
)

// What a notice that looks for people writes around a job's name: a call in front
// of it (诚聘编导), a label that counts it (岗位一：, PART.01), and behind it how many
// are wanted and what is paid (2名, 15-25K).

var (
	labelMarks = runeset.Of(":：、/.．) 　\u00a0")
	numerals   = runeset.Of("0123456789一二三四五六七八九十")
	countMarks = runeset.Of(":：-－—~～ 　\u00a0")
	payDigits  = runeset.Of("0123456789.-－—~～kKwW千万元/月年天日·薪面议 　\u00a0")
	counters   = runeset.Of("名人位")
	rules      = runeset.Of("-－—–=_~～ 　\u00a0")
)

// labels count the jobs of a document in front of their names, a number behind
// them. Units may end the number: 第一项.
var (
	labels     = [...]string{"招聘岗位", "招聘职位", "岗位", "职位", "附件", "附表", "附录", "表", "PART", "Part", "part", "第"}
	labelUnits = [...]string{"项", "个岗位", "个职位"}
)

// labelEnd is where a job's name begins behind the label that counts it, and its
// number; 0 where text has none. A number alone has a zero in front.
func labelEnd(text string) (end, n int) {
	rest := text
	word := ""
	for _, w := range labels {
		if cut, ok := strings.CutPrefix(text, w); ok {
			rest, word = strings.TrimLeft(cut, ". "), w
			break
		}
	}
	digits := numerals.TrimLeft(rest)
	if len(digits) == len(rest) || word == "" && (rest[0] != '0' || len(rest)-len(digits) != 2) {
		return 0, 0
	}
	n, _ = ordinal(rest[:len(rest)-len(digits)])
	name := digits
	for _, u := range labelUnits {
		name = strings.TrimPrefix(name, u)
	}
	unit := len(name) < len(digits)
	if word == "第" && !unit || word != "第" && unit {
		return 0, 0
	}
	body := labelMarks.TrimLeft(name)
	if n == 0 || body == "" || len(body) == len(name) {
		return 0, 0
	}
	return len(text) - len(body), n
}

// withoutCall is a job's name without the call for people in front of it.
func withoutCall(text string) string {
	rest := lexicon.CutCall(text)
	if len(rest) == len(text) {
		return text
	}
	name := colons.TrimLeft(strings.TrimLeftFunc(rest, isSpace))
	name = strings.TrimLeftFunc(name, isSpace)
	if utf8.RuneCountInString(name) < 2 {
		return text
	}
	if colons.In(firstRune(strings.TrimLeftFunc(rest, isSpace))) || lexicon.CallNames(text) {
		return name
	}
	return text
}

// withoutHeadcount is a job's name without how many are wanted, or what is paid,
// behind it: 会计2名, 会计：若干, 会计 15-25K.
func withoutHeadcount(text string) string {
	if cut := withoutPay(text); cut != text {
		return cut
	}
	rest, ok := text, false
	for _, unit := range [...]string{"名", "人", "位"} {
		if rest, ok = strings.CutSuffix(text, unit); ok {
			break
		}
	}
	if few, some := strings.CutSuffix(rest, "若干"); some {
		return strings.TrimRight(countMarks.TrimRight(few), "招")
	}
	rest = strings.TrimRightFunc(rest, isSpace)
	digits := numerals.TrimRight(rest)
	if !ok || len(digits) == len(rest) {
		return text
	}
	if low := countMarks.TrimRight(digits); len(low) < len(digits) { // 1-2名
		digits = numerals.TrimRight(low)
	}
	return strings.TrimRight(countMarks.TrimRight(digits), "招共需")
}

// withoutPay takes the pay off the end of a job's name behind a space.
func withoutPay(text string) string {
	i := spaces.LastIndex(text)
	if i <= 0 {
		return text
	}
	pay := strings.TrimSpace(text[i:])
	if payDigits.Trim(pay) != "" || !strings.ContainsAny(pay, "kKwW千万元") || strings.IndexFunc(pay, unicode.IsDigit) < 0 {
		return text
	}
	return strings.TrimRightFunc(text[:i], isSpace)
}

// fieldName is the part of a form's value that names the job: without how many
// are wanted behind it.
func (b *builder) fieldName(s document.Span) document.Span {
	text := b.str(s)
	if cut := withoutHeadcount(withoutBracketCount(text)); cut != "" {
		s.End = s.Start + len(cut)
	}
	return s
}
