// Package lexicon holds the vocabulary of job descriptions as reviewable
// tables, in simplified characters: the words that head a section, the keys of
// form rows, what a job's title is made of, and the wording of a page's own
// boilerplate. Every table is an ordered list of the field's common words; none
// knows a single page.
package lexicon

import (
	"strings"
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
}

// NamesDuties reports heads that follow a job's name whatever its form (收银岗位
// 职责); before others (职位描述) only words that end as a title does are one, the
// rest is a board's tags.
func (h Head) NamesDuties() bool {
	return strings.Contains(h.Word, "职责") || strings.Contains(h.Word, "责任") || strings.Contains(h.Word, "规范")
}

// heads are the section headings met on template pages and job boards
// (frequencies: 岗位职责 33 %, 任职要求 26 %, 岗位要求 12 %, 任职资格 9 % of
// 23,234 postings), longest first within a kind where one ends another.
var heads = [...]Head{
	{"职责与工作任务", document.Responsibilities, false},
	{"职责和工作任务", document.Responsibilities, false},
	{"职责及工作任务", document.Responsibilities, false},
	{"岗位职责与工作内容", document.Responsibilities, false},
	{"岗位职责及工作标准", document.Responsibilities, false},
	{"岗位职责与任务", document.Responsibilities, false},
	{"岗位职责与要求", document.Responsibilities, false},
	{"岗位职责和要求", document.Responsibilities, false},
	{"岗位职责及要求", document.Responsibilities, false},
	{"岗位职责说明书", document.Responsibilities, false},
	{"岗位职责说明", document.Responsibilities, false},
	{"岗位职责描述", document.Responsibilities, false},
	{"岗位职责范围", document.Responsibilities, false},
	{"岗位职责内容", document.Responsibilities, false},
	{"工作职责与任务", document.Responsibilities, false},
	{"工作职责说明书", document.Responsibilities, false},
	{"工作职责范围", document.Responsibilities, false},
	{"工作职责描述", document.Responsibilities, false},
	{"职责及工作标准", document.Responsibilities, false},
	{"岗位安全职责", document.Responsibilities, false},
	{"安全生产职责", document.Responsibilities, false},
	{"安全生产责任制", document.Responsibilities, false},
	{"岗位责任制度", document.Responsibilities, false},
	{"岗位责任制", document.Responsibilities, false},
	{"岗位责任", document.Responsibilities, false},
	{"岗位工作职责", document.Responsibilities, false},
	{"岗位主要职责", document.Responsibilities, false},
	{"岗位工作内容", document.Responsibilities, false},
	{"岗位职责", document.Responsibilities, false},
	{"职位职责", document.Responsibilities, false},
	{"职务职责", document.Responsibilities, false},
	{"工作职责", document.Responsibilities, false},
	{"主要工作职责", document.Responsibilities, false},
	{"主要工作任务", document.Responsibilities, false},
	{"主要工作内容", document.Responsibilities, false},
	{"日常工作内容", document.Responsibilities, false},
	{"工作内容及职责", document.Responsibilities, false},
	{"工作内容", document.Responsibilities, false},
	{"工作任务", document.Responsibilities, false},
	{"工作范围", document.Responsibilities, false},
	{"工作描述", document.Responsibilities, false},
	{"职位描述", document.Responsibilities, false},
	{"岗位描述", document.Responsibilities, false},
	{"职务描述", document.Responsibilities, false},
	{"职责描述", document.Responsibilities, false},
	{"职责表述", document.Responsibilities, false},
	{"职责范围", document.Responsibilities, false},
	{"职责任务", document.Responsibilities, false},
	{"职责内容", document.Responsibilities, false},
	{"职责说明书", document.Responsibilities, false},
	{"职责说明", document.Responsibilities, false},
	{"主要职责", document.Responsibilities, false},
	{"核心职责", document.Responsibilities, false},
	{"具体职责", document.Responsibilities, false},
	{"基本职责", document.Responsibilities, false},
	{"本职工作", document.Responsibilities, true},
	{"主要工作", document.Responsibilities, true},
	{"日常工作", document.Responsibilities, true},
	{"岗位内容", document.Responsibilities, false},
	{"岗位任务", document.Responsibilities, false},
	{"岗位规范", document.Responsibilities, false},
	{"职责", document.Responsibilities, true},

	{"任职资格与要求", document.Qualifications, false},
	{"任职资格和要求", document.Qualifications, false},
	{"任职资格及要求", document.Qualifications, false},
	{"任职资格标准", document.Qualifications, false},
	{"任职资格要求", document.Qualifications, false},
	{"任职条件要求", document.Qualifications, false},
	{"岗位任职要求", document.Qualifications, false},
	{"岗位任职资格", document.Qualifications, false},
	{"岗位任职条件", document.Qualifications, false},
	{"岗位基本资格要求", document.Qualifications, false},
	{"岗位基本要求", document.Qualifications, false},
	{"岗位资格要求", document.Qualifications, false},
	{"岗位能力要求", document.Qualifications, false},
	{"任职资格", document.Qualifications, false},
	{"任职要求", document.Qualifications, false},
	{"任职条件", document.Qualifications, false},
	{"任职标准", document.Qualifications, false},
	{"任职基本要求", document.Qualifications, false},
	{"岗位要求", document.Qualifications, false},
	{"岗位资格", document.Qualifications, false},
	{"岗位条件", document.Qualifications, false},
	{"岗位需求", document.Qualifications, true},
	{"职位要求", document.Qualifications, false},
	{"职位需求", document.Qualifications, true},
	{"职位资格", document.Qualifications, false},
	{"应聘要求", document.Qualifications, false},
	{"应聘条件", document.Qualifications, false},
	{"招聘要求", document.Qualifications, false},
	{"招聘条件", document.Qualifications, false},
	{"录用条件", document.Qualifications, false},
	{"申请条件", document.Qualifications, true},
	{"资格要求", document.Qualifications, false},
	{"资格条件", document.Qualifications, false},
	{"能力要求", document.Qualifications, true},
	{"技能要求", document.Qualifications, true},
	{"专业要求", document.Qualifications, true},
	{"业务知识要求", document.Qualifications, true},
	{"知识要求", document.Qualifications, true},
	{"素质要求", document.Qualifications, true},
	{"职责要求", document.Qualifications, true},
	{"基本要求", document.Qualifications, true},
	{"基本条件", document.Qualifications, true},
	{"人员要求", document.Qualifications, true},
	{"技术要求", document.Qualifications, true},
	{"其他要求", document.Qualifications, true},
	{"其它要求", document.Qualifications, true},
	{"优先条件", document.Qualifications, true},
	{"加分项", document.Qualifications, true},
	{"要求", document.Qualifications, true},

	{"工作权限", document.Authority, false},
	{"岗位权限", document.Authority, false},
	{"岗位权力", document.Authority, false},
	{"岗位职权", document.Authority, false},
	{"职务权责", document.Authority, false},
	{"主要权限", document.Authority, false},
	{"主要权力", document.Authority, false},
	{"权限范围", document.Authority, false},
	{"职责权限", document.Authority, true},
	{"权限", document.Authority, true},
	{"权力", document.Authority, true},
	{"职权", document.Authority, true},

	{"工作协作关系", document.Relations, false},
	{"内部协调关系", document.Relations, false},
	{"外部协调关系", document.Relations, false},
	{"内外部协作关系", document.Relations, false},
	{"工作协调关系", document.Relations, false},
	{"工作关系", document.Relations, false},
	{"协作关系", document.Relations, false},
	{"协调关系", document.Relations, true},
	{"职位关系", document.Relations, false},
	{"岗位关系", document.Relations, false},
	{"业务接触对象", document.Relations, false},
	{"工作联系", document.Relations, true},

	{"工作条件", document.Conditions, false},
	{"工作环境", document.Conditions, false},
	{"使用工具及设备", document.Conditions, false},
	{"使用工具/设备", document.Conditions, false},
	{"使用工具设备", document.Conditions, false},
	{"使用设备", document.Conditions, true},

	{"绩效考核标准", document.Assessment, false},
	{"绩效考核指标", document.Assessment, false},
	{"绩效考核", document.Assessment, true},
	{"绩效指标", document.Assessment, true},
	{"绩效标准", document.Assessment, true},
	{"考核指标", document.Assessment, false},
	{"考核标准", document.Assessment, false},
	{"考核内容", document.Assessment, true},
	{"考核要点", document.Assessment, true},
	{"业绩衡量标准", document.Assessment, false},
	{"衡量标准", document.Assessment, true},
	{"工作标准", document.Assessment, true},
	{"KPI", document.Assessment, true},

	{"福利待遇", document.Benefits, true},
	{"薪酬福利", document.Benefits, true},
	{"薪资福利", document.Benefits, true},
	{"薪酬待遇", document.Benefits, true},
	{"薪资待遇", document.Benefits, true},
	{"工资待遇", document.Benefits, true},
	{"岗位待遇", document.Benefits, true},
	{"岗位福利", document.Benefits, true},
	{"公司福利", document.Benefits, true},
	{"员工福利", document.Benefits, true},
	{"公司待遇", document.Benefits, true},
	{"福利", document.Benefits, true},
	{"福利制度", document.Benefits, true},
	{"待遇", document.Benefits, true},
	{"我们提供", document.Benefits, true},
	{"其他福利", document.Benefits, true},

	{"基本信息", document.Other, true},
	{"岗位基本信息", document.Other, true},
	{"基本资料", document.Other, true},
	{"岗位资料", document.Other, true},
	{"岗位标识", document.Other, true},
	{"公司介绍", document.Other, true},
	{"公司简介", document.Other, true},
	{"企业简介", document.Other, true},
	{"企业介绍", document.Other, true},
	{"企业文化", document.Other, true},
	{"关于我们", document.Other, true},
	{"团队介绍", document.Other, true},
	{"项目介绍", document.Other, true},
	{"晋升空间", document.Other, true},
	{"晋升通道", document.Other, true},
	{"发展前景", document.Other, true},
	{"发展空间", document.Other, true},
	{"职业发展", document.Other, true},
	{"发展机会", document.Other, true},
	{"培训机会", document.Other, true},
	{"应聘方式", document.Other, true},
	{"联系方式", document.Other, true},
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
	"主要的", "基本的", "具体的", "任职",
}

// tails may follow a head: 岗位职责如下：, 工作内容包括：
var tails = [...]string{
	"如下", "包括", "为", "是", "有", "主要包括", "主要有", "主要是", "包括以下", "包括但不限于", "描述", "说明", "范围", "一览",
}

// byEnd finds heads by their last character.
var byEnd = func() map[rune][]Head {
	m := make(map[rune][]Head)
	for _, h := range heads {
		r, _ := utf8.DecodeLastRuneInString(h.Word)
		m[r] = append(m[r], h)
	}
	for _, list := range m {
		sortLongestFirst(list)
	}
	return m
}()

func sortLongestFirst(list []Head) {
	for i := 1; i < len(list); i++ {
		for j := i; j > 0 && len(list[j].Word) > len(list[j-1].Word); j-- {
			list[j], list[j-1] = list[j-1], list[j]
		}
	}
}

// headEndings are the last characters of heads, of the heads of job sheets and
// of what may follow a head.
var headEndings = func() *runeBits {
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
}()

func lastRune(text string) rune {
	r, _ := utf8.DecodeLastRuneInString(text)
	return r
}

// MayHead reports whether a text that ends with r may end with a head, or with
// a head and its tail.
func MayHead(r rune) bool { return headEndings.has(r) }

// HeadAtEnd finds the longest section head that text ends with, and returns
// it and what stands before it.
func HeadAtEnd(text string) (h Head, before string, ok bool) {
	r := lastRune(text)
	if !headEndings.has(r) {
		return Head{}, text, false
	}
	for _, h := range byEnd[r] {
		if strings.HasSuffix(text, h.Word) {
			return h, text[:len(text)-len(h.Word)], true
		}
	}
	return Head{}, text, false
}

var headWords = newWords(headTexts()...)

func headTexts() []string {
	var texts []string
	for _, h := range heads {
		texts = append(texts, h.Word)
	}
	return texts
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

// CutTail takes 如下, 包括 … off the end of a heading.
func CutTail(text string) string {
	for _, t := range tails {
		if rest, ok := strings.CutSuffix(text, t); ok {
			if _, _, head := HeadAtEnd(rest); head {
				return rest
			}
		}
	}
	return text
}

// IsQualifier reports words that stand before a section head and name no job.
func IsQualifier(text string) bool {
	for _, q := range qualifiers {
		if text == q {
			return true
		}
	}
	return false
}
