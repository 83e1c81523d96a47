package markup

import "testing"

func TestClassWords(t *testing.T) {
	got := classWords("topNav ad_300-x2 bodyAD  canvas 导航")
	want := []string{"top", "nav", "ad", "x", "body", "ad", "canvas", "导航"}
	if len(got) != len(want) {
		t.Fatalf("%q", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
