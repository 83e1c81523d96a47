package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/zeebo/xxh3"
)

// entrySize is the size of a cache entry on disk.
const entrySize = 56

// Key stands for everything that decides what is made of a page.
type Key [16]byte

// Entry is what .zhize-cache says of a page, in the order of pages.jsonl.
type Entry struct {
	Key       Key
	URI       uint64 // hash of the page's URI
	Page      int64  // length of its line of pages.jsonl
	Positions int64  // length of its lines of positions.jsonl
	Derived   int64  // length of what was derived from both
	Sum       uint64 // of all three
}

// Append adds the entry as the file holds it.
func (e Entry) Append(b []byte) []byte {
	b = append(b, e.Key[:]...)
	b = binary.BigEndian.AppendUint64(b, e.URI)
	b = binary.BigEndian.AppendUint64(b, uint64(e.Page))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Positions))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Derived))
	return binary.BigEndian.AppendUint64(b, e.Sum)
}

func parseEntry(b []byte) Entry {
	n := func(at int) uint64 { return binary.BigEndian.Uint64(b[at:]) }
	return Entry{
		Key: Key(b[:16]), URI: n(16), Page: int64(n(24)), Positions: int64(n(32)), Derived: int64(n(40)), Sum: n(48),
	}
}

// Copy is what is copied of a page.
type Copy struct {
	Page      []byte // its line
	Positions []byte // its positions' lines
	Derived   []byte // what follows from both, as package derive packs it
}

// EntryOf is the entry of a page's parts, without the names of the page.
func EntryOf(page []byte, positions [][]byte, derived []byte) Entry {
	e := Entry{Page: int64(len(page)), Derived: int64(len(derived))}
	for _, line := range positions {
		e.Positions += int64(len(line))
	}
	e.Sum = checksum(page, positions, derived)
	return e
}

func checksum(page []byte, positions [][]byte, derived []byte) uint64 {
	h := xxh3.New()
	h.Write(derived) // never fails
	for _, line := range positions {
		h.Write(line)
	}
	h.Write(page)
	return h.Sum64()
}

// files are those that an entry counts in, in the order of its lengths.
var files = [...]string{PagesName, PositionsName, DerivedName}

// origin is a folder whose lines can be copied.
type origin [len(files)]*os.File

func (o origin) close() {
	for _, f := range o {
		if f != nil {
			f.Close() // read only
		}
	}
}

// place is where a page's parts stand.
type place struct {
	origin  int
	at, len [len(files)]int64
	sum     uint64
}

// Cache finds what earlier runs made of a page. It holds about a hundred bytes
// a page. Find may be called from many goroutines at once, Met and News from one.
type Cache struct {
	origins []origin
	places  map[Key]place
	uris    map[uint64]tally
}

// tally counts the pages of one URI, which may repeat: rows name themselves.
type tally struct {
	earlier uint32 // different ones in earlier runs
	copied  uint32 // of those, in this run
	fresh   uint32 // others in this run
	last    bool   // the last finished run had one
}

// OpenCache reads the entries of the finished outputs and of every unfinished
// run, and removes unfinished runs that have nothing of their own.
func OpenCache(dir string) (*Cache, error) {
	c := &Cache{places: map[Key]place{}, uris: map[uint64]tally{}}
	names, err := partials(dir)
	if err != nil {
		return nil, err
	}
	if _, err := c.add(dir); err != nil {
		return nil, err
	}
	for uri, t := range c.uris {
		t.last = true
		c.uris[uri] = t
	}
	for i := len(names) - 1; i >= 0; i-- {
		from := filepath.Join(dir, names[i])
		added, err := c.add(from)
		if err != nil {
			return nil, err
		}
		if added == 0 {
			if err := os.RemoveAll(from); err != nil {
				return nil, fmt.Errorf("remove what an older run left: %w", err)
			}
		}
	}
	return c, nil
}

// add takes the entries of one folder as far as they are whole, and tells how
// many pages were not known before. A folder without entries has none.
func (c *Cache) add(dir string) (added int, err error) {
	f, err := os.Open(filepath.Join(dir, CacheName))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read what an earlier run left: %w", err)
	}
	defer f.Close() // read only
	o, sizes, err := openOrigin(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("read what an earlier run left: %w", err)
	}
	p := place{origin: len(c.origins)}
	r := bufio.NewReaderSize(f, 256<<10)
	var raw [entrySize]byte
	for {
		if _, err := io.ReadFull(r, raw[:]); err != nil {
			break // the end, or a torn entry
		}
		e := parseEntry(raw[:])
		p.len, p.sum = [...]int64{e.Page, e.Positions, e.Derived}, e.Sum
		if e.Page == 0 || !p.inside(sizes) {
			break
		}
		if _, ok := c.places[e.Key]; !ok {
			c.places[e.Key] = p
			added++
			t := c.uris[e.URI]
			t.earlier++
			c.uris[e.URI] = t
		}
		for i := range p.at {
			p.at[i] += p.len[i]
		}
	}
	if added == 0 {
		o.close()
		return 0, nil
	}
	c.origins = append(c.origins, o)
	return added, nil
}

// inside reports whether a place lies in files of those sizes.
func (p place) inside(sizes [len(files)]int64) bool {
	for i := range p.at {
		if p.len[i] < 0 || p.len[i] > sizes[i]-p.at[i] {
			return false
		}
	}
	return true
}

func openOrigin(dir string) (o origin, sizes [len(files)]int64, err error) {
	for i, name := range files {
		var info os.FileInfo
		if o[i], err = os.Open(filepath.Join(dir, name)); err == nil {
			info, err = o[i].Stat()
		}
		if err != nil {
			o.close()
			return o, sizes, err
		}
		sizes[i] = info.Size()
	}
	return o, sizes, nil
}

// Find is what an earlier run made of a page. What is damaged is not there.
func (c *Cache) Find(key Key) (found Copy, ok bool) {
	p, ok := c.places[key]
	if !ok {
		return Copy{}, false
	}
	for i, to := range [...]*[]byte{&found.Page, &found.Positions, &found.Derived} {
		*to = make([]byte, p.len[i])
		if _, err := c.origins[p.origin][i].ReadAt(*to, p.at[i]); err != nil && p.len[i] > 0 {
			return Copy{}, false
		}
	}
	return found, checksum(found.Page, [][]byte{found.Positions}, found.Derived) == p.sum
}

// Met notes that this run has a page of that URI, copied or made anew.
func (c *Cache) Met(uri uint64, copied bool) {
	t := c.uris[uri]
	if copied {
		t.copied++
	} else {
		t.fresh++
	}
	c.uris[uri] = t
}

// News tells what this run's pages are beside those of earlier ones. A page
// that was made anew has changed where an earlier one of its URI is not there
// any more, and is new else. Gone are the URIs of the last finished run that
// this one has not met.
func (c *Cache) News() (fresh, changed, gone int) {
	for _, t := range c.uris {
		n := min(t.fresh, t.earlier-min(t.copied, t.earlier))
		changed += int(n)
		fresh += int(t.fresh - n)
		if t.last && t.copied+t.fresh == 0 {
			gone++
		}
	}
	return fresh, changed, gone
}

// Close closes the files; nothing can be looked up after it.
func (c *Cache) Close() {
	if c == nil {
		return
	}
	for _, o := range c.origins {
		o.close()
	}
	c.origins, c.places = nil, nil
}
