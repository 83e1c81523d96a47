package render

import (
	"strconv"

	"zhize/internal/pagegen/internal/sheet"
)

// body writes a stretch of the page's body in its layout.
func (w *writer) body(lines []sheet.Line) {
	switch w.s.Layout {
	case sheet.Lists:
		w.lists(lines)
	case sheet.Definitions:
		w.definitions(lines)
	case sheet.RowTable:
		w.rowTable(lines)
	case sheet.ColumnTable:
		w.columnTable(lines)
	default:
		w.flow(lines)
	}
}

// flows are what stands before and behind each paragraph of the layouts that
// show text as it flows.
var flows = [...][2]string{
	sheet.Paragraphs:   {"<p>", "</p>\n"},
	sheet.Breaks:       {"　　", "<br />\n"},
	sheet.Soup:         {`<div style="margin:0"><span style="font-size:14px;">`, "</span></div>\n"},
	sheet.Preformatted: {"", "\n"},
	sheet.Unclosed:     {"<p>", "\n"},
}

func (w *writer) flow(lines []sheet.Line) {
	before, after := flows[w.s.Layout][0], flows[w.s.Layout][1]
	block := ""
	switch w.s.Layout {
	case sheet.Breaks:
		w.add("<div>")
		block = "</div>\n"
	case sheet.Preformatted:
		w.add("<pre>")
		block = "</pre>\n"
	}
	for i := range lines {
		l := &lines[i]
		if i > 0 && !l.Glued {
			w.add(after)
		}
		if !l.Glued {
			w.add(before)
			if w.s.Hidden != "" && l.Role == sheet.Item && w.r.IntN(24) == 0 {
				w.add(`<span class="hide" style="display:none">`)
				w.text(w.s.Hidden)
				w.add("</span>")
			}
		}
		bold := w.s.Layout != sheet.Preformatted && (l.Role == sheet.ArticleHead || l.Role == sheet.PositionHead) && w.r.IntN(2) == 0
		if bold {
			w.add("<strong>")
		}
		w.line(l)
		if bold {
			w.add("</strong>")
		}
	}
	w.add(after)
	w.add(block)
}

// lists writes items as lists that the browser counts: <ol>, with start and
// value where numbers are lost or stand twice, and <ul> where there are none.
func (w *writer) lists(lines []sheet.Line) {
	open, child := "", false
	next := 0
	end := func() {
		if child {
			w.add("</ul></li>\n")
			child = false
		}
		if open != "" {
			w.add("</" + open + ">\n")
			open = ""
		}
	}
	for i := range lines {
		l := &lines[i]
		switch l.Role {
		case sheet.Child:
			// Its own mark is text: a browser would count anew.
			if !child {
				w.b = w.b[:len(w.b)-len("</li>\n")]
				w.add("<ul style=\"list-style:none\">")
				child = true
			}
			w.add("<li>")
			w.line(l)
			w.add("</li>")
			continue
		case sheet.Item:
			if child {
				w.add("</ul></li>\n")
				child = false
			}
			tag := "ol"
			if l.Number == 0 {
				tag = "ul"
			}
			if open != tag || lines[i-1].Section != l.Section || lines[i-1].Position != l.Position {
				end()
				w.add("<" + tag)
				if l.Number > 1 {
					w.add(" start=\"" + strconv.Itoa(l.Number) + "\"")
				}
				w.add(">\n")
				open, next = tag, l.Number
			}
			if l.Number != next && l.Number > 0 {
				w.add("<li value=\"" + strconv.Itoa(l.Number) + "\">")
			} else {
				w.add("<li>")
			}
			next = l.Number + 1
			w.line(l)
			w.add("</li>\n")
			continue
		}
		end()
		tag := "p"
		if l.Role == sheet.ArticleHead {
			tag = "h2"
		} else if l.Role == sheet.PositionHead {
			tag = "h3"
		}
		w.add("<" + tag + ">")
		w.line(l)
		w.add("</" + tag + ">\n")
	}
	end()
}

// definitions writes heads as terms and what stands below as definitions.
func (w *writer) definitions(lines []sheet.Line) {
	w.add("<dl>\n")
	for i := range lines {
		l := &lines[i]
		switch {
		case l.Role == sheet.FieldRow:
			w.add("<dt>")
			w.text(l.Label + l.Text.Clean)
			w.add("</dt><dd>")
			w.raw = l.Value.Append(w.raw[:0], w.s.Show)
			w.escaped(w.raw)
			w.add("</dd>\n")
		case l.Role == sheet.Item || l.Role == sheet.Child || l.Role == sheet.Board:
			w.add("<dd>")
			w.line(l)
			w.add("</dd>\n")
		default:
			w.add("<dt>")
			w.line(l)
			w.add("</dt>\n")
		}
	}
	w.add("</dl>\n")
}

// rowTable writes a table: fields two a row, a section a row with its head in
// the first cell.
func (w *writer) rowTable(lines []sheet.Line) {
	w.add("<table border=\"1\" cellspacing=\"0\">\n")
	for i := 0; i < len(lines); {
		l := &lines[i]
		switch l.Role {
		case sheet.FieldRow:
			w.add("<tr>")
			for k := 0; k < 2 && i < len(lines) && lines[i].Role == sheet.FieldRow; k++ {
				w.add("<td>")
				w.text(lines[i].Text.Clean)
				w.add("</td><td>")
				w.raw = lines[i].Value.Append(w.raw[:0], w.s.Show)
				w.escaped(w.raw)
				w.add("</td>")
				i++
			}
			w.add("</tr>\n")
		case sheet.SectionHead, sheet.Item, sheet.Child:
			w.add("<tr>")
			if l.Role == sheet.SectionHead {
				w.add("<td>")
				w.line(l)
				w.add("</td><td colspan=\"3\">")
				i++
			} else {
				w.add("<td colspan=\"4\">")
			}
			for first := true; i < len(lines) && (lines[i].Role == sheet.Item || lines[i].Role == sheet.Child); i++ {
				if !first {
					w.add("<br/>")
				}
				w.line(&lines[i])
				first = false
			}
			w.add("</td></tr>\n")
		default:
			w.add("<tr><td colspan=\"4\">")
			w.line(l)
			w.add("</td></tr>\n")
			i++
		}
	}
	w.add("</table>\n")
}

// columnTable writes a table with one position a row.
func (w *writer) columnTable(lines []sheet.Line) {
	part := *w.s
	part.Lines = lines
	open := false
	for i := 0; i < len(lines); {
		if lines[i].Role != sheet.PositionHead {
			if open {
				w.add("</table>\n")
				open = false
			}
			w.add("<h2>")
			w.line(&lines[i])
			w.add("</h2>\n")
			i++
			continue
		}
		if !open {
			w.add("<table><tr>")
			for _, h := range columnHeads {
				w.add("<th>")
				w.text(h)
				w.add("</th>")
			}
			w.add("</tr>\n")
			open = true
		}
		title, sections, next := cells(&part, i)
		w.add("<tr><td>")
		w.line(title)
		for _, section := range sections {
			w.add("</td><td>")
			for k, l := range section {
				if k > 0 {
					w.add("<br>")
				}
				w.line(l)
			}
		}
		w.add("</td></tr>\n")
		i = next
	}
	if open {
		w.add("</table>\n")
	}
}
