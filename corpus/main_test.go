package corpus

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.uber.org/goleak"

	"zhize"
	"zhize/corpus/internal/store"
	"zhize/document"
	"zhize/extract"
	"zhize/index"
	"zhize/record"
)

// childDir tells a copy of the test program to do one run and end.
const childDir = "ZHIZE_TEST_CHILD_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		e := testEngine()
		plain := e.process
		e.process = func(in zhize.Input, ev zhize.Evidence) (*document.Document, error) {
			time.Sleep(4 * time.Millisecond)
			return plain(in, ev)
		}
		if _, err := run(context.Background(), Options{Inputs: []string{os.Getenv(childDir + "_IN")}, Dir: dir, Workers: 2}, e); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		os.Exit(0)
	}
	goleak.VerifyTestMain(m)
}

// testEngine processes pages of a simple form and builds an index of one file.
func testEngine() engine {
	return engine{
		process: simple,
		index: func(_ context.Context, dir string, positions io.ReadSeeker, _ bool, progress func(int)) (index.Info, error) {
			raw, err := io.ReadAll(positions)
			if err != nil {
				return index.Info{}, err
			}
			if err := os.MkdirAll(filepath.Join(dir, store.IndexDir), 0o755); err != nil {
				return index.Info{}, err
			}
			n := strings.Count(string(raw), `"marker"`)
			progress(n)
			return index.Info{Schema: "1", Dictionary: "none", Documents: n}, os.WriteFile(filepath.Join(dir, store.IndexDir, "data"), raw, 0o644)
		},
		versions: record.Versions{Zhize: "test", Build: "1", Go: "go"},
	}
}

// simple makes a document of lines: "#title" opens a position, "N、text" is an
// item, "~" in an item is deleted, other lines are dropped.
func simple(in zhize.Input, _ zhize.Evidence) (*document.Document, error) {
	switch {
	case len(in.Data) == 0:
		return nil, &extract.RejectError{Stage: "decode", Reason: "empty", Message: "nothing in it"}
	case slices.Contains(in.Data, 0):
		return nil, &extract.RejectError{Stage: "decode", Reason: "binary", Message: "a NUL byte"}
	case !utf8.Valid(in.Data):
		return nil, &extract.RejectError{Stage: "decode", Reason: "undecodable", Message: "not UTF-8"}
	case strings.Contains(string(in.Data), "PANIC"):
		panic("told to")
	}
	d := &document.Document{
		Page:     document.Page{URI: in.URI, Charset: "utf-8", CharsetWhy: "valid", Title: in.Title, Site: "example.org"},
		Source:   string(in.Data),
		Articles: []document.Article{{Ordinal: 1}},
	}
	region := func(start, end int, role document.Role, reason document.Reason) {
		if end > start {
			d.Regions = append(d.Regions, document.Region{Span: document.Span{Start: start, End: end}, Role: role, Reason: reason})
		}
	}
	a := &d.Articles[0]
	for at := 0; at < len(d.Source); {
		end := len(d.Source)
		if i := strings.IndexByte(d.Source[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := d.Source[at:end]
		number, text, isItem := strings.Cut(line, "、")
		n, err := strconv.Atoi(number)
		switch {
		case strings.HasPrefix(line, "#") && len(line) > 1:
			s := document.Span{Start: at, End: end}
			a.Positions = append(a.Positions, document.Position{
				Title: document.Span{Start: at + 1, End: end}, Origin: document.FromHeading, Heading: s,
			})
			region(at, end, document.RoleHeading, document.NoReason)
		case isItem && err == nil && strings.Trim(text, " ~") != "":
			if len(a.Positions) == 0 {
				a.Positions = append(a.Positions, document.Position{})
			}
			p := &a.Positions[len(a.Positions)-1]
			if len(p.Sections) == 0 {
				p.Sections = []document.Section{{Kind: document.Responsibilities, Span: document.Span{Start: at}}}
			}
			s := &p.Sections[0]
			mark := at + len(number) + len("、")
			s.Items = append(s.Items, document.Item{
				Number: n, Marker: document.Span{Start: at, End: mark}, Span: document.Span{Start: mark, End: end},
			})
			s.Span.End = end
			region(at, mark, document.RoleMarker, document.NoReason)
			region(mark, end, document.RoleItem, document.NoReason)
			for i := mark; i < end; i++ {
				if d.Source[i] == '~' {
					d.Edits = append(d.Edits, document.Edit{
						Rule: "tilde", Span: document.Span{Start: i, End: i + 1}, Before: "~", Confidence: 1,
					})
				}
			}
		case strings.TrimSpace(line) == "":
			region(at, end, document.RoleBlank, document.NoReason)
		default:
			region(at, end, document.RoleDropped, document.Unplaced)
		}
		at = min(end+1, len(d.Source))
		region(end, at, document.RoleBlank, document.NoReason)
	}
	return d, document.Check(d)
}

// write makes files under a folder, with their folders.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// pages are the files of a small corpus: n pages in folders, of which some
// repeat others, some are rejected and some hold nothing.
func pages(n int) map[string]string {
	files := map[string]string{}
	for i := range n {
		text := fmt.Sprintf("网站导航\n#岗位%d\n1、负责第%d区的盘点~工作\n2、与客户保持联系😀\n4、完成领导交办的事\n", i%7, i%11)
		switch i % 13 {
		case 4:
			text = "#岗位四\n1、负责第四区\n"
		case 6:
			text = ""
		case 9:
			text = "没有职责的一页" + strconv.Itoa(i)
		}
		files[fmt.Sprintf("s%d/%03d.txt", i%3, i)] = text
	}
	return files
}

// runTest runs over an input folder.
func runTest(t *testing.T, in, out string, change func(*Options)) *Summary {
	t.Helper()
	o := Options{Inputs: []string{in}, Dir: out, Workers: 2}
	if change != nil {
		change(&o)
	}
	s, err := run(context.Background(), o, testEngine())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// outputs are the contents of the files that must not depend on how they came
// to be.
func outputs(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{store.PagesName, store.PositionsName, store.DutiesName, store.RejectsName} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(raw)
	}
	return out
}
