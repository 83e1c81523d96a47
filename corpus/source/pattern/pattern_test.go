package pattern

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestIgnored: what git says of the same lines (git check-ignore).
func TestIgnored(t *testing.T) {
	for _, c := range [...]struct {
		rules   string
		name    string
		folder  bool
		ignored bool
	}{
		{"*.tmp", "a/b.tmp", false, true},
		{"*.tmp", "b.tmp.html", false, false},
		{"/b.html", "b.html", false, true},
		{"/b.html", "a/b.html", false, false},
		{"a/b.html", "a/b.html", false, true},
		{"a/b.html", "c/a/b.html", false, false},
		{"old/", "old", true, true},
		{"old/", "old", false, false},
		{"old/", "x/old", true, true},
		{"a/**", "a", true, false},
		{"a/**", "a/b/c", false, true},
		{"a/**/z", "a/z", false, true},
		{"a/**/z", "a/b/c/z", false, true},
		{"**/z", "z", false, true},
		{"*.html\n!keep.html", "a/keep.html", false, false},
		{"!keep.html\n*.html", "keep.html", false, true},
		{"# *.html", "a.html", false, false},
		{`\#a`, "#a", false, true},
		{`\!a`, "!a", false, true},
		{"{a,b}", "a", false, false},
		{"{a,b}", "{a,b}", false, true},
		{"[ab].txt", "b.txt", false, true},
		{"[!ab].txt", "b.txt", false, false},
		{"a?c", "abc", false, true},
		{"a?c", "a/c", false, false},
		{"*", "甲.html", false, true},
		{"甲*.html", "子/甲乙.html", false, true},
		{"a.txt  ", "a.txt", false, true},
		{"\ufeff*.tmp\r\n", "b.tmp", false, true},
		{"", "a", false, false},
	} {
		r, err := Parse(strings.NewReader(c.rules))
		if err != nil {
			t.Fatalf("%q: %v", c.rules, err)
		}
		if got, _ := r.Ignored(c.name, c.folder); got != c.ignored {
			t.Errorf("%q: %q is ignored: %v", c.rules, c.name, got)
		}
	}
}

func TestParseNamesWhatIsWrong(t *testing.T) {
	r, err := Parse(strings.NewReader("*.tmp\n[a\n/\n\xff"))
	if err == nil {
		t.Fatal("nothing is wrong")
	}
	for _, want := range [...]string{"line 2: the pattern \"[a\" is not closed", "line 3: \"/\" means nothing", "line 4: is not UTF-8"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q lacks %q", err, want)
		}
	}
	if got, said := r.Ignored("a.tmp", false); !got || !said {
		t.Error("the rule that makes sense does not hold")
	}
}

func TestGlob(t *testing.T) {
	for _, c := range [...]struct {
		pattern, base, name string
		match               bool
	}{
		{"pages/*.html", "pages", "a.html", true},
		{"pages/*.html", "pages", "b/a.html", false},
		{"pages/**/*.html", "pages", "a.html", true},
		{"pages/**/*.html", "pages", "b/c/a.html", true},
		{"*.{html,txt}", ".", "a.txt", true},
		{"/data/20[12]?/**", "/data", "2013/x/y", true},
		{"*/{a/b,c}.html", ".", "x/a/b.html", true},
	} {
		g, ok, err := NewGlob(c.pattern)
		if !ok || err != nil || g.Base != c.base || g.Match(c.name) != c.match {
			t.Errorf("%s: base %q, %v, %v", c.pattern, g.Base, ok, err)
		}
	}
	if _, ok, _ := NewGlob("plain/name.html"); ok {
		t.Error("a plain name is a pattern")
	}
	if _, _, err := NewGlob("a/[b"); err == nil {
		t.Error("a pattern without an end is taken")
	}
}

// TestMayHold: a folder that is passed over holds nothing that is meant.
func TestMayHold(t *testing.T) {
	part := rapid.SampledFrom([]string{"a", "b", "ab"})
	sign := rapid.SampledFrom([]string{"a", "*", "?", "a*", "**", "{a,b}", "[ab]"})
	rapid.Check(t, func(t *rapid.T) {
		g, ok, err := NewGlob(strings.Join(rapid.SliceOfN(sign, 1, 4).Draw(t, "pattern"), "/"))
		if err != nil || !ok {
			return
		}
		name := rapid.SliceOfN(part, 2, 5).Draw(t, "name")
		if full := strings.Join(name, "/"); g.Match(full) {
			for i := 1; i < len(name); i++ {
				if folder := strings.Join(name[:i], "/"); !g.MayHold(folder) {
					t.Fatalf("%q means %q, but is said not to look into %q", g.pattern, full, folder)
				}
			}
		}
	})
}
