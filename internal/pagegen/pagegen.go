package pagegen

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"zhize/internal/evaluate"
	"zhize/internal/pagegen/internal/bank"
	"zhize/internal/pagegen/internal/furniture"
	"zhize/internal/pagegen/internal/noise"
	"zhize/internal/pagegen/internal/render"
	"zhize/internal/pagegen/internal/sheet"
)

// Options say what pages are like. The zero value draws everything from the
// tables and makes clean pages.
type Options struct {
	// Noise scales the rates of faults: 0 makes clean pages, 1 the rates that
	// were met. Above 1 faults are more frequent than on real pages.
	Noise float64
	// Articles and Positions are how many a page has, Bytes the least size of
	// its text in UTF-8; 0 draws them.
	Articles, Positions, Bytes int
	// Shapes restricts the choices to those named, as [Shapes] lists them: of
	// each table that is named at all, only the named rows are drawn. A part
	// that is named is on every page. If faults are named and Noise is not 0,
	// every page that can have them has these and no others.
	Shapes []string
	// Recurring is the share of duties that recur over pages, half of them with
	// small differences, as duties of templates do.
	Recurring float64
	// Sites is how many sites the pages are of, each with lines of its own on
	// most of its pages; 0 is none.
	Sites int
}

// Page is a generated page.
type Page struct {
	Name      string // letters, digits and a suffix that goes with the media type
	MediaType string // with its charset where the page would be served with one
	Data      []byte
	Host      string   // of its site; "" where it is of none
	Tags      []string // the rows of the tables that made it, and its faults
}

// Generator makes pages. It is safe for concurrent use.
type Generator struct {
	seed    uint64
	o       Options
	bank    *bank.Bank
	allowed map[string]bool
	faults  bool // the options name faults
	sites   []furniture.Site
}

// New is a generator for a seed. Its errors name options that are out of range
// or unknown.
func New(seed uint64, o Options) (*Generator, error) {
	b, err := bank.Load()
	if err != nil {
		return nil, err
	}
	if o.Noise < 0 || o.Recurring < 0 || o.Recurring > 1 || o.Articles < 0 || o.Positions < 0 || o.Bytes < 0 || o.Sites < 0 {
		return nil, fmt.Errorf("%+v is out of range: nothing may be negative, Recurring is at most 1", o)
	}
	g := &Generator{seed: seed, o: o, bank: b, allowed: make(map[string]bool)}
	for i := range o.Sites {
		g.sites = append(g.sites, furniture.New(seed, i))
	}
	known := Shapes()
	for _, name := range o.Shapes {
		if !slices.Contains(known, name) {
			return nil, fmt.Errorf("there is no shape %q; shapes are, for example, %s", name, strings.Join(known[:3], ", "))
		}
		g.allowed[name] = true
		g.faults = g.faults || strings.HasPrefix(name, noise.TagPrefix)
	}
	return g, nil
}

// Shapes are the names that [Options].Shapes takes: the rows of all tables, the
// parts of pages, the kinds of fault.
func Shapes() []string {
	var out []string
	for _, t := range tables {
		for _, r := range t.rows {
			out = append(out, t.name+"/"+r.name)
		}
	}
	for _, p := range parts {
		out = append(out, partPrefix+p.name)
	}
	for _, k := range noise.Kinds() {
		out = append(out, noise.TagPrefix+k.Name)
	}
	return out
}

// stream is a source of numbers for one concern of one page, so that what one
// concern draws does not change the others.
func (g *Generator) stream(i int, concern uint64) *rand.Rand {
	return rand.New(rand.NewPCG(g.seed^concern*0x9E3779B97F4A7C15, uint64(i)*0xBF58476D1CE4E5B9+concern))
}

// The concerns.
const (
	ofPlan uint64 = iota + 1
	ofContent
	ofNoise
	ofRender
	ofFurniture
)

// Page makes page i and its answer.
func (g *Generator) Page(i int) (Page, evaluate.Answer) {
	s, how := g.sheet(i)
	data := render.Page(s, g.stream(i, ofRender), how)
	return Page{
		Name:      fmt.Sprintf("%07d%s", i, how.Suffix()),
		MediaType: how.MediaType(),
		Data:      data,
		Host:      g.host(i),
		Tags:      s.Tags,
	}, answer(s)
}

// site is the site of page i, nil for none.
func (g *Generator) site(i int) *furniture.Site {
	if len(g.sites) == 0 {
		return nil
	}
	return &g.sites[i%len(g.sites)]
}

func (g *Generator) host(i int) string {
	if s := g.site(i); s != nil {
		return s.Host
	}
	return ""
}

// Furniture are the lines of its site on page i, as they are shown there.
func (g *Generator) Furniture(i int) []string {
	s, _ := g.sheet(i)
	var out []string
	for k := range s.Lines {
		if l := &s.Lines[k]; l.Role == sheet.Furniture {
			out = append(out, string(s.Show(nil, l.Text.Clean)))
		}
	}
	return out
}

// sheet is page i before it is written down.
func (g *Generator) sheet(i int) (*sheet.Sheet, render.How) {
	s, how := g.planned(i)
	if g.o.Noise > 0 {
		noise.Apply(s, g.stream(i, ofNoise), g.chance, nil)
	}
	return s, how
}

// planned is page i without faults.
func (g *Generator) planned(i int) (*sheet.Sheet, render.How) {
	p := &planner{
		Generator: g,
		plan:      g.stream(i, ofPlan), content: g.stream(i, ofContent),
		s: &sheet.Sheet{}, number: i, home: g.site(i),
	}
	how := p.page()
	return p.s, how
}

// chance is how often a page is given a fault.
func (g *Generator) chance(k *noise.Kind) float64 {
	switch {
	case !g.faults:
		return k.Rate() * g.o.Noise
	case g.allowed[noise.TagPrefix+k.Name]:
		return 1
	}
	return 0
}
