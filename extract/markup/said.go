package markup

import (
	"cmp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/extract/markup/internal/elem"
)

// Said is what the elements of a page say of it. Texts stand on one line.
type Said struct {
	Title     string   // of the title element
	OpenTitle string   // og:title
	Heading   string   // the first h1 with text
	Site      string   // og:site_name
	Dates     []string // of meta and time elements that date a page, in order
}

// Limits of what a page says of itself.
const (
	maxSaid  = 256  // meta and time elements that are read
	maxText  = 2400 // bytes of a text
	maxDates = 16
	// maxEmpty is how many titles or h1 elements without text are passed over:
	// they may lie inside each other, and each is read.
	maxEmpty = 8
)

// dateNames are the names of meta elements that date a page.
var dateNames = []string{
	"article:published_time", "og:published_time", "bytedance:published_time", "datepublished", "pubdate", "publishdate",
	"publish_date", "publication_date", "og:release_date", "date", "dc.date", "weibo:article:create_at",
}

// read is what the elements say that the survey found.
func (t *tree) read() Said {
	s := Said{Title: t.firstText(t.titles), Heading: t.firstText(t.mains)}
	for _, n := range t.said {
		content, named := elem.Attr(n, "content")
		if n.DataAtom == atom.Time {
			content, named = elem.Attr(n, "datetime")
		}
		if !named {
			continue
		}
		property, _ := elem.Attr(n, "property")
		name, _ := elem.Attr(n, "name")
		prop, _ := elem.Attr(n, "itemprop")
		content = oneLine(content)
		switch key := strings.ToLower(strings.TrimSpace(cmp.Or(property, name, prop))); {
		case key == "og:title":
			s.OpenTitle = content
		case key == "og:site_name":
			s.Site = content
		case len(s.Dates) < maxDates && (n.DataAtom == atom.Time || slices.Contains(dateNames, key)):
			s.Dates = append(s.Dates, content)
		}
	}
	return s
}

// firstText is the text of the first of some elements that has any.
func (t *tree) firstText(nodes []*html.Node) string {
	for _, n := range nodes {
		if s := oneLine(goquery.NewDocumentFromNode(n).Text()); s != "" {
			return s
		}
	}
	return ""
}

// oneLine is the start of s with its white space collapsed.
func oneLine(s string) string { return strings.Join(strings.Fields(cut(s, maxText)), " ") }
