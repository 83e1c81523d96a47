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
	"zhize/index/canon"
	"zhize/record"
)

// Memory of the sorts, in bytes; what is over goes to files.
const (
	itemsInMemory  = 64 << 20
	dutiesInMemory = 32 << 20
	keysInMemory   = 8 << 20
)

// top is how many titles and variants a duty names.
const top = 10

// DutyBook gathers the items of a run and makes duties.jsonl of them: one
// canonical duty for all items of one kind that say the same, letter by letter or
// nearly so. It sorts them outside memory: by what they say, those of duties that
// near copies belong to once more by their duty, and the lines by how often the
// duties stand. In memory is what one duty needs, its different titles and
// wordings, and fifteen bytes for each different text.
type DutyBook struct {
	dir    string
	items  *spill.Sorter
	folded *spill.Sorter // items of duties that near copies belong to
	most   *spill.Sorter // lines by falling count, then by id
	near   int

	aliases *spill.Sorter // keys of package canon: of a near copy and of its duty
	places  *spill.Sorter // the same of a duty, where its line begins, and its count
}

// NewDutyBook keeps its files in dir.
func NewDutyBook(dir string) *DutyBook {
	return &DutyBook{
		dir: dir, items: spill.New(dir, itemsInMemory), folded: spill.New(dir, dutiesInMemory), most: spill.New(dir, dutiesInMemory),
		aliases: spill.New(dir, keysInMemory), places: spill.New(dir, keysInMemory),
	}
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
func (d *DutyBook) Close() {
	_ = errors.Join(d.items.Close(), d.folded.Close(), d.most.Close(), d.aliases.Close(), d.places.Close()) // temporary files, in a folder that goes too
}

// Near is how many items have other letters than their duty's text, once the
// lines are made.
func (d *DutyBook) Near() int { return d.near }

// Lines calls f for every line of duties.jsonl: the most frequent duty first,
// those of one count by id. The line is f's until it returns. It may be called
// once.
func (d *DutyBook) Lines(ctx context.Context, f func(line []byte) error) error {
	links, err := d.links(ctx)
	if err != nil {
		return err
	}
	heads := make([]bool, links.Len()) // those that near copies belong to
	for class := range heads {
		of, _, _ := links.Of(uint32(class))
		heads[of] = heads[of] || of != uint32(class)
	}
	var g *dutyGroup
	err = d.each(ctx, func(class uint32, first bool, rec []byte) error {
		if of, _, _ := links.Of(class); heads[of] {
			return d.folded.Add(foldedRecord(of, class, rec))
		}
		if first {
			if err := d.rank(g); err != nil {
				return err
			}
			g = newDutyGroup()
		}
		return g.addRecord(rec, true)
	})
	if err := errors.Join(err, d.rank(g)); err != nil {
		return err
	}
	if err := d.fold(ctx); err != nil {
		return err
	}
	offset := uint64(0)
	return d.most.Each(func(rec []byte) error {
		line := rec[24:]
		count := math.MaxUint64 - binary.BigEndian.Uint64(rec)
		if err := d.places.Add(put32(put64(bytes.Clone(rec[16:24]), offset), uint32(min(count, math.MaxUint32)))); err != nil {
			return err
		}
		offset += uint64(len(line))
		return f(line)
	})
}

// Table writes the table that leads from what items say to the lines that Lines
// gave, to a file that is not there yet.
func (d *DutyBook) Table(path string) error {
	w, err := canon.Create(path)
	if err != nil {
		return err
	}
	var last []byte
	err = d.aliases.Each(func(rec []byte) error {
		if !bytes.Equal(rec, last) { // of several wordings
			w.Folded(binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:]))
			last = append(last[:0], rec...)
		}
		return nil
	})
	if err == nil {
		err = d.places.Each(func(rec []byte) error {
			w.Duty(binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:]), binary.BigEndian.Uint32(rec[16:]))
			return nil
		})
	}
	return errors.Join(err, w.Close())
}

// each calls f for the items in the order of what they say, with the number of
// the text that they have in common and whether the item is its first.
func (d *DutyBook) each(ctx context.Context, f func(class uint32, first bool, rec []byte) error) error {
	var key []byte
	class, n := uint32(0), 0
	return d.items.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		first := n == 1 || !bytes.Equal(key, rec[:dutyKeySize])
		if first {
			if n > 1 {
				class++
			}
			key = append(key[:0], rec[:dutyKeySize]...)
		}
		return f(class, first, rec)
	})
}

// foldedHead is what a folded record has before that of its item but for the key:
// the number of its duty's text and, behind page and item, whether it has that.
const foldedHead = 4 + 12 + 1

func foldedRecord(of, class uint32, rec []byte) []byte {
	b := put32(make([]byte, 0, len(rec)+foldedHead), of)
	b = append(b, rec[dutyKeySize:dutyKeySize+12]...)
	if of == class {
		b = append(b, 0)
	} else {
		b = append(b, 1)
	}
	return append(b, rec...)
}

// fold makes the duties that near copies belong to.
func (d *DutyBook) fold(ctx context.Context) error {
	var g *dutyGroup
	var of []byte
	n := 0
	err := d.folded.Each(func(rec []byte) error {
		if n++; n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if g == nil || !bytes.Equal(of, rec[:4]) {
			if err := d.rank(g); err != nil {
				return err
			}
			g, of = newDutyGroup(), append(of[:0], rec[:4]...)
		}
		return g.addRecord(rec[foldedHead:], rec[foldedHead-1] == 0)
	})
	return errors.Join(err, d.rank(g))
}

// rank puts a duty among the others.
func (d *DutyBook) rank(g *dutyGroup) error {
	if g == nil {
		return nil
	}
	duty := g.duty()
	d.near += duty.Near
	key := canonKey(duty.Text, duty.Kind)
	for _, v := range g.variants {
		if !v.own {
			if err := d.aliases.Add(put64(put64(nil, canonKey(v.text, duty.Kind)), key)); err != nil {
				return err
			}
		}
	}
	var line bytes.Buffer
	line.Write(put64(nil, math.MaxUint64-uint64(duty.Count)))
	line.Write(g.key[:8])
	line.Write(put64(nil, key))
	if err := record.Encode(&line, duty); err != nil {
		return err
	}
	return d.most.Add(line.Bytes())
}

func canonKey(text, kind string) uint64 { return canon.Key(canon.Letters(text), kind) }

// dutyGroup counts the items of one duty, which come in the order of the corpus.
type dutyGroup struct {
	key      [dutyKeySize]byte // of its text
	kind     string
	count    int
	near     int
	pages    int
	last     uint64 // page of the last item
	sites    map[string]bool
	titles   map[string]int
	variants map[string]*variant
}

type variant struct {
	text         string
	own          bool // its letters are those of the duty's text
	count, first int
}

func newDutyGroup() *dutyGroup {
	return &dutyGroup{sites: map[string]bool{}, titles: map[string]int{}, variants: map[string]*variant{}}
}

// addRecord takes an item; own says that it has the letters of the duty's text.
func (g *dutyGroup) addRecord(rec []byte, own bool) error {
	it, err := parseDutyRecord(rec)
	if err != nil {
		return err
	}
	if own {
		copy(g.key[:], rec)
	} else {
		g.near++
	}
	g.kind = it.kind
	if g.count == 0 || it.page != g.last {
		g.pages++
		g.last = it.page
	}
	v := g.variants[it.text]
	if v == nil {
		v = &variant{text: it.text, own: own, first: g.count}
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
	return nil
}

// duty is the line of a group. Its text is the most frequent wording of its own
// letters, which stand more often than those of any near copy.
func (g *dutyGroup) duty() record.Duty {
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
	own := slices.IndexFunc(all, func(v *variant) bool { return v.own })
	text := all[own]
	all = slices.Insert(slices.Delete(all, own, own+1), 0, text)
	d := record.Duty{
		Schema: record.Schema, ID: fmt.Sprintf("d%x", g.key[:8]), Text: text.text, Kind: g.kind, Count: g.count, Pages: g.pages,
		Sites: len(g.sites), Titles: TopTitles(g.titles), Variants: []string{},
		Wordings: len(all), Near: g.near,
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
