// Package spill sorts more records than memory holds: they are sorted in runs
// that go to files, and the runs are merged.
package spill

import (
	"bufio"
	"bytes"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// fanIn is how many runs are merged at once: well under the 256 files that a
// process may open on the meanest system, and two passes of it are 64 GiB of
// the usual memory budget.
const fanIn = 32

// Sorter orders records by their bytes. Not for use from two goroutines.
type Sorter struct {
	dir    string
	budget int
	arena  []byte
	at     []int // where records begin in arena
	runs   []string
}

// New is a sorter that holds about budget bytes of records in memory and the
// rest in files in dir, which exists. Close removes them.
func New(dir string, budget int) *Sorter { return &Sorter{dir: dir, budget: budget} }

// Add takes a copy of record.
func (s *Sorter) Add(record []byte) error {
	// 8 bytes of bookkeeping a record count too.
	if n := len(s.arena) + 8*len(s.at); n > 0 && n+len(record) > s.budget {
		if err := s.flush(); err != nil {
			return err
		}
	}
	s.at = append(s.at, len(s.arena))
	s.arena = append(s.arena, record...)
	return nil
}

func (s *Sorter) record(i int) []byte {
	if i+1 < len(s.at) {
		return s.arena[s.at[i]:s.at[i+1]]
	}
	return s.arena[s.at[i]:]
}

// order is the held records' indices, sorted.
func (s *Sorter) order() []int {
	order := make([]int, len(s.at))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return bytes.Compare(s.record(a), s.record(b)) })
	return order
}

func (s *Sorter) flush() error {
	if len(s.at) == 0 {
		return nil
	}
	err := s.write(func(put func([]byte) error) error {
		for _, i := range s.order() {
			if err := put(s.record(i)); err != nil {
				return err
			}
		}
		return nil
	})
	s.arena, s.at = s.arena[:0], s.at[:0]
	return err
}

// write makes a run of what fill puts.
func (s *Sorter) write(fill func(put func([]byte) error) error) error {
	f, err := os.CreateTemp(s.dir, "run-*")
	if err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	s.runs = append(s.runs, f.Name())
	w := bufio.NewWriterSize(f, 256<<10)
	var size [binary.MaxVarintLen64]byte
	err = fill(func(record []byte) error {
		if _, err := w.Write(size[:binary.PutUvarint(size[:], uint64(len(record)))]); err != nil {
			return err
		}
		_, err := w.Write(record)
		return err
	})
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("sort: %w", err)
	}
	return nil
}

// Each calls f for every record in order. The record is f's until it returns.
func (s *Sorter) Each(f func(record []byte) error) error {
	if len(s.runs) == 0 {
		for _, i := range s.order() {
			if err := f(s.record(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if err := s.flush(); err != nil {
		return err
	}
	s.arena, s.at = nil, nil
	for len(s.runs) > fanIn {
		some := s.runs[:fanIn]
		s.runs = slices.Clone(s.runs[fanIn:])
		if err := s.write(func(put func([]byte) error) error { return merge(some, put) }); err != nil {
			return err
		}
		for _, r := range some {
			if err := os.Remove(r); err != nil {
				return fmt.Errorf("sort: %w", err)
			}
		}
	}
	return merge(s.runs, f)
}

// Close removes the files.
func (s *Sorter) Close() error {
	var errs []error
	for _, r := range s.runs {
		errs = append(errs, os.Remove(r))
	}
	s.runs, s.arena, s.at = nil, nil, nil
	return errors.Join(errs...)
}

// run is a file being merged; head is its next record.
type run struct {
	r    *bufio.Reader
	head []byte
}

func (r *run) next() error {
	n, err := binary.ReadUvarint(r.r)
	if err != nil {
		return err
	}
	r.head = slices.Grow(r.head[:0], int(n))[:n]
	if _, err := io.ReadFull(r.r, r.head); err != nil {
		return fmt.Errorf("sort: a run is damaged: %w", err)
	}
	return nil
}

type runs []*run

func (h runs) Len() int           { return len(h) }
func (h runs) Less(i, j int) bool { return bytes.Compare(h[i].head, h[j].head) < 0 }
func (h runs) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *runs) Push(x any)        { *h = append(*h, x.(*run)) }
func (h *runs) Pop() any {
	old := *h
	x := old[len(old)-1]
	*h = old[:len(old)-1]
	return x
}

func merge(names []string, f func([]byte) error) (err error) {
	var h runs
	var open []*os.File
	defer func() {
		for _, file := range open {
			err = errors.Join(err, file.Close())
		}
	}()
	for _, name := range names {
		file, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("sort: %w", err)
		}
		open = append(open, file)
		r := &run{r: bufio.NewReaderSize(file, 128<<10)}
		switch err := r.next(); err {
		case nil:
			h = append(h, r)
		case io.EOF:
		default:
			return err
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		if err := f(h[0].head); err != nil {
			return err
		}
		switch err := h[0].next(); err {
		case nil:
			heap.Fix(&h, 0)
		case io.EOF:
			heap.Pop(&h)
		default:
			return err
		}
	}
	return nil
}
