package normalize

import (
	"fmt"
	"unicode/utf8"

	"zhize/document"
	"zhize/hanzi"
	"zhize/normalize/similar"
)

// Corpus is evidence that was learnt from many texts. Counts are of clusters:
// texts that are nearly the same count once.
type Corpus interface {
	Evidence
	// Pair and Triple are in how many clusters two or three signs (see
	// [hanzi.Sign]) follow each other.
	Pair(a, b rune) int
	Triple(a, b, c rune) int
	// Behind and Before list, in order, the characters that stand in three
	// clusters or more behind r and before it.
	Behind(r rune) []rune
	Before(r rune) []rune
	// Following calls f with the signs that stand behind a and b.
	Following(a, b rune, f func(c rune, clusters int))
	// Likelihood is the logarithm of the probability of the best cut of a
	// text into words.
	Likelihood(text string) float64
}

// What a character must have against it, and another for it, to be changed. The
// figures were chosen on 5,719 postings with slips put in, and on what they
// changed in one fifth of them after learning from the others: see
// docs/evaluation.md.
const (
	rarely   = 1  // clusters in which a damaged word may stand: its own
	often    = 3  // clusters in which the right one must stand, at least
	contexts = 2  // kinds of context in which it must
	support  = 8  // clusters of all its contexts together
	ahead    = 4  // times the clusters of the next best character, in the context that says least
	certain  = 12 // clusters of every context that make up for a word that the dictionary lacks
	likely   = 2. // by how much the text must be more probable for a suggestion, in natural logarithms
	surely   = 3. // … for a change
	overWord = 8. // … for a change where the character is part of a word of the dictionary as it is
)

// place is a sign of a part and where its first character begins.
type place struct {
	sign rune
	at   int
}

// window is a sign between two others on either side.
type window [5]rune

// slip finds characters that were put for one of like shape or sound: the words
// they make stand nowhere else in the corpus, and another character in their
// place makes words that many texts have. A character too many or too few is
// only suggested. With one page alone there is no such evidence and nothing is
// found.
func slip(f *finder, p Part) {
	if f.corpus == nil || p.Kind != Item {
		return
	}
	s := f.places(p.Span)
	for i := 2; i+2 < len(s); i++ {
		before, behind := f.rare(s[i-1].sign, s[i].sign), f.rare(s[i].sign, s[i+1].sign)
		if !before && !behind || protected(p.Of(f.text), s[i].at-p.Start) || f.settled(p, s[i].at) {
			continue
		}
		w := window{s[i-2].sign, s[i-1].sign, s[i].sign, s[i+1].sign, s[i+2].sign}
		if f.replaced(s, i, &w) || before && behind && f.stray(s, i, &w) {
			continue
		}
		if behind && i+3 < len(s) {
			f.missing(s, i, &w)
		}
	}
}

// places are the signs of a part, two stops on either side; marks in a row are
// one, and so are letters.
func (f *finder) places(p document.Span) []place {
	s := append(f.signs[:0], place{hanzi.Stop, p.Start}, place{hanzi.Stop, p.Start})
	for i := p.Start; i < p.End; {
		r, n := utf8.DecodeRuneInString(f.text[i:p.End])
		if sign := hanzi.Sign(r); hanzi.IsHan(sign) || sign != s[len(s)-1].sign {
			s = append(s, place{sign, i})
		}
		i += n
	}
	s = append(s, place{hanzi.Stop, p.End}, place{hanzi.Stop, p.End})
	f.signs = s
	return s
}

// rare reports two characters that stand side by side in hardly a cluster; where
// one is no Han character nothing is known.
func (f *finder) rare(a, b rune) bool {
	return hanzi.IsHan(a) && hanzi.IsHan(b) && f.corpus.Pair(a, b) <= rarely
}

// neighbours are in how many clusters r stands in the middle of a window: with the
// two signs before it, with one on either side, with the two behind; 0 where
// these have too few Han characters to tell anything.
func (f *finder) neighbours(w *window, r rune) (n [3]int) {
	for k, t := range [...][3]rune{{w[0], w[1], r}, {w[1], r, w[3]}, {r, w[3], w[4]}} {
		if w.telling(k) {
			n[k] = f.corpus.Triple(t[0], t[1], t[2])
		}
	}
	return n
}

// telling reports a context, as neighbours counts them, in which a Han character
// stands right beside the middle.
func (w *window) telling(k int) bool {
	return k < 2 && hanzi.IsHan(w[1]) || k > 0 && hanzi.IsHan(w[3])
}

// bare reports a context of Han characters alone.
func (w *window) bare(k int) bool { return w.han(k) == 2 }

// han counts the Han characters of context k beside the middle.
func (w *window) han(k int) int {
	n := 0
	for i := k; i < k+3; i++ {
		if i != 2 && hanzi.IsHan(w[i]) {
			n++
		}
	}
	return n
}

// stands reports a character that ends or begins a word which other texts have
// beside a mark: what stands on its other side is new, not it.
func (f *finder) stands(w *window) bool {
	return hanzi.IsHan(w[1]) && f.corpus.Triple(w[1], w[2], hanzi.Stop) > rarely ||
		hanzi.IsHan(w[3]) && f.corpus.Triple(hanzi.Stop, w[2], w[3]) > rarely
}

// own reports a window whose middle other texts have there too.
func (f *finder) own(w *window) bool {
	for _, n := range f.neighbours(w, w[2]) {
		if n > rarely {
			return true
		}
	}
	return f.stands(w)
}

// reading is a character in the place of another, and what speaks for it.
type reading struct {
	similar.Character
	contexts int // kinds of context in which it stands often
	support  int // clusters of all contexts
	inner    int // clusters of the contexts of Han characters alone, at most
	least    int // clusters of the context with the fewest
}

// better orders readings: by the context that says least for them, then by all.
func (r *reading) better(o *reading) bool {
	if r.least != o.least {
		return r.least > o.least
	}
	return r.support > o.support
}

// candidates are the characters like the middle of a window that many texts have
// between its neighbours: a reading of which two contexts stand often is one.
func (f *finder) candidates(w *window) []similar.Character {
	f.like = f.like[:0]
	beside := f.corpus.Behind(w[1])
	if !hanzi.IsHan(w[1]) {
		beside = f.corpus.Before(w[3])
	}
	like := similar.Of(hanzi.Simplified(w[2]))
	for _, r := range beside {
		for len(like) > 0 && like[0].Rune < r {
			like = like[1:]
		}
		if len(like) == 0 {
			break
		}
		if like[0].Rune == r && !numerals.has(r) && (!hanzi.IsHan(w[1]) || !hanzi.IsHan(w[3]) || f.corpus.Pair(r, w[3]) >= often) {
			f.like = append(f.like, like[0])
		}
	}
	return f.like
}

// alternatives are the two characters that the contexts of a window ask for most.
func (f *finder) alternatives(w *window) (best, next reading) {
	for _, c := range f.candidates(w) {
		r := reading{Character: c, least: 1 << 10}
		for k, n := range f.neighbours(w, c.Rune) {
			r.support += n
			if n >= often {
				r.contexts++
			}
			if w.telling(k) {
				r.least = min(r.least, n)
			}
			if w.bare(k) {
				r.inner = max(r.inner, n)
			}
		}
		switch {
		case r.better(&best):
			best, next = r, best
		case r.better(&next):
			next = r
		}
	}
	return best, next
}

func (f *finder) pair(a, b rune) int {
	if !hanzi.IsHan(a) || !hanzi.IsHan(b) {
		return 0
	}
	return f.corpus.Pair(a, b)
}

// replaced changes the character at place i for one like it, or suggests to.
func (f *finder) replaced(s []place, i int, w *window) bool {
	if numerals.has(w[2]) {
		return false
	}
	best, next := f.alternatives(w)
	if best.contexts < contexts || next.least*ahead > best.least || f.own(w) {
		return false
	}
	start, end := s[i].at, s[i].at+utf8.RuneLen(w[2])
	right := string(best.Rune)
	gain := f.gain(s, i, i+1, right)
	word := f.inWord(s, i, w[2])
	between := hanzi.IsHan(w[1]) && hanzi.IsHan(w[3])
	bound := between || best.Kind == similar.Same || best.inner >= certain
	if best.Kind <= similar.Shape && f.spelling(w, best.Rune) {
		gain, word, bound = surely, false, true
	}
	if gain < likely {
		return false
	}
	if !between && best.inner < often && (best.Kind > similar.Shape || best.least < often) {
		return false
	}
	basis := basisOf(w, best.Rune, f.pair(w[1], best.Rune), f.pair(best.Rune, w[3]))
	if !free.has(w[2]) && gain >= surely && (!word || gain >= overWord) && best.support >= support &&
		(f.inWord(s, i, best.Rune) || best.least >= certain) && bound {
		f.edit(start, end, right, 0.98, basis)
	} else {
		f.suggest(start, end, right, 0.6, basis)
	}
	return true
}

// spelling reports two spellings of one word of three characters, both in the
// dictionary, of which many texts have the one and none the other (电话薄, 电话簿).
func (f *finder) spelling(w *window, right rune) bool {
	for _, t := range [...][2][3]rune{
		{{w[0], w[1], w[2]}, {w[0], w[1], right}}, {{w[1], w[2], w[3]}, {w[1], right, w[3]}}, {{w[2], w[3], w[4]}, {right, w[3], w[4]}},
	} {
		if f.triple(t[1][0], t[1][1], t[1][2]) >= support && f.word(string(t[0][:])) && f.word(string(t[1][:])) {
			return true
		}
	}
	return false
}

// basisOf names the word that other texts have, and the one that they have not.
func basisOf(w *window, right rune, before, behind int) string {
	if before >= behind {
		return fmt.Sprintf("%c%c stands in %d other texts or more, %c%c in no other", w[1], right, before, w[1], w[2])
	}
	return fmt.Sprintf("%c%c stands in %d other texts or more, %c%c in no other", right, w[3], behind, w[2], w[3])
}

// gain is by how much the text around places [i,j) is more probable with other
// characters in their stead.
func (f *finder) gain(s []place, i, j int, instead string) float64 {
	from, to := s[max(i-2, 0)].at, s[min(j+2, len(s)-1)].at
	before, behind := f.text[from:s[i].at], f.text[s[j].at:to]
	return f.corpus.Likelihood(before+instead+behind) - f.corpus.Likelihood(f.text[from:to])
}

// stray suggests to take out the character at place i: without it the others
// make words that many texts have.
func (f *finder) stray(s []place, i int, w *window) bool {
	if f.pair(w[1], w[3]) < often || free.has(w[2]) || numerals.has(w[2]) || f.triple(w[0], w[1], w[3]) < often ||
		f.triple(w[1], w[3], w[4]) < often || f.inWord(s, i, w[2]) || f.own(w) {
		return false
	}
	if f.gain(s, i, i+1, "") < likely {
		return false
	}
	f.suggest(s[i].at, s[i].at+utf8.RuneLen(w[2]), "", 0.5,
		fmt.Sprintf("%c%c stands in %d other texts or more, %c%c%c in no other", w[1], w[3], f.pair(w[1], w[3]), w[1], w[2], w[3]))
	return true
}

// missing suggests a character between places i and i+1, of which the first is
// part of no word: with it they make words that many texts have.
func (f *finder) missing(s []place, i int, w *window) {
	a, b, c, d := w[1], w[2], w[3], w[4]
	if f.pair(a, b) < often || free.has(b) || free.has(c) || numerals.has(b) || numerals.has(c) || f.inPlace(a, b) ||
		f.triple(a, b, c) > rarely || f.triple(b, c, d) > rarely {
		return
	}
	best, clusters, ties := rune(0), 0, 0
	f.corpus.Following(a, b, func(y rune, n int) {
		if !hanzi.IsHan(y) || n < support || free.has(y) {
			return
		}
		n = min(n, f.triple(b, y, c), f.triple(y, c, d))
		switch {
		case n > clusters:
			best, clusters, ties = y, n, 0
		case n == clusters:
			ties++
		}
	})
	if clusters < support || ties > 0 || f.inPlace(b, c) {
		return
	}
	f.suggest(s[i+1].at, s[i+1].at, string(best), 0.5,
		fmt.Sprintf("%c%c%c stands in %d other texts or more, %c%c in no other", b, best, c, clusters, b, c))
}

// inPlace reports two characters that are a word.
func (f *finder) inPlace(a, b rune) bool { return f.word(string(a) + string(b)) }

// triple is in how many clusters three signs stand, if two are Han characters.
func (f *finder) triple(a, b, c rune) int {
	n := 0
	for _, r := range [...]rune{a, b, c} {
		if hanzi.IsHan(r) {
			n++
		}
	}
	if n < 2 {
		return 0
	}
	return f.corpus.Triple(a, b, c)
}

// numerals are part of no word that could be damaged.
var numerals = hanSetOf("一二三四五六七八九十百千万亿两")

// free are the characters that are a word by themselves and may stand between
// any two others: nothing is known of one from its neighbours.
var free = hanSetOf("的是了在和与及或等为对以之其各每该本此并且也都就又可能需须应会将已由从向按把被让使给于至到上下内外中前后不无有多少大小好新")

// inWord reports whether r in place i is part of a word of two or three
// characters of the dictionary.
func (f *finder) inWord(s []place, i int, r rune) bool {
	var buf [3 * utf8.UTFMax]byte
	for n := 2; n <= 3; n++ {
		for from := max(i-n+1, 0); from <= i && from+n <= len(s); from++ {
			word, han := buf[:0], true
			for k := from; k < from+n; k++ {
				c := s[k].sign
				if k == i {
					c = r
				}
				han = han && hanzi.IsHan(c)
				word = utf8.AppendRune(word, c)
			}
			if han && f.word(string(word)) {
				return true
			}
		}
	}
	return false
}
