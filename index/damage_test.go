package index

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// searches are what is asked of a damaged index: each kind of leaf, filter,
// grouping, order and answer.
var searches = []Request{
	{}, {Query: "客户"}, {Query: "客户 投诉 OR 回访"}, {Query: `"客户关系"`}, {Query: "客*"}, {Query: "kehu"}, {Query: "客护 投拆"},
	{Title: "经理", Sort: "number"}, {Query: "kind:职责 -客户", GroupBy: "page"}, {Query: "number:1", GroupBy: "position", Sort: "page"},
	{Facets: []string{"title", "kind", "site"}, Limit: 50}, {Similar: "0000000000000061-p001-i001"},
}

// twoParts makes an index that was updated: it has two parts, and documents that
// are gone.
func twoParts(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	lines := bytes.SplitAfter(corpus(t, "testdata/duties.txt"), []byte("\n"))
	build(t, dir, bytes.Join(lines[:len(lines)-2], nil))
	if u := updated(t, dir, lines[1:], always); u.Rebuilt {
		t.Fatal("the index has one part")
	}
	return dir
}

// indexFiles lists the files of an index.
func indexFiles(t *testing.T, dir string) (names []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, folder), func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, err = filepath.Rel(filepath.Join(dir, folder), name)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil || len(names) < 20 {
		t.Fatalf("%d files: %v", len(names), err)
	}
	return names
}

// TestHalfCopied cuts each file of an index short at several places, and takes
// each away: the index is refused and says why and what to do.
func TestHalfCopied(t *testing.T) {
	dir := twoParts(t)
	for _, file := range indexFiles(t, dir) {
		name := filepath.Join(dir, folder, file)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		n := len(whole)
		for _, size := range []int{0, 1, n / 4, n / 2, n * 3 / 4, n - 1} {
			if size < 0 || size >= n {
				continue // the file is short
			}
			if file == infoName && size == n-1 {
				continue // its last byte is a line end
			}
			if err := os.WriteFile(name, whole[:size], 0o644); err != nil {
				t.Fatal(err)
			}
			refused(t, dir, ErrDamaged, file)
		}
		if err := os.WriteFile(name, append(whole[:n:n], 0), 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrDamaged, file)
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrDamaged, file)
		if err := os.Mkdir(name, 0o755); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrDamaged, file)
		if err := errors.Join(os.Remove(name), os.WriteFile(name, whole, 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatalf("with all files put back: %v", err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	// A folder that is a file.
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, folder)), os.WriteFile(filepath.Join(dir, folder), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, ErrDamaged, "")
}

// TestFlippedBytes changes single bytes of each file, which no size shows: every
// search ends with a result or says that the index is damaged, and Verify names
// the file.
func TestFlippedBytes(t *testing.T) {
	dir := twoParts(t)
	r := rand.New(rand.NewPCG(7, 7))
	for _, file := range indexFiles(t, dir) {
		name := filepath.Join(dir, folder, file)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for range min(20, 20*len(whole)) { // an empty one has no bytes
			bad := append([]byte(nil), whole...)
			for range 1 + r.IntN(3) {
				bad[r.IntN(len(bad))] ^= byte(1 + r.IntN(255))
			}
			if err := os.WriteFile(name, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			if err := Verify(dir); file != infoName && (!errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), file)) {
				t.Errorf("%s is not named: %v", file, err)
			}
			x, err := Open(dir)
			if err != nil {
				if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
					t.Errorf("%s: %v", file, err)
				}
				continue
			}
			for _, req := range searches {
				if _, err := x.Search(context.Background(), req); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNoItem) {
					t.Errorf("%s, %+v: %v", file, req, err)
				}
			}
			if err := x.Close(); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCutWhileOpen cuts files of an index short that is open, as cp over it
// does: what lies behind the new end is gone from under the map.
func TestCutWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be cut short here")
	}
	lines, _ := synthLines(3, 3000)
	for _, file := range []string{"words.zap", "grams.zap", "titles.zap", "duties.rows", "positions.rows", "positions.data", "pages.rows", "pages.data", "texts.data", "titles.rows", "titles.data"} {
		dir := t.TempDir()
		build(t, dir, lines)
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(filepath.Join(dir, folder, file), 0); err != nil {
			t.Fatal(err)
		}
		failed := 0
		for _, req := range append(searches, Request{Query: "合同 审核"}, Request{Query: "title:会计"}, Request{Query: "经理 的"}) {
			if _, err := x.Search(context.Background(), req); err != nil {
				if failed++; !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNoItem) {
					t.Errorf("%s, %+v: %v", file, req, err)
				}
			}
		}
		if failed == 0 {
			t.Errorf("nothing misses %s", file)
		}
		if err := x.Close(); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}
