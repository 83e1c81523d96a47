package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// node is one element or text node of a page.
type node struct {
	*html.Node
	end    int32  // index behind its last descendant
	before counts // of everything in front of it
}

// tree is a page laid out in document order, so that a part of it is a range
// of indices and can be measured by one subtraction.
type tree struct {
	nodes []node
	all   counts
	prose int32 // letters outside links
}

// within measures node i and everything below it.
func (t *tree) within(i int) counts {
	if end := int(t.nodes[i].end); end < len(t.nodes) {
		return t.nodes[end].before.minus(t.nodes[i].before)
	}
	return t.all.minus(t.nodes[i].before)
}

// unseen are the elements whose content a browser does not show.
func unseen(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Title, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noembed,
		atom.Noframes, atom.Audio, atom.Video, atom.Canvas, atom.Datalist, atom.Meta, atom.Link:
		return true
	}
	return false
}

// flatten lays a page out. A page of frames has no body: what it keeps for
// browsers without frames is laid out. tags is about how many nodes there are:
// a start tag has an end tag, and each a text behind it.
func flatten(doc *goquery.Document, tags int) *tree {
	t := &tree{nodes: make([]node, 0, tags+tags/2+16)}
	t.add(doc.Nodes[0])
	if t.all.letters == 0 {
		if inner, _, ok := parse(doc.Find("noframes").First().Text()); ok {
			t.add(inner.Nodes[0])
		}
	}
	t.prose = t.all.free()
	return t
}

// add appends root's descendants without recursion: html.Node has the links
// that a walk needs.
func (t *tree) add(root *html.Node) {
	var open []int // indices of the open elements
	links := 0
	for n := root.FirstChild; n != nil; {
		down := false
		switch {
		case n.Type == html.TextNode:
			t.nodes = append(t.nodes, node{n, int32(len(t.nodes) + 1), t.all})
			t.all.text(n.Data, links > 0)
		case n.Type != html.ElementNode || unseen(n.DataAtom):
		default:
			t.nodes = append(t.nodes, node{n, 0, t.all})
			t.element(n)
			if n.FirstChild != nil {
				open = append(open, len(t.nodes)-1)
				if isLink(n) {
					links++
				}
				down = true
			} else {
				t.nodes[len(t.nodes)-1].end = int32(len(t.nodes))
			}
		}
		if down {
			n = n.FirstChild
			continue
		}
		for n.NextSibling == nil && len(open) > 0 {
			top := open[len(open)-1]
			open = open[:len(open)-1]
			n = t.nodes[top].Node
			t.nodes[top].end = int32(len(t.nodes))
			if isLink(n) {
				links--
			}
		}
		n = n.NextSibling
	}
}

func (t *tree) element(n *html.Node) {
	switch n.DataAtom {
	case atom.A:
		if href, ok := attr(n, "href"); ok {
			t.all.links++
			if len(href) > 1 && href[0] == '#' {
				t.all.inPage++
			}
		}
	case atom.Table:
		t.all.tables++
	case atom.H1:
		t.all.mains++
		t.all.heads++
	case atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		t.all.heads++
	}
}

func (c *counts) text(s string, linked bool) {
	var letters int32
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
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
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case 0x4E00 <= r && r <= 0x9FFF:
			letters++
		case r == '。' || r == '；' || r == '，':
			c.stops++
		case r == '»' || r == '›' || r == '＞':
			c.arrows++
		case unicode.IsLetter(r):
			letters++
		}
	}
	c.letters += letters
	if linked {
		c.linked += letters
	}
}

func isLink(n *html.Node) bool {
	if n.DataAtom != atom.A {
		return false
	}
	_, ok := attr(n, "href")
	return ok
}

func attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// style is an element's style attribute in lower case and without spaces,
// with a ";" on both sides: ";display:none;".
func style(n *html.Node) string {
	s, ok := attr(n, "style")
	if !ok {
		return ""
	}
	return ";" + tight(s) + ";"
}

// tight is a part of a style in lower case, without spaces and "!important".
func tight(style string) string {
	style = strings.Join(strings.Fields(strings.ToLower(style)), "")
	return strings.ReplaceAll(style, "!important", "")
}
