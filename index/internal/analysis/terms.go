// Package analysis is what an index and a query must agree on: how characters
// are folded, which words a text has, and when a text holds a phrase. It knows
// no engine.
package analysis

import (
	"unicode/utf8"

	"zhize/index/jieba"
)

// Cutter cuts a text into words for an index, as jieba.Dict.CutSearch does, and is
// safe for concurrent use.
type Cutter interface {
	CutSearch(dst []jieba.Token, text string) []jieba.Token
}

// Analyzer cuts texts and tells what a query's words are, with one dictionary. It is
// not safe for concurrent use.
type Analyzer struct {
	dict   *jieba.Dict
	cutter Cutter
	tokens []jieba.Token
}

// NewAnalyzer makes an analyzer that cuts with dict.
func NewAnalyzer(dict *jieba.Dict) *Analyzer { return &Analyzer{dict: dict, cutter: dict} }

// CutWith makes the analyzer cut texts with another cutter, which has the words of its
// dictionary, and returns it.
func (a *Analyzer) CutWith(c Cutter) *Analyzer {
	a.cutter = c
	return a
}

// maxTerm is the longest word in bytes that is kept: what is longer is no
// word of any language, and a phrase still finds it.
const maxTerm = 64

// Terms calls f for each word of a folded text, longer words after the shorter
// ones inside them, with its place in bytes. Separators and punctuation are no
// words.
func (a *Analyzer) Terms(folded string, f func(term string, start, end int)) {
	a.tokens = a.cutter.CutSearch(a.tokens[:0], folded)
	for _, t := range a.tokens {
		if s := folded[t.Start:t.End]; len(s) <= maxTerm && isWord(s) {
			f(s, t.Start, t.End)
		}
	}
}

func isWord(token string) bool {
	if alnum(token[0]) {
		return true
	}
	r, n := utf8.DecodeRuneInString(token)
	says, known := plain(r)
	return says || !(known && n == len(token)) && jieba.IsWord(token)
}

// WordTerm reports whether a word of a query (folded) is looked up as one term
// of the texts: where it is a Latin word or a number, or a word of two or
// three Han characters that the dictionary knows. Those keep to the boundaries
// of words: 产品 is not found in 生产品质. Every other word is a phrase:
//
//   - one character alone, because it says too little to be told from a part
//     of a word;
//   - four and more, because longer words of a text hide them (a long word is
//     cut to two and three characters, not to four), and because chance seldom
//     puts four characters side by side;
//   - what the dictionary does not know, because where such a word ends is a
//     guess that depends on its neighbours.
func (a *Analyzer) WordTerm(folded string) bool {
	if !a.OneTerm(folded) {
		return false
	}
	n := utf8.RuneCountInString(folded)
	han := len(folded) == 3*n // no ASCII among them
	return latin(folded) || han && (n == 2 || n == 3) && a.dict.Has(folded)
}

// OneTerm reports whether a folded text by itself is cut to one word, the
// whole of it.
func (a *Analyzer) OneTerm(folded string) bool {
	whole := false
	a.Terms(folded, func(_ string, start, end int) {
		whole = whole || start == 0 && end == len(folded)
	})
	return whole
}

// latin reports whether s is ASCII letters and digits, and points as in 3.5.
func latin(s string) bool {
	for i := range len(s) {
		if !alnum(s[i]) && s[i] != '.' {
			return false
		}
	}
	return true
}
