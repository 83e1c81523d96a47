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

// heads are the section headings met on template pages and job boards
// (frequencies: 岗位职责 33 %, 任职要求 26 %, 岗位要求 12 %, 任职资格 9 % of
// 23,234 postings), longest first within a kind where one ends another.
var heads = [...]Head{
	{Word: "岗位职责要求", Kind: document.Responsibilities},
	{Word: "工作职责要求", Kind: document.Responsibilities},
	{Word: "职责与工作任务", Kind: document.Responsibilities},
	{Word: "职责和工作任务", Kind: document.Responsibilities},
	{Word: "职责及工作任务", Kind: document.Responsibilities},
	{Word: "岗位职责与工作内容", Kind: document.Responsibilities},
	{Word: "岗位职责及工作标准", Kind: document.Responsibilities},
	{Word: "岗位职责与任务", Kind: document.Responsibilities},
	{Word: "岗位职责与要求", Kind: document.Responsibilities},
	{Word: "岗位职责和要求", Kind: document.Responsibilities},
	{Word: "岗位职责及要求", Kind: document.Responsibilities},
	{Word: "岗位职责说明书", Kind: document.Responsibilities},
	{Word: "岗位职责说明", Kind: document.Responsibilities},
	{Word: "岗位职责描述", Kind: document.Responsibilities},
	{Word: "岗位职责范围", Kind: document.Responsibilities},
	{Word: "岗位职责内容", Kind: document.Responsibilities},
	{Word: "工作职责与任务", Kind: document.Responsibilities},
	{Word: "工作职责说明书", Kind: document.Responsibilities},
	{Word: "工作职责范围", Kind: document.Responsibilities},
	{Word: "工作职责描述", Kind: document.Responsibilities},
	{Word: "职责及工作标准", Kind: document.Responsibilities},
	{Word: "岗位安全职责", Kind: document.Responsibilities},
	{Word: "安全生产职责", Kind: document.Responsibilities},
	{Word: "安全生产责任制", Kind: document.Responsibilities},
	{Word: "岗位责任制度", Kind: document.Responsibilities},
	{Word: "岗位责任制", Kind: document.Responsibilities},
	{Word: "岗位责任", Kind: document.Responsibilities},
	{Word: "岗位工作职责", Kind: document.Responsibilities},
	{Word: "岗位主要职责", Kind: document.Responsibilities},
	{Word: "岗位工作内容", Kind: document.Responsibilities},
	{Word: "岗位职责", Kind: document.Responsibilities},
	{Word: "职位职责", Kind: document.Responsibilities},
	{Word: "职务职责", Kind: document.Responsibilities},
	{Word: "工作职责", Kind: document.Responsibilities},
	{Word: "主要工作职责", Kind: document.Responsibilities},
	{Word: "主要工作任务", Kind: document.Responsibilities},
	{Word: "主要工作内容", Kind: document.Responsibilities},
	{Word: "日常工作内容", Kind: document.Responsibilities},
	{Word: "工作内容及职责", Kind: document.Responsibilities},
	{Word: "工作内容", Kind: document.Responsibilities},
	{Word: "工作任务", Kind: document.Responsibilities},
	{Word: "工作范围", Kind: document.Responsibilities},
	{Word: "工作描述", Kind: document.Responsibilities},
	{Word: "职位描述", Kind: document.Responsibilities},
	{Word: "岗位描述", Kind: document.Responsibilities},
	{Word: "职务描述", Kind: document.Responsibilities},
	{Word: "职责描述", Kind: document.Responsibilities},
	{Word: "职责表述", Kind: document.Responsibilities},
	{Word: "职责范围", Kind: document.Responsibilities},
	{Word: "职责任务", Kind: document.Responsibilities},
	{Word: "职责内容", Kind: document.Responsibilities},
	{Word: "职责说明书", Kind: document.Responsibilities},
	{Word: "职责说明", Kind: document.Responsibilities},
	{Word: "主要职责", Kind: document.Responsibilities},
	{Word: "核心职责", Kind: document.Responsibilities},
	{Word: "具体职责", Kind: document.Responsibilities},
	{Word: "基本职责", Kind: document.Responsibilities},
	{Word: "本职工作", Kind: document.Responsibilities, Whole: true},
	{Word: "主要工作", Kind: document.Responsibilities, Whole: true},
	{Word: "日常工作", Kind: document.Responsibilities, Whole: true},
	{Word: "岗位内容", Kind: document.Responsibilities},
	{Word: "岗位任务", Kind: document.Responsibilities},
	{Word: "岗位规范", Kind: document.Responsibilities},
	{Word: "职责概述", Kind: document.Responsibilities, Whole: true},
	{Word: "职责概要", Kind: document.Responsibilities, Whole: true},
	{Word: "详细职责", Kind: document.Responsibilities, Whole: true},
	{Word: "你的职责", Kind: document.Responsibilities, Whole: true},
	{Word: "您的职责", Kind: document.Responsibilities, Whole: true},
	{Word: "岗位说明", Kind: document.Responsibilities, Whole: true},
	{Word: "职位说明", Kind: document.Responsibilities, Whole: true},
	{Word: "你将负责", Kind: document.Responsibilities, Whole: true},
	{Word: "您将负责", Kind: document.Responsibilities, Whole: true},
	{Word: "主要任务", Kind: document.Responsibilities, Whole: true},
	{Word: "工作要点", Kind: document.Responsibilities, Whole: true},
	{Word: "工作责任", Kind: document.Responsibilities, Whole: true},
	{Word: "主要责任", Kind: document.Responsibilities, Whole: true},
	{Word: "工作职能", Kind: document.Responsibilities, Whole: true},
	{Word: "部门职能", Kind: document.Responsibilities, Whole: true},
	{Word: "工作项目", Kind: document.Responsibilities, Whole: true},
	{Word: "工作事项", Kind: document.Responsibilities, Whole: true},
	{Word: "你要做的事", Kind: document.Responsibilities, Whole: true},
	{Word: "职责", Kind: document.Responsibilities, Whole: true},

	{Word: "任职资格与要求", Kind: document.Qualifications},
	{Word: "任职资格和要求", Kind: document.Qualifications},
	{Word: "任职资格及要求", Kind: document.Qualifications},
	{Word: "任职资格标准", Kind: document.Qualifications},
	{Word: "任职资格要求", Kind: document.Qualifications},
	{Word: "任职条件要求", Kind: document.Qualifications},
	{Word: "岗位任职要求", Kind: document.Qualifications},
	{Word: "岗位任职资格", Kind: document.Qualifications},
	{Word: "岗位任职条件", Kind: document.Qualifications},
	{Word: "岗位基本资格要求", Kind: document.Qualifications},
	{Word: "岗位基本要求", Kind: document.Qualifications},
	{Word: "岗位资格要求", Kind: document.Qualifications},
	{Word: "岗位能力要求", Kind: document.Qualifications},
	{Word: "任职资格", Kind: document.Qualifications},
	{Word: "任职要求", Kind: document.Qualifications},
	{Word: "任职条件", Kind: document.Qualifications},
	{Word: "任职标准", Kind: document.Qualifications},
	{Word: "任职基本要求", Kind: document.Qualifications},
	{Word: "岗位要求", Kind: document.Qualifications},
	{Word: "岗位资格", Kind: document.Qualifications},
	{Word: "岗位条件", Kind: document.Qualifications},
	{Word: "工作要求", Kind: document.Qualifications},
	{Word: "岗位需求", Kind: document.Qualifications, Whole: true},
	{Word: "职位要求", Kind: document.Qualifications},
	{Word: "职位需求", Kind: document.Qualifications, Whole: true},
	{Word: "职位资格", Kind: document.Qualifications},
	{Word: "应聘要求", Kind: document.Qualifications},
	{Word: "应聘条件", Kind: document.Qualifications},
	{Word: "招聘要求", Kind: document.Qualifications},
	{Word: "招聘条件", Kind: document.Qualifications},
	{Word: "录用条件", Kind: document.Qualifications},
	{Word: "申请条件", Kind: document.Qualifications, Whole: true},
	{Word: "资格要求", Kind: document.Qualifications},
	{Word: "资格条件", Kind: document.Qualifications},
	{Word: "能力要求", Kind: document.Qualifications, Whole: true},
	{Word: "技能要求", Kind: document.Qualifications, Whole: true},
	{Word: "专业要求", Kind: document.Qualifications, Whole: true},
	{Word: "业务知识要求", Kind: document.Qualifications, Whole: true},
	{Word: "知识要求", Kind: document.Qualifications, Whole: true},
	{Word: "素质要求", Kind: document.Qualifications, Whole: true},
	{Word: "职责要求", Kind: document.Qualifications, Whole: true},
	{Word: "基本要求", Kind: document.Qualifications, Whole: true},
	{Word: "基本条件", Kind: document.Qualifications, Whole: true},
	{Word: "人员要求", Kind: document.Qualifications, Whole: true},
	{Word: "技术要求", Kind: document.Qualifications, Whole: true},
	{Word: "其他要求", Kind: document.Qualifications, Whole: true},
	{Word: "其它要求", Kind: document.Qualifications, Whole: true},
	{Word: "优先条件", Kind: document.Qualifications, Whole: true},
	{Word: "加分项", Kind: document.Qualifications, Whole: true},
	{Word: "要求", Kind: document.Qualifications, Whole: true},
	{Word: "入职要求", Kind: document.Qualifications},
	{Word: "入职条件", Kind: document.Qualifications},
	{Word: "上岗要求", Kind: document.Qualifications},
	{Word: "上岗条件", Kind: document.Qualifications},
	{Word: "用人要求", Kind: document.Qualifications},
	{Word: "用人条件", Kind: document.Qualifications},
	{Word: "任用条件", Kind: document.Qualifications},
	{Word: "聘用条件", Kind: document.Qualifications},
	{Word: "聘任条件", Kind: document.Qualifications},
	{Word: "候选人要求", Kind: document.Qualifications},
	{Word: "具体要求", Kind: document.Qualifications, Whole: true},
	{Word: "需求描述", Kind: document.Qualifications, Whole: true},
	{Word: "专业技能要求", Kind: document.Qualifications, Whole: true},
	{Word: "我们的要求", Kind: document.Qualifications, Whole: true},
	{Word: "能力需求", Kind: document.Qualifications, Whole: true},
	{Word: "优选条件", Kind: document.Qualifications, Whole: true},
	{Word: "我们希望你", Kind: document.Qualifications, Whole: true},
	{Word: "我们希望您", Kind: document.Qualifications, Whole: true},
	{Word: "能力素质要求", Kind: document.Qualifications, Whole: true},
	{Word: "应具备的条件", Kind: document.Qualifications, Whole: true},
	{Word: "应具备条件", Kind: document.Qualifications, Whole: true},

	{Word: "工作权限", Kind: document.Authority},
	{Word: "岗位权限", Kind: document.Authority},
	{Word: "岗位权力", Kind: document.Authority},
	{Word: "岗位职权", Kind: document.Authority},
	{Word: "职务权责", Kind: document.Authority},
	{Word: "主要权限", Kind: document.Authority},
	{Word: "主要权力", Kind: document.Authority},
	{Word: "权限范围", Kind: document.Authority},
	{Word: "职责权限", Kind: document.Authority, Whole: true},
	{Word: "权限", Kind: document.Authority, Whole: true},
	{Word: "权力", Kind: document.Authority, Whole: true},
	{Word: "职权", Kind: document.Authority, Whole: true},

	{Word: "工作协作关系", Kind: document.Relations},
	{Word: "内部协调关系", Kind: document.Relations},
	{Word: "外部协调关系", Kind: document.Relations},
	{Word: "内外部协作关系", Kind: document.Relations},
	{Word: "工作协调关系", Kind: document.Relations},
	{Word: "工作关系", Kind: document.Relations},
	{Word: "协作关系", Kind: document.Relations},
	{Word: "协调关系", Kind: document.Relations, Whole: true},
	{Word: "职位关系", Kind: document.Relations},
	{Word: "岗位关系", Kind: document.Relations},
	{Word: "业务接触对象", Kind: document.Relations},
	{Word: "工作联系", Kind: document.Relations, Whole: true},
	{Word: "内外部关系", Kind: document.Relations, Whole: true},
	{Word: "内外部沟通关系", Kind: document.Relations, Whole: true},
	{Word: "内外部联系", Kind: document.Relations, Whole: true},
	{Word: "内外部协调关系", Kind: document.Relations, Whole: true},
	{Word: "内部沟通关系", Kind: document.Relations, Whole: true},
	{Word: "外部沟通关系", Kind: document.Relations, Whole: true},
	{Word: "内部关系", Kind: document.Relations, Whole: true},
	{Word: "外部关系", Kind: document.Relations, Whole: true},
	{Word: "内部联系", Kind: document.Relations, Whole: true},
	{Word: "外部联系", Kind: document.Relations, Whole: true},
	{Word: "沟通关系", Kind: document.Relations, Whole: true},
	{Word: "联络关系", Kind: document.Relations, Whole: true},
	{Word: "主要联系对象", Kind: document.Relations, Whole: true},

	{Word: "工作条件", Kind: document.Conditions},
	{Word: "工作环境", Kind: document.Conditions},
	{Word: "使用工具及设备", Kind: document.Conditions},
	{Word: "使用工具/设备", Kind: document.Conditions},
	{Word: "使用工具设备", Kind: document.Conditions},
	{Word: "使用设备", Kind: document.Conditions, Whole: true},
	{Word: "使用工具", Kind: document.Conditions, Whole: true},
	{Word: "工作设备", Kind: document.Conditions, Whole: true},
	{Word: "劳动条件", Kind: document.Conditions, Whole: true},
	{Word: "办公条件", Kind: document.Conditions, Whole: true},
	{Word: "环境条件", Kind: document.Conditions, Whole: true},
	{Word: "工作特征", Kind: document.Conditions, Whole: true},

	{Word: "绩效考核标准", Kind: document.Assessment},
	{Word: "绩效考核指标", Kind: document.Assessment},
	{Word: "绩效考核", Kind: document.Assessment, Whole: true},
	{Word: "绩效指标", Kind: document.Assessment, Whole: true},
	{Word: "绩效标准", Kind: document.Assessment, Whole: true},
	{Word: "考核指标", Kind: document.Assessment},
	{Word: "考核标准", Kind: document.Assessment},
	{Word: "考核内容", Kind: document.Assessment, Whole: true},
	{Word: "考核要点", Kind: document.Assessment, Whole: true},
	{Word: "业绩衡量标准", Kind: document.Assessment},
	{Word: "衡量标准", Kind: document.Assessment, Whole: true},
	{Word: "工作标准", Kind: document.Assessment, Whole: true},
	{Word: "KPI", Kind: document.Assessment, Whole: true},
	{Word: "KPI指标", Kind: document.Assessment, Whole: true},
	{Word: "关键绩效指标", Kind: document.Assessment},
	{Word: "关键业绩指标", Kind: document.Assessment},
	{Word: "业绩指标", Kind: document.Assessment, Whole: true},
	{Word: "评价标准", Kind: document.Assessment, Whole: true},
	{Word: "评估标准", Kind: document.Assessment, Whole: true},
	{Word: "业绩标准", Kind: document.Assessment, Whole: true},
	{Word: "考核项目", Kind: document.Assessment, Whole: true},
	{Word: "考核方式", Kind: document.Assessment, Whole: true},

	{Word: "我们的福利", Kind: document.Benefits, Whole: true},
	{Word: "福利待遇", Kind: document.Benefits, Whole: true},
	{Word: "薪酬福利", Kind: document.Benefits, Whole: true},
	{Word: "薪资福利", Kind: document.Benefits, Whole: true},
	{Word: "薪酬待遇", Kind: document.Benefits, Whole: true},
	{Word: "薪资待遇", Kind: document.Benefits, Whole: true},
	{Word: "工资待遇", Kind: document.Benefits, Whole: true},
	{Word: "岗位待遇", Kind: document.Benefits, Whole: true},
	{Word: "岗位福利", Kind: document.Benefits, Whole: true},
	{Word: "公司福利", Kind: document.Benefits, Whole: true},
	{Word: "员工福利", Kind: document.Benefits, Whole: true},
	{Word: "公司待遇", Kind: document.Benefits, Whole: true},
	{Word: "福利", Kind: document.Benefits, Whole: true},
	{Word: "福利制度", Kind: document.Benefits, Whole: true},
	{Word: "待遇", Kind: document.Benefits, Whole: true},
	{Word: "我们的优势", Kind: document.Benefits, Whole: true},
	{Word: "我们能提供", Kind: document.Benefits, Whole: true},
	{Word: "我们能给你提供", Kind: document.Benefits, Whole: true},
	{Word: "我们提供", Kind: document.Benefits, Whole: true},
	{Word: "其他福利", Kind: document.Benefits, Whole: true},
	{Word: "员工待遇", Kind: document.Benefits, Whole: true},
	{Word: "提供待遇", Kind: document.Benefits, Whole: true},
	{Word: "薪资结构", Kind: document.Benefits, Whole: true},
	{Word: "薪酬及福利", Kind: document.Benefits, Whole: true},
	{Word: "福利保障", Kind: document.Benefits, Whole: true},
	{Word: "薪酬与福利", Kind: document.Benefits, Whole: true},

	{Word: "基本信息", Kind: document.Other, Whole: true},
	{Word: "岗位基本信息", Kind: document.Other, Whole: true},
	{Word: "基本资料", Kind: document.Other, Whole: true},
	{Word: "岗位资料", Kind: document.Other, Whole: true},
	{Word: "岗位标识", Kind: document.Other, Whole: true},
	{Word: "岗位概况", Kind: document.Other, Whole: true},
	{Word: "职位概况", Kind: document.Other, Whole: true},
	{Word: "公司介绍", Whole: true, Own: true},
	{Word: "公司简介", Whole: true, Own: true},
	{Word: "企业简介", Whole: true, Own: true},
	{Word: "企业介绍", Whole: true, Own: true},
	{Word: "企业文化", Kind: document.Other, Whole: true},
	{Word: "关于我们", Whole: true, Own: true},
	{Word: "团队介绍", Kind: document.Other, Whole: true},
	{Word: "项目介绍", Kind: document.Other, Whole: true},
	{Word: "晋升空间", Kind: document.Other, Whole: true},
	{Word: "晋升通道", Kind: document.Other, Whole: true},
	{Word: "发展前景", Kind: document.Other, Whole: true},
	{Word: "发展空间", Kind: document.Other, Whole: true},
	{Word: "职业发展", Kind: document.Other, Whole: true},
	{Word: "发展机会", Kind: document.Other, Whole: true},
	{Word: "培训机会", Kind: document.Other, Whole: true},
	{Word: "应聘方式", Whole: true, Own: true},
	{Word: "联系方式", Whole: true, Own: true},
	{Word: "报名方式", Whole: true, Own: true},
	{Word: "公司基本信息", Whole: true, Own: true},
	{Word: "工商信息", Whole: true, Own: true},

	{Word: "总则", Whole: true, Own: true}, {Word: "附则", Whole: true, Own: true}, {Word: "适用范围", Whole: true, Own: true},
	{Word: "编制目的", Whole: true, Own: true}, {Word: "编制依据", Whole: true, Own: true}, {Word: "编制说明", Whole: true, Own: true},
	{Word: "编写说明", Whole: true, Own: true}, {Word: "填表说明", Whole: true, Own: true}, {Word: "名词解释", Whole: true, Own: true},
	{Word: "公司信息", Whole: true, Own: true}, {Word: "投递方式", Whole: true, Own: true}, {Word: "公司概况", Whole: true, Own: true},
	{Word: "部门概述", Whole: true, Own: true}, {Word: "部门简介", Whole: true, Own: true}, {Word: "术语和定义", Whole: true, Own: true},
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
