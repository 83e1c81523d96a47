package hanzi

import (
	"testing"
	"unicode/utf8"
)

func TestSimplified(t *testing.T) {
	for from, to := range map[rune]rune{'責': '责', '職': '职', '崗': '岗', '圍': '围', '责': '责', '著': '著', 'A': 'A', '，': '，'} {
		if got := Simplified(from); got != to {
			t.Errorf("Simplified(%c) = %c, want %c", from, got, to)
		}
	}
	if n := utf8.RuneCountInString(simplified); n%2 != 0 || n < 8000 {
		t.Errorf("the table has %d characters", n)
	}
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if s := Simplified(r); Simplified(s) != s {
			t.Errorf("%c becomes %c, which becomes %c", r, s, Simplified(s))
		}
		if c := string(r)[0]; Simplified(r) != r && (c < 0xe3 || c == 0xef) {
			t.Errorf("%c begins with %#x", r, c)
		}
		if got, want := IsTraditional(r), Simplified(r) != r; got != want {
			t.Errorf("IsTraditional(%c) is %v", r, got)
		}
	}
}

func TestAlign(t *testing.T) {
	const text = "客服專員崗位職責：1、㑮負責 \xffＣＲＭ𠮷"
	got := Align(text)
	if len(got) != len(text) && utf8.ValidString(text) {
		t.Fatalf("Align changed the length: %d to %d", len(text), len(got))
	}
	if want := "客服专员岗位职责：1、"; got[:len(want)] != want {
		t.Errorf("Align = %q", got)
	}
	if plain := "岗位职责"; Align(plain) != plain {
		t.Error("Align changed simplified text")
	}
}
