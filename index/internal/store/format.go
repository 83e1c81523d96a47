// Package store keeps beside the postings of an index what a search shows and
// sorts by: one row of fixed size for each duty and each position, and the
// texts. The files are read where they lie, mapped into memory, and a row is
// found by its number.
//
// All numbers are little-endian. The files, all written once:
//
//	duties.rows     rows of dutySize bytes, in the order of the postings' document numbers
//	positions.rows  rows of positionSize bytes, in the order of positions.jsonl
//	positions.data  for each position its id, then its page and article as JSON
//	texts.data      the texts of the duties, one after the other
//	NAME.json       the distinct values of a column (titles, sites, …) as a list; a row holds the place in it
package store

import (
	"encoding/binary"
	"encoding/json"
)

// The files of a store.
const (
	dutyRows     = "duties.rows"
	positionRows = "positions.rows"
	positionData = "positions.data"
	textData     = "texts.data"
	unordered    = "duties.tmp"
)

// Column names a list of distinct values.
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

var columnFiles = [numColumns]string{"titles.json", "sites.json", "articles.json", "kinds.json", "flags.json"}

// Files lists the names of all files of a store.
func Files() []string {
	return append([]string{dutyRows, positionRows, positionData, textData}, columnFiles[:]...)
}

// Duty is a row of the duties.
type Duty struct {
	Position uint32 // row of its position
	Ordinal  uint32 // of the item in its position, from 1
	Number   uint32 // 0: it bears none
	Kind     uint32 // place in Kinds
	Flags    uint32 // place in Flags
	Start    uint32 // span in the page's source, code points
	End      uint32
	Terms    uint32 // words of its text
	Letters  uint64 // hash of its letters
	textAt   uint64
	textSize uint32
}

const dutySize = 8*4 + 2*8 + 4

func (d *Duty) append(b []byte) []byte {
	le := binary.LittleEndian
	for _, v := range [...]uint32{d.Position, d.Ordinal, d.Number, d.Kind, d.Flags, d.Start, d.End, d.Terms} {
		b = le.AppendUint32(b, v)
	}
	b = le.AppendUint64(b, d.Letters)
	b = le.AppendUint64(b, d.textAt)
	return le.AppendUint32(b, d.textSize)
}

func (d *Duty) read(b []byte) {
	le := binary.LittleEndian
	_ = b[dutySize-1]
	d.Position, d.Ordinal, d.Number, d.Kind = le.Uint32(b), le.Uint32(b[4:]), le.Uint32(b[8:]), le.Uint32(b[12:])
	d.Flags, d.Start, d.End, d.Terms = le.Uint32(b[16:]), le.Uint32(b[20:]), le.Uint32(b[24:]), le.Uint32(b[28:])
	d.Letters, d.textAt, d.textSize = le.Uint64(b[32:]), le.Uint64(b[40:]), le.Uint32(b[48:])
}

// Position is a row of the positions.
type Position struct {
	Page    uint64 // hash of the page's id
	Title   uint32 // places in Titles, Sites, Articles
	Site    uint32
	Article uint32
	idSize  uint32
	dataAt  uint64
	size    uint32 // of id and data
}

const positionSize = 2*8 + 5*4

func (p *Position) append(b []byte) []byte {
	le := binary.LittleEndian
	b = le.AppendUint64(b, p.Page)
	b = le.AppendUint64(b, p.dataAt)
	for _, v := range [...]uint32{p.Title, p.Site, p.Article, p.idSize, p.size} {
		b = le.AppendUint32(b, v)
	}
	return b
}

func (p *Position) read(b []byte) {
	le := binary.LittleEndian
	_ = b[positionSize-1]
	p.Page, p.dataAt = le.Uint64(b), le.Uint64(b[8:])
	p.Title, p.Site, p.Article = le.Uint32(b[16:]), le.Uint32(b[20:]), le.Uint32(b[24:])
	p.idSize, p.size = le.Uint32(b[28:]), le.Uint32(b[32:])
}

// Shown is what a hit shows of its position.
type Shown struct {
	Title     *string `json:"title,omitempty"`
	Article   *string `json:"article,omitempty"`
	PageID    string  `json:"page"`
	URI       string  `json:"uri"`
	PageTitle *string `json:"page_title,omitempty"`
	Site      *string `json:"site,omitempty"`
}

func (s *Shown) encode() ([]byte, error) { return json.Marshal(s) }
