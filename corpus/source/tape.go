package source

import (
	"bufio"
	"bytes"
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
	cost := int64(len(rest) + t.br.Buffered())
	if t.spent+cost > t.far+freely {
		return false
	}
	ahead, _ := t.br.Peek(t.br.Buffered()) // held already: no error
	t.back.parts = append([][]byte{rest, bytes.Clone(ahead)}, t.back.parts...)
	t.br.Reset(t.back)
	t.at -= int64(len(rest))
	t.spent += cost
	return true
}
