// Package export writes records in forms that other programs read.
package export

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// Format is one row of the table of formats.
type Format struct {
	Name   string
	Help   string
	Binary bool              // no text, and compressed inside
	Lost   string            // what the records are that give no row; "" where that goes without saying
	Beside string            // the format whose lines its own belong to, one to one; "" for none
	Card   func(Card) string // the card that is written beside its files; nil for none
	run    func(context.Context, Job) (Counts, error)
}

// Formats is the table: a format is one writer and one row.
func Formats() []Format {
	return []Format{
		{Name: "csv", Help: "one item a row, as spreadsheets open it (UTF-8 with BOM; cells that would be formulas begin with ')",
			run: stream[record.Position, []string]{store.PositionsName, csvRows, newCSV}.run},
		{Name: "markdown", Help: "positions under their pages, items numbered as the pages number them",
			run: stream[record.Position, *record.Position]{store.PositionsName, itself[record.Position], newMarkdown}.run},
		{Name: "documents", Help: `one position a line as {"id","text","source","added","created","metadata"}, as datatrove and Dolma read it`,
			run: stream[record.Position, *record.Position]{store.PositionsName, itself[record.Position], jsonLines(documentOf)}.run},
		{Name: "page-documents", Help: "one page a line in the same form, with all of its text as it was decoded",
			run: stream[record.Page, *record.Page]{store.PagesName, itself[record.Page], jsonLines(pageDocumentOf)}.run},
		{Name: "dolma-attributes", Help: "Dolma's attributes of the page-documents: which of their characters were dropped, and why", Beside: "page-documents",
			run: stream[record.Page, *record.Page]{store.PagesName, itself[record.Page], jsonLines(attributesOf)}.run},
		{Name: "occupation", Help: "one position a line as an Occupation of schema.org, in JSON-LD", Lost: "positions without a title",
			run: stream[record.Position, *record.Position]{store.PositionsName, titled, scriptLines(occupationOf)}.run},
		{Name: "jobposting", Help: "one position a line as a JobPosting of schema.org, in JSON-LD", Lost: "positions without a title",
			run: stream[record.Position, *record.Position]{store.PositionsName, titled, scriptLines(jobPostingOf)}.run},
		{Name: "parquet", Help: "one position a row with its sections and items, for DuckDB, pandas and Hugging Face datasets", Binary: true, Card: positionsCard,
			run: stream[record.Position, positionRow]{store.PositionsName, positionRows, newParquet[positionRow]}.run},
		{Name: "parquet-duties", Help: "one canonical duty a row with its count, titles and wordings, for the same", Binary: true, Card: dutiesCard,
			run: stream[record.Duty, dutyRow]{store.DutiesName, dutyRows, newParquet[dutyRow]}.run},
	}
}

// Limits is how much a file may hold; 0 is no limit. A row is never cut: one
// that is larger than a file may be has a file of its own.
type Limits struct {
	Rows  int   // a file
	Bytes int64 // a file, before compression
}

// Job is what to export, and where.
type Job struct {
	Dir        string // the folder of a finished run
	Added      string // when the run ended
	Limits     Limits
	Duplicates string                         // one of [Duplicates]; "" marks them
	Open       func() (io.WriteCloser, error) // the next file; closing it ends it
}

// Counts is what an export wrote.
type Counts struct {
	Rows    int
	Lost    int // records that gave no row
	Dropped int // records that repeat others and were left out
}

// Write writes an export. At least one file is opened, also for no rows.
// Errors are those of reading and writing, and the context's.
func (f Format) Write(ctx context.Context, j Job) (Counts, error) { return f.run(ctx, j) }

// stream is how a format is made: which file of the folder it is made of, the
// rows of a line of it, and what writes rows to a file.
type stream[R, T any] struct {
	from string
	rows func(*R, func(T) error) error
	open func(w io.Writer, added string) sink[T]
}

// sink writes rows to one file, each in two steps: whether it still fits is
// known between them.
type sink[T any] interface {
	prepare(T) (bytes int64, err error) // makes a row ready and tells its size before compression
	commit() error                      // writes the row that is ready
	end() error                         // writes what a file ends with
}

func (s stream[R, T]) run(ctx context.Context, j Job) (n Counts, err error) {
	out := output[T]{job: j, open: s.open}
	if err := out.next(); err != nil {
		return n, err
	}
	err = lines.Each(filepath.Join(j.Dir, s.from), func(r *R) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !j.wanted(r) {
			n.Dropped++
			return nil
		}
		before := n.Rows
		err := s.rows(r, func(row T) error {
			n.Rows++
			return out.write(row)
		})
		if n.Rows == before {
			n.Lost++
		}
		return err
	})
	if err != nil {
		return n, errors.Join(err, out.file.Close())
	}
	return n, out.end()
}

// output is the file that is being written.
type output[T any] struct {
	job   Job
	open  func(w io.Writer, added string) sink[T]
	file  io.WriteCloser
	sink  sink[T]
	rows  int
	bytes int64
}

func (o *output[T]) next() (err error) {
	if o.file, err = o.job.Open(); err != nil {
		return err
	}
	o.sink, o.rows, o.bytes = o.open(o.file, o.job.Added), 0, 0
	return nil
}

func (o *output[T]) write(row T) error {
	size, err := o.sink.prepare(row)
	if err != nil {
		return err
	}
	if o.full(size) {
		if err := o.end(); err != nil {
			return err
		}
		if err := o.next(); err != nil {
			return err
		}
		// A row may look different at the beginning of a file.
		if size, err = o.sink.prepare(row); err != nil {
			return err
		}
	}
	o.rows++
	o.bytes += size
	return o.sink.commit()
}

// full reports whether a row of a size has no place in a file that has others.
func (o *output[T]) full(size int64) bool {
	l := o.job.Limits
	return o.rows > 0 && (l.Rows > 0 && o.rows >= l.Rows || l.Bytes > 0 && o.bytes+size > l.Bytes)
}

func (o *output[T]) end() error { return errors.Join(o.sink.end(), o.file.Close()) }

// itself is a record as its only row.
func itself[R any](r *R, row func(*R) error) error { return row(r) }

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// walk calls f for items in reading order with their depth from 0.
func walk(items []record.Item, depth int, f func(it *record.Item, depth int)) {
	for i := range items {
		f(&items[i], depth)
		walk(items[i].Children, depth+1, f)
	}
}
