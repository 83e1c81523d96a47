package store

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func FuzzPack(f *testing.F) {
	f.Add("负责K8s集群，（含𠮷野家）的①运维——“可用率”≥99.9％。\x00\u0e01\U0010ffff")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = unpack([]byte(text)) // whatever lies there
		text = strings.ToValidUTF8(text, "\uFFFD")
		b := appendPacked(nil, text)
		got, err := unpack(b)
		if err != nil || got != text {
			t.Fatalf("%q comes back as %q: %v", text, got, err)
		}
	})
}

// TestPackEveryCharacter takes every character there is, and the blocks must
// fit into what two bytes can name.
func TestPackEveryCharacter(t *testing.T) {
	most := -1
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		b := appendPacked(nil, string(r))
		if got, err := unpack(b); err != nil || got != string(r) {
			t.Fatalf("%U comes back as %q: %v", r, got, err)
		}
		most = max(most, place(r))
	}
	if most >= (escape-0x80)<<8 {
		t.Errorf("%#x characters are in the blocks, two bytes name %#x", most+1, (escape-0x80)<<8)
	}
}
