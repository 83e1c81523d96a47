package judged

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize/index"
	"zhize/internal/evaluate"
	"zhize/internal/pagegen"
	"zhize/record"
)

var update = flag.Bool("update", false, "write the golden file anew")

const queries, golden = "../../testdata/queries/judged.txt", "../../testdata/queries/stats.tsv"

// generated are the made pages beside the annotated ones: seed and number.
var generated = [...]struct {
	seed  uint64
	pages int
}{{3, 150}, {1009, 150}}

// corpus is the answers of the annotated and of made pages as positions, so that
// figures change with the search alone and not with the extraction.
func corpus(t *testing.T) (lines []byte, duties []Duty) {
	var b bytes.Buffer
	pages, seen := 0, map[string]bool{}
	add := func(name string, a evaluate.Answer) {
		pages++
		for i, p := range a.Positions {
			out := record.Position{
				Schema: record.Schema, ID: fmt.Sprintf("%016x-p%03d", pages, i+1), Ordinal: i + 1, Title: p.Title,
				Page: record.PageRef{ID: fmt.Sprintf("%016x", pages), URI: name}, Article: record.ArticleRef{Ordinal: p.Article},
			}
			var items func(list []evaluate.AnswerItem, kind string) []record.Item
			items = func(list []evaluate.AnswerItem, kind string) (made []record.Item) {
				for _, it := range list {
					made = append(made, record.Item{Number: it.N, Text: it.Raw, Flags: []string{}, Children: items(it.Children, kind)})
					d := Duty{Text: it.Raw, Kind: kind}
					if p.Title != nil {
						d.Title = *p.Title
					}
					if key := record.Letters(it.Raw) + "\n" + d.Title + "\n" + kind; !seen[key] {
						seen[key] = true
						duties = append(duties, d)
					}
				}
				return made
			}
			for _, s := range p.Sections {
				out.Sections = append(out.Sections, record.Section{Kind: s.Kind, Items: items(s.Items, s.Kind)})
			}
			if err := record.Encode(&b, out); err != nil {
				t.Fatal(err)
			}
		}
	}
	names, err := filepath.Glob("../../testdata/gold/*.json")
	if err != nil || len(names) < 60 {
		t.Fatalf("%d answers: %v", len(names), err)
	}
	for _, name := range names {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		a, err := evaluate.ParseAnswer(data)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		add(filepath.Base(name), *a)
	}
	for _, g := range generated {
		gen, err := pagegen.New(g.seed, pagegen.Options{Recurring: 0.3})
		if err != nil {
			t.Fatal(err)
		}
		for i := range g.pages {
			page, a := gen.Page(i)
			add(fmt.Sprintf("%d/%s", g.seed, page.Name), a)
		}
	}
	return b.Bytes(), duties
}

// search gives the first hits, those of the first suggestion where nothing is
// found: what a person sees who follows it.
func search(t *testing.T, x *index.Index, q string) (hits []record.Hit, followed string) {
	res, err := x.Search(context.Background(), index.Request{Query: q, Limit: Depth})
	if err != nil {
		t.Fatalf("%s: %v", q, err)
	}
	if res.Total == 0 && len(res.Suggestions) > 0 {
		hits, _ := search(t, x, res.Suggestions[0].Query)
		return hits, res.Suggestions[0].Query
	}
	return res.Hits, ""
}

// TestJudged rates every query and compares with the golden file, in which each
// change of the ranking shows.
func TestJudged(t *testing.T) {
	data, err := os.ReadFile(queries)
	if err != nil {
		t.Fatal(err)
	}
	list, err := Parse(string(data))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) < 80 {
		t.Errorf("only %d queries", len(list))
	}
	lines, duties := corpus(t)
	dir := t.TempDir()
	if _, err := index.Build(context.Background(), dir, bytes.NewReader(lines), nil); err != nil {
		t.Fatal(err)
	}
	x, err := index.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()

	type sums struct {
		Rating
		n int
	}
	var rows strings.Builder
	groups, order := map[string]*sums{}, []string{}
	for _, q := range list {
		best := map[string]int{} // by letters: equal ones are one hit
		for _, d := range duties {
			key := record.Letters(d.Text)
			best[key] = max(best[key], q.Grade(d))
		}
		var all []int
		relevant := 0
		for _, g := range best {
			all = append(all, g)
			if g > 0 {
				relevant++
			}
		}
		if relevant == 0 {
			t.Errorf("no duty answers %s", q.Text)
			continue
		}
		hits, followed := search(t, x, q.Text)
		var grades []int
		for _, h := range hits {
			d := Duty{Text: h.Text, Kind: h.Kind}
			if h.Title != nil {
				d.Title = *h.Title
			}
			grades = append(grades, q.Grade(d))
		}
		r := Rate(grades, all)
		fmt.Fprintf(&rows, "%s\t%s\t%d\t%d\t%.3f\t%s\n", q.Group, q.Text, relevant, r.Best, r.NDCG, followed)
		for _, name := range []string{q.Group, "all"} {
			g, ok := groups[name]
			if !ok {
				g = &sums{}
				groups[name], order = g, append(order, name)
			}
			g.n++
			g.Recall1, g.Recall5 = g.Recall1+r.Recall1, g.Recall5+r.Recall5
			g.Reciprocal, g.NDCG = g.Reciprocal+r.Reciprocal, g.NDCG+r.NDCG
		}
	}
	var out strings.Builder
	out.WriteString("group\tqueries\trecall@1\trecall@5\tMRR\tnDCG@10\n")
	order = append(slices.DeleteFunc(order, func(s string) bool { return s == "all" }), "all")
	for _, name := range order {
		g, n := groups[name], float64(groups[name].n)
		fmt.Fprintf(&out, "%s\t%d\t%.3f\t%.3f\t%.3f\t%.3f\n", name, g.n, g.Recall1/n, g.Recall5/n, g.Reciprocal/n, g.NDCG/n)
	}
	fmt.Fprintf(&out, "\ngroup\tquery\trelevant\tbest at\tnDCG@10\tfollowed\n%s", &rows)
	if *update {
		if err := os.WriteFile(golden, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Split(out.String(), "\n")
	for i, line := range strings.Split(string(want), "\n") {
		if i >= len(got) || got[i] != line {
			t.Errorf("the ranking has changed; look at each change, then -update:\n- %s\n+ %s", line, slices.Concat(got, make([]string, i+1))[i])
		}
	}
}

func TestRate(t *testing.T) {
	for _, test := range []struct {
		hits, all []int
		want      Rating
	}{
		{[]int{3, 1}, []int{1, 3, 0}, Rating{1, 1, 1, 1, 1}},
		{[]int{1, 3}, []int{3, 1}, Rating{2, 0, 1, 0.5, (1 + 7/math.Log2(3)) / (7 + 1/math.Log2(3))}},
		{[]int{0, 0, 0, 0, 0, 3}, []int{3}, Rating{6, 0, 0, 1.0 / 6, 1 / math.Log2(7)}},
		{nil, []int{3}, Rating{}},
		{[]int{0}, []int{0}, Rating{}},
		{[]int{2, 2}, []int{3, 2, 2}, Rating{0, 0, 0, 0, (3 + 3/math.Log2(3)) / (7 + 3/math.Log2(3) + 3/2.0)}},
	} {
		if got := Rate(test.hits, test.all); math.Abs(got.NDCG-test.want.NDCG) > 1e-12 || got.Best != test.want.Best ||
			got.Recall1 != test.want.Recall1 || got.Recall5 != test.want.Recall5 || got.Reciprocal != test.want.Reciprocal {
			t.Errorf("Rate(%v, %v) = %+v, want %+v", test.hits, test.all, got, test.want)
		}
	}
}

func TestParse(t *testing.T) {
	for in, why := range map[string]string{
		"\t3 text a": "line 1", "q\n\t0 text a": "line 2", "q\n\t3 body a": "body", "q\n\t3 text (": "line 2", "q\n\t3 text": "line 2", "q\n": "no grades",
	} {
		if _, err := Parse(in); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("Parse(%q): %v, want %s", in, err, why)
		}
	}
	list, err := Parse("# c\n= g\nq\n\t2 text a title ^b$\n\t1 kind c\n")
	if err != nil || len(list) != 1 || list[0].Group != "g" {
		t.Fatalf("%v, %v", list, err)
	}
	for d, want := range map[Duty]int{{"xa", "b", ""}: 2, {"xa", "bb", "c"}: 1, {"xa", "bb", ""}: 0} {
		if got := list[0].Grade(d); got != want {
			t.Errorf("%+v is worth %d, want %d", d, got, want)
		}
	}
}
