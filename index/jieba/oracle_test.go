//go:build cgo

package jieba

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"zhize/index/jieba/internal/compile"
)

// openOracle loads gojieba (about a second, 138 MB) with its own files, and returns them too.
func openOracle(tb testing.TB) (*gojieba.Jieba, compile.Sources) {
	tb.Helper()
	dir, err := compile.Locate()
	if err != nil {
		tb.Skip("no oracle: ", err)
	}
	src, err := compile.ReadSources(dir)
	if err != nil {
		tb.Fatal(err)
	}
	src.Append([]byte(ownWords(tb)))
	return loadOracle(tb, writeSources(tb, src), dir), src
}

// ownWords are those that the embedded dictionary has beside gojieba's.
func ownWords(tb testing.TB) string {
	tb.Helper()
	b, err := os.ReadFile("words.txt")
	if err != nil {
		tb.Fatal(err)
	}
	return string(b)
}

// writeSources writes sources to a folder, as gojieba reads them.
func writeSources(tb testing.TB, src compile.Sources) (dir string) {
	tb.Helper()
	dir = tb.TempDir()
	for name, b := range map[string][]byte{"jieba.dict.utf8": src.Dict, "hmm_model.utf8": src.HMM, "user.dict.utf8": src.User} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// loadOracle loads gojieba with the dictionary, model and user dictionary of a folder. What it does not use here comes
// from its own. Without explicit paths it looks where it was compiled, which -trimpath removes.
func loadOracle(tb testing.TB, dir, own string) *gojieba.Jieba {
	oracle := gojieba.NewJieba(
		filepath.Join(dir, "jieba.dict.utf8"),
		filepath.Join(dir, "hmm_model.utf8"),
		filepath.Join(dir, "user.dict.utf8"),
		filepath.Join(own, "idf.utf8"),
		filepath.Join(own, "stop_words.utf8"),
	)
	tb.Cleanup(oracle.Free)
	return oracle
}

// comparison counts what was compared.
type comparison struct {
	ours              *Dict
	oracle            *gojieba.Jieba
	tokens, different int
	cut, search       []Token
}

// text compares every token of one text, in both modes, by both of gojieba's calls.
func (c *comparison) text(t *testing.T, text string) {
	t.Helper()
	c.cut = c.ours.Cut(c.cut[:0], text)
	c.search = c.ours.CutSearch(c.search[:0], text)
	c.words(t, "Cut", text, c.cut, c.oracle.Tokenize(text, gojieba.DefaultMode, true))
	c.words(t, "CutSearch", text, c.search, c.oracle.Tokenize(text, gojieba.SearchMode, true))
	c.strings(t, "Cut", text, c.cut, c.oracle.Cut(text, true))
	c.strings(t, "CutSearch", text, c.search, c.oracle.CutForSearch(text, true))
}

func (c *comparison) words(t *testing.T, mode, text string, got []Token, want []gojieba.Word) {
	t.Helper()
	c.tokens += len(want)
	if len(got) != len(want) {
		c.fail(t, "%s of %q: %d tokens, gojieba has %d", mode, excerpt(text, 0), len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != (Token{want[i].Start, want[i].End}) {
			c.fail(t, "%s near %q: token %d is %v %q, gojieba has %v %q", mode, excerpt(text, got[i].Start), i,
				got[i], text[got[i].Start:got[i].End], want[i], want[i].Str)
			return
		}
	}
}

func (c *comparison) strings(t *testing.T, mode, text string, got []Token, want []string) {
	t.Helper()
	if len(got) != len(want) {
		c.fail(t, "%s of %q: %d tokens, gojieba's strings are %d", mode, excerpt(text, 0), len(got), len(want))
		return
	}
	for i, token := range got {
		if s := text[token.Start:token.End]; s != want[i] {
			c.fail(t, "%s near %q: token %d is %q, gojieba's string is %q", mode, excerpt(text, token.Start), i, s, want[i])
			return
		}
	}
}

func (c *comparison) fail(t *testing.T, format string, args ...any) {
	t.Helper()
	if c.different++; c.different <= 10 {
		t.Errorf(format, args...)
	}
}

func excerpt(text string, at int) string {
	return strings.ToValidUTF8(text[max(0, at-60):min(len(text), at+60)], "")
}

// TestOracle compares every token with gojieba's.
func TestOracle(t *testing.T) {
	oracle, src := openOracle(t)
	report := func(t *testing.T, c *comparison) {
		t.Logf("%d tokens compared, %d differences", c.tokens, c.different)
	}

	t.Run("edges", func(t *testing.T) {
		c := &comparison{ours: Default(), oracle: oracle}
		defer report(t, c)
		for _, text := range []string{
			"", " ", "，", "。。，，  \t\n\n", "a", "a1", "1a", "1.5.a", ".5", "a.b", "一", "𠮷", "𠮷野家", "\x01\x7f",
			"C++", "c++c++", "AT&T", "AT&", "T恤衫", "，云计算。", "云计算云计算", "\u3000\u00a0", "\ufeff云",
			"\r\n", "３.５", "Ａ１", "😀😀", "乒乓球拍卖完了", "南京市长江大桥", duties,
			strings.Repeat("的", 5000), strings.Repeat("龘", 5000), strings.Repeat("a1.", 5000), strings.Repeat("，", 5000),
			strings.Repeat("中华人民共和国", 3000), strings.Repeat("王龘", 3000),
		} {
			c.text(t, text)
		}
	})
	t.Run("invented", func(t *testing.T) {
		c := &comparison{ours: Default(), oracle: oracle}
		defer report(t, c)
		words := append(wordsOf(src.Dict), wordsOf([]byte(ownWords(t)))...)
		rng := rand.New(rand.NewPCG(20, 26))
		least := 5_000_000
		if testing.Short() {
			least = 200_000
		}
		for n := 0; c.tokens < least && c.different < 100; n++ {
			text := invent(rng, words, 1+rng.IntN(3000))
			if n%3 == 0 { // broken, and made good again
				text = damage(rng, text)
			}
			c.text(t, text)
		}
	})
	t.Run("dictionary", func(t *testing.T) { // every word by itself: weights, has, sub-words
		if testing.Short() {
			t.Skip("every word of the dictionary: not in short mode")
		}
		c := &comparison{ours: Default(), oracle: oracle}
		defer report(t, c)
		for _, word := range wordsOf(src.Dict) {
			c.cut = c.ours.Cut(c.cut[:0], word)
			c.words(t, "Cut", word, c.cut, oracle.Tokenize(word, gojieba.DefaultMode, true))
			if !Default().Has(word) {
				t.Errorf("Has(%q) = false", word)
			}
		}
	})
	t.Run("postings", func(t *testing.T) {
		c := &comparison{ours: Default(), oracle: oracle}
		defer report(t, c)
		for _, text := range postings(t) {
			if !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
				continue // gojieba loses text here
			}
			c.text(t, text)
		}
	})
}

// damage changes and drops bytes of a text, and cleans it as it is cleaned before it is cut: what is no UTF-8 is
// replaced, and NUL is left out, at which gojieba ends.
func damage(rng *rand.Rand, text string) string {
	b := []byte(text)
	for range 1 + len(b)/50 {
		if i := rng.IntN(len(b)); rng.IntN(2) == 0 {
			b[i] = byte(rng.IntN(256))
		} else if b = append(b[:i], b[i+1:]...); len(b) == 0 {
			return ""
		}
	}
	return strings.ReplaceAll(strings.ToValidUTF8(string(b), "\uFFFD"), "\x00", "")
}

// TestOracleOtherDictionary compares with gojieba over sources that its own do not resemble: a twentieth of the words
// with few frequencies, so that many paths are equally likely, and a user dictionary with one-rune words, replaced
// words and every form of line.
func TestOracleOtherDictionary(t *testing.T) {
	own, err := compile.Locate()
	if err != nil {
		t.Skip("no oracle: ", err)
	}
	src, err := compile.ReadSources(own)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(7, 11))
	var dict, user strings.Builder
	var words []string
	for _, word := range wordsOf(src.Dict) {
		if rng.IntN(20) > 0 && utf8.RuneCountInString(word) > 1+rng.IntN(2) {
			continue
		}
		words = append(words, word)
		fmt.Fprintf(&dict, "%s %d n\n", word, 1+rng.IntN(4))
		switch rng.IntN(50) {
		case 0:
			fmt.Fprintf(&user, "%s\n\n", word)
		case 1:
			fmt.Fprintf(&user, "%s 7\n", word)
		case 2:
			fmt.Fprintf(&user, "%s %d n\n", word, 1+rng.IntN(1000))
		}
	}
	user.WriteString("的\n龘 3 n\na\n.\n高 900000000 n\n高\n")
	src.Dict, src.User = []byte(dict.String()), []byte(user.String())
	dir := writeSources(t, src)
	b, err := compile.Compile(src)
	if err != nil {
		t.Fatal(err)
	}
	ours, err := Open(b)
	if err != nil {
		t.Fatal(err)
	}
	c := &comparison{ours: ours, oracle: loadOracle(t, dir, own)}
	for n := 0; n < 1<<19; {
		text := invent(rng, words, 1+rng.IntN(3000))
		n += len(text)
		c.text(t, text)
	}
	t.Logf("%d words, %d tokens compared, %d differences", len(words), c.tokens, c.different)
}

func BenchmarkGojieba(b *testing.B) {
	oracle, _ := openOracle(b)
	benchmark(b, func(text string) { oracle.Tokenize(text, gojieba.SearchMode, true) })
}
