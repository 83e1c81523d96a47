package index

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"zhize/record"
)

// corpus reads a file of duties as lines of positions.jsonl. Lines are
// "# uri | site | page title | article | title" for a position ("-" is null),
// "= kind" for a section, "1 text" for an item and "- text" for one without
// number, which is a child where it follows a numbered one.
func corpus(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var all []*record.Position
	pages := map[string]int{}
	null := func(s string) *string {
		if s = strings.TrimSpace(s); s != "-" {
			return &s
		}
		return nil
	}
	at := 0
	for line := range strings.Lines(string(data)) {
		mark, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch mark {
		case "#":
			f := strings.Split(rest, "|")
			uri := strings.TrimSpace(f[0])
			pages[uri]++
			page := fmt.Sprintf("%016x", uri[0])
			all = append(all, &record.Position{
				Schema: record.Schema, ID: fmt.Sprintf("%s-p%03d", page, pages[uri]), Ordinal: pages[uri],
				Page:    record.PageRef{ID: page, URI: uri, Site: null(f[1]), Title: null(f[2])},
				Article: record.ArticleRef{Ordinal: pages[uri], Heading: null(f[3])}, Title: null(f[4]),
			})
		case "=":
			p := all[len(all)-1]
			p.Sections = append(p.Sections, record.Section{Kind: rest})
		default:
			sections := all[len(all)-1].Sections
			items := &sections[len(sections)-1].Items
			it := record.Item{Text: rest, Span: record.Span{at, at + len([]rune(rest))}, Flags: []string{}}
			if n, err := strconv.Atoi(mark); err == nil {
				it.Number = &n
			} else if k := len(*items); k > 0 && (*items)[k-1].Number != nil {
				it.Flags = []string{"truncated", "repeated"}
				items = &(*items)[k-1].Children
			}
			*items = append(*items, it)
		}
		at += len([]rune(line))
	}
	var b bytes.Buffer
	for _, p := range all {
		if err := json.NewEncoder(&b).Encode(p); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// open builds an index of lines and opens it.
func open(t testing.TB, lines []byte) *Index {
	t.Helper()
	dir := t.TempDir()
	if _, err := Build(context.Background(), dir, bytes.NewReader(lines), nil); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func find(t testing.TB, x *Index, req Request) *Result {
	t.Helper()
	res, err := x.Search(context.Background(), req)
	if err != nil {
		t.Fatalf("%+v: %v", req, err)
	}
	return res
}

// marked shows a text with its highlights in brackets.
func marked(h record.Hit) string {
	runes, out, at := []rune(h.Text), "", 0
	for _, s := range h.Highlights {
		out += string(runes[at:s[0]]) + "[" + string(runes[s[0]:s[1]]) + "]"
		at = s[1]
	}
	return out + string(runes[at:])
}
