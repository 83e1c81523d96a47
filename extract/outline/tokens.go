package outline

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/marker"
)

// tokenize takes the lines of an article apart: heads, fields and titles by
// their words, markers by the sequence that counts best, and the text between.
func (b *builder) tokenize(r document.Span) []token {
	var cands []marker.Candidate
	var named []token
	for n := r.Start; n < r.End; n++ {
		if l := &b.lines[n]; l.reason == "" && !l.meta && !b.isArticleHead(n) {
			cands, named = b.scanLine(cands, named, n)
		}
	}
	slices.SortFunc(named, func(a, b token) int { return cmp.Compare(a.span.Start, b.span.Start) })
	heads := make([]int, 0, len(named))
	for _, t := range named {
		heads = append(heads, t.span.Start)
	}
	chosen := marker.Choose(cands, heads)
	marks := b.markers(cands, chosen, named)
	marks = b.cutByPageNumbers(marks)
	return b.fill(r, merge(named, marks))
}

// markers are the chosen candidates that no head or field has taken.
func (b *builder) markers(cands []marker.Candidate, chosen []bool, named []token) []token {
	var out []token
	k := 0
	for i, c := range cands {
		if !chosen[i] {
			continue
		}
		for k < len(named) && named[k].span.End <= c.Span.Start {
			k++
		}
		if k < len(named) && named[k].span.Overlaps(c.Span) {
			continue
		}
		n := b.lineAt(c.Span.Start)
		out = append(out, token{
			kind: markerToken, span: c.Span, line: n, mark: c, marked: true,
			first: b.lines[n].span.Start == c.Span.Start,
		})
	}
	return out
}

// lineAt is the line that holds offset p.
func (b *builder) lineAt(p int) int {
	i, ok := slices.BinarySearchFunc(b.lines, p, func(l line, p int) int { return cmp.Compare(l.span.Start, p) })
	if !ok {
		i--
	}
	return i
}

// cutByPageNumbers finds the numbers of preview pages that cut a sentence in
// two ("协助处理大⏎⏎2、型招投标…") and look like the next item: the line before
// breaks off inside a sentence although the list's items end with a stop, and
// the count goes on as if the number were not there. They become edits.
func (b *builder) cutByPageNumbers(marks []token) []token {
	var out []token
	for i, m := range marks {
		if len(out) > 0 && i+1 <= len(marks) && b.pageCut(out[len(out)-1], m, marks[i+1:]) {
			prev := b.lines[m.line-1].span.End
			cut := document.Span{Start: prev, End: m.mark.Body}
			b.out.Edits = append(b.out.Edits, document.Edit{
				Rule: "page-number", Span: cut, Before: cut.Of(b.in.Text), Confidence: 0.97,
				Evidence: document.Evidence{Basis: "the line before breaks off and the count goes on without this number"},
			})
			continue
		}
		out = append(out, m)
	}
	return out
}

func (b *builder) pageCut(prev, m token, rest []token) bool {
	if !m.first || m.line == 0 || m.mark.Style != marker.Arabic || prev.mark.Style != marker.Arabic || m.mark.Alone {
		return false
	}
	if prev.line != m.line-1 || b.lines[prev.line].reason != "" {
		return false
	}
	before := b.str(b.lines[m.line-1].span)
	if r, _ := utf8.DecodeLastRuneInString(before); !isHanRune(r) {
		return false
	}
	if !strings.ContainsAny(lastRune(b.str(b.lines[m.line].span)), stops) {
		return false
	}
	want := prev.mark.Ordinal + 1
	if len(rest) > 0 && rest[0].mark.Style == marker.Arabic && rest[0].mark.Ordinal == want {
		return m.mark.Ordinal <= want
	}
	return m.mark.Ordinal < want && m.mark.Ordinal > 1
}

// stops are the marks that end a sentence.
const stops = "。；;！!？?…”）)"

func lastRune(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}

func isHanRune(r rune) bool { return r >= 0x3400 && r <= 0x9fff }

func merge(a, b []token) []token {
	out := append(slices.Clone(a), b...)
	slices.SortStableFunc(out, func(x, y token) int { return cmp.Compare(x.span.Start, y.span.Start) })
	return out
}

// fill puts the text between the tokens as tokens of its own, one for each
// line and table cell.
func (b *builder) fill(r document.Span, tokens []token) []token {
	out := make([]token, 0, 2*len(tokens)+r.Len())
	cuts := b.out.Edits
	k := 0
	for n := r.Start; n < r.End; n++ {
		l := &b.lines[n]
		if b.isArticleHead(n) {
			out = append(out, token{kind: articleToken, span: l.span, line: n, first: true})
			continue
		}
		if l.reason != "" || l.meta {
			continue
		}
		for i, c := range b.cells(*l) {
			at := c.Start
			for k < len(tokens) && tokens[k].span.Start < c.End {
				out = b.appendText(out, document.Span{Start: at, End: tokens[k].span.Start}, n, i)
				out = append(out, tokens[k])
				at = max(at, tokens[k].span.End)
				k++
			}
			for _, e := range cuts {
				if e.Span.Start < at && e.Span.End > at && e.Span.End <= c.End {
					at = e.Span.End
				}
			}
			out = b.appendText(out, document.Span{Start: at, End: c.End}, n, i)
		}
	}
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
