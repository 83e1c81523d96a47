package extract

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// documentTags begin a page; one of them near the start is enough.
var documentTags = []atom.Atom{atom.Html, atom.Head, atom.Body, atom.Meta, atom.Title}

// isHTML decides whether a text is HTML. A text that has "<" in it, or speaks
// of tags, is a text: markup comes in pairs.
func isHTML(text, mediaType string) bool {
	mediaType = strings.ToLower(mediaType)
	said := strings.Contains(mediaType, "html")
	begin := strings.TrimLeft(text, " \t\n\uFEFF")
	if strings.HasPrefix(begin, "<?xml") || len(begin) > 9 && strings.EqualFold(begin[:9], "<!doctype") {
		said = true
	}
	plain := strings.HasPrefix(mediaType, "text/plain")
	c := tagCount{limit: 4096, from: len(text) - len(begin)}
	scanTags(text, c.tag)
	switch {
	case said:
		return c.known > 0
	case c.document && c.first < 1024:
		return true
	case plain:
		return false
	case c.leads && (c.known >= 2 && c.pairs >= 1 || c.known >= 3):
		return true
	}
	return c.breaks >= 3 || c.pairs >= 3
}

// tagCount counts tags that HTML knows, up to a limit.
type tagCount struct {
	limit    int
	from     int  // where the text begins behind white space
	leads    bool // a tag stands there
	known    int
	breaks   int // br
	pairs    int // end tags whose start tag was seen
	document bool
	first    int // offset of the first document tag
	open     map[atom.Atom]int
}

func (c *tagCount) tag(t rawTag) bool {
	if t.atom == 0 {
		return true
	}
	c.known++
	c.leads = c.leads || t.at == c.from
	if c.open == nil {
		c.open = make(map[atom.Atom]int)
	}
	switch {
	case t.end && c.open[t.atom] > 0:
		c.open[t.atom]--
		c.pairs++
	case !t.end && t.atom == atom.Br:
		c.breaks++
	case !t.end:
		c.open[t.atom]++
	}
	if !c.document && !t.end {
		for _, a := range documentTags {
			if t.atom == a {
				c.document, c.first = true, t.at
			}
		}
	}
	return c.known < c.limit
}
