// Package pinyin reads Latin letters as the sounds of Chinese words: kehu as
// the syllables ke and hu, khts as what their syllables begin with. It knows
// characters, not words: which of them a corpus has is for the index to say.
package pinyin

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/normalize/similar"
)

// Sound is what one character may sound like.
type Sound struct {
	text    string
	initial bool // text is only how the syllable begins
}

// String is the syllable or its beginning.
func (s Sound) String() string { return s.text }

// Of reports whether a character has the sound; of several readings, whether
// one does.
func (s Sound) Of(r rune) bool {
	for syllable := range strings.FieldsSeq(similar.Syllables(r)) {
		if syllable == s.text || s.initial && strings.HasPrefix(syllable, s.text) {
			return true
		}
	}
	return false
}

// Characters lists the characters that have the sound.
func (s Sound) Characters() string {
	if !s.initial {
		return similar.Sounding(s.text)
	}
	var b strings.Builder
	seen := map[rune]bool{}
	for _, syllable := range syllables {
		if !strings.HasPrefix(syllable, s.text) {
			continue
		}
		for _, r := range similar.Sounding(syllable) {
			if !seen[r] {
				seen[r] = true
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// Pattern is the sounds of a word, one for each of its characters.
type Pattern []Sound

// Match reports whether a word has the pattern's sounds and nothing else.
func (p Pattern) Match(word string) bool {
	i := 0
	for _, r := range word {
		if i == len(p) || !p[i].Of(r) {
			return false
		}
		i++
	}
	return i == len(p)
}

const (
	// maxSyllables is the longest reading in characters: the longest idioms and
	// names of certificates have eight.
	maxSyllables = 8
	// maxReadings is how many ways of parting one string are given: few have
	// more than three (xian, xi'an).
	maxReadings = 6
	// maxInitials is how long a string of initials may be; shorter ones than
	// two letters say nothing.
	maxInitials = maxSyllables
)

// marks are vowels with their tones and what they are without.
var marks = strings.NewReplacer(
	"ā", "a", "á", "a", "ǎ", "a", "à", "a", "ē", "e", "é", "e", "ě", "e", "è", "e",
	"ī", "i", "í", "i", "ǐ", "i", "ì", "i", "ō", "o", "ó", "o", "ǒ", "o", "ò", "o",
	"ū", "u", "ú", "u", "ǔ", "u", "ù", "u", "ǖ", "v", "ǘ", "v", "ǚ", "v", "ǜ", "v", "ü", "v",
)

// Full parts a folded word into syllables in every way that there is, the
// fewest syllables first; nil where there is none. An apostrophe parts two
// syllables, tones are left out, ü may be written v.
func Full(word string) []Pattern {
	word = marks.Replace(word)
	if len(word) > maxSyllables*(longest+1) {
		return nil
	}
	// ways[i] are the ways to part what follows byte i.
	ways := make([][]Pattern, len(word)+1)
	ways[len(word)] = []Pattern{nil}
	for i := len(word) - 1; i >= 0; i-- {
		if word[i] == '\'' && i > 0 {
			ways[i] = ways[i+1]
			continue
		}
		for n := min(longest, len(word)-i); n > 0; n-- {
			s, ok := syllable(word[i : i+n])
			if !ok {
				continue
			}
			for _, rest := range ways[i+n] {
				if len(rest) < maxSyllables && len(ways[i]) < maxReadings {
					ways[i] = append(ways[i], append(Pattern{{text: s}}, rest...))
				}
			}
		}
	}
	out := ways[0]
	if len(out) == 1 && len(out[0]) == 0 {
		return nil
	}
	slices.SortStableFunc(out, func(a, b Pattern) int { return len(a) - len(b) })
	return out
}

// Initials reads every letter of a folded word as the beginning of a syllable;
// nil where no syllable begins so, and for what is too short or too long.
func Initials(word string) Pattern {
	if len(word) < 2 || len(word) > maxInitials {
		return nil
	}
	var p Pattern
	for _, r := range word {
		if r >= utf8.RuneSelf || !strings.ContainsRune("abcdefghjklmnopqrstwxyz", r) {
			return nil
		}
		p = append(p, Sound{string(r), true})
	}
	return p
}

// syllable is a syllable as the table has it.
func syllable(s string) (string, bool) {
	switch s {
	case "lue":
		s = "lve"
	case "nue":
		s = "nve"
	}
	_, ok := slices.BinarySearch(syllables, s)
	return s, ok
}

// longest is the length of zhuang, chuang and shuang.
const longest = 6
