package index

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhize/index/internal/analysis"
	"zhize/index/jieba"
	"zhize/index/query"
	"zhize/record"
)

// item is a duty as the oracle sees it.
type item struct {
	id     string
	folded string
	terms  map[string]bool
	length int
	kind   string
	title  string
	number int
	same   string // what duplicates share
}

func oracleItems(t *testing.T, lines []byte) (items []item) {
	a := analysis.NewAnalyzer(jieba.Default())
	for line := range strings.Lines(string(lines)) {
		var p record.Position
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, s := range p.Sections {
			for _, it := range s.Items {
				n++
				x := item{
					id: record.ItemID(p.ID, n), folded: analysis.Fold(it.Text), terms: map[string]bool{},
					kind: s.Kind, title: analysis.Fold(*p.Title), number: *it.Number, same: record.Letters(it.Text),
				}
				a.Terms(x.folded, func(term string, _, _ int) { x.terms[term] = true; x.length++ })
				items = append(items, x)
			}
		}
	}
	return items
}

// oracle answers a query by looking at every item.
type oracle struct {
	items   []item
	words   *analysis.Analyzer
	average float64
	counts  map[query.Query]float64 // items that have a leaf
}

func (o *oracle) leaf(q query.Query) func(*item) bool {
	phrase := func(folded string, open bool) func(*item) bool {
		p := analysis.NewPhrase(folded, open)
		return func(it *item) bool {
			holds := false
			p.In(it.folded, func(int, int) bool { holds = true; return false })
			return holds
		}
	}
	switch q := q.(type) {
	case query.Word:
		folded := analysis.Fold(q.Text)
		if o.words.WordTerm(folded) {
			return func(it *item) bool { return it.terms[folded] }
		}
		return phrase(folded, false)
	case query.Phrase:
		return phrase(analysis.Fold(q.Text), false)
	case query.Prefix:
		folded := analysis.Fold(q.Text)
		if o.words.OneTerm(folded) {
			return func(it *item) bool {
				for term := range it.terms {
					if strings.HasPrefix(term, folded) {
						return true
					}
				}
				return false
			}
		}
		return phrase(folded, true)
	}
	return nil
}

func (o *oracle) holds(q query.Query, it *item) bool {
	switch q := q.(type) {
	case query.And:
		for _, p := range q {
			if !o.holds(p, it) {
				return false
			}
		}
		return true
	case query.Or:
		for _, p := range q {
			if o.holds(p, it) {
				return true
			}
		}
		return false
	case query.Not:
		return !o.holds(q.Of, it)
	case query.Kind:
		return it.kind == q.Kind
	case query.Number:
		return it.number == q.Number
	case query.Field:
		return strings.Contains(it.title, analysis.Fold(q.Text))
	}
	return o.leaf(q)(it)
}

// score is BM25 written out. It is only asked of words and prefixes, whose
// frequency is exact.
func (o *oracle) score(q query.Query, it *item) float64 {
	switch q := q.(type) {
	case query.And:
		sum := 0.0
		if !o.holds(q, it) {
			return 0
		}
		for _, p := range q {
			sum += o.score(p, it)
		}
		return sum
	case query.Or:
		sum := 0.0
		for _, p := range q {
			sum += o.score(p, it)
		}
		return sum
	case query.Word, query.Prefix:
		f := o.leaf(q)
		if !f(it) {
			return 0
		}
		n, known := o.counts[q]
		if !known {
			for i := range o.items {
				if f(&o.items[i]) {
					n++
				}
			}
			o.counts[q] = n
		}
		total := float64(len(o.items))
		return math.Log(1+(total-n+0.5)/(n+0.5)) / (1 + 1.2*(1-0.75+0.75*float64(it.length)/o.average))
	}
	return 0
}

func TestOracle(t *testing.T) {
	lines, _ := synthLines(11, 2500)
	x := open(t, lines)
	o := &oracle{items: oracleItems(t, lines), words: analysis.NewAnalyzer(jieba.Default()), counts: map[query.Query]float64{}}
	total := 0
	for i := range o.items {
		total += o.items[i].length
	}
	o.average = float64(total) / float64(len(o.items))
	r := rand.New(rand.NewPCG(4, 2))
	part := func() string {
		runes := []rune(o.items[r.IntN(len(o.items))].folded)
		from := r.IntN(len(runes))
		return strings.NewReplacer(`"`, "", `\`, "").Replace(string(runes[from:min(len(runes), from+1+r.IntN(6))]))
	}
	scored := func() string {
		return one(r, []string{one(r, synthNouns), one(r, synthVerbs), "java", "c*", "数*", "工*"})
	}
	any := func() string {
		switch r.IntN(7) {
		case 0:
			if s := part(); strings.Trim(s, " ，；、。") != "" {
				return `"` + s + `"`
			}
		case 1:
			return "kind:" + one(r, synthKinds)
		case 2:
			return "number:" + fmt.Sprint(1+r.IntN(6))
		case 3:
			return "title:" + one(r, synthTitle)
		case 4:
			return one(r, []string{"c++", "负责客户", "的沟通协调", "项", "供应商管*", "excel对*"})
		}
		return scored()
	}
	nonempty := 0
	for n := range 400 {
		var q string
		justScored := n%2 == 0
		next := any
		if justScored {
			next = scored
		}
		for i := range 1 + r.IntN(4) {
			switch {
			case i > 0 && r.IntN(3) == 0:
				q += " OR "
			case i > 0:
				q += " "
			}
			if !justScored && r.IntN(4) == 0 {
				q += "-"
			}
			if !justScored && r.IntN(5) == 0 {
				q += "(" + next() + " OR " + next() + ")"
			} else {
				q += next()
			}
		}
		tree, err := query.Parse(q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		type best struct {
			id    string
			score float64
			size  int
		}
		groups := map[string]*best{}
		for i := range o.items {
			it := &o.items[i]
			if !o.holds(tree, it) {
				continue
			}
			s := o.score(tree, it)
			g, ok := groups[it.same]
			switch {
			case !ok:
				groups[it.same] = &best{it.id, s, 1}
				continue
			case s > g.score+1e-12 || math.Abs(s-g.score) <= 1e-12 && it.id < g.id:
				g.id, g.score = it.id, s
			}
			g.size++
		}
		var want []*best
		for _, g := range groups {
			want = append(want, g)
		}
		slices.SortFunc(want, func(a, b *best) int {
			if math.Abs(a.score-b.score) > 1e-12 {
				return cmp.Compare(b.score, a.score)
			}
			return cmp.Compare(a.id, b.id)
		})
		res := find(t, x, Request{Query: q, Limit: 5000})
		if res.Total != len(want) || len(res.Hits) != len(want) {
			t.Fatalf("%s: %d results and %d hits, want %d", q, res.Total, len(res.Hits), len(want))
		}
		if len(want) > 0 {
			nonempty++
		}
		byID := map[string]record.Hit{}
		for _, h := range res.Hits {
			byID[h.ID] = h
		}
		for i, w := range want {
			if justScored {
				h := res.Hits[i]
				if h.ID != w.id || math.Abs(h.Score-w.score) > 1e-9 || h.Duplicates != w.size-1 {
					t.Fatalf("%s: hit %d is %s %v +%d, want %s %v +%d", q, i, h.ID, h.Score, h.Duplicates, w.id, w.score, w.size-1)
				}
			}
		}
	}
	if nonempty < 200 {
		t.Errorf("only %d of 400 queries find anything", nonempty)
	}
}

// TestHighlightsHold: every hit of a word, a phrase or a prefix shows where.
func TestHighlightsHold(t *testing.T) {
	lines, _ := synthLines(12, 1000)
	x := open(t, lines)
	for _, q := range []string{"客户", "Java", "C++", `"的沟通协调"`, "供应*", "数据 OR 合同", "项"} {
		for _, h := range find(t, x, Request{Query: q, Limit: 1000}).Hits {
			n, last := len([]rune(h.Text)), -1
			for _, s := range h.Highlights {
				if s[0] <= last || s[1] <= s[0] || s[1] > n {
					t.Fatalf("%s: %v in %q", q, h.Highlights, h.Text)
				}
				last = s[1]
			}
			if len(h.Highlights) == 0 {
				t.Fatalf("%s: nothing is highlighted in %q", q, h.Text)
			}
		}
	}
}

func TestConcurrentSearches(t *testing.T) {
	lines, _ := synthLines(13, 2000)
	x := open(t, lines)
	reqs := []Request{
		{Query: "客户"}, {Query: `"数据报表" OR c++`}, {Title: "会计", Facets: []string{"title", "site"}}, {Query: "项*", GroupBy: "page"},
	}
	var want []string
	for _, req := range reqs {
		want = append(want, fmt.Sprint(find(t, x, req).Total))
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for i, req := range reqs {
				res, err := x.Search(context.Background(), req)
				if err != nil || fmt.Sprint(res.Total) != want[i] {
					t.Errorf("%+v: %v, %v", req, res, err)
				}
			}
		})
	}
	group.Wait()
}
