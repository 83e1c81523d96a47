// Package lexicon holds the vocabulary of job descriptions as reviewable
// tables, in simplified characters: the words that head a section, the keys of
// form rows, what a job's title is made of, and the wording of a page's own
// boilerplate. Every table is an ordered list of the field's common words; none
// knows a single page.
package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"

	"zhize/document"
)

// Head is a word that heads a section.
type Head struct {
	Word string
	Kind document.Kind
	// Whole words make a heading only where they are all of it: "要求" heads a
	// section, "服务要求" inside a sentence does not.
	Whole bool
	// Own heads open what a document says of itself, not of a job.
	Own bool
}

// NamesDuties reports heads that follow a job's name whatever its form (收银岗位
// 职责); before others (职位描述) only words that end as a title does are one, the
// rest is a board's tags.
func (h Head) NamesDuties() bool {
	return strings.Contains(h.Word, "职责") || strings.Contains(h.Word, "责任") || strings.Contains(h.Word, "规范")
}

// seconds end the second half of a heading in two halves.
var seconds = [...]string{"要求", "资格", "条件", "环境", "标准", "内容", "范围", "任务", "权限", "职责", "说明", "描述", "指标", "关系", "福利", "待遇", "设备"}

// SecondHead reports text that may be the second half of a heading: 任职要求,
// 环境.
func SecondHead(text string) bool {
	return utf8.RuneCountInString(text) <= 6 && hasAnySuffix(text, seconds[:])
}

// latinHeads are the heads of postings in English, in lower case.
var latinHeads = sync.OnceValue(func() map[string]document.Kind {
	return map[string]document.Kind{
		"responsibilities": document.Responsibilities, "responsibility": document.Responsibilities, "duties": document.Responsibilities,
		"job responsibilities": document.Responsibilities, "key responsibilities": document.Responsibilities, "main responsibilities": document.Responsibilities,
		"job description": document.Responsibilities, "job duties": document.Responsibilities, "duties and responsibilities": document.Responsibilities,
		"what you will do": document.Responsibilities, "what you'll do": document.Responsibilities,
		"requirements": document.Qualifications, "requirement": document.Qualifications, "job requirements": document.Qualifications, "job requirement": document.Qualifications,
		"qualifications": document.Qualifications, "qualification": document.Qualifications, "skills": document.Qualifications, "basic qualifications": document.Qualifications,
		"preferred qualifications": document.Qualifications, "experience": document.Qualifications, "education": document.Qualifications,
		"benefits": document.Benefits, "welfare": document.Benefits, "what we offer": document.Benefits, "we offer": document.Benefits,
		"about us": document.Other, "company profile": document.Other,
	}
})

// LatinHead reads a section's head in English.
func LatinHead(text string) (Head, bool) {
	if text == "" || len(text) > 40 || text[0]|0x20 < 'a' || text[0]|0x20 > 'z' {
		return Head{}, false
	}
	kind, ok := latinHeads()[strings.ToLower(strings.Join(strings.Fields(text), " "))]
	return Head{Word: text, Kind: kind, Whole: true}, ok
}

// documentHeads end the heading of a whole job sheet: what stands before them
// is the job, and they say nothing of a section's kind.
var documentHeads = [...]string{
	"岗位说明书", "职位说明书", "职务说明书", "工作说明书", "岗位说明", "职位说明", "职务说明",
}

// qualifiers may stand before a head without naming a job.
var qualifiers = [...]string{
	"主要", "具体", "基本", "其他", "其它", "本岗位", "该岗位", "本职位", "该职位", "岗位", "职位", "本", "该", "日常",
	"核心", "相关", "一般", "关键", "详细", "工作", "岗位的", "职务", "以下为", "以下是", "您的", "你的", "我们的",
	"招聘", "应聘", "职责", "各岗位", "各", "部分", "全部", "个人", "额外", "硬性", "特殊", "共同", "通用",
	"主要的", "基本的", "具体的", "任职", "人员", "应聘者",
}

// tails may follow a head: 岗位职责如下：, 工作内容包括：
var tails = [...]string{
	"如下", "包括", "为", "是", "有", "主要包括", "主要有", "主要是", "包括以下", "包括但不限于", "描述", "说明", "范围", "一览", "一览表", "表", "明细",
}

var tailsByEnd = indexByEnd(tails[:])

// byEnd finds heads by their last character.
var byEnd = sync.OnceValue(func() map[rune][]Head {
	m := make(map[rune][]Head)
	for _, h := range heads {
		r, _ := utf8.DecodeLastRuneInString(h.Word)
		m[r] = append(m[r], h)
	}
	for _, list := range m {
		sortLongestFirst(list)
	}
	return m
})

func sortLongestFirst(list []Head) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && len(list[j].Word) > len(list[j-1].Word); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// headEndings are the last characters of heads, of the heads of job sheets and
// of what may follow a head.
var headEndings = sync.OnceValue(func() *runeBits {
	b := new(runeBits)
	for _, h := range heads {
		b.add(lastRune(h.Word))
	}
	for _, w := range documentHeads {
		b.add(lastRune(w))
	}
	for _, w := range tails {
		b.add(lastRune(w))
	}
	return b
})

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// MayHead reports whether a text that ends with r may end with a head, or with
// a head and its tail.
func MayHead(r rune) bool { return headEndings().has(r) }

// HeadAtEnd finds the longest section head that text ends with, and returns
// it and what stands before it.
func HeadAtEnd(text string) (h Head, before string, ok bool) {
	r := lastRune(text)
	if !headEndings().has(r) {
		return Head{}, text, false
	}
	for _, h := range byEnd()[r] {
		if strings.HasSuffix(text, h.Word) {
			return h, text[:len(text)-len(h.Word)], true
		}
	}
	return Head{}, text, false
}

var headWords = wordsOf(headTexts)

func headTexts() []string {
	var texts []string
	for _, h := range heads {
		texts = append(texts, h.Word)
	}
	return texts
}

// BehindHead is where the last head inside text ends that a job follows:
// 保安岗位职责说明书 of 保安岗位职责说明书大门岗保安; 0 for none.
func BehindHead(text string) int {
	end := 0
	for at := range text {
		if i := headWords.prefix(text[at:]); i >= 0 && heads[i].NamesDuties() && utf8.RuneCountInString(heads[i].Word) >= 4 {
			end = max(end, at+len(heads[i].Word))
		}
	}
	for end > 0 && end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	if end == 0 || end == len(text) || !HasCore(text[end:]) || !TitleShaped(text[end:]) {
		return 0
	}
	return end
}

// HeadAtStart finds the longest section head that text begins with.
func HeadAtStart(text string) (Head, bool) {
	i := headWords.prefix(text)
	if i < 0 {
		return Head{}, false
	}
	return heads[i], true
}

// DocumentHeadAtEnd finds the head of a job sheet (岗位说明书) at the end of text.
func DocumentHeadAtEnd(text string) (word, before string, ok bool) {
	for _, w := range documentHeads {
		if strings.HasSuffix(text, w) {
			return w, text[:len(text)-len(w)], true
		}
	}
	return "", text, false
}

// announcing end a line that leads to a list without being its heading.
var announcing = [...]string{"如下", "包括", "以下", "下列", "例如", "其中", "即", "有"}

// Announces reports text that only leads to what follows it: 具体如下.
func Announces(text string) bool { return hasAnySuffix(text, announcing[:]) }

// DocumentHeadAtStart is the head of a job sheet that text begins with, "" for
// none.
func DocumentHeadAtStart(text string) string {
	for _, w := range documentHeads {
		if strings.HasPrefix(text, w) {
			return w
		}
	}
	return ""
}

// NamesBenefits reports a text that ends as the heading of benefits does, as the
// tags of a job board do too: 节日福利.
func NamesBenefits(text string) bool {
	h, _, ok := HeadAtEnd(text)
	return ok && h.Kind == document.Benefits
}

// CutTail takes 如下, 包括 … off the end of a heading that is none with them, as
// 职责描述 is.
func CutTail(text string) string {
	if _, before, ok := HeadAtEnd(text); ok && before == "" {
		return text
	}
	for _, t := range tailsByEnd()[lastRune(text)] {
		if rest, ok := strings.CutSuffix(text, t); ok {
			if _, _, head := HeadAtEnd(rest); head {
				return rest
			}
		}
	}
	return text
}

// IsQualifier reports words that stand before a section head and name no job:
// 主要, 人员具体.
func IsQualifier(text string) bool {
	for _, q := range qualifiers {
		if rest, ok := strings.CutPrefix(text, q); ok && (rest == "" || IsQualifier(rest)) {
			return true
		}
	}
	return false
}
