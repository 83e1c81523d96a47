package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/pinyin"
	"zhize/index/internal/store"
	"zhize/index/query"
)

// Reading says how a word of a query was read that neither a text nor a title
// has as it stands.
type Reading struct {
	Word string   // as it was typed, in lower case
	As   []string // the Chinese words that it may be, the most frequent first
}

const (
	// maxRead is how many words of one query are read as pinyin: each asks for
	// all words that begin so.
	maxRead = 8
	// maxAs is how many words one is read as. Homophones are few; initials
	// have many words, of which the frequent ones are meant.
	maxAs = 8
)

// read gives the query with its Latin words that no text has read as pinyin,
// where Chinese words of the texts sound so.
func (s *search) read(q query.Query) (query.Query, error) {
	switch q := q.(type) {
	case query.And:
		return s.readAll(q)
	case query.Or:
		out := slices.Clone(q)
		for i := range out {
			var err error
			if out[i], err = s.read(out[i]); err != nil {
				return nil, err
			}
		}
		return out, nil
	case query.Not:
		of, err := s.read(q.Of)
		return query.Not{Of: of}, err
	case query.Word:
		return s.readWord(analysis.Fold(q.Text), q)
	}
	return q, nil
}

// readAll reads words beside each other. Syllables that were typed apart are
// one word.
func (s *search) readAll(q query.And) (query.Query, error) {
	out := make(query.And, 0, len(q))
	for i := 0; i < len(q); {
		n, joined, unknown := i, "", false
		for ; n < len(q); n++ {
			w, ok := q[n].(query.Word)
			folded := analysis.Fold(w.Text)
			if full := letters(folded) && ok; !full || len(joined) > 64 || !oneSyllable(folded) {
				break
			}
			known, err := s.known(folded)
			if err != nil {
				return nil, err
			}
			joined, unknown = joined+folded, unknown || !known
		}
		next, part := i+1, q[i]
		var err error
		if n > i+1 && unknown {
			next = n
			part, err = s.readWord(joined, query.And(q[i:n]))
		} else {
			part, err = s.read(part)
		}
		if err != nil {
			return nil, err
		}
		if and, ok := part.(query.And); ok {
			out = append(out, and...)
		} else {
			out = append(out, part)
		}
		i = next
	}
	return out, nil
}

// letters reports whether a folded word may be pinyin by its letters.
func letters(word string) bool {
	for _, r := range word {
		if (r < 'a' || r > 'z') && r != '\'' && !strings.ContainsRune("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", r) {
			return false
		}
	}
	return word != ""
}

func oneSyllable(word string) bool {
	full := pinyin.Full(word)
	return len(full) > 0 && len(full[0]) == 1
}

// known reports whether a text or a title has a folded word as it stands.
func (s *search) known(word string) (bool, error) {
	text, err := s.inTexts(query.Word{Text: word})
	if err != nil || text.frequency > 0 {
		return true, err
	}
	title, _, _, err := s.inTitles(query.Word{Text: word})
	return title.frequency > 0, err
}

// readWord reads one word, which stands in the query as q. Where no word of the
// texts sounds so, q stays.
func (s *search) readWord(word string, q query.Query) (query.Query, error) {
	if _, done := s.meanings[word]; done || !letters(word) || len(s.readAs) >= maxRead {
		return q, nil
	}
	if _, ok := q.(query.Word); ok {
		if known, err := s.known(word); err != nil || known {
			return q, err
		}
	}
	patterns := pinyin.Full(word)
	if p := pinyin.Initials(word); p != nil {
		patterns = append(patterns, p)
	}
	r := reader{search: s, found: map[string][]string{}}
	for split := range 2 { // whole readings first
		for _, p := range patterns {
			parts, err := r.parts(p, split == 1)
			if err != nil {
				return nil, err
			}
			if len(parts) == 0 {
				continue
			}
			out := make(query.And, len(parts))
			for i, part := range parts {
				s.meanings[part.Word] = meaning{main: part.As[0], other: part.As[1:], by: "pinyin"}
				s.readAs = append(s.readAs, part)
				out[i] = query.Word{Text: part.Word}
			}
			if len(out) == 1 {
				return out[0], nil
			}
			return out, nil
		}
	}
	return q, nil
}

// reader finds what the texts have for patterns of pinyin.
type reader struct {
	*search
	found map[string][]string
}

func name(p pinyin.Pattern) string {
	var b strings.Builder
	for _, sound := range p {
		b.WriteString(sound.String())
	}
	return b.String()
}

// parts gives the readings of a pattern, as a whole or, with split, as several
// words that are looked for each; nil if there are none.
func (r *reader) parts(p pinyin.Pattern, split bool) ([]Reading, error) {
	if !split {
		as, err := r.as(p)
		if err != nil || len(as) == 0 {
			return nil, err
		}
		return []Reading{{name(p), as}}, nil
	}
	for i := len(p) - 2; i >= 2; i-- {
		left, err := r.parts(p[:i], false)
		if err != nil {
			return nil, err
		}
		for again := 0; again < 2 && len(left) > 0; again++ {
			right, err := r.parts(p[i:], again == 1)
			if err != nil || len(right) > 0 {
				return append(left, right...), err
			}
		}
	}
	return nil, nil
}

// as lists the words that sound so, or else what the texts have side by side
// that does.
func (r *reader) as(p pinyin.Pattern) ([]string, error) {
	key := name(p)
	for _, sound := range p {
		key += " " + sound.String()
	}
	if as, ok := r.found[key]; ok {
		return as, nil
	}
	counts, err := r.wordsLike(p)
	if err == nil && len(counts) == 0 && len(p) > 2 {
		counts, err = r.phrasesLike(p)
	}
	if err != nil {
		return nil, err
	}
	as := make([]string, 0, len(counts))
	for w := range counts {
		as = append(as, w)
	}
	slices.SortFunc(as, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	as = as[:min(len(as), maxAs)]
	r.found[key] = as
	return as, nil
}

// wordsLike counts the texts that have words of a pattern. One syllable is no
// word: too many sound so.
func (r *reader) wordsLike(p pinyin.Pattern) (map[string]int, error) {
	counts := map[string]int{}
	if len(p) < 2 {
		return counts, nil
	}
	for _, c := range p[0].Characters() {
		terms, err := r.postings.Terms(r.ctx, engine.Words, string(c), p.Match)
		for _, t := range terms {
			if err == nil {
				counts[t], err = r.postings.Count(r.ctx, engine.Words, t)
			}
		}
		if err != nil {
			return nil, err
		}
	}
	return counts, nil
}

// phrasesLike counts what the texts have side by side that has the sounds of a
// pattern, and begins and ends where words do.
func (r *reader) phrasesLike(p pinyin.Pattern) (map[string]int, error) {
	sets := make([]map[rune]bool, len(p))
	for i, sound := range p {
		sets[i] = map[rune]bool{}
		for _, c := range sound.Characters() {
			sets[i][c] = true
		}
	}
	var docs *roaring.Bitmap
	for i := range len(p) - 1 {
		var grams []string
		for _, c := range p[i].Characters() {
			pairs, err := r.postings.Terms(r.ctx, engine.Grams, string(c), func(term string) bool {
				second, n := utf8.DecodeRuneInString(term[utf8.RuneLen(c):])
				return sets[i+1][second] && len(term) == utf8.RuneLen(c)+n
			})
			if err != nil {
				return nil, err
			}
			grams = append(grams, pairs...)
		}
		have, err := r.union(engine.Grams, grams)
		if err != nil {
			return nil, err
		}
		if docs == nil {
			docs = have
		} else {
			docs.And(have)
		}
		if docs.IsEmpty() {
			return nil, nil
		}
	}
	counts := map[string]int{}
	_, err := r.keep(docs, func(_ uint32, d *store.Duty) bool {
		folded := analysis.Fold(r.store.Text(d))
		var borders map[int]bool
		for at := range folded {
			n, end := 0, at
			for _, c := range folded[at:] {
				if n == len(p) || !sets[n][c] {
					break
				}
				n, end = n+1, end+utf8.RuneLen(c)
			}
			if n < len(p) {
				continue
			}
			if borders == nil {
				borders = map[int]bool{}
				r.words.Terms(folded, func(_ string, start, end int) { borders[start], borders[-end] = true, true })
			}
			if borders[at] && borders[-end] {
				counts[folded[at:end]]++
			}
		}
		return false
	})
	return counts, err
}
