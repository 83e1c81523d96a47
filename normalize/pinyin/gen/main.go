// Gen writes readings.txt from the dictionary of go-pinyin (see LICENSE-pinyin).
//
//	go run ./gen [-o file]
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/mozillazg/go-pinyin"
)

func main() {
	out := flag.String("o", "readings.txt", "the file to write")
	flag.Parse()
	var b strings.Builder
	for _, r := range slices.Sorted(maps.Keys(pinyin.PinyinDict)) {
		fmt.Fprintf(&b, "%c%s\n", r, pinyin.PinyinDict[r])
	}
	if err := os.WriteFile(*out, []byte(b.String()), 0o644); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}
