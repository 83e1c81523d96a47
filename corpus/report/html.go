package report

import (
	_ "embed" // the page and its style
	"fmt"
	"html/template"
	"io"
	"slices"

	"zhize/label"
	"zhize/record"
)

//go:embed report.html
var pageText string

//go:embed report.css
var styleText string

// Options say how a report is shown.
type Options struct {
	Lang  string // label.English or label.Chinese: what is shown first; the page has both
	Where string // what stands behind an id on the command line of `zhize show`, such as " -i out"
}

// view is what the page is made of.
type view struct {
	*Report
	Options
	Style     template.CSS
	Flows     []flow
	Ways      []wayRow
	Repairs   []barRow
	Flags     []barRow
	Kinds     []barRow
	TitleBars []barRow
	Reasons   []barRow
	Passed    []barRow
	Phases    []barRow
	Charts    []chart
	Kept      string
	Made      int // edits
	Offered   int // suggestions
}

// wayRow is a row of the table beside the flow.
type wayRow struct {
	Name   label.Text
	N      int
	Share  string
	Inside bool
}

// barRow is a row with a bar: Part is its length in percent of the longest.
type barRow struct {
	Name label.Text
	Code string // the word of the contract, where the name is another
	N    int
	More int
	Part float64
}

// HTML writes the report as one file that needs nothing else.
func (r *Report) HTML(w io.Writer, o Options) error {
	if o.Lang != label.Chinese {
		o.Lang = label.English
	}
	page, err := template.New("report").Funcs(template.FuncMap{
		"t": both, "ts": bothSVG, "n": func(n int) string { return label.Thousands(int64(n)) }, "percent": percent,
		"kind": func(s string) template.HTML { return bothText(label.Kind(s)) }, "text": bothText, "textSVG": bothTextSVG,
		"add": func(a, b int) int { return a + b },
	}).Parse(pageText)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	if err := page.Execute(w, r.view(o)); err != nil {
		return fmt.Errorf("report: %w", err)
	}
	return nil
}

func (r *Report) view(o Options) *view {
	c := &r.Counts
	v := &view{
		Report: r, Options: o, Style: template.CSS(styleText),
		Repairs: repairs(c), Flags: bars(c.Flags, label.Flag), Kinds: bars(c.Kinds, label.Kind),
		Reasons: bars(c.RejectReasons, own), Passed: bars(r.Skipped, own), Phases: phases(&r.Timings),
	}
	for _, s := range shapes {
		v.Flows = append(v.Flows, s.draw(c))
	}
	kept := 0
	for _, b := range branches(c) {
		if b.family == "kept" {
			kept = b.n
		}
		v.Ways = append(v.Ways, wayRow{Name: b.name, N: b.n, Share: percent(b.n, c.Characters)})
		for _, l := range b.leaves {
			if b.family != "blank" {
				v.Ways = append(v.Ways, wayRow{Name: l.name, N: l.n, Share: percent(l.n, c.Characters), Inside: true})
			}
		}
	}
	v.Kept = percent(kept, c.Characters)
	for _, row := range v.Repairs {
		v.Made += row.N
		v.Offered += row.More
	}
	titles := map[string]int{}
	for _, t := range r.Titles {
		titles[t.Title] = t.Count
	}
	v.TitleBars = bars(titles, own)
	for i, s := range r.Spreads {
		v.Charts = append(v.Charts, s.chart(chartNames[i]))
	}
	return v
}

// own is the label of a word that people wrote themselves.
func own(s string) label.Text { return label.Text{EN: s, ZH: s} }

func bars(counts map[string]int, name func(string) label.Text) []barRow {
	var out []barRow
	for _, r := range label.Ranked(counts) {
		row := barRow{Name: name(r.Word), N: r.N}
		if row.Name.EN != r.Word {
			row.Code = r.Word
		}
		out = append(out, row)
	}
	return scaled(out)
}

// scaled gives the rows the lengths of their bars.
func scaled(rows []barRow) []barRow {
	longest := 0
	for _, r := range rows {
		longest = max(longest, r.N+r.More)
	}
	for i := range rows {
		rows[i].Part = 100 * float64(rows[i].N) / float64(max(longest, 1))
	}
	return rows
}

// repairs are the rules with what they changed and what they only suggested.
func repairs(t *record.Totals) []barRow {
	all := map[string]int{}
	for rule, n := range t.Edits {
		all[rule] = n
	}
	for rule := range t.Suggested {
		all[rule] += 0
	}
	var out []barRow
	for _, r := range label.Ranked(all) {
		out = append(out, barRow{Name: label.Rule(r.Word), Code: r.Word, N: r.N, More: t.Suggested[r.Word]})
	}
	return scaled(out)
}

func phases(t *record.Timings) []barRow {
	rows := []barRow{
		{Name: label.Text{EN: "looking at an earlier run", ZH: "查看上次结果"}, N: int(t.ScanMS)},
		{Name: label.Text{EN: "learning evidence", ZH: "学习证据"}, N: int(t.LearnMS)},
		{Name: label.Text{EN: "pages and positions", ZH: "页面与岗位"}, N: int(t.ProcessMS)},
		{Name: label.Text{EN: "canonical duties", ZH: "归并职责"}, N: int(t.DutiesMS)},
		{Name: label.Text{EN: "writing to the disk", ZH: "写入磁盘"}, N: int(t.WriteMS)},
		{Name: label.Text{EN: "search index", ZH: "检索索引"}, N: int(t.IndexMS)},
	}
	return scaled(slices.DeleteFunc(rows, func(r barRow) bool { return r.N == 0 }))
}

func percent(part, whole int) string {
	if whole == 0 {
		return "–"
	}
	if 2000*part < whole && part > 0 {
		return "< 0.1 %"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// both is a text in both languages, of which the page shows one.
func both(en, zh string) template.HTML { return bothText(label.Text{EN: en, ZH: zh}) }

func bothText(t label.Text) template.HTML { return pair("span", t) }

func bothSVG(en, zh string) template.HTML { return bothTextSVG(label.Text{EN: en, ZH: zh}) }

func bothTextSVG(t label.Text) template.HTML { return pair("tspan", t) }

func pair(tag string, t label.Text) template.HTML {
	en, zh := template.HTMLEscapeString(t.EN), template.HTMLEscapeString(t.ZH)
	if en == zh {
		return template.HTML(en)
	}
	return template.HTML(fmt.Sprintf(`<%[1]s class="en" lang="en">%[2]s</%[1]s><%[1]s class="zh" lang="zh-CN">%[3]s</%[1]s>`, tag, en, zh))
}

// measureText is how a page's measure is said, with its value in the place of %s.
var measureText = [measures]label.Text{
	droppedShare:   {EN: "drops %s of its text", ZH: "剔除了 %s 的文字"},
	editDensity:    {EN: "%s repairs in 1,000 characters", ZH: "每千字修改 %s 处"},
	suggestedEdits: {EN: "repairs left to people: %s", ZH: "待人决定的修改：%s"},
	missingNumbers: {EN: "numbers missing: %s", ZH: "缺失序号：%s"},
	articlesOff:    {EN: "articles more or fewer than the title says: %s", ZH: "篇数与标题相差：%s"},
	flagsBorne:     {EN: "other flags: %s", ZH: "其他标记：%s"},
	itemLength:     {EN: "%s characters for each item", ZH: "平均每条 %s 字"},
}

// Odd says a reason for which a page is odd.
func (r *view) Odd(x Reason) template.HTML {
	m := slices.Index(measureNames[:], x.Measure)
	if m < 0 {
		return ""
	}
	value := label.Thousands(int64(x.Value))
	if m == droppedShare {
		value = percent(x.Value, 1000)
	}
	rare, all := label.Thousands(int64(x.Rare)), label.Thousands(int64(r.Compared))
	t := measureText[m]
	return both(
		fmt.Sprintf(t.EN, value)+fmt.Sprintf(" (as %s of %s pages, or more)", rare, all),
		fmt.Sprintf(t.ZH, value)+fmt.Sprintf("（%s 页中有 %s 页达到）", all, rare))
}
