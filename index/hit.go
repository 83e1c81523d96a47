package index

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/index/internal/analysis"
	"zhize/index/internal/store"
	"zhize/index/query"
	"zhize/record"
)

// marks is what of a query is highlighted in a text: all that may hold there,
// not what stands below a minus.
type marks struct {
	terms    map[string]bool
	prefixes []string
	phrases  []analysis.Phrase
}

func (s *search) marks() *marks {
	m := &marks{terms: map[string]bool{}}
	if s.query != nil {
		m.add(s, s.query)
	}
	return m
}

func (m *marks) add(s *search, q query.Query) {
	switch q := q.(type) {
	case query.And:
		for _, p := range q {
			m.add(s, p)
		}
	case query.Or:
		for _, p := range q {
			m.add(s, p)
		}
	case query.Word:
		if folded := analysis.Fold(q.Text); s.words.WordTerm(folded) {
			m.terms[folded] = true
		} else {
			m.phrases = append(m.phrases, analysis.NewPhrase(folded, false))
		}
	case query.Phrase:
		m.phrases = append(m.phrases, analysis.NewPhrase(analysis.Fold(q.Text), false))
	case query.Prefix:
		if folded := analysis.Fold(q.Text); s.words.OneTerm(folded) {
			m.prefixes = append(m.prefixes, folded)
		} else {
			m.phrases = append(m.phrases, analysis.NewPhrase(folded, true))
		}
	}
}

// in lists where the marks stand in a text, in code points, in order; what
// overlaps or touches is one.
func (m *marks) in(text string, a *analysis.Analyzer) []record.Span {
	folded := analysis.Fold(text)
	var spans [][2]int // bytes of folded
	add := func(start, end int) bool {
		spans = append(spans, [2]int{start, end})
		return true
	}
	if len(m.terms)+len(m.prefixes) > 0 {
		a.Terms(folded, func(term string, start, end int) {
			if m.terms[term] || slices.ContainsFunc(m.prefixes, func(p string) bool { return strings.HasPrefix(term, p) }) {
				add(start, end)
			}
		})
	}
	for _, p := range m.phrases {
		p.In(folded, add)
	}
	slices.SortFunc(spans, func(x, y [2]int) int { return slices.Compare(x[:], y[:]) })
	out := []record.Span{}
	at, points := 0, 0 // as far as is counted
	end := -1          // of the last span, bytes
	for _, s := range spans {
		switch {
		case s[1] <= end:
			continue
		case s[0] <= end:
		default:
			points += utf8.RuneCountInString(folded[at:s[0]])
			at = s[0]
			out = append(out, record.Span{points, points})
		}
		points += utf8.RuneCountInString(folded[at:s[1]])
		at, end = s[1], s[1]
		out[len(out)-1][1] = points
	}
	return out
}

// hit shows a result.
func (s *search) hit(r result, m *marks) (record.Hit, error) {
	row := s.store.Duty(r.doc)
	shown, err := s.store.Show(row.Position)
	if err != nil {
		return record.Hit{}, err
	}
	kinds, err := s.store.Values(store.Kinds)
	if err != nil {
		return record.Hit{}, err
	}
	flags, err := s.store.Values(store.Flags)
	if err != nil {
		return record.Hit{}, err
	}
	details := s.store.Details(&row)
	text, position := s.store.Text(&row), string(s.store.PositionID(row.Position))
	h := record.Hit{
		ID: record.ItemID(position, int(details.Ordinal)), Score: r.score,
		Text: text, Highlights: m.in(text, s.words),
		Kind: kinds[row.Kind], Title: shown.Title, Article: shown.Article,
		Page:     record.HitPage{ID: shown.PageID, URI: shown.URI, Title: shown.PageTitle, Site: shown.Site},
		Span:     record.Span{int(details.Start), int(details.End)},
		Position: position, Flags: strings.Fields(flags[details.Flags]),
	}
	if h.Flags == nil {
		h.Flags = []string{}
	}
	if n := int(row.Number); n > 0 {
		h.Number = &n
	}
	if s.groupBy.duplicates {
		h.Duplicates = int(r.size) - 1
	}
	return h, nil
}
