package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"zhize/record"
)

// renderer writes positions for people: as text, as Markdown, or with colours
// on a terminal.
type renderer struct {
	a       *app
	paint   style
	article int // ordinal of the article whose heading was written last
}

// text writes a position as indented text: title, fields, sections, items.
func (r *renderer) text(p *record.Position) {
	r.heading(p, func(s string) { r.a.printf("%s\n\n", r.paint.paint(dim, s)) })
	r.a.printf("%s\n", r.paint.paint(bold, titleOf(p)))
	r.body(p)
	r.a.printf("\n")
}

// body writes what stands under the title of a position.
func (r *renderer) body(p *record.Position) {
	fields := table{indent: "  "}
	for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
		fields.add(key, oneLine(p.Fields[key]))
	}
	fields.write(r.a.stdout)
	for i := range p.Sections {
		s := &p.Sections[i]
		r.a.printf("  %s%s\n", r.paint.paint(bold, sectionTitle(s)), r.remarks(sectionRemarks(s)))
		r.items(s.Items, "    ")
	}
}

func (r *renderer) items(items []record.Item, indent string) {
	columns := 0
	for i := range items {
		columns = max(columns, width(itemLabel(&items[i])))
	}
	for i := range items {
		it := &items[i]
		r.a.printf("%s%s %s%s\n", indent, padLeft(itemLabel(it), columns), oneLine(it.Text), r.remarks(it.Flags))
		r.items(it.Children, indent+strings.Repeat(" ", columns+1))
	}
}

// remarks writes flags and other remarks behind a line.
func (r *renderer) remarks(remarks []string) string {
	if len(remarks) == 0 {
		return ""
	}
	return "  " + r.paint.paint(warning, "("+plain(strings.Join(remarks, ", "))+")")
}

// heading writes the heading of the article once, before its first position.
func (r *renderer) heading(p *record.Position, write func(string)) {
	if p.Article.Heading != nil && p.Article.Ordinal != r.article {
		write(oneLine(*p.Article.Heading))
	}
	r.article = p.Article.Ordinal
}

// markdown writes a position as Markdown.
func (r *renderer) markdown(p *record.Position) {
	r.heading(p, func(s string) { r.a.printf("## %s\n\n", markdownText(s)) })
	r.a.printf("### %s\n\n", markdownText(titleOf(p)))
	for _, key := range slices.Sorted(maps.Keys(p.Fields)) {
		r.a.printf("- %s: %s\n", key, markdownText(oneLine(p.Fields[key])))
	}
	if len(p.Fields) > 0 {
		r.a.printf("\n")
	}
	for i := range p.Sections {
		s := &p.Sections[i]
		r.a.printf("**%s**\n\n", markdownText(sectionTitle(s)))
		r.markdownItems(s.Items, "")
		r.a.printf("\n")
	}
}

// markdownItems writes numbers as 3、 which Markdown takes for text, as `zhize
// export --as markdown` does: lists have gaps, and a renderer must not close
// them by counting anew.
func (r *renderer) markdownItems(items []record.Item, indent string) {
	for i := range items {
		it := &items[i]
		mark := ""
		if it.Number != nil {
			mark = fmt.Sprintf("%d、", *it.Number)
		}
		r.a.printf("%s- %s%s\n", indent, mark, markdownText(oneLine(it.Text)))
		r.markdownItems(it.Children, indent+"  ")
	}
}

// markdownText escapes what Markdown would read as its own.
func markdownText(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`,
		"<", `\<`, ">", `\>`, "|", `\|`, "~", `\~`, "&", `\&`).Replace(s)
	if strings.IndexAny(s, "#+-=") == 0 {
		return `\` + s
	}
	// 1. and 1) at the beginning would open a list.
	if rest := strings.TrimLeft(s, "0123456789"); rest != s && strings.IndexAny(rest, ".)") == 0 {
		return s[:len(s)-len(rest)] + `\` + rest
	}
	return s
}

// untitled stands where a page gives a position no title.
const untitled = "(no title)"

func titleOf(p *record.Position) string {
	if p.Title == nil {
		return untitled
	}
	return oneLine(*p.Title)
}

// sectionTitle is the heading with the kind behind it, or the kind alone.
func sectionTitle(s *record.Section) string {
	if s.Heading == nil {
		return s.Kind
	}
	return oneLine(*s.Heading) + " [" + s.Kind + "]"
}

// sectionRemarks are the flags of a section with the numbers that are missing.
func sectionRemarks(s *record.Section) []string {
	var out []string
	for _, f := range s.Flags {
		if f != "gap" || len(s.Missing) == 0 {
			out = append(out, f)
		}
	}
	if len(s.Missing) > 0 {
		out = append(out, "the page has no "+ranges(s.Missing))
	}
	return out
}

// ranges writes ascending numbers briefly: 4, 5, 6, 9 is "4-6, 9".
func ranges(numbers []int) string {
	var parts []string
	for i := 0; i < len(numbers); {
		j := i
		for j+1 < len(numbers) && numbers[j+1] == numbers[j]+1 {
			j++
		}
		if j == i {
			parts = append(parts, fmt.Sprint(numbers[i]))
		} else {
			parts = append(parts, fmt.Sprintf("%d-%d", numbers[i], numbers[j]))
		}
		i = j + 1
	}
	return strings.Join(parts, ", ")
}

// itemLabel is what stands in front of an item: its number, or a dash.
func itemLabel(it *record.Item) string {
	if it.Number == nil {
		return "-"
	}
	return fmt.Sprintf("%d.", *it.Number)
}
