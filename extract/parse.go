package extract

import (
	"bytes"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html/atom"
)

// rawTag is a tag as a quick look at the bytes finds it.
type rawTag struct {
	atom atom.Atom // 0: no tag that HTML knows
	end  bool
	at   int    // offset of "<"
	rest string // what stands between the name and ">"
}

// scanTags calls f for everything in text that looks like a tag until f
// returns false; comments and the insides of scripts and styles are skipped.
// It is a measure, not a parser: ten times as fast, and right for honest pages.
func scanTags(text string, f func(rawTag) bool) {
	for i := 0; ; {
		j := strings.IndexByte(text[i:], '<')
		if j < 0 {
			return
		}
		i += j
		if strings.HasPrefix(text[i:], "<!--") {
			i += 2 + commentEnd(text[i+2:])
			continue
		}
		t := rawTag{at: i}
		i++
		if i < len(text) && text[i] == '/' {
			t.end = true
			i++
		}
		name := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		if i == name || i-name > 16 {
			continue
		}
		t.atom = atom.Lookup(bytes.ToLower([]byte(text[name:i])))
		n := strings.IndexByte(text[i:], '>')
		if n < 0 {
			return
		}
		t.rest = text[i : i+n]
		if t.atom != 0 && strings.IndexByte(t.rest, '<') >= 0 && strings.IndexByte(t.rest, '"') < 0 {
			t.atom = 0 // "a <b and c <d>" is no tag
		}
		if !f(t) {
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

// formatting are the elements that HTML opens again in every later paragraph
// when a page forgets to close them.
var formatting = []atom.Atom{
	atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small,
	atom.Strike, atom.Strong, atom.Tt, atom.U,
}

// Limits of the tree. Pages beyond them are read as a row of tags.
const (
	maxTags   = 500_000   // a tree takes 650 bytes a tag, measured on items without end tags
	fewTags   = 200_000   // are never too many
	tagBytes  = 25        // of a page with more, for one tag; a page of text has 35
	maxReopen = 1_000_000 // elements that unclosed formatting may add to the tree
	maxNested = 1_000     // html and body tags; the parser joins their attributes
)

// parse builds the tree of a page and tells how many tags it has. It reports
// false where the tree would be too deep (the parser's limit is 512 open
// elements) or out of proportion to the page.
func parse(text string) (doc *goquery.Document, tags int, ok bool) {
	tags, ok = bounded(text)
	if !ok {
		return nil, tags, false
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(text))
	return doc, tags, err == nil
}

// bounded measures how large the tree of a page can get.
func bounded(text string) (tags int, ok bool) {
	nested, reopen := 0, 0
	most := min(maxTags, max(fewTags, len(text)/tagBytes))
	open := make(map[atom.Atom]int) // weight of unclosed formatting elements
	total, last := 0, make(map[atom.Atom]int)
	scanTags(text, func(t rawTag) bool {
		tags++
		switch {
		case t.atom == atom.Html || t.atom == atom.Body:
			nested++
		case !isFormatting(t.atom):
			if total > 4 {
				reopen += total
			}
		case !t.end:
			w := 1 + strings.Count(t.rest, " ")
			last[t.atom] = w
			open[t.atom] += w
			total += w
		case open[t.atom] > 0:
			w := min(last[t.atom], open[t.atom])
			open[t.atom] -= w
			total -= w
		}
		return tags <= most && nested <= maxNested && reopen <= maxReopen+4*tags
	})
	return tags, tags <= most && nested <= maxNested && reopen <= maxReopen+4*tags
}

func isFormatting(a atom.Atom) bool {
	for _, f := range formatting {
		if a == f {
			return true
		}
	}
	return false
}
