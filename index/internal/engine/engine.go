// Package engine is what the index takes of Bleve: segments of postings, in
// Bleve's own format (zapx), and what reads them. A document has a number and
// terms of three fields; where a term stands in a text is not kept. How often a
// word does is kept as further terms, since few words stand twice in one duty: the
// word, a NUL and k for the k-th time, from the second.
//
// # Why segments are written here
//
// Bleve makes a segment from documents: for each one a map of its terms, for
// each term of it an allocation, for each batch a segment that is read and
// written again when batches are merged. Here the terms of a stretch of
// documents are gathered in one map and written down sorted (a run), on as many
// processors as there are, and runs are merged straight into the segment. What
// a segment holds beside postings and is never read (stored fields, names of
// documents, frequencies) is left out, which the format allows. The tests read
// the same documents from a segment that Bleve made.
//
// # What is kept once
//
// Nearly every pair of characters that is a word is also a gram of the same
// document. Where it is, the gram is not kept, and whoever asks for a gram is
// given the documents that have it as a word too.
package engine

import (
	"unicode/utf8"
)

// The fields. Each has a segment of its own.
const (
	Words  = "words"
	Grams  = "grams"
	Titles = "titles" // what the title above a text has
)

// fields lists them in the order in which runs hold them.
var fields = [...]string{Words, Grams, Titles}

const numFields = len(fields)

// again parts a word from how often it stands in a text. No word holds it.
const again = "\x00"

// file is the name of the segment of a field.
func file(field string) string { return field + ".zap" }

// Files lists the names of the files that a finished build leaves in its folder.
func Files() (names []string) {
	for _, f := range fields {
		names = append(names, file(f))
	}
	return names
}

// pair reports whether a term is two Han characters: such a gram is not kept
// where the document has the same word.
func pair(term string) bool {
	a, n := utf8.DecodeRuneInString(term)
	b, m := utf8.DecodeRuneInString(term[n:])
	return han(a) && han(b) && n+m == len(term)
}

func han(r rune) bool { return r >= 0x3400 && r <= 0x9FFF || r >= 0x20000 }
