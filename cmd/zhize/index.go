package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/index"
	"zhize/index/jieba/gojieba"
)

// indexed is what `zhize index --json` prints. Cut is how many duties were read and
// cut, Rebuilt whether these were all.
type indexed struct {
	Dir        string `json:"dir"`
	Schema     string `json:"schema"`
	Dictionary string `json:"dictionary"`
	Segmenter  string `json:"segmenter,omitempty"`
	Documents  int    `json:"documents"`
	Rebuilt    bool   `json:"rebuilt"`
	Cut        int    `json:"cut"`
	TookMS     int64  `json:"took_ms"`
}

func indexCommand(a *app) *cobra.Command {
	var (
		dict            string
		cut             segmenting
		rebuild, asJSON bool
	)
	cmd := newCommand(spec{
		use:   "index DIR",
		short: "make the index of an output folder fit its positions",
		long: `Makes the index of a folder that zhize run wrote that of its positions.jsonl.
Lines that the index has already are kept; it is made anew where there is none, where
it is damaged, of another version or cut with another dictionary, and where more than a
quarter of the lines is new. --rebuild makes it anew in any case. The old index answers
until the new one is complete. This is what helps when a search says that the index is
absent, damaged or of another version. Without --dict texts are cut with the program's
own dictionary, whatever the old index was cut with.

--segmenter gojieba makes it anew with words that gojieba cuts itself: the same words, for
those who want to see that. A program has it where it was built for that: with a C++
compiler, CGO_ENABLED=1 go build -tags gojieba ./cmd/zhize. The index remembers it, any
program searches it, and the next zhize index or run without the flag makes it anew.`,
		examples: "zhize index zhize-out\nzhize index zhize-out --rebuild\nzhize index zhize-out --segmenter gojieba",
		exits:    []int{exitInterrupted},
		args:     exactly(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			dir, started := args[0], time.Now()
			if err := cut.check(cmd, dict); err != nil {
				return err
			}
			words, err := readDict(dict)
			if err != nil {
				return err
			}
			if err := a.outputFolder(dir); err != nil {
				return err
			}
			release, err := corpus.Hold(dir)
			if err != nil {
				return err
			}
			defer release()
			f, err := os.Open(filepath.Join(dir, "positions.jsonl"))
			if err != nil {
				return fmt.Errorf("cannot build the index: %w", err)
			}
			defer f.Close()
			line, progress := a.indexProgress()
			var u index.Updated
			if cut.by == gojieba.Name {
				u.Info, err = cut.build(cmd.Context(), dir, f, progress)
				u.Rebuilt, u.Cut = true, u.Documents
			} else if rebuild {
				u.Info, err = index.BuildWith(cmd.Context(), dir, f, words, progress)
				u.Rebuilt, u.Cut = true, u.Documents
			} else {
				u, err = index.Update(cmd.Context(), dir, f, words, progress)
			}
			line.clear()
			if err != nil {
				return err
			}
			took := time.Since(started)
			if asJSON {
				return a.json(indexed{dir, u.Schema, u.Dictionary, u.Segmenter, u.Documents, u.Rebuilt, u.Cut, took.Milliseconds()})
			}
			how := "indexed in " + elapsed(took)
			if !u.Rebuilt {
				how += ", " + thousands(u.Cut) + " of them read anew"
			}
			a.printf("%s %s; look for them with: zhize search 客户 回访%s\n", count(u.Documents, "duty", "duties"), how, dirFlag(dir))
			return nil
		},
	})
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "make the index anew, whatever is there")
	dictFlag(cmd, &dict)
	cut.flags(cmd)
	jsonFlag(cmd, &asJSON)
	return cmd
}

// indexProgress gives the line that shows how far an index is, and what
// updates it: nil where stderr is no terminal.
func (a *app) indexProgress() (*progressLine, func(done int)) {
	line := &progressLine{a: a}
	if !a.stderrIsTerminal {
		return line, nil
	}
	started, last := time.Now(), time.Time{}
	return line, func(done int) {
		if now := time.Now(); now.Sub(last) >= 100*time.Millisecond {
			last = now
			line.show(corpus.Progress{Stage: "index", Pages: done, Elapsed: now.Sub(started)})
		}
	}
}

// outputFolder checks that dir is a folder that zhize run wrote, and says
// what to do where it is not.
func (a *app) outputFolder(dir string) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no folder %s; zhize run INPUT… -o %s makes it", plain(dir), plain(dir))
	case err != nil:
		return fmt.Errorf("cannot look into the folder: %w", err)
	case !info.IsDir():
		return fmt.Errorf("%s is a file, and a folder that zhize run wrote is needed", plain(dir))
	}
	_, err = os.Stat(filepath.Join(dir, "positions.jsonl"))
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s has no positions.jsonl, so zhize run has not finished there; run it with -o %s", plain(dir), plain(dir))
	}
	return nil
}
