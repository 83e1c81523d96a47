package corpus

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/semaphore"

	"zhize/corpus/source"
)

// inHand is how many bytes of pages may be read and not yet written; a page
// that is larger is in hand alone.
const inHand = 96 << 20

// budget bounds the bytes of pages in memory.
type budget struct{ s *semaphore.Weighted }

func newBudget() *budget { return &budget{semaphore.NewWeighted(inHand)} }

func (b *budget) reserve(ctx context.Context, n int64) error { return b.s.Acquire(ctx, min(n, inHand)) }

func (b *budget) release(n int64) { b.s.Release(min(n, inHand)) }

// meter tells how far a run is, at most every 100 ms. Its methods work on one
// that tells no one.
type meter struct {
	tell  func(Progress)
	set   *source.Set
	start time.Time
	done  chan struct{}
	wg    sync.WaitGroup

	mu      sync.Mutex // of set, name and the totals
	name    string
	total   source.Totals
	pages   atomic.Int64
	pos     atomic.Int64
	items   atomic.Int64
	rejects atomic.Int64
}

const meterEvery = 100 * time.Millisecond

func startMeter(tell func(Progress), set *source.Set, start time.Time) *meter {
	m := &meter{tell: tell, set: set, start: start, done: make(chan struct{})}
	if tell == nil {
		return m
	}
	m.wg.Go(func() {
		t := time.NewTicker(meterEvery)
		defer t.Stop()
		for {
			select {
			case <-t.C:
				m.report()
			case <-m.done:
				m.report()
				return
			}
		}
	})
	return m
}

func (m *meter) report() {
	m.mu.Lock()
	p, set := Progress{Stage: m.name, Total: m.total.Pages, TotalBytes: m.total.Bytes}, m.set
	m.mu.Unlock()
	p.Pages, p.Positions = int(m.pages.Load()), int(m.pos.Load())
	p.Items, p.Rejects = int(m.items.Load()), int(m.rejects.Load())
	p.Elapsed = time.Since(m.start)
	if p.TotalBytes > 0 || p.Stage != "index" {
		p.Bytes = set.BytesRead()
	}
	m.tell(p)
}

// stop ends the telling, with a last word.
func (m *meter) stop() {
	close(m.done)
	m.wg.Wait()
}

func (m *meter) stage(name string) {
	m.mu.Lock()
	m.name = name
	m.mu.Unlock()
}

func (m *meter) totals(t source.Totals) {
	m.mu.Lock()
	m.total = t
	m.mu.Unlock()
}

// reading starts the count anew, of what is read from set.
func (m *meter) reading(set *source.Set) {
	m.mu.Lock()
	m.set = set
	m.mu.Unlock()
	for _, n := range [...]*atomic.Int64{&m.pages, &m.pos, &m.items, &m.rejects} {
		n.Store(0)
	}
}

// indexing starts the count anew: from here on pages are items, of which there
// are total.
func (m *meter) indexing(total int) {
	m.mu.Lock()
	m.name, m.total = "index", source.Totals{Pages: total}
	m.mu.Unlock()
	m.pages.Store(0)
}

// indexed is the progress of the index.
func (m *meter) indexed(done int) { m.pages.Store(int64(done)) }
