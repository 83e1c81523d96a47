package markup

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"zhize/document"
	"zhize/extract/internal/numeral"
	"zhize/extract/internal/writer"
	"zhize/extract/markup/internal/elem"
	"zhize/extract/markup/internal/lists"
)

// walker writes a tree. Its stack is its own: a page may be nested as deeply
// as it likes.
type walker struct {
	*writer.Writer
	t      *tree
	sheet  goquery.Matcher // what a style sheet hides; nil: nothing
	next   int             // index of the next part
	frames []frame
	lists  []lists.List
	inPre  int
	data   bool // rows of the table are written as one line each
	inCell bool
	spans  spans
	looks  map[string]look
	hints  map[string][]hint
}

// frame is an open element and what its end undoes.
type frame struct {
	part  int // its index, -1 for none
	ctx   *writer.Context
	block bool // its end is a line end
	list  bool
	bold  bool
	pre   bool
	drop  bool
	row   bool
	table bool // the table decided how its rows are written
	data  bool // what the flag was before
	cell  bool
	wide  int // of a cell: how many columns more than one it spans
	item  bool
	owed  string // of an item: the number that was owed before it began
}

// walk writes everything below root.
func walk(out *writer.Writer, t *tree, root *html.Node) {
	w := walker{Writer: out, t: t, sheet: t.unshown(), looks: make(map[string]look), hints: make(map[string][]hint), frames: make([]frame, 0, 32)}
	w.below(root)
}

// below writes everything below an element.
func (w *walker) below(root *html.Node) {
	for n := root.FirstChild; n != nil; {
		if w.node(n) {
			if n.FirstChild != nil {
				n = n.FirstChild
				continue
			}
			w.leave()
		}
		for n.NextSibling == nil {
			if n = n.Parent; n == root {
				return
			}
			w.leave()
		}
		n = n.NextSibling
	}
}

// node writes a text, or opens an element and reports that.
func (w *walker) node(n *html.Node) bool {
	switch {
	case n.Type == html.TextNode:
		if w.inPre > 0 {
			w.Verbatim(n.Data)
		} else {
			w.Text(n.Data)
		}
		return false
	case n.Type != html.ElementNode || elem.Unseen(n.DataAtom):
		return false
	}
	i := -1
	var a traits
	if measured(n) {
		i = w.next
		w.next++
		if len(n.Attr) > 0 {
			a = w.traits(n)
		}
		if w.Reason() == document.NoReason {
			if reason := w.outside(n, i, &a); reason != document.NoReason {
				if s := flat(n); s != "" {
					w.Aside(s, reason)
				}
				w.next = int(w.t.parts[i].end)
				return false
			}
		}
	}
	if n.DataAtom == atom.Br {
		w.Break()
	}
	if n.FirstChild == nil && (n.DataAtom == atom.Br || n.DataAtom == atom.Wbr) {
		return false
	}
	w.enter(n, i, &a)
	if n.DataAtom == atom.Table && !w.InRow() && w.columns(n, i) {
		w.next = int(w.t.parts[i].end)
		w.leave()
		return false
	}
	return true
}

// columns writes a table that people read by column, and reports that it is one.
func (w *walker) columns(table *html.Node, i int) bool {
	rows := w.t.columnRows(table, i)
	if rows == nil {
		return false
	}
	if w.t.areLists(rows) {
		w.data = false
		w.byColumn(table, rows)
		return true
	}
	if s := w.t.sheetsOf(rows); s.rows != nil {
		w.data = false
		w.side(table, s)
		return true
	}
	return false
}

// enter opens an element, part i.
func (w *walker) enter(n *html.Node, i int, a *traits) {
	f := frame{
		part: i, ctx: w.Context(), data: w.data,
		block: elem.Block(n.DataAtom) || a.block, bold: a.bold, pre: a.pre,
	}
	switch n.DataAtom {
	case atom.Table:
		f.table = true
		if w.data = !w.InRow() && w.t.isData(n, i); w.data {
			w.spans = spans{}
		}
	case atom.Tr:
		f.row = w.data && !w.InRow()
	case atom.Td, atom.Th:
		f.bold = f.bold || n.DataAtom == atom.Th && !w.InRow()
		if w.data && w.InRow() && !w.inCell {
			f.cell, f.block, w.inCell = true, false, true
			w.emptyCells(w.spans.covered())
			f.wide = w.spans.add(n)
			w.Cell()
		}
	case atom.Ol, atom.Ul, atom.Menu, atom.Dir:
		w.lists = append(w.lists, lists.New(n, a.marker))
		f.list = true
	case atom.Pre, atom.Listing, atom.Xmp, atom.Plaintext:
		f.pre = true
	case atom.B, atom.Strong:
		f.bold = true
	case atom.Li:
		f.item = true
	}
	if f.block {
		w.Block()
		if i >= 0 && !w.InRow() && w.Reason() == document.NoReason {
			if reason := w.dropReason(n, i, w.within(), a); reason != document.NoReason {
				w.Drop(reason)
				f.drop = true
				w.SetContext(nil)
			}
		}
	}
	w.context(n, &f, a)
	if f.row {
		w.Row()
	}
	if f.bold {
		w.Bold(true)
	}
	if f.pre {
		w.inPre++
	}
	w.frames = append(w.frames, f)
}

// within is the part that the innermost open element is, -1 for none.
func (w *walker) within() int {
	if len(w.frames) == 0 {
		return -1
	}
	return w.frames[len(w.frames)-1].part
}

// context sets what the text of an element is part of.
func (w *walker) context(n *html.Node, f *frame, a *traits) {
	if f.item {
		f.owed = w.Owed()
		w.item(n, a)
	}
	if w.InRow() || w.Reason() != document.NoReason {
		return
	}
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		w.SetContext(&writer.Context{Kind: document.Heading, Level: elem.HeadingLevel(n.DataAtom)})
	case atom.Li:
		w.SetContext(&writer.Context{Kind: document.ListItem, Level: max(1, len(w.lists))})
	case atom.Tr:
		if f.row {
			w.SetContext(&writer.Context{Kind: document.Row})
		}
	case atom.Pre:
		w.SetContext(&writer.Context{Kind: document.Preformatted})
	}
}

// item opens an item: the number of its list is owed to its first text. Of an
// item that begins with another the inner number is printed.
func (w *walker) item(n *html.Node, a *traits) {
	if len(w.lists) == 0 {
		return
	}
	label := w.lists[len(w.lists)-1].Item(n, a.marker)
	if label != "" && w.Reason() == document.NoReason && !numeral.Leads(lead(n)) {
		w.Number(label)
	}
}

// leave closes the innermost element.
func (w *walker) leave() {
	f := &w.frames[len(w.frames)-1]
	w.frames = w.frames[:len(w.frames)-1]
	if f.cell {
		w.EndCell()
		w.emptyCells(f.wide)
		w.inCell = false
	}
	if f.row {
		w.EndRow()
		w.spans.endRow()
	}
	if f.pre {
		w.inPre--
		w.EndVerbatim()
	}
	if f.bold {
		w.Bold(false)
	}
	if f.list {
		w.lists = w.lists[:len(w.lists)-1]
	}
	if f.drop {
		w.Undrop()
	}
	if f.item && w.Owed() != "" { // it had no text
		w.Number(f.owed)
	}
	w.SetContext(f.ctx)
	if f.block {
		w.Block()
	}
	if f.table {
		w.data = f.data
	}
}

// emptyCells writes cells that have no text of their own, so that those behind
// them stand in their columns.
func (w *walker) emptyCells(n int) {
	for range n {
		w.Cell()
		w.EndCell()
	}
}

// flat is the text of an element as one line.
func flat(root *html.Node) string {
	var b strings.Builder
	for n := range elem.Inside(root) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else if elem.Block(n.DataAtom) || n.DataAtom == atom.Br {
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return strings.ContainsRune(" \t\n\f\r", r) }), " ")
}
