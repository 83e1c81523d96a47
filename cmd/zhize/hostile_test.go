//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// smallRun makes a run of one page in a folder and gives its output folder.
func smallRun(t *testing.T, dir string) string {
	t.Helper()
	page := "客服部职责汇编\n\n客服专员岗位职责\n1、受理客户投诉，当日回复。\n2、回访客户，记录满意度。\n"
	if err := os.WriteFile(filepath.Join(dir, "p.txt"), []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if _, said, err := execute("run", filepath.Join(dir, "p.txt"), "-o", out); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return out
}

// TestHostileQueries asks what no person types: each query is answered, or refused
// with one sentence and, where it cannot be read, its place.
func TestHostileQueries(t *testing.T) {
	out := smallRun(t, t.TempDir())
	const unreadable = "zhize: cannot read the query: "
	for _, test := range []struct {
		query string
		code  int
		says  string
	}{
		{strings.Repeat("客", 1<<20/3), exitFailure, unreadable + "the query is longer than 4,096 bytes: shorten it"},
		{strings.Repeat("客户 ", 1<<20/7), exitFailure, unreadable + "the query is longer than 4,096 bytes"},
		{strings.Repeat("(", 1<<20), exitFailure, unreadable + "the query is longer than 4,096 bytes"},
		{strings.Repeat("\x00", 1<<20), exitFailure, unreadable + "the query is longer than 4,096 bytes"},
		{strings.Repeat("客户 ", 585), exitDone, ""}, // the longest that there may be
		{strings.Repeat("客 OR ", 500) + "户", exitDone, ""},
		{strings.Repeat("甲乙丙丁 ", 300), exitNothing, "zhize: nothing found"},
		{strings.Repeat("a* ", 1000), exitNothing, "zhize: nothing found"},
		{strings.Repeat("kehu ", 800), exitDone, "zhize: kehu is read as pinyin: 客户"},
		{strings.Repeat("k", 4096), exitNothing, "zhize: nothing found"},
		{strings.Repeat(`"客户" `, 400), exitDone, ""},
		{strings.Repeat("(客户 OR ", 31) + "投诉" + strings.Repeat(")", 31), exitDone, ""},
		{strings.Repeat("(客户 OR ", 33) + "投诉" + strings.Repeat(")", 33), exitFailure, unreadable + "the query nests deeper than 32 levels"},
		{strings.Repeat("-(", 2000), exitFailure, unreadable + "the query nests deeper than 32 levels"},
		{"OR", exitFailure, unreadable + `nothing stands before this OR; \OR is the word`},
		{"AND AND AND", exitFailure, unreadable + "nothing stands before this AND"},
		{"客户 OR AND", exitFailure, unreadable + "nothing stands before this AND"},
		{" -", exitFailure, unreadable + "a - needs what to leave out"},
		{" --- ", exitFailure, unreadable + "a - needs what to leave out"},
		{"*", exitFailure, unreadable + "a * "},
		{":", exitNothing, "zhize: nothing found"},
		{"( ) ( )", exitFailure, unreadable + "there is nothing between the parentheses"},
		{"((客户)", exitFailure, unreadable + "this ( is not closed"},
		{"（客户", exitFailure, unreadable + "this ( is not closed"},
		{"客户))", exitFailure, unreadable + "no ( stands before this )"},
		{`客户"投诉`, exitFailure, unreadable + "this quotation mark is not closed"},
		{"“客户", exitFailure, unreadable + "this quotation mark is not closed"},
		{`客户\`, exitFailure, unreadable},
		{"title:", exitFailure, unreadable + "title: needs its value"},
		{"number:-1", exitFailure, unreadable + "number: needs a whole number from 1"},
		{"客户\x00投诉", exitFailure, unreadable + "the query holds a NUL character"},
		{"客户\x1b[2J", exitFailure, unreadable + "the query holds a control character"},
		{"客户\xe6\x8a", exitFailure, unreadable + "the query is not valid UTF-8 here"},
		{"\xff\xfe\x00", exitFailure, unreadable + "the query is not valid UTF-8 here"},
		{"\xed\xa0\x80", exitFailure, unreadable + "the query is not valid UTF-8 here"}, // half of a pair
		{"\ufffd", exitNothing, "zhize: nothing found"},
		{"\u202e客户\u202c", exitDone, ""},
		{"，、；。", exitNothing, "zhize: nothing found"},
		{"……", exitNothing, "zhize: nothing found"},
	} {
		_, said, err := execute("search", test.query, "-i", out)
		if code := exitCode(err); code != test.code || !strings.HasPrefix(said, test.says) || test.says == "" && said != "" {
			t.Errorf("%.40q ends with %d, not %d, and says %.200q, not %q", test.query, code, test.code, said, test.says)
		}
		if lines := strings.Count(said, "\n"); strings.HasPrefix(said, unreadable) && (lines != 3 || !strings.HasSuffix(said, "^\n")) || len(said) > 1000 {
			t.Errorf("%.40q: %d bytes on stderr: %.300s", test.query, len(said), said)
		}
		if !utf8.ValidString(said) || strings.ContainsAny(said, "\x00\x1b\x07") {
			t.Errorf("%.40q: %q on stderr", test.query, said)
		}
	}
}

// TestHostileFolders searches and serves what is no whole index: exit code 2
// and one sentence that says what to do.
func TestHostileFolders(t *testing.T) {
	for _, test := range []struct {
		what string
		do   func(out string) error
		says string
	}{
		{"a file in its place", func(out string) error {
			return errors.Join(os.RemoveAll(out), os.WriteFile(out, nil, 0o644))
		}, "zhize: OUT is a file, and a folder that zhize run wrote is needed"},
		{"no folder", os.RemoveAll, "zhize: there is no folder OUT; zhize run INPUT… -o OUT makes it"},
		{"no index", func(out string) error { return os.RemoveAll(filepath.Join(out, "index")) },
			"zhize: there is no index (OUT); rebuild it with: zhize index OUT"},
		{"an index that is a file", func(out string) error {
			return errors.Join(os.RemoveAll(filepath.Join(out, "index")), os.WriteFile(filepath.Join(out, "index"), nil, 0o644))
		}, "zhize: the index is damaged (OUT): index is no folder; rebuild it with: zhize index OUT"},
		{"an empty folder for an index", func(out string) error {
			return errors.Join(os.RemoveAll(filepath.Join(out, "index")), os.Mkdir(filepath.Join(out, "index"), 0o755))
		}, "zhize: the index is damaged (OUT): info.json is missing; rebuild it with: zhize index OUT"},
		{"a deleted segment", func(out string) error { return os.Remove(anySegment(out)) }, "zhize: the index is damaged (OUT): SEGMENT is missing; rebuild it with: zhize index OUT"},
		{"half a segment", func(out string) error { return os.Truncate(anySegment(out), 60) }, "zhize: the index is damaged (OUT): SEGMENT has 60 bytes where "},
		{"another version", func(out string) error {
			name := filepath.Join(out, "index", "info.json")
			b, err := os.ReadFile(name)
			return errors.Join(err, os.WriteFile(name, []byte(strings.Replace(string(b), "zhize-index/", "zhize-index/9", 1)), 0o644))
		}, "zhize: the index was made by another version (OUT): its format is "},
		{"a build that was killed", func(out string) error {
			return os.Rename(filepath.Join(out, "index"), filepath.Join(out, "index.tmp-1"))
		}, "zhize: there is no index (OUT): a build is running or was interrupted; rebuild it with: zhize index OUT"},
	} {
		out := smallRun(t, t.TempDir())
		segment := filepath.Base(anySegment(out))
		if err := test.do(out); err != nil {
			t.Fatal(err)
		}
		want := strings.NewReplacer("OUT", out, "SEGMENT", segment).Replace(test.says)
		for _, args := range [][]string{{"search", "客户"}, {"search", "客户", "--json"}, {"search", "--duties", "客户"}, {"serve", "--port", "0"}} {
			stdout, said, err := execute(append(args, "-i", out)...)
			if code := exitCode(err); code != exitFailure || stdout != "" || !strings.HasPrefix(said, want) || strings.Count(said, "\n") != 1 {
				t.Errorf("%s, %v: ends with %d and says %q, not %q", test.what, args, code, said, want)
			}
		}
	}
}

func anySegment(out string) string {
	names, _ := filepath.Glob(filepath.Join(out, "index", "*.zap"))
	if len(names) == 0 {
		return "none"
	}
	return names[0]
}

// TestSearchWhileIndexed searches, as a process each time, while other processes
// build the index anew: every search finds what there is.
func TestSearchWhileIndexed(t *testing.T) {
	dir := t.TempDir()
	out := smallRun(t, dir)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	stop, done := make(chan struct{}), make(chan error, 1)
	go func() {
		for {
			select {
			case <-stop:
				done <- nil
				return
			default:
			}
			build := exec.Cmd{Path: self, Args: []string{"zhize", "index", out}}
			if said, err := build.CombinedOutput(); err != nil {
				done <- fmt.Errorf("%w: %s", err, said)
				return
			}
		}
	}()
	for range 20 {
		cmd, _, stderr := start(t, dir, "search", "客户", "-i", out, "--json")
		stdout := new(strings.Builder)
		cmd.Stdout = stdout
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		endedWith(t, cmd, exitDone, stderr)
		if !strings.Contains(stdout.String(), `{"total":2,`) || stderr.Len() > 0 {
			t.Errorf("found %s, said %s", stdout, stderr)
		}
	}
	close(stop)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
