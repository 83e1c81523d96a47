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
				if err := w.Position(HashLine([]byte(text(i))), fmt.Sprintf("%s-p%d", page(i), i), &title, &empty, of); err != nil {
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

			s, err := Open(dir, "")
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
				if s.Hash(uint32(i)) != HashLine([]byte(text(i))) || s.Line(uint32(i)) != uint32(i) {
					t.Fatalf("line of %d is %d with another hash", i, s.Line(uint32(i)))
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
			if got := s.Values(Titles); !slices.Equal(got, want) {
				t.Errorf("Values = %q", got)
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
	if _, err := Open(dir, ""); err == nil {
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
	if _, err := Open(dir, ""); err == nil {
		t.Error("half a row opens")
	}
	if _, err := Create(dir); err == nil {
		t.Error("a store is written over")
	}
}

// TestManyValues: a column with more values than are held in memory has some more
// than once, and each in its place.
func TestManyValues(t *testing.T) {
	dir := t.TempDir()
	w, err := Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	const n = 150_000
	places := map[uint32]string{}
	for i := range 2 * n {
		for _, v := range []string{fmt.Sprintf("第%d篇", i%n), "常见", ""} {
			place, err := w.value(Articles, v)
			if err != nil {
				t.Fatal(err)
			}
			if was, ok := places[place]; ok && was != v {
				t.Fatalf("place %d is of %q and of %q", place, was, v)
			}
			places[place] = v
		}
	}
	if c := &w.columns[Articles]; c.held > heldValues || len(c.place) > n {
		t.Errorf("%d values, %d bytes are held", len(c.place), c.held)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	list := s.Values(Articles)
	if len(list) != len(places) || len(list) <= n {
		t.Errorf("%d values, %d were written", len(list), len(places))
	}
	for i, v := range list {
		if v != places[uint32(i)] || s.Value(Articles, uint32(i)) != v {
			t.Fatalf("value %d is %q, want %q", i, v, places[uint32(i)])
		}
	}
}

// TestParts: the rows of a second part follow those of the first.
func TestParts(t *testing.T) {
	var dirs []string
	text := func(i int) string { return fmt.Sprintf("职责%d", i%4) }
	title := func(i int) string { return fmt.Sprintf("经理%d", i%3) }
	for part := range 2 {
		dir := t.TempDir()
		dirs = append(dirs, dir)
		w, err := Create(dir)
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		for i := part * 5; i < part*5+5; i++ {
			id, name := fmt.Sprint(i), title(i)
			if err := w.Position(HashLine([]byte(id)), id, &name, nil, Page{ID: id, URI: "u" + id, Site: &name}); err != nil {
				t.Fatal(err)
			}
			for k := range i % 3 { // none, one or two duties
				it := Item{Ordinal: uint32(k + 1), Start: 3, End: 5, Kind: fmt.Sprint("k", i%2), Flags: fmt.Sprint("f", i%4), Text: text(i + k)}
				if err := w.Duty(&it); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dirs[0], dirs[1]); err == nil {
		t.Error("two parts open without an order")
	}
	order := []uint32{7, Gone, 0, 1, 2, 3, 4, 5, 6, 8}
	if name, err := WriteOrder(dirs[1], order); err != nil || name != orderRows {
		t.Fatal(name, err)
	}
	s, err := Open(dirs[0], dirs[1])
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	n := 0
	for i := range 10 {
		id, at := fmt.Sprint(i), uint32(i)
		p, err := s.Show(at)
		row := s.Position(at)
		if err != nil || string(s.PositionID(at)) != id || s.Hash(at) != HashLine([]byte(id)) || s.Line(at) != order[i] ||
			p.URI != "u"+id || *p.Title != title(i) || s.Value(Titles, row.Title) != title(i) || s.Value(Sites, row.Site) != title(i) {
			t.Errorf("position %d is %s, %+v, %v", i, s.PositionID(at), p, err)
		}
		from, to := s.Of(at)
		if from != n || to != n+i%3 {
			t.Errorf("position %d has the duties %d to %d", i, from, to)
		}
		for k := range i % 3 {
			d := s.Duty(uint32(n))
			x := s.Details(&d)
			if d.Position != at || s.Text(&d) != text(i+k) || s.Value(Kinds, d.Kind) != fmt.Sprint("k", i%2) ||
				s.Value(Flags, x.Flags) != fmt.Sprint("f", i%4) || x.Ordinal != uint32(k+1) || x.Start != 3 || x.End != 5 {
				t.Errorf("duty %d is %+v, %+v", n, d, x)
			}
			n++
		}
	}
	if s.Duties() != n || s.Positions() != 10 || !s.Moved() {
		t.Errorf("%d duties of %d positions", s.Duties(), s.Positions())
	}
}
