package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"zhize/corpus"
)

func exportCommand(a *app) *cobra.Command {
	var format, output string
	long := "Writes the positions of a finished run in another form, to standard output or\nto a file that appears only when it is complete.\n"
	var names []string
	formats := table{indent: "  "}
	for _, f := range corpus.Formats() {
		names = append(names, f.Name)
		formats.add(f.Name, f.Help)
	}
	var b strings.Builder
	formats.write(&b)
	cmd := newCommand(spec{
		use:   "export DIR --as FORMAT [-o FILE]",
		short: "write the results in another form: " + strings.Join(names, ", "),
		long:  long + "\n" + strings.TrimRight(b.String(), "\n"),
		examples: `zhize export zhize-out --as csv -o 客户部岗位职责.csv
zhize export zhize-out --as markdown | less`,
		exits: []int{exitInterrupted},
		args:  exactly(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			if format == "" {
				return misuse(cmd, "export needs --as and one of %s", strings.Join(names, ", "))
			}
			if err := oneOf(cmd, "--as", format, names...); err != nil {
				return err
			}
			if err := a.outputFolder(args[0]); err != nil {
				return err
			}
			write := func(w io.Writer) error { return corpus.Export(cmd.Context(), args[0], format, w) }
			if output == "" || output == "-" {
				return write(a.stdout)
			}
			if info, err := os.Stat(output); err == nil && info.IsDir() {
				return misuse(cmd, "%s is a folder, and -o needs the name of a file; add one, as in: -o %s", plain(output), shellWord(filepath.ToSlash(filepath.Join(output, "职责"))))
			}
			if isOutput(args[0], output) {
				return misuse(cmd, "%s is what zhize run wrote; give -o another name", plain(output))
			}
			if err := writeFile(cmd.Context(), output, write); err != nil {
				return err
			}
			a.note("written to %s", plain(output))
			return nil
		},
	})
	cmd.Flags().StringVar(&format, "as", "", "`FORMAT` to write: "+strings.Join(names, ", "))
	cmd.Flags().StringVarP(&output, "output", "o", "", "`FILE` to write instead of standard output")
	complete(cmd, "as", names...)
	return cmd
}

// isOutput reports whether a file is one of those that a run wrote to dir and
// that its manifest vouches for.
func isOutput(dir, file string) bool {
	at, err := os.Stat(file)
	if err != nil {
		return false
	}
	for _, name := range [...]string{"positions.jsonl", "pages.jsonl", "duties.jsonl", "rejects.jsonl", "manifest.json"} {
		if own, err := os.Stat(filepath.Join(dir, name)); err == nil && os.SameFile(at, own) {
			return true
		}
	}
	return false
}

// writeFile makes a file of what write gives: under another name in the same
// folder, and under its own when it is complete and on the disk. A device or a
// pipe is written to as it is, for a file of its name would take its place.
func writeFile(ctx context.Context, name string, write func(io.Writer) error) (err error) {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return writeDevice(ctx, name, write)
	}
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target // the link stays, what it names is replaced
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".tmp-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := errors.Join(w.Flush(), f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}

func writeDevice(ctx context.Context, name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	err = write(f)
	if err := errors.Join(err, ctx.Err(), f.Close()); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}
