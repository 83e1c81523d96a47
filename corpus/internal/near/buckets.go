package near

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"

	"zhize/corpus/internal/spill"
)

// Memory of the two sorts, in bytes; what is over goes to files.
const (
	bandsInMemory = 32 << 20
	pairsInMemory = 32 << 20
)

// How many units of a bucket the others are compared with: the best ones, so that
// a bucket of n units costs n comparisons and not their square. A copy is missed
// only where in every bucket that it shares with the unit that it repeats as many
// better ones stand, none of which is its like. Duties have fewer, because their
// buckets are wider.
const (
	Pivots     = 8
	DutyPivots = 4
)

// Buckets brings together the units that may be alike. Units are numbers, and
// have a rank: less is better, and of equal ranks the less number. In memory are
// two sorts, whatever the number of units.
type Buckets struct {
	pivots int
	bands  *spill.Sorter // band, rank, unit
	pairs  *spill.Sorter // rank and unit, rank and unit of a better one
}

// NewBuckets keeps its files in dir.
func NewBuckets(dir string, pivots int) *Buckets {
	return &Buckets{pivots, spill.New(dir, bandsInMemory), spill.New(dir, pairsInMemory)}
}

// Close removes the files.
func (b *Buckets) Close() error { return errors.Join(b.bands.Close(), b.pairs.Close()) }

const (
	bandSize = 8
	unitSize = 8
)

// Add puts a unit into the buckets that its bands name.
func (b *Buckets) Add(rank, unit uint32, bands []uint64) error {
	var rec [bandSize + unitSize]byte
	binary.BigEndian.PutUint32(rec[bandSize:], rank)
	binary.BigEndian.PutUint32(rec[bandSize+4:], unit)
	for _, band := range bands {
		binary.BigEndian.PutUint64(rec[:], band)
		if err := b.bands.Add(rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// Each calls f for every unit that shares a bucket with better ones, the best
// unit first, with those, the best first too. The slice is f's until it returns.
func (b *Buckets) Each(ctx context.Context, f func(unit uint32, better []uint32) error) error {
	if err := b.pair(ctx); err != nil {
		return err
	}
	var last []byte
	var better []uint32
	call := func() error {
		if len(better) == 0 {
			return nil
		}
		return f(binary.BigEndian.Uint32(last[4:]), better)
	}
	n := 0
	err := b.pairs.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if bytes.Equal(rec, last) {
			return nil // from another bucket
		}
		if !bytes.Equal(rec[:unitSize], last[:min(unitSize, len(last))]) {
			if err := call(); err != nil {
				return err
			}
			better = better[:0]
		}
		last = append(last[:0], rec...)
		better = append(better, binary.BigEndian.Uint32(rec[unitSize+4:]))
		return nil
	})
	if err != nil {
		return err
	}
	return call()
}

// pair makes the pairs of every bucket.
func (b *Buckets) pair(ctx context.Context) error {
	var band [bandSize]byte
	var best []byte // units of the bucket, at most b.pivots of them
	n := 0
	return b.bands.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if !bytes.Equal(band[:], rec[:bandSize]) {
			copy(band[:], rec)
			best = best[:0]
		}
		unit := rec[bandSize:]
		for at := 0; at < len(best); at += unitSize {
			if err := b.pairs.Add(append(append(make([]byte, 0, 2*unitSize), unit...), best[at:at+unitSize]...)); err != nil {
				return err
			}
		}
		if len(best) < b.pivots*unitSize {
			best = append(best, unit...)
		}
		return nil
	})
}

// Links say which unit each unit repeats. They hold six bytes for each.
type Links struct {
	of   []uint32
	like []uint16 // thousandths
}

// exact stands for the likeness of units that say the same letter by letter;
// that of others is at most 1000.
const exact = 1 << 10

// NewLinks are n units that repeat nothing.
func NewLinks(n int) *Links {
	l := &Links{make([]uint32, n), make([]uint16, n)}
	for i := range l.of {
		l.of[i] = uint32(i)
	}
	return l
}

// Len is the number of units.
func (l *Links) Len() int { return len(l.of) }

// Kept reports a unit that repeats nothing.
func (l *Links) Kept(unit uint32) bool { return l.of[unit] == unit }

// Same says that a unit repeats another one letter by letter.
func (l *Links) Same(unit, of uint32) { l.of[unit], l.like[unit] = of, exact }

// Of is the unit that a unit repeats, itself for one that is kept, how like they
// are, in steps of .001, and whether they are so letter by letter.
func (l *Links) Of(unit uint32) (of uint32, like float64, same bool) {
	if l.like[unit] == exact || l.Kept(unit) {
		return l.of[unit], 1, true
	}
	return l.of[unit], float64(l.like[unit]) / 1000, false
}

// Join takes the units of buckets in the order of their ranks. Each becomes a
// copy of the kept one that it is most like, of equal ones the best, if like says
// that it is a copy at all; a unit that is none is kept. So every copy is alike
// the one that it is said to repeat, and there are no chains. What repeated one
// that is a copy now, repeats what that one does.
func (l *Links) Join(ctx context.Context, b *Buckets, like func(unit, kept uint32) (float64, bool, error)) error {
	err := b.Each(ctx, func(unit uint32, better []uint32) error {
		best, most := unit, -1.0
		for _, u := range better {
			if !l.Kept(u) {
				continue
			}
			s, ok, err := like(unit, u)
			if err != nil {
				return err
			}
			if ok && s > most {
				best, most = u, s
			}
		}
		if best != unit {
			l.of[unit], l.like[unit] = best, uint16(most*1000+.5)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for unit, of := range l.of {
		if of != uint32(unit) && !l.Kept(of) {
			l.of[unit], l.like[unit] = l.of[of], l.like[of]
		}
	}
	return nil
}
