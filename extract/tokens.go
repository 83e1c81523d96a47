package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
)

// tokenWalker writes a page without building its tree, in bounded memory,
// for pages that are too deep or too large for one. It knows block ends,
// cells, headings and list numbers; it drops nothing by structure.
type tokenWalker struct {
	*builder
	lists []list
	skip  atom.Atom // the unseen element whose end is awaited
	depth int       // of that element inside itself
	inPre int
	title bool
	cells int // cells of the row so far
}

// maxLists is how deep lists may nest here; deeper items bear no numbers.
const maxLists = 64

func walkTokens(b *builder, m *meta, text string) {
	b.from = -1
	w := tokenWalker{builder: b}
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch {
			case w.title:
				if len(m.pageTitle) < maxMeta {
					m.pageTitle += string(z.Text())
				}
			case w.skip != 0:
			case w.inPre > 0:
				w.pre(string(z.Text()))
			default:
				s := string(z.Text())
				if w.number != "" && numbered(strings.TrimLeft(s, leadSpace)) {
					w.number = ""
				}
				w.text(s)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			w.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			w.stop(atom.Lookup(name))
		}
	}
}

func (w *tokenWalker) start(t html.Token) {
	if w.skip != 0 {
		if t.DataAtom == w.skip {
			w.depth++
		}
		return
	}
	n := &html.Node{Type: html.ElementNode, DataAtom: t.DataAtom, Data: t.Data, Attr: t.Attr}
	switch t.DataAtom {
	case atom.Title:
		w.title = true
	case atom.Head, atom.Meta, atom.Link:
	case atom.Br:
		w.br()
	case atom.Td, atom.Th:
		if w.cells++; w.cells > 1 {
			w.breaks, w.hard, w.space = 0, false, false
			w.tabs = 1
		}
	case atom.Pre:
		w.inPre = 1
	case atom.Ol, atom.Ul:
		if len(w.lists) < maxLists {
			w.lists = append(w.lists, newList(n))
		}
	default:
		if unseen(t.DataAtom) {
			w.skip, w.depth = t.DataAtom, 1
			return
		}
	}
	if t.DataAtom == atom.Td || t.DataAtom == atom.Th || !blockElement(n) {
		return
	}
	w.block()
	switch t.DataAtom {
	case atom.Tr, atom.Table:
		w.tabs, w.cells = 0, 0
		w.block()
	case atom.Li:
		w.number = ""
		w.ctx = &context{kind: document.ListItem, level: max(1, len(w.lists))}
		if k := len(w.lists) - 1; k >= 0 && w.lists[k].ordered {
			if v, ok := attr(n, "value"); ok {
				w.lists[k].set(v)
			}
			w.number = w.lists[k].label()
		}
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.ctx = &context{kind: document.Heading, level: int(t.Data[1] - '0')}
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
		w.inPre = 0
		w.breaks = min(w.breaks, 2)
	case atom.Ol, atom.Ul:
		if len(w.lists) > 0 {
			w.lists = w.lists[:len(w.lists)-1]
		}
		w.ctx, w.number = nil, ""
	case atom.Li, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.ctx, w.number = nil, ""
	case atom.Tr, atom.Table:
		w.tabs, w.cells = 0, 0
	}
	if a != atom.Td && a != atom.Th && blockElement(&html.Node{DataAtom: a}) {
		w.block()
	}
}
