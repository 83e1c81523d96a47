package analysis

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zhize/index/jieba"
)

func TestFold(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"负责客户回访", "负责客户回访"},
		{"負責客戶關係維護", "负责客户关系维护"},
		{"ＥＸＣＥＬ２０１６（熟練）", "excel2016(熟练)"},
		{"Ａ\u3000Ｂ", "a b"},
		{"Java、C++", "java、c++"},
		{"ÀÉ Ж", "àé ж"},
		{"著作 後勤 臺灣 裏面", "著作 后勤 台湾 里面"},
		{"𠮷野家", "𠮷野家"},
		{"a\xffb", "a\ufffdb"},
	} {
		if got := Fold(test.in); got != test.want {
			t.Errorf("Fold(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// TestFoldEveryCharacter folds all there are: one to one, and only once.
func TestFoldEveryCharacter(t *testing.T) {
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		if once := fold(r); fold(once) != once || !utf8.ValidRune(once) {
			t.Errorf("%U folds to %U, which folds to %U", r, once, fold(once))
		}
	}
}

// TestFoldTable holds the table to the schema of the index: who changes it
// changes index.Schema too.
func TestFoldTable(t *testing.T) {
	sum := sha256.New()
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if s := fold(r); s != r {
			fmt.Fprintf(sum, "%c%c", r, s)
		}
	}
	if got, want := hex.EncodeToString(sum.Sum(nil)[:4]), "95d47400"; got != want {
		t.Errorf("the folding table is %s, not %s: give index.Schema a new version, then this test", got, want)
	}
}

type place struct {
	term       string
	start, end int
}

func TestTerms(t *testing.T) {
	a := NewAnalyzer(jieba.Default())
	text := Fold("負責ＣＲＭ系統、客戶回訪；（软件工程师）")
	var got []place
	a.Terms(text, func(term string, start, end int) {
		got = append(got, place{term, start, end})
		if text[start:end] != term {
			t.Errorf("%q is not at %d-%d", term, start, end)
		}
	})
	var terms []string
	for _, p := range got {
		terms = append(terms, p.term)
	}
	want := "负责 crm 系统 客户 回访 软件 工程 程师 工程师 软件工程 工程师 软件工程师"
	for _, term := range terms {
		if strings.ContainsAny(term, "、；（）() ") {
			t.Errorf("a separator is a word: %q", term)
		}
	}
	for _, term := range []string{"负责", "crm", "系统", "客户", "回访", "软件", "工程师"} {
		if !slices.Contains(terms, term) {
			t.Errorf("%q is missing in %q (of the like of %q)", term, terms, want)
		}
	}
}

func TestWordTerm(t *testing.T) {
	a := NewAnalyzer(jieba.Default())
	for word, want := range map[string]bool{
		"客户": true, "工程师": true, "java": true, "k8s": true, "2016": true,
		"税": false, "a": true, "软件工程师": false, "云原生": true, "飞行检": false, "c++": false, "3.5": true, "node.js": false, "java开发": false,
		"": false, "、": false, strings.Repeat("a", 65): false,
	} {
		if got := a.WordTerm(word); got != want {
			t.Errorf("WordTerm(%q) = %v", word, got)
		}
	}
}

func find(p Phrase, text string) (found []string) {
	p.In(text, func(start, end int) bool {
		found = append(found, text[start:end])
		return true
	})
	return found
}

func TestPhrase(t *testing.T) {
	for _, test := range []struct {
		phrase, text string
		open         bool
		want         string
	}{
		{"户管", "客户管理", false, "户管"}, // inside and across words
		{"客户管理", "客户管理，客户管理系统", false, "客户管理|客户管理"},
		{"客户管理", "客户、管理", false, ""},
		{"客户、管理", "客户、管理", false, "客户、管理"},
		{"客户,管理", "客户 、 管理", false, "客户 、 管理"},
		{"客户 管理", "客户管理", false, ""},
		{"go", "google go-go", false, "go|go"},
		{"go", "google go", true, "google|go"},
		{"熟悉java", "熟悉javascript", false, ""},
		{"熟悉java", "熟悉javascript", true, "熟悉javascript"},
		{"c++", "c+、c++11、c++", false, "c++|c++"},
		{"c", "c++", false, "c"},
		{"哈哈", "哈哈哈哈哈", false, "哈哈|哈哈"},
		{"税", "税务纳税", true, "税|税"},
		{"node.js", "node js, node.js, nodejs", false, "node js|node.js"},
		{"、", "、", false, ""},
		{"", "a", false, ""},
		{"50%", "50%以上", false, "50%"},
	} {
		if got := strings.Join(find(NewPhrase(test.phrase, test.open), test.text), "|"); got != test.want {
			t.Errorf("%q (open %v) in %q: %q, want %q", test.phrase, test.open, test.text, got, test.want)
		}
	}
}

// naive finds a phrase by comparing units everywhere.
func naive(p Phrase, text string) bool {
	var list []unit
	units(text, func(u unit) bool { list = append(list, u); return true })
	for i := 0; i+len(p.units) <= len(list) && !p.Empty(); i++ {
		holds := true
		for j, want := range p.units {
			have := list[i+j]
			a, b := text[have.start:have.end], p.folded[want.start:want.end]
			last := p.open && j == len(p.units)-1
			if !(a == b || last && strings.HasPrefix(a, b)) || j > 0 && have.apart != want.apart {
				holds = false
			}
		}
		if holds {
			return true
		}
	}
	return false
}

// checkPhrase compares In with naive, and what the grams promise with both.
func checkPhrase(t interface{ Fatalf(string, ...any) }, phrase, text string, open bool) {
	phrase, text = Fold(phrase), Fold(text)
	p := NewPhrase(phrase, open)
	holds := len(find(p, text)) > 0
	if holds != naive(p, text) {
		t.Fatalf("%q in %q: In says %v", phrase, text, holds)
	}
	var grams []string
	Grams(text, func(g string) { grams = append(grams, g) })
	lookups, exact := p.Lookups()
	all := len(lookups) > 0
	for _, l := range lookups {
		all = all && slices.ContainsFunc(grams, l.Matches)
	}
	if holds && !all {
		t.Fatalf("%q in %q: lookups %v miss it among %q", phrase, text, lookups, grams)
	}
	if exact && all != holds {
		t.Fatalf("%q in %q: the lookups %v are not exact among %q", phrase, text, lookups, grams)
	}
	if all && len(p.units) > 0 && len(lookups) == 0 {
		t.Fatalf("%q has no lookups", phrase)
	}
}

func TestPhraseProperties(t *testing.T) {
	alphabet := []rune("客户管理ab1+ 、-税")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 24, -1).Draw(t, "text")
		runes := []rune(text)
		phrase := rapid.StringOfN(rapid.SampledFrom(alphabet), 0, 5, -1).Draw(t, "phrase")
		if n := len(runes); n > 0 && rapid.Bool().Draw(t, "part") {
			from := rapid.IntRange(0, n-1).Draw(t, "from")
			phrase = string(runes[from:rapid.IntRange(from, n).Draw(t, "to")])
		}
		checkPhrase(t, phrase, text, rapid.Bool().Draw(t, "open"))
	})
}

func TestLongUnits(t *testing.T) {
	x := strings.Repeat("x", 32)
	for _, text := range []string{x, x + "y", x + "国", x + "y国", "国" + x + "y", "国" + x} {
		for _, phrase := range []string{x, x + "y", x + "国", "国" + x, x + "z国"} {
			checkPhrase(t, phrase, text, false)
			checkPhrase(t, phrase, text, true)
		}
	}
}

func FuzzPhrase(f *testing.F) {
	f.Add("客户管理", "负责客户管理工作", false)
	f.Add("c++", "C++、Ｃ＋＋", true)
	f.Add("a\xff", "\xffa b", false)
	f.Fuzz(func(t *testing.T, phrase, text string, open bool) {
		if len(phrase) < 200 && len(text) < 2000 {
			checkPhrase(t, phrase, text, open)
			NewAnalyzer(jieba.Default()).Terms(Fold(text), func(string, int, int) {})
		}
	})
}

func BenchmarkFold(b *testing.B) {
	text := strings.Repeat("负责客户关系的维护与回访，完成上级交办的其他工作；熟悉 Excel、PPT。", 100)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Fold(text)
	}
}

func BenchmarkGrams(b *testing.B) {
	text := Fold(strings.Repeat("负责客户关系的维护与回访，完成上级交办的其他工作；熟悉 Excel、PPT。", 100))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Grams(text, func(string) {})
	}
}
