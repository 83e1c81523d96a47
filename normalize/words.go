package normalize

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
	"zhize/document"
)

// Words is what people decided: words that are wrong, with what is right, and
// words that no rule of evidence may touch.
type Words struct {
	right   map[string]string // of a wrong word; a word that stays is right by itself
	lengths map[rune][]int    // in bytes, of the words that begin with a character, the longest first
}

// The limits of a file of words: beyond them it is no such file.
const (
	maxWords = 1 << 20
	maxWord  = 64 // characters
)

// ParseWords reads a file of words. A line is a wrong word, a tab and the right
// one, or one word alone, which stays as it is; empty lines and lines that begin
// with # say nothing. The error names the line and the reason.
func ParseWords(r io.Reader) (*Words, error) {
	w := &Words{right: map[string]string{}, lengths: map[rune][]int{}}
	s := bufio.NewScanner(r)
	n := 0
	for s.Scan() {
		n++
		line := strings.TrimPrefix(strings.TrimSuffix(s.Text(), "\r"), "\ufeff")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := w.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if len(w.right) > maxWords {
			return nil, fmt.Errorf("line %d: more than %d words", n, maxWords)
		}
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: is longer than any word", n+1)
	} else if err != nil {
		return nil, err
	}
	for _, list := range w.lengths {
		slices.SortFunc(list, func(a, b int) int { return b - a })
	}
	return w, w.ends()
}

func (w *Words) line(line string) error {
	if !utf8.ValidString(line) {
		return errors.New("is not UTF-8")
	}
	wrong, right, pair := strings.Cut(line, "\t")
	switch {
	case strings.Contains(right, "\t"):
		return errors.New("has more than two columns")
	case strings.TrimSpace(wrong) == "":
		return errors.New("the word is empty")
	case strings.TrimSpace(wrong) != wrong:
		return fmt.Errorf("%q has a space at an end and would never be found", wrong)
	case utf8.RuneCountInString(wrong) > maxWord || utf8.RuneCountInString(right) > maxWord:
		return fmt.Errorf("a word has more than %d characters", maxWord)
	case pair && strings.Contains(right, wrong) && right != wrong:
		return fmt.Errorf("%s holds %s: it would grow for ever", right, wrong)
	case strings.ContainsAny(wrong+right, "\n\r"):
		return errors.New("a word has a line end")
	}
	if !pair {
		right = wrong
	}
	if before, ok := w.right[wrong]; ok && before != right {
		return fmt.Errorf("%s is decided twice, as %s and as %s", wrong, before, right)
	} else if ok {
		return nil
	}
	w.right[wrong] = right
	if r, _ := utf8.DecodeRuneInString(wrong); !slices.Contains(w.lengths[r], len(wrong)) {
		w.lengths[r] = append(w.lengths[r], len(wrong))
	}
	return nil
}

// ends reports right words in which a wrong one stands: repairing them would not
// end. Words that make each other only beside others are not found; a page that
// they keep changing bears a flag.
func (w *Words) ends() error {
	for wrong, right := range w.right {
		for i := range right {
			if word := w.at(right[i:]); word != "" && w.right[word] != word {
				return fmt.Errorf("%s becomes %s, in which %s is wrong", wrong, right, word)
			}
		}
	}
	return nil
}

// Hash names the words by their content.
func (w *Words) Hash() string {
	h := sha256.New()
	for _, wrong := range slices.Sorted(maps.Keys(w.right)) {
		fmt.Fprintf(h, "%s\t%s\n", wrong, w.right[wrong]) // never fails
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// at is the longest word that text begins with, "" for none.
func (w *Words) at(text string) string {
	r, _ := utf8.DecodeRuneInString(text)
	for _, n := range w.lengths[r] {
		if n <= len(text) {
			if _, ok := w.right[text[:n]]; ok {
				return text[:n]
			}
		}
	}
	return ""
}

// decided puts the right words of a file for the wrong ones.
func decided(f *finder, p Part) {
	f.eachWord(p, func(at int, word, right string) {
		if word != right {
			f.edit(at, at+len(word), right, 1, "decided in the file of words")
		}
	})
}

// eachWord calls do with the words of the file that stand in a part.
func (f *finder) eachWord(p Part, do func(at int, word, right string)) {
	if f.words == nil {
		return
	}
	for i := p.Start; i < p.End; {
		if word := f.words.at(f.text[i:p.End]); word != "" {
			do(i, word, f.words.right[word])
			i += len(word)
			continue
		}
		_, n := utf8.DecodeRuneInString(f.text[i:p.End])
		i += n
	}
}

// settled reports a place inside a word that is decided.
func (f *finder) settled(p Part, place int) bool {
	in := false
	f.eachWord(p, func(at int, word, _ string) { in = in || at <= place && place < at+len(word) })
	return in
}

// undecided leaves out the suggestions that touch a word that is decided.
func (f *finder) undecided(parts []Part, suggested []document.Edit) []document.Edit {
	if f.words == nil || len(suggested) == 0 {
		return suggested
	}
	var taken []document.Span
	for _, p := range parts {
		f.eachWord(p, func(at int, word, _ string) { taken = append(taken, document.Span{Start: at, End: at + len(word)}) })
	}
	return slices.DeleteFunc(suggested, func(e document.Edit) bool {
		i, _ := slices.BinarySearchFunc(taken, e.Span.Start, func(s document.Span, p int) int { return s.End - p - 1 })
		return i < len(taken) && taken[i].Start <= e.Span.Start
	})
}
