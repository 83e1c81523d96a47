package document

import "slices"

// Role says what a region of the source is. Every byte of a page has one.
type Role uint8

// The roles.
const (
	RoleItem    Role = iota + 1 // text of a duty, a qualification …
	RoleMarker                  // the number, letter or bullet in front of an item
	RoleHeading                 // an article's, a position's or a section's heading
	RoleField                   // key and value of a form row
	RoleMeta                    // what the page says of itself: title, date, editor, format
	RoleBlank                   // space and line ends between the others
	RoleDropped                 // left out, with a reason
)

// roleNames are the roles in the words of the output contract.
var roleNames = [...]string{
	RoleItem: "item", RoleMarker: "marker", RoleHeading: "heading", RoleField: "field",
	RoleMeta: "meta", RoleBlank: "blank", RoleDropped: "dropped",
}

func (r Role) String() string { return nameOf(roleNames[:], int(r)) }

// RoleOf is the role with that name, and whether there is one.
func RoleOf(name string) (Role, bool) {
	i := slices.Index(roleNames[:], name)
	return Role(max(i, 0)), i > 0
}

// Reason says why text is dropped. The reasons are a closed set: a page's
// regions name no other.
type Reason uint8

// The reasons for which text is dropped.
const (
	NoReason      Reason = iota // it is kept
	Navigation                  // menus, breadcrumbs, paging, "read on a phone"
	Advertisement               // download, membership and foreign advertisements
	Legal                       // copyright and liability notices, numbered or not
	Introduction                // the editor's words before the first article
	Related                     // lists of other documents
	PageNumber                  // numbers of pages, also inside a sentence
	Inserted                    // characters that copy protection put in
	Duplicate                   // a heading or title said again
	Contents                    // a table of contents
	Footer                      // what stands below the last article
	Hidden                      // not shown to a reader: scripts, hidden nodes
	Boilerplate                 // a job board's own form words
	Unplaced                    // prose that belongs to no position
	SiteText                    // what many pages of the site repeat
)

// reasonNames are the reasons in the words of the output contract.
var reasonNames = [...]string{
	NoReason: "", Navigation: "navigation", Advertisement: "advertisement", Legal: "legal", Introduction: "introduction",
	Related: "related", PageNumber: "page-number", Inserted: "inserted", Duplicate: "duplicate", Contents: "contents",
	Footer: "footer", Hidden: "hidden", Boilerplate: "boilerplate", Unplaced: "unplaced", SiteText: "site-text",
}

func (r Reason) String() string { return nameOf(reasonNames[:], int(r)) }

// ReasonOf is the reason with that name, and whether there is one; "" is
// [NoReason].
func ReasonOf(name string) (Reason, bool) {
	i := slices.Index(reasonNames[:], name)
	return Reason(max(i, 0)), i >= 0
}

// Reasons lists the names of all reasons for which text is dropped.
func Reasons() []string { return slices.Clone(reasonNames[1:]) }

// Roles lists the names of all roles.
func Roles() []string { return slices.Clone(roleNames[1:]) }

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return "unknown"
}

// Region gives one stretch of the source its role. Regions of a document are
// in order, do not overlap and leave no byte out.
type Region struct {
	Span
	Role   Role
	Reason Reason // NoReason unless Role is RoleDropped
}

// BlockKind is what kind of element of a page a block came from.
type BlockKind uint8

// The kinds of block. A plain-text page has only paragraphs, one a line.
const (
	Paragraph    BlockKind = iota
	Heading                // h1 … h6, or a line that is bold as a whole
	ListItem               // li; its number, if it has one, is in the text
	Row                    // a table row; cells are parted by a tab
	Preformatted           // pre
	JobHeading             // the head of a table's column that names a position
)

// Block is a stretch of the source that one element of the page gave. Blocks
// are in order and do not overlap; text outside them is treated as Paragraph.
type Block struct {
	Span
	Kind  BlockKind
	Level int // heading level 1-6, list nesting depth from 1, else 0
}

// Page is what is known of a page as a file.
type Page struct {
	ID         string // first 16 hex digits of SHA256
	URI        string // where it came from, as the caller names it
	SHA256     string // of the bytes, 64 hex digits
	Bytes      int    // size of the input
	Charset    string // of the input, as decoded: "utf-8", "gb18030", "big5", "utf-16le" …
	CharsetWhy string // what decided it: "bom", "valid", "label", "frequency" …
	Title      string // "" where there is none
	Site       string // "" where the page does not name one
	Published  string // ISO 8601, as precise as the page is; "" where unknown
	Format     string // "DOC" … as the page states it
	Uploaded   string // as the page states it
	Editor     string // as the page states it
	PageCount  int    // pages of the original as the page states them; 0 unknown
	Declared   int    // articles promised by the title ("模板8篇" is 8); 0 none
}

// Document is one page, taken apart.
type Document struct {
	Page      Page
	Source    string   // decoded text in reading order; never changes
	Generated []Span   // parts of Source that no text node holds there: list numbers of <ol>, labels of a table that its columns share
	Regions   []Region // partition of Source
	Edits     []Edit   // applied; in order, no two overlap
	Suggested []Edit   // for a person to decide; in order, never applied
	Articles  []Article
	Flags     []string
}

// Article is one 篇 of a page. A page without articles has one, without heading.
type Article struct {
	Ordinal   int  // from 1, as counted on the page
	Heading   Span // empty where there is none
	Positions []Position
	Flags     []string
}

// TitleOrigin tells where a position's title was read.
type TitleOrigin string

// Where titles come from. NoTitle goes with an empty title span.
const (
	NoTitle     TitleOrigin = ""
	FromHeading TitleOrigin = "heading"
	FromField   TitleOrigin = "field"
	FromContext TitleOrigin = "context" // the article's heading names the job
)

// Position is one job (岗位).
type Position struct {
	Title    Span // inside its heading or field; empty where the page gives none
	Origin   TitleOrigin
	Heading  Span // the whole heading; empty where there is none
	Fields   []Field
	Sections []Section
	Flags    []string
}

// Field is one row of a form: 直接上级: 销售经理.
type Field struct {
	Key   string // in the contract's words: "reports_to", "department" …
	Name  Span   // the key as the page writes it
	Value Span   // never empty: fields without a value are left out
}

// Kind is what a section's items are.
type Kind string

// The kinds of section, in the words of the output contract.
const (
	Responsibilities Kind = "responsibilities"
	Qualifications   Kind = "qualifications"
	Authority        Kind = "authority"
	Relations        Kind = "relations"
	Conditions       Kind = "conditions"
	Assessment       Kind = "assessment"
	Benefits         Kind = "benefits"
	Other            Kind = "other"
)

// Kinds lists every kind of section.
var Kinds = [...]Kind{
	Responsibilities, Qualifications, Authority, Relations, Conditions, Assessment, Benefits, Other,
}

// Section is a run of items under one heading.
type Section struct {
	Kind    Kind
	Heading Span // empty where there is none
	Span    Span // from the heading or the first item to the last item's end
	Items   []Item
	Missing []int // numbers that the sequence skips; items the page has lost
	Flags   []string
}

// Item is one duty (or qualification …). Its number is what the page says
// after repair ("1 1、" is 11); it is never renumbered.
type Item struct {
	Number   int  // 0: the item bears no number
	Marker   Span // "1、", "(2)", "-" as on the page; empty where there is none
	Span     Span // own text, without marker and without children; never blank
	Children []Item
	Flags    []string
}

// Flags that items, sections, positions and documents bear.
const (
	FlagTruncated    = "truncated"     // the text breaks off
	FlagInferred     = "inferred"      // no heading said the section's kind
	FlagClauses      = "clauses"       // the items are the clauses of one paragraph
	FlagRepeated     = "repeated"      // its number stands twice in the list
	FlagGap          = "gap"           // numbers are missing from the list
	FlagHeadless     = "headless"      // opened by a restart of the numbering alone
	FlagArticleCount = "article-count" // declared and found articles differ
	FlagMojibake     = "mojibake"      // the text was damaged before it came here
	FlagNoItems      = "no-items"      // nothing numbered or listed was found
	FlagTooDeep      = "too-deep"      // nesting was cut at a limit
)

// Text is the text of a span of the source with the applied edits inside it
// made. An edit that straddles the span's border is left out. Cost: the
// span's length plus a binary search in the ledger.
func (d *Document) Text(s Span) string {
	if s.Empty() {
		return ""
	}
	return editedText(d.Source, s, d.Edits)
}

// Clean is the whole source with every applied edit made.
func (d *Document) Clean() string {
	return editedText(d.Source, Span{0, len(d.Source)}, d.Edits)
}

// Walk calls f for every item of the document in reading order, children
// after their parent, with the section and position that hold it.
func (d *Document) Walk(f func(a *Article, p *Position, s *Section, it *Item)) {
	for ai := range d.Articles {
		a := &d.Articles[ai]
		for pi := range a.Positions {
			p := &a.Positions[pi]
			for si := range p.Sections {
				s := &p.Sections[si]
				walkItems(s.Items, func(it *Item) { f(a, p, s, it) })
			}
		}
	}
}

func walkItems(items []Item, f func(*Item)) {
	for i := range items {
		f(&items[i])
		walkItems(items[i].Children, f)
	}
}
