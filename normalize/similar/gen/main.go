// Gen writes table.go: which characters look alike, from the tables in the
// folder data (see LICENSE-similarcharacter and LICENSE-pycorrector there), and
// which sound alike, from package pinyin.
//
//	go run ./gen [-data folder] [-o file]
package main

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-pinyin"
)

func main() {
	data := flag.String("data", "data", "the folder of the tables")
	out := flag.String("o", "table.go", "the file to write")
	flag.Parse()
	if err := run(*data, *out); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// tables are the sources as they are.
type tables struct {
	corner  map[rune]string // four-corner code
	strokes map[rune]string // a letter for each stroke, in order
	near    map[rune]map[rune]bool
}

func run(data, out string) error {
	t := tables{corner: map[rune]string{}, strokes: map[rune]string{}, near: map[rune]map[rune]bool{}}
	read := func(name string, line func(string)) error {
		text, err := os.ReadFile(filepath.Join(data, name))
		if err != nil {
			return err
		}
		for l := range strings.Lines(string(text)) {
			line(strings.TrimRight(l, "\r\n"))
		}
		return nil
	}
	err := read("four-corner.txt", func(l string) { // '的':'2762',
		if p := strings.Split(l, "'"); len(p) == 5 {
			t.corner[first(p[1])] = p[3]
		}
	})
	if err != nil {
		return err
	}
	if err := read("stroke-order.txt", func(l string) {
		if c, order, ok := strings.Cut(l, "\t"); ok && !strings.HasPrefix(l, "#") {
			t.strokes[first(c)] = strings.TrimSpace(order)
		}
	}); err != nil {
		return err
	}
	if err := read("shape.txt", func(l string) {
		if c, others, ok := strings.Cut(l, " "); ok {
			for _, o := range strings.ReplaceAll(others, " ", "") {
				t.pair(first(c), o)
			}
		}
	}); err != nil {
		return err
	}
	if err := read("same-shape.txt", func(l string) {
		group := []rune(strings.ReplaceAll(l, "\t", ""))
		for i, a := range group {
			for _, b := range group[i+1:] {
				t.pair(a, b)
			}
		}
	}); err != nil {
		return err
	}
	src, err := format.Source(t.source())
	if err != nil {
		return err
	}
	return os.WriteFile(out, src, 0o644)
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func (t *tables) pair(a, b rune) {
	if a == b || t.corner[a] == "" || t.corner[b] == "" {
		return // neighbours outside GB 2312 are no one's slip
	}
	for _, p := range [...][2]rune{{a, b}, {b, a}} {
		if t.near[p[0]] == nil {
			t.near[p[0]] = map[rune]bool{}
		}
		t.near[p[0]][p[1]] = true
	}
}

// alike reports characters with equal codes and like strokes; part reports those
// that differ in one corner and have their first or last strokes in common.
func (t *tables) alike(a, b rune) bool {
	x, y := t.strokes[a], t.strokes[b]
	return t.corner[a] == t.corner[b] && x != "" && y != "" && distance(x, y) <= max(2, max(len(x), len(y))*35/100)
}

func (t *tables) part(a, b rune) bool {
	x, y := t.strokes[a], t.strokes[b]
	if x == "" || y == "" {
		return false
	}
	same := 0
	for i := range 4 {
		if t.corner[a][i] == t.corner[b][i] {
			same++
		}
	}
	const least = 3 // strokes of a component
	front, back := 0, 0
	for front < min(len(x), len(y)) && x[front] == y[front] {
		front++
	}
	for back < min(len(x), len(y)) && x[len(x)-1-back] == y[len(y)-1-back] {
		back++
	}
	return same >= 3 && max(front, back) >= least && distance(x, y)*2 <= max(len(x), len(y))
}

// distance is the number of strokes to put in, take out or change.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}

func (t *tables) source() []byte {
	chars := slices.Sorted(maps.Keys(t.corner))
	byCode := map[string][]rune{}
	for _, c := range chars {
		code := t.corner[c]
		byCode[code] = append(byCode[code], c)
		for i := range 4 { // with any one corner
			masked := code[:i] + "?" + code[i+1:]
			byCode[masked] = append(byCode[masked], c)
		}
	}
	var lines []string
	for _, c := range chars {
		same, shape, part := map[rune]bool{}, map[rune]bool{}, map[rune]bool{}
		code := t.corner[c]
		for _, o := range byCode[code] {
			if o != c && t.alike(c, o) {
				same[o] = true
			}
		}
		for o := range t.near[c] {
			if !same[o] {
				shape[o] = true
			}
		}
		for i := range 4 {
			for _, o := range byCode[code[:i]+"?"+code[i+1:]] {
				if o != c && !same[o] && !shape[o] && t.part(c, o) {
					part[o] = true
				}
			}
		}
		if len(same)+len(shape)+len(part) == 0 {
			continue
		}
		line := string(c)
		for _, kind := range [...]map[rune]bool{same, shape, part} {
			line += string(slices.Sorted(maps.Keys(kind))) + " "
		}
		lines = append(lines, strings.TrimRight(line, " "))
	}
	syllables := map[string][]rune{}
	plain := pinyin.Args{Style: pinyin.Normal, Heteronym: true}
	for _, c := range chars {
		for _, list := range pinyin.Pinyin(string(c), plain) {
			for _, s := range list {
				if !slices.Contains(syllables[s], c) {
					syllables[s] = append(syllables[s], c)
				}
			}
		}
	}
	var b bytes.Buffer
	b.WriteString("// Code generated by gen from the tables in data; DO NOT EDIT.\n\npackage similar\n\n")
	b.WriteString("// shapes has a line for each character: those of its shape, a space, its neighbours\n// in a table, a space, those with the same part.\n")
	fmt.Fprintf(&b, "const shapes = `%s`\n\n", strings.Join(lines, "\n"))
	b.WriteString("// sounds has a line for each syllable without its tone: the characters that have it.\n")
	b.WriteString("const sounds = `")
	for i, s := range slices.Sorted(maps.Keys(syllables)) {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s %s", s, string(syllables[s]))
	}
	b.WriteString("`\n")
	return b.Bytes()
}
