package parts

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

func TestName(t *testing.T) {
	for name, want := range map[string]string{
		"duties.csv": "duties-00007.csv", "a.b/duties.jsonl.gz": "a.b/duties-00007.jsonl.gz", "duties": "duties-00007",
		"a.b/duties": "a.b/duties-00007", "x.zst": "x-00007.zst", ".hidden": ".hidden-00007", "v1.2.parquet": "v1.2-00007.parquet",
	} {
		if got := Name(name, 7); got != want {
			t.Errorf("part 7 of %s is %s, want %s", name, got, want)
		}
	}
}

// write makes a set of one file for each text.
func write(t *testing.T, s *Set, texts ...string) {
	t.Helper()
	for _, text := range texts {
		w, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func TestSetAppearsAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := New(filepath.Join(dir, "d.txt"), true)
	write(t, s, "一", "二")
	for _, n := range names(t, dir) {
		if !strings.HasPrefix(n, ".") {
			t.Errorf("%s is there before the set is complete", n)
		}
	}
	got, err := s.Commit()
	if err != nil || len(got) != 2 {
		t.Fatalf("%v, %v", got, err)
	}
	s.Discard()
	if n := names(t, dir); !slices.Equal(n, []string{"d-00001.txt", "d-00002.txt"}) {
		t.Errorf("%v", n)
	}
	if b, err := os.ReadFile(got[1]); err != nil || string(b) != "二" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestDiscardLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"d.txt", "d.txt.gz", "d.txt.zst"} {
		s := New(filepath.Join(dir, name), true)
		write(t, s, "一")
		w, err := s.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, "半"); err != nil {
			t.Fatal(err)
		}
		s.Discard()
	}
	if n := names(t, dir); len(n) != 0 {
		t.Errorf("left behind: %v", n)
	}
}

func TestPacked(t *testing.T) {
	text := strings.Repeat("保管印章。", 1000)
	for ext, open := range map[string]func(io.Reader) (io.Reader, error){
		".gz":  func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		".zst": func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
		"":     func(r io.Reader) (io.Reader, error) { return r, nil },
	} {
		s := New(filepath.Join(t.TempDir(), "d.txt"+ext), false)
		write(t, s, text)
		files, err := s.Commit()
		if err != nil || len(files) != 1 {
			t.Fatalf("%v, %v", files, err)
		}
		f, err := os.Open(files[0])
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		r, err := open(f)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != text {
			t.Errorf("%q: %d bytes, %v", ext, len(got), err)
		}
		if info, _ := f.Stat(); ext != "" && info.Size() > int64(len(text)/10) {
			t.Errorf("%s has %d bytes", ext, info.Size())
		}
	}
}

func TestLinkStays(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "f.txt"), filepath.Join(dir, "link.txt")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("f.txt", link); err != nil {
		t.Skip(err)
	}
	s := New(link, false)
	write(t, s, "新")
	if got, err := s.Commit(); err != nil || got[0] != link {
		t.Fatalf("%v, %v", got, err)
	}
	if b, err := os.ReadFile(file); err != nil || string(b) != "新" {
		t.Errorf("%q, %v", b, err)
	}
}

func TestLater(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"d-00001.csv", "d-00003.csv", "d-100000.csv", "d-3.csv", "d-00004.csv.gz", "e-00009.csv", "d-00x05.csv", "d.csv"} {
		if err := os.WriteFile(filepath.Join(dir, n), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{filepath.Join(dir, "d-00003.csv"), filepath.Join(dir, "d-100000.csv")}
	if got := Later(filepath.Join(dir, "d.csv"), 2); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestOpenTellsTheName(t *testing.T) {
	s := New(filepath.Join(t.TempDir(), "no", "such", "d.csv"), false)
	if _, err := s.Open(); err == nil || !strings.Contains(err.Error(), "d.csv") {
		t.Errorf("error %v", err)
	}
	s.Discard()
}
