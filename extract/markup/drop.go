package markup

import (
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
	"zhize/extract/markup/internal/elem"
)

// hint names a part of a page which is no text of it.
type hint struct {
	reason document.Reason
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

// partElement reports an element that parts may match without a role.
func partElement(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Footer, atom.Aside, atom.Search:
		return true
	}
	return false
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

// classHintsOf are the hints that the words of a class or id give, in the
// order of the words.
func classHintsOf(value string) []hint {
	var out []hint
	for _, w := range classWords(value) {
		for k := range classHints {
			if strings.Contains(classHints[k].words, " "+w+" ") {
				out = append(out, classHints[k].hint)
			}
		}
	}
	return out
}

// mainShare is the part of a page's prose, in percent, that is never dropped
// for what its markup says: it is the page.
const mainShare = 40

// isMain reports whether a part with so many letters outside links holds so
// much of the page's prose. Of a page that is all links, nothing is main.
func (t *tree) isMain(free int32) bool {
	return free > 20 && int64(free)*100 >= int64(t.prose)*mainShare
}

// taken are the elements that are taken out of their line: those that
// attributes hide, and the controls of a form.
var taken = []struct {
	goquery.Matcher
	reason document.Reason
}{
	{goquery.Single(`[hidden]:not([hidden="until-found" i]), [aria-hidden="true" i], dialog:not([open])`), document.Hidden},
	{goquery.Single("button, select, textarea, input"), document.Navigation},
}

// outside is the reason for which an element, part i, is taken out of its
// line: hidden by an attribute, a style or a style sheet, or a control of a
// form. NoReason it is not.
func (w *walker) outside(n *html.Node, i int, a *traits) document.Reason {
	reason := document.NoReason
	if a.hidden || w.sheet != nil && (a.class != "" || a.id != "") && w.t.parts[i].free() <= maxUnshown && w.sheet.Match(n) {
		reason = document.Hidden
	}
	if reason == document.NoReason && (a.taken || elem.Control(n.DataAtom) || n.DataAtom == atom.Dialog) {
		for _, t := range taken {
			if reason == document.NoReason && t.Match(n) {
				reason = t.reason
			}
		}
	}
	if reason == document.NoReason || n.DataAtom == atom.Body || n.DataAtom == atom.Html || w.t.isMain(w.t.parts[i].free()) {
		return document.NoReason
	}
	return reason
}

// dropReason is the reason for which a block element, part i, is dropped as a
// whole, NoReason if it is not: by its element, role, class or id, or because it is
// made of links. row is the part that it stands in, -1 for none.
func (w *walker) dropReason(n *html.Node, i, row int, a *traits) document.Reason {
	t := w.t
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Main, atom.Article, atom.H1, atom.Tr, atom.Tbody:
		return document.NoReason
	}
	c := &t.parts[i].counts
	if t.isMain(c.free()) {
		return document.NoReason
	}
	if n.DataAtom == atom.Header {
		if c.mains == 0 && c.linked*2 > c.letters {
			return document.Navigation
		}
	}
	if c.mains == 0 {
		if a.part || partElement(n) {
			for k := range parts {
				if parts[k].fits(c) && parts[k].Match(n) {
					return parts[k].reason
				}
			}
		}
		for _, value := range []string{a.class, a.id} {
			if value == "" {
				continue
			}
			for _, h := range remembered(w.hints, value, classHintsOf) {
				if h.fits(c) {
					return h.reason
				}
			}
		}
	}
	switch {
	case n.DataAtom == atom.Td && row >= 0 && t.isMain(t.parts[i].front-t.parts[row].front) && isColumn(n, c):
		return document.Related
	case c.letters <= maxControls && c.stops == 0 && onlyLabels(lead(n)):
		return document.Navigation
	}
	return t.linkReason(i)
}

// fits reports whether a part that the hint names is what it says.
func (h hint) fits(c *counts) bool {
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
