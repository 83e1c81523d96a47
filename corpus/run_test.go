package corpus

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize"
	"zhize/corpus/internal/store"
	"zhize/corpus/source"
	"zhize/document"
	"zhize/index"
)

func TestRunWritesTheSameForAnyWorkers(t *testing.T) {
	in := t.TempDir()
	write(t, in, pages(60))
	var want map[string]string
	for _, workers := range []int{1, 2, 7, 0} {
		out := filepath.Join(t.TempDir(), "out")
		s := runTest(t, in, out, func(o *Options) { o.Workers = workers })
		got := outputs(t, out)
		if want == nil {
			want = got
			if s.Counts.Pages+s.Counts.Rejects != 60 || s.New != s.Counts.Pages || s.Counts.Positions == 0 {
				t.Errorf("summary %+v", s)
			}
			if s.Counts.RejectReasons["empty"] != 5 || s.Counts.Edits["tilde"] == 0 || s.Counts.Dropped["unplaced"] == 0 {
				t.Errorf("counts %+v", s.Counts)
			}
			if s.Counts.DuplicatePages == 0 || s.Counts.DuplicatePositions == 0 || s.Counts.Duties == 0 {
				t.Errorf("duplicates are not seen: %+v", s.Counts)
			}
			continue
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%d workers write something else:\n%s", workers, diff)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(in, store.PartialPrefix+"*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestRunLocked(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"a.txt": "1、一条\n"})
	e := testEngine()
	second := make(chan error, 1)
	e.process = func(zin zhize.Input, ev zhize.Evidence) (*document.Document, error) {
		_, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out}, testEngine())
		second <- err
		return simple(zin, ev)
	}
	if _, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out}, e); err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, ErrLocked) {
		t.Errorf("a second run: %v", err)
	}
}

func TestRunErrors(t *testing.T) {
	in := t.TempDir()
	out := filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"a.png": "x", ".hidden": "1、一\n"})
	for _, inputs := range [][]string{nil, {filepath.Join(in, "absent")}, {"-"}} {
		if _, err := run(context.Background(), Options{Inputs: inputs, Dir: out}, testEngine()); err == nil {
			t.Errorf("inputs %q are taken", inputs)
		}
		if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("inputs %q: the output folder is made", inputs)
		}
	}
	_, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out}, testEngine())
	if !errors.Is(err, ErrNoPages) || !strings.Contains(err.Error(), ".png") {
		t.Errorf("no pages: %v", err)
	}
	if left, err := os.ReadDir(out); err != nil || len(left) != 1 {
		t.Errorf("no pages, but beside the lock there are %v, %v", left, err)
	}
}

func TestRunRejects(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{
		"a\nb.txt": "1、名字里有换行\n", "b\xffc.txt": "1、名字不是UTF-8\n", "b\xfec.txt": "1、名字也不是UTF-8\n",
		"cut.txt": "1、断在字中\xe5\x8d", "nul.txt": "1、a\x00", "panic.txt": "PANIC", "zero.html": "",
		"rows.jsonl": `{"text":"1、一行","url":"u1","title":"题"}` + "\n{broken\n\n[1]\n" + `{"other":"x"}` + "\n" + `{"content":"1、二行","id":7}`,
	})
	s := runTest(t, in, out, nil)
	wantReasons := map[string]int{"bad-json": 2, "no-field": 1, "undecodable": 1, "binary": 1, "panic": 1, "empty": 1}
	if diff := cmp.Diff(wantReasons, s.Counts.RejectReasons); diff != "" {
		t.Errorf("rejects:\n%s", diff)
	}
	got := outputs(t, out)
	for _, want := range []string{`rows.jsonl#L2"`, `rows.jsonl#L4"`, `"reason":"panic"`, `panic.txt`} {
		if !strings.Contains(got[store.RejectsName], want) {
			t.Errorf("rejects lack %s:\n%s", want, got[store.RejectsName])
		}
	}
	for _, want := range []string{`a\nb.txt"`, "b\ufffdFFc.txt", "b\ufffdFEc.txt", `"uri":"u1"`, `rows.jsonl#7"`} {
		if !strings.Contains(got[store.PagesName], want) {
			t.Errorf("pages lack %s", want)
		}
	}
}

func TestRunKeepsOldOutputsWhereItFails(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(10))
	runTest(t, in, out, nil)
	want := outputs(t, out)
	write(t, in, map[string]string{"new.txt": "1、新\n"})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := run(ctx, Options{Inputs: []string{in}, Dir: out}, testEngine()); !errors.Is(err, ErrInterrupted) {
		t.Fatalf("error %v", err)
	}
	if diff := cmp.Diff(want, outputs(t, out)); diff != "" {
		t.Errorf("an interrupted run changed the finished outputs:\n%s", diff)
	}
	e := testEngine()
	e.index = func(context.Context, string, io.ReadSeeker, bool, func(int)) (index.Info, error) {
		return index.Info{}, errors.New("no room")
	}
	s, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out}, e)
	if s == nil || err == nil || !strings.Contains(err.Error(), "zhize index") {
		t.Errorf("the index fails: summary %v, error %v", s, err)
	}
	if m, err := store.ReadManifest(out); err != nil || !m.Finished || m.Index != nil {
		t.Errorf("manifest %+v, %v", m, err)
	}
}

func TestRunIndex(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(10))
	built := 0
	e := testEngine()
	build := e.index
	var anew []bool
	e.index = func(ctx context.Context, dir string, r io.ReadSeeker, n bool, p func(int)) (index.Info, error) {
		built++
		anew = append(anew, n)
		return build(ctx, dir, r, n, p)
	}
	step := func(noIndex bool, wantBuilt int, wantThere bool) {
		t.Helper()
		s, err := run(context.Background(), Options{Inputs: []string{in}, Dir: out, NoIndex: noIndex}, e)
		if err != nil {
			t.Fatal(err)
		}
		_, err = os.Stat(filepath.Join(out, store.IndexDir))
		if built != wantBuilt || (err == nil) != wantThere || (s.Index != nil) != wantThere {
			t.Fatalf("built %d times, want %d; there: %v, want %v; summary %+v", built, wantBuilt, err == nil, wantThere, s.Index)
		}
	}
	step(false, 1, true)
	step(false, 1, true) // nothing changed
	step(true, 1, true)  // it is still right
	write(t, in, map[string]string{"new.txt": "1、新\n"})
	step(true, 1, false) // it would answer with what was
	step(false, 2, true)
	write(t, in, map[string]string{"newer.txt": "1、更新\n"})
	e.versions.Build += "2"
	step(false, 3, true)
	if want := []bool{true, false, true}; !slices.Equal(anew, want) {
		t.Errorf("built anew: %v, want %v: at first, and by another program", anew, want)
	}
}

func TestRunProgress(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(12))
	var last Progress
	runTest(t, in, out, func(o *Options) { o.Progress = func(p Progress) { last = p } })
	if last.Stage != "index" || last.Pages != last.Total || last.Pages == 0 || last.Rejects != 1 {
		t.Errorf("last progress %+v", last)
	}
}

func TestRunLargeLine(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a second")
	}
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"big.txt": "1、" + strings.Repeat("长", 8<<20), "small.txt": "1、短\n"})
	f, err := os.Create(filepath.Join(in, "huge.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.Truncate(source.MaxPage+1), f.Close()); err != nil {
		t.Fatal(err)
	}
	s := runTest(t, in, out, nil)
	if s.Counts.Pages != 2 || s.Counts.RejectReasons["too-large"] != 1 {
		t.Errorf("counts %+v", s.Counts)
	}
}

// TestRunKeepsForeignFolders refuses a folder whose files a run would replace
// and did not write, and leaves them alone.
func TestRunKeepsForeignFolders(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	write(t, in, pages(3))
	mine := filepath.Join(out, store.IndexDir, "my.txt")
	if err := os.MkdirAll(filepath.Dir(mine), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mine, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	o := Options{Inputs: []string{in}, Dir: out}
	if _, err := run(context.Background(), o, testEngine()); err == nil || !strings.Contains(err.Error(), "choose another folder") {
		t.Errorf("the run went ahead: %v", err)
	}
	if b, err := os.ReadFile(mine); err != nil || string(b) != "mine" {
		t.Errorf("the file is gone: %q, %v", b, err)
	}
}
