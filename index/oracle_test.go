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
	"zhize/internal/dutygen"
	"zhize/record"
)

// item is a duty as the oracle sees it.
type item struct {
	id     string
	folded string
	terms  map[string]int // how often it has each word
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
					id: record.ItemID(p.ID, n), folded: analysis.Fold(it.Text), terms: map[string]int{},
					kind: s.Kind, title: analysis.Fold(*p.Title), number: *it.Number, same: record.Letters(it.Text),
				}
				a.Terms(x.folded, func(term string, _, _ int) { x.terms[term]++; x.length++ })
				items = append(items, x)
			}
		}
	}
	return items
}

// oracle answers a query by looking at every item. It knows the rules of the
// documentation and none of the sets that a search makes.
type oracle struct {
	items   []item
	words   *analysis.Analyzer
	average float64
	counts  map[string]float64 // items that have a leaf, by field
}

func times(folded string, open bool, in string) int {
	return analysis.NewPhrase(folded, open).Times(in)
}

// inText is how often the text has a leaf; a prefix of a word counts once.
func (o *oracle) inText(q query.Query, it *item) int {
	switch q := q.(type) {
	case query.Word:
		folded := analysis.Fold(q.Text)
		if o.words.WordTerm(folded) {
			return it.terms[folded]
		}
		return times(folded, false, it.folded)
	case query.Phrase:
		return times(analysis.Fold(q.Text), false, it.folded)
	}
	folded := analysis.Fold(q.(query.Prefix).Text)
	if !o.words.OneTerm(folded) {
		return times(folded, true, it.folded)
	}
	for term := range it.terms {
		if strings.HasPrefix(term, folded) {
			return 1
		}
	}
	return 0
}

// said is the text of a leaf, folded.
func said(q query.Query) (folded string, open bool) {
	switch q := q.(type) {
	case query.Word:
		return analysis.Fold(q.Text), false
	case query.Phrase:
		return analysis.Fold(q.Text), false
	}
	return analysis.Fold(q.(query.Prefix).Text), true
}

func (o *oracle) inTitle(q query.Query, it *item) bool {
	folded, open := said(q)
	return times(folded, open, it.title) > 0
}

// answer is how an item answers: no answer, or its match and whether it does so
// by itself and not by a part of the title.
type answer struct {
	holds   bool
	match   match
	support bool
	leafy   bool
}

func (o *oracle) answer(q query.Query, it *item) answer {
	switch q := q.(type) {
	case query.And:
		a := answer{holds: true, match: words}
		for _, p := range q {
			b := o.answer(p, it)
			a.holds, a.match = a.holds && b.holds, max(a.match, b.match)
			a.support, a.leafy = a.support || b.leafy && b.support, a.leafy || b.leafy
		}
		a.holds = a.holds && (a.support || !a.leafy)
		a.leafy, a.support = true, true
		return a
	case query.Or:
		a := answer{match: other, leafy: true, support: true}
		for _, p := range q {
			if b := o.answer(query.And{p}, it); b.holds {
				a.holds, a.match = true, min(a.match, b.match)
			}
		}
		return a
	case query.Not:
		b := o.answer(query.And{q.Of}, it)
		return answer{holds: !b.holds || b.match > words, match: words}
	case query.Kind:
		return answer{holds: it.kind == q.Kind, match: words}
	case query.Number:
		return answer{holds: it.number == q.Number, match: words}
	case query.Field:
		return answer{holds: strings.Contains(it.title, analysis.Fold(q.Text)), match: words}
	}
	folded, open := said(q)
	switch {
	case o.inText(q, it) > 0 || it.title == folded:
		return answer{true, words, true, true}
	case o.inTitle(q, it):
		return answer{true, title, !open && len([]rune(folded)) > 1 && strings.HasSuffix(it.title, folded), true}
	}
	return answer{leafy: true}
}

// score is BM25 written out.
func (o *oracle) score(q query.Query, it *item) float64 {
	sum := 0.0
	switch q := q.(type) {
	case query.And:
		if !o.answer(q, it).holds {
			return 0
		}
		for _, p := range q {
			sum += o.score(p, it)
		}
		return sum
	case query.Or:
		for _, p := range q {
			sum += o.score(query.And{p}, it)
		}
		return sum
	case query.Word, query.Prefix, query.Phrase:
		total := float64(len(o.items))
		idf := func(field string, has func(it *item) bool) float64 {
			key := field + q.String()
			n, known := o.counts[key]
			if !known {
				for i := range o.items {
					if has(&o.items[i]) {
						n++
					}
				}
				o.counts[key] = n
			}
			return math.Log(1 + (total-n+0.5)/(n+0.5))
		}
		if tf := float64(o.inText(q, it)); tf > 0 {
			sum += idf("text", func(it *item) bool { return o.inText(q, it) > 0 }) * tf / (tf + 1.2*(1-0.75+0.75*float64(it.length)/o.average))
		}
		if o.inTitle(q, it) {
			title := idf("title", func(it *item) bool { return o.inTitle(q, it) }) / (1 + 1.2)
			if sum += title; said1(q) == it.title {
				sum += title
			}
		}
	}
	return sum
}

func said1(q query.Query) string {
	folded, _ := said(q)
	return folded
}

// rowOf is the words of a query that has nothing but words, phrases and filters
// that must all hold; of any other it is none.
func rowOf(q query.Query) (row []string) {
	and, many := q.(query.And)
	if !many {
		and = query.And{q}
	}
	for _, p := range and {
		switch p := p.(type) {
		case query.Word, query.Phrase:
			folded, _ := said(p)
			row = append(row, folded)
		case query.Or, query.Prefix:
			return nil
		}
	}
	return row
}

// exactly reports whether the words of a query stand side by side, or are the
// whole title.
func exactly(q query.Query, it *item) bool {
	row := rowOf(q)
	p, _ := analysis.NewRow(row)
	return len(row) < 2 || p.Holds(it.folded) || it.title == strings.Join(row, "")
}

func TestOracle(t *testing.T) {
	lines, _ := synthLines(11, 2500)
	x := open(t, lines)
	o := &oracle{items: oracleItems(t, lines), words: analysis.NewAnalyzer(jieba.Default()), counts: map[string]float64{}}
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
		if r.IntN(6) == 0 {
			return one(r, dutygen.Titles())
		}
		return one(r, []string{one(r, synthWords), one(r, synthWords), "java", "c*", "数*", "工*"})
	}
	any := func() string {
		switch r.IntN(7) {
		case 0:
			if s := part(); !analysis.NewPhrase(s, false).Empty() {
				return `"` + s + `"`
			}
		case 1:
			return "kind:" + one(r, dutygen.Kinds())
		case 2:
			return "number:" + fmt.Sprint(1+r.IntN(6))
		case 3:
			return "title:" + one(r, dutygen.Titles())
		case 4:
			return one(r, []string{"c++", "负责客户", "的沟通协调", "项", "供应商管*", "excel对*"})
		}
		return scored()
	}
	nonempty := 0
	for n := range 400 {
		var q string
		simple := n%2 == 0
		next := any
		if simple {
			next = scored
		}
		for i := range 1 + r.IntN(4) {
			switch {
			case i > 0 && r.IntN(3) == 0:
				q += " OR "
			case i > 0:
				q += " "
			}
			if !simple && r.IntN(4) == 0 {
				q += "-"
			}
			if !simple && r.IntN(5) == 0 {
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
			match match
			score float64
			size  int
		}
		order := func(a, b *best) int {
			switch {
			case a.match != b.match:
				return cmp.Compare(a.match, b.match)
			case math.Abs(a.score-b.score) > 1e-12:
				return cmp.Compare(b.score, a.score)
			}
			return cmp.Compare(a.id, b.id)
		}
		groups := map[string]*best{}
		for i := range o.items {
			it := &o.items[i]
			a := o.answer(query.And{tree}, it)
			if !a.holds {
				continue
			}
			now := &best{it.id, a.match, o.score(query.And{tree}, it), 1}
			if now.match == words && exactly(tree, it) || now.match == title && len(rowOf(tree)) > 1 && exactly(tree, it) {
				now.match = exact
			}
			g, ok := groups[it.same]
			if ok {
				now.size = g.size + 1
				if order(g, now) < 0 {
					g.size, now = now.size, g
				}
			}
			groups[it.same] = now
		}
		var want []*best
		for _, g := range groups {
			want = append(want, g)
		}
		slices.SortFunc(want, order)
		res := find(t, x, Request{Query: q, Limit: 5000, NoSynonyms: true})
		if res.Total != len(want) || len(res.Hits) != len(want) {
			t.Fatalf("%s: %d results and %d hits, want %d", q, res.Total, len(res.Hits), len(want))
		}
		if len(want) > 0 {
			nonempty++
		}
		for i, w := range want {
			h := res.Hits[i]
			if h.ID != w.id || h.Match != matchNames[w.match] || math.Abs(h.Score-w.score) > 1e-9 || h.Duplicates != w.size-1 {
				t.Fatalf("%s: hit %d is %s %s %v +%d, want %s %s %v +%d", q, i,
					h.ID, h.Match, h.Score, h.Duplicates, w.id, matchNames[w.match], w.score, w.size-1)
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
