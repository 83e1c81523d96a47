package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
)

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
