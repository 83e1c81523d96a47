package main

import (
	"github.com/spf13/cobra"

	"zhize/corpus"
)

func statsCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := newCommand(spec{
		use:   "stats DIR",
		short: "tell what came in, what was kept, dropped and changed",
		long: `Tells what came into a run and what became of it: pages, positions and duties;
characters kept and dropped, by reason; repairs, by rule; how sound the
numbering is.`,
		examples: "zhize stats zhize-out",
		args:     exactly(1, "the folder that zhize run wrote"),
		run: func(_ *cobra.Command, args []string) error {
			if err := a.outputFolder(args[0]); err != nil {
				return err
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
	jsonFlag(cmd, &asJSON)
	return cmd
}
