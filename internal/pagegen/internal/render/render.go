package render

import (
	"bytes"
	"math/rand/v2"
	"unicode/utf16"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// How is the form of a page: html, text or markdown, in utf-8, gb2312 (the
// label of pages that are GB 18030), utf-8-bom or utf-16le.
type How struct{ Rendering, Charset string }

// Suffix is the suffix of a file of that form.
func (h How) Suffix() string {
	switch h.Rendering {
	case "html":
		return ".html"
	case "markdown":
		return ".md"
	}
	return ".txt"
}

// MediaType is the form as a server would name it, with the label that the
// page's charset goes by.
func (h How) MediaType() string {
	kind := map[string]string{"html": "text/html", "markdown": "text/markdown"}[h.Rendering]
	if kind == "" {
		kind = "text/plain"
	}
	return kind + "; charset=" + h.label()
}

func (h How) label() string {
	if h.Charset == "utf-8-bom" {
		return "utf-8"
	}
	return h.Charset
}

// Page is the sheet's bytes. What is left open (indents, line ends, names of
// classes) is drawn from r.
func Page(s *sheet.Sheet, r *rand.Rand, how How) []byte {
	var text []byte
	switch how.Rendering {
	case "html":
		text = page(s, r, how.label())
	case "markdown":
		text = markdown(s, r)
	default:
		text = plain(s, r)
	}
	return encode(text, how.Charset)
}

// encode writes UTF-8 in the charset. All of Unicode fits into each of them.
func encode(text []byte, charset string) []byte {
	switch charset {
	case "gb2312":
		out, err := simplifiedchinese.GB18030.NewEncoder().Bytes(text)
		if err != nil {
			return text // GB 18030 holds all of Unicode, so text was no UTF-8
		}
		return out
	case "utf-8-bom":
		return append([]byte("\xef\xbb\xbf"), text...)
	case "utf-16le":
		out := make([]byte, 0, 2*utf8.RuneCount(text)+2)
		out = append(out, 0xff, 0xfe)
		for rest := text; len(rest) > 0; {
			r, size := utf8.DecodeRune(rest)
			rest = rest[size:]
			if r1, r2 := utf16.EncodeRune(r); r1 != utf8.RuneError {
				out = append(out, byte(r1), byte(r1>>8), byte(r2), byte(r2>>8))
				continue
			}
			out = append(out, byte(r), byte(r>>8))
		}
		return out
	}
	return text
}

// line writes a line's own text: label, text, value.
func line(dst []byte, s *sheet.Sheet, l *sheet.Line) []byte {
	if s.Labelled() || l.Role != sheet.Item {
		dst = s.Show(dst, l.Label)
	}
	dst = l.Text.Append(dst, s.Show)
	if l.Role == sheet.FieldRow {
		dst = s.Show(dst, l.Sep)
		dst = l.Value.Append(dst, s.Show)
		dst = append(dst, l.Tail...)
	}
	return dst
}

// plain writes text: lines, with blank ones between them or with indents.
func plain(s *sheet.Sheet, r *rand.Rand) []byte {
	end := [...]string{"\n", "\n\n", "\n"}[r.IntN(3)]
	indent := [...]string{"", "", "　　", "    "}[r.IntN(4)]
	crlf := r.IntN(5) == 0
	var b []byte
	for i := range s.Lines {
		l := &s.Lines[i]
		if i > 0 && !l.Glued {
			b = append(b, end...)
		}
		if !l.Glued && (l.Role == sheet.Item || l.Role == sheet.Introduction) {
			b = append(b, indent...)
		}
		if l.Role == sheet.Child && indent != "" && !l.Glued {
			b = append(b, indent+indent...)
		}
		b = line(b, s, l)
	}
	b = append(b, '\n')
	if crlf {
		b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
	}
	return b
}

// markdown writes text with marks for heads.
func markdown(s *sheet.Sheet, r *rand.Rand) []byte {
	if s.Layout == sheet.ColumnTable {
		return columnsAsPipes(s)
	}
	bold := r.IntN(2) == 0
	var b []byte
	for i := range s.Lines {
		l := &s.Lines[i]
		if i > 0 && !l.Glued {
			b = append(b, '\n')
			if l.Role != s.Lines[i-1].Role || l.Role == sheet.PositionHead {
				b = append(b, '\n')
			}
		}
		before, after := marks(l.Role, bold)
		if l.Glued || i+1 < len(s.Lines) && s.Lines[i+1].Glued {
			before, after = "", "" // what follows is no part of the head
		}
		b = append(b, before...)
		b = line(b, s, l)
		b = append(b, after...)
	}
	return append(b, '\n')
}

func marks(role sheet.Role, bold bool) (before, after string) {
	switch role {
	case sheet.PageTitle:
		return "# ", ""
	case sheet.ArticleHead:
		return "## ", ""
	case sheet.PositionHead:
		return "### ", ""
	case sheet.SectionHead:
		if bold {
			return "**", "**"
		}
		return "#### ", ""
	case sheet.Child:
		return "   ", ""
	}
	return "", ""
}

// columnHeads head the columns of a table with one position a row.
var columnHeads = [...]string{"岗位名称", "岗位职责", "任职要求"}

// cells are the columns of a position: its title and the lines of its two
// sections, from s.Lines[i], which is its head. next is the line behind it.
func cells(s *sheet.Sheet, i int) (title *sheet.Line, sections [2][]*sheet.Line, next int) {
	title = &s.Lines[i]
	for next = i + 1; next < len(s.Lines); next++ {
		l := &s.Lines[next]
		if l.Role == sheet.PositionHead || l.Role == sheet.ArticleHead || l.Role.Site() {
			break
		}
		if l.Role == sheet.Item || l.Role == sheet.Child {
			k := min(l.Section, len(sections)-1)
			sections[k] = append(sections[k], l)
		}
	}
	return title, sections, next
}

func columnsAsPipes(s *sheet.Sheet) []byte {
	var b []byte
	open := false
	for i := 0; i < len(s.Lines); {
		if l := &s.Lines[i]; l.Role != sheet.PositionHead {
			before, after := marks(l.Role, false)
			b = append(append(line(append(b, before...), s, l), after...), "\n\n"...)
			open = false
			i++
			continue
		}
		if !open {
			b = append(b, "| "+columnHeads[0]+" | "+columnHeads[1]+" | "+columnHeads[2]+" |\n| --- | --- | --- |\n"...)
			open = true
		}
		title, sections, next := cells(s, i)
		b = line(append(b, "| "...), s, title)
		for _, section := range sections {
			b = append(b, " | "...)
			for k, l := range section {
				if k > 0 {
					b = append(b, "<br>"...)
				}
				b = line(b, s, l)
			}
		}
		b = append(b, " |\n"...)
		i = next
	}
	return b
}
