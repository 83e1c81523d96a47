package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
)

// Writer writes a store into an empty folder. It holds the distinct values of
// the columns in memory, all else goes to the files.
type Writer struct {
	dir       string
	duties    *output // in the order they came
	positions *output
	data      *output
	texts     *output
	columns   [numColumns]column
	row       []byte
}

type column struct {
	place  map[string]uint32
	values []string
}

// Create begins a store in dir, which must exist.
func Create(dir string) (*Writer, error) {
	w := &Writer{dir: dir}
	for _, f := range []struct {
		out  **output
		name string
	}{{&w.duties, unordered}, {&w.positions, positionRows}, {&w.data, positionData}, {&w.texts, textData}} {
		o, err := create(filepath.Join(dir, f.name))
		if err != nil {
			w.Abort()
			return nil, err
		}
		*f.out = o
	}
	for i := range w.columns {
		w.columns[i] = column{place: map[string]uint32{"": 0}, values: []string{""}}
	}
	return w, nil
}

// Value gives the place of a value in its column.
func (w *Writer) Value(c Column, value string) (uint32, error) {
	col := &w.columns[c]
	if n, ok := col.place[value]; ok {
		return n, nil
	}
	if len(col.values) > math.MaxInt32 {
		return 0, fmt.Errorf("%s: too many distinct values", columnFiles[c])
	}
	n := uint32(len(col.values))
	col.place[value], col.values = n, append(col.values, value)
	return n, nil
}

// Position adds a position and returns its row.
func (w *Writer) Position(id string, p Position, shown *Shown) (uint32, error) {
	data, err := shown.encode()
	if err != nil {
		return 0, err
	}
	n := w.positions.size / positionSize
	if n > math.MaxInt32 || len(id)+len(data) > math.MaxInt32 {
		return 0, errors.New("too many positions, or one that is too large")
	}
	p.idSize, p.dataAt, p.size = uint32(len(id)), uint64(w.data.size), uint32(len(id)+len(data))
	w.data.write([]byte(id))
	w.data.write(data)
	w.row = p.append(w.row[:0])
	w.positions.write(w.row)
	return uint32(n), errors.Join(w.data.err, w.positions.err)
}

// Duty adds a duty and returns its number, counted from 0.
func (w *Writer) Duty(d Duty, text string) (uint32, error) {
	n := w.duties.size / dutySize
	if n > math.MaxInt32 || len(text) > math.MaxInt32 {
		return 0, errors.New("too many duties, or one that is too large")
	}
	d.textAt, d.textSize = uint64(w.texts.size), uint32(len(text))
	w.texts.write([]byte(text))
	w.row = d.append(w.row[:0])
	w.duties.write(w.row)
	return uint32(n), errors.Join(w.texts.err, w.duties.err)
}

// Close finishes the store: the n-th row of the duties becomes the one whose
// number is order[n]. All files are on the disk when it returns.
func (w *Writer) Close(order []uint32) error {
	defer w.Abort()
	for _, o := range []*output{w.duties, w.positions, w.data, w.texts} {
		if err := o.close(); err != nil {
			return err
		}
	}
	if err := w.reorder(order); err != nil {
		return err
	}
	for i := range w.columns {
		o, err := create(filepath.Join(w.dir, columnFiles[i]))
		if err != nil {
			return err
		}
		if o.err = json.NewEncoder(o.buf).Encode(w.columns[i].values); o.err == nil {
			o.err = o.buf.Flush()
		}
		if err := o.close(); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) reorder(order []uint32) error {
	if int64(len(order))*dutySize != w.duties.size {
		return fmt.Errorf("%d duties were written and %d are in order", w.duties.size/dutySize, len(order))
	}
	from, err := openMap(filepath.Join(w.dir, unordered))
	if err != nil {
		return err
	}
	defer from.close()
	to, err := create(filepath.Join(w.dir, dutyRows))
	if err != nil {
		return err
	}
	for _, n := range order {
		to.write(from.at(uint64(n)*dutySize, dutySize))
	}
	if err := to.close(); err != nil {
		return err
	}
	if err := from.close(); err != nil {
		return err
	}
	return os.Remove(filepath.Join(w.dir, unordered))
}

// Abort closes the files of a store that is not to be finished; after Close
// it does nothing.
func (w *Writer) Abort() {
	for _, o := range []*output{w.duties, w.positions, w.data, w.texts} {
		if o != nil && o.file != nil {
			_ = o.file.Close()
			o.file = nil
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
	return &output{file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
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
