package zhize_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize"
	"zhize/document"
	"zhize/evidence"
	"zhize/normalize"
)

// pageItems are the texts of a page's items.
func pageItems(d *document.Document) []string {
	var out []string
	d.Walk(func(_ *document.Article, _ *document.Position, _ *document.Section, it *document.Item) {
		out = append(out, d.Text(it.Span))
	})
	return out
}

// learnt is what the pages and the texts teach together.
func learnt(t *testing.T, pages [][]byte, texts ...string) zhize.Evidence {
	t.Helper()
	dir := t.TempDir()
	l := evidence.NewLearner(dir, 0)
	for _, p := range pages {
		d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: p}, nil)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, pageItems(d)...)
	}
	for _, text := range texts {
		if err := l.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "evidence")
	if err := l.Write(path); err != nil {
		t.Fatal(err)
	}
	e, err := evidence.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return zhize.Knowledge{Corpus: e}.Evidence()
}

// companions are the pages of testdata/corpus.
func companions(t *testing.T) [][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/corpus/*.txt")
	if err != nil || len(names) < 3 {
		t.Fatalf("testdata/corpus: %v, %v", names, err)
	}
	var pages [][]byte
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, data)
	}
	return pages
}

// slips are the repairs of a page by rule slip, made and suggested.
func slips(d *document.Document) (made, suggested []string) {
	for _, e := range d.Edits {
		if e.Rule == "slip" {
			made = append(made, e.Before+">"+e.After)
		}
	}
	for _, e := range d.Suggested {
		if e.Rule == "slip" {
			suggested = append(suggested, e.Before+">"+e.After)
		}
	}
	return made, suggested
}

func TestSlips(t *testing.T) {
	const page = `内勤岗位职责
1、每月十日前汇总销售业续的统计报表；
2、登记来访客户的咨询、报诉、建议；
3、收发信件、包襃、报刊；
4、为固定资产建主台账，账实相符；
5、核对《业续管理办法》的条款；
6、为石家庄业续有限公司开具发票；
7、公话私打者按制度处罚；`
	pages := append(companions(t), []byte(page))
	d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: []byte(page)}, learnt(t, pages))
	if err != nil {
		t.Fatal(err)
	}
	made, _ := slips(d)
	if want := []string{"续>绩", "报>投", "襃>裹", "主>立"}; !slices.Equal(made, want) {
		t.Errorf("made %v, want %v", made, want)
	}
	alone, err := zhize.Process(zhize.Input{URI: "page.txt", Data: []byte(page)}, learnt(t, [][]byte{[]byte(page)}))
	if err != nil {
		t.Fatal(err)
	}
	if made, suggested := slips(alone); len(made)+len(suggested) > 0 {
		t.Errorf("from one page alone: made %v, suggested %v", made, suggested)
	}
	for _, p := range companions(t) {
		d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: p}, learnt(t, pages))
		if err != nil {
			t.Fatal(err)
		}
		if made, _ := slips(d); len(made) > 0 {
			t.Errorf("a clean page: made %v", made)
		}
	}
}

// TestGap joins words that a space parts where the corpus has none, and leaves
// the space of a list.
func TestGap(t *testing.T) {
	const page = "内勤岗位职责\n1、每月十日前汇总销售 业绩的统计报表；\n2、签收信件 包裹 报刊；\n3、登记咨询 投诉 建议；"
	d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: []byte(page)}, learnt(t, append(companions(t), []byte(page))))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(pageItems(d), "|"); got != "每月十日前汇总销售业绩的统计报表；|签收信件 包裹 报刊；|登记咨询 投诉 建议；" {
		t.Errorf("got %s", got)
	}
}

// TestDecisions has people decide: what is wrong is repaired, what is right is
// left, and a rule that is off does nothing.
func TestDecisions(t *testing.T) {
	const page = "内勤岗位职责\n1、汇总销售业续的统计报表,每月一次；\n2、为固定资产建主台账；"
	pages := append(companions(t), []byte(page))
	know := zhize.Knowledge{Words: words(t, "建主台账\n统计报表\t统计表\n"), Without: []string{"width"}}
	d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: []byte(page)}, know.Evidence())
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(pageItems(d), "|"); got != "汇总销售业续的统计表,每月一次；|为固定资产建主台账；" {
		t.Errorf("got %s", got)
	}
	l, ok := learnt(t, pages).(interface{ Hash() string })
	if !ok || l.Hash() == "" || know.Hash() == "" || (zhize.Knowledge{}).Hash() != "" {
		t.Error("knowledge does not name itself by its content")
	}
	for _, c := range []struct{ file, reason string }{
		{"业续\t业绩\t多", "line 1: has more than two columns"},
		{"# 说明\n\n\t业绩", "line 3: the word is empty"},
		{"业续\t业绩\n业续\t业余", "line 2: 业续 is decided twice"},
		{"目\t目录", "it would grow for ever"},
		{"业\t绩\n绩\t业", "in which"},
		{"\xff\t业", "line 1: is not UTF-8"},
		{strings.Repeat("长", 70), "line 1: a word has more than 64 characters"},
	} {
		if _, err := parseWords(c.file); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%q: %v, want %s", c.file, err, c.reason)
		}
	}
}

func parseWords(file string) (*normalize.Words, error) {
	return normalize.ParseWords(strings.NewReader(file))
}

func words(t *testing.T, file string) *normalize.Words {
	t.Helper()
	w, err := parseWords(file)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestSeedSlips runs the real page beside testdata/corpus: all that is certain is
// repaired, and nothing that must stay is touched.
func TestSeedSlips(t *testing.T) {
	data, err := os.ReadFile("../shared/seed/page.txt")
	if err != nil {
		t.Skip("the annotated page is not here")
	}
	d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: data}, learnt(t, append(companions(t), data)))
	if err != nil {
		t.Fatal(err)
	}
	made, _ := slips(d)
	slices.Sort(made)
	if want := []string{"主>立", "报>投", "目>日", "续>绩", "薄>簿", "襃>裹"}; !slices.Equal(made, want) {
		t.Errorf("made %v, want %v", made, want)
	}
}
