//go:build cgo && gojieba

package gojieba

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhize/index/jieba"
	"zhize/index/jieba/internal/compile"
	"zhize/internal/dutygen"
)

func loaded(t *testing.T) *Segmenter {
	t.Helper()
	s, err := Open("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// TestTokens compares tokens with those of the program's own segmenter, of texts that gojieba alone would not get
// through too, from several goroutines.
func TestTokens(t *testing.T) {
	s := loaded(t)
	var made bytes.Buffer
	if _, err := dutygen.Write(io.Discard, &made, 5, 3000); err != nil {
		t.Fatal(err)
	}
	texts := append(strings.Split(made.String(), "\n"), "", "\x00", "负责\x00客户回访", "客户\xe5\xae", "\xff\xffA1客户", "云原生运维\x00\x00", "\x80", "𠮷野家 Go1.26")
	var group sync.WaitGroup
	for part := range 2 {
		group.Go(func() {
			for i := part; i < len(texts); i += 2 {
				got, want := s.CutSearch(nil, texts[i]), jieba.Default().CutSearch(nil, texts[i])
				if !slices.Equal(got, want) {
					t.Errorf("%q: %v, want %v", texts[i], got, want)
				}
			}
		})
	}
	group.Wait()
}

// TestOtherFiles gives folders that are not gojieba's.
func TestOtherFiles(t *testing.T) {
	if _, err := Open(t.TempDir()); err == nil || !strings.Contains(err.Error(), "incomplete") {
		t.Errorf("an empty folder: %v", err)
	}
	own, err := compile.Locate()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, name := range files {
		b, err := os.ReadFile(filepath.Join(own, name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "user.dict.utf8" {
			b = append(b, "\n飞行检查 n\n"...)
		}
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "is not that of gojieba") {
		t.Errorf("another user dictionary: %v", err)
	}
}
