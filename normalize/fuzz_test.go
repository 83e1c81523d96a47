package normalize_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zhize/document"
	"zhize/normalize"
)

// words is evidence of a few words, and of every run of two characters whose
// sum is even: words where nobody expects them.
type words struct{}

func (words) Word(s string) bool {
	if slices.Contains([]string{"公司", "管理", "学习", "职责", "岗位", "系统", "说明"}, s) {
		return true
	}
	r := []rune(s)
	return len(r) == 2 && (r[0]+r[1])%2 == 0
}

// learned is evidence of a corpus that nobody wrote: what stands in how many
// clusters, and what is likely, follows from the characters by chance.
type learned struct{ words }

func chance(most int, of ...rune) int {
	h := uint64(len(of))
	for _, r := range of {
		h = (h ^ uint64(r)) * 0x9e3779b97f4a7c15
		h ^= h >> 29
	}
	return int(h >> 7 % uint64(most))
}

// counts has most grams in no cluster and the rest in up to fifteen.
func counts(of ...rune) int { return max(0, chance(32, of...)-16) }

func (learned) Pair(a, b rune) int      { return counts(a, b) }
func (learned) Triple(a, b, c rune) int { return counts(a, b, c) }

func (l learned) beside(pair func(r rune) int) []rune {
	var out []rune
	for _, r := range "公司导岗得技提数料明智有理的目系线统管绩续职负责贵资" {
		if pair(r) >= 3 {
			out = append(out, r)
		}
	}
	return out
}

func (l learned) Behind(a rune) []rune { return l.beside(func(r rune) int { return l.Pair(a, r) }) }
func (l learned) Before(b rune) []rune { return l.beside(func(r rune) int { return l.Pair(r, b) }) }

func (l learned) Following(a, b rune, f func(c rune, clusters int)) {
	for _, c := range l.beside(func(r rune) int { return l.Triple(a, b, r) }) {
		f(c, l.Triple(a, b, c))
	}
}

func (learned) Likelihood(text string) float64 { return -float64(chance(60, []rune(text)...)) }

// parts cuts a text into parts at the bits of mask, a rune a bit.
func parts(text string, mask uint64) []normalize.Part {
	var out []normalize.Part
	at, n := 0, 0
	for i := range text {
		n++
		if i > at && mask>>(n%64)&1 == 1 {
			p := normalize.Part{Span: document.Span{Start: at, End: i}, Kind: normalize.PartKind(n % 3), Followed: n%2 == 0}
			if n%7 != 0 {
				out = append(out, p)
			}
			at = i
		}
	}
	if at < len(text) {
		out = append(out, normalize.Part{Span: document.Span{Start: at, End: len(text)}})
	}
	return out
}

// rules proves what the two tables promise of a text.
func rules(text string, mask uint64, ev normalize.Evidence) error {
	known := map[string]bool{}
	for _, r := range normalize.Rules() {
		known[r.Name] = true
	}
	valid := func(edits []document.Edit) error {
		if _, err := document.Apply(text, edits); err != nil {
			return err
		}
		for _, e := range edits {
			if e.Before == e.After || !known[e.Rule] || e.Confidence <= 0 || e.Confidence > 1 || e.Evidence.Basis == "" || !utf8.ValidString(e.After) {
				return fmt.Errorf("edit %+v", e)
			}
		}
		return nil
	}
	characters, _ := normalize.Characters(text, ev)
	if err := valid(characters); err != nil {
		return fmt.Errorf("characters: %w", err)
	}
	cut := parts(text, mask)
	edits, suggested := normalize.Texts(text, cut, ev)
	if err := valid(edits); err != nil {
		return fmt.Errorf("texts: %w", err)
	}
	for i, e := range suggested {
		if err := valid(suggested[i : i+1]); err != nil {
			return fmt.Errorf("suggested: %w", err)
		}
		if i > 0 && e.Span.Start < suggested[i-1].Span.Start {
			return fmt.Errorf("suggestion %+v is out of order", e)
		}
	}
	for _, e := range slices.Concat(edits, suggested) {
		if !slices.ContainsFunc(cut, func(p normalize.Part) bool { return p.Contains(e.Span) }) {
			return fmt.Errorf("edit %+v leaves its part", e)
		}
	}
	return nil
}

// maxRounds is how often the tables are run over their own work before what
// they do counts as endless.
const maxRounds = 16

// settles proves that the tables come to an end: characters first, then the
// whole text as one part, again and again until neither wants more.
func settles(text string, ev normalize.Evidence) error {
	first := text
	for range maxRounds {
		edits, _ := normalize.Characters(text, ev)
		if len(edits) == 0 {
			part := normalize.Part{Span: document.Span{End: len(text)}, Followed: true}
			if edits, _ = normalize.Texts(text, []normalize.Part{part}, ev); len(edits) == 0 {
				return nil
			}
		}
		after, err := document.Apply(text, edits)
		if err != nil {
			return err
		}
		text = after
	}
	return fmt.Errorf("after %d rounds %q is %q and not at rest", maxRounds, first, text)
}

var pieces = []string{
	"业续", "业绩", "负贵", "贵", "导", "智", "数", "料", "资", "负责", "管理", "学习", "公司", "的", "得", "和", "大", "习", "系 统", "岗 位 职 责", "说(shuō)明(míng)", "（de）", "(shuō)", "說明", "制度", "製作", "後面",
	",", ".", ";", ":", "?", "!", "，", "。", "；", "：", "、", "…", "的.", ";。", "。。", "，，", "、、", "..", "\"", "'", "“", "”", "(", ")", "（", "）", "[", "【",
	"&nbsp;", "&amp;", "&", "amp;", "lt;", "&#59;", "&#x", "\ue000", "\uf06c", "】", "”", "1)", ":)", "著", "重覆",
	" ", "  ", "\u3000", "\u00a0", "\t", "\n", "\n\n", "\u200b", "\ufeff", "\u00ad", "\x01", "\u2028", "A", "b", "C++", ".NET", "ISO9001:2015", "1", "12", "3.5", "1,000", "10:30", "99%", "😀", "é", "\u0301", "Ａ", "１",
}

func TestRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text"), "")
		mask := rapid.Uint64().Draw(t, "parts")
		for _, ev := range []normalize.Evidence{nil, words{}, learned{}} {
			if err := rules(text, mask, ev); err != nil {
				t.Fatalf("%q: %v", text, err)
			}
			if err := settles(text, ev); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func FuzzRules(f *testing.F) {
	for _, s := range []string{
		"", "学习\n知识", "公司,制度;。", "说(shuō)明(míng)", "岗 位 职 责", "的.管理的。", "工 作\u200b和\n\n管理", "\u00a0\n\u00a0", "大。\n处理", "：\t", "1,000元;3.5年",
		"&amp;amp;nbsp;&#59&#59;&am&#112;;", "（含税)(\"工匠\"[注】", "登\uf06c记\ue000\ue001", "著重著作售后聯系",
	} {
		f.Add(s, uint64(0))
		f.Add(s, uint64(0x0101010101010101))
	}
	pages, _ := filepath.Glob("../testdata/pages/*.txt")
	for _, p := range pages {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), uint64(0x8000010000400001))
	}
	f.Fuzz(func(t *testing.T, text string, mask uint64) {
		if !utf8.ValidString(text) {
			return
		}
		if err := rules(text, mask, words{}); err != nil {
			t.Error(err)
		}
		if err := settles(text, words{}); err != nil {
			t.Error(err)
		}
		if err := rules(text, mask, learned{}); err != nil {
			t.Error(err)
		}
		if err := settles(text, learned{}); err != nil {
			t.Error(err)
		}
	})
}
