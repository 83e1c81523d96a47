package evaluate

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"zhize/record"
)

// item is an item of an answer, or one that was extracted.
type item struct {
	position, article int
	title, kind       string
	number            *int
	fragment          bool
	text              string
}

func (a *Answer) items() []item {
	var out []item
	for i, p := range a.Positions {
		for _, s := range p.Sections {
			for _, it := range s.Items {
				out = append(out, item{i, p.Article, deref(p.Title), s.Kind, it.N, it.Fragment, it.Raw})
			}
		}
	}
	return out
}

func found(positions []record.Position) []item {
	var out []item
	for i := range positions {
		p := &positions[i]
		for _, s := range p.Sections {
			for _, it := range s.Items {
				out = append(out, item{i, p.Article.Ordinal, deref(p.Title), s.Kind, it.Number, false, it.Text})
			}
		}
	}
	return out
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func texts(items []item) [][]rune {
	out := make([][]rune, len(items))
	for i := range items {
		out[i] = letters(items[i].text)
	}
	return out
}

// Rate compares the positions of one page, in their order, with its answer.
// Children of items are not compared. A page that gave no positions is rated
// with none.
func Rate(a *Answer, positions []record.Position) (Figures, Detail) {
	r := rater{gold: a.items(), found: found(positions)}
	r.Detail = Detail{Missed: []string{}, Extra: []string{}, Unrepaired: [][2]string{}, Harmed: []string{}, Differences: []Difference{}}
	foundTexts := texts(r.found)
	r.pairs = align(texts(r.gold), foundTexts)
	r.items()
	r.titles()
	r.splits()
	r.noise(a.Page.Boilerplate, foundTexts)
	r.repairs(&a.Repairs, positions)
	return r.Counts.Figures(), r.Detail
}

type rater struct {
	Detail
	gold, found []item
	pairs       []int // for each item of gold the one of found, or -1
}

// add counts one comparison for a figure.
func (r *rater) add(to *Share, good bool, figure, item, want, got string) {
	if to.add(good); !good {
		r.Differences = append(r.Differences, Difference{figure, item, want, got})
	}
}

// items counts what was found, and what the pairs agree in.
func (r *rater) items() {
	c := &r.Counts
	paired := make([]bool, len(r.found))
	c.Found = len(r.found)
	for i, g := range r.gold {
		p := r.pairs[i]
		if p >= 0 {
			paired[p] = true
		}
		switch {
		case g.fragment && p >= 0:
			c.Found--
			continue
		case g.fragment:
			continue
		}
		c.Wanted++
		if p < 0 {
			r.Missed = append(r.Missed, g.text)
			continue
		}
		f := r.found[p]
		c.Matched++
		if g.number != nil {
			r.add(&c.Number, f.number != nil && *f.number == *g.number, "number", g.text, number(g.number), number(f.number))
		}
		if g.kind != AnyKind {
			r.add(&c.Kind, f.kind == g.kind, "kind", g.text, g.kind, f.kind)
		}
		r.add(&c.Article, f.article == g.article, "article", g.text, strconv.Itoa(g.article), strconv.Itoa(f.article))
	}
	for i, f := range r.found {
		if !paired[i] {
			r.Extra = append(r.Extra, f.text)
		}
	}
}

func number(n *int) string {
	if n == nil {
		return "none"
	}
	return strconv.Itoa(*n)
}

// titles asks of each position with a title whether most of its matched items
// stand under that title.
func (r *rater) titles() {
	for from, to := 0, 0; from < len(r.gold); from = to {
		var under Share
		item, got := "", ""
		for to = from; to < len(r.gold) && r.gold[to].position == r.gold[from].position; to++ {
			g := r.gold[to]
			if g.title == "" || g.fragment || r.pairs[to] < 0 {
				continue
			}
			f := r.found[r.pairs[to]]
			if under.add(f.title == g.title); f.title != g.title {
				item, got = g.text, f.title
			}
		}
		if under.All > 0 {
			r.add(&r.Counts.Title, 2*under.Good > under.All, "title", item, r.gold[from].title, got)
		}
	}
}

// splits compares the borders between positions, wherever two items that
// follow each other among the matched ones of the answer show one.
func (r *rater) splits() {
	words := map[bool]string{true: "a new position", false: "the same position"}
	last := -1
	for i, g := range r.gold {
		if g.fragment || r.pairs[i] < 0 {
			continue
		}
		if last >= 0 {
			want := g.position != r.gold[last].position
			got := r.found[r.pairs[i]].position != r.found[r.pairs[last]].position
			switch {
			case want && got:
				r.Counts.SplitsRight++
			case got:
				r.Counts.SplitsWrong++
			case want:
				r.Counts.SplitsLost++
			}
			if want != got {
				r.Differences = append(r.Differences, Difference{"split_f1", g.text, words[want], words[got]})
			}
		}
		last = i
	}
}

// noise counts extracted items that hold boilerplate.
func (r *rater) noise(boilerplate []string, found [][]rune) {
	phrases := make([]string, len(boilerplate))
	for i, b := range boilerplate {
		phrases[i] = string(letters(b))
	}
	for i, f := range found {
		text := string(f)
		held := slices.IndexFunc(phrases, func(p string) bool { return p != "" && strings.Contains(text, p) })
		if r.Counts.Noise.add(held >= 0); held >= 0 {
			r.Differences = append(r.Differences, Difference{"noise", r.found[i].text, "", boilerplate[held]})
		}
	}
}

// repairs looks for repaired and surviving texts in all items and fields.
func (r *rater) repairs(want *AnswerRepairs, positions []record.Position) {
	if len(want.Certain)+len(want.Likely)+len(want.Untouched) == 0 {
		return
	}
	text := whole(positions)
	made := func(pair [2]string) bool {
		before, after := norm.NFKC.String(pair[0]), norm.NFKC.String(pair[1])
		return strings.Contains(text, after) && !strings.Contains(strings.ReplaceAll(text, after, ""), before)
	}
	for _, pair := range want.Certain {
		ok := made(pair)
		if r.Counts.Repair.add(ok); !ok {
			r.Unrepaired = append(r.Unrepaired, pair)
		}
	}
	for _, pair := range want.Likely {
		r.add(&r.Counts.Likely, made(pair), "likely", pair[0], pair[1], "")
	}
	for _, t := range want.Untouched {
		ok := strings.Contains(text, norm.NFKC.String(t))
		if r.Counts.Untouched.add(ok); !ok {
			r.Harmed = append(r.Harmed, t)
		}
	}
}

// whole is the text of all items and fields, a line each. Full-width and other
// forms of the same character count as one.
func whole(positions []record.Position) string {
	var lines []string
	for i := range positions {
		p := &positions[i]
		for _, s := range p.Sections {
			for _, it := range s.Items {
				lines = append(lines, it.Text)
			}
		}
		for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
			lines = append(lines, p.Fields[key])
		}
	}
	return norm.NFKC.String(strings.Join(lines, "\n"))
}
