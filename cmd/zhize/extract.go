package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"zhize"
	"zhize/corpus"
	"zhize/extract"
	"zhize/record"
)

// extractOptions are the flags of `zhize extract`.
type extractOptions struct {
	format  string
	json    bool
	explain bool
}

// extractFormats are the ways to print one page.
var extractFormats = [...]struct {
	name  string
	write func(a *app, page *record.Page, positions []record.Position) error
}{
	{"text", writeText},
	{"markdown", writeMarkdown},
	{"json", writeJSON},
	{"jsonl", writeJSONL},
}

func formatNames() []string {
	var names []string
	for _, f := range extractFormats {
		names = append(names, f.name)
	}
	return names
}

func extractCommand(a *app) *cobra.Command {
	var (
		o    extractOptions
		know knowledgeFlags
	)
	cmd := newCommand(spec{
		use:   "extract FILE|-",
		short: "take one page apart and print it; nothing is written",
		long: `Takes one page apart and prints what is in it; nothing is written. "-" reads
standard input. The page is a text, Markdown or an HTML page in any encoding, or a
Word file (.docx).

Formats: text and markdown for people; json, one object with the page and its
positions; jsonl, the positions as lines of positions.jsonl.

--explain prints the source instead, line by line: the role of every part, the
reason for every part that is dropped, and every repair in its place, as
[-taken out-]{+put in+} or in colours, with the rule that made it.`,
		examples: `zhize extract 客户部岗位职责说明书.html
zhize extract --explain 销售顾问岗位职责.txt | less
curl -s https://example.com/岗位职责.html | zhize extract --format markdown -`,
		exits: []int{exitRejected, exitInterrupted},
		args:  exactly(1, "one file, or - for standard input"),
		run: func(cmd *cobra.Command, args []string) error {
			if o.json {
				if cmd.Flags().Changed("format") && o.format != "json" {
					return misuse(cmd, "--json and --format %s ask for different things", o.format)
				}
				o.format = "json"
			}
			if err := oneOf(cmd, "--format", o.format, formatNames()...); err != nil {
				return err
			}
			if o.explain && (o.json || cmd.Flags().Changed("format")) {
				return misuse(cmd, "--explain has a form of its own; leave --format and --json out")
			}
			if err := know.check(cmd); err != nil {
				return err
			}
			return a.extract(cmd.Context(), args[0], o, know)
		},
	})
	cmd.Flags().StringVarP(&o.format, "format", "f", "text", "`FORMAT` to print: "+strings.Join(formatNames(), ", "))
	cmd.Flags().BoolVar(&o.explain, "explain", false, "show every repair and every dropped region beside the source")
	cmd.Flags().BoolVar(&o.json, "json", false, "the same as --format json")
	complete(cmd, "format", formatNames()...)
	know.add(cmd, true)
	return cmd
}

func (a *app) extract(ctx context.Context, name string, o extractOptions, flags knowledgeFlags) error {
	know, done, err := flags.load()
	if err != nil {
		return err
	}
	defer done()
	data, err := a.readPage(ctx, name)
	if err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(data) >= largePage {
		debug.SetGCPercent(largeGC)
	}
	in := zhize.Input{URI: pageURI(name), Data: data, MediaType: corpus.MediaType(name)}
	doc, err := zhize.Process(in, know.Evidence())
	if reject := (*extract.RejectError)(nil); errors.As(err, &reject) {
		a.note("zhize: %s was rejected: %s (%s)", plain(in.URI), plain(reject.Message), plain(reject.Reason))
		return errRejected
	}
	if err != nil {
		return fmt.Errorf("cannot take %s apart: %w", in.URI, err)
	}
	page, positions := record.FromDocument(doc)
	if o.explain {
		x := newExplainer(a, &page)
		writePageHead(a, &page)
		a.printf("\n")
		x.all(positions)
		x.counts()
		return nil
	}
	for _, f := range extractFormats {
		if f.name == o.format {
			return f.write(a, &page, positions)
		}
	}
	return nil
}

// A large page is many times in memory, and so is what it leaves behind: the
// collector comes sooner, which was measured to cost a twentieth of the time and
// to save a quarter of the memory.
const (
	largePage = 256 << 10 // bytes
	largeGC   = 40        // percent of what is alive
)

// pageURI is how outputs name a page read from a file.
func pageURI(name string) string {
	if name == "-" {
		return "-"
	}
	return filepath.ToSlash(name)
}

// maxPage is how much of one file is read: one byte more than is accepted, so
// that a larger one is refused with the limit named and never read whole.
const maxPage = extract.MaxBytes + 1

func (a *app) readPage(ctx context.Context, name string) ([]byte, error) {
	if name == "-" {
		data, err := io.ReadAll(io.LimitReader(a.input(ctx), maxPage))
		if err != nil {
			return nil, fmt.Errorf("cannot read standard input: %w", err)
		}
		return data, nil
	}
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no file %q; check the path", name)
	case err != nil:
		return nil, fmt.Errorf("cannot read the page: %w", err)
	case info.IsDir():
		return nil, fmt.Errorf("%s is a folder, and extract takes one page; for a folder: zhize run %s", plain(name), shellWord(name))
	}
	if corpus.HoldsMany(name) {
		return nil, fmt.Errorf("%s holds many pages, and extract takes one page; for all of them: zhize run %s", plain(name), shellWord(name))
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the page: %w", err)
	}
	defer f.Close()
	data := bytes.NewBuffer(make([]byte, 0, min(max(info.Size(), 0), maxPage)+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(f, maxPage)); err != nil {
		return nil, fmt.Errorf("cannot read the page: %w", err)
	}
	return data.Bytes(), nil
}

// writePageHead says which page it is and how it was read.
func writePageHead(a *app, p *record.Page) {
	paint := a.style()
	if p.Title != nil {
		a.printf("%s\n", paint.paint(bold, oneLine(*p.Title)))
	}
	a.printf("%s  %s  %s, %s characters, %s (%s)\n", plain(p.URI), paint.paint(idColour, p.ID),
		size(int64(p.Bytes)), thousands(p.Counts.Characters), plain(p.Charset), plain(p.CharsetWhy))
	declared := ""
	if p.DeclaredArticles != nil {
		declared = fmt.Sprintf(" of %d that the title names", *p.DeclaredArticles)
	}
	a.printf("%s%s, %s, %s\n", count(p.FoundArticles, "article", "articles"), declared,
		count(p.Counts.Positions, "position", "positions"), count(p.Counts.Items, "item", "items"))
	if len(p.Flags) > 0 {
		a.printf("%s\n", paint.paint(warning, "flags: "+plain(strings.Join(p.Flags, ", "))))
	}
	if p.DuplicateOf != nil {
		a.printf("the same page as %s\n", paint.paint(idColour, *p.DuplicateOf))
	}
}

func writeText(a *app, _ *record.Page, positions []record.Position) error {
	r := renderer{a: a, paint: a.style()}
	for i := range positions {
		r.text(&positions[i])
	}
	if len(positions) == 0 {
		a.note("zhize: no position was found on the page; --explain shows what became of its text")
	}
	return nil
}

func writeMarkdown(a *app, page *record.Page, positions []record.Position) error {
	r := renderer{a: a}
	title := page.URI
	if page.Title != nil {
		title = *page.Title
	}
	a.printf("# %s\n\n", markdownText(oneLine(title)))
	for i := range positions {
		r.markdown(&positions[i])
	}
	return nil
}

// writeJSON prints {"page": …, "positions": […]} on one line, a part at a time:
// that of a large page is large too.
func writeJSON(a *app, page *record.Page, positions []record.Position) error {
	part := func(before string, v any) error {
		var line bytes.Buffer
		if err := record.Encode(&line, v); err != nil {
			return err
		}
		a.printf("%s%s", before, bytes.TrimSuffix(line.Bytes(), []byte("\n")))
		return nil
	}
	if err := part(`{"page":`, page); err != nil {
		return err
	}
	before := `,"positions":[`
	for i := range positions {
		if err := part(before, &positions[i]); err != nil {
			return err
		}
		before = ","
	}
	if len(positions) == 0 {
		a.printf("%s", before)
	}
	a.printf("]}\n")
	return nil
}

func writeJSONL(a *app, _ *record.Page, positions []record.Position) error {
	for i := range positions {
		if err := a.json(&positions[i]); err != nil {
			return err
		}
	}
	return nil
}
