package evidence

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/zeebo/xxh3"

	"zhize/evidence/sitetext"
)

// A file of evidence is: the magic; blocks of grams in the order of their keys,
// those of pairs first; the index, which has the first key and the place of every
// block, eight bytes each; the samples of sites, as package sitetext writes them;
// the footer. Numbers of fixed length are little-endian.
//
// A gram in a block is the difference of its key from the one before it (from
// zero in the first one) as a varint, the number of its clusters as a byte, and
// the clusters, in order, two bytes each.
const (
	magic   = "zhize-evidence\x00"
	version = 2

	headSize  = len(magic) + 1
	entrySize = 16 // of the index
)

// perBlock is how many grams a block has at most: a look at one reads a few
// hundred bytes.
const perBlock = 64

// MaxClusters is how many clusters of a gram are counted at most, those with the least
// names: as many as any rule asks for, and the same whatever the parts were that
// a file was merged from.
const MaxClusters = 15

// footer ends a file.
type footer struct {
	Index       uint64 // where the index begins
	Blocks      uint64
	PairBlocks  uint64 // how many of them hold pairs
	Pairs       uint64
	Triples     uint64
	Texts       uint64
	Sites       uint64 // where the samples of sites begin
	Fingerprint uint64 // xxh3 of all that stands before it
}

const footerSize = 8 * 8

// writer writes a file of evidence.
type writer struct {
	w     *bufio.Writer
	sum   *xxh3.Hasher
	size  uint64
	index []byte
	foot  footer
	buf   []byte

	inBlock int // grams in the block in hand
	last    key
}

func (w *writer) write(b []byte) error {
	w.sum.Write(b) // never fails
	w.size += uint64(len(b))
	_, err := w.w.Write(b)
	return err
}

// Write is write for who writes to an [io.Writer].
func (w *writer) Write(b []byte) (int, error) { return len(b), w.write(b) }

// gram writes one gram; keys come in order.
func (w *writer) gram(k key, clusters []uint16) error {
	pair := k < firstTriple
	if pair {
		w.foot.Pairs++
	} else {
		w.foot.Triples++
	}
	if w.inBlock == perBlock || w.inBlock == 0 || w.last < firstTriple && !pair {
		w.index = binary.LittleEndian.AppendUint64(w.index, uint64(k))
		w.index = binary.LittleEndian.AppendUint64(w.index, w.size)
		w.foot.Blocks++
		if pair {
			w.foot.PairBlocks++
		}
		w.inBlock, w.last = 0, 0
	}
	w.buf = binary.AppendUvarint(w.buf[:0], uint64(k-w.last))
	w.buf = append(w.buf, byte(len(clusters)))
	for _, c := range clusters {
		w.buf = binary.LittleEndian.AppendUint16(w.buf, c)
	}
	w.inBlock++
	w.last = k
	return w.write(w.buf)
}

// write makes a file of what the streams hold together: under a temporary name,
// brought to the disk, then renamed.
func write(path string, texts int64, from []stream, sites sitetext.Stream) (err error) {
	m, err := merge(from)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	defer func() {
		if err != nil {
			f.Close() // the first error tells
			err = errors.Join(err, os.Remove(f.Name()))
		}
	}()
	w := &writer{w: bufio.NewWriterSize(f, 256<<10), sum: xxh3.New(), foot: footer{Texts: uint64(texts)}}
	if err := w.all(m, sites); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	if err := errors.Join(w.w.Flush(), f.Chmod(0o644), f.Sync()); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	return nil
}

func (w *writer) all(m *merged, sites sitetext.Stream) error {
	if err := w.write(append([]byte(magic), version)); err != nil {
		return err
	}
	var clusters []uint16
	last := key(0)
	for {
		f, err := m.next()
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		if err != nil || f.key() != last {
			if len(clusters) > 0 {
				if err := w.gram(last, clusters); err != nil {
					return err
				}
			}
			last, clusters = f.key(), clusters[:0]
		}
		if err != nil {
			break
		}
		if len(clusters) < MaxClusters {
			clusters = append(clusters, f.cluster())
		}
	}
	w.foot.Index = w.size
	if err := w.write(w.index); err != nil {
		return err
	}
	w.foot.Sites = w.size
	if _, err := sitetext.Write(w, sites); err != nil {
		return err
	}
	foot := make([]byte, 0, footerSize)
	for _, n := range [...]uint64{w.foot.Index, w.foot.Blocks, w.foot.PairBlocks, w.foot.Pairs, w.foot.Triples, w.foot.Texts, w.foot.Sites} {
		foot = binary.LittleEndian.AppendUint64(foot, n)
	}
	if err := w.write(foot); err != nil {
		return err
	}
	_, err := w.w.Write(binary.LittleEndian.AppendUint64(nil, w.sum.Sum64()))
	return err
}
