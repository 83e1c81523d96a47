package source

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/klauspost/compress/zstd"
)

// Limits of what unpacking may give. Text shrinks to a tenth or a thirtieth;
// what shrinks further than to a two-hundredth was made to fill a machine.
const (
	maxRatio    = 200     // bytes that one packed byte may become,
	ratioSlack  = 1 << 20 // of what is more than this
	maxUnpacked = 4 << 40 // bytes that a packed file or an archive may become, with all that is in it
	maxDepth    = 3       // archives inside one another
	maxNested   = 64 << 20
	maxWindow   = 128 << 20 // bytes that a zstd stream may make its reader remember
)

// fault is why an input cannot be read, told as a reject.
type fault struct{ reason, message string }

func (f *fault) Error() string { return f.reason + ": " + f.message }

// broken is the reject of an input that cannot be read on.
func broken(place string, err error) Entry {
	var f *fault
	if errors.As(err, &f) {
		return reject(place, f.reason, f.message)
	}
	return unreadable(place, err)
}

// blamed is a reader whose own errors are a fault; those of what it reads from
// (of the system, of a context, of what that is packed in) stay.
type blamed struct {
	io.Reader
	f fault
}

func (b blamed) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	return n, b.f.blame(err)
}

// blame is err, or the fault that it is a sign of.
func (f fault) blame(err error) error {
	var (
		known *fault
		path  *fs.PathError
	)
	if err == nil || err == io.EOF || errors.As(err, &known) || errors.As(err, &path) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &f
}

// bound is how much unpacking may give.
type bound struct {
	in    func() int64 // packed bytes read so far
	out   int64        // what they have become, and what lies packed inside of that
	above *bound       // of the archive around it; nil: none
}

// add counts n unpacked bytes here and in all archives around. Its error is
// a fault.
func (b *bound) add(n int64) error {
	for ; b != nil; b = b.above {
		b.out += n
		switch {
		case b.out > maxUnpacked:
			return &fault{"bomb", fmt.Sprintf("it unpacks to over %d GiB, the limit for one file; split it", int64(maxUnpacked)>>30)}
		case b.out-ratioSlack > maxRatio*b.in():
			return &fault{"bomb", fmt.Sprintf("it unpacks to over %d times its size, the limit beyond the first %d MiB; unpack it yourself if you trust it", maxRatio, ratioSlack>>20)}
		}
	}
	return nil
}

// bounded is a reader of what is unpacked.
type bounded struct {
	io.Reader
	b *bound
}

func (r bounded) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if over := r.b.add(int64(n)); over != nil {
		return n, over
	}
	return n, err
}

// tally counts what is read.
type tally struct {
	r io.Reader
	n int64
}

func (t *tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	t.n += int64(n)
	return n, err
}

// unpacker opens a compressed stream. The function that it returns lets go of
// the memory. Errors, also of the reader, are faults or those of r.
type unpacker func(r io.Reader) (io.Reader, func(), error)

var (
	badGzip = fault{"bad-gzip", "the compressed file is damaged from here on; fetch or pack it anew and run again"}
	noGzip  = fault{"bad-gzip", "the file is not compressed by gzip; take .gz off its name if it is plain, or fetch it anew"}
	badZstd = fault{"bad-zstd", "it is not compressed by zstd, is damaged from here on, or needs over 128 MiB to unpack (zstd --long); fetch or pack it anew and run again"}
)

// gunzip reads gzip, member after member.
func gunzip(r io.Reader) (io.Reader, func(), error) {
	z, err := gzip.NewReader(r)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // an empty file is no gzip
	}
	if err != nil {
		return nil, nil, noGzip.blame(err)
	}
	return blamed{z, badGzip}, func() {}, nil
}

// unzstd reads zstd, frame after frame.
func unzstd(r io.Reader) (io.Reader, func(), error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, nil, badZstd.blame(err)
	}
	return blamed{z, badZstd}, z.Close, nil
}

// unpacked is an input without its packing.
func (in input) unpacked() (plain input, done func(), err error) {
	packed := &tally{r: in.r}
	r, done, err := in.kind.unpack(packed)
	if err != nil {
		return input{}, nil, err
	}
	in.bound = &bound{in: func() int64 { return packed.n }, above: in.bound}
	in.r, in.at, in.size = bounded{r, in.bound}, nil, -1
	return in, done, nil
}
