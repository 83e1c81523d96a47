package corpus

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"

	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/hanzi"
	"zhize/record"
)

// Suggestion is a repair that was not made, of all places where it is the same:
// a word of a file of words, if a person accepts it.
type Suggestion struct {
	Wrong string `json:"wrong"` // the characters in question with their neighbours
	Right string `json:"right"`
	Rule  string `json:"rule"`
	Basis string `json:"basis"`
	Count int    `json:"count"` // pages
	Page  string `json:"page"`  // id of the first
	Text  string `json:"text"`  // what stands around it there
}

// aroundSuggestion is how many characters of text on either side are shown.
const aroundSuggestion = 12

// ReadSuggestions reads what a finished run suggests, the most frequent first.
// Memory grows with the different suggestions.
func ReadSuggestions(dir string) ([]Suggestion, error) {
	if _, err := store.FinishedManifest(dir); err != nil {
		return nil, err
	}
	type pair struct{ wrong, right string }
	at := map[pair]int{}
	var out []Suggestion
	err := lines.Each(filepath.Join(dir, store.PagesName), func(p *record.Page) error {
		var source []rune
		met := map[pair]bool{}
		for _, e := range p.Edits {
			if e.Status != "suggested" {
				continue
			}
			if source == nil {
				source = []rune(p.Source)
			}
			if e.Span[0] < 0 || e.Span[1] > len(source) || e.Span[0] > e.Span[1] {
				return fmt.Errorf("page %s: an edit lies outside the source; zhize verify says more", p.ID)
			}
			before, behind := neighbours(source, e.Span)
			key := pair{before + e.Before + behind, before + e.After + behind}
			if i, ok := at[key]; ok {
				if !met[key] {
					out[i].Count++
				}
				met[key] = true
				continue
			}
			met[key] = true
			at[key] = len(out)
			out = append(out, Suggestion{
				Wrong: key.wrong, Right: key.right, Rule: e.Rule, Basis: e.Evidence.Basis, Count: 1, Page: p.ID,
				Text: string(source[max(0, e.Span[0]-aroundSuggestion):min(len(source), e.Span[1]+aroundSuggestion)]),
			})
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("suggestions: %w", err)
	}
	slices.SortStableFunc(out, func(a, b Suggestion) int { return cmp.Compare(b.Count, a.Count) })
	return out, nil
}

// neighbours are the Han characters right beside a span, at most two before and
// two behind: enough that the same characters elsewhere are another word.
func neighbours(source []rune, s record.Span) (before, behind string) {
	const most = 2
	from, to := s[0], s[1]
	for from > 0 && s[0]-from < most && hanzi.IsHan(source[from-1]) {
		from--
	}
	for to < len(source) && to-s[1] < most && hanzi.IsHan(source[to]) {
		to++
	}
	return string(source[from:s[0]]), string(source[s[1]:to])
}
