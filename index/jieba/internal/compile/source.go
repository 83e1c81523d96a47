package compile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"zhize/index/jieba/internal/image"
)

// Module is the Go module that carries the dictionary files.
const Module = "github.com/yanyiwu/gojieba"

// Sources are the contents of the files an image is compiled from, in cppjieba's formats.
type Sources struct {
	Dict []byte // jieba.dict.utf8: "word frequency tag" on each line
	HMM  []byte // hmm_model.utf8: one line of start, four of transition, four of emission probabilities
	User []byte // user.dict.utf8: "word", "word tag" or "word frequency tag" on each line; a later word wins
}

// Locate asks the go command where the sources of [Module] lie and returns the folder of the dictionary files. It
// fails if the module was not downloaded; it downloads nothing.
func Locate() (string, error) {
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", Module)
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=readonly", "GOPROXY=off")
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("where is module %s: %w", Module, err)
	}
	dir := strings.TrimSpace(string(out))
	if dir == "" {
		return "", fmt.Errorf("module %s is not in the module cache", Module)
	}
	return filepath.Join(dir, "deps", "cppjieba", "dict"), nil
}

// ReadSources reads the three dictionary files of a folder laid out as cppjieba's "dict".
func ReadSources(dir string) (Sources, error) {
	var s Sources
	for _, file := range []struct {
		name string
		to   *[]byte
	}{{"jieba.dict.utf8", &s.Dict}, {"hmm_model.utf8", &s.HMM}, {"user.dict.utf8", &s.User}} {
		b, err := os.ReadFile(filepath.Join(dir, file.name))
		if err != nil {
			return Sources{}, err
		}
		*file.to = b
	}
	return s, nil
}

// Append adds a further user dictionary behind the one that is there.
func (s *Sources) Append(user []byte) {
	s.User = slices.Concat(bytes.TrimSuffix(s.User, []byte("\n")), []byte("\n"), user)
}

// word is a line of a dictionary.
type word struct {
	runes []rune
	freq  float64 // 0 if a user dictionary gives none
}

// parseDict reads the main dictionary. Like cppjieba it splits at single spaces and wants three columns.
func parseDict(b []byte) ([]word, error) {
	var words []word
	for n, line := range lines(b) {
		cols := columns(line)
		if len(cols) != 3 {
			return nil, fmt.Errorf("dictionary line %d: %d columns, not 3", n+1, len(cols))
		}
		w, err := newWord(cols[0])
		if err != nil {
			return nil, fmt.Errorf("dictionary line %d: %w", n+1, err)
		}
		if w.freq, err = strconv.ParseFloat(cols[1], 64); err != nil || !(w.freq >= 1 && w.freq <= 1<<53) {
			return nil, fmt.Errorf("dictionary line %d: frequency %q is not a number from 1 to 2^53", n+1, cols[1])
		}
		words = append(words, w)
	}
	if len(words) == 0 {
		return nil, errors.New("the dictionary has no words")
	}
	return words, nil
}

// parseUser reads a user dictionary (DictTrie::InserUserDictNode): empty lines are skipped, and a frequency is only
// one in the second of three columns.
func parseUser(b []byte) ([]word, error) {
	var words []word
	for n, line := range lines(b) {
		if line == "" {
			continue
		}
		cols := columns(line)
		if len(cols) == 0 || len(cols) > 3 {
			return nil, fmt.Errorf("user dictionary line %d: %d columns, not 1 to 3", n+1, len(cols))
		}
		w, err := newWord(cols[0])
		if err != nil {
			return nil, fmt.Errorf("user dictionary line %d: %w", n+1, err)
		}
		if len(cols) == 3 {
			freq, err := strconv.ParseInt(cols[1], 10, 32)
			if err != nil || freq <= 0 {
				return nil, fmt.Errorf("user dictionary line %d: frequency %q is not a positive whole number", n+1, cols[1])
			}
			w.freq = float64(freq)
		}
		words = append(words, w)
	}
	return words, nil
}

func newWord(s string) (word, error) {
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		return word{}, fmt.Errorf("word %q is not UTF-8", s)
	case n == 0:
		return word{}, errors.New("the word is empty")
	case n > image.MaxWord:
		return word{}, fmt.Errorf("word of %d runes, the limit is %d", n, image.MaxWord)
	}
	return word{runes: []rune(s)}, nil
}

// lines splits at line feeds as std::getline does: the last line needs none.
func lines(b []byte) []string {
	if len(b) == 0 {
		return nil
	}
	return strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
}

// columns splits at each space, as limonp::Split does: a trailing separator ends no further column.
func columns(line string) []string {
	if line == "" {
		return nil
	}
	return strings.Split(strings.TrimSuffix(line, " "), " ")
}

// hmm is the hidden Markov model.
type hmm struct {
	start [image.States]float64
	trans [image.States][image.States]float64
	emit  [image.States]map[rune]float64
}

// parseHMM reads the model (HMMModel::LoadModel): comments and blank lines are skipped, the rest has a fixed order.
func parseHMM(b []byte) (*hmm, error) {
	var rows []string
	for _, line := range bytes.Split(b, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			rows = append(rows, string(line))
		}
	}
	if len(rows) < 1+2*image.States {
		return nil, fmt.Errorf("model: %d lines, not %d", len(rows), 1+2*image.States)
	}
	m := new(hmm)
	if err := parseRow(rows[0], &m.start); err != nil {
		return nil, fmt.Errorf("model: start probabilities: %w", err)
	}
	for i := range m.trans {
		if err := parseRow(rows[1+i], &m.trans[i]); err != nil {
			return nil, fmt.Errorf("model: transition probabilities %d: %w", i, err)
		}
	}
	for i := range m.emit {
		m.emit[i] = make(map[rune]float64)
		for entry := range strings.SplitSeq(rows[1+image.States+i], ",") {
			char, prob, ok := strings.Cut(entry, ":")
			r, size := utf8.DecodeRuneInString(char)
			p, err := strconv.ParseFloat(prob, 64)
			if !ok || err != nil || size != len(char) || size == 0 || r == utf8.RuneError {
				return nil, fmt.Errorf("model: emission probabilities %d: %q is not \"character:probability\"", i, entry)
			}
			m.emit[i][r] = p
		}
	}
	return m, nil
}

func parseRow(line string, to *[image.States]float64) error {
	cols := columns(line)
	if len(cols) != len(to) {
		return fmt.Errorf("%d columns, not %d", len(cols), len(to))
	}
	for i, col := range cols {
		p, err := strconv.ParseFloat(col, 64)
		if err != nil {
			return err
		}
		to[i] = p
	}
	return nil
}
