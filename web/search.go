package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"zhize/index"
	"zhize/label"
	"zhize/record"
)

// searchView is the search page.
type searchView struct {
	base
	Documents int // duties in the index
	Searched  bool
	Total     int
	Took      string
	First     int
	Last      int
	Hits      []hitView
	Facets    []facetView
	Filters   []choice // those in force, each with the address without it
	Previous  string
	Next      string
	Selects   []selectView
	Group     string
	ReadAs    []string // how words were read as pinyin
	Others    []choice // other queries that find more
	Without   bool     // they leave a word out that stands nowhere
}

// hitView is one result.
type hitView struct {
	Link       string
	Similar    string // address of a search for duties like it
	Parts      []textPart
	Title      []textPart
	Kind       string
	Number     string
	Article    string
	PageLink   string
	PageName   string
	URI        string
	Site       string
	Flags      []string
	Related    []string // other words than the query's that were found for them
	Duplicates int
	Duty       *dutyView // where results are canonical duties
}

// dutyView is what a result says of its canonical duty.
type dutyView struct {
	Usual   string // its usual wording, where the result has another one
	Often   string // how often it stands, and where
	Titles  []record.TitleCount
	Example string // address of the item that the query found
}

// shownTitles is how many titles of a canonical duty stand beside a result.
const shownTitles = 4

// textPart is a piece of a text; Mark says that the query matched it.
type textPart struct {
	Text string
	Mark bool
}

// facetView is a column with its values.
type facetView struct {
	Name   string
	Values []choice
	More   []choice
	Others int
}

// choice is something to click.
type choice struct {
	Name  string
	Count int
	Href  string
}

// selectView is a field with a few values.
type selectView struct {
	Name, Label string
	Options     []option
}

type option struct {
	Value, Label string
	Selected     bool
}

// filters are the parameters that narrow a search.
var filters = [...]struct {
	name string
	text label.Text
}{
	{"kind", label.Text{EN: "kind", ZH: "类别"}},
	{"title", label.Text{EN: "title", ZH: "岗位"}},
	{"site", label.Text{EN: "site", ZH: "站点"}},
	{"article", label.Text{EN: "article", ZH: "篇目"}},
	{"similar", label.Text{EN: "similar to", ZH: "相似于"}},
}

func (s *Server) searchPage(w http.ResponseWriter, r *http.Request) {
	v := searchView{base: newBase(r)}
	given := r.URL.Query()
	for _, p := range parameters() {
		if value := strings.TrimSpace(given.Get(p.name)); value != "" && p.name != "limit" {
			v.Box.Set(p.name, shown(value))
			v.Searched = v.Searched || p.name == "q"
		}
	}
	for _, f := range filters {
		v.Searched = v.Searched || v.Box.Has(f.name)
	}
	req, err := read(given, pageLimit)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	req.Limit, req.Facets = pageLimit, facetNames()
	x, done := s.run.Index()
	defer done()
	found, err := s.search(r, x, req, v.Searched)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v.Documents = x.Info().Documents
	v.fill(found, req)
	name := "search.html"
	if given.Get("part") == "results" {
		name = "results"
	}
	s.render(w, r, http.StatusOK, name, v)
}

// shown is a value as a page can hold it: valid UTF-8 without controls.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return unicode.ReplacementChar
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// overview is what the empty search page shows of the whole index.
type overview struct {
	sync.Mutex
	of    *index.Index
	found *index.Result
}

// search searches; what the empty page shows of the whole index is kept until
// there is another.
func (s *Server) search(r *http.Request, x *index.Index, req index.Request, searched bool) (*index.Result, error) {
	if searched {
		return x.Search(r.Context(), req)
	}
	s.overview.Lock()
	defer s.overview.Unlock()
	if s.overview.of == x {
		return s.overview.found, nil
	}
	found, err := x.Search(r.Context(), index.Request{Facets: facetNames(), Limit: 1})
	if err != nil {
		return nil, err
	}
	s.overview.of, s.overview.found = x, found
	return found, nil
}

func (v *searchView) fill(found *index.Result, req index.Request) {
	v.Head = v.Box.Get("q")
	v.Total, v.Group = found.Total, req.GroupBy
	v.Took = took(found)
	if v.Searched {
		for i := range found.Hits {
			v.Hits = append(v.Hits, v.hit(&found.Hits[i]))
		}
		v.First, v.Last = req.Offset+1, req.Offset+len(found.Hits)
		if req.Offset > 0 {
			v.Previous = v.with("offset", strconv.Itoa(max(0, req.Offset-pageLimit)))
		}
		if v.Last < v.Total && len(found.Hits) > 0 {
			v.Next = v.with("offset", strconv.Itoa(v.Last))
		}
	}
	for _, f := range filters {
		if value := v.Box.Get(f.name); value != "" {
			v.Filters = append(v.Filters, choice{Name: v.In(f.text) + "：" + v.value(f.name, value), Href: v.with(f.name, "")})
		}
	}
	for _, f := range found.Facets {
		if facet := v.facet(f); len(facet.Values) > 0 {
			v.Facets = append(v.Facets, facet)
		}
	}
	for _, r := range found.ReadAs {
		v.ReadAs = append(v.ReadAs, r.Word+" → "+strings.Join(r.As, v.T(", ", "、")))
	}
	for _, o := range found.Suggestions {
		v.Others = append(v.Others, choice{o.Query, o.Total, v.with("q", o.Query)})
		v.Without = v.Without || o.Why == index.Without
	}
	v.Selects = []selectView{
		v.choose("group", v.T("one result for each", "每条结果为"),
			option{"", v.T("by duty", "按职责"), false}, option{canonical, v.T("by duty, near copies folded", "按职责（合并近似）"), false}, option{"position", v.T("by position", "按岗位"), false}, option{"page", v.T("by page", "按页面"), false}),
		v.choose("sort", v.T("order", "排序"),
			option{"", v.T("best first", "相关度优先"), false}, option{"count", v.T("most frequent first", "次数多优先"), false}, option{"number", v.T("by number", "按序号"), false}, option{"page", v.T("as in the run", "按原顺序"), false}),
		v.choose("no_synonyms", v.T("synonyms", "近义词"), option{"", v.T("with synonyms", "含近义词"), false}, option{"true", v.T("without synonyms", "不含近义词"), false}),
	}
}

func took(found *index.Result) string {
	ms := float64(found.Took.Microseconds()) / 1000
	if ms < 10 {
		return fmt.Sprintf("%.1f ms", ms)
	}
	return fmt.Sprintf("%.0f ms", ms)
}

func (v *searchView) choose(name, text string, options ...option) selectView {
	for i := range options {
		options[i].Selected = options[i].Value == v.Box.Get(name)
	}
	return selectView{name, text, options}
}

// value is how a person reads the value of a filter.
func (v *searchView) value(name, value string) string {
	if name == "kind" {
		return v.In(label.Kind(value))
	}
	return value
}

// with is the address of this search with one thing changed, from its first
// page on.
func (v *searchView) with(name, value string) string {
	u := url.Values{}
	for k, list := range v.Box {
		u[k] = list
	}
	u.Del("offset")
	if value == "" {
		u.Del(name)
	} else {
		u.Set(name, value)
	}
	return v.to("/", u)
}

// shownValues is how many values of a facet stand before "more".
const shownValues = 10

func (v *searchView) facet(f index.Facet) facetView {
	out := facetView{Others: f.Others}
	for _, c := range filters {
		if c.name == f.Field {
			out.Name = v.In(c.text)
		}
	}
	for i, value := range f.Values {
		if v.Box.Get(f.Field) == value.Value {
			continue // it stands among the filters
		}
		c := choice{v.value(f.Field, value.Value), value.Count, v.with(f.Field, value.Value)}
		if i < shownValues {
			out.Values = append(out.Values, c)
		} else {
			out.More = append(out.More, c)
		}
	}
	return out
}

func (v *searchView) hit(h *record.Hit) hitView {
	out := hitView{
		Link: v.To(h.ID) + "#here", Similar: v.Similar(h.ID), Parts: marked(h.Text, h.Highlights), Title: []textPart{{Text: v.T("no title", "无岗位名称")}}, Kind: v.In(label.Kind(h.Kind)),
		PageLink: v.To(h.Page.ID), PageName: h.Page.URI, URI: h.Page.URI, Duplicates: h.Duplicates,
	}
	if h.Title != nil {
		out.Title = marked(*h.Title, h.TitleHighlights)
	}
	for _, r := range h.Related {
		by := v.T("synonym", "近义词")
		if r.By == "pinyin" {
			by = v.T("pinyin", "拼音")
		}
		out.Related = append(out.Related, fmt.Sprintf("%s ← %s (%s)", r.Found, r.Word, by))
	}
	for _, o := range [...]struct {
		from *string
		to   *string
	}{{h.Article, &out.Article}, {h.Page.Title, &out.PageName}, {h.Page.Site, &out.Site}} {
		if o.from != nil {
			*o.to = *o.from
		}
	}
	if h.Duty != nil {
		out.Link, out.Similar, out.Duty = v.To(h.Duty.ID), v.Similar(h.Duty.ID), v.duty(h)
	}
	if h.Number != nil {
		out.Number = strconv.Itoa(*h.Number)
	}
	for _, f := range h.Flags {
		out.Flags = append(out.Flags, v.In(label.Flag(f)))
	}
	return out
}

// duty shows the canonical duty of a hit.
func (v *searchView) duty(h *record.Hit) *dutyView {
	d := h.Duty
	out := &dutyView{Titles: d.Titles[:min(shownTitles, len(d.Titles))], Example: v.To(h.ID) + "#here"}
	if record.Letters(d.Text) != record.Letters(h.Text) {
		out.Usual = d.Text
	}
	wordings := d.Wordings
	if wordings == 1 {
		wordings = 0 // which is its text
	}
	for _, p := range [...]struct {
		n                 int
		before, one, many string
	}{
		{d.Count, "", v.T("time", "次"), v.T("times", "次")},
		{d.Pages, v.T(" on ", "，见于 "), v.T("page", "个页面"), v.T("pages", "个页面")},
		{d.Sites, v.T(" of ", "、"), v.T("site", "个站点"), v.T("sites", "个站点")},
		{wordings, v.T(", in ", "，"), v.T("wording", "种写法"), v.T("wordings", "种写法")},
	} {
		switch p.n {
		case 0:
		case 1:
			out.Often += p.before + "1 " + p.one
		default:
			out.Often += p.before + label.Thousands(int64(p.n)) + " " + p.many
		}
	}
	return out
}

// A text longer than longText characters is cut to what stands around its
// first match: so much before it, and so much in all.
const (
	longText  = 180
	cutText   = 150
	beforeHit = 40
)

// marked cuts a text where its marks, in code points, begin and end.
func marked(whole string, marks []record.Span) []textPart {
	text := []rune(whole)
	from, to := 0, len(text)
	if len(text) > longText {
		if len(marks) > 0 {
			from = min(max(0, marks[0][0]-beforeHit), len(text)-cutText)
		}
		to = from + cutText
	}
	var parts []textPart
	add := func(a, b int, mark bool) {
		if a = max(a, from); a < min(b, to) {
			parts = append(parts, textPart{string(text[a:min(b, to)]), mark})
		}
	}
	if from > 0 {
		parts = append(parts, textPart{Text: "…"})
	}
	at := from
	for _, s := range marks {
		if s[0] < at || s[1] > len(text) {
			continue
		}
		add(at, s[0], false)
		add(s[0], s[1], true)
		at = s[1]
	}
	add(at, to, false)
	if to < len(text) {
		parts = append(parts, textPart{Text: "…"})
	}
	return parts
}
