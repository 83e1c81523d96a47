package source

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestGlobsAsInputs(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"2023/a.html": "1", "2023/b.txt": "2", "2024/q1/c.html": "3", "2024/d.htm": "4", "e.html": "5", "2024/.f.html": "x",
		"2024/pic.png": "x", "[1].txt": "6",
	})
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"*.html", []string{"e.html=5"}},
		{"**/*.html", []string{"2023/a.html=1", "2024/q1/c.html=3", "e.html=5"}},
		{"202?/*.{html,htm}", []string{"2023/a.html=1", "2024/d.htm=4"}},
		{"202[34]", []string{"2023/a.html=1", "2023/b.txt=2", "2024/d.htm=4", "2024/q1/c.html=3"}},
		{"2024/**", []string{"2024/d.htm=4", "2024/q1/c.html=3"}},
		{"[1].txt", []string{"[1].txt=6"}}, // a name that is there is no pattern
	} {
		got, _ := read(t, dir, Options{Inputs: []string{filepath.Join(dir, c.in)}})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s:\n%s", c.in, diff)
		}
	}
	got, s := read(t, dir, Options{Inputs: []string{filepath.Join(dir, "*.html"), filepath.Join(dir, "e.*")}})
	if len(got) != 1 || s.Skipped()["(repeated)"] != 1 {
		t.Errorf("patterns that overlap: %q, %v", got, s.Skipped())
	}
	for in, want := range map[string]string{
		"*.pdf": "there is no file or folder that", "none/*.html": "there is no folder", "[x": "is not closed", "none.html": "there is no file or folder",
	} {
		if _, err := Open(Options{Inputs: []string{filepath.Join(dir, in)}}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", in, err)
		}
	}
}

func TestIgnore(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		IgnoreName: "*.bak.html\n/drafts/\n", "a.html": "1", "a.bak.html": "x", "drafts/b.html": "x", "in/drafts/c.html": "2",
		"in/" + IgnoreName: "!keep.bak.html\n*.txt\n[\n", "in/keep.bak.html": "3", "in/d.txt": "x", "out/d.txt": "4",
		"in/deep/d.txt": "x", "in/deep/" + IgnoreName: "!d.txt\n",
	})
	got, s := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{
		"a.html=1", "in/" + IgnoreName + "!bad-rule", "in/deep/d.txt=x", "in/drafts/c.html=2", "in/keep.bak.html=3", "out/d.txt=4",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"(ignored)": 3}, s.Skipped()); diff != "" {
		t.Errorf("skipped:\n%s", diff)
	}
	// What the options say stands above the files, and holds for inputs, too.
	got, s = read(t, dir, Options{Inputs: []string{filepath.Join(dir, "out"), filepath.Join(dir, "a.html"), filepath.Join(dir, "in")}, Ignore: []string{"a.html", "*.txt", "drafts/"}})
	if diff := cmp.Diff([]string{"in/" + IgnoreName + "!bad-rule", "in/keep.bak.html=3"}, got); diff != "" {
		t.Errorf("with options:\n%s", diff)
	}
	if s.Skipped()["(ignored)"] != 5 {
		t.Errorf("skipped %v", s.Skipped())
	}
	if _, err := Open(Options{Inputs: []string{dir}, Ignore: []string{"["}}); err == nil || !strings.Contains(err.Error(), "what is to be ignored") {
		t.Errorf("a rule that makes no sense: %v", err)
	}
}

// TestListing has more names than are read at once, and folders among them.
func TestListing(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{"a/x": "", "a.b": "", "a0": ""}
	for i := range listBatch + 10 {
		files[fmt.Sprintf("n%05d.txt", i)] = ""
	}
	write(t, dir, files)
	l, err := list(dir)
	if err != nil || l.len() != len(files) {
		t.Fatalf("%d names, %v", l.len(), err)
	}
	last := ""
	for i := range l.len() {
		name, mode := l.at(i)
		if mode.IsDir() {
			name += "/"
		}
		if name <= last {
			t.Fatalf("%q stands behind %q", name, last)
		}
		last = name
	}
	if _, err := list(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is not there has names")
	}
}
