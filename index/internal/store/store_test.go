package store

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zeebo/xxh3"
)

func TestStore(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			dir := t.TempDir()
			w, err := Create(dir)
			if err != nil {
				t.Fatal(err)
			}
			title, site, empty := "销售顾问", "a.example", ""
			page := func(i int) string { return fmt.Sprintf("page%d", i/3) }
			text := func(i int) string {
				return []string{fmt.Sprintf("文%d", i), "完成上级交办的其他工作。", strings.Repeat("长", 150) + fmt.Sprint(i%8), "broken \xff"}[i%4]
			}
			for i := range n {
				of := Page{ID: page(i), URI: "u"}
				if i%2 == 0 {
					of.Site = &site
				}
				if err := w.Position(fmt.Sprintf("%s-p%d", page(i), i), &title, &empty, of); err != nil {
					t.Fatal(err)
				}
				it := Item{
					Letters: 1<<60 + xxh3.HashString(text(i)), Ordinal: 1, Number: uint32(i % 2), Terms: 7 + uint32(i)*100,
					Start: 5, End: 6 + uint32(i), Kind: "responsibilities", Flags: strings.Repeat("truncated", i%2), Text: text(i),
				}
				if err := w.Duty(&it); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
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
			if st, err := os.Stat(filepath.Join(dir, textData)); err != nil || st.Size() > int64(n)*50+5000 {
				t.Errorf("%d bytes of texts, where equal ones are kept once: %v", st.Size(), err)
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
			for i := range n {
				d := s.Duty(uint32(i))
				if got := s.Text(&d); got != text(i) {
					t.Fatalf("text of %d is %q", i, got)
				}
				if got, want := s.Details(&d), (Details{1, uint32(i % 2), 5, 6 + uint32(i)}); got != want {
					t.Fatalf("Details(%d) = %+v, want %+v", i, got, want)
				}
				d.at = 0
				want := Duty{
					Letters: 1<<60 + xxh3.HashString(text(i)), Position: uint32(i), Number: uint32(i % 2),
					Terms: min(7+uint32(i)*100, MaxTerms), Kind: 1,
				}
				if d != want {
					t.Fatalf("Duty(%d) = %+v, want %+v", i, d, want)
				}
				p, at := s.Position(uint32(i)), uint32(1-i%2)
				if p != (Position{Page: xxh3.HashString(page(i)), Title: 1, Site: at}) {
					t.Fatalf("Position(%d) = %+v", i, p)
				}
				if id := string(s.PositionID(uint32(i))); id != fmt.Sprintf("%s-p%d", page(i), i) {
					t.Fatalf("PositionID(%d) = %q", i, id)
				}
				shown, err := s.Show(uint32(i))
				if err != nil || *shown.Title != title || shown.Article != nil || shown.URI != "u" ||
					shown.PageID != page(i) || (shown.Site == nil) != (at == 0) {
					t.Fatalf("Show(%d) = %+v, %v", i, shown, err)
				}
			}
			want := []string{"", title}[:min(n+1, 2)]
			if got, err := s.Values(Titles); err != nil || !slices.Equal(got, want) {
				t.Errorf("Values = %q, %v", got, err)
			}
		})
	}
}

func TestTooManyKinds(t *testing.T) {
	w, err := Create(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for i := range MaxKinds {
		if _, err := w.value(Kinds, fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.value(Kinds, "another"); err == nil {
		t.Error("a kind has no room in a row")
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
	if err := w.Close(); err != nil {
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
