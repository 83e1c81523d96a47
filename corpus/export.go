package corpus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"zhize/corpus/internal/export"
	"zhize/corpus/internal/parts"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// Format is a form that outputs can be exported in.
type Format struct {
	Name, Help string
	Binary     bool // no text: nothing for a terminal
}

// Formats lists the formats.
func Formats() []Format {
	var out []Format
	for _, f := range export.Formats() {
		out = append(out, Format{f.Name, f.Help, f.Binary})
	}
	return out
}

// ExportOptions say how a file is exported.
type ExportOptions struct {
	Format     string // one of [Formats]
	SplitRows  int    // rows that a file may hold; 0 for no limit
	SplitBytes int64  // bytes that a file may hold before compression, but for a larger row; 0 for no limit
	Duplicates string // what becomes of pages and positions that repeat others, one of [DuplicateChoices]; "" marks them
}

// DuplicateChoices are what an export may do with what repeats others: "mark"
// says so in duplicate_of, "keep" writes them as others, "drop" leaves them out
// and counts them.
func DuplicateChoices() []string { return export.Duplicates() }

// Exported is what an export wrote.
type Exported struct {
	Rows    int      // of the format: items, positions, pages or duties
	Lost    int      // records that gave no row because they have not what the format needs
	Needs   string   // what those records are, for a person; "" where Lost is 0
	Dropped int      // pages or positions that repeat others and were left out
	Files   []string // in order
	Card    string   // the file that describes them; "" where the format has none
	Older   []string // parts of an earlier export of the same name, with higher numbers
}

// Export writes the finished run in dir to w in the format of the options, in the
// order of its lines; it does not split. Errors are [ErrUnfinished], an unknown format, the
// context's and those of reading and writing.
func Export(ctx context.Context, dir string, w io.Writer, o ExportOptions) (Exported, error) {
	f, m, err := exportOf(dir, o)
	if err != nil {
		return Exported{}, err
	}
	n, err := f.Write(ctx, export.Job{
		Dir: dir, Added: m.Ended, Duplicates: o.Duplicates,
		Open: func() (io.WriteCloser, error) { return kept{w}, nil },
	})
	if err != nil {
		return Exported{}, fmt.Errorf("export as %s: %w", f.Name, err)
	}
	return summed(f, n), nil
}

// kept is a writer that is closed elsewhere.
type kept struct{ io.Writer }

func (kept) Close() error { return nil }

// ExportFile writes the finished run in dir to a file, compressed as its name
// ends (.gz, .zst), or to its numbered parts where the options set a limit.
// All files appear at once, when the last one is complete and on the disk;
// after an error there are none. Beside the files of a format that has one it
// writes a card: README.md, or NAME.README.md where there is a README.md.
// Errors are as for [Export], and a name that does not fit the format.
func ExportFile(ctx context.Context, dir, file string, o ExportOptions) (Exported, error) {
	f, m, err := exportOf(dir, o)
	if err != nil {
		return Exported{}, err
	}
	if ext := parts.Packed(file); ext != "" && f.Binary {
		return Exported{}, fmt.Errorf("%s is compressed inside; take %s off the name, as in: -o %s", f.Name, ext, strings.TrimSuffix(file, ext))
	}
	if f.Beside != "" && o.SplitBytes > 0 {
		return Exported{}, fmt.Errorf("the files of %s have the lines of those of %s only where both are split by rows", f.Name, f.Beside)
	}
	limits := export.Limits{Rows: o.SplitRows, Bytes: o.SplitBytes}
	numbered := limits != (export.Limits{})
	set := parts.New(file, numbered)
	defer set.Discard()
	n, err := f.Write(ctx, export.Job{Dir: dir, Added: m.Ended, Limits: limits, Duplicates: o.Duplicates, Open: set.Open})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return Exported{}, err
	}
	out := summed(f, n)
	if out.Files, err = set.Commit(); err != nil {
		return out, err
	}
	if numbered {
		out.Older = parts.Later(file, len(out.Files))
	}
	if f.Card != nil && !parts.Device(file) {
		out.Card, err = writeCard(file, numbered, f, n, m, out.Files)
	}
	return out, err
}

func summed(f export.Format, n export.Counts) Exported {
	out := Exported{Rows: n.Rows, Dropped: n.Dropped}
	if f.Lost != "" && n.Lost > 0 {
		out.Lost, out.Needs = n.Lost, f.Lost
	}
	return out
}

// exportOf is the format of an export and the manifest of the run in dir.
func exportOf(dir string, o ExportOptions) (export.Format, *record.Manifest, error) {
	m, err := store.FinishedManifest(dir)
	if err != nil {
		return export.Format{}, nil, err
	}
	if !slices.Contains(export.Duplicates(), cmp.Or(o.Duplicates, export.MarkDuplicates)) {
		return export.Format{}, nil, fmt.Errorf("duplicates cannot be treated by %q; there are %s", o.Duplicates, strings.Join(export.Duplicates(), ", "))
	}
	var names []string
	for _, f := range export.Formats() {
		if f.Name == o.Format {
			return f, m, nil
		}
		names = append(names, f.Name)
	}
	return export.Format{}, nil, fmt.Errorf("no format is called %q; there are %s", o.Format, strings.Join(names, ", "))
}

// writeCard writes the card of an export beside its files and returns its
// name. A README.md that is there already is never touched.
func writeCard(file string, numbered bool, f export.Format, n export.Counts, m *record.Manifest, files []string) (string, error) {
	c := export.Card{
		Name: strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), Files: files, Glob: file, Rows: n.Rows, Totals: m.Counts,
	}
	if numbered {
		c.Glob = parts.Glob(file)
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return "", fmt.Errorf("cannot read what was written: %w", err)
		}
		c.Bytes += info.Size()
	}
	name := filepath.Join(filepath.Dir(file), "README.md")
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		name = filepath.Join(filepath.Dir(file), c.Name+".README.md")
	}
	set := parts.New(name, false)
	defer set.Discard()
	w, err := set.Open()
	if err != nil {
		return "", err
	}
	if _, err := io.WriteString(w, f.Card(c)); err != nil {
		return "", fmt.Errorf("cannot write %s: %w", name, err)
	}
	if err := w.Close(); err != nil {
		return "", err
	}
	_, err = set.Commit()
	return name, err
}
