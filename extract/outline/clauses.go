package outline

import (
	"strings"
	"unicode/utf8"
	"zhize/document"
)

// linesToItems makes an unnumbered item of each line of a section without
// markers.
func (a *assembler) linesToItems(s *secNode) {
	for i := 0; i < len(s.lines); i++ {
		it := a.b.nodes.new(itemNode{span: s.lines[i].span, lastLine: s.lines[i].line})
		for i+1 < len(s.lines) && a.goesOn(it, s.lines[i+1]) {
			i++
			it.span.End, it.lastLine = s.lines[i].span.End, s.lines[i].line
		}
		s.items = append(s.items, it)
	}
	s.lines = nil
	if len(s.items) == 1 && !s.items[0].marked && s.explicit && s.kind != document.Other {
		a.splitClauses(s)
	}
}

// What a paragraph must have to be read as a list: this many clauses, none
// shorter, in characters, than the least.
const (
	minClauses = 3
	leastWords = 4
)

// splitClauses makes items of the clauses between semicolons where a section is
// one paragraph without numbers: 任职要求：本科以上学历；熟悉财务软件；能出差。
func (a *assembler) splitClauses(s *secNode) {
	whole := s.items[0]
	var items []*itemNode
	text, depth, at := a.b.str(whole.span), 0, 0
	cut := func(end int) bool {
		c := a.b.trim(document.Span{Start: whole.span.Start + at, End: whole.span.Start + end})
		at = end
		if c.Empty() {
			return true
		}
		items = append(items, a.b.nodes.new(itemNode{span: c, lastLine: whole.lastLine}))
		return !atMost(a.b.str(c), leastWords-1)
	}
	for i, r := range text {
		switch r {
		case '(', '（', '【', '“':
			depth++
		case ')', '）', '】', '”':
			depth = max(depth-1, 0)
		case '；', ';':
			if depth == 0 && !cut(i+utf8.RuneLen(r)) {
				return
			}
		}
	}
	if !cut(len(text)) || len(items) < minClauses {
		return
	}
	s.items, s.clauses = items, true
}

// goesOn reports whether t continues the unnumbered line it: its next table
// cell, or the rest of a broken sentence.
func (a *assembler) goesOn(it *itemNode, t token) bool {
	if t.line == it.lastLine {
		return true
	}
	r := lastRune(a.b.str(it.span))
	return t.line == it.lastLine+1 && a.b.adjacent(it.lastLine, t.line) && strings.ContainsAny(r, "，,、")
}
