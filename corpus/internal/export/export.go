// Package export writes positions in forms that other programs read.
package export

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"zhize/corpus/internal/lines"
	"zhize/record"
)

// Format is one row of the table of formats.
type Format struct {
	Name string
	Help string
	open func(w *bufio.Writer, added string) writer
}

// writer writes positions one after the other. What goes wrong in the buffer
// shows when it is flushed.
type writer interface {
	position(*record.Position) error
	end() error
}

// Formats is the table: a format is one writer and one row.
func Formats() []Format {
	return []Format{
		{"csv", "one item a row, as spreadsheets open it (UTF-8 with BOM; cells that would be formulas begin with ')", newCSV},
		{"markdown", "positions under their pages, items numbered as the pages number them", newMarkdown},
		{"documents", `one position a line as {"id","text","source","added","created","metadata"}, as datatrove and Dolma read it`, newDocuments},
	}
}

// Write writes the positions of a file to w. added is the time of the run.
func Write(ctx context.Context, f Format, positions, added string, w io.Writer) error {
	b := bufio.NewWriterSize(w, 256<<10)
	to := f.open(b, added)
	err := lines.Each(positions, func(p *record.Position) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		return to.position(p)
	})
	if err == nil {
		err = to.end()
	}
	if err := errors.Join(err, b.Flush()); err != nil {
		return fmt.Errorf("export as %s: %w", f.Name, err)
	}
	return nil
}

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
