package index

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"zhize/index/jieba"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func build(t testing.TB, dir string, lines []byte) Info {
	t.Helper()
	info, err := Build(context.Background(), dir, bytes.NewReader(lines), nil)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// refused fails unless dir does not open, for this reason and with advice.
func refused(t *testing.T, dir string, kind error, why string) {
	t.Helper()
	x, err := Open(dir)
	if err == nil {
		_ = x.Close()
		t.Fatalf("it opens, want %v", kind)
	}
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), "zhize index "+dir) {
		t.Errorf("%v; want %v with %q and how to rebuild", err, kind, why)
	}
}

func TestAbsent(t *testing.T) {
	dir := t.TempDir()
	refused(t, dir, ErrAbsent, "there is no index")
	refused(t, filepath.Join(dir, "none"), ErrAbsent, "")
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("opening wrote %v", entries)
	}
	// A crash between the two renames of a swap.
	for _, name := range []string{oldName + "1", tempName + "2"} {
		if err := os.MkdirAll(filepath.Join(dir, name, "x"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	refused(t, dir, ErrAbsent, "interrupted")
	build(t, dir, corpus(t, "testdata/duties.txt"))
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 || entries[0].Name() != folder {
		t.Errorf("after a build the folder holds %v", entries)
	}
}

func TestVersion(t *testing.T) {
	dir := t.TempDir()
	build(t, dir, corpus(t, "testdata/duties.txt"))
	name := filepath.Join(dir, folder, infoName)
	good, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ from, to, why string }{
		{Schema, "zhize-index/0", "zhize-index/0"},
		{`"dictionary": "`, `"dictionary": "0`, "dictionary"},
	} {
		bad := bytes.Replace(good, []byte(test.from), []byte(test.to), 1)
		if err := os.WriteFile(name, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrVersion, test.why)
	}
	if err := os.WriteFile(name, good, 0o644); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	_ = x.Close()
}

func TestDamaged(t *testing.T) {
	lines := corpus(t, "testdata/duties.txt")
	damage := func(t *testing.T, do func(name string) error, match string) {
		dir := t.TempDir()
		build(t, dir, lines)
		found, err := filepath.Glob(filepath.Join(dir, folder, match))
		if err != nil || len(found) == 0 {
			t.Fatalf("no %s: %v", match, err)
		}
		if err := do(found[0]); err != nil {
			t.Fatal(err)
		}
		refused(t, dir, ErrDamaged, "")
		// The advice works.
		build(t, dir, lines)
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		_ = x.Close()
	}
	t.Run("half", func(t *testing.T) {
		damage(t, func(name string) error { return os.Truncate(name, 100) }, "words.zap")
	})
	t.Run("zeros", func(t *testing.T) {
		damage(t, func(name string) error {
			st, err := os.Stat(name)
			if err != nil {
				return err
			}
			return os.WriteFile(name, make([]byte, st.Size()), 0o644)
		}, "words.zap")
	})
}

// TestGarbage fills files with garbage of the right size: whatever happens, it
// is an error or a result and no panic.
func TestGarbage(t *testing.T) {
	lines := corpus(t, "testdata/duties.txt")
	for _, match := range []string{
		"words.zap", "grams.zap", "titles.zap", "duties.rows", "positions.rows", "positions.data", "pages.rows", "pages.data",
		"texts.data", "titles.rows", "titles.data", "kinds.rows", "kinds.data", "flags.rows", "lines.rows",
	} {
		for _, fill := range []byte{0, 0x7f, 0xff} {
			dir := t.TempDir()
			build(t, dir, lines)
			found, _ := filepath.Glob(filepath.Join(dir, folder, match))
			b, err := os.ReadFile(found[0])
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(found[0], bytes.Repeat([]byte{fill}, len(b)), 0o644); err != nil {
				t.Fatal(err)
			}
			x, err := Open(dir)
			if err != nil {
				if !errors.Is(err, ErrDamaged) {
					t.Errorf("%s of %x: %v", match, fill, err)
				}
				continue
			}
			for _, q := range []string{"", "客户", `"客户关系"`, "客*", "title:经理", "kind:职责", "number:1"} {
				_, err := x.Search(context.Background(), Request{Query: q, Facets: []string{"title"}, GroupBy: "page"})
				if err != nil && !errors.Is(err, ErrDamaged) {
					t.Errorf("%s of %x, %s: %v", match, fill, q, err)
				}
			}
			if err := x.Close(); err != nil {
				t.Errorf("%s of %x: %v", match, fill, err)
			}
		}
	}
}

// TestReadersDoNotWait: they keep out neither each other nor a build.
func TestReadersDoNotWait(t *testing.T) {
	dir := t.TempDir()
	lines := corpus(t, "testdata/duties.txt")
	build(t, dir, lines)

	// Readers do not keep each other out.
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := find(t, b, Request{Query: "客户"}).Total; n != 4 {
		t.Errorf("%d results", n)
	}
	// A build beside readers changes nothing for them, and those that come
	// after it find the new index.
	build(t, dir, nil)
	if n := find(t, a, Request{Query: "客户"}).Total; n != 4 {
		t.Errorf("%d results after the index was replaced", n)
	}
	if err := errors.Join(a.Close(), b.Close()); err != nil {
		t.Fatal(err)
	}
}

// TestOpenWhileReplaced opens an index again and again while others take its
// place: each time it is one of them, whole.
func TestOpenWhileReplaced(t *testing.T) {
	dir := t.TempDir()
	lines := corpus(t, "testdata/duties.txt")
	build(t, dir, lines)
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			if _, err := Build(context.Background(), dir, bytes.NewReader(lines[:len(lines)*(i%2)]), nil); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	for range 300 {
		x, err := Open(dir)
		if err != nil {
			t.Error(err)
			break
		}
		if n := find(t, x, Request{}).Total; n != 0 && n != 37 {
			t.Errorf("%d results", n)
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	<-done
}

// TestTwoBuilds lets one build wait in its input while another begins.
func TestTwoBuilds(t *testing.T) {
	dir := t.TempDir()
	lines := corpus(t, "testdata/duties.txt")
	r, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		_, err := Build(context.Background(), dir, r, nil)
		done <- err
	}()
	if _, err := w.Write(lines); err != nil { // the first is in its input now
		t.Fatal(err)
	}
	if _, err := Build(context.Background(), dir, bytes.NewReader(lines), nil); !errors.Is(err, ErrLocked) {
		t.Errorf("the second build: %v", err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	build(t, dir, lines)
}

// TestReadersWriteNothing compares the whole folder before and after.
func TestReadersWriteNothing(t *testing.T) {
	dir := t.TempDir()
	lines, _ := synthLines(3, 500)
	build(t, dir, lines)
	state := func() string {
		h := sha256.New()
		err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := e.Info()
			if err != nil {
				return err
			}
			_, _ = fmt.Fprintln(h, name, info.Mode(), info.ModTime(), info.Size())
			if !e.IsDir() {
				b, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				_, _ = h.Write(b)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	before := state()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	find(t, x, Request{Query: `合同 "客户" 数*`, Facets: []string{"title"}})
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if state() != before {
		t.Error("the folder has changed")
	}
}

func TestBuildErrors(t *testing.T) {
	dir := t.TempDir()
	good := corpus(t, "testdata/duties.txt")
	build(t, dir, good)
	line := string(bytes.SplitAfter(good, []byte("\n"))[0])
	for _, test := range []struct{ lines, why string }{
		{line + "\n \n" + "{\"schema\":\n", "line 4 "},
		{"null\n", "line 1 "},
		{line + "[]", "line 2 "},
		{strings.Replace(line, "zhize/1", "zhize/9", 1), `"zhize/9"`},
		{strings.Replace(line, `"id":`, `"x":`, 1), "line 1 "},
		{strings.Replace(line, `"number":1`, `"number":-1`, 1), "number of item 1"},
		{strings.ReplaceAll(line, `"span":[`, `"span":[9,1],"x":[`), "span"},
		{line + line[:len(line)/2], "line 2 "},
		{strings.Repeat("x", 64<<20+1), "64 MiB"},
	} {
		_, err := Build(context.Background(), dir, strings.NewReader(test.lines), nil)
		if err == nil || !strings.Contains(err.Error(), test.why) {
			t.Errorf("%.60q: %v, want %q", test.lines, err, test.why)
		}
	}
	if _, err := Build(context.Background(), dir, io.MultiReader(strings.NewReader(line), failing{}), nil); !errors.Is(err, errFailing) {
		t.Errorf("a reader that fails: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	lines, _ := synthLines(5, 5000)
	_, err := Build(ctx, dir, bytes.NewReader(lines), func(done int) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled build: %v", err)
	}
	// The old index stands, and nothing else.
	entries, _ := os.ReadDir(dir)
	if len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	if n := find(t, x, Request{}).Total; n != 37 {
		t.Errorf("%d results", n)
	}
}

var errFailing = errors.New("the disk is gone")

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFailing }

func TestBuildReports(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	lines, _ := synthLines(5, 12_345)
	var seen []int
	info, err := Build(context.Background(), dir, bytes.NewReader(lines), func(n int) { seen = append(seen, n) })
	if err != nil {
		t.Fatal(err)
	}
	if info.Documents != 12_345 || info.Schema != Schema || len(info.Dictionary) != 64 {
		t.Errorf("%+v", info)
	}
	if len(seen) < 10 || seen[len(seen)-1] != 12_345 {
		t.Errorf("progress %d", seen)
	}
	var file infoFile
	b, err := os.ReadFile(filepath.Join(dir, folder, infoName))
	if err != nil || json.Unmarshal(b, &file) != nil || file.Info != info {
		t.Errorf("%s: %v", b, err)
	}
}

// TestDictionary builds an index with words of one's own: they are cut as
// words, the index carries them, and nothing else has to be said.
func TestDictionary(t *testing.T) {
	lines := corpus(t, "testdata/duties.txt")
	image, err := jieba.Default().Extend([]byte("回访一 100 n\n")) // as no one would
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	info, err := BuildWith(context.Background(), dir, bytes.NewReader(lines), image, nil)
	if err != nil {
		t.Fatal(err)
	}
	if info.Dictionary == jieba.Default().Hash() {
		t.Error("the index names the program's own dictionary")
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if n := find(t, x, Request{Query: "回访一"}).Total; n != 1 {
		t.Errorf("%d results", n)
	}
	if !x.dict.Has("回访一") {
		t.Error("the index was opened without its words")
	}
	if err := errors.Join(x.Close(), Verify(dir)); err != nil {
		t.Error(err)
	}

	name := filepath.Join(dir, folder, dictName)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2]++
	if err := os.WriteFile(name, b, 0o644); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, ErrDamaged, dictName)
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	refused(t, dir, ErrDamaged, dictName)

	// The program's own needs no copy.
	own, err := os.ReadFile("jieba/dict.image")
	if err != nil {
		t.Fatal(err)
	}
	if info, err = BuildWith(context.Background(), dir, bytes.NewReader(lines), own, nil); err != nil || info.Dictionary != jieba.Default().Hash() {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := os.Stat(name); err == nil {
		t.Error("the index carries the program's own dictionary")
	}
	if _, err := BuildWith(context.Background(), dir, bytes.NewReader(lines), []byte("no image"), nil); !errors.Is(err, jieba.ErrFormat) {
		t.Errorf("what is no image: %v", err)
	}
}
