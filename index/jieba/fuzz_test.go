package jieba

import (
	"encoding/binary"
	"slices"
	"testing"

	"zhize/index/jieba/internal/image"
)

// check fails unless the tokens of Cut cover the text, and those of CutSearch are the same with dictionary words of two
// and then three runes before the long ones.
func check(t *testing.T, d *Dict, text string) {
	t.Helper()
	cut := d.Cut(nil, text)
	end := 0
	for _, token := range cut {
		if token.Start != end || token.End <= token.Start {
			t.Fatalf("Cut(%q): token %v after %d", text, token, end)
		}
		end = token.End
	}
	if end != len(text) {
		t.Fatalf("Cut(%q) ends at %d of %d", text, end, len(text))
	}

	search := d.CutSearch(nil, text)
	for _, token := range cut {
		i := slices.Index(search, token)
		if i < 0 {
			t.Fatalf("CutSearch(%q) lacks %v", text, token)
		}
		runes := 0
		for _, inner := range search[:i] {
			if inner.Start < token.Start || inner.End > token.End || !d.Has(text[inner.Start:inner.End]) {
				t.Fatalf("CutSearch(%q): %v in %v", text, inner, token)
			}
			n := len([]rune(text[inner.Start:inner.End]))
			if n < 2 || n > 3 || n < runes {
				t.Fatalf("CutSearch(%q): %v of %d runes in %v", text, inner, n, token)
			}
			runes = n
		}
		search = search[i+1:]
	}
	if len(search) > 0 {
		t.Fatalf("CutSearch(%q): %v at the end", text, search)
	}
}

func FuzzCut(f *testing.F) {
	for _, text := range []string{"", duties, "C++c#AT&T恤1.2.3a4", "\x00\xff负责\xe5\x8f，。 \t\n", "𠮷婧祎龘王", "中华人民共和国中央人民政府"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { check(t, Default(), text) })
}

// FuzzOpen opens changed images, and uses those that open. Each is tried with a true digest too, which would otherwise
// keep every change from being looked at. A change is 12 bytes: an offset, and what to flip there; less bytes are taken
// off the end.
func FuzzOpen(f *testing.F) {
	good := tinyImage(f, nil)
	le := binary.LittleEndian
	f.Add([]byte(nil), uint(0))
	f.Add([]byte(nil), uint(1))
	for at := uint32(0); at < 400; at += 4 {
		for _, flip := range []uint64{1, 0x80000000, 0xFFFFFFFF, ^uint64(0)} {
			f.Add(le.AppendUint64(le.AppendUint32(nil, at), flip), uint(0))
		}
	}
	f.Fuzz(func(t *testing.T, changes []byte, less uint) {
		b := slices.Clone(good[:uint(len(good))-less%uint(len(good)+1)])
		for ; len(changes) >= 12; changes = changes[12:] {
			at, flip := le.Uint32(changes), changes[4:12]
			for i := range flip {
				if len(b) > 0 {
					b[(int(at)+i)%len(b)] ^= flip[i]
				}
			}
		}
		for range 2 {
			if d, err := Open(b); err == nil {
				check(t, d, "甲乙丙丁戊一丁\x00\xff C++，甲乙甲")
				d.Freq("甲乙")
				_ = d.Hash()
			}
			image.Seal(b)
		}
	})
}
