package hanzi

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// word is a phrase around a character in question, which is the one at place
// at of from.
type word struct {
	from []rune
	at   int
	to   rune
}

// inPhrases are the phrases by the characters in question, the longest first,
// and of two that are as long first the one that leaves the character what it
// becomes by itself.
var inPhrases = sync.OnceValue(func() map[rune][]word {
	several := map[rune]bool{}
	pairs := strings.Fields(phrases)
	for i := 0; i < len(pairs); i += 2 {
		to := []rune(pairs[i+1])
		for k, r := range []rune(pairs[i]) {
			if Simplified(r) != to[k] {
				several[r] = true
			}
		}
	}
	m := make(map[rune][]word, len(several))
	for length := maxPhrase; length > 1; length-- {
		for _, stays := range []bool{true, false} {
			for i := 0; i < len(pairs); i += 2 {
				from, to := []rune(pairs[i]), []rune(pairs[i+1])
				if len(from) != length {
					continue
				}
				for k, r := range from {
					if several[r] && (Simplified(r) == to[k]) == stays {
						m[r] = append(m[r], word{from, k, to[k]})
					}
				}
			}
		}
	}
	return m
})

// InPhrase is the simplified form of the character at i of text, which is one
// of several where the phrase that it stands in says so: 著 in 著作 and in 著重. Of
// the phrases around it the longest counts, and of two as long the one that
// leaves it what it becomes by itself. Without one it is [Simplified].
func InPhrase(text string, i int) rune {
	r, _ := utf8.DecodeRuneInString(text[i:])
	if r < firstHan || r > lastHan {
		return Simplified(r)
	}
	for _, w := range inPhrases()[r] {
		if w.around(text, i) {
			return w.to
		}
	}
	return Simplified(r)
}

// InPhrases is text with every character simplified as [InPhrase] tells.
func InPhrases(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for i := range text {
		b.WriteRune(InPhrase(text, i))
	}
	return b.String()
}

// around reports that w stands around its character, which is at i of text.
func (w word) around(text string, i int) bool {
	head, tail := text[:i], text[i:]
	for k := w.at - 1; k >= 0; k-- {
		r, n := utf8.DecodeLastRuneInString(head)
		if !w.has(k, r) {
			return false
		}
		head = head[:len(head)-n]
	}
	for k := w.at; k < len(w.from); k++ {
		r, n := utf8.DecodeRuneInString(tail)
		if !w.has(k, r) {
			return false
		}
		tail = tail[n:]
	}
	return true
}

// has reports that r, as it is or simplified, is the character k of w.
func (w word) has(k int, r rune) bool { return r == w.from[k] || Simplified(r) == w.from[k] }
