// Package evidence is what a corpus tells of the language of its pages: in how
// many texts that differ from each other two or three characters stand side by
// side, and which lines the pages of a site have in common. Repairs ask it which
// reading of a damaged word the others have.
//
// Evidence is a sum: what is learnt from parts of a corpus and merged is what
// is learnt from the whole. Texts that are nearly the same, as the copies of a
// duty on template pages are, count once: they form a cluster, of which a gram
// keeps the names of fifteen at most.
package evidence

import (
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sort"
	"strings"

	"github.com/blevesearch/mmap-go"
	"github.com/zeebo/xxh3"

	"zhize/evidence/sitetext"
)

// Errors of [Open]. They come wrapped, with the file's name and what to do.
var (
	ErrNotEvidence = errors.New("is no file of evidence")
	ErrVersion     = errors.New("is evidence of another version")
	ErrDamaged     = errors.New("is damaged")
)

// Evidence is a file of evidence, open for any number of goroutines.
type Evidence struct {
	data  mmap.MMap
	foot  footer
	index []byte
	pairs pairTable
	// The characters that stand behind, and before, each in Common clusters.
	behind, before fan
	texts          int64
	sites          *sitetext.Lines
}

// Open opens a file and proves that it is whole. Memory is taken for the pairs
// alone; the rest of the file is looked up in place.
func Open(path string) (*Evidence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open evidence: %w", err)
	}
	defer f.Close() // read only
	info, err := f.Stat()
	if err != nil {
		return nil, fmt.Errorf("open evidence: %w", err)
	}
	if info.IsDir() || info.Size() < int64(headSize+footerSize) {
		return nil, fmt.Errorf("%s %w: `zhize learn` makes one", path, ErrNotEvidence)
	}
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open evidence %s: %w", path, err)
	}
	e := &Evidence{data: data}
	if err := e.check(); err != nil {
		e.Close()
		switch {
		case errors.Is(err, ErrNotEvidence):
			return nil, fmt.Errorf("%s %w: `zhize learn` makes one", path, err)
		case errors.Is(err, ErrVersion):
			return nil, fmt.Errorf("%s %w; learn it again with this program", path, err)
		}
		return nil, fmt.Errorf("%s %w; copy or learn it again", path, err)
	}
	return e, nil
}

// check reads the head and the foot of a file and loads its pairs.
func (e *Evidence) check() error {
	d := []byte(e.data)
	if string(d[:len(magic)]) != magic {
		return ErrNotEvidence
	}
	if v := d[len(magic)]; v != version {
		return fmt.Errorf("%w (%d, not %d)", ErrVersion, v, version)
	}
	at := len(d) - footerSize
	for i, to := range [...]*uint64{&e.foot.Index, &e.foot.Blocks, &e.foot.PairBlocks, &e.foot.Pairs, &e.foot.Triples, &e.foot.Texts, &e.foot.Sites, &e.foot.Fingerprint} {
		*to = binary.LittleEndian.Uint64(d[at+8*i:])
	}
	if xxh3.Hash(d[:len(d)-8]) != e.foot.Fingerprint {
		return ErrDamaged
	}
	// A whole file may still have been made to do harm.
	f := &e.foot
	if f.Sites > uint64(at) || f.Index < uint64(headSize) || f.Index > f.Sites || f.Blocks != (f.Sites-f.Index)/entrySize ||
		(f.Sites-f.Index)%entrySize != 0 || f.PairBlocks > f.Blocks || f.Pairs > f.PairBlocks*perBlock || f.Triples > f.Blocks*perBlock {
		return ErrDamaged
	}
	e.index = d[f.Index:f.Sites]
	e.texts = int64(f.Texts)
	last, end := key(0), uint64(headSize)
	for i := range int(f.Blocks) {
		first, place := e.block(i)
		if i > 0 && first <= last || place < end || place > f.Index || (first < firstTriple) != (uint64(i) < f.PairBlocks) {
			return ErrDamaged
		}
		last, end = first, place
	}
	e.pairs = newPairTable(int(f.Pairs))
	it := e.iterator(0)
	for n := uint64(0); n < f.Pairs; n++ {
		if !it.next() || it.key >= firstTriple {
			return ErrDamaged
		}
		e.pairs.set(uint32(it.key), uint8(it.clusters()))
	}
	e.behind = e.fan(func(k key) (of, char uint16) { return uint16(k >> 16), uint16(k) })
	e.before = e.fan(func(k key) (of, char uint16) { return uint16(k), uint16(k >> 16) })
	var err error
	if e.sites, err = sitetext.Read(e.samples()); err != nil {
		return ErrDamaged
	}
	return nil
}

// samples are the samples of sites as the file has them.
func (e *Evidence) samples() []byte { return e.data[e.foot.Sites : len(e.data)-footerSize] }

// SiteLine reports a line that a site repeats.
func (e *Evidence) SiteLine(site, line string) bool { return e.sites.Repeated(site, line) }

// Sites is how many sites were learnt from and how many lines they repeat.
func (e *Evidence) Sites() (sites, lines int) { return e.sites.Count() }

// SiteLines lists those lines. The error is that of a damaged file.
func (e *Evidence) SiteLines() ([]sitetext.Line, error) { return sitetext.List(e.samples()) }

// Common is in how many clusters a pair must stand to be found from one of its
// characters.
const Common = 3

// fan holds lists of characters, one for each character of the basic plane.
type fan struct {
	from  []uint32 // where the list of a character begins; one more at the end
	chars []rune
}

// fan makes the lists of the common pairs; of takes a pair apart into the
// character whose list it goes to and the other. The lists are in order, because
// the pairs are.
func (e *Evidence) fan(of func(key) (of, char uint16)) fan {
	f := fan{from: make([]uint32, 1<<16+1)}
	common := func(do func(of, char uint16)) {
		it := e.iterator(0)
		for n := uint64(0); n < e.foot.Pairs && it.next(); n++ {
			if it.clusters() >= Common {
				do(of(it.key))
			}
		}
	}
	common(func(of, _ uint16) { f.from[int(of)+1]++ })
	for i := range 1 << 16 {
		f.from[i+1] += f.from[i]
	}
	f.chars = make([]rune, f.from[1<<16])
	next := slices.Clone(f.from)
	common(func(of, char uint16) {
		f.chars[next[of]] = rune(char)
		next[of]++
	})
	return f
}

func (f *fan) of(r rune) []rune {
	if r < 0 || r >= 1<<16 {
		return nil
	}
	return f.chars[f.from[r]:f.from[r+1]]
}

// Behind lists, in order, the characters that stand right behind r in [Common]
// clusters or more, and Before those that stand right before it. The lists are
// shared and must stay as they are.
func (e *Evidence) Behind(r rune) []rune { return e.behind.of(r) }

// Before is said at [Evidence.Behind].
func (e *Evidence) Before(r rune) []rune { return e.before.of(r) }

// Close lets go of the file.
func (e *Evidence) Close() error { return e.data.Unmap() }

// Texts is how many texts were learnt from.
func (e *Evidence) Texts() int64 { return e.texts }

// Grams is how many pairs and triples there are.
func (e *Evidence) Grams() (pairs, triples int64) { return int64(e.foot.Pairs), int64(e.foot.Triples) }

// Hash names the evidence by its content.
func (e *Evidence) Hash() string {
	return hex.EncodeToString(binary.BigEndian.AppendUint64(nil, e.foot.Fingerprint))
}

// block is the first key of block i and where it begins.
func (e *Evidence) block(i int) (key, uint64) {
	b := e.index[i*entrySize:]
	return key(binary.LittleEndian.Uint64(b)), binary.LittleEndian.Uint64(b[8:])
}

// Pair is in how many clusters two Han characters stand side by side, fifteen
// standing for all above.
func (e *Evidence) Pair(a, b rune) int { return int(e.pairs.get(uint32(pairOf(a, b)))) }

// Triple is in how many clusters three signs follow each other.
func (e *Evidence) Triple(a, b, c rune) int {
	k := tripleOf(a, b, c)
	it := e.iterator(e.blockOf(k))
	for it.next() && it.key <= k {
		if it.key == k {
			return it.clusters()
		}
	}
	return 0
}

// Following calls f with every sign that stands behind a and b, in order, and in
// how many clusters it does.
func (e *Evidence) Following(a, b rune, f func(c rune, clusters int)) {
	from := tripleOf(a, b, 0)
	it := e.iterator(e.blockOf(from))
	for it.next() && it.key <= from|0xffff {
		if it.key >= from {
			f(rune(it.key&0xffff), it.clusters())
		}
	}
}

// Clusters is in how many clusters a text of two or three characters stands, and
// whether it is one that is counted.
func (e *Evidence) Clusters(gram string) (int, bool) {
	k, ok := keyOf(gram)
	if !ok {
		return 0, false
	}
	if k < firstTriple {
		return e.Pair(rune(k>>16), rune(k&0xffff)), true
	}
	return e.Triple(rune(k>>32), rune(k>>16&0xffff), rune(k&0xffff)), true
}

// Gram is a text of two or three signs and in how many clusters it stands.
type Gram struct {
	Text     string
	Clusters int
}

// Holding lists the grams that are longer than a text and hold it, in order. It
// reads the whole file.
func (e *Evidence) Holding(text string) []Gram {
	var out []Gram
	for it := e.iterator(0); it.next(); {
		if gram := it.key.text(); len(gram) > len(text) && strings.Contains(gram, text) {
			out = append(out, Gram{gram, it.clusters()})
		}
	}
	return out
}

// blockOf is the block that holds k if any does.
func (e *Evidence) blockOf(k key) int {
	return max(0, sort.Search(int(e.foot.Blocks), func(i int) bool {
		first, _ := e.block(i)
		return first > k
	})-1)
}

// iterator goes over grams from the start of a block on.
type iterator struct {
	e     *Evidence
	data  []byte // of the block in hand, from the gram behind this one
	block int    // the next one
	key   key
	names []byte // of the gram's clusters
}

func (e *Evidence) iterator(block int) iterator { return iterator{e: e, block: block} }

// next goes to the next gram; false at the end, and where the file makes no
// sense.
func (it *iterator) next() bool {
	if len(it.data) == 0 {
		if it.block >= int(it.e.foot.Blocks) {
			return false
		}
		_, from := it.e.block(it.block)
		to := it.e.foot.Index
		if it.block+1 < int(it.e.foot.Blocks) {
			_, to = it.e.block(it.block + 1)
		}
		it.data, it.key = it.e.data[from:to], 0
		it.block++
	}
	d, n := binary.Uvarint(it.data)
	if n <= 0 || n >= len(it.data) {
		return false
	}
	size := n + 1 + 2*int(it.data[n])
	if size > len(it.data) {
		return false
	}
	it.key += key(d)
	it.names, it.data = it.data[n+1:size], it.data[size:]
	return true
}

func (it *iterator) clusters() int { return len(it.names) / 2 }

// facts gives what the file holds as a stream.
func (e *Evidence) facts() stream { return &stored{it: e.iterator(0)} }

type stored struct {
	it   iterator
	left []byte
}

func (s *stored) next() (fact, error) {
	for len(s.left) == 0 {
		if !s.it.next() {
			return 0, io.EOF
		}
		s.left = s.it.names
	}
	c := binary.LittleEndian.Uint16(s.left)
	s.left = s.left[2:]
	return fact(s.it.key)<<16 | fact(c), nil
}

// pairTable holds the pairs in memory: every repair asks it first.
type pairTable struct {
	keys   []uint32 // 0: free
	counts []uint8
	mask   uint32
}

func newPairTable(n int) pairTable {
	size := 16
	for size < 2*n {
		size *= 2
	}
	return pairTable{make([]uint32, size), make([]uint8, size), uint32(size - 1)}
}

func (t *pairTable) at(k uint32) uint32 {
	i := k * 0x9e3779b1 >> 7 & t.mask
	for t.keys[i] != k && t.keys[i] != 0 {
		i = (i + 1) & t.mask
	}
	return i
}

func (t *pairTable) set(k uint32, n uint8) {
	i := t.at(k)
	t.keys[i], t.counts[i] = k, n
}

func (t *pairTable) get(k uint32) uint8 {
	i := t.at(k)
	return t.counts[i]
}
