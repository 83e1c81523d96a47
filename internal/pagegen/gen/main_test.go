package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhize/internal/evaluate"
)

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	if err := run([]string{"-seed", "3", "-count", "70", "-o", dir}); err != nil {
		t.Fatal(err)
	}
	tags, err := os.ReadFile(filepath.Join(dir, "tags.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(tags)), "\n")
	if len(lines) != 70 {
		t.Fatalf("tags.tsv has %d lines", len(lines))
	}
	for i, line := range lines {
		name, _, _ := strings.Cut(line, "\t")
		if i > 0 && line < lines[i-1] {
			t.Errorf("%s is out of order", name)
		}
		if info, err := os.Stat(filepath.Join(dir, "pages", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
		data, err := os.ReadFile(filepath.Join(dir, "answers", strings.TrimSuffix(name, filepath.Ext(name))+".json"))
		if err != nil {
			t.Fatal(err)
		}
		if a, err := evaluate.ParseAnswer(data); err != nil || len(a.Positions) == 0 {
			t.Errorf("the answer of %s: %v", name, err)
		}
	}
}

func TestLines(t *testing.T) {
	dir := t.TempDir()
	var files [2][]byte
	for i := range files {
		name := filepath.Join(dir, "pages.jsonl")
		if err := run([]string{"-seed", "3", "-count", "150", "-first", "1000", "-jsonl", name}); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[i] = data
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("the same seed makes two files")
	}
	n := 0
	for line := range bytes.Lines(files[0]) {
		var r row
		if err := json.Unmarshal(line, &r); err != nil || r.Name == "" || (r.HTML == "") == (r.Text == "") {
			t.Fatalf("line %d: %v: %.80s", n+1, err, line)
		}
		n++
	}
	if n != 150 {
		t.Errorf("%d lines", n)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".gen-*")); len(left) > 0 {
		t.Errorf("%v is left", left)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{{}, {"-o", "a", "-jsonl", "b"}, {"-o", t.TempDir(), "-shapes", "body/none"}, {"-jsonl", filepath.Join(t.TempDir(), "no", "file")}} {
		if err := run(args); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
}
