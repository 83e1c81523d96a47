package source

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
)

// gap is an error of a reader that goes on behind what it could not read.
type gap struct{ *fault }

func (g *gap) Unwrap() error { return g.fault }

// tape is a stream of records that can be wound back a little.
type tape struct {
	br    *bufio.Reader
	back  *wound
	at    int64 // of the next byte
	far   int64 // largest at
	spent int64 // bytes that were wound back
}

// freely is how much may be wound back beside what was read: so a stream is
// read about twice at most, whatever is in it.
const freely = 16 << 20

// wound gives what was wound back, then the rest.
type wound struct {
	parts [][]byte
	r     io.Reader
}

func (w *wound) Read(p []byte) (int, error) {
	for len(w.parts) > 0 {
		if n := copy(p, w.parts[0]); n > 0 {
			w.parts[0] = w.parts[0][n:]
			return n, nil
		}
		w.parts = w.parts[1:]
	}
	return w.r.Read(p)
}

func newTape(r io.Reader) *tape {
	back := &wound{r: r}
	return &tape{br: bufio.NewReaderSize(back, 2*maxHeader), back: back}
}

func (t *tape) moved(n int) { t.at += int64(n); t.far = max(t.far, t.at) }

// peek is the next n bytes; fewer with an error.
func (t *tape) peek(n int) ([]byte, error) { return t.br.Peek(n) }

// discard passes over n bytes. The error is io.ErrUnexpectedEOF where there are
// fewer.
func (t *tape) discard(n int64) error {
	for n > 0 {
		m, err := t.br.Discard(int(min(n, 1<<30)))
		t.moved(m)
		n -= int64(m)
		if err != nil {
			return cutOff(err)
		}
	}
	return nil
}

// line is the next line with its end, or as much of it as the buffer holds. It
// is good until the next call.
func (t *tape) line() ([]byte, error) {
	line, err := t.br.ReadSlice('\n')
	t.moved(len(line))
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return line, err
}

// resync passes over what stands before the next line that begins a record.
func (t *tape) resync() error {
	for {
		line, err := t.line()
		if errors.Is(err, io.EOF) {
			return nil // told by the next call
		}
		if err != nil {
			return err
		}
		if !bytes.HasSuffix(line, []byte("\n")) {
			continue
		}
		if head, _ := t.peek(markSize); beginsRecord(head) {
			return nil
		}
	}
}

// block reads n bytes; fewer come with an error, io.ErrUnexpectedEOF at the
// end of the stream.
func (t *tape) block(n int64) ([]byte, error) {
	var b bytes.Buffer
	b.Grow(int(min(n, trusted)) + bytes.MinRead)
	_, err := b.ReadFrom(io.LimitReader(t.br, n))
	t.moved(b.Len())
	if err == nil && int64(b.Len()) < n {
		err = io.ErrUnexpectedEOF
	}
	return b.Bytes(), err
}

// atBorder reports whether what comes next may follow a record: line ends, and
// then another record or the end.
func (t *tape) atBorder() (bool, error) {
	head, err := t.peek(maxGap + markSize)
	if err != nil && !errors.Is(err, io.EOF) {
		_ = t.discard(int64(len(head))) // held already: no error
		return false, err
	}
	rest := bytes.TrimLeft(head, "\r\n")
	return len(rest) == 0 || beginsRecord(rest), nil
}

// recover winds back to the first record inside a block that was read, and
// reports whether there is one.
func (t *tape) recover(block []byte) bool {
	for i := 0; ; {
		n := bytes.Index(block[i:], []byte("\n"+recordMark))
		if n < 0 {
			return false
		}
		i += n + 1
		if beginsRecord(block[i:]) {
			return t.windBack(block[i:])
		}
	}
}

// windBack puts the bytes that were read last before those that come next. It
// reports false where that was done too often.
func (t *tape) windBack(rest []byte) bool {
	if t.spent+int64(len(rest)) > t.far+freely {
		return false
	}
	ahead, _ := t.br.Peek(t.br.Buffered()) // held already: no error
	t.back.parts = append([][]byte{rest, bytes.Clone(ahead)}, t.back.parts...)
	t.br.Reset(t.back)
	t.at -= int64(len(rest))
	t.spent += int64(len(rest))
	return true
}

// members gives the members of a gzip file, one behind the other. Where one is
// damaged, it gives a [*gap] and goes on with the next that begins a record.
type members struct {
	raw    *tape
	z, try gzip.Reader
	kept   []byte // of the member that is open, as it is packed; at most keep
	open   bool   // z stands in a member
	any    bool   // there was one
}

// keep is how much of a member is kept, to look for the next one in it: behind
// the place where a member is cut off, its reader takes the next for its own.
const keep = 1 << 20

// ReadByte is for the unpacking, which reads no byte too many by it.
func (m *members) ReadByte() (byte, error) {
	b, err := m.raw.br.ReadByte()
	if err == nil && len(m.kept) < keep {
		m.kept = append(m.kept, b)
	}
	return b, err
}

// packedBytes is what a member is unpacked from.
type packedBytes struct{ *members }

func (p packedBytes) Read(b []byte) (int, error) {
	n, err := p.raw.br.Read(b)
	p.kept = append(p.kept, b[:min(n, keep-len(p.kept))]...)
	return n, err
}

var badMemberOfGzip = fault{"bad-gzip", "a part of the compressed file is damaged or cut off; fetch it anew for the record that begins here"}

func (m *members) Read(p []byte) (int, error) {
	for {
		if !m.open {
			if err := m.begin(); err != nil {
				return 0, err
			}
		}
		n, err := m.z.Read(p)
		switch {
		case err == io.EOF:
			m.open = false
			if n > 0 {
				return n, nil
			}
			continue
		case err != nil:
			return n, m.lost(err)
		}
		return n, nil
	}
}

// begin opens the next member. Zeros between members are padding.
func (m *members) begin() error {
	for {
		b, err := m.raw.br.ReadByte()
		if err == io.EOF && !m.any {
			return &noGzip
		}
		if err != nil {
			return err
		}
		if b != 0 {
			_ = m.raw.br.UnreadByte() // a byte was read: it can go back
			break
		}
	}
	m.raw.moved(len(m.kept))
	m.kept = m.kept[:0]
	if err := m.z.Reset(packedBytes{m}); err != nil {
		if !m.any {
			return noGzip.blame(err)
		}
		return m.lost(err)
	}
	m.z.Multistream(false)
	m.open, m.any = true, true
	return nil
}

// lost is what an error means: a gap, where it is of the member.
func (m *members) lost(err error) error {
	m.open = false
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	var f *fault
	if err = badMemberOfGzip.blame(err); errors.As(err, &f) && f.reason == badMemberOfGzip.reason && f.message == badMemberOfGzip.message {
		m.raw.moved(len(m.kept))
		if i := bytes.Index(m.kept[min(1, len(m.kept)):], []byte(gzipMark)); i >= 0 && len(m.kept) < keep {
			m.raw.windBack(bytes.Clone(m.kept[i+1:]))
		}
		m.kept = m.kept[:0]
		m.seek()
		return &gap{f}
	}
	return err
}

const gzipMark = "\x1F\x8B\x08"

// seek passes over what stands before the next member that begins a record.
func (m *members) seek() {
	const window = 4 << 10
	for {
		ahead, err := m.raw.br.Peek(window)
		i := bytes.Index(ahead, []byte(gzipMark))
		switch {
		case i < 0 && err != nil:
			_, _ = m.raw.br.Discard(len(ahead)) // held already; what stopped it comes again
			return
		case i < 0:
			_, _ = m.raw.br.Discard(len(ahead) - len(gzipMark) + 1)
			continue
		case i > 0:
			_, _ = m.raw.br.Discard(i)
			continue
		}
		head := make([]byte, len(recordMark))
		if m.try.Reset(bytes.NewReader(ahead)) == nil {
			if _, err := io.ReadFull(&m.try, head); err == nil && string(head) == recordMark {
				return
			}
		}
		_, _ = m.raw.br.Discard(len(gzipMark))
	}
}

// gzipWARC reads a web archive that is compressed record by record. One that is
// not compressed at all is read too.
func gzipWARC(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	packed := &tally{r: in.r}
	raw := newTape(packed)
	in.r, in.at, in.size = raw.br, nil, -1
	if head, _ := raw.peek(markSize); !beginsRecord(head) {
		in.bound = &bound{in: func() int64 { return packed.n }, above: in.bound}
		in.r = bounded{&members{raw: raw}, in.bound}
	}
	return warcRecords(ctx, s, in, yield)
}
