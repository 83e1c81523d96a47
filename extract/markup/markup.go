// Package markup writes the text of an HTML page as a browser shows it.
//
// [Scan] looks at the tags alone, for what decides before parsing: whether a
// text is HTML at all, and whether its tree would get out of proportion
// (package tags). A tree is then walked twice: once to measure every part
// of the page and to find where the page speaks of itself (tree.go), once to
// write it (walk.go). What the structure of a page says is no part of its text
// (hidden nodes, menus, footers) is written too, and recorded as dropped with
// a reason (drop.go, links.go, sheet.go): goquery's selectors name those
// parts. Pages that no tree should be built of are read as a row of tags
// (tokens.go).
//
// The package is the only user of goquery.
package markup

import (
	"strings"

	"github.com/PuerkitoBio/goquery"

	"zhize/extract/internal/writer"
	"zhize/extract/markup/internal/tags"
)

// Result is the text of a page, and what the page says of itself.
type Result struct {
	writer.Page
	Said
	TooDeep bool // the page was read as a row of tags, and no structure dropped anything
}

// Look is what a text's tags tell before it is parsed. Its IsHTML decides
// whether it is a page.
type Look struct {
	tags.Look
	framed bool // it is what a page of frames keeps for others
}

// Scan looks at a text. Linear, nearly without memory.
func Scan(text string) Look { return Look{Look: tags.Scan(text)} }

// Read writes the text of the page that was looked at. It never fails, never
// panics, and takes time linear in the page.
func (l *Look) Read() Result {
	if l.Fits() {
		if doc, err := goquery.NewDocumentFromReader(strings.NewReader(l.Text)); err == nil {
			return l.tree(doc)
		}
	}
	w := writer.New(len(l.Text)/2, 0)
	said := walkTokens(w, l.Text)
	return Result{Page: w.Finish(), Said: said, TooDeep: true}
}

// tree writes a page from its tree. A page of frames has no body: what it
// keeps for browsers without frames is read in its place.
func (l *Look) tree(doc *goquery.Document) Result {
	t := survey(doc, l.Parts()+l.Parts()/32+8)
	said := t.read()
	if t.frames && t.all.letters == 0 && !l.framed {
		if inner := Scan(doc.Find("noframes").First().Text()); inner.Text != "" {
			inner.framed = true
			r := inner.Read()
			r.Said = said
			return r
		}
	}
	w := writer.New(t.bytes+t.bytes/64, t.blocks)
	walk(w, t, doc.Nodes[0])
	return Result{Page: w.Finish(), Said: said}
}
