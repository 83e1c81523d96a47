package outline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/lexicon"
	"zhize/extract/outline/marker"
)

// tokenize takes the lines of an article apart: heads, fields and titles by
// their words, markers by the sequence that counts best, and the text between.
func (b *builder) tokenize(r document.Span) []token {
	var cands []marker.Candidate // moved together in the place of the lines'
	if r.Start < r.End {
		from := b.lines[r.Start].cands[0]
		cands = b.cands[from:from]
	}
	named := b.named[:0]
	for n := r.Start; n < r.End; n++ {
		if !b.isBody(n) {
			continue
		}
		from := len(cands)
		cands = append(cands, b.lineCands(&b.lines[n])...)
		named = b.scanLine(cands[from:], named, n)
		if b.parts+len(cands)+len(named) > MaxParts {
			b.parts = MaxParts + 1
			return nil
		}
	}
	for len(b.columns) > 0 && b.columns[0].line < r.End {
		named = append(named, b.columns[0])
		b.columns = b.columns[1:]
	}
	b.parts += len(cands) + len(named)
	slices.SortFunc(named, func(a, b token) int { return cmp.Compare(a.span.Start, b.span.Start) })
	heads := b.starts[:0]
	for _, t := range named {
		heads = append(heads, t.span.Start)
	}
	b.named, b.starts = named, heads
	chosen := b.chooser.Choose(cands, heads)
	b.pageNumbers(cands, chosen)
	return b.fill(r, &parts{cands: cands, chosen: chosen, named: named})
}

// isBody reports a line that is an article's text.
func (b *builder) isBody(n int) bool {
	l := &b.lines[n]
	return l.reason == document.NoReason && !l.meta && !l.heads && !b.isArticleHead(n)
}

// parts are what an article's tokens are made of, both in order: the chosen
// candidates that no head or field has taken, and the named tokens.
type parts struct {
	cands  []marker.Candidate
	chosen []bool
	named  []token
	ahead  int // the first named token that ends behind the next candidate's start
	given  int // named tokens given so far
	at     int // the next candidate
}

// count is how many tokens the parts give at most.
func (p *parts) count() int {
	n := len(p.named)
	for _, c := range p.chosen {
		if c {
			n++
		}
	}
	return n
}

// next gives the next token that begins before end, if there is one; line is
// where end lies. Of two at one place the named one comes first.
func (p *parts) next(end, line int, lineStart int) (token, bool) {
	for p.at < len(p.cands) && (!p.chosen[p.at] || p.taken(p.cands[p.at].Span)) {
		p.at++
	}
	if p.given < len(p.named) && (p.at == len(p.cands) || p.named[p.given].span.Start <= p.cands[p.at].Span.Start) {
		t := p.named[p.given]
		if t.span.Start >= end {
			return token{}, false
		}
		p.given++
		return t, true
	}
	if p.at == len(p.cands) || p.cands[p.at].Span.Start >= end {
		return token{}, false
	}
	c := &p.cands[p.at]
	p.at++
	return token{kind: markerToken, span: c.Span, line: line, mark: c, marked: true, first: lineStart == c.Span.Start}, true
}

// taken reports a candidate that is part of a named token.
func (p *parts) taken(s document.Span) bool {
	for p.ahead < len(p.named) && p.named[p.ahead].span.End <= s.Start {
		p.ahead++
	}
	return p.ahead < len(p.named) && p.named[p.ahead].span.Overlaps(s)
}

// lineAt is the line that holds offset p.
func (b *builder) lineAt(p int) int {
	i, ok := slices.BinarySearchFunc(b.lines, p, func(l line, p int) int { return cmp.Compare(l.span.Start, p) })
	if !ok {
		i--
	}
	return i
}

// pageNumbers finds the numbers of preview pages that cut a sentence in two
// ("协助处理大⏎⏎2、型招投标…") and look like the next item, and takes them out of
// the chosen candidates: the line before breaks off inside a sentence, and the
// count goes on as if the number were not there. They become edits.
func (b *builder) pageNumbers(cands []marker.Candidate, chosen []bool) {
	prev := -1 // the last chosen candidate
	count := 0 // the last chosen number of a list 1、 2、
	n := 0     // the line of candidate i
	stops := unknownStops
	for i := range cands {
		c := &cands[i]
		if c.Left == marker.LineStart && prev >= 0 {
			if n == 0 {
				n = b.lineAt(c.Span.Start)
			}
			for n+1 < len(b.lines) && b.lines[n+1].span.Start <= c.Span.Start {
				n++
			}
		}
		page := c.Left == marker.LineStart && c.Style == marker.Arabic && prev >= 0 && b.cutsLine(c, &cands[prev], n)
		if page {
			if stops == unknownStops {
				stops = b.stopsOf(cands, chosen)
			}
			opens := b.opensItem(c.Body)
			astray := stops == mostStopped && !opens && count != c.Ordinal-1
			page = (stops == mostStopped || !opens) && b.pageNumber(cands, chosen, prev, i, n, astray)
		}
		if !page {
			if chosen[i] {
				prev = i
				if c.Style == marker.Arabic {
					count = c.Ordinal
				}
			}
			continue
		}
		chosen[i] = false
		cut := document.Span{Start: b.lines[n-1].span.End, End: c.Body}
		b.out.Edits = append(b.out.Edits, document.Edit{
			Rule: "page-number", Span: cut, Before: cut.Of(b.in.Text), Confidence: 0.97,
			Evidence: document.Evidence{Basis: "the line before breaks off and the count goes on without this number"},
		})
	}
}

// lineStops tells whether the lines before the markers at lines' starts end with a
// stop as a rule: of the others a line's end says nothing.
type lineStops uint8

const (
	unknownStops lineStops = iota
	fewStopped
	mostStopped
)

func (b *builder) stopsOf(cands []marker.Candidate, chosen []bool) lineStops {
	all, stopped := 0, 0
	for i := range cands {
		if c := &cands[i]; chosen[i] && c.Left == marker.LineStart && c.Ordinal > 1 {
			before := strings.TrimRightFunc(b.text[:c.Span.Start], isSpace)
			all++
			if stopMarks.In(lastRune(before)) {
				stopped++
			}
		}
	}
	if stopped*2 >= all {
		return mostStopped
	}
	return fewStopped
}

// opensItem reports a line whose text at p begins as a duty or a qualification does.
func (b *builder) opensItem(p int) bool {
	l := &b.lines[b.lineAt(p)]
	return lexicon.OpensItem(b.text[p:max(p, l.span.End)])
}

// cutsLine reports a number c at the start of line n behind the marker p that may
// be a page's: the line before it is text of p's and ends inside a sentence.
func (b *builder) cutsLine(c, p *marker.Candidate, n int) bool {
	if n == 0 || b.lines[n].span.Start != c.Span.Start || c.Alone || c.Figure || c.Spaced {
		return false
	}
	l, before := &b.lines[n], &b.lines[n-1]
	if c.Ordinal < 2 || c.Form != '、' && c.Form != '.' || before.reason != document.NoReason || before.meta {
		return false
	}
	if (before.marks|l.marks)&(tabMark|pipeMark) != 0 {
		return false // rows of a table
	}
	text := b.str(before.span)
	if r, _ := utf8.DecodeLastRuneInString(text); !isHanRune(r) {
		return false
	}
	return p.Body < before.span.End && !b.isArticleHead(n-1) && b.adjacent(n-1, n) && !headedLine(text)
}

// pageNumber reports whether candidate i, behind the chosen prev, is the
// number of a page; n is its line. Astray tells that no list of its style comes to
// it, and that a line that ends without a stop was cut.
func (b *builder) pageNumber(cands []marker.Candidate, chosen []bool, prev, i, n int, astray bool) bool {
	c, p := &cands[i], &cands[prev]
	if p.Style != marker.Arabic {
		if astray {
			return true
		}
		k := i + 1
		for k < len(cands) && k < i+tokensAhead && !chosen[k] {
			k++
		}
		return k < len(cands) && chosen[k] && cands[k].Style == p.Style && cands[k].Ordinal == p.Ordinal+1
	}
	if !chosen[i] {
		return c.Ordinal <= p.Ordinal+1
	}
	if c.Ordinal <= p.Ordinal && !b.counts(cands, chosen, i) && stopMarks.In(lastRune(b.str(b.lines[n].span))) {
		return true
	}
	want := p.Ordinal + 1
	for k := i + 1; k < len(cands) && k < i+tokensAhead; k++ {
		if chosen[k] && cands[k].Style == marker.Arabic {
			if cands[k].Ordinal == want {
				return c.Ordinal <= want
			}
			break
		}
	}
	return false
}

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func isHanRune(r rune) bool { return r >= 0x3400 && r <= 0x9fff }

// counts reports whether the next chosen number behind candidate i follows it.
func (b *builder) counts(cands []marker.Candidate, chosen []bool, i int) bool {
	for k := i + 1; k < len(cands) && k < i+tokensAhead; k++ {
		if chosen[k] && cands[k].Style == cands[i].Style {
			return cands[k].Ordinal == cands[i].Ordinal+1
		}
	}
	return false
}

// fill puts the text between the tokens as tokens of its own, one for each
// line and table cell.
func (b *builder) fill(r document.Span, p *parts) []token {
	out := slices.Grow(b.tokens[:0], p.count()+r.Len())
	cuts := b.out.Edits[b.cuts:]
	b.cuts = len(b.out.Edits)
	for n := r.Start; n < r.End; n++ {
		l := &b.lines[n]
		if b.isArticleHead(n) {
			out = append(out, token{kind: articleToken, span: l.span, line: n, first: true})
			continue
		}
		if !b.isBody(n) {
			continue
		}
		for i, c := range b.cells(l) {
			at := c.Start
			for {
				t, ok := p.next(c.End, n, l.span.Start)
				if !ok {
					break
				}
				out = b.appendText(out, document.Span{Start: at, End: t.span.Start}, n, i)
				out = append(out, t)
				if t.kind == titleToken && t.marked { // may be an item with its text
					out = b.appendText(out, document.Span{Start: t.mark.Body, End: t.span.End}, n, i)
				}
				at = max(at, t.span.End)
			}
			for len(cuts) > 0 && cuts[0].Span.End <= c.End {
				at = max(at, cuts[0].Span.End)
				cuts = cuts[1:]
			}
			out = b.appendText(out, document.Span{Start: at, End: c.End}, n, i)
		}
	}
	b.tokens = out
	return out
}

func (b *builder) appendText(out []token, s document.Span, line, cell int) []token {
	if s.End <= s.Start {
		return out
	}
	if s = b.trim(s); s.Empty() {
		return out
	}
	return append(out, token{kind: textToken, span: s, line: line, first: s.Start == b.lines[line].span.Start, cell: cell > 0})
}
