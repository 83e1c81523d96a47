package index

import (
	"zhize/index/internal/analysis"
	"zhize/index/internal/synonym"
	"zhize/index/query"
)

// meaning is what a word of a query is looked for as.
type meaning struct {
	main  string   // instead of the word, where it is pinyin; else ""
	other []string // what it may also mean, which counts for less
	by    string   // why: synonym or pinyin
}

// addSynonyms notes for the words of a query, not those below a minus, which
// others mean the same.
func (s *search) addSynonyms(q query.Query) {
	switch q := q.(type) {
	case query.And:
		for _, p := range q {
			s.addSynonyms(p)
		}
	case query.Or:
		for _, p := range q {
			s.addSynonyms(p)
		}
	case query.Word:
		folded := analysis.Fold(q.Text)
		if _, known := s.meanings[folded]; known {
			return
		}
		if others := synonym.Of(folded); len(others) > 0 {
			s.meanings[folded] = meaning{other: others, by: "synonym"}
		}
	}
}
