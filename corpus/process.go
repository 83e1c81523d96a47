package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync"

	"github.com/zeebo/xxh3"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/store"
	"zhize/corpus/source"
	"zhize/extract"
	"zhize/record"
)

// window is how many pages a worker may be ahead of the writer.
const window = 4

// job is an input on its way to the writer.
type job struct {
	seq   uint64 // place among the inputs
	entry source.Entry
	sha   string
	id    string
	key   store.Key
	done  chan outcome
}

// outcome is what became of a job, ready to be written; what repeats what is
// found out later.
type outcome struct {
	derive.Derived
	reject    *record.Reject
	page      []byte   // its line, which repeats nothing
	positions [][]byte // its positions' lines, the same
	derived   []byte   // packed
	reused    bool
}

// process reads the inputs, has the workers do the pages and the writer take
// the outcomes in order. When ctx ends, the pages in hand are finished. It
// returns the first error of reading or writing.
func (r *runner) process(ctx context.Context, b *budget, w *writer) error {
	reading, stop := context.WithCancel(ctx)
	defer stop()
	order := make(chan *job, window*r.o.Workers)
	jobs := make(chan *job, cap(order)+1) // never full: what is in it is in order too, or being waited for
	var wg sync.WaitGroup
	for range r.o.Workers {
		wg.Go(func() {
			for j := range jobs {
				j.done <- r.outcome(j)
			}
		})
	}
	var readErr error
	wg.Go(func() {
		defer close(order)
		defer close(jobs)
		readErr = r.read(reading, order, jobs)
	})
	var writeErr error
	for j := range order {
		out := <-j.done
		if writeErr == nil {
			if writeErr = w.write(j, out); writeErr != nil {
				stop()
			}
		}
		b.release(j.entry.Held)
	}
	wg.Wait()
	if writeErr != nil {
		return writeErr
	}
	return readErr
}

// read turns the inputs into jobs. Pages get their ids here, where they are in
// order, because a further page with the same bytes gets another one.
func (r *runner) read(ctx context.Context, order, jobs chan<- *job) error {
	ids := derive.NewPageIDs()
	seq := uint64(0)
	return r.set.Each(ctx, func(e source.Entry) error {
		seq++
		j := &job{seq: seq, entry: e, done: make(chan outcome, 1)}
		if e.Reject == nil {
			sum := sha256.Sum256(e.Page.Data)
			j.sha = hex.EncodeToString(sum[:])
			j.id = ids.Next(j.sha, e.Page.URI)
			j.key = r.key(j)
		}
		select {
		case order <- j:
			jobs <- j
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

// key names what decides a page's lines: the program, its configuration, the
// page's bytes, its names and what was said of it from outside.
func (r *runner) key(j *job) store.Key {
	h := xxh3.New()
	p := &j.entry.Page
	for _, part := range append([]string{
		record.Schema, r.e.versions.Build, r.manifest.ConfigurationHash, j.sha, j.id, p.URI, p.MediaType, p.Charset, p.Title,
	}, j.entry.Flags...) {
		h.WriteString(strconv.Itoa(len(part))) // never fails
		h.WriteString(":")
		h.WriteString(part)
	}
	return h.Sum128().Bytes()
}

// outcome copies a page from an earlier run or processes it.
func (r *runner) outcome(j *job) outcome {
	if j.entry.Reject != nil {
		return outcome{reject: j.entry.Reject}
	}
	if out, ok := r.reuse(j); ok {
		return out
	}
	out, err := r.fresh(j)
	if err != nil {
		return outcome{reject: rejected(j.entry.Page.URI, err)}
	}
	return out
}

// rejected is the record of an error of processing.
func rejected(uri string, err error) *record.Reject {
	rec := &record.Reject{Schema: record.Schema, URI: uri, Stage: "process", Reason: "error", Message: err.Error()}
	var re *extract.RejectError
	if errors.As(err, &re) {
		rec.Stage, rec.Reason, rec.Message = re.Stage, re.Reason, re.Message
	}
	return rec
}

// fresh processes a page. A panic, which nothing is known to cause, becomes a
// reject that names the page.
func (r *runner) fresh(j *job) (out outcome, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &extract.RejectError{
				Stage: "process", Reason: "panic",
				Message: fmt.Sprintf("the program failed on %s: %v; please report it with the page", j.entry.Page.URI, v),
			}
		}
	}()
	size := len(j.entry.Page.Data)
	d, err := r.e.process(j.entry.Page, r.ev)
	j.entry.Page.Data = nil // a large page is many times in memory as it is
	if err != nil {
		return outcome{}, err
	}
	d.Page.ID, d.Page.SHA256, d.Page.Bytes = j.id, j.sha, size
	for _, f := range j.entry.Flags {
		if !slices.Contains(d.Flags, f) {
			d.Flags = append(d.Flags, f)
		}
	}
	page, positions := record.FromDocument(d)
	out.Derived = derive.Of(j.seq, &page, positions)
	for i := range positions {
		line, err := encode(positions[i])
		if err != nil {
			return outcome{}, err
		}
		out.positions = append(out.positions, line)
	}
	if out.page, err = encode(page); err != nil {
		return outcome{}, err
	}
	out.derived, err = out.Derived.Pack()
	return out, err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	err := record.Encode(&b, v)
	return b.Bytes(), err
}

// reuse takes the lines of an earlier run, as if they were fresh.
func (r *runner) reuse(j *job) (out outcome, ok bool) {
	c, ok := r.cache.Find(j.key)
	if !ok {
		return out, false
	}
	out.reused, out.derived = true, bytes.Clone(c.Derived)
	var err error
	if out.Derived, err = derive.Unpack(c.Derived, j.seq); err != nil {
		return out, false
	}
	if out.page, ok = unmark(c.Page); !ok {
		return out, false
	}
	for line := range bytes.Lines(c.Positions) {
		if line, ok = unmark(line); !ok {
			return out, false
		}
		out.positions = append(out.positions, line)
	}
	return out, len(out.positions) == len(out.Positions) && out.ID == derive.IDBits(j.id)
}
