package index

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/query"
)

// leaf is a word, phrase or prefix that scores in a field: where it stands among
// the documents that came into question, in how many documents at all, and how
// many further times it stands in a text.
type leaf struct {
	of        query.Query // what stands in texts; nil for what does so once
	docs      *roaring.Bitmap
	frequency uint64
	again     []repeat
	unread    *roaring.Bitmap // nil: no text was read for again; else those that were not
	title     bool            // the field is the title, whose length does not count
	weight    float64
}

// repeat is how many further times a leaf stands in the text of a document. They
// are in the order of the documents.
type repeat struct{ doc, times uint32 }

// lessSure is the weight of what a word may also mean: half of the word.
const lessSure = 0.5

func phraseOf(text string, open bool) analysis.Phrase {
	return analysis.NewPhrase(analysis.Fold(text), open)
}

// leaf finds a word, phrase or prefix in texts and titles. support is the
// documents that it finds by itself: those whose text has it and those under a
// title that ends with it, as a title ends with what it names: 客户 alone is not
// all duties of a 客户经理, but 经理 is.
func (s *search) leaf(q query.Query, within *roaring.Bitmap, scoring bool) (out tiers, support *roaring.Bitmap, err error) {
	var others []string
	if word, ok := q.(query.Word); ok {
		m := s.meanings[analysis.Fold(word.Text)]
		if others = m.other; m.main != "" {
			q = query.Word{Text: m.main}
		}
	}
	text, err := s.inTexts(q)
	if err != nil {
		return out, nil, err
	}
	title, whole, ends, err := s.inTitles(q)
	if err != nil {
		return out, nil, err
	}
	more := roaring.New()
	for _, w := range others {
		l, err := s.inTexts(query.Word{Text: w})
		if err != nil {
			return out, nil, err
		}
		more.Or(l.docs)
	}
	out[inText] = roaring.And(roaring.Or(text.docs, whole), within)
	out[inTitle] = out[inText]
	if !title.docs.IsEmpty() {
		out[inTitle] = roaring.Or(out[inText], roaring.And(title.docs, within))
	}
	out[related] = out[inTitle]
	if !more.IsEmpty() {
		out[related] = roaring.Or(out[inTitle], roaring.And(more, within))
	}
	support = roaring.FastOr(text.docs, whole, ends, more)
	if !scoring {
		return out, support, nil
	}
	text.of = q
	add := func(l leaf, docs *roaring.Bitmap) {
		if l.docs = roaring.And(docs, within); !l.docs.IsEmpty() {
			s.leaves = append(s.leaves, l)
		}
	}
	add(text, text.docs)
	add(title, title.docs)
	add(title, whole) // which counts twice
	add(leaf{frequency: more.GetCardinality(), weight: lessSure}, roaring.AndNot(more, out[inTitle]))
	return out, support, nil
}

// inTexts finds all documents whose text has a word, phrase or prefix. What it
// found it keeps: a query is also looked through for slips.
func (s *search) inTexts(q query.Query) (leaf, error) {
	term, terms, p := s.lookup(q)
	key := term + "\x00" + terms + "\x00" + p.String()
	if l, ok := s.texts[key]; ok {
		return l, nil
	}
	var docs, unread *roaring.Bitmap
	var again []repeat
	var err error
	switch {
	case term != "":
		docs, err = s.union(engine.Words, []string{term})
	case terms != "":
		var list []string
		if list, err = s.postings.Terms(s.ctx, engine.Words, terms, nil); err == nil {
			docs, err = s.union(engine.Words, list)
		}
	default:
		var exact bool
		if docs, exact, err = s.grams(engine.Grams, p); err == nil && !exact {
			unread = roaring.New()
			if term := p.Term(); term != "" {
				if unread, err = s.union(engine.Words, []string{term}); err != nil {
					return leaf{}, err
				}
				unread.And(docs)
			}
			docs, err = s.keep(roaring.AndNot(docs, unread), func(doc uint32, d *store.Duty) bool {
				n := p.Times(analysis.Fold(s.store.Text(d)))
				if n > 1 {
					again = append(again, repeat{doc, uint32(n - 1)})
				}
				return n > 0
			})
			if err == nil {
				docs.Or(unread)
			}
		}
	}
	if err != nil {
		return leaf{}, err
	}
	l := leaf{docs: docs, frequency: docs.GetCardinality(), again: again, unread: unread, weight: 1}
	s.texts[key] = l
	return l, nil
}

// lookup says how texts are asked for a leaf: for one word, for all words that
// begin so, or for a phrase.
func (s *search) lookup(q query.Query) (word, begins string, p analysis.Phrase) {
	switch q := q.(type) {
	case query.Word:
		if folded := analysis.Fold(q.Text); s.words.WordTerm(folded) {
			return folded, "", p
		}
		return "", "", phraseOf(q.Text, false)
	case query.Phrase:
		return "", "", phraseOf(q.Text, false)
	case query.Prefix:
		if folded := analysis.Fold(q.Text); s.words.OneTerm(folded) {
			return "", folded, p
		}
		return "", "", phraseOf(q.Text, true)
	}
	return "", "", p
}

// repeats counts the further times that a leaf stands in the texts of its
// documents. A prefix of a word counts once: words that begin so stand inside one
// another.
func (s *search) repeats(l *leaf) error {
	if l.of == nil {
		return nil
	}
	word, begins, p := s.lookup(l.of)
	l.again = slices.Clone(l.again)
	add := func(doc, times uint32) { l.again = append(l.again, repeat{doc, times}) }
	switch {
	case begins != "":
		return nil
	case word != "":
		return s.postings.Repeats(s.ctx, word, l.docs, add)
	}
	read := l.docs
	if l.unread != nil {
		read = roaring.And(read, l.unread)
	}
	_, err := s.keep(read, func(doc uint32, d *store.Duty) bool {
		if n := p.Times(analysis.Fold(s.store.Text(d))); n > 1 {
			add(doc, uint32(n-1))
		}
		return false
	})
	slices.SortFunc(l.again, func(a, b repeat) int { return cmp.Compare(a.doc, b.doc) })
	return err
}

// inTitles finds all documents under a title that has a word, phrase or prefix
// anywhere, those under one that says nothing else, and those under one that
// ends with it.
func (s *search) inTitles(q query.Query) (l leaf, whole, ends *roaring.Bitmap, err error) {
	text, open := "", false
	switch q := q.(type) {
	case query.Word:
		text = q.Text
	case query.Phrase:
		text = q.Text
	case query.Prefix:
		text, open = q.Text, true
	}
	p := phraseOf(text, open)
	under := func(docs *roaring.Bitmap, holds func(folded string) bool) (*roaring.Bitmap, error) {
		if docs.IsEmpty() {
			return docs, nil
		}
		titles := s.folded(store.Titles)
		return s.keep(docs, func(_ uint32, d *store.Duty) bool {
			return holds(titles[s.store.Position(d.Position).Title])
		})
	}
	docs, exact, err := s.grams(engine.Titles, p)
	if err == nil && !exact {
		docs, err = under(docs, p.Holds)
	}
	whole, ends = roaring.New(), roaring.New()
	if err == nil && !docs.IsEmpty() {
		whole, err = s.union(engine.Titles, []string{analysis.Whole(analysis.Fold(text))})
		whole.And(docs)
	}
	if end := p.End(); err == nil && end != "" && !docs.IsEmpty() {
		if ends, err = s.union(engine.Titles, []string{end}); err == nil && !exact {
			ends, err = under(roaring.And(ends, docs), p.Ends)
		}
	}
	return leaf{docs: docs, frequency: docs.GetCardinality(), title: true, weight: 1}, whole, ends, err
}

// union gives the documents that have at least one of the terms.
func (s *search) union(field string, terms []string) (*roaring.Bitmap, error) {
	docs := roaring.New()
	for i, t := range terms {
		if i%256 == 0 && s.ctx.Err() != nil {
			return nil, s.ctx.Err()
		}
		if err := s.postings.Or(docs, field, t); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// grams finds the documents that have every pair of a phrase in a field. exact
// says that all of them have the phrase.
func (s *search) grams(field string, p analysis.Phrase) (docs *roaring.Bitmap, exact bool, err error) {
	lookups, exact := p.Lookups()
	docs = roaring.New()
	for i, l := range lookups {
		grams := []string{l.Gram}
		if l.Begins {
			if grams, err = s.postings.Terms(s.ctx, field, l.Gram, l.Matches); err != nil {
				return nil, false, err
			}
		}
		have, err := s.union(field, grams)
		if err != nil {
			return nil, false, err
		}
		if i == 0 {
			docs = have
		} else {
			docs.And(have)
		}
		if docs.IsEmpty() {
			break
		}
	}
	return docs, exact, nil
}
