// Package image knows the byte layout of a dictionary image: the one file in which a segmentation dictionary and its
// hidden Markov model lie ready for use. The compiler (package compile) writes it, the segmenter (package jieba) reads
// it, and nobody else counts bytes.
//
// Every number is little-endian. Sections follow each other without gaps, in the order of the fields of [Image]:
//
//	offset  size            what
//	0       8               magic "ZHZJIEBA"
//	8       4               format version
//	12      4               longest word, in runes
//	16      32              SHA-256 of the whole image with these 32 bytes zero
//	48      5*4             number of units, weights, emission rows, pages, codes
//	68      4               zero
//	72      8               sum of the frequencies of the main dictionary
//	80      8               median of them
//	88      4*8             start probabilities of the states B, E, M, S
//	120     16*8            transition probabilities, [from*4+to]
//	248     units*8         double-array trie below its first level
//	…       weights*8       word weights
//	…       rows*4*8        emission probabilities, [row*4+state]
//	…       4352*2          page of each block of 256 runes
//	…       pages*256*2     code of each rune of a page, those of U+4000 to U+9FFF in a row
//	…       codes*16        the first level of the trie: what there is to know of each code
//	…       262144          which two codes may begin a word
//
// The sections need no load step: they are used where they lie, so an image may be embedded in a program or
// memory-mapped from a file. (Where the machine has the other byte order, or the bytes lie at an odd place, they are
// copied.)
package image

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// Version is the only format version that [Parse] accepts.
const Version = 3

// States of the hidden Markov model, in cppjieba's order (HMMModel.hpp): a rune begins, ends or continues a word, or is
// one by itself.
const (
	StateB = iota
	StateE
	StateM
	StateS
	States // the number of states
)

// Possible reports whether a rune in one state can stand before one in another: a word ends before the next begins.
func Possible(from, to int) bool {
	return (from == StateE || from == StateS) == (to == StateB || to == StateS)
}

// Impossible is the logarithm cppjieba uses for probability 0 (MIN_DOUBLE in DictTrie.hpp). It is finite, so sums of it
// stay comparable.
const Impossible = -3.14e+100

// Limits of the format.
const (
	MaxWord  = 512    // longest word in runes: MAX_WORD_LENGTH in cppjieba's Trie.hpp
	MaxCodes = 0xFFFF // codes are 16 bits wide; 0xFFFF marks an empty unit
	Blocks   = 0x1100 // blocks of 256 runes up to U+10FFFF
	PageSize = 256    // runes of a block
	HanBlock = 0x40   // the first of the blocks whose pages lie in a row
	HanPages = 0x60   // how many those are: U+4000 to U+9FFF

	// NoBase is the base of a trie node without children: no child of another lies on it.
	NoBase = 0
	// MaxBase is the largest base.
	MaxBase = 1<<24 - 1
	// EmptyUnit is an unused slot of the trie; its code is matched by nothing.
	EmptyUnit = uint64(0xFFFF) << 32
	// PairsSize is the size of the table of pairs in bytes, a power of two.
	PairsSize = 1 << 18
	// UserSingle is the bit of a class that marks a one-rune word of the user dictionary; the bits below are the
	// emission row.
	UserSingle = 0x8000
)

const (
	magic      = "ZHZJIEBA"
	digestAt   = 16
	countsAt   = digestAt + sha256.Size
	freqsAt    = countsAt + 6*4
	startAt    = freqsAt + 2*8
	transAt    = startAt + States*8
	rootSize   = 16
	headerSize = transAt + States*States*8
)

// ErrFormat is wrapped by every error of [Parse] and [Image.Verify].
var ErrFormat = errors.New("not a usable dictionary image")

// Image is a parsed image. Its sections alias the bytes it was parsed from.
type Image struct {
	MaxWord int                     // longest word, in runes; 1 to [MaxWord]
	Sum     float64                 // of the main dictionary's frequencies
	Median  float64                 // of them
	Start   [States]float64         // log-probability that a run starts in a state
	Trans   [States][States]float64 // log-probability of a step, [from][to]

	Units     []uint64           // double-array trie below its first level, see [Unit]
	Weights   []float64          // log-probabilities; entry 0 is that of what is no word, minus infinity
	Emissions [][States]float64  // row 0 is that of a rune unknown to the model
	PageOf    []uint16           // page of each block of 256 runes, [Blocks] of them
	Pages     [][PageSize]uint16 // code of each rune of a page; code 0 is a rune that occurs in no word and no row
	Roots     []Root             // first level of the trie, by code; code 0 has the weight of a rune that is no word
	Pairs     *[PairsSize]byte   // a bit for each two codes with which a word begins, at [Pair]; other pairs may share it

	Han *[HanPages][PageSize]uint16 // the pages of the blocks from HanBlock on, a part of Pages

	digest [sha256.Size]byte
	whole  []byte
}

// Digest returns the SHA-256 that the header states. [Image.Verify] checks that it is true.
func (m *Image) Digest() [sha256.Size]byte { return m.digest }

// Unit packs a trie node: where its children lie, the set of their codes (see [Bit]), the code it is reached by, and
// the index of its weight or 0 if it ends no word. From the lowest: 24 bits, 8, 16 and 16.
func Unit(base uint32, kids uint8, code, weight uint16) uint64 {
	return uint64(base) | uint64(kids)<<24 | uint64(code)<<32 | uint64(weight)<<48
}

// Bit is the member of a set of codes in 8 bits: a code that is not in the set may have another's bit.
func Bit(code uint16) uint8 { return 1 << (code & 7) }

// Maybe reports whether a unit may have a child for a code: there is none where it says no.
func Maybe(unit uint64, code uint16) bool { return unit>>(24+code&7)&1 != 0 }

// Root is what there is to know of a code, in 16 bytes.
type Root struct {
	Weight float64 // of its rune as a word
	Base   uint32  // of the trie's nodes below it
	Index  uint16  // of its weight, 0 if it is no word
	Class  uint16  // its emission row, and the bit [UserSingle]
}

// Floor is the weight of a rune that is no word.
func (m *Image) Floor() float64 { return m.Roots[0].Weight }

// Pair is the number of the bit that two codes have in Pairs. Those of one first code lie side by side, so that the
// frequent second ones, whose codes are small, share few cache lines.
func Pair(first, second uint16) uint32 {
	const spread = 1296155 // of first codes over the table: its bits divided by the golden ratio, odd
	return (uint32(first)*spread + uint32(second)) % (8 * PairsSize)
}

// Marshal lays m out as an image and seals it with its digest. Its section lengths must fit the format; the compiler
// sees to that, and [Parse] would refuse the result otherwise.
func (m *Image) Marshal() []byte {
	le := binary.LittleEndian
	out := append([]byte(nil), magic...)
	out = le.AppendUint32(out, Version)
	out = le.AppendUint32(out, uint32(m.MaxWord))
	out = append(out, make([]byte, sha256.Size)...)
	for _, n := range []int{len(m.Units), len(m.Weights), len(m.Emissions), len(m.Pages), len(m.Roots), 0} {
		out = le.AppendUint32(out, uint32(n))
	}
	for _, section := range []any{m.Sum, m.Median, m.Start, m.Trans,
		m.Units, m.Weights, m.Emissions, m.PageOf, m.Pages, m.Roots, m.Pairs} {
		out, _ = binary.Append(out, le, section) // fails for types without a fixed size only
	}
	return Seal(out)
}

// Seal writes the digest of b into its header, in place, and returns b. It is a no-op on bytes shorter than a header.
func Seal(b []byte) []byte {
	if len(b) >= headerSize {
		sum := digest(b)
		copy(b[digestAt:], sum[:])
	}
	return b
}

func digest(b []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(b[:digestAt])
	h.Write(make([]byte, sha256.Size))
	h.Write(b[digestAt+sha256.Size:])
	h.Sum(sum[:0])
	return sum
}

// Parse finds the sections of an image. It reads the header only: it costs the same for any size, and it proves that
// the sections are complete, not that their contents make sense (see [Image.Verify]).
func Parse(b []byte) (*Image, error) {
	le := binary.LittleEndian
	if len(b) < headerSize {
		return nil, fmt.Errorf("%w: truncated: %d bytes, the header alone has %d", ErrFormat, len(b), headerSize)
	}
	if !bytes.HasPrefix(b, []byte(magic)) {
		return nil, fmt.Errorf("%w: it starts with %q, not %q", ErrFormat, b[:len(magic)], magic)
	}
	if v := le.Uint32(b[8:]); v != Version {
		return nil, fmt.Errorf("%w: format version %d, this program reads version %d", ErrFormat, v, Version)
	}
	m := &Image{whole: b, MaxWord: int(le.Uint32(b[12:]))}
	if m.MaxWord < 1 || m.MaxWord > MaxWord {
		return nil, fmt.Errorf("%w: longest word of %d runes, not 1 to %d", ErrFormat, m.MaxWord, MaxWord)
	}
	copy(m.digest[:], b[digestAt:])
	float := func(at, i int) float64 { return math.Float64frombits(le.Uint64(b[at+8*i:])) }
	m.Sum, m.Median = float(freqsAt, 0), float(freqsAt, 1)
	for i := range m.Start {
		m.Start[i] = float(startAt, i)
		for j := range m.Trans[i] {
			m.Trans[i][j] = float(transAt, i*States+j)
		}
	}
	var units, weights, rows, blocks, pages, roots, pairs []byte
	sections := []struct {
		name string
		at   *[]byte
		n    uint64 // entries
		size uint64 // bytes of an entry
		min  uint64 // fewest entries
		max  uint64 // most entries
	}{
		{"units", &units, uint64(le.Uint32(b[countsAt:])), 8, 1, MaxBase + 1 + MaxCodes},
		{"weights", &weights, uint64(le.Uint32(b[countsAt+4:])), 8, 1, 1 << 16},
		{"emission rows", &rows, uint64(le.Uint32(b[countsAt+8:])), 8 * States, 1, UserSingle},
		{"blocks", &blocks, Blocks, 2, Blocks, Blocks},
		{"pages", &pages, uint64(le.Uint32(b[countsAt+12:])), 2 * PageSize, 1, Blocks + 1},
		{"codes", &roots, uint64(le.Uint32(b[countsAt+16:])), rootSize, 1, MaxCodes},
		{"bytes of pairs", &pairs, PairsSize, 1, PairsSize, PairsSize},
	}
	rest := b[headerSize:]
	for _, s := range sections {
		if s.n < s.min || s.n > s.max {
			return nil, fmt.Errorf("%w: %d %s, not %d to %d", ErrFormat, s.n, s.name, s.min, s.max)
		}
		if s.n*s.size > uint64(len(rest)) {
			return nil, fmt.Errorf("%w: truncated in its %s: %d bytes of %d", ErrFormat, s.name, len(rest), s.n*s.size)
		}
		*s.at, rest = rest[:s.n*s.size:s.n*s.size], rest[s.n*s.size:]
	}
	if len(rest) > 0 {
		return nil, fmt.Errorf("%w: %d bytes after its end", ErrFormat, len(rest))
	}
	m.Units, m.Weights, m.Emissions = view[uint64](units), view[float64](weights), view[[States]float64](rows)
	m.PageOf, m.Pages, m.Roots = view[uint16](blocks), view[[PageSize]uint16](pages), view[Root](roots)
	m.Pairs = (*[PairsSize]byte)(pairs)
	first := int(m.PageOf[HanBlock])
	for i, page := range m.PageOf[HanBlock : HanBlock+HanPages] {
		if int(page) != first+i || int(page) >= len(m.Pages) {
			return nil, fmt.Errorf("%w: the pages of Han characters do not lie in a row", ErrFormat)
		}
	}
	m.Han = (*[HanPages][PageSize]uint16)(m.Pages[first:])
	return m, nil
}

// Verify reads the whole image once: the digest must be true, every index must point into its table and every
// logarithm must be finite. (It may be above 0: a user dictionary may name a frequency above the sum of the main one.)
// A verified image can be walked without any further check: a slot computed from a base and a code lies in the trie.
func (m *Image) Verify() error {
	if digest(m.whole) != m.digest {
		return fmt.Errorf("%w: damaged: the digest of its contents differs from the one it states", ErrFormat)
	}
	for _, p := range m.Start {
		if !finite(p) {
			return fmt.Errorf("%w: start probability %v", ErrFormat, p)
		}
	}
	for from, row := range m.Trans {
		for to, p := range row {
			if !finite(p) || !Possible(from, to) && p != Impossible {
				return fmt.Errorf("%w: transition probability %v", ErrFormat, p)
			}
		}
	}
	if !(m.Sum >= 1 && m.Sum <= 1<<60 && m.Median >= 1 && m.Median <= m.Sum) {
		return fmt.Errorf("%w: frequencies with the sum %v and the median %v", ErrFormat, m.Sum, m.Median)
	}
	for i, u := range m.Units {
		if w := int(u >> 48); w >= len(m.Weights) {
			return fmt.Errorf("%w: unit %d names weight %d of %d", ErrFormat, i, w, len(m.Weights))
		}
		if base := int(u & MaxBase); base+len(m.Roots) > len(m.Units) {
			return fmt.Errorf("%w: the children of unit %d begin at %d of %d", ErrFormat, i, base, len(m.Units))
		}
	}
	if !math.IsInf(m.Weights[0], -1) {
		return fmt.Errorf("%w: what is no word has the weight %v", ErrFormat, m.Weights[0])
	}
	for i, w := range m.Weights[1:] {
		if !finite(w) {
			return fmt.Errorf("%w: weight %d is %v", ErrFormat, i+1, w)
		}
	}
	for i, row := range m.Emissions {
		for state, p := range row {
			if !finite(p) {
				return fmt.Errorf("%w: emission probability %d is %v", ErrFormat, i*States+state, p)
			}
		}
	}
	for i, page := range m.PageOf {
		if int(page) >= len(m.Pages) {
			return fmt.Errorf("%w: block %d names page %d of %d", ErrFormat, i, page, len(m.Pages))
		}
	}
	for i, page := range m.Pages {
		for low, code := range page {
			if int(code) >= len(m.Roots) {
				return fmt.Errorf("%w: rune %d of the pages has code %d of %d", ErrFormat, i*PageSize+low, code, len(m.Roots))
			}
		}
	}
	for i, r := range m.Roots {
		if row := r.Class &^ UserSingle; int(row) >= len(m.Emissions) {
			return fmt.Errorf("%w: code %d names emission row %d of %d", ErrFormat, i, row, len(m.Emissions))
		}
		if int(r.Index) >= len(m.Weights) || !finite(r.Weight) || r.Weight != m.weight(r.Index) {
			return fmt.Errorf("%w: code %d names weight %d of %d, and has another", ErrFormat, i, r.Index, len(m.Weights))
		}
		if r.Base > MaxBase || int(r.Base)+len(m.Roots) > len(m.Units) {
			return fmt.Errorf("%w: the words of code %d begin at %d of %d", ErrFormat, i, r.Base, len(m.Units))
		}
	}
	return nil
}

// weight is that of a rune by itself.
func (m *Image) weight(index uint16) float64 {
	if index == 0 {
		return m.Floor()
	}
	return m.Weights[index]
}

func finite(p float64) bool { return !math.IsNaN(p) && !math.IsInf(p, 0) }
