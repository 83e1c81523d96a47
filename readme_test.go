package zhize_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// examples are the documents whose blocks of ```console are what the program
// prints. A block holds command lines behind "$ ", each with its output; a line
// "…" stands for any lines.
var examples = [...]string{"README.md", "docs/query.md", "docs/rules.md", "docs/formats.md"}

var consoleBlock = regexp.MustCompile("(?ms)^```console\n(.*?)^```$")

// TestExamples runs the command lines of the documents on the outputs of
// `zhize run testdata/pages`; -update rewrites what they print.
func TestExamples(t *testing.T) {
	sh := exampleShell(t)
	for _, name := range examples {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			fresh := consoleBlock.ReplaceAllStringFunc(string(data), func(block string) string {
				body := consoleBlock.FindStringSubmatch(block)[1]
				return "```console\n" + exampleBlock(t, sh, body) + "```"
			})
			if !*update || fresh == string(data) {
				return
			}
			if err := os.WriteFile(name, []byte(fresh), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestQueriesFind runs the queries of the table in docs/query.md, which says
// that each of them finds something.
func TestQueriesFind(t *testing.T) {
	sh := exampleShell(t)
	data, err := os.ReadFile("docs/query.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(data), "\n## Terms\n")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(table, -1)
	if len(rows) < 10 {
		t.Fatalf("the table has %d queries", len(rows))
	}
	for _, row := range rows {
		out, err := sh("zhize search --json -- '" + row[1] + "'")
		if err != nil {
			t.Errorf("%s finds nothing: %v\n%s", row[1], err, out)
		}
	}
}

// exampleShell builds the program, runs it over testdata/pages, and gives what
// runs a command line in the folder of its outputs.
func exampleShell(t *testing.T) func(line string) (string, error) {
	t.Helper()
	for _, tool := range []string{"go", "sh"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("there is no %s here", tool)
		}
	}
	if testing.Short() {
		t.Skip("it builds the program")
	}
	dir := t.TempDir()
	bin := filepath.Join(dir, "bin")
	build := exec.Command("go", "build", "-buildvcs=false", "-o", bin+string(filepath.Separator), "./cmd/zhize")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	if err := os.CopyFS(filepath.Join(dir, "testdata/pages"), os.DirFS("testdata/pages")); err != nil {
		t.Fatal(err)
	}
	env := append(os.Environ(), "PATH="+bin+string(filepath.ListSeparator)+os.Getenv("PATH"), "NO_COLOR=1")
	sh := func(line string) (string, error) {
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir, cmd.Env = dir, env
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	if out, err := sh("zhize run testdata/pages"); err != nil {
		t.Fatalf("zhize run: %v\n%s", err, out)
	}
	return sh
}

// exampleBlock checks the command lines of one block, and gives the block with
// what they print now.
func exampleBlock(t *testing.T, sh func(string) (string, error), body string) string {
	var fresh strings.Builder
	for i, part := range strings.Split("\n"+body, "\n$ ") {
		if i == 0 {
			if strings.TrimSpace(part) != "" {
				t.Errorf("a block begins without a command: %q", part)
			}
			continue
		}
		line, want, _ := strings.Cut(part, "\n")
		got, err := sh(line)
		if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
			t.Fatalf("%s: %v", line, err)
		}
		want, got = strings.TrimRight(want, "\n"), strings.TrimRight(got, "\n")
		shown, ok := exampleOutput(want, got)
		switch {
		case !ok:
			t.Errorf("%s: nothing of it is printed any more; write it anew:\n%s", line, got)
		case !*update:
			if diff := cmp.Diff(exampleTimeless(want), exampleTimeless(shown)); diff != "" {
				t.Errorf("%s: go test -run TestExamples -update writes what it prints (-want +got):\n%s", line, diff)
			}
		case exampleTimeless(want) == exampleTimeless(shown):
			shown = want // its times will do
		}
		fresh.WriteString("$ " + line + "\n" + shown + "\n")
	}
	return fresh.String()
}

// exampleOutput gives the lines of an output that stand where those of want
// do: between two "…" the run of lines, of the same number, that is most like
// want's. ok is false where a run is like nothing.
func exampleOutput(want, got string) (shown string, ok bool) {
	out := strings.Split(got, "\n")
	var segments [][]string
	segment := []string{}
	for line := range strings.SplitSeq(want, "\n") {
		if line == "…" {
			segments, segment = append(segments, segment), []string{}
			continue
		}
		segment = append(segment, line)
	}
	segments = append(segments, segment)
	if len(segments) == 1 {
		return got, true
	}
	var lines []string
	at := 0
	for i, s := range segments {
		n := min(len(s), len(out)-at)
		begin, most, whole := at, -1, len(strings.Join(s, ""))
		first, last := at, len(out)-n
		switch i {
		case 0:
			last = first
		case len(segments) - 1:
			first = last
		}
		for from := first; from <= last; from++ {
			if n := alikeLines(s, out[from:from+n]); n > most {
				begin, most = from, n
			}
		}
		if 3*most < whole {
			return "", false
		}
		if i > 0 {
			lines = append(lines, "…")
		}
		lines = append(lines, out[begin:begin+n]...)
		at = begin + n
	}
	return strings.Join(lines, "\n"), true
}

// alikeLines counts the bytes with which lines of a begin and end like those of b.
func alikeLines(a, b []string) int {
	n := 0
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		head := 0
		for head < min(len(x), len(y)) && x[head] == y[head] {
			head++
		}
		tail := 0
		for tail < min(len(x), len(y))-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
			tail++
		}
		n += head + tail
	}
	return n
}

// exampleTimeless takes out of an output what every run has anew.
func exampleTimeless(s string) string {
	s = regexp.MustCompile(`under 1 ms|\d[\d,.]* (ms|s)\b`).ReplaceAllString(s, "N ms")
	return regexp.MustCompile(`"took_ms":[\d.]+`).ReplaceAllString(s, `"took_ms":0`)
}
