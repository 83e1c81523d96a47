package corpus

import (
	"context"
	"fmt"
	"path/filepath"

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
	copies  *derive.CopyBook
	duties  *derive.DutyBook
}

func newWriter(p *store.Partial, c *store.Cache, s *Summary, m *meter) *writer {
	return &writer{p: p, cache: c, summary: s, meter: m, copies: derive.NewCopyBook(p.Dir), duties: derive.NewDutyBook(p.Dir)}
}

// close removes the temporary files.
func (w *writer) close() {
	w.copies.Close()
	w.duties.Close()
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
	if err := w.copies.Add(&out.Derived); err != nil {
		return err
	}
	for _, rec := range out.Duties {
		if err := w.duties.Add(rec); err != nil {
			return err
		}
	}
	w.count(out)
	return put(w.p, j.key, out.URI, out.page, out.positions, out.derived)
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
func (w *writer) writeDuties(ctx context.Context, p *store.Partial) error {
	to := p.Duties
	err := w.duties.Lines(ctx, func(line []byte) error {
		to.Lines++
		_, err := to.Write(line)
		return err
	})
	w.summary.Counts.Duties, w.summary.Counts.NearDuties = to.Lines, w.duties.Near()
	if err != nil {
		return fmt.Errorf("write %s: %w", to.Name, err)
	}
	return w.duties.Table(filepath.Join(p.Dir, store.DutyTableName))
}
