// Gen compiles the dictionary image that package jieba embeds, from the dictionary files in the sources of gojieba.
//
//	go run ./gen [-dir folder] [-user file] [-o file]
//
// Without -dir the files are those of the gojieba version that go.mod names, found in the module cache. The result
// depends on the files only.
package main

import (
	"flag"
	"fmt"
	"os"

	"zhize/index/jieba/internal/compile"
)

func main() {
	dir := flag.String("dir", "", "folder of jieba.dict.utf8, hmm_model.utf8 and user.dict.utf8 (default: gojieba's in the module cache)")
	user := flag.String("user", "", "a further user dictionary, read after user.dict.utf8: word, word tag, or word frequency tag on each line")
	out := flag.String("o", "dict.image", "the image to write")
	flag.Parse()
	if err := run(*dir, *user, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir, user, out string) error {
	if dir == "" {
		var err error
		if dir, err = compile.Locate(); err != nil {
			return err
		}
	}
	src, err := compile.ReadSources(dir)
	if err != nil {
		return err
	}
	if user != "" {
		b, err := os.ReadFile(user)
		if err != nil {
			return err
		}
		src.Append(b)
	}
	b, err := compile.Compile(src)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644)
}
