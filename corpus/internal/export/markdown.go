package export

import (
	"bufio"
	"strconv"
	"strings"

	"zhize/record"
)

type markdownWriter struct {
	w       *bufio.Writer
	page    string // id of the page that is open
	article int    // ordinal of the article that is open
}

func newMarkdown(b *bufio.Writer, _ string) writer { return &markdownWriter{w: b} }

// position writes headings for what is new and the items as a list. Numbers
// are written as 3、, which Markdown does not take for a number of its own, so
// no renderer renumbers them.
func (m *markdownWriter) position(p *record.Position) error {
	if p.Page.ID != m.page {
		if m.page != "" {
			m.line("")
		}
		m.page, m.article = p.Page.ID, 0
		title := orEmpty(p.Page.Title)
		if title == "" {
			title = p.Page.URI
		}
		m.line("# " + escape(title))
		m.line("")
		m.line("<!-- " + strings.ReplaceAll(oneLine(p.Page.URI), "--", "- -") + " -->")
	}
	if p.Article.Ordinal != m.article {
		m.article = p.Article.Ordinal
		if p.Article.Heading != nil {
			m.line("")
			m.line("## " + escape(*p.Article.Heading))
		}
	}
	m.line("")
	title := orEmpty(p.Title)
	if title == "" {
		title = "—"
	}
	m.line("### " + escape(title))
	for i := range p.Sections {
		s := &p.Sections[i]
		m.line("")
		heading := orEmpty(s.Heading)
		if heading == "" {
			heading = s.Kind
		}
		m.line("**" + escape(heading) + "**")
		m.line("")
		walk(s.Items, 0, func(it *record.Item, depth int) {
			m.line(strings.Repeat("  ", depth) + "- " + number(it) + escape(it.Text))
		})
	}
	return nil
}

func (m *markdownWriter) end() error { return nil }

// line writes a line; flushing tells what goes wrong.
func (m *markdownWriter) line(s string) {
	_, _ = m.w.WriteString(s)
	_ = m.w.WriteByte('\n')
}

// number is an item's number as text, "" where it has none.
func number(it *record.Item) string {
	if it.Number == nil {
		return ""
	}
	return strconv.Itoa(*it.Number) + "、"
}

// special are the characters that Markdown gives a meaning anywhere in a line.
var special = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`)

// escape makes Markdown show a text as it is, on one line.
func escape(s string) string {
	s = special.Replace(oneLine(s))
	if strings.IndexAny(s, "#+-=") == 0 {
		return `\` + s
	}
	// 1. and 1) at the beginning would open a list.
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits < len(s) && (s[digits] == '.' || s[digits] == ')') {
		return s[:digits] + `\` + s[digits:]
	}
	return s
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
