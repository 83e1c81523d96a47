package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// command is a subcommand and how it is built.
type command struct {
	name  string
	build func(*app) *cobra.Command
}

// commands lists the subcommands in the order in which help shows them: the
// way of a page from the input to the answer, then what tells of the program.
func commands() []command {
	return []command{
		{"run", runCommand},
		{"search", searchCommand},
		{"serve", serveCommand},
		{"show", showCommand},
		{"extract", extractCommand},
		{"learn", learnCommand},
		{"suggestions", suggestionsCommand},
		{"index", indexCommand},
		{"dict", dictCommand},
		{"export", exportCommand},
		{"verify", verifyCommand},
		{"stats", statsCommand},
		{"eval", evalCommand},
		{"schema", schemaCommand},
		{"version", versionCommand},
		{"completion", completionCommand},
		{"help", helpCommand},
	}
}

// needed are the commands that a command line needs: the one that it names, or
// all. Building all of them takes as long as a search.
func needed(args []string) []command {
	all := commands()
	for i, c := range all {
		if len(args) > 0 && args[0] == c.name && c.name != "help" && c.name != "completion" {
			return all[i : i+1]
		}
	}
	return all
}

// spec is what every command says of itself.
type spec struct {
	use      string // the usage line, without "zhize"
	short    string // one line, for the list of commands
	long     string // what it does, for its own help
	examples string // real-looking command lines
	exits    []int  // exit codes beside 0 and 2, which every command has
	args     cobra.PositionalArgs
	run      func(cmd *cobra.Command, args []string) error
}

// Keys of cobra's annotations.
const exitsAnnotation = "exits"

func newCommand(s spec) *cobra.Command {
	return &cobra.Command{
		Use:                   s.use,
		Short:                 s.short,
		Long:                  s.long,
		Example:               s.examples,
		Args:                  s.args,
		RunE:                  s.run,
		Annotations:           map[string]string{exitsAnnotation: strings.Trim(fmt.Sprint(s.exits), "[]")},
		DisableFlagsInUseLine: true,
	}
}

// newRoot is the program with some of its commands.
func newRoot(a *app, cmds []command) *cobra.Command {
	root := newCommand(spec{
		use:   "zhize COMMAND",
		short: "Chinese job descriptions in, clean and searchable duties out",
		long: `zhize (职责, duty) takes noisy pages of Chinese job descriptions apart: positions
with clean, numbered duties come out, as data that other tools read and as an
index that people search. It loses and changes nothing silently: every
character that is dropped has a reason, every repair can be undone.`,
		examples: `zhize run 岗位职责范文/
zhize search 客户 回访
zhize extract --explain 客户部岗位职责说明书.html`,
		exits: []int{exitNothing, exitRejected, exitInterrupted},
		args:  unknownCommand,
		run:   func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	})
	root.Version = moduleVersion()
	root.SetVersionTemplate("zhize {{.Version}}\n")
	root.SilenceErrors = true
	root.SilenceUsage = true
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetIn(a.stdin)
	root.SetOut(a.stdout)
	root.SetErr(a.stderr)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) { writeHelp(a, cmd) })
	root.PersistentFlags().StringVar(&a.color, "color", "auto", "`WHEN` to colour: auto (on a terminal, unless NO_COLOR is set), always, never")
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error {
		return oneOf(cmd, "--color", a.color, "auto", "always", "never")
	}
	for _, c := range cmds {
		cmd := c.build(a)
		if cmd.Name() == "help" {
			root.SetHelpCommand(cmd)
		}
		root.AddCommand(cmd)
	}
	complete(root, "color", "auto", "always", "never")
	return root
}

// misuse is a command line that makes no sense: its message, and the help
// that tells what would.
func misuse(cmd *cobra.Command, format string, args ...any) error {
	return fmt.Errorf("%s (see %q)", fmt.Sprintf(format, args...), helpFor(cmd))
}

func helpFor(cmd *cobra.Command) string {
	if cmd.HasParent() {
		return "zhize help " + cmd.Name()
	}
	return "zhize help"
}

func unknownCommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return misuse(cmd, "there is no command %q%s", args[0], suggestion(closest(args[0], commandNames(cmd))))
}

func commandNames(root *cobra.Command) []string {
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() || c.Name() == "help" {
			names = append(names, c.Name())
		}
	}
	return names
}

// flagError words a flag that pflag did not understand.
func flagError(cmd *cobra.Command, err error) error {
	var (
		invalid *pflag.InvalidValueError
		bare    *pflag.ValueRequiredError
		unknown *pflag.NotExistError
	)
	switch {
	case errors.As(err, &invalid):
		f := invalid.GetFlag()
		return misuse(cmd, "--%s is %s, not %q", f.Name, valueWords(f.Value.Type()), invalid.GetValue())
	case errors.As(err, &bare):
		f := bare.GetFlag()
		name, _ := pflag.UnquoteUsage(f)
		return misuse(cmd, "--%s needs a value: --%s %s", f.Name, f.Name, name)
	case !errors.As(err, &unknown):
		return misuse(cmd, "%s", err)
	}
	name, shorthand := unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames()
	if shorthand != "" {
		if cmd.Name() == "search" {
			return misuse(cmd, "unknown flag -%s; write words to leave out behind --, as in: zhize search -- 客户 -%s", name, shorthand)
		}
		return misuse(cmd, "unknown flag -%s", name)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := closest(name, names)
	if near != "" {
		near = "--" + near
	}
	return misuse(cmd, "unknown flag --%s%s", name, suggestion(near))
}

// valueWords says what the values of a type of flag are.
func valueWords(kind string) string {
	switch kind {
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	}
	return "a value of another form" // such as a list with an open quotation mark
}

func suggestion(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", near)
}

// oneOf checks the value of a flag against the values that it may have.
func oneOf(cmd *cobra.Command, flag, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return misuse(cmd, "%s is one of %s, not %q%s", flag, strings.Join(allowed, ", "), value, suggestion(closest(value, allowed)))
}

// atLeast asks for n arguments or more; need says what they are.
func atLeast(n int, need string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return misuse(cmd, "%s needs %s", cmd.Name(), need)
		}
		return nil
	}
}

// exactly asks for n arguments; need says what they are.
func exactly(n int, need string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < n:
			return misuse(cmd, "%s needs %s", cmd.Name(), need)
		case len(args) > n:
			return misuse(cmd, "%s takes %s; %q is too much", cmd.Name(), need, args[n])
		}
		return nil
	}
}

// complete tells the shells the values of a flag.
func complete(cmd *cobra.Command, flag string, values ...string) {
	if cmd.Flag(flag) == nil {
		return
	}
	// The only error is a flag that has its values already.
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}

// closest is the candidate that a slip of the keyboard away from word, or "".
// Two edits, or one in words of up to three letters, is how far a slip goes.
func closest(word string, candidates []string) string {
	best, limit := "", 2
	if len(word) <= 3 {
		limit = 1
	}
	for _, c := range candidates {
		if d := distance(word, c); d <= limit {
			best, limit = c, d-1
		}
		if best == "" && len(word) >= 3 && strings.HasPrefix(c, word) {
			best = c
		}
	}
	return best
}

// distance counts the letters to put in, take out, change or swap with their
// neighbour to make a of b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var before []int
	last := make([]int, len(y)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row := make([]int, len(y)+1)
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(y)]
}
