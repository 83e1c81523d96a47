package record

import (
	"unicode"
	"unicode/utf8"
)

// stride is the distance in bytes of two counted places: a table of
// one-sixteenth of the text, and at most this many bytes to count at a look-up.
const stride = 64

// offsets turns byte offsets of a text into counts of code points.
type offsets struct {
	text   string
	counts []int32 // code points that begin before byte i*stride
}

func newOffsets(text string) offsets {
	o := offsets{text: text, counts: make([]int32, 0, len(text)/stride+1)}
	n := int32(0)
	for i := 0; i < len(text); i++ {
		if i%stride == 0 {
			o.counts = append(o.counts, n)
		}
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	if len(text)%stride == 0 {
		o.counts = append(o.counts, n)
	}
	return o
}

// at is the number of code points that begin before byte p.
func (o offsets) at(p int) int {
	n := int(o.counts[p/stride])
	for i := p / stride * stride; i < p; i++ {
		if utf8.RuneStart(o.text[i]) {
			n++
		}
	}
	return n
}

func isLetter(r rune) bool {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF: // most of all
		return true
	case r == '，', r == '。', r == '、', r == '；', r == '：', r == '（', r == '）':
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
