package derive

import (
	"fmt"

	"github.com/zeebo/xxh3"
)

// PositionKey is a position's id in 12 bytes.
type PositionKey struct {
	Page uint64
	N    uint32
}

// String is the id as the records write it.
func (k PositionKey) String() string { return fmt.Sprintf("%016x-p%03d", k.Page, k.N) }

// Duplicates finds the first page and the first position of the same letters.
// It holds about fifty bytes for each different one.
type Duplicates struct {
	pages     map[xxh3.Uint128]uint64
	positions map[xxh3.Uint128]PositionKey
}

// NewDuplicates has seen nothing.
func NewDuplicates() Duplicates {
	return Duplicates{map[xxh3.Uint128]uint64{}, map[xxh3.Uint128]PositionKey{}}
}

// Page is the id of the page that one with these letters repeats, "" for the
// first of its kind and for a page without letters.
func (d Duplicates) Page(letters xxh3.Uint128, id uint64) string {
	return repeats(d.pages, letters, id, func(id uint64) string { return fmt.Sprintf("%016x", id) })
}

// Position is the same for positions.
func (d Duplicates) Position(body xxh3.Uint128, k PositionKey) string {
	return repeats(d.positions, body, k, PositionKey.String)
}

func repeats[T any](seen map[xxh3.Uint128]T, sum xxh3.Uint128, id T, name func(T) string) string {
	if sum == (xxh3.Uint128{}) {
		return ""
	}
	if first, ok := seen[sum]; ok {
		return name(first)
	}
	seen[sum] = id
	return ""
}
