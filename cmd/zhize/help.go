package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func helpCommand(*app) *cobra.Command {
	return newCommand(spec{
		use:   "help [COMMAND]",
		short: "tell what a command does",
		long:  "Tells what a command does: how it is used, its flags, an example and its exit codes.",
		examples: `zhize help
zhize help search`,
		run: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			if len(args) == 0 {
				return root.Help()
			}
			found, _, err := root.Find(args[:1])
			if err != nil || found == root {
				return unknownCommand(root, args)
			}
			return found.Help()
		},
	})
}

// exitMeaning is what the exit codes mean, for the help of the commands.
var exitMeaning = [...]struct {
	code    int
	meaning string
}{
	{exitDone, "done"},
	{exitNothing, "the search found nothing"},
	{exitFailure, "wrong use, or it failed; stderr says why"},
	{exitRejected, "finished, but some inputs were rejected"},
	{exitInterrupted, "interrupted; what was finished is safe, the same command goes on"},
}

// writeExits lists the exit codes of a command: those that every command has,
// and its own.
func writeExits(a *app, cmd *cobra.Command) {
	own := strings.Fields(cmd.Annotations[exitsAnnotation])
	t := table{indent: "  ", right: []int{0}}
	for _, e := range exitMeaning {
		code := strconv.Itoa(e.code)
		if e.code == exitDone || e.code == exitFailure || slices.Contains(own, code) {
			t.add(code, e.meaning)
		}
	}
	t.write(a.stdout)
}

// writeHelp prints the help of a command: what it does, how it is used, its
// flags, an example, its exit codes.
func writeHelp(a *app, cmd *cobra.Command) {
	cmd.InitDefaultHelpFlag()
	cmd.InitDefaultVersionFlag()
	paint := a.style()
	section := func(name string) { a.printf("\n%s\n", paint.paint(bold, name)) }

	a.printf("%s\n", cmd.Long)
	section("Usage")
	a.printf("  %s\n", cmd.UseLine())
	if !cmd.HasParent() {
		section("Commands")
		writeCommands(a)
	}
	section("Flags")
	writeFlags(a, cmd)
	section("Example")
	for line := range strings.Lines(cmd.Example) {
		a.printf("  %s\n", strings.TrimRight(line, "\n"))
	}
	section("Exit codes")
	writeExits(a, cmd)
	if !cmd.HasParent() {
		a.printf("\n\"zhize help COMMAND\" tells more of one command.\n")
	}
}

func writeCommands(a *app) {
	t := table{indent: "  "}
	for _, row := range commands() {
		c := row.build(a)
		t.add(c.Name(), c.Short)
	}
	t.write(a.stdout)
}

func writeFlags(a *app, cmd *cobra.Command) {
	t := table{indent: "  "}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if f.Hidden {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		if value != "" {
			name += " " + value
		}
		t.add(name, usage+defaultNote(f))
	})
	t.write(a.stdout)
}

// defaultNote names a default that the text of a flag does not tell of itself.
func defaultNote(f *pflag.Flag) string {
	switch f.DefValue {
	case "", "0", "false", "[]":
		return ""
	}
	return " (default " + f.DefValue + ")"
}
