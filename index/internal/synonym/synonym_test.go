package synonym

import (
	"slices"
	"strings"
	"testing"
)

func TestTable(t *testing.T) {
	if len(table) < 60 || len(table) > 150 {
		t.Errorf("%d rows", len(table))
	}
	seen := map[string]string{}
	for _, row := range table {
		words := strings.Fields(row)
		if len(words) < 2 {
			t.Errorf("%q is no group", row)
		}
		for _, w := range words {
			if in, twice := seen[w]; twice {
				t.Errorf("%s stands in %q and in %q", w, in, row)
			}
			seen[w] = row
			if w != strings.ToLower(w) {
				t.Errorf("%s is not folded", w)
			}
			if Main(w) != words[0] {
				t.Errorf("Main(%s) = %s, want %s", w, Main(w), words[0])
			}
			for _, o := range Of(w) {
				if !slices.Contains(Of(o), w) {
					t.Errorf("%s means %s, which does not mean it", w, o)
				}
			}
		}
	}
	if Of("投诉") == nil || slices.Contains(Of("投诉"), "投诉") {
		t.Errorf("投诉 means %q", Of("投诉"))
	}
	if Of("") != nil || Of("销售") != nil || Main("销售") != "销售" {
		t.Error("a word outside of the table has no others")
	}
}
