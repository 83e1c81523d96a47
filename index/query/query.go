// Package query is the search language as a tree of its own: parsed, checked
// and printed without an engine.
//
//	query  = all { "OR" all }            the letters OR; binds weaker than a blank
//	all    = term { ["AND"] term }       terms beside each other must all hold
//	term   = ["-"] ( "(" query ")" | field | phrase | word )
//	field  = name ":" ( phrase | word )  title, site, article, kind, number
//	phrase = '"' … '"'                   these words, side by side
//	word   = … [ "*" ]                   a final star: words that begin so
//
// Full-width forms are the same as their ASCII ones, as syntax too: （ ） ： －
// ＊ ＂, “ and ” are quotation marks, and U+3000 and the marks ，、；。！？ part
// words as a blank does. A backslash takes the character after it literally.
package query

import (
	"strconv"
	"strings"
)

// MaxLength is the longest query in bytes. It is far above what a person
// types, and keeps the work of one search small.
const MaxLength = 4096

// MaxDepth is how deep parentheses and minus signs may nest.
const MaxDepth = 32

// Query is a node of the tree: one of And, Or, Not, Word, Phrase, Prefix,
// Field, Kind and Number. String prints it canonically; Parse gives back an
// equal tree for every tree that Parse made (where the escapes that printing
// adds do not make it longer than MaxLength).
type Query interface {
	String() string
	// part prints the node as an operand of a node that binds as tightly as in.
	part(in binding) string
}

type binding uint8

const (
	alternatives binding = iota // an operand of OR, or the whole query
	conjunction                 // an operand of AND
	negation                    // what a minus stands before
)

type (
	// And holds where all of its parts hold. Without parts, as the empty query
	// gives it, it holds everywhere.
	And []Query
	// Or holds where at least one of its two or more parts holds.
	Or []Query
	// Not holds where Of does not.
	Not struct{ Of Query }
	// Word holds where the text has the word.
	Word struct{ Text string }
	// Phrase holds where the text has these words side by side.
	Phrase struct{ Text string }
	// Prefix holds where the text has a word that begins with Text.
	Prefix struct{ Text string }
	// Field holds where what Name names (title, site, article) has Text in it.
	Field struct{ Name, Text string }
	// Kind holds in sections of this kind, one of the contract's words.
	Kind struct{ Kind string }
	// Number holds for items that bear this number, at least 1.
	Number struct{ Number int }
)

func (q And) String() string    { return q.part(alternatives) }
func (q Or) String() string     { return q.part(alternatives) }
func (q Not) String() string    { return q.part(alternatives) }
func (q Word) String() string   { return q.part(alternatives) }
func (q Phrase) String() string { return q.part(alternatives) }
func (q Prefix) String() string { return q.part(alternatives) }
func (q Field) String() string  { return q.part(alternatives) }
func (q Kind) String() string   { return q.part(alternatives) }
func (q Number) String() string { return q.part(alternatives) }

func (q And) part(in binding) string {
	return join(q, " ", conjunction, in == negation)
}

func (q Or) part(in binding) string {
	return join(q, " OR ", alternatives, in != alternatives)
}

func (q Not) part(in binding) string {
	if in == negation { // Parse makes no such tree, but it must not print as "--"
		return "(-" + q.Of.part(negation) + ")"
	}
	return "-" + q.Of.part(negation)
}

func (q Word) part(binding) string {
	s := escape(q.Text)
	if s == "OR" || s == "AND" {
		return `\` + s
	}
	return s
}

func (q Phrase) part(binding) string { return quote(q.Text) }
func (q Prefix) part(binding) string { return escape(q.Text) + "*" }
func (q Kind) part(binding) string   { return "kind:" + q.Kind }
func (q Number) part(binding) string { return "number:" + strconv.Itoa(q.Number) }

func (q Field) part(binding) string {
	if s := escape(q.Text); !strings.Contains(s, `\`) {
		return q.Name + ":" + s
	}
	return q.Name + ":" + quote(q.Text)
}

func join(parts []Query, sep string, in binding, parentheses bool) string {
	var b strings.Builder
	if parentheses {
		b.WriteByte('(')
	}
	for i, p := range parts {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(p.part(in))
	}
	if parentheses {
		b.WriteByte(')')
	}
	return b.String()
}

// escape prints a word so that every character of it is read literally.
func escape(word string) string {
	var b strings.Builder
	for i, r := range word {
		if special(r) || i == 0 && r == '-' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func quote(phrase string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range phrase {
		if isQuote(r) || r == '\\' {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
