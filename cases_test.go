package zhize_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zhize"
	"zhize/document"
	"zhize/extract"
	"zhize/extract/charset"
)

// update rewrites the views of testdata/cases, and raises floors; the change
// is reviewed in the diff.
var update = flag.Bool("update", false, "rewrite the expected views, raise the floors")

// section is one file of a case.
type section struct{ name, text string }

// readCase parses the txtar format: a comment, then sections under lines of
// the form "-- name --".
func readCase(data string) (comment string, sections []section) {
	for line := range strings.SplitAfterSeq(data, "\n") {
		name, ok := sectionName(line)
		switch {
		case ok:
			sections = append(sections, section{name: name})
		case len(sections) > 0:
			sections[len(sections)-1].text += line
		default:
			comment += line
		}
	}
	return comment, sections
}

func sectionName(line string) (string, bool) {
	line = strings.TrimRight(line, "\r\n")
	if len(line) < 7 || !strings.HasPrefix(line, "-- ") || !strings.HasSuffix(line, " --") {
		return "", false
	}
	return line[3 : len(line)-3], true
}

func writeCase(comment string, sections []section) string {
	var b strings.Builder
	b.WriteString(comment)
	for _, s := range sections {
		fmt.Fprintf(&b, "-- %s --\n%s", s.name, s.text)
		if s.text != "" && !strings.HasSuffix(s.text, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// caseInput is the page of a case: the file that its comment's first line
// names ("page: NAME", of testdata/pages), whose text the section page then
// shows, or, where it names none, the section itself.
func caseInput(t *testing.T, comment, page string) (in zhize.Input, text string) {
	t.Helper()
	first, _, _ := strings.Cut(comment, "\n")
	name, ok := strings.CutPrefix(first, "page: ")
	if !ok {
		return zhize.Input{URI: "page", Data: []byte(page)}, page
	}
	data, err := os.ReadFile(filepath.Join("testdata", "pages", name))
	if err != nil {
		t.Fatal(err)
	}
	d, err := charset.Decode(data, "")
	if err != nil {
		t.Fatal(err)
	}
	return zhize.Input{URI: name, Data: data}, d.Text
}

// TestCases compares what each stage makes of a page with the view that its
// case holds.
func TestCases(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "cases", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal("no cases in testdata/cases", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			comment, want := readCase(string(data))
			if len(want) == 0 || want[0].name != "page" {
				want = slices.Insert(want, 0, section{name: "page"})
			}
			in, page := caseInput(t, comment, want[0].text)
			got := append([]section{{"page", page}}, views(t, in)...)
			for _, s := range got {
				for line := range strings.SplitSeq(s.text, "\n") {
					if _, ok := sectionName(line); ok {
						t.Fatalf("section %s cannot be held: it has the line %q", s.name, line)
					}
				}
			}
			out := writeCase(comment, got)
			if *update {
				if out != string(data) {
					if err := os.WriteFile(f, []byte(out), 0o644); err != nil {
						t.Fatal(err)
					}
				}
				return
			}
			_, again := readCase(out)
			for i, s := range again {
				if i >= len(want) || want[i].name != s.name {
					t.Fatalf("section %s is missing; go test -run Cases -update writes it", s.name)
				}
				if diff := firstDifference(want[i].text, s.text); diff != "" {
					t.Errorf("%s: %s\nif it is right, go test -run Cases -update", s.name, diff)
				}
			}
		})
	}
}

// TestCasesCoverAnswers: every annotated content has a case of one of its pages,
// Word files apart, which no text can hold.
func TestCasesCoverAnswers(t *testing.T) {
	answers, err := filepath.Glob("testdata/gold/*.json")
	if err != nil || len(answers) == 0 {
		t.Fatal("no answers: ", err)
	}
	for _, f := range answers {
		name := strings.TrimSuffix(filepath.Base(f), ".json")
		if _, err := os.Stat(filepath.Join("testdata", "pages", name+".docx")); err == nil {
			continue
		}
		data, err := os.ReadFile(filepath.Join("testdata", "cases", name+".txtar"))
		if err != nil {
			t.Error(err)
		} else if !bytes.HasPrefix(data, []byte("page: "+name+".")) {
			t.Errorf("the case of %s does not name a page of it", name)
		}
	}
}

// firstDifference shows where two texts part, with the lines before.
func firstDifference(want, got string) string {
	if want == got {
		return ""
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	i := 0
	for i < len(w) && i < len(g) && w[i] == g[i] {
		i++
	}
	show := func(lines []string) string {
		return strings.Join(lines[min(i, len(lines)):min(i+4, len(lines))], "\n    ")
	}
	return fmt.Sprintf("line %d\n  want\n    %s\n  got\n    %s", i+1, show(w), show(g))
}

// views are the views of a page, one a stage.
func views(t *testing.T, in zhize.Input) []section {
	t.Helper()
	r, err := extract.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	d, err := zhize.Process(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return []section{
		{"source", sourceView(r)}, {"outline", outlineView(d)}, {"edits", editsView(d)}, {"text", d.Clean()},
	}
}

// sourceView is the source a line, each after the kind of the block that
// begins in it; ⟦reason …⟧ stands around dropped text, ⟨…⟩ around numbers that
// were made of the markup, ⇥ for a tab.
func sourceView(r *extract.Result) string {
	type mark struct {
		at   int
		text string
	}
	var marks []mark
	for _, s := range r.Dropped {
		marks = append(marks, mark{s.Start, "⟦" + s.Reason.String() + " "}, mark{s.End, "⟧"})
	}
	for _, s := range r.Generated {
		marks = append(marks, mark{s.Start, "⟨"}, mark{s.End, "⟩"})
	}
	slices.SortStableFunc(marks, func(a, b mark) int { return a.at - b.at })
	var b strings.Builder
	p := &r.Page
	fmt.Fprintf(&b, "charset %s (%s); title %s; declared %d", p.Charset, p.CharsetWhy, p.Title, p.Declared)
	for _, f := range []struct{ name, value string }{
		{"site", p.Site}, {"published", p.Published}, {"format", p.Format}, {"uploaded", p.Uploaded}, {"editor", p.Editor},
		{"flags", strings.Join(r.Flags, " ")},
	} {
		if f.value != "" {
			fmt.Fprintf(&b, "; %s %s", f.name, f.value)
		}
	}
	if p.PageCount > 0 {
		fmt.Fprintf(&b, "; pages %d", p.PageCount)
	}
	b.WriteByte('\n')
	blocks, at := r.Blocks, 0
	for line := range strings.SplitAfterSeq(r.Source, "\n") {
		if line == "" {
			break
		}
		end := at + len(line)
		kind := ""
		for len(blocks) > 0 && blocks[0].Start < end {
			kind = blockName(blocks[0])
			blocks = blocks[1:]
		}
		fmt.Fprintf(&b, "%-4s|", kind)
		for at < end {
			next := end
			if len(marks) > 0 && marks[0].at < end {
				next = marks[0].at
			}
			b.WriteString(strings.ReplaceAll(strings.TrimSuffix(r.Source[at:next], "\n"), "\t", "⇥"))
			at = next
			for len(marks) > 0 && marks[0].at == at && (at < end || marks[0].text == "⟧") {
				b.WriteString(marks[0].text)
				marks = marks[1:]
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func blockName(b document.Block) string {
	name := [...]string{document.Paragraph: "p", document.Heading: "h", document.ListItem: "li", document.Row: "row", document.Preformatted: "pre", document.JobHeading: "job"}[b.Kind]
	if b.Level > 0 {
		name += fmt.Sprint(b.Level)
	}
	return name
}

// outlineView is the tree of what was found, and what was dropped and why.
func outlineView(d *document.Document) string {
	var b strings.Builder
	write := func(depth int, flags []string, format string, args ...any) {
		b.WriteString(strings.Repeat("  ", depth))
		fmt.Fprintf(&b, format, args...)
		if len(flags) > 0 {
			fmt.Fprintf(&b, " [%s]", strings.Join(flags, " "))
		}
		b.WriteByte('\n')
	}
	var items func(depth int, items []document.Item)
	items = func(depth int, list []document.Item) {
		for i := range list {
			it := &list[i]
			write(depth, it.Flags, "%d %q %s", it.Number, d.Text(it.Marker), strings.ReplaceAll(d.Text(it.Span), "\n", "⏎"))
			items(depth+1, it.Children)
		}
	}
	if len(d.Flags) > 0 {
		write(0, nil, "page [%s]", strings.Join(d.Flags, " "))
	}
	for ai := range d.Articles {
		a := &d.Articles[ai]
		write(0, a.Flags, "article %d %q", a.Ordinal, d.Text(a.Heading))
		for pi := range a.Positions {
			p := &a.Positions[pi]
			write(1, p.Flags, "position %q %s; heading %q", d.Text(p.Title), p.Origin, d.Text(p.Heading))
			for _, f := range p.Fields {
				write(2, nil, "field %s: %s", f.Key, d.Text(f.Value))
			}
			for si := range p.Sections {
				s := &p.Sections[si]
				missing := ""
				if len(s.Missing) > 0 {
					missing = fmt.Sprintf(" missing %v", s.Missing)
				}
				write(2, s.Flags, "section %s %q%s", s.Kind, d.Text(s.Heading), missing)
				items(3, s.Items)
			}
		}
	}
	b.WriteString("regions\n")
	for _, role := range []document.Role{
		document.RoleItem, document.RoleMarker, document.RoleHeading, document.RoleField, document.RoleMeta, document.RoleBlank, document.RoleDropped,
	} {
		n, size := 0, 0
		for _, r := range d.Regions {
			if r.Role == role {
				n++
				size += utf8.RuneCountInString(r.Of(d.Source))
			}
		}
		if n > 0 {
			write(1, nil, "%s: %d, characters %d", role, n, size)
		}
	}
	for _, r := range d.Regions {
		if r.Role == document.RoleMeta || r.Role == document.RoleDropped {
			write(1, nil, "%s %s", strings.TrimSpace(r.Role.String()+" "+r.Reason.String()), abridged(r.Of(d.Source)))
		}
	}
	return b.String()
}

// abridged is the start of a text and its end, on one line.
func abridged(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > 48 {
		return string(r[:32]) + " … " + string(r[len(r)-12:])
	}
	return string(r)
}

// editsView is the ledger: line of the source, rule, before, after.
func editsView(d *document.Document) string {
	var b strings.Builder
	for _, l := range []struct {
		name  string
		edits []document.Edit
	}{{"", d.Edits}, {"suggested ", d.Suggested}} {
		line, at := 1, 0
		for _, e := range l.edits {
			line += strings.Count(d.Source[at:e.Span.Start], "\n")
			at = e.Span.Start
			fmt.Fprintf(&b, "%d %s%s %q → %q (%s)\n", line, l.name, e.Rule, e.Before, e.After, e.Evidence.Basis)
		}
	}
	return b.String()
}
