package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"zhize/corpus/internal/store"
	"zhize/record"
)

// Finder finds records by id again and again, as [Find] does once. It notes
// where each line begins the first time it is asked: sixteen bytes for a page
// and as many for a duty. It keeps the files open, so it goes on to find in the
// outputs that it was opened on when a run puts others in their place. It is
// safe for concurrent use.
type Finder struct {
	pages, positions, duties table
}

// table is where the lines of a file begin.
type table struct {
	f     *os.File
	name  string
	skip  int // bytes between the head of a line and the digits of its id
	once  sync.Once
	lines []place // by id
	err   error
}

// place is where the first line of an id begins. Of positions.jsonl that is the
// first position of a page.
type place struct {
	id uint64
	at int64
}

// OpenFinder opens the outputs of the finished run in dir.
func OpenFinder(dir string) (_ *Finder, err error) {
	if _, err := store.FinishedManifest(dir); err != nil {
		return nil, err
	}
	f := &Finder{}
	f.duties.skip = 1 // the letter d
	for _, t := range [...]struct {
		*table
		name string
	}{{&f.pages, store.PagesName}, {&f.positions, store.PositionsName}, {&f.duties, store.DutiesName}} {
		t.table.name = t.name
		if t.f, err = os.Open(filepath.Join(dir, t.name)); err != nil {
			return nil, errors.Join(fmt.Errorf("find: %w", err), f.Close())
		}
	}
	return f, nil
}

// Close closes the files. No search may run or begin.
func (f *Finder) Close() error {
	var errs []error
	for _, t := range [...]*table{&f.pages, &f.positions, &f.duties} {
		if t.f != nil {
			errs = append(errs, t.f.Close())
		}
	}
	return errors.Join(errs...)
}

// Find finds what an id names. The errors are those of the function [Find],
// and the context's where it ended while the first search read the files.
func (f *Finder) Find(ctx context.Context, id string) (*Found, error) {
	found, err := f.page(ctx, id)
	if err == nil || !dutyIDForm().MatchString(id) || !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrNoID) {
		return found, err
	}
	var d record.Duty
	if err := f.duties.find(ctx, id[1:], id, &d); err != nil {
		return nil, err
	}
	return &Found{Positions: []record.Position{}, Duty: &d}, nil
}

func (f *Finder) page(ctx context.Context, id string) (*Found, error) {
	m := pageIDForm().FindStringSubmatch(id)
	if m == nil {
		return nil, noID(id)
	}
	var page record.Page
	if err := f.pages.find(ctx, m[1], id, &page); err != nil {
		return nil, err
	}
	found := &Found{Page: &page, Positions: []record.Position{}}
	places, err := f.positions.places(ctx, page.ID)
	if err != nil {
		return nil, err
	}
	if len(places) > 0 {
		want := page.ID + "-p"
		if m[2] != "" {
			want += m[2] + `"`
		}
		err := f.positions.each(places[0].at, page.ID+"-p", func(line []byte) error {
			if !bytes.HasPrefix(line[len(store.LineHead):], []byte(want)) {
				return nil
			}
			var p record.Position
			if err := json.Unmarshal(line, &p); err != nil {
				return fmt.Errorf("%s: %w", store.PositionsName, err)
			}
			found.Positions = append(found.Positions, p)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return found, found.narrow(id, m[2], m[3])
}

// narrow checks that the position was found that an id names, and finds its item.
func (f *Found) narrow(id, position, item string) error {
	if position != "" && len(f.Positions) == 0 {
		return fmt.Errorf("%s: %w, since the positions of its page are %d", id, ErrNotFound, f.Page.Counts.Positions)
	}
	if item != "" {
		n, _ := strconv.Atoi(item) // digits; one too many is not found
		if f.item(n); f.Item == nil {
			return fmt.Errorf("%s: %w, since its position has fewer items", id, ErrNotFound)
		}
	}
	return nil
}

func noID(id string) error {
	return fmt.Errorf("%q %w: a page's is 16 hexadecimal digits or the first six, a position's goes on with -p001, an item's with -p001-i001, and a duty's begins with d", id, ErrNoID)
}

// find decodes the one line whose id begins with digits.
func (t *table) find(ctx context.Context, digits, id string, to any) error {
	places, err := t.places(ctx, digits)
	switch {
	case err != nil:
		return err
	case len(places) == 0:
		return fmt.Errorf("%s: %w", id, ErrNotFound)
	case len(places) > 1:
		return fmt.Errorf("%s: %w", id, ErrAmbiguous)
	}
	return t.each(places[0].at, "", func(line []byte) error {
		if err := json.Unmarshal(line, to); err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		return errStop
	})
}

// errStop ends a walk over lines.
var errStop = errors.New("stop")

// each calls f for the lines from an offset on, as long as their ids begin with
// prefix.
func (t *table) each(at int64, prefix string, f func(line []byte) error) error {
	r := bufio.NewReaderSize(io.NewSectionReader(t.f, at, 1<<62-at), 1<<16)
	for {
		line, err := r.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		if !bytes.HasPrefix(line, []byte(store.LineHead+prefix)) {
			return nil
		}
		if err := f(line); errors.Is(err, errStop) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// places are where the lines stand whose ids begin with these hexadecimal
// digits, at most sixteen.
func (t *table) places(ctx context.Context, digits string) ([]place, error) {
	ready := make(chan struct{})
	go func() { // whoever cannot wait leaves, and the table is made for the next
		t.once.Do(func() { t.lines, t.err = t.read() })
		close(ready)
	}()
	select {
	case <-ready:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if t.err != nil {
		return nil, t.err
	}
	first, err := strconv.ParseUint(digits+strings.Repeat("0", 16-len(digits)), 16, 64)
	if err != nil {
		return nil, fmt.Errorf("%q %w", digits, ErrNoID)
	}
	last := first | (1<<(4*(16-len(digits))) - 1)
	less := func(p place, id uint64) int {
		if p.id < id {
			return -1
		}
		return 1
	}
	from, _ := slices.BinarySearchFunc(t.lines, first, less)
	to := from
	for to < len(t.lines) && t.lines[to].id <= last {
		to++
	}
	return t.lines[from:to], nil
}

// read notes where the lines begin.
func (t *table) read() ([]place, error) {
	r := bufio.NewReaderSize(io.NewSectionReader(t.f, 0, 1<<62), 1<<20)
	var out []place
	begin := len(store.LineHead) + t.skip
	for at := int64(0); ; {
		head, err := r.Peek(begin + 16)
		if len(head) == 0 && errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		id, err := strconv.ParseUint(string(head[begin:]), 16, 64)
		if err != nil || !bytes.HasPrefix(head, []byte(store.LineHead)) {
			return nil, fmt.Errorf("%s: the line at byte %d does not begin with an id; zhize verify tells more", t.name, at)
		}
		if len(out) == 0 || out[len(out)-1].id != id {
			out = append(out, place{id, at})
		}
		n, err := skipLine(r)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		at += n
	}
	slices.SortFunc(out, func(a, b place) int {
		switch {
		case a.id < b.id:
			return -1
		case a.id > b.id:
			return 1
		}
		return int(a.at - b.at)
	})
	return slices.Clip(out), nil
}

// skipLine reads over a line and gives its length.
func skipLine(r *bufio.Reader) (n int64, err error) {
	for {
		part, err := r.ReadSlice('\n')
		n += int64(len(part))
		switch {
		case err == nil:
			return n, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return n, err
		}
	}
}
