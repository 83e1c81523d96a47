package compile

import (
	"bytes"
	"crypto/sha256"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhize/index/jieba/internal/image"
)

const none = "-3.14e+100"

const model = "# comment\n\n-1 -2 -3 -4\n" +
	none + " -1 -2 " + none + "\n-1 " + none + " " + none + " -2\n" +
	none + " -1 -2 " + none + "\n-1 " + none + " " + none + " -2\n" +
	"一:-1\n一:-1\n一:-1\n一:-1,丁:-2\n"

// TestCommitted compiles the sources in the module cache and compares with the image that package jieba embeds.
func TestCommitted(t *testing.T) {
	dir, err := Locate()
	if err != nil {
		t.Skip("cannot compile the image again: ", err)
	}
	src, err := ReadSources(dir)
	if err != nil {
		t.Fatal(err)
	}
	words, err := os.ReadFile(filepath.Join("..", "..", "words.txt"))
	if err != nil {
		t.Fatal(err)
	}
	src.Append(words)
	got, err := Compile(src)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile(filepath.Join("..", "..", "dict.image"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("dict.image (SHA-256 %x) is not what its sources compile to (%x): run \"go generate ./index/jieba\"",
			sha256.Sum256(want), sha256.Sum256(got))
	}
}

// TestExtend extends images and compares with what the sources compile to with the same words.
func TestExtend(t *testing.T) {
	src := Sources{Dict: []byte("甲 5 n\n甲乙 9 n\n乙丙 9 n\n丙 1 n\n甲乙丙丁 3 n\n"), HMM: []byte(model), User: []byte("戊\n丁 3 n\n")}
	all := []Sources{src}
	if dir, err := Locate(); err == nil && !testing.Short() {
		if src, err = ReadSources(dir); err != nil {
			t.Fatal(err)
		}
		all = append(all, src)
	}
	const user = "云原生\n甲乙 7 n\n\n丙\n二丁 n\nK8s 3 eng\n𠮷野家 5 n\n"
	for _, src := range all {
		b, err := Compile(src)
		if err != nil {
			t.Fatal(err)
		}
		m, err := image.Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Extend(m, []byte(user))
		if err != nil {
			t.Fatal(err)
		}
		src.Append([]byte(user))
		want, err := Compile(src)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%d bytes, where the sources compile to %d others", len(got), len(want))
		}
		for _, bad := range []string{"", "\n\n", "甲 1 2 3\n", "\xff\n"} {
			if _, err := Extend(m, []byte(bad)); err == nil {
				t.Errorf("%q is a user dictionary", bad)
			}
		}
	}
}

func TestDeterministic(t *testing.T) {
	src := Sources{Dict: []byte("甲 5 n\n甲乙 9 n\n乙丙 9 n\n丙 1 n\n"), HMM: []byte(model), User: []byte("戊\n丁 3 n\n")}
	first, err := Compile(src)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		again, err := Compile(src)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("the same sources compile to two images")
		}
	}
}

// TestLog compares with logarithms of three times the length, and with values of the C library for which math.Log is
// off by one unit in the last place.
func TestLog(t *testing.T) {
	ln, long := newLogarithms(precision), newLogarithms(3*precision)
	const sum = 60101983
	for n := 1.0; n < 20000; n++ {
		x := n / sum
		got := ln.log(x)
		if want := long.log(x); got != want {
			t.Fatalf("log(%v) = %v, want %v", x, got, want)
		}
		if math.Abs(got-math.Log(x)) > 1e-14 {
			t.Fatalf("log(%v) = %v, far from %v", x, got, math.Log(x))
		}
	}
	for _, test := range []struct{ freq, want float64 }{
		{131, -13.03635607076828}, {147, -12.921120807190695}, {172, -12.76405891715598}, {280, -12.276763790800183},
	} {
		if got := ln.log(test.freq / sum); got != test.want {
			t.Errorf("log(%v/%v) = %v, want %v", test.freq, sum, got, test.want)
		}
	}
	for x, want := range map[float64]float64{1: 0, 2: math.Ln2, 10: math.Ln10, math.E: 1, 0.5: -math.Ln2} {
		if got := ln.log(x); got != want {
			t.Errorf("log(%v) = %v, want %v", x, got, want)
		}
	}
}

func TestRefused(t *testing.T) {
	dict, hmm := "甲 5 n\n", model
	for _, test := range []struct{ name, dict, hmm, user, want string }{
		{"no dictionary", "", hmm, "", "has no words"},
		{"two columns", "甲 5\n", hmm, "", "dictionary line 1: 2 columns"},
		{"blank line", "甲 5 n\n\n", hmm, "", "dictionary line 2: 0 columns"},
		{"frequency", "甲 x n\n", hmm, "", "frequency \"x\""},
		{"frequency zero", "甲 0 n\n", hmm, "", "frequency \"0\""},
		{"infinite frequency", "甲 Inf n\n", hmm, "", "frequency \"Inf\""},
		{"not a number", "甲 NaN n\n", hmm, "", "frequency \"NaN\""},
		{"not UTF-8", "\xe7\x94 5 n\n", hmm, "", "not UTF-8"},
		{"long word", strings.Repeat("甲", 513) + " 5 n\n", hmm, "", "513 runes"},
		{"user columns", dict, hmm, "甲 1 n n\n", "user dictionary line 1: 4 columns"},
		{"user frequency", dict, hmm, "乙\n甲 -1 n\n", "user dictionary line 2: frequency"},
		{"user word", dict, hmm, " n\n", "the word is empty"},
		{"no model", dict, "", "", "0 lines, not 9"},
		{"a step that no word takes", dict, strings.Replace(hmm, none, "-7", 1), "", "a step from state 0 to 0"},
		{"start", dict, strings.Replace(hmm, "-1 -2 -3 -4", "-1 -2 -3", 1), "", "start probabilities: 3 columns"},
		{"emission", dict, strings.Replace(hmm, "一:-1", "一一:-1", 1), "", "emission probabilities 0"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := Compile(Sources{Dict: []byte(test.dict), HMM: []byte(test.hmm), User: []byte(test.user)})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want an error with %q", err, test.want)
			}
		})
	}
}
