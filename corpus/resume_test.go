package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"zhize"
	"zhize/corpus/internal/store"
	"zhize/document"
)

func TestRunAgain(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(40))
	first := runTest(t, in, out, nil)
	want := outputs(t, out)
	again := runTest(t, in, out, nil)
	if again.Reused != first.Counts.Pages || again.New+again.Changed+again.Removed != 0 {
		t.Errorf("nothing changed, but reused %d new %d changed %d removed %d", again.Reused, again.New, again.Changed, again.Removed)
	}
	if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
		t.Errorf("a second run changes the outputs:\n%s", diff)
	}
	if diff := cmp.Diff(first.Counts, again.Counts); diff != "" {
		t.Errorf("counts of copied pages differ:\n%s", diff)
	}
	// One changed, one new in front of all, one removed; 000 is the first of its letters.
	write(t, in, map[string]string{"s1/001.txt": "#新岗位\n1、改了\n", "a.txt": want["none"] + "#前\n1、最前的一页\n"})
	if err := os.Remove(filepath.Join(in, "s0/000.txt")); err != nil {
		t.Fatal(err)
	}
	s := runTest(t, in, out, nil)
	if s.New != 1 || s.Changed != 1 || s.Removed != 1 || s.Reused != first.Counts.Pages-2 {
		t.Errorf("new %d changed %d removed %d reused %d", s.New, s.Changed, s.Removed, s.Reused)
	}
	fresh := filepath.Join(t.TempDir(), "out")
	runTest(t, in, fresh, nil)
	if diff := cmp.Diff(outputs(t, fresh), outputs(t, out)); diff != "" {
		t.Errorf("copied and fresh outputs differ:\n%s", diff)
	}
	// Another program reuses nothing.
	e := testEngine()
	e.versions.Build = "2"
	s, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out}, e)
	if err != nil || s.Reused != 0 || s.Changed != s.Counts.Pages {
		t.Errorf("another program: %v, reused %d, changed %d", err, s.Reused, s.Changed)
	}
}

func TestRunDamagedCache(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(20))
	first := runTest(t, in, out, nil)
	want := outputs(t, out)
	for _, name := range []string{store.PagesName, store.PositionsName, store.CacheName, store.DerivedName} {
		path := filepath.Join(out, name)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		raw[len(raw)/2] ^= 1
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		s := runTest(t, in, out, nil)
		if s.Reused >= first.Counts.Pages {
			t.Errorf("%s is damaged, but all pages are copied", name)
		}
		if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
			t.Errorf("%s was damaged and the next run writes something else:\n%s", name, diff)
		}
	}
	if err := os.Remove(filepath.Join(out, store.CacheName)); err != nil {
		t.Fatal(err)
	}
	if s := runTest(t, in, out, nil); s.Reused != 0 {
		t.Errorf("reused %d without a cache", s.Reused)
	}
}

func TestRunInterrupted(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(80))
	whole := filepath.Join(t.TempDir(), "whole")
	runTest(t, in, whole, nil)
	want := outputs(t, whole)
	done := 0
	for round := 0; ; round++ {
		ctx, cancel := context.WithCancel(context.Background())
		e := testEngine()
		var n atomic.Int64
		e.process = func(in zhize.Input, ev zhize.Evidence) (*document.Document, error) {
			if n.Add(1) == 12 {
				cancel()
			}
			return simple(in, ev)
		}
		s, err := run(ctx, Options{Inputs: []string{in}, Dir: out, Workers: 2}, e)
		cancel()
		if err == nil {
			if round < 2 {
				t.Errorf("finished in round %d: nothing was interrupted", round)
			}
			if s.Reused == 0 {
				t.Error("the last run copied nothing")
			}
			break
		}
		if !errors.Is(err, ErrInterrupted) || s == nil {
			t.Fatalf("summary %v, error %v", s, err)
		}
		if s.Counts.Pages <= done {
			t.Fatalf("round %d ends with %d pages, the one before had %d", round, s.Counts.Pages, done)
		}
		done = s.Counts.Pages
		if _, err := os.Stat(filepath.Join(out, store.ManifestName)); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("an unfinished run has a manifest: %v", err)
		}
	}
	if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
		t.Errorf("interrupted and whole differ:\n%s", diff)
	}
}

// TestRunKilled kills a run at random moments, again and again, until it ends,
// and begins anew until a dozen were killed.
func TestRunKilled(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(150))
	whole := filepath.Join(t.TempDir(), "whole")
	runTest(t, in, whole, nil)
	want := outputs(t, whole)
	killed, rounds, ended := 0, 0, 0
	for ; killed < 12 && rounds < 60; rounds++ {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childDir+"="+out, childDir+"_IN="+in)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(20+rand.IntN(300))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		err := cmd.Wait()
		kill.Stop()
		if err != nil {
			killed++
			continue
		}
		ended++
		if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
			t.Fatalf("after %d kills the outputs differ:\n%s", killed, diff)
		}
		if err := os.RemoveAll(out); err != nil {
			t.Fatal(err)
		}
	}
	if killed == 0 {
		t.Skip("no run was slow enough to be killed")
	}
	s := runTest(t, in, out, nil)
	if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
		t.Errorf("after %d kills the outputs differ:\n%s", killed, diff)
	}
	if left, _ := filepath.Glob(filepath.Join(out, store.PartialPrefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
	t.Logf("%d kills, %d runs ended between them; the last copied %d of %d pages", killed, ended, s.Reused, s.Counts.Pages)
}

// TestSettle goes through every point at which putting the outputs into place
// may be cut off.
func TestSettle(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(10))
	runTest(t, in, out, nil)
	want := outputs(t, out)
	moved := append(slices.Clone(store.DataNames[:]), store.ManifestName)
	for cut := range len(moved) + 1 {
		from := filepath.Join(out, store.PartialPrefix+"0007")
		if err := os.Mkdir(from, 0o755); err != nil {
			t.Fatal(err)
		}
		for _, name := range moved[cut:] {
			if err := os.Rename(filepath.Join(out, name), filepath.Join(from, name)); err != nil {
				t.Fatal(err)
			}
		}
		if err := store.Settle(out); err != nil {
			t.Fatal(err)
		}
		if cut < len(moved) {
			if _, err := os.Stat(from); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("cut at %d: the folder stays", cut)
			}
		} else if err := os.Remove(from); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
			t.Errorf("cut at %d:\n%s", cut, diff)
		}
	}
}

func TestRunManyOfOnePage(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	text := "#岗位\n1、同一页\n"
	write(t, in, map[string]string{"a.txt": text, "b.txt": text, "c.txt": text})
	runTest(t, in, out, func(o *Options) { o.Inputs = []string{in, filepath.Join(in, "b.txt")} })
	first := outputs(t, out)
	ids := map[string]bool{}
	for line := range strings.Lines(first[store.PagesName]) {
		ids[line[len(`{"schema":"zhize/1","id":"`):][:16]] = true
	}
	if len(ids) != 3 {
		t.Errorf("3 pages of the same bytes have %d ids", len(ids))
	}
	if n := strings.Count(first[store.PositionsName], `"duplicate_of":null`); n != 1 {
		t.Errorf("%d positions repeat nothing, want 1", n)
	}
	if !strings.Contains(first[store.DutiesName], `"count":3,"pages":3,"sites":1`) {
		t.Errorf("duties %s", first[store.DutiesName])
	}
	// The copies' ids hang on the first page; when it goes, they change, and
	// nothing of the old ones may be copied.
	if err := os.Remove(filepath.Join(in, "a.txt")); err != nil {
		t.Fatal(err)
	}
	runTest(t, in, out, nil)
	fresh := filepath.Join(t.TempDir(), "fresh")
	runTest(t, in, fresh, nil)
	if diff := cmp.Diff(outputs(t, fresh), outputs(t, out)); diff != "" {
		t.Errorf("copied and fresh outputs differ:\n%s", diff)
	}
}

// Rows may name themselves alike: a page that was not reached yet is new, also
// where an earlier one has its name.
func TestRunInterruptedRowsNamedAlike(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	var rows strings.Builder
	for i := range 40 {
		fmt.Fprintf(&rows, `{"id":%d,"text":"#岗位%d\n1、职责%d\n"}`+"\n", i%4, i, i)
	}
	write(t, in, map[string]string{"rows.jsonl": rows.String()})
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	e := testEngine()
	var n atomic.Int64
	e.process = func(in zhize.Input, ev zhize.Evidence) (*document.Document, error) {
		if n.Add(1) == 12 {
			cancel()
		}
		return simple(in, ev)
	}
	o := Options{Inputs: []string{filepath.Join(in, "rows.jsonl")}, Dir: out, Workers: 1}
	first, err := run(ctx, o, e)
	if !errors.Is(err, ErrInterrupted) || first.New != first.Counts.Pages || first.Changed != 0 {
		t.Fatalf("interrupted: %v, summary %+v", err, first)
	}
	s, err := run(context.Background(), o, testEngine())
	if err != nil || s.Reused != first.Counts.Pages || s.New != 40-s.Reused || s.Changed != 0 {
		t.Errorf("resumed: %v, reused %d of %d, new %d, changed %d", err, s.Reused, first.Counts.Pages, s.New, s.Changed)
	}
	write(t, in, map[string]string{"rows.jsonl": strings.Replace(rows.String(), "职责7", "职责七", 1) + `{"id":1,"text":"#又一个\n1、来了\n"}`})
	s, err = run(context.Background(), o, testEngine())
	if err != nil || s.Reused != 39 || s.New != 1 || s.Changed != 1 || s.Removed != 0 {
		t.Errorf("one changed, one new: %v, reused %d, new %d, changed %d, removed %d", err, s.Reused, s.New, s.Changed, s.Removed)
	}
}
