package tags

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// documentTags begin a page; one of them near the start is enough.
var documentTags = []atom.Atom{atom.Html, atom.Head, atom.Body, atom.Meta, atom.Title}

// fewKnown is how many tags tell whether a text is HTML, and nearBegin how far
// from its beginning, in bytes, a document's first tag stands at most.
const (
	fewKnown  = 4096
	nearBegin = 1024
)

func begin(text string) string { return strings.TrimLeft(text, " \t\n\uFEFF") }

// IsHTML decides whether the text is HTML. mediaType is a hint from outside,
// "" for none. A text that has "<" in it, or speaks of tags, is a text: markup
// comes in pairs.
func (l *Look) IsHTML(mediaType string) bool {
	mediaType = strings.ToLower(mediaType)
	said := strings.Contains(mediaType, "html")
	begin := begin(l.Text)
	if strings.HasPrefix(begin, "<?xml") || len(begin) > 9 && strings.EqualFold(begin[:9], "<!doctype") {
		said = true
	}
	plain := strings.HasPrefix(mediaType, "text/plain") || strings.HasPrefix(mediaType, "text/markdown")
	c := &l.c
	switch {
	case said:
		return c.known > 0
	case c.document && c.first < nearBegin:
		return true
	case plain:
		return false
	case c.leads && (c.known >= 2 && c.pairs >= 1 || c.known >= 3):
		return true
	}
	return c.breaks >= 3 || c.pairs >= 3
}

// tagCount counts the first tags that HTML knows.
type tagCount struct {
	from     int  // where the text begins behind white space
	leads    bool // a tag stands there
	known    int
	breaks   int // br
	pairs    int // end tags whose start tag was seen
	document bool
	first    int // offset of the first document tag
	open     []openTag
}

// openTag counts the start tags of one name that have no end tag yet.
type openTag struct {
	atom atom.Atom
	n    int
}

func (c *tagCount) tag(t *rawTag) {
	if t.atom == 0 || c.known >= fewKnown {
		return
	}
	c.known++
	c.leads = c.leads || t.at == c.from
	k := 0
	for k < len(c.open) && c.open[k].atom != t.atom {
		k++
	}
	if k == len(c.open) {
		c.open = append(c.open, openTag{atom: t.atom})
	}
	switch open := &c.open[k]; {
	case t.end && open.n > 0:
		open.n--
		c.pairs++
	case !t.end && t.atom == atom.Br:
		c.breaks++
	case !t.end:
		open.n++
	}
	if !c.document && !t.end {
		for _, a := range documentTags {
			if t.atom == a {
				c.document, c.first = true, t.at
			}
		}
	}
}
