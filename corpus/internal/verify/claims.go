package verify

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/store"
)

// claims keeps on the disk what the lines say that they repeat, until it is
// known what they do repeat.
type claims struct {
	f   *os.File
	w   *bufio.Writer
	enc *json.Encoder
}

// pageClaims are those of a page's lines.
type pageClaims struct {
	PageLine, PositionLine int
	Marks                  derive.Marks
}

func newClaims(dir string) (*claims, error) {
	f, err := os.CreateTemp(dir, "claims-*")
	if err != nil {
		return nil, err
	}
	w := bufio.NewWriterSize(f, 256<<10)
	return &claims{f, w, json.NewEncoder(w)}, nil
}

func (c *claims) add(b *bundle, m *derive.Marks) error {
	return c.enc.Encode(pageClaims{b.pageLine, b.positionLine, *m})
}

// close lets go of the file, which goes with its folder.
func (c *claims) close() error { return c.f.Close() }

// duplicates finds again what repeats what, and compares it with what the lines
// say.
func (v *verifier) duplicates(ctx context.Context) error {
	if err := v.copies.Settle(ctx); err != nil {
		return err
	}
	if err := v.claims.w.Flush(); err != nil {
		return err
	}
	if _, err := v.claims.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	dec := json.NewDecoder(v.claims.f)
	for n := 0; ; n++ {
		var c pageClaims
		if err := dec.Decode(&c); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("read what was noted: %w", err)
		}
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		want := v.copies.Marks(n)
		want.Count(&v.totals)
		v.repeats(store.PagesName, c.PageLine, "", c.Marks.Page, want.Page)
		for i, m := range want.Articles {
			v.repeats(store.PagesName, c.PageLine, fmt.Sprintf("article %d: ", i+1), c.Marks.Articles[i], m)
		}
		for i, m := range want.Positions {
			v.repeats(store.PositionsName, c.PositionLine+i, "", c.Marks.Positions[i], m)
		}
	}
}

// repeats proves that a line repeats what it says that it repeats.
func (v *verifier) repeats(file string, line int, part string, got, want derive.Mark) {
	if got != want {
		v.problem(file, line, "%sduplicate_of is %s, but it should be %s", part, named(got), named(want))
	}
	if want.Of != "" {
		v.report.References++
	}
}

func named(m derive.Mark) string {
	if m.Of == "" {
		return "null"
	}
	return fmt.Sprintf("%s (%s, %g)", m.Of, m.Kind, m.Similarity)
}
