package evaluate

import (
	"bytes"
	"encoding/json"
	"math"
)

// Counts are what the figures of a page are made of. Counts of several pages
// add up.
type Counts struct {
	Matched     int   `json:"matched"`      // items of the answer that were found, fragments aside
	Wanted      int   `json:"wanted"`       // items of the answer, fragments aside
	Found       int   `json:"found"`        // extracted items that are no fragment of the answer
	SplitsRight int   `json:"splits_right"` // borders of positions between neighbouring matched items
	SplitsWrong int   `json:"splits_wrong"` // extracted, not in the answer
	SplitsLost  int   `json:"splits_lost"`  // in the answer, not extracted
	Number      Share `json:"number"`
	Title       Share `json:"title"`
	Kind        Share `json:"kind"`
	Article     Share `json:"article"`
	Noise       Share `json:"noise"` // good: extracted items that hold boilerplate
	Repair      Share `json:"repair"`
	Likely      Share `json:"likely"`
	Untouched   Share `json:"untouched"`
}

// Share is a proportion: Good of All.
type Share struct {
	Good int `json:"good"`
	All  int `json:"all"`
}

func (s *Share) add(good bool) {
	s.All++
	if good {
		s.Good++
	}
}

func (s *Share) sum(o Share) {
	s.Good += o.Good
	s.All += o.All
}

// Add adds the counts of another page.
func (c *Counts) Add(o Counts) {
	c.Matched += o.Matched
	c.Wanted += o.Wanted
	c.Found += o.Found
	c.SplitsRight += o.SplitsRight
	c.SplitsWrong += o.SplitsWrong
	c.SplitsLost += o.SplitsLost
	c.Number.sum(o.Number)
	c.Title.sum(o.Title)
	c.Kind.sum(o.Kind)
	c.Article.sum(o.Article)
	c.Noise.sum(o.Noise)
	c.Repair.sum(o.Repair)
	c.Likely.sum(o.Likely)
	c.Untouched.sum(o.Untouched)
}

// figure is one row of the table of figures.
type figure struct {
	name  string
	of    func(*Counts) float64 // 0 to 1
	says  func(*Counts) bool    // whether there was anything to count
	lower bool                  // the lower the better; 0 is best
}

// figures is the order in which figures stand everywhere.
var figures = [...]figure{
	{name: "item_p", of: (*Counts).precision, says: func(c *Counts) bool { return c.Wanted+c.Found > 0 }},
	{name: "item_r", of: (*Counts).recall, says: func(c *Counts) bool { return c.Wanted > 0 }},
	{name: "item_f1", of: func(c *Counts) float64 { return f1(c.precision(), c.recall()) }, says: func(c *Counts) bool { return c.Wanted+c.Found > 0 }},
	{name: "split_f1", of: (*Counts).splits, says: func(c *Counts) bool { return c.SplitsRight+c.SplitsWrong+c.SplitsLost > 0 }},
	share("number", func(c *Counts) Share { return c.Number }),
	share("title", func(c *Counts) Share { return c.Title }),
	share("kind", func(c *Counts) Share { return c.Kind }),
	share("article", func(c *Counts) Share { return c.Article }),
	{
		name: "noise", lower: true,
		of:   func(c *Counts) float64 { return ratio(c.Noise.Good, c.Noise.All) },
		says: func(c *Counts) bool { return c.Noise.All > 0 },
	},
	share("repair", func(c *Counts) Share { return c.Repair }),
	share("likely", func(c *Counts) Share { return c.Likely }),
	share("untouched", func(c *Counts) Share { return c.Untouched }),
}

// share is the row of a proportion; of nothing it is whole.
func share(name string, of func(*Counts) Share) figure {
	return figure{
		name: name,
		of: func(c *Counts) float64 {
			if s := of(c); s.All > 0 {
				return float64(s.Good) / float64(s.All)
			}
			return 1
		},
		says: func(c *Counts) bool { return of(c).All > 0 },
	}
}

// ratio is a of b; of nothing it is none.
func ratio(a, b int) float64 { return float64(a) / float64(max(1, b)) }

func (c *Counts) precision() float64 { return ratio(c.Matched, c.Found) }
func (c *Counts) recall() float64    { return ratio(c.Matched, c.Wanted) }

func (c *Counts) splits() float64 {
	if c.SplitsRight+c.SplitsWrong+c.SplitsLost == 0 {
		return 1
	}
	return f1(ratio(c.SplitsRight, c.SplitsRight+c.SplitsWrong), ratio(c.SplitsRight, c.SplitsRight+c.SplitsLost))
}

func f1(precision, recall float64) float64 {
	if precision+recall == 0 {
		return 0
	}
	return 2 * precision * recall / (precision + recall)
}

// Figures rate a page or several: numbers from 0 to 1, in the order of [Names].
// 1 is best, but for noise, whose best is 0.
type Figures [len(figures)]float64

// Names are the names of the figures, in their order.
func Names() []string {
	var out []string
	for _, f := range figures {
		out = append(out, f.name)
	}
	return out
}

// Figures are what the counts come to. Where there was nothing to count, item
// figures and noise are 0 and the others 1.
func (c Counts) Figures() Figures {
	var out Figures
	for i, f := range figures {
		out[i] = f.of(&c)
	}
	return out
}

// Says tells of each figure whether there was anything to count for it: a page
// without repairs says nothing of repairs.
func (c Counts) Says() []bool {
	out := make([]bool, len(figures))
	for i, f := range figures {
		out[i] = f.says(&c)
	}
	return out
}

// Loss is how far the figures are from the best, added up over those that say
// something; 0 where nothing is wrong. Where no item was found at all, those
// that say nothing are lost too, so that nothing is worse than that.
func (c Counts) Loss() float64 {
	sum := 0.0
	for _, f := range figures {
		switch {
		case f.says(&c):
			sum += math.Abs(f.best() - f.of(&c))
		case c.Wanted > 0 && c.Matched == 0:
			sum++
		}
	}
	return sum
}

func (f figure) best() float64 {
	if f.lower {
		return 0
	}
	return 1
}

// MarshalJSON writes an object with the figures in their order.
func (f Figures) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, v := range f {
		b.WriteByte("{,"[min(i, 1)])
		number, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		b.WriteString(`"` + figures[i].name + `":`)
		b.Write(number)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// Summary adds up pages.
type Summary struct {
	Pages   int    // that were rated
	Perfect int    // of them without any loss
	Pooled  Counts // of all pages together: a long page weighs more

	sums   Figures
	spoken [len(figures)]int
}

// Add adds a page.
func (s *Summary) Add(c Counts) {
	s.Pages++
	if c.Loss() == 0 {
		s.Perfect++
	}
	s.Pooled.Add(c)
	values, says := c.Figures(), c.Says()
	for i, v := range values {
		if says[i] {
			s.sums[i] += v
			s.spoken[i]++
		}
	}
}

// Mean is the mean of each figure over the pages that say something of it, each
// page weighing the same. Where none does it is as of no page at all.
func (s *Summary) Mean() Figures {
	out := Counts{}.Figures()
	for i, n := range s.spoken {
		if n > 0 {
			out[i] = s.sums[i] / float64(n)
		}
	}
	return out
}
