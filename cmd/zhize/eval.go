package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zhize/internal/evaluate"
)

// evalOptions are the arguments and flags of `zhize eval`.
type evalOptions struct {
	answers, dir string
	limit        int
	all          bool
	show         bool
	json         bool
	floors       string
	update       bool
}

func evalCommand(a *app) *cobra.Command {
	var o evalOptions
	cmd := newCommand(spec{
		use:   "eval ANSWERS DIR",
		short: "rate the results of a run against annotated answers",
		long: `Rates what zhize run found against answers that tell what each page should give.
ANSWERS is a folder of answers, or one: NAME.json is the answer of every page
whose file is called NAME.html, NAME.docx, NAME.mobile.html and the like. DIR is
the folder that zhize run wrote, a file in the form of its positions.jsonl, or -
for the standard input.

Pages that are not perfect are listed, worst first, then the mean over the pages
and the figures of all pages pooled. A page that was rejected and an answer
whose page is not there count as nothing found. All figures lie between 0 and 1;
1 is best, of noise 0, and - stands where a page has nothing to count.

  item_p item_r item_f1      items found whole: precision, recall, F1
  split_f1                   where one position ends and the next begins
  number title kind article  matched items that have the answer's
  noise                      found items that hold boilerplate
  repair likely              faults that were mended
  untouched                  texts that look faulty, are not, and were left alone

--floors compares them with a table of floors: a line "page<tab>item_f1<tab>…",
then one for each page, or one named "all" for the mean. A figure under its floor
is a failure. --update makes the table, and raises floors; it never lowers one.`,
		examples: `zhize run testdata/pages && zhize eval testdata/gold zhize-out
zhize eval 答案/ zhize-out --show --limit 3
zhize eval 答案/ zhize-out --floors floors.tsv
zhize extract --format jsonl 客户部.html | zhize eval 客户部.json -`,
		exits: []int{exitInterrupted},
		args:  exactly(2, "a folder of answers and the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			o.answers, o.dir = args[0], args[1]
			switch {
			case o.update && o.floors == "":
				return misuse(cmd, "--update needs the table to raise: --floors FILE")
			case o.limit < 0:
				return misuse(cmd, "--limit is 0 or more, not %d", o.limit)
			}
			return a.eval(cmd.Context(), o)
		},
	})
	f := cmd.Flags()
	f.IntVarP(&o.limit, "limit", "n", 20, "how many pages to list (`N`)")
	f.BoolVar(&o.all, "all", false, "list every page, perfect ones too")
	f.BoolVar(&o.show, "show", false, "tell of each listed page what is wrong (--json always does)")
	f.StringVar(&o.floors, "floors", "", "fail where a figure is under its floor in this `FILE`")
	f.BoolVar(&o.update, "update", false, "raise the floors to the figures")
	jsonFlag(cmd, &o.json)
	return cmd
}

// eval rates all pages and then says what it found. That a floor is not kept is
// told last, as an error.
func (a *app) eval(ctx context.Context, o evalOptions) error {
	answers, err := openAnswers(o.answers)
	if err != nil {
		return err
	}
	in, err := a.openOutputs(ctx, o)
	if err != nil {
		return err
	}
	defer in.close()
	e := &evaluation{a: a, o: o, answers: answers}
	if o.floors != "" {
		if e.floors, err = readFloors(o); err != nil {
			return err
		}
		e.holdPages = e.floors.Pages()
	}
	if err := e.pages(ctx, in); err != nil {
		return err
	}
	if err := e.rest(ctx, in.rejects); err != nil {
		return err
	}
	if err := e.print(); err != nil {
		return err
	}
	return e.gate(ctx)
}

// answerSet is the answers that there are, by name.
type answerSet struct {
	path string          // of the folder or the file
	only string          // the name, where path is a file
	used map[string]bool // every name, and whether a page was rated with it
}

func openAnswers(path string) (*answerSet, error) {
	s := &answerSet{path: path, used: map[string]bool{}}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder or file of answers %s; check the path", plain(path))
	case err != nil:
		return nil, fmt.Errorf("cannot look for answers: %w", err)
	case !info.IsDir():
		s.only = strings.TrimSuffix(filepath.Base(path), ".json")
		s.used[s.only] = false
		return s, nil
	}
	files, err := os.ReadDir(path)
	if err != nil {
		return nil, fmt.Errorf("cannot look for answers: %w", err)
	}
	for _, f := range files {
		if name, ok := strings.CutSuffix(f.Name(), ".json"); ok && !f.IsDir() {
			s.used[name] = false
		}
	}
	if len(s.used) == 0 {
		return nil, fmt.Errorf("%s holds no answers; they are files NAME.json, for pages NAME.html and the like", plain(path))
	}
	return s, nil
}

func (s *answerSet) known(name string) bool {
	_, ok := s.used[name]
	return ok
}

func (s *answerSet) read(name string) (*evaluate.Answer, error) {
	file := s.path
	if s.only == "" {
		file = filepath.Join(s.path, name+".json")
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read an answer: %w", err)
	}
	s.used[name] = true
	answer, err := evaluate.ParseAnswer(data)
	if err != nil {
		return nil, fmt.Errorf("%s %w", plain(file), err)
	}
	return answer, nil
}

// unused are the names of the answers that no page was rated with.
func (s *answerSet) unused() []string {
	var out []string
	for name, used := range s.used {
		if !used {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// outputs are what a run wrote, opened.
type outputs struct {
	pages   *evaluate.PageReader
	rejects io.Reader // nil where they are not known
	files   []*os.File
}

func (o *outputs) close() {
	for _, f := range o.files {
		f.Close()
	}
}

func (a *app) openOutputs(ctx context.Context, o evalOptions) (*outputs, error) {
	if o.dir == "-" {
		return &outputs{pages: evaluate.NewPageReader(a.input(ctx), nil)}, nil
	}
	info, err := os.Stat(o.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("there is no folder %s; zhize run INPUT… -o %s makes it", plain(o.dir), plain(o.dir))
	case err != nil:
		return nil, fmt.Errorf("cannot look into the folder: %w", err)
	}
	out := &outputs{}
	open := func(name string) (io.Reader, error) {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		out.files = append(out.files, f)
		return f, nil
	}
	if !info.IsDir() {
		positions, err := open(o.dir)
		if err != nil {
			return nil, fmt.Errorf("cannot read the positions: %w", err)
		}
		out.pages = evaluate.NewPageReader(positions, nil)
		return out, nil
	}
	positions, err := open(filepath.Join(o.dir, "positions.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noOutputs(o)
	}
	pages, pagesErr := open(filepath.Join(o.dir, "pages.jsonl"))
	rejects, rejectsErr := open(filepath.Join(o.dir, "rejects.jsonl"))
	if err := errors.Join(err, pagesErr, rejectsErr); err != nil {
		out.close()
		return nil, fmt.Errorf("cannot read what zhize run wrote: %w", err)
	}
	out.pages, out.rejects = evaluate.NewPageReader(positions, pages), rejects
	return out, nil
}

// noOutputs says what to do with a folder that zhize run did not write.
func noOutputs(o evalOptions) error {
	if _, err := os.Stat(filepath.Join(o.answers, "positions.jsonl")); err == nil {
		return fmt.Errorf("%s is the folder that zhize run wrote, and the answers come first: zhize eval %s %s",
			plain(o.answers), shellWord(o.dir), shellWord(o.answers))
	}
	return fmt.Errorf("%s has no positions.jsonl, so zhize run did not write it; if it holds the pages: zhize run %s && zhize eval %s %s",
		plain(o.dir), shellWord(o.dir), shellWord(o.answers), defaultDir)
}

func readFloors(o evalOptions) (*evaluate.Floors, error) {
	f, err := os.Open(o.floors)
	if errors.Is(err, fs.ErrNotExist) && o.update {
		return evaluate.ReadFloors(strings.NewReader(""))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no table of floors %s; --update makes it", plain(o.floors))
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read the floors: %w", err)
	}
	defer f.Close()
	floors, err := evaluate.ReadFloors(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", plain(o.floors), err)
	}
	return floors, nil
}

// evaluation is a rating on its way.
type evaluation struct {
	a       *app
	o       evalOptions
	answers *answerSet

	listed   []evalRow // the worst first, no more than asked for
	summary  evaluate.Summary
	matched  int      // pages, rejected ones too, that have an answer
	rejected []string // pages with an answer
	absent   []string // answers without a page
	others   int      // pages without an answer
	otherURI []string // the first of them, or all

	floors    *evaluate.Floors // nil for none
	holdPages bool
	wrong     []string // what is not as the floors say
}
