package extract

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"zhize/document"
	"zhize/extract/charset"
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
	Flags     []string          // document.FlagMojibake, document.FlagTooDeep

	guessed bool // the title was read off the text
}

// RejectError says why a page cannot be processed.
type RejectError struct {
	Stage   string // "decode" or "extract"
	Reason  string // "empty", "binary", "too-large", "undecodable", "no-text"
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
	d, err := charset.Decode(in.Data, in.Charset)
	if err != nil {
		return nil, rejected(err)
	}
	sum := sha256.Sum256(in.Data)
	r := &Result{Page: document.Page{
		URI: in.URI, SHA256: hex.EncodeToString(sum[:]), ID: hex.EncodeToString(sum[:8]),
		Bytes: len(in.Data), Charset: d.Charset, CharsetWhy: d.Why,
	}}
	if d.Damaged {
		r.Flags = append(r.Flags, document.FlagMojibake)
	}
	m := meta{title: in.Title}
	if isHTML(d.Text, in.MediaType) {
		readHTML(r, &m, d.Text)
	} else {
		r.Source = d.Text
	}
	if strings.TrimSpace(r.Source) == "" {
		return nil, &RejectError{Stage: "extract", Reason: "no-text",
			Message: "the page has markup but no text; it may be drawn by a script: save it from a browser"}
	}
	m.fill(&r.Page, r.Source, r.Dropped)
	r.guessed = m.guessed
	return r, nil
}

// rejected is a decoding error as a reject.
func rejected(err error) error {
	r := &RejectError{Stage: "decode", Reason: "undecodable", Message: err.Error()}
	if e := (*charset.Error)(nil); errors.As(err, &e) {
		r.Reason, r.Message = e.Reason, e.Message
	}
	return r
}

func readHTML(r *Result, m *meta, text string) {
	var b builder
	doc, tags, ok := parse(text)
	b.buf = make([]byte, 0, len(text)/2)
	if ok {
		m.read(doc)
		walk(&b, flatten(doc, tags), unshown(doc))
	} else {
		r.Flags = append(r.Flags, document.FlagTooDeep)
		walkTokens(&b, m, text)
	}
	b.finish()
	r.Source = string(b.buf)
	r.Blocks, r.Generated, r.Dropped = b.blocks, b.generated, b.dropped
}
