// Package store is the output folder on disk: the files of an unfinished run,
// the step that puts them into place, the manifest, and the cache through which
// a run copies what an earlier one made.
package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"zhize/index/canon"
	"zhize/record"
)

// Names in an output folder.
const (
	PagesName     = "pages.jsonl"
	PositionsName = "positions.jsonl"
	DutiesName    = "duties.jsonl"
	RejectsName   = "rejects.jsonl"
	ManifestName  = "manifest.json"
	CacheName     = ".zhize-cache"
	DerivedName   = ".zhize-derived"
	DutyTableName = canon.Name
	IndexDir      = "index"
	EvidenceName  = "evidence"
	PartialPrefix = "partial-"
)

// DataNames are the files that a run moves into place before the manifest.
var DataNames = [...]string{PagesName, PositionsName, DutiesName, RejectsName, CacheName, DerivedName, DutyTableName}

// LineHead is how every line of pages, positions and duties begins; the id follows.
const LineHead = `{"schema":"` + record.Schema + `","id":"`

// Stream is a file being written, with its hash and its count of lines.
type Stream struct {
	Name  string
	Lines int // written; counted by who writes
	f     *os.File
	w     *bufio.Writer
	hash  hash.Hash
	bytes int64
}

func newStream(dir, name string) (*Stream, error) {
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	return &Stream{Name: name, f: f, w: bufio.NewWriterSize(f, 256<<10), hash: sha256.New()}, nil
}

// Write takes whole lines.
func (s *Stream) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	s.hash.Write(p[:n]) // never fails
	s.bytes += int64(n)
	return n, err
}

// Partial is the folder that an unfinished run writes into. Positions are
// flushed before the pages they stand on, and those before the cache entry
// that names both, so an entry that is there has its lines, however the
// process ended; the entry's Checksum covers a machine that lost power.
type Partial struct {
	Dir                                               string
	Pages, Positions, Duties, Rejects, Cache, Derived *Stream
	flushed                                           time.Time
}

// NewPartial makes the next folder partial-N.
func NewPartial(dir string) (*Partial, error) {
	last := 0
	names, err := partials(dir)
	if err != nil {
		return nil, err
	}
	if len(names) > 0 {
		last = partialNumber(names[len(names)-1])
	}
	p := &Partial{Dir: filepath.Join(dir, fmt.Sprintf("%s%04d", PartialPrefix, last+1)), flushed: time.Now()}
	if err := os.Mkdir(p.Dir, 0o755); err != nil {
		return nil, fmt.Errorf("write: %w", err)
	}
	for _, s := range []struct {
		to   **Stream
		name string
	}{
		{&p.Pages, PagesName}, {&p.Positions, PositionsName}, {&p.Duties, DutiesName},
		{&p.Rejects, RejectsName}, {&p.Cache, CacheName}, {&p.Derived, DerivedName},
	} {
		if *s.to, err = newStream(p.Dir, s.name); err != nil {
			p.Close()
			return nil, err
		}
	}
	return p, nil
}

func (p *Partial) streams() []*Stream {
	return []*Stream{p.Derived, p.Positions, p.Pages, p.Cache, p.Rejects, p.Duties}
}

// Flush hands what was written to the system, in the order that counts.
func (p *Partial) Flush() error {
	p.flushed = time.Now()
	for _, s := range p.streams() {
		if err := s.w.Flush(); err != nil {
			return fmt.Errorf("write %s: %w", s.Name, err)
		}
	}
	return nil
}

// flushEvery is what a killed process may lose: work of that long.
const flushEvery = 100 * time.Millisecond

// Tick flushes from time to time.
func (p *Partial) Tick() error {
	if time.Since(p.flushed) < flushEvery {
		return nil
	}
	return p.Flush()
}

// Finish makes the files durable and closes them.
func (p *Partial) Finish() ([]record.Output, error) {
	if err := p.Flush(); err != nil {
		return nil, err
	}
	var out []record.Output
	for _, s := range []*Stream{p.Pages, p.Positions, p.Duties, p.Rejects} {
		out = append(out, record.Output{
			Name: s.Name, SHA256: hex.EncodeToString(s.hash.Sum(nil)), Bytes: s.bytes, Lines: s.Lines,
		})
	}
	for _, s := range p.streams() {
		if err := errors.Join(s.f.Sync(), s.f.Close()); err != nil {
			return nil, fmt.Errorf("write %s: %w", s.Name, err)
		}
		s.f = nil
	}
	return out, nil
}

// Close closes what is open; what was flushed stays.
func (p *Partial) Close() {
	for _, s := range p.streams() {
		if s != nil && s.f != nil {
			s.f.Close() // flushed before where it counts
			s.f = nil
		}
	}
}

// Own reports the names of what a run writes, replaces and removes.
func Own(name string) bool {
	return slices.Contains(DataNames[:], name) || name == ManifestName || name == IndexDir || name == EvidenceName || partialNumber(name) > 0
}

// partials lists the folders that unfinished runs left, oldest first.
func partials(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read the output folder: %w", err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && partialNumber(e.Name()) > 0 {
			names = append(names, e.Name())
		}
	}
	slices.SortFunc(names, func(a, b string) int { return partialNumber(a) - partialNumber(b) })
	return names, nil
}

// partialNumber is the N of partial-N, 0 for another name.
func partialNumber(name string) int {
	rest, ok := strings.CutPrefix(name, PartialPrefix)
	n, err := strconv.Atoi(rest)
	if !ok || err != nil || n < 0 {
		return 0
	}
	return n
}

// Settle carries a run that was finished but not yet in place to its end:
// a manifest in a partial folder is the decision, the rest is renaming. It may
// be killed and called again at any point.
func Settle(dir string) error {
	names, err := partials(dir)
	if err != nil {
		return err
	}
	for _, name := range names {
		from := filepath.Join(dir, name)
		m, err := ReadManifest(from)
		if err != nil || !m.Finished {
			continue
		}
		// Without a manifest no one takes a mixture for a finished run.
		if err := os.Remove(filepath.Join(dir, ManifestName)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("replace the outputs: %w", err)
		}
		for _, f := range append(DataNames[:], ManifestName) {
			err := os.Rename(filepath.Join(from, f), filepath.Join(dir, f))
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("replace the outputs: %w", err)
			}
		}
		if err := syncDir(dir); err != nil {
			return err
		}
		// What older runs left is covered by the outputs now.
		for _, old := range names {
			if err := os.RemoveAll(filepath.Join(dir, old)); err != nil {
				return fmt.Errorf("remove what an older run left: %w", err)
			}
		}
		return nil
	}
	return nil
}
