package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"zhize"
	"zhize/evidence"
	"zhize/evidence/sitetext"
	"zhize/normalize"
)

// knowledgeFlags are the flags that say what repairs go by.
type knowledgeFlags struct {
	evidence, words, lines string
	without                []string
}

// add gives a command the flags; corpus says whether it takes evidence too.
func (k *knowledgeFlags) add(cmd *cobra.Command, corpus bool) {
	f := cmd.Flags()
	if corpus {
		f.StringVar(&k.evidence, "evidence", "", "repair slips by the evidence in `FILE`, which zhize learn makes")
	}
	f.StringVar(&k.words, "words", "", "`FILE` of decided words: wrong, a tab and right on a line, or a word alone that stays")
	f.StringVar(&k.lines, "site-lines", "", "`FILE` of lines that sites repeat, to drop or keep, as zhize learn --sites lists them")
	f.StringSliceVar(&k.without, "without", nil, "leave the repairs of `RULE` out; may be given more than once")
	complete(cmd, "without", ruleNames()...)
}

func ruleNames() []string {
	var names []string
	for _, r := range normalize.Rules() {
		names = append(names, r.Name)
	}
	return append(names, zhize.SiteTextRule)
}

// check refuses names of rules that are none.
func (k *knowledgeFlags) check(cmd *cobra.Command) error {
	names := ruleNames()
	for _, r := range k.without {
		if !slices.Contains(names, r) {
			return misuse(cmd, "there is no rule %q; the rules are %s", r, strings.Join(names, ", "))
		}
	}
	return nil
}

// load opens what the flags name. done lets go of it.
func (k *knowledgeFlags) load() (know zhize.Knowledge, done func(), err error) {
	know.Without, done = k.without, func() {}
	if k.words != "" {
		f, err := os.Open(k.words)
		if errors.Is(err, fs.ErrNotExist) {
			return know, done, fmt.Errorf("there is no file %q; check the path of --words", k.words)
		}
		if err != nil {
			return know, done, fmt.Errorf("cannot read the words: %w", err)
		}
		defer f.Close()
		if know.Words, err = normalize.ParseWords(f); err != nil {
			return know, done, fmt.Errorf("%s: %w", plain(k.words), err)
		}
	}
	if k.lines != "" {
		f, err := os.Open(k.lines)
		if errors.Is(err, fs.ErrNotExist) {
			return know, done, fmt.Errorf("there is no file %q; check the path of --site-lines", k.lines)
		}
		if err != nil {
			return know, done, fmt.Errorf("cannot read the lines of sites: %w", err)
		}
		defer f.Close()
		if know.Lines, err = sitetext.ParseDecisions(f); err != nil {
			return know, done, fmt.Errorf("%s: %w", plain(k.lines), err)
		}
	}
	if k.evidence != "" {
		if know.Corpus, err = openEvidence(k.evidence); err != nil {
			return know, done, err
		}
		done = func() { know.Corpus.Close() }
	}
	return know, done, nil
}

func openEvidence(name string) (*evidence.Evidence, error) {
	e, err := evidence.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %q; zhize learn makes evidence", name)
	}
	return e, err
}
