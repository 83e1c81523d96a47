package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"zhize/extract"
)

// reader reads a file that holds many pages.
type reader func(ctx context.Context, s *Set, uri string, r io.Reader, yield func(Entry) error) error

// peek is how much of a stream is looked at to tell rows from a page.
const peek = 64 << 10

// file is the visitor that reads files.
func (s *Set) file(ctx context.Context, yield func(Entry) error) func(file) error {
	return func(f file) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.path == "" {
			return s.stream(ctx, f, s.o.Stdin, yield)
		}
		in, err := os.Open(f.path)
		if err != nil {
			return yield(unreadable(f.uri, err))
		}
		defer in.Close() // read only
		switch {
		case f.kind.read != nil:
			return f.kind.read(ctx, s, f.uri, counted{in, s}, yield)
		case f.stream:
			return s.stream(ctx, f, in, yield)
		}
		return s.page(ctx, f, counted{in, s}, yield)
	}
}

// counted adds what is read to the set's count.
type counted struct {
	io.Reader
	s *Set
}

func (c counted) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.s.read.Add(int64(n))
	return n, err
}

// page reads a file as one page. Its size is checked before memory is taken,
// and again while reading, for files that grow and streams.
func (s *Set) page(ctx context.Context, f file, r io.Reader, yield func(Entry) error) error {
	if f.size > MaxPage {
		return yield(tooLarge(f.uri, MaxPage))
	}
	if err := s.o.Reserve(ctx, f.size); err != nil {
		return err
	}
	e := Entry{Held: f.size}
	var b bytes.Buffer
	b.Grow(int(f.size) + bytes.MinRead) // so that a file of the size promised is read without growing
	_, err := b.ReadFrom(io.LimitReader(r, MaxPage+1))
	switch {
	case err != nil && ended(ctx, err) != nil:
		return ended(ctx, err)
	case err != nil:
		e.Reject = unreadable(f.uri, err).Reject
	case b.Len() > MaxPage:
		e.Reject = tooLarge(f.uri, MaxPage).Reject
	default:
		e.Page = extract.Input{URI: f.uri, Data: b.Bytes(), MediaType: f.kind.media}
	}
	return yield(e)
}

// ended is the error of a reading that was cancelled, nil of another. A reader
// that a context ends may say so before the contexts that come of it know.
func ended(ctx context.Context, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return ctx.Err()
}

func tooLarge(uri string, limit int) Entry {
	return reject(uri, "too-large", fmt.Sprintf("over %d MiB; split it", limit>>20))
}

// stream reads standard input or a pipe: rows where its first line is a JSON
// object, else one page.
func (s *Set) stream(ctx context.Context, f file, r io.Reader, yield func(Entry) error) error {
	br := bufio.NewReaderSize(counted{r, s}, peek)
	head, err := br.Peek(peek)
	if err := ended(ctx, err); err != nil {
		return err
	}
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return yield(unreadable(f.uri, err))
	}
	if looksLikeRows(head) {
		return jsonRows(ctx, s, f.uri, br, yield)
	}
	f.size = 0 // a pipe's size says nothing
	return s.page(ctx, f, br, yield)
}

// looksLikeRows reports whether a stream begins with a JSON object on a line
// of its own, or with what a long one begins with.
func looksLikeRows(head []byte) bool {
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte(bom)), " \t\r\n")
	if !bytes.HasPrefix(head, []byte("{")) {
		return false
	}
	if line, _, whole := bytes.Cut(head, []byte("\n")); whole || len(head) < peek/2 {
		return json.Valid(line)
	}
	return bytes.HasPrefix(bytes.TrimLeft(head[1:], " \t"), []byte(`"`))
}

// gzipRows reads compressed rows, member after member.
func gzipRows(ctx context.Context, s *Set, uri string, r io.Reader, yield func(Entry) error) error {
	z, err := gzip.NewReader(r)
	if err != nil {
		return yield(reject(uri, "bad-gzip", "the file is not compressed by gzip; rename it if it is plain JSONL, or fetch it anew"))
	}
	return jsonRows(ctx, s, uri, z, yield)
}
