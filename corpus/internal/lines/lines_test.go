package lines

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "f.jsonl")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReader(t *testing.T) {
	long := strings.Repeat("长", 1<<20)
	text := "1\n" + long + "\n3\n"
	for read := range 4 {
		r, err := Open(file(t, text))
		if err != nil {
			t.Fatal(err)
		}
		for i := range read {
			line, err := r.Next()
			if err != nil || !strings.HasSuffix(string(line), "\n") || r.Line() != i+1 {
				t.Fatalf("line %d: %d bytes, number %d, %v", i+1, len(line), r.Line(), err)
			}
		}
		sum, size, n, err := r.Sum()
		want := sha256.Sum256([]byte(text))
		if err != nil || sum != hex.EncodeToString(want[:]) || size != int64(len(text)) || n != 3 {
			t.Errorf("after %d lines: sum %s, %d bytes, %d lines, %v", read, sum, size, n, err)
		}
		if _, err := r.Next(); !errors.Is(err, io.EOF) {
			t.Errorf("behind the end: %v", err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestEach(t *testing.T) {
	sum := 0
	add := func(n *int) error { sum += *n; return nil }
	if err := Each(file(t, "1\n2\n"), add); err != nil || sum != 3 {
		t.Errorf("sum %d, %v", sum, err)
	}
	if err := Each(file(t, "1\n2"), add); !errors.Is(err, ErrTorn) {
		t.Errorf("a torn file: %v", err)
	}
	if err := Each(file(t, "1\nx\n"), add); err == nil || !strings.Contains(err.Error(), "f.jsonl:2") {
		t.Errorf("a wrong line: %v", err)
	}
	if err := Each(filepath.Join(t.TempDir(), "absent"), add); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}
