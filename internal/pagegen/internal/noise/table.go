package noise

import (
	"math/rand/v2"
	"strings"

	"zhize/internal/pagegen/internal/sheet"
)

// The two samples that rates were counted on, and the one page whose faults
// were listed in full: a fault that was met there alone has the rate of one
// page in the templates and it.
const (
	Templates = 108   // template pages, tagged by hand
	Postings  = 23234 // job postings, counted by expression
	OnePage   = Templates + 1
)

// Kind is one kind of fault.
type Kind struct {
	Name string
	// Seen of Of is its rate: on how many pages of a sample it was met.
	Seen, Of int
	Source   string // the sample, and what was counted
	// Repair says how sure a reader can be of what stood there; Unrated where
	// nothing is to be repaired.
	Repair sheet.Repair
	apply  func(*sheet.Sheet, *rand.Rand) bool
}

// Rate is the share of pages that are given the fault, if they can have it.
func (k *Kind) Rate() float64 { return float64(k.Seen) / float64(k.Of) }

// kinds is the order in which faults are made: first those that change what is
// there, then those inside texts from rare and long to common and short (a
// fault keeps its distance from those before it), then list marks, then the
// ends of lines, which must not be changed after they are gone.
var kinds = [...]Kind{
	{"headless", 1, Templates, "108 template pages: heads stripped, a restart is left", sheet.Unrated, headless},
	{"lost-items", 2440, Postings, "23,234 postings: gap of 1-2 in the sequence, 10.5 %", sheet.Unrated, lostItems},
	{"late-start", 3, Templates, "108 template pages: first number is not 1 (2.2 % of 23,234 postings)", sheet.Unrated, lateStart},
	{"repeated-number", 1046, Postings, "23,234 postings: the same number twice running, 4.5 %", sheet.Unrated, repeatedNumber},
	{"cut-off", 1, OnePage, "one page: a list that stops after two items", sheet.Unrated, cutOff},
	{"doubled-head", 9, Templates, "108 template pages: title repeated", sheet.Unrated, doubledHead},

	{"page-number", 7, Templates, "108 template pages: preview page numbers inside text", sheet.Certain, pageNumber},
	{"slogan", 4, Templates, "108 template pages: a slogan inside sentence 1", sheet.Likely, slogan},
	{"cut-sentence", 1, OnePage, "one page: a 。 that cuts a sentence in two lines", sheet.Certain, cutSentence},
	{"sentence-lines", 4, Templates, "108 template pages: one sentence per paragraph, even inside an item", sheet.Certain, sentenceLines},
	{"broken-line", 8, Templates, "108 template pages: line breaks inside sentences", sheet.Certain, brokenLine},
	{"slip", 3, Templates, "108 template pages: ordinary slips 2, confusions of the eye 1", sheet.Likely, slip},
	{"spaced-letters", 5, Templates, "108 template pages: spaces between characters", sheet.Certain, spacedLetters},
	{"inserted-mark", 1, OnePage, "one page: '的.' and 的'", sheet.Certain, insertedMark},
	{"semicolon-stop", 47, Postings, "23,234 postings: ;。 0.2 % (1 of 108 template pages)", sheet.Likely, semicolonStop},
	{"doubled-mark", 139, Postings, "23,234 postings: doubled punctuation 0.6 % (1 of 108 template pages)", sheet.Certain, doubledMark},
	{"wrap-space", 7295, Postings, "23,234 postings: spaces between Han characters, 31.4 %", sheet.Certain, wrapSpace},
	{"zero-width", 70, Postings, "23,234 postings: zero-width or U+2028, 0.3 %", sheet.Certain, zeroWidth},
	{"rewritten", 5, Templates, "108 template pages: machine rewriting, of which only 的 as 旳 can be undone", sheet.Certain, rewritten},
	{"stray-characters", 1, Templates, "108 template pages: anti-copy characters every 5-8 characters", sheet.Likely, strayCharacters},
	{"line-tokens", 1, Templates, "108 template pages: anti-copy tokens at line ends", sheet.Likely, lineTokens},
	{"mirror", 5, Templates, "108 template pages: converted to traditional 16, of which 11 have pinyin too", sheet.Certain, mirror},
	{"pinyin", 11, Templates, "108 template pages: pinyin in brackets behind characters, on converted pages", sheet.Certain, pinyin},

	{"mixed-separators", 2277, Postings, "23,234 postings: two delimiter styles in one text, 9.8 %", sheet.Unrated, mixedSeparators},
	{"broken-number", 1, Templates, "108 template pages: numbers broken (38 of one page: 1 1、)", sheet.Unrated, brokenNumber},
	{"number-alone", 2, Templates, "108 template pages: the mark alone on its line", sheet.Unrated, numberAlone},
	{"doubled-number", 1, Templates, "108 template pages: 1. 1、, met in notices and lists", sheet.Unrated, doubledNumber},
	{"number-gap", 1, Templates, "108 template pages: 2 、", sheet.Unrated, numberGap},
	{"nbsp", 3020, Postings, "23,234 postings: NBSP, 13.0 %", sheet.Unrated, nbsp},
	{"private-bullet", 23, Postings, "23,234 postings: private-use bullets, 0.1 %", sheet.Unrated, privateBullet},

	{"half-width", 1, OnePage, "one page: all of ，；：（）！？ turned into ASCII", sheet.Unrated, halfWidth},
	{"glued-number", 5158, Postings, "23,234 postings: number glued to a Han character without punctuation (职责1、), 22.2 %", sheet.Unrated, gluedNumber},
	{"glued-latin", 627, Postings, "23,234 postings: number glued to Latin text (ES64、), 2.7 %", sheet.Unrated, gluedLatin},
	{"glued-paragraph", 27, Templates, "108 template pages: everything in one paragraph (51.2 % of 23,234 postings are inlined)", sheet.Unrated, gluedParagraph},
	{"glued-lines", 27, Templates, "108 template pages: as glued-paragraph; some lines only, as on the one page (38 of its items)", sheet.Unrated, gluedLines},
}

// Kinds is a copy of the table, in the order in which faults are made.
func Kinds() []Kind { return append([]Kind(nil), kinds[:]...) }

// TagPrefix stands before the name of a kind in the tags of a page.
const TagPrefix = "noise/"

// Apply draws every kind with the chance that it is given and makes the faults
// that are drawn, where the page can have them; the page bears a tag for each
// that was made. drawn, unless nil, is told of every fault drawn.
func Apply(s *sheet.Sheet, r *rand.Rand, chance func(*Kind) float64, drawn func(k *Kind, made bool)) {
	for i := range kinds {
		k := &kinds[i]
		// Each kind has numbers of its own, drawn or not: leaving one out
		// leaves the others as they are.
		own := rand.New(rand.NewPCG(r.Uint64(), uint64(i)))
		if own.Float64() >= chance(k) {
			continue
		}
		made := k.apply(s, own)
		if made {
			s.Tags = append(s.Tags, TagPrefix+k.Name)
		}
		if drawn != nil {
			drawn(k, made)
		}
	}
}

// lines calls f with every line that ok holds, until f says that it is enough.
func lines(s *sheet.Sheet, ok func(*sheet.Line) bool, f func(*sheet.Line) bool) {
	for i := range s.Lines {
		if l := &s.Lines[i]; ok(l) && !f(l) {
			return
		}
	}
}

func isItem(l *sheet.Line) bool { return l.Role == sheet.Item }

func isNumbered(l *sheet.Line) bool { return l.Role == sheet.Item && l.Number > 0 }

// some makes a fault in up to n items, begun at a random one, and reports
// whether it made any.
func some(s *sheet.Sheet, r *rand.Rand, n int, ok func(*sheet.Line) bool, make func(*sheet.Line) bool) bool {
	count, start := 0, r.IntN(len(s.Lines)+1)
	for k := range s.Lines {
		l := &s.Lines[(start+k)%len(s.Lines)]
		if !ok(l) || r.IntN(3) == 0 || !make(l) {
			continue
		}
		if count++; count == n {
			break
		}
	}
	return count > 0
}

// run is a list: lines [from,to) that are the items of one section.
type run struct{ from, to int }

// runs are the numbered lists of the page that have no children between items.
func runs(s *sheet.Sheet) []run {
	var out []run
	for i := 0; i < len(s.Lines); {
		if !isNumbered(&s.Lines[i]) {
			i++
			continue
		}
		a := &s.Lines[i]
		j := i + 1
		for j < len(s.Lines) && isNumbered(&s.Lines[j]) && s.Lines[j].Position == a.Position && s.Lines[j].Section == a.Section {
			j++
		}
		if j == len(s.Lines) || s.Lines[j].Role != sheet.Child {
			out = append(out, run{i, j})
		}
		i = j
		for i < len(s.Lines) && s.Lines[i].Role == sheet.Child {
			i++
		}
	}
	return out
}

// longRun is a random list of at least n items.
func longRun(s *sheet.Sheet, r *rand.Rand, n int) (run, bool) {
	all := runs(s)
	if len(all) == 0 {
		return run{}, false
	}
	start := r.IntN(len(all))
	for k := range all {
		if at := all[(start+k)%len(all)]; at.to-at.from >= n {
			return at, true
		}
	}
	return run{}, false
}

// separator is what stands behind the number of a label: "、" of "3、".
func separator(label string) string { return strings.TrimLeft(label, "0123456789") }

// startsWithDigit reports texts that would run into a number before them.
func startsWithDigit(text string) bool {
	return text != "" && (text[0] >= '0' && text[0] <= '9')
}
