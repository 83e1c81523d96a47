package pinyin

import (
	"strings"
	"testing"
	"unicode/utf8"

	dict "github.com/mozillazg/go-pinyin"
)

// TestOf compares every character with the dictionary.
func TestOf(t *testing.T) {
	n := 0
	for r := rune(0); r <= utf8.MaxRune; r++ {
		want := dict.PinyinDict[int(r)]
		if got := Of(r); got != want {
			t.Fatalf("%c is read %q, the dictionary says %q", r, got, want)
		}
		if want == "" {
			continue
		}
		n++
		plain := dict.Pinyin(string(r), dict.Args{Style: dict.Normal, Heteronym: true})[0]
		for i, toned := range dict.Pinyin(string(r), dict.Args{Style: dict.Tone, Heteronym: true})[0] {
			if !Has(r, toned) {
				t.Fatalf("%c is not read %s", r, toned)
			}
			if i < len(plain) && strings.ContainsAny(plain[i], "aeiou") && !strings.ContainsAny(plain[i], "vüê") && !HasToneless(r, plain[i]) {
				t.Fatalf("%c is not read %s", r, plain[i])
			}
		}
	}
	if n < 40_000 {
		t.Errorf("%d characters have readings", n)
	}
	if Has('说', "") || HasToneless('说', "") || Has('说', "shu") || HasToneless('a', "") {
		t.Error("what is no reading is one")
	}
}

func BenchmarkOf(b *testing.B) {
	for b.Loop() {
		if Of('说') == "" {
			b.Fatal()
		}
	}
}
