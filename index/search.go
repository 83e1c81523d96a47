package index

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"zhize/index/internal/analysis"
	"zhize/index/internal/store"
	"zhize/index/query"
	"zhize/record"
)

// Request is what to search for.
type Request struct {
	// Query is in the language of package query. The empty query finds
	// everything that the filters leave.
	Query string
	// Title, Site and Article keep the duties whose position's title, page's
	// site or article's heading has the text in it, Kind those in sections of
	// the kind (in the contract's words or in Chinese). "" keeps all.
	Title, Kind, Site, Article string
	// Similar is the id of an item or of a canonical duty (six digits of it are
	// enough where no other begins so): the results are duties that say nearly
	// the same, the most similar first, of those that the query and the filters
	// leave. "" is none.
	Similar string
	// GroupBy says what one result is: "" or "duty", a duty with its
	// duplicates; "canonical", a line of duties.jsonl, into which near
	// duplicates are folded too, and with all that stands in it;
	// "position" and "page", the best duty of each.
	GroupBy string
	// Limit is how many results to give, 0 for 10; Offset how many to skip.
	Limit, Offset int
	// Sort orders the results: "" or "score", the best first (see record.Hit
	// for how they match, which comes before the score); "number", by
	// the items' numbers, those without last; "page", as in positions.jsonl;
	// "count", what stands most often first: a canonical duty in the whole
	// run, another result among what was found.
	// Equal ones are in order of their ids.
	Sort string
	// NoSynonyms keeps to the words of the query.
	NoSynonyms bool
	// Facets names the columns to count: title, kind, site.
	Facets []string
}

// Result is what was found.
type Result struct {
	Total  int // results, of which Hits are a part
	Hits   []record.Hit
	Facets []Facet   // in the order of the request
	ReadAs []Reading // words of the query that were taken for pinyin
	// Suggestions are other queries that find more, where this one finds few.
	Suggestions []Suggestion
	Next        int // offset of the next page, 0 where this is the last
	Took        time.Duration
}

// Facet counts the results by a column's values.
type Facet struct {
	Field  string
	Values []FacetValue // the most frequent first, at most 100; null is left out
	Others int          // further values
}

// FacetValue is a value and in how many results it stands: a result counts
// for every value that one of its duties bears, so the count is the total of
// the same search with the filter added.
type FacetValue struct {
	Value string
	Count int
}

const (
	defaultLimit = 10
	maxFacets    = 100
)

// Search finds duties. The error is a *query.SyntaxError for a query that
// cannot be read, the context's where it ended, ErrDamaged where the index
// cannot be read, ErrDuties, ErrNoItem, ErrAmbiguous, or says which part of the
// request cannot be.
//
// The time is linear in the rows found, plus, for phrases, in the text of the
// rows that have all pairs of characters of the phrase.
func (x *Index) Search(ctx context.Context, req Request) (res *Result, err error) {
	err = guarded(x.dir, func() (err error) {
		res, err = x.search(ctx, req)
		return err
	})
	if err != nil {
		return nil, err
	}
	return res, nil
}

func (x *Index) search(ctx context.Context, req Request) (*Result, error) {
	begin := time.Now()
	s, err := x.plan(ctx, req)
	if err != nil {
		return nil, err
	}
	if s.folds() || dutyID(req.Similar) {
		if s.duties, err = openDuties(x.dir); err != nil {
			return nil, err
		}
		defer s.duties.close()
	}
	s.buffers = x.buffers.Get()
	defer x.buffers.Put(s.buffers)
	res, err := s.run()
	if err == nil {
		res.Suggestions, err = s.suggest(res.Total)
	}
	switch {
	case err == nil:
		res.Took = time.Since(begin)
		return res, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, ErrNoItem), errors.Is(err, ErrAmbiguous):
		return nil, err
	case errors.Is(err, ErrDuties):
		return nil, fmt.Errorf("%s: %w", x.dir, err)
	}
	return nil, failed(ErrDamaged, x.dir, err.Error())
}

// folds reports whether results are canonical duties.
func (s *search) folds() bool { return s.req.GroupBy == canonical }

// search is one search on its way.
type search struct {
	*Index
	ctx      context.Context
	req      Request
	asked    query.Query // as it was typed, nil for everything
	silent   bool        // it was typed, says nothing and finds nothing
	filters  query.And   // of the request
	query    query.Query // what is looked for: as it was read, with the filters
	words    *analysis.Analyzer
	meanings map[string]meaning // of folded words
	texts    map[string]leaf    // what was looked up
	readAs   []Reading
	alike    []string // words of the duty that the results are like
	facets   []store.Column
	sort     ordering
	groupBy  grouping
	leaves   []leaf    // what scores
	duties   *dutyFile // where canonical duties were asked for, as results or to be like
	buffers  *buffers
}

// facetColumns lists what can be counted.
var facetColumns = [...]struct {
	name   string
	column store.Column
}{{"title", store.Titles}, {"kind", store.Kinds}, {"site", store.Sites}}

// plan checks a request.
func (x *Index) plan(ctx context.Context, req Request) (*search, error) {
	s := &search{
		Index: x, ctx: ctx, req: req, words: analysis.NewAnalyzer(x.dict),
		meanings: map[string]meaning{}, texts: map[string]leaf{},
	}
	if req.Limit < 0 || req.Offset < 0 {
		return nil, errors.New("limit and offset must not be negative")
	}
	if req.Limit == 0 {
		s.req.Limit = defaultLimit
	}
	var ok bool
	if s.sort, ok = pick(orderings[:], req.Sort); !ok {
		return nil, fmt.Errorf("cannot sort by %q: use score, count, number or page", req.Sort)
	}
	if s.groupBy, ok = pick(groupings[:], req.GroupBy); !ok {
		return nil, fmt.Errorf("cannot group by %q: use duty, canonical, position or page", req.GroupBy)
	}
	for _, name := range req.Facets {
		i := slices.IndexFunc(facetColumns[:], func(f struct {
			name   string
			column store.Column
		}) bool {
			return f.name == name
		})
		if i < 0 {
			return nil, fmt.Errorf("cannot count by %q: use title, kind or site", name)
		}
		s.facets = append(s.facets, facetColumns[i].column)
	}
	q, err := query.Parse(req.Query)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(req.Query) != "" {
		s.asked = s.prune(q)
		s.silent = s.asked == nil
	}
	for _, f := range []query.Field{{Name: "title", Text: req.Title}, {Name: "site", Text: req.Site}, {Name: "article", Text: req.Article}} {
		if f.Text != "" {
			s.filters = append(s.filters, f)
		}
	}
	if req.Kind != "" {
		k, ok := query.FindKind(req.Kind)
		if !ok {
			_, err := query.Parse(query.Field{Name: "kind", Text: req.Kind}.String())
			return nil, fmt.Errorf("the kind filter: %w", err)
		}
		s.filters = append(s.filters, query.Kind{Kind: k})
	}
	return s, nil
}

// prune leaves out the words that say nothing (punctuation alone); nil if
// nothing remains.
func (s *search) prune(q query.Query) query.Query {
	silent := func(text string) bool { return analysis.NewPhrase(analysis.Fold(text), false).Empty() }
	switch q := q.(type) {
	case query.And:
		if kept := remaining(q, s.prune); len(kept) > 0 {
			return kept
		}
		return nil
	case query.Or:
		if kept := remaining(q, s.prune); len(kept) > 0 {
			return kept
		}
		return nil
	case query.Not:
		if of := s.prune(q.Of); of != nil {
			return query.Not{Of: of}
		}
		return nil
	case query.Word:
		if silent(q.Text) {
			return nil
		}
	case query.Phrase:
		if silent(q.Text) {
			return nil
		}
	case query.Prefix:
		if silent(q.Text) {
			return nil
		}
	}
	return q
}

// found is what answers a search, in no order yet.
type found struct {
	*Result
	groups []result
}

// mean says what is looked for: the query as it is read, and the filters.
func (s *search) mean() error {
	q := s.filters
	if s.asked != nil {
		read, err := s.read(s.asked)
		if err != nil {
			return err
		}
		if !s.req.NoSynonyms {
			s.addSynonyms(read)
		}
		q = append(query.And{read}, q...)
	}
	s.query = q
	return nil
}

// weigh lists the documents that answer with their scores and matches. Where
// the results are to be like a duty, that decides alone.
func (s *search) weigh(holds tiers) (docs []uint32, scores []float64, matches []match, err error) {
	if s.req.Similar == "" {
		docs = sized(&s.buffers.docs, int(holds.all().GetCardinality()))
		holds.all().ManyIterator().NextMany(docs)
		if scores, err = s.score(holds.all(), docs); err == nil {
			matches, err = s.matches(holds, docs)
		}
		return docs, scores, matches, err
	}
	like, err := s.similar(s.req.Similar)
	if err != nil {
		return nil, nil, nil, err
	}
	for _, doc := range slices.Sorted(maps.Keys(like)) {
		if holds.all().Contains(doc) {
			docs, scores, matches = append(docs, doc), append(scores, like[doc]), append(matches, other)
		}
	}
	return docs, scores, matches, nil
}

// find is the walk of a search: what holds, how well, folded into results.
func (s *search) find() (*found, error) {
	if err := s.mean(); err != nil {
		return nil, err
	}
	holds := alike(roaring.New())
	if !s.silent && s.info.Documents > 0 {
		var err error
		if holds, err = s.eval(s.query, s.postings.All(), true); err != nil {
			return nil, err
		}
	}
	docs, scores, matches, err := s.weigh(holds)
	if err != nil {
		return nil, err
	}
	res := &found{Result: &Result{Hits: []record.Hit{}, Facets: []Facet{}, ReadAs: s.readAs}}
	groups, of, err := s.group(docs, scores, matches)
	if err != nil {
		return nil, err
	}
	res.groups, res.Total = groups, len(groups)
	res.Facets, err = s.count(docs, groups, of)
	return res, err
}

// run finds, cuts the wanted results out and shows them.
func (s *search) run() (*Result, error) {
	res, err := s.find()
	if err != nil {
		return nil, err
	}
	marks, others := s.marks(), s.also()
	for _, g := range s.page(res.groups) {
		hit, err := s.hit(g, marks, others)
		if err != nil {
			return nil, err
		}
		res.Hits = append(res.Hits, hit)
	}
	if next := s.req.Offset + len(res.Hits); len(res.Hits) > 0 && next < res.Total {
		res.Next = next
	}
	return res.Result, nil
}
