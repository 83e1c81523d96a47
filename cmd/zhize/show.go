package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"zhize/corpus"
)

func showCommand(a *app) *cobra.Command {
	var dir string
	var asJSON bool
	cmd := newCommand(spec{
		use:   "show ID [-i DIR]",
		short: "show a page, position, item or duty with its repairs and source",
		long: `Shows what an id names, as zhize search prints it: a page, a position, an item or
a duty, with its fields, its numbered items, and the lines of the source beside
every repair that was made in them. Six digits of a page's or a duty's id are
enough where only one begins so.

--json prints the lines of the outputs: of a page its own and then those of its
positions, of an item that of its position.`,
		examples: `zhize show 3a22bf0fb338749e-p001          一个岗位
zhize show 3a22bf0fb338749e-p001-i003     其中一条职责
zhize show 3a22bf --json -i 职责库        整个页面`,
		args: exactly(1, "an id, as zhize search prints it"),
		run: func(_ *cobra.Command, args []string) error {
			if err := a.outputFolder(dir); err != nil {
				return err
			}
			found, err := corpus.Find(dir, args[0])
			switch {
			case errors.Is(err, corpus.ErrNotFound), errors.Is(err, corpus.ErrNoID):
				return fmt.Errorf("%w; zhize search%s prints ids", err, dirFlag(dir))
			case err != nil:
				return err
			case asJSON:
				return a.writeFound(found, isPage(args[0]))
			}
			a.show(found, isPage(args[0]), dir)
			return nil
		},
	})
	indexFlag(cmd, &dir)
	jsonFlag(cmd, &asJSON)
	return cmd
}

// isPage reports whether an id is that of a page, or of a duty, and not of a
// part of a page.
func isPage(id string) bool { return !strings.Contains(id, "-") }

func (a *app) writeFound(f *corpus.Found, page bool) error {
	if f.Duty != nil {
		return a.json(f.Duty)
	}
	if page {
		if err := a.json(f.Page); err != nil {
			return err
		}
	}
	for i := range f.Positions {
		if err := a.json(&f.Positions[i]); err != nil {
			return err
		}
	}
	return nil
}
