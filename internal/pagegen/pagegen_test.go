package pagegen

import (
	"bytes"
	"html"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/noise"
	"zhize/internal/pagegen/internal/sheet"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"
)

func generator(t testing.TB, seed uint64, o Options) *Generator {
	t.Helper()
	g, err := New(seed, o)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestPagesArePure(t *testing.T) {
	o := Options{Noise: 1, Recurring: 0.3}
	g := generator(t, 7, o)
	var pages []Page
	for i := range 40 {
		p, _ := g.Page(i)
		pages = append(pages, p)
	}
	again := generator(t, 7, o)
	for i := 39; i >= 0; i-- {
		p, a := again.Page(i)
		if !reflect.DeepEqual(p, pages[i]) {
			t.Errorf("page %d differs when it is made alone", i)
		}
		if _, b := g.Page(i); !reflect.DeepEqual(a, b) {
			t.Errorf("the answer of page %d differs when it is made again", i)
		}
	}
	if p, _ := generator(t, 8, o).Page(0); bytes.Equal(p.Data, pages[0].Data) {
		t.Error("another seed makes the same page")
	}
	far, _ := g.Page(999_999)
	if far.Name[:7] != "0999999" || len(far.Data) == 0 {
		t.Errorf("page 999,999 is %s with %d bytes", far.Name, len(far.Data))
	}
}

// failer is a test or a property.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// decode is the page's text as its media type says, and fails where the bytes
// do not bear that out.
func decode(t failer, p *Page) string {
	t.Helper()
	text := p.Data
	var err error
	switch {
	case strings.HasSuffix(p.MediaType, "gb2312"):
		text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(text)
	case strings.HasSuffix(p.MediaType, "utf-16le"):
		text, err = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(text)
	}
	if err != nil || !utf8.Valid(text) || bytes.ContainsRune(text, utf8.RuneError) {
		t.Errorf("%s (%s) is not valid: %v", p.Name, p.MediaType, err)
	}
	return strings.ReplaceAll(string(bytes.TrimPrefix(text, []byte("\ufeff"))), "\r\n", "\n")
}

var (
	lineEnd = regexp.MustCompile(`<br ?/?>`)
	markup  = regexp.MustCompile(`<[^<>]*>`)
)

// visible is what a reader sees of a page, without tags.
func visible(t failer, p *Page) string {
	text := decode(t, p)
	if !strings.HasPrefix(p.MediaType, "text/html") {
		return text
	}
	return html.UnescapeString(markup.ReplaceAllString(lineEnd.ReplaceAllString(text, "\n"), ""))
}

func asIs(dst []byte, s string) []byte { return append(dst, s...) }

// TestAnswersStandOnTheirPages: the page shows every item, with its faults;
// without them that is the item of the answer; and its mark says its number.
func TestAnswersStandOnTheirPages(t *testing.T) {
	for _, scale := range []float64{0, 1, 6} {
		g := generator(t, 3, Options{Noise: scale})
		for i := range 250 {
			p, a := g.Page(i)
			s, _ := g.sheet(i)
			text := visible(t, &p)
			var raws []string
			for _, position := range a.Positions {
				for _, section := range position.Sections {
					for _, it := range section.Items {
						raws = append(raws, it.Raw)
					}
				}
			}
			n := 0
			for k := range s.Lines {
				l := &s.Lines[k]
				if l.Role != sheet.Item {
					continue
				}
				shown := string(l.Text.Append(nil, s.Show))
				if !strings.Contains(text, shown) {
					t.Fatalf("%s at %g does not show %q", p.Name, scale, shown)
				}
				back, ok := l.Text.Undo(string(l.Text.Append(nil, asIs)))
				if !ok || n == len(raws) || back != raws[n] {
					t.Fatalf("%s: item %d reads %q without its faults", p.Name, n, back)
				}
				if digits := strings.ReplaceAll(l.Label, " ", ""); startsWithDigit(digits) && !strings.HasPrefix(digits, strconv.Itoa(l.Number)) {
					t.Errorf("%s: the mark %q stands for %d", p.Name, l.Label, l.Number)
				}
				n++
			}
			if n != len(raws) {
				t.Errorf("%s shows %d items, its answer has %d", p.Name, n, len(raws))
			}
			checkAnswer(t, &p, s, text, raws)
		}
	}
}

// checkAnswer: titles and repairs stand on the page, boilerplate in no item.
func checkAnswer(t *testing.T, p *Page, s *sheet.Sheet, text string, raws []string) {
	a := answer(s)
	for _, b := range a.Page.Boilerplate {
		if slices.ContainsFunc(raws, func(raw string) bool { return strings.Contains(string(s.Show(nil, raw)), b) }) {
			t.Errorf("%s: the boilerplate %q stands in an item", p.Name, b)
		}
	}
	for _, list := range [][][2]string{a.Repairs.Certain, a.Repairs.Likely} {
		for _, r := range list {
			if !strings.Contains(text, r[0]) || r[0] == r[1] {
				t.Errorf("%s: the repair %q does not stand on the page", p.Name, r)
			}
		}
	}
	for _, u := range a.Repairs.Untouched {
		if !strings.Contains(text, u) {
			t.Errorf("%s: %q does not stand on the page", p.Name, u)
		}
	}
	letters := strings.NewReplacer(" ", "", "\n", "").Replace(text)
	for _, position := range a.Positions {
		if position.Title != nil && !strings.Contains(s.Title+letters, string(s.Show(nil, *position.Title))) && !slices.Contains(s.Tags, "noise/pinyin") {
			t.Errorf("%s: the title %s does not stand on the page", p.Name, *position.Title)
		}
		for _, section := range position.Sections {
			if len(section.Items) == 0 {
				t.Errorf("%s: a section of %v has no item", p.Name, position.Title)
			}
		}
	}
}

// sample is how many pages rates are taken over.
const sample = 2000

// within reports that n of all is a rate, give or take four standard deviations
// and one page.
func within(n, all int, rate float64) bool {
	rate = min(rate, 1)
	mean, deviation := rate*float64(all), math.Sqrt(rate*(1-rate)*float64(all))
	return math.Abs(float64(n)-mean) <= 4*deviation+1
}

func TestRatesAreThoseOfTheTables(t *testing.T) {
	g := generator(t, 5, Options{Noise: 1})
	drawn, tags := map[string]int{}, map[string]int{}
	for i := range sample {
		s, _ := g.planned(i)
		noise.Apply(s, g.stream(i, ofNoise), g.chance, func(k *noise.Kind, made bool) { drawn[k.Name]++ })
		for _, tag := range s.Tags {
			tags[tag]++
		}
	}
	for _, k := range noise.Kinds() {
		if k.Of != noise.Templates && k.Of != noise.Postings && k.Of != noise.OnePage || k.Source == "" {
			t.Errorf("%s has no sample", k.Name)
		}
		if !within(drawn[k.Name], sample, k.Rate()) {
			t.Errorf("%s was drawn %d times of %d, its rate is %.4f", k.Name, drawn[k.Name], sample, k.Rate())
		}
	}
	// Tables whose rows are used as they are drawn.
	for _, table := range tables {
		if !slices.Contains([]string{articles, renderings, charsets, chromes}, table.name) {
			continue
		}
		total := 0
		for _, r := range table.rows {
			total += r.weight
		}
		for _, r := range table.rows {
			tag := table.name + "/" + r.name
			if !within(tags[tag], sample, float64(r.weight)/float64(total)) {
				t.Errorf("%s is on %d pages of %d, its weight is %d of %d", tag, tags[tag], sample, r.weight, total)
			}
		}
	}
	for _, name := range Shapes() {
		isFault := strings.HasPrefix(name, noise.TagPrefix)
		if tags[name] == 0 && !isFault && name != markers+"/a)" { // that one is for items below items
			t.Errorf("no page has %s", name)
		}
	}
}

// TestEveryFaultCanBeMade: of a named fault, every page that can have it has it.
func TestEveryFaultCanBeMade(t *testing.T) {
	for _, k := range noise.Kinds() {
		tag := noise.TagPrefix + k.Name
		g := generator(t, 11, Options{Noise: 1, Shapes: []string{tag}})
		made := 0
		for i := 0; i < 400 && made < 3; i++ {
			s, _ := g.sheet(i)
			if slices.Contains(s.Tags, tag) {
				made++
			}
			for _, other := range s.Tags {
				if strings.HasPrefix(other, noise.TagPrefix) && other != tag {
					t.Errorf("%s was made where only %s was asked for", other, tag)
				}
			}
		}
		if made < 3 {
			t.Errorf("%s was made on %d pages of 400", tag, made)
		}
	}
}

func TestNoOptionsMakeItPanic(t *testing.T) {
	shapes := Shapes()
	rapid.Check(t, func(t *rapid.T) {
		o := Options{
			Noise:     rapid.SampledFrom([]float64{0, 0.5, 1, 20, 1000}).Draw(t, "noise"),
			Articles:  rapid.IntRange(0, 5).Draw(t, "articles"),
			Positions: rapid.IntRange(0, 5).Draw(t, "positions"),
			Bytes:     rapid.SampledFrom([]int{0, 0, 1, 20000}).Draw(t, "bytes"),
			Shapes:    rapid.SliceOfN(rapid.SampledFrom(shapes), 0, 8).Draw(t, "shapes"),
			Recurring: rapid.Float64Range(0, 1).Draw(t, "recurring"),
		}
		g, err := New(rapid.Uint64().Draw(t, "seed"), o)
		if err != nil {
			t.Fatal(err)
		}
		p, a := g.Page(rapid.IntRange(0, 1<<40).Draw(t, "page"))
		if len(p.Data) == 0 || len(a.Positions) == 0 || a.Page.Articles == 0 {
			t.Fatalf("%s is empty", p.Name)
		}
		decode(t, &p)
	})
}

func TestSizes(t *testing.T) {
	for _, size := range []int{10_000, 300_000} {
		p, a := generator(t, 1, Options{Bytes: size, Shapes: []string{"charset/utf-8"}}).Page(0)
		if len(p.Data) < size || len(p.Data) > 2*size+20_000 {
			t.Errorf("a page of %d bytes has %d", size, len(p.Data))
		}
		if a.Page.DeclaredArticles != 0 {
			t.Error("a page of a given size declares a number of articles")
		}
	}
	g := generator(t, 1, Options{Articles: 3, Positions: 2})
	for i := range 30 {
		if _, a := g.Page(i); a.Page.Articles != 3 && a.Page.DeclaredArticles != 3 && a.Page.Articles != 1 || len(a.Positions) != 6 {
			t.Fatalf("page %d has %d articles with %d positions", i, a.Page.Articles, len(a.Positions))
		}
	}
}

func TestDutiesRecur(t *testing.T) {
	share := func(o Options) float64 {
		g := generator(t, 9, o)
		seen, all, again := map[string]bool{}, 0, 0
		for i := range 600 {
			_, a := g.Page(i)
			for _, p := range a.Positions {
				for _, s := range p.Sections {
					for _, it := range s.Items {
						if s.Kind != "responsibilities" {
							continue
						}
						key := strings.TrimRight(it.Raw, "；。")
						if seen[key] {
							again++
						}
						seen[key] = true
						all++
					}
				}
			}
		}
		return float64(again) / float64(all)
	}
	few, many := share(Options{}), share(Options{Recurring: 0.8})
	t.Logf("duties that were there before: %.3f without, %.3f with", few, many)
	if many < few+0.1 {
		t.Errorf("%.3f of the duties recur where 0.8 should, %.3f without", many, few)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, o := range []Options{{Noise: -1}, {Recurring: 2}, {Articles: -1}, {Bytes: -1}, {Shapes: []string{"body/none"}}} {
		if _, err := New(1, o); err == nil {
			t.Errorf("%+v was taken", o)
		}
	}
}

func TestNumeral(t *testing.T) {
	for n, want := range map[int]string{1: "一", 10: "十", 12: "十二", 20: "二十", 35: "三十五", 100: "一百", 105: "一百零五", 210: "二百一十", 3007: "三千零七"} {
		if got := numeral(n); got != want {
			t.Errorf("%d is %s, not %s", n, got, want)
		}
	}
}

func BenchmarkPage(b *testing.B) {
	for _, c := range []struct {
		name string
		o    Options
	}{
		{"clean", Options{}},
		{"noisy", Options{Noise: 1}},
		{"10kB", Options{Noise: 1, Bytes: 10_000}},
		{"1MB", Options{Noise: 1, Bytes: 1_000_000}},
	} {
		b.Run(c.name, func(b *testing.B) {
			g := generator(b, 1, c.o)
			total := 0
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p, _ := g.Page(i)
				total += len(p.Data)
			}
			b.SetBytes(int64(total / b.N))
		})
	}
}
