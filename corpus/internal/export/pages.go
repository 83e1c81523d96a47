package export

import (
	"fmt"
	"strings"

	"zhize/record"
)

// pageDocument is one page as collections of text keep it, with all of its
// text as it was decoded: what a run kept and what it dropped, nothing
// repaired. It is what attributes refer to.
type pageDocument struct {
	ID       string       `json:"id"`
	Text     string       `json:"text"`
	Source   string       `json:"source"`
	Added    string       `json:"added"`
	Created  string       `json:"created,omitempty"`
	Metadata pageMetadata `json:"metadata"`
}

type pageMetadata struct {
	URI         string   `json:"uri"`
	Site        *string  `json:"site"`
	PageTitle   *string  `json:"page_title"`
	SHA256      string   `json:"sha256"`
	Charset     string   `json:"charset"`
	Positions   int      `json:"positions"`
	Items       int      `json:"items"`
	Flags       []string `json:"flags"`
	DuplicateOf *string  `json:"duplicate_of"`
}

func pageDocumentOf(p *record.Page, added string) pageDocument {
	return pageDocument{
		ID: p.ID, Text: p.Source, Source: sourceName, Added: added, Created: orEmpty(p.Published),
		Metadata: pageMetadata{
			URI: p.URI, Site: p.Site, PageTitle: p.Title, SHA256: p.SHA256, Charset: p.Charset,
			Positions: p.Counts.Positions, Items: p.Counts.Items, Flags: p.Flags, DuplicateOf: p.DuplicateOf,
		},
	}
}

// attributes is what Dolma keeps beside a document: named lists of spans of
// its text, each with a score.
type attributes struct {
	ID         string             `json:"id"`
	Source     string             `json:"source"`
	Attributes map[string][]score `json:"attributes"`
}

// score is a span in code points with the score 1: a region is dropped or it is
// not.
type score record.Span

// MarshalJSON writes [start,end,1.0]. The point says that it is no whole
// number, which readers that guess types from the first lines need.
func (s score) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "[%d,%d,1.0]", s[0], s[1]), nil }

// attributesOf lists the dropped regions of a page by their reason. Names have
// no hyphens, which paths such as $.attributes.NAME do not take.
func attributesOf(p *record.Page, _ string) attributes {
	a := attributes{ID: p.ID, Source: sourceName, Attributes: map[string][]score{}}
	for _, r := range p.Regions {
		if r.Reason != "" {
			name := "zhize__dropped_" + strings.ReplaceAll(r.Reason, "-", "_")
			a.Attributes[name] = append(a.Attributes[name], score(r.Span))
		}
	}
	return a
}
