package jieba

import "unicode/utf8"

// code returns the code of a rune, 0 if it occurs in no word and not in the model. r is at most U+10FFFF.
func (d *Dict) code(r rune) uint16 { return d.m.Pages[d.m.PageOf[r>>8]][r&0xFF] }

// decode returns the first rune of s, which is not empty, and its length in bytes; -1 and 1 if s starts with a byte
// that is not part of valid UTF-8.
func decode(s string) (r rune, size int) {
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
