package derive

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/record"
)

// settle finds the copies among pages of one position each.
func settle(t testing.TB, bodies [][]string) *CopyBook {
	t.Helper()
	book := NewCopyBook(t.TempDir())
	t.Cleanup(book.Close)
	for i, items := range bodies {
		page, positions := madePage(items...)
		page.ID = fmt.Sprintf("%016x", i)
		d := Of(uint64(i), &page, positions)
		if err := book.Add(&d); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	return book
}

func TestCopyBook(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	body, other := makeBody(r), makeBody(r)
	for len(body) < 8 {
		body = append(body, makeDuty(r))
	}
	marks := slices.Clone(body)
	marks[0] = strings.ReplaceAll(marks[0], "，", ",")
	book := settle(t, [][]string{
		body[:len(body)-1], // lost an item: the longest copy is kept
		other,
		body,
		{"——"},
		marks,
		nil,
		{"——"},
	})
	near := func(m Mark) Mark { m.Similarity = 0; return m }
	want := []Marks{
		{Page: Mark{Of: "0000000000000002", Kind: record.NearCopy}, Articles: []Mark{{Of: "0000000000000002-a001", Kind: record.NearCopy}},
			Positions: []Mark{{Of: "0000000000000002-p001", Kind: record.NearCopy}}},
		{Articles: []Mark{{}}, Positions: []Mark{{}}},
		{Articles: []Mark{{}}, Positions: []Mark{{}}},
		{Articles: []Mark{{}}, Positions: []Mark{{}}},
		{Page: Mark{"0000000000000002", record.ExactCopy, 1}, Articles: []Mark{{"0000000000000002-a001", record.ExactCopy, 1}},
			Positions: []Mark{{"0000000000000002-p001", record.ExactCopy, 1}}},
		{Articles: []Mark{{}}, Positions: []Mark{{}}},
		{Articles: []Mark{{}}, Positions: []Mark{{}}},
	}
	var totals record.Totals
	for i, w := range want {
		got := book.Marks(i)
		got.Count(&totals)
		if i == 0 {
			if s := got.Positions[0].Similarity; s < .72 || s >= 1 {
				t.Errorf("similarity %v", s)
			}
			got.Page, got.Articles[0], got.Positions[0] = near(got.Page), near(got.Articles[0]), near(got.Positions[0])
		}
		if diff := cmp.Diff(w, got); diff != "" {
			t.Errorf("page %d:\n%s", i, diff)
		}
	}
	if totals.DuplicatePages != 2 || totals.NearPages != 1 || totals.DuplicateArticles != 2 || totals.NearArticles != 1 ||
		totals.DuplicatePositions != 2 || totals.NearPositions != 1 {
		t.Errorf("totals %+v", totals)
	}
}

// TestFaultsDecide keeps the copy with fewer faults, also where it is shorter
// and comes later.
func TestFaultsDecide(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	body := append(makeBody(r), makeBody(r)...)
	book := NewCopyBook(t.TempDir())
	defer book.Close()
	for i, items := range [][]string{body, body[1:]} {
		page, positions := madePage(items...)
		page.ID = fmt.Sprintf("%016x", i)
		if i == 0 {
			positions[0].Sections[0].Missing = []int{4}
		}
		d := Of(uint64(i), &page, positions)
		if err := book.Add(&d); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Settle(context.Background()); err != nil {
		t.Fatal(err)
	}
	if a, b := book.Marks(0), book.Marks(1); a.Positions[0].Of != "0000000000000001-p001" || b.Positions[0].Of != "" {
		t.Errorf("marks %+v and %+v", a, b)
	}
}

// TestBoilerplateMakesNoCopies: what a site repeats around its pages, which is
// dropped, makes them neither alike nor different.
func TestBoilerplateMakesNoCopies(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	var frame strings.Builder
	for range 60 {
		frame.WriteString(makeDuty(r))
	}
	around := func(items []string, frame string) Derived {
		page, positions := madePage(items...)
		n, k := page.Regions[0].Span[1], len([]rune(frame))
		page.Source += frame
		page.Regions = append(page.Regions, record.Region{Span: record.Span{n, n + k}, Role: "dropped", Reason: "navigation"})
		return Of(0, &page, positions)
	}
	body := makeBody(r)
	a, b, c := around(body, frame.String()), around(makeBody(r), frame.String()), around(body, makeDuty(r))
	like := func(x, y Derived) float64 {
		p, q := x.Page.Sketch.Row(), y.Page.Sketch.Row()
		return p.Like(&q)
	}
	if like(a, b) > .3 || like(a, c) != 1 {
		t.Errorf("two pages of a site are alike by %.2f, the same text on two sites by %.2f", like(a, b), like(a, c))
	}
	// A page on which nothing was found is compared by all of its text.
	if page, _ := madePage(body...); true {
		page.Regions[0].Role, page.Regions[0].Reason = "dropped", "unplaced"
		if d := Of(0, &page, nil); like(a, d) < .9 {
			t.Errorf("prose is alike by %.2f", like(a, d))
		}
	}
}

// kind is a way in which a position differs from another one.
type kind struct {
	name  string
	floor float64 // the part that is found; 0: they are no copies
	make  func(r *rand.Rand, body []string) []string
}

// with is a body with another text in a place.
func with(body []string, i int, text string) []string {
	out := slices.Clone(body)
	out[i] = text
	return out
}

var kinds = []kind{
	{"marks mangled", 1, func(_ *rand.Rand, b []string) []string {
		return strings.Split(strings.NewReplacer("，", " ,", "；", ".", "和", "和 ").Replace(strings.Join(b, "\n")), "\n")
	}},
	{"slips in three items", .97, func(r *rand.Rand, b []string) []string {
		for range 3 {
			i := r.IntN(len(b))
			b = with(b, i, slip(r, b[i]))
		}
		return b
	}},
	{"a number changed", 1, func(_ *rand.Rand, b []string) []string {
		return with(b, 0, strings.TrimSuffix(b[0], "；")+"，合格率达到85%；")
	}},
	{"items in another order", 1, func(r *rand.Rand, b []string) []string {
		out := slices.Clone(b)
		r.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
		return out
	}},
	{"an item added", .97, func(r *rand.Rand, b []string) []string { return append(slices.Clone(b), makeDuty(r)) }},
	{"an item lost", .97, func(r *rand.Rand, b []string) []string {
		i := r.IntN(len(b))
		return slices.Delete(slices.Clone(b), i, i+1)
	}},
	{"an item changed", .75, func(r *rand.Rand, b []string) []string { return with(b, r.IntN(len(b)), makeDuty(r)) }},
	{"half of the items others", 0, func(r *rand.Rand, b []string) []string {
		for i := 0; i < len(b); i += 2 {
			b = with(b, i, makeDuty(r))
		}
		return b
	}},
	{"one item in common", 0, func(r *rand.Rand, b []string) []string { return append(makeBody(r), b[0]) }},
	{"other items of the same words", 0, func(r *rand.Rand, _ []string) []string { return makeBody(r) }},
}

// TestPositionsQuality measures how many copies of made positions are found, and
// how many others are taken for copies. With -v it shows the table of
// docs/evaluation.md.
func TestPositionsQuality(t *testing.T) {
	const each = 300
	r := rand.New(rand.NewPCG(9, 10))
	var bodies [][]string
	for _, k := range kinds {
		for range each {
			body := makeBody(r)
			bodies = append(bodies, body, k.make(r, body))
		}
	}
	book := settle(t, bodies)
	found, wrong, copies, all := make([]int, len(kinds)), 0, 0, 0
	for n := range bodies {
		m := book.Marks(n).Positions[0]
		if m.Of == "" {
			continue
		}
		var of int
		if _, err := fmt.Sscanf(m.Of, "%x-p001", &of); err != nil {
			t.Fatal(err)
		}
		if found[n/2/each]++; of/2 != n/2 {
			wrong++
			t.Errorf("%v repeats %v", bodies[n], bodies[of])
		}
	}
	for i, k := range kinds {
		share := float64(found[i]) / each
		t.Logf("%-30s %5.1f %%", k.name, 100*share)
		switch {
		case k.floor == 0 && found[i] > 0:
			t.Errorf("%s: %d are taken for copies", k.name, found[i])
			wrong += found[i]
		case k.floor > 0 && share < k.floor:
			t.Errorf("%s: %.3f are found, at least %.3f should be", k.name, share, k.floor)
		}
		if k.floor > 0 {
			all, copies = all+each, copies+found[i]
		}
	}
	t.Logf("precision %.4f, recall %.4f", float64(copies)/float64(copies+wrong), float64(copies)/float64(all))
}
