package corpus

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize/corpus/internal/store"
	"zhize/index"
	"zhize/record"
)

// finished is an output folder of a small run.
func finished(t *testing.T) string {
	t.Helper()
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, pages(26))
	runTest(t, in, out, nil)
	f, err := os.Open(filepath.Join(out, store.PositionsName))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := index.Build(context.Background(), out, f, nil); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestVerifyReadsTheIndex flips a byte in the middle of every file of the index.
func TestVerifyReadsTheIndex(t *testing.T) {
	out := finished(t)
	files := 0
	err := filepath.WalkDir(filepath.Join(out, store.IndexDir), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil || len(raw) == 0 {
			return err
		}
		files++
		bad := bytes.Clone(raw)
		bad[len(bad)/2] ^= 1
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			return err
		}
		if r, err := Verify(context.Background(), out); !errors.Is(err, ErrDamaged) || r.Index != "damaged" {
			t.Errorf("%s is damaged and nothing is found: %v", d.Name(), err)
		}
		return os.WriteFile(path, raw, 0o644)
	})
	if err != nil || files < 5 {
		t.Fatalf("%d files: %v", files, err)
	}
	if _, err := Verify(context.Background(), out); err != nil {
		t.Errorf("whole again: %v", err)
	}
}

func TestVerify(t *testing.T) {
	out := finished(t)
	r, err := Verify(context.Background(), out)
	if err != nil {
		t.Fatalf("%v\n%+v", err, r)
	}
	m, err := store.ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	if r.Pages != m.Counts.Pages || r.Items != m.Counts.Items || r.Duties != m.Counts.Duties || r.Rejects != 2 ||
		r.Characters != m.Counts.Characters || r.Edits == 0 || r.References == 0 || r.IDs != r.Pages+m.Counts.Articles+r.Positions || r.Index != "current" {
		t.Errorf("report %+v", r)
	}
	if _, err := Verify(context.Background(), t.TempDir()); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an empty folder: %v", err)
	}
}

// TestVerifyFindsFlips flips bits all over the outputs.
func TestVerifyFindsFlips(t *testing.T) {
	out := finished(t)
	for _, name := range []string{store.PagesName, store.PositionsName, store.DutiesName, store.RejectsName} {
		path := filepath.Join(out, name)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i < len(raw); i += 1 + len(raw)/23 {
			bad := bytes.Clone(raw)
			bad[i] ^= 1 << (i % 7)
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			r, err := Verify(context.Background(), out)
			if !errors.Is(err, ErrDamaged) || len(r.Problems) == 0 {
				t.Errorf("%s: byte %d is flipped and nothing is found: %v", name, i, err)
			}
		}
		for _, cut := range []int{len(raw) - 1, len(raw) / 2, 0} {
			if err := os.WriteFile(path, raw[:cut], 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := Verify(context.Background(), out); !errors.Is(err, ErrDamaged) {
				t.Errorf("%s is cut to %d bytes and nothing is found: %v", name, cut, err)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		if _, err := Verify(context.Background(), out); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s is gone and nothing is found: %v", name, err)
		}
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Verify(context.Background(), out); err != nil {
		t.Errorf("whole again: %v", err)
	}
}

// TestVerifyFindsLies changes outputs and has the manifest agree with them, so
// that only what the lines say of each other can tell.
func TestVerifyFindsLies(t *testing.T) {
	for _, c := range []struct{ name, file, old, new, where, what string }{
		{"item text", store.PositionsName, `"text":"负责第0区的盘点工作"`, `"text":"负责第0区的盘点公作"`, "positions.jsonl:1", "盘点公作"},
		{"item span", store.PositionsName, `"span":[12,23]`, `"span":[12,24]`, "pages.jsonl:1", "role blank"},
		{"item short", store.PositionsName, `"span":[12,23]`, `"span":[12,22]`, "pages.jsonl:1", "item"},
		{"item outside", store.PositionsName, `"span":[12,23]`, `"span":[12,2300]`, "positions.jsonl:1", "outside"},
		{"section span", store.PositionsName, `"span":[10,45]`, `"span":[10,40]`, "pages.jsonl:1", "section"},
		{"missing", store.PositionsName, `"missing":[],`, `"missing":[1],`, "manifest.json", "numbering"},
		{"source", store.PagesName, `负责第0区`, `负责第8区`, "positions.jsonl:1", "负责第0区"},
		{"region border", store.PagesName, `[[0,4,"dropped","unplaced"]`, `[[0,3,"dropped","unplaced"]`, "pages.jsonl:1", "region"},
		{"region role", store.PagesName, `[10,12,"marker",null]`, `[10,12,"blank",null]`, "manifest.json", "roles"},
		{"edit", store.PagesName, `"before":"~"`, `"before":"-"`, "pages.jsonl:1", "replaces"},
		{"edit rule", store.PositionsName, `"rule":"tilde"`, `"rule":"other"`, "positions.jsonl:1", "none of its page's"},
		{"duplicate", store.PositionsName, `"duplicate_of":null`, `"duplicate_of":"0123456789abcdef-p001"`, "positions.jsonl:1", "duplicate_of"},
		{"duplicate kind", store.PositionsName, `"duplicate_kind":"exact"`, `"duplicate_kind":"near"`, "positions.jsonl:", "duplicate_of"},
		{"similarity", store.PositionsName, `"similarity":1}`, `"similarity":0.9}`, "positions.jsonl:", "duplicate_of"},
		{"half a duplicate", store.PositionsName, `"duplicate_kind":"exact"`, `"duplicate_kind":null`, "positions.jsonl:", "duplicate_of"},
		{"duplicate article", store.PagesName, `"items":3,"duplicate_of":null`, `"items":3,"duplicate_of":"0123456789abcdef-a001"`, "pages.jsonl:1", "article 1: duplicate_of"},
		{"article", store.PagesName, `"positions":1,"items":3,"duplicate_of"`, `"positions":2,"items":3,"duplicate_of"`, "pages.jsonl:1", "counts 2 positions"},
		{"article's items", store.PagesName, `"items":3,"duplicate_of"`, `"items":2,"duplicate_of"`, "pages.jsonl:1", "items"},
		{"article of a position", store.PositionsName, `-a001"}`, `-a002"}`, "positions.jsonl:1", "name its article"},
		{"counts", store.PagesName, `"items":3`, `"items":2`, "pages.jsonl:1", "counts"},
		{"page of a position", store.PositionsName, `"site":"example.org"`, `"site":"example.com"`, "positions.jsonl:1", "name its page"},
		{"duty", store.DutiesName, `"count":`, `"count":1`, "duties.jsonl:1", "duty"},
		{"schema", store.PositionsName, `"kind":"responsibilities"`, `"kind":"duties"`, "positions.jsonl:1", "schema"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := finished(t)
			path := filepath.Join(out, c.file)
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			bad := []byte(strings.Replace(string(raw), c.old, c.new, 1))
			if bytes.Equal(raw, bad) {
				t.Fatalf("%s does not occur in\n%s", c.old, raw[:min(len(raw), 2000)])
			}
			if err := os.WriteFile(path, bad, 0o644); err != nil {
				t.Fatal(err)
			}
			m, err := store.ReadManifest(out)
			if err != nil {
				t.Fatal(err)
			}
			for i := range m.Outputs {
				if m.Outputs[i].Name == c.file {
					sum := sha256.Sum256(bad)
					m.Outputs[i] = record.Output{Name: c.file, SHA256: hex.EncodeToString(sum[:]), Bytes: int64(len(bad)), Lines: bytes.Count(bad, []byte("\n"))}
				}
			}
			if err := store.WriteManifest(out, m); err != nil {
				t.Fatal(err)
			}
			r, err := Verify(context.Background(), out)
			if !errors.Is(err, ErrDamaged) {
				t.Fatalf("nothing is found: %v", err)
			}
			if !slices.ContainsFunc(r.Problems, func(p Problem) bool {
				return strings.HasPrefix(p.String(), c.where) && strings.Contains(p.String(), c.what)
			}) {
				t.Errorf("problems: %v; want %s … %s", r.Problems, c.where, c.what)
			}
		})
	}
}

func TestVerifyCancelled(t *testing.T) {
	out := finished(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, out); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
