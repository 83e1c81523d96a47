package extract

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"zhize/document"
	"zhize/extract/charset"
	"zhize/extract/docx"
	"zhize/extract/internal/writer"
	"zhize/extract/markdown"
	"zhize/extract/markup"
)

// MaxBytes is the largest page that is read. A page is decoded whole, and its
// offsets are held in 32 bits while it is walked.
const MaxBytes = 256 << 20

// Input is one page as it came.
type Input struct {
	URI       string // how the page is named in outputs
	Data      []byte
	MediaType string // hint: "text/html", "text/plain", "" = look at the bytes
	Charset   string // hint from outside (HTTP header, "utf-8" for JSONL); "" none; distrusted like a label
	Title     string // hint from outside; wins over what the page says; "" none
}

// Result is a page's source text with what its markup said.
type Result struct {
	Page      document.Page     // everything filled that the page tells
	Source    string            // valid UTF-8, reading order, each text node once
	Blocks    []document.Block  // in order, no overlap; text outside them is Paragraph
	Generated []document.Span   // numbers of ol items, which no text node holds
	Dropped   []document.Region // what structure says is no text of the page; in order, no overlap
	Edits     []document.Edit   // what takes the marks of Markdown out of lines, outside of Dropped; a ledger over Source
	Flags     []string          // document.FlagMojibake, document.FlagTooDeep

	guessed bool // the title was read off the text
}

// RejectError says why a page cannot be processed.
type RejectError struct {
	Stage   string // "decode" or "extract"
	Reason  string // "empty", "binary", "encrypted", "damaged", "too-large", "too-complex", "undecodable", "no-text"
	Message string // for a person, with what to do
}

// Error is the stage, the reason and the message.
func (e *RejectError) Error() string {
	return fmt.Sprintf("%s: %s: %s", e.Stage, e.Reason, e.Message)
}

// Read turns a page into its source text. Its error is always a
// [*RejectError]. It never panics, takes time linear in the page's size and
// keeps nothing of in.Data. Line ends ("\r\n", "\r") become "\n" and NUL
// becomes U+FFFD while decoding; other control characters stay.
func Read(in Input) (*Result, error) {
	if len(in.Data) > MaxBytes {
		return nil, &RejectError{Stage: "decode", Reason: "too-large",
			Message: fmt.Sprintf("the page has %d bytes, the limit is %d; split it", len(in.Data), MaxBytes)}
	}
	sum := sha256.Sum256(in.Data)
	r := &Result{Page: document.Page{URI: in.URI, SHA256: hex.EncodeToString(sum[:]), ID: hex.EncodeToString(sum[:8]), Bytes: len(in.Data)}}
	m := meta{title: in.Title}
	read, noText := readText, "the page has markup but no text; it may be drawn by a script: save it from a browser"
	if docx.Is(in.Data) {
		read, noText = readDocument, "the document has no text; it may hold pictures of text, or text that Word takes from another file: open it and save its text"
	}
	if err := read(r, &m, in); err != nil {
		return nil, err
	}
	if strings.TrimSpace(r.Source) == "" {
		return nil, &RejectError{Stage: "extract", Reason: "no-text", Message: noText}
	}
	m.fill(&r.Page, r.Source, r.Dropped)
	r.guessed = m.guessed
	return r, nil
}

// readText reads a text or an HTML page.
func readText(r *Result, m *meta, in Input) error {
	d, err := charset.Decode(in.Data, in.Charset)
	if err != nil {
		return rejected(err)
	}
	r.Page.Charset, r.Page.CharsetWhy = d.Charset, d.Why
	if d.Damaged {
		r.Flags = append(r.Flags, document.FlagMojibake)
	}
	look := markup.Scan(d.Text)
	if !look.IsHTML(in.MediaType) {
		marks := markdown.Read(d.Text, isMarkdown(in))
		r.take(writer.Page{Source: d.Text, Blocks: marks.Blocks, Dropped: marks.Dropped})
		r.Edits, m.said.Heading = marks.Edits, marks.Title
		return nil
	}
	page := look.Read()
	r.take(page.Page)
	m.said = page.Said
	if page.TooDeep {
		r.Flags = append(r.Flags, document.FlagTooDeep)
	}
	return nil
}

// isMarkdown reports a text that its name or its media type calls Markdown.
func isMarkdown(in Input) bool {
	if media := strings.ToLower(in.MediaType); media != "" && media != "text/plain" {
		return strings.HasPrefix(media, "text/markdown") || strings.HasPrefix(media, "text/x-markdown")
	}
	name := strings.ToLower(in.URI)
	return strings.HasSuffix(name, ".md") || strings.HasSuffix(name, ".markdown")
}

// readDocument reads a Word document.
func readDocument(r *Result, m *meta, in Input) error {
	page, err := docx.Read(in.Data)
	if err != nil {
		return rejected(err)
	}
	r.take(page.Page)
	r.Page.Charset, r.Page.CharsetWhy = "utf-8", charset.Valid
	r.Page.PageCount = page.PageCount
	m.said.Title = cmp.Or(page.Title, page.Heading)
	if strings.Contains(r.Source, "\uFFFD") {
		r.Flags = append(r.Flags, document.FlagMojibake)
	}
	return nil
}

// take fills in what a page's markup gave.
func (r *Result) take(p writer.Page) {
	r.Source, r.Blocks, r.Generated, r.Dropped = p.Source, p.Blocks, p.Generated, p.Dropped
}

// rejected is a decoding error as a reject.
func rejected(err error) error {
	r := &RejectError{Stage: "decode", Reason: "undecodable", Message: err.Error()}
	if e := (*charset.Error)(nil); errors.As(err, &e) {
		r.Reason, r.Message = e.Reason, e.Message
	}
	if e := (*docx.Error)(nil); errors.As(err, &e) {
		r.Reason, r.Message = e.Reason, e.Message
	}
	return r
}
