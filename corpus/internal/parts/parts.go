// Package parts writes a file, or several numbered ones that are one set, so
// that nobody ever sees a half of it: every file is written under a name of
// its own, and all take their places when the last one is on the disk.
package parts

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// packers is the table of compressions: what a name ends in, and what writes
// such a file. None of them writes a time or a name, so equal texts give equal
// files.
var packers = [...]struct {
	ext  string
	open func(io.Writer) (io.WriteCloser, error)
}{
	{".gz", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }},
	{".zst", func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)) }},
}

// Packed is the ending of a name that asks for compression, or "".
func Packed(name string) string {
	for _, p := range packers {
		if strings.EqualFold(filepath.Ext(name), p.ext) {
			return filepath.Ext(name)
		}
	}
	return ""
}

// pack gives a writer whose bytes reach w compressed as the name asks, or as
// they are. Closing it ends the compression and leaves w open.
func pack(name string, w io.Writer) (io.WriteCloser, error) {
	for _, p := range packers {
		if strings.EqualFold(filepath.Ext(name), p.ext) {
			return p.open(w)
		}
	}
	return plain{w}, nil
}

// plain is no compression.
type plain struct{ io.Writer }

func (plain) Close() error { return nil }

// Name is the name of the n-th part (from 1) of a file: duties.csv.gz has
// the parts duties-00001.csv.gz, duties-00002.csv.gz and so on.
func Name(name string, n int) string {
	stem, ext := split(name)
	return fmt.Sprintf("%s-%05d%s", stem, n, ext)
}

// Glob is the pattern that the names of a file's parts obey.
func Glob(name string) string {
	stem, ext := split(name)
	return stem + "-*" + ext
}

// split cuts a name before its ending, which is two of them where the last
// one asks for compression. A name that begins with a dot keeps it.
func split(name string) (stem, ext string) {
	ext = Packed(name)
	stem = strings.TrimSuffix(name, ext)
	inner := filepath.Ext(stem)
	if inner == filepath.Base(stem) {
		inner = ""
	}
	return strings.TrimSuffix(stem, inner), inner + ext
}

// Set is the files of one export. One file at a time is open.
type Set struct {
	name     string
	numbered bool
	temps    []string
	last     *part
}

// New is the set of a file, or of its numbered parts. Nothing is written yet.
func New(name string, numbered bool) *Set { return &Set{name: name, numbered: numbered} }

// Open begins the next file. What is written to it is compressed as its name
// asks. Closing it brings it to the disk, under a name that nobody looks for.
// A device or a pipe is written to as it is, for a file of its name would take
// its place. Errors are those of the disk.
func (s *Set) Open() (io.WriteCloser, error) {
	to := resolved(s.file(len(s.temps) + 1))
	device := Device(to)
	f, temp, err := create(to, device)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", s.name, err)
	}
	s.temps = append(s.temps, temp)
	b := bufio.NewWriterSize(f, 1<<18)
	w, err := pack(s.name, b)
	if err != nil {
		return nil, fmt.Errorf("cannot write %s: %w", s.name, errors.Join(err, f.Close()))
	}
	s.last = &part{WriteCloser: w, b: b, f: f, name: s.name, device: device}
	return s.last, nil
}

// create opens what is written: a file of another name in the same folder, or
// a device, which has no other name.
func create(to string, device bool) (f *os.File, temp string, err error) {
	if device {
		f, err = os.OpenFile(to, os.O_WRONLY, 0)
		return f, "", err
	}
	if f, err = os.CreateTemp(filepath.Dir(to), "."+filepath.Base(to)+".tmp-*"); err != nil {
		return nil, "", err
	}
	return f, f.Name(), nil
}

// Device reports whether a name stands for something that is no file and no
// folder: a device, a pipe.
func Device(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// file is the name of the n-th file.
func (s *Set) file(n int) string {
	if s.numbered {
		return Name(s.name, n)
	}
	return s.name
}

// resolved is what a name stands for: a link stays, and what it names is replaced.
func resolved(name string) string {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		return target
	}
	return name
}

// part is one file while it is written.
type part struct {
	io.WriteCloser // into the compression
	b              *bufio.Writer
	f              *os.File
	name           string
	device         bool
	closed         bool
}

func (p *part) Write(b []byte) (int, error) {
	n, err := p.WriteCloser.Write(b)
	if err != nil {
		return n, fmt.Errorf("cannot write %s: %w", p.name, err)
	}
	return n, nil
}

func (p *part) Close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	err := errors.Join(p.WriteCloser.Close(), p.b.Flush())
	if !p.device {
		err = errors.Join(err, p.f.Chmod(0o644), p.f.Sync())
	}
	if err := errors.Join(err, p.f.Close()); err != nil {
		return fmt.Errorf("cannot write %s: %w", p.name, err)
	}
	return nil
}

// Commit gives all files their names, which it returns in order. All of them
// have to be closed. What had one of the names before is replaced.
func (s *Set) Commit() ([]string, error) {
	var names []string
	for i, temp := range s.temps {
		name := s.file(i + 1)
		names = append(names, name)
		if temp == "" {
			continue
		}
		if err := os.Rename(temp, resolved(name)); err != nil {
			return names, fmt.Errorf("cannot write %s: %w", name, err)
		}
		s.temps[i] = ""
	}
	return names, nil
}

// Discard removes what Commit has not named. It may always be called.
func (s *Set) Discard() {
	if s.last != nil && !s.last.closed {
		s.last.closed = true
		_ = s.last.WriteCloser.Close() // lets go of what the compression holds
		s.last.f.Close()
	}
	for _, temp := range s.temps {
		if temp != "" {
			os.Remove(temp)
		}
	}
}

// Later lists the parts with higher numbers than n that stand in the folder:
// an earlier export with more parts left them, and they are no part of this
// one.
func Later(name string, n int) []string {
	stem, ext := split(name)
	entries, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		return nil // the files that were written there have been told of
	}
	var out []string
	for _, e := range entries {
		digits, begins := strings.CutPrefix(e.Name(), filepath.Base(stem)+"-")
		digits, ends := strings.CutSuffix(digits, ext)
		if !begins || !ends {
			continue
		}
		if i, err := strconv.Atoi(digits); err == nil && i > n && fmt.Sprintf("%05d", i) == digits {
			out = append(out, filepath.Join(filepath.Dir(name), e.Name()))
		}
	}
	return out
}
