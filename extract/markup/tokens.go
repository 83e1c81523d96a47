package markup

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
	"zhize/extract/internal/numeral"
	"zhize/extract/internal/writer"
	"zhize/extract/markup/internal/elem"
	"zhize/extract/markup/internal/lists"
)

// tokenWalker writes a page without building its tree, in bounded memory,
// for pages that are too deep or too large for one. It knows block ends,
// cells, headings and list numbers; it drops nothing by structure.
type tokenWalker struct {
	*writer.Writer
	lists []lists.List
	skip  atom.Atom // the unseen element whose end is awaited
	depth int       // of that element inside itself
	inPre bool
	title bool
	cells int // cells of the row so far
	said  string
	tag   html.Node // the last start tag
}

// maxLists is how deep lists may nest here; deeper items bear no numbers.
const maxLists = 64

func walkTokens(out *writer.Writer, text string) Said {
	w := tokenWalker{Writer: out}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return Said{Title: oneLine(w.said)}
		case html.TextToken:
			w.text(z)
		case html.StartTagToken, html.SelfClosingTagToken:
			w.element(z)
			w.start(&w.tag)
		case html.EndTagToken:
			name, _ := z.TagName()
			w.stop(atom.Lookup(name))
		}
	}
}

func (w *tokenWalker) text(z *html.Tokenizer) {
	switch {
	case w.title:
		if len(w.said) < maxText {
			w.said += string(z.Text())
		}
	case w.skip != 0:
	case w.inPre:
		w.Verbatim(string(z.Text()))
	default:
		s := string(z.Text())
		if w.Owed() != "" && numeral.Leads(strings.TrimLeft(s, leadSpace)) {
			w.Number("")
		}
		w.Text(s)
	}
}

// element reads the element that a start tag opens, with the attributes that
// say how a list counts: a tag may have a million others.
func (w *tokenWalker) element(z *html.Tokenizer) {
	name, more := z.TagName()
	w.tag = html.Node{Type: html.ElementNode, DataAtom: atom.Lookup(name)}
	switch w.tag.DataAtom {
	case atom.Ol, atom.Ul, atom.Li:
	default:
		return
	}
	for more && len(w.tag.Attr) < maxAttributes {
		var key, value []byte
		key, value, more = z.TagAttr()
		w.tag.Attr = append(w.tag.Attr, html.Attribute{Key: string(key), Val: string(value)})
	}
}

// maxAttributes is how many attributes of a list are looked at.
const maxAttributes = 16

func (w *tokenWalker) start(n *html.Node) {
	if w.skip != 0 {
		if n.DataAtom == w.skip {
			w.depth++
		}
		return
	}
	switch n.DataAtom {
	case atom.Title:
		w.title = true
	case atom.Head, atom.Meta, atom.Link:
	case atom.Br:
		w.Break()
	case atom.Td, atom.Th:
		if w.cells++; w.cells > 1 {
			w.Tab()
		}
	case atom.Pre:
		w.inPre = true
	case atom.Ol, atom.Ul:
		if len(w.lists) < maxLists {
			w.lists = append(w.lists, lists.New(n, ""))
		}
	default:
		if elem.Unseen(n.DataAtom) {
			w.skip, w.depth = n.DataAtom, 1
			return
		}
	}
	if n.DataAtom == atom.Td || n.DataAtom == atom.Th || !elem.Block(n.DataAtom) {
		return
	}
	w.Block()
	switch n.DataAtom {
	case atom.Tr, atom.Table:
		w.ClearTabs()
		w.cells = 0
		w.Block()
	case atom.Li:
		w.Number("")
		w.SetContext(&writer.Context{Kind: document.ListItem, Level: max(1, len(w.lists))})
		if k := len(w.lists) - 1; k >= 0 {
			w.Number(w.lists[k].Item(n, ""))
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.SetContext(&writer.Context{Kind: document.Heading, Level: elem.HeadingLevel(n.DataAtom)})
	}
}

func (w *tokenWalker) stop(a atom.Atom) {
	if w.skip != 0 {
		if a == w.skip {
			if w.depth--; w.depth == 0 {
				w.skip = 0
			}
		}
		return
	}
	switch a {
	case atom.Title:
		w.title = false
	case atom.Pre:
		w.inPre = false
		w.EndVerbatim()
	case atom.Ol, atom.Ul:
		if len(w.lists) > 0 {
			w.lists = w.lists[:len(w.lists)-1]
		}
		w.SetContext(nil)
		w.Number("")
	case atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.SetContext(nil)
		w.Number("")
	case atom.Tr, atom.Table:
		w.ClearTabs()
		w.cells = 0
	}
	if a != atom.Td && a != atom.Th && elem.Block(a) {
		w.Block()
	}
}
