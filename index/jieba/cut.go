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

// maxRun is the longest stretch, in runes, that is cut as a whole. It bounds the working memory: 16 bytes a rune in
// scratch and 1 for the model.
const maxRun = 1 << 20

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

	codes []uint16  // code of each rune
	at    []int32   // offset of each rune from start, and the end of the last one
	start int       // where the stretch begins in text
	best  []float64 // weight of the best path from each rune to the end of the stretch
	step  []uint16  // length in runes of the first word of that path
	short []uint8   // for each rune, whether a word of two (bit 2) or three runes (bit 3) begins there
	back  []uint8   // for each rune of a run, the best previous state of each state, two bits each
}

var cutters = sync.Pool{New: func() any { return new(cutter) }}

func (d *Dict) cut(dst []Token, text string, search bool) []Token {
	c := cutters.Get().(*cutter)
	c.d, c.text, c.dst, c.search = d, text, dst, search
	for pos := 0; pos < len(text); {
		var single int // bytes of the separator that ended the stretch
		pos, single = c.next(pos)
		if len(c.codes) > 0 {
			c.best = grow(c.best, len(c.codes)+1)
			c.step = grow(c.step, len(c.codes))
			c.short = grow(c.short, len(c.codes))
			c.path()
			c.words()
		}
		if single > 0 {
			c.dst = append(c.dst, Token{pos, pos + single})
			pos += single
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
func (c *cutter) next(pos int) (end, single int) {
	d, text := c.d, c.text
	most := min(len(text)-pos, maxRun)
	codes, at := grow(c.codes, most), grow(c.at, most+1)
	c.start = pos
	n := 0
	for pos < len(text) && n < len(codes) && n < most {
		r, size := decode(text[pos:])
		if r < 0 || separator(r) {
			single = size
			break
		}
		codes[n] = d.code(r)
		at[n] = int32(pos - c.start)
		n++
		pos += size
	}
	at[n] = int32(pos - c.start)
	c.codes, c.at = codes[:n], at[:n+1]
	return pos, single
}

// path finds the most probable segmentation of the stretch into dictionary words (MPSegment.hpp, CalcDP), from its end
// to its beginning. Of equal paths the one with the shorter first word wins, and sums are formed in cppjieba's order:
// both decide ties as it does.
func (c *cutter) path() {
	units, weights, maxWord := c.d.m.Units, c.d.m.Weights, c.d.m.MaxWord
	codes := c.codes
	n := len(codes)
	best, step, short := c.best[:n+1], c.step[:n], c.short[:n]
	none := image.Float(weights, 0)
	next := 0.0 // best[i+1]
	best[n] = 0
	for i := n - 1; i >= 0; i-- {
		// A rune that is no word by itself has weight index 0: that of a rune which is no word.
		weight, length, words := next+none, 1, uint8(0)
		if u, ok := child(units, 0, codes[i]); ok {
			weight = next + image.Float(weights, int(u>>48))
			end := min(n, i+maxWord)
			for j := i + 1; j < end; j++ {
				if u, ok = child(units, uint32(u), codes[j]); !ok {
					break
				}
				if u>>48 == 0 {
					continue
				}
				k := j - i + 1
				words |= 1 << min(k, 7)
				if w := best[j+1] + image.Float(weights, int(u>>48)); w > weight {
					weight, length = w, k
				}
			}
		}
		best[i], step[i], short[i] = weight, uint16(length), words
		next = weight
	}
}

// words walks the path and gives runs of single runes to the model, except those the user dictionary has as words
// (MixSegment.hpp).
func (c *cutter) words() {
	for i := 0; i < len(c.codes); {
		n := int(c.step[i])
		if n > 1 || c.d.userSingle(c.codes[i]) {
			c.emit(i, i+n)
			i += n
			continue
		}
		j := i + 1
		for j < len(c.codes) && c.step[j] == 1 && !c.d.userSingle(c.codes[j]) {
			j++
		}
		c.run(i, j)
		i = j
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
