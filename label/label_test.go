package label_test

import (
	"testing"
	"unicode"

	"zhize/document"
	"zhize/label"
	"zhize/normalize"
)

func han(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

// TestEveryWordHasALabel asks for the words that the program can write: one
// without a row would stand on a Chinese page in English.
func TestEveryWordHasALabel(t *testing.T) {
	check := func(what, word string, got label.Text) {
		if !han(got.ZH) || got.EN == "" || han(got.EN) && word != "dot" {
			t.Errorf("the %s %q has the labels %+v: give it a row in label/words.go", what, word, got)
		}
	}
	for _, r := range document.Roles() {
		check("role", r, label.Role(r))
	}
	for _, r := range document.Reasons() {
		check("reason", r, label.Reason(r))
	}
	for _, k := range document.Kinds {
		check("kind", string(k), label.Kind(string(k)))
	}
	for _, r := range normalize.Rules() {
		check("rule", r.Name, label.Rule(r.Name))
	}
	for _, f := range []string{
		document.FlagTruncated, document.FlagInferred, document.FlagClauses, document.FlagRepeated, document.FlagGap, document.FlagHeadless,
		document.FlagArticleCount, document.FlagMojibake, document.FlagNoItems, document.FlagTooDeep, "unsettled",
	} {
		check("flag", f, label.Flag(f))
	}
}

func TestLabels(t *testing.T) {
	if got := label.Rule("invisible+wrap-space").In(label.Chinese); got != "不可见字符 + 换行空格" {
		t.Errorf("joined rules: %q", got)
	}
	if got := label.Flag("new-flag"); got.In(label.Chinese) != "new-flag" || got.In(label.English) != "new-flag" {
		t.Errorf("an unknown word: %+v", got)
	}
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", -1234567: "-1,234,567", -100: "-100"} {
		if got := label.Thousands(n); got != want {
			t.Errorf("%d: %q", n, got)
		}
	}
}
