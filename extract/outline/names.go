package outline

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/runeset"
)

// nameOf is the part of s that names a job: without the brackets around it,
// what praises or dates it (最新, 2023年), a person's name, a translation and a
// headcount behind it.
func (b *builder) nameOf(s document.Span) document.Span {
	text := b.str(s)
	start, end := nameIn(text)
	return document.Span{Start: s.Start + start, End: s.Start + end}
}

var (
	nameFront  = runeset.Of("【】[]〖〗《》<>*#●◆■★▶►➤→ 　\u00a0:：。、,，;；")
	nameQuotes = runeset.Of("【】[]〖〗《》<>*#●◆■★▶►➤→ 　\u00a0:：.。、,，;；")
	dashes     = runeset.Of("-－—–")

	nameTails    = runeset.Of("-－—–()（）") // may part a job's name from what follows it
	bracketMarks = runeset.Of("()（）")
)

// praise stands before a job's name without being part of it.
var praise = [...]string{"最新版", "最新", "最全", "优秀", "精选", "常用", "通用", "标准"}

func nameIn(text string) (start, end int) {
	start, end = 0, len(text)
	for {
		s, e := start, end
		core := text[start:end]
		start += len(core) - len(trimName(withoutCall(withoutLabel(core))))
		core = nameQuotes.TrimRight(withoutCount(rules.TrimRight(text[start:end])))
		if inner, ok := unbracketed(core); ok {
			start += inner
			end = start + len(core) - 2*inner
		} else {
			end = start + len(withoutTail(core))
		}
		if start >= end {
			return s, e
		}
		if start == s && end == e {
			return start, end
		}
	}
}

// withoutLabel is a name without the marks and the label in front of it: ◆, ——,
// 岗位一：.
func withoutLabel(core string) string {
	core = nameFront.TrimLeft(rules.TrimLeft(nameFront.TrimLeft(core)))
	end, _ := labelEnd(core)
	return core[end:]
}

// withoutCount is a name without the count of the first section and the word for
// its duties, where they are glued to it: 软件工程师岗位职责一、
func withoutCount(core string) string {
	for _, w := range [...]string{"一、", "一.", "一．", "1、", "1."} {
		if rest, ok := strings.CutSuffix(core, w); ok && rest != "" {
			core = rest // 施工员岗位职责一、
			break
		}
	}
	if h, job, ok := lexicon.HeadAtEnd(core); ok && h.NamesDuties() && lexicon.HasCore(job) {
		return job
	}
	return core
}

// trimName takes emoji and praise off the front of a name.
func trimName(core string) string {
	for core != "" {
		r, n := utf8.DecodeRuneInString(core)
		if !unicode.Is(unicode.So, r) && r != '\ufe0f' {
			break
		}
		core = core[n:]
	}
	rest := withoutYear(core)
	for _, w := range praise {
		if cut, ok := strings.CutPrefix(rest, w); ok {
			rest = cut
			break
		}
	}
	if rest != core && lexicon.HasCore(rest) && utf8.RuneCountInString(rest) >= 2 {
		return rest
	}
	return core
}

// withoutYear is a title without the year in front of it.
func withoutYear(text string) string {
	digits := strings.TrimLeft(text, "0123456789")
	if rest, ok := strings.CutPrefix(digits, "年"); ok && len(text)-len(digits) == 4 {
		return rest
	}
	return text
}

// unbracketed reports a name that stands in round brackets as a whole, and how
// long one of them is.
func unbracketed(core string) (int, bool) {
	for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}} {
		inner, open := strings.CutPrefix(core, pair[0])
		inner, closed := strings.CutSuffix(inner, pair[1])
		if open && closed && lexicon.TitleShaped(inner) && !bracketMarks.In(inner) {
			return len(pair[0]), true
		}
	}
	return 0, false
}

// withoutTail is a name without what stands behind a job's name that is whole
// without it: a number in brackets, a person's name behind a dash, English.
func withoutTail(core string) string {
	if few := withoutHeadcount(core); few != core && few != "" {
		return nameQuotes.TrimRight(few)
	}
	if few := withoutBracketCount(core); few != core {
		return few
	}
	if i := dashes.Index(core); i > 0 {
		if left := strings.TrimSpace(core[:i]); lexicon.HasCore(left) && personal(dashes.TrimLeft(core[i:])) {
			return left
		}
	}
	if i := firstLetter(core); i > 0 {
		left := strings.TrimRight(core[:i], " /-")
		if lexicon.HasCore(left) && isLatin(core[i:]) && !bracketMarks.In(core[i:]) {
			return left
		}
	}
	return core
}

// withoutBracketCount is a name without a number of people in brackets behind it.
func withoutBracketCount(core string) string {
	for _, pair := range [...][2]string{{"(", ")"}, {"（", "）"}} {
		if i := strings.LastIndex(core, pair[0]); i > 0 && strings.HasSuffix(core, pair[1]) {
			inner := strings.TrimRight(core[i+len(pair[0]):len(core)-len(pair[1])], " 名人位个")
			if inner = strings.TrimSpace(inner); strings.Trim(inner, "0123456789-若干数多一二两三四五六七八九十") == "" {
				return strings.TrimSpace(core[:i])
			}
		}
	}
	return core
}

// personal reports what may be a person's name behind a job's: two to four Han
// characters that are no job themselves, or a placeholder in capitals.
func personal(text string) bool {
	text = strings.TrimSpace(text)
	n := utf8.RuneCountInString(text)
	if n < 2 || n > 4 || lexicon.HasCore(text) {
		return false
	}
	return strings.IndexFunc(text, func(r rune) bool { return !isHanRune(r) && !('A' <= r && r <= 'Z') }) < 0
}

// isLatin reports English words: letters, spaces and what parts words, three
// letters or more.
func isLatin(text string) bool {
	letters := 0
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf && unicode.IsLetter(r):
			letters++
		case !strings.ContainsRune(" &-/.,()（）'", r):
			return false
		}
	}
	return letters >= 3
}

// titled reports text that names a job by its last word, and where.
func (b *builder) titled(s document.Span) (document.Span, bool) {
	if !atMost(b.str(s), 2*lexicon.MaxTitle) {
		return s, false
	}
	name := b.nameOf(s)
	text := b.str(name)
	return name, lexicon.HasCore(text) && lexicon.TitleShaped(text) && !conjunctions.In(text) && strings.Count(text, "、") < 2
}
