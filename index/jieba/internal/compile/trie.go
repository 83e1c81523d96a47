package compile

import (
	"cmp"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"zhize/index/jieba/internal/image"
)

// patient is the size of the largest family for which the search for a place goes on where it ended for the last family
// of that size. Larger ones start from the beginning each time, which packs better; for small ones it makes no
// difference to the size (measured: 5.95 MB for limits from 0 to 10, 6.41 MB without one; 5.0 s for 0, 1.3 s for 10).
const patient = 10

// entry is a word as the trie sees it.
type entry struct {
	codes  []uint16 // the codes of its runes, all above 0
	weight uint16   // index of its weight, above 0
}

// node is a trie node before it is placed. Nodes are numbered in breadth-first order, so the children of a node are
// neighbours.
type node struct {
	code   uint16 // of the edge that leads here
	weight uint16 // 0 if no word ends here
	first  int32  // its first child
	kids   int32  // their number
}

// trie is a double-array trie below its first level.
type trie struct {
	roots []root   // by code
	units []uint64 // see image.Unit
}

// root is a node of the first level.
type root struct {
	base   uint32
	weight uint16 // 0 if it is no word
	second []node // the nodes below it
}

// buildTrie lays the entries, which must be sorted by codes and distinct, out as a double-array trie. codes is one more
// than the largest code.
//
// The child of a node for code c lies in unit base(node)+c and repeats c there. No two nodes share a base, and none has
// the base of those without children, so a unit that repeats the code is the child and no other node's. Every base has
// a unit for every code.
func buildTrie(entries []entry, codes int) (*trie, error) {
	nodes := buildNodes(entries)

	// Large families first, into a nearly empty array; only children last, into the holes that are left. The result is
	// practically free of holes.
	families := make([]int, 0, len(nodes))
	for i := range nodes {
		if nodes[i].kids > 0 && i > 0 {
			families = append(families, i)
		}
	}
	slices.SortStableFunc(families, func(a, b int) int { return cmp.Compare(nodes[b].kids, nodes[a].kids) })

	var a array
	base := make([]uint32, len(nodes))
	kidsOf := func(i int) []node { return nodes[nodes[i].first : nodes[i].first+nodes[i].kids] }
	a.reserve(image.NoBase)
	a.used[0] |= 1 << image.NoBase
	from, size, last := uint32(0), int32(0), uint32(0)
	for _, i := range families {
		if nodes[i].kids != size || size > patient {
			from, size = 0, nodes[i].kids
		}
		base[i] = a.fit(kidsOf(i), from)
		a.place(base[i], kidsOf(i))
		from = base[i] &^ 63
		last = max(last, base[i])
	}
	if last > image.MaxBase {
		return nil, fmt.Errorf("the words need %d nodes, the limit is %d", last, image.MaxBase)
	}

	t := &trie{roots: make([]root, codes), units: make([]uint64, int(last)+codes)}
	for i := range t.units {
		t.units[i] = image.EmptyUnit
	}
	for i := range nodes {
		for k, kid := range kidsOf(i) {
			n := int(nodes[i].first) + k
			if i == 0 {
				t.roots[kid.code] = root{base[n], kid.weight, kidsOf(n)}
				continue
			}
			var kids uint8
			for _, grandkid := range kidsOf(n) {
				kids |= image.Bit(grandkid.code)
			}
			t.units[base[i]+uint32(kid.code)] = image.Unit(base[n], kids, kid.code, kid.weight)
		}
	}
	return t, nil
}

// buildNodes numbers the nodes of the trie breadth first; node 0 is the root.
func buildNodes(entries []entry) []node {
	type span struct{ lo, hi, depth int } // the entries below a node
	nodes := []node{{}}
	spans := []span{{0, len(entries), 0}}
	for i := 0; i < len(nodes); i++ {
		s := spans[i]
		if s.lo < s.hi && len(entries[s.lo].codes) == s.depth { // the shortest entry sorts first
			nodes[i].weight = entries[s.lo].weight
			s.lo++
		}
		nodes[i].first = int32(len(nodes))
		for s.lo < s.hi {
			code, hi := entries[s.lo].codes[s.depth], s.lo
			for hi < s.hi && entries[hi].codes[s.depth] == code {
				hi++
			}
			nodes = append(nodes, node{code: code})
			spans = append(spans, span{s.lo, hi, s.depth + 1})
			s.lo = hi
		}
		nodes[i].kids = int32(len(nodes)) - nodes[i].first
	}
	return nodes
}

// array tracks which slots of the double array are taken and which bases are used, one bit each.
type array struct {
	full []uint64
	used []uint64
}

// reserve makes room for slots up to the given one, and the word after it.
func (a *array) reserve(slot uint32) {
	for uint32(len(a.full)) <= slot/64+1 {
		a.full = append(a.full, 0)
		a.used = append(a.used, 0)
	}
}

// place marks a base used and the slots of its kids taken.
func (a *array) place(base uint32, kids []node) {
	a.reserve(base + uint32(kids[len(kids)-1].code))
	a.used[base/64] |= 1 << (base % 64)
	for _, kid := range kids {
		slot := base + uint32(kid.code)
		a.full[slot/64] |= 1 << (slot % 64)
	}
}

// fit returns the lowest unused base, from the given multiple of 64 on, at which every kid finds a free slot. It tries
// 64 bases at a time.
func (a *array) fit(kids []node, from uint32) uint32 {
	for base := from; ; base += 64 {
		a.reserve(base + uint32(kids[len(kids)-1].code) + 64)
		bad := a.used[base/64]
		for _, kid := range kids {
			if bad == math.MaxUint64 {
				break
			}
			slot := base + uint32(kid.code)
			bad |= a.full[slot/64] >> (slot % 64)
			bad |= a.full[slot/64+1] << (64 - slot%64)
		}
		if bad != math.MaxUint64 {
			return base + uint32(bits.TrailingZeros64(^bad))
		}
	}
}
