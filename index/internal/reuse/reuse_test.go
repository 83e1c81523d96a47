package reuse

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"zhize/index/internal/store"
)

// rows makes a store with a position for each line.
func rows(t *testing.T, lines []string) *store.Store {
	t.Helper()
	dir := t.TempDir()
	w, err := store.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for _, l := range lines {
		if err := w.Position(store.HashLine([]byte(l)), l, nil, nil, store.Page{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// TestMatch: every line has a row that was made of it or is new, no two have the
// same, and as many as can be have one.
func TestMatch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		draw := func() (lines []string) {
			for range r.IntN(30) {
				lines = append(lines, fmt.Sprint(r.IntN(25)))
			}
			return lines
		}
		old, lines := draw(), draw()
		if r.IntN(5) == 0 {
			lines = slices.Clone(old)
		}
		m := New(rows(t, old))
		size, added := 0, 0
		for _, l := range lines {
			m.Add(store.HashLine([]byte(l)), len(l))
			size += len(l)
		}
		order := m.Order()
		for n, l := range lines {
			row := slices.Index(order, uint32(n))
			if m.New(n) {
				added += len(l)
				if row < len(old) {
					t.Fatalf("%v in %v: line %d is new and has row %d", lines, old, n, row)
				}
				continue
			}
			if row < 0 || row >= len(old) || old[row] != l {
				t.Fatalf("%v in %v: line %d has row %d", lines, old, n, row)
			}
			order[row] = store.Gone
		}
		want := 0 // bytes of lines for which there are too few rows
		for l, n := range count(lines) {
			want += max(n-count(old)[l], 0) * len(l)
		}
		for row, n := range order[:len(old)] {
			if n != store.Gone {
				t.Fatalf("%v in %v: row %d has line %d, as another has", lines, old, row, n)
			}
		}
		if m.Same() != slices.Equal(old, lines) {
			t.Errorf("%v is %v: %v", lines, old, m.Same())
		}
		if int(m.Bytes) != size || int(m.NewBytes) != added || added != want {
			t.Errorf("%v in %v: %d bytes, %d of them new, %d were told so; want %d and %d", lines, old, m.Bytes, m.NewBytes, added, size, want)
		}
	}
}

func count(lines []string) map[string]int {
	n := map[string]int{}
	for _, l := range lines {
		n[l]++
	}
	return n
}

// TestManyEqualLines takes as long as many different ones.
func TestManyEqualLines(t *testing.T) {
	const n = 100_000
	line := make([]string, n)
	m := New(rows(t, line))
	for range n + 1 {
		m.Add(store.HashLine(nil), 1)
	}
	if m.NewBytes != 1 || slices.Contains(m.Lines, store.Gone) {
		t.Errorf("%d of %d lines are new", m.NewBytes, n+1)
	}
}
