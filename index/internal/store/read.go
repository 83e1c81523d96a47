package store

import (
	"bufio"
	"encoding/binary"
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
	duties, texts, positions, ids, pages, shown mapped
	columns                                     [numColumns]values
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
	for i, m := range s.maps() {
		if *m, err = openMap(filepath.Join(dir, Files()[i])); err != nil {
			return nil, err
		}
	}
	for i, name := range columnFiles {
		if s.columns[i].file, err = os.Open(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	if len(s.duties.b)%dutySize != 0 || len(s.positions.b)%positionSize != 0 || len(s.pages.b)%pageSize != 0 {
		return nil, fmt.Errorf("%s, %s or %s ends inside a row", dutyRows, positionRows, pageRows)
	}
	return s, nil
}

// maps lists the files that are mapped, in the order of Files.
func (s *Store) maps() []*mapped {
	return []*mapped{&s.duties, &s.texts, &s.positions, &s.ids, &s.pages, &s.shown}
}

// Close unmaps the files. Nothing that the store gave may be used after it.
func (s *Store) Close() error {
	var err error
	for _, m := range s.maps() {
		err = errors.Join(err, m.close())
	}
	for i := range s.columns {
		if f := s.columns[i].file; f != nil {
			err = errors.Join(err, f.Close())
		}
	}
	return err
}

// Duties is the number of duties.
func (s *Store) Duties() int { return len(s.duties.b) / dutySize }

// Positions is the number of positions.
func (s *Store) Positions() int { return len(s.positions.b) / positionSize }

// Duty reads the row of the n-th duty.
func (s *Store) Duty(n uint32) (d Duty) {
	d.read(s.duties.at(uint64(n)*dutySize, dutySize))
	return d
}

// Details reads what a hit shows of a duty, beside its text.
func (s *Store) Details(d *Duty) (x Details) {
	x, _ = s.details(d)
	return x
}

// details also gives where the text begins.
func (s *Store) details(d *Duty) (x Details, at uint64) {
	at = d.at
	for _, v := range [...]*uint32{&x.Ordinal, &x.Flags, &x.Start, &x.End} {
		*v = uint32(s.texts.uvarint(&at))
	}
	x.End += x.Start
	return x, at
}

// Text is the text of a duty.
func (s *Store) Text(d *Duty) string {
	_, at := s.details(d)
	from := at
	n := s.texts.uvarint(&at)
	if n&3 == textBefore {
		at = from - n>>2
		n = s.texts.uvarint(&at)
	}
	data := s.texts.at(at, n>>2)
	switch n & 3 {
	case textPlain:
		return string(data)
	case textPacked:
		text, err := unpack(data)
		if err != nil {
			panic(err)
		}
		return text
	}
	panic("a text refers to one that refers to another")
}

// Position reads the n-th row of the positions.
func (s *Store) Position(n uint32) Position {
	p := s.position(n)
	var g page
	g.read(s.pages.at(uint64(p.page)*pageSize, pageSize))
	return Position{Page: g.hash, Title: p.title, Site: g.site, Article: p.article}
}

func (s *Store) position(n uint32) (p position) {
	p.read(s.positions.at(uint64(n)*positionSize, positionSize))
	return p
}

// PositionID is the id of a position. It is valid until Close and must not be
// changed.
func (s *Store) PositionID(n uint32) []byte {
	from, to := s.position(n).id, uint64(len(s.ids.b))
	if int(n+1) < len(s.positions.b)/positionSize {
		to = s.position(n + 1).id
	}
	return s.ids.b[from:to]
}

// Show reads what is shown of a position.
func (s *Store) Show(n uint32) (Shown, error) {
	p := s.position(n)
	var g page
	g.read(s.pages.at(uint64(p.page)*pageSize, pageSize))
	var of Page
	if err := json.Unmarshal(s.shown.at(g.at, uint64(g.size)), &of); err != nil {
		return Shown{}, fmt.Errorf("%s: %w", pageData, err)
	}
	titles, err := s.Values(Titles)
	if err != nil {
		return Shown{}, err
	}
	articles, err := s.Values(Articles)
	if err != nil {
		return Shown{}, err
	}
	return Shown{
		Title: some(titles[p.title]), Article: some(articles[p.article]),
		PageID: of.ID, URI: of.URI, PageTitle: of.Title, Site: of.Site,
	}, nil
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
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

func (m *mapped) at(start, size uint64) []byte { return m.b[start : start+size] }

// uvarint reads a number and goes behind it.
func (m *mapped) uvarint(at *uint64) uint64 {
	v, n := binary.Uvarint(m.b[*at:])
	if n <= 0 {
		panic("a number is broken off")
	}
	*at += uint64(n)
	return v
}
