package corpus

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/zeebo/xxh3"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// Comparison is what another program, other evidence or other rules changed
// between two runs over the same pages, which are told by their URI.
type Comparison struct {
	A         Side         `json:"a"`
	B         Side         `json:"b"`
	OnlyA     int          `json:"only_a"` // pages
	OnlyB     int          `json:"only_b"`
	Same      int          `json:"same"`    // pages with the same positions
	Changed   int          `json:"changed"` // pages with others
	ItemsGone int          `json:"items_gone"`
	ItemsNew  int          `json:"items_new"`
	Pages     []PageChange `json:"pages"` // the first twenty that changed
}

// Side is one of the two runs.
type Side struct {
	Dir      string        `json:"dir"`
	Build    string        `json:"build"`
	Evidence string        `json:"evidence"`
	Counts   record.Totals `json:"counts"`
}

// PageChange is what changed on a page: titles and items, each behind the kind of
// its section.
type PageChange struct {
	URI  string   `json:"uri"`
	A    string   `json:"a"` // id of the page
	B    string   `json:"b"`
	Gone []string `json:"gone"`
	New  []string `json:"new"`
}

// shownChanges is how many changed pages a comparison shows.
const shownChanges = 20

// said is one thing that a position says, as it is compared.
type said struct {
	kind, text string
	number     int // 0: none
}

func (s said) hash() uint64 {
	return xxh3.HashString(s.kind + "\n" + strconv.Itoa(s.number) + "\n" + s.text)
}

func (s said) String() string {
	if s.number > 0 {
		return fmt.Sprintf("%s %d. %s", s.kind, s.number, s.text)
	}
	return s.kind + " " + s.text
}

// saidBy lists what a position says: its title, its fields and its items.
func saidBy(p *record.Position) []said {
	var out []said
	if p.Title != nil {
		out = append(out, said{"title", *p.Title, 0})
	}
	for k, v := range p.Fields {
		out = append(out, said{"field " + k, v, 0})
	}
	for i := range p.Sections {
		kind := p.Sections[i].Kind
		derive.Items(p.Sections[i].Items, func(it *record.Item) {
			s := said{kind, it.Text, 0}
			if it.Number != nil {
				s.number = *it.Number
			}
			out = append(out, s)
		})
	}
	return out
}

// pageSum stands for what a page says, whatever the order of its fields.
type pageSum struct {
	id  string
	sum uint64
}

// Compare compares two finished runs. Memory grows with the pages, and with the
// items of those that changed.
func Compare(a, b string) (*Comparison, error) {
	c := &Comparison{Pages: []PageChange{}}
	var sums [2]map[string]pageSum
	for i, dir := range [...]string{a, b} {
		side := [...]*Side{&c.A, &c.B}[i]
		m, err := store.FinishedManifest(dir)
		if err != nil {
			return nil, err
		}
		*side = Side{Dir: dir, Build: m.Versions.Build, Evidence: m.Configuration.Evidence, Counts: m.Counts}
		if sums[i], err = sumPages(dir); err != nil {
			return nil, fmt.Errorf("compare: %w", err)
		}
	}
	changed := map[string]bool{}
	for uri, x := range sums[0] {
		y, ok := sums[1][uri]
		switch {
		case !ok:
			c.OnlyA++
		case x.sum == y.sum:
			c.Same++
		default:
			c.Changed++
			changed[uri] = true
		}
	}
	c.OnlyB = len(sums[1]) - c.Same - c.Changed
	if err := c.details(a, b, changed, sums); err != nil {
		return nil, fmt.Errorf("compare: %w", err)
	}
	return c, nil
}

// sumPages sums the pages of a run up, by URI; of two with one URI the last counts.
func sumPages(dir string) (map[string]pageSum, error) {
	sums := map[string]pageSum{}
	err := lines.Each(filepath.Join(dir, store.PagesName), func(p *struct{ URI, ID string }) error {
		sums[p.URI] = pageSum{id: p.ID}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = lines.Each(filepath.Join(dir, store.PositionsName), func(p *record.Position) error {
		s := sums[p.Page.URI]
		for _, x := range saidBy(p) {
			s.sum += x.hash() | 1
		}
		sums[p.Page.URI] = s
		return nil
	})
	return sums, err
}

// details counts what the changed pages say in one run only, and shows it for the
// first of them.
func (c *Comparison) details(a, b string, changed map[string]bool, sums [2]map[string]pageSum) error {
	if len(changed) == 0 {
		return nil
	}
	left := map[string]map[uint64]int{} // by page: said in a, and not yet met in b
	err := lines.Each(filepath.Join(a, store.PositionsName), func(p *record.Position) error {
		if !changed[p.Page.URI] {
			return nil
		}
		if left[p.Page.URI] == nil {
			left[p.Page.URI] = map[uint64]int{}
		}
		for _, x := range saidBy(p) {
			left[p.Page.URI][x.hash()]++
		}
		return nil
	})
	if err != nil {
		return err
	}
	shown := map[string]*PageChange{}
	show := func(uri string) *PageChange {
		if p := shown[uri]; p != nil || len(shown) == shownChanges {
			return p
		}
		shown[uri] = &PageChange{URI: uri, A: sums[0][uri].id, B: sums[1][uri].id, Gone: []string{}, New: []string{}}
		return shown[uri]
	}
	var order []string
	err = lines.Each(filepath.Join(b, store.PositionsName), func(p *record.Position) error {
		if !changed[p.Page.URI] {
			return nil
		}
		for _, x := range saidBy(p) {
			if n := left[p.Page.URI][x.hash()]; n > 0 {
				left[p.Page.URI][x.hash()]--
				continue
			}
			c.ItemsNew++
			if s := show(p.Page.URI); s != nil {
				s.New = append(s.New, x.String())
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	err = lines.Each(filepath.Join(a, store.PositionsName), func(p *record.Position) error {
		if !changed[p.Page.URI] {
			return nil
		}
		if len(order) == 0 || order[len(order)-1] != p.Page.URI {
			order = append(order, p.Page.URI)
		}
		for _, x := range saidBy(p) {
			if n := left[p.Page.URI][x.hash()]; n > 0 {
				left[p.Page.URI][x.hash()]--
				c.ItemsGone++
				if s := show(p.Page.URI); s != nil {
					s.Gone = append(s.Gone, x.String())
				}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, uri := range order {
		if s := shown[uri]; s != nil {
			c.Pages = append(c.Pages, *s)
			delete(shown, uri)
		}
	}
	for _, uri := range slices.Sorted(maps.Keys(shown)) { // pages that say nothing in a
		c.Pages = append(c.Pages, *shown[uri])
	}
	return nil
}
