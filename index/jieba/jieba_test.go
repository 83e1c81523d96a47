package jieba

import (
	"encoding/hex"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"zhize/index/jieba/internal/compile"
)

func TestCut(t *testing.T) {
	for _, test := range []struct{ name, text, cut, search string }{
		{"empty", "", "", ""},
		{"words", "负责公司云计算平台的架构设计",
			"负责/公司/云计算/平台/的/架构设计",
			"负责/公司/计算/云计算/平台/的/架构/构设/设计/架构设计"},
		{"the classic", "我来到北京清华大学", "我/来到/北京/清华大学", "我/来到/北京/清华/华大/大学/清华大学"},
		{"two-rune words, then three-rune words", "中华人民共和国",
			"中华人民共和国", "中华/华人/人民/共和/共和国/中华人民共和国"},
		{"a word only the model finds", "他来到了网易杭研大厦", "他/来到/了/网易/杭研/大厦", "他/来到/了/网易/杭研/大厦"},
		{"rare names fall apart", "联系人：欧阳婧祎", "联系人/：/欧阳/婧/祎", "联系/联系人/：/欧阳/婧/祎"},
		{"separators are tokens", "一、你好，世界。 \t\n", "一/、/你好/，/世界/。/ /\t/\n", "一/、/你好/，/世界/。/ /\t/\n"},
		{"letters, digits, points", "v2.3.1版，MySQL8.0，3-5年", "v2/./3.1/版/，/MySQL8/./0/，/3/-/5/年", "v2/./3.1/版/，/MySQL8/./0/，/3/-/5/年"},
		{"words with ASCII", "C++和C#，AT&T，T恤", "C++/和/C#/，/AT&T/，/T恤", "C++/和/C#/，/AT&T/，/T恤"},
		{"user dictionary", "蓝翔与区块链", "蓝翔/与/区块链", "蓝翔/与/区块/区块链"},
		{"extension plane", "𠮷野家", "𠮷/野/家", "𠮷/野/家"},
		{"full width is not folded", "ＪＡ３", "Ｊ/Ａ/３", "Ｊ/Ａ/３"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(tokens(test.text, Default().Cut(nil, test.text)), "/"); got != test.cut {
				t.Errorf("Cut(%q)\n got %q\nwant %q", test.text, got, test.cut)
			}
			if got := strings.Join(tokens(test.text, Default().CutSearch(nil, test.text)), "/"); got != test.search {
				t.Errorf("CutSearch(%q)\n got %q\nwant %q", test.text, got, test.search)
			}
		})
	}
}

// TestNothingIsLost cuts what gojieba gives up on.
func TestNothingIsLost(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"NUL", "负责\x00公司", []string{"负责", "\x00", "公司"}},
		{"cut off inside a character", "负责公\xe5\x8f", []string{"负责", "公", "\xe5", "\x8f"}},
		{"stray continuation byte separates", "公\x80司", []string{"公", "\x80", "司"}},
		{"surrogate", "\xed\xa0\x80", []string{"\xed", "\xa0", "\x80"}},
		{"overlong", "\xc0\x80\xe0\x80\x80", []string{"\xc0", "\x80", "\xe0", "\x80", "\x80"}},
		{"beyond Unicode", "\xf4\x90\x80\x80司", []string{"\xf4", "\x90", "\x80", "\x80", "司"}},
		{"U+FFFD is a character", "公\ufffd司", []string{"公", "\ufffd", "司"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := tokens(test.text, Default().Cut(nil, test.text)); !slices.Equal(got, test.want) {
				t.Errorf("Cut(%q)\n got %q\nwant %q", test.text, got, test.want)
			}
			if got := tokens(test.text, Default().CutSearch(nil, test.text)); !slices.Equal(got, test.want) {
				t.Errorf("CutSearch(%q)\n got %q\nwant %q", test.text, got, test.want)
			}
		})
	}
}

func TestOffsets(t *testing.T) {
	text := "去清华大学"
	want := []Token{{0, 3}, {3, 9}, {6, 12}, {9, 15}, {3, 15}}
	if got := Default().CutSearch(nil, text); !slices.Equal(got, want) {
		t.Errorf("CutSearch(%q) = %v, want %v", text, got, want)
	}
	kept := []Token{{7, 8}}
	if got := Default().CutSearch(kept, text); !slices.Equal(got, append(kept, want...)) {
		t.Errorf("CutSearch did not append: %v", got)
	}
}

// TestLongRun checks that a stretch is cut at the limit, and only there.
func TestLongRun(t *testing.T) {
	const word = "共和国"
	for _, test := range []struct {
		name   string
		before int // runes before the word
		want   []string
	}{
		{"word ends at the limit", maxRun - 3, []string{word}},
		{"word crosses the limit", maxRun - 1, []string{"共", "和国"}},
		{"word begins at the limit", maxRun, []string{word}},
	} {
		t.Run(test.name, func(t *testing.T) {
			text := strings.Repeat("!", test.before) + word
			list := Default().Cut(nil, text)
			if len(list) < test.before {
				t.Fatalf("%d tokens, want more than %d", len(list), test.before)
			}
			if got := tokens(text, list[test.before:]); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestConcurrent(t *testing.T) {
	want := Default().CutSearch(nil, duties)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var list []Token
			for range 50 {
				if list = Default().CutSearch(list[:0], duties); !slices.Equal(list, want) {
					t.Error("concurrent calls disturb each other")
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestHasFreq(t *testing.T) {
	d := Default()
	const sum = 60101983 // of all frequencies of jieba.dict.utf8
	for _, test := range []struct {
		word string
		freq float64 // 0 for none
	}{
		{"的", 318825}, {"岗位", 2321}, {"C++", 3}, {"AT&T", 3},
		{"区块链", 10}, // user dictionary with a frequency
		{"云计算", 3},  // without: the median
		{"", 0}, {"岗", 5473}, {"岗位职", 0}, {"Kubernetes", 0}, {"\xe5", 0}, {"岗位\x80", 0}, {"岗位\x00", 0},
		{strings.Repeat("的", 1000), 0}, {"婧祎", 0}, {"c＋＋", 0},
	} {
		if got := d.Has(test.word); got != (test.freq > 0) {
			t.Errorf("Has(%q) = %v", test.word, got)
		}
		if got, want := d.Freq(test.word), math.Log(test.freq/sum); math.Abs(got-want) > 1e-12 || math.IsInf(got, 0) != math.IsInf(want, 0) {
			t.Errorf("Freq(%q) = %v, want %v", test.word, got, want)
		}
	}
}

func TestIsWord(t *testing.T) {
	for token, want := range map[string]bool{
		"岗": true, "a": true, "１": true, "①": true, "C++": true, "𠮷": true, "Ⅰ": true,
		"": false, "，": false, " ": false, "\u3000": false, "\xe5": false, "\x00": false, "++": false, "😀": false, "·": false,
	} {
		if got := IsWord(token); got != want {
			t.Errorf("IsWord(%q) = %v", token, got)
		}
	}
}

// tiny are sources small enough to see through. Their model knows 一 and 丁, and wants to join 一丁.
func tiny() compile.Sources {
	return compile.Sources{
		Dict: []byte("甲 5 n\n甲乙 9 n\n乙丙 9 n\n丙 1 n\n"),
		HMM: []byte("#start\n-0.2 -3.14e+100 -3.14e+100 -1.4\n" +
			"-3.14e+100 -0.5 -0.9 -3.14e+100\n-0.5 -3.14e+100 -3.14e+100 -0.8\n-3.14e+100 -0.3 -1.2 -3.14e+100\n-0.7 -3.14e+100 -3.14e+100 -0.6\n" +
			"一:-1,丁:-1\n一:-1,丁:-1\n一:-9\n一:-5,丁:-5\n"),
		User: []byte("戊\n"),
	}
}

func tinyImage(tb testing.TB, change func(*compile.Sources)) []byte {
	tb.Helper()
	src := tiny()
	if change != nil {
		change(&src)
	}
	b, err := compile.Compile(src)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// TestUserDictionary checks what gojieba's own user dictionary does not exercise: one-rune words, which are kept from the
// model, words that replace others, and ties.
func TestUserDictionary(t *testing.T) {
	for _, test := range []struct{ user, text, want string }{
		{"戊\n", "一丁", "一丁"},
		{"丁\n", "一丁", "一/丁"},
		{"丁 100 n\n", "一丁", "一/丁"},
		{"一丁 \n", "一丁一", "一丁/一"},
		{"", "甲乙丙", "甲/乙丙"},         // 5·9 against 9·1
		{"丙 6 n\n", "甲乙丙", "甲乙/丙"},  // 5·9 against 9·6
		{"丙 5 n\n", "甲乙丙", "甲/乙丙"},  // equal: the shorter first word
		{"乙 n\n", "乙甲", "乙/甲"},      // no frequency: the median
		{"乙丙 1 n\n", "甲乙丙", "甲乙/丙"}, // the user dictionary wins: 5·1 against 9·1
	} {
		d, err := Open(tinyImage(t, func(src *compile.Sources) { src.User = []byte(test.user) }))
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(tokens(test.text, d.Cut(nil, test.text)), "/"); got != test.want {
			t.Errorf("user dictionary %q: Cut(%q) = %q, want %q", test.user, test.text, got, test.want)
		}
	}
}

func TestHash(t *testing.T) {
	d, err := Open(embedded)
	if err != nil {
		t.Fatalf("the embedded dictionary: %v", err)
	}
	if sum, err := hex.DecodeString(d.Hash()); err != nil || len(sum) != 32 {
		t.Errorf("Hash() = %q, not 64 hexadecimal digits", d.Hash())
	}
	if d.Hash() != Default().Hash() {
		t.Error("the same image has two hashes")
	}
	other, err := Open(tinyImage(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	if other.Hash() == d.Hash() {
		t.Error("two images have the same hash")
	}
}

func TestOpenRefuses(t *testing.T) {
	good := tinyImage(t, nil)
	damaged := slices.Clone(good)
	damaged[len(damaged)/2] ^= 1
	version := slices.Clone(good)
	version[8]++
	for _, test := range []struct {
		name  string
		image []byte
		want  string
	}{
		{"nothing", nil, "truncated"},
		{"something else", []byte(duties), "starts with"},
		{"another version", version, "format version 4"},
		{"a part", good[:len(good)-1], "truncated in its bytes of pairs"},
		{"more", append(slices.Clone(good), 0), "1 bytes after its end"},
		{"a flipped bit", damaged, "damaged"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := Open(test.image)
			if d != nil || !errors.Is(err, ErrFormat) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Open = %v, %v; want an error with %q", d, err, test.want)
			}
		})
	}
}
