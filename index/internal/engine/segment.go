package engine

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"os"

	bleve "github.com/blevesearch/bleve_index_api"
	"github.com/blevesearch/vellum"
	zap "github.com/blevesearch/zapx/v17"
)

// segment writes a segment of one field in Bleve's format, version 17 (zap.md
// in zapx): the postings of each term as a roaring bitmap, or a single document
// in the dictionary itself; the dictionary, an automaton from terms to places;
// where the field's parts lie; the footer. Stored fields, doc values,
// frequencies and places in the text have no part in it.
type segment struct {
	file  *os.File
	out   *bufio.Writer // through summed
	crc   uint32        // of what out has written
	size  uint64
	err   error // the first; nothing is written after it
	dict  *os.File
	terms *vellum.Builder
	buf   *bufio.Writer // of dict
	bits  []byte
}

// chunkMode is Bleve's default for how frequencies are cut into chunks, of
// which there are none; readers want a mode that exists.
const chunkMode = 1026

// createSegment begins a segment. The dictionary grows in a file beside it,
// because its length stands before it.
func createSegment(name string) (s *segment, err error) {
	s = &segment{}
	if s.file, err = os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
		return nil, err
	}
	if s.dict, err = os.OpenFile(name+".dict", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644); err != nil {
		return nil, errors.Join(err, s.file.Close())
	}
	s.out, s.buf = bufio.NewWriterSize(writerFunc(s.summed), 1<<18), bufio.NewWriterSize(s.dict, 1<<18)
	if s.terms, err = vellum.New(s.buf, nil); err != nil {
		return nil, errors.Join(err, s.abort())
	}
	s.write([]byte("postings")) // no list lies at 0, which would mean that there is none
	return s, nil
}

func (s *segment) write(b []byte) {
	if s.err == nil {
		_, s.err = s.out.Write(b)
		s.size += uint64(len(b))
	}
}

// summed writes to the file and adds to the checksum.
func (s *segment) summed(b []byte) (int, error) {
	s.crc = crc32.Update(s.crc, crc32.IEEETable, b)
	return s.file.Write(b)
}

// add writes the postings of the next term in order. There is at least one
// document. The list is empty or holds the same afterwards.
func (s *segment) add(term []byte, list *list) {
	if s.err != nil {
		return
	}
	docs := list.few
	if len(docs) == 1 && docs[0] < 1<<31 && !list.full {
		s.err = s.terms.Insert(term, zap.FSTValEncode1Hit(uint64(docs[0]), zap.NormBits1Hit))
		return
	}
	at := s.size
	s.bits = append(s.bits[:0], 0, 0) // no frequencies, no places
	runs := 1                         // of documents side by side
	for i := 1; i < len(docs); i++ {
		if docs[i] != docs[i-1]+1 {
			runs++
		}
	}
	if !list.full && len(docs) <= sparse && runs > len(docs)/2 {
		s.bits = binary.AppendUvarint(s.bits, sparseSize(docs))
		s.bits = appendSparse(s.bits, docs)
	} else {
		set := list.gather()
		set.RunOptimize()
		s.bits = binary.AppendUvarint(s.bits, set.GetSerializedSizeInBytes())
		b, err := set.ToBytes()
		if err != nil {
			s.err = err
			return
		}
		s.bits = append(s.bits, b...)
	}
	s.write(s.bits)
	if s.err == nil {
		s.err = s.terms.Insert(term, at)
	}
}

// close writes the rest of a segment of n documents, puts it on the disk and
// closes it.
func (s *segment) close(name string, n int) error {
	if err := errors.Join(s.err, s.terms.Close(), s.buf.Flush()); err != nil {
		return errors.Join(err, s.abort())
	}
	le := binary.BigEndian
	dict := s.size
	length, err := s.dict.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = s.dict.Seek(0, io.SeekStart)
	}
	if err != nil {
		return errors.Join(err, s.abort())
	}
	s.write(binary.AppendUvarint(nil, uint64(length)))
	copied := writerFunc(func(b []byte) (int, error) {
		s.write(b)
		return len(b), s.err
	})
	if _, err := io.Copy(copied, s.dict); err != nil {
		s.err = errors.Join(s.err, err)
	}

	section := s.size
	b := binary.AppendUvarint(nil, math.MaxUint64) // doc values: none, from
	b = binary.AppendUvarint(b, math.MaxUint64)    // and to
	s.write(binary.AppendUvarint(b, dict))

	field := s.size
	b = binary.AppendUvarint(nil, uint64(len(name)))
	b = append(b, name...)
	b = binary.AppendUvarint(b, uint64(bleve.IndexField|bleve.SkipFreqNorm))
	b = binary.AppendUvarint(b, 1) // sections
	b = le.AppendUint16(b, zap.SectionInvertedTextIndex)
	s.write(le.AppendUint64(b, section))

	fields := s.size
	b = binary.AppendUvarint(nil, 1)
	s.write(le.AppendUint64(b, field))

	b = le.AppendUint32(nil, 0) // who encrypted it: nobody
	b = le.AppendUint64(b, uint64(n))
	b = le.AppendUint64(b, 0) // stored fields: none
	b = le.AppendUint64(b, fields)
	b = le.AppendUint32(b, chunkMode)
	s.write(le.AppendUint32(b, zap.Version))
	if s.err == nil {
		s.err = s.out.Flush()
	}
	s.write(le.AppendUint32(nil, s.crc)) // which is that of all before it
	if s.err == nil {
		s.err = s.out.Flush()
	}
	if s.err == nil {
		s.err = s.file.Sync()
	}
	return errors.Join(s.err, s.abort())
}

// abort closes the files and removes the one that was in the way.
func (s *segment) abort() error {
	return errors.Join(s.file.Close(), s.dict.Close(), os.Remove(s.dict.Name()))
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// sparse is up to how many documents a list surely has no container that
// roaring would write as a bitmap: those begin above 4096.
const sparse = 4096

// containers calls f with each stretch of documents whose upper halves are
// equal.
func containers(docs []uint32, f func(docs []uint32)) {
	for i := 0; i < len(docs); {
		j := i + 1
		for j < len(docs) && docs[j]>>16 == docs[i]>>16 {
			j++
		}
		f(docs[i:j])
		i = j
	}
}

func sparseSize(docs []uint32) uint64 {
	n := 0
	containers(docs, func([]uint32) { n++ })
	return uint64(8 + 8*n + 2*len(docs))
}

// appendSparse appends the roaring bitmap of documents of which no container
// has more than sparse, as the library would write it: most lists are short,
// and making a bitmap of each took longer than all the rest of a merge.
func appendSparse(b []byte, docs []uint32) []byte {
	le := binary.LittleEndian
	n := 0
	containers(docs, func([]uint32) { n++ })
	b = le.AppendUint32(b, 12346) // without runs
	b = le.AppendUint32(b, uint32(n))
	containers(docs, func(c []uint32) {
		b = le.AppendUint16(b, uint16(c[0]>>16))
		b = le.AppendUint16(b, uint16(len(c)-1))
	})
	at := 8 + 8*n
	containers(docs, func(c []uint32) {
		b = le.AppendUint32(b, uint32(at))
		at += 2 * len(c)
	})
	for _, doc := range docs {
		b = le.AppendUint16(b, uint16(doc))
	}
	return b
}
