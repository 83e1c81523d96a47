package jieba

import (
	"sync"

	"zhize/index/jieba/internal/image"
)

// Token is a stretch of the text that was cut: text[Start:End]. Offsets are in bytes and lie on rune boundaries, or
// beside an invalid byte. No token is empty.
type Token struct {
	Start, End int
}

// Cut appends the words of text to dst and returns it: gojieba's Cut(text, true) and Tokenize(text, DefaultMode, true).
// The tokens are in order and cover the text: each starts where the one before it ends.
//
// It takes time proportional to the length of text, and allocates nothing once dst is large enough and the working
// memory of earlier calls can be used again.
func (d *Dict) Cut(dst []Token, text string) []Token { return d.cut(dst, text, false) }

// CutSearch appends the words of text to dst for the use of an index and returns it: gojieba's CutForSearch(text, true)
// and Tokenize(text, SearchMode, true). The tokens are those of [Dict.Cut], and before each one of three runes or more
// the dictionary words of two runes inside it, from left to right, and if it has four runes or more then those of three
// (QuerySegment.hpp). So tokens overlap, and Start does not always rise.
func (d *Dict) CutSearch(dst []Token, text string) []Token { return d.cut(dst, text, true) }

// maxRun is the longest stretch, in runes, that is cut as a whole. It bounds the working memory: 25 bytes a rune in
// scratch and 1 for the model.
const maxRun = 1 << 19

// keepRun is the longest stretch, in runes, whose working memory is kept for later calls.
const keepRun = 1 << 16

// cutter is the state of one call. Between calls only its working memory is kept.
//
// It works on one stretch of text at a time (PreFilter.hpp): the runes between two separators.
type cutter struct {
	d      *Dict
	text   string
	dst    []Token
	search bool

	codes  []uint16  // code of each rune
	at     []int32   // offset of each rune from start, and the end of the last one
	start  int       // where the stretch begins in text
	second []uint64  // node of each rune and the next one, 0 if there is none
	best   []float64 // weight of the best path from each rune to the end of the stretch
	step   []uint16  // length in runes of the first word of that path
	short  []uint8   // for each rune, whether a word of two (bit 2) or three runes (bit 3) begins there, and bits below
	back   []uint8   // for each rune of a run, the best previous state of each state, two bits each
}

var cutters = sync.Pool{New: func() any { return new(cutter) }}

func (d *Dict) cut(dst []Token, text string, search bool) []Token {
	c := cutters.Get().(*cutter)
	c.d, c.text, c.dst, c.search = d, text, dst, search
	for pos := 0; pos < len(text); {
		var parted int // bytes of the separator that ended the stretch
		pos, parted = c.next(pos)
		if len(c.codes) > 0 {
			c.best = grow(c.best, len(c.codes)+1)
			c.step = grow(c.step, len(c.codes))
			c.short = grow(c.short, len(c.codes))
			c.path()
			c.words()
		}
		if parted > 0 {
			c.dst = append(c.dst, Token{pos, pos + parted})
			pos += parted
		}
	}
	dst = c.dst
	c.d, c.text, c.dst = nil, "", nil
	if cap(c.codes) <= 2*keepRun {
		cutters.Put(c)
	}
	return dst
}

// grow returns a slice of n elements, whose values do not matter, reusing s if it is large enough.
func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/4)
	}
	return s[:n]
}

// next reads the stretch that begins at pos into codes and at. It returns where the stretch ends and the length in
// bytes of the separator or invalid byte that follows, 0 if the text ends there or the stretch is as long as it may be.
func (c *cutter) next(pos int) (end, parted int) {
	m := c.d.m
	rest := c.text[pos:]
	most := min(len(rest), maxRun)
	codes, at := grow(c.codes, most), grow(c.at, most+1)
	n := 0
	for rest != "" && n < most {
		// Nearly every Han character lies in a range of its own, and none of them is a separator.
		for len(rest) >= 3 && n < most && rest[0]-firstHan <= lastHan-firstHan && rest[1]&0xC0 == 0x80 && rest[2]&0xC0 == 0x80 {
			r := uint(rest[0]&0x0F)<<12 | uint(rest[1]&0x3F)<<6 | uint(rest[2]&0x3F)
			codes[n] = m.Han[r/image.PageSize-image.HanBlock][r%image.PageSize]
			at[n] = int32(len(c.text) - len(rest) - pos)
			n++
			rest = rest[3:]
		}
		if rest == "" || n == most {
			break
		}
		r, size := decode(rest)
		if r < 0 || separator(r) {
			parted = size
			break
		}
		codes[n] = c.d.code(r)
		at[n] = int32(len(c.text) - len(rest) - pos)
		n++
		rest = rest[size:]
	}
	c.start = pos
	end = len(c.text) - len(rest)
	at[n] = int32(end - pos)
	c.codes, c.at = codes[:n], at[:n+1]
	return end, parted
}

// The first bytes of the characters of [image.Image.Han].
const (
	firstHan = 0xE4
	lastHan  = 0xE9
)

// path finds the most probable segmentation of the stretch into dictionary words (MPSegment.hpp, CalcDP), from its end
// to its beginning. Of equal paths the one with the shorter first word wins, and sums are formed in cppjieba's order:
// both decide ties as it does.
func (c *cutter) path() {
	m := c.d.m
	roots, units, weights, maxWord := m.Roots, m.Units, m.Weights, m.MaxWord
	codes := c.codes
	n := len(codes)
	c.look()
	second := c.second[:n]
	best, step, short := c.best[:n+1], c.step[:n], c.short[:n]
	next := 0.0 // best[i+1]
	best[n] = 0
	for i := n - 1; i >= 0; i-- {
		root := &roots[codes[i]]
		weight, length, flags := next+root.Weight, 1, uint8(root.Class>>15)
		for u, j, end := second[i], i+2, min(n, i+maxWord); u != 0; j++ {
			if index := u >> 48; index > 0 {
				flags |= 1 << min(j-i, 7)
				if w := best[j] + weights[index]; w > weight {
					weight, length = w, j-i
				}
			}
			if j >= end || !image.Maybe(u, codes[j]) {
				break
			}
			code := codes[j]
			if u = units[u&image.MaxBase+uint64(code)]; uint16(u>>32) != code {
				break
			}
		}
		best[i], step[i], short[i] = weight, uint16(length), flags
		next = weight
	}
}

// look finds for each rune the node of it and the one behind it. Most have none: a bit says so, and sends the look to one
// place, instead of all over the trie, which is larger than the caches. Nothing here branches, so that memory is asked
// for many runes at once.
func (c *cutter) look() {
	m := c.d.m
	roots, units, pairs := m.Roots, m.Units, m.Pairs
	codes := c.codes
	c.second = grow(c.second, len(codes))
	second := c.second[:len(codes)]
	code := codes[0]
	for i, behind := range codes[1:] {
		bit := image.Pair(code, behind)
		is := uint64(pairs[bit>>3]>>(bit&7)) & 1
		u := units[(uint64(roots[code].Base)+uint64(behind))&-is] // no node lies at 0
		second[i] = u & -((uint64(uint16(u>>32)^behind) - 1) >> 63)
		code = behind
	}
	second[len(codes)-1] = 0
}

// single is the bit of cutter.short of runes that are words of the user dictionary.
const single = 1 << 0

// words walks the path and gives runs of single runes to the model, except those the user dictionary has as words
// (MixSegment.hpp).
func (c *cutter) words() {
	step, short := c.step[:len(c.codes)], c.short[:len(c.codes)]
	for i := 0; i < len(step); {
		n := int(step[i])
		switch {
		case n > 2:
			c.emit(i, i+n)
		case n == 2:
			c.dst = append(c.dst, c.token(i, i+2))
		case short[i]&single != 0 || i+1 == len(step) || step[i+1] > 1: // a single rune by itself, or as good as
			c.dst = append(c.dst, c.token(i, i+1))
		default:
			n = 1
			for i+n < len(step) && step[i+n] == 1 && short[i+n]&single == 0 {
				n++
			}
			c.run(i, i+n)
		}
		i += n
	}
}

// emit appends the token of the runes from i to j, and before it in search mode the words inside it.
func (c *cutter) emit(i, j int) {
	if c.search && j-i > 2 {
		for n := 2; n <= 3 && n < j-i; n++ {
			for k := i; k+n <= j; k++ {
				if c.short[k]>>n&1 != 0 {
					c.dst = append(c.dst, c.token(k, k+n))
				}
			}
		}
	}
	c.dst = append(c.dst, c.token(i, j))
}

func (c *cutter) token(i, j int) Token {
	return Token{c.start + int(c.at[i]), c.start + int(c.at[j])}
}
