package store

import (
	"errors"
	"unicode/utf8"
)

// Texts are packed: an ASCII character is one byte, one of the blocks below is
// two where UTF-8 has three, any other four. Chinese text takes two thirds of
// its UTF-8, and is read nearly as fast.
//
//	0xxxxxxx            ASCII
//	1xxxxxxx xxxxxxxx   the n-th character of the blocks, for n below 0x6000
//	11100000 and three  any other character, the highest bits first
var packed = [...]struct{ from, to rune }{
	{0x4E00, 0x9FFF}, // Han
	{0x3000, 0x30FF}, // punctuation, kana
	{0xFF00, 0xFFEF}, // full width
	{0x2000, 0x2BFF}, // quotation marks, dashes, numbers in circles, symbols
}

const escape = 0xE0

// place is the number of a character of the blocks, -1 of any other.
func place(r rune) int {
	n := 0
	for _, b := range packed {
		if b.from <= r && r <= b.to {
			return n + int(r-b.from)
		}
		n += int(b.to-b.from) + 1
	}
	return -1
}

// appendPacked appends a text, which is valid UTF-8.
func appendPacked(b []byte, text string) []byte {
	for _, r := range text {
		if r < utf8.RuneSelf {
			b = append(b, byte(r))
		} else if n := place(r); n >= 0 {
			b = append(b, 0x80|byte(n>>8), byte(n))
		} else {
			b = append(b, escape, byte(r>>16), byte(r>>8), byte(r))
		}
	}
	return b
}

var errPacked = errors.New("a text cannot be unpacked")

// unpack gives the text.
func unpack(b []byte) (string, error) {
	var usual [256]byte // has room for most
	out := usual[:0]
	for len(b) > 0 {
		switch c := b[0]; {
		case c < utf8.RuneSelf:
			out = append(out, c)
			b = b[1:]
		case c == escape:
			if len(b) < 4 {
				return "", errPacked
			}
			out = utf8.AppendRune(out, rune(b[1])<<16|rune(b[2])<<8|rune(b[3]))
			b = b[4:]
		default:
			if len(b) < 2 {
				return "", errPacked
			}
			n := rune(c&0x7F)<<8 | rune(b[1])
			b = b[2:]
			for i := range packed {
				size := packed[i].to - packed[i].from + 1
				if n < size {
					r := packed[i].from + n // of the blocks, all of which take three bytes
					out = append(out, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
					break
				}
				n -= size
			}
		}
	}
	return string(out), nil
}
