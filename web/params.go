package web

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"zhize/document"
	"zhize/index"
	"zhize/index/query"
)

// Limits of a request's parameters.
const (
	maxFilter    = 1024 // bytes of a filter
	maxLimit     = 100  // results in one answer
	pageLimit    = 20   // results on a page
	answerLimit  = 10   // results in an answer, as in zhize search
	maxOffset    = 1_000_000_000
	lessThanSome = "%s is a whole number from %d to %d, not %q"
)

// parameter is one row of the table of what a search may be told: what reads
// it here describes it in the OpenAPI document too.
type parameter struct {
	name    string
	about   string
	values  []string // those that it may have; nil for any
	numbers [2]int   // the least and the greatest, of a number
	set     func(*index.Request, string)
}

func parameters() []parameter {
	return []parameter{
		{name: "q", about: "the query, in the language of docs/query.md; empty finds everything that the filters leave",
			set: func(r *index.Request, v string) { r.Query = v }},
		{name: "title", about: "only under positions whose title has these words", set: func(r *index.Request, v string) { r.Title = v }},
		{name: "kind", about: "only of this kind, in the contract's words or in Chinese", set: func(r *index.Request, v string) { r.Kind = v }},
		{name: "site", about: "only from this site", set: func(r *index.Request, v string) { r.Site = v }},
		{name: "article", about: "only in articles whose heading has these words", set: func(r *index.Request, v string) { r.Article = v }},
		{name: "similar", about: "only duties that say nearly what the item or the canonical duty with this id says", set: func(r *index.Request, v string) { r.Similar = v }},
		{name: "group", about: "one hit for each of these; canonical: all items of the run that say the same, or nearly so, are one hit, which has the line of duties.jsonl as duty",
			values: []string{"duty", canonical, "position", "page"}, set: func(r *index.Request, v string) { r.GroupBy = v }},
		{name: "sort", about: "order of the hits", values: []string{"score", "count", "number", "page"}, set: func(r *index.Request, v string) { r.Sort = v }},
		{name: "no_synonyms", about: "keep to the words of the query", values: []string{"true", "false"}, set: func(r *index.Request, v string) { r.NoSynonyms = v == "true" }},
		{name: "limit", about: "how many hits to give", numbers: [2]int{1, maxLimit}, set: func(r *index.Request, v string) { r.Limit, _ = strconv.Atoi(v) }},
		{name: "offset", about: "how many hits to pass over", numbers: [2]int{0, maxOffset}, set: func(r *index.Request, v string) { r.Offset, _ = strconv.Atoi(v) }},
	}
}

// canonical is the group of canonical duties.
const canonical = "canonical"

// facetNames are what hits can be counted by.
func facetNames() []string { return []string{"kind", "title", "site"} }

func badParameter(format string, args ...any) error {
	said := fmt.Sprintf(format, args...)
	return &problem{status: http.StatusBadRequest, code: "parameter", en: said, zh: "参数有误：" + said}
}

// read makes a request of the parameters of an address.
func read(v url.Values, limit int) (index.Request, error) {
	req := index.Request{Limit: limit}
	for _, p := range parameters() {
		value := v.Get(p.name)
		if value == "" {
			continue
		}
		switch {
		case p.values != nil:
			if !slices.Contains(p.values, value) {
				return req, badParameter("%s is one of %s, not %q", p.name, strings.Join(p.values, ", "), clip(value))
			}
		case p.numbers[1] > 0:
			if n, err := strconv.Atoi(value); err != nil || n < p.numbers[0] || n > p.numbers[1] {
				return req, badParameter(lessThanSome, p.name, p.numbers[0], p.numbers[1], clip(value))
			}
		case p.name != "q" && len(value) > maxFilter: // the query's own limit is the language's
			return req, badParameter("%s is longer than %d bytes", p.name, maxFilter)
		}
		p.set(&req, value)
	}
	if req.Kind != "" {
		kind, ok := query.FindKind(req.Kind)
		if !ok {
			var kinds []string
			for _, k := range document.Kinds {
				kinds = append(kinds, string(k))
			}
			return req, badParameter("kind is one of %s, not %q", strings.Join(kinds, ", "), clip(req.Kind))
		}
		req.Kind = kind
	}
	for _, f := range strings.FieldsFunc(v.Get("facets"), func(r rune) bool { return r == ',' }) {
		if !slices.Contains(facetNames(), f) {
			return req, badParameter("facets are some of %s, not %q", strings.Join(facetNames(), ", "), clip(f))
		}
		if !slices.Contains(req.Facets, f) {
			req.Facets = append(req.Facets, f)
		}
	}
	return req, nil
}

// clip is a value short enough to be said again.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
