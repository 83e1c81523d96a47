//go:build cgo && gojieba

package gojieba

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"zhize/index/jieba"
	"zhize/index/jieba/internal/compile"
)

func open(dir string) (*Segmenter, error) {
	dir, err := find(dir)
	if err != nil {
		return nil, err
	}
	src, err := compile.ReadSources(dir)
	if err != nil {
		return nil, fmt.Errorf("gojieba's dictionary: %w", err)
	}
	src.Append(jieba.OwnWords())
	image, err := compile.Compile(src)
	if err != nil {
		return nil, fmt.Errorf("gojieba's dictionary in %s: %w", dir, err)
	}
	made, err := jieba.Open(image)
	if err != nil {
		return nil, fmt.Errorf("gojieba's dictionary in %s: %w", dir, err)
	}
	if made.Hash() != jieba.Default().Hash() {
		return nil, fmt.Errorf("the dictionary in %s is not that of gojieba v1.4.7, of which the program's own is made: words would be cut otherwise than searches expect", dir)
	}
	j, err := load(dir, src)
	if err != nil {
		return nil, fmt.Errorf("gojieba's dictionary: %w", err)
	}
	return &Segmenter{cut: func(dst []jieba.Token, text string) []jieba.Token { return cut(j, dst, text) }, free: j.Free}, nil
}

// files are what gojieba loads, in the order in which it is told of them. It ends the program where one is missing, so
// that is looked at before.
var files = [...]string{"jieba.dict.utf8", "hmm_model.utf8", "user.dict.utf8", "idf.utf8", "stop_words.utf8"}

func find(dir string) (string, error) {
	if dir == "" {
		var err error
		if dir, err = compile.Locate(); err != nil {
			return "", fmt.Errorf("gojieba's dictionary is not found (%w); in a clone of the program it is; elsewhere --gojieba-dict names the folder deps/cppjieba/dict of the module", err)
		}
	}
	for _, name := range files {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			return "", fmt.Errorf("gojieba's dictionary is incomplete: %w", err)
		}
	}
	return dir, nil
}

// load loads the files of dir, with another user dictionary, which gojieba has read when it returns.
func load(dir string, src compile.Sources) (j *gojieba.Jieba, err error) {
	temp, err := os.MkdirTemp("", "zhize-gojieba-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temp)) }()
	user := filepath.Join(temp, files[2])
	if err := os.WriteFile(user, src.User, 0o600); err != nil {
		return nil, err
	}
	var paths []string
	for _, name := range files {
		paths = append(paths, filepath.Join(dir, name))
	}
	paths[2] = user
	return gojieba.NewJieba(paths...), nil
}

func cut(j *gojieba.Jieba, dst []jieba.Token, text string) []jieba.Token {
	for start := 0; start < len(text); {
		end := start
		for end < len(text) && text[end] != 0 {
			r, n := utf8.DecodeRuneInString(text[end:])
			if r == utf8.RuneError && n == 1 {
				break
			}
			end += n
		}
		if end > start {
			for _, w := range j.Tokenize(text[start:end], gojieba.SearchMode, true) {
				dst = append(dst, jieba.Token{Start: start + w.Start, End: start + w.End})
			}
		}
		if end < len(text) {
			dst = append(dst, jieba.Token{Start: end, End: end + 1})
			end++
		}
		start = end
	}
	return dst
}
