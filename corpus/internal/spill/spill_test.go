package spill

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSorterSorts(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(rapid.SliceOfN(rapid.Byte(), 0, 20), 0, 400).Draw(t, "records")
		budget := rapid.SampledFrom([]int{1, 60, 500, 1 << 20}).Draw(t, "budget")
		s := New(dir, budget)
		for _, r := range records {
			if err := s.Add(r); err != nil {
				t.Fatal(err)
			}
		}
		var got [][]byte
		if err := s.Each(func(r []byte) error { got = append(got, slices.Clone(r)); return nil }); err != nil {
			t.Fatal(err)
		}
		want := slices.Clone(records)
		slices.SortFunc(want, bytes.Compare)
		if !slices.EqualFunc(got, want, bytes.Equal) {
			t.Fatalf("got %d records, want %d, or in another order", len(got), len(want))
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if left, _ := os.ReadDir(dir); len(left) != 0 {
			t.Fatalf("%d files are left", len(left))
		}
	})
}

func TestEachStopsAtAnError(t *testing.T) {
	stop := errors.New("stop")
	for _, budget := range []int{1, 1 << 20} {
		s := New(t.TempDir(), budget)
		for range 5 {
			if err := s.Add([]byte("x")); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		if err := s.Each(func([]byte) error { n++; return stop }); !errors.Is(err, stop) || n != 1 {
			t.Errorf("budget %d: error %v after %d records", budget, err, n)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
