package index

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"zhize/index/query"
	"zhize/record"
)

// TestGolden pins the total, the first hit and its highlights.
func TestGolden(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	for _, test := range []struct {
		query string
		total int
		first string
	}{
		{"", 37, "负责客户关系的维护，每季度上门回访一次，并把意见写进客户档案。"},
		{"回访", 1, "负责客户关系的维护，每季度上门[回访]一次，并把意见写进客户档案。"},
		{"客户", 4, "负责[客户]关系的维护，每季度上门回访一次，并把意见写进[客户]档案。"}, // twice
		{"客户 档案", 1, "负责[客户]关系的维护，每季度上门回访一次，并把意见写进[客户档案]。"},
		{"客户 投诉", 1, "处理[客户投诉]，三个工作日内给出书面答复。"},
		{"客户 -投诉 -满意度", 2, ""},
		{"投诉 OR 贷款", 2, ""},
		{"(投诉 OR 贷款) 客户", 2, ""},
		{"投诉 OR 贷款 签约", 2, ""},
		// Word boundaries: 产品 is in 生产品质 as characters only.
		{"产品", 2, ""},
		{`"产品"`, 3, ""},
		{`"产品质"`, 1, "控制生[产品质]，降低次品率。"},
		{`"产品的性能"`, 1, "接待到店客人，介绍[产品的性能]与价格。"},
		// A phrase inside and across longer words.
		{`"据分析"`, 2, ""},
		{`"户关"`, 1, "负责客[户关]系的维护，每季度上门回访一次，并把意见写进客户档案。"},
		{"数据分析", 2, ""},
		{"云原生", 1, "维护 K8s 集群和[云原生]监控平台，处理线上故障。"},
		{"税", 1, "按時申報增值[税]，配合[税]務機關檢查。"},
		// Punctuation parts a phrase unless the phrase has some there too.
		{`"维护每季度"`, 0, ""},
		{`"维护，每季度"`, 1, "负责客户关系的[维护，每季度]上门回访一次，并把意见写进客户档案。"},
		// Latin: whole words, whatever their case and width.
		{"java", 2, ""},
		{"ＪＡＶＡ", 2, ""},
		{"java*", 3, ""},
		{"javascript", 1, "熟悉[JavaScript]，能独立完成页面。"},
		{"k8s", 1, "维护 [K8s] 集群和云原生监控平台，处理线上故障。"},
		{"c++", 1, "了解 [C++] 或 Go 语言者优先。"},
		{"go", 1, "了解 C++ 或 [Go] 语言者优先。"},
		{"excel PPT", 1, "熟练使用 [Excel]、[PPT] 等办公软件，会用 CRM 系统。"},
		{"mysql 熟悉", 1, "三年以上 Java 开发经验，[熟悉] Spring 与 [MySQL]。"},
		// Traditional and simplified find each other.
		{"记账凭证", 1, "審核原始憑證，編製[記賬憑證]。"},
		{"數據庫", 1, "设计[数据库]表结构，优化慢查询。"},
		{"税务", 1, "按時申報增值税，配合[税務]機關檢查。"},
		{"銀行　對賬", 1, "每月與[銀行對賬]，編製餘額調節表。"},
		// Prefixes.
		{"数据*", 4, ""},
		{"满意*", 1, "组织客户[满意度]调查，分析不[满意]的原因。"},
		// Filters in the query.
		{"title:经理", 6, ""},
		{"title:會計 凭证", 1, ""},
		{"title:会计 kind:权限", 1, "有權拒絕不合規的報銷。"},
		{"kind:任职要求", 6, ""},
		{"kind:benefits", 1, "五险一金，包食宿，年底双薪。"},
		{"site:zhaopin", 11, ""},
		{"site:fanben.example 工作", 3, ""},
		{"article:篇二", 5, ""},
		{"number:3 客户", 2, ""},
		{"number:3", 7, ""},
		{"客户 -title:客户经理", 2, ""},
		{"title:经理 OR kind:福利", 7, ""},
		{"-kind:responsibilities", 10, ""},
		{"-客户", 33, ""},
		// Words of punctuation are left out; alone they find nothing.
		{"客户 / 投诉", 1, "处理[客户投诉]，三个工作日内给出书面答复。"},
		{`\-`, 0, ""},
		{"不存在的词", 0, ""},
		{"number:999", 0, ""},
		{"title:不存在", 0, ""},
	} {
		res := find(t, x, Request{Query: test.query})
		if res.Total != test.total {
			t.Errorf("%q: %d results, want %d", test.query, res.Total, test.total)
			for _, h := range res.Hits {
				t.Logf("  %s", marked(h))
			}
		}
		if test.first != "" && (len(res.Hits) == 0 || marked(res.Hits[0]) != test.first) {
			t.Errorf("%q: first of %d hits is not %s", test.query, len(res.Hits), test.first)
			for _, h := range res.Hits {
				t.Logf("  %s", marked(h))
			}
		}
		if len(res.Hits) != min(res.Total, 10) {
			t.Errorf("%q: %d hits of %d", test.query, len(res.Hits), res.Total)
		}
		if !slices.IsSortedFunc(res.Hits, func(a, b record.Hit) int {
			if a.Match != b.Match {
				return slices.Index(matchNames[:], a.Match) - slices.Index(matchNames[:], b.Match)
			}
			if a.Score != b.Score {
				return int(b.Score*1e9) - int(a.Score*1e9)
			}
			return strings.Compare(a.ID, b.ID)
		}) {
			t.Errorf("%q: hits are not in order of match, score and id", test.query)
		}
	}
}

func TestHit(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	h := find(t, x, Request{Query: "盘点"}).Hits[0]
	if h.ID != "0000000000000061-p003-i003" || h.Position != "0000000000000061-p003" || h.Number != nil ||
		h.Kind != "responsibilities" || *h.Title != "售后主管" || *h.Article != "客户部岗位说明篇三" ||
		h.Page.ID != "0000000000000061" || h.Page.URI != "a.html" || *h.Page.Site != "www.fanben.example" ||
		*h.Page.Title != "客户部岗位说明(三篇)" || !slices.Equal(h.Flags, []string{"truncated", "repeated"}) ||
		h.Span[1]-h.Span[0] != len([]rune(h.Text)) || h.Score <= 0 || h.Duplicates != 0 {
		t.Errorf("%+v", h)
	}
	h = find(t, x, Request{Query: "制订生产计划"}).Hits[0]
	if h.Title != nil || h.Article != nil || h.Page.Site != nil || h.Flags == nil {
		t.Errorf("what the page lacks is not null: %+v", h)
	}
	if h = find(t, x, Request{Query: "年底双薪"}).Hits[0]; *h.Number != 1 {
		t.Errorf("number %d", *h.Number)
	}
}

// TestDuplicates: one duty stands three times, once in traditional characters
// (other letters) and twice with other punctuation (equal letters).
func TestDuplicates(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	q := "领导交办"
	for _, by := range []string{"", "duty"} {
		res := find(t, x, Request{Query: q, GroupBy: by})
		if res.Total != 2 || res.Hits[0].Duplicates != 1 || res.Hits[1].Duplicates != 0 {
			t.Fatalf("%d results: %+v", res.Total, res.Hits)
		}
		if id := res.Hits[0].ID; id != "0000000000000061-p001-i004" {
			t.Errorf("of equal duties %s is shown", id)
		}
	}
	res := find(t, x, Request{Query: q, Title: "顾问"})
	if res.Total != 1 || res.Hits[0].Duplicates != 0 || *res.Hits[0].Title != "销售顾问" {
		t.Errorf("a filter leaves the duplicate: %+v", res.Hits)
	}
}

func TestGroups(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	for by, want := range map[string]int{"duty": 37, "position": 7, "page": 4} {
		res := find(t, x, Request{GroupBy: by, Limit: 100})
		if res.Total != want || len(res.Hits) != want {
			t.Errorf("by %s: %d results, %d hits, want %d", by, res.Total, len(res.Hits), want)
		}
		seen := map[string]bool{}
		for _, h := range res.Hits {
			key := map[string]string{"duty": h.ID, "position": h.Position, "page": h.Page.ID}[by]
			if seen[key] {
				t.Errorf("by %s: %s stands twice", by, key)
			}
			seen[key] = true
		}
	}
	// The best of each position.
	res := find(t, x, Request{Query: "客户 OR 投诉", GroupBy: "page"})
	if res.Total != 1 || !strings.Contains(res.Hits[0].Text, "投诉") {
		t.Errorf("%d: %+v", res.Total, res.Hits)
	}
}

func TestPaging(t *testing.T) {
	lines, _ := synthLines(7, 3000)
	x := open(t, lines)
	for _, sort := range []string{"score", "number", "page"} {
		all := find(t, x, Request{Query: "合同 OR 客户", Limit: 10_000, Sort: sort})
		if all.Total < 300 || len(all.Hits) != all.Total {
			t.Fatalf("%d results, %d hits", all.Total, len(all.Hits))
		}
		var got []string
		for offset := 0; offset <= all.Total; offset += 37 {
			res := find(t, x, Request{Query: "合同 OR 客户", Limit: 37, Offset: offset, Sort: sort})
			if res.Total != all.Total {
				t.Fatalf("total %d at offset %d", res.Total, offset)
			}
			for _, h := range res.Hits {
				got = append(got, h.ID)
			}
		}
		var want []string
		for _, h := range all.Hits {
			want = append(want, h.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("by %s: the pages do not add up to the whole", sort)
		}
	}
	if res := find(t, x, Request{Query: "合同", Offset: 1 << 40}); len(res.Hits) != 0 || res.Total == 0 {
		t.Errorf("behind the end: %d hits of %d", len(res.Hits), res.Total)
	}
}

func TestSort(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	numbers := []int{}
	for _, h := range find(t, x, Request{Sort: "number", Limit: 100}).Hits {
		n := 1 << 30
		if h.Number != nil {
			n = *h.Number
		}
		numbers = append(numbers, n)
	}
	if !slices.IsSorted(numbers) || numbers[0] != 1 || numbers[36] != 1<<30 {
		t.Errorf("by number: %d", numbers)
	}
	var ids []string
	for _, h := range find(t, x, Request{Sort: "page", Limit: 100}).Hits {
		ids = append(ids, h.ID)
	}
	if !slices.IsSorted(ids) || len(ids) != 37 {
		t.Errorf("by page: %q", ids)
	}
}

// TestFacets: a count is the total of the same search with the filter added.
func TestFacets(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	for _, by := range []string{"duty", "position"} {
		req := Request{Query: "工作 OR 客户 OR 数据*", GroupBy: by, Facets: []string{"kind", "title", "site"}}
		res := find(t, x, req)
		if len(res.Facets) != 3 || res.Facets[0].Field != "kind" || res.Facets[1].Field != "title" {
			t.Fatalf("%+v", res.Facets)
		}
		for _, f := range res.Facets {
			if len(f.Values) == 0 || f.Others != 0 {
				t.Errorf("%+v", f)
			}
			for _, v := range f.Values {
				with := req
				switch f.Field {
				case "kind":
					with.Kind = v.Value
				case "title":
					with.Title = v.Value
				case "site":
					with.Site = v.Value
				}
				if n := find(t, x, with).Total; n != v.Count {
					t.Errorf("by %s, %s %s: counted %d, found %d", by, f.Field, v.Value, v.Count, n)
				}
			}
		}
	}
	if res := find(t, x, Request{Query: "不存在", Facets: []string{"kind"}}); len(res.Facets) != 1 || len(res.Facets[0].Values) != 0 {
		t.Errorf("facets of nothing: %+v", res.Facets)
	}
}

func TestRequestFilters(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	for _, test := range []struct {
		req  Request
		want string // the same as a query
	}{
		{Request{Title: "经理"}, "title:经理"},
		{Request{Query: "客户 OR 数据", Kind: "职责"}, "(客户 OR 数据) kind:职责"},
		{Request{Query: "工作", Site: "fanben", Article: "篇一"}, "工作 site:fanben article:篇一"},
	} {
		a, b := find(t, x, test.req), find(t, x, Request{Query: test.want})
		if a.Total != b.Total || a.Total == 0 {
			t.Errorf("%+v: %d results, %s: %d", test.req, a.Total, test.want, b.Total)
		}
	}
}

func TestBadRequests(t *testing.T) {
	x := open(t, corpus(t, "testdata/duties.txt"))
	for _, test := range []struct {
		req  Request
		want string
	}{
		{Request{Limit: -1}, "negative"},
		{Request{Offset: -1}, "negative"},
		{Request{Sort: "date"}, "score, count, number or page"},
		{Request{GroupBy: "site"}, "duty, canonical, position or page"},
		{Request{Facets: []string{"article"}}, "title, kind or site"},
		{Request{Kind: "x"}, "responsibilities"},
		{Request{Query: "a\x00"}, "NUL"},
	} {
		if _, err := x.Search(context.Background(), test.req); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: %v", test.req, err)
		}
	}
	_, err := x.Search(context.Background(), Request{Query: "客户 ("})
	var syntax *query.SyntaxError
	if !errors.As(err, &syntax) || syntax.Pos != 7 {
		t.Errorf("a syntax error is %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, Request{Query: "客户"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled search ends with %v", err)
	}
}

func TestEmptyIndex(t *testing.T) {
	x := open(t, nil)
	for _, q := range []string{"", "客户", `"客户"`, "客*", "-a", "title:a kind:other number:1"} {
		res := find(t, x, Request{Query: q, Facets: []string{"title"}})
		if res.Total != 0 || len(res.Hits) != 0 || res.Hits == nil {
			t.Errorf("%q: %+v", q, res)
		}
	}
	if n := x.Info().Documents; n != 0 {
		t.Errorf("%d documents", n)
	}
}
