package derive

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"zhize/corpus/internal/near"
)

// links finds out which of the different texts are near copies of others. They
// are numbered as [DutyBook.each] does; the one that stands more often is kept,
// of equal ones the first.
func (d *DutyBook) links(ctx context.Context) (links *near.Links, err error) {
	texts, err := newTextFile(d.dir)
	if err != nil {
		return nil, err
	}
	b := near.NewBuckets(d.dir, near.DutyPivots)
	defer func() { err = errors.Join(err, b.Close(), texts.close()) }()
	var kind, text string
	count := uint32(0)
	end := func() error { // of a text
		if count == 0 {
			return nil
		}
		duty, ok := near.NewDuty(text)
		if !ok {
			return texts.add(nil)
		}
		if err := b.Add(math.MaxUint32-count, uint32(len(texts.at)), duty.Bands(kind)); err != nil {
			return err
		}
		return texts.add(&duty)
	}
	err = d.each(ctx, func(_ uint32, first bool, rec []byte) error {
		if first {
			if err := end(); err != nil {
				return err
			}
			it, err := parseDutyRecord(rec)
			if err != nil {
				return err
			}
			kind, text, count = it.kind, it.text, 0
		}
		count++
		return nil
	})
	if err := errors.Join(err, end()); err != nil {
		return nil, err
	}
	links = near.NewLinks(len(texts.at))
	return links, links.Join(ctx, b, texts.like())
}

// textFile holds duties on the disk, ready to be compared.
type textFile struct {
	f    *os.File
	w    *bufio.Writer
	at   []int64 // where each begins
	size int64
	buf  []byte
}

func newTextFile(dir string) (*textFile, error) {
	f, err := os.CreateTemp(dir, "texts-*")
	if err != nil {
		return nil, fmt.Errorf("find duplicates: %w", err)
	}
	return &textFile{f: f, w: bufio.NewWriterSize(f, 256<<10)}, nil
}

// add takes the next duty; nil for one that is not compared.
func (t *textFile) add(d *near.Duty) error {
	t.at = append(t.at, t.size)
	if d == nil {
		return nil
	}
	t.buf = d.Append(t.buf[:0])
	t.size += int64(len(t.buf))
	if _, err := t.w.Write(t.buf); err != nil {
		return fmt.Errorf("find duplicates: %w", err)
	}
	return nil
}

func (t *textFile) close() error { return errors.Join(t.f.Close(), os.Remove(t.f.Name())) }

// duty is the n-th duty.
func (t *textFile) duty(n uint32) (*near.Duty, error) {
	end := t.size
	if int(n)+1 < len(t.at) {
		end = t.at[n+1]
	}
	t.buf = slices.Grow(t.buf[:0], int(end-t.at[n]))[:end-t.at[n]]
	if _, err := t.f.ReadAt(t.buf, t.at[n]); err != nil {
		return nil, fmt.Errorf("find duplicates: %w", err)
	}
	return near.ReadDuty(t.buf), nil
}

// held is how many duties are held ready: those that many others are compared
// with come again and again.
const held = 1 << 12

// like compares texts by their numbers.
func (t *textFile) like() func(unit, kept uint32) (float64, bool, error) {
	var slots [held]struct {
		n    uint32
		duty *near.Duty
	}
	flushed := false
	get := func(n uint32) (*near.Duty, error) {
		s := &slots[n%held]
		if s.duty == nil || s.n != n {
			d, err := t.duty(n)
			if err != nil {
				return nil, err
			}
			s.n, s.duty = n, d
		}
		return s.duty, nil
	}
	return func(unit, kept uint32) (float64, bool, error) {
		if !flushed {
			if err := t.w.Flush(); err != nil {
				return 0, false, fmt.Errorf("find duplicates: %w", err)
			}
			flushed = true
		}
		a, err := get(unit)
		if err != nil {
			return 0, false, err
		}
		b, err := get(kept)
		if err != nil {
			return 0, false, err
		}
		s, ok := a.Like(b)
		return s, ok, nil
	}
}
