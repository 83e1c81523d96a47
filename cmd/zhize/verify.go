package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"zhize/corpus"
)

func verifyCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := newCommand(spec{
		use:   "verify DIR",
		short: "prove that nothing was lost or changed silently",
		long: `Proves what a finished run promises: every character of every page is accounted
for, every edit undone gives the source back, every id resolves, every line
obeys its schema, every file is the one that was written. Prints what was
counted, and each promise that it finds broken with its file and line.`,
		examples: "zhize verify zhize-out",
		exits:    []int{exitInterrupted},
		args:     exactly(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			if err := a.outputFolder(args[0]); err != nil {
				return err
			}
			return a.verify(cmd.Context(), args[0], asJSON)
		},
	})
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) verify(ctx context.Context, dir string, asJSON bool) error {
	line := &progressLine{a: a}
	if a.stderrIsTerminal {
		line.set("verifying " + plain(dir))
	}
	report, err := corpus.Verify(ctx, dir)
	line.clear()
	switch {
	case report == nil:
		return err
	case asJSON:
		return errors.Join(err, a.json(report))
	}
	a.writeReport(report, dir)
	return err
}

// shownProblems is how many broken promises a person reads; --json has more.
const shownProblems = 20

func (a *app) writeReport(r *corpus.Report, dir string) {
	paint := a.style()
	t := table{indent: "  ", right: []int{1}}
	t.add("pages", thousands(r.Pages))
	t.add("characters", thousands(r.Characters), "each in exactly one region")
	t.add("edits", thousands(r.Edits), "each undone")
	t.add("suggested", thousands(r.Suggested), "edits that were not made")
	t.add("positions", thousands(r.Positions))
	t.add("items", thousands(r.Items))
	t.add("duties", thousands(r.Duties))
	t.add("rejects", thousands(r.Rejects))
	t.add("ids", thousands(r.IDs), "each there once")
	t.add("references", thousands(r.References), "each resolved")
	index := r.Index
	if r.Index != "current" {
		index += "; zhize index " + shellWord(dir) + " makes it anew"
	}
	if len(r.Problems) == 0 {
		a.printf("%s\n", paint.paint(bold, "All promises are kept"))
		t.add("index", "", index)
		t.write(a.stdout)
		return
	}
	a.printf("%s\n", paint.paint(deleted, "Promises are broken"))
	shown := r.Problems[:min(len(r.Problems), shownProblems)]
	for _, p := range shown {
		a.printf("  %s\n", plain(p.String()))
	}
	if more := len(r.Problems) + r.More - len(shown); more > 0 {
		a.printf("  and %s more\n", thousands(more))
	}
	a.printf("\n%s\n", paint.paint(bold, "Counted"))
	t.write(a.stdout)
}
