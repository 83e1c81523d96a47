package markup

import (
	"strings"

	"golang.org/x/net/html"

	"zhize/document"
	"zhize/extract/internal/writer"
	"zhize/extract/outline/lexicon"
)

// sheets is a table of job sheets side by side: a column of labels, and a column
// for each position.
//
//	岗位      销售经理     仓库主管
//	岗位职责  1、… 2、…    1、… 2、…
//	任职要求  1、…         1、…
type sheets struct {
	rows   [][]gridCell
	corner cornerKind
}

// cornerKind is what stands above the labels.
type cornerKind uint8

const (
	keyCorner   cornerKind = iota // the key of the titles beside it: 岗位
	blankCorner                   // nothing
	otherCorner                   // a name of the labels: 项目
)

// sheetsOf reads a table of job sheets side by side. What proves it are words:
// the first row names jobs, at least two, and no key or heading; the first column
// below it holds labels, most of them known, of which one heads a section that two
// positions have. The result has no rows for other tables.
func (t *tree) sheetsOf(rows [][]gridCell) sheets {
	if len(rows[0]) < 3 {
		return sheets{}
	}
	s := sheets{rows: rows, corner: cornerOf(labelText(rows[0][0].node))}
	for _, c := range rows[0][1:] {
		if name := labelText(c.node); name == "" || isLabel(name) || !lexicon.TitleShaped(name) {
			return sheets{}
		}
	}
	if s.corner != keyCorner && headKind(rows[0][1:]) != document.JobHeading {
		return sheets{}
	}
	known, heads := 0, 0
	for _, row := range rows[1:] {
		label := row[0]
		if p := &t.parts[label.part]; p.letters == 0 || p.letters > maxColumnHead || p.stops > 0 {
			return sheets{}
		}
		text := labelText(label.node)
		if isLabel(text) {
			known++
		}
		if isHead(text) && t.filled(row[1:]) >= 2 {
			heads++
		}
	}
	if heads == 0 || known*2 < len(rows)-1 {
		return sheets{}
	}
	return s
}

// filled is how many cells have text.
func (t *tree) filled(cells []gridCell) int {
	n := 0
	for _, c := range cells {
		if t.parts[c.part].letters > 0 {
			n++
		}
	}
	return n
}

// labelText is the text of a cell as a label.
func labelText(cell *html.Node) string {
	return strings.Trim(strings.ReplaceAll(flat(cell), " ", ""), ":：　\t")
}

func cornerOf(text string) cornerKind {
	if text == "" {
		return blankCorner
	}
	if k, ok := lexicon.FieldKey(text); ok && k.Field == "title" {
		return keyCorner
	}
	return otherCorner
}

// isHead reports text that is the heading of a section.
func isHead(text string) bool {
	h, before, ok := lexicon.HeadAtEnd(text)
	return ok && before == "" && !h.Own
}

// isLabel reports text that heads a section or is the key of a form.
func isLabel(text string) bool {
	_, key := lexicon.FieldKey(text)
	return key || isHead(text)
}

// side writes sheets one after the other: each is a form of labels and values.
// A label stands in the page once; for the second sheet and those that follow it
// is repeated.
func (w *walker) side(table *html.Node, s sheets) {
	w.caption(table)
	outer := w.Context()
	if s.corner == otherCorner {
		w.next = s.rows[0][0].part
		w.whole(s.rows[0][0].node)
	}
	for c := 1; c < len(s.rows[0]); c++ {
		for r, row := range s.rows {
			if r == 0 && s.corner != keyCorner {
				w.columnHead(row[c], document.JobHeading, outer)
				continue
			}
			if c > 1 && w.t.parts[row[c].part].letters == 0 && flat(row[c].node) == "" {
				w.next = row[c].part
				w.whole(row[c].node)
				continue
			}
			w.labelled(row[0], row[c], c > 1)
			w.SetContext(outer)
		}
	}
}

// labelled writes a row of a label and its value.
func (w *walker) labelled(label, value gridCell, again bool) {
	w.Block()
	w.data = true
	if w.Reason() == document.NoReason {
		w.SetContext(&writer.Context{Kind: document.Row})
	}
	w.Row()
	if again {
		w.Cell()
		w.Repeat(labelText(label.node))
		w.EndCell()
	} else {
		w.next = label.part
		w.whole(label.node)
	}
	w.next = value.part
	w.whole(value.node)
	w.EndRow()
	w.data = false
	w.Block()
}
