package outline

import (
	"strings"
	"unicode/utf8"
	"zhize/extract/outline/lexicon"
)

// firstHead is the first of two headings in one: 岗位职责 of 岗位职责及任职要求,
// 工作条件 of 工作条件与环境.
func firstHead(core string) string {
	for at := 0; ; {
		i := conjunctions.Index(core[at:])
		if i < 0 {
			return core
		}
		at += i
		_, n := utf8.DecodeRuneInString(core[at:])
		first, second := core[:at], core[at+n:]
		at += n
		if _, _, ok := lexicon.HeadAtEnd(core); ok && second == "" {
			return core
		}
		if h, _, ok := lexicon.HeadAtEnd(first); ok && !h.Own && utf8.RuneCountInString(h.Word) >= 4 && lexicon.SecondHead(second) {
			return first
		}
	}
}

// behindClause is where the words of a section begin whose count stands inside
// text, behind the words of its chapter: 生产部第一节生产部经理; 0 for none.
func behindClause(text string) int {
	i := strings.LastIndex(text, "第")
	if i <= 0 {
		return 0
	}
	rest := text[i+len("第"):]
	words := strings.TrimLeft(rest, "一二三四五六七八九十百0123456789")
	if len(words) == len(rest) {
		return 0
	}
	for _, w := range [...]string{"节", "条", "章"} {
		if name, ok := strings.CutPrefix(words, w); ok && strings.TrimSpace(name) != "" {
			return len(text) - len(strings.TrimLeftFunc(name, isSpace))
		}
	}
	return 0
}

// withoutPage is a heading without its colon, or the number of a printed page
// behind it: 站调员岗位规范 35.
func withoutPage(text string) string {
	text = colons.TrimRight(text)
	if cut := strings.TrimRight(text, "0123456789"); strings.HasSuffix(cut, " ") {
		return strings.TrimRight(cut, " ")
	}
	return text
}

// maxSheetTitle is how long, in characters, a job without a title's ending may
// be in front of 岗位说明书.
const maxSheetTitle = 8

// withoutGloss is a heading without the English behind it or the abbreviation
// in brackets: 考核指标（KPI）, 岗位职责 Job Descriptions.
func withoutGloss(core string) (string, bool) {
	if core == "" || core[len(core)-1] >= utf8.RuneSelf && !strings.HasSuffix(core, "）") {
		return core, false
	}
	i := firstLetter(core)
	if i <= 0 || !isLatin(core[i:]) {
		return core, false
	}
	bare := strings.TrimRight(core[:i], " (（/")
	r, _ := utf8.DecodeLastRuneInString(bare)
	return bare, lexicon.MayHead(r)
}

// firstLetter is where the first ASCII letter of text stands, -1 for none.
func firstLetter(text string) int {
	for i := 0; i < len(text); i++ {
		if c := text[i] | 0x20; 'a' <= c && c <= 'z' && text[i] < utf8.RuneSelf {
			return i
		}
	}
	return -1
}

// stripOrdinal takes "(一)" or "1" off the end of a heading: 岗位职责(二).
func stripOrdinal(text string) string {
	if base, _, ok := digitOrdinal(text); ok {
		return base
	}
	if base := strings.TrimRight(strings.TrimRight(text, "0123456789"), " 　"); base != text && len(text)-len(base) <= 4 {
		if _, _, ok := lexicon.HeadAtEnd(base); ok {
			return base // 岗位规范 52
		}
	}
	return text
}
