package evaluate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhize/record"
)

// base is an answer with two positions in two articles and a fragment.
const base = `{
 "page": {"title": "仓储部岗位职责", "declared_articles": null, "articles": 2, "boilerplate": ["点击下载全文", "，。"], "format": "DOC"},
 "positions": [
  {"article": 1, "title": "仓库主管", "sections": [
   {"kind": "responsibilities", "items": [
    {"n": 1, "raw": "制定仓库的年度盘点计划；"},
    {"n": 2, "raw": "核对入库单与实物的数量；"},
    {"n": null, "raw": "以下略", "fragment": true}]},
   {"kind": "any", "items": [{"n": null, "raw": "大专以上学历"}]}]},
  {"article": 2, "title": null, "groups": [
   {"kind": "responsibilities", "items": [{"n": 1, "text": "驾驶叉车搬运托盘。"}]}]}
 ],
 "repairs": {"certain": [["盘奌", "盘点"], ["入岸单", "入库单"]], "likely": [["以下咯", "以下略"]], "untouched": ["叉车"]}
}`

// baseFound is what the answer above asks for.
func baseFound() []record.Position {
	return []record.Position{
		position(1, "仓库主管",
			section("responsibilities", numbered(1, "制定仓库的年度盘点计划；"), numbered(2, "核对入库单与实物的数量；"), numbered(0, "以下略")),
			section("qualifications", numbered(0, "大专以上学历"))),
		position(2, "", section("responsibilities", numbered(1, "驾驶叉车搬运托盘。"))),
	}
}

func position(article int, title string, sections ...record.Section) record.Position {
	p := record.Position{Article: record.ArticleRef{Ordinal: article}, Sections: sections}
	if title != "" {
		p.Title = &title
	}
	return p
}

func section(kind string, items ...record.Item) record.Section {
	return record.Section{Kind: kind, Items: items}
}

func numbered(n int, text string) record.Item {
	it := record.Item{Text: text}
	if n != 0 {
		it.Number = &n
	}
	return it
}

func parse(t testing.TB, text string) *Answer {
	t.Helper()
	a, err := ParseAnswer([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRate changes what was found, one thing at a time; the figures that are
// not named stay the best.
func TestRate(t *testing.T) {
	text := func(ps []record.Position, text string) { ps[0].Sections[0].Items[0].Text = text }
	for _, c := range []struct {
		name   string
		change func(ps []record.Position) []record.Position
		want   map[string]float64
		lines  string
	}{
		{"nothing", func(ps []record.Position) []record.Position { return ps }, nil, ""},
		{"other marks and one letter of eleven", func(ps []record.Position) []record.Position {
			text(ps, "制定仓库的年度，盘点 规划") // 10 match: 2·10/22 = 0.91
			return ps
		}, nil, ""},
		{"two letters of eleven", func(ps []record.Position) []record.Position {
			text(ps, "制订仓库的年度盘点规划") // 9 match: 2·9/22 = 0.82
			return ps
		}, map[string]float64{"item_p": 3.0 / 4, "item_r": 3.0 / 4, "item_f1": .75},
			"missed      制定仓库的年度盘点计划；\nextra       制订仓库的年度盘点规划\n"},
		{"a missed item", func(ps []record.Position) []record.Position {
			ps[0].Sections[0].Items = ps[0].Sections[0].Items[1:]
			return ps
		}, map[string]float64{"item_r": 3.0 / 4, "item_f1": 2 * 1 * .75 / 1.75, "repair": 1.0 / 2},
			"missed      制定仓库的年度盘点计划；\nunrepaired  盘奌 → 盘点\n"},
		{"an item in two halves", func(ps []record.Position) []record.Position {
			s := &ps[0].Sections[0]
			s.Items = append([]record.Item{numbered(1, "制定仓库的年度"), numbered(0, "盘点计划；")}, s.Items[1:]...)
			return ps
		}, map[string]float64{"item_p": 3.0 / 5, "item_r": 3.0 / 4, "item_f1": 2 * .6 * .75 / 1.35},
			"missed      制定仓库的年度盘点计划；\nextra       制定仓库的年度\nextra       盘点计划；\n"},
		{"the fragment is left out", func(ps []record.Position) []record.Position {
			ps[0].Sections[0].Items = ps[0].Sections[0].Items[:2]
			return ps
		}, map[string]float64{"likely": 0}, "likely      not ‹以下略›: 以下咯\n"},
		{"positions run together", func(ps []record.Position) []record.Position {
			ps[0].Sections = append(ps[0].Sections, ps[1].Sections...)
			return ps[:1]
		}, map[string]float64{"split_f1": 0, "article": 3.0 / 4},
			"article     wants ‹2›, is ‹1›: 驾驶叉车搬运托盘。\nsplit_f1    wants ‹a new position›, is ‹the same position›: 驾驶叉车搬运托盘。\n"},
		{"a position in two", func(ps []record.Position) []record.Position {
			rest := position(1, "仓库主管", ps[0].Sections[1])
			ps[0].Sections = ps[0].Sections[:1]
			return []record.Position{ps[0], rest, ps[1]}
		}, map[string]float64{"split_f1": 2 * .5 * 1 / 1.5},
			"split_f1    wants ‹the same position›, is ‹a new position›: 大专以上学历\n"},
		{"a wrong number", func(ps []record.Position) []record.Position {
			ps[0].Sections[0].Items[1].Number = nil
			ps[0].Sections[1].Items[0].Number = new(int) // the answer's has none: not rated
			return ps
		}, map[string]float64{"number": 2.0 / 3}, "number      wants ‹2›, is ‹none›: 核对入库单与实物的数量；\n"},
		{"a title for most", func(ps []record.Position) []record.Position {
			ps[0].Sections[1].Items = nil
			moved := position(1, "主管", section("any", numbered(0, "大专以上学历")))
			return []record.Position{ps[0], moved, ps[1]}
		}, map[string]float64{"split_f1": 2 * .5 * 1 / 1.5},
			"split_f1    wants ‹the same position›, is ‹a new position›: 大专以上学历\n"},
		{"another title", func(ps []record.Position) []record.Position {
			ps[0].Title = nil
			return ps
		}, map[string]float64{"title": 0}, "title       wants ‹仓库主管›, is ‹›: 大专以上学历\n"},
		{"another kind", func(ps []record.Position) []record.Position {
			ps[0].Sections[0].Kind = "authority"
			return ps
		}, map[string]float64{"kind": 1.0 / 3},
			"kind        wants ‹responsibilities›, is ‹authority›: 制定仓库的年度盘点计划； (and 1 more)\n"},
		{"boilerplate in an item", func(ps []record.Position) []record.Position {
			s := &ps[0].Sections[0]
			s.Items = append(s.Items, numbered(0, "（点击 下载全文）"))
			return ps
		}, map[string]float64{"item_p": 4.0 / 5, "item_f1": 2 * .8 * 1 / 1.8, "noise": 1.0 / 6},
			"extra       （点击 下载全文）\nnoise       holds ‹点击下载全文›: （点击 下载全文）\n"},
		{"a repair that was not made everywhere", func(ps []record.Position) []record.Position {
			ps[1].Fields = map[string]string{"summary": "入岸单，叉車"}
			return ps
		}, map[string]float64{"repair": 1.0 / 2}, "unrepaired  入岸单 → 入库单\n"},
		{"a text that was to survive", func(ps []record.Position) []record.Position {
			ps[1].Sections[0].Items[0].Text = "驾驶插车搬运托盘。" // 7 of 8 match: 0.88
			return ps
		}, map[string]float64{"item_p": 3.0 / 4, "item_r": 3.0 / 4, "item_f1": .75, "split_f1": 1, "untouched": 0},
			"missed      驾驶叉车搬运托盘。\nextra       驾驶插车搬运托盘。\nharmed      叉车\n"},
		{"no position", func([]record.Position) []record.Position { return nil },
			map[string]float64{"item_p": 0, "item_r": 0, "item_f1": 0, "repair": 0, "likely": 0, "untouched": 0},
			"missed      制定仓库的年度盘点计划；\nmissed      核对入库单与实物的数量；\nmissed      大专以上学历\nmissed      驾驶叉车搬运托盘。\n" +
				"unrepaired  盘奌 → 盘点\nunrepaired  入岸单 → 入库单\nharmed      叉车\nlikely      not ‹以下略›: 以下咯\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := best()
			maps.Copy(want, c.want)
			figures, detail := Rate(parse(t, base), c.change(baseFound()))
			if diff := cmp.Diff(want, named(figures), near9()); diff != "" {
				t.Errorf("-want +got:\n%s%s", diff, strings.Join(detail.Lines(), "\n"))
			}
			if got := strings.Join(append(detail.Lines(), ""), "\n"); got != c.lines {
				t.Errorf("it says\n%swant\n%s", got, c.lines)
			}
		})
	}
}

// best is the figures of a page on which all is right.
func best() map[string]float64 {
	out := map[string]float64{}
	for _, f := range figures {
		out[f.name] = f.best()
	}
	return out
}

func named(f Figures) map[string]float64 {
	out := map[string]float64{}
	for i, v := range f {
		out[figures[i].name] = v
	}
	return out
}

func near9() cmp.Option {
	return cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
}

// TestRateNothing: where there is nothing to count, item figures are 0 and say
// nothing.
func TestRateNothing(t *testing.T) {
	figures, detail := Rate(parse(t, `{"positions": []}`), nil)
	if want := (Figures{0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1}); figures != want {
		t.Errorf("%v, want %v", figures, want)
	}
	for i, says := range detail.Counts.Says() {
		if says {
			t.Errorf("%s says something", Names()[i])
		}
	}
	if loss := detail.Counts.Loss(); loss != 0 {
		t.Errorf("the loss is %v", loss)
	}
}

// drawAnswer draws an answer with at least one item, of words that are unlike
// each other.
func drawAnswer(t *rapid.T) *Answer {
	a := &Answer{}
	words := rapid.Permutation(words).Draw(t, "words")
	text := func() string {
		w := words[0]
		words = words[1:]
		return w + rapid.SampledFrom([]string{"", "。", "；", " "}).Draw(t, "mark")
	}
	for len(words) > 4 && (len(a.Positions) == 0 || rapid.Bool().Draw(t, "more positions")) {
		p := AnswerPosition{Article: rapid.IntRange(0, 3).Draw(t, "article"), Sections: []AnswerSection{}}
		if rapid.Bool().Draw(t, "titled") {
			title := rapid.SampledFrom([]string{"出纳", "会计", "行政助理"}).Draw(t, "title")
			p.Title = &title
		}
		for len(words) > 2 && (len(p.Sections) == 0 || rapid.Bool().Draw(t, "more sections")) {
			s := AnswerSection{Kind: rapid.SampledFrom([]string{"responsibilities", "other", AnyKind}).Draw(t, "kind"), Items: []AnswerItem{}}
			for len(s.Items) == 0 || len(words) > 0 && rapid.Bool().Draw(t, "more items") {
				it := AnswerItem{Raw: text(), Fragment: len(s.Items) > 0 && rapid.Bool().Draw(t, "fragment")}
				if rapid.Bool().Draw(t, "numbered") {
					n := rapid.IntRange(0, 12).Draw(t, "n")
					it.N = &n
				}
				s.Items = append(s.Items, it)
			}
			p.Sections = append(p.Sections, s)
		}
		a.Positions = append(a.Positions, p)
	}
	first := a.Positions[0].Sections[0].Items[0].Raw
	a.Page.Boilerplate = []string{"版权所有"}
	a.Repairs.Certain = [][2]string{{"絶不在文中", string([]rune(first)[:2])}}
	a.Repairs.Likely = a.Repairs.Certain
	a.Repairs.Untouched = []string{first}
	return a
}

// words are unlike each other: no two share most letters.
var words = []string{
	"登记现金日记账", "编制资金周报", "保管空白支票", "开具增值税发票", "办理银行结算", "装订会计凭证", "核算员工工资", "申报个人所得税",
	"接待来访客人", "安排会议室", "采购办公用品", "收发快递信件", "更新通讯录", "组织体检", "维护考勤机", "盘点固定资产",
}

// itself is the answer as positions.
func itself(a *Answer) []record.Position {
	var out []record.Position
	for _, p := range a.Positions {
		q := record.Position{Article: record.ArticleRef{Ordinal: p.Article}, Title: p.Title}
		for _, s := range p.Sections {
			var items []record.Item
			for _, it := range s.Items {
				items = append(items, record.Item{Number: it.N, Text: it.Raw})
			}
			q.Sections = append(q.Sections, section(s.Kind, items...))
		}
		out = append(out, q)
	}
	return out
}

func TestAnswerRatedAgainstItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAnswer(t)
		figures, detail := Rate(a, itself(a))
		if diff := cmp.Diff(best(), named(figures)); diff != "" {
			t.Fatalf("-want +got:\n%s%s", diff, strings.Join(detail.Lines(), "\n"))
		}
		if detail.Counts.Loss() != 0 || len(detail.Lines()) > 0 {
			t.Fatalf("%v %q", detail.Counts, detail.Lines())
		}
	})
}

// TestRateKeepsItsBounds: whatever was found, figures lie between 0 and 1, and
// an item more or less on one side is told.
func TestRateKeepsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawAnswer(t), drawAnswer(t)
		figures, detail := Rate(a, itself(b))
		c := detail.Counts
		for i, v := range figures {
			if !(v >= 0 && v <= 1) {
				t.Errorf("%s is %v", Names()[i], v)
			}
		}
		if c.Matched+len(detail.Missed) != c.Wanted || c.Matched+len(detail.Extra) != c.Found {
			t.Errorf("%+v, %d missed, %d extra", c, len(detail.Missed), len(detail.Extra))
		}
		if (c.Loss() == 0) != (len(detail.Lines()) == 0) {
			t.Errorf("the loss is %v, and it says %q", c.Loss(), detail.Lines())
		}
	})
}

func TestAnswerEncodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := drawAnswer(t)
		var b bytes.Buffer
		if err := a.Encode(&b); err != nil {
			t.Fatal(err)
		}
		back, err := ParseAnswer(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(a, back); diff != "" {
			t.Fatalf("-want +got:\n%s", diff)
		}
	})
	var b bytes.Buffer
	if err := (&Answer{Positions: []AnswerPosition{{Article: 1}}}).Encode(&b); err != nil {
		t.Fatal(err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, b.Bytes()); err != nil {
		t.Fatal(err)
	}
	want := `{"page":{"articles":0,"boilerplate":[]},"positions":[{"article":1,"title":null,"sections":[]}],"repairs":{"certain":[],"likely":[],"untouched":[]}}`
	if strings.TrimSpace(compact.String()) != want {
		t.Errorf("%s, want %s", compact.String(), want)
	}
}

func TestParseAnswer(t *testing.T) {
	a := parse(t, "\ufeff"+base)
	if a.Page.Articles != 2 || a.Page.DeclaredArticles != 0 || len(a.Positions) != 2 || a.Positions[1].Sections[0].Items[0].Raw != "驾驶叉车搬运托盘。" {
		t.Errorf("%+v", a)
	}
	raw := parse(t, `{"positions": [{"sections": [{"items": [{"raw": "", "text": "b", "children": [{"text": "c"}]}]}]}]}`)
	if it := raw.Positions[0].Sections[0].Items[0]; it.Raw != "" || it.Children[0].Raw != "c" {
		t.Errorf("%+v", it)
	}
	for text, want := range map[string]string{
		`[]`: "cannot unmarshal array", `{`: "unexpected end", `{"schema": "zhize/1"}`: `no "positions"`,
		`{"positions": [], "repairs": {"likely": [["a", "b", "c"]]}}`: `a likely repair is [before, after], not ["a" "b" "c"]`,
		`{"positions": [{"sections": [{"items": [{"n": "第一"}]}]}]}`:   "cannot unmarshal string",
	} {
		if _, err := ParseAnswer([]byte(text)); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "is no answer: ") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestSummary: the mean weighs pages, and only those that say something; pooled
// figures weigh items.
func TestSummary(t *testing.T) {
	var s Summary
	s.Add(Counts{Matched: 1, Wanted: 1, Found: 1, Number: Share{1, 1}, Noise: Share{0, 1}})
	s.Add(Counts{Matched: 0, Wanted: 9, Found: 3, Noise: Share{1, 3}})
	s.Add(Counts{})
	mean, pooled := named(s.Mean()), named(s.Pooled.Figures())
	for name, want := range map[string][2]float64{
		"item_p": {.5, .25}, "item_r": {.5, .1}, "number": {1, 1}, "noise": {1.0 / 6, .25}, "title": {1, 1},
	} {
		if got := [2]float64{mean[name], pooled[name]}; math.Abs(got[0]-want[0])+math.Abs(got[1]-want[1]) > 1e-9 {
			t.Errorf("%s: mean and pooled %v, want %v", name, got, want)
		}
	}
	if s.Pages != 3 || s.Perfect != 2 {
		t.Errorf("%d pages, %d perfect", s.Pages, s.Perfect)
	}
}

func TestFiguresAsJSON(t *testing.T) {
	data, err := json.Marshal(Counts{Matched: 1, Wanted: 3, Found: 2}.Figures())
	want := `{"item_p":0.5,"item_r":0.3333333333333333,"item_f1":0.4,"split_f1":1,"number":1,"title":1,"kind":1,"article":1,"noise":0,"repair":1,"likely":1,"untouched":1}`
	if err != nil || string(data) != want {
		t.Errorf("%s, %v", data, err)
	}
}

// TestAlignAnywhere: what is not among the next items is looked for everywhere,
// and each found item serves once.
func TestAlignAnywhere(t *testing.T) {
	var gold, found [][]rune
	for i := range 100 {
		gold = append(gold, letters(fmt.Sprintf("%s第%d条", strings.Repeat(string(rune('一'+i)), 20), i)))
	}
	found = append(found, gold[50:]...)
	found = append(found, gold[:50]...)
	found = append(found, gold[0])
	for g, f := range align(gold, found) {
		if want := (g + 50) % 100; f != want {
			t.Errorf("%d is paired with %d, want %d", g, f, want)
		}
	}
}

func TestUnknownKindIsNoAnswer(t *testing.T) {
	_, err := ParseAnswer([]byte(`{"positions":[{"sections":[{"kind":"dutys","items":[]}]}]}`))
	if err == nil || !strings.Contains(err.Error(), `"dutys"`) {
		t.Errorf("error %v", err)
	}
}
