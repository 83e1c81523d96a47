package source

import (
	"bufio"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"strings"
	"unicode/utf8"
)

// A zip archive is read by its directory, an entry at a time: the directory of
// a million members takes hundreds of megabytes where it is held whole, as the
// standard library holds it.

var (
	badZip    = fault{"bad-zip", "the archive is damaged or cut off, or no zip archive; what could be read of it was. Fetch or pack it anew and run again"}
	badMember = fault{"bad-zip", "the member is damaged; fetch or pack the archive anew and run again"}
)

// Signatures and sizes of the parts of a zip archive, without what follows
// them.
const (
	zipLocal     = "PK\x03\x04"
	zipCentral   = "PK\x01\x02"
	zipEnd       = "PK\x05\x06"
	zipLocator64 = "PK\x06\x07"
	zipEnd64     = "PK\x06\x06"

	localSize     = 30
	centralSize   = 46
	endSize       = 22
	locator64Size = 20
	end64Size     = 56
	maxComment    = 1<<16 - 1
)

// zipEntry is one entry of the directory.
type zipEntry struct {
	name          string
	flags, method uint16
	crc           uint32
	packed, size  int64
	at            int64 // where its local header begins
	mode          uint32
	comesFromUnix bool
}

// zipDirectory is where the directory lies.
type zipDirectory struct {
	at, size, count int64
	base            int64 // what stands before the archive, as in one that unpacks itself
}

// zipMembers reads the members of a zip archive in the order of its directory.
func zipMembers(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	if e, ok := nested(in); ok {
		return yield(e)
	}
	in, err := inMemory(in)
	if err := ended(ctx, err); err != nil {
		return err
	}
	if err != nil {
		return yield(broken(in.uri, err))
	}
	all := &bound{in: func() int64 { return in.size }, above: in.bound}
	dir, err := findDirectory(in.at, in.size)
	if err != nil {
		if err := salvage(ctx, s, in, all, yield); err != nil {
			return err
		}
		return yield(broken(in.uri, badZip.blame(err)))
	}
	br := bufio.NewReaderSize(io.NewSectionReader(in.at, dir.at, dir.size), 64<<10)
	for n := int64(0); n < dir.count; n++ {
		e, err := readEntry(br)
		if err != nil {
			return yield(broken(in.uri, badZip.blame(err)))
		}
		e.at += dir.base
		if err := s.member(ctx, in, e.member(in, all), yield); err != nil {
			return err
		}
		if over := all.add(0); over != nil {
			return yield(broken(in.uri, over))
		}
	}
	return nil
}

// salvage reads the members of an archive whose directory is lost, as when it
// was cut off: one behind the other, as far as their headers tell their sizes.
func salvage(ctx context.Context, s *Set, in input, all *bound, yield func(Entry) error) error {
	for at := int64(0); ; {
		h := make([]byte, localSize)
		if readAt(in.at, h, at) != nil || string(h[:4]) != zipLocal {
			return nil
		}
		names, extras := int(le16(h[26:])), int(le16(h[28:]))
		rest := make([]byte, names+extras)
		e := zipEntry{flags: le16(h[6:]), method: le16(h[8:]), crc: le32(h[14:]), packed: int64(le32(h[18:])), size: int64(le32(h[22:])), at: at}
		if readAt(in.at, rest, at+localSize) != nil || e.flags&sizeFollows != 0 {
			return nil
		}
		e.name = string(rest[:names])
		e.extras(rest[names:])
		at += localSize + int64(len(rest)) + e.packed
		if e.packed < 0 || at > in.size || all.add(0) != nil {
			return nil
		}
		if err := s.member(ctx, in, e.member(in, all), yield); err != nil {
			return err
		}
	}
}

// sizeFollows is the flag of a member whose size stands behind it.
const sizeFollows = 1 << 3

// findDirectory looks for the end record, and for that of large archives
// before it.
func findDirectory(at io.ReaderAt, size int64) (d zipDirectory, err error) {
	tail := make([]byte, min(size, endSize+maxComment))
	from := size - int64(len(tail))
	if err := readAt(at, tail, from); err != nil {
		return d, err
	}
	i := len(tail) - endSize
	for ; i >= 0; i-- {
		if string(tail[i:i+4]) == zipEnd && i+endSize+int(le16(tail[i+20:])) <= len(tail) {
			break
		}
	}
	if i < 0 {
		return d, &badZip
	}
	end, ends := tail[i:], from+int64(i)
	count, dirSize, offset := uint64(le16(end[10:])), uint64(le32(end[12:])), uint64(le32(end[16:]))
	locator := make([]byte, locator64Size)
	if ends >= locator64Size && readAt(at, locator, ends-locator64Size) == nil && string(locator[:4]) == zipLocator64 {
		end64 := make([]byte, end64Size)
		where := le64(locator[8:])
		if where > uint64(size) {
			return d, &badZip
		}
		if err := readAt(at, end64, int64(where)); err != nil {
			return d, err
		}
		if string(end64[:4]) != zipEnd64 {
			return d, &badZip
		}
		count, dirSize, offset = le64(end64[32:]), le64(end64[40:]), le64(end64[48:])
		ends = int64(where)
	}
	if dirSize > uint64(ends) || offset > uint64(ends)-dirSize || count > dirSize/centralSize {
		return d, &badZip
	}
	d = zipDirectory{at: ends - int64(dirSize), size: int64(dirSize), count: int64(count)}
	d.base = d.at - int64(offset)
	return d, nil
}

// readAt fills p; it is an error if the archive ends before.
func readAt(at io.ReaderAt, p []byte, off int64) error {
	n, err := at.ReadAt(p, off)
	if n == len(p) {
		return nil
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// readEntry reads the next entry of the directory.
func readEntry(r io.Reader) (e zipEntry, err error) {
	var h [centralSize]byte
	if _, err := io.ReadFull(r, h[:]); err != nil {
		return e, cutOff(err)
	}
	if string(h[:4]) != zipCentral {
		return e, &badZip
	}
	names, extras := int(le16(h[28:])), int(le16(h[30:]))
	rest := make([]byte, names+extras+int(le16(h[32:])))
	if _, err := io.ReadFull(r, rest); err != nil {
		return e, cutOff(err)
	}
	e = zipEntry{
		name: string(rest[:names]), flags: le16(h[8:]), method: le16(h[10:]), crc: le32(h[16:]),
		packed: int64(le32(h[20:])), size: int64(le32(h[24:])), at: int64(le32(h[42:])),
		comesFromUnix: h[5] == 3 || h[5] == 19, mode: le32(h[38:]) >> 16,
	}
	e.extras(rest[names : names+extras])
	return e, nil
}

// cutOff is the error of a directory that ends in an entry.
func cutOff(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// extras reads what stands behind a name: numbers of 64 bits for those that
// are full, and the name in UTF-8.
func (e *zipEntry) extras(b []byte) {
	for len(b) >= 4 {
		tag, n := le16(b), int(le16(b[2:]))
		b = b[4:]
		if n > len(b) {
			return
		}
		field := b[:n]
		b = b[n:]
		switch {
		case tag == 0x0001:
			for _, v := range [...]*int64{&e.size, &e.packed, &e.at} {
				if *v == math.MaxUint32 && len(field) >= 8 {
					// A number of over 63 bits becomes negative, and is refused.
					*v, field = int64(le64(field)), field[8:]
				}
			}
		case tag == 0x7075 && n > 5 && field[0] == 1 && le32(field[1:]) == crc32.ChecksumIEEE([]byte(e.name)) && utf8.Valid(field[5:]):
			e.name = string(field[5:])
		}
	}
}

// Modes of Unix, as zip stores them.
const (
	modeType    = 0xF000
	modeRegular = 0x8000
	modeFolder  = 0x4000
	modeLink    = 0xA000
)

// member is an entry as archives have them.
func (e zipEntry) member(in input, all *bound) member {
	kind := e.mode & modeType
	if !e.comesFromUnix || kind == 0 {
		kind = modeRegular
	}
	// Some programs of Windows write \, which is also half of a character of GBK.
	m := member{name: strings.ReplaceAll(memberName(e.name), `\`, "/"), size: e.size, link: kind == modeLink}
	m.dir = kind == modeFolder || strings.HasSuffix(m.name, "/")
	m.special = !m.dir && !m.link && kind != modeRegular
	m.open = func() (io.Reader, *bound, error) { return e.open(in, all) }
	return m
}

// zipMethods are the ways in which members are packed.
var zipMethods = [...]struct {
	number uint16
	unpack func(io.Reader) io.Reader
}{
	{0, func(r io.Reader) io.Reader { return r }},
	{8, func(r io.Reader) io.Reader { return flate.NewReader(r) }},
}

// unpacked is what a method makes of packed bytes; nil where it is not known.
func (e zipEntry) unpacked(r io.Reader) io.Reader {
	for _, m := range zipMethods {
		if m.number == e.method {
			return m.unpack(r)
		}
	}
	return nil
}

// open begins to read an entry's bytes. They are compared with what the
// directory says of them.
func (e zipEntry) open(in input, all *bound) (io.Reader, *bound, error) {
	switch {
	case e.flags&1 != 0:
		return nil, nil, &fault{"encrypted", "the member has a password; pack it again without one"}
	case e.packed < 0 || e.size < 0 || e.at < 0:
		return nil, nil, &badMember
	}
	head := make([]byte, localSize)
	if err := readAt(in.at, head, e.at); err != nil {
		return nil, nil, badMember.blame(err)
	}
	if string(head[:4]) != zipLocal {
		return nil, nil, &badMember
	}
	begin := e.at + localSize + int64(le16(head[26:])) + int64(le16(head[28:]))
	if begin > in.size || e.packed > in.size-begin {
		return nil, nil, &badMember
	}
	b := &bound{in: func() int64 { return e.packed }, above: all}
	if e.size-ratioSlack > maxRatio*e.packed {
		return nil, nil, b.add(e.size)
	}
	r := e.unpacked(bufio.NewReader(io.NewSectionReader(in.at, begin, e.packed)))
	if r == nil {
		return nil, nil, &fault{"bad-zip", fmt.Sprintf("the member is packed by method %d, which is not read; pack it again by deflate, the usual method", e.method)}
	}
	return bounded{blamed{&checked{r: r, left: e.size, want: e.crc, sum: crc32.NewIEEE()}, badMember}, b}, b, nil
}

// checked is a reader of as many bytes, with such a sum, as were promised.
type checked struct {
	r    io.Reader
	left int64
	want uint32
	sum  hash.Hash32
}

func (c *checked) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.left -= int64(n)
	_, _ = c.sum.Write(p[:n]) // never fails
	switch {
	case c.left < 0, err == io.EOF && (c.left > 0 || c.sum.Sum32() != c.want):
		return n, &badMember
	}
	return n, err
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
