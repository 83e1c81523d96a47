// Package pinyin tells how Han characters are read, from the dictionary of
// go-pinyin. Importing that would cost every start of the program two
// milliseconds, because it is a map that is filled then; here it is a text that
// is searched where it lies.
package pinyin

import (
	_ "embed" // for the table
	"strings"
	"unicode/utf8"
)

//go:generate go run ./gen -o readings.txt

// table has a character in each line, in order, and its readings with their
// tones, parted by commas.
//
//go:embed readings.txt
var table string

// Of gives the readings of a character with their tones, parted by commas, as in
// "shuō,shuì,yuè"; "" where none is known.
func Of(han rune) string {
	for from, to := 0, len(table); from < to; {
		at := from + (to-from)/2
		begin := from + strings.LastIndexByte(table[from:at], '\n') + 1
		end := at + strings.IndexByte(table[at:], '\n')
		r, n := utf8.DecodeRuneInString(table[begin:])
		switch {
		case r == han:
			return table[begin+n : end]
		case r < han:
			from = end + 1
		default:
			to = begin
		}
	}
	return ""
}

// Has reports whether a reading is one of the character's.
func Has(han rune, reading string) bool {
	for r := range strings.SplitSeq(Of(han), ",") {
		if r == reading && r != "" {
			return true
		}
	}
	return false
}

var toneless = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "ü", "ǘ", "ü", "ǚ", "ü", "ǜ", "ü",
)

// HasToneless reports whether a reading is one of the character's when its tone
// is left out.
func HasToneless(han rune, reading string) bool {
	for r := range strings.SplitSeq(Of(han), ",") {
		if r != "" && toneless.Replace(r) == reading {
			return true
		}
	}
	return false
}
