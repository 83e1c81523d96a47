package pagegen

import "math/rand/v2"

// row is a shape and how often it was met. Where the sample could not tell, the
// weight is an own choice and the source says so.
type row struct {
	name   string
	weight int
	source string
}

// table is a choice among shapes; its name and the row's make the tag.
type table struct {
	name string
	rows []row
}

// tables are all choices. Weights count within their table only.
var tables = [...]table{
	{articles, []row{
		{"none", 60, "108 template pages: most; fewer here, for the sample holds few pages of many articles and says so"},
		{"title-digit", 14, "108 template pages: 4, title and Arabic digit"},
		{"title-han", 10, "108 template pages: 篇1, 篇 1, 篇一 together 2, and one page"},
		{"title-number", 6, "as title-han, with Arabic digits"},
		{"bracket", 4, "108 template pages: 12 open with a title in 【】, none counts in it: own choice"},
		{"ordinal-position", 4, "108 template pages: 1, 第一篇 and a position"},
		{"ordinal", 2, "own choice: 第1篇 alone"},
	}},
	{bodies, []row{
		{"list", 35, "108 template pages: the 63 with a head for duties less those below"},
		{"sections", 26, "108 template pages: 21 have a head for qualifications, 12 one for indicators"},
		{"form", 24, "108 template pages: 24 have basic information"},
		{"groups", 10, "108 template pages: 10 (一)(二), of positions or groups of duties"},
		{"tasks", 5, "108 template pages: 5, 职责一 with tasks"},
		{"nested", 4, "108 template pages: 3 of two levels 1. > 1), 1 of a) b)"},
		{"posting", 10, "own choice: a job board's page"},
		{"columns", 2, "own choice: a table with one position a row"},
	}},
	{positionHeads, []row{
		{"colon", 40, "108 template pages: 岗位职责 in most heads of positions"},
		{"bare", 6, "108 template pages: 6, bare repeated position title"},
		{"of", 4, "position headings: X的岗位职责："},
		{"short", 6, "position headings: X职责"},
		{"work", 3, "position headings: X工作职责"},
		{"standard", 2, "position headings: X部副部长职责及工作标准："},
		{"norm", 1, "position headings: (X)岗位规范"},
		{"han-number", 20, "108 template pages: 44 have 一、二、 heads, of sections and positions"},
		{"bracket-number", 10, "108 template pages: 10 (一)(二)"},
		{"ordinal", 4, "108 template pages: 4, 1、position title"},
		{"chapter", 4, "108 template pages: 4, 第一章, 第一节"},
		{"bullet", 1, "108 template pages: 1, ● head"},
		{"lenticular", 12, "108 template pages: 12, 【title】; 23,234 postings: 4.4 %"},
		{"sheet", 3, "108 template pages: X岗位说明书"},
	}},
	{sectionHeads, []row{
		{"colon", 40, "23,234 postings: 岗位职责 7762, 任职要求 6035, mostly with a colon"},
		{"han-number", 44, "108 template pages: 44, 一、 part heads"},
		{"bracket-number", 10, "108 template pages: 10, (一)(二)"},
		{"lenticular", 5, "23,234 postings: 【head】 4.4 %"},
		{"bare", 12, "own choice: the head alone on its line"},
	}},
	{fields, []row{
		{"colon", 10, "108 template pages: k:v lines 3 and one page; the easy form"},
		{"dash", 6, "108 template pages: 6, - k: v"},
		{"lines", 6, "108 template pages: 6, label line, value line"},
		{"row", 5, "108 template pages: 5, k v k v on one line"},
		{"glued", 5, "108 template pages: 5, no separator"},
		{"numbered", 4, "108 template pages: 4, 1、k:v"},
		{"han-number", 8, "108 template pages: of the 44 with 一、, own choice: 一、岗位名称：X"},
		{"pipe", 7, "108 template pages: 7, pipe table; in text only"},
	}},
	{markers, []row{
		{"1.", 37, "108 template pages: 37 and one page"},
		{"1、", 21, "108 template pages: 21 and one page"},
		{"1. ", 10, "108 template pages: of the 37, with a space"},
		{"1．", 3, "108 template pages: of the 37, full width"},
		{"-", 15, "108 template pages: 15"},
		{"none", 11, "108 template pages: 11 and one page"},
		{"1)", 4, "108 template pages: 4; 23,234 postings: 2.2 %"},
		{"(1)", 2, "108 template pages: 4 with (1); 23,234 postings: 1.3 %"},
		{"（1）", 2, "as (1), full width"},
		{"•", 2, "108 template pages: 2, with emoji"},
		{"✅", 1, "108 template pages: 1"},
		{"1", 2, "108 template pages: 2, bare digit glued to text"},
		{"第一条", 3, "108 template pages: 3"},
		{"一、", 1, "108 template pages: 1 as duty number; 23,234 postings: 1.6 %"},
		{"①", 1, "23,234 postings: 0.3 %"},
		{"⒈", 1, "108 template pages: 1"},
		{"a)", 1, "108 template pages: 1; 23,234 postings: 0.5 %; below items only"},
	}},
	{ends, []row{
		{"semicolon", 50, "own choice"},
		{"stop", 40, "own choice"},
		{"nothing", 10, "own choice"},
	}},
	{renderings, []row{
		{"html", 70, "own choice"}, {"text", 22, "own choice"}, {"markdown", 8, "own choice"},
	}},
	{layouts, []row{
		{"paragraphs", 40, "own choice"}, {"breaks", 25, "own choice"}, {"soup", 10, "own choice"},
		{"preformatted", 3, "own choice"}, {"unclosed", 5, "own choice"}, {"lists", 8, "own choice"},
		{"definitions", 3, "own choice"},
		{"row-table", 7, "108 template pages: 7 tables survived as pipe rows; more were flattened"},
		{"column-table", 0, "where the body is columns"},
	}},
	{charsets, []row{
		{"utf-8", 70, "own choice"}, {"gb2312", 20, "own choice: GB 18030 under that label"},
		{"utf-8-bom", 6, "own choice"}, {"utf-16le", 4, "own choice"},
	}},
	{chromes, []row{
		{"0", 15, "own choice: the body alone"}, {"1", 25, "own choice: lines of text"},
		{"2", 30, "own choice: blocks with names"}, {"3", 30, "own choice: a whole site"},
	}},
}

// The tables by name.
const (
	articles      = "articles"
	bodies        = "body"
	positionHeads = "position-head"
	sectionHeads  = "section-head"
	fields        = "fields"
	markers       = "marker"
	ends          = "end"
	renderings    = "rendering"
	layouts       = "layout"
	charsets      = "charset"
	chromes       = "chrome"
)

// part is a part of a page that is there or not.
type part struct {
	name     string
	seen, of int
	source   string
}

// The sizes of the samples.
const (
	templates = 108
	postings  = 23234
)

// parts are what stands around and beside the duties.
var parts = [...]part{
	{"breadcrumb", 5, templates, "108 template pages: 当前位置 / > path"},
	{"meta", 26, templates, "108 template pages: document meta"},
	{"introduction", 23, templates, "108 template pages: introduction paragraph"},
	{"editor", 5, templates, "108 template pages: 小编 introduction"},
	{"title-again", 9, templates, "108 template pages: title repeated"},
	{"contents", 4, templates, "108 template pages: table of contents first"},
	{"pages", 10, templates, "108 template pages: X_第1页 X_第2页"},
	{"notice", 18, templates, "108 template pages: numbered legal notice"},
	{"advert", 8, templates, "108 template pages: VIP and download notices"},
	{"slogan", 4, templates, "108 template pages: slogan"},
	{"share", 4, templates, "108 template pages: sharing blurb"},
	{"related", 6, templates, "108 template pages: related documents, below"},
	{"footer", 3, templates, "108 template pages: footer; ends were hardly seen"},
	{"tags", 1, templates, "108 template pages: 标签"},
	{"board", 4026, postings, "23,234 postings: 职能类别"},
	{"label", 10, templates, "108 template pages: label then sentence"},
	{"weight", 5, templates, "108 template pages: weights behind duties"},
	{"benefits", 381, postings, "23,234 postings: 福利待遇, on postings"},
	{"qualifications", 21, templates, "108 template pages: Fq; on pages with sections far more"},
	{"assessment", 12, templates, "108 template pages: Fk"},
	{"authority", 11, templates, "108 template pages: Fp"},
	{"relations", 9, templates, "108 template pages: Fr"},
	{"conditions", 3, templates, "108 template pages: Fc"},
}

// partPrefix stands before the name of a part in a page's tags.
const partPrefix = "part/"

// choose draws a row of the table among those that the options allow; where
// they name none of the table, all are.
func (p *planner) choose(name string) string {
	for i := range tables {
		if tables[i].name == name {
			return p.pick(&tables[i], p.plan)
		}
	}
	return ""
}

func (p *planner) pick(t *table, r *rand.Rand) string {
	restricted, total := false, 0
	for i := range t.rows {
		restricted = restricted || p.allowed[t.name+"/"+t.rows[i].name]
	}
	weight := func(w *row) int {
		switch {
		case !restricted:
			return w.weight
		case p.allowed[t.name+"/"+w.name]:
			return max(1, w.weight)
		}
		return 0
	}
	for i := range t.rows {
		total += weight(&t.rows[i])
	}
	n := r.IntN(total)
	for i := range t.rows {
		if n -= weight(&t.rows[i]); n < 0 {
			return t.rows[i].name
		}
	}
	return t.rows[0].name
}

// has draws whether the page has the part, times as often as it was met.
func (p *planner) has(name string, times float64) bool {
	n := p.plan.Float64() // drawn in any case, so that the rest stays as it is
	if p.allowed[partPrefix+name] {
		return true
	}
	for i := range parts {
		if parts[i].name == name {
			return n < times*float64(parts[i].seen)/float64(parts[i].of)
		}
	}
	return false
}
