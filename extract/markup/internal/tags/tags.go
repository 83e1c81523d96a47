// Package tags looks at the tags of a text before it is parsed. It is ten times
// as fast as a parser, and right for honest pages.
package tags

import (
	"strings"

	"golang.org/x/net/html/atom"

	"zhize/extract/markup/internal/elem"
)

// rawTag is a tag as a quick look at the bytes finds it.
type rawTag struct {
	atom    atom.Atom // 0: no tag that HTML knows
	end     bool
	comment bool   // it is none, but takes as much memory
	at      int    // offset of "<"
	rest    string // what stands between the name and ">"
}

// scanTags calls f for everything in text that looks like a tag, and for
// comments, until f returns false; the insides of scripts and styles are
// skipped.
// It is a measure, not a parser: ten times as fast, and right for honest pages.
func scanTags(text string, f func(*rawTag) bool) {
	var t rawTag
	for i := 0; ; {
		j := strings.IndexByte(text[i:], '<')
		if j < 0 {
			return
		}
		i += j
		if strings.HasPrefix(text[i:], "<!--") {
			if t = (rawTag{at: i, comment: true}); !f(&t) {
				return
			}
			i += 2 + commentEnd(text[i+2:])
			continue
		}
		t = rawTag{at: i}
		i++
		if i < len(text) && text[i] == '/' {
			t.end = true
			i++
		}
		var name [16]byte
		n := 0
		for n < len(name) && i+n < len(text) && isNameByte(text[i+n]) {
			if name[n] = text[i+n]; name[n] <= 'Z' && name[n] >= 'A' {
				name[n] |= 0x20
			}
			n++
		}
		i += n
		if n == 0 || i < len(text) && isNameByte(text[i]) { // no tag, or a name that HTML does not know
			continue
		}
		t.atom = atom.Lookup(name[:n])
		n = strings.IndexByte(text[i:], '>')
		if n < 0 {
			return
		}
		t.rest = text[i : i+n]
		if n > 0 && t.atom != 0 && strings.IndexByte(t.rest, '<') >= 0 && strings.IndexByte(t.rest, '"') < 0 {
			t.atom = 0 // "a <b and c <d>" is no tag
		}
		if !f(&t) {
			return
		}
		if !t.end && (t.atom == atom.Script || t.atom == atom.Style) {
			i += rawEnd(text[i:], t.atom)
		}
	}
}

// commentEnd is where a comment ends that begins with the "--" of text: behind
// "-->", which may share its dashes with the beginning, or behind "--!>".
func commentEnd(text string) int {
	for i := 0; ; i++ {
		j := strings.Index(text[i:], "--")
		if j < 0 {
			return len(text)
		}
		i += j
		rest := text[i+2:]
		if strings.HasPrefix(rest, ">") {
			return i + 3
		}
		if i > 0 && strings.HasPrefix(rest, "!>") {
			return i + 4
		}
	}
}

// rawEnd is where the end tag of a script or style begins. Scripts hold few
// "</": the search is linear in the page.
func rawEnd(text string, a atom.Atom) int {
	name := a.String()
	for i := 0; ; {
		j := strings.Index(text[i:], "</")
		if j < 0 {
			return len(text)
		}
		i += j
		if rest := text[i+2:]; len(rest) >= len(name) && strings.EqualFold(rest[:len(name)], name) {
			return i
		}
		i += 2
	}
}

func isNameByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// Limits of the tree. Pages beyond them are read as a row of tags.
const (
	maxTags   = 500_000   // a tree takes 650 bytes a tag, measured on items without end tags
	fewTags   = 200_000   // are never too many
	tagBytes  = 25        // of a page with more, for one tag; a page of text has 35
	maxReopen = 1_000_000 // elements that unclosed formatting may add to the tree
	maxNested = 1_000     // html and body tags; the parser joins their attributes
	longTag   = 4_096     // bytes; the attributes of a longer tag are counted
	// tagAttributes is how many attributes take as much memory as a tag.
	tagAttributes = 2
)

// A Look is what a text's tags tell before it is parsed: whether it is HTML,
// and how large its tree can get.
type Look struct {
	Text string
	size size
	c    tagCount
}

// Scan looks at a text. Linear, nearly without memory.
func Scan(text string) Look {
	l := Look{Text: text, size: size{most: min(maxTags, max(fewTags, len(text)/tagBytes))}}
	l.c.from = len(text) - len(begin(text))
	scanTags(text, func(t *rawTag) bool {
		l.c.tag(t)
		return l.size.tag(t)
	})
	return l
}

// Fits reports whether a tree should be built of the text.
func (l *Look) Fits() bool { return l.size.fits() }

// Parts is how many start tags open elements that decide something: blocks,
// controls and those with attributes. A text that does not fit was not counted
// to its end.
func (l *Look) Parts() int { return l.size.parts }

// size measures how large the tree of a page can get.
type size struct {
	tags, most     int
	parts          int // start tags of elements that are measured
	nested, reopen int
	total          int              // weight of unclosed formatting elements
	open           [formattings]int // of each
	last           [formattings]int // of the last tag of each
}

// formattings is how many elements HTML opens again in every later paragraph
// when a page forgets to close them.
const formattings = 14

// formattingOf is the index of such an element, -1 for others.
func formattingOf(a atom.Atom) int {
	switch a {
	case atom.A:
		return 0
	case atom.B:
		return 1
	case atom.Big:
		return 2
	case atom.Code:
		return 3
	case atom.Em:
		return 4
	case atom.Font:
		return 5
	case atom.I:
		return 6
	case atom.Nobr:
		return 7
	case atom.S:
		return 8
	case atom.Small:
		return 9
	case atom.Strike:
		return 10
	case atom.Strong:
		return 11
	case atom.Tt:
		return 12
	case atom.U:
		return 13
	}
	return -1
}

// tag counts a tag and reports whether the tree still fits.
func (s *size) tag(t *rawTag) bool {
	s.tags++
	if len(t.rest) > longTag {
		s.tags += strings.Count(t.rest, " ") / tagAttributes
	}
	if !t.end && t.atom != 0 && (elem.Block(t.atom) || len(t.rest) > 1 || elem.Control(t.atom)) && !elem.Unseen(t.atom) {
		s.parts++
	}
	k := formattingOf(t.atom)
	switch {
	case t.comment:
	case t.atom == atom.Html || t.atom == atom.Body:
		s.nested++
	case k < 0:
		if s.total > 4 {
			s.reopen += s.total
		}
	case !t.end:
		w := 1 + strings.Count(t.rest, " ")
		s.last[k] = w
		s.open[k] += w
		s.total += w
	default:
		w := min(s.last[k], s.open[k])
		s.open[k] -= w
		s.total -= w
	}
	return s.fits()
}

func (s *size) fits() bool {
	return s.tags <= s.most && s.nested <= maxNested && s.reopen <= maxReopen+4*s.tags
}
