package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/normalize"
)

func suggestionsCommand(a *app) *cobra.Command {
	var (
		asJSON         bool
		accept, reject []string
		words          string
	)
	cmd := newCommand(spec{
		use:   "suggestions DIR",
		short: "list the repairs that were not made, and decide on them",
		long: `Lists the repairs that zhize run was not sure enough to make: the word as it
stands, as it may have been meant, on how many pages, and why. --accept and --reject
decide on one by the word as it stands and write the decision to a file of words,
which run and extract take with --words: what is accepted is repaired everywhere,
what is rejected is never suggested or changed again.`,
		examples: `zhize suggestions zhize-out
zhize suggestions zhize-out --json | jq -r '[.count,.wrong,.right]|@tsv'
zhize suggestions zhize-out --accept 总经审批 --reject 专利化专 --words words.tsv`,
		args: exactly(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			if err := a.outputFolder(args[0]); err != nil {
				return err
			}
			if len(accept)+len(reject) > 0 && words == "" {
				return misuse(cmd, "--accept and --reject need the file to write to: --words FILE")
			}
			found, err := corpus.ReadSuggestions(args[0])
			if err != nil {
				return err
			}
			if len(accept)+len(reject) > 0 {
				return a.decide(found, accept, reject, words)
			}
			return a.writeSuggestions(found, asJSON)
		},
	})
	f := cmd.Flags()
	f.StringArrayVar(&accept, "accept", nil, "decide that `WORD` is wrong, as suggested; may be given more than once")
	f.StringArrayVar(&reject, "reject", nil, "decide that `WORD` is right as it stands")
	f.StringVar(&words, "words", "", "`FILE` of words that the decisions are added to")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) writeSuggestions(found []corpus.Suggestion, asJSON bool) error {
	if asJSON {
		for i := range found {
			if err := a.json(&found[i]); err != nil {
				return err
			}
		}
		return nil
	}
	if len(found) == 0 {
		a.note("zhize: there is nothing to decide")
		return nil
	}
	paint := a.style()
	t := table{right: []int{0}}
	for _, s := range found {
		t.add(thousands(s.Count), plain(s.Wrong), "→", plain(s.Right), plain(s.Rule), plain(s.Basis), paint.paint(dim, "… "+oneLine(s.Text)+" …"))
	}
	t.write(a.stdout)
	return nil
}

// decide adds decisions to a file of words: under a temporary name, brought to
// the disk, then renamed.
func (a *app) decide(found []corpus.Suggestion, accept, reject []string, name string) error {
	var lines bytes.Buffer
	for _, word := range accept {
		i := slices.IndexFunc(found, func(s corpus.Suggestion) bool { return s.Wrong == word })
		if i < 0 {
			return fmt.Errorf("%q is not among the suggestions; zhize suggestions lists them", word)
		}
		fmt.Fprintf(&lines, "%s\t%s\n", word, found[i].Right)
	}
	for _, word := range reject {
		if !slices.ContainsFunc(found, func(s corpus.Suggestion) bool { return s.Wrong == word }) {
			return fmt.Errorf("%q is not among the suggestions; zhize suggestions lists them", word)
		}
		fmt.Fprintf(&lines, "%s\n", word)
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // a link stays one
	}
	old, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot read the words: %w", err)
	}
	if n := len(old); n > 0 && old[n-1] != '\n' {
		old = append(old, '\n')
	}
	all := append(old, lines.Bytes()...)
	if _, err := normalize.ParseWords(bytes.NewReader(all)); err != nil {
		return fmt.Errorf("%s would not hold together: %w", plain(name), err)
	}
	f, err := os.CreateTemp(filepath.Dir(name), filepath.Base(name)+".*")
	if err != nil {
		return fmt.Errorf("cannot write the words: %w", err)
	}
	_, err = f.Write(all)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("cannot write the words: %w", err), os.Remove(f.Name()))
	}
	a.printf("%s added to %s; the next run takes them with --words %s\n", count(len(accept)+len(reject), "decision", "decisions"), plain(name), shellWord(name))
	return nil
}
