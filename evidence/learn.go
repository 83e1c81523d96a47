package evidence

import (
	"bufio"
	"container/heap"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"zhize/evidence/sitetext"
)

// fact is one gram in one cluster: 48 bits of key, 16 of cluster.
type fact uint64

func (f fact) key() key { return key(f >> 16) }

func (f fact) cluster() uint16 { return uint16(f) }

// Learner gathers what texts say. It is not for two goroutines at once.
type Learner struct {
	dir    string
	budget int // facts
	facts  []fact
	runs   []string
	reader reader
	texts  int64
	sites  *sitetext.Learner
}

// DefaultBudget is how much memory, in bytes, a learner holds by default. Larger
// ones were not faster: what texts share is known after the first of it.
const DefaultBudget = 64 << 20

// NewLearner is a learner that holds about budget bytes of grams and half as many of
// sites in memory, at least a megabyte, and the rest in files in dir, which exists. Close removes them.
func NewLearner(dir string, budget int) *Learner {
	budget = max(budget, 1<<20)
	return &Learner{dir: dir, budget: budget / 8, sites: sitetext.NewLearner(dir, budget/2)}
}

// Add learns from one text: a duty as it reads after repair.
func (l *Learner) Add(text string) error {
	if !l.reader.read(text) {
		return nil
	}
	l.texts++
	cluster := fact(l.reader.cluster())
	l.reader.grams(func(k key) { l.facts = append(l.facts, fact(k)<<16|cluster) })
	if len(l.facts) < l.budget {
		return nil
	}
	l.settle()
	if len(l.facts) < l.budget/2 {
		return nil // most were known
	}
	return l.spill()
}

// AddPage learns from one page what its site repeats.
func (l *Learner) AddPage(p *sitetext.Page) error { return l.sites.Add(p) }

// settle sorts the facts in memory and drops those that are known, and of a gram
// in many clusters all but the first ones.
func (l *Learner) settle() {
	slices.Sort(l.facts)
	kept := l.facts[:0]
	same := 0 // facts of the gram so far
	for i, f := range l.facts {
		if i > 0 && f == l.facts[i-1] {
			continue
		}
		if len(kept) == 0 || kept[len(kept)-1].key() != f.key() {
			same = 0
		}
		if same++; same <= MaxClusters {
			kept = append(kept, f)
		}
	}
	l.facts = kept
}

func (l *Learner) spill() error {
	f, err := os.CreateTemp(l.dir, "facts-*")
	if err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	l.runs = append(l.runs, f.Name())
	w := bufio.NewWriterSize(f, 256<<10)
	var buf [binary.MaxVarintLen64]byte
	last := fact(0)
	for _, x := range l.facts {
		if _, err = w.Write(buf[:binary.PutUvarint(buf[:], uint64(x-last))]); err != nil {
			break
		}
		last = x
	}
	l.facts = l.facts[:0]
	if err := errors.Join(err, w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("learn: %w", err)
	}
	return nil
}

// Texts is how many texts were learnt from by now.
func (l *Learner) Texts() int64 { return l.texts }

// Write writes what was learnt to a file of this name. The learner is spent
// then.
func (l *Learner) Write(path string) error {
	l.settle()
	from := []stream{&memory{l.facts}}
	for _, name := range l.runs {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("learn: %w", err)
		}
		defer f.Close() // read only
		from = append(from, &run{r: bufio.NewReaderSize(f, 64<<10)})
	}
	sites, done, err := l.sites.All()
	if err != nil {
		return err
	}
	defer done()
	return write(path, l.texts, from, sites)
}

// Close removes the learner's files.
func (l *Learner) Close() error {
	var errs []error
	for _, r := range l.runs {
		errs = append(errs, os.Remove(r))
	}
	l.runs, l.facts = nil, nil
	return errors.Join(append(errs, l.sites.Close())...)
}

// Merge writes one file of evidence that holds what the given ones hold: the
// same as learning from all their texts at once. Errors are those of [Open] and
// of writing.
func Merge(path string, parts ...string) error {
	var from []stream
	var samples []sitetext.Stream
	texts := int64(0)
	for _, name := range parts {
		e, err := Open(name)
		if err != nil {
			return err
		}
		defer e.Close()
		texts += e.texts
		from = append(from, e.facts())
		samples = append(samples, sitetext.Samples(e.samples()))
	}
	sites, err := sitetext.Merge(samples...)
	if err != nil {
		return err
	}
	return write(path, texts, from, sites)
}

// stream gives facts in order; io.EOF ends it.
type stream interface {
	next() (fact, error)
}

type memory struct{ facts []fact }

func (m *memory) next() (fact, error) {
	if len(m.facts) == 0 {
		return 0, io.EOF
	}
	f := m.facts[0]
	m.facts = m.facts[1:]
	return f, nil
}

type run struct {
	r    *bufio.Reader
	last fact
}

func (r *run) next() (fact, error) {
	d, err := binary.ReadUvarint(r.r)
	r.last += fact(d)
	return r.last, err
}

// merged gives the facts of several streams in order, each once.
type merged struct {
	heads []head
	last  fact
	begun bool
}

type head struct {
	fact fact
	from stream
}

func (m *merged) Len() int           { return len(m.heads) }
func (m *merged) Less(i, j int) bool { return m.heads[i].fact < m.heads[j].fact }
func (m *merged) Swap(i, j int)      { m.heads[i], m.heads[j] = m.heads[j], m.heads[i] }
func (m *merged) Push(x any)         { m.heads = append(m.heads, x.(head)) }
func (m *merged) Pop() any {
	h := m.heads[len(m.heads)-1]
	m.heads = m.heads[:len(m.heads)-1]
	return h
}

func merge(from []stream) (*merged, error) {
	m := new(merged)
	for _, s := range from {
		f, err := s.next()
		switch {
		case err == nil:
			m.heads = append(m.heads, head{f, s})
		case !errors.Is(err, io.EOF):
			return nil, err
		}
	}
	heap.Init(m)
	return m, nil
}

func (m *merged) next() (fact, error) {
	for len(m.heads) > 0 {
		f := m.heads[0].fact
		next, err := m.heads[0].from.next()
		switch {
		case err == nil:
			m.heads[0].fact = next
			heap.Fix(m, 0)
		case errors.Is(err, io.EOF):
			heap.Pop(m)
		default:
			return 0, err
		}
		if !m.begun || f != m.last {
			m.last, m.begun = f, true
			return f, nil
		}
	}
	return 0, io.EOF
}
