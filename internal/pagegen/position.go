package pagegen

import (
	"strconv"
	"strings"

	"zhize/internal/pagegen/internal/sheet"
)

// position plans position k of article n. Where the article's heading names
// the job, title is it; where a page or an article has one position only, it
// often has no head.
func (p *planner) position(n, k, positions int, title string) {
	s := p.s
	at := len(s.Positions)
	s.Positions = append(s.Positions, sheet.Position{Article: n, Title: title})
	named := title != "" && k == 1
	if !named {
		title = p.title()
	}
	headed := !named && (positions > 1 || p.body == "form" || p.body == "columns" || p.plan.IntN(3) == 0)
	if headed || named {
		s.Positions[at].Title = title
	} else {
		s.Positions[at].Title = ""
	}
	words := ""
	if headed {
		if p.articles == "ordinal-position" {
			k-- // the first one stands in the article's heading
		}
		words = p.head(k, title)
	}
	p.bodyOf(at, title, words)
}

// head heads the position and says which words of it head its duties.
func (p *planner) head(k int, title string) string {
	var h head
	switch p.body {
	case "form":
		if p.plan.IntN(2) == 0 {
			h = head{"", "岗位说明书", "", false} // the title stands in its field
		} else {
			h = positionHead("sheet", title, k)
		}
	case "columns":
		h = head{"", title, "", false}
	case "posting":
		h = head{"", title, "", false}
	default:
		h = positionHead(p.positionHead, title, k)
	}
	p.add(sheet.Line{
		Role: sheet.PositionHead, Label: h.label, Text: sheet.Text{Clean: h.text}, Plain: h.plain,
		Position: len(p.s.Positions) - 1,
	})
	return h.words
}

// bodyOf plans what stands under a position's head.
func (p *planner) bodyOf(at int, title, words string) {
	next := 1
	if p.body == "form" {
		next = p.form(at, title)
	}
	switch p.body {
	case "list", "nested":
		p.section(at, "responsibilities", words, nil)
		return
	case "groups":
		for i, g := range p.groups(2 + p.plan.IntN(3)) {
			h := sectionHead(p.sectionHead, g, i+1)
			h.text = strings.TrimSuffix(h.text, "：")
			h.plain = false
			p.section(at, "responsibilities", g, &h)
		}
		return
	case "tasks":
		h := sectionHead(p.sectionHead, "职责与工作任务", next)
		p.section(at, "responsibilities", "职责与工作任务", &h)
		return
	}
	for _, kind := range p.kinds() {
		words := p.headWord(kind)
		style := p.sectionHead
		if p.body == "form" && p.fields == "han-number" {
			style = "han-number" // the form's count goes on
		} else if p.body == "form" && p.fields == "numbered" && style == "han-number" {
			style = "colon"
		}
		h := sectionHead(style, words, next)
		next++
		p.section(at, kind, words, &h)
	}
	if p.body == "posting" && p.has("board", 2) {
		p.part("board")
		p.site(sheet.Board, p.around("board"))
	}
}

// groups are n of the field's groups of duties.
func (p *planner) groups(n int) []string {
	list := p.field.Groups
	start := p.content.IntN(len(list))
	var out []string
	for k := range min(n, len(list)) {
		out = append(out, list[(start+k)%len(list)])
	}
	return out
}

// kinds are the kinds of section that a position has. On pages with sections
// they are several times as frequent as on all pages: those are a third.
func (p *planner) kinds() []string {
	kinds := []string{"responsibilities"}
	const onSections = 3
	for _, k := range [...]string{"authority", "relations", "qualifications", "conditions", "assessment"} {
		times := float64(onSections)
		if p.body == "columns" && k != "qualifications" || p.body == "posting" && k != "qualifications" {
			times = 0
		}
		if p.has(k, times) && (times > 0 || p.allowed[partPrefix+k]) {
			p.part(k)
			kinds = append(kinds, k)
		}
	}
	if len(kinds) == 1 {
		p.part("qualifications")
		kinds = append(kinds, "qualifications")
	}
	if p.body == "posting" && p.has("benefits", 10) {
		p.part("benefits")
		kinds = append(kinds, "benefits")
	}
	return kinds
}

// section plans a section: its head, if there is one, and its items.
func (p *planner) section(at int, kind, words string, h *head) {
	pos := &p.s.Positions[at]
	index := len(pos.Sections)
	pos.Sections = append(pos.Sections, sheet.Section{Kind: kind, Heading: words})
	if h != nil {
		p.add(sheet.Line{
			Role: sheet.SectionHead, Label: h.label, Text: sheet.Text{Clean: h.text}, Plain: h.plain,
			Position: at, Section: index,
		})
	}
	var texts []string
	switch kind {
	case "responsibilities":
		texts = p.duties()
	case "qualifications":
		texts = p.qualifications()
	default:
		list := p.bank.Sections[kind]
		d := newDraw(list, p.content)
		for range 1 + p.plan.IntN(4) {
			text := p.text(d.next())
			if kind == "assessment" && p.weight {
				p.part("weight")
				text += "（权重" + strconv.Itoa(5*(1+p.content.IntN(6))) + "%）"
			}
			texts = append(texts, text)
		}
	}
	for i, text := range texts {
		p.item(at, index, i+1, text+p.endMark(i+1 == len(texts)))
	}
}

func (p *planner) endMark(last bool) string {
	switch {
	case p.end == "nothing":
		return ""
	case p.end == "stop" || last:
		return "。"
	}
	return "；"
}

// item adds an item, and what stands below it on pages of two levels.
func (p *planner) item(at, section, n int, text string) {
	style := p.marker
	line := sheet.Line{Role: sheet.Item, Position: at, Section: section}
	kind := p.s.Positions[at].Sections[section].Kind
	switch {
	case p.body == "tasks" && kind == "responsibilities":
		line.Label, line.Number = "职责"+numeral(n)+"：", n
	case numbered(style):
		line.Label, line.Number = label(style, n), n
	default:
		line.Label = label(style, n)
	}
	parent := kind == "responsibilities" && (p.body == "tasks" || p.body == "nested" && p.plan.IntN(3) == 0)
	if parent {
		text = "负责" + p.oneOf(p.field.Objects) + [...]string{"的管理", "的日常工作", "的审核与落实"}[p.content.IntN(3)]
		if p.body == "nested" {
			text += [...]string{"，具体包括：", "，要求如下：", "："}[p.content.IntN(3)]
		} else {
			text += "。"
		}
	}
	if style == "1" && startsWithDigit(text) {
		text = "确保" + text
	}
	line.Text.Clean = text
	p.add(line)
	if !parent {
		return
	}
	below := "(1)"
	if style == "(1)" || p.plan.IntN(6) == 0 {
		below = "a)"
	}
	d := newDraw(p.field.Duties, p.content)
	last := 2 + p.plan.IntN(3)
	for k := 1; k <= last; k++ {
		p.add(sheet.Line{
			Role: sheet.Child, Label: label(below, k), Number: k, Position: at, Section: section,
			Text: sheet.Text{Clean: p.text(d.next()) + p.endMark(k == last)},
		})
	}
}

func startsWithDigit(text string) bool { return text != "" && text[0] >= '0' && text[0] <= '9' }

// duties are the texts of a list of duties: mostly five to eight, seldom more
// than twenty.
func (p *planner) duties() []string {
	n := 4 + p.plan.IntN(6)
	switch p.plan.IntN(10) {
	case 0:
		n = 12 + p.plan.IntN(14)
	case 1, 2:
		n = 8 + p.plan.IntN(6)
	}
	d := newDraw(p.field.Duties, p.content)
	if p.body == "tasks" || p.body == "groups" {
		n = 3 + p.plan.IntN(3)
	}
	var out []string
	if p.label && p.body == "list" {
		p.part("label")
		for _, g := range p.groups(4) {
			out = append(out, g+"："+p.duty(&d))
		}
		return out
	}
	for range n {
		out = append(out, p.duty(&d))
	}
	return out
}

func (p *planner) qualifications() []string {
	own, any := newDraw(p.field.Qualifications, p.content), newDraw(p.bank.Any, p.content)
	var out []string
	for range 3 + p.plan.IntN(5) {
		from := &own
		if p.content.IntN(5) < 2 {
			from = &any
		}
		out = append(out, p.text(from.next()))
	}
	return out
}

// formKeys are the rows of a form behind its title, in their order.
var formKeys = [...]struct {
	keys  []string
	value func(*planner) string
}{
	{[]string{"所属部门", "所在部门"}, func(p *planner) string { return p.oneOf(p.field.Departments) }},
	{[]string{"直接上级", "直属上级", "汇报对象"}, func(p *planner) string { return p.oneOf(p.bank.Slot("上级")) }},
	{[]string{"直接下级", "直接下属"}, func(p *planner) string { return p.title() }},
	{[]string{"岗位编号", "职位编号"}, func(p *planner) string {
		return strings.ToUpper(p.field.Name[:2]) + "-" + strconv.Itoa(100+p.content.IntN(900))
	}},
	{[]string{"岗位定员", "编制人数"}, func(p *planner) string { return strconv.Itoa(1+p.content.IntN(20)) + "人" }},
	{[]string{"工资等级", "薪资等级"}, func(p *planner) string { return numeral(2+p.content.IntN(8)) + "级" }},
	{[]string{"编制日期", "生效日期"}, func(p *planner) string {
		return "20" + strconv.Itoa(18+p.content.IntN(7)) + "年" + strconv.Itoa(1+p.content.IntN(12)) + "月"
	}},
	{[]string{"岗位概述", "工作概要"}, func(p *planner) string {
		p.values.Object = p.oneOf(p.field.Objects)
		return "在" + p.oneOf(p.bank.Slot("上级")) + "领导下，负责" + p.values.Object + "等工作，保证各项任务按期完成。"
	}},
}

// form plans the rows of a form and says which number comes next.
func (p *planner) form(at int, title string) int {
	rows := [][2]string{{[...]string{"岗位名称", "职位名称", "职务名称"}[p.plan.IntN(3)], title}}
	for i := range formKeys {
		k := &formKeys[i]
		if p.plan.IntN(10) < 6 {
			value := k.value(p)
			if p.plan.IntN(10) == 0 && p.fields != "lines" && p.fields != "glued" && p.fields != "row" {
				value = ""
			}
			rows = append(rows, [2]string{k.keys[p.plan.IntN(len(k.keys))], value})
		}
	}
	for i, r := range rows {
		l := sheet.Line{
			Role: sheet.FieldRow, Position: at, Sep: "：",
			Text: sheet.Text{Clean: r[0]}, Value: sheet.Text{Clean: r[1]},
		}
		switch p.fields {
		case "dash":
			l.Label = "- "
		case "lines":
			l.Sep = "\n"
		case "row":
			l.Sep = " "
			if l.Glued = i%2 == 1; l.Glued {
				l.Label = " "
			}
		case "glued":
			l.Sep, l.Glued = "", i > 0
		case "numbered":
			l.Label = strconv.Itoa(i+1) + "、"
		case "han-number":
			l.Label = numeral(i+1) + "、"
		case "pipe":
			l.Label, l.Sep, l.Tail = "| ", " | ", " |"
		}
		p.add(l)
	}
	if p.fields == "han-number" {
		return len(rows) + 1
	}
	return 1
}
