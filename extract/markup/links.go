package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
	"zhize/extract/internal/numeral"
	"zhize/extract/markup/internal/elem"
)

// Limits of parts that are made of links.
const (
	minLinks  = 3  // fewer are no menu
	linkShare = 80 // percent of the letters that stand in links
	linkTitle = 12 // letters of a heading of such a part
	menuLink  = 12 // mean letters of a link of a menu; titles of documents are longer
	longLink  = 40 // mean letters of a link; longer ones are text
	crumbs    = 80 // letters of a breadcrumb, which has two links and two arrows at least
)

// linkReason tells menus, tables of contents and lists of other documents by
// their links. Text with the marks of sentences in it is none of them.
func (t *tree) linkReason(i int) document.Reason {
	c := &t.parts[i].counts
	if c.links < 2 {
		return document.NoReason
	}
	switch t.parts[i].atom {
	case atom.Ul, atom.Ol, atom.Div, atom.P, atom.Table, atom.Td, atom.Dl, atom.Section, atom.Center, atom.Menu, atom.Header,
		atom.Aside, atom.Fieldset, atom.Form, atom.Blockquote, atom.Dd:
	default:
		return document.NoReason
	}
	if c.arrows >= 2 && c.letters <= crumbs && c.stops == 0 {
		return document.Navigation
	}
	if edge := t.parts[i].front == 0 || t.parts[i].front == t.prose; c.links < minLinks && edge && c.linked == c.letters && c.letters <= c.links*menuLink && c.stops == 0 {
		return document.Navigation // two links are a menu where no text stands beyond them
	}
	share := c.letters
	if c.heads == 1 && c.mains == 0 {
		share = max(c.linked, c.letters-linkTitle)
	}
	if c.links < minLinks || c.linked*100 < share*linkShare || c.linked > c.links*longLink || c.stops*4 > c.links {
		return document.NoReason
	}
	switch {
	case c.inPage == c.links:
		return document.Contents
	case t.parts[i].front*2 >= t.prose || c.linked > c.links*menuLink:
		return document.Related
	}
	return document.Navigation
}

// Limits of a column beside the text and of the labels of controls.
const (
	columnLetters = 200 // of the column
	columnLine    = 20  // letters of its mean text
	columnLines   = 3   // texts: lines, or more than one a line
	maxControls   = 12  // letters
)

// isColumn reports whether a cell is a list of short lines without the marks
// of sentences and without numbers: what stands beside the text in the tables
// that lay old pages out.
func isColumn(cell *html.Node, c *counts) bool {
	if c.letters > columnLetters || c.stops > 0 {
		return false
	}
	lines := int32(0)
	for n := range elem.Inside(cell) {
		if text := strings.TrimLeft(n.Data, leadSpace); n.Type == html.TextNode && text != "" {
			if lines++; numeral.Leads(text) {
				return false
			}
		}
	}
	return lines >= columnLines && c.letters <= lines*columnLine
}

// onlyLabels reports whether a text is two or more labels in brackets and no
// more, "[…] […]" or "【…】【…】": controls whose links a copy lost.
func onlyLabels(s string) bool {
	labels := 0
	for ; s != ""; labels++ {
		end := "】"
		if s[0] == '[' {
			end = "]"
		} else if !strings.HasPrefix(s, "【") {
			return false
		}
		_, rest, closed := strings.Cut(s, end)
		if !closed {
			return false
		}
		s = strings.TrimLeft(rest, leadSpace)
	}
	return labels > 1
}

const (
	leadBytes = 48 // how much of an item's text tells whether it bears a number
	leadNodes = 64 // how many nodes are looked at for it
	leadSpace = " \t\n\f\r\u00A0\u3000"
)

// lead is the first text of an element, up to an item inside it.
func lead(root *html.Node) string {
	s, nodes := "", 0
	for n := range elem.Inside(root) {
		if nodes++; nodes > leadNodes || len(s) >= leadBytes || n.DataAtom == atom.Li {
			break
		}
		if n.Type == html.TextNode {
			text := strings.TrimLeft(n.Data, leadSpace)
			if text = text[:min(len(text), leadBytes)]; s == "" {
				s = text // the usual case, without a copy
			} else {
				s += text
			}
		}
	}
	return s
}
