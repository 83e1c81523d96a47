package export

import (
	"bufio"
	"strings"

	"zhize/record"
)

// document is one position as collections of text keep it.
type document struct {
	ID       string   `json:"id"`
	Text     string   `json:"text"`
	Source   string   `json:"source"`
	Added    string   `json:"added"`   // end of the run that made it
	Created  *string  `json:"created"` // when the page was published
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

type documentsWriter struct {
	w     *bufio.Writer
	added string
}

func newDocuments(b *bufio.Writer, added string) writer { return documentsWriter{b, added} }

// position writes the clean text of a position: its title, its headings and
// its items with their numbers, a line each.
func (d documentsWriter) position(p *record.Position) error {
	doc := document{
		ID: p.ID, Source: "zhize", Added: d.added, Created: p.Page.Published,
		Metadata: metadata{
			URI: p.Page.URI, Site: p.Page.Site, PageTitle: p.Page.Title, Article: p.Article.Heading, Title: p.Title,
			Fields: p.Fields, Flags: p.Flags, DuplicateOf: p.DuplicateOf,
		},
	}
	var lines []string
	if p.Title != nil {
		lines = append(lines, *p.Title)
	}
	for i := range p.Sections {
		s := &p.Sections[i]
		if s.Heading != nil {
			lines = append(lines, *s.Heading)
		}
		walk(s.Items, 0, func(it *record.Item, _ int) {
			doc.Metadata.Items++
			lines = append(lines, number(it)+it.Text)
		})
	}
	doc.Text = strings.Join(lines, "\n")
	return record.Encode(d.w, doc)
}

func (d documentsWriter) end() error { return nil }
