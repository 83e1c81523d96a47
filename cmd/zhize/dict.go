package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"zhize/index/jieba"
)

// built is what `zhize dict build --json` prints.
type built struct {
	File       string `json:"file"`
	Dictionary string `json:"dictionary"`
	Bytes      int    `json:"bytes"`
}

func dictCommand(a *app) *cobra.Command {
	cmd := newCommand(spec{
		use:   "dict COMMAND",
		short: "make a dictionary of words of your own",
		long: `Words that the dictionary lacks are cut apart, and a search for a part finds them.
A dictionary with words of your own is one file; zhize run and zhize index take it
by --dict. The index carries a copy, so searches need not name it.`,
		examples: "zhize dict build 术语.txt -o 术语.dict",
		args:     noSuchSubcommand,
		run:      func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	})
	cmd.AddCommand(dictBuildCommand(a))
	return cmd
}

func noSuchSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return misuse(cmd, "%s has no command %q", cmd.Name(), args[0])
}

func dictBuildCommand(a *app) *cobra.Command {
	var (
		out    string
		asJSON bool
	)
	cmd := newCommand(spec{
		use:   "build WORDS -o FILE",
		short: "add words to the dictionary",
		long: `Adds the words of a user dictionary of jieba to the program's own dictionary and
writes the whole to one file. Each line is a word, a word and a tag, or a word, a
frequency and a tag, with single spaces:

  运维工程师
  飞行检查 n
  两头在外 50 n

A word without a frequency counts as a middling one. Where it is cut apart all the
same, because its parts are frequent, a frequency of 100 helps. "-" reads standard
input.`,
		examples: `zhize dict build 术语.txt -o 术语.dict
zhize index zhize-out --dict 术语.dict
zhize search 飞行检查`,
		args: exactly(1, "a file of words"),
		run: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return misuse(cmd, "dict build needs -o and the name of the file to write")
			}
			return a.buildDict(cmd, args[0], out, asJSON)
		},
	})
	cmd.Flags().StringVarP(&out, "output", "o", "", "`FILE` to write")
	jsonFlag(cmd, &asJSON)
	return cmd
}

func (a *app) buildDict(cmd *cobra.Command, words, out string, asJSON bool) error {
	read := func() ([]byte, error) { return os.ReadFile(words) }
	if words == "-" {
		read = func() ([]byte, error) { return io.ReadAll(a.input(cmd.Context())) }
	}
	data, err := read()
	if err != nil {
		return fmt.Errorf("cannot read the words: %w", err)
	}
	image, err := jieba.Default().Extend(data)
	if err != nil {
		return fmt.Errorf("cannot use %s: %w", plain(words), err)
	}
	dict, err := jieba.Open(image)
	if err != nil {
		return err
	}
	if err := writeFile(cmd.Context(), out, func(w io.Writer) error {
		_, err := w.Write(image)
		return err
	}); err != nil {
		return err
	}
	if asJSON {
		return a.json(built{out, dict.Hash(), len(image)})
	}
	a.printf("%s written, %s; use it with: zhize index %s --dict %s\n", plain(out), size(int64(len(image))), defaultDir, shellWord(out))
	return nil
}

// dictFlag gives a command its --dict.
func dictFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "dict", "", "cut the texts of the index with the dictionary in `FILE`, which zhize dict build makes")
}

// readDict reads the file of a --dict, nil where none is named.
func readDict(file string) ([]byte, error) {
	if file == "" {
		return nil, nil
	}
	b, err := os.ReadFile(file)
	if err == nil {
		_, err = jieba.Open(b)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot use the dictionary %s: %w; zhize dict build makes one", plain(file), err)
	}
	return b, nil
}
