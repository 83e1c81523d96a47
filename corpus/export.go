package corpus

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"zhize/corpus/internal/export"
	"zhize/corpus/internal/store"
)

// Format is a form that outputs can be exported in.
type Format struct{ Name, Help string }

// Formats lists the formats.
func Formats() []Format {
	var out []Format
	for _, f := range export.Formats() {
		out = append(out, Format{f.Name, f.Help})
	}
	return out
}

// Export writes the positions of the finished run in dir to w in a format of
// [Formats], in their order. Errors are [ErrUnfinished], an unknown format,
// the context's and those of reading and writing.
func Export(ctx context.Context, dir, format string, w io.Writer) error {
	m, err := store.FinishedManifest(dir)
	if err != nil {
		return err
	}
	var names []string
	for _, f := range export.Formats() {
		if f.Name == format {
			return export.Write(ctx, f, filepath.Join(dir, store.PositionsName), m.Ended, w)
		}
		names = append(names, f.Name)
	}
	return fmt.Errorf("no format is called %q; there are %s", format, strings.Join(names, ", "))
}
