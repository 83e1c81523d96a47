package evaluate

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// line is a position of a page.
func line(id, uri, title string) string {
	return fmt.Sprintf(`{"page":{"id":%q,"uri":%q},"title":%q,"sections":[]}`, id, uri, title) + "\n"
}

// read gives what a reader reads: each page with its titles, and the error.
func read(positions, pages string) string {
	var more io.Reader
	if pages != "none" {
		more = strings.NewReader(pages)
	}
	var b strings.Builder
	for r := NewPageReader(iotest.OneByteReader(strings.NewReader(positions)), more); ; {
		p, err := r.Next()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			return b.String() + "! " + err.Error()
		}
		b.WriteString(p.URI)
		for i := range p.Positions {
			b.WriteString(" " + *p.Positions[i].Title)
		}
		b.WriteString("\n")
	}
}

func TestPageReader(t *testing.T) {
	three := line("1", "a", "甲") + line("1", "a", "乙") + "\n" + line("2", "b", "丙")
	pages := `{"id":"0","uri":"0"}` + "\n" + `{"id":"1","uri":"a","source":"…"}` + "\n" + `{"id":"2","uri":"b"}` + "\n" + `{"id":"3","uri":"c"}`
	for _, c := range []struct{ name, positions, pages, want string }{
		{"nothing", "", "none", ""},
		{"positions alone", three, "none", "a 甲 乙\nb 丙\n"},
		{"no line end", strings.TrimRight(three, "\n"), "none", "a 甲 乙\nb 丙\n"},
		{"pages too", three, pages, "0\na 甲 乙\nb 丙\nc\n"},
		{"pages without positions", "", pages, "0\na\nb\nc\n"},
		{"no page is named", line("", "", "甲") + line("", "", "乙"), "none", " 甲 乙\n"},
		{"the same bytes under two names", line("1", "a", "甲") + line("1", "b", "乙"), "none", "a 甲\nb 乙\n"},
		{"parted lines", three + line("1", "a", "丁"), "none", "a 甲 乙\nb 丙\n! positions, line 5: the lines of the page a do not stand together; sort them by page"},
		{"pages of another run", three, `{"id":"0","uri":"0"}`, "0\n! positions, line 1: pages.jsonl does not have its page a here; the two are not of one run"},
		{"lines of pages", pages, "none", "! positions, line 1: this is no position: it has no sections"},
		{"positions for pages", three, three, "! pages, line 1: this is no page: it has no uri"},
		{"no JSON", "<html>", "none", "! positions, line 1: invalid character '<' looking for beginning of value"},
		{"cut off", three + `{"page":`, "none", "a 甲 乙\n! positions, line 5: unexpected end of JSON input"},
	} {
		if got := read(c.positions, c.pages); got != c.want {
			t.Errorf("%s: got\n%swant\n%s", c.name, got, c.want)
		}
	}
}

func TestPageReaderTellsErrors(t *testing.T) {
	broken := errors.New("broken")
	if _, err := NewPageReader(iotest.ErrReader(broken), nil).Next(); !errors.Is(err, broken) {
		t.Error(err)
	}
	if _, err := NewPageReader(strings.NewReader(""), iotest.ErrReader(broken)).Next(); !errors.Is(err, broken) {
		t.Error(err)
	}
}

func TestAnswerName(t *testing.T) {
	names := map[string]bool{"b": true, "b.mobile": true, "2023.11": true, "17": true, "": true, "rows.jsonl:3": true}
	for uri, want := range map[string]string{
		"pages/b.html": "b", "b": "b", "b.docx": "b", "x/b.mobile.html": "b.mobile", "b.flat.txt": "b", "b.mobile": "b.mobile",
		"2023.11.html": "2023.11", "2023.html": "", "bb.html": "", "b/": "b", "rows.jsonl#17": "17", "rows.jsonl:3": "rows.jsonl:3",
		"https://example.com/jobs/b.html?page=2": "b", "": "", ".html": "", "#": "",
	} {
		if got, ok := AnswerName(uri, func(name string) bool { return names[name] }); ok != (want != "") || ok && got != want {
			t.Errorf("%s: %q, %v; want %q", uri, got, ok, want)
		}
	}
}
