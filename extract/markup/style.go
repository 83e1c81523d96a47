package markup

import (
	"strings"

	"golang.org/x/net/html"
)

// look is what an element's attributes say of how it is shown.
type look struct {
	hidden bool // by its style
	block  bool
	bold   bool
	pre    bool
	marker string // how its list counts: the style's word, "none" for no numbers; "" nothing said
}

// memo bounds what is remembered of the attributes of a page: values repeat.
const (
	memoSize  = 512 // values
	memoValue = 512 // bytes of one
)

// remembered is f of a value, computed once for values that repeat.
func remembered[T any](memo map[string]T, value string, f func(string) T) T {
	if v, ok := memo[value]; ok {
		return v
	}
	v := f(value)
	if len(memo) < memoSize && len(value) <= memoValue {
		memo[value] = v
	}
	return v
}

// hiddenStyles hide an element from a reader.
var hiddenStyles = []string{
	";display:none;", ";visibility:hidden;", ";visibility:collapse;", ";font-size:0;", ";font-size:0px;", ";opacity:0;",
	";font-size:0pt;", ";font-size:0em;",
}

// lookOf reads a style attribute.
func lookOf(style string) look {
	st := ";" + tight(style) + ";"
	l := look{
		block: strings.Contains(st, ";display:block;"),
		pre:   strings.Contains(st, ";white-space:pre"),
	}
	for _, h := range hiddenStyles {
		l.hidden = l.hidden || strings.Contains(st, h)
	}
	if _, v, ok := strings.Cut(st, ";font-weight:"); ok {
		l.bold = strings.HasPrefix(v, "bold") || strings.HasPrefix(v, "700") || strings.HasPrefix(v, "800")
	}
	for _, key := range []string{";list-style-type:", ";list-style:"} {
		if _, v, ok := strings.Cut(st, key); ok {
			l.marker, _, _ = strings.Cut(v, ";")
		}
	}
	return l
}

// tight is a part of a style in lower case, without spaces and "!important".
func tight(style string) string {
	style = strings.Join(strings.Fields(strings.ToLower(style)), "")
	return strings.ReplaceAll(style, "!important", "")
}

// traits are the attributes of an element that the walk asks for.
type traits struct {
	look
	class, id string
	part      bool // it has a role
	taken     bool // it has an attribute that hides it
}

// traits reads the attributes of an element.
func (w *walker) traits(n *html.Node) traits {
	var t traits
	for i := len(n.Attr) - 1; i >= 0; i-- { // of two with one name the first counts
		switch a := &n.Attr[i]; a.Key {
		case "style":
			if a.Val != "" {
				t.look = remembered(w.looks, a.Val, lookOf)
			}
		case "class":
			t.class = a.Val
		case "id":
			t.id = a.Val
		case "role":
			t.part = true
		case "hidden", "aria-hidden":
			t.taken = true
		}
	}
	return t
}
