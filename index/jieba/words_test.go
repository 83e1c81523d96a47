package jieba

import (
	"os"
	"slices"
	"strings"
	"testing"

	"zhize/index/jieba/internal/compile"
)

// TestWords holds the list to what it is for: every word is missing in gojieba's dictionary, which cuts it wrongly in
// one sentence at least; with the list it is cut as a word.
func TestWords(t *testing.T) {
	b, err := os.ReadFile("words.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := wordsOf(b)
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) || len(words) < 100 {
		t.Errorf("%d words, which must be sorted and distinct, one a line", len(words))
	}
	dir, err := compile.Locate()
	if err != nil {
		t.Skip("the dictionary without the words cannot be compiled: ", err)
	}
	src, err := compile.ReadSources(dir)
	if err != nil {
		t.Fatal(err)
	}
	img, err := compile.Compile(src)
	if err != nil {
		t.Fatal(err)
	}
	without, err := Open(img)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range words {
		if without.Has(w) {
			t.Errorf("gojieba's dictionary has %s", w)
		}
		wrong, whole := 0, 0
		for _, sentence := range []string{"负责X工作", "熟悉X", "X人员", "公司X与X的", "有X经验", "做好X，"} {
			text := strings.ReplaceAll(sentence, "X", w)
			at := strings.Index(text, w)
			want := Token{at, at + len(w)}
			if !slices.Contains(without.Cut(nil, text), want) {
				wrong++
			}
			if slices.Contains(Default().Cut(nil, text), want) {
				whole++
			}
		}
		if wrong == 0 || whole < 5 {
			t.Errorf("%s is cut wrongly in %d of 6 sentences without the list, and as a word in %d with it", w, wrong, whole)
		}
	}
	// Words beside which the list must not join what belongs to them.
	for _, text := range []string{
		"加入职工代表大会", "大安卓越", "每月例会", "一年审计", "拉新闻稿", "导医院", "每天交期货单", "同等级别", "年审计报告", "安卓越公司",
		"到医院就诊", "室内推车", "当地推广", "最大数据量", "较大模型号",
	} {
		if a, b := Default().Cut(nil, text), without.Cut(nil, text); !slices.Equal(a, b) {
			t.Errorf("%s is cut %q, without the list %q", text, tokens(text, a), tokens(text, b))
		}
	}
}
