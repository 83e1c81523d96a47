// Package record is the output contract: the JSON lines that zhize writes and
// other tools read. It turns a [document.Document] into records whose spans
// count Unicode code points of the page's source text, and knows nothing of
// files. Fields are only ever added; their order is the order of the keys.
package record

import (
	"encoding/json"
	"strconv"
	"strings"
)

// Schema is the version that every line bears.
const Schema = "zhize/1"

// Span is [start,end) in Unicode code points of the page's source text.
type Span [2]int

// PageRef names the page that a position stands on.
type PageRef struct {
	ID        string  `json:"id"`
	URI       string  `json:"uri"`
	Title     *string `json:"title"`
	Site      *string `json:"site"`
	Published *string `json:"published"`
}

// ArticleRef names the article (篇) that a position stands in.
type ArticleRef struct {
	Ordinal int     `json:"ordinal"`
	Heading *string `json:"heading"`
	ID      string  `json:"id"` // page id, "-a", place among the page's articles with three digits
}

// The kinds of copies: with the same letters and digits, or nearly the same text.
const (
	ExactCopy = "exact"
	NearCopy  = "near"
)

// Position is one job: a line of positions.jsonl.
type Position struct {
	Schema      string            `json:"schema"`
	ID          string            `json:"id"` // page id, "-p", ordinal with three digits
	Page        PageRef           `json:"page"`
	Article     ArticleRef        `json:"article"`
	Ordinal     int               `json:"ordinal"` // from 1, over the page
	Title       *string           `json:"title"`
	TitleOrigin *string           `json:"title_origin"` // heading, field, context or null
	Fields      map[string]string `json:"fields"`
	Sections    []Section         `json:"sections"`
	Edits       []Edit            `json:"edits"` // those inside this position
	Flags       []string          `json:"flags"`
	DuplicateOf *string           `json:"duplicate_of"` // id of the position that this repeats, which repeats none itself

	DuplicateKind *string  `json:"duplicate_kind"` // exact or near
	Similarity    *float64 `json:"similarity"`     // to the one that it repeats, 0 to 1
}

// Section is a run of items under one heading.
type Section struct {
	Kind    string   `json:"kind"`
	Heading *string  `json:"heading"`
	Span    Span     `json:"span"`
	Items   []Item   `json:"items"`
	Missing []int    `json:"missing"` // numbers that the list skips
	Flags   []string `json:"flags"`
}

// Item is one duty, qualification …
type Item struct {
	Number   *int     `json:"number"`
	Marker   *string  `json:"marker"`
	Text     string   `json:"text"`
	Span     Span     `json:"span"`
	Flags    []string `json:"flags"`
	Children []Item   `json:"children"`
}

// Evidence says why an edit was made.
type Evidence struct {
	Basis string `json:"basis"`
}

// Edit is one change to the source, made (applied) or proposed (suggested).
type Edit struct {
	Rule       string   `json:"rule"`
	Span       Span     `json:"span"`
	Before     string   `json:"before"`
	After      string   `json:"after"`
	Confidence float64  `json:"confidence"`
	Evidence   Evidence `json:"evidence"`
	Status     string   `json:"status"`
}

// Meta is what a page states of the document it shows.
type Meta struct {
	Format    *string `json:"format"`
	Uploaded  *string `json:"uploaded"`
	Editor    *string `json:"editor"`
	PageCount *int    `json:"page_count"`
}

// Counts are the numbers of a page's parts.
type Counts struct {
	Articles   int `json:"articles"`
	Positions  int `json:"positions"`
	Sections   int `json:"sections"`
	Items      int `json:"items"`
	Edits      int `json:"edits"`
	Suggested  int `json:"suggested"`
	Characters int `json:"characters"` // code points of the source
}

// Region gives a stretch of the source its role; in JSON it is the array
// [start, end, role, reason], with a null reason where nothing was dropped.
type Region struct {
	Span   Span
	Role   string
	Reason string
}

// MarshalJSON writes the array form.
func (r Region) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, 64)
	out = strconv.AppendInt(append(out, '['), int64(r.Span[0]), 10)
	out = strconv.AppendInt(append(out, ','), int64(r.Span[1]), 10)
	out = appendWord(append(out, ','), r.Role)
	if out = append(out, ','); r.Reason == "" {
		return append(out, "null]"...), nil
	}
	return append(appendWord(out, r.Reason), ']'), nil
}

// appendWord appends a string as JSON has it.
func appendWord(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || strings.IndexByte(`"\<>&`, c) >= 0 {
			quoted, _ := json.Marshal(s) // strings always have a form
			return append(dst, quoted...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}

// UnmarshalJSON reads the array form.
func (r *Region) UnmarshalJSON(data []byte) error {
	var reason *string
	parts := []any{&r.Span[0], &r.Span[1], &r.Role, &reason}
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	if len(raw) != len(parts) {
		return &json.UnmarshalTypeError{Value: "array", Field: "regions"}
	}
	for i, p := range parts {
		if err := json.Unmarshal(raw[i], p); err != nil {
			return err
		}
	}
	r.Reason = ""
	if reason != nil {
		r.Reason = *reason
	}
	return nil
}

// Page is one page: a line of pages.jsonl. With its source, regions and edits
// everything else can be rebuilt.
type Page struct {
	Schema           string   `json:"schema"`
	ID               string   `json:"id"`
	URI              string   `json:"uri"`
	SHA256           string   `json:"sha256"`
	Bytes            int      `json:"bytes"`
	Charset          string   `json:"charset"`
	CharsetWhy       string   `json:"charset_why"`
	Title            *string  `json:"title"`
	Site             *string  `json:"site"`
	Published        *string  `json:"published"`
	DeclaredArticles *int     `json:"declared_articles"`
	FoundArticles    int      `json:"found_articles"`
	Meta             Meta     `json:"meta"`
	Source           string   `json:"source"`
	Generated        []Span   `json:"generated"` // list numbers and shared labels that no text node holds there
	Regions          []Region `json:"regions"`
	Edits            []Edit   `json:"edits"`
	Counts           Counts   `json:"counts"`
	Flags            []string `json:"flags"`
	DuplicateOf      *string  `json:"duplicate_of"`

	DuplicateKind *string   `json:"duplicate_kind"`
	Similarity    *float64  `json:"similarity"`
	Articles      []Article `json:"articles"`
}

// Article is one text of a page (篇), with or without positions.
type Article struct {
	ID        string  `json:"id"`
	Ordinal   int     `json:"ordinal"`
	Heading   *string `json:"heading"`
	Positions int     `json:"positions"` // how many: the page's positions stand in the order of its articles
	Items     int     `json:"items"`

	DuplicateOf   *string  `json:"duplicate_of"`
	DuplicateKind *string  `json:"duplicate_kind"`
	Similarity    *float64 `json:"similarity"`
}

// TitleCount is a title and how often a duty stands under it.
type TitleCount struct {
	Title string `json:"title"`
	Count int    `json:"count"`
}

// Duty is one canonical duty: a line of duties.jsonl.
type Duty struct {
	Schema   string       `json:"schema"`
	ID       string       `json:"id"` // "d" and 16 hex digits of the hash of its letters
	Text     string       `json:"text"`
	Kind     string       `json:"kind"`
	Count    int          `json:"count"`
	Pages    int          `json:"pages"`
	Sites    int          `json:"sites"`
	Titles   []TitleCount `json:"titles"`   // the ten most frequent
	Variants []string     `json:"variants"` // the ten most frequent wordings, text first
	Wordings int          `json:"wordings"` // how many there are
	Near     int          `json:"near"`     // of count: those with other letters than text has
}

// Reject is an input that was not processed: a line of rejects.jsonl.
type Reject struct {
	Schema  string `json:"schema"`
	URI     string `json:"uri"`
	Stage   string `json:"stage"`  // read, decode, extract, process, write
	Reason  string `json:"reason"` // a short constant: empty, binary, too-large, unreadable …
	Message string `json:"message"`
}

// Hit is one result of a search: a line of `zhize search --json`.
type Hit struct {
	ID         string   `json:"id"` // position id, "-i", ordinal of the item with three digits
	Score      float64  `json:"score"`
	Text       string   `json:"text"`
	Highlights []Span   `json:"highlights"` // code points of text
	Number     *int     `json:"number"`
	Kind       string   `json:"kind"`
	Title      *string  `json:"title"`
	Article    *string  `json:"article"`
	Page       HitPage  `json:"page"`
	Span       Span     `json:"span"` // of the page's source
	Duplicates int      `json:"duplicates"`
	Position   string   `json:"position"` // id of the position
	Flags      []string `json:"flags"`

	Match           string       `json:"match"`             // exact, words, title, related: in this order
	TitleHighlights []Span       `json:"title_highlights"`  // code points of title
	Related         []HitRelated `json:"related,omitempty"` // where match is related, or title and the text says it otherwise
	Duty            *Duty        `json:"duty,omitempty"`    // where duties were asked for
}

// HitRelated says by which other word a hit was found.
type HitRelated struct {
	Word  string `json:"word"`  // of the query
	Found string `json:"found"` // in the text
	By    string `json:"by"`    // synonym or pinyin
}

// HitPage names the page of a hit.
type HitPage struct {
	ID    string  `json:"id"`
	URI   string  `json:"uri"`
	Title *string `json:"title"`
	Site  *string `json:"site"`
}

// HitSummary is the last line of `zhize search --json`.
type HitSummary struct {
	Total  int        `json:"total"`
	TookMS float64    `json:"took_ms"`
	Facets []HitFacet `json:"facets,omitempty"` // where they were asked for

	Next        int          `json:"next,omitempty"`        // offset of the next page, where there is one
	ReadAs      []HitReading `json:"read_as,omitempty"`     // words that were taken for pinyin
	Suggestions []HitSuggest `json:"suggestions,omitempty"` // where little was found
}

// HitReading is a word of a query that was taken for pinyin.
type HitReading struct {
	Word string   `json:"word"` // as it was typed
	As   []string `json:"as"`   // what it may be, the most frequent first
}

// HitSuggest is another query that finds more.
type HitSuggest struct {
	Query string `json:"query"`
	Total int    `json:"total"` // results of it
	Why   string `json:"why"`   // spelling, or without: a word stands nowhere
}

// HitFacet counts the results of a search by the values of a field.
type HitFacet struct {
	Field  string       `json:"field"`
	Values []FacetValue `json:"values"` // the most frequent first
	Others int          `json:"others"` // further values
}

// FacetValue is a value and the number of results that bear it.
type FacetValue struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}
