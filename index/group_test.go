package index

import (
	"testing"

	"pgregory.net/rapid"
)

// TestPlaces compares the numbers of keys with a map's, over tables that are used
// again and keys that meet in them.
func TestPlaces(t *testing.T) {
	var p places
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.OneOf(
			rapid.Uint64Range(0, 20), // positions
			rapid.Map(rapid.Uint64Range(0, 20), func(n uint64) uint64 { return n << 40 }),
			rapid.Uint64(),
		)).Draw(t, "keys")
		p.reset(len(keys))
		want := map[uint64]uint32{}
		for _, key := range keys {
			n, known := want[key]
			if !known {
				n = uint32(len(want))
				want[key] = n
			}
			if got, first := p.of(key); got != n || first == known {
				t.Fatalf("%x is %d, %v; want %d, %v", key, got, first, n, !known)
			}
		}
	})
}
