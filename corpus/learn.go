package corpus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"zhize"
	"zhize/corpus/internal/store"
	"zhize/corpus/source"
	"zhize/document"
	"zhize/evidence"
	"zhize/evidence/sitetext"
)

// LearnOptions say what evidence is learnt from and where it goes.
type LearnOptions struct {
	Inputs    []string  // files, folders, globs, "-"
	Ignore    []string  // what is left out: rules as lines of a .gitignore
	Stdin     io.Reader // read for "-"
	File      string    // written when all is learnt
	Workers   int       // 0 is the number of CPUs
	Fields    FieldNames
	Knowledge zhize.Knowledge // with which the pages are read; its Corpus is left out
	Budget    int             // bytes of memory for what is learnt; 0 is [evidence.DefaultBudget]
	Progress  func(Progress)
}

// Learnt is what was learnt.
type Learnt struct {
	File      string `json:"file"`
	Pages     int    `json:"pages"`
	Rejects   int    `json:"rejects"`
	Texts     int64  `json:"texts"`
	Pairs     int64  `json:"pairs"`
	Triples   int64  `json:"triples"`
	Hash      string `json:"hash"`
	Elapsed   Millis `json:"elapsed_ms"`
	Sites     int    `json:"sites"`      // that were learnt from
	SiteLines int    `json:"site_lines"` // lines that they repeat
}

// Learn learns evidence from the duties of every page of the inputs. Errors are
// [ErrNoPages], [ErrNoDuties], [ErrInterrupted], inputs that are named and absent, and failures
// to write; a file that was there stays as it is then.
func Learn(ctx context.Context, o LearnOptions) (*Learnt, error) {
	start := time.Now()
	dir, err := os.MkdirTemp(filepath.Dir(o.File), ".zhize-learn-*")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no folder %s for %s; make it first", filepath.Dir(o.File), filepath.Base(o.File))
	}
	if err != nil {
		return nil, fmt.Errorf("learn: %w", err)
	}
	defer os.RemoveAll(dir)
	l, err := newLesson(o, zhize.Process)
	if err != nil {
		return nil, err
	}
	l.meter = startMeter(o.Progress, l.set, start)
	defer l.meter.stop()
	l.wants = true
	if err := l.learn(ctx, dir); err != nil {
		return nil, err
	}
	l.out.Elapsed = Millis{time.Since(start)}
	return &l.out, nil
}

// lesson is one reading of the inputs for what their pages teach.
type lesson struct {
	o       LearnOptions
	process func(zhize.Input, zhize.Evidence) (*document.Document, error)
	set     *source.Set
	budget  *budget
	meter   *meter
	wants   bool // evidence of nothing is an error
	out     Learnt
}

func newLesson(o LearnOptions, process func(zhize.Input, zhize.Evidence) (*document.Document, error)) (*lesson, error) {
	if o.Workers <= 0 {
		o.Workers = runtime.NumCPU()
	}
	if o.Budget <= 0 {
		o.Budget = evidence.DefaultBudget
	}
	o.Workers = min(o.Workers, maxWorkers)
	o.Knowledge.Corpus = nil
	l := &lesson{o: o, process: process, budget: newBudget(), out: Learnt{File: o.File}}
	var err error
	l.set, err = source.Open(source.Options{Inputs: o.Inputs, Ignore: o.Ignore, Stdin: o.Stdin, Fields: o.Fields, Reserve: l.budget.reserve})
	return l, err
}

// taught is what one page teaches; no texts of a page that is none.
type taught struct {
	texts    []string
	page     *sitetext.Page // nil: it tells nothing of its site
	rejected bool
	held     int64
}

// learn reads the pages and writes the file. What memory does not hold goes to
// files in dir.
func (l *lesson) learn(ctx context.Context, dir string) error {
	l.meter.stage("learn")
	if l.o.Progress != nil {
		t, err := l.set.Scan(ctx)
		if err != nil {
			return interrupted(ctx, err)
		}
		l.meter.totals(t)
	}
	learner := evidence.NewLearner(dir, l.o.Budget)
	defer learner.Close()
	if err := l.pages(ctx, learner); err != nil {
		return interrupted(ctx, err)
	}
	switch {
	case l.wants && l.out.Pages+l.out.Rejects == 0:
		return noPages(l.set.Skipped())
	case l.wants && learner.Texts() == 0:
		return fmt.Errorf("%d pages, %d of them unreadable: %w", l.out.Pages+l.out.Rejects, l.out.Rejects, ErrNoDuties)
	}
	if err := learner.Write(l.o.File); err != nil {
		return err
	}
	e, err := evidence.Open(l.o.File)
	if err != nil {
		return err
	}
	defer e.Close()
	l.out.Texts, l.out.Hash = e.Texts(), e.Hash()
	l.out.Pairs, l.out.Triples = e.Grams()
	l.out.Sites, l.out.SiteLines = e.Sites()
	return nil
}

// pages has the workers read the pages, and add what they teach, in no order:
// evidence is a sum.
func (l *lesson) pages(ctx context.Context, learner *evidence.Learner) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	entries := make(chan source.Entry, l.o.Workers)
	results := make(chan taught, l.o.Workers)
	ev := l.o.Knowledge.Evidence()
	var wg sync.WaitGroup
	for range l.o.Workers {
		wg.Go(func() {
			for e := range entries {
				results <- l.page(e, ev)
			}
		})
	}
	var readErr error
	wg.Go(func() {
		defer close(entries)
		readErr = l.set.Each(ctx, func(e source.Entry) error {
			select {
			case entries <- e:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	})
	go func() {
		wg.Wait()
		close(results)
	}()
	var addErr error
	for t := range results {
		if addErr == nil {
			if addErr = t.add(learner); addErr != nil {
				stop(addErr)
			}
		}
		l.budget.release(t.held)
		l.count(t)
	}
	if addErr != nil {
		return addErr
	}
	return readErr
}

// add adds what the page teaches.
func (t *taught) add(learner *evidence.Learner) error {
	for _, text := range t.texts {
		if err := learner.Add(text); err != nil {
			return err
		}
	}
	if t.page == nil {
		return nil
	}
	return learner.AddPage(t.page)
}

func (l *lesson) count(t taught) {
	l.meter.pages.Add(1)
	if t.rejected {
		l.out.Rejects++
		l.meter.rejects.Add(1)
		return
	}
	l.out.Pages++
	l.meter.items.Add(int64(len(t.texts)))
}

// page reads one page. What goes wrong here goes wrong again, and is told, when
// the page is processed.
func (l *lesson) page(e source.Entry, ev zhize.Evidence) (t taught) {
	t = taught{held: e.Held, rejected: true}
	if e.Reject != nil {
		return t
	}
	defer func() {
		if recover() != nil {
			t = taught{held: e.Held, rejected: true}
		}
	}()
	d, err := l.process(e.Page, ev)
	if err != nil {
		return t
	}
	t.rejected = false
	d.Walk(func(_ *document.Article, _ *document.Position, _ *document.Section, it *document.Item) {
		t.texts = append(t.texts, d.Text(it.Span))
	})
	if page, ok := sitePage(d); ok {
		t.page = &page
	}
	return t
}

// learn gives a run the evidence of its output folder, or, where there is none
// or it is to be learnt again, what its own inputs teach, which then stays in the
// folder. It is fixed with that: pages that are added later are processed with it.
func (r *runner) learn(ctx context.Context, b *budget, p *store.Partial) error {
	path := filepath.Join(r.o.Dir, store.EvidenceName)
	if _, err := os.Stat(path); r.o.Relearn || errors.Is(err, os.ErrNotExist) {
		if err := r.lesson(ctx, b, p, path); err != nil {
			return err
		}
	}
	var err error
	if r.evidence, err = evidence.Open(path); err != nil {
		return fmt.Errorf("%w, or run again with --relearn", err)
	}
	r.o.Knowledge.Corpus = r.evidence
	return nil
}

// lesson reads the inputs for what they teach.
func (r *runner) lesson(ctx context.Context, b *budget, p *store.Partial, path string) error {
	o := LearnOptions{
		Inputs: r.o.Inputs, Ignore: r.o.Ignore, Stdin: r.o.Stdin, File: path, Workers: r.o.Workers, Fields: r.o.Fields,
		Knowledge: r.o.Knowledge, Budget: r.o.LearnBudget, Progress: r.o.Progress,
	}
	if slices.Contains(o.Inputs, "-") {
		if err := r.spool(ctx, p); err != nil {
			return err
		}
		o.Stdin = r.stdin
	}
	l, err := newLesson(o, r.e.process)
	if err != nil {
		return err
	}
	l.meter = r.meter
	l.meter.reading(l.set)
	if err := l.learn(ctx, p.Dir); err != nil {
		return err
	}
	if r.stdin != nil {
		if _, err := r.stdin.Seek(0, io.SeekStart); err != nil {
			return fmt.Errorf("read standard input again: %w", err)
		}
		if r.set, err = source.Open(source.Options{Inputs: r.o.Inputs, Ignore: r.o.Ignore, Stdin: r.stdin, Fields: r.o.Fields, Reserve: b.reserve}); err != nil {
			return err
		}
	}
	r.meter.reading(r.set)
	return nil
}

// spool keeps standard input in a file, so that it can be read twice.
func (r *runner) spool(ctx context.Context, p *store.Partial) error {
	f, err := os.Create(filepath.Join(p.Dir, "stdin"))
	if err != nil {
		return fmt.Errorf("keep standard input: %w", err)
	}
	r.stdin = f
	if _, err := io.Copy(f, reader{ctx, r.o.Stdin}); err != nil {
		return fmt.Errorf("keep standard input: %w", err)
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("keep standard input: %w", err)
	}
	return nil
}

// reader ends with a context.
type reader struct {
	ctx context.Context
	r   io.Reader
}

func (r reader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}
