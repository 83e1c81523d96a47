package verify

import (
	"bytes"
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
)

// window is how many pages a checker may be ahead of the one who takes.
const window = 4

// bundle is a page's line and those of its positions, on the way to a checker.
type bundle struct {
	page         []byte
	positions    [][]byte
	pageLine     int
	positionLine int // of the first
	done         chan verdict
}

// pagesAndPositions walks both files side by side: the positions of a page
// stand together, in the order of the pages. Checkers work in parallel, their
// verdicts are taken in order.
func (v *verifier) pagesAndPositions(ctx context.Context) error {
	pages, positions := v.open(store.PagesName), v.open(store.PositionsName)
	if pages == nil || positions == nil {
		for _, r := range []*lines.Reader{pages, positions} {
			if r != nil {
				_ = v.close(r)
			}
		}
		return nil
	}
	reading, stop := context.WithCancel(ctx)
	defer stop()
	order := make(chan *bundle, window*runtime.NumCPU())
	jobs := make(chan *bundle, cap(order)+1)
	var wg sync.WaitGroup
	for range runtime.NumCPU() {
		wg.Go(func() {
			for b := range jobs {
				b.done <- v.check(b)
			}
		})
	}
	var found []Problem
	wg.Go(func() {
		defer close(order)
		defer close(jobs)
		found = bundles(reading, pages, positions, func(b *bundle) {
			order <- b
			jobs <- b
		})
	})
	var err error
	for b := range order {
		d := <-b.done
		if err == nil {
			if err = v.take(b, d); err != nil {
				stop()
			}
		}
	}
	wg.Wait()
	for _, p := range found {
		v.problem(p.File, p.Line, "%s", p.What)
	}
	return errors.Join(err, ctx.Err(), v.close(pages), v.close(positions))
}

// bundles puts every page together with its positions.
func bundles(ctx context.Context, pages, positions *lines.Reader, yield func(*bundle)) (found []Problem) {
	next, err := positions.Next()
	for ctx.Err() == nil {
		line, perr := pages.Next()
		if errors.Is(perr, io.EOF) {
			break
		}
		if perr != nil {
			return append(found, Problem{store.PagesName, pages.Line(), perr.Error()})
		}
		b := &bundle{page: line, pageLine: pages.Line(), positionLine: positions.Line(), done: make(chan verdict, 1)}
		id := idAt(line)
		for err == nil && id != nil && bytes.HasPrefix(idAt(next), id) {
			b.positions = append(b.positions, next)
			next, err = positions.Next()
		}
		yield(b)
	}
	switch {
	case ctx.Err() != nil || errors.Is(err, io.EOF):
	case err != nil:
		found = append(found, Problem{store.PositionsName, positions.Line(), err.Error()})
	default:
		found = append(found, Problem{store.PositionsName, positions.Line(), "stands on no page, or not in the order of the pages"})
	}
	return found
}

// idAt is the page id that a line begins with, nil for another line.
func idAt(line []byte) []byte {
	rest, ok := bytes.CutPrefix(line, []byte(store.LineHead))
	if !ok || len(rest) < 16 {
		return nil
	}
	return rest[:16]
}

// take adds a page that was checked, in the order of the pages: ids, duplicates
// and counts.
func (v *verifier) take(b *bundle, d verdict) error {
	for _, p := range d.problems {
		v.problem(p.File, p.Line, "%s", p.What)
	}
	r := &v.report
	r.Pages++
	r.Positions += len(b.positions)
	if !d.whole {
		return nil
	}
	derive.AddTotals(&v.totals, d.Totals)
	r.Items += d.Totals.Items
	r.Characters += d.Totals.Characters
	r.Edits += d.edits
	r.Suggested += d.suggested
	v.ownID(b, d)
	if err := v.copies.Add(&d.Derived); err != nil {
		return err
	}
	if err := v.claims.add(b, &d.claims); err != nil {
		return err
	}
	r.IDs += 1 + len(d.claims.Articles) + len(d.claims.Positions)
	for _, rec := range d.Duties {
		if err := v.duties.Add(rec); err != nil {
			return err
		}
	}
	return nil
}

// ownID proves that a page's id is one that its bytes and name give, and its own.
func (v *verifier) ownID(b *bundle, d verdict) {
	first := derive.IDBits(derive.CopyID(d.sha, d.uri, 1))
	v.named[first]++
	ok := d.ID == derive.IDBits(d.sha[:16])
	// Pages that were rejected took ids too, so a page may have a later one.
	for n := 1; n <= v.named[first]+1 && !ok; n++ {
		ok = d.ID == derive.IDBits(derive.CopyID(d.sha, d.uri, n))
	}
	if !ok {
		v.problem(store.PagesName, b.pageLine, "id %016x does not come from the page's sha256", d.ID)
	}
	if v.ids[d.ID] {
		v.problem(store.PagesName, b.pageLine, "id %016x is there twice", d.ID)
	}
	v.ids[d.ID] = true
}
