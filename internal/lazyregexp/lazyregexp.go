// Package lazyregexp puts off compiling regular expressions to their first
// use. Compiling those of the program takes longer than a search, which uses
// none of them.
package lazyregexp

import (
	"regexp"
	"sync"
)

// New is a regular expression that is compiled when it is first asked for. It
// panics then where expr is none: a test compiles the expressions of all
// packages, which are literals.
func New(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
