// Package docx writes the text of a Word document as Word shows it: its
// paragraphs in reading order, each run once, with the numbers that Word
// computes for them.
//
// What is text. Tables are written by row, as those of a page are. Text boxes
// follow the paragraph that they are anchored in. Of alternatives (a drawing
// and what older programs show for it) the first that has text is read. Of a
// tracked change the text after it is the text; what it deleted or moved away,
// what is hidden, and what merged cells cover is written too and recorded as
// dropped (document.Hidden), so that it is accounted for. So are tables of
// contents (document.Contents), and footnotes and endnotes, which follow the
// text (document.Footer). Readings over characters (ruby) are dropped as
// document.Inserted. Of fields the result is text, never the instruction.
// Left out is what belongs to the page and not to the document: headers,
// footers and comments; and charts, diagrams and embedded files, which are
// documents of their own.
//
// A tab is "\t", in a table's row " "; a line or page break is "\n"; an
// optional hyphen is U+00AD and a hyphen that does not break is "-". An empty
// paragraph leaves one blank line.
//
// The walk: [Read] opens the archive and finds its parts (package opc),
// reads styles and lists (package style), and streams the body (body.go,
// run.go, table.go) paragraph by paragraph, or table by table, into the writer
// (write.go). No tree is built, no entity is resolved, and every part has a
// limit.
package docx

import (
	"errors"
	"strings"

	"zhize/document"
	"zhize/extract/docx/internal/opc"
	"zhize/extract/docx/internal/style"
	"zhize/extract/internal/writer"
)

// Result is the text of a document, and what the document says of itself.
type Result struct {
	writer.Page
	Title     string // of its properties, "" where it names none of use
	Heading   string // its first paragraph in the style of titles
	PageCount int    // as counted when it was saved; 0 unknown
}

// Error says why a document cannot be read. Its reasons are "binary" (no
// document), "damaged", "encrypted", "too-large" and "too-complex".
type Error = opc.Error

// Is reports whether data begin as a document does: as a zip archive.
func Is(data []byte) bool { return len(data) > 4 && string(data[:4]) == "PK\x03\x04" }

// Read writes the text of a document. Its error is always a [*Error]. It never
// panics and takes time linear in what the archive unpacks to, which is
// limited.
func Read(data []byte) (*Result, error) {
	r, err := read(data)
	if e := (*Error)(nil); err != nil && !errors.As(err, &e) {
		return nil, opc.Reject("damaged", "the document cannot be read (%v); open it and save it again, or fetch it anew", err)
	}
	return r, err
}

func read(data []byte) (*Result, error) {
	a, err := opc.Open(data)
	if err != nil {
		return nil, err
	}
	r := &Result{}
	b := body{styles: style.NewStyles(), lists: style.NewLists(), w: writer.New(0, 0)}
	for _, part := range []struct {
		name  string
		limit int64
		read  func(*opc.Reader) error
	}{
		{a.Styles, opc.SmallPart, b.styles.Read},
		{a.Numbering, opc.SmallPart, b.lists.Read},
		{a.Document, opc.LargePart, b.document},
		{a.Footnotes, opc.SmallPart, b.readNotes},
		{a.Endnotes, opc.SmallPart, b.readNotes},
		{a.Core, opc.TinyPart, r.core},
		{a.App, opc.TinyPart, r.app},
	} {
		if err := a.Stream(part.name, part.limit, part.read); err != nil {
			return nil, err
		}
	}
	r.Page, r.Heading = b.w.Finish(), b.heading
	return r, nil
}

// core reads the title of docProps/core.xml.
func (r *Result) core(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		if e.Name != "title" {
			return nil
		}
		text, err := x.Text()
		r.Title = properTitle(text)
		return err
	})
}

// app reads the number of pages of docProps/app.xml.
func (r *Result) app(x *opc.Reader) error {
	return x.Each(func(e opc.Element) error {
		if e.Name != "Pages" {
			return nil
		}
		text, err := x.Text()
		r.PageCount = max(0, opc.Number(text, 0))
		return err
	})
}

// noTitles are what programs call documents that nobody named, in lower case,
// up to a number behind it.
var noTitles = []string{
	"document", "文档", "新建文档", "新建 microsoft word 文档", "新建microsoft word文档", "microsoft word 文档", "untitled", "无标题", "未命名",
	"word document", "doc", "标题", "title", "normal", "powerpoint 演示文稿", "演示文稿",
}

// properTitle is the title of a document's properties, "" where a program made
// it up. Programs put their name before a file's name.
func properTitle(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, p := range []string{"Microsoft Word - ", "Microsoft Word-"} {
		s = strings.TrimPrefix(s, p)
	}
	for _, ext := range []string{".docx", ".doc", ".wps", ".rtf"} {
		if len(s) > len(ext) && strings.EqualFold(s[len(s)-len(ext):], ext) {
			s = s[:len(s)-len(ext)]
			break
		}
	}
	bare := strings.ToLower(strings.TrimRight(s, "0123456789()（） "))
	for _, no := range noTitles {
		if bare == no {
			return ""
		}
	}
	if bare == "" {
		return ""
	}
	return s
}

// reasons of what a document holds and a reader does not read as its text.
const (
	goneReason  = document.Hidden   // deleted, moved away, hidden or covered
	tocReason   = document.Contents // a table of contents
	notesReason = document.Footer   // footnotes and endnotes
	rubyReason  = document.Inserted // readings over characters
)
