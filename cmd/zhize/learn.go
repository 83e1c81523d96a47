package main

import (
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/evidence"
)

func learnCommand(a *app) *cobra.Command {
	var (
		o      corpus.LearnOptions
		know   knowledgeFlags
		how    string
		asJSON bool
		merge  bool
		show   string
		sites  bool
	)
	cmd := newCommand(spec{
		use:   "learn INPUT… -o FILE",
		short: "learn evidence for repairs from the pages of the inputs",
		long: `Reads the pages of the inputs and writes what they tell of their language: in
how many duties that differ from each other two or three characters stand side by
side. zhize run and zhize extract repair slips by it (--evidence): 业续 becomes
业绩 where 业绩 stands in many other duties and 业续 in none. zhize run learns by
itself from its own inputs; this command is for evidence from elsewhere.

Evidence is a sum: --merge makes one file of several, which is what learning from
all their inputs at once makes. --show tells what a file knows of a word, or
without one what it holds. It also knows the lines that many pages of a site repeat, which
are dropped: --sites lists them in the form in which --site-lines takes decisions on them.`,
		examples: `zhize learn 岗位职责范文/ -o 职责.evidence
zhize learn --merge 一月.evidence 二月.evidence -o 职责.evidence
zhize learn --show 业绩 职责.evidence
zhize learn --sites zhize-out/evidence > 站点.tsv`,
		exits: []int{exitRejected, exitInterrupted},
		args:  atLeast(1, "a file, a folder or -, as in: zhize learn 岗位职责范文/ -o 职责.evidence"),
		run: func(cmd *cobra.Command, args []string) error {
			if err := know.check(cmd); err != nil {
				return err
			}
			switch {
			case o.Workers < 0:
				return misuse(cmd, "--workers is 0 (one for each processor) or more, not %d", o.Workers)
			case cmd.Flags().Changed("show"):
				if merge || o.File != "" || len(args) != 1 {
					return misuse(cmd, "--show reads one file of evidence and writes none")
				}
				return a.showEvidence(cmd, args[0], show, asJSON)
			case sites:
				if merge || o.File != "" || len(args) != 1 {
					return misuse(cmd, "--sites reads one file of evidence and writes none")
				}
				return a.showSites(args[0], asJSON)
			case o.File == "":
				return misuse(cmd, "-o needs the name of the file to write")
			case merge:
				return a.mergeEvidence(args, o.File, asJSON)
			}
			o.Inputs = args
			return a.learn(cmd, o, know, how, asJSON)
		},
	})
	f := cmd.Flags()
	f.StringVarP(&o.File, "output", "o", "", "`FILE` to write")
	f.BoolVar(&merge, "merge", false, "the inputs are files of evidence: write their sum")
	f.StringVar(&show, "show", "", "tell what a file of evidence knows of `WORD` (two or three characters; \"\" for all)")
	f.BoolVar(&sites, "sites", false, "list the lines that the sites repeat, as --site-lines reads them")
	f.IntVarP(&o.Workers, "workers", "w", 0, "work on `N` pages at once; 0 is one for each processor")
	f.StringArrayVar(&o.Ignore, "ignore", nil, "leave out what `PATTERN` means, as a line of a .gitignore; may be given more than once")
	f.StringVar(&o.Fields.Text, "text-field", "", "`NAME` of the field that holds a page as text (JSONL, CSV)")
	f.StringVar(&o.Fields.HTML, "html-field", "", "`NAME` of the field that holds a page as HTML")
	know.add(cmd, false)
	progressFlag(cmd, &how)
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) learn(cmd *cobra.Command, o corpus.LearnOptions, know knowledgeFlags, how string, asJSON bool) error {
	loaded, done, err := know.load()
	if err != nil {
		return err
	}
	defer done()
	line, progress, err := a.progress(cmd, how)
	if err != nil {
		return err
	}
	o.Knowledge, o.Stdin, o.Progress = loaded, a.input(cmd.Context()), progress
	learnt, err := corpus.Learn(cmd.Context(), o)
	line.clear()
	if err != nil {
		return err
	}
	if learnt.Rejects > 0 {
		err = errRejected
	}
	if asJSON {
		return errors.Join(a.json(learnt), err)
	}
	a.printf("Learnt from %s of %s", count(int(learnt.Texts), "duty", "duties"), count(learnt.Pages, "page", "pages"))
	if learnt.Rejects > 0 {
		a.printf(" (%s could not be read)", thousands(learnt.Rejects))
	}
	a.printf(" in %s\n%s: %s, %s", elapsed(learnt.Elapsed.Duration), plain(learnt.File),
		count(int(learnt.Pairs), "pair", "pairs"), count(int(learnt.Triples), "triple", "triples"))
	if learnt.SiteLines > 0 {
		a.printf(", %s that %s", count(learnt.SiteLines, "line", "lines"), count(learnt.Sites, "site repeats", "sites repeat"))
	}
	a.printf("\n")
	a.printf("\nNext\n  zhize run INPUT… --evidence %s\n", shellWord(o.File))
	return err
}

func (a *app) mergeEvidence(parts []string, file string, asJSON bool) error {
	if slices.Contains(parts, file) {
		return fmt.Errorf("%s is both part and result; choose another name with -o", plain(file))
	}
	for _, p := range parts { // for the message that helps
		e, err := openEvidence(p)
		if err != nil {
			return err
		}
		e.Close()
	}
	if err := evidence.Merge(file, parts...); err != nil {
		return err
	}
	return a.describeEvidence(file, asJSON)
}

// siteLine is one line of `zhize learn --sites --json`.
type siteLine struct {
	Site   string `json:"site"`
	Line   string `json:"line"`
	Pages  int    `json:"pages"`
	Sample int    `json:"sample"`
}

// showSites lists the lines that sites repeat in the form in which people may
// decide on them.
func (a *app) showSites(file string, asJSON bool) error {
	e, err := openEvidence(file)
	if err != nil {
		return err
	}
	defer e.Close()
	lines, err := e.SiteLines()
	if err != nil {
		return err
	}
	if len(lines) == 0 && !asJSON {
		sites, _ := e.Sites()
		a.note("zhize: no line is repeated by any of %s", count(sites, "site", "sites"))
	}
	for _, l := range lines {
		if asJSON {
			if err := a.json(siteLine{l.Site, l.Text, l.Pages, l.Of}); err != nil {
				return err
			}
			continue
		}
		a.printf("drop\t%s\t%s\t%d of %d\n", plain(l.Site), plain(l.Text), l.Pages, l.Of)
	}
	return nil
}

// described is what `zhize learn --show ""` and --merge print as JSON.
type described struct {
	File    string `json:"file"`
	Hash    string `json:"hash"`
	Texts   int64  `json:"texts"`
	Pairs   int64  `json:"pairs"`
	Triples int64  `json:"triples"`
}

func (a *app) describeEvidence(file string, asJSON bool) error {
	e, err := openEvidence(file)
	if err != nil {
		return err
	}
	defer e.Close()
	pairs, triples := e.Grams()
	if asJSON {
		return a.json(described{file, e.Hash(), e.Texts(), pairs, triples})
	}
	a.printf("%s: %s, %s, learnt from %s\n", plain(file), count(int(pairs), "pair", "pairs"),
		count(int(triples), "triple", "triples"), count(int(e.Texts()), "duty", "duties"))
	return nil
}

// shownGrams is how many longer grams are shown for people.
const shownGrams = 20

// gram is one line of `zhize learn --show WORD --json`.
type gram struct {
	Gram     string `json:"gram"`
	Clusters int    `json:"clusters"`
}

// showEvidence prints in how many clusters a word stands, and the longer grams
// that hold it.
func (a *app) showEvidence(cmd *cobra.Command, file, word string, asJSON bool) error {
	if word == "" {
		return a.describeEvidence(file, asJSON)
	}
	if n := utf8.RuneCountInString(word); n > 3 {
		return misuse(cmd, "--show wants a word of two or three characters, not %q", word)
	}
	e, err := openEvidence(file)
	if err != nil {
		return err
	}
	defer e.Close()
	found := e.Holding(word)
	slices.SortStableFunc(found, func(x, y evidence.Gram) int { return y.Clusters - x.Clusters })
	own, counted := e.Clusters(word)
	if asJSON {
		if counted {
			if err := a.json(gram{word, own}); err != nil {
				return err
			}
		}
		for _, g := range found {
			if err := a.json(gram{g.Text, g.Clusters}); err != nil {
				return err
			}
		}
		return nil
	}
	if len(found) == 0 && (!counted || own == 0) {
		a.note("zhize: %s stands in none of the duties", plain(word))
		return nil
	}
	t := table{}
	if counted {
		t.add(plain(word), clusters(own))
	}
	for _, g := range found[:min(len(found), shownGrams)] {
		t.add(g.Text, clusters(g.Clusters))
	}
	t.write(a.stdout)
	if n := len(found) - shownGrams; n > 0 {
		a.printf("and %s more; --json shows all\n", thousands(n))
	}
	return nil
}

func clusters(n int) string {
	if n >= evidence.MaxClusters {
		return fmt.Sprintf("in %d duties or more", n)
	}
	return "in " + count(n, "duty", "duties")
}
