package corpus

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// copyKeys are the three keys, in their order, that say what a page, an article
// or a position repeats. Inside of a JSON text their quotes would be escaped.
var copyKeys = [...]string{`"duplicate_of":`, `,"duplicate_kind":`, `,"similarity":`}

// noCopy is how the keys stand where nothing is repeated.
const noCopy = `"duplicate_of":null,"duplicate_kind":null,"similarity":null`

// unmark makes a line repeat nothing. It is false for a line that lacks the keys
// or has others between them.
func unmark(line []byte) ([]byte, bool) {
	if n := bytes.Count(line, []byte(copyKeys[0])); n == 0 || bytes.Count(line, []byte(noCopy)) == n {
		return line, n > 0
	}
	out := make([]byte, 0, len(line))
	for {
		at := bytes.Index(line, []byte(copyKeys[0]))
		if at < 0 {
			return append(out, line...), true
		}
		out = append(append(out, line[:at]...), noCopy...)
		line = line[at:]
		for _, key := range copyKeys {
			rest, ok := bytes.CutPrefix(line, []byte(key))
			end := bytes.IndexAny(rest, ",}") // ids, names and numbers have neither
			if !ok || end < 0 {
				return nil, false
			}
			line = rest[end:]
		}
	}
}

// marked sets what the parts of a line repeat, of which there are as many as
// marks: for a page it and its articles.
func marked(line []byte, marks ...derive.Mark) []byte {
	if !anyMark(marks) {
		return line
	}
	out := make([]byte, 0, len(line)+64*len(marks))
	for _, m := range marks {
		at := bytes.Index(line, []byte(noCopy))
		if at < 0 {
			break
		}
		end := at + len(noCopy)
		if m.Of == "" {
			out = append(out, line[:end]...)
		} else {
			out = append(out, line[:at]...)
			out = fmt.Appendf(out, "%s%q%s%q%s", copyKeys[0], m.Of, copyKeys[1], m.Kind, copyKeys[2])
			out = strconv.AppendFloat(out, m.Similarity, 'f', -1, 64)
		}
		line = line[end:]
	}
	return append(out, line...)
}

func anyMark(marks []derive.Mark) bool {
	for _, m := range marks {
		if m.Of != "" {
			return true
		}
	}
	return false
}

// marker copies what a run wrote into the folder from which it is put into
// place, and says on the way what repeats what. That is known only when all
// pages are there: the best copy is kept, wherever it stands. Until it is done
// the lines without marks stay, and an interrupted run goes on from those.
type marker struct {
	to     *store.Partial
	copies *derive.CopyBook
	counts *record.Totals
}

func (m *marker) run(ctx context.Context, from *store.Partial) error {
	if err := m.copies.Settle(ctx); err != nil {
		return err
	}
	n := 0
	err := store.Pages(from.Dir, func(e store.Entry, c store.Copy) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		marks := m.copies.Marks(n)
		n++
		return m.page(e, c, marks)
	})
	if err != nil {
		return err
	}
	return m.rejects(from)
}

func (m *marker) page(e store.Entry, c store.Copy, marks derive.Marks) error {
	marks.Count(m.counts)
	page := marked(c.Page, append([]derive.Mark{marks.Page}, marks.Articles...)...)
	var positions [][]byte
	i := 0
	for line := range bytes.Lines(c.Positions) {
		positions = append(positions, marked(line, marks.Positions[i]))
		i++
	}
	return put(m.to, e.Key, e.URI, page, positions, c.Derived)
}

// put writes the lines of a page.
func put(p *store.Partial, key store.Key, uri uint64, page []byte, positions [][]byte, derived []byte) error {
	e := store.EntryOf(page, positions, derived)
	e.Key, e.URI = key, uri
	for _, part := range []struct {
		to    *store.Stream
		lines [][]byte
	}{
		{p.Derived, [][]byte{derived}}, {p.Positions, positions}, {p.Pages, [][]byte{page}},
		{p.Cache, [][]byte{e.Append(nil)}},
	} {
		for _, line := range part.lines {
			if _, err := part.to.Write(line); err != nil {
				return fmt.Errorf("write %s: %w", part.to.Name, err)
			}
		}
		part.to.Lines += len(part.lines)
	}
	return p.Tick()
}

// rejects copies the lines of what was not processed.
func (m *marker) rejects(from *store.Partial) error {
	f, err := os.Open(filepath.Join(from.Dir, store.RejectsName))
	if err != nil {
		return fmt.Errorf("read what the run wrote: %w", err)
	}
	defer f.Close() // read only
	if _, err := io.Copy(m.to.Rejects, f); err != nil {
		return fmt.Errorf("write %s: %w", store.RejectsName, err)
	}
	m.to.Rejects.Lines = from.Rejects.Lines
	return nil
}
