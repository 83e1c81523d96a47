package store

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/zeebo/xxh3"
)

// Writer writes a part of a store into an empty folder. It holds the last texts and
// the last values of the columns in memory, all else goes to the files.
type Writer struct {
	duties, positions, pages *output
	texts, ids, lines, shown *output
	columns                  [numColumns]column
	buf                      []byte
	packed                   []byte
	page                     []byte // as JSON, the last one
	recent                   []recent
}

// recent is a text that was written, and where.
type recent struct {
	text string
	at   uint64
}

// Equal texts are kept once where the first is still among the recent ones: as
// many as recentTexts, none longer than recentLength, so at most 32 MiB.
const (
	recentTexts  = 1 << 16
	recentLength = 512
)

// column is the values of a column. Those since heldValues bytes of them were full
// are known; one from before is written again.
type column struct {
	place      map[string]uint32
	held       int // bytes of what is in place
	count      int
	ends, data *output
}

// heldValues bounds the values of a column that are known, in bytes: some thirty
// thousand titles. valueCost is what one takes beside its letters.
const (
	heldValues = 3 << 20
	valueCost  = 64
)

// outputs lists the files in the order of Files.
func (w *Writer) outputs() []**output {
	list := []**output{&w.duties, &w.texts, &w.positions, &w.ids, &w.lines, &w.pages, &w.shown}
	for i := range w.columns {
		list = append(list, &w.columns[i].ends, &w.columns[i].data)
	}
	return list
}

// Create begins a part of a store in dir, which must exist.
func Create(dir string) (*Writer, error) {
	w := &Writer{recent: make([]recent, recentTexts)}
	for i, o := range w.outputs() {
		var err error
		if *o, err = create(filepath.Join(dir, Files()[i])); err != nil {
			w.Abort()
			return nil, err
		}
	}
	for c := range numColumns {
		w.columns[c].place = map[string]uint32{}
		if _, err := w.value(c, ""); err != nil {
			w.Abort()
			return nil, err
		}
	}
	return w, nil
}

// value gives the place of a value in its column.
func (w *Writer) value(c Column, value string) (uint32, error) {
	col := &w.columns[c]
	if n, ok := col.place[value]; ok {
		return n, nil
	}
	if most := [numColumns]int{Kinds: MaxKinds}[c]; most > 0 && col.count > most || col.count > math.MaxInt32 {
		return 0, fmt.Errorf("%s: too many distinct values", columnNames[c])
	}
	if col.held += len(value) + valueCost; col.held > heldValues {
		col.held = len(value) + valueCost
		clear(col.place)
		col.place[""] = 0
	}
	n := uint32(col.count)
	col.place[strings.Clone(value)] = n // which does not keep the line that it came from
	col.count++
	col.data.write([]byte(value))
	w.buf = binary.LittleEndian.AppendUint64(w.buf[:0], uint64(col.data.size))
	col.ends.write(w.buf)
	return n, errors.Join(col.data.err, col.ends.err)
}

// LineHash is what a line of positions.jsonl is known by.
type LineHash [16]byte

// HashLine hashes a line without the end of the line.
func HashLine(line []byte) LineHash { return xxh3.Hash128(line).Bytes() }

// HashLineString is HashLine of a string.
func HashLineString(line string) LineHash { return xxh3.HashString128(line).Bytes() }

// Position adds a position, whose duties come next. Positions of a page that
// follow each other share what is kept of it.
func (w *Writer) Position(line LineHash, id string, title, article *string, of Page) error {
	data, err := json.Marshal(of)
	if err != nil {
		return err
	}
	if w.positions.size/positionSize > math.MaxInt32 || len(data) > math.MaxInt32 {
		return errors.New("too many positions, or one that is too large")
	}
	if w.page == nil || !bytes.Equal(w.page, data) {
		p := page{hash: xxh3.HashString(of.ID), size: uint32(len(data)), at: uint64(w.shown.size)}
		if p.site, err = w.value(Sites, deref(of.Site)); err != nil {
			return err
		}
		w.page = data
		w.shown.write(data)
		w.buf = p.append(w.buf[:0])
		w.pages.write(w.buf)
	}
	p := position{page: uint32(w.pages.size/pageSize - 1), id: uint64(w.ids.size)}
	if p.title, err = w.value(Titles, deref(title)); err != nil {
		return err
	}
	if p.article, err = w.value(Articles, deref(article)); err != nil {
		return err
	}
	w.ids.write([]byte(id))
	w.lines.write(line[:])
	w.buf = p.append(w.buf[:0])
	w.positions.write(w.buf)
	return errors.Join(w.shown.err, w.pages.err, w.ids.err, w.lines.err, w.positions.err)
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// Item is a duty to be written.
type Item struct {
	Letters     uint64 // hash of its letters
	Ordinal     uint32 // in its position, from 1
	Number      uint32 // 0: it bears none
	Terms       uint32
	Start, End  uint32
	Kind, Flags string
	Text        string
}

// Duty adds a duty of the last position.
func (w *Writer) Duty(it *Item) error {
	if w.duties.size/dutySize > math.MaxInt32 || len(it.Text) > math.MaxInt32 || w.texts.size > 1<<48-1 {
		return errors.New("too many duties, or one that is too large")
	}
	row := Duty{
		Letters: it.Letters, Position: uint32(w.positions.size/positionSize - 1), Number: it.Number,
		Terms: min(it.Terms, MaxTerms), at: uint64(w.texts.size),
	}
	var err error
	if row.Kind, err = w.value(Kinds, it.Kind); err != nil {
		return err
	}
	flags, err := w.value(Flags, it.Flags)
	if err != nil {
		return err
	}
	b := w.buf[:0]
	for _, v := range [...]uint32{it.Ordinal, flags, it.Start, it.End - it.Start} {
		b = binary.AppendUvarint(b, uint64(v))
	}
	at := uint64(w.texts.size) + uint64(len(b))
	last := &w.recent[it.Letters%recentTexts]
	switch {
	case last.text == it.Text && it.Text != "":
		b = binary.AppendUvarint(b, (at-last.at)<<2|textBefore)
	case !utf8.ValidString(it.Text): // which JSON does not give
		b = binary.AppendUvarint(b, uint64(len(it.Text))<<2|textPlain)
		b = append(b, it.Text...)
	default:
		if len(it.Text) <= recentLength {
			*last = recent{strings.Clone(it.Text), at}
		}
		w.packed = appendPacked(w.packed[:0], it.Text)
		b = binary.AppendUvarint(b, uint64(len(w.packed))<<2|textPacked)
		b = append(b, w.packed...)
	}
	w.texts.write(b)
	b = row.append(b[:0])
	w.duties.write(b)
	w.buf = b
	return errors.Join(w.texts.err, w.duties.err)
}

// Close finishes the part. All files are on the disk when it returns.
func (w *Writer) Close() error {
	defer w.Abort()
	outputs := w.outputs()
	errs := make([]error, len(outputs))
	var group sync.WaitGroup
	for i, o := range outputs { // at once, so that they wait for the disk once
		group.Go(func() { errs[i] = (*o).close() })
	}
	group.Wait()
	return errors.Join(errs...)
}

// WriteOrder writes of each position the number of its line into the folder of a
// second part, and puts it on the disk. It returns the name of the file.
func WriteOrder(dir string, lines []uint32) (name string, err error) {
	o, err := create(filepath.Join(dir, orderRows))
	if err != nil {
		return "", err
	}
	var b [4]byte
	for _, n := range lines {
		binary.LittleEndian.PutUint32(b[:], n)
		o.write(b[:])
	}
	return orderRows, o.close()
}

// Abort closes the files of a part that is not to be finished; after Close
// it does nothing.
func (w *Writer) Abort() {
	for _, o := range w.outputs() {
		if *o != nil && (*o).file != nil {
			_ = (*o).file.Close()
			(*o).file = nil
		}
	}
}

// output is a file that is being written. The first error stays.
type output struct {
	file *os.File
	buf  *bufio.Writer
	size int64
	err  error
}

func create(name string) (*output, error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return nil, err
	}
	return &output{file: f, buf: bufio.NewWriterSize(f, 1<<17)}, nil
}

func (o *output) write(b []byte) {
	if o.err == nil {
		_, o.err = o.buf.Write(b)
		o.size += int64(len(b))
	}
}

// close writes what is left, waits for the disk and closes the file.
func (o *output) close() error {
	err := o.err
	if err == nil {
		err = o.buf.Flush()
	}
	if err == nil {
		err = o.file.Sync()
	}
	err = errors.Join(err, o.file.Close())
	o.file = nil
	return err
}
