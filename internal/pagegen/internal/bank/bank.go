package bank

import (
	"embed"
	"fmt"
	"path"
	"strings"
	"sync"
)

//go:embed data/*.txt
var files embed.FS

// Field is a field of work: who works in it, and what they do.
type Field struct {
	Name           string
	Departments    []string
	Titles         []string
	Groups         []string // names of groups of duties
	Objects        []string // what composed duties are about
	Duties         []Sentence
	Qualifications []Sentence
}

// Bank is all content. It is read only.
type Bank struct {
	Fields []Field
	Duties []Sentence // of every job
	Any    []Sentence // qualifications for every job
	// Composed sentences are built over an object of the field. Before and
	// Behind are clauses that a duty may be given.
	Composed, Before, Behind []Sentence
	// Sections holds the items of the other kinds of section by kind, Page what
	// stands around the duties by its part of the page.
	Sections, Page map[string][]Sentence

	slots map[string][]string
}

// Load reads the bank, once for the whole program. An error names the file and
// the line of the embedded data that is wrong.
var Load = sync.OnceValues(func() (*Bank, error) {
	b := &Bank{}
	slots, err := groups("slots.txt")
	if err != nil {
		return nil, err
	}
	b.slots = slots.lines
	if err := b.readFields(); err != nil {
		return nil, err
	}
	for _, f := range [...]struct {
		file string
		take func(*Field) *[]Sentence
	}{
		{"duties1.txt", func(f *Field) *[]Sentence { return &f.Duties }},
		{"duties2.txt", func(f *Field) *[]Sentence { return &f.Duties }},
		{"qualifications.txt", func(f *Field) *[]Sentence { return &f.Qualifications }},
	} {
		if err := b.readSentences(f.file, f.take); err != nil {
			return nil, err
		}
	}
	common, err := b.sentenceGroups("common.txt")
	if err != nil {
		return nil, err
	}
	b.Duties = common["duty"]
	composed, err := b.sentenceGroups("compose.txt")
	if err != nil {
		return nil, err
	}
	b.Composed = composed[""]
	clauses, err := b.sentenceGroups("clauses.txt")
	if err != nil {
		return nil, err
	}
	b.Before, b.Behind = clauses["before"], clauses["behind"]
	if b.Sections, err = b.sentenceGroups("sections.txt"); err != nil {
		return nil, err
	}
	if b.Page, err = b.sentenceGroups("page.txt"); err != nil {
		return nil, err
	}
	return b, nil
})

// Slot is the list of that name in slots.txt, nil where there is none.
func (b *Bank) Slot(name string) []string { return b.slots[name] }

// file is a data file: lines by the group they stand under, groups in order.
type file struct {
	names []string
	lines map[string][]string
}

// groups reads a data file: "# …" is a comment, "[name]" opens a group.
func groups(name string) (file, error) {
	data, err := files.ReadFile(path.Join("data", name))
	if err != nil {
		return file{}, fmt.Errorf("reading the bank: %w", err)
	}
	f := file{lines: make(map[string][]string)}
	at := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimRight(line, "\r\n")
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			at = strings.Trim(line, "[]")
			f.names = append(f.names, at)
		default:
			f.lines[at] = append(f.lines[at], line)
		}
	}
	return f, nil
}

func (b *Bank) readFields() error {
	f, err := groups("fields.txt")
	if err != nil {
		return err
	}
	for _, name := range f.names {
		field := Field{Name: name}
		lists := map[string]*[]string{
			"departments": &field.Departments, "titles": &field.Titles, "groups": &field.Groups, "objects": &field.Objects,
		}
		for _, line := range f.lines[name] {
			key, values, _ := strings.Cut(line, "\t")
			to := lists[key]
			if to == nil {
				return fmt.Errorf("fields.txt, [%s]: %q is none of its lists", name, key)
			}
			*to = strings.Split(values, "|")
		}
		b.Fields = append(b.Fields, field)
	}
	return nil
}

// readSentences gives every field the sentences under its name.
func (b *Bank) readSentences(name string, take func(*Field) *[]Sentence) error {
	byName, err := b.sentenceGroups(name)
	if err != nil {
		return err
	}
	for i := range b.Fields {
		f := &b.Fields[i]
		to := take(f)
		*to = append(*to, byName[f.Name]...)
		delete(byName, f.Name)
	}
	if any, ok := byName["any"]; ok {
		b.Any = append(b.Any, any...)
		delete(byName, "any")
	}
	for n := range byName {
		return fmt.Errorf("%s: [%s] is no field of fields.txt", name, n)
	}
	return nil
}

func (b *Bank) sentenceGroups(name string) (map[string][]Sentence, error) {
	f, err := groups(name)
	if err != nil {
		return nil, err
	}
	out := make(map[string][]Sentence, len(f.lines))
	for group, lines := range f.lines {
		for _, line := range lines {
			s, err := b.parse(line)
			if err != nil {
				return nil, fmt.Errorf("%s, [%s]: %w", name, group, err)
			}
			out[group] = append(out[group], s)
		}
	}
	return out, nil
}
