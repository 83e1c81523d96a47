package jieba

import (
	"encoding/binary"
	"unicode/utf8"

	"zhize/index/jieba/internal/image"
)

// code returns the code of a rune, 0 if it occurs in no word and not in the model. r is at most U+10FFFF.
func (d *Dict) code(r rune) uint16 {
	page := int(image.Uint16(d.m.PageOf, int(r)>>8))
	return image.Uint16(d.m.Pages, page<<8|int(r)&0xFF)
}

// child returns the unit that code leads to from a node with the given base (the root's is 0), and whether there is
// one.
func child(units []byte, base uint32, code uint16) (unit uint64, ok bool) {
	at := (uint64(base) + uint64(code)) * 8
	if at >= uint64(len(units)) {
		return 0, false
	}
	unit = binary.LittleEndian.Uint64(units[at:])
	return unit, uint16(unit>>32) == code
}

// decode returns the first rune of s, which is not empty, and its length in bytes; -1 and 1 if s starts with a byte
// that is not part of valid UTF-8.
func decode(s string) (r rune, size int) {
	if len(s) >= 3 { // nearly every Han character: E4 to E9
		if b := s[0]; 0xE1 <= b && b <= 0xEC && s[1]&0xC0 == 0x80 && s[2]&0xC0 == 0x80 {
			return rune(b&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
		}
	}
	r, size = utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 {
		return -1, 1
	}
	return r, size
}

// separator reports whether r ends a stretch of text (SPECIAL_SEPARATORS in SegmentBase.hpp). No word is found across
// it, and it is a token by itself.
func separator(r rune) bool {
	switch r {
	case ' ', '\t', '\n', '，', '。':
		return true
	}
	return false
}
