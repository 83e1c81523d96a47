package source

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract"
)

const bom = "\ufeff"

// field is a key that is tried, and what its text is.
type field struct{ key, media string }

// Usual names, tried in this order; the first key that holds a string
// with something in it is taken. The text of content and body may be either: the bytes decide.
var (
	usualPage  = [...]field{{"text", "text/plain"}, {"content", ""}, {"body", ""}, {"html", "text/html"}}
	usualURL   = [...]field{{"url", ""}, {"uri", ""}, {"id", ""}}
	usualTitle = [...]field{{"title", ""}}
)

// pageFields are the keys that may hold the page.
func (f Fields) pageFields() []field {
	var named []field
	if f.HTML != "" {
		named = append(named, field{f.HTML, "text/html"})
	}
	if f.Text != "" {
		named = append(named, field{f.Text, "text/plain"})
	}
	if len(named) > 0 {
		return named
	}
	return usualPage[:]
}

func orUsual(name string, usual []field) []field {
	if name != "" {
		return []field{{key: name}}
	}
	return usual
}

// jsonRows reads a page from every line that is a JSON object.
func jsonRows(ctx context.Context, s *Set, in input, yield func(Entry) error) error {
	br := bufio.NewReaderSize(in.r, 256<<10)
	for n := 1; ; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, long, err := readLine(br, MaxLine)
		place := fmt.Sprintf("%s#L%d", in.uri, n)
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte(bom))
		}
		var e Entry
		switch {
		case long:
			e = tooLarge(place, MaxLine)
		case len(bytes.TrimSpace(line)) > 0:
			if err == nil || errors.Is(err, io.EOF) {
				e = s.row(in.uri, place, line)
			}
		}
		if e.Reject == nil && e.Page.URI != "" {
			e.Held = int64(len(e.Page.Data))
			if err := s.o.Reserve(ctx, e.Held); err != nil {
				return err
			}
		}
		if e.Reject != nil || e.Page.URI != "" {
			if err := yield(e); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && ended(ctx, err) != nil {
			return ended(ctx, err)
		}
		if err != nil {
			return yield(broken(place, err))
		}
	}
}

// readLine reads a line without its end. Of one over max bytes nothing is
// kept, and long is true. The error is the reader's; a last line without an
// end comes with io.EOF.
func readLine(br *bufio.Reader, max int) (line []byte, long bool, err error) {
	for {
		part, err := br.ReadSlice('\n')
		if !long && len(line)+len(part) > max {
			line, long = nil, true
		}
		if !long {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		return bytes.TrimRight(line, "\r\n"), long, err
	}
}

// row makes a page of a line.
func (s *Set) row(uri, place string, line []byte) Entry {
	var row map[string]json.RawMessage // only the keys that are asked for are looked into
	if err := json.Unmarshal(line, &row); err != nil || row == nil {
		return reject(place, "bad-json", badJSON(line, err))
	}
	var e Entry
	fields := s.o.Fields.pageFields()
	text, media, ok := first(row, fields)
	if !ok {
		keys := make([]string, 0, len(fields))
		for _, f := range fields {
			keys = append(keys, f.key)
		}
		return reject(place, "no-field", "no string under "+strings.Join(keys, ", ")+"; name the field that holds the page with --text-field or --html-field")
	}
	e.Page = extract.Input{URI: place, Data: []byte(text), MediaType: media, Charset: "utf-8"}
	for _, f := range orUsual(s.o.Fields.URL, usualURL[:]) {
		if v, ok := scalar(row[f.key]); ok && v != "" {
			e.Page.URI = v
			if f.key == "id" && s.o.Fields.URL == "" {
				e.Page.URI = uri + "#" + v
			}
			break
		}
	}
	e.Page.Title, _, _ = first(row, orUsual(s.o.Fields.Title, usualTitle[:]))
	if !utf8.Valid(line) {
		// Go's decoder has put U+FFFD for what is not UTF-8.
		e.Flags = []string{document.FlagMojibake}
	}
	return e
}

// badJSON says why a line is no row.
func badJSON(line []byte, err error) string {
	const want = `write each page as one object on one line, as in {"text":"…"}`
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("the line is not JSON from its byte %d on; %s", syntax.Offset, want)
	}
	return fmt.Sprintf("the line is %s, not a JSON object; %s", jsonType(line), want)
}

// jsonType names what a JSON text is that is no object.
func jsonType(line []byte) string {
	line = bytes.TrimSpace(line)
	switch {
	case bytes.HasPrefix(line, []byte("[")):
		return "a JSON list"
	case bytes.HasPrefix(line, []byte(`"`)):
		return "a JSON string"
	case bytes.Equal(line, []byte("null")):
		return "a JSON null"
	case bytes.Equal(line, []byte("true")), bytes.Equal(line, []byte("false")):
		return "a JSON truth value"
	}
	return "a JSON number"
}

// first is the text of the first field that holds a string with something in
// it, or of the first that holds an empty one.
func first(row map[string]json.RawMessage, fields []field) (text, media string, ok bool) {
	for _, f := range fields {
		raw := row[f.key]
		if len(raw) == 0 || raw[0] != '"' || ok && string(raw) == `""` {
			continue
		}
		if err := json.Unmarshal(raw, &text); err != nil {
			continue
		}
		media, ok = f.media, true
		if text != "" {
			break
		}
	}
	return text, media, ok
}

// scalar is a string or a number as text.
func scalar(raw json.RawMessage) (string, bool) {
	if len(raw) == 0 {
		return "", false
	}
	if raw[0] == '"' {
		var s string
		err := json.Unmarshal(raw, &s)
		return s, err == nil
	}
	var n json.Number
	if err := json.Unmarshal(raw, &n); err != nil {
		return "", false
	}
	return n.String(), true
}
