// Package live keeps the outputs of a run open while another run may put others
// in their place.
package live

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"zhize/corpus"
	"zhize/index"
)

// Run is an output folder that is read. A run that writes the folder anew puts
// other files in the place of these; who has the old ones in use goes on with
// them, and the next ones get the new ones. It is safe for concurrent use.
type Run struct {
	dir string

	mu      sync.Mutex
	index   *shared[*index.Index]
	finder  *shared[*corpus.Finder]
	looked  time.Time
	closing bool
}

// lookAgain is how often the folder is looked at for new files.
const lookAgain = time.Second

// shared is something open that requests use; it is closed when it was
// replaced and the last of them is done.
type shared[T interface{ Close() error }] struct {
	value T
	mark  mark
	users int
	old   bool
}

// mark tells a file from another that was put in its place.
type mark struct{ info fs.FileInfo }

func markOf(name string) mark {
	info, err := os.Stat(name)
	if err != nil {
		return mark{}
	}
	return mark{info}
}

func (m mark) same(o mark) bool {
	return m.info != nil && o.info != nil && os.SameFile(m.info, o.info) && m.info.ModTime().Equal(o.info.ModTime()) && m.info.Size() == o.info.Size()
}

func (r *Run) indexMark() mark  { return markOf(filepath.Join(r.dir, "index", "info.json")) }
func (r *Run) finderMark() mark { return markOf(filepath.Join(r.dir, "manifest.json")) }

// Open opens the index and the outputs in dir. The error is that of index.Open or
// corpus.OpenFinder.
func Open(dir string) (*Run, error) {
	r := &Run{dir: dir, looked: time.Now()}
	// The mark is taken before the file is opened: a file that is replaced in
	// between is opened again.
	im, fm := r.indexMark(), r.finderMark()
	x, err := index.Open(dir)
	if err != nil {
		return nil, err
	}
	f, err := corpus.OpenFinder(dir)
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	r.index, r.finder = &shared[*index.Index]{value: x, mark: im}, &shared[*corpus.Finder]{value: f, mark: fm}
	return r, nil
}

// Look looks for new files now, and not in a second.
func (r *Run) Look() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.looked = time.Time{}
	r.look()
}

// look opens what was put in the place of what is open. Where that fails, as
// while a run puts its files into place, what is open stays.
func (r *Run) look() {
	if time.Since(r.looked) < lookAgain || r.closing {
		return
	}
	r.looked = time.Now()
	if m := r.indexMark(); m.info != nil && !m.same(r.index.mark) {
		if x, err := index.Open(r.dir); err == nil {
			r.index.retire()
			r.index = &shared[*index.Index]{value: x, mark: m}
		}
	}
	if m := r.finderMark(); m.info != nil && !m.same(r.finder.mark) {
		if f, err := corpus.OpenFinder(r.dir); err == nil {
			r.finder.retire()
			r.finder = &shared[*corpus.Finder]{value: f, mark: m}
		}
	}
}

func (s *shared[T]) retire() {
	s.old = true
	s.closeUnused()
}

// closeUnused closes what nobody will use any more. Nothing was written, so
// there is nothing to lose where that fails.
func (s *shared[T]) closeUnused() {
	if s.old && s.users == 0 {
		_ = s.value.Close()
	}
}

// use gives what is open, and what to call when the request is done with it.
func use[T interface{ Close() error }](r *Run, pick func() *shared[T]) (T, func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.look()
	s := pick()
	s.users++
	return s.value, func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		s.users--
		s.closeUnused()
	}
}

// Index gives the index, and what to call when it is no longer in use.
func (r *Run) Index() (*index.Index, func()) {
	return use(r, func() *shared[*index.Index] { return r.index })
}

// Finder gives what finds records by id, and what to call when it is no longer in
// use.
func (r *Run) Finder() (*corpus.Finder, func()) {
	return use(r, func() *shared[*corpus.Finder] { return r.finder })
}

// Close closes everything. Nothing may be in use.
func (r *Run) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closing = true
	return errors.Join(r.index.value.Close(), r.finder.value.Close())
}
