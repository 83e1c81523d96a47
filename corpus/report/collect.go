// Package report makes one page of a finished run that a person reads: what
// came in, what was kept, dropped and changed, and which pages are worth a
// look. [Collect] reads the outputs, [Report.HTML] writes the page: one file
// without scripts that asks nobody for anything.
package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/document"
	"zhize/record"
)

// How many rows the lists of a report have.
const (
	listed        = 20 // titles, duties, odd pages
	listedLargest = 10
	listedRejects = 10
)

// Report is what a run came to.
type Report struct {
	Inputs   []string            `json:"inputs"`
	Ended    string              `json:"ended"`   // RFC 3339, UTC
	Version  string              `json:"version"` // of the program that made the outputs
	Timings  record.Timings      `json:"timings"`
	Counts   record.Totals       `json:"counts"`
	Skipped  map[string]int      `json:"skipped"`
	Titles   []record.TitleCount `json:"titles"`   // those that most positions bear
	Duties   []record.Duty       `json:"duties"`   // the most frequent that stand in several places
	Rejects  []record.Reject     `json:"rejects"`  // the first
	Spreads  []Spread            `json:"spreads"`  // how the pages differ
	Oddest   []Odd               `json:"oddest"`   // the oddest first
	Largest  []Page              `json:"largest"`  // by characters
	Compared int                 `json:"compared"` // pages that repeat no other: those that Spreads and Oddest speak of
}

// Page names a page and its size.
type Page struct {
	ID         string  `json:"id"`
	URI        string  `json:"uri"`
	Title      *string `json:"title"`
	Characters int     `json:"characters"`
	Positions  int     `json:"positions"`
	Items      int     `json:"items"`
	Edits      int     `json:"edits"`
}

// wirePage is what a report reads of a line of pages.jsonl; the source and the
// texts of the edits are passed over.
type wirePage struct {
	ID               string          `json:"id"`
	URI              string          `json:"uri"`
	Title            *string         `json:"title"`
	DeclaredArticles *int            `json:"declared_articles"`
	FoundArticles    int             `json:"found_articles"`
	Regions          []record.Region `json:"regions"`
	Counts           record.Counts   `json:"counts"`
	Flags            []string        `json:"flags"`
	DuplicateOf      *string         `json:"duplicate_of"`
}

// wirePosition is what it reads of a line of positions.jsonl.
type wirePosition struct {
	Page     struct{ ID string } `json:"page"`
	Title    *string             `json:"title"`
	Flags    []string            `json:"flags"`
	Sections []struct {
		Missing []int    `json:"missing"`
		Flags   []string `json:"flags"`
	} `json:"sections"`
}

// Collect reads the outputs in dir once from front to back. Memory is some
// thirty bytes for each page, and the different titles. Errors are
// corpus.ErrUnfinished where no run is finished, and failures to read.
func Collect(dir string) (*Report, error) {
	m, err := store.FinishedManifest(dir)
	if err != nil {
		return nil, err
	}
	r := &Report{
		Inputs: m.Inputs, Ended: m.Ended, Version: m.Versions.Zhize, Timings: m.Timings,
		Counts: m.Counts, Skipped: m.Skipped,
	}
	if err := r.pages(dir); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	var duties, rejects error
	r.Duties, duties = lines.Head[record.Duty](filepath.Join(dir, store.DutiesName), listed)
	r.Rejects, rejects = lines.Head[record.Reject](filepath.Join(dir, store.RejectsName), listedRejects)
	if err := errors.Join(duties, rejects); err != nil {
		return nil, fmt.Errorf("report: %w", err)
	}
	r.Duties = slices.DeleteFunc(r.Duties, func(d record.Duty) bool { return d.Count < 2 })
	return r, nil
}

// pages walks pages.jsonl and positions.jsonl side by side.
func (r *Report) pages(dir string) (err error) {
	positions, err := openFeed[wirePosition](filepath.Join(dir, store.PositionsName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, positions.Close()) }()
	pages, err := openFeed[wirePage](filepath.Join(dir, store.PagesName))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pages.Close()) }()

	titles := map[string]int{}
	s := newSurvey()
	largest := top[Page]{limit: listedLargest, order: func(a, b Page) int { return cmp.Compare(a.Characters, b.Characters) }}
	next, more, err := positions.next()
	if err != nil {
		return err
	}
	for {
		p, ok, err := pages.next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		missing, flags := 0, others(p.Flags)
		for more && next.Page.ID == p.ID {
			if next.Title != nil {
				titles[*next.Title]++
			}
			flags += others(next.Flags)
			for _, sec := range next.Sections {
				missing += len(sec.Missing)
				flags += others(sec.Flags)
			}
			if next, more, err = positions.next(); err != nil {
				return err
			}
		}
		largest.add(p.page())
		if p.DuplicateOf == nil { // a copy is as odd as what it copies
			s.add(p.measure(missing, flags), pages.at)
		}
	}
	if more {
		return fmt.Errorf("%s holds positions of the page %s, which does not stand in %s at its place; run `zhize verify`",
			store.PositionsName, next.Page.ID, store.PagesName)
	}
	r.Titles = topTitles(titles)
	r.Largest = largest.sorted()
	r.Compared = len(s.pages)
	r.Spreads = s.spreads()
	r.Oddest, err = s.oddest(filepath.Join(dir, store.PagesName))
	return err
}

// others counts the flags that say something no other measure does.
func others(flags []string) int {
	n := 0
	for _, f := range flags {
		if f != document.FlagGap && f != document.FlagArticleCount {
			n++
		}
	}
	return n
}

func (p *wirePage) page() Page {
	return Page{
		ID: p.ID, URI: p.URI, Title: p.Title, Characters: p.Counts.Characters,
		Positions: p.Counts.Positions, Items: p.Counts.Items, Edits: p.Counts.Edits,
	}
}

func topTitles(titles map[string]int) []record.TitleCount {
	most := top[record.TitleCount]{limit: listed, order: func(a, b record.TitleCount) int {
		return cmp.Or(cmp.Compare(a.Count, b.Count), cmp.Compare(b.Title, a.Title))
	}}
	for t, n := range titles {
		most.add(record.TitleCount{Title: t, Count: n})
	}
	return most.sorted()
}

// batch is how many lines are decoded side by side.
const batch = 64

// feed decodes the lines of a file on all processors and gives them in order.
type feed[T any] struct {
	r      *lines.Reader
	values []T
	ends   []int64 // offset of the end of each line of the batch
	begin  int64   // offset of the first of them
	i      int
	ended  bool
	at     int64 // offset of the line that next gave last
}

func openFeed[T any](path string) (*feed[T], error) {
	r, err := lines.Open(path)
	if err != nil {
		return nil, err
	}
	return &feed[T]{r: r}, nil
}

func (f *feed[T]) Close() error { return f.r.Close() }

// next is the next value; ok is false at the end.
func (f *feed[T]) next() (v *T, ok bool, err error) {
	if f.i == len(f.values) {
		if f.ended {
			return nil, false, nil
		}
		if err := f.fill(); err != nil {
			return nil, false, err
		}
		if len(f.values) == 0 {
			return nil, false, nil
		}
	}
	f.at = f.begin
	f.begin = f.ends[f.i]
	f.i++
	return &f.values[f.i-1], true, nil
}

func (f *feed[T]) fill() error {
	first := f.r.Line() + 1
	var raw [][]byte
	f.values, f.ends, f.i = nil, f.ends[:0], 0
	end := f.begin
	for len(raw) < batch && !f.ended {
		line, err := f.r.Next()
		switch {
		case errors.Is(err, io.EOF):
			f.ended = true
			continue
		case err != nil:
			return err
		}
		end += int64(len(line))
		raw, f.ends = append(raw, line), append(f.ends, end)
	}
	f.values = make([]T, len(raw))
	errs := make([]error, len(raw))
	var group sync.WaitGroup
	workers := min(runtime.GOMAXPROCS(0), len(raw))
	for w := range workers {
		group.Go(func() {
			for i := w; i < len(raw); i += workers {
				if err := json.Unmarshal(raw[i], &f.values[i]); err != nil {
					errs[i] = fmt.Errorf("%s:%d: %w", f.r.Name(), first+i, err)
				}
			}
		})
	}
	group.Wait()
	return errors.Join(errs...)
}

// top holds the greatest values of a stream; of equal ones, the first. It is a
// short sorted list: nearly all values are below its last one.
type top[T any] struct {
	limit int
	order func(a, b T) int // as cmp.Compare
	list  []T              // greatest first
}

func (t *top[T]) add(v T) {
	if len(t.list) == t.limit && t.order(v, t.list[t.limit-1]) <= 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(t.list, v, func(e, v T) int {
		if t.order(v, e) > 0 {
			return 1
		}
		return -1
	})
	t.list = slices.Insert(t.list, i, v)
	t.list = t.list[:min(len(t.list), t.limit)]
}

func (t *top[T]) sorted() []T { return append([]T{}, t.list...) }
