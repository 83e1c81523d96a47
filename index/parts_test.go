package index

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestDamagedParts cuts each file of an updated index short, and takes it away: it
// is refused, and the next update makes all of it anew.
func TestDamagedParts(t *testing.T) {
	dir := t.TempDir()
	lines := some(rand.New(rand.NewPCG(5, 5)), 100)
	updated(t, dir, lines, always)
	more := append(lines[1:len(lines):len(lines)], some(rand.New(rand.NewPCG(6, 5)), 10)...)
	updated(t, dir, more, always)
	entries, err := os.ReadDir(filepath.Join(dir, folder, moreFolder))
	if err != nil || len(entries) < 20 {
		t.Fatalf("%d files: %v", len(entries), err)
	}
	for i, e := range entries {
		name := filepath.Join(dir, folder, moreFolder, e.Name())
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(whole) > 0 {
			if err := os.Truncate(name, int64(len(whole)/2)); err != nil {
				t.Fatal(err)
			}
			refused(t, dir, ErrDamaged, e.Name())
		}
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrDamaged, e.Name())
		if i%5 == 0 {
			if u := updated(t, dir, more, always); !u.Rebuilt {
				t.Errorf("without %s: %+v", e.Name(), u)
			}
			build(t, dir, slices.Concat(lines...)) // in two parts again
			updated(t, dir, more, always)
			continue
		}
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range entries {
		name := filepath.Join(dir, folder, moreFolder, e.Name())
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, fill := range []byte{0, 0x7f, 0xff} { // whatever happens is an error or a result
			if err := os.WriteFile(name, bytes.Repeat([]byte{fill}, len(whole)), 0o644); err != nil {
				t.Fatal(err)
			}
			x, err := Open(dir)
			if err != nil {
				if !errors.Is(err, ErrDamaged) {
					t.Errorf("%s of %x: %v", e.Name(), fill, err)
				}
				continue
			}
			for _, req := range searches {
				if _, err := x.Search(context.Background(), req); err != nil && !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNoItem) {
					t.Errorf("%s of %x, %+v: %v", e.Name(), fill, req, err)
				}
			}
			_ = x.Close()
		}
		if err := os.WriteFile(name, whole, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWorkersDoNotShow: a new index has the same bytes whatever the number of
// processors.
func TestWorkersDoNotShow(t *testing.T) {
	lines, _ := synthLines(8, 20_000) // several chunks
	var sums []string
	for _, n := range []int{1, 3} {
		func() {
			defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(n))
			dir := t.TempDir()
			build(t, dir, lines)
			b, err := os.ReadFile(filepath.Join(dir, folder, infoName)) // with the hashes of all files
			if err != nil {
				t.Fatal(err)
			}
			sums = append(sums, string(b))
		}()
	}
	if sums[0] != sums[1] {
		t.Errorf("one worker:\n%s\nthree:\n%s", sums[0], sums[1])
	}
}

// TestUpdateBesideReaders: who has opened the index goes on with it.
func TestUpdateBesideReaders(t *testing.T) {
	dir := t.TempDir()
	lines := some(rand.New(rand.NewPCG(4, 4)), 100)
	updated(t, dir, lines, always)
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		updated(t, dir, lines[n+1:], always)
		if total := find(t, x, Request{GroupBy: "position"}).Total; total != 20 {
			t.Errorf("%d positions after %d updates", total, n+1)
		}
	}
	if err := x.Close(); err != nil {
		t.Error(err)
	}
}
