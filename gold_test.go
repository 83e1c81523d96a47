package zhize_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"zhize"
	"zhize/document"
)

// answer is what a page should give, as testdata/gold holds it.
type answer struct {
	Page struct {
		Boilerplate []string `json:"boilerplate"`
	} `json:"page"`
	Positions []struct {
		Article  int     `json:"article"`
		Title    *string `json:"title"`
		Sections []struct {
			Kind  string `json:"kind"`
			Items []struct {
				N        *int   `json:"n"`
				Raw      string `json:"raw"`
				Fragment bool   `json:"fragment"`
			} `json:"items"`
		} `json:"sections"`
	} `json:"positions"`
	Repairs struct {
		Certain   [][2]string `json:"certain"` // before, after
		Untouched []string    `json:"untouched"`
	} `json:"repairs"`
}

// goldItem is an item of an answer, or one that was found.
type goldItem struct {
	position, article int
	title, kind       string
	number            int // 0 for none
	fragment          bool
	letters           []rune
}

func (a *answer) items() []goldItem {
	var out []goldItem
	for pi, p := range a.Positions {
		for _, s := range p.Sections {
			for _, it := range s.Items {
				g := goldItem{position: pi, article: p.Article, kind: s.Kind, fragment: it.Fragment, letters: letters(it.Raw)}
				if p.Title != nil {
					g.title = *p.Title
				}
				if it.N != nil {
					g.number = *it.N
				}
				out = append(out, g)
			}
		}
	}
	return out
}

func foundItems(d *document.Document) []goldItem {
	var out []goldItem
	n := 0
	for ai := range d.Articles {
		for pi := range d.Articles[ai].Positions {
			p := &d.Articles[ai].Positions[pi]
			for _, s := range p.Sections {
				for _, it := range s.Items {
					out = append(out, goldItem{
						position: n, article: d.Articles[ai].Ordinal, title: d.Text(p.Title), kind: string(s.Kind),
						number: it.Number, letters: letters(d.Text(it.Span)),
					})
				}
			}
			n++
		}
	}
	return out
}

// figures are named in the order of floors.tsv; all lie between 0 and 1.
var figures = [...]string{"item_f1", "split_f1", "number", "title", "kind", "article", "noise", "repair", "untouched"}

// noise is the figure that is better the lower it is.
const noise = 6

type score [len(figures)]float64

// share is a proportion; of nothing it is whole.
type share struct{ good, all int }

func (s *share) add(good bool) {
	s.all++
	if good {
		s.good++
	}
}

func (s share) value() float64 {
	if s.all == 0 {
		return 1
	}
	return float64(s.good) / float64(s.all)
}

func f1(precision, recall float64) float64 {
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}

// rate scores found items against an answer, and names the items of the
// answer that were not found and those found that are none.
func rate(a *answer, found []goldItem) (s score, missed, extra []string) {
	gold := a.items()
	pairs := align(gold, found)
	var number, kind, article, title share
	var hits []int
	need, fragments := 0, 0
	titles := map[int]*share{}
	paired := make([]bool, len(found))
	for i, g := range gold {
		if pairs[i] >= 0 {
			paired[pairs[i]] = true
		}
		if g.fragment {
			if pairs[i] >= 0 {
				fragments++
			}
			continue
		}
		need++
		if pairs[i] < 0 {
			missed = append(missed, string(g.letters))
			continue
		}
		f := found[pairs[i]]
		hits = append(hits, i)
		if g.number > 0 {
			number.add(f.number == g.number)
		}
		if g.kind != "any" {
			kind.add(f.kind == g.kind)
		}
		article.add(f.article == g.article)
		if g.title != "" {
			if titles[g.position] == nil {
				titles[g.position] = &share{}
			}
			titles[g.position].add(f.title == g.title)
		}
	}
	for _, t := range titles {
		title.add(2*t.good > t.all)
	}
	right, wrong, lost := 0, 0, 0
	for i := 1; i < len(hits); i++ {
		want := gold[hits[i-1]].position != gold[hits[i]].position
		got := found[pairs[hits[i-1]]].position != found[pairs[hits[i]]].position
		switch {
		case want && got:
			right++
		case got:
			wrong++
		case want:
			lost++
		}
	}
	splits := 1.0
	if right+wrong+lost > 0 {
		splits = f1(float64(right)/float64(max(1, right+wrong)), float64(right)/float64(max(1, right+lost)))
	}
	noisy := 0
	for i, f := range found {
		if slices.ContainsFunc(a.Page.Boilerplate, func(words string) bool {
			w := string(letters(words))
			return w != "" && strings.Contains(string(f.letters), w)
		}) {
			noisy++
		}
		if !paired[i] {
			extra = append(extra, string(f.letters))
		}
	}
	items := f1(float64(len(hits))/float64(max(1, len(found)-fragments)), float64(len(hits))/float64(max(1, need)))
	s = score{items, splits, number.value(), title.value(), kind.value(), article.value(), float64(noisy) / float64(max(1, len(found)))}
	return s, missed, extra
}

// repairs is the share of the certain repairs that were made, and of the texts
// that must survive and did. Full-width and ASCII forms count as one.
func repairs(a *answer, d *document.Document) (made, untouched float64, wrong []string) {
	var b strings.Builder
	for ai := range d.Articles {
		for _, p := range d.Articles[ai].Positions {
			for _, s := range p.Sections {
				for _, it := range s.Items {
					b.WriteString(d.Text(it.Span) + "\n")
				}
			}
			for _, f := range p.Fields {
				b.WriteString(d.Text(f.Value) + "\n")
			}
		}
	}
	whole := narrow(b.String())
	var repair, survive share
	for _, r := range a.Repairs.Certain {
		before, after := narrow(r[0]), narrow(r[1])
		ok := strings.Contains(whole, after) && !strings.Contains(strings.ReplaceAll(whole, after, ""), before)
		if repair.add(ok); !ok {
			wrong = append(wrong, r[0])
		}
	}
	for _, text := range a.Repairs.Untouched {
		ok := strings.Contains(whole, narrow(text))
		if survive.add(ok); !ok {
			wrong = append(wrong, text)
		}
	}
	return repair.value(), survive.value(), wrong
}

// narrow writes full-width forms as their ASCII ones.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xff01 + '!'
		case r == 0x3000 || r == 0xa0:
			return ' '
		}
		return r
	}, s)
}

// scored is everything that an answer says of a document.
func scored(a *answer, d *document.Document) (s score, wrong string) {
	s, missed, extra := rate(a, foundItems(d))
	made, untouched, unmade := repairs(a, d)
	s[noise+1], s[noise+2] = made, untouched
	return s, fmt.Sprintf("missed %q\nextra %q\nunrepaired or harmed %q", missed, extra, unmade)
}

// TestGold holds every page to its floors: a figure under its floor fails,
// and -update raises floors, never lowers one.
func TestGold(t *testing.T) {
	path := filepath.Join("testdata", "gold", "floors.tsv")
	floors := readFloors(t, path)
	var rows strings.Builder
	rows.WriteString("page\t" + strings.Join(figures[:], "\t") + "\n")
	for _, f := range pageFiles(t) {
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f))
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		gold, err := os.ReadFile(filepath.Join("testdata", "gold", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var a answer
		if err := json.Unmarshal(gold, &a); err != nil {
			t.Fatal(name, err)
		}
		d, err := zhize.Process(zhize.Input{URI: filepath.Base(f), Data: data}, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		got, wrong := scored(&a, d)
		floor, known := floors[name]
		if !known && !*update {
			t.Errorf("%s has no floors; go test -run Gold -update sets them", name)
		}
		rows.WriteString(name)
		under := false
		for i, v := range got {
			switch {
			case i == noise && known && v > floor[i]+1e-9, i != noise && known && v < floor[i]-1e-9:
				t.Errorf("%s: %s is %.3f, its floor %.3f: worse by %.3f", name, figures[i], v, floor[i], math.Abs(v-floor[i]))
				v, under = floor[i], true
			case i == noise:
				v = max(0, math.Ceil(v*1000-1e-6)/1000)
			default:
				v = math.Floor(v*1000+1e-6) / 1000
			}
			fmt.Fprintf(&rows, "\t%.3f", v)
		}
		rows.WriteByte('\n')
		if under {
			t.Logf("%s\n%s", name, wrong)
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(rows.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func readFloors(t *testing.T, path string) map[string]score {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		if *update && os.IsNotExist(err) {
			return nil
		}
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if want := "page\t" + strings.Join(figures[:], "\t"); lines[0] != want {
		t.Fatalf("%s begins with %q, not %q", path, lines[0], want)
	}
	out := map[string]score{}
	for _, l := range lines[1:] {
		cells := strings.Split(l, "\t")
		if len(cells) != len(figures)+1 {
			t.Fatalf("%s: %q has not %d cells", path, l, len(figures)+1)
		}
		var s score
		for i, c := range cells[1:] {
			if s[i], err = strconv.ParseFloat(c, 64); err != nil {
				t.Fatal(path, err)
			}
		}
		out[cells[0]] = s
	}
	return out
}
