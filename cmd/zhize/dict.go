package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

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
A dictionary with words of your own is one file, named by --dict of zhize run,
zhize index and zhize search.`,
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
zhize search 飞行检查 --dict 术语.dict`,
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
	if err := writeFile(out, image); err != nil {
		return fmt.Errorf("cannot write the dictionary: %w", err)
	}
	n := len(bytes.Fields(data))
	if asJSON {
		return a.json(built{out, dict.Hash(), len(image)})
	}
	if n == 0 {
		return errors.New("there are no words")
	}
	a.printf("%s written, %s; use it with: zhize index %s --dict %s\n", plain(out), size(int64(len(image))), defaultDir, shellWord(out))
	return nil
}

// writeFile writes a file that appears at once, whole.
func writeFile(name string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	_, err = f.Write(data)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
