package engine

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/RoaringBitmap/roaring/v2"
)

// cursor reads the entries of a run, one after the other.
type cursor struct {
	r    *bufio.Reader
	base uint32 // number of the run's first document
	term []byte
	head uint64 // the first eight bytes of the term, zeros behind its end
	left int    // bytes of the entry's documents that are not read
	err  error
}

func newCursor(r io.Reader, size int, base uint32) *cursor {
	return &cursor{r: bufio.NewReaderSize(r, size), base: base}
}

// next goes to the next entry and reports whether there is one. Where there is none
// because of an error, err is set.
func (c *cursor) next() bool {
	if c.err != nil {
		return false
	}
	n, err := binary.ReadUvarint(c.r)
	if errors.Is(err, io.EOF) {
		return false
	}
	c.err = err
	if uint64(cap(c.term)) < n && c.err == nil {
		c.term = make([]byte, n)
	}
	if c.err == nil {
		c.term = c.term[:n]
		_, c.err = io.ReadFull(c.r, c.term)
	}
	var head [8]byte
	copy(head[:], c.term)
	c.head = binary.BigEndian.Uint64(head[:])
	c.left = c.number()
	if c.err != nil {
		c.err = fmt.Errorf("reading what waited for the merge: %w", c.err)
	}
	return c.err == nil
}

func (c *cursor) number() int {
	if c.err != nil {
		return 0
	}
	v, err := binary.ReadUvarint(c.r)
	c.err = err
	return int(v)
}

// appendDocs reads the numbers of the entry's documents, once.
func (c *cursor) appendDocs(to *list) {
	doc := c.base
	v, shift := uint32(0), 0
	for c.left > 0 {
		b, err := c.r.Peek(min(c.left, max(c.r.Buffered(), 1)))
		if err != nil {
			c.err = fmt.Errorf("reading what waited for the merge: %w", err)
			return
		}
		for _, x := range b {
			v |= uint32(x&0x7F) << shift
			if x >= 0x80 {
				shift += 7
				continue
			}
			doc += v
			to.add(doc)
			v, shift = 0, 0
		}
		_, _ = c.r.Discard(len(b)) // they are there
		c.left -= len(b)
	}
}

// list is documents in rising order: as they are while they are few, then as a set.
type list struct {
	few  []uint32
	many *roaring.Bitmap // what does not stand in few, all less than that
	full bool            // many is not empty
}

// mostFew is how many documents stand side by side before they become a set.
const mostFew = 1 << 15

func (l *list) reset() {
	l.few = l.few[:0]
	if l.full {
		l.many.Clear()
		l.full = false
	}
}

func (l *list) add(doc uint32) {
	if len(l.few) == mostFew {
		l.gather()
	}
	l.few = append(l.few, doc)
}

// gather moves all documents into the set.
func (l *list) gather() *roaring.Bitmap {
	l.many.AddMany(l.few)
	l.few, l.full = l.few[:0], true
	return l.many
}
