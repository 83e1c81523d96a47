package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/internal/lazyregexp"
	"zhize/record"
)

// Errors of a search by id. They come wrapped.
var (
	ErrNoID      = errors.New("is no id")
	ErrNotFound  = errors.New("nothing has this id")
	ErrAmbiguous = errors.New("several ids begin like this; give more digits")
)

// Found is what an id names, with what it stands in.
type Found struct {
	Page      *record.Page      `json:"page"`      // not for a duty
	Positions []record.Position `json:"positions"` // all of a page's, or the one asked for, or that of the item
	Item      *record.Item      `json:"item"`      // for an item
	Section   *record.Section   `json:"section"`   // that the item stands in
	Duty      *record.Duty      `json:"duty"`      // for a duty
}

var (
	pageIDForm = lazyregexp.New(`^([0-9a-f]{6,16})(?:-p([0-9]{3,})(?:-i([0-9]{3,}))?)?$`)
	dutyIDForm = lazyregexp.New(`^d[0-9a-f]{6,16}$`)
	// shortDuty is a page's id in form, and may be meant for a duty's.
	shortDuty = lazyregexp.New(`^d[0-9a-f]{5}$`)
)

// Find finds a page, a position (page-p003), an item (page-p003-i002) or a duty
// (d and its digits) in the outputs in dir. At least six digits of a page's or
// a duty's id are enough where only one begins so. Errors are [ErrNoID],
// [ErrNotFound], [ErrAmbiguous] and [ErrUnfinished]. It reads through the files without
// decoding what it does not look for.
func Find(dir, id string) (*Found, error) {
	if _, err := store.FinishedManifest(dir); err != nil {
		return nil, err
	}
	// A short id that begins with d may be a page's; a whole one is longer.
	f, err := findPage(dir, id)
	switch {
	case shortDuty().MatchString(id) && errors.Is(err, ErrNotFound):
		return nil, fmt.Errorf("%w (a duty's is d and at least six digits)", err)
	case !dutyIDForm().MatchString(id), err == nil, !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrNoID):
		return f, err
	}
	var d record.Duty
	if err := findOne(dir, store.DutiesName, id, &d); err != nil {
		return nil, err
	}
	return &Found{Positions: []record.Position{}, Duty: &d}, nil
}

// findPage finds a page or a part of it.
func findPage(dir, id string) (*Found, error) {
	m := pageIDForm().FindStringSubmatch(id)
	if m == nil {
		return nil, noID(id)
	}
	var page record.Page
	if err := findOne(dir, store.PagesName, m[1], &page); err != nil {
		return nil, err
	}
	f := &Found{Page: &page, Positions: []record.Position{}}
	if err := f.positions(dir, page.ID, m[2]); err != nil {
		return nil, err
	}
	return f, f.narrow(id, m[2], m[3])
}

// findOne decodes the one line of a file whose id begins with prefix.
func findOne(dir, name, prefix string, to any) error {
	var hit []byte
	err := linesOf(dir, name, prefix, func(line []byte) error {
		if hit != nil {
			return fmt.Errorf("%s: %w", prefix, ErrAmbiguous)
		}
		hit = line
		return nil
	})
	if err != nil {
		return err
	}
	if hit == nil {
		return fmt.Errorf("%s: %w", prefix, ErrNotFound)
	}
	if err := json.Unmarshal(hit, to); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// linesOf calls f for the lines whose id begins with prefix.
func linesOf(dir, name, prefix string, f func(line []byte) error) (err error) {
	r, err := lines.Open(filepath.Join(dir, name))
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	want := []byte(store.LineHead + prefix)
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("find: %w", err)
		}
		if bytes.HasPrefix(line, want) {
			if err := f(line); err != nil {
				return err
			}
		}
	}
}

// positions reads those of a page, or its n-th where ordinal is not "".
func (f *Found) positions(dir, page, ordinal string) error {
	want := page + "-p"
	if ordinal != "" {
		want += ordinal + `"`
	}
	return linesOf(dir, store.PositionsName, want, func(line []byte) error {
		var p record.Position
		if err := json.Unmarshal(line, &p); err != nil {
			return fmt.Errorf("%s: %w", store.PositionsName, err)
		}
		f.Positions = append(f.Positions, p)
		return nil
	})
}

// item finds the n-th item of the position.
func (f *Found) item(n int) {
	p := &f.Positions[0]
	for i := range p.Sections {
		derive.Items(p.Sections[i].Items, func(it *record.Item) {
			if n--; n == 0 {
				f.Item, f.Section = it, &p.Sections[i]
			}
		})
	}
}
