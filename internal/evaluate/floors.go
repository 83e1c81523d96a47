package evaluate

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// MeanRow is the name of the row of floors that holds for the mean over the pages.
const MeanRow = "all"

// Floors are how good the figures of pages must be at least. They are a table
// of tab-separated values: a header of "page" and names of figures, then a row
// for each page, and one named [MeanRow] where the mean is held too. They are a
// ratchet: [Floors.Hold] raises them, and only a hand lowers one.
type Floors struct {
	columns []int // index of the figure, in the order of the header
	rows    []floorRow
	byPage  map[string]int // index of a page's row
}

type floorRow struct {
	page   string
	floors []float64 // in the order of the columns
	held   bool
}

// ReadFloors reads a table of floors. From nothing it makes an empty one that
// has all figures. Its errors name the line.
func ReadFloors(r io.Reader) (*Floors, error) {
	f := &Floors{byPage: map[string]int{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	n := 0
	for lines.Scan() {
		n++
		cells := strings.Split(strings.TrimSuffix(lines.Text(), "\r"), "\t")
		var err error
		switch {
		case n == 1:
			err = f.header(cells)
		case len(cells) > 1 || cells[0] != "":
			err = f.row(cells)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if n == 0 {
		for i := range figures {
			f.columns = append(f.columns, i)
		}
	}
	return f, lines.Err()
}

func (f *Floors) header(cells []string) error {
	if cells[0] != "page" || len(cells) < 2 {
		return errors.New(`floors begin with a line of "page" and names of figures, with tabs between`)
	}
	for _, name := range cells[1:] {
		i := slices.Index(Names(), name)
		if i < 0 {
			return fmt.Errorf("there is no figure %q; they are %s", name, strings.Join(Names(), ", "))
		}
		f.columns = append(f.columns, i)
	}
	return nil
}

func (f *Floors) row(cells []string) error {
	if len(cells) != len(f.columns)+1 {
		return fmt.Errorf("%s has %d floors; the first line names %d figures", cells[0], len(cells)-1, len(f.columns))
	}
	if _, ok := f.byPage[cells[0]]; ok {
		return fmt.Errorf("%s has a row already", cells[0])
	}
	row := floorRow{page: cells[0]}
	for _, c := range cells[1:] {
		v, err := strconv.ParseFloat(c, 64)
		if err != nil || !(v >= 0 && v <= 1) {
			return fmt.Errorf("%s: %q is no number from 0 to 1", cells[0], c)
		}
		row.floors = append(row.floors, v)
	}
	f.add(row)
	return nil
}

func (f *Floors) add(row floorRow) {
	f.byPage[row.page] = len(f.rows)
	f.rows = append(f.rows, row)
}

// Pages reports whether the floors hold single pages: whether there is a row
// that is not the mean's. Floors without any row are meant to.
func (f *Floors) Pages() bool {
	return len(f.rows) == 0 || slices.ContainsFunc(f.rows, func(r floorRow) bool { return r.page != MeanRow })
}

// Hold compares the figures of a page, or of the [MeanRow], with its floors and
// gives a sentence for each figure that is under one (or, of noise, over it),
// for a page without a row and for one that was held already. With raise, a
// page without a row gets one, and floors that are lower than the figures are
// raised to them, in thousandths, rounded away from the best.
func (f *Floors) Hold(page string, got Figures, raise bool) []string {
	at, ok := f.byPage[page]
	switch {
	case strings.ContainsAny(page, "\t\r\n"):
		return []string{fmt.Sprintf("%q has a tab or a line end in its name, and can have no floors", page)}
	case !ok && !raise:
		return []string{page + " has no floors; an update gives it some"}
	case !ok:
		row := floorRow{page: page, held: true}
		for _, c := range f.columns {
			row.floors = append(row.floors, figures[c].rounded(got[c]))
		}
		f.add(row)
		return nil
	case f.rows[at].held:
		return []string{"two pages are named " + page + ", and floors belong to one"}
	}
	row := &f.rows[at]
	row.held = true
	var wrong []string
	for i, c := range f.columns {
		fig, floor := figures[c], row.floors[i]
		v := fig.rounded(got[c])
		switch {
		case fig.gain(got[c], floor) < -hair:
			wrong = append(wrong, fmt.Sprintf("%s: %s is %.3f, its floor %.3f", page, fig.name, v, floor))
		case raise && fig.gain(v, floor) > 0:
			row.floors[i] = v
		}
	}
	return wrong
}

// Unheld names the rows whose pages were not held: a page that is lost must not
// pass.
func (f *Floors) Unheld() []string {
	var out []string
	for _, r := range f.rows {
		if !r.held {
			out = append(out, r.page)
		}
	}
	return out
}

// Write writes the table, ordered by page.
func (f *Floors) Write(w io.Writer) error {
	b := bufio.NewWriter(w)
	b.WriteString("page")
	for _, c := range f.columns {
		b.WriteString("\t" + figures[c].name)
	}
	b.WriteByte('\n')
	for _, r := range slices.SortedFunc(slices.Values(f.rows), func(a, b floorRow) int { return cmp.Compare(a.page, b.page) }) {
		b.WriteString(r.page)
		for _, v := range r.floors {
			fmt.Fprintf(b, "\t%.3f", v)
		}
		b.WriteByte('\n')
	}
	return b.Flush()
}

// hair is less than a thousandth, in which floors are written, and more than
// what floating-point arithmetic loses.
const hair = 1e-6

// gain is how much better v is than floor.
func (f figure) gain(v, floor float64) float64 {
	if f.lower {
		return floor - v
	}
	return v - floor
}

// rounded gives v in thousandths, never better than it is but for a hair.
func (f figure) rounded(v float64) float64 {
	if f.lower {
		return max(0, math.Ceil(v*1000-hair)/1000)
	}
	return math.Floor(v*1000+hair) / 1000
}
