package main

import (
	"bufio"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// goldens lists command lines whose whole output is looked at by a person: it
// stands in testdata/golden and is rewritten by `go test -update`. Words in
// braces are ids, found in the output of the search for the words.
var goldens = [...]struct {
	name string
	args []string
}{
	{"run", []string{"run", "pages"}},
	{"search", []string{"search", "客户", "回访"}},
	{"search-colour", []string{"search", "客户", "回访", "--color", "always"}},
	{"search-facets", []string{"search", "工作", "--facets", "title,kind"}},
	{"search-positions", []string{"search", "客户", "--group", "position", "--limit", "2"}},
	{"show-item", []string{"show", "{报表}"}},
	{"show-position", []string{"show", "{position 报表}"}},
	{"show-position-fields", []string{"show", "{position 仓库的日常}"}},
	{"show-page", []string{"show", "{page 叉车}"}},
	{"show-duty", []string{"show", "{duty 回访已成交}"}},
	{"extract", []string{"extract", "pages/客服部.html"}},
	{"extract-markdown", []string{"extract", "--format", "markdown", "pages/客服部.html"}},
	{"explain", []string{"extract", "--explain", "pages/客服部.html"}},
	{"explain-colour", []string{"extract", "--explain", "--color", "always", "pages/仓储部.txt"}},
	{"stats", []string{"stats", "zhize-out"}},
	{"verify", []string{"verify", "zhize-out"}},
}

// TestGolden compares what people read with what was looked at.
func TestGolden(t *testing.T) {
	golden, err := filepath.Abs("testdata/golden")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "pages"), os.DirFS(filepath.Join(golden, "pages"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	for _, g := range goldens {
		t.Run(g.name, func(t *testing.T) {
			args := make([]string, len(g.args))
			for i, arg := range g.args {
				args[i] = identified(t, arg)
			}
			out, errs, err := execute(args...)
			if err != nil {
				t.Fatalf("zhize %s: %v\n%s", strings.Join(args, " "), err, errs)
			}
			if errs != "" {
				t.Errorf("stderr is %q", errs)
			}
			compareGolden(t, filepath.Join(golden, g.name+".txt"), timeless(out))
		})
	}
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("another output than in %s (-want +got):\n%s", filepath.Base(name), diff)
	}
}

// execute runs a command line in this process, as in a pipe.
func execute(args ...string) (stdout, stderr string, err error) {
	var out, errs bytes.Buffer
	a := &app{stdin: strings.NewReader(""), stdout: bufio.NewWriter(&out), stderr: &errs, getenv: func(string) string { return "" }}
	err = a.execute(context.Background(), args)
	return out.String(), errs.String(), err
}

// timeless takes out of an output what every run has anew.
func timeless(s string) string {
	for _, r := range []struct{ pattern, by string }{
		{`under 1 ms|\d[\d,.]* (ms|s)\b`, "N ms"},
		{`, pages read at [\d,]+ a second`, ""},
	} {
		s = regexp.MustCompile(r.pattern).ReplaceAllString(s, r.by)
	}
	return s
}

// identified puts an id in the place of {words}, {position words}, {page
// words} or {duty words}.
func identified(t *testing.T, arg string) string {
	t.Helper()
	words, ok := strings.CutPrefix(arg, "{")
	if !ok {
		return arg
	}
	words = strings.TrimSuffix(words, "}")
	what, rest, ok := strings.Cut(words, " ")
	if !ok {
		what, rest = "item", words
	}
	if what == "duty" {
		return lineID(t, "zhize-out/duties.jsonl", rest)
	}
	out, _, err := execute("search", rest)
	if err != nil {
		t.Fatal(err)
	}
	id := regexp.MustCompile(`[0-9a-f]{16}-p\d{3}-i\d{3}`).FindString(out)
	switch what {
	case "position":
		id = strings.TrimRight(id, "0123456789")
		id = strings.TrimSuffix(id, "-i")
	case "page":
		id, _, _ = strings.Cut(id, "-")
	}
	return id
}

// lineID is the id in the first line of a file that has the words.
func lineID(t *testing.T, name, words string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, words) {
			_, rest, _ := strings.Cut(line, `"id":"`)
			id, _, _ := strings.Cut(rest, `"`)
			return id
		}
	}
	t.Fatalf("no line of %s has %s", name, words)
	return ""
}
