package source

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/corpus/source/pattern"
)

// LockName is the file that a run holds while it writes to a folder. With a
// folder of an unfinished run beside it, it marks a folder as one of outputs.
const LockName = ".zhize-lock"

// partialPattern is what folders of unfinished runs are called.
const partialPattern = "partial-[0-9]*"

// heads are files that a run writes, with what stands near their beginning.
var heads = [...]struct{ name, head string }{
	{"manifest.json", `"schema": "zhize/`},
	{"pages.jsonl", `{"schema":"zhize/`},
}

// file is something to read.
type file struct {
	path   string
	uri    string
	size   int64
	kind   kind
	stream bool // not a regular file: size unknown
}

// IgnoreName is the file that says what of its folder is left out, in the syntax of
// .gitignore.
const IgnoreName = ".zhizeignore"

// walk is one way through the folders of an input.
type walk struct {
	s     *Set
	glob  *pattern.Glob // nil: all is meant
	rules []ruled       // of the folders from the input down to the one in hand
	visit func(file) error
	yield func(Entry) error
}

// ruled are the rules of a folder.
type ruled struct {
	pattern.Rules
	folder string // below the input; "" is the input
}

// place is where a walk stands.
type place struct {
	at, uri string
	rel     string // below the input
	meant   bool   // the glob means a folder above
}

// below is the place of a name in a folder.
func (p place) below(entry string) place {
	return place{filepath.Join(p.at, entry), path.Join(p.uri, name(entry)), path.Join(p.rel, name(entry)), p.meant}
}

// folder walks a folder depth first. Names are compared with "/" behind those
// of folders, so files come by their path in byte order.
func (w *walk) folder(ctx context.Context, p place) error {
	if isOutput(p.at) {
		w.s.skipped["(output)"]++
		return nil
	}
	before := len(w.rules)
	defer func() { w.rules = w.rules[:before] }()
	if err := w.readRules(p); err != nil {
		return err
	}
	entries, err := list(p.at) // what could be read comes beside the error
	if err != nil {
		if err := w.yield(unreadable(p.uri+"/", err)); err != nil {
			return err
		}
	}
	for i := range entries.len() {
		if err := ctx.Err(); err != nil {
			return err
		}
		entry, kind := entries.at(i)
		if err := w.entry(ctx, p.below(entry), entry, kind); err != nil {
			return err
		}
	}
	return nil
}

// readRules reads what a folder says of its files.
func (w *walk) readRules(p place) error {
	at := filepath.Join(p.at, IgnoreName)
	f, err := os.Open(at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	uri := path.Join(p.uri, IgnoreName)
	if err != nil {
		return w.yield(unreadable(uri, err))
	}
	defer f.Close() // read only
	rules, err := pattern.Parse(f)
	w.rules = append(w.rules, ruled{rules, p.rel})
	if err != nil {
		return w.yield(reject(uri, "bad-rule", strings.ReplaceAll(err.Error(), "\n", "; ")+"; mend it and run again"))
	}
	return nil
}

// ignored reports what is left out. The rules of the options stand above those of
// files, and those of inner folders above those of outer ones.
func (w *walk) ignored(rel string, folder bool) bool {
	if out, said := w.s.ignore.Ignored(rel, folder); said {
		return out
	}
	for i := len(w.rules) - 1; i >= 0; i-- {
		r := &w.rules[i]
		if out, said := r.Ignored(strings.TrimPrefix(rel[len(r.folder):], "/"), folder); said {
			return out
		}
	}
	return false
}

// entry decides what becomes of one name in a folder.
func (w *walk) entry(ctx context.Context, p place, entry string, mode fs.FileMode) error {
	s, k := w.s, kindOf(p.at)
	if w.glob != nil && !p.meant {
		p.meant = w.glob.Match(p.rel)
		if !p.meant && (!mode.IsDir() || !w.glob.MayHold(p.rel)) {
			return nil
		}
	}
	switch {
	case entry == IgnoreName:
	case strings.HasPrefix(entry, "."):
		s.skipped["(hidden)"]++
	case w.ignored(p.rel, mode.IsDir()):
		s.skipped["(ignored)"]++
	case mode.IsDir():
		return w.folder(ctx, p)
	case mode&fs.ModeSymlink != 0:
		// A link inside its folder would double a page, one out of it would
		// read what the user did not name.
		s.skipped["(link)"]++
	case !mode.IsRegular():
		s.skipped["(special)"]++
	case k.skip:
		s.skipped[k.suffix]++
	case s.repeated(p.at):
	default:
		info, err := os.Lstat(p.at)
		if err != nil {
			return w.yield(unreadable(p.uri, err))
		}
		return w.visit(file{path: p.at, uri: p.uri, size: info.Size(), kind: k})
	}
	return nil
}

// isOutput reports whether a folder holds the outputs of a run, or what an
// unfinished one left. A lock file alone says nothing.
func isOutput(dir string) bool {
	for _, h := range heads {
		if beginsWith(filepath.Join(dir, h.name), h.head) {
			return true
		}
	}
	if _, err := os.Lstat(filepath.Join(dir, LockName)); err != nil {
		return false
	}
	entries, _ := os.ReadDir(dir) // what cannot be read is told by who walks it
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		ours, _ := path.Match(partialPattern, e.Name()) // the pattern is sound
		return ours && e.IsDir()
	})
}

// beginsWith reports whether the first bytes of a file have a text in them.
func beginsWith(name, text string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close() // read only
	head := make([]byte, 64)
	n, _ := f.Read(head) // an unreadable one is not ours
	return bytes.Contains(head[:n], []byte(text))
}

// name is a path as pages are called by it: slashes forward, and bytes that
// are not UTF-8 as U+FFFD with their two hex digits, so that two names stay two.
func name(p string) string {
	p = path.Clean(filepath.ToSlash(p))
	if utf8.ValidString(p) {
		return p
	}
	var b strings.Builder
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRuneInString(p[i:])
		b.WriteRune(r)
		if r == utf8.RuneError && n == 1 {
			b.WriteString(strings.ToUpper(hex.EncodeToString([]byte{p[i]})))
		}
		i += n
	}
	return b.String()
}
