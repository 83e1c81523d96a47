// Package jieba cuts Chinese text into words, exactly as gojieba v1.4.7 (cppjieba) does, without cgo.
//
// The method is cppjieba's: the most probable path through the dictionary words of a stretch of text, a hidden Markov
// model for the runs of single characters that remain, and in search mode the shorter dictionary words inside a long
// one. The dictionary is compiled from the files that gojieba carries (see gen and LICENSE-dictionary) into an image
// that is embedded in the program and used in place. A test compares every token with gojieba.
//
// # Every byte is kept
//
// The tokens of [Dict.Cut] cover the text in order, without gaps: separators, spaces and punctuation come back as
// tokens too, as they do in gojieba (see [IsWord]). Nothing is folded; a caller who wants case or width folded does so
// before cutting.
//
// # Where it goes further than gojieba
//
// gojieba stops at a NUL byte, and returns nothing at all for text that is cut off inside a character. Here NUL is a
// control character like any other, a token by itself, and every byte that is not part of valid UTF-8 is a token by
// itself that separates like a space.
//
// A stretch of more than 524,288 runes without a separator (space, tab, line feed, U+FF0C, U+3002) is cut after each
// 524,288 runes, so that working memory stays under 18 MB however long a text is. gojieba knows no such limit and
// might find a word across the cut.
package jieba

import (
	"bytes"
	_ "embed" // for the image
	"encoding/hex"
	"math"
	"sync"
	"unicode"

	"zhize/index/jieba/internal/compile"
	"zhize/index/jieba/internal/image"
)

//go:generate go run ./gen -user words.txt -o dict.image

//go:embed dict.image
var embedded []byte

// Dict is a segmentation dictionary with its hidden Markov model. It is immutable and safe for concurrent use.
type Dict struct {
	m *image.Image
}

// Default returns the dictionary that is embedded in the program: gojieba's own dictionary, model and user dictionary,
// and the words of job descriptions that they lack (words.txt).
// The first call reads its header, about a microsecond; every call returns the same Dict.
func Default() *Dict { return defaultDict() }

var defaultDict = sync.OnceValue(func() *Dict {
	m, err := image.Parse(embedded)
	if err != nil {
		panic("jieba: embedded dictionary: " + err.Error()) // a wrong build: the tests open the same bytes
	}
	return &Dict{m}
})

// ErrFormat is wrapped by every error of [Open].
var ErrFormat = image.ErrFormat

// Open returns the dictionary of an image that the generator (gen) wrote. The image is used in place: it must not
// change while the Dict is in use.
//
// The whole image is read once and checked (about 10 ms for the embedded one), so that whatever Open accepts can be
// used without a panic. The error says what is wrong: not an image, another format version, truncated, damaged, or an
// entry that cannot be.
func Open(dictionary []byte) (*Dict, error) {
	m, err := image.Parse(dictionary)
	if err != nil {
		return nil, err
	}
	if err := m.Verify(); err != nil {
		return nil, err
	}
	return &Dict{m}, nil
}

// Extend returns the image of the dictionary with the words of a user dictionary in jieba's format: on each line a word,
// a word and a tag, or a word, a frequency and a tag, parted by single spaces. A word without a frequency has the median
// of the main dictionary's; a word that is there already gets the new weight. Blank lines, a byte-order mark and the
// carriage returns of line ends are passed over. An error names the line that cannot be used. It takes about a second.
func (d *Dict) Extend(user []byte) (dictionary []byte, err error) {
	user = bytes.TrimPrefix(user, []byte("\uFEFF"))
	return compile.Extend(d.m, bytes.ReplaceAll(user, []byte("\r\n"), []byte("\n")))
}

// Hash identifies the dictionary: the SHA-256, in hexadecimal, of its image. Equal hashes mean equal tokens for every
// text; an index stores it and refuses another.
func (d *Dict) Hash() string {
	sum := d.m.Digest()
	return hex.EncodeToString(sum[:])
}

// Has reports whether word is a word of the dictionary, as it is written there: case and width matter.
func (d *Dict) Has(word string) bool { return d.find(word) != 0 }

// Freq returns the weight of a dictionary word: the natural logarithm of its frequency divided by the sum of all
// frequencies (DictTrie::CalculateWeight). A word of the user dictionary without a frequency has the median weight.
// What is no word has the weight of probability zero, minus infinity.
func (d *Dict) Freq(word string) float64 {
	w := d.find(word)
	if w == 0 {
		return math.Inf(-1)
	}
	return d.m.Weights[w]
}

// Likelihood returns the weight of the most probable segmentation of text into dictionary words, the sum of theirs: the
// natural logarithm of its probability where words are drawn alone. Runes that are no words weigh as the rarest word
// does. Stretches between separators are added up.
func (d *Dict) Likelihood(text string) float64 {
	c := cutters.Get().(*cutter)
	defer cutters.Put(c)
	c.d, c.text = d, text
	sum := 0.0
	for pos := 0; pos < len(text); {
		var parted int
		pos, parted = c.next(pos)
		if len(c.codes) > 0 {
			c.best = grow(c.best, len(c.codes)+1)
			c.step = grow(c.step, len(c.codes))
			c.short = grow(c.short, len(c.codes))
			c.path()
			sum += c.best[0]
		}
		pos += parted
	}
	c.d, c.text = nil, ""
	return sum
}

// find returns the index of the weight of a word, 0 if it is none.
func (d *Dict) find(word string) uint16 {
	var base uint32
	var index uint16
	n := 0
	for pos := 0; pos < len(word); n++ {
		r, size := decode(word[pos:])
		if r < 0 || n == d.m.MaxWord {
			return 0
		}
		code := d.code(r)
		pos += size
		if n == 0 {
			root := d.m.Roots[code]
			base, index = root.Base, root.Index
			continue
		}
		u := d.m.Units[base+uint32(code)]
		if uint16(u>>32) != code {
			return 0
		}
		base, index = uint32(u&image.MaxBase), uint16(u>>48)
	}
	return index
}

// IsWord reports whether a token says something: whether it holds a letter (Han characters are letters) or a number.
// Separators, punctuation, symbols, control characters and invalid bytes do not.
func IsWord(token string) bool {
	for _, r := range token {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}
