package export

import (
	"strings"

	"zhize/record"
)

// sourceName is what documents say of where they come from.
const sourceName = "zhize"

// positionDocument is one position as collections of text keep it.
type positionDocument struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Source   string   `json:"source"`
	Added    string   `json:"added"`             // end of the run that made it
	Created  string   `json:"created,omitempty"` // when the page was published; Dolma reads no null here
	Metadata metadata `json:"metadata"`
}

type metadata struct {
	URI         string            `json:"uri"`
	Site        *string           `json:"site"`
	PageTitle   *string           `json:"page_title"`
	Article     *string           `json:"article"`
	Title       *string           `json:"title"`
	Fields      map[string]string `json:"fields"`
	Items       int               `json:"items"`
	Flags       []string          `json:"flags"`
	DuplicateOf *string           `json:"duplicate_of"`
}

// documentOf is a position as a document.
func documentOf(p *record.Position, added string) positionDocument {
	text, items := clean(p)
	return positionDocument{
		ID: p.ID, Text: text, Source: sourceName, Added: added, Created: orEmpty(p.Page.Published),
		Metadata: metadata{
			URI: p.Page.URI, Site: p.Page.Site, PageTitle: p.Page.Title, Article: p.Article.Heading, Title: p.Title,
			Fields: p.Fields, Items: items, Flags: p.Flags, DuplicateOf: p.DuplicateOf,
		},
	}
}

// clean is the clean text of a position: its title, its headings and its items
// with their numbers, a line each; and the number of its items.
func clean(p *record.Position) (text string, items int) {
	var lines []string
	if p.Title != nil {
		lines = append(lines, *p.Title)
	}
	body, items := sections(p)
	return strings.Join(append(lines, body...), "\n"), items
}

// sections is the lines of a position below its title, and the number of its items.
func sections(p *record.Position) (lines []string, items int) {
	for i := range p.Sections {
		l, n := sectionLines(&p.Sections[i])
		lines, items = append(lines, l...), items+n
	}
	return lines, items
}

// sectionLines is a section's heading and its items with their numbers, and the
// number of items.
func sectionLines(s *record.Section) (lines []string, items int) {
	if s.Heading != nil {
		lines = append(lines, *s.Heading)
	}
	walk(s.Items, 0, func(it *record.Item, _ int) {
		items++
		lines = append(lines, number(it)+it.Text)
	})
	return lines, items
}
