package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
)

// hint is a word that names a part of a page which is no text of it.
type hint struct {
	word   string
	reason string
	most   int32 // letters outside links that such a part may hold and still be dropped
	links  int32 // links that it must hold
}

// elementHints are the elements and roles that HTML has for such parts.
var elementHints = []hint{
	{"nav", document.Navigation, 200, 0},
	{"footer", document.Footer, 300, 0},
	{"aside", document.Related, 120, 0},
	{"navigation", document.Navigation, 200, 0},
	{"search", document.Navigation, 60, 0},
	{"contentinfo", document.Footer, 300, 0},
	{"complementary", document.Related, 120, 0},
}

// classHints are words of class and id attributes. They are matched against
// whole words: "nav-top", "topNav" and "nav_2" hold nav, "canvas" does not.
// The limits are short where the word also stands on parts that hold the
// text itself; the shortest duty list of the examples has 90 letters.
var classHints = []hint{
	{"nav", document.Navigation, 100, 0}, {"navbar", document.Navigation, 100, 0}, {"navi", document.Navigation, 100, 1},
	{"navigation", document.Navigation, 100, 0}, {"menu", document.Navigation, 60, 1}, {"submenu", document.Navigation, 60, 1},
	{"breadcrumb", document.Navigation, 80, 0}, {"breadcrumbs", document.Navigation, 80, 0}, {"crumb", document.Navigation, 80, 0},
	{"crumbs", document.Navigation, 80, 0}, {"mianbao", document.Navigation, 80, 0}, {"mbx", document.Navigation, 80, 0},
	{"topbar", document.Navigation, 60, 0}, {"toolbar", document.Navigation, 40, 0}, {"pager", document.Navigation, 40, 0},
	{"pagination", document.Navigation, 40, 0}, {"paging", document.Navigation, 40, 0}, {"pagebar", document.Navigation, 40, 0},
	{"sidebar", document.Navigation, 80, 0}, {"sidenav", document.Navigation, 80, 0}, {"search", document.Navigation, 40, 0},
	{"login", document.Navigation, 40, 0}, {"share", document.Navigation, 40, 0}, {"bdsharebuttonbox", document.Navigation, 40, 0},
	{"social", document.Navigation, 40, 0}, {"tags", document.Navigation, 40, 1}, {"shouji", document.Navigation, 40, 0},
	{"ad", document.Advertisement, 80, 0}, {"ads", document.Advertisement, 80, 0}, {"adv", document.Advertisement, 80, 0},
	{"advert", document.Advertisement, 80, 0}, {"advertisement", document.Advertisement, 80, 0}, {"gg", document.Advertisement, 60, 0},
	{"guanggao", document.Advertisement, 80, 0}, {"sponsor", document.Advertisement, 80, 0}, {"promo", document.Advertisement, 60, 0},
	{"banner", document.Advertisement, 40, 1}, {"download", document.Advertisement, 60, 0}, {"xiazai", document.Advertisement, 60, 0},
	{"vip", document.Advertisement, 60, 0}, {"pay", document.Advertisement, 60, 0}, {"qrcode", document.Advertisement, 40, 0},
	{"related", document.Related, 80, 0}, {"relate", document.Related, 80, 0}, {"xiangguan", document.Related, 80, 0},
	{"recommend", document.Related, 80, 0}, {"recommended", document.Related, 80, 0}, {"recommendation", document.Related, 80, 0},
	{"tuijian", document.Related, 80, 0}, {"hot", document.Related, 40, 1}, {"rank", document.Related, 40, 1},
	{"comment", document.Footer, 200, 0}, {"comments", document.Footer, 200, 0}, {"pinglun", document.Footer, 200, 0},
	{"footer", document.Footer, 200, 0}, {"foot", document.Footer, 200, 0}, {"friendlink", document.Navigation, 40, 0},
	{"copyright", document.Legal, 200, 0}, {"beian", document.Legal, 60, 0}, {"disclaimer", document.Legal, 200, 0},
	{"shengming", document.Legal, 120, 0}, {"mianze", document.Legal, 200, 0},
}

// mainShare is the part of a page's prose, in percent, that is never dropped
// for what its markup says: it is the page.
const mainShare = 40

// isMain reports whether a part holds so much of the page's prose. Of a page
// that is all links, nothing is main.
func (t *tree) isMain(c counts) bool {
	return c.free() > 20 && c.free()*100 >= t.prose*mainShare
}

// outside is the reason for which element i is taken out of its line: hidden
// by attribute or style, or a control of a form. "" it is not.
func (w *walker) outside(i int) string {
	n := w.t.nodes[i].Node
	if hidden(n) && n.DataAtom != atom.Body && n.DataAtom != atom.Html && !w.t.isMain(w.t.within(i)) {
		return document.Hidden
	}
	switch n.DataAtom {
	case atom.Button, atom.Select, atom.Textarea, atom.Input:
		if !w.t.isMain(w.t.within(i)) {
			return document.Navigation
		}
	}
	return ""
}

// hiddenStyles hide an element from a reader.
var hiddenStyles = []string{
	";display:none;", ";visibility:hidden;", ";visibility:collapse;", ";font-size:0;", ";font-size:0px;", ";opacity:0;",
	";font-size:0pt;", ";font-size:0em;",
}

func hidden(n *html.Node) bool {
	if len(n.Attr) == 0 {
		return false
	}
	if v, ok := attr(n, "hidden"); ok && !strings.EqualFold(v, "until-found") {
		return true
	}
	if v, ok := attr(n, "aria-hidden"); ok && strings.EqualFold(strings.TrimSpace(v), "true") {
		return true
	}
	st := style(n)
	for _, h := range hiddenStyles {
		if st != "" && strings.Contains(st, h) {
			return true
		}
	}
	return false
}

// dropReason is the reason for which block element i is dropped as a whole,
// "" if it is not: by its element, role, class or id, or because it is made
// of links.
func (t *tree) dropReason(i int) string {
	n := t.nodes[i].Node
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article, atom.H1, atom.Tr, atom.Tbody:
		return ""
	}
	c := t.within(i)
	if t.isMain(c) {
		return ""
	}
	if n.DataAtom == atom.Header {
		if c.mains == 0 && c.linked*2 > c.letters {
			return document.Navigation
		}
	}
	if c.mains == 0 {
		if h := find(elementHints, n.Data); h.fits(c) {
			return h.reason
		}
		for _, a := range n.Attr {
			table := classHints
			switch a.Key {
			case "role":
				table = elementHints
			case "class", "id":
			default:
				continue
			}
			if reason := named(table, a.Val, c); reason != "" {
				return reason
			}
		}
	}
	return t.linkReason(i, c)
}

// named looks the words of a class attribute up.
func named(table []hint, value string, c counts) string {
	for _, w := range classWords(value) {
		if h := find(table, w); h.fits(c) {
			return h.reason
		}
	}
	return ""
}

// fits reports whether a part that the hint's word names is what it says.
func (h *hint) fits(c counts) bool {
	return h != nil && c.free() <= h.most && c.links >= h.links
}

func find(table []hint, word string) *hint {
	for k := range table {
		if table[k].word == word {
			return &table[k]
		}
	}
	return nil
}

// classWords splits a class or id attribute into lower-case words, at
// everything but letters and before a capital that follows a small letter.
func classWords(s string) []string {
	var words []string
	start, small := -1, false
	for i, r := range s {
		letter := unicode.IsLetter(r)
		capital := unicode.IsUpper(r)
		if start >= 0 && (!letter || capital && small) {
			words = append(words, strings.ToLower(s[start:i]))
			start = -1
		}
		if letter && start < 0 {
			start = i
		}
		small = letter && !capital
		if len(words) > 32 {
			return words
		}
	}
	if start >= 0 {
		words = append(words, strings.ToLower(s[start:]))
	}
	return words
}

// Limits of parts that are made of links.
const (
	minLinks  = 3  // fewer are no menu
	linkShare = 80 // percent of the letters that stand in links
	menuLink  = 12 // mean letters of a link of a menu; titles of documents are longer
	longLink  = 40 // mean letters of a link; longer ones are text
	crumbs    = 80 // letters of a breadcrumb, which has two links and two arrows at least
)

// linkReason tells menus, tables of contents and lists of other documents by
// their links. Text with the marks of sentences in it is none of them.
func (t *tree) linkReason(i int, c counts) string {
	switch t.nodes[i].DataAtom {
	case atom.Ul, atom.Ol, atom.Div, atom.P, atom.Table, atom.Td, atom.Dl, atom.Section, atom.Center, atom.Menu, atom.Header,
		atom.Aside, atom.Fieldset, atom.Form, atom.Blockquote, atom.Dd:
	default:
		return ""
	}
	if c.links >= 2 && c.arrows >= 2 && c.letters <= crumbs && c.stops == 0 {
		return document.Navigation
	}
	if c.links < minLinks || c.linked*100 < c.letters*linkShare || c.linked > c.links*longLink || c.stops*4 > c.links {
		return ""
	}
	switch {
	case c.inPage == c.links:
		return document.Contents
	case t.nodes[i].before.free()*2 >= t.prose || c.linked > c.links*menuLink:
		return document.Related
	}
	return document.Navigation
}
