// Package store keeps beside the postings of an index what a search shows and
// sorts by: one row of fixed size for each duty, position and page, and the
// texts. The files are read where they lie, mapped into memory, and a row is
// found by its number. A row holds what a search asks of every duty it finds;
// what only a hit shows lies with its text.
//
// A store has one part or two: the second holds what came to the first later. Its
// rows are numbered behind those of the first, and so are its values.
//
// All numbers are little-endian. The files of a part, all written once:
//
//	duties.rows     rows of dutySize bytes, in the order of the postings' document numbers
//	texts.data      for each duty what a hit shows of it, in uvarints: its ordinal, the place of its
//	                flags, its start, the length of its span; and a number whose two lowest bits say how
//	                the text follows: packed or plain, the rest being its size in bytes, or before, the
//	                rest being how far back from there an equal text has its number
//	positions.rows  rows of positionSize bytes, in the order of positions.jsonl, one for each line
//	positions.data  the ids of the positions
//	lines.rows      of each line of positions.jsonl a hash of 128 bits, by which it is known again
//	pages.rows      rows of pageSize bytes, in the order of positions.jsonl
//	pages.data      what a hit shows of its page, as JSON
//	NAME.data       the values of a column (titles, sites, …); a row holds the number of one. A value
//	                stands there once or, where there are very many, a few times
//	NAME.rows       of each value where it ends in NAME.data, eight bytes
//
// Where there are two parts, order.rows in the folder of the second holds for each
// position the number of its line in positions.jsonl, from 0; Gone where it has none
// any more.
package store

import (
	"encoding/binary"
)

// The files of a store.
const (
	dutyRows     = "duties.rows"
	positionRows = "positions.rows"
	pageRows     = "pages.rows"
	positionData = "positions.data"
	pageData     = "pages.data"
	textData     = "texts.data"
	lineRows     = "lines.rows"
	orderRows    = "order.rows"
)

// Gone is the line of a position that is no longer in positions.jsonl.
const Gone = 1<<32 - 1

// Column names a list of values.
type Column int

// The columns. The value at place 0 of each is "", which is also how null is
// kept.
const (
	Titles Column = iota
	Sites
	Articles
	Kinds
	Flags // the flags of an item, joined with a space
	numColumns
)

var columnNames = [numColumns]string{"titles", "sites", "articles", "kinds", "flags"}

// Files lists the names of all files of a part.
func Files() []string {
	names := append([]string(nil), rowFiles[:]...)
	for _, c := range columnNames {
		names = append(names, c+".rows", c+".data")
	}
	return names
}

// rowFiles lists the files that are no columns.
var rowFiles = [...]string{dutyRows, textData, positionRows, positionData, lineRows, pageRows, pageData}

// Duty is a row of the duties.
type Duty struct {
	Letters  uint64 // hash of its letters
	Position uint32 // row of its position
	Number   uint32 // 0: it bears none
	Terms    uint32 // words of its text, at most MaxTerms
	Kind     uint32 // place in Kinds, at most MaxKinds
	at       uint64 // of its details, in its part
}

// How the text of a duty follows its details.
const (
	textPacked = iota + 1
	textPlain
	textBefore
)

// MaxTerms and MaxKinds are what a row has room for. A text is indexed as far as
// 16 KiB, which is never as many words.
const (
	MaxTerms = 1<<16 - 1
	MaxKinds = 1<<16 - 1
)

const (
	termsAt  = 8 + 4 + 4
	dutySize = termsAt + 2 + 2 + 6
)

func (d *Duty) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint64(b, d.Letters)
	b = le.AppendUint32(b, d.Position)
	b = le.AppendUint32(b, d.Number)
	b = le.AppendUint16(b, uint16(d.Terms))
	b = le.AppendUint16(b, uint16(d.Kind))
	b = le.AppendUint32(b, uint32(d.at))
	return le.AppendUint16(b, uint16(d.at>>32))
}

func (d *Duty) read(b []byte) {
	le := binary.LittleEndian
	_ = b[dutySize-1]
	d.Letters, d.Position, d.Number = le.Uint64(b), le.Uint32(b[8:]), le.Uint32(b[12:])
	d.Terms, d.Kind = uint32(le.Uint16(b[16:])), uint32(le.Uint16(b[18:]))
	d.at = uint64(le.Uint32(b[20:])) | uint64(le.Uint16(b[24:]))<<32
}

// Details are what a hit shows of a duty beside its text.
type Details struct {
	Ordinal uint32 // of the item in its position, from 1
	Flags   uint32 // place in Flags
	Start   uint32 // span in the page's source, code points
	End     uint32
}

// Position is a row of the positions with what its page says.
type Position struct {
	Page    uint64 // hash of the page's id
	Title   uint32 // places in Titles, Sites, Articles
	Site    uint32
	Article uint32
}

// position is a row as it lies in the file.
type position struct {
	page, title, article uint32
	id                   uint64 // where its id begins; the next one's begins where it ends
}

const positionSize = 3*4 + 8

func (p *position) append(b []byte) []byte {
	le := binary.LittleEndian
	for _, v := range [...]uint32{p.page, p.title, p.article} {
		b = le.AppendUint32(b, v)
	}
	return le.AppendUint64(b, p.id)
}

func (p *position) read(b []byte) {
	le := binary.LittleEndian
	_ = b[positionSize-1]
	p.page, p.title, p.article, p.id = le.Uint32(b), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint64(b[12:])
}

// page is a row of the pages.
type page struct {
	hash uint64 // of its id
	site uint32
	size uint32 // of its data
	at   uint64
}

const pageSize = 8 + 4 + 4 + 8

func (p *page) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint64(b, p.hash)
	b = le.AppendUint32(b, p.site)
	b = le.AppendUint32(b, p.size)
	return le.AppendUint64(b, p.at)
}

func (p *page) read(b []byte) {
	le := binary.LittleEndian
	_ = b[pageSize-1]
	p.hash, p.site, p.size, p.at = le.Uint64(b), le.Uint32(b[8:]), le.Uint32(b[12:]), le.Uint64(b[16:])
}

// Page is what is shown of a page.
type Page struct {
	ID    string  `json:"id"`
	URI   string  `json:"uri"`
	Title *string `json:"title,omitempty"`
	Site  *string `json:"site,omitempty"`
}

// Shown is what a hit shows of its position. What is null or empty is nil.
type Shown struct {
	Title, Article *string
	PageID, URI    string
	PageTitle      *string
	Site           *string
}
