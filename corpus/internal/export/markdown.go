package export

import (
	"bytes"
	"io"
	"strconv"
	"strings"

	"zhize/record"
)

type markdownWriter struct {
	page    string // id of the page that is open
	article int    // ordinal of the article that is open
}

func newMarkdown(w io.Writer, _ string) sink[*record.Position] {
	var m markdownWriter
	return newText(w, m.position)
}

// position writes headings for what is new and the items as a list. Numbers
// are written as 3、, which Markdown does not take for a number of its own, so
// no renderer renumbers them.
func (m *markdownWriter) position(b *bytes.Buffer, p *record.Position) error {
	// line writes a line; a buffer takes everything.
	line := func(s string) {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	if p.Page.ID != m.page {
		if m.page != "" {
			line("")
		}
		m.page, m.article = p.Page.ID, 0
		title := orEmpty(p.Page.Title)
		if title == "" {
			title = p.Page.URI
		}
		line("# " + escape(title))
		line("")
		line("<!-- " + strings.ReplaceAll(oneLine(p.Page.URI), "--", "- -") + " -->")
	}
	if p.Article.Ordinal != m.article {
		m.article = p.Article.Ordinal
		if p.Article.Heading != nil {
			line("")
			line("## " + escape(*p.Article.Heading))
		}
	}
	line("")
	title := orEmpty(p.Title)
	if title == "" {
		title = "—"
	}
	line("### " + escape(title))
	for i := range p.Sections {
		s := &p.Sections[i]
		line("")
		heading := orEmpty(s.Heading)
		if heading == "" {
			heading = s.Kind
		}
		line("**" + escape(heading) + "**")
		line("")
		walk(s.Items, 0, func(it *record.Item, depth int) {
			line(strings.Repeat("  ", depth) + "- " + number(it) + escape(it.Text))
		})
	}
	return nil
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
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`, "#", `\#`)

// escape makes Markdown show a text as it is, on one line.
func escape(s string) string {
	s = special.Replace(oneLine(s))
	if strings.IndexAny(s, "+-=") == 0 {
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
