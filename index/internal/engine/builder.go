package engine

import (
	"bytes"
	"container/heap"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/blevesearch/mmap-go"
)

// Builder makes the segments of a folder from runs. Runs wait on the disk, so
// memory does not grow with them.
type Builder struct {
	dir   string
	waits *os.File
	runs  []stored
	size  int64
	docs  int
}

// stored says where a run lies in the file.
type stored struct {
	base  uint32
	start [numFields]int64
	end   [numFields]int64
}

// NewBuilder begins postings in the folder dir, which exists.
func NewBuilder(dir string) (*Builder, error) {
	f, err := os.OpenFile(filepath.Join(dir, "runs.tmp"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &Builder{dir: dir, waits: f}, nil
}

// Add adds the documents of a run behind those that are there.
func (b *Builder) Add(r *Run) error {
	if b.docs+r.docs > math.MaxInt32 {
		return errors.New("too many documents")
	}
	at := stored{base: uint32(b.docs)}
	for f, data := range r.fields {
		n, err := b.waits.Write(data)
		if err != nil {
			return err
		}
		at.start[f] = b.size
		b.size += int64(n)
		at.end[f] = b.size
	}
	b.runs = append(b.runs, at)
	b.docs += r.docs
	return nil
}

// Abort closes a builder that is not to be finished; after Close it does
// nothing.
func (b *Builder) Abort() {
	if b.waits != nil {
		_ = b.waits.Close()
		_ = os.Remove(b.waits.Name())
		b.waits = nil
	}
}

// Close merges the runs into the segments and puts these on the disk.
func (b *Builder) Close(ctx context.Context) (err error) {
	defer b.Abort()
	var all mmap.MMap
	if b.size > 0 {
		if all, err = mmap.Map(b.waits, mmap.RDONLY, 0); err != nil {
			return fmt.Errorf("reading the runs: %w", err)
		}
		defer func() { err = errors.Join(err, all.Unmap()) }()
	}
	var errs [numFields]error
	var group sync.WaitGroup
	for f := range numFields {
		group.Go(func() { errs[f] = b.merge(ctx, f, all) })
	}
	group.Wait()
	return errors.Join(errs[:]...)
}

// merge writes the segment of a field.
func (b *Builder) merge(ctx context.Context, f int, all []byte) error {
	s, err := createSegment(filepath.Join(b.dir, file(fields[f])))
	if err != nil {
		return err
	}
	q := make(cursors, 0, len(b.runs))
	for _, r := range b.runs {
		c := &cursor{rest: all[r.start[f]:r.end[f]], base: r.base}
		if c.next() {
			q = append(q, c)
		}
	}
	heap.Init(&q)
	var term []byte
	var docs []uint32
	for n := 0; len(q) > 0; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return errors.Join(ctx.Err(), s.abort())
		}
		term, docs = append(term[:0], q[0].term...), docs[:0]
		for len(q) > 0 && bytes.Equal(q[0].term, term) { // in order of their documents
			docs = q[0].appendDocs(docs)
			if q[0].next() {
				heap.Fix(&q, 0)
			} else {
				heap.Pop(&q)
			}
		}
		s.add(term, docs)
	}
	return s.close(fields[f], b.docs)
}

// cursors is a heap: the least term first, of equal terms the first documents.
type cursors []*cursor

func (q cursors) Len() int { return len(q) }
func (q cursors) Less(i, j int) bool {
	if c := bytes.Compare(q[i].term, q[j].term); c != 0 {
		return c < 0
	}
	return q[i].base < q[j].base
}
func (q cursors) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *cursors) Push(any)     { panic("no cursor comes in later") }
func (q *cursors) Pop() any {
	old := *q
	last := old[len(old)-1]
	*q = old[:len(old)-1]
	return last
}
