// Package label says the words of the output contract in the languages of
// people: what a role, a reason, a kind, a rule or a flag is called in Chinese
// and in English on a page. A word that it does not know stands for itself.
package label

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Text is a label in both languages.
type Text struct{ EN, ZH string }

// In is the label in a language: "zh" is Chinese, everything else English.
func (t Text) In(lang string) string {
	if lang == Chinese {
		return t.ZH
	}
	return t.EN
}

// The languages, as BCP 47 names them.
const (
	English = "en"
	Chinese = "zh"
)

// row is one word of the contract and its label.
type row struct{ word, en, zh string }

func find(rows []row, word string) Text {
	for _, r := range rows {
		if r.word == word {
			return Text{EN: r.en, ZH: r.zh}
		}
	}
	return Text{EN: word, ZH: word}
}

// Role names a role of a region of the source.
func Role(name string) Text { return find(roles[:], name) }

// Reason names a reason for which text is dropped.
func Reason(name string) Text { return find(reasons[:], name) }

// Kind names a kind of section.
func Kind(name string) Text { return find(kinds[:], name) }

// Flag names a flag.
func Flag(name string) Text { return find(flags[:], name) }

// Rule names a rule, or several that are joined by "+".
func Rule(name string) Text {
	var out Text
	for i, part := range strings.Split(name, "+") {
		t := find(rules[:], part)
		if i > 0 {
			out.EN, out.ZH = out.EN+" + ", out.ZH+" + "
		}
		out.EN, out.ZH = out.EN+t.EN, out.ZH+t.ZH
	}
	return out
}

// Count is a word and how often it was counted.
type Count struct {
	Word string
	N    int
}

// Ranked orders counts as people read them: most first, equal ones by word.
func Ranked(counts map[string]int) []Count {
	var out []Count
	for word, n := range counts {
		out = append(out, Count{word, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Word, b.Word))
	})
	return out
}

// Thousands writes 1234567 as 1,234,567.
func Thousands(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Field names a row of a position's form.
func Field(name string) Text { return find(fields[:], name) }
