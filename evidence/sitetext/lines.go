package sitetext

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"slices"
	"strings"
	"unicode/utf8"
)

// Lines are the lines that sites repeat, ready to be asked by any number of
// goroutines.
type Lines struct {
	of    map[string]map[uint64]bool
	sites int
	lines int
}

// Line is one of them.
type Line struct {
	Site  string
	Text  string // as one of the pages has it
	Pages int    // of the sample that have it
	Of    int    // pages of the sample
}

// Read reads the samples that [Write] wrote and decides which lines the sites
// repeat. The error is [ErrDamaged].
func Read(data []byte) (*Lines, error) {
	out := &Lines{of: map[string]map[uint64]bool{}}
	err := each(data, func(s *site) {
		out.sites++
		for i := range s.lines {
			if l := &s.lines[i]; s.repeated(l) {
				if out.of[s.name] == nil {
					out.of[s.name] = map[uint64]bool{}
				}
				out.of[s.name][l.hash] = true
				out.lines++
			}
		}
	})
	return out, err
}

func each(data []byte, do func(*site)) error {
	from := stored{r: bytes.NewReader(data)}
	for {
		s, err := from.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		do(&s)
	}
}

// Samples is the stream of the samples in data.
func Samples(data []byte) Stream { return &stored{r: bytes.NewReader(data)} }

// List lists the lines that the samples in data say that sites repeat: by site,
// the most frequent first. The error is [ErrDamaged].
func List(data []byte) ([]Line, error) {
	var out []Line
	err := each(data, func(s *site) {
		from := len(out)
		for i := range s.lines {
			if l := &s.lines[i]; s.repeated(l) {
				out = append(out, Line{s.name, l.text, bits.OnesCount64(l.loose), len(s.pages)})
			}
		}
		slices.SortFunc(out[from:], func(a, b Line) int {
			if a.Pages != b.Pages {
				return b.Pages - a.Pages
			}
			return strings.Compare(a.Text, b.Text)
		})
	})
	return out, err
}

// Repeated reports a line that the site repeats.
func (l *Lines) Repeated(site, line string) bool {
	of := l.of[site]
	if of == nil {
		return false
	}
	h, ok := key(line)
	return ok && of[h]
}

// Count is how many sites there are and how many lines they repeat together.
func (l *Lines) Count() (sites, lines int) { return l.sites, l.lines }

// Decisions are what people say of the lines of sites; they stand above what was
// learnt.
type Decisions struct {
	of map[string]map[uint64]bool // whether a line of a site is dropped
}

// AllSites stands in a file of decisions for every site.
const AllSites = "*"

// ParseDecisions reads a file of decisions. A line is drop or keep, the site (*
// for all), and the text of the line, with tabs between; what stands behind a
// further tab, empty lines and lines that begin with # say nothing. The error names
// the line and the reason.
func ParseDecisions(r io.Reader) (*Decisions, error) {
	d := &Decisions{map[string]map[uint64]bool{}}
	s := bufio.NewScanner(r)
	n := 0
	for s.Scan() {
		n++
		line := strings.TrimPrefix(strings.TrimSuffix(s.Text(), "\r"), "\ufeff")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		if err := d.line(line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	if err := s.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d: is longer than any line of a site that is dropped", n+1)
	} else if err != nil {
		return nil, err
	}
	return d, nil
}

func (d *Decisions) line(line string) error {
	if !utf8.ValidString(line) {
		return errors.New("is not UTF-8")
	}
	cols := strings.Split(line, "\t")
	if len(cols) < 3 || cols[0] != "drop" && cols[0] != "keep" {
		return errors.New("wants drop or keep, a site (* for all) and the text of a line, with tabs between")
	}
	drop, site := cols[0] == "drop", cols[1]
	if site == "" {
		return errors.New("the site is empty; * stands for all")
	}
	h, ok := key(cols[2])
	if !ok {
		return fmt.Errorf("%q has fewer than %d letters or more than %d: such lines are never dropped as a site's", cols[2], leastLetters, mostLetters)
	}
	if d.of[site] == nil {
		d.of[site] = map[uint64]bool{}
	}
	if before, ok := d.of[site][h]; ok && before != drop {
		return fmt.Errorf("%q is to be dropped and to be kept on %s", cols[2], site)
	}
	d.of[site][h] = drop
	return nil
}

// Decided reports whether people said of a line that it is dropped or kept; what
// is said of the site stands above what is said of all.
func (d *Decisions) Decided(site, line string) (drop, said bool) {
	h, ok := key(line)
	if !ok {
		return false, false
	}
	for _, s := range [...]string{site, AllSites} {
		if drop, ok := d.of[s][h]; ok {
			return drop, true
		}
	}
	return false, false
}

// Hash names the decisions by their content.
func (d *Decisions) Hash() string {
	var all []string
	for site, lines := range d.of {
		for h, drop := range lines {
			all = append(all, fmt.Sprintf("%s\t%016x\t%t\n", site, h, drop))
		}
	}
	slices.Sort(all)
	sum := sha256.Sum256([]byte(strings.Join(all, "")))
	return hex.EncodeToString(sum[:8])
}
