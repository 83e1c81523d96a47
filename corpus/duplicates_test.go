package corpus

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/corpus/internal/store"
)

// nearPage is the v-th version of the n-th of different pages: it has lost its
// v-th item.
func nearPage(n, v int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "#岗位%d\n", n)
	for i := range 14 {
		if i+1 == v {
			continue
		}
		fmt.Fprintf(&b, "%d、", i+1)
		for k := range 20 {
			b.WriteRune(rune(0x4e00 + (n*7919+i*104729+k*1299709)%20000))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// TestNearCopiesDependOnPagesAlone: the marks are the same with one worker and
// with eight, and when pages are added that are the better copies.
func TestNearCopiesDependOnPagesAlone(t *testing.T) {
	for seed := range uint64(12) {
		r := rand.New(rand.NewPCG(seed, 1))
		dir := t.TempDir()
		in, out, fresh := filepath.Join(dir, "in"), filepath.Join(dir, "out"), filepath.Join(dir, "fresh")
		page := func(i int) map[string]string {
			return map[string]string{fmt.Sprintf("%02d.txt", i): nearPage(r.IntN(4), r.IntN(5))}
		}
		n := 2 + r.IntN(11)
		for i := range n {
			write(t, in, page(2*i+1))
		}
		runTest(t, in, out, func(o *Options) { o.Workers = 8 })
		for range r.IntN(5) {
			write(t, in, page(r.IntN(2*n+1)))
		}
		runTest(t, in, out, func(o *Options) { o.Workers = 8 })
		runTest(t, in, fresh, func(o *Options) { o.Workers = 1 })
		if diff := cmp.Diff(outputs(t, fresh), outputs(t, out)); diff != "" {
			t.Fatalf("seed %d: outputs differ:\n%s", seed, diff)
		}
	}
}

func TestNearCopies(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"a.txt": nearPage(1, 3), "b.txt": nearPage(2, 0), "c.txt": nearPage(1, 0), "d.txt": nearPage(1, 0) + "。"})
	s := runTest(t, in, out, nil)
	c := s.Counts
	if c.DuplicatePages != 2 || c.NearPages != 1 || c.DuplicateArticles != 2 || c.NearArticles != 1 || c.DuplicatePositions != 2 || c.NearPositions != 1 {
		t.Errorf("counts %+v", c)
	}
	lines := strings.Split(outputs(t, out)[store.PositionsName], "\n")
	id := func(line string) string { return line[len(`{"schema":"zhize/1","id":"`):][:21] }
	for i, want := range []string{`"duplicate_of":"` + id(lines[2]) + `","duplicate_kind":"near"`, `"duplicate_of":null`, `"duplicate_of":null`, `"duplicate_of":"` + id(lines[2]) + `","duplicate_kind":"exact","similarity":1}`} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("position %d has no %s: …%s", i+1, want, lines[i][len(lines[i])-100:])
		}
	}
}
