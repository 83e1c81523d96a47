// Package normalize repairs text. A rule looks at the text and proposes
// edits; it never changes anything itself, and where it is not sure it
// suggests instead. The package knows nothing of pages or markup.
//
// There are two tables. [Characters] runs over a whole source before its
// structure is read: what it repairs hides headings and numbers. [Texts] runs
// over the parts that are kept, after. In both, rules earlier in the table
// win where two want the same characters; the loser's chance comes when the
// caller runs the tables again over the repaired text, until nothing is left
// to do. Every rule makes the text shorter or moves it to the form it accepts,
// so that this ends.
package normalize

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/normalize/similar"
)

// Evidence is what rules may ask beyond the text before them.
type Evidence interface {
	// Word reports whether s is a word of the language.
	Word(s string) bool
}

// Decisions is evidence to which people added their own.
type Decisions interface {
	// Decided is what they decided, nil for nothing.
	Decided() *Words
	// Off reports a rule that is switched off.
	Off(rule string) bool
}

// off reports a rule that is switched off in the evidence.
func off(ev Evidence, rule string) bool {
	d, ok := ev.(Decisions)
	return ok && d.Off(rule)
}

// PartKind is what a part of a page is.
type PartKind uint8

// The kinds of part.
const (
	Item PartKind = iota
	Heading
	Field
)

// Part is a stretch of text that is kept.
type Part struct {
	document.Span
	Kind PartKind
	// Followed reports an item that another item of its list follows and
	// that has no list of its own: a colon at its end introduces nothing.
	Followed bool
}

// Rule is one kind of repair, as people read of it.
type Rule struct {
	Name  string
	About string
}

type rule struct {
	Rule
	find func(*finder, Part)
	asks signs // the rule finds nothing in a text without one of them; 0: always asked
}

// characterRules run over every line of a source. Order: references of HTML
// become their characters first, since these may be what any other rule looks
// at, and their own letters are no text: behind a blank &nbsp; looks like a
// token of copy protection, and its semicolon like the end of a clause. Then
// goes what is invisible or of no script, since it parts the characters that
// the others look at; pinyin
// before inserted marks, since it stands between 的 and its mark, and before
// traditional, to which readings are evidence. What copy protection put in goes
// once the text is simplified, which the dictionary is.
var characterRules = [...]rule{
	{Rule{"entity", "a reference of HTML that was left as text becomes its character"}, entity, entitySign},
	{Rule{"invisible", "control and zero-width characters are taken out"}, invisible, hiddenSign},
	{Rule{"private-use", "a character that belongs to no script is taken out"}, privateUse, privateSign},
	{Rule{"pinyin", "a reading in brackets behind its character is taken out"}, pinyinReadings, readingSign},
	{Rule{"traditional", "the traditional characters of a page that a mirror converted become simplified again"}, traditional, 0},
	{Rule{"rewritten", "旳, which rewriting programs put for 的, becomes 的"}, rewritten, rewrittenSign},
	{Rule{"slogan", "a document site's slogan inside the text is taken out"}, slogan, 0},
	{Rule{"vertical", "a word that is written one character a line is written in one"}, vertical, verticalSign},
	{Rule{"page-footer", "the number of a printed page inside the text is taken out (第 N 页 共 M 页, N / M)"}, pageFooter, pageSign},
	{Rule{"line-token", "random letters that copy protection put at the ends of lines are taken out"}, lineToken, tokenSign},
	{Rule{"anti-copy", "characters that copy protection strewed over a page are taken out"}, antiCopy, 0},
	{Rule{"spaced-letters", "spaces between all characters of a word are taken out"}, spacedLetters, gapSign},
	{Rule{"inserted-mark", "a mark that copy protection put behind 的 is taken out"}, insertedMark, insertedSign},
}

// textRules run over the parts of a page. Order: a sentence cut in two by a
// stop is mended before its line end is joined; doubled marks go before marks
// are widened, so that each mark is decided once. Brackets and quotation marks
// want no characters that another rule wants; they stand beside the other rule
// on widths.
var textRules = [...]rule{
	{Rule{"cut-sentence", "a full stop inside a sentence that a line end cut is taken out"}, cutSentence, breakSign},
	{Rule{"broken-line", "line ends inside a sentence are joined"}, brokenLine, breakSign},
	{Rule{"wrap-space", "a space inside a word is taken out"}, wrapSpace, spaceSign},
	{Rule{"gap", "a space between words goes where other texts of the corpus have none"}, gap, spaceSign},
	{Rule{"doubled-mark", "of two stops in a row one is taken out"}, doubledMark, doubledSign},
	{Rule{"dot", "an ASCII full stop between Chinese characters becomes the mark it stands for"}, dot, dotSign},
	{Rule{"dangling-colon", "a colon that introduces nothing becomes a full stop"}, danglingColon, 0},
	{Rule{"pairs", "ASCII brackets and quotation marks around Chinese text become full-width, in pairs"}, pairs, pairSign},
	{Rule{"width", "ASCII punctuation in Chinese text becomes full-width"}, width, markSign},
	{Rule{"words", "a word that people decided to be wrong becomes the right one"}, decided, 0},
	{Rule{"slip", "a character that was put for one like it becomes the one that other texts of the corpus have"}, slip, 0},
}

// numberRules are made where lists are read; they are named here so that
// every rule has one place.
var numberRules = [...]Rule{
	{"spaced-number", "the digits of a list number that a space parted are joined"},
	{"doubled-number", "a list number that stands twice is written once"},
	{"number-gap", "a space between a list number and its separator is taken out"},
	{"page-number", "a page number that cut a sentence is taken out"},
}

// Rules lists every rule in the order of the tables.
func Rules() []Rule {
	var out []Rule
	for _, r := range characterRules {
		out = append(out, r.Rule)
	}
	out = append(out, numberRules[:]...)
	for _, r := range textRules {
		out = append(out, r.Rule)
	}
	return out
}

// DropReason is the reason for which what a rule deletes is dropped: marks
// and readings that copies of a page put in, and the marks of Markdown, which
// extraction takes out of lines. Other rules repair the text itself and give no
// reason.
func DropReason(rule string) document.Reason {
	switch rule {
	case "pinyin", "inserted-mark", "line-token", "anti-copy":
		return document.Inserted
	case "slogan":
		return document.Advertisement
	case "page-number", "page-footer":
		return document.PageNumber
	case "markdown":
		return document.Hidden
	}
	return document.NoReason
}

// Characters proposes the repairs of a whole text's characters. The edits are
// a ledger over text: sorted, without overlap. It tells too how many traditional
// characters text has, of those that it repairs. Linear in text.
func Characters(text string, ev Evidence) (edits []document.Edit, traditional int) {
	f := finder{text: text, ev: ev, survey: surveyOf(text)}
	whole := Part{Span: document.Span{End: len(text)}}
	for _, r := range characterRules {
		if (r.asks == 0 || r.asks&f.survey.signs != 0) && !off(ev, r.Name) {
			f.rule = r.Name
			r.find(&f, whole)
		}
	}
	return ledger(f.edits), f.survey.traditional
}

// Texts proposes the repairs of the parts of a text, and what a person should
// decide. Parts are in order and do not overlap; no edit leaves its part.
// Linear in the parts.
func Texts(text string, parts []Part, ev Evidence) (edits, suggested []document.Edit) {
	f := finder{text: text, ev: ev}
	f.corpus, _ = ev.(Corpus)
	if d, ok := ev.(Decisions); ok {
		f.words = d.Decided()
	}
	found := make([]signs, len(parts))
	for i, p := range parts {
		found[i] = signsOf(p.Of(text))
	}
	for _, r := range textRules {
		if off(ev, r.Name) {
			continue
		}
		f.rule = r.Name
		for i, p := range parts {
			if r.asks == 0 || r.asks&found[i] != 0 {
				r.find(&f, p)
			}
		}
	}
	f.suggested = f.undecided(parts, f.suggested)
	document.SortEdits(f.suggested)
	return ledger(f.edits), f.suggested
}

// ledger sorts edits by place; of two that overlap the one whose rule stands
// earlier in the table stays.
func ledger(edits []document.Edit) []document.Edit {
	if ordered(edits) {
		return edits
	}
	order := make([]int, len(edits))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return edits[a].Span.Compare(edits[b].Span) })
	out := make([]document.Edit, 0, len(edits))
	rank := make([]int, 0, len(edits))
	for _, i := range order {
		e := edits[i]
		if n := len(out); n > 0 && (out[n-1].Span.Overlaps(e.Span) || out[n-1].Span == e.Span) {
			if i < rank[n-1] {
				out[n-1], rank[n-1] = e, i
			}
			continue
		}
		out, rank = append(out, e), append(rank, i)
	}
	return out
}

// ordered reports edits that stand in order and do not overlap.
func ordered(edits []document.Edit) bool {
	for i := 1; i < len(edits); i++ {
		a, b := edits[i-1].Span, edits[i].Span
		if a.Compare(b) >= 0 || a.Overlaps(b) {
			return false
		}
	}
	return true
}

// finder collects what rules find in a text.
type finder struct {
	text      string
	ev        Evidence
	rule      string
	edits     []document.Edit
	suggested []document.Edit
	corpus    Corpus // nil where the evidence is none
	words     *Words // nil where people decided nothing
	signs     []place
	like      []similar.Character
	survey    survey // of the whole text, for the rules of characters
	readings  int    // pinyin readings found in the text
}

func (f *finder) edit(start, end int, after string, confidence float64, basis string) {
	f.edits = append(f.edits, f.make(start, end, after, confidence, basis))
}

func (f *finder) suggest(start, end int, after string, confidence float64, basis string) {
	f.suggested = append(f.suggested, f.make(start, end, after, confidence, basis))
}

func (f *finder) make(start, end int, after string, confidence float64, basis string) document.Edit {
	return document.Edit{
		Rule: f.rule, Span: document.Span{Start: start, End: end}, Before: f.text[start:end], After: after,
		Confidence: confidence, Evidence: document.Evidence{Basis: basis},
	}
}

func (f *finder) word(s string) bool { return f.ev != nil && f.ev.Word(s) }

// before is the character that ends at p inside part s, and where it begins;
// 0 at the part's start.
func (f *finder) before(s document.Span, p int) (rune, int) {
	if p <= s.Start {
		return 0, p
	}
	r, n := utf8.DecodeLastRuneInString(f.text[s.Start:p])
	return r, p - n
}

// after is the character that begins at p inside part s, and where it ends; 0
// at the part's end.
func (f *finder) after(s document.Span, p int) (rune, int) {
	if p >= s.End {
		return 0, p
	}
	r, n := utf8.DecodeRuneInString(f.text[p:s.End])
	return r, p + n
}

// skip is the first place at or behind p inside s that holds no space.
func (f *finder) skip(s document.Span, p int) int {
	for {
		r, end := f.after(s, p)
		if r == 0 || !isSpace(r) {
			return p
		}
		p = end
	}
}

func isSpace(r rune) bool { return r == ' ' || r == '\u00a0' || r == '\u3000' || r == '\t' }

func isHan(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3400 && r <= 0x4dbf || r >= 0x20000 && unicode.Is(unicode.Han, r)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func isASCIIWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_'
}
