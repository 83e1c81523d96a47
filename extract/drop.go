package extract

import (
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
)

// hint names a part of a page which is no text of it.
type hint struct {
	reason string
	most   int32 // letters outside links that such a part may hold and still be dropped
	links  int32 // links that it must hold
}

// parts are the elements and roles that HTML has for such parts.
var parts = []struct {
	goquery.Matcher
	hint
}{
	{goquery.Single("nav, [role~=navigation]"), hint{document.Navigation, 200, 0}},
	{goquery.Single("search, [role~=search]"), hint{document.Navigation, 60, 0}},
	{goquery.Single("footer, [role~=contentinfo]"), hint{document.Footer, 300, 0}},
	{goquery.Single("aside, [role~=complementary]"), hint{document.Related, 120, 0}},
}

// classHints are words of class and id attributes. They are matched against
// whole words: "nav-top", "topNav" and "nav_2" hold nav, "canvas" does not.
// The limits are short where the word also stands on parts that hold the
// text itself; the shortest duty list of the examples has 90 letters.
var classHints = []struct {
	words string // with a space on both sides
	hint
}{
	{" nav navbar navigation ", hint{document.Navigation, 100, 0}},
	{" breadcrumb breadcrumbs crumb crumbs mianbao mbx sidebar sidenav ", hint{document.Navigation, 80, 0}},
	{" topbar ", hint{document.Navigation, 60, 0}},
	{" toolbar pager pagination paging pagebar search login share bdsharebuttonbox social shouji friendlink ", hint{document.Navigation, 40, 0}},
	{" navi ", hint{document.Navigation, 100, 1}},
	{" menu submenu ", hint{document.Navigation, 60, 1}},
	{" tags ", hint{document.Navigation, 40, 1}},
	{" ad ads adv advert advertisement guanggao sponsor ", hint{document.Advertisement, 80, 0}},
	{" gg promo download xiazai vip pay ", hint{document.Advertisement, 60, 0}},
	{" qrcode ", hint{document.Advertisement, 40, 0}},
	{" banner ", hint{document.Advertisement, 40, 1}},
	{" related relate xiangguan recommend recommended recommendation tuijian ", hint{document.Related, 80, 0}},
	{" hot rank ", hint{document.Related, 40, 1}},
	{" comment comments pinglun footer foot ", hint{document.Footer, 200, 0}},
	{" score rating pingfen vote digg ", hint{document.Footer, 30, 0}},
	{" copyright disclaimer mianze ", hint{document.Legal, 200, 0}},
	{" shengming ", hint{document.Legal, 120, 0}},
	{" beian ", hint{document.Legal, 60, 0}},
}

// mainShare is the part of a page's prose, in percent, that is never dropped
// for what its markup says: it is the page.
const mainShare = 40

// isMain reports whether a part holds so much of the page's prose. Of a page
// that is all links, nothing is main.
func (t *tree) isMain(c counts) bool {
	return c.free() > 20 && c.free()*100 >= t.prose*mainShare
}

// taken are the elements that are taken out of their line: those that
// attributes hide, and the controls of a form.
var taken = []struct {
	goquery.Matcher
	reason string
}{
	{goquery.Single(`[hidden]:not([hidden="until-found" i]), [aria-hidden="true" i]`), document.Hidden},
	{goquery.Single("button, select, textarea, input"), document.Navigation},
}

// outside is the reason for which element i is taken out of its line: hidden
// by an attribute, a style or a style sheet, or a control of a form. "" it is
// not.
func (w *walker) outside(i int) string {
	n := w.t.nodes[i].Node
	reason := ""
	if w.unshown[n] && w.t.within(i).free() <= maxUnshown || hides(style(n)) {
		reason = document.Hidden
	}
	for _, t := range taken {
		if reason == "" && t.Match(n) {
			reason = t.reason
		}
	}
	if reason == "" || n.DataAtom == atom.Body || n.DataAtom == atom.Html || w.t.isMain(w.t.within(i)) {
		return ""
	}
	return reason
}

// hiddenStyles hide an element from a reader.
var hiddenStyles = []string{
	";display:none;", ";visibility:hidden;", ";visibility:collapse;", ";font-size:0;", ";font-size:0px;", ";opacity:0;",
	";font-size:0pt;", ";font-size:0em;",
}

func hides(style string) bool {
	return slices.ContainsFunc(hiddenStyles, func(h string) bool { return style != "" && strings.Contains(style, h) })
}

// dropReason is the reason for which block element i is dropped as a whole,
// "" if it is not: by its element, role, class or id, or because it is made
// of links.
// row is the table row that it stands in, where it is a cell.
func (t *tree) dropReason(i, row int) string {
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
		for k := range parts {
			if parts[k].fits(c) && parts[k].Match(n) {
				return parts[k].reason
			}
		}
		for _, a := range n.Attr {
			if a.Key != "class" && a.Key != "id" {
				continue
			}
			for _, w := range classWords(a.Val) {
				for k := range classHints {
					if classHints[k].fits(c) && strings.Contains(classHints[k].words, " "+w+" ") {
						return classHints[k].reason
					}
				}
			}
		}
	}
	switch {
	case n.DataAtom == atom.Td && t.isMain(t.nodes[i].before.minus(t.nodes[row].before)) && t.isColumn(i, c):
		return document.Related
	case c.letters <= maxControls && c.stops == 0 && onlyLabels(t.lead(i)):
		return document.Navigation
	}
	return t.linkReason(i, c)
}

// fits reports whether a part that the hint names is what it says.
func (h hint) fits(c counts) bool {
	return c.free() <= h.most && c.links >= h.links
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
	linkTitle = 12 // letters of a heading of such a part
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
	share := c.letters
	if c.heads == 1 && c.mains == 0 {
		share = max(c.linked, c.letters-linkTitle)
	}
	if c.links < minLinks || c.linked*100 < share*linkShare || c.linked > c.links*longLink || c.stops*4 > c.links {
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

// Limits of a column beside the text and of the labels of controls.
const (
	columnLetters = 200 // of the column
	columnLine    = 20  // letters of its mean text
	columnLines   = 3   // texts: lines, or more than one a line
	maxControls   = 12  // letters
)

// isColumn reports whether cell i is a list of short lines without the marks
// of sentences and without numbers: what stands beside the text in the tables
// that lay old pages out.
func (t *tree) isColumn(i int, c counts) bool {
	if c.letters > columnLetters || c.stops > 0 {
		return false
	}
	lines := int32(0)
	for _, n := range t.nodes[i:t.nodes[i].end] {
		if text := strings.TrimLeft(n.Data, leadSpace); n.Type == html.TextNode && text != "" {
			if lines++; numbered(text) {
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
