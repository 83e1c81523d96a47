package document

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Evidence says why an edit was made, for a person to judge.
type Evidence struct {
	Basis string `json:"basis"` // one short phrase: what in the text decided it
}

// Edit is one change to the source: the bytes of Span, which are Before,
// become After.
type Edit struct {
	Rule       string // the rule's name; two joined by "+" where one changed the other's work
	Span       Span
	Before     string  // what stands in the source
	After      string  // what replaces it; empty for a deletion
	Confidence float64 // 0 … 1
	Evidence   Evidence
}

// Errors of [Apply] and [Undo]; they come wrapped with the edit's place.
var (
	ErrEditOrder  = errors.New("edits overlap or are out of order")
	ErrEditSpan   = errors.New("edit lies outside the text or inside a character")
	ErrEditBefore = errors.New("edit does not find the text it replaces")
)

// Apply makes the edits in text and returns the result. The edits must be
// sorted by start and must not overlap; two edits may meet, and at one place
// at most one may be an insertion (an edit of an empty span). Every edit must
// find its Before. Linear in text and edits.
func Apply(text string, edits []Edit) (string, error) {
	if len(edits) == 0 {
		return text, nil
	}
	var b strings.Builder
	b.Grow(len(text) + max(growth(edits), 0))
	at := 0
	for i, e := range edits {
		if err := checkEdit(text, edits, i); err != nil {
			return "", err
		}
		b.WriteString(text[at:e.Span.Start])
		b.WriteString(e.After)
		at = e.Span.End
	}
	b.WriteString(text[at:])
	return b.String(), nil
}

// growth is by how many bytes edits make a text longer.
func growth(edits []Edit) int {
	n := 0
	for _, e := range edits {
		n += len(e.After) - len(e.Before)
	}
	return n
}

func checkEdit(text string, edits []Edit, i int) error {
	e := edits[i]
	if e.Span.Start < 0 || e.Span.End < e.Span.Start || e.Span.End > len(text) ||
		!boundary(text, e.Span.Start) || !boundary(text, e.Span.End) {
		return fmt.Errorf("edit %d (%s) at %d-%d: %w", i, e.Rule, e.Span.Start, e.Span.End, ErrEditSpan)
	}
	if i > 0 {
		p := edits[i-1]
		if e.Span.Start < p.Span.End || e.Span == p.Span {
			return fmt.Errorf("edit %d (%s) at %d-%d: %w", i, e.Rule, e.Span.Start, e.Span.End, ErrEditOrder)
		}
	}
	if got := e.Span.Of(text); got != e.Before {
		return fmt.Errorf("edit %d (%s) at %d-%d finds %q, not %q: %w",
			i, e.Rule, e.Span.Start, e.Span.End, got, e.Before, ErrEditBefore)
	}
	return nil
}

// boundary reports whether byte offset i starts a rune of text or ends it.
func boundary(text string, i int) bool {
	return i == 0 || i == len(text) || utf8.RuneStart(text[i])
}

// Undo takes an edited text back: Undo(Apply(s, edits), edits) is s.
func Undo(edited string, edits []Edit) (string, error) {
	if len(edits) == 0 {
		return edited, nil
	}
	var b strings.Builder
	b.Grow(len(edited) + max(-growth(edits), 0))
	at, shift := 0, 0 // shift: edited offset minus source offset
	for i, e := range edits {
		start := e.Span.Start + shift
		end := start + len(e.After)
		if start < at || end > len(edited) {
			return "", fmt.Errorf("edit %d (%s): %w", i, e.Rule, ErrEditSpan)
		}
		if edited[start:end] != e.After {
			return "", fmt.Errorf("edit %d (%s) finds %q, not %q: %w", i, e.Rule, edited[start:end], e.After, ErrEditBefore)
		}
		b.WriteString(edited[at:start])
		b.WriteString(e.Before)
		at = end
		shift += len(e.After) - len(e.Before)
	}
	b.WriteString(edited[at:])
	return b.String(), nil
}

// SortEdits orders edits by place, which is how a ledger holds them.
func SortEdits(edits []Edit) {
	slices.SortStableFunc(edits, func(a, b Edit) int { return a.Span.Compare(b.Span) })
}

// editedText applies the edits that lie inside s. The edits are a valid ledger.
func editedText(source string, s Span, edits []Edit) string {
	i := sort.Search(len(edits), func(i int) bool { return edits[i].Span.Start >= s.Start })
	if i == len(edits) || edits[i].Span.End > s.End {
		return s.Of(source)
	}
	var b strings.Builder
	at := s.Start
	for ; i < len(edits) && edits[i].Span.End <= s.End; i++ {
		b.WriteString(source[at:edits[i].Span.Start])
		b.WriteString(edits[i].After)
		at = edits[i].Span.End
	}
	b.WriteString(source[at:s.End])
	return b.String()
}
