package corpus

import (
	"context"
	"fmt"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// writer takes outcomes in the order of the inputs.
type writer struct {
	p       *store.Partial
	cache   *store.Cache
	summary *Summary
	meter   *meter
	dups    derive.Duplicates
	duties  *derive.DutyBook
}

func newWriter(p *store.Partial, c *store.Cache, s *Summary, m *meter) *writer {
	return &writer{p: p, cache: c, summary: s, meter: m, dups: derive.NewDuplicates(), duties: derive.NewDutyBook(p.Dir)}
}

// write writes what became of one input.
func (w *writer) write(j *job, out outcome) error {
	t := &w.summary.Counts
	defer w.meter.pages.Add(1)
	if out.reject != nil {
		t.Rejects++
		t.RejectReasons[out.reject.Reason]++
		w.meter.rejects.Add(1)
		if err := record.Encode(w.p.Rejects, out.reject); err != nil {
			return fmt.Errorf("%s: %w", w.p.Rejects.Name, err)
		}
		w.p.Rejects.Lines++
		return w.p.Tick()
	}
	for i, line := range out.positions {
		if of := w.dups.Position(out.Bodies[i], derive.PositionKey{Page: out.ID, N: uint32(i + 1)}); of != "" {
			out.positions[i] = dup(line, of)
			t.DuplicatePositions++
		}
	}
	page := out.page
	if of := w.dups.Page(out.Letters, out.ID); of != "" {
		page = dup(page, of)
		t.DuplicatePages++
	}
	for _, rec := range out.Duties {
		if err := w.duties.Add(rec); err != nil {
			return err
		}
	}
	e := store.EntryOf(page, out.positions, out.derived)
	e.Key, e.URI = j.key, out.URI
	for _, part := range []struct {
		to    *store.Stream
		lines [][]byte
	}{
		{w.p.Derived, [][]byte{out.derived}}, {w.p.Positions, out.positions}, {w.p.Pages, [][]byte{page}},
		{w.p.Cache, [][]byte{e.Append(nil)}},
	} {
		for _, line := range part.lines {
			if _, err := part.to.Write(line); err != nil {
				return fmt.Errorf("write %s: %w; free some space and run again", part.to.Name, err)
			}
		}
		part.to.Lines += len(part.lines)
	}
	w.count(out)
	return w.p.Tick()
}

// count adds a page to the summary and the meter.
func (w *writer) count(out outcome) {
	s := w.summary
	derive.AddTotals(&s.Counts, out.Totals)
	w.cache.Met(out.URI, out.reused)
	if out.reused {
		s.Reused++
	}
	w.meter.pos.Add(int64(out.Totals.Positions))
	w.meter.items.Add(int64(out.Totals.Items))
}

// writeDuties writes what all the pages' items come to.
func (w *writer) writeDuties(ctx context.Context) error {
	to := w.p.Duties
	err := w.duties.Lines(ctx, func(line []byte) error {
		to.Lines++
		_, err := to.Write(line)
		return err
	})
	w.summary.Counts.Duties = to.Lines
	if err != nil {
		return fmt.Errorf("write %s: %w", to.Name, err)
	}
	return nil
}
