package derive

import (
	"encoding/binary"
	"encoding/json"
	"errors"

	"github.com/zeebo/xxh3"

	"zhize/corpus/internal/near"
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
	b := make([]byte, 0, n+len(totals)+(len(d.Positions)+2)*packedUnit+64)
	b = put64(put64(b, d.ID), d.URI)
	b = d.Page.pack(b, true)
	b = binary.AppendUvarint(b, uint64(len(d.Positions)))
	for _, u := range d.Positions {
		b = u.pack(b, true)
	}
	b = binary.AppendUvarint(b, uint64(len(d.Articles)))
	for i, u := range d.Articles {
		b = u.pack(put32(b, d.Within[i]), false)
	}
	b = binary.AppendUvarint(b, uint64(len(totals)))
	b = append(b, totals...)
	for _, rec := range d.Duties {
		b = binary.AppendUvarint(b, uint64(len(rec)))
		b = append(b, rec...)
	}
	return b, nil
}

// packedUnit is about the length of a unit with its sketch.
const packedUnit = 16 + 4 + 1 + near.PackedSize

// pack adds a unit, with its sketch where nothing else holds that.
func (u Unit) pack(b []byte, sketch bool) []byte {
	b = put32(putSum(b, u.Letters), u.Rank)
	switch {
	case !sketch:
	case u.Sketch == nil:
		b = append(b, 0)
	default:
		b = u.Sketch.Append(append(b, 1))
	}
	return b
}

func putSum(b []byte, s xxh3.Uint128) []byte {
	sum := s.Bytes()
	return append(b, sum[:]...)
}

// Unpack reads what Pack wrote, for a page that now stands at seq. The result
// keeps b, and changes it.
func Unpack(b []byte, seq uint64) (d Derived, err error) {
	u := unpacker{b: b}
	d.ID, d.URI, d.Page = u.number(), u.number(), u.unit(true)
	for range u.length(16) {
		d.Positions = append(d.Positions, u.unit(true))
	}
	for range u.length(16) {
		d.Within = append(d.Within, u.number32())
		d.Articles = append(d.Articles, u.unit(false))
	}
	d.joinArticles()
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

func (u *unpacker) number32() uint32 {
	if part := u.take(4); len(part) == 4 {
		return binary.BigEndian.Uint32(part)
	}
	return 0
}

func (u *unpacker) unit(sketch bool) (out Unit) {
	out.Letters, out.Rank = u.sum(), u.number32()
	if !sketch {
		return out
	}
	if mark := u.take(1); len(mark) == 0 || mark[0] == 0 {
		return out
	}
	if part := u.take(near.PackedSize); len(part) == near.PackedSize {
		out.Sketch = near.ReadSketch(part)
	}
	return out
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
