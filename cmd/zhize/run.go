package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/record"
)

// defaultDir is the folder that run writes and search reads.
const defaultDir = "zhize-out"

func runCommand(a *app) *cobra.Command {
	var o corpus.Options
	var (
		asJSON, noLearn bool
		dict            string
		know            knowledgeFlags
		how             string
	)
	cmd := newCommand(spec{
		use:   "run INPUT… [-o DIR]",
		short: "take every page of the inputs apart, write the results and index them",
		long: `Takes every page of the inputs apart and writes what is in them to a folder:
positions.jsonl, pages.jsonl, duties.jsonl, rejects.jsonl, manifest.json and a
search index. Inputs are HTML, text and Markdown files in any encoding, Word files
(.docx), JSONL and CSV files with a page in each row, archives (.zip, .tar), web
archives (.warc, .wet) and folders of them, each also compressed (.gz, .zst); "-"
reads standard input. Members of archives are named archive!member. Inputs may be
patterns, in quotes ('pages/**/*.html'); --ignore and files .zhizeignore leave out what
lines of a .gitignore would.

The inputs are read twice: first for what they tell of each other, the evidence by
which slips are repaired and lines that a site repeats are dropped, which stays in the
folder; --evidence takes that of a file instead, --no-learn leaves it out.

The same command goes on where it was stopped, and reads only what is new or
changed. A page that cannot be read never stops the rest: it is listed with its
reason, and the exit code is 3.`,
		examples: `zhize run 岗位职责范文/
zhize run '抓取/**/*.html' --ignore 'old/' -o 职责库
zhize run postings.jsonl.gz --text-field 职位描述 --title-field 职位名称
cat 车辆管理员岗位职责.txt | zhize run - --json`,
		exits: []int{exitRejected, exitInterrupted},
		args:  atLeast(1, "a file, a folder or -, as in: zhize run 岗位职责范文/"),
		run: func(cmd *cobra.Command, args []string) error {
			if o.Workers < 0 {
				return misuse(cmd, "--workers is 0 (one for each processor) or more, not %d", o.Workers)
			}
			if o.Dir == "" {
				return misuse(cmd, "-o needs the name of a folder")
			}
			if err := know.check(cmd); err != nil {
				return err
			}
			if o.Relearn && (noLearn || know.evidence != "") {
				return misuse(cmd, "--relearn and --no-learn or --evidence ask for different things")
			}
			var err error
			if o.Words, err = readDict(dict); err != nil {
				return err
			}
			o.Inputs, o.Learn = args, !noLearn
			return a.run(cmd, o, know, how, asJSON)
		},
	})
	f := cmd.Flags()
	f.StringVarP(&o.Dir, "output", "o", defaultDir, "`DIR` to write to")
	f.IntVarP(&o.Workers, "workers", "w", 0, "work on `N` pages at once; 0 is one for each processor")
	f.BoolVar(&o.NoIndex, "no-index", false, "build no search index")
	dictFlag(cmd, &dict)
	f.BoolVar(&noLearn, "no-learn", false, "read the inputs once, and repair no slips by what they tell of each other")
	f.BoolVar(&o.Relearn, "relearn", false, "learn the folder's evidence anew from these inputs")
	know.add(cmd, true)
	f.StringArrayVar(&o.Ignore, "ignore", nil, "leave out what `PATTERN` means, as a line of a .gitignore; may be given more than once")
	f.StringVar(&o.Fields.Text, "text-field", "", "`NAME` of the field that holds a page as text (JSONL, CSV)")
	f.StringVar(&o.Fields.HTML, "html-field", "", "`NAME` of the field that holds a page as HTML")
	f.StringVar(&o.Fields.URL, "url-field", "", "`NAME` of the field that names the page")
	f.StringVar(&o.Fields.Title, "title-field", "", "`NAME` of the field that holds its title")
	progressFlag(cmd, &how)
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) run(cmd *cobra.Command, o corpus.Options, know knowledgeFlags, how string, asJSON bool) error {
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
	summary, err := corpus.Run(cmd.Context(), o)
	line.clear()
	switch {
	case summary == nil || interrupted(err):
		return err
	case asJSON:
		err = errors.Join(err, a.json(summary))
	default:
		first, readErr := firstRejects(o.Dir, shownRejects)
		a.writeSummary(summary, first, o)
		err = errors.Join(err, readErr)
	}
	if err == nil && summary.Counts.Rejects > 0 {
		err = errRejected
	}
	return err
}

// firstRejects reads the beginning of rejects.jsonl.
func firstRejects(dir string, n int) ([]record.Reject, error) {
	f, err := os.Open(filepath.Join(dir, "rejects.jsonl"))
	if err != nil {
		return nil, fmt.Errorf("cannot read what was rejected: %w", err)
	}
	defer f.Close()
	var out []record.Reject
	lines := json.NewDecoder(f)
	for len(out) < n && lines.More() {
		var r record.Reject
		if err := lines.Decode(&r); err != nil {
			return out, fmt.Errorf("cannot read what was rejected: %w", err)
		}
		out = append(out, r)
	}
	return out, nil
}

// writeSummary tells what a run did and what can be done with it.
func (a *app) writeSummary(s *corpus.Summary, rejects []record.Reject, o corpus.Options) {
	w := totalsWriter{a: a, dir: o.Dir, paint: a.style()}
	a.printf("%s\n", w.paint.paint(bold, "Found"))
	w.kept(&s.Counts)
	w.characters(&s.Counts)
	w.repairs(&s.Counts)
	w.skipped(s.Skipped)
	w.rejects(&s.Counts, rejects)
	a.printf("\n%s\n", pageNews(s))
	a.printf("Took %s", elapsed(s.Elapsed.Duration))
	if s.New+s.Changed > 0 && s.Rate >= 1 {
		a.printf(", pages read at %s a second", thousands(int(s.Rate)))
	}
	a.printf("; written to %s\n", plain(o.Dir))
	next := table{indent: "  "}
	if s.Index != nil {
		next.add("zhize search 客户 回访"+dirFlag(o.Dir), "find duties")
	}
	next.add("zhize stats "+shellWord(o.Dir), "see the numbering and the flags too")
	next.add("zhize verify "+shellWord(o.Dir), "prove that nothing was lost")
	a.printf("\n%s\n", w.paint.paint(bold, "Next"))
	next.write(a.stdout)
}

// pageNews says where the pages came from: 10 pages new, 2 changed, 312 as before.
func pageNews(s *corpus.Summary) string {
	news := []string{count(s.New, "page is", "pages are") + " new"}
	for _, n := range []struct {
		n    int
		what string
	}{{s.Changed, "changed"}, {s.Reused, "taken over unchanged"}, {s.Removed, "gone since the last run"}} {
		if n.n > 0 {
			news = append(news, thousands(n.n)+" "+n.what)
		}
	}
	return strings.Join(news, ", ")
}

// dirFlag is the -i that search needs for a folder that is not the default.
func dirFlag(dir string) string {
	if strings.TrimRight(dir, "/") == defaultDir {
		return ""
	}
	return " -i " + shellWord(dir)
}
