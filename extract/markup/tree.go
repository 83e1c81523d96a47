package markup

import (
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/extract/markup/internal/elem"
)

// counts measures a stretch of the page's text. Letters are letters and Han
// characters; digits and marks, of dates and counters beside links, are not
// counted. Stops are the marks that end sentences and clauses: prose and
// duties have them, menus do not.
type counts struct {
	letters, linked int32 // letters; those inside a link
	stops, arrows   int32 // ，。；; and the > » › of a breadcrumb
	links, inPage   int32 // links; those to a place in this page
	tables, heads   int32 // table and h1 … h6 elements
	mains           int32 // h1 elements
}

func (c counts) minus(d counts) counts {
	return counts{
		c.letters - d.letters, c.linked - d.linked, c.stops - d.stops, c.arrows - d.arrows, c.links - d.links, c.inPage - d.inPage,
		c.tables - d.tables, c.heads - d.heads, c.mains - d.mains,
	}
}

// free is the letters outside links.
func (c counts) free() int32 { return c.letters - c.linked }

// part is an element that was measured.
type part struct {
	counts           // of everything below it; until its end, of everything in front of it
	atom   atom.Atom // of the element
	front  int32     // letters outside links in front of it
	end    int32     // index behind the last part inside it
}

// tree is what a first walk over a page finds, before a second writes it: the
// measured elements in document order, so that what lies inside one is a range
// of indices, and the elements in which a page speaks of itself.
type tree struct {
	doc   *goquery.Document
	parts []part
	all   counts
	prose int32 // letters outside links
	bytes int   // of text that is no white space

	blocks int // elements whose text becomes a block, about

	frames bool         // it is a page of frames
	said   []*html.Node // meta and time
	titles []*html.Node
	mains  []*html.Node // h1
	sheets []*html.Node // style
}

// measured reports whether an element that is seen is measured: where
// something may be decided by it.
func measured(n *html.Node) bool {
	return len(n.Attr) > 0 || elem.Block(n.DataAtom) || elem.Control(n.DataAtom)
}

// survey walks a page with about size parts for the first time.
func survey(doc *goquery.Document, size int) *tree {
	t := &tree{doc: doc, parts: make([]part, 0, size)}
	t.add(doc.Nodes[0])
	t.prose = t.all.free()
	return t
}

// add measures root's descendants without recursion: html.Node has the links
// that a walk needs.
func (t *tree) add(root *html.Node) {
	var open []int32 // indices of the open parts
	links := 0
	for n := root.FirstChild; n != nil; {
		if t.enter(n, &open, &links) {
			if n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
			t.leave(n, &open, &links)
		}
		for n.NextSibling == nil {
			if n = n.Parent; n == root {
				return
			}
			t.leave(n, &open, &links)
		}
		n = n.NextSibling
	}
}

// enter measures a text, or opens an element that is seen and reports that.
func (t *tree) enter(n *html.Node, open *[]int32, links *int) bool {
	switch {
	case n.Type == html.TextNode:
		if t.all.text(n.Data, *links > 0) {
			t.bytes += len(n.Data)
		}
		return false
	case n.Type != html.ElementNode:
		return false
	case elem.Unseen(n.DataAtom):
		t.note(n)
		if n.DataAtom == atom.Head {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				t.note(c)
			}
		}
		return false
	}
	if measured(n) {
		*open = append(*open, int32(len(t.parts)))
		t.parts = append(t.parts, part{counts: t.all, atom: n.DataAtom, front: t.all.free()})
	}
	if isLink(n) {
		*links++
	}
	t.mark(n)
	return true
}

// leave closes an element.
func (t *tree) leave(n *html.Node, open *[]int32, links *int) {
	if isLink(n) {
		*links--
	}
	if measured(n) {
		last := len(*open) - 1
		p := &t.parts[(*open)[last]]
		*open = (*open)[:last]
		p.counts, p.end = t.all.minus(p.counts), int32(len(t.parts))
	}
}

// note keeps an element in which the page speaks of itself.
func (t *tree) note(n *html.Node) {
	switch n.DataAtom {
	case atom.Title:
		if len(t.titles) < maxEmpty {
			t.titles = append(t.titles, n)
		}
	case atom.Meta, atom.Time:
		if len(t.said) < maxSaid {
			t.said = append(t.said, n)
		}
	case atom.Style:
		t.sheets = append(t.sheets, n)
	}
}

// mark counts an element that is seen.
func (t *tree) mark(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		if href, ok := elem.Attr(n, "href"); ok {
			t.all.links++
			if len(href) > 1 && href[0] == '#' {
				t.all.inPage++
			}
		}
	case atom.Table:
		t.all.tables++
	case atom.H1:
		if len(t.mains) < maxEmpty {
			t.mains = append(t.mains, n)
		}
		t.all.mains++
		t.all.heads++
		t.blocks++
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.all.heads++
		t.blocks++
	case atom.Li, atom.Tr, atom.Pre:
		t.blocks++
	case atom.Time:
		t.note(n)
	case atom.Frameset:
		t.frames = true
	}
}

// text counts a text, and reports whether it has letters.
func (c *counts) text(s string, linked bool) bool {
	var letters int32
	for i := 0; i < len(s); {
		b := s[i]
		if b < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= b|0x20 && b|0x20 <= 'z':
				letters++
			case b == ';':
				c.stops++
			case b == '>':
				c.arrows++
			}
			continue
		}
		var r rune
		if b>>4 == 0xE && i+3 <= len(s) { // three bytes, as nearly all of a Chinese text
			r = rune(b&0xF)<<12 | rune(s[i+1]&0x3F)<<6 | rune(s[i+2]&0x3F)
			i += 3
		} else {
			n := 0
			r, n = utf8.DecodeRuneInString(s[i:])
			i += n
		}
		switch {
		case 0x4E00 <= r && r <= 0x9FFF:
			letters++
		case r == '。' || r == '；' || r == '，':
			c.stops++
		case r == '»' || r == '›' || r == '＞':
			c.arrows++
		case 0x2000 <= r && r <= 0x206F || 0x3008 <= r && r <= 0x3020 || 0xFF01 <= r && r <= 0xFF0F || r == '：': // marks
		case unicode.IsLetter(r):
			letters++
		}
	}
	c.letters += letters
	if linked {
		c.linked += letters
	}
	return letters > 0
}

func isLink(n *html.Node) bool {
	if n.DataAtom != atom.A {
		return false
	}
	_, ok := elem.Attr(n, "href")
	return ok
}
