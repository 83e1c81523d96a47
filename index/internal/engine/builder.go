package engine

import (
	"bytes"
	"container/heap"
	"context"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Builder makes the segments of a folder from runs. Runs wait on the disk and are
// read in small pieces, so memory does not grow with them.
type Builder struct {
	dir   string
	first int // number of the first document
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

// NewBuilder begins postings in the folder dir, which exists. first is the number
// of their first document.
func NewBuilder(dir string, first int) (*Builder, error) {
	f, err := os.OpenFile(filepath.Join(dir, "runs.tmp"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &Builder{dir: dir, first: first, waits: f}, nil
}

// Add adds the documents of a run behind those that are there.
func (b *Builder) Add(r *Run) error {
	if b.first+b.docs+r.docs > math.MaxInt32 {
		return errors.New("too many documents")
	}
	at := stored{base: uint32(b.first + b.docs)}
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
func (b *Builder) Close(ctx context.Context) error {
	defer b.Abort()
	var errs [numFields]error
	var group sync.WaitGroup
	for f := range numFields {
		group.Go(func() { errs[f] = b.merge(ctx, f) })
	}
	group.Wait()
	return errors.Join(errs[:]...)
}

// What is read of a run at once: mergeMemory in all, and for each run not less and
// not more than these.
const (
	mergeMemory = 12 << 20
	leastRead   = 4 << 10
	mostRead    = 256 << 10
)

// merge writes the segment of a field.
func (b *Builder) merge(ctx context.Context, f int) error {
	s, err := createSegment(filepath.Join(b.dir, file(fields[f])))
	if err != nil {
		return err
	}
	size := min(max(mergeMemory/(numFields*max(len(b.runs), 1)), leastRead), mostRead)
	q := make(cursors, 0, len(b.runs))
	for _, r := range b.runs {
		c := newCursor(io.NewSectionReader(b.waits, r.start[f], r.end[f]-r.start[f]), size, r.base)
		if c.next() {
			q = append(q, c)
		} else if c.err != nil {
			return errors.Join(c.err, s.abort())
		}
	}
	heap.Init(&q)
	var term []byte
	docs := list{many: roaring.New()}
	for n := 0; len(q) > 0; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return errors.Join(ctx.Err(), s.abort())
		}
		term = append(term[:0], q[0].term...)
		docs.reset()
		for len(q) > 0 && bytes.Equal(q[0].term, term) { // in order of their documents
			c := q[0]
			c.appendDocs(&docs)
			switch more := c.next(); {
			case more:
				heap.Fix(&q, 0)
			case c.err != nil:
				return errors.Join(c.err, s.abort())
			default:
				heap.Pop(&q)
			}
		}
		s.add(term, &docs)
	}
	return s.close(fields[f], b.docs)
}

// cursors is a heap: the least term first, of equal terms the first documents.
type cursors []*cursor

func (q cursors) Len() int { return len(q) }
func (q cursors) Less(i, j int) bool {
	if q[i].head != q[j].head {
		return q[i].head < q[j].head
	}
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
