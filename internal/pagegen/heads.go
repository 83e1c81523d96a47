package pagegen

import (
	"strconv"
	"strings"
)

// numeral is n in Chinese numerals, 1 to 9999; beyond that in digits.
func numeral(n int) string {
	if n <= 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits := [...]string{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	units := [...]string{"", "十", "百", "千"}
	var out string
	zero := false
	for place := 0; n > 0; place, n = place+1, n/10 {
		switch d := n % 10; {
		case d > 0:
			out = digits[d] + units[place] + out
			zero = true
		case zero:
			out = digits[0] + out
			zero = false
		}
	}
	if rest, ok := strings.CutPrefix(out, "一十"); ok {
		out = "十" + rest
	}
	return out
}

// lastSingle is the last number that has one character of its own.
const lastSingle = 20

// label is the list mark of style for the number n, as text; "" for none.
func label(style string, n int) string {
	d := strconv.Itoa(n)
	switch style {
	case "1.", "1、", "1. ", "1．", "1)", "1":
		return d + style[1:]
	case "(1)":
		return "(" + d + ")"
	case "（1）":
		return "（" + d + "）"
	case "-", "•", "✅":
		return style + " "
	case "第一条":
		return "第" + numeral(n) + "条 "
	case "一、":
		return numeral(n) + "、"
	case "①":
		if n <= lastSingle {
			return string(rune('①' + n - 1))
		}
		return "(" + d + ")"
	case "⒈":
		if n <= lastSingle {
			return string(rune('⒈' + n - 1))
		}
		return d + "."
	case "a)":
		return string(rune('a'+(n-1)%26)) + ")"
	}
	return ""
}

// numbered reports styles whose marks bear a number.
func numbered(style string) bool {
	switch style {
	case "-", "•", "✅", "none", "a)":
		return false
	}
	return true
}

// articleHead is the heading of article n, and the job it names, if it does.
func (p *planner) articleHead(style, base string, n int) (head, title string) {
	switch style {
	case "title-digit":
		return base + strconv.Itoa(n), ""
	case "title-han":
		return base + "篇" + numeral(n), ""
	case "title-number":
		return base + " 篇" + strconv.Itoa(n), ""
	case "bracket":
		return "【篇" + strconv.Itoa(n) + "】" + base, ""
	case "ordinal":
		return "第" + strconv.Itoa(n) + "篇", ""
	case "ordinal-position":
		title = p.title()
		return "第" + numeral(n) + "篇：" + title + "岗位职责", title
	}
	return "", ""
}

// head is how a position is headed.
type head struct {
	label, text string
	words       string // the words that head its section, "" where there are none
	plain       bool   // it shows where it begins
}

// positionHead heads the position n of an article.
func positionHead(style, title string, n int) head {
	switch style {
	case "bare":
		return head{"", title + "岗位职责", "岗位职责", true}
	case "of":
		return head{"", title + "的岗位职责：", "岗位职责", true}
	case "short":
		return head{"", title + "职责：", "职责", true}
	case "work":
		return head{"", title + "工作职责：", "工作职责", true}
	case "standard":
		return head{"", title + "职责及工作标准：", "职责及工作标准", true}
	case "norm":
		return head{"", "（" + title + "）岗位规范", "岗位规范", false}
	case "han-number":
		return head{numeral(n) + "、", title + "岗位职责", "岗位职责", false}
	case "bracket-number":
		return head{"（" + numeral(n) + "）", title + "岗位职责", "岗位职责", false}
	case "ordinal":
		return head{strconv.Itoa(n) + "、", title + "岗位职责", "岗位职责", false}
	case "chapter":
		return head{"第" + numeral(n) + "节 ", title + "岗位职责", "岗位职责", false}
	case "bullet":
		return head{"●", title + "岗位职责", "岗位职责", false}
	case "lenticular":
		return head{"", "【" + title + "岗位职责】", "岗位职责", false}
	case "sheet":
		return head{"", title + "岗位说明书", "", false}
	}
	return head{"", title + "岗位职责：", "岗位职责", true}
}

// headWords are the words that head a section of a kind, with the pages or
// postings they were met on as weights.
var headWords = [...]struct {
	kind  string
	words []row
}{
	{"responsibilities", []row{
		{"岗位职责", 30, "23,234 postings: 7762"}, {"工作职责", 8, "23,234 postings: 1822"}, {"主要职责", 8, "108 template pages"},
		{"职位描述", 4, "23,234 postings: 1125"}, {"工作内容", 3, "23,234 postings: 357"}, {"岗位描述", 2, "23,234 postings: 315"},
		{"职责描述", 2, "23,234 postings: 309"}, {"核心职责", 1, "108 template pages"}, {"主要工作职责", 1, "108 template pages"},
		{"职责与工作任务", 2, "108 template pages"}, {"基本职责", 1, "108 template pages"}, {"职责范围", 1, "108 template pages"},
	}},
	{"qualifications", []row{
		{"任职要求", 24, "23,234 postings: 6035"}, {"岗位要求", 11, "23,234 postings: 2788"}, {"任职资格", 9, "23,234 postings: 2115"},
		{"职位要求", 6, "23,234 postings: 1608"}, {"任职条件", 3, "108 template pages"}, {"任职资格与要求", 1, "108 template pages"},
		{"任职资格标准", 1, "108 template pages"},
	}},
	{"authority", []row{{"工作权限", 4, "108 template pages"}, {"权限范围", 1, "108 template pages"}, {"岗位权限", 2, "108 template pages"}}},
	{"relations", []row{{"工作关系", 4, "108 template pages"}, {"协作关系", 2, "108 template pages"}, {"工作协作关系", 1, "108 template pages"}}},
	{"conditions", []row{{"工作条件", 1, "108 template pages"}, {"工作环境", 2, "108 template pages"}}},
	{"assessment", []row{
		{"考核指标", 4, "108 template pages"}, {"绩效考核标准", 2, "108 template pages"}, {"考核标准", 2, "108 template pages"},
		{"业绩衡量标准", 1, "108 template pages"},
	}},
	{"benefits", []row{{"福利待遇", 6, "23,234 postings: 381"}, {"薪资福利", 2, "own choice"}, {"薪酬待遇", 1, "own choice"}}},
}

// headWord draws the words for a kind of section.
func (p *planner) headWord(kind string) string {
	for i := range headWords {
		if headWords[i].kind == kind {
			return p.pick(&table{"head-word", headWords[i].words}, p.plan)
		}
	}
	return ""
}

// sectionHead heads section n of a position, whose own head is of the style
// that is given.
func sectionHead(style, words string, n int) head {
	switch style {
	case "han-number":
		return head{numeral(n) + "、", words + "：", words, true}
	case "bracket-number":
		return head{"（" + numeral(n) + "）", words, words, false}
	case "lenticular":
		return head{"", "【" + words + "】", words, false}
	case "bare":
		return head{"", words, words, true}
	}
	return head{"", words + "：", words, true}
}
