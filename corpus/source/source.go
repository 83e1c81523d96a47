// Package source turns what a user names (files, folders, archives, standard
// input) into pages, in a stable order, and says of everything that is no page why.
// Reading never stops at a bad input: it becomes a [record.Reject] and the
// rest goes on.
package source

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/zeebo/xxh3"

	"zhize/corpus/source/pattern"
	"zhize/extract"
	"zhize/record"
)

// Limits. A saved web page is rarely over 10 MB; what is far beyond that is
// no page and would only eat the memory of the machine.
const (
	MaxPage = extract.MaxBytes // bytes of a page that is a file of its own
	MaxLine = 64 << 20         // bytes of a line of a file of rows
)

// Fields names the keys of a row that hold its page; "" tries the usual names:
// text, content, body, html for the page; url, uri, id for its name; title.
type Fields struct{ Text, HTML, URL, Title string }

// Options say what to read.
type Options struct {
	Inputs  []string  // files, folders, globs, "-"; a name that is there is no glob
	Ignore  []string  // rules of what is left out, as lines of a .gitignore, from each input on
	Stdin   io.Reader // read for "-"
	Fields  Fields
	Reserve func(ctx context.Context, n int64) error // waits until n more bytes may be in memory; nil: at once
}

// Entry is a page, or an input that is none.
type Entry struct {
	Page   extract.Input
	Held   int64          // what was asked of Reserve for it
	Flags  []string       // what the document must bear besides its own
	Reject *record.Reject // not nil: there is no page
}

// Totals are what a first look tells.
type Totals struct {
	Pages int   // 0 where rows or a stream make it unknown
	Bytes int64 // of the files as they are; what a stream holds is unknown
}

// Set is what the inputs name.
type Set struct {
	o       Options
	kindOf  func(name string) kind // the table, which names the readers, which ask it
	read    atomic.Int64
	skipped map[string]int
	seen    map[xxh3.Uint128]struct{} // files met, where more than one input is named
	globs   map[string]*pattern.Glob  // of the inputs that are some
	ignore  pattern.Rules             // of Options
}

// Open looks at every input. One that cannot be found is an error, before
// anything is read.
func Open(o Options) (*Set, error) {
	if len(o.Inputs) == 0 {
		return nil, errors.New("no input: name a file, a folder or - for standard input")
	}
	if o.Reserve == nil {
		o.Reserve = func(ctx context.Context, _ int64) error { return ctx.Err() }
	}
	s := &Set{o: o, kindOf: kindOf, globs: map[string]*pattern.Glob{}}
	for _, rule := range o.Ignore {
		if err := s.ignore.Add(rule); err != nil {
			return nil, fmt.Errorf("what is to be ignored: %w", err)
		}
	}
	stdin := 0
	for _, in := range o.Inputs {
		if in == "-" {
			stdin++
			continue
		}
		if err := s.look(in); err != nil {
			return nil, err
		}
	}
	if stdin > 1 || stdin == 1 && o.Stdin == nil {
		return nil, errors.New("standard input (-) can be read once")
	}
	return s, nil
}

// BytesRead is how much of the files has been read by now; safe to call at
// any time from anywhere.
func (s *Set) BytesRead() int64 { return s.read.Load() }

// Skipped counts, after Each, the files and members of archives that were met
// and are no pages: by extension, or as "(hidden)", "(link)", "(special)",
// "(output)", "(repeated)", "(export)", "(ignored)", of web archives as "(record)",
// "(status)", "(media)".
func (s *Set) Skipped() map[string]int { return s.skipped }

// Each calls yield for every page and every input that is none, in order:
// inputs as they are named, files of a folder by their path in byte order,
// rows and members as they stand. An error of yield or of ctx ends the walk and is returned.
func (s *Set) Each(ctx context.Context, yield func(Entry) error) error {
	s.skipped = map[string]int{}
	s.seen = map[xxh3.Uint128]struct{}{}
	for _, in := range s.o.Inputs {
		if err := s.input(ctx, in, s.file(ctx, yield), yield); err != nil {
			return err
		}
	}
	return nil
}

// Scan counts the files and their bytes without reading them.
func (s *Set) Scan(ctx context.Context) (Totals, error) {
	var t Totals
	known := true
	s.skipped, s.seen = map[string]int{}, map[xxh3.Uint128]struct{}{}
	count := func(f file) error {
		t.Pages++
		t.Bytes += f.size
		known = known && !f.stream && !f.kind.guess && f.kind.read == nil
		return ctx.Err()
	}
	for _, in := range s.o.Inputs {
		if err := s.input(ctx, in, count, func(Entry) error { return nil }); err != nil {
			return Totals{}, err
		}
	}
	if !known {
		t.Pages = 0
	}
	return t, nil
}

// input hands the files of one input to visit.
func (s *Set) input(ctx context.Context, in string, visit func(file) error, yield func(Entry) error) error {
	if in == "-" {
		return visit(file{uri: "-", stream: true})
	}
	w := walk{s: s, visit: visit, yield: yield}
	if g := s.globs[in]; g != nil {
		w.glob = g
		return w.folder(ctx, place{at: filepath.FromSlash(g.Base), uri: name(g.Base)})
	}
	info, err := os.Stat(in)
	switch {
	case err != nil:
		return yield(unreadable(name(in), err))
	case info.IsDir():
		return w.folder(ctx, place{at: in, uri: name(in)})
	case s.leftOut(strings.TrimPrefix(name(in), "/")):
		s.skipped["(ignored)"]++
		return nil
	case s.repeated(in):
		return nil
	}
	return visit(file{
		path: in, uri: name(in), size: info.Size(), kind: kindOf(in), stream: !info.Mode().IsRegular(),
	})
}

// repeated reports whether a file was met before, and counts it if so.
func (s *Set) repeated(path string) bool {
	if len(s.o.Inputs) < 2 {
		return false
	}
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = path
	}
	h := xxh3.HashString128(abs) // names of a million files would be most of the memory
	if _, met := s.seen[h]; met {
		s.skipped["(repeated)"]++
		return true
	}
	s.seen[h] = struct{}{}
	return false
}

// look proves that an input is there: a glob means a file or folder at least.
func (s *Set) look(in string) error {
	_, err := os.Stat(in)
	if err == nil {
		return nil
	}
	g, isGlob, bad := pattern.NewGlob(filepath.ToSlash(in))
	if !isGlob {
		return absent(in, err)
	}
	if bad != nil {
		return bad
	}
	if info, err := os.Stat(filepath.FromSlash(g.Base)); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no file or folder that %q means: there is no folder %q; check the path", in, g.Base)
	}
	s.globs[in] = &g
	s.skipped, s.seen = map[string]int{}, map[xxh3.Uint128]struct{}{}
	found := errors.New("found")
	w := walk{s: s, glob: &g,
		visit: func(file) error { return found },
		yield: func(Entry) error { return found },
	}
	if err := w.folder(context.Background(), place{at: filepath.FromSlash(g.Base), uri: name(g.Base)}); err == nil && len(s.skipped) == 0 {
		return fmt.Errorf("there is no file or folder that %q means; check the path, and put it in quotes", in)
	}
	return nil
}

// leftOut reports a name below an input, or a folder above it, that the options
// leave out.
func (s *Set) leftOut(rel string) bool {
	if s.ignore.Empty() {
		return false
	}
	for i, c := range rel {
		if c == '/' {
			if out, _ := s.ignore.Ignored(rel[:i], true); out {
				return true
			}
		}
	}
	out, _ := s.ignore.Ignored(rel, false)
	return out
}

// absent words why an input that was named cannot be looked at.
func absent(in string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return absentError(in)
	}
	return fmt.Errorf("input %q cannot be read; check its path and its permissions: %w", in, bare(err))
}

// absentError is the name of an input that is not there; it is fs.ErrNotExist.
type absentError string

func (e absentError) Error() string {
	return fmt.Sprintf("there is no file or folder %q; check the path", string(e))
}

func (absentError) Is(target error) bool { return target == fs.ErrNotExist }

// Names is the input that names the very folder dir, by whatever path; "" where
// none does.
func (s *Set) Names(dir string) string {
	own, err := os.Stat(dir)
	if err != nil {
		return "" // what is not there is no input
	}
	for _, in := range s.o.Inputs {
		if in == "-" {
			continue
		}
		if info, err := os.Stat(in); err == nil && os.SameFile(own, info) {
			return in
		}
	}
	return ""
}

func reject(uri, reason, message string) Entry {
	return Entry{Reject: &record.Reject{
		Schema: record.Schema, URI: uri, Stage: "read", Reason: reason, Message: message,
	}}
}

// unreadable is the reject of a file or folder that the system refuses.
func unreadable(uri string, err error) Entry {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return reject(uri, "vanished", "it went away while the run read its folder; run again")
	case errors.Is(err, fs.ErrPermission):
		return reject(uri, "permission", "the system refuses to read it; change its permissions and run again")
	}
	return reject(uri, "unreadable", fmt.Sprintf("the system cannot read it (%v); mend that and run again", bare(err)))
}

// bare is an error of the system without the call and the path, which repeats
// what is said beside it.
func bare(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}
