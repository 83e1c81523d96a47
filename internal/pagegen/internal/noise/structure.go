package noise

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"
)

// headless takes away the heads of positions behind the first, so that only
// the numbering tells where they begin. Both lists must be long enough to be
// seen, and be all their positions have.
func headless(s *sheet.Sheet, r *rand.Rand) bool {
	all := runs(s)
	var gone []int
	for k := len(all) - 1; k > 0; k-- {
		before, at := all[k-1], all[k]
		if before.to+1 != at.from || before.to-before.from < 3 || at.to-at.from < 3 {
			continue
		}
		head := &s.Lines[before.to]
		first, last := &s.Lines[at.from], &s.Lines[before.to-1]
		if head.Role != sheet.PositionHead || first.Number != 1 || first.Position == last.Position ||
			separator(first.Label) != separator(last.Label) ||
			len(s.Positions[first.Position].Sections) > 1 || len(s.Positions[last.Position].Sections) > 1 ||
			s.Positions[first.Position].Article != s.Positions[last.Position].Article || r.IntN(2) == 0 {
			continue
		}
		s.Positions[first.Position].Title = ""
		gone = append(gone, before.to)
	}
	if len(gone) == 0 {
		return false
	}
	kept := s.Lines[:0]
	for i := range s.Lines {
		if n := len(gone); n > 0 && gone[n-1] == i {
			gone = gone[:n-1] // they were found from the end
			continue
		}
		kept = append(kept, s.Lines[i])
	}
	s.Lines = kept
	return true
}

// lostItems takes one or two items out of the middle of a list.
func lostItems(s *sheet.Sheet, r *rand.Rand) bool {
	at, ok := longRun(s, r, 6)
	if !ok {
		return false
	}
	n := 1 + r.IntN(2)
	from := at.from + 2 + r.IntN(at.to-at.from-n-3)
	s.Lines = slices.Delete(s.Lines, from, from+n)
	return true
}

// lateStart takes the first items of a list away. Not of a page's first list
// without a head: there nothing would say that a list begins.
func lateStart(s *sheet.Sheet, r *rand.Rand) bool {
	at, ok := longRun(s, r, 6)
	if !ok || at.from == 0 || s.Lines[at.from-1].Role.Site() || s.Lines[at.from].Number != 1 {
		return false
	}
	s.Lines = slices.Delete(s.Lines, at.from, at.from+1+r.IntN(3))
	return true
}

// repeatedNumber gives two items running the same number; those behind go on
// counting from it. Never 1: two of those would be two lists.
func repeatedNumber(s *sheet.Sheet, r *rand.Rand) bool {
	at, ok := longRun(s, r, 5)
	if !ok || !decimal(s.Lines[at.from].Label) && s.Labelled() {
		return false
	}
	for i := at.from + 2 + r.IntN(at.to-at.from-3); i < at.to; i++ {
		l := &s.Lines[i]
		renumber(l, l.Number-1)
	}
	return true
}

// decimal reports labels that open with their number: "3、", not "(3)".
func decimal(label string) bool { return startsWithDigit(label) }

func renumber(l *sheet.Line, n int) {
	l.Number = n
	l.Label = number(n) + separator(l.Label)
}

// cutOff breaks the page's last item off in its middle.
func cutOff(s *sheet.Sheet, r *rand.Rand) bool {
	last := -1
	for i := range s.Lines {
		if !s.Lines[i].Role.Site() {
			last = i
		}
	}
	if last < 0 || !isNumbered(&s.Lines[last]) {
		return false
	}
	l := &s.Lines[last]
	n := utf8.RuneCountInString(l.Text.Clean)
	if n < 16 {
		return false
	}
	runes := []rune(l.Text.Clean)
	l.Text = sheet.Text{Clean: string(runes[:n/2+r.IntN(3)])}
	l.Fragment = true
	return true
}

// doubledHead says a head a second time.
func doubledHead(s *sheet.Sheet, r *rand.Rand) bool {
	if s.Layout == sheet.ColumnTable {
		return false
	}
	start := r.IntN(len(s.Lines) + 1)
	for k := range s.Lines {
		i := (start + k) % len(s.Lines)
		l := s.Lines[i]
		named := strings.Contains(l.Text.Clean, "职责") || strings.Contains(l.Text.Clean, "说明书")
		if (l.Role == sheet.PositionHead || l.Role == sheet.ArticleHead) && named && l.Label == "" {
			l.Glued = false
			s.Lines = slices.Insert(s.Lines, i, l)
			return true
		}
	}
	return false
}
