package normalize

import (
	"testing"

	"zhize/hanzi"
)

// TestSimplifiedOnly: what shows that a page was converted in part is the
// simplified form of other characters, and none itself.
func TestSimplifiedOnly(t *testing.T) {
	forms := map[rune]bool{}
	for r := rune(0x4000); r < 0xa000; r++ {
		if s := hanzi.Simplified(r); s != r {
			forms[s] = true
		}
	}
	n := 0
	for r := rune(0x4000); r < 0xa000; r++ {
		if !simplifiedOnly.has(r) {
			continue
		}
		n++
		if !forms[r] || hanzi.Simplified(r) != r {
			t.Errorf("%c is no simplified character", r)
		}
	}
	if n < 100 {
		t.Errorf("only %d characters", n)
	}
}
