package canon

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), Name)
	if _, err := Open(path); !errors.Is(err, ErrAbsent) {
		t.Errorf("without a file: %v", err)
	}
	w, err := Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w.Folded(3, 9)
	w.Folded(5, 2)
	w.Duty(2, 0, 7)
	w.Duty(9, 4000, 1)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path); err == nil {
		t.Error("a table is written over another one")
	}
	x, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[uint64]Duty{2: {2, 0, 7}, 5: {2, 0, 7}, 9: {9, 4000, 1}, 3: {9, 4000, 1}} {
		if got, ok := x.Of(key); !ok || got != want {
			t.Errorf("%d leads to %+v, %v", key, got, ok)
		}
	}
	for _, key := range []uint64{0, 4, 10} {
		if got, ok := x.Of(key); ok {
			t.Errorf("%d leads to %+v", key, got)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range [][]byte{nil, raw[:10], raw[:len(raw)-1], append(raw[:len(raw):len(raw)], 0), append([]byte("x"), raw[1:]...)} {
		if err := os.WriteFile(path, bad, 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v", len(bad), err)
		}
	}
}

func TestKeys(t *testing.T) {
	a := Letters("做好记录。")
	if a != Letters("做好，记录") || a == Letters("做好纪录") || Letters("——") == Letters("…") || Key(a, "other") == Key(a, "authority") {
		t.Error("keys")
	}
}
