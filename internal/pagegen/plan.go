package pagegen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"zhize/internal/pagegen/internal/bank"
	"zhize/internal/pagegen/internal/furniture"
	"zhize/internal/pagegen/internal/render"
	"zhize/internal/pagegen/internal/sheet"
)

// planner plans one page.
type planner struct {
	*Generator
	plan, content *rand.Rand // shapes, and words
	s             *sheet.Sheet
	number        int             // of the page
	home          *furniture.Site // nil: the page is of no site

	field      *bank.Field
	fieldIndex int
	titles     int // how many of the field's titles are used
	firstTitle int
	values     bank.Values
	buf        []byte
	size       int // bytes of text so far

	// What the whole page has in common.
	articles, body, positionHead, sectionHead, fields, marker, end string
	rendering                                                      string
	label, weight, benefits                                        bool
}

// page plans the page: what stands around the duties, and the duties.
func (p *planner) page() render.How {
	s := p.s
	p.fieldIndex = p.content.IntN(len(p.bank.Fields))
	p.field = &p.bank.Fields[p.fieldIndex]
	p.firstTitle = p.content.IntN(len(p.field.Titles))
	s.Site = p.oneOf(p.bank.Slot("网"))
	p.values.Site = s.Site
	how := p.shapes()

	articles, positions := p.counts()
	subject := p.oneOf(p.field.Departments)
	if positions == 1 && articles == 1 {
		subject = p.field.Titles[p.firstTitle]
	}
	p.values.Topic = subject
	base := subject + [...]string{"岗位职责", "岗位职责说明书", "工作职责", "岗位职责内容"}[p.plan.IntN(4)]
	if p.articles == "title-digit" || p.articles == "none" {
		base = subject + "岗位职责"
	}
	s.Title = base
	if p.articles != "none" && p.o.Bytes == 0 {
		s.Declared = articles
		s.Title = fmt.Sprintf("%d年%s(%s%d篇)", 2019+p.content.IntN(6), base, [...]string{"精选", "模板", "通用", "实用"}[p.content.IntN(4)], articles)
	}
	p.above()
	start := len(s.Lines)
	p.articlesOf(base, articles, positions)
	if p.has("contents", 1) {
		p.contents(start)
	}
	p.below()
	if p.home != nil {
		p.home.Apply(s, start, p.stream(p.number, ofFurniture))
	}
	return how
}

// shapes draws what the whole page has in common, and its tags.
func (p *planner) shapes() render.How {
	s := p.s
	p.articles, p.body = p.choose(articles), p.choose(bodies)
	p.positionHead, p.sectionHead = p.choose(positionHeads), p.choose(sectionHeads)
	p.fields, p.marker, p.end = p.choose(fields), p.choose(markers), p.choose(ends)
	rendering, layout, charset, chrome := p.choose(renderings), p.choose(layouts), p.choose(charsets), p.choose(chromes)
	p.label, p.weight, p.benefits = p.has("label", 1), p.has("weight", 1), p.has("benefits", 1)

	if p.body == "columns" && rendering == "text" {
		p.body = "sections"
	}
	switch {
	case p.body == "columns":
		layout = "column-table"
	case rendering != "html":
		layout = "paragraphs"
	}
	if p.fields == "pipe" && rendering == "html" {
		p.fields = "colon"
	}
	p.settle(layout)
	p.rendering = rendering
	s.Layout = layoutOf[layout]
	s.Chrome, _ = strconv.Atoi(chrome)
	for _, t := range [...][2]string{
		{articles, p.articles}, {bodies, p.body}, {positionHeads, p.positionHead}, {sectionHeads, p.sectionHead},
		{fields, p.fields}, {markers, p.marker}, {ends, p.end}, {renderings, rendering}, {layouts, layout},
		{charsets, charset}, {chromes, chrome},
	} {
		if t[0] == fields && p.body != "form" || t[0] == layouts && rendering != "html" {
			continue
		}
		s.Tags = append(s.Tags, t[0]+"/"+t[1])
	}
	return render.How{Rendering: rendering, Charset: charset}
}

// settle takes back combinations that a reader could not take apart: marks that
// number both positions and their duties, lists without marks that nothing ends.
func (p *planner) settle(layout string) {
	switch {
	case p.marker == "a)":
		p.marker = "1)"
	case p.marker == "一、" && (p.body != "list" || p.positionHead == "han-number" || p.articles != "none"):
		p.marker = "1、"
	case p.body == "nested" && !numbered(p.marker), p.body == "tasks":
		p.marker = "1、"
	}
	if p.body == "columns" && p.articles == "ordinal-position" {
		p.articles = "ordinal" // a title outside the table would leave its column empty
	}
	if p.positionHead == "ordinal" && (p.marker == "1、" || !numbered(p.marker)) {
		p.marker = "(1)"
	}
	if p.end == "nothing" && (!numbered(p.marker) || p.marker == "1") {
		p.end = "semicolon"
	}
	if layout == "lists" && !numbered(p.marker) && p.marker != "none" {
		p.marker = "none" // <ul> prints the bullets
	}
	if layout == "lists" && p.marker != "none" {
		p.marker = "1."
	}
	// Positions and sections are never numbered in the same way.
	switch p.body {
	case "groups":
		p.sectionHead = "han-number"
		fallthrough
	case "sections", "posting", "tasks":
		if p.positionHead == p.sectionHead || p.positionHead == "ordinal" || p.positionHead == "sheet" || p.positionHead == "lenticular" {
			p.positionHead = "colon"
		}
	case "form", "columns":
		p.positionHead = "sheet"
	}
}

var layoutOf = map[string]sheet.Layout{
	"paragraphs": sheet.Paragraphs, "breaks": sheet.Breaks, "soup": sheet.Soup, "preformatted": sheet.Preformatted,
	"unclosed": sheet.Unclosed, "lists": sheet.Lists, "definitions": sheet.Definitions,
	"row-table": sheet.RowTable, "column-table": sheet.ColumnTable,
}

// counts are how many articles a page has, and how many positions each.
func (p *planner) counts() (articles, positions int) {
	articles, positions = 1, p.o.Positions
	n, m := p.plan.IntN(7), p.plan.IntN(10)
	if p.articles != "none" {
		articles = 2 + n
		if p.o.Articles > 0 {
			articles = p.o.Articles
		}
	} else if p.o.Articles > 1 {
		articles = p.o.Articles
		p.articles = "title-han"
		p.s.Tags[0] = "articles/title-han"
	}
	if positions == 0 {
		positions = [...]int{1, 1, 1, 2, 2, 3, 3, 4, 5, 6}[m]
		if articles > 1 {
			positions = [...]int{1, 1, 1, 1, 2, 2, 3, 3, 4, 4}[m]
		}
	}
	return articles, positions
}

// articlesOf plans the articles until there are enough of them and the page is
// as long as it should be.
func (p *planner) articlesOf(base string, articles, positions int) {
	for n := 1; n <= articles || p.articles != "none" && p.size < p.o.Bytes; n++ {
		p.s.Articles = n
		head, title := p.articleHead(p.articles, base, n)
		if head != "" {
			p.add(sheet.Line{Role: sheet.ArticleHead, Text: sheet.Text{Clean: head}})
		}
		for k := 1; k <= positions || p.articles == "none" && p.size < p.o.Bytes; k++ {
			p.position(n, k, positions, title)
		}
		if n > 1 && n == articles/2 && p.s.Chrome > 1 && p.has("advert", 2) {
			p.site(sheet.Advert, p.around("ad"))
		}
	}
}

// ranks make more titles of a field's titles.
var ranks = [...]string{"", "高级", "见习", "资深", "助理"}

// title is the next of the field's titles: none twice in a page as long as
// there are some.
func (p *planner) title() string {
	list := p.field.Titles
	k := p.titles
	p.titles++
	return ranks[k/len(list)%len(ranks)] + list[(p.firstTitle+k)%len(list)]
}

func (p *planner) add(l sheet.Line) {
	p.size += len(l.Label) + len(l.Text.Clean) + len(l.Value.Clean) + 1
	p.s.Lines = append(p.s.Lines, l)
}

// site adds a line of the site.
func (p *planner) site(role sheet.Role, text string) {
	p.add(sheet.Line{Role: role, Text: sheet.Text{Clean: text}})
}

// above plans what stands above the duties.
func (p *planner) above() {
	s := p.s
	if p.has("breadcrumb", 1) || s.Chrome == 3 {
		p.part("breadcrumb")
		p.site(sheet.Navigation, "当前位置："+s.Site+" > 岗位职责 > "+s.Title)
	}
	p.site(sheet.PageTitle, s.Title)
	if p.has("meta", 1) {
		p.part("meta")
		date := fmt.Sprintf("20%d-%02d-%02d %02d:%02d:%02d", 19+p.content.IntN(6), 1+p.content.IntN(12), 1+p.content.IntN(28),
			p.content.IntN(24), p.content.IntN(60), p.content.IntN(60))
		p.site(sheet.Meta, [...]string{
			"格式：DOC 上传日期：" + date + " 页码：" + strconv.Itoa(2+p.content.IntN(20)),
			date + "　　小编：" + p.oneOf(p.bank.Slot("署名")),
			"文档格式：DOCX　页数：" + strconv.Itoa(2+p.content.IntN(20)) + "　大小：" + strconv.Itoa(12+p.content.IntN(90)) + "KB　上传时间：" + date[:10],
		}[p.plan.IntN(3)])
	}
	if p.has("title-again", 1) {
		p.part("title-again")
		p.site(sheet.PageTitle, s.Title)
	}
	if p.has("slogan", 1) {
		p.part("slogan")
		p.site(sheet.Slogan, p.around("slogan"))
	}
	if p.has("share", 1) {
		p.part("share")
		p.site(sheet.Slogan, p.around("share"))
	}
	if p.has("pages", 1) {
		p.part("pages")
		var b strings.Builder
		for n := 1; n <= 5; n++ {
			fmt.Fprintf(&b, "%s_第%d页 ", s.Title, n)
		}
		p.site(sheet.Pages, strings.TrimSpace(b.String()))
	}
	if intro, editor := p.has("introduction", 1), p.has("editor", 2); intro || editor {
		text := ""
		if intro {
			p.part("introduction")
			text = p.around("intro") + "。"
		}
		if editor {
			p.part("editor")
			text += p.around("editor") + "。"
		}
		p.site(sheet.Introduction, text)
	}
	if p.has("notice", 0.4) && s.Chrome > 0 {
		p.notice()
	}
	s.Menu = p.bank.Slot("菜单")
	if s.Chrome == 3 {
		for range 4 + p.plan.IntN(5) {
			s.Side = append(s.Side, p.around("related"))
		}
		s.Hidden = "本文由" + s.Site + "整理，转载请注明出处"
		s.Boilerplate = append(s.Boilerplate, s.Hidden)
	}
}

// contents puts a table of contents before the duties, if there are enough
// positions to list: ordinals, dots and page numbers.
func (p *planner) contents(start int) {
	lines := []sheet.Line{{Role: sheet.Contents, Text: sheet.Text{Clean: "目录"}}}
	for i := range p.s.Positions {
		if title := p.s.Positions[i].Title; title != "" {
			n := len(lines)
			lines = append(lines, sheet.Line{
				Role: sheet.Contents, Label: strconv.Itoa(n) + "、",
				Text: sheet.Text{Clean: title + "岗位职责……" + strconv.Itoa(n/2+1)},
			})
		}
	}
	if len(lines) > 3 {
		p.part("contents")
		p.s.Lines = slices.Insert(p.s.Lines, start, lines...)
	}
}

// notice is a numbered legal notice, which looks like a list of duties.
func (p *planner) notice() {
	p.part("notice")
	list := p.bank.Page["legal"]
	d := newDraw(list, p.content)
	doubled := p.plan.IntN(6) == 0
	for n := 1; n <= 3+p.plan.IntN(5); n++ {
		mark := strconv.Itoa(n) + "、"
		if doubled {
			mark = strconv.Itoa(n) + ". " + mark
		}
		p.add(sheet.Line{Role: sheet.Notice, Label: mark, Text: sheet.Text{Clean: p.text(d.next()) + "。"}})
	}
}

// below plans what stands below the duties.
func (p *planner) below() {
	s := p.s
	if p.has("advert", 1) {
		p.part("advert")
		p.site(sheet.Advert, p.around("ad"))
	}
	if p.has("tags", 1) {
		p.part("tags")
		p.site(sheet.Footer, "标签："+p.values.Topic+","+p.otherTitle()+",岗位职责范文")
	}
	if p.has("notice", 0.6) && s.Chrome > 0 {
		p.notice()
	}
	if p.has("related", 1) || s.Chrome == 3 {
		p.part("related")
		p.site(sheet.Related, [...]string{"您可能关注的文档", "相关推荐", "猜你喜欢的范文"}[p.plan.IntN(3)])
		for range 3 + p.plan.IntN(5) {
			p.site(sheet.Related, p.around("related"))
		}
	}
	if p.has("footer", 1) || s.Chrome > 1 {
		p.part("footer")
		for range 1 + p.plan.IntN(2) {
			p.site(sheet.Footer, p.around("footer"))
		}
	}
}

// part tags a part of the page once.
func (p *planner) part(name string) {
	tag := partPrefix + name
	for _, t := range p.s.Tags {
		if t == tag {
			return
		}
	}
	p.s.Tags = append(p.s.Tags, tag)
}
