package normalize_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"

	"zhize/document"
	"zhize/hanzi"
	"zhize/index/jieba"
	"zhize/normalize"
)

// atRest runs the tables over a sentence that is one item until they find
// nothing more, and tells which rules made edits.
func atRest(t testing.TB, text string) (after string, by map[string]int) {
	t.Helper()
	by = map[string]int{}
	for range maxRounds {
		edits, _ := normalize.Characters(text, dictionary{})
		if len(edits) == 0 {
			part := normalize.Part{Span: document.Span{End: len(text)}, Followed: true}
			edits, _ = normalize.Texts(text, []normalize.Part{part}, dictionary{})
		}
		if len(edits) == 0 {
			return text, by
		}
		for _, e := range edits {
			by[e.Rule]++
		}
		var err error
		if text, err = document.Apply(text, edits); err != nil {
			t.Fatal(err)
		}
	}
	t.Fatalf("%q is not at rest", text)
	return "", nil
}

// goldSentences are the items of the annotated pages, as a reader would have
// them.
func goldSentences(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("../testdata/gold/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatal("no answers", err)
	}
	type item struct {
		Raw      string
		Children []json.RawMessage
	}
	var out []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var answer struct {
			Positions []struct {
				Sections []struct{ Items []item }
			}
		}
		if err := json.Unmarshal(data, &answer); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		for _, p := range answer.Positions {
			for _, s := range p.Sections {
				for len(s.Items) > 0 {
					it := s.Items[0]
					s.Items = s.Items[1:]
					out = append(out, it.Raw)
					for _, c := range it.Children {
						var child item
						if json.Unmarshal(c, &child) == nil {
							s.Items = append(s.Items, child)
						}
					}
				}
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxPostingSentences is how many sentences of the postings are damaged: more
// tell nothing new and take longer.
const maxPostingSentences = 12000

// postingSentences are sentences of the shared job postings.
func postingSentences(t *testing.T) []string {
	seen := map[string]bool{}
	var out []string
	eachPosting(t, func(text string) {
		for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }) {
			for s := range strings.SplitAfterSeq(s, "；") {
				for s := range strings.SplitAfterSeq(s, "。") {
					s = strings.TrimSpace(s)
					n := utf8.RuneCountInString(s)
					if n < 10 || n > 120 || len(s) < 2*n || seen[s] {
						continue
					}
					seen[s] = true
					out = append(out, s)
				}
			}
		}
	})
	if step := len(out)/maxPostingSentences + 1; step > 1 {
		kept := out[:0]
		for i := 0; i < len(out); i += step {
			kept = append(kept, out[i])
		}
		out = kept
	}
	return out
}

func han(r rune) bool { return unicode.Is(unicode.Han, r) }

// places are the positions of runes for which ok holds.
func places(text []rune, ok func(i int) bool) []int {
	var out []int
	for i := range text {
		if ok(i) {
			out = append(out, i)
		}
	}
	return out
}

// replaced is text with its runes [i,j) replaced.
func replaced(text []rune, i, j int, by string) string {
	return string(text[:i]) + by + string(text[j:])
}

// betweenHan reports that Han characters stand on both sides of the runes [i,j).
func betweenHan(text []rune, i, j int) bool {
	return i > 0 && j < len(text) && han(text[i-1]) && han(text[j])
}

// damage is a kind of damage that pages do to a sentence.
type damage struct {
	name string
	rule string // which should undo it
	// floor is the recall that is asserted: the share of damaged sentences
	// that come back exactly. Where the kind is certain by design it is 0.99
	// or more. Where what was lost cannot be told from what is left, it is
	// what was measured, rounded down.
	floor float64
	do    func(text []rune, random *rand.Rand) string // damages one place; "" where there is none
}

func pick(random *rand.Rand, at []int) int {
	if len(at) == 0 {
		return -1
	}
	return at[random.IntN(len(at))]
}

// anywhere inserts one of marks at any place between two Han characters.
func anywhere(marks ...string) func([]rune, *rand.Rand) string {
	return func(text []rune, random *rand.Rand) string {
		i := pick(random, places(text, func(i int) bool { return betweenHan(text, i, i) }))
		if i < 0 {
			return ""
		}
		return replaced(text, i, i, marks[random.IntN(len(marks))])
	}
}

// exchange puts one character or more in place of another where ok holds.
func exchange(from rune, to string, ok func(text []rune, i int) bool) func([]rune, *rand.Rand) string {
	return func(text []rune, random *rand.Rand) string {
		i := pick(random, places(text, func(i int) bool { return text[i] == from && ok(text, i) }))
		if i < 0 {
			return ""
		}
		return replaced(text, i, i+1, to)
	}
}

func insideHan(text []rune, i int) bool { return betweenHan(text, i, i+1) }

func atEnd(text []rune, i int) bool { return i > 0 && i == len(text)-1 && han(text[i-1]) }

func always([]rune, int) bool { return true }

// inBrackets finds the pairs of full-width brackets that hold a Han character
// and no other bracket.
func inBrackets(text []rune) (open, closing []int) {
	at := -1
	for i, r := range text {
		switch r {
		case '（':
			at = i
		case '）':
			if at >= 0 && slices.ContainsFunc(text[at:i], han) {
				open, closing = append(open, at), append(closing, i)
			}
			at = -1
		}
	}
	return open, closing
}

// narrowBrackets narrows one bracket of a pair, or both.
func narrowBrackets(both bool) func([]rune, *rand.Rand) string {
	return func(text []rune, random *rand.Rand) string {
		open, closing := inBrackets(text)
		if len(open) == 0 {
			return ""
		}
		k := random.IntN(len(open))
		out := slices.Clone(text)
		half := random.IntN(2)
		if both || half == 0 {
			out[open[k]] = '('
		}
		if both || half == 1 {
			out[closing[k]] = ')'
		}
		return string(out)
	}
}

// straight makes a pair of quotation marks straight.
func straight(text []rune, random *rand.Rand) string {
	at := places(text, func(i int) bool { return text[i] == '“' && slices.Contains(text[i:], '”') })
	i := pick(random, at)
	if i < 0 {
		return ""
	}
	out := slices.Clone(text)
	for i, r := range out {
		if r == '“' || r == '”' {
			out[i] = '"'
		}
	}
	return string(out)
}

// withReading puts a reading in brackets behind a character.
func withReading(format string) func([]rune, *rand.Rand) string {
	args := pinyin.NewArgs()
	args.Style = pinyin.Tone
	return func(text []rune, random *rand.Rand) string {
		i := pick(random, places(text, func(i int) bool { return han(text[i]) && len(pinyin.SinglePinyin(text[i], args)) > 0 }))
		if i < 0 {
			return ""
		}
		return replaced(text, i+1, i+1, fmt.Sprintf(format, pinyin.SinglePinyin(text[i], args)[0]))
	}
}

// spacedClause parts all characters of a clause of four or more.
func spacedClause(text []rune, random *rand.Rand) string {
	clause := func(i int) int {
		j := i
		for j < len(text) && han(text[j]) {
			j++
		}
		return j
	}
	starts := places(text, func(i int) bool {
		return han(text[i]) && (i == 0 || strings.ContainsRune("，。；：、", text[i-1])) && clause(i)-i >= 4 && (clause(i) == len(text) || strings.ContainsRune("，。；：、", text[clause(i)]))
	})
	i := pick(random, starts)
	if i < 0 {
		return ""
	}
	j := clause(i)
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteRune(text[k])
	}
	return replaced(text, i, j, b.String())
}

// spacedWords parts the characters of three words inside a clause.
func spacedWords(text []rune, random *rand.Rand) string {
	ok := func(i int) bool {
		return i+6 < len(text) && i > 0 && !slices.ContainsFunc(text[i-1:i+7], func(r rune) bool { return !han(r) }) &&
			dictionary{}.Word(string(text[i:i+2])) && dictionary{}.Word(string(text[i+2:i+4])) && dictionary{}.Word(string(text[i+4:i+6]))
	}
	i := pick(random, places(text, ok))
	if i < 0 {
		return ""
	}
	return replaced(text, i, i+6, strings.TrimSpace(strings.Join(strings.Split(string(text[i:i+6]), ""), " ")))
}

// tornWord puts a space into a word of the sentence.
func tornWord(text []rune, random *rand.Rand) string {
	var at []int // bytes
	s := string(text)
	for _, token := range jieba.Default().Cut(nil, s) {
		if word := s[token.Start:token.End]; strings.IndexFunc(word, func(r rune) bool { return !han(r) }) < 0 && (dictionary{}).Word(word) {
			for i := token.Start + len("字"); i < token.End; i += len("字") {
				at = append(at, i)
			}
		}
	}
	i := pick(random, at)
	if i < 0 {
		return ""
	}
	return s[:i] + " " + s[i:]
}

// sloganInside puts a slogan into a sentence; not into one of traditional
// characters, of which those of the slogan would make a text of two scripts.
func sloganInside(text []rune, random *rand.Rand) string {
	if slices.ContainsFunc(text, hanzi.IsTraditional) {
		return ""
	}
	return anywhere("精选优质文档-----倾情为你奉上", "专心---专注---专业")(text, random)
}

// asReference writes a character as a reference; doubled, as a page shows one that
// was escaped twice.
func asReference(doubled bool) func([]rune, *rand.Rand) string {
	names := map[rune]string{'“': "&ldquo;", '”': "&rdquo;", '·': "&middot;", '—': "&mdash;", '…': "&hellip;", '&': "&amp;", '<': "&lt;", '>': "&gt;", '×': "&times;", '"': "&quot;"}
	return func(text []rune, random *rand.Rand) string {
		i := pick(random, places(text, func(i int) bool { return names[text[i]] != "" }))
		if i < 0 || random.IntN(2) == 0 {
			i = random.IntN(len(text))
		}
		ref := names[text[i]]
		if ref == "" {
			ref = fmt.Sprintf([]string{"&#%d;", "&#x%X;"}[random.IntN(2)], text[i])
		}
		if doubled {
			ref = "&amp;" + ref[1:]
		}
		return replaced(text, i, i+1, ref)
	}
}

var damages = []damage{
	{"zero-width character", "invisible", 1, anywhere("\u200b", "\ufeff", "\u00ad", "\u200e", "\u2060", "\x02")},
	{"private-use character", "private-use", 1, anywhere("\ue000", "\ue5e5", "\uf8ff", "\U000f0000")},
	{"reference", "entity", 0.999, asReference(false)}, // not that of a letter behind an ampersand
	{"reference written twice", "entity", 0.999, asReference(true)},
	{"(reading)", "pinyin", 0.99, withReading("(%s)")},
	{"（reading）", "pinyin", 0.99, withReading("（%s）")},
	{"(reading )", "pinyin", 0.99, withReading("(%s )")},
	{"( reading)", "pinyin", 0.99, withReading("(\u00a0%s)")},
	{"的.", "inserted-mark", 1, exchange('的', "的.", insideHan)},
	{"的'", "inserted-mark", 1, exchange('的', "的'", insideHan)},
	{"旳", "rewritten", 1, exchange('的', "旳", always)},
	{"spaced clause", "spaced-letters", 0.99, spacedClause},
	{"spaced words in a clause", "spaced-letters", 0.99, spacedWords},
	{"line end", "broken-line", 1, anywhere("\n", "\n\n", " \n")},
	{"slogan", "slogan", 1, sloganInside},
	{"printed page number", "page-footer", 1, anywhere("第 3 页 共 12 页", "第3页，共12页")},
	{"；。", "doubled-mark", 1, exchange('；', "；。", atEnd)},
	{";。", "doubled-mark", 1, exchange('；', ";。", atEnd)},
	{"。。", "doubled-mark", 1, exchange('。', "。。", atEnd)},
	{"，，", "doubled-mark", 1, exchange('，', "，，", insideHan)},
	{"、、", "doubled-mark", 1, exchange('、', "、、", insideHan)},
	{"ASCII comma", "width", 1, exchange('，', ",", insideHan)},
	{"ASCII comma and space", "width", 1, exchange('，', ", ", insideHan)},
	{"ASCII semicolon", "width", 1, exchange('；', ";", atEnd)},
	{"ASCII colon", "width", 1, exchange('：', ":", insideHan)},
	{"ASCII brackets", "pairs", 0.99, narrowBrackets(true)},
	{"brackets of two widths", "pairs", 0.99, narrowBrackets(false)},
	{"dot for 。 at the end", "dot", 1, exchange('。', ".", atEnd)},
	// A number glued to a quotation, or two quotations in a row, may mean that
	// the marks are paired wrongly.
	{"straight quotation marks", "pairs", 0.9, straight},
	// A space between two words parts entries of a list as well: 激光 雷达. So
	// does one where both its sides can be read as words: 对比目 标.
	{"space in a word", "wrap-space", 0.865, tornWord},
	// A dot between Chinese characters may be any mark; most are suggested only.
	{"dot for 、", "dot", 0.54, exchange('、', ".", insideHan)},
	{"dot for ，", "dot", 0.06, exchange('，', ".", insideHan)},
}

// mostTaken is the share of commas that became a dot and then another mark
// than the comma: what the rule takes for marks of lists.
const mostTaken = 0.14

// TestDamageIsUndone damages clean sentences in one place, a kind at a time,
// and counts how many come back exactly. With -v it prints the table, and of
// each kind what did not come back.
func TestDamageIsUndone(t *testing.T) {
	t.Run("gold", func(t *testing.T) { undone(t, goldSentences(t)) })
	t.Run("postings", func(t *testing.T) { undone(t, postingSentences(t)) })
}

func undone(t *testing.T, sentences []string) {
	// What the rules change in a sentence before it is damaged is its own
	// damage; its letters stay.
	var clean []string
	changed := map[string]int{}
	for _, s := range sentences {
		after, by := atRest(t, s)
		if after == s {
			clean = append(clean, s)
			continue
		}
		for rule := range by {
			changed[rule]++
		}
		if letters(after) != letters(s) && by["entity"] == 0 {
			t.Errorf("%q becomes %q", s, after)
		}
	}
	t.Logf("%d sentences, %d of them clean; changed by rule: %v", len(sentences), len(clean), changed)
	for _, d := range damages {
		random := rand.New(rand.NewPCG(1, uint64(len(d.name))))
		n, back, wrong := 0, 0, 0
		var lost []string
		for _, s := range clean {
			damaged := d.do([]rune(s), random)
			if damaged == "" {
				continue
			}
			n++
			after, by := atRest(t, damaged)
			switch {
			case after == s:
				back++
			case by[d.rule] > 0:
				wrong++
			}
			if after != s && len(lost) < 4 {
				lost = append(lost, fmt.Sprintf("%q becomes %q", damaged, after))
			}
		}
		if n == 0 {
			t.Errorf("%s: no sentence has a place for it", d.name)
			continue
		}
		recall := float64(back) / float64(n)
		t.Logf("%-28s %-14s %6d  recall %.4f  otherwise %.4f", d.name, d.rule, n, recall, float64(wrong)/float64(n))
		for _, l := range lost {
			t.Logf("    %s", l)
		}
		if recall < d.floor {
			t.Errorf("%s: recall %.4f of %d, want %.4f", d.name, recall, n, d.floor)
		}
		if float64(wrong)/float64(n) > max(1-d.floor, 0.01) && d.name != "dot for ，" || float64(wrong)/float64(n) > mostTaken {
			t.Errorf("%s: %d of %d come back otherwise", d.name, wrong, n)
		}
	}
}
