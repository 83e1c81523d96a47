package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestStore(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			dir := t.TempDir()
			w, err := Create(dir)
			if err != nil {
				t.Fatal(err)
			}
			title := "销售顾问"
			var order []uint32
			for i := range n {
				place, err := w.Value(Titles, title)
				if err != nil || place != 1 {
					t.Fatalf("Value = %d, %v", place, err)
				}
				p, err := w.Position(fmt.Sprintf("p%d", i), Position{Page: uint64(i), Title: place}, &Shown{Title: &title, PageID: "x", URI: "u"})
				if err != nil || p != uint32(i) {
					t.Fatalf("Position = %d, %v", p, err)
				}
				d := Duty{Position: p, Ordinal: 1, Number: 2, Kind: 3, Flags: 4, Start: 5, End: 6, Terms: 7, Letters: 1 << 60}
				if at, err := w.Duty(d, fmt.Sprintf("文%d", i)); err != nil || at != uint32(i) {
					t.Fatalf("Duty = %d, %v", at, err)
				}
				order = append(order, uint32(i))
			}
			slices.Reverse(order)
			if err := w.Close(order); err != nil {
				t.Fatal(err)
			}
			for _, name := range Files() {
				if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
					t.Error(err)
				}
			}
			if entries, _ := os.ReadDir(dir); len(entries) != len(Files()) {
				t.Errorf("%d files in the folder, %d are named", len(entries), len(Files()))
			}

			s, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			}()
			if s.Duties() != n {
				t.Fatalf("Duties() = %d", s.Duties())
			}
			for i := range uint32(n) {
				was := uint32(n) - 1 - i
				d := s.Duty(i)
				if text := s.Text(&d); text != fmt.Sprintf("文%d", was) {
					t.Fatalf("text of %d is %q", i, text)
				}
				d.textAt, d.textSize = 0, 0
				if want := (Duty{Position: was, Ordinal: 1, Number: 2, Kind: 3, Flags: 4, Start: 5, End: 6, Terms: 7, Letters: 1 << 60}); d != want {
					t.Fatalf("Duty(%d) = %+v", i, d)
				}
				if p := s.Position(was); p.Page != uint64(was) || p.Title != 1 || p.Site != 0 {
					t.Fatalf("Position(%d) = %+v", was, p)
				}
				if id := string(s.PositionID(was)); id != fmt.Sprintf("p%d", was) {
					t.Fatalf("PositionID(%d) = %q", was, id)
				}
				shown, err := s.Show(was)
				if err != nil || *shown.Title != title || shown.Site != nil || shown.URI != "u" {
					t.Fatalf("Show(%d) = %+v, %v", was, shown, err)
				}
			}
			want := []string{"", title}[:min(n+1, 2)]
			if got, err := s.Values(Titles); err != nil || !slices.Equal(got, want) {
				t.Errorf("Values = %q, %v", got, err)
			}
		})
	}
}

func TestCloseRefusesOrder(t *testing.T) {
	w, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close([]uint32{0}); err == nil {
		t.Error("a row that was not written is in order")
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir); err == nil {
		t.Error("an empty folder opens")
	}
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Close(nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, dutyRows), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil {
		t.Error("half a row opens")
	}
	if _, err := Create(dir); err == nil {
		t.Error("a store is written over")
	}
}
