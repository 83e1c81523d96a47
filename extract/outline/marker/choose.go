package marker

import "slices"

// The scores of Choose, in tenths of a point. They rank readings and have no
// unit; what matters is their order: a marker at a line's start that goes on
// the count is certain, a number glued to a word is one only if the count
// asks for just this number.
const (
	next      = 30  // the number follows the last one
	nextOver  = 12  // … across a heading
	fresh     = 20  // 1 behind a heading
	first     = 10  // 1 at the start
	restart   = 0   // 1 without a heading
	repeat    = -25 // the same number again
	smallGap  = 5   // one or two numbers lost
	gap       = -5  // up to a dozen lost
	largeGap  = -35
	backwards = -28
	lateStart = -2 // a list that begins with 2 … 9: its head was lost
	farStart  = -16
	otherForm = -4  // "1、" goes on as "2."
	otherList = -40 // … and falls back: 4. and behind it 2、, the number of a page
	lookBack  = 24  // how many candidates back a predecessor is looked for
)

var leftScore = [leftClasses]int{
	LineStart: 30, AfterStop: 20, AfterColon: 14, AfterSpace: 12, AfterComma: 0,
	AfterHan: 4, AfterLatin: -2, AfterDigit: -12, AfterSymbol: -30,
}

// formScore is what a separator says for a marker.
func formScore(c *Candidate) int {
	if c.Style == Duty {
		return 5
	}
	switch c.Form {
	case '、':
		return 8
	case '.', '\t':
		return 6
	case ')', '〉':
		return 5
	case ',', ':':
		return -10
	case ' ':
		return -16
	case bareForm:
		return -20
	case 0:
		if c.Style == Arabic {
			return -22 // a bare digit, or one alone on its line
		}
		return 5 // ①
	}
	return 5
}

func strengthOf(c *Candidate) int16 {
	s := leftScore[c.Left] + formScore(c)
	if c.Spaced {
		s += 2 // "1 1、" rather than "1" and "1、"
	}
	if c.Figure && c.Left > AfterColon {
		s -= 15
	}
	if c.Style == Decimal {
		s += 8 // 2.1 that count rather than 2. and a text that begins with 1
	}
	if c.Alone && c.Left != LineStart {
		s -= 20
	}
	return int16(s)
}

// Chooser reads the candidates of texts. The zero Chooser is ready; one that is
// used again keeps its working memory. It is not for two goroutines at once.
type Chooser struct {
	chosen  []bool
	byStyle [styles][]int
	steps   []step
}

// step is one candidate of a style on the way to the best reading.
type step struct {
	score  int // of the best reading that ends with this candidate
	prev   int // the candidate before it in that reading, -1 for none
	behind int // headings before this candidate
	best   int // best reading up to here, which may leave this one out
}

// Choose marks the candidates that are markers: of all ways to read the
// text, the one whose lists count best. A marker before a digit ("1.2万") is
// one only beside its neighbour. heads are the offsets of headings, in
// order, behind which a list may begin anew. Candidates are in order of place
// and may overlap; chosen ones do not. Linear: every candidate looks back at
// most lookBack others of its style. The result is valid until the next call.
func (ch *Chooser) Choose(cands []Candidate, heads []int) []bool {
	ch.chosen = append(ch.chosen[:0], make([]bool, len(cands))...)
	for style := range ch.byStyle {
		ch.byStyle[style] = ch.byStyle[style][:0]
	}
	for i := range cands {
		style := cands[i].Style
		ch.byStyle[style] = append(ch.byStyle[style], i)
	}
	for style, list := range ch.byStyle {
		if Style(style) == Bullet {
			for _, i := range list {
				ch.chosen[i] = true
			}
			continue
		}
		ch.list(cands, list, heads)
	}
	dropOverlaps(cands, ch.chosen)
	return ch.chosen
}

// list chooses among the candidates of one style.
func (ch *Chooser) list(cands []Candidate, list, heads []int) {
	n := len(list)
	if n == 0 {
		return
	}
	steps := slices.Grow(ch.steps[:0], n)[:n]
	ch.steps = steps
	h := 0
	for i, ci := range list {
		c, s := &cands[ci], &steps[i]
		for h < len(heads) && heads[h] <= c.Span.Start {
			h++
		}
		strength := int(c.strength)
		s.behind, s.score, s.prev = h, strength+begin(c, h > 0), -1
		for j := i - 1; j >= 0 && j >= i-lookBack; j-- {
			p := &cands[list[j]]
			if p.Span.End > c.Span.Start {
				continue
			}
			gain, ok := follow(p, c, h > steps[j].behind)
			if !ok {
				continue
			}
			if sum := steps[j].score + gain + strength; sum > s.score {
				s.score, s.prev = sum, j
			}
		}
		s.best = i
		if i > 0 && steps[steps[i-1].best].score > s.score {
			s.best = steps[i-1].best
		}
	}
	last := steps[n-1].best
	if steps[last].score <= 0 || needsTwo(cands[list[last]].Style) && steps[last].prev < 0 {
		return
	}
	after := -1 // the ordinal behind
	for i := last; i >= 0; i = steps[i].prev {
		c, prev := &cands[list[i]], steps[i].prev
		lone := after != c.Ordinal+1 && (prev < 0 || cands[list[prev]].Ordinal != c.Ordinal-1)
		ch.chosen[list[i]] = !c.Figure || !lone
		after = c.Ordinal
	}
}

// needsTwo reports the styles that a single marker does not prove: "2.5 m"
// and "A. Miller" are none.
func needsTwo(s Style) bool { return s == Decimal || s == Letter }

// begin is the score of a list that starts with c.
func begin(c *Candidate, headed bool) int {
	switch {
	case c.Ordinal != 1 && needsTwo(c.Style):
		return farStart * 3
	case c.strength < 0:
		return farStart * 3
	case c.Ordinal == 1 && headed:
		return fresh
	case c.Ordinal == 1:
		return first
	case c.Form == 0 && c.Style == Arabic:
		return farStart
	case c.Ordinal < 10:
		return lateStart
	}
	return farStart
}

// follow is the score of c as the next marker behind p, and whether it may be.
func follow(p, c *Candidate, headed bool) (int, bool) {
	d := c.Ordinal - p.Ordinal
	weak := c.strength < 0
	if weak && d != 1 {
		return 0, false
	}
	s := 0
	if p.Form != c.Form {
		s = otherForm
	}
	switch {
	case headed && c.Ordinal == 1:
		return fresh, true
	case headed && d == 1:
		return nextOver + s, true
	case headed:
		return begin(c, true), true
	case d == 1:
		return next + s, true
	case d == 0 && c.Ordinal == 1 && p.Wide != c.Wide:
		return restart, true // （1）做好登记：(1)…
	case d == 0:
		return repeat + s, true
	case d > 1 && d <= 3:
		return smallGap + s, true
	case d > 3 && d <= 12:
		return gap + s, true
	case c.Ordinal == 1:
		return restart, true
	case d > 12:
		return largeGap + s, true
	case s != 0:
		return backwards + otherList, true
	}
	return backwards, true
}

// dropOverlaps settles readings of different styles of the same characters:
// the stronger stays.
func dropOverlaps(cands []Candidate, chosen []bool) {
	last := -1
	for i := range cands {
		if !chosen[i] {
			continue
		}
		c := &cands[i]
		if last >= 0 && c.Span.Start < cands[last].Span.End {
			if c.strength > cands[last].strength {
				chosen[last] = false
				last = i
			} else {
				chosen[i] = false
			}
			continue
		}
		last = i
	}
}
