package engine

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
)

func TestPostings(t *testing.T) {
	for _, n := range []int{0, 1, 25} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			temp := t.TempDir()
			path := filepath.Join(temp, "words")
			b, err := NewBuilder(path, temp, 10) // more than one batch, and a rest
			if err != nil {
				t.Fatal(err)
			}
			title := NewTitle()
			title.Add("even")
			for i := range n {
				d := NewDocument(2)
				if i%2 == 0 {
					d.Under(title)
				}
				d.Word("all")
				d.Word("all")
				d.Word(fmt.Sprintf("n%02d", i))
				d.Gram("gram")
				if d.Words() != 3 {
					t.Fatalf("Words() = %d", d.Words())
				}
				if err := b.Add(uint32(i), d); err != nil {
					t.Fatal(err)
				}
			}
			if err := b.Add(uint32(n+1), NewDocument(0)); err == nil {
				t.Fatal("a number was passed over")
			}
			order, err := b.Close(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			r, err := Open(path, n)
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = r.Close() }()
			if _, err := Open(path, n+7); err == nil {
				t.Error("it opens as more documents than it has")
			}
			ctx := context.Background()
			for doc, i := range order {
				var got []uint32
				if err := r.Postings(ctx, Words, fmt.Sprintf("n%02d", i), func(d uint32) { got = append(got, d) }); err != nil {
					t.Fatal(err)
				}
				if !slices.Equal(got, []uint32{uint32(doc)}) {
					t.Fatalf("document %d, added as %d, is found as %v", doc, i, got)
				}
			}
			count := 0
			if err := r.Postings(ctx, Words, "all", func(d uint32) {
				if int(d) != count {
					t.Errorf("%d comes after %d documents", d, count)
				}
				count++
			}); err != nil || count != n {
				t.Errorf("%d of %d documents: %v", count, n, err)
			}
			// Every text has the word twice, once again beyond the first time.
			again := 0
			if err := r.Repeats(ctx, "all", func(uint32) { again++ }); err != nil || again != n {
				t.Errorf("%d of %d documents have the word again: %v", again, n, err)
			}
			if err := r.Repeats(ctx, "n0", func(uint32) { t.Error("a part of a word is no word") }); err != nil {
				t.Error(err)
			}
			if got, err := r.Count(ctx, Titles, "even"); err != nil || got != (n+1)/2 {
				t.Errorf("%d documents under a title: %v", got, err)
			}
			if err := r.Each(ctx, Words, "a", func(term string, documents int) {
				if term != "all" || documents != n {
					t.Errorf("the term %q of %d documents", term, documents)
				}
			}); err != nil {
				t.Error(err)
			}
			terms, err := r.Terms(ctx, Words, "n", func(term string) bool { return term < "n10" })
			if err != nil || len(terms) != min(n, 10) {
				t.Errorf("terms %q: %v", terms, err)
			}
		})
	}
}
