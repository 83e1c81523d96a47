// Package elem knows the elements of HTML: what a browser shows of them, and
// how.
package elem

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Unseen reports the elements whose content a browser does not show.
func Unseen(a atom.Atom) bool {
	switch a {
	case atom.Head, atom.Title, atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Iframe, atom.Noembed,
		atom.Noframes, atom.Audio, atom.Video, atom.Canvas, atom.Datalist, atom.Meta, atom.Link:
		return true
	}
	return false
}

// Block reports whether an element stands on lines of its own.
func Block(a atom.Atom) bool {
	switch a {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd,
		atom.Details, atom.Dialog, atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure,
		atom.Footer, atom.Form, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr,
		atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Nav, atom.Ol, atom.Optgroup,
		atom.Option, atom.P, atom.Plaintext, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td,
		atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp, atom.Marquee, atom.Frameset:
		return true
	}
	return false
}

// Control reports a control of a form.
func Control(a atom.Atom) bool {
	switch a {
	case atom.Button, atom.Select, atom.Textarea, atom.Input:
		return true
	}
	return false
}

// HeadingLevel is the level of h1 … h6.
func HeadingLevel(a atom.Atom) int { return int(a.String()[1] - '0') }

// Attr is the value of an attribute; of two with one name the first counts.
func Attr(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// Inside yields the texts and elements below root that a browser shows, in
// document order.
func Inside(root *html.Node) func(yield func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for n := root.FirstChild; n != nil; {
			seen := n.Type == html.TextNode || n.Type == html.ElementNode && !Unseen(n.DataAtom)
			if seen && !yield(n) {
				return
			}
			if seen && n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
			for n.NextSibling == nil {
				if n = n.Parent; n == root {
					return
				}
			}
			n = n.NextSibling
		}
	}
}
