package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"zhize/extract"
)

// A web archive is a row of records: a line WARC/1.0, header lines, an empty
// line, as many bytes as Content-Length says, two empty lines.

// Limits of a web archive. What is longer is no header.
const (
	maxHeader = 64 << 10 // bytes of the header of a record, and of the HTTP header in it
	maxGap    = 16       // bytes of line ends between two records
)

// recordMark begins a record; the number of a version follows, as in WARC/1.0.
const (
	recordMark = "WARC/"
	markSize   = len(recordMark) + 2
)

// beginsRecord reports whether bytes begin as a record does.
func beginsRecord(b []byte) bool {
	return len(b) >= markSize && string(b[:len(recordMark)]) == recordMark && b[markSize-2] >= '0' && b[markSize-2] <= '9' && b[markSize-1] == '.'
}

// recordKinds are the types of records that may hold a page. All others (what
// was asked for, what is as it was, notes of the crawler) are counted.
var recordKinds = [...]struct {
	name string
	http bool // the page stands behind an HTTP header
}{
	{"response", true},
	{"resource", false},
	{"conversion", false},
}

// pageMedia are the media types of pages, and as what they are read.
var pageMedia = [...]struct{ name, as string }{
	{"text/html", "text/html"},
	{"application/xhtml+xml", "text/html"},
	{"text/plain", "text/plain"},
}

// What is counted of a web archive.
const (
	skippedRecord = "(record)" // a record of a type that holds no page
	skippedStatus = "(status)" // a response of an error or of a redirection
	skippedMedia  = "(media)"  // a record that holds a picture, a script and the like
)

// warcRecords reads the pages of a web archive, record after record.
func warcRecords(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	w := warc{s: s, in: in, t: newTape(in.r)}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		place := w.place()
		e, err := w.next(ctx)
		if e.Reject != nil || e.Page.URI != "" {
			place = w.place()
			if err := yield(e); err != nil {
				return err
			}
		}
		var g *gap
		switch {
		case err == nil:
		case errors.Is(err, io.EOF):
			return nil
		case ended(ctx, err) != nil:
			return ended(ctx, err)
		case errors.As(err, &g):
			if err := yield(broken(place, g.fault)); err != nil {
				return err
			}
		case errors.Is(err, io.ErrUnexpectedEOF):
			if err := yield(badRecord(place, "the archive ends inside of this record; fetch it anew")); err != nil {
				return err
			}
		default:
			return yield(broken(place, err))
		}
	}
}

func badRecord(place, what string) Entry { return reject(place, "bad-warc", what) }

// warc reads one web archive.
type warc struct {
	s  *Set
	in input
	t  *tape
}

// place names the byte at which the reader stands, of the archive unpacked.
func (w *warc) place() string { return fmt.Sprintf("%s#B%d", w.in.uri, w.t.at) }

// next reads on: a record, or what stands between two. The entry is empty
// where that is no page. The error is io.EOF at the end, a [*gap] behind which
// it goes on, io.ErrUnexpectedEOF where a record was cut off, or of the reader.
func (w *warc) next(ctx context.Context) (Entry, error) {
	head, err := w.t.peek(markSize)
	switch {
	case beginsRecord(head):
		return w.record(ctx)
	case len(head) > 0 && (head[0] == '\r' || head[0] == '\n'):
		return Entry{}, w.t.discard(1)
	case err != nil && (len(head) == 0 || !errors.Is(err, io.EOF)):
		_ = w.t.discard(int64(len(head))) // held already: no error
		return Entry{}, err
	}
	e := badRecord(w.place(), "no record begins here; what stands before the next line WARC/ was left out")
	return e, w.t.resync()
}

// recordHead is what is asked for of a record's header.
type recordHead struct {
	kind, uri, media string
	length           int64 // -1: not said, or not understood
}

func (w *warc) record(ctx context.Context) (Entry, error) {
	place := w.place()
	h, err := w.head()
	if err != nil {
		return Entry{}, cutOff(err)
	}
	if h.length < 0 {
		return badRecord(place, "the record's header has no sound Content-Length; it was left out up to the next line WARC/"), w.t.resync()
	}
	if rest := w.in.size - w.t.at; w.in.size >= 0 && h.length > rest {
		return badRecord(place, fmt.Sprintf("its Content-Length is wrong, or the archive was cut off: it says %d bytes, and %d are left; it was left out up to the next line WARC/", h.length, rest)), w.t.resync()
	}
	if h.uri == "" {
		h.uri = place
	}
	b, why, err := w.look(h)
	if err != nil {
		return Entry{}, cutOff(err)
	}
	switch {
	case why != "":
		w.s.skipped[why]++
		return Entry{}, cutOff(w.t.discard(h.length))
	case h.length > MaxPage:
		return tooLarge(place, MaxPage), cutOff(w.t.discard(h.length))
	}
	held := h.length
	if b.packed() {
		held = min(8*held, MaxPage)
	}
	if err := w.s.o.Reserve(ctx, held); err != nil {
		return Entry{}, err
	}
	e, err := w.body(h, b, place)
	e.Held = held
	if e.Reject == nil && e.Page.URI == "" {
		// The record is lost; its reject, made of the error, holds nothing.
		e = broken(place, recordFault(err))
		e.Held = held
		if isFinal(err) {
			return e, err
		}
		return e, nil
	}
	return e, err
}

// recordFault is why a record could not be read, as a fault or an error of the
// system.
func recordFault(err error) error {
	var g *gap
	switch {
	case errors.As(err, &g):
		return g.fault
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &fault{"bad-warc", "the archive ends inside of this record; fetch it anew"}
	}
	return err
}

// isFinal reports an error behind which nothing can be read.
func isFinal(err error) bool {
	var g *gap
	return err != nil && !errors.As(err, &g) && !errors.Is(err, io.ErrUnexpectedEOF)
}

// head reads a record's header.
func (w *warc) head() (recordHead, error) {
	h := recordHead{length: -1}
	begin := w.t.at
	for first := true; ; first = false {
		line, err := w.t.line()
		if err != nil {
			return h, err
		}
		line = bytes.TrimRight(line, "\r\n")
		switch {
		case len(line) == 0:
			return h, nil
		case first:
			continue
		case w.t.at-begin > maxHeader:
			h.length = -1
			return h, nil
		}
		name, value := header(line)
		switch name {
		case "warc-type":
			h.kind = strings.ToLower(value)
		case "warc-target-uri":
			h.uri = strings.ToValidUTF8(strings.Trim(value, "<>"), "\ufffd")
		case "content-type":
			h.media = value
		case "content-length":
			if n, err := strconv.ParseUint(value, 10, 62); err == nil {
				h.length = int64(n)
			}
		}
	}
}

// header is the name, in small letters, and the value of a header line.
func header(line []byte) (name, value string) {
	n, v, _ := bytes.Cut(line, []byte(":"))
	return strings.ToLower(string(bytes.TrimSpace(n))), string(bytes.TrimSpace(v))
}

// body is how the page of a record is stored in its block.
type body struct {
	at       int // where it begins
	media    string
	charset  string
	chunked  bool
	encoding string
}

func (b body) packed() bool { return b.chunked || b.encoding != "" }

// look looks at the beginning of a record's block, and says why it is no page;
// "" if it is one.
func (w *warc) look(h recordHead) (b body, why string, err error) {
	known, http := false, false
	for _, k := range recordKinds {
		if k.name == h.kind {
			known, http = true, k.http
		}
	}
	if !known {
		return b, skippedRecord, nil
	}
	head, err := w.t.peek(int(min(h.length, maxHeader)))
	if err != nil && (len(head) == 0 || !errors.Is(err, io.EOF)) && h.length > 0 {
		_ = w.t.discard(int64(len(head))) // held already: no error
		return b, "", err
	}
	media := h.media
	if http && bytes.HasPrefix(head, []byte("HTTP/")) {
		var status string
		b, status, media = readHTTP(head)
		if !strings.HasPrefix(status, "2") {
			return b, skippedStatus, nil
		}
	}
	if why := b.setMedia(media, head[b.at:]); why != "" {
		return b, why, nil
	}
	return b, "", nil
}

// readHTTP reads an HTTP header: where the body begins and how it is packed,
// the status and the media type.
func readHTTP(head []byte) (b body, status, media string) {
	for first := true; b.at < len(head); first = false {
		line, _, _ := bytes.Cut(head[b.at:], []byte("\n"))
		b.at = min(b.at+len(line)+1, len(head))
		line = bytes.TrimRight(line, "\r")
		if first {
			if words := strings.Fields(string(line)); len(words) > 1 {
				status = words[1]
			}
			continue
		}
		if len(line) == 0 {
			break
		}
		switch name, value := header(line); name {
		case "content-type":
			media = value
		case "content-encoding":
			b.encoding = strings.ToLower(value)
		case "transfer-encoding":
			b.chunked = strings.Contains(strings.ToLower(value), "chunked")
		}
	}
	return b, status, media
}

// setMedia takes over what a Content-Type says, and tells why that is no page.
// Where it says nothing, what begins like markup is a page.
func (b *body) setMedia(value string, head []byte) (why string) {
	name, params, _ := strings.Cut(value, ";")
	name = strings.ToLower(strings.TrimSpace(name))
	for p := range strings.SplitSeq(params, ";") {
		if key, v, _ := strings.Cut(p, "="); strings.EqualFold(strings.TrimSpace(key), "charset") {
			b.charset = strings.Trim(strings.TrimSpace(v), `"'`)
		}
	}
	for _, m := range pageMedia {
		if m.name == name {
			b.media = m.as
			return ""
		}
	}
	if name == "" && beginsMarkup(head) {
		return ""
	}
	return skippedMedia
}

func beginsMarkup(head []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(head, " \t\r\n\ufeff"), []byte("<"))
}

// body reads the block of a record and makes a page of it. A block behind
// which no record begins had a wrong length: it is a reject, and where records
// stand inside of it, they are read next. The entry is empty where the reader
// fails before the block is whole.
func (w *warc) body(h recordHead, b body, place string) (Entry, error) {
	block, err := w.t.block(h.length)
	if err != nil {
		w.t.recover(block)
		return Entry{}, err
	}
	sound, err := w.t.atBorder()
	if err != nil {
		return Entry{}, err // a sum at its end does not fit
	}
	if !sound {
		e := badRecord(place, "no record begins where this one ends: its Content-Length is wrong or its end is lost; it was left out up to the next line WARC/")
		if w.t.recover(block) {
			return e, nil
		}
		return e, w.t.resync()
	}
	data, bad := b.unpack(block[min(b.at, len(block)):], w.in.bound)
	if bad != nil {
		return broken(place, bad), nil
	}
	return Entry{Page: extract.Input{URI: h.uri, Data: data, MediaType: b.media, Charset: b.charset}}, nil
}
