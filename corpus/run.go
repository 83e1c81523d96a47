package corpus

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"
	"zhize"

	"zhize/corpus/internal/lock"
	"zhize/corpus/internal/store"
	"zhize/corpus/source"
	"zhize/evidence"
	"zhize/record"
)

// runner is one run.
type runner struct {
	o        Options
	e        engine
	set      *source.Set
	cache    *store.Cache
	previous *record.Manifest // of the last finished run; nil: none
	manifest record.Manifest
	summary  Summary
	meter    *meter
	ev       zhize.Evidence     // what the pages are processed with
	evidence *evidence.Evidence // that the run has opened itself; nil: none
	stdin    *os.File           // what standard input held, where it is read twice
}

// run is Run with what it calls given.
func run(ctx context.Context, o Options, e engine) (s *Summary, err error) {
	if o.Workers <= 0 {
		o.Workers = runtime.NumCPU()
	}
	o.Workers = min(o.Workers, maxWorkers)
	r := &runner{o: o, e: e, summary: Summary{Dir: o.Dir, Counts: record.NewTotals()}}
	budget := newBudget()
	r.set, err = source.Open(source.Options{Inputs: o.Inputs, Ignore: o.Ignore, Stdin: o.Stdin, Fields: o.Fields, Reserve: budget.reserve})
	if err != nil {
		return nil, err
	}
	if in := r.set.Names(o.Dir); in != "" {
		return nil, fmt.Errorf("%s is both input and output; choose another output folder with -o", in)
	}
	if err := makeFolder(o.Dir); err != nil {
		return nil, err
	}
	if name := foreign(o.Dir); name != "" {
		return nil, fmt.Errorf("%s holds %s, which no run of zhize wrote there; choose another folder with -o", o.Dir, name)
	}
	release, err := Hold(o.Dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	start := time.Now()
	r.manifest = record.Manifest{
		Schema: record.Schema, Started: start.UTC().Format(time.RFC3339), Inputs: o.Inputs, Versions: e.versions,
	}
	r.meter = startMeter(o.Progress, r.set, start)
	defer r.meter.stop()
	err = r.walk(ctx, budget)
	if r.evidence != nil {
		err = errors.Join(err, r.evidence.Close())
	}
	r.summary.Elapsed = Millis{time.Since(start)}
	if err != nil && !errors.Is(err, ErrInterrupted) && !r.manifest.Finished {
		return nil, stopped(o.Dir, err)
	}
	return &r.summary, err
}

// Hold keeps runs off an output folder until release is called. The error is,
// in the sense of errors.Is, [ErrLocked] where a run writes there now.
func Hold(dir string) (release func() error, err error) {
	held, err := lock.Take(filepath.Join(dir, source.LockName))
	if errors.Is(err, lock.ErrHeld) {
		return nil, fmt.Errorf("%s: %w; wait for it or choose another folder with -o", dir, ErrLocked)
	}
	if err != nil {
		return nil, stopped(dir, err)
	}
	return held.Release, nil
}

// maxWorkers bounds the pages in hand at once: beyond the processors of the
// largest machines more of them only cost memory.
const maxWorkers = 256

// foreign names what stands in a folder that a run would replace, although no
// run has written there (which a lock file or a manifest shows); "" for none.
func foreign(dir string) string {
	if _, err := os.Lstat(filepath.Join(dir, source.LockName)); err == nil {
		return ""
	}
	if m, err := store.ReadManifest(dir); err == nil && m.Schema == record.Schema {
		return ""
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if store.Own(e.Name()) {
			return e.Name()
		}
	}
	return ""
}

// makeFolder makes the output folder where it is absent.
func makeFolder(dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return fmt.Errorf("%s is a file; choose a folder with -o", dir)
	}
	err := os.MkdirAll(dir, 0o755)
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		return fmt.Errorf("the output folder %s cannot be made; choose another with -o: %w", dir, pe.Err)
	}
	return err
}

// configure fixes what the pages are processed with, and says so in the
// manifest.
func (r *runner) configure() {
	r.ev = r.o.Knowledge.Evidence()
	c := record.Configuration{
		TextField: r.o.Fields.Text, HTMLField: r.o.Fields.HTML, URLField: r.o.Fields.URL, TitleField: r.o.Fields.Title,
		Evidence: r.o.Knowledge.Hash(),
	}
	raw, _ := json.Marshal(c) // strings alone: it cannot fail
	sum := sha256.Sum256(raw)
	r.manifest.Configuration, r.manifest.ConfigurationHash = c, hex.EncodeToString(sum[:])
}

// walk is the run: store.Settle what earlier ones left, process, sort out the
// duties, put everything in place, index.
func (r *runner) walk(ctx context.Context, b *budget) error {
	var p *store.Partial
	err := r.phase("scan", &r.manifest.Timings.ScanMS, func() error {
		if err := store.Settle(r.o.Dir); err != nil {
			return err
		}
		r.previous, _ = store.ReadManifest(r.o.Dir) // without one there is nothing to compare with
		var err error
		if r.cache, err = store.OpenCache(r.o.Dir); err != nil {
			return err
		}
		if r.o.Progress != nil {
			t, err := r.set.Scan(ctx)
			if err != nil {
				return interrupted(ctx, err)
			}
			r.meter.totals(t)
		}
		p, err = store.NewPartial(r.o.Dir)
		return err
	})
	defer func() { r.cache.Close() }()
	if err != nil {
		return err
	}
	defer p.Close()
	if r.o.Learn && r.o.Knowledge.Corpus == nil {
		err := r.phase("learn", &r.manifest.Timings.LearnMS, func() error { return r.learn(ctx, b, p) })
		if r.stdin != nil {
			defer r.stdin.Close() // read only by now
		}
		if err != nil {
			return interrupted(ctx, err)
		}
	}
	r.configure()
	w := newWriter(p, r.cache, &r.summary, r.meter)
	err = r.phase("process", &r.manifest.Timings.ProcessMS, func() error {
		err := r.process(ctx, b, w)
		return errors.Join(interrupted(ctx, err), p.Flush())
	})
	defer w.close()
	r.summary.Skipped = r.set.Skipped()
	r.summary.New, r.summary.Changed, r.summary.Removed = r.cache.News()
	if took := r.summary.Phases[len(r.summary.Phases)-1].Took.Seconds(); took > 0 {
		r.summary.Rate = float64(r.summary.Counts.Pages) / took
	}
	if err != nil {
		return err
	}
	if r.summary.Counts.Pages+r.summary.Counts.Rejects == 0 {
		p.Close()
		return errors.Join(noPages(r.summary.Skipped), os.RemoveAll(p.Dir))
	}
	last, err := store.NewPartial(r.o.Dir)
	if err != nil {
		return err
	}
	defer last.Close()
	err = r.phase("duplicates", &r.manifest.Timings.DuplicatesMS, func() error {
		m := marker{to: last, copies: w.copies, counts: &r.summary.Counts}
		return interrupted(ctx, m.run(ctx, p))
	})
	if err != nil {
		return err
	}
	err = r.phase("duties", &r.manifest.Timings.DutiesMS, func() error {
		return interrupted(ctx, w.writeDuties(ctx, last))
	})
	if err != nil {
		return err
	}
	if ctx.Err() != nil {
		return ErrInterrupted
	}
	if err := r.phase("write", &r.manifest.Timings.WriteMS, func() error {
		p.Close() // some systems remove no open file
		w.close()
		return r.commit(last)
	}); err != nil {
		return err
	}
	return r.index(ctx)
}

// phase times one part of the run.
func (r *runner) phase(name string, ms *int64, f func() error) error {
	r.meter.stage(name)
	start := time.Now()
	err := f()
	took := time.Since(start)
	*ms = took.Milliseconds()
	r.summary.Phases = append(r.summary.Phases, Phase{name, Millis{took}})
	return err
}

// interrupted gives a cancelled context's error its name.
func interrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return ErrInterrupted
	}
	return err
}

// commit completes the manifest and moves the outputs into place.
func (r *runner) commit(p *store.Partial) error {
	outputs, err := p.Finish()
	if err != nil {
		return err
	}
	r.cache.Close() // some systems replace no open file
	m := &r.manifest
	m.Finished, m.Outputs, m.Skipped, m.Counts = true, outputs, r.summary.Skipped, r.summary.Counts
	m.Ended = time.Now().UTC().Format(time.RFC3339)
	if r.indexed() {
		m.Index = r.previous.Index
	}
	r.summary.Index = m.Index
	if err := store.WriteManifest(p.Dir, m); err != nil {
		m.Finished = false
		return err
	}
	if err := store.Settle(r.o.Dir); err != nil {
		return err
	}
	if r.o.NoIndex && m.Index == nil && r.previous != nil {
		// It would answer with what is gone.
		return os.RemoveAll(filepath.Join(r.o.Dir, store.IndexDir))
	}
	return nil
}

// indexed reports whether the index that is there was built by this program
// from the very positions of this run.
func (r *runner) indexed() bool {
	if r.previous == nil || r.previous.Index == nil || r.previous.Versions != r.e.versions {
		return false
	}
	if r.e.dictionary != "" && r.e.dictionary != r.previous.Index.Dictionary {
		return false
	}
	if info, err := os.Stat(filepath.Join(r.o.Dir, store.IndexDir)); err != nil || !info.IsDir() {
		return false
	}
	for _, o := range r.manifest.Outputs {
		if o.Name == store.PositionsName {
			return o.SHA256 == r.previous.Index.Positions
		}
	}
	return false
}

// index updates the search index to outputs that are in place. What another
// version of the program has built is built anew.
func (r *runner) index(ctx context.Context) error {
	if r.o.NoIndex || r.manifest.Index != nil {
		return nil
	}
	err := r.phase("index", &r.manifest.Timings.IndexMS, func() error {
		f, err := os.Open(filepath.Join(r.o.Dir, store.PositionsName))
		if err != nil {
			return err
		}
		defer f.Close() // read only
		r.meter.indexing(r.summary.Counts.Items)
		anew := r.previous == nil || r.previous.Versions != r.e.versions
		info, err := r.e.index(ctx, r.o.Dir, f, anew, r.meter.indexed)
		if err != nil {
			return err
		}
		r.manifest.Index = &record.IndexState{Schema: info.Schema, Dictionary: info.Dictionary, Documents: info.Documents}
		return nil
	})
	if err != nil {
		if err := interrupted(ctx, err); errors.Is(err, ErrInterrupted) {
			return err
		}
		return fmt.Errorf("the outputs are written, but not the index; `zhize index %s` builds it: %w", r.o.Dir, err)
	}
	for _, o := range r.manifest.Outputs {
		if o.Name == store.PositionsName {
			r.manifest.Index.Positions = o.SHA256
		}
	}
	r.summary.Index = r.manifest.Index
	return store.WriteManifest(r.o.Dir, &r.manifest)
}
