package derive

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/zeebo/xxh3"

	"zhize/corpus/internal/spill"
	"zhize/record"
)

// Memory of the two sorts, in bytes; what is over goes to files.
const (
	itemsInMemory  = 64 << 20
	dutiesInMemory = 32 << 20
)

// top is how many titles and variants a duty names.
const top = 10

// DutyBook gathers the items of a run and makes duties.jsonl of them: one
// canonical duty for all items of one kind with the same letters. It sorts
// them twice outside memory, by what they say and then by how often they say
// it; in memory is what one duty needs, its different titles and wordings.
type DutyBook struct {
	dir   string
	items *spill.Sorter
	most  *spill.Sorter // lines by falling count, then by id
}

// NewDutyBook keeps its files in dir.
func NewDutyBook(dir string) *DutyBook {
	return &DutyBook{dir: dir, items: spill.New(dir, itemsInMemory), most: spill.New(dir, dutiesInMemory)}
}

// maxDuty is the length in bytes of the longest item that is taken for a duty:
// some 5,000 characters, where real ones have 10 to 200.
const maxDuty = 16 << 10

// dutyKeySize is the part of a record that names its duty.
const dutyKeySize = 16

// dutyKey stands for a kind and the letters of a text, of which there must be
// some; its first 8 bytes are the duty's id.
func dutyKey(kind, text string) (key [dutyKeySize]byte, ok bool) {
	l := lettersHash{h: xxh3.New()}
	l.h.WriteString(kind + "\n") // never fails
	l.add(text)
	return l.h.Sum128().Bytes(), l.any
}

// dutyRecord is an item as the book sorts it: the key of its duty, where it
// stands (page, item), then kind, site, title and text, each with its length
// before it. An item without letters says nothing, and one over maxDuty is a
// page that nothing parted; neither has a record.
func dutyRecord(page uint64, item uint32, p *record.Position, kind, text string) []byte {
	key, ok := dutyKey(kind, text)
	if !ok || len(text) > maxDuty {
		return nil
	}
	b := make([]byte, 0, dutyKeySize+12+len(kind)+len(text)+64)
	b = put32(put64(append(b, key[:]...), page), item)
	for _, s := range []string{kind, orEmpty(p.Page.Site), orEmpty(p.Title), text} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return b
}

func orEmpty(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// dutyItem is a record taken apart.
type dutyItem struct {
	page                    uint64
	kind, site, title, text string
}

var errDutyRecord = errors.New("sort: a record is damaged")

func parseDutyRecord(b []byte) (it dutyItem, err error) {
	if len(b) < dutyKeySize+12 {
		return it, errDutyRecord
	}
	it.page = binary.BigEndian.Uint64(b[dutyKeySize:])
	b = b[dutyKeySize+12:]
	for _, s := range []*string{&it.kind, &it.site, &it.title, &it.text} {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return it, errDutyRecord
		}
		*s = string(b[k : k+int(n)])
		b = b[k+int(n):]
	}
	return it, nil
}

// Add takes an item of [Derived.Duties].
func (d *DutyBook) Add(rec []byte) error { return d.items.Add(rec) }

// Close removes the book's files.
func (d *DutyBook) Close() { _ = errors.Join(d.items.Close(), d.most.Close()) } // temporary files, in a folder that goes too

// Lines calls f for every line of duties.jsonl: the most frequent duty first,
// those of one count by id. The line is f's until it returns.
func (d *DutyBook) Lines(ctx context.Context, f func(line []byte) error) error {
	var g *dutyGroup
	var key []byte
	n := 0
	err := d.items.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		it, err := parseDutyRecord(rec)
		if err != nil {
			return err
		}
		if g == nil || !bytes.Equal(key, rec[:dutyKeySize]) {
			if err := d.rank(key, g); err != nil {
				return err
			}
			key, g = append(key[:0], rec[:dutyKeySize]...), newDutyGroup(it.kind)
		}
		g.add(it)
		return nil
	})
	if err != nil {
		return err
	}
	if err := d.rank(key, g); err != nil {
		return err
	}
	return d.most.Each(func(rec []byte) error { return f(rec[16:]) })
}

// rank puts a duty among the others.
func (d *DutyBook) rank(key []byte, g *dutyGroup) error {
	if g == nil {
		return nil
	}
	duty := g.duty(fmt.Sprintf("d%x", key[:8]))
	var line bytes.Buffer
	line.Write(put64(nil, math.MaxUint64-uint64(duty.Count)))
	line.Write(key[:8])
	if err := record.Encode(&line, duty); err != nil {
		return err
	}
	return d.most.Add(line.Bytes())
}

// dutyGroup counts the items of one duty, which come in the order of the corpus.
type dutyGroup struct {
	kind     string
	count    int
	pages    int
	last     uint64 // page of the last item
	sites    map[string]bool
	titles   map[string]int
	variants map[string]*variant
}

type variant struct {
	text         string
	count, first int
}

func newDutyGroup(kind string) *dutyGroup {
	return &dutyGroup{kind: kind, sites: map[string]bool{}, titles: map[string]int{}, variants: map[string]*variant{}}
}

func (g *dutyGroup) add(it dutyItem) {
	if g.count == 0 || it.page != g.last {
		g.pages++
		g.last = it.page
	}
	v := g.variants[it.text]
	if v == nil {
		v = &variant{text: it.text, first: g.count}
		g.variants[it.text] = v
	}
	v.count++
	g.count++
	if it.site != "" {
		g.sites[it.site] = true
	}
	if it.title != "" {
		g.titles[it.title]++
	}
}

func (g *dutyGroup) duty(id string) record.Duty {
	all := make([]*variant, 0, len(g.variants))
	for _, v := range g.variants {
		all = append(all, v)
	}
	slices.SortFunc(all, func(a, b *variant) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return a.first - b.first
	})
	d := record.Duty{
		Schema: record.Schema, ID: id, Text: all[0].text, Kind: g.kind, Count: g.count, Pages: g.pages,
		Sites: len(g.sites), Titles: TopTitles(g.titles), Variants: []string{},
	}
	for _, v := range all[:min(top, len(all))] {
		d.Variants = append(d.Variants, v.text)
	}
	return d
}

// TopTitles are the most frequent titles; those of one count by their bytes.
func TopTitles(titles map[string]int) []record.TitleCount {
	out := make([]record.TitleCount, 0, len(titles))
	for t, n := range titles {
		out = append(out, record.TitleCount{Title: t, Count: n})
	}
	slices.SortFunc(out, func(a, b record.TitleCount) int {
		if a.Count != b.Count {
			return b.Count - a.Count
		}
		return strings.Compare(a.Title, b.Title)
	})
	return out[:min(top, len(out))]
}
