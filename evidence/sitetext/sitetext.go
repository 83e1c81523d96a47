// Package sitetext is what a corpus tells of its sites: the lines that many
// pages of a site have in common.
//
// Of every site it keeps a sample, the pages whose names are least, and of
// these pages what stands beside their lists and what is counted in them. A
// sample is a sum: samples of the parts of a corpus, merged, are the sample of
// the whole, whatever the parts and their order.
package sitetext

import (
	"cmp"
	"math/bits"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/zeebo/xxh3"

	"zhize/hanzi"
)

// Limits and thresholds. What they cost and keep is measured in
// docs/evaluation.md.
const (
	// SamplePages is how many pages of a site are kept: as many as a word has
	// bits, so that a line says in one number on which of them it stands. A
	// line on three in ten pages of a site is on fewer than one in ten of 64
	// drawn ones with a probability under 1 in 10,000 (binomial).
	SamplePages = 64

	// LeastPages is on how many pages that differ a line must stand to be the
	// site's; LeastShare is their share of the sample's.
	LeastPages = 8
	LeastShare = 0.3

	// A line that a page counts in its lists, or has as a heading or in a form,
	// is a duty or a title that pages share. One such page for twenty others is
	// what a misread page leaves.
	loosePerListed = 20

	leastLetters = 5   // in a line; a shorter one is a label or a value
	mostLetters  = 160 // beyond that it is prose
	maxLoose     = 64  // lines of a page, half of them from its beginning
	maxListed    = 256 // lines of a page, those whose hashes are least
)

// Page is what one page tells of its site.
type Page struct {
	Site string // what [Of] calls it
	// Name is the page's by its content: copies of a page have the same, and
	// count once. See [Name].
	Name   uint64
	Loose  []string // lines that are in no list, heading or form, in order
	Listed []string // lines that are
}

// Of names the site of a page: the host of its address; where that is none, the
// site that the page names; else its folder, its archive or its file of rows.
func Of(uri, named string) string {
	if strings.Contains(uri, "://") {
		if u, err := url.Parse(uri); err == nil && u.Hostname() != "" {
			return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
		}
	}
	if named != "" {
		return named
	}
	if i := strings.LastIndexByte(uri, '#'); i >= 0 {
		return uri[:i]
	}
	if i := strings.LastIndexAny(uri, "/!"); i >= 0 {
		return uri[:i]
	}
	return path.Dir(uri)
}

// Name is a page's name by the texts of its lists: the two least hashes of their
// runs of eight Han characters, which two pages share with nearly the square of
// the probability of their likeness (A. Broder 1997). ok is false where the texts
// have none: such a page is not learnt from.
func Name(texts []string) (name uint64, ok bool) {
	least, second := ^uint64(0), ^uint64(0)
	var han []byte
	const run = 8
	for _, t := range texts {
		han = han[:0]
		for _, r := range t {
			if hanzi.IsHan(r) {
				han = append(han, byte(r>>16), byte(r>>8), byte(r))
			}
		}
		for i := 0; i+3*run <= len(han); i += 3 {
			switch h := xxh3.Hash(han[i : i+3*run]); {
			case h < least:
				least, second = h, least
			case h > least && h < second:
				second = h
			}
		}
	}
	// The names are compared by size, so they must not be minima themselves.
	var b [16]byte
	for i := range 8 {
		b[i], b[8+i] = byte(least>>(8*i)), byte(second>>(8*i))
	}
	return xxh3.Hash(b[:]), least != ^uint64(0)
}

// key is a line's hash without what copies of it differ in: marks, spaces and
// the digits of a number. ok is false for a line that is too short or too long.
func key(line string) (hash uint64, ok bool) {
	var buf [4 * mostLetters]byte
	b := buf[:0]
	n, digits := 0, false
	for i := 0; i < len(line); {
		r, size := utf8.DecodeRuneInString(line[i:])
		i += size
		switch {
		case unicode.IsDigit(r):
			if !digits {
				b = append(b, '0')
			}
			digits = true
			continue
		case !unicode.IsLetter(r):
			continue
		}
		digits = false
		if n++; n > mostLetters {
			return 0, false
		}
		b = utf8.AppendRune(b, unicode.ToLower(r))
	}
	return xxh3.Hash(b), n >= leastLetters
}

// site is the sample of one site. Masks have a bit for each page, the lowest for
// the first.
type site struct {
	name  string
	pages []uint64 // names, in order, at most SamplePages
	lines []line   // in the order of their hashes
}

// line is a line of a site. Its text is as the page of its lowest loose bit has
// it, and the least of several; so pages that leave the sample take theirs along.
type line struct {
	hash   uint64
	loose  uint64
	listed uint64
	text   string
}

// single is the sample of one page.
func (p *Page) single() site {
	s := site{name: p.Site, pages: []uint64{p.Name}}
	loose := p.Loose
	if len(loose) > maxLoose {
		loose = slices.Concat(loose[:maxLoose/2], loose[len(loose)-maxLoose/2:])
	}
	for _, t := range loose {
		if h, ok := key(t); ok {
			s.lines = append(s.lines, line{hash: h, loose: 1, text: t})
		}
	}
	var listed []uint64
	for _, t := range p.Listed {
		if h, ok := key(t); ok {
			listed = append(listed, h)
		}
	}
	slices.Sort(listed)
	listed = slices.Compact(listed)
	for _, h := range listed[:min(len(listed), maxListed)] {
		s.lines = append(s.lines, line{hash: h, listed: 1})
	}
	slices.SortFunc(s.lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(b.loose, a.loose), cmp.Compare(a.text, b.text))
	})
	kept := s.lines[:0]
	for _, l := range s.lines {
		if n := len(kept); n > 0 && kept[n-1].hash == l.hash {
			kept[n-1].listed |= l.listed // the loose one came first, with the least text
			continue
		}
		kept = append(kept, l)
	}
	s.lines = kept
	return s
}

// merge is the sample of what two samples of a site were drawn from.
func merge(a, b site) site {
	out := site{name: a.name, pages: slices.Concat(a.pages, b.pages)}
	slices.Sort(out.pages)
	out.pages = slices.Compact(out.pages)
	out.pages = out.pages[:min(len(out.pages), SamplePages)]
	places := func(pages []uint64) []int {
		at := make([]int, len(pages))
		for i, p := range pages {
			var ok bool
			if at[i], ok = slices.BinarySearch(out.pages, p); !ok {
				at[i] = -1
			}
		}
		return at
	}
	inA, inB := places(a.pages), places(b.pages)
	out.lines = make([]line, 0, max(len(a.lines), len(b.lines)))
	add := func(l line) {
		if l.loose == 0 {
			l.text = ""
		}
		if l.loose|l.listed != 0 {
			out.lines = append(out.lines, l)
		}
	}
	i, k := 0, 0
	for i < len(a.lines) || k < len(b.lines) {
		switch {
		case k == len(b.lines) || i < len(a.lines) && a.lines[i].hash < b.lines[k].hash:
			add(a.lines[i].moved(inA))
			i++
		case i == len(a.lines) || b.lines[k].hash < a.lines[i].hash:
			add(b.lines[k].moved(inB))
			k++
		default:
			add(a.lines[i].moved(inA).with(b.lines[k].moved(inB)))
			i, k = i+1, k+1
		}
	}
	return out
}

// moved is the line with its pages at other places; those at -1 are gone.
func (l line) moved(to []int) line {
	move := func(mask uint64) (out uint64) {
		for ; mask != 0; mask &= mask - 1 {
			if at := to[bits.TrailingZeros64(mask)]; at >= 0 {
				out |= 1 << at
			}
		}
		return out
	}
	l.loose, l.listed = move(l.loose), move(l.listed)
	return l
}

// with is the sum of a line on some pages and on others of the same site.
func (l line) with(m line) line {
	first, second := bits.TrailingZeros64(l.loose), bits.TrailingZeros64(m.loose) // 64 where there is none
	if second < first || second == first && m.text < l.text {
		l.text = m.text
	}
	l.loose |= m.loose
	l.listed |= m.listed
	return l
}

// repeated reports a line that is the site's own.
func (s *site) repeated(l *line) bool {
	n := bits.OnesCount64(l.loose)
	return n >= LeastPages && float64(n) >= LeastShare*float64(len(s.pages)) && loosePerListed*bits.OnesCount64(l.listed&^l.loose) <= n
}
