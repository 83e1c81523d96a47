package export

import (
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"zhize/record"
)

// positionRow is one position as a row of Parquet. Lists are Parquet's LIST,
// what may be null is optional; no column is a map, which Hugging Face
// datasets do not read.
type positionRow struct {
	ID             string       `parquet:"id"`
	PageID         string       `parquet:"page_id"`
	URI            string       `parquet:"uri"`
	Site           *string      `parquet:"site,optional,dict"`
	PageTitle      *string      `parquet:"page_title,optional"`
	Published      *string      `parquet:"published,optional"`
	ArticleOrdinal int32        `parquet:"article_ordinal"`
	Article        *string      `parquet:"article,optional"`
	Ordinal        int32        `parquet:"ordinal"`
	Title          *string      `parquet:"title,optional"`
	TitleOrigin    *string      `parquet:"title_origin,optional,dict"`
	Text           string       `parquet:"text"` // as a document has it
	Items          int32        `parquet:"items"`
	Fields         []fieldRow   `parquet:"fields,list"` // in the order of their keys
	Sections       []sectionRow `parquet:"sections,list"`
	Flags          []string     `parquet:"flags,list"`
	DuplicateOf    *string      `parquet:"duplicate_of,optional"`
}

type fieldRow struct {
	Key   string `parquet:"key,dict"`
	Value string `parquet:"value"`
}

type sectionRow struct {
	Kind    string    `parquet:"kind,dict"`
	Heading *string   `parquet:"heading,optional"`
	Items   []itemRow `parquet:"items,list"` // in reading order, children after their parent
	Missing []int32   `parquet:"missing,list"`
	Flags   []string  `parquet:"flags,list"`
}

type itemRow struct {
	ID     string   `parquet:"id"`
	Level  int32    `parquet:"level"` // 1 for the outermost
	Number *int32   `parquet:"number,optional"`
	Marker *string  `parquet:"marker,optional"`
	Text   string   `parquet:"text"`
	Start  int32    `parquet:"start"` // code points of the page's source
	End    int32    `parquet:"end"`
	Flags  []string `parquet:"flags,list"`
}

// dutyRow is one canonical duty as a row of Parquet.
type dutyRow struct {
	ID       string     `parquet:"id"`
	Text     string     `parquet:"text"`
	Kind     string     `parquet:"kind,dict"`
	Count    int64      `parquet:"count"`
	Pages    int64      `parquet:"pages"`
	Sites    int64      `parquet:"sites"`
	Titles   []titleRow `parquet:"titles,list"` // the most frequent first
	Variants []string   `parquet:"variants,list"`
	Wordings int64      `parquet:"wordings"`
	Near     int64      `parquet:"near"`
}

type titleRow struct {
	Title string `parquet:"title"`
	Count int64  `parquet:"count"`
}

// sized is a row of Parquet that knows the bytes of its texts.
type sized interface {
	positionRow | dutyRow
	bytes() int64
}

// groupBytes is how much text a row group holds, about: what is kept in memory
// while one is written, and what a reader has to take at once.
const groupBytes = 32 << 20

type parquetSink[T sized] struct {
	w     *parquet.GenericWriter[T]
	row   [1]T
	size  int64
	group int64 // bytes of the row group that is open
}

func newParquet[T sized](w io.Writer, _ string) sink[T] {
	return &parquetSink[T]{w: parquet.NewGenericWriter[T](w,
		parquet.Compression(&parquet.Zstd),
		parquet.CreatedBy("zhize", "", ""),
	)}
}

func (s *parquetSink[T]) prepare(row T) (int64, error) {
	s.row[0], s.size = row, row.bytes()
	return s.size, nil
}

func (s *parquetSink[T]) commit() error {
	if s.group > 0 && s.group+s.size > groupBytes {
		if err := s.w.Flush(); err != nil {
			return err
		}
		s.group = 0
	}
	s.group += s.size
	_, err := s.w.Write(s.row[:])
	return err
}

func (s *parquetSink[T]) end() error { return s.w.Close() }

func positionRows(p *record.Position, row func(positionRow) error) error {
	text, items := clean(p)
	r := positionRow{
		ID: p.ID, PageID: p.Page.ID, URI: p.Page.URI, Site: p.Page.Site, PageTitle: p.Page.Title, Published: p.Page.Published,
		ArticleOrdinal: int32(p.Article.Ordinal), Article: p.Article.Heading, Ordinal: int32(p.Ordinal),
		Title: p.Title, TitleOrigin: p.TitleOrigin, Text: text, Items: int32(items),
		Flags: p.Flags, DuplicateOf: p.DuplicateOf,
	}
	for k, v := range p.Fields {
		r.Fields = append(r.Fields, fieldRow{k, v})
	}
	slices.SortFunc(r.Fields, func(a, b fieldRow) int { return strings.Compare(a.Key, b.Key) })
	n := 0
	for i := range p.Sections {
		s := &p.Sections[i]
		to := sectionRow{Kind: s.Kind, Heading: s.Heading, Flags: s.Flags}
		for _, m := range s.Missing {
			to.Missing = append(to.Missing, int32(m))
		}
		walk(s.Items, 1, func(it *record.Item, level int) {
			n++
			item := itemRow{
				ID: record.ItemID(p.ID, n), Level: int32(level), Marker: it.Marker, Text: it.Text,
				Start: int32(it.Span[0]), End: int32(it.Span[1]), Flags: it.Flags,
			}
			if it.Number != nil {
				number := int32(*it.Number)
				item.Number = &number
			}
			to.Items = append(to.Items, item)
		})
		r.Sections = append(r.Sections, to)
	}
	return row(r)
}

func dutyRows(d *record.Duty, row func(dutyRow) error) error {
	r := dutyRow{
		ID: d.ID, Text: d.Text, Kind: d.Kind, Count: int64(d.Count), Pages: int64(d.Pages), Sites: int64(d.Sites), Variants: d.Variants,
		Wordings: int64(d.Wordings), Near: int64(d.Near),
	}
	for _, t := range d.Titles {
		r.Titles = append(r.Titles, titleRow{t.Title, int64(t.Count)})
	}
	return row(r)
}

// fixed is what a row, a section or an item has beside its texts, about.
const fixed = 64

// bytes is the size of a row's texts, and something for each of its parts.
func (r positionRow) bytes() int64 {
	n := fixed + len(r.ID) + len(r.PageID) + len(r.URI) + len(r.Text)
	for _, s := range [...]*string{r.Site, r.PageTitle, r.Published, r.Article, r.Title, r.TitleOrigin, r.DuplicateOf} {
		n += len(orEmpty(s))
	}
	for _, f := range r.Fields {
		n += len(f.Key) + len(f.Value)
	}
	for _, s := range r.Sections {
		n += fixed + len(orEmpty(s.Heading)) + 4*len(s.Missing)
		for _, it := range s.Items {
			n += fixed + len(it.ID) + len(orEmpty(it.Marker)) + len(it.Text)
		}
	}
	return int64(n)
}

func (r dutyRow) bytes() int64 {
	n := fixed + len(r.ID) + len(r.Text)
	for _, t := range r.Titles {
		n += 8 + len(t.Title)
	}
	for _, v := range r.Variants {
		n += len(v)
	}
	return int64(n)
}
