package source

import (
	"bytes"
	"context"
	"encoding/hex"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"
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

// folder walks a folder depth first. Names are compared with "/" behind those
// of folders, so files come by their path in byte order.
func (s *Set) folder(ctx context.Context, dir, uri string, visit func(file) error, yield func(Entry) error) error {
	if isOutput(dir) {
		s.skipped["(output)"]++
		return nil
	}
	entries, err := os.ReadDir(dir) // what could be read comes beside the error
	if err != nil {
		if err := yield(unreadable(uri+"/", err)); err != nil {
			return err
		}
	}
	key := func(e fs.DirEntry) string {
		if e.IsDir() {
			return e.Name() + "/"
		}
		return e.Name()
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(key(a), key(b)) })
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.entry(ctx, e, filepath.Join(dir, e.Name()), path.Join(uri, name(e.Name())), visit, yield); err != nil {
			return err
		}
	}
	return nil
}

// entry decides what becomes of one name in a folder.
func (s *Set) entry(ctx context.Context, e fs.DirEntry, at, uri string, visit func(file) error, yield func(Entry) error) error {
	k := kindOf(at)
	switch {
	case strings.HasPrefix(e.Name(), "."):
		s.skipped["(hidden)"]++
	case e.IsDir():
		return s.folder(ctx, at, uri, visit, yield)
	case e.Type()&fs.ModeSymlink != 0:
		// A link inside its folder would double a page, one out of it would
		// read what the user did not name.
		s.skipped["(link)"]++
	case !e.Type().IsRegular():
		s.skipped["(special)"]++
	case k.skip:
		s.skipped[k.suffix]++
	case s.repeated(at):
	default:
		info, err := e.Info()
		if err != nil {
			return yield(unreadable(uri, err))
		}
		return visit(file{path: at, uri: uri, size: info.Size(), kind: k})
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
