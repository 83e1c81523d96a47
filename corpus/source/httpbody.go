package source

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

var badBody = fault{"bad-body", "the packed body of the response is damaged or cut off; fetch the page anew"}

// contentEncodings are the ways in which a body may be packed. Many crawlers
// unpack it and keep the header, so a body counts as packed where it begins so.
var contentEncodings = [...]struct {
	name   string
	begins func(b []byte) bool
	open   func(r io.Reader) (io.Reader, error)
}{
	{"gzip", isGzip, openGzip},
	{"x-gzip", isGzip, openGzip},
	{"deflate", isZlib, func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) }},
	{"deflate", isRawDeflate, func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil }},
	{"zstd", isZstd, openZstd},
}

func isGzip(b []byte) bool { return bytes.HasPrefix(b, []byte(gzipMark)) }
func isZstd(b []byte) bool { return bytes.HasPrefix(b, []byte("\x28\xB5\x2F\xFD")) }
func isZlib(b []byte) bool {
	return len(b) > 1 && b[0]&0x0F == 8 && (int(b[0])<<8|int(b[1]))%31 == 0
}

// isRawDeflate tries, since such data begin with no mark.
func isRawDeflate(b []byte) bool {
	if isZlib(b) || beginsMarkup(b) {
		return false
	}
	var begin [64]byte
	n, err := io.ReadFull(flate.NewReader(bytes.NewReader(b)), begin[:])
	return n > 0 && (err == nil || err == io.ErrUnexpectedEOF)
}

func openGzip(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

func openZstd(r io.Reader) (io.Reader, error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
	if err != nil {
		return nil, err
	}
	return z.IOReadCloser(), nil
}

// unpack is a body without its chunks and encodings. The error is a fault.
func (b body) unpack(data []byte, above *bound) ([]byte, error) {
	if b.chunked {
		var ok bool
		if data, ok = joinChunks(data); !ok {
			return nil, &badBody
		}
	}
	names := strings.Split(b.encoding, ",")
	for i := len(names) - 1; i >= 0 && len(names)-i <= maxDepth; i-- {
		var err error
		if data, err = decoded(data, strings.TrimSpace(names[i]), above); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// decoded is data without one encoding.
func decoded(data []byte, name string, above *bound) ([]byte, error) {
	if name == "" || name == "identity" {
		return data, nil
	}
	known := false
	for _, c := range contentEncodings {
		if c.name != name {
			continue
		}
		known = true
		if !c.begins(data) {
			continue
		}
		r, err := c.open(bytes.NewReader(data))
		if err != nil {
			return nil, badBody.blame(err)
		}
		if z, ok := r.(io.Closer); ok {
			defer z.Close() // of memory: nothing can fail
		}
		limit := &bound{in: func() int64 { return int64(len(data)) }, above: above}
		var out bytes.Buffer
		if _, err := out.ReadFrom(io.LimitReader(bounded{blamed{r, badBody}, limit}, MaxPage+1)); err != nil {
			return nil, err
		}
		if out.Len() > MaxPage {
			return nil, &fault{"too-large", tooLarge("", MaxPage).Reject.Message}
		}
		return out.Bytes(), nil
	}
	if !known && !beginsMarkup(data) {
		return nil, &fault{"bad-body", fmt.Sprintf("the body of the response is packed by %.20q, which is not read; fetch the page anew with Accept-Encoding: gzip", name)}
	}
	return data, nil
}

// joinChunks takes the chunks of a transfer apart, in place. Where not even a
// first one is there, the crawler has joined them already. It reports whether
// all were there.
func joinChunks(data []byte) (joined []byte, ok bool) {
	rest := data
	var out []byte
	for first := true; ; first = false {
		line, after, found := bytes.Cut(rest, []byte("\n"))
		digits, _, _ := bytes.Cut(line, []byte(";"))
		n, err := strconv.ParseUint(string(bytes.TrimSpace(digits)), 16, 31)
		if !found || err != nil || int(n) > len(after) {
			return data, first
		}
		if n == 0 {
			return out, true
		}
		if out == nil {
			out = data[:0] // a chunk never stands before where it goes to
		}
		end := after[n:]
		out = append(out, after[:n]...)
		rest = bytes.TrimPrefix(bytes.TrimPrefix(end, []byte("\r")), []byte("\n"))
	}
}
