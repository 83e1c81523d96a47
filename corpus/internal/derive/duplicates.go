package derive

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"

	"zhize/corpus/internal/near"
	"zhize/corpus/internal/spill"
	"zhize/record"
)

// lettersInMemory is the memory of the sort by letters, in bytes, of each level.
const lettersInMemory = 16 << 20

// Mark is what a unit says of the copy that is kept.
type Mark struct {
	Of         string // id; "" for a unit that repeats nothing
	Kind       string // record.ExactCopy or record.NearCopy
	Similarity float64
}

// Marks are those of a page and of its parts, in order.
type Marks struct {
	Page                Mark
	Articles, Positions []Mark
}

// CopyBook finds which pages, articles and positions repeat others. It sorts
// outside memory; in memory are six bytes for each page, article and position,
// and sixteen more for a page.
type CopyBook struct {
	pages                      []pageRow
	whole, articles, positions *level
}

// pageRow says where the units of a page begin among all of their level.
type pageRow struct {
	id                  uint64
	articles, positions uint32
}

// NewCopyBook keeps its files in dir.
func NewCopyBook(dir string) *CopyBook {
	return &CopyBook{whole: newLevel(dir), articles: newLevel(dir), positions: newLevel(dir)}
}

// Add takes the next page of the corpus.
func (c *CopyBook) Add(d *Derived) error {
	c.pages = append(c.pages, pageRow{d.ID, c.articles.units, c.positions.units})
	if err := c.whole.add(d.Page); err != nil {
		return err
	}
	for _, part := range []struct {
		to    *level
		units []Unit
	}{{c.articles, d.Articles}, {c.positions, d.Positions}} {
		for _, u := range part.units {
			if err := part.to.add(u); err != nil {
				return err
			}
		}
	}
	return nil
}

// Settle finds the copies among all that was added.
func (c *CopyBook) Settle(ctx context.Context) error {
	for _, l := range []*level{c.whole, c.articles, c.positions} {
		if err := l.settle(ctx); err != nil {
			return fmt.Errorf("find duplicates: %w", err)
		}
	}
	return nil
}

// Close removes the book's files.
func (c *CopyBook) Close() {
	_ = errors.Join(c.whole.close(), c.articles.close(), c.positions.close()) // temporary files, in a folder that goes too
}

// Marks are those of the n-th page that was added, from 0, once the book is
// settled.
func (c *CopyBook) Marks(n int) Marks {
	from := c.pages[n]
	to := pageRow{0, c.articles.units, c.positions.units}
	if n+1 < len(c.pages) {
		to = c.pages[n+1]
	}
	m := Marks{Page: mark(c.whole, uint32(n), func(u uint32) string { return fmt.Sprintf("%016x", c.pages[u].id) })}
	for u := from.articles; u < to.articles; u++ {
		m.Articles = append(m.Articles, mark(c.articles, u, c.articleID))
	}
	for u := from.positions; u < to.positions; u++ {
		m.Positions = append(m.Positions, mark(c.positions, u, c.positionID))
	}
	return m
}

// articleID is the id of an article by its number among all.
func (c *CopyBook) articleID(u uint32) string {
	i := sort.Search(len(c.pages), func(i int) bool { return c.pages[i].articles > u }) - 1
	return record.ArticleID(fmt.Sprintf("%016x", c.pages[i].id), int(u-c.pages[i].articles)+1)
}

// positionID is the same of a position.
func (c *CopyBook) positionID(u uint32) string {
	i := sort.Search(len(c.pages), func(i int) bool { return c.pages[i].positions > u }) - 1
	return record.PositionID(fmt.Sprintf("%016x", c.pages[i].id), int(u-c.pages[i].positions)+1)
}

func mark(l *level, unit uint32, id func(uint32) string) Mark {
	if l.links.Kept(unit) {
		return Mark{}
	}
	of, like, same := l.links.Of(unit)
	m := Mark{Of: id(of), Kind: record.NearCopy, Similarity: like}
	if same {
		m.Kind = record.ExactCopy
	}
	return m
}

// Count adds the copies of a page to the totals.
func (m *Marks) Count(t *record.Totals) {
	count := func(m Mark, all, near *int) {
		if m.Of != "" {
			*all++
		}
		if m.Kind == record.NearCopy {
			*near++
		}
	}
	count(m.Page, &t.DuplicatePages, &t.NearPages)
	for _, a := range m.Articles {
		count(a, &t.DuplicateArticles, &t.NearArticles)
	}
	for _, p := range m.Positions {
		count(p, &t.DuplicatePositions, &t.NearPositions)
	}
}

// level finds the copies among units of one kind.
type level struct {
	dir   string
	exact *spill.Sorter // letters, rank, unit
	rows  *os.File      // of each unit its rank, whether it has a row, and that
	w     *bufio.Writer
	units uint32
	links *near.Links
}

// levelRow is the length of what rows holds of a unit.
const levelRow = 4 + 1 + near.RowSize

func newLevel(dir string) *level { return &level{dir: dir, exact: spill.New(dir, lettersInMemory)} }

func (l *level) add(u Unit) error {
	if l.rows == nil {
		f, err := os.CreateTemp(l.dir, "rows-*")
		if err != nil {
			return fmt.Errorf("find duplicates: %w", err)
		}
		l.rows, l.w = f, bufio.NewWriterSize(f, 256<<10)
	}
	var b [levelRow]byte
	binary.BigEndian.PutUint32(b[:], u.Rank)
	if u.Sketch != nil {
		b[4] = 1
		row := u.Sketch.Row()
		row.Append(b[:5])
	}
	if _, err := l.w.Write(b[:]); err != nil {
		return fmt.Errorf("find duplicates: %w", err)
	}
	l.units++
	if u.Letters.Hi|u.Letters.Lo == 0 {
		return nil
	}
	return l.exact.Add(put32(put32(putSum(nil, u.Letters), u.Rank), l.units-1))
}

func (l *level) close() error {
	err := l.exact.Close()
	if l.rows != nil {
		err = errors.Join(err, l.rows.Close(), os.Remove(l.rows.Name()))
	}
	l.rows = nil
	return err
}

// settle links the units: first those of the same letters to the best of them,
// then the best ones that are nearly the same.
func (l *level) settle(ctx context.Context) error {
	l.links = near.NewLinks(int(l.units))
	if l.units == 0 {
		return nil
	}
	if err := l.w.Flush(); err != nil {
		return err
	}
	var first []byte
	n := 0
	err := l.exact.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if len(first) > 0 && bytes.Equal(first[:16], rec[:16]) {
			l.links.Same(binary.BigEndian.Uint32(rec[20:]), binary.BigEndian.Uint32(first[20:]))
			return nil
		}
		first = append(first[:0], rec...)
		return nil
	})
	if err != nil {
		return err
	}
	b := near.NewBuckets(l.dir, near.Pivots)
	err = l.bucket(ctx, b)
	if err == nil {
		err = l.links.Join(ctx, b, l.like())
	}
	return errors.Join(err, b.Close())
}

// bucket puts the units that repeat none exactly into buckets.
func (l *level) bucket(ctx context.Context, b *near.Buckets) error {
	if _, err := l.rows.Seek(0, 0); err != nil {
		return err
	}
	r := bufio.NewReaderSize(l.rows, 256<<10)
	var raw [levelRow]byte
	var row near.Row
	for unit := range l.units {
		if unit%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if _, err := io.ReadFull(r, raw[:]); err != nil {
			return err
		}
		if raw[4] == 0 || !l.links.Kept(unit) {
			continue
		}
		row.Read(raw[5:])
		if err := b.Add(binary.BigEndian.Uint32(raw[:]), unit, row.Bands()); err != nil {
			return err
		}
	}
	return nil
}

// like compares units by their rows. The last unit's row stays in hand.
func (l *level) like() func(unit, kept uint32) (float64, bool, error) {
	var held, other near.Row
	at := int64(-1)
	read := func(unit uint32, to *near.Row) error {
		var raw [near.RowSize]byte
		if _, err := l.rows.ReadAt(raw[:], int64(unit)*levelRow+5); err != nil {
			return err
		}
		to.Read(raw[:])
		return nil
	}
	return func(unit, kept uint32) (float64, bool, error) {
		if at != int64(unit) {
			if err := read(unit, &held); err != nil {
				return 0, false, err
			}
			at = int64(unit)
		}
		if err := read(kept, &other); err != nil {
			return 0, false, err
		}
		s := held.Like(&other)
		return s, s >= near.Threshold, nil
	}
}
