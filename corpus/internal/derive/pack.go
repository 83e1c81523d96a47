package derive

import (
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/zeebo/xxh3"
)

// errPacked says that packed bytes are none.
var errPacked = errors.New("what was derived from a page is damaged")

// Pack writes d so that [Unpack] reads it: a page that is copied need not be
// decoded to be counted.
func (d Derived) Pack() ([]byte, error) {
	totals, err := json.Marshal(d.Totals)
	if err != nil {
		return nil, err
	}
	n := 0
	for _, rec := range d.Duties {
		n += len(rec) + binary.MaxVarintLen32
	}
	b := make([]byte, 0, n+len(totals)+16*len(d.Bodies)+64)
	b = put64(put64(b, d.ID), d.URI)
	b = putSum(b, d.Letters)
	b = binary.AppendUvarint(b, uint64(len(d.Bodies)))
	for _, body := range d.Bodies {
		b = putSum(b, body)
	}
	b = binary.AppendUvarint(b, uint64(len(totals)))
	b = append(b, totals...)
	for _, rec := range d.Duties {
		b = binary.AppendUvarint(b, uint64(len(rec)))
		b = append(b, rec...)
	}
	return b, nil
}

func putSum(b []byte, s xxh3.Uint128) []byte {
	sum := s.Bytes()
	return append(b, sum[:]...)
}

// Unpack reads what Pack wrote, for a page that now stands at seq. The result
// keeps b, and changes it.
func Unpack(b []byte, seq uint64) (d Derived, err error) {
	u := unpacker{b: b}
	d.ID, d.URI, d.Letters = u.number(), u.number(), u.sum()
	for range u.length(16) {
		d.Bodies = append(d.Bodies, u.sum())
	}
	if err := json.Unmarshal(u.take(u.length(1)), &d.Totals); err != nil {
		return d, errPacked
	}
	for len(u.b) > 0 && !u.bad {
		rec := u.take(u.length(1))
		if len(rec) < dutyKeySize+12 {
			return d, errPacked
		}
		binary.BigEndian.PutUint64(rec[dutyKeySize:], seq)
		d.Duties = append(d.Duties, rec)
	}
	if u.bad {
		return d, errPacked
	}
	return d, nil
}

// unpacker takes parts off the front of b; bad says that there were too few.
type unpacker struct {
	b   []byte
	bad bool
}

func (u *unpacker) take(n int) []byte {
	if n > len(u.b) {
		u.bad, n = true, len(u.b)
	}
	part := u.b[:n:n]
	u.b = u.b[n:]
	return part
}

func (u *unpacker) number() uint64 {
	if part := u.take(8); len(part) == 8 {
		return binary.BigEndian.Uint64(part)
	}
	return 0
}

func (u *unpacker) sum() xxh3.Uint128 { return xxh3.Uint128{Hi: u.number(), Lo: u.number()} }

// length is a count of parts of a size; no more than there is room for.
func (u *unpacker) length(size int) int {
	n, k := binary.Uvarint(u.b)
	if k <= 0 || n > uint64(len(u.b)/size) {
		u.bad = true
		return 0
	}
	u.b = u.b[k:]
	return int(n)
}
