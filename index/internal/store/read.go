package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"github.com/blevesearch/mmap-go"
)

// Store is a store that is read. It is safe for concurrent use. A place that a
// damaged file names and that does not exist panics; the caller recovers.
type Store struct {
	duties, positions, data, texts mapped
	columns                        [numColumns]values
}

// values are read at their first use: most searches need few. The file is
// opened with the store, because another may have taken its name by then.
type values struct {
	file *os.File
	once sync.Once
	list []string
	err  error
}

// Open maps the files of the store in dir.
func Open(dir string) (_ *Store, err error) {
	s := &Store{}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	for _, f := range []struct {
		m    *mapped
		name string
	}{{&s.duties, dutyRows}, {&s.positions, positionRows}, {&s.data, positionData}, {&s.texts, textData}} {
		if *f.m, err = openMap(filepath.Join(dir, f.name)); err != nil {
			return nil, err
		}
	}
	for i, name := range columnFiles {
		if s.columns[i].file, err = os.Open(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	if len(s.duties.b)%dutySize != 0 || len(s.positions.b)%positionSize != 0 {
		return nil, fmt.Errorf("%s or %s ends inside a row", dutyRows, positionRows)
	}
	return s, nil
}

// Close unmaps the files. Nothing that the store gave may be used after it.
func (s *Store) Close() error {
	err := errors.Join(s.duties.close(), s.positions.close(), s.data.close(), s.texts.close())
	for i := range s.columns {
		if f := s.columns[i].file; f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}

// Duties is the number of duties.
func (s *Store) Duties() int { return len(s.duties.b) / dutySize }

// Duty reads the row of the n-th duty.
func (s *Store) Duty(n uint32) (d Duty) {
	d.read(s.duties.at(uint64(n)*dutySize, dutySize))
	return d
}

// Position reads the n-th row of the positions.
func (s *Store) Position(n uint32) (p Position) {
	p.read(s.positions.at(uint64(n)*positionSize, positionSize))
	return p
}

// Text is the text of a duty.
func (s *Store) Text(d *Duty) string { return string(s.texts.at(d.textAt, d.textSize)) }

// PositionID is the id of a position. It is valid until Close and must not be
// changed.
func (s *Store) PositionID(n uint32) []byte {
	p := s.Position(n)
	return s.data.at(p.dataAt, p.idSize)
}

// Show reads what is shown of a position.
func (s *Store) Show(n uint32) (Shown, error) {
	p := s.Position(n)
	var shown Shown
	err := json.Unmarshal(s.data.at(p.dataAt, p.size)[p.idSize:], &shown)
	return shown, err
}

// Values lists the distinct values of a column. The list must not be changed.
func (s *Store) Values(c Column) ([]string, error) {
	v := &s.columns[c]
	v.once.Do(func() {
		v.err = json.NewDecoder(bufio.NewReader(v.file)).Decode(&v.list)
		if v.err != nil {
			v.err = fmt.Errorf("%s: %w", columnFiles[c], v.err)
		}
	})
	return v.list, v.err
}

// mapped is a file in memory. An empty file has no map.
type mapped struct {
	b mmap.MMap
}

func openMap(name string) (mapped, error) {
	f, err := os.Open(name)
	if err != nil {
		return mapped{}, err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return mapped{}, err
	}
	b, err := mmap.Map(f, mmap.RDONLY, 0)
	return mapped{b}, err
}

func (m *mapped) close() error {
	if m.b == nil {
		return nil
	}
	return m.b.Unmap()
}

func (m *mapped) at(start uint64, size uint32) []byte { return m.b[start : start+uint64(size)] }
