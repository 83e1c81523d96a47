package extract

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
)

// walker writes a tree into a builder. Its stack is its own: a page may be
// nested as deeply as it likes.
type walker struct {
	*builder
	t       *tree
	unshown map[*html.Node]bool // by a style sheet
	frames  []frame
	lists   []list
	inPre   int
	cellAt  int // where the text ended when the cell began
	cellBr  int // what was owed then
}

// frame is an open element and what its end undoes.
type frame struct {
	at    int // its index
	end   int // index behind it
	ctx   *context
	block bool // its end is a line end
	list  bool
	bold  bool
	pre   bool
	drop  bool
	row   bool
	table bool // the table decided how its rows are written
	cells bool // what the flag was before
	cell  bool
	item  bool
}

// walk writes the whole page.
func walk(b *builder, t *tree, unshown map[*html.Node]bool) {
	b.from = -1
	w := walker{builder: b, t: t, unshown: unshown}
	data := false // rows of the table are written as one line each
	for i := 0; i < len(t.nodes); {
		for len(w.frames) > 0 && w.frames[len(w.frames)-1].end <= i {
			data = w.leave(data)
		}
		n := &t.nodes[i]
		if n.Type == html.TextNode {
			w.textNode(n.Data)
			i++
			continue
		}
		if b.reason == "" {
			if reason := w.outside(i); reason != "" {
				if blockElement(n.Node) && b.row == 0 {
					b.block()
				}
				if s := w.flat(i); s != "" {
					b.aside(s, reason)
				}
				i = int(n.end)
				continue
			}
		}
		data = w.enter(i, data)
		i++
	}
	for len(w.frames) > 0 {
		data = w.leave(data)
	}
}

func (w *walker) textNode(s string) {
	if w.inPre > 0 {
		w.pre(s)
	} else {
		w.text(s)
	}
}

// enter opens element i.
func (w *walker) enter(i int, data bool) bool {
	n := &w.t.nodes[i]
	f := frame{at: i, end: int(n.end), ctx: w.ctx, cells: data}
	st := style(n.Node)
	f.block = blockElement(n.Node) || strings.Contains(st, ";display:block;")
	switch n.DataAtom {
	case atom.Br:
		w.br()
		return data
	case atom.Wbr:
		return data
	case atom.Table:
		f.table = true
		data = w.row == 0 && w.t.isData(i)
	case atom.Tr:
		if data && w.row == 0 {
			f.row = true
		}
	case atom.Td, atom.Th:
		if data && w.row == 1 {
			f.cell, f.block = true, false
			w.cellAt, w.cellBr = len(w.buf), w.breaks
		}
	case atom.Ol, atom.Ul, atom.Menu, atom.Dir:
		w.lists = append(w.lists, newList(n.Node))
		f.list = true
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		f.pre = true
	case atom.B, atom.Strong:
		f.bold = true
	case atom.Li:
		f.item = true
	}
	f.bold = f.bold || boldStyle(st)
	f.pre = f.pre || strings.Contains(st, ";white-space:pre")
	if f.block {
		w.block()
	}
	if f.block && w.row == 0 && w.reason == "" {
		if reason := w.t.dropReason(i, w.at()); reason != "" {
			w.drop(reason)
			f.drop = true
			w.ctx = nil
		}
	}
	w.context(i, f)
	if f.row {
		w.row++
	}
	if f.bold {
		w.bold++
	}
	if f.pre {
		w.inPre++
	}
	w.frames = append(w.frames, f)
	return data
}

// at is the index of the innermost open element, 0 for none.
func (w *walker) at() int {
	if len(w.frames) == 0 {
		return 0
	}
	return w.frames[len(w.frames)-1].at
}

// context sets what the text of element i is part of.
func (w *walker) context(i int, f frame) {
	n := &w.t.nodes[i]
	if n.DataAtom == atom.Li {
		w.item(i)
	}
	if w.row > 0 || w.reason != "" {
		return
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.ctx = &context{kind: document.Heading, level: int(n.Data[1] - '0')}
	case atom.Li:
		w.ctx = &context{kind: document.ListItem, level: max(1, len(w.lists))}
	case atom.Tr:
		if f.row {
			w.ctx = &context{kind: document.Row}
		}
	case atom.Pre:
		w.ctx = &context{kind: document.Preformatted}
	}
}

// leave closes the innermost element.
func (w *walker) leave(data bool) bool {
	f := w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if f.cell {
		w.cell(w.cellAt, w.cellBr)
	}
	if f.row {
		w.row--
		w.tabs = 0
	}
	if f.pre {
		w.inPre--
		w.breaks = min(w.breaks, 2)
	}
	if f.bold {
		w.bold--
	}
	if f.list {
		w.lists = w.lists[:len(w.lists)-1]
	}
	if f.drop {
		w.undrop()
	}
	if f.item {
		w.number = "" // owed still if the item had no text
	}
	w.ctx = f.ctx
	if f.block {
		w.block()
	}
	if f.table {
		return f.cells
	}
	return data
}

// flat is the text of element i as one line.
func (w *walker) flat(i int) string {
	var b strings.Builder
	for _, n := range w.t.nodes[i:w.t.nodes[i].end] {
		if n.Type != html.TextNode {
			if blockElement(n.Node) || n.DataAtom == atom.Br || n.DataAtom == atom.Td || n.DataAtom == atom.Option {
				b.WriteByte(' ')
			}
			continue
		}
		b.WriteString(n.Data)
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), " ")
}

func boldStyle(st string) bool {
	_, v, ok := strings.Cut(st, ";font-weight:")
	return ok && (strings.HasPrefix(v, "bold") || strings.HasPrefix(v, "700") || strings.HasPrefix(v, "800"))
}

// blockElement reports whether an element stands on lines of its own.
func blockElement(n *html.Node) bool {
	switch n.DataAtom {
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
