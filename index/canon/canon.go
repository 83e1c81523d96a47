// Package canon is the table that leads from what an item says to its canonical
// duty, so that a search can fold near copies and show how often a duty stands.
// A run writes it beside duties.jsonl; it is a cache of that file and of what was
// folded into its lines.
package canon

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"

	"github.com/blevesearch/mmap-go"
	"github.com/zeebo/xxh3"

	"zhize/record"
)

// Name is that of the file in an output folder.
const Name = ".zhize-duties"

// Errors of [Open]. They come wrapped.
var (
	ErrAbsent  = errors.New("the folder has no table of duties; run again to make it")
	ErrDamaged = errors.New("the table of duties is damaged; remove it and run again")
)

// The file: the head, the number of texts that are folded into others and that of
// duties, eight bytes each; of each folded text its key and that of its duty; of
// each duty its key, where its line begins in duties.jsonl and its count. All are
// big-endian and in the order of the keys, which they are looked up by.
const (
	head       = "zhize-duties\x00\x00\x00\x01"
	headSize   = len(head) + 16
	foldedSize = 16
	dutySize   = 20
)

// Letters stands for what a text says: its letters and digits. A text without
// any says itself.
func Letters(text string) uint64 {
	var room [512]byte // for all but long texts
	if letters := record.AppendLetters(room[:0], text); len(letters) > 0 {
		return xxh3.Hash(letters)
	}
	return xxh3.HashStringSeed(text, 1)
}

// Key stands for letters in sections of a kind.
func Key(letters uint64, kind string) uint64 { return xxh3.HashStringSeed(kind, letters) }

// Writer writes a table: first the folded texts, then the duties, each in the
// order of their keys.
type Writer struct {
	f              *os.File
	w              *bufio.Writer
	folded, duties uint64
	err            error
}

// Create makes the file; there must be none.
func Create(path string) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, fmt.Errorf("write the table of duties: %w", err)
	}
	t := &Writer{f: f, w: bufio.NewWriterSize(f, 64<<10)}
	t.put([]byte(head))
	t.put(make([]byte, 16))
	return t, nil
}

func (t *Writer) put(b []byte) {
	if t.err == nil {
		_, t.err = t.w.Write(b)
	}
}

// Folded adds a text that is folded into a duty.
func (t *Writer) Folded(key, duty uint64) {
	t.folded++
	t.put(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, key), duty))
}

// Duty adds a duty.
func (t *Writer) Duty(key, offset uint64, count uint32) {
	t.duties++
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, key), offset)
	t.put(binary.BigEndian.AppendUint32(b, count))
}

// Close ends the file and waits until it is on the disk. The error is the first
// of all.
func (t *Writer) Close() error {
	n := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, t.folded), t.duties)
	err := errors.Join(t.err, t.w.Flush())
	if err == nil {
		_, err = t.f.WriteAt(n, int64(len(head)))
	}
	if err := errors.Join(err, t.f.Sync(), t.f.Close()); err != nil {
		return fmt.Errorf("write the table of duties: %w", err)
	}
	return nil
}

// Table is a file that is looked up where it lies. Its methods may be called from
// many goroutines at once.
type Table struct {
	data           mmap.MMap
	folded, duties []byte
}

// Duty is where a duty stands.
type Duty struct {
	Key    uint64
	Offset int64 // of its line in duties.jsonl
	Count  uint32
}

// Open opens a table.
func Open(path string) (*Table, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrAbsent
	}
	if err != nil {
		return nil, fmt.Errorf("open the table of duties: %w", err)
	}
	defer f.Close() // read only
	if info, err := f.Stat(); err != nil || info.Size() < int64(headSize) {
		return nil, errors.Join(ErrDamaged, err)
	}
	data, err := mmap.Map(f, mmap.RDONLY, 0)
	if err != nil {
		return nil, fmt.Errorf("open the table of duties: %w", err)
	}
	t := &Table{data: data}
	rest := data[headSize:]
	folded, duties := binary.BigEndian.Uint64(data[len(head):]), binary.BigEndian.Uint64(data[len(head)+8:])
	n := uint64(len(rest))
	if string(data[:len(head)]) != head || folded > n/foldedSize || duties > n/dutySize || folded*foldedSize+duties*dutySize != n {
		return nil, errors.Join(ErrDamaged, t.Close())
	}
	t.folded, t.duties = rest[:folded*foldedSize], rest[folded*foldedSize:]
	return t, nil
}

// Close lets go of the file.
func (t *Table) Close() error { return t.data.Unmap() }

// Of is the duty of a key; false for what is none.
func (t *Table) Of(key uint64) (Duty, bool) {
	if row := find(t.folded, foldedSize, key); row != nil {
		key = binary.BigEndian.Uint64(row[8:])
	}
	row := find(t.duties, dutySize, key)
	if row == nil {
		return Duty{}, false
	}
	return Duty{key, int64(binary.BigEndian.Uint64(row[8:])), binary.BigEndian.Uint32(row[16:])}, true
}

// find is the row of a key among rows in order, nil where there is none.
func find(rows []byte, size int, key uint64) []byte {
	n := len(rows) / size
	i := sort.Search(n, func(i int) bool { return binary.BigEndian.Uint64(rows[i*size:]) >= key })
	if i == n || binary.BigEndian.Uint64(rows[i*size:]) != key {
		return nil
	}
	return rows[i*size : (i+1)*size]
}
