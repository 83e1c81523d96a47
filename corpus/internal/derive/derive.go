// Package derive finds out what follows from the records of pages: counts, ids,
// duplicates and canonical duties. Nothing in it depends on how the records
// came to be, so what a run derives a proof can derive again.
package derive

import (
	"encoding/binary"

	"github.com/zeebo/xxh3"

	"zhize/record"
)

// Derived is what follows from the records of one page.
type Derived struct {
	ID        uint64 // of the page
	URI       uint64 // hash of the page's URI
	Page      Unit
	Articles  []Unit
	Positions []Unit
	Within    []uint32 // the positions of each article
	Totals    record.Totals
	Duties    [][]byte // items as [DutyBook.Add] takes them
}

// Of derives from a page and its positions. seq rises from page to page in the
// order of the corpus.
func Of(seq uint64, page *record.Page, positions []record.Position) Derived {
	d := Derived{ID: IDBits(page.ID), URI: xxh3.HashString(page.URI), Totals: tally(page, positions)}
	d.units(page, positions)
	n := uint32(0)
	for i := range positions {
		p := &positions[i]
		for si := range p.Sections {
			Items(p.Sections[si].Items, func(it *record.Item) {
				if rec := dutyRecord(seq, n, p, p.Sections[si].Kind, it.Text); rec != nil {
					d.Duties = append(d.Duties, rec)
				}
				n++
			})
		}
	}
	return d
}

// Items calls f for items in reading order, children after their parent.
func Items(items []record.Item, f func(*record.Item)) {
	for i := range items {
		f(&items[i])
		Items(items[i].Children, f)
	}
}

// lettersHash hashes the letters of texts one after the other.
type lettersHash struct {
	h   *xxh3.Hasher
	any bool
}

// piece is how much of a text has its letters taken out at once.
const piece = 64 << 10

func (l *lettersHash) add(text string) {
	for len(text) > 0 {
		n := min(piece, len(text))
		for n < len(text) && text[n]&0xC0 == 0x80 { // not inside a character
			n++
		}
		letters := record.Letters(text[:n])
		l.any = l.any || letters != ""
		l.h.WriteString(letters) // never fails
		text = text[n:]
	}
}

// sum is zero where there were no letters.
func (l *lettersHash) sum() xxh3.Uint128 {
	if !l.any {
		return xxh3.Uint128{}
	}
	return l.h.Sum128()
}

func lettersOf(text string) xxh3.Uint128 {
	l := lettersHash{h: xxh3.New()}
	l.add(text)
	return l.sum()
}

// put32 and put64 write numbers so that bytes sort as the numbers do.
func put32(b []byte, n uint32) []byte { return binary.BigEndian.AppendUint32(b, n) }
func put64(b []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(b, n) }
