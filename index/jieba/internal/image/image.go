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
//	248     units*8         double-array trie
//	…       weights*8       word weights
//	…       rows*4*8        emission probabilities, [row*4+state]
//	…       4352*2          page of each block of 256 runes
//	…       pages*256*2     code of each rune of a page
//	…       codes*2         class of each code
//
// The sections need no load step: the accessors read them where they lie, with unaligned little-endian loads, so an
// image may be embedded in a program or memory-mapped from a file.
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
const Version = 2

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

	// NoBase is the base of a trie node without children: no slot lies there.
	NoBase = 0xFFFFFFFF
	// EmptyUnit is an unused slot of the trie; its code is matched by nothing.
	EmptyUnit = uint64(0xFFFF) << 32
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
	headerSize = transAt + States*States*8
	pageSize   = 256
)

// ErrFormat is wrapped by every error of [Parse] and [Image.Verify].
var ErrFormat = errors.New("not a usable dictionary image")

// Image is a parsed image. Its byte sections alias the image they were parsed from.
type Image struct {
	MaxWord int                     // longest word, in runes; 1 to [MaxWord]
	Sum     float64                 // of the main dictionary's frequencies
	Median  float64                 // of them
	Start   [States]float64         // log-probability that a run starts in a state
	Trans   [States][States]float64 // log-probability of a step, [from][to]

	Units     []byte // trie; unit i is 8 bytes: base 32 bits, code 16 bits, weight index 16 bits, from the lowest
	Weights   []byte // float64 log-probabilities; entry 0 is the weight of a rune that is no word
	Emissions []byte // rows of 4 float64, one for each state; row 0 is the row of a rune unknown to the model
	PageOf    []byte // uint16 page of each block of 256 runes
	Pages     []byte // uint16 codes, 256 for each page; code 0 is a rune that occurs in no word and no row
	Classes   []byte // uint16 class of each code: emission row, and the bit [UserSingle]

	digest [sha256.Size]byte
	whole  []byte
}

// Digest returns the SHA-256 that the header states. [Image.Verify] checks that it is true.
func (m *Image) Digest() [sha256.Size]byte { return m.digest }

// Unit packs a trie node: where its children lie, the code it is reached by, and the index of its weight or 0 if it
// ends no word.
func Unit(base uint32, code, weight uint16) uint64 {
	return uint64(base) | uint64(code)<<32 | uint64(weight)<<48
}

// Marshal lays m out as an image and seals it with its digest. Its section lengths must fit the format; the compiler
// sees to that, and [Parse] would refuse the result otherwise.
func (m *Image) Marshal() []byte {
	le := binary.LittleEndian
	out := make([]byte, 0, headerSize+len(m.Units)+len(m.Weights)+len(m.Emissions)+len(m.PageOf)+len(m.Pages)+len(m.Classes))
	out = append(out, magic...)
	out = le.AppendUint32(out, Version)
	out = le.AppendUint32(out, uint32(m.MaxWord))
	out = append(out, make([]byte, sha256.Size)...)
	for _, n := range []int{len(m.Units) / 8, len(m.Weights) / 8, len(m.Emissions) / (8 * States),
		len(m.Pages) / (2 * pageSize), len(m.Classes) / 2, 0} {
		out = le.AppendUint32(out, uint32(n))
	}
	for _, v := range append([]float64{m.Sum, m.Median}, m.Start[:]...) {
		out = le.AppendUint64(out, math.Float64bits(v))
	}
	for _, row := range m.Trans {
		for _, p := range row {
			out = le.AppendUint64(out, math.Float64bits(p))
		}
	}
	for _, section := range [][]byte{m.Units, m.Weights, m.Emissions, m.PageOf, m.Pages, m.Classes} {
		out = append(out, section...)
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
	m.Sum, m.Median = Float(b[freqsAt:], 0), Float(b[freqsAt:], 1)
	for i := range m.Start {
		m.Start[i] = Float(b[startAt:], i)
		for j := range m.Trans[i] {
			m.Trans[i][j] = Float(b[transAt:], i*States+j)
		}
	}
	sections := []struct {
		name string
		at   *[]byte
		n    uint64 // entries
		size uint64 // bytes of an entry
		min  uint64 // fewest entries
		max  uint64 // most entries
	}{
		{"units", &m.Units, uint64(le.Uint32(b[countsAt:])), 8, 1, NoBase},
		{"weights", &m.Weights, uint64(le.Uint32(b[countsAt+4:])), 8, 1, 1 << 16},
		{"emission rows", &m.Emissions, uint64(le.Uint32(b[countsAt+8:])), 8 * States, 1, UserSingle},
		{"blocks", &m.PageOf, Blocks, 2, Blocks, Blocks},
		{"pages", &m.Pages, uint64(le.Uint32(b[countsAt+12:])), 2 * pageSize, 1, Blocks + 1},
		{"codes", &m.Classes, uint64(le.Uint32(b[countsAt+16:])), 2, 1, MaxCodes},
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
	if len(m.Units)/8 < len(m.Classes)/2 {
		return nil, fmt.Errorf("%w: %d units cannot hold a root of %d codes", ErrFormat, len(m.Units)/8, len(m.Classes)/2)
	}
	return m, nil
}

// Verify reads the whole image once: the digest must be true, every index must point into its table and every
// logarithm must be finite. (It may be above 0: a user dictionary may name a frequency above the sum of the main one.)
// A verified image can be walked without any further check but one: a slot computed from a base may lie outside the
// trie, which means "no such child".
func (m *Image) Verify() error {
	if digest(m.whole) != m.digest {
		return fmt.Errorf("%w: damaged: the digest of its contents differs from the one it states", ErrFormat)
	}
	rows, codes := len(m.Emissions)/(8*States), len(m.Classes)/2
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
	for i := range len(m.Units) / 8 {
		if w := int(binary.LittleEndian.Uint16(m.Units[8*i+6:])); w >= len(m.Weights)/8 {
			return fmt.Errorf("%w: unit %d names weight %d of %d", ErrFormat, i, w, len(m.Weights)/8)
		}
	}
	for i := range len(m.Weights) / 8 {
		if !finite(Float(m.Weights, i)) {
			return fmt.Errorf("%w: weight %d is %v", ErrFormat, i, Float(m.Weights, i))
		}
	}
	for i := range rows * States {
		if !finite(Float(m.Emissions, i)) {
			return fmt.Errorf("%w: emission probability %d is %v", ErrFormat, i, Float(m.Emissions, i))
		}
	}
	for i := range Blocks {
		if page := Uint16(m.PageOf, i); int(page) >= len(m.Pages)/(2*pageSize) {
			return fmt.Errorf("%w: block %d names page %d of %d", ErrFormat, i, page, len(m.Pages)/(2*pageSize))
		}
	}
	for i := range len(m.Pages) / 2 {
		if code := Uint16(m.Pages, i); int(code) >= codes {
			return fmt.Errorf("%w: rune %d of the pages has code %d of %d", ErrFormat, i, code, codes)
		}
	}
	for i := range codes {
		if row := Uint16(m.Classes, i) &^ UserSingle; int(row) >= rows {
			return fmt.Errorf("%w: code %d names emission row %d of %d", ErrFormat, i, row, rows)
		}
	}
	return nil
}

func finite(p float64) bool { return !math.IsNaN(p) && !math.IsInf(p, 0) }

// Float returns entry i of a section of float64.
func Float(section []byte, i int) float64 {
	return math.Float64frombits(binary.LittleEndian.Uint64(section[8*i:]))
}

// Uint16 returns entry i of a section of uint16.
func Uint16(section []byte, i int) uint16 { return binary.LittleEndian.Uint16(section[2*i:]) }
