package index

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhize/record"
)

// shown is what a person sees of hits: text, how it matches and by what.
func shown(res *Result) (list []string) {
	for _, h := range res.Hits {
		s := marked(h) + " " + h.Match
		for _, r := range h.Related {
			s += fmt.Sprintf(" %s=%s/%s", r.Word, r.Found, r.By)
		}
		list = append(list, s)
	}
	return list
}

func TestMeanings(t *testing.T) {
	x := open(t, corpus(t, "testdata/meant.txt"))
	for _, test := range []struct {
		query string
		want  []string
	}{
		// Side by side, then all words, then the title, then what means the same.
		{"客户 投诉", []string{
			"处理[客户投诉]，两小时内答复。 exact",
			"处理[顾客抱怨]，并回访。 related 客户=顾客/synonym 投诉=抱怨/synonym",
		}},
		{"投诉 客户", []string{
			"处理[客户投诉]，两小时内答复。 words",
			"处理[顾客抱怨]，并回访。 related 客户=顾客/synonym 投诉=抱怨/synonym",
		}},
		{`"投诉"`, []string{"处理客户[投诉]，两小时内答复。 exact"}},
		{"客服主管 回访", []string{
			"处理顾客抱怨，并[回访]。 words", // the shorter
			"每周[回访]老客户，记录意见。 words",
		}},
		{"夜班 投诉", []string{"处理客户[投诉]，两小时内答复！ title"}},
		{"招聘", []string{
			"制定年度[招聘]计划，维护[招聘]渠道。 exact",
			"制订年度[招募]计划，开拓[招募]渠道。 title 招聘=招募/synonym",
		}},
		{"薪酬", []string{"与银行核对[工资]发放的明细。 related 薪酬=工资/synonym"}},
		{"-薪酬 银行", []string{"与[银行]核对工资发放的明细。 exact"}},
		// A title is what its end names: 招聘专员, not 招聘.
		{"专员 档案", []string{"会计[档案]按月移交，重复的凭证退回。 title"}},
		// Pinyin, with readings that differ from the usual ones.
		{"tousu", []string{"处理客户[投诉]，两小时内答复。 exact"}},
		{"kehu tousu", []string{"处理[客户投诉]，两小时内答复。 exact"}},
		{"ke hu tou su", []string{"处理[客户投诉]，两小时内答复。 exact"}},
		{"kehutousu", []string{"处理[客户投诉]，两小时内答复。 exact"}},
		{"KHTS", []string{"处理[客户投诉]，两小时内答复。 exact"}},
		{"kèhù -huifang", []string{"处理[客户]投诉，两小时内答复。 exact"}},
		{"yinhang", []string{"与[银行]核对工资发放的明细。 exact"}},
		{"kuaiji", []string{"[会计]档案按月移交，重复的凭证退回。 exact"}},
		{"chongfu", []string{"会计档案按月移交，[重复]的凭证退回。 exact"}},
		// What stands in a text in Latin letters stays.
		{"java", []string{"熟悉 [Java] 或 ERP 系统者优先。 exact"}},
		{"erp xitong", []string{"熟悉 Java 或 [ERP] [系统]者优先。 exact"}},
		{"qqqq", nil},
	} {
		res := find(t, x, Request{Query: test.query})
		if got := shown(res); !slices.Equal(got, test.want) {
			t.Errorf("%s finds\n  %s\nwant\n  %s", test.query, strings.Join(got, "\n  "), strings.Join(test.want, "\n  "))
		}
	}
	for _, q := range []string{"招聘", "薪酬", "客户 投诉"} {
		for _, h := range find(t, x, Request{Query: q, NoSynonyms: true}).Hits {
			if h.Match == "related" {
				t.Errorf("%s without synonyms finds %s", q, h.Text)
			}
		}
	}
	if res := find(t, x, Request{Query: "khts"}); len(res.ReadAs) != 1 || res.ReadAs[0].Word != "khts" || !slices.Equal(res.ReadAs[0].As, []string{"客户投诉"}) {
		t.Errorf("khts is read as %v", res.ReadAs)
	}
	if res := find(t, x, Request{Query: "java 客户"}); res.ReadAs != nil {
		t.Errorf("a Latin word of a text is read as %v", res.ReadAs)
	}
}

// TestTitleNames: the title alone finds its position's duties, the whole title
// before a longer one, which ends with it before a bracket.
func TestTitleNames(t *testing.T) {
	x := open(t, corpus(t, "testdata/meant.txt"))
	var got []string
	for _, h := range find(t, x, Request{Query: "客服主管", Limit: 99}).Hits {
		got = append(got, h.Position[14:]+" "+h.Match+" "+fmt.Sprint(h.TitleHighlights))
	}
	want := []string{"6d-p001 exact [[0 4]]", "6d-p001 exact [[0 4]]", "6d-p001 exact [[0 4]]", "6d-p001 exact [[0 4]]", "6e-p001 title [[2 6]]"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := find(t, x, Request{Query: "客服"}).Total; n != 0 {
		t.Errorf("客服, with which no title ends, finds %d", n)
	}
}

func TestSuggestions(t *testing.T) {
	x := open(t, corpus(t, "testdata/meant.txt"))
	for _, test := range []struct {
		query string
		want  []Suggestion
	}{
		{"客护", []Suggestion{{"客户", 3, Spelling}}},               // by sound
		{"投拆", []Suggestion{{"投诉", 2, Spelling}}},               // by shape
		{"诉投", []Suggestion{{"投诉", 2, Spelling}}},               // moved
		{"客护 投拆", []Suggestion{{"客户 投诉", 2, Spelling}}},         // both
		{"客护投诉", []Suggestion{{"客户投诉", 1, Spelling}}},           // in a phrase
		{`"客护投诉"`, []Suggestion{{`"客户投诉"`, 1, Spelling}}},       // quoted
		{"jaav", []Suggestion{{"java", 1, Spelling}}},           // Latin
		{"银行 火箭", []Suggestion{{"银行", 1, Without}}},             // nothing is like it
		{"-火箭 银航", []Suggestion{{"-火箭 银行", 1, Spelling}}},       // the rest stays
		{"客护 kind:任职要求", nil},                                   // not there either
		{"火贱箭", nil},                                            // like nothing
		{"店长", nil},                                             // a word, if of no text
		{"银行", nil},                                             // it is right
		{"火箭", nil},                                             // nothing to say
		{`\-`, nil},                                             // says nothing
		{"", nil},                                               // finds enough
		{"(客护 OR 火箭)", []Suggestion{{"客户 OR 火箭", 3, Spelling}}}, // an alternative
	} {
		if got := find(t, x, Request{Query: test.query}).Suggestions; !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", test.query, got, test.want)
		}
	}
	// Every suggestion finds what it says.
	lines, _ := synthLines(21, 2000)
	x = open(t, lines)
	for _, q := range []string{"招骋", "数剧库", "客护 投拆", "pyhton", "供应伤", "客护 合桐"} {
		res := find(t, x, Request{Query: q})
		if len(res.Suggestions) == 0 {
			t.Errorf("nothing is suggested for %s", q)
		}
		for _, p := range res.Suggestions {
			if n := find(t, x, Request{Query: p.Query}).Total; n != p.Total || n <= res.Total {
				t.Errorf("%s: %+v finds %d, %d before", q, p, n, res.Total)
			}
		}
	}
}

func TestSimilar(t *testing.T) {
	x := open(t, corpus(t, "testdata/meant.txt"))
	first := func(q string) record.Hit { return find(t, x, Request{Query: q}).Hits[0] }
	plan := first("年度招聘计划")
	res := find(t, x, Request{Similar: plan.ID})
	if res.Total != 1 || res.Hits[0].Text != "制订年度招募计划，开拓招募渠道。" || res.Hits[0].Score < 0.5 || res.Hits[0].Score > 1 {
		t.Errorf("like %s are %d: %+v", plan.Text, res.Total, res.Hits)
	}
	if got := marked(res.Hits[0]); !strings.Contains(got, "[制订年度招募计划]") {
		t.Errorf("what is common is not marked: %s", got)
	}
	// Neither itself nor what has equal letters.
	for _, h := range find(t, x, Request{Similar: first("处理客户投诉").ID}).Hits {
		if strings.HasPrefix(h.Text, "处理客户投诉") {
			t.Errorf("%s is like itself", h.Text)
		}
	}
	if n := find(t, x, Request{Similar: plan.ID, Kind: "任职要求"}).Total; n != 0 {
		t.Errorf("a filter leaves %d", n)
	}
	if n := find(t, x, Request{Similar: plan.ID, Query: "开拓"}).Total; n != 1 {
		t.Errorf("a query leaves %d", n)
	}
	for _, id := range []string{"x", "", plan.Position, plan.Position + "-i099", plan.Position + "-i1", plan.Position + "-i-01", "0000000000000000-p001-i001"} {
		if id == "" {
			continue
		}
		if _, err := x.Search(context.Background(), Request{Similar: id}); !errors.Is(err, ErrNoItem) {
			t.Errorf("%q: %v", id, err)
		}
	}
}
