package report

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"zhize/document"
)

// The measures of a page. Each is greater where more may have gone wrong.
const (
	droppedShare   = iota // of the characters that are not blank, in tenths of a percent
	editDensity           // edits made for 1,000 characters
	suggestedEdits        // edits that were proposed and not made
	missingNumbers        // that its lists skip
	articlesOff           // articles that the title promises and that were not found, or the other way
	flagsBorne            // by the page, its positions and sections; not those that the two before count
	itemLength            // kept characters for each item; all of them where there is none
	measures
)

// measureNames are the measures as a report's data has them.
var measureNames = [measures]string{
	droppedShare: "dropped_per_mille", editDensity: "edits_per_1000", suggestedEdits: "suggested", missingNumbers: "missing",
	articlesOff: "articles_off", flagsBorne: "flags", itemLength: "characters_per_item",
}

// values are a page's measures, each at most 65,535.
type values [measures]uint16

// Odd is a page that differs from the others.
type Odd struct {
	Page    Page     `json:"page"`
	Bits    float64  `json:"bits"`    // how surprising it is; see survey.oddest
	Reasons []Reason `json:"reasons"` // the most surprising first
}

// Reason is a measure by which a page differs.
type Reason struct {
	Measure string  `json:"measure"`
	Value   int     `json:"value"`
	Bits    float64 `json:"bits"`
	Rare    int     `json:"rare"` // how many of the pages have this value or a greater one
}

func capped(n int) uint16 { return uint16(min(max(n, 0), math.MaxUint16)) }

// measure gives a page's measures; missing and flags come from its positions.
func (p *wirePage) measure(missing, flags int) values {
	dropped, blank := 0, 0
	for _, r := range p.Regions {
		switch role, _ := document.RoleOf(r.Role); role {
		case document.RoleDropped:
			dropped += r.Span[1] - r.Span[0]
		case document.RoleBlank:
			blank += r.Span[1] - r.Span[0]
		}
	}
	var v values
	c := &p.Counts
	written := c.Characters - blank
	if written > 0 {
		v[droppedShare] = capped(1000 * dropped / written)
		v[editDensity] = capped(1000 * c.Edits / written)
	}
	v[suggestedEdits] = capped(c.Suggested)
	v[missingNumbers] = capped(missing)
	if p.DeclaredArticles != nil {
		v[articlesOff] = capped(max(*p.DeclaredArticles-p.FoundArticles, p.FoundArticles-*p.DeclaredArticles))
	}
	v[flagsBorne] = capped(flags)
	v[itemLength] = capped((written - dropped) / max(c.Items, 1))
	return v
}

// survey holds the measures of all pages.
type survey struct {
	pages  []values
	at     []int64                              // where each page's line begins
	counts [measures][math.MaxUint16 + 1]uint32 // pages by value
}

func newSurvey() *survey { return new(survey) }

func (s *survey) add(v values, at int64) {
	s.pages, s.at = append(s.pages, v), append(s.at, at)
	for m, n := range v {
		s.counts[m][n]++
	}
}

// leastBits is the surprise below which a measure is no reason: a value that
// one page in eight reaches.
const leastBits = 3

// oddest finds the pages that differ most. A value that one page in 2^b reaches
// is b bits of surprise, and a page's oddness is the sum over its measures that
// are surprising at all. No measure has a weight, and no value a threshold:
// what is odd in one corpus is usual in another.
func (s *survey) oddest(path string) ([]Odd, error) {
	n := len(s.pages)
	var bits [measures][]float64
	var reach [measures][]int
	for m := range bits {
		bits[m], reach[m] = make([]float64, len(s.counts[m])), make([]int, len(s.counts[m]))
		sum := 0
		for v := len(s.counts[m]) - 1; v >= 0; v-- {
			sum += int(s.counts[m][v])
			reach[m][v] = sum
			if sum > 0 && v > 0 { // nothing is no oddity
				bits[m][v] = math.Log2(float64(n) / float64(sum))
			}
		}
	}
	type place struct {
		page int
		bits float64
	}
	most := top[place]{limit: listed, order: func(a, b place) int {
		switch {
		case a.bits > b.bits:
			return 1
		case a.bits < b.bits:
			return -1
		}
		return 0
	}}
	for i, v := range s.pages {
		sum := 0.0
		for m, x := range v {
			if b := bits[m][x]; b >= leastBits {
				sum += b
			}
		}
		if sum > 0 {
			most.add(place{i, sum})
		}
	}
	out := []Odd{}
	for _, p := range most.sorted() {
		page, err := pageAt(path, s.at[p.page])
		if err != nil {
			return nil, err
		}
		o := Odd{Page: page, Bits: rounded(p.bits)}
		why := top[Reason]{limit: int(measures), order: func(a, b Reason) int {
			if a.Bits > b.Bits {
				return 1
			}
			return -1
		}}
		for m, x := range s.pages[p.page] {
			if b := bits[m][x]; b >= leastBits {
				why.add(Reason{measureNames[m], int(x), rounded(b), reach[m][x]})
			}
		}
		o.Reasons = why.sorted()
		out = append(out, o)
	}
	return out, nil
}

func rounded(bits float64) float64 { return math.Round(10*bits) / 10 }

// pageAt reads the page whose line begins at an offset.
func pageAt(path string, at int64) (page Page, err error) {
	f, err := os.Open(path)
	if err != nil {
		return page, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return page, err
	}
	line, err := bufio.NewReaderSize(f, 1<<16).ReadBytes('\n')
	if err != nil {
		return page, err
	}
	var p wirePage
	if err := json.Unmarshal(line, &p); err != nil {
		return page, fmt.Errorf("the page at byte %d: %w", at, err)
	}
	return p.page(), nil
}

// Spread says how many pages have which values of a measure.
type Spread struct {
	Measure string `json:"measure"`
	Median  int    `json:"median"`
	Bins    []Bin  `json:"bins"`
}

// Bin counts the pages with values of at least From and less than To; To is 0
// in the last bin.
type Bin struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Pages int `json:"pages"`
}

// spreadBorders are the measures whose spread is shown, with the least values
// of their bins.
var spreadBorders = [...]struct {
	measure int
	from    []int
}{
	{droppedShare, []int{0, 1, 50, 100, 200, 300, 500, 700, 900}},
	{editDensity, []int{0, 1, 2, 5, 10, 20, 50, 100}},
	{itemLength, []int{0, 10, 20, 30, 50, 100, 200}},
}

func (s *survey) spreads() []Spread {
	out := []Spread{}
	for _, b := range spreadBorders {
		sp := Spread{Measure: measureNames[b.measure], Bins: make([]Bin, len(b.from))}
		seen, bin := 0, 0
		for v, n := range s.counts[b.measure] {
			if bin+1 < len(b.from) && v == b.from[bin+1] {
				bin++
			}
			sp.Bins[bin].Pages += int(n)
			if seen < (len(s.pages)+1)/2 && seen+int(n) >= (len(s.pages)+1)/2 {
				sp.Median = v
			}
			seen += int(n)
		}
		for i := range sp.Bins {
			sp.Bins[i].From = b.from[i]
			if i+1 < len(b.from) {
				sp.Bins[i].To = b.from[i+1]
			}
		}
		out = append(out, sp)
	}
	return out
}
