package sitetext

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"slices"
)

// Learner gathers the samples of sites. It is not for two goroutines at once.
type Learner struct {
	dir    string
	budget int
	held   int // bytes, about
	sites  map[string]site
	runs   []string
}

// maxRuns is how many files are merged at once, as many as a process may open
// anywhere.
const maxRuns = 32

// NewLearner is a learner that holds about budget bytes in memory and the rest
// in files in dir, which exists. Close removes them.
func NewLearner(dir string, budget int) *Learner {
	return &Learner{dir: dir, budget: budget, sites: map[string]site{}}
}

// size is about what a sample takes in memory.
func (s *site) size() int {
	n := 128 + len(s.name) + 8*len(s.pages)
	for _, l := range s.lines {
		n += 40 + len(l.text)
	}
	return n
}

// Add learns from one page.
func (l *Learner) Add(p *Page) error {
	old, known := l.sites[p.Site]
	if len(old.pages) == SamplePages && p.Name > old.pages[SamplePages-1] {
		return nil // the sample would not keep it
	}
	now := p.single()
	if known {
		l.held -= old.size()
		now = merge(old, now)
	}
	l.sites[p.Site] = now
	if l.held += now.size(); l.held < l.budget {
		return nil
	}
	return l.spill()
}

// sorted is the samples in memory in the order of their sites.
func (l *Learner) sorted() Stream {
	all := make([]site, 0, len(l.sites))
	for _, s := range l.sites {
		all = append(all, s)
	}
	slices.SortFunc(all, func(a, b site) int { return cmp.Compare(a.name, b.name) })
	return &memory{all}
}

func (l *Learner) spill() error {
	s, err := Merge(l.sorted())
	if err == nil {
		err = l.write(s)
	}
	l.sites, l.held = map[string]site{}, 0
	if err != nil || len(l.runs) < maxRuns {
		return err
	}
	from, done, err := l.open()
	if err != nil {
		return err
	}
	old := l.runs
	err = l.write(from)
	done()
	for _, name := range old {
		err = errors.Join(err, os.Remove(name))
	}
	l.runs = l.runs[len(old):]
	return err
}

// write makes one more file of samples.
func (l *Learner) write(from Stream) error {
	f, err := os.CreateTemp(l.dir, "sites-*")
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	l.runs = append(l.runs, f.Name())
	w := bufio.NewWriterSize(f, 256<<10)
	_, err = Write(w, from)
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	return nil
}

// open gives what the files hold together.
func (l *Learner) open() (s Stream, done func(), err error) {
	var files []*os.File
	done = func() {
		for _, f := range files {
			f.Close() // read only
		}
	}
	var from []Stream
	for _, name := range l.runs {
		f, err := os.Open(name)
		if err != nil {
			done()
			return nil, nil, fmt.Errorf("learn: %w", err)
		}
		files = append(files, f)
		from = append(from, &stored{r: bufio.NewReaderSize(f, 64<<10)})
	}
	if s, err = Merge(from...); err != nil {
		done()
		return nil, nil, fmt.Errorf("learn: %w", err)
	}
	return s, done, nil
}

// All gives what was learnt. The learner is spent then; done lets go of its files.
func (l *Learner) All() (s Stream, done func(), err error) {
	stored, done, err := l.open()
	if err != nil {
		return nil, nil, err
	}
	if s, err = Merge(stored, l.sorted()); err != nil {
		done()
		return nil, nil, fmt.Errorf("learn: %w", err)
	}
	return s, done, nil
}

// Close removes the learner's files.
func (l *Learner) Close() error {
	var errs []error
	for _, r := range l.runs {
		errs = append(errs, os.Remove(r))
	}
	l.runs, l.sites = nil, nil
	return errors.Join(errs...)
}

// Stream gives samples in the order of their sites, each site once.
type Stream interface {
	next() (site, error) // io.EOF ends it
}

type memory struct{ sites []site }

func (m *memory) next() (site, error) {
	if len(m.sites) == 0 {
		return site{}, io.EOF
	}
	s := m.sites[0]
	m.sites = m.sites[1:]
	return s, nil
}

// merged gives the sums of several streams.
type merged struct {
	from  []Stream
	heads []*site // nil: the stream has ended
}

// Merge is the sum of streams.
func Merge(from ...Stream) (Stream, error) {
	m := &merged{from, make([]*site, len(from))}
	for i := range from {
		if err := m.advance(i); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *merged) advance(i int) error {
	s, err := m.from[i].next()
	m.heads[i] = &s
	if errors.Is(err, io.EOF) {
		m.heads[i], err = nil, nil
	}
	return err
}

func (m *merged) next() (site, error) {
	var least *site
	for _, h := range m.heads { // there are few
		if h != nil && (least == nil || h.name < least.name) {
			least = h
		}
	}
	if least == nil {
		return site{}, io.EOF
	}
	out, first := *least, true
	for i, h := range m.heads {
		if h == nil || h.name != out.name {
			continue
		}
		if !first {
			out = merge(out, *h)
		}
		first = false
		if err := m.advance(i); err != nil {
			return site{}, err
		}
	}
	return out, nil
}

// Write writes what a stream gives and says how many sites that was. A sample
// is: its length in bytes; the length of the site's name and the name; the number
// of its pages and their names, eight bytes each; the number of its lines; and of
// each line the difference of its hash from the one before it, the two masks,
// and, where the first is not zero, the length of the text and the text. Numbers
// are varints, names little-endian.
func Write(w io.Writer, from Stream) (sites int, err error) {
	var body, head []byte
	for {
		s, err := from.next()
		if errors.Is(err, io.EOF) {
			return sites, nil
		}
		if err != nil {
			return sites, err
		}
		sites++
		body = s.append(body[:0])
		head = binary.AppendUvarint(head[:0], uint64(len(body)))
		for _, b := range [...][]byte{head, body} {
			if _, err := w.Write(b); err != nil {
				return sites, err
			}
		}
	}
}

func (s *site) append(b []byte) []byte {
	b = binary.AppendUvarint(b, uint64(len(s.name)))
	b = append(b, s.name...)
	b = binary.AppendUvarint(b, uint64(len(s.pages)))
	for _, p := range s.pages {
		b = binary.LittleEndian.AppendUint64(b, p)
	}
	b = binary.AppendUvarint(b, uint64(len(s.lines)))
	last := uint64(0)
	for _, l := range s.lines {
		b = binary.AppendUvarint(b, l.hash-last)
		b = binary.AppendUvarint(b, l.loose)
		b = binary.AppendUvarint(b, l.listed)
		if l.loose != 0 {
			b = binary.AppendUvarint(b, uint64(len(l.text)))
			b = append(b, l.text...)
		}
		last = l.hash
	}
	return b
}

// ErrDamaged is the error of samples that cannot be read.
var ErrDamaged = errors.New("the samples of sites are damaged")

// maxSample bounds the bytes of a sample, far above what SamplePages pages give.
const maxSample = 64 << 20

// stored gives samples as they were written.
type stored struct {
	r interface {
		io.Reader
		io.ByteReader
	}
	buf  []byte
	last string
	any  bool
}

func (s *stored) next() (site, error) {
	n, err := binary.ReadUvarint(s.r)
	if errors.Is(err, io.EOF) {
		return site{}, io.EOF
	}
	if err != nil || n > maxSample {
		return site{}, ErrDamaged
	}
	s.buf = slices.Grow(s.buf[:0], int(n))[:n]
	if _, err := io.ReadFull(s.r, s.buf); err != nil {
		return site{}, ErrDamaged
	}
	out, ok := parse(s.buf)
	if !ok || s.any && out.name <= s.last {
		return site{}, ErrDamaged
	}
	s.last, s.any = out.name, true
	return out, nil
}

// parse reads a sample and proves that it is one: whole, in order, its masks of
// its pages.
func parse(b []byte) (s site, ok bool) {
	ok = true
	number := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			ok, n = false, 0
		}
		b = b[n:]
		return v
	}
	text := func() string {
		n := number()
		if !ok || n > uint64(len(b)) {
			ok = false
			return ""
		}
		t := string(b[:n])
		b = b[n:]
		return t
	}
	s.name = text()
	pages := number()
	if !ok || pages < 1 || pages > SamplePages || pages*8 > uint64(len(b)) {
		return s, false
	}
	for i := range pages {
		s.pages = append(s.pages, binary.LittleEndian.Uint64(b[8*i:]))
		if i > 0 && s.pages[i] <= s.pages[i-1] {
			return s, false
		}
	}
	b = b[8*pages:]
	n := number()
	if n > uint64(len(b)) {
		return s, false
	}
	s.lines = make([]line, 0, min(n, 1<<12))
	last := uint64(0)
	for i := uint64(0); i < n && ok; i++ {
		d := number()
		l := line{hash: last + d, loose: number(), listed: number()}
		if l.loose != 0 {
			l.text = text()
		}
		if l.hash < last || i > 0 && d == 0 || l.loose|l.listed == 0 || bits.Len64(l.loose|l.listed) > len(s.pages) {
			return s, false
		}
		last = l.hash
		s.lines = append(s.lines, l)
	}
	return s, ok && len(b) == 0
}
