package main

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"zhize/corpus"
)

// exporting is what the flags of export say.
type exporting struct {
	corpus.ExportOptions
	output string // "" or "-" is standard output
	size   string // of --split-bytes, as it was given
}

func exportCommand(a *app) *cobra.Command {
	var o exporting
	long := "Writes the results of a finished run in another form, to standard output or\nto a file that appears only when it is complete. A name that ends in .gz or\n.zst is compressed; with --split-rows or --split-bytes duties.csv becomes\nduties-00001.csv, duties-00002.csv and so on. Pages and positions that repeat\nothers say so in duplicate_of (--duplicates mark), stand there like others (keep) or\nare left out and counted (drop).\n"
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
		short: "write the results in another form, such as csv, markdown or parquet",
		long:  long + "\n" + strings.TrimRight(b.String(), "\n"),
		examples: `zhize export zhize-out --as csv -o 客户部岗位职责.csv
zhize export zhize-out --as markdown | less
zhize export zhize-out --as parquet -o dataset/positions.parquet
zhize export zhize-out --as parquet-duties -o duties.parquet
zhize export zhize-out --as documents --duplicates drop -o 无重复.jsonl.gz
zhize export zhize-out --as documents --split-bytes 1GB -o 文档.jsonl.zst
zhize export zhize-out --as page-documents -o corpus/documents/p.jsonl.gz
zhize export zhize-out --as dolma-attributes -o corpus/attributes/zhize/p.jsonl.gz
zhize export zhize-out --as occupation -o 职业.jsonl
zhize export zhize-out --as jobposting --split-rows 10000 -o 招聘.jsonl`,
		exits: []int{exitInterrupted},
		args:  exactly(1, "the folder that zhize run wrote"),
		run: func(cmd *cobra.Command, args []string) error {
			if o.Format == "" {
				return misuse(cmd, "export needs --as and one of %s", strings.Join(names, ", "))
			}
			if err := oneOf(cmd, "--as", o.Format, names...); err != nil {
				return err
			}
			if err := oneOf(cmd, "--duplicates", o.Duplicates, corpus.DuplicateChoices()...); err != nil {
				return err
			}
			if err := a.outputFolder(args[0]); err != nil {
				return err
			}
			return a.export(cmd, args[0], o)
		},
	})
	f := cmd.Flags()
	f.StringVar(&o.Format, "as", "", "`FORMAT` to write, one of those above")
	f.StringVarP(&o.output, "output", "o", "", "`FILE` to write instead of standard output")
	f.IntVar(&o.SplitRows, "split-rows", 0, "begin a new file after `N` rows; 0 never does")
	f.StringVar(&o.size, "split-bytes", "", "begin a new file before it has more than `SIZE` (such as 500MB), before compression")
	f.StringVar(&o.Duplicates, "duplicates", "mark", "what becomes of pages and positions that repeat others: `HOW` is "+strings.Join(corpus.DuplicateChoices(), ", "))
	complete(cmd, "as", names...)
	complete(cmd, "duplicates", corpus.DuplicateChoices()...)
	return cmd
}

// export writes the folder dir as the flags say.
func (a *app) export(cmd *cobra.Command, dir string, o exporting) (err error) {
	if o.SplitRows < 0 {
		return misuse(cmd, "--split-rows is 0 or more, not %d", o.SplitRows)
	}
	if o.size != "" {
		if o.SplitBytes, err = parseSize(o.size); err != nil {
			return misuse(cmd, "--split-bytes %v", err)
		}
	}
	if o.output == "" || o.output == "-" {
		if o.SplitRows > 0 || o.SplitBytes > 0 {
			return misuse(cmd, "standard output is one stream; to split, name a file with -o")
		}
		for _, f := range corpus.Formats() {
			if f.Name == o.Format && f.Binary && a.stdoutIsTerminal {
				return misuse(cmd, "%s is nothing that a terminal shows; name a file with -o", f.Name)
			}
		}
		done, err := corpus.Export(cmd.Context(), dir, a.stdout, o.ExportOptions)
		a.noteLost(done)
		return err
	}
	if info, err := os.Stat(o.output); err == nil && info.IsDir() {
		return misuse(cmd, "%s is a folder, and -o needs the name of a file; add one, as in: -o %s", plain(o.output), shellWord(filepath.ToSlash(filepath.Join(o.output, "职责"))))
	}
	if isOutput(dir, o.output) {
		return misuse(cmd, "%s is what zhize run wrote; give -o another name", plain(o.output))
	}
	done, err := corpus.ExportFile(cmd.Context(), dir, o.output, o.ExportOptions)
	if err != nil {
		return err
	}
	switch n := len(done.Files); n {
	case 1:
		a.note("written to %s", plain(done.Files[0]))
	default:
		a.note("written to %s … %s (%d files)", plain(done.Files[0]), plain(done.Files[n-1]), n)
	}
	if done.Card != "" {
		a.note("described in %s", plain(done.Card))
	}
	a.noteLost(done)
	if len(done.Older) > 0 {
		a.note("%s is no part of this (%s of an earlier export); remove it", plain(done.Older[0]), count(len(done.Older), "file", "files"))
	}
	return nil
}

// noteLost tells what the format has no place for.
func (a *app) noteLost(done corpus.Exported) {
	if done.Lost > 0 {
		a.note("left out: %s (%s)", done.Needs, thousands(done.Lost))
	}
	if done.Dropped > 0 {
		a.note("left out: what repeats others (%s); --duplicates mark keeps it", thousands(done.Dropped))
	}
}

// units are what a size may end in.
var units = [...]struct {
	name  string
	bytes float64
}{
	{"KIB", 1 << 10}, {"MIB", 1 << 20}, {"GIB", 1 << 30}, {"TIB", 1 << 40},
	{"KB", 1e3}, {"MB", 1e6}, {"GB", 1e9}, {"TB", 1e12},
	{"K", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"B", 1}, {"", 1},
}

// parseSize reads a number of bytes as people write it: 500MB, 1.5 GiB, 2000.
func parseSize(s string) (int64, error) {
	for _, u := range units {
		digits, ok := strings.CutSuffix(strings.ToUpper(strings.TrimSpace(s)), u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(digits), 64)
		if n *= u.bytes; err == nil && n >= 1 && n < math.MaxInt64 {
			return int64(n), nil
		}
		break
	}
	return 0, fmt.Errorf("is a size above 0 such as 500MB or 2GiB, not %q", s)
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
