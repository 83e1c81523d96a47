package store

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"github.com/blevesearch/mmap-go"
)

// Store is a store that is read. It is safe for concurrent use. A place that a
// damaged file names and that does not exist panics; the caller recovers.
type Store struct {
	parts [2]part
	order mapped // Gone or the line of each position; where there is one part, nothing
	lists [numColumns]struct {
		once sync.Once
		list []string
	}
}

// part is the files of a part, and the numbers of its first rows and values.
type part struct {
	duties, texts, positions, ids, lines, pages, shown mapped
	ends, values                                       [numColumns]mapped
	duty, position                                     uint32
	value                                              [numColumns]uint32
}

// Open maps the files of the store in dir, and those of its second part in more,
// which is "" where it has none.
func Open(dir, more string) (_ *Store, err error) {
	s := &Store{}
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	first, second := &s.parts[0], &s.parts[1]
	if err := first.open(dir); err != nil {
		return nil, err
	}
	second.duty, second.position = math.MaxUint32, math.MaxUint32 // which no number reaches
	for c := range numColumns {
		second.value[c] = math.MaxUint32
	}
	if more == "" {
		return s, nil
	}
	if err := second.open(more); err != nil {
		return nil, err
	}
	second.duty, second.position = uint32(first.numDuties()), uint32(first.numPositions())
	for c := range numColumns {
		second.value[c] = uint32(first.numValues(c))
	}
	if s.order, err = openMap(filepath.Join(more, orderRows)); err != nil {
		return nil, err
	}
	if have := len(s.order.b); have != 4*s.Positions() {
		return nil, fmt.Errorf("%s has %d bytes for %d positions", orderRows, have, s.Positions())
	}
	return s, nil
}

func (p *part) open(dir string) (err error) {
	for i, m := range p.maps() {
		if *m, err = openMap(filepath.Join(dir, Files()[i])); err != nil {
			return err
		}
	}
	if len(p.duties.b)%dutySize != 0 || len(p.positions.b)%positionSize != 0 || len(p.pages.b)%pageSize != 0 {
		return fmt.Errorf("%s, %s or %s ends inside a row", dutyRows, positionRows, pageRows)
	}
	if len(p.lines.b) != p.numPositions()*len(LineHash{}) {
		return fmt.Errorf("%s has not a hash for each row of %s", lineRows, positionRows)
	}
	return nil
}

// maps lists the files in the order of Files.
func (p *part) maps() []*mapped {
	list := []*mapped{&p.duties, &p.texts, &p.positions, &p.ids, &p.lines, &p.pages, &p.shown}
	for c := range numColumns {
		list = append(list, &p.ends[c], &p.values[c])
	}
	return list
}

// Close unmaps the files. Nothing that the store gave may be used after it.
func (s *Store) Close() error {
	err := s.order.close()
	for i := range s.parts {
		for _, m := range s.parts[i].maps() {
			err = errors.Join(err, m.close())
		}
	}
	return err
}

func (p *part) numDuties() int         { return len(p.duties.b) / dutySize }
func (p *part) numPositions() int      { return len(p.positions.b) / positionSize }
func (p *part) numValues(c Column) int { return len(p.ends[c].b) / 8 }
func (s *Store) ofPosition(n uint32) *part {
	if n >= s.parts[1].position {
		return &s.parts[1]
	}
	return &s.parts[0]
}

// Duties is the number of rows of duties. Those of positions that are gone are
// rows too.
func (s *Store) Duties() int { return s.parts[0].numDuties() + s.parts[1].numDuties() }

// Positions is the number of rows of positions.
func (s *Store) Positions() int { return s.parts[0].numPositions() + s.parts[1].numPositions() }

// Line is the number of a position's line in positions.jsonl, from 0, or Gone.
func (s *Store) Line(position uint32) uint32 {
	if s.order.b == nil {
		return position
	}
	return binary.LittleEndian.Uint32(s.order.at(uint64(position)*4, 4))
}

// Moved reports whether the rows may stand in another order than the lines of
// positions.jsonl.
func (s *Store) Moved() bool { return s.order.b != nil }

// Hash is the hash of the line that a position was made of.
func (s *Store) Hash(position uint32) LineHash {
	p := s.ofPosition(position)
	return LineHash(p.lines.at(uint64(position-p.position)*16, 16))
}

// Of gives the numbers of the first row of a position's duties and of that behind
// its last.
func (s *Store) Of(position uint32) (from, to int) {
	n := s.Duties()
	from = sort.Search(n, func(i int) bool { return s.Duty(uint32(i)).Position >= position })
	for to = from; to < n && s.Duty(uint32(to)).Position == position; {
		to++
	}
	return from, to
}

// Duty reads the row of the n-th duty.
func (s *Store) Duty(n uint32) (d Duty) {
	p, row := s.duty(n)
	d.read(row)
	d.Position += p.position
	d.Kind += p.value[Kinds]
	return d
}

// duty is the row of the n-th duty, and in which part it lies.
func (s *Store) duty(n uint32) (*part, []byte) {
	p := &s.parts[0]
	if n >= s.parts[1].duty {
		p = &s.parts[1]
	}
	return p, p.duties.at(uint64(n-p.duty)*dutySize, dutySize)
}

// Letters and Terms of the n-th duty are read alone: a search asks for them of all
// duties that it finds.
func (s *Store) Letters(n uint32) uint64 {
	_, row := s.duty(n)
	return binary.LittleEndian.Uint64(row)
}

// Terms is the number of words of the n-th duty's text.
func (s *Store) Terms(n uint32) uint32 {
	_, row := s.duty(n)
	return uint32(binary.LittleEndian.Uint16(row[termsAt:]))
}

// Details reads what a hit shows of a duty, beside its text.
func (s *Store) Details(d *Duty) (x Details) {
	p := s.ofPosition(d.Position)
	x, _ = p.details(d)
	x.Flags += p.value[Flags]
	return x
}

// details also gives where the text begins.
func (p *part) details(d *Duty) (x Details, at uint64) {
	at = d.at
	for _, v := range [...]*uint32{&x.Ordinal, &x.Flags, &x.Start, &x.End} {
		*v = uint32(p.texts.uvarint(&at))
	}
	x.End += x.Start
	return x, at
}

// Text is the text of a duty.
func (s *Store) Text(d *Duty) string {
	p := s.ofPosition(d.Position)
	_, at := p.details(d)
	from := at
	n := p.texts.uvarint(&at)
	if n&3 == textBefore {
		at = from - n>>2
		n = p.texts.uvarint(&at)
	}
	data := p.texts.at(at, n>>2)
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
	p := s.ofPosition(n)
	row := p.row(n)
	var g page
	g.read(p.pages.at(uint64(row.page)*pageSize, pageSize))
	return Position{
		Page: g.hash, Title: row.title + p.value[Titles],
		Site: g.site + p.value[Sites], Article: row.article + p.value[Articles],
	}
}

func (p *part) row(n uint32) (row position) {
	row.read(p.positions.at(uint64(n-p.position)*positionSize, positionSize))
	return row
}

// PositionID is the id of a position. It is valid until Close and must not be
// changed.
func (s *Store) PositionID(n uint32) []byte {
	p := s.ofPosition(n)
	from, to := p.row(n).id, uint64(len(p.ids.b))
	if int(n-p.position+1) < p.numPositions() {
		to = p.row(n + 1).id
	}
	return p.ids.b[from:to]
}

// Show reads what is shown of a position.
func (s *Store) Show(n uint32) (Shown, error) {
	p := s.ofPosition(n)
	row := p.row(n)
	var g page
	g.read(p.pages.at(uint64(row.page)*pageSize, pageSize))
	var of Page
	if err := json.Unmarshal(p.shown.at(g.at, uint64(g.size)), &of); err != nil {
		return Shown{}, fmt.Errorf("%s: %w", pageData, err)
	}
	return Shown{
		Title: some(p.at(Titles, row.title)), Article: some(p.at(Articles, row.article)),
		PageID: of.ID, URI: of.URI, PageTitle: of.Title, Site: of.Site,
	}, nil
}

func some(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Value is the value of a column at a place.
func (s *Store) Value(c Column, place uint32) string {
	p := &s.parts[0]
	if place >= s.parts[1].value[c] {
		p = &s.parts[1]
	}
	return p.at(c, place-p.value[c])
}

// at is a value by its number in the part.
func (p *part) at(c Column, n uint32) string {
	from, ends := uint64(0), &p.ends[c]
	if n > 0 {
		from = binary.LittleEndian.Uint64(ends.at(uint64(n-1)*8, 8))
	}
	to := binary.LittleEndian.Uint64(ends.at(uint64(n)*8, 8))
	return string(p.values[c].b[from:to])
}

// Values lists the values of a column by their places; equal ones may stand there
// more than once. The list must not be changed.
func (s *Store) Values(c Column) []string {
	v := &s.lists[c]
	v.once.Do(func() {
		n := s.parts[0].numValues(c) + s.parts[1].numValues(c)
		list := make([]string, n)
		for i := range list {
			list[i] = s.Value(c, uint32(i))
		}
		v.list = list
	})
	return v.list
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
