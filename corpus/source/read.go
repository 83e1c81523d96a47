package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"zhize/extract"
)

// reader reads a file that holds many pages. What cannot be read becomes a
// reject; the error is that of yield or of ctx.
type reader func(ctx context.Context, s *Set, in input, yield func(Entry) error) error

// input is a file that is open, or a member of one.
type input struct {
	uri   string
	kind  kind
	r     io.Reader   // its bytes, as they are stored
	at    io.ReaderAt // the same bytes, where they can be read at any place; nil in a stream
	size  int64       // bytes that r gives; unknown: -1
	depth int         // archives that it lies in
	bound *bound      // of the archive that it lies in; nil outside of archives
}

// peek is how much of a stream is looked at to tell rows from a page.
const peek = 64 << 10

// file is the visitor that reads files.
func (s *Set) file(ctx context.Context, yield func(Entry) error) func(file) error {
	return func(f file) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if f.path == "" {
			return s.stream(ctx, input{uri: f.uri, r: counted{s.o.Stdin, s}, size: -1}, yield)
		}
		file, err := os.Open(f.path)
		if err != nil {
			return yield(unreadable(f.uri, err))
		}
		defer file.Close() // read only
		in := input{uri: f.uri, kind: f.kind, r: counted{file, s}, at: countedAt{file, s}, size: f.size}
		if f.stream {
			in.at, in.size = nil, -1 // a pipe's size says nothing
			in.kind.guess = in.kind.read == nil
		}
		return s.open(ctx, in, yield)
	}
}

// open hands an input to the reader of its kind.
func (s *Set) open(ctx context.Context, in input, yield func(Entry) error) error {
	if in.kind.unpack != nil {
		plain, done, err := in.unpacked()
		if err := ended(ctx, err); err != nil {
			return err
		}
		if err != nil {
			return yield(broken(in.uri, err))
		}
		defer done()
		in = plain
	}
	switch {
	case in.kind.read != nil:
		return in.kind.read(ctx, s, in, yield)
	case in.kind.guess:
		return s.stream(ctx, in, yield)
	}
	return s.page(ctx, in, yield)
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

// countedAt is counted, of a file that is read at any place.
type countedAt struct {
	io.ReaderAt
	s *Set
}

func (c countedAt) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.s.read.Add(int64(n))
	return n, err
}

// trusted is how much memory is taken for a size that only an archive claims.
const trusted = 1 << 20

// page reads an input as one page. Its size is checked before memory is taken,
// and again while reading, for files that grow and streams.
func (s *Set) page(ctx context.Context, in input, yield func(Entry) error) error {
	if in.size > MaxPage {
		return yield(tooLarge(in.uri, MaxPage))
	}
	e := Entry{}
	data, held, err := s.whole(ctx, in)
	e.Held = held
	switch {
	case err != nil && ended(ctx, err) != nil:
		return ended(ctx, err)
	case err != nil:
		e.Reject = broken(in.uri, err).Reject
	case len(data) > MaxPage:
		e.Reject = tooLarge(in.uri, MaxPage).Reject
	default:
		e.Page = extract.Input{URI: in.uri, Data: data, MediaType: in.kind.media}
	}
	return yield(e)
}

// whole reads all of an input, at most one byte more than MaxPage, and tells
// what it asked of Reserve. An input of unknown size asks for nothing until it
// turns out to be large; then it asks for all that a page may have.
func (s *Set) whole(ctx context.Context, in input) (data []byte, held int64, err error) {
	r := io.LimitReader(in.r, MaxPage+1)
	var b bytes.Buffer
	if in.size < 0 {
		if _, err := b.ReadFrom(io.LimitReader(r, trusted)); err != nil {
			return nil, 0, err
		}
		held = int64(b.Len())
		if held == trusted {
			held = MaxPage
		}
	} else {
		held = in.size
	}
	if err := s.o.Reserve(ctx, held); err != nil {
		return nil, 0, err
	}
	if in.size >= 0 {
		// A file of the size promised is read without growing.
		grow := in.size
		if in.depth > 0 {
			grow = min(grow, trusted)
		}
		b.Grow(int(grow) + bytes.MinRead)
	}
	_, err = b.ReadFrom(r)
	return b.Bytes(), held, err
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

// looks are how streams without a telling name begin, if not like a page.
var looks = [...]struct {
	at   int
	mark string
	as   string // a name with the suffix of the kind
}{
	{0, "\x1F\x8B\x08", "stdin.gz"},
	{0, "\x28\xB5\x2F\xFD", "stdin.zst"},
	{257, "ustar", "stdin.tar"},
	{0, recordMark, "stdin.warc"},
}

// stream reads standard input, a pipe or what was packed under a name that
// says nothing: rows where its first line is a JSON object, what looks has by
// its mark, else one page.
func (s *Set) stream(ctx context.Context, in input, yield func(Entry) error) error {
	br := bufio.NewReaderSize(in.r, peek)
	head, err := br.Peek(peek)
	if err := ended(ctx, err); err != nil {
		return err
	}
	if err != nil && !errors.Is(err, io.EOF) && len(head) == 0 {
		return yield(broken(in.uri, err))
	}
	packed := in.kind.unpack != nil
	in.r, in.at, in.size = br, nil, -1
	if looksLikeRows(head) {
		return jsonRows(ctx, s, in, yield)
	}
	for _, l := range looks {
		if len(head) < l.at || !bytes.HasPrefix(head[l.at:], []byte(l.mark)) {
			continue
		}
		if k := s.kindOf(l.as); k.unpack == nil || !packed {
			in.kind = k
			return s.open(ctx, in, yield)
		}
	}
	return s.page(ctx, in, yield)
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
