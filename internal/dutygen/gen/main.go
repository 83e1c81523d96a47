// Gen writes generated duties, for what docs/performance.md measures.
//
//	go run ./internal/dutygen/gen [-seed 1] [-count 200000] [-names 0] -o DIR
//
// DIR/positions.jsonl holds them as zhize run writes them, so that zhize index
// DIR indexes them; DIR/texts.txt holds their texts alone, one a line.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"zhize/internal/dutygen"
)

func main() {
	seed := flag.Uint64("seed", 1, "the seed: the same seed gives the same duties")
	count := flag.Int("count", 200_000, "how many duties")
	names := flag.Int("names", 0, "how many words stand before titles; 0: twenty titles, forty sites and a heading for each title")
	out := flag.String("o", "", "the folder to write")
	flag.Parse()
	if err := run(*out, *seed, *count, *names); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(dir string, seed uint64, count, names int) error {
	if dir == "" {
		return errors.New("-o needs the name of a folder")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	positions, err := os.Create(filepath.Join(dir, "positions.jsonl"))
	if err != nil {
		return err
	}
	texts, err := os.Create(filepath.Join(dir, "texts.txt"))
	if err != nil {
		return errors.Join(err, positions.Close())
	}
	p, t := bufio.NewWriter(positions), bufio.NewWriter(texts)
	size, err := dutygen.WriteNamed(p, t, seed, count, names)
	err = errors.Join(err, p.Flush(), t.Flush(), positions.Close(), texts.Close())
	if err == nil {
		fmt.Printf("%d duties, %d bytes of text\n", count, size)
	}
	return err
}
