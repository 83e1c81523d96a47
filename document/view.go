package document

import (
	"slices"
	"sort"
	"strings"
)

// View is a text with edits made, and the way back to the source.
type View struct {
	Text  string
	edits []Edit
	at    []int // at[i] is where edits[i].After begins in Text
}

// NewView makes the edits in source. The edits are a ledger as [Apply] wants
// it, and the errors are Apply's. The view keeps the slice.
func NewView(source string, edits []Edit) (View, error) {
	text, err := Apply(source, edits)
	if err != nil {
		return View{}, err
	}
	at := make([]int, len(edits))
	shift := 0
	for i, e := range edits {
		at[i] = e.Span.Start + shift
		shift += len(e.After) - len(e.Before)
	}
	return View{Text: text, edits: edits, at: at}, nil
}

// Source is the span of the source that s of the view came from. A border of
// s that falls inside replaced text moves outwards to the edit's border. What
// was deleted right behind s belongs to s, what was deleted before it does not.
func (v View) Source(s Span) Span {
	if s.Empty() {
		p := v.start(s.Start)
		return Span{p, p}
	}
	return Span{v.start(s.Start), v.end(s.End)}
}

// start maps a view offset to the source, for the beginning of a span: what
// was deleted right before it stays before it.
func (v View) start(p int) int {
	// The last edit whose replacement begins at or before p.
	i := sort.Search(len(v.at), func(i int) bool { return v.at[i] > p }) - 1
	if i < 0 {
		return p
	}
	e := v.edits[i]
	if over := p - v.at[i]; over >= len(e.After) {
		return e.Span.End + over - len(e.After)
	}
	return e.Span.Start
}

// end maps a view offset to the source, for the end of a span: what was
// deleted right behind it belongs to it.
func (v View) end(p int) int {
	i := v.lastBefore(p)
	for i+1 < len(v.at) && v.at[i+1] == p && v.edits[i+1].After == "" {
		i++
	}
	return v.endBehind(i, p)
}

// tightEnd maps like end, but leaves what was deleted right behind p outside.
func (v View) tightEnd(p int) int { return v.endBehind(v.lastBefore(p), p) }

// lastBefore is the last edit whose replacement begins before p, -1 for none.
func (v View) lastBefore(p int) int {
	return sort.Search(len(v.at), func(i int) bool { return v.at[i] >= p }) - 1
}

// endBehind is the source offset of view offset p, where i is the last edit
// that counts before it.
func (v View) endBehind(i, p int) int {
	if i < 0 {
		return p
	}
	e := v.edits[i]
	if over := p - v.at[i]; over >= len(e.After) {
		return e.Span.End + over - len(e.After)
	}
	return e.Span.End
}

// Of is the span of the view that shows s of the source. A border inside
// replaced text moves outwards.
func (v View) Of(s Span) Span {
	start := v.of(s.Start, false)
	return Span{start, max(start, v.of(s.End, true))}
}

func (v View) of(p int, end bool) int {
	// The last edit that begins before p (or at p, for a beginning).
	i := sort.Search(len(v.edits), func(i int) bool { return v.edits[i].Span.Start >= p }) - 1
	if i < 0 {
		return p
	}
	e := v.edits[i]
	if p >= e.Span.End {
		return v.at[i] + len(e.After) + p - e.Span.End
	}
	if end {
		return v.at[i] + len(e.After)
	}
	return v.at[i]
}

// Fold brings edits of the view into the ledger that made it: the result is
// one ledger over the source which gives the text that over, made in the
// view, gives. over is a valid ledger of v.Text. Where an edit of over touches
// replaced text, the two become one edit whose rule names both.
func (v View) Fold(source string, over []Edit) []Edit {
	out := make([]Edit, 0, len(v.edits)+len(over))
	i := 0 // next edit of the view's own ledger
	for k := 0; k < len(over); {
		// own edits whose replacement lies wholly before over[k]
		for i < len(v.edits) && v.before(i, over[k].Span) {
			out = append(out, v.edits[i])
			i++
		}
		if i == len(v.edits) || !v.touches(i, over[k].Span) {
			out = append(out, v.moved(over[k], source))
			k++
			continue
		}
		merged, ni, nk := v.merge(source, over, i, k)
		out = append(out, merged)
		i, k = ni, nk
	}
	out = append(out, v.edits[i:]...)
	return slices.DeleteFunc(out, func(e Edit) bool { return e.Before == e.After })
}

// before reports whether own edit i ends before the view span s begins.
func (v View) before(i int, s Span) bool {
	end := v.at[i] + len(v.edits[i].After)
	return end < s.Start || end == s.Start && !v.touches(i, s)
}

// touches reports whether the replacement of own edit i and s share text, or
// one lies inside the other. Insertions touch at their borders too: a ledger
// has at most one at a place.
func (v View) touches(i int, s Span) bool {
	start, end := v.at[i], v.at[i]+len(v.edits[i].After)
	if s.Empty() && (start == end || v.edits[i].Span.Empty()) {
		return start <= s.Start && s.Start <= end
	}
	return start < s.End && s.Start < end
}

// moved is an edit of the view, which touches no own edit, in source terms.
func (v View) moved(e Edit, source string) Edit {
	start := v.start(e.Span.Start)
	e.Span = Span{start, max(start, v.tightEnd(e.Span.End))}
	e.Before = e.Span.Of(source)
	return e
}

// merge makes one edit of the chain of touching edits that begins at own
// edit i and at over[k], and returns the next indices of both.
func (v View) merge(source string, over []Edit, i, k int) (Edit, int, int) {
	first := i
	span := Span{min(v.at[i], over[k].Span.Start), max(v.at[i]+len(v.edits[i].After), over[k].Span.End)}
	rules := []string{v.edits[i].Rule}
	confidence := v.edits[i].Confidence
	evidence := v.edits[i].Evidence
	startK := k
	i++
	for k < len(over) && (k == startK || over[k].Span.Start < span.End || v.touches(i-1, over[k].Span)) {
		span.End = max(span.End, over[k].Span.End)
		rules = append(rules, over[k].Rule)
		confidence = min(confidence, over[k].Confidence)
		if evidence.Basis == "" {
			evidence = over[k].Evidence
		}
		k++
		for i < len(v.edits) && v.touches(i, span) {
			span.End = max(span.End, v.at[i]+len(v.edits[i].After))
			rules = append(rules, v.edits[i].Rule)
			i++
		}
	}
	// The chain's own text, with over's edits made in it.
	after := editedText(v.Text, span, over[startK:k])
	src := Span{v.start(span.Start), v.tightEnd(span.End)}
	src.Start = min(src.Start, v.edits[first].Span.Start)
	src.End = max(src.End, v.edits[i-1].Span.End)
	return Edit{
		Rule: joinRules(rules), Span: src, Before: src.Of(source), After: after,
		Confidence: confidence, Evidence: evidence,
	}, i, k
}

// joinRules names every rule once, in order.
func joinRules(rules []string) string {
	var names []string
	for _, joined := range rules {
		for r := range strings.SplitSeq(joined, "+") {
			if !slices.Contains(names, r) {
				names = append(names, r)
			}
		}
	}
	return strings.Join(names, "+")
}
