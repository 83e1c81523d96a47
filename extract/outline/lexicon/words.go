package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// runeBits is a set of characters of the basic plane.
type runeBits [1 << 16 / 64]uint64

func (b *runeBits) add(r rune) { b[r>>6] |= 1 << (r & 63) }

func (b *runeBits) has(r rune) bool { return r < 1<<16 && b[r>>6]&(1<<(r&63)) != 0 }

// pairBits holds pairs of a character and the one behind it by their hashes: it
// has what was added, and little else.
type pairBits [1 << 11 / 64]uint64

// pairHash is the hash of r and the character with which rest begins.
func pairHash(r rune, rest string) uint32 {
	next := uint32(rest[0])
	if next >= 0xe0 && len(rest) >= 3 {
		next = uint32(rest[1])<<8 | uint32(rest[2])
	}
	return (uint32(r)*0x9e3779b1 ^ next*0x85ebca6b) >> 21
}

func (b *pairBits) add(r rune, rest string) {
	h := pairHash(r, rest)
	b[h>>6] |= 1 << (h & 63)
}

func (b *pairBits) has(r rune, rest string) bool {
	h := pairHash(r, rest)
	return b[h>>6]&(1<<(h&63)) != 0
}

// wordList finds the words of a list in texts. It is made by the first text:
// most commands of the program, such as a search, read no page.
type wordList struct {
	list func() []string
	once sync.Once
	made *madeList
}

// madeList is a list that can be asked. A bit for every character of
// the basic plane says whether a word begins with it, another for every pair of
// characters whether one may: most places of a text are passed over by one look,
// nearly all others by two.
type madeList struct {
	words  []string
	begins runeBits
	alone  runeBits       // the words of one character
	pairs  pairBits       // with which the others begin
	by     map[rune][]int // the words that begin with a character, the longest first
}

func newWords(words ...string) *wordList {
	return wordsOf(func() []string { return words })
}

// wordsOf is a list whose words have to be put together first.
func wordsOf(list func() []string) *wordList { return &wordList{list: list} }

func (l *wordList) get() *madeList {
	l.once.Do(func() { l.made = makeList(l.list()) })
	return l.made
}

func makeList(words []string) *madeList {
	w := &madeList{words: words, by: make(map[rune][]int)}
	for i, word := range words {
		r, n := utf8.DecodeRuneInString(word)
		w.begins.add(r)
		if n == len(word) {
			w.alone.add(r)
		} else {
			w.pairs.add(r, word[n:])
		}
		list := append(w.by[r], i)
		for k := len(list) - 1; k > 0 && len(word) > len(words[list[k-1]]); k-- {
			list[k], list[k-1] = list[k-1], list[k]
		}
		w.by[r] = list
	}
	return w
}

// starting are the words that begin with r and may go on as rest does.
func (w *madeList) starting(r rune, rest string) []int {
	if !w.begins.has(r) || !w.alone.has(r) && (rest == "" || !w.pairs.has(r, rest)) {
		return nil
	}
	return w.by[r]
}

// prefix is the index of the longest word that text begins with, -1 for none.
func (l *wordList) prefix(text string) int {
	w := l.get()
	r, n := utf8.DecodeRuneInString(text)
	for _, i := range w.starting(r, text[n:]) {
		if strings.HasPrefix(text, w.words[i]) {
			return i
		}
	}
	return -1
}

// first is the index of the first word of the list that text begins with, -1
// for none.
func (l *wordList) first(text string) int {
	w := l.get()
	r, n := utf8.DecodeRuneInString(text)
	first := -1
	for _, i := range w.starting(r, text[n:]) {
		if (first < 0 || i < first) && strings.HasPrefix(text, w.words[i]) {
			first = i
		}
	}
	return first
}

// each calls f with the index of every word that stands in text, as often as
// it does, until f returns false.
func (l *wordList) each(text string, f func(i int) bool) {
	w := l.get()
	for at := 0; at < len(text); {
		c := text[at]
		r, n := rune(c), 1
		switch {
		case c < utf8.RuneSelf:
		case 0xe4 <= c && c <= 0xe9 && at+3 <= len(text): // Han characters
			r, n = rune(c&0x0f)<<12|rune(text[at+1]&0x3f)<<6|rune(text[at+2]&0x3f), 3
		default:
			r, n = utf8.DecodeRuneInString(text[at:])
		}
		for _, i := range w.starting(r, text[at+n:]) {
			if strings.HasPrefix(text[at:], w.words[i]) && !f(i) {
				return
			}
		}
		at += n
	}
}

// count is how many different words of the list, which has at most 256, stand
// in text.
func (w *wordList) count(text string) int {
	var seen [4]uint64
	n := 0
	w.each(text, func(i int) bool {
		if bit := uint64(1) << (i & 63); seen[i>>6]&bit == 0 {
			seen[i>>6] |= bit
			n++
		}
		return true
	})
	return n
}

// has reports whether a word of the list stands in text.
func (w *wordList) has(text string) bool {
	found := false
	w.each(text, func(int) bool {
		found = true
		return false
	})
	return found
}
