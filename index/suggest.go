package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/pinyin"
	"zhize/index/internal/typo"
	"zhize/index/jieba"
	"zhize/index/query"
	"zhize/normalize/similar"
)

// Suggestion is another query that finds more than the one that was asked.
type Suggestion struct {
	Query string
	Total int // results of it
	Why   string
}

// Why a query is suggested.
const (
	Spelling = "spelling" // a word of it is spelt otherwise in the texts
	Without  = "without"  // a word that stands nowhere is left out
)

const (
	// fewResults is the number of results below which other queries are looked
	// for: a few may be texts with the same slip.
	fewResults = 6
	// rare is in how many texts a word stands at most that may be a slip, and
	// usual how many times more frequent the word must be that it stands for.
	rare  = 5
	usual = 20
	// maxSuggestions is how many queries are suggested.
	maxSuggestions = 3
	// maxSlips is for how many words of a query others are looked for, maxWord
	// up to which length in characters.
	maxSlips = 4
	maxWord  = 16
)

// slip is a word of a query that may be meant otherwise.
type slip struct {
	word      string // folded
	frequency int
	likely    []candidate
}

type candidate struct {
	word   string
	weight float64 // likelihood times frequency
}

// suggest looks for queries that find more where total is little: words that
// the texts have and that are typed, pronounced or written alike.
func (s *search) suggest(total int) ([]Suggestion, error) {
	if s.asked == nil || s.req.Similar != "" || total >= fewResults {
		return nil, nil
	}
	slips, err := s.slips(total)
	if err != nil || len(slips) == 0 {
		return nil, err
	}
	var out []Suggestion
	try := func(q query.Query, why string) error {
		if q == nil || len(out) == maxSuggestions {
			return nil
		}
		req := s.req
		req.Query, req.Limit, req.Offset, req.Facets = q.String(), 1, 0, nil
		if slices.ContainsFunc(out, func(o Suggestion) bool { return o.Query == req.Query }) {
			return nil
		}
		other, err := s.plan(s.ctx, req)
		if err != nil {
			return err
		}
		other.duties, other.texts = s.duties, s.texts
		other.buffers = s.buffers // the results of s are shown
		res, err := other.find()
		if err == nil && res.Total > total {
			out = append(out, Suggestion{req.Query, res.Total, why})
		}
		return err
	}
	for k := range maxSuggestions {
		to := map[string]string{}
		for _, p := range slips {
			if n := len(p.likely); n > 0 {
				to[p.word] = p.likely[min(k, n-1)].word
			}
		}
		if len(to) > 0 {
			if err := try(replaced(s.asked, to), Spelling); err != nil {
				return nil, err
			}
		}
	}
	if len(out) == 0 && total == 0 {
		nowhere := map[string]string{}
		for _, p := range slips {
			if p.frequency == 0 {
				nowhere[p.word] = ""
			}
		}
		if err := try(replaced(s.asked, nowhere), Without); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// replaced is a query with words replaced; a word that becomes "" is left out
// of what must hold. nil if nothing is left or nothing was replaced.
func replaced(q query.Query, to map[string]string) query.Query {
	changed := false
	var walk func(q query.Query) query.Query
	walk = func(q query.Query) query.Query {
		switch q := q.(type) {
		case query.And:
			return simplest(remaining(q, walk))
		case query.Or:
			return simplest(remaining(q, walk))
		case query.Word:
			if w, ok := to[analysis.Fold(q.Text)]; ok {
				if changed = true; w == "" {
					return nil
				}
				return query.Word{Text: w}
			}
		case query.Phrase:
			if w, ok := to[analysis.Fold(q.Text)]; ok && w != "" {
				changed = true
				return query.Phrase{Text: w}
			}
		}
		return q
	}
	if out := walk(q); changed && looks(out) {
		return out
	}
	return nil
}

// list is a query of parts.
type list interface {
	query.And | query.Or
	query.Query
}

// remaining is a list of what each part becomes, without those that become nil.
func remaining[L list](q L, become func(query.Query) query.Query) (out L) {
	for _, p := range q {
		if p = become(p); p != nil {
			out = append(out, p)
		}
	}
	return out
}

// simplest is a list, its only part or nil.
func simplest[L list](q L) query.Query {
	switch len(q) {
	case 0:
		return nil
	case 1:
		return q[0]
	}
	return q
}

// looks reports whether a query looks for anything, and is more than filters.
func looks(q query.Query) bool {
	switch q := q.(type) {
	case query.And:
		return slices.ContainsFunc(q, looks)
	case query.Or:
		return slices.ContainsFunc(q, looks)
	case query.Word, query.Phrase, query.Prefix:
		return true
	}
	return false
}

// slips lists the words of the query that stand hardly anywhere, with what they
// may be meant for, the likeliest first.
func (s *search) slips(total int) ([]slip, error) {
	var slips []slip
	var walk func(q query.Query) error
	walk = func(q query.Query) error {
		text := ""
		switch q := q.(type) {
		case query.And:
			for _, p := range q {
				if err := walk(p); err != nil {
					return err
				}
			}
		case query.Or:
			for _, p := range q {
				if err := walk(p); err != nil {
					return err
				}
			}
		case query.Word:
			text = q.Text
		case query.Phrase:
			text = q.Text
		}
		folded := analysis.Fold(text)
		if folded == "" || len(slips) == maxSlips || s.meanings[folded].main != "" ||
			slices.ContainsFunc(slips, func(p slip) bool { return p.word == folded }) {
			return nil
		}
		l, err := s.inTexts(query.Word{Text: folded})
		if err != nil {
			return err
		}
		title, _, _, err := s.inTitles(query.Word{Text: folded})
		if n := int(l.frequency + title.frequency); err == nil && n <= rare {
			slips = append(slips, slip{word: folded, frequency: n})
		}
		return err
	}
	if err := walk(s.asked); err != nil || len(slips) == 0 {
		return nil, err
	}
	if err := s.likely(slips); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slips, func(p slip) bool { return len(p.likely) == 0 && (total > 0 || p.frequency > 0) }), nil
}

// likely fills in what slips may be meant for: words of the texts that are
// alike, read from the list of all words once, pinyin for what stands in a text
// as Latin letters, and phrases with one character that is alike.
func (s *search) likely(slips []slip) error {
	typed := make([][]rune, len(slips))
	for i, p := range slips {
		if !s.wellFormed(p.word) {
			typed[i] = []rune(p.word)
		}
	}
	add := func(p *slip, word string, documents int, likely float64) {
		if likely > 0 && documents >= max(1, usual*p.frequency) {
			p.likely = append(p.likely, candidate{word, likely * float64(documents)})
		}
	}
	type pair struct {
		slip   *slip
		word   string
		likely float64
	}
	var pairs []pair
	_, err := s.postings.Terms(s.ctx, engine.Words, "", func(term string) bool {
		var runes []rune
		for i := range slips {
			n := len(slips[i].word)
			if typed[i] == nil || len(term) > n+4 || len(term) < n-4 || n > maxWord*4 {
				continue
			}
			if runes == nil {
				runes = []rune(term)
			}
			if l := typo.Likely(typed[i], runes); l > 0 {
				pairs = append(pairs, pair{&slips[i], term, l})
			}
		}
		return false
	})
	if err != nil {
		return err
	}
	for _, c := range pairs {
		n, err := s.postings.Count(s.ctx, engine.Words, c.word)
		if err != nil {
			return err
		}
		add(c.slip, c.word, n, c.likely)
	}
	for i := range slips {
		p := &slips[i]
		if letters(p.word) {
			r := reader{search: s, found: map[string][]string{}}
			patterns := pinyin.Full(p.word)
			if initials := pinyin.Initials(p.word); initials != nil {
				patterns = append(patterns, initials)
			}
			for _, pattern := range patterns {
				counts, err := r.wordsLike(pattern)
				if err != nil {
					return err
				}
				for word, n := range counts {
					add(p, word, n, 1)
				}
			}
		} else if len(typed[i]) >= leastPhrase && len(typed[i]) <= maxWord {
			if err := s.phrasesNear(typed[i], func(word string, n int) {
				add(p, word, n, typo.Likely(typed[i], []rune(word)))
			}); err != nil {
				return err
			}
		}
		slices.SortFunc(p.likely, func(a, b candidate) int {
			return cmp.Or(cmp.Compare(b.weight, a.weight), strings.Compare(a.word, b.word))
		})
		p.likely = slices.CompactFunc(p.likely, func(a, b candidate) bool { return a.word == b.word })
	}
	return nil
}

// wellFormed reports whether a folded word is made of words of two characters
// and more that the dictionary knows: who types 店长 means it, whether a text
// has it or not.
func (s *search) wellFormed(word string) bool {
	dict, covered := jieba.Default(), 0
	s.words.Terms(word, func(term string, start, end int) {
		if start <= covered && utf8.RuneCountInString(term) > 1 && term[0] >= utf8.RuneSelf && dict.Has(term) {
			covered = max(covered, end)
		}
	})
	return covered == len(word)
}

// leastPhrase is the least length of what is no word and may yet be a phrase
// with a slip.
const leastPhrase = 3

// phrasesNear gives the phrases of the texts that are typed with one character
// taken for another, or with two neighbours in the other order. Only those
// whose pairs of characters stand in texts are looked for.
func (s *search) phrasesNear(typed []rune, found func(word string, documents int)) error {
	try := func(word []rune, from, to int) error {
		for i := max(from-1, 0); i+1 < len(word) && i <= to; i++ {
			n, err := s.postings.Count(s.ctx, engine.Grams, string(word[i:i+2]))
			if err != nil || n == 0 {
				return err
			}
		}
		l, err := s.inTexts(query.Word{Text: string(word)})
		if err == nil && l.frequency > 0 {
			found(string(word), int(l.frequency))
		}
		return err
	}
	for i, r := range typed {
		for _, c := range similar.Of(r) {
			word := slices.Clone(typed)
			word[i] = c.Rune
			if err := try(word, i, i); err != nil {
				return err
			}
		}
		if i+1 < len(typed) && r != typed[i+1] {
			word := slices.Clone(typed)
			word[i], word[i+1] = word[i+1], r
			if err := try(word, i, i+1); err != nil {
				return err
			}
		}
	}
	return nil
}
