package runeset

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestSet compares a set with what package strings says.
func TestSet(t *testing.T) {
	alphabet := rapid.SampledFrom([]rune("a1 :.\t-：。、　】一中文龥😀é\u00a0"))
	rapid.Check(t, func(t *rapid.T) {
		chars := string(rapid.SliceOfN(alphabet, 0, 8).Draw(t, "set"))
		text := string(rapid.SliceOfN(alphabet, 0, 30).Draw(t, "text"))
		s := Of(chars)
		for _, r := range "a1 :.\t-：。、　】一中文龥😀é\u00a0" {
			if got, want := s.Has(r), strings.ContainsRune(chars, r); got != want {
				t.Fatalf("Has(%q) is %v", r, got)
			}
		}
		if got, want := s.Index(text), strings.IndexAny(text, chars); got != want {
			t.Fatalf("Index is %d, want %d", got, want)
		}
		if got, want := s.LastIndex(text), strings.LastIndexAny(text, chars); got != want {
			t.Fatalf("LastIndex is %d, want %d", got, want)
		}
		if s.In(text) != strings.ContainsAny(text, chars) {
			t.Fatal("In")
		}
		if got, want := s.Trim(text), strings.Trim(text, chars); got != want {
			t.Fatalf("Trim is %q, want %q", got, want)
		}
		if got, want := s.TrimLeft(text), strings.TrimLeft(text, chars); got != want {
			t.Fatalf("TrimLeft is %q, want %q", got, want)
		}
		if got, want := s.TrimRight(text), strings.TrimRight(text, chars); got != want {
			t.Fatalf("TrimRight is %q, want %q", got, want)
		}
	})
}
