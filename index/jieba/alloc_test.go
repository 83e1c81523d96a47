//go:build !race

package jieba

import "testing"

// TestAllocations holds the hot path to its promise. (The race detector makes sync.Pool forget at random.)
func TestAllocations(t *testing.T) {
	list := Default().CutSearch(nil, duties)
	if n := testing.AllocsPerRun(200, func() { list = Default().CutSearch(list[:0], duties) }); n > 0 {
		t.Errorf("CutSearch allocates %v times a call", n)
	}
}
