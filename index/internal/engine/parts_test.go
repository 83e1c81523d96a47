package engine

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// TestParts parts documents into two folders, of the first of which some are gone:
// these are as if they had never been.
func TestParts(t *testing.T) {
	for _, n := range []int{1, 30, 3000} {
		for _, share := range []int{0, 2, 1} { // one in so many is gone
			t.Run(fmt.Sprintf("%d, one in %d", n, share), func(t *testing.T) {
				r := rand.New(rand.NewPCG(2, uint64(n)))
				docs, gone := invent(r, n), roaring.New()
				first := n * 3 / 4
				a, b := build(t, docs[:first], 100), buildFrom(t, first, docs[first:], 100)
				for i := range first {
					if share > 0 && r.IntN(share) == 0 {
						gone.Add(uint32(i))
						docs[i] = doc{}
					}
				}
				if name, err := WriteGone(b, gone); err != nil || name != goneFile {
					t.Fatal(name, err)
				}
				x := compare(t, docs, Part{Dir: a, Docs: first}, Part{Dir: b, First: first, Docs: n - first})
				if want := n - int(gone.GetCardinality()); int(x.All().GetCardinality()) != want || x.All().Intersects(gone) {
					t.Errorf("All holds %d documents, want %d", x.All().GetCardinality(), want)
				}
			})
		}
	}
}

func TestOpenRefusesParts(t *testing.T) {
	dir := build(t, invent(rand.New(rand.NewPCG(1, 1)), 20), 10)
	more := Part{Dir: buildFrom(t, 20, invent(rand.New(rand.NewPCG(1, 1)), 20), 10), First: 20, Docs: 20}
	for _, gone := range []string{"-", "", "no set of documents", "\x3a\x30\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\xff\x00"} {
		if gone != "-" {
			if err := os.WriteFile(filepath.Join(more.Dir, goneFile), []byte(gone), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := Open(Part{Dir: dir, Docs: 20}, more); err == nil {
			_ = r.Close()
			t.Errorf("it opens where %q is gone", gone)
		}
	}
}
