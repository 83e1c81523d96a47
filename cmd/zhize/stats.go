package main

import (
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/corpus/report"
	"zhize/label"
)

func statsCommand(a *app) *cobra.Command {
	var (
		asJSON  bool
		compare bool
		page    string
		lang    string
	)
	cmd := newCommand(spec{
		use:   "stats DIR",
		short: "tell what came in, what was kept, dropped and changed",
		long: `Tells what came into a run and what became of it: pages, positions and duties;
characters kept and dropped, by reason; repairs, by rule; how sound the
numbering is. --compare A B tells what a new version, new evidence or other rules
changed between two runs over the same pages.

--html FILE writes the same as a page with pictures, and the pages that differ most
from the others. It is one file that needs no network; in Chinese and English.`,
		examples: `zhize stats zhize-out
zhize stats zhize-out --html report.html --lang zh
zhize stats --compare zhize-alt zhize-neu`,
		args: atLeast(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			if err := oneOf(cmd, "--lang", lang, label.English, label.Chinese); err != nil {
				return err
			}
			if page != "" && (compare || asJSON) {
				return misuse(cmd, "--html goes with neither --compare nor --json")
			}
			if compare {
				if len(args) != 2 {
					return misuse(cmd, "--compare takes two folders that zhize run wrote")
				}
				return a.compare(args[0], args[1], asJSON)
			}
			if len(args) != 1 {
				return misuse(cmd, "stats takes one folder; --compare takes two")
			}
			if err := a.outputFolder(args[0]); err != nil {
				return err
			}
			if page != "" {
				return a.reportPage(cmd, args[0], page, lang)
			}
			s, err := corpus.ReadStats(args[0])
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(s)
			}
			w := totalsWriter{a: a, dir: args[0], paint: a.style()}
			a.printf("%s\n", w.paint.paint(bold, "Found"))
			w.kept(&s.Counts)
			w.characters(&s.Counts)
			w.repairs(&s.Counts)
			w.numbering(&s.Counts.Numbering)
			w.flags(s.Counts.Flags)
			w.skipped(s.Skipped)
			w.top("Titles borne most often", s.Titles)
			w.duties(s.Duties)
			w.rejects(&s.Counts, s.Rejects)
			return nil
		},
	})
	cmd.Flags().BoolVar(&compare, "compare", false, "tell what changed between two runs over the same pages")
	cmd.Flags().StringVar(&page, "html", "", "write a page with pictures to `FILE`; - is standard output")
	cmd.Flags().StringVar(&lang, "lang", label.English, "`LANGUAGE` that the page shows first: en, zh")
	complete(cmd, "lang", label.English, label.Chinese)
	jsonFlag(cmd, &asJSON)
	return cmd
}

// reportPage writes the statistics of a run as a page.
func (a *app) reportPage(cmd *cobra.Command, dir, name, lang string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return misuse(cmd, "%s is a folder, and --html needs the name of a file", plain(name))
	}
	if isOutput(dir, name) {
		return misuse(cmd, "%s is what zhize run wrote; give --html another name", plain(name))
	}
	r, err := report.Collect(dir)
	if err != nil {
		return err
	}
	write := func(w io.Writer) error { return r.HTML(w, report.Options{Lang: lang, Where: dirFlag(dir)}) }
	if name == "-" {
		return write(a.stdout)
	}
	if err := writeFile(cmd.Context(), name, write); err != nil {
		return err
	}
	a.note("written to %s; open it in a browser", plain(name))
	return nil
}

// compare prints what changed between two runs.
func (a *app) compare(before, after string, asJSON bool) error {
	for _, dir := range [...]string{before, after} {
		if err := a.outputFolder(dir); err != nil {
			return err
		}
	}
	c, err := corpus.Compare(before, after)
	if err != nil {
		return err
	}
	if asJSON {
		return a.json(c)
	}
	paint := a.style()
	t := table{indent: "  ", right: []int{1, 2, 3}}
	row := func(name string, x, y int) {
		if x+y > 0 {
			t.add(name, thousands(x), thousands(y), signed(y-x))
		}
	}
	x, y := &c.A.Counts, &c.B.Counts
	row("pages", x.Pages, y.Pages)
	row("positions", x.Positions, y.Positions)
	row("items", x.Items, y.Items)
	row("duties", x.Duties, y.Duties)
	for _, m := range [...]struct {
		name string
		x, y map[string]int
	}{{"repairs: ", x.Edits, y.Edits}, {"suggested: ", x.Suggested, y.Suggested}, {"dropped: ", x.Dropped, y.Dropped}, {"flag: ", x.Flags, y.Flags}} {
		for _, k := range slices.Sorted(maps.Keys(merged(m.x, m.y))) {
			if m.x[k] != m.y[k] {
				row(m.name+k, m.x[k], m.y[k])
			}
		}
	}
	a.printf("%s  %s → %s\n", paint.paint(bold, "Compared"), plain(before), plain(after))
	t.write(a.stdout)
	a.printf("\n%s say the same, %s changed", count(c.Same, "page", "pages"), thousands(c.Changed))
	if c.OnlyA+c.OnlyB > 0 {
		a.printf(", %s only before, %s only after", thousands(c.OnlyA), thousands(c.OnlyB))
	}
	a.printf("\n")
	if c.Changed == 0 {
		return nil
	}
	a.printf("%s gone, %s new\n", count(c.ItemsGone, "line", "lines"), thousands(c.ItemsNew))
	for _, p := range c.Pages {
		a.printf("\n%s  %s\n", paint.paint(idColour, p.B), plain(p.URI))
		for _, s := range p.Gone {
			a.printf("  - %s\n", oneLine(s))
		}
		for _, s := range p.New {
			a.printf("  + %s\n", oneLine(s))
		}
	}
	if n := c.Changed - len(c.Pages); n > 0 {
		a.printf("\nand %s more\n", count(n, "page", "pages"))
	}
	return nil
}

func merged(x, y map[string]int) map[string]int {
	all := maps.Clone(x)
	if all == nil {
		all = map[string]int{}
	}
	maps.Copy(all, y)
	return all
}

// signed is a difference with its sign.
func signed(n int) string {
	if n > 0 {
		return "+" + thousands(n)
	}
	if n < 0 {
		return "−" + thousands(-n)
	}
	return "="
}
