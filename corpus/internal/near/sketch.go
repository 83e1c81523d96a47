// Package near finds texts that are nearly the same among more texts than
// memory holds: sketches whose likeness is that of the texts, buckets that
// bring together what may be alike, and the comparison of single duties. It
// knows no records.
package near

import (
	"encoding/binary"
	"unicode"
)

// The parameters by which pages, articles and positions are compared, which are
// those of FineWeb (G. Penedo and others 2024) but for the shingles: it takes
// five words, here it is five characters. Two texts of likeness s come into a
// common bucket with the probability 1-(1-s^8)^14, which is one half at .72.
const (
	Permutations = 112
	bands        = 14
	shingle      = 5
	Threshold    = 0.72
)

// Sketch stands for a set of shingles: of each of as many random orders of all
// shingles the place of the set's first, 24 bits of it. The share of places in
// which two sketches are equal estimates the likeness of their sets, which is
// what they have in common of all that they have (A. Broder 1997).
type Sketch [Permutations]uint32

// PackedSize is the length of a sketch in bytes as [Sketch.Append] writes it.
const PackedSize = 3 * Permutations

// none is the place of a set that is empty.
const none = 1<<24 - 1

// NewSketch is that of the empty set.
func NewSketch() *Sketch {
	s := new(Sketch)
	for i := range s {
		s[i] = none
	}
	return s
}

// Empty reports whether nothing was added.
func (s *Sketch) Empty() bool { return *s == *NewSketch() }

// Join adds what another sketch stands for.
func (s *Sketch) Join(o *Sketch) {
	for i, v := range o {
		s[i] = min(s[i], v)
	}
}

// Append adds the sketch to b.
func (s *Sketch) Append(b []byte) []byte {
	for _, v := range s {
		b = append(b, byte(v>>16), byte(v>>8), byte(v))
	}
	return b
}

// ReadSketch reads what Append wrote; b has [PackedSize] bytes.
func ReadSketch(b []byte) *Sketch {
	s := new(Sketch)
	for i := range s {
		s[i] = uint32(b[3*i])<<16 | uint32(b[3*i+1])<<8 | uint32(b[3*i+2])
	}
	return s
}

// order is one random order: a shingle's hash x stands at (x·a + b) mod 2^64.
type order struct{ a, b uint64 }

// orders are the random orders. They are part of what is stored: other ones are
// other sketches.
var orders = func() (o [Permutations]order) {
	for i := range o {
		o[i] = order{mix(uint64(2*i)) | 1, mix(uint64(2*i + 1))}
	}
	return o
}()

// mix spreads the bits of x (the finalizer of splitmix64, S. Vigna).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Writer makes sketches of texts. Its slice is used again.
type Writer struct{ letters []rune }

// letters are the letters and digits of a text, in lower case and half width:
// marks, spaces and line ends do not count.
func letters(dst []rune, text string) []rune {
	for _, r := range text {
		if r > 0xff00 && r < 0xff5f {
			r -= 0xfee0
		}
		switch {
		case r >= 'A' && r <= 'Z':
			dst = append(dst, r|0x20)
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)), r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			dst = append(dst, r)
		}
	}
	return dst
}

// base is that of the rolling hash of a shingle.
const base = 0x2545f4914f6cdd1d

// power is base to the power of the length of a shingle.
const power = base * base % (1 << 64) * base % (1 << 64) * base % (1 << 64) * base % (1 << 64)

// Add adds the shingles of a text to a sketch. A text of fewer letters than a
// shingle has is one as it is, and one without letters is none. Shingles do not
// reach from one text into the next, so it does not matter in which order they
// come.
func (w *Writer) Add(s *Sketch, text string) {
	w.letters = letters(w.letters[:0], text)
	h := uint64(0)
	for i, r := range w.letters {
		h = h*base + uint64(r)
		if i >= shingle {
			h -= power * uint64(w.letters[i-shingle])
		}
		if i >= shingle-1 {
			s.add(mix(h))
		}
	}
	if n := len(w.letters); n > 0 && n < shingle {
		s.add(mix(h))
	}
}

func (s *Sketch) add(x uint64) {
	for i, o := range &orders {
		s[i] = min(s[i], uint32((x*o.a+o.b)>>40))
	}
}

// Row is a sketch as it is compared: 16 bits of each place, mixed.
type Row [Permutations]uint16

// RowSize is the length of a row in bytes as [Row.Append] writes it.
const RowSize = 2 * Permutations

// Row is the row of a sketch.
func (s *Sketch) Row() (r Row) {
	for i, v := range s {
		r[i] = uint16(mix(uint64(v)))
	}
	return r
}

// Append adds the row to b.
func (r *Row) Append(b []byte) []byte {
	for _, v := range r {
		b = binary.LittleEndian.AppendUint16(b, v)
	}
	return b
}

// Read reads what Append wrote; b has [RowSize] bytes.
func (r *Row) Read(b []byte) {
	for i := range r {
		r[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
}

// Like is the share of places in which two rows are equal.
func (r *Row) Like(o *Row) float64 {
	n := 0
	for i := range r {
		if r[i] == o[i] {
			n++
		}
	}
	return float64(n) / Permutations
}

// Bands are the names of the buckets into which a row goes.
func (r *Row) Bands() []uint64 { return bandsOf(r[:], bands) }

// bandsOf hashes a row in n bands.
func bandsOf[T uint16 | uint32](row []T, n int) []uint64 {
	out := make([]uint64, n)
	for i, per := 0, len(row)/n; i < n; i++ {
		h := uint64(i)
		for _, v := range row[i*per : (i+1)*per] {
			h = mix(h ^ uint64(v))
		}
		out[i] = h
	}
	return out
}
