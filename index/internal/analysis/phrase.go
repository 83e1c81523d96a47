package analysis

import (
	"strings"
	"unicode/utf8"
)

// Phrase is a stretch of text to be found in others: the same units in the
// same order, space or punctuation between two of them exactly where the
// phrase has some. ASCII words are only found whole.
type Phrase struct {
	folded string
	units  []unit
	open   bool // the last unit may go on
}

// NewPhrase makes a phrase of a folded text. open lets its last ASCII word be
// the beginning of a longer one.
func NewPhrase(folded string, open bool) Phrase {
	p := Phrase{folded: folded, open: open}
	units(folded, func(u unit) bool {
		p.units = append(p.units, u)
		return true
	})
	p.open = open && len(p.units) > 0 && alnum(folded[p.units[len(p.units)-1].start])
	return p
}

// NewRow makes a phrase of folded words that stand side by side in this order.
// Where a Latin word or a number stands at a border, space or punctuation may
// part the two, as in "Java 开发". junctions are grams that every text with the
// phrase has, beside those of its words.
func NewRow(words []string) (p Phrase, junctions []string) {
	for _, w := range words {
		at := len(p.folded)
		p.folded += w
		first := true
		units(w, func(u unit) bool {
			u.start, u.end = u.start+at, u.end+at
			if first && len(p.units) > 0 {
				last := p.units[len(p.units)-1]
				u.free = alnum(p.folded[u.start]) || alnum(p.folded[last.start])
				if u.apart = false; !u.free {
					junctions = append(junctions, last.of(p.folded)+u.of(p.folded))
				}
			}
			first = false
			p.units = append(p.units, u)
			return true
		})
	}
	return p, junctions
}

// String tells a phrase from all others.
func (p Phrase) String() string {
	if p.open {
		return p.folded + "*"
	}
	return p.folded
}

// Term is the word of which every text has the phrase that has it; "" where there
// is none, as where Latin letters ask for the borders of words.
func (p Phrase) Term() string {
	for _, r := range p.folded {
		if r < 0x3400 || r > 0x9FFF && r < 0x20000 {
			return ""
		}
	}
	return p.folded
}

// Empty reports whether the phrase says nothing: it is then found nowhere.
func (p Phrase) Empty() bool { return len(p.units) == 0 }

// Lookup is one thing to look up among the grams of texts. Every text with the
// phrase has, for each of its lookups, a gram that is Gram, or that begins
// with it where Begins is set, in the latter case followed by no ASCII letter
// or digit where Whole is set.
type Lookup struct {
	Gram          string
	Begins, Whole bool
}

// Matches reports whether a gram is one of those looked up.
func (l Lookup) Matches(gram string) bool {
	if !l.Begins {
		return gram == l.Gram
	}
	return strings.HasPrefix(gram, l.Gram) && !(l.Whole && len(gram) > len(l.Gram) && alnum(gram[len(l.Gram)]))
}

// Lookups lists what to look up to find the texts that may hold the phrase.
// exact says that all of them do hold it and none need be read.
func (p Phrase) Lookups() (list []Lookup, exact bool) {
	exact = len(p.units) <= 2
	for i, u := range p.units {
		last := i == len(p.units)-1
		long := u.end-u.start >= maxUnit // its gram may be that of a longer one
		exact = exact && !long
		switch {
		case !last && !p.units[i+1].apart:
			next := p.units[i+1]
			open := p.open && i+1 == len(p.units)-1
			list = append(list, Lookup{Gram: u.of(p.folded) + next.of(p.folded), Begins: open})
		case i > 0 && !u.apart:
			// The pair before it holds it.
		default:
			open := p.open && last
			list = append(list, Lookup{
				Gram: u.of(p.folded), Begins: true,
				Whole: !open && !long && alnum(p.folded[u.start]),
			})
		}
	}
	return list, exact && len(list) == 1
}

// End is the term of titles that may end with the phrase; "" for a phrase of one
// unit, which says too little of a title.
func (p Phrase) End() string {
	n := len(p.units)
	if n < 2 || p.open || p.units[n-1].apart {
		return ""
	}
	return endMark + p.units[n-2].of(p.folded) + p.units[n-1].of(p.folded)
}

// Ends reports whether a folded text has the phrase at its end, or before space
// or punctuation.
func (p Phrase) Ends(folded string) (ends bool) {
	p.In(folded, func(_, end int) bool {
		r, _ := utf8.DecodeRuneInString(folded[end:])
		ends = ends || end == len(folded) || !says(r)
		return !ends
	})
	return ends
}

// Holds reports whether a folded text has the phrase.
func (p Phrase) Holds(folded string) (holds bool) {
	p.In(folded, func(int, int) bool {
		holds = true
		return false
	})
	return holds
}

// Times is how often a folded text has the phrase.
func (p Phrase) Times(folded string) (n int) {
	p.In(folded, func(int, int) bool {
		n++
		return true
	})
	return n
}

// In finds the phrase in a folded text and calls f with the bytes of each
// place until f returns false; places do not overlap. The time is at most the
// product of the two lengths, and close to that of reading the text once.
func (p Phrase) In(folded string, f func(start, end int) bool) {
	if p.Empty() || !p.spaced() && len(folded) < p.units[len(p.units)-1].end-p.units[0].start {
		return
	}
	// The first unit is looked for as bytes, and only around it are units made.
	first := p.folded[p.units[0].start:p.units[0].end]
	for at := 0; at < len(folded); {
		i := strings.Index(folded[at:], first)
		if i < 0 {
			return
		}
		at += i
		end := p.at(folded, at)
		switch {
		case end < 0:
			at += len(first)
			if alnum(first[0]) { // no whole word begins inside a run
				for at < len(folded) && alnum(folded[at]) {
					at++
				}
			}
		case !f(at, end):
			return
		default:
			at = end
		}
	}
}

// spaced reports whether the phrase has space or punctuation between units,
// which may be shorter in the text than in the phrase.
func (p Phrase) spaced() bool {
	for _, u := range p.units[1:] {
		if u.apart || u.free {
			return true
		}
	}
	return false
}

// at is where the phrase ends in the text if it begins at start, else -1.
func (p Phrase) at(folded string, start int) int {
	if alnum(folded[start]) && start > 0 && alnum(folded[start-1]) {
		return -1
	}
	n, end := 0, -1
	units(folded[start:], func(u unit) bool {
		want := p.units[n]
		have, text := folded[start+u.start:start+u.end], p.folded[want.start:want.end]
		last := n == len(p.units)-1
		if have != text && !(last && p.open && strings.HasPrefix(have, text)) || n > 0 && u.apart != want.apart && !want.free {
			return false
		}
		n++
		if last {
			end = start + u.end
		}
		return !last
	})
	return end
}
