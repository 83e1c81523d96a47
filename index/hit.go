package index

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/index/internal/analysis"
	"zhize/index/internal/store"
	"zhize/index/internal/synonym"
	"zhize/index/query"
	"zhize/record"
)

// marks is what of a query is highlighted in a text: all that may hold there,
// not what stands below a minus.
type marks struct {
	terms    map[string]bool
	prefixes []string
	phrases  []analysis.Phrase
	titles   []analysis.Phrase // in a title
}

func newMarks() *marks { return &marks{terms: map[string]bool{}} }

func (s *search) marks() *marks {
	m := newMarks()
	m.add(s, s.query)
	for _, w := range s.alike {
		for _, w := range append(synonym.Of(w), w) {
			m.terms[w] = true
		}
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
		folded := analysis.Fold(q.Text)
		if to := s.meanings[folded].main; to != "" {
			folded = to
		}
		m.word(s, folded)
	case query.Phrase:
		p := phraseOf(q.Text, false)
		m.phrases, m.titles = append(m.phrases, p), append(m.titles, p)
	case query.Prefix:
		p := phraseOf(q.Text, true)
		m.titles = append(m.titles, p)
		if folded := analysis.Fold(q.Text); s.words.OneTerm(folded) {
			m.prefixes = append(m.prefixes, folded)
		} else {
			m.phrases = append(m.phrases, p)
		}
	}
}

// word adds a folded word.
func (m *marks) word(s *search, folded string) {
	p := analysis.NewPhrase(folded, false)
	m.titles = append(m.titles, p)
	if s.words.WordTerm(folded) {
		m.terms[folded] = true
	} else {
		m.phrases = append(m.phrases, p)
	}
}

// also are the words of a query that a text has in other words only.
type also struct {
	word string
	as   []string // each of which marks says where
	in   []*marks
}

// also lists what the words of a query may also mean.
func (s *search) also() []also {
	var list []also
	for _, word := range slices.Sorted(maps.Keys(s.meanings)) {
		m := s.meanings[word]
		if len(m.other) == 0 {
			continue
		}
		a := also{word: word, as: m.other}
		for _, w := range m.other {
			in := newMarks()
			in.word(s, w)
			a.in = append(a.in, in)
		}
		list = append(list, a)
	}
	return list
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
	return points(folded, spans)
}

// inTitle lists where the marks stand in a title.
func (m *marks) inTitle(title string) []record.Span {
	folded := analysis.Fold(title)
	var spans [][2]int
	for _, p := range m.titles {
		p.In(folded, func(start, end int) bool {
			spans = append(spans, [2]int{start, end})
			return true
		})
	}
	return points(folded, spans)
}

// points counts spans of bytes in code points; what overlaps or touches is one.
func points(folded string, spans [][2]int) []record.Span {
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
func (s *search) hit(r result, m *marks, others []also) (record.Hit, error) {
	row := s.store.Duty(r.doc)
	shown, err := s.store.Show(row.Position)
	if err != nil {
		return record.Hit{}, err
	}
	details := s.store.Details(&row)
	text, position := s.store.Text(&row), string(s.store.PositionID(row.Position))
	h := record.Hit{
		ID: record.ItemID(position, int(details.Ordinal)), Score: r.score,
		Text: text, Highlights: m.in(text, s.words),
		Kind: s.store.Value(store.Kinds, row.Kind), Title: shown.Title, Article: shown.Article,
		Page:     record.HitPage{ID: shown.PageID, URI: shown.URI, Title: shown.PageTitle, Site: shown.Site},
		Span:     record.Span{int(details.Start), int(details.End)},
		Position: position, Flags: strings.Fields(s.store.Value(store.Flags, details.Flags)), Match: matchNames[r.match],
		TitleHighlights: []record.Span{},
	}
	if h.Flags == nil {
		h.Flags = []string{}
	}
	if shown.Title != nil {
		h.TitleHighlights = m.inTitle(*shown.Title)
	}
	if r.match >= title { // the text has it in other words, if at all
		s.explain(&h, others)
	}
	if n := int(row.Number); n > 0 {
		h.Number = &n
	}
	if s.groupBy.duplicates {
		h.Duplicates = int(r.size) - 1
	}
	if s.folds() {
		if h.Duty, err = s.duties.read(s.canonical(r.doc)); err != nil {
			return h, err
		}
	}
	if h.Duty != nil {
		h.Duplicates = h.Duty.Count - 1
	}
	return h, nil
}

// explain says by which other words a hit was found, and highlights them.
func (s *search) explain(h *record.Hit, others []also) {
	spans := h.Highlights
	for _, o := range others {
		for i, in := range o.in {
			if at := in.in(h.Text, s.words); len(at) > 0 {
				h.Related = append(h.Related, record.HitRelated{Word: o.word, Found: o.as[i], By: s.meanings[o.word].by})
				spans = append(spans, at...)
			}
		}
	}
	slices.SortFunc(spans, func(x, y record.Span) int { return slices.Compare(x[:], y[:]) })
	h.Highlights = []record.Span{}
	for _, span := range spans {
		if last := len(h.Highlights) - 1; last >= 0 && span[0] <= h.Highlights[last][1] {
			h.Highlights[last][1] = max(h.Highlights[last][1], span[1])
		} else {
			h.Highlights = append(h.Highlights, span)
		}
	}
}
