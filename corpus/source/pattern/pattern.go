// Package pattern says which names of a folder are meant: globs as inputs, and
// rules of what is left out in the syntax of .gitignore.
package pattern

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
)

// Glob is an input that names files by a pattern: * and ? stand for characters of a
// name, ** for folders, […] for one of some characters, {a,b} for one of some texts.
type Glob struct {
	Base     string // the folder that the pattern begins in, with slashes
	pattern  string // below it
	segments []string
}

// NewGlob takes a name for a pattern where it has signs of one. Slashes part
// folders. An error says what is wrong with a pattern; isGlob is false for a plain
// name.
func NewGlob(name string) (g Glob, isGlob bool, err error) {
	if !strings.ContainsAny(name, "*?[{") {
		return g, false, nil
	}
	if !doublestar.ValidatePattern(name) {
		return g, true, fmt.Errorf("the pattern %q is not closed: a [ or { has no end; put \\ before a sign that is meant", name)
	}
	g.Base, g.pattern = doublestar.SplitPattern(name)
	if !strings.Contains(g.pattern, "{") { // braces may hold slashes
		g.segments = strings.Split(g.pattern, "/")
	}
	return g, true, nil
}

// Match reports whether the pattern means a name below the base.
func (g *Glob) Match(name string) bool { return doublestar.MatchUnvalidated(g.pattern, name) }

// MayHold reports whether something in a folder below the base may be meant. It is
// wrong on the safe side.
func (g *Glob) MayHold(folder string) bool {
	if g.segments == nil {
		return true
	}
	i := 0
	for part := range strings.SplitSeq(folder, "/") {
		switch {
		case i >= len(g.segments)-1 && g.segments[min(i, len(g.segments)-1)] != "**":
			return false // the last one means what is in its folder
		case g.segments[i] == "**":
			return true
		case !doublestar.MatchUnvalidated(g.segments[i], part):
			return false
		}
		i++
	}
	return true
}

// Rules say what is left out, as the lines of a .gitignore do: the last rule that
// fits decides. The zero Rules leave nothing out.
type Rules struct{ rules []rule }

type rule struct {
	pattern string
	keep    bool // it begins with !
	folder  bool // it ends with / and means folders alone
}

// maxRules bounds what a file of rules may cost: every name is held against each.
const maxRules = 10_000

// Parse reads rules, a line each. The error names the lines that make no sense and
// why; the other rules hold all the same.
func Parse(r io.Reader) (Rules, error) {
	var out Rules
	var errs []error
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if n == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if err := out.Add(line); err != nil {
			errs = append(errs, fmt.Errorf("line %d: %w", n, err))
		}
		if len(out.rules) > maxRules {
			return out, errors.Join(append(errs, fmt.Errorf("line %d: more than %d rules", n, maxRules))...)
		}
	}
	return out, errors.Join(append(errs, s.Err())...)
}

// Add takes one more rule, in the form of a line.
func (r *Rules) Add(line string) error {
	line = strings.TrimSuffix(line, "\r")
	for strings.HasSuffix(line, " ") && !strings.HasSuffix(line, `\ `) {
		line = line[:len(line)-1]
	}
	if line == "" || line[0] == '#' {
		return nil
	}
	if !utf8.ValidString(line) {
		return errors.New("is not UTF-8")
	}
	var n rule
	if line[0] == '!' {
		n.keep, line = true, line[1:]
	}
	rest := strings.TrimSuffix(line, "/")
	n.folder = rest != line
	if rest == "" {
		return fmt.Errorf("%q means nothing", line)
	}
	// A slash before the end ties a rule to its folder; others mean names anywhere.
	if strings.Contains(rest, "/") {
		rest = strings.TrimPrefix(rest, "/")
	} else {
		rest = "**/" + rest
	}
	// Braces are plain here, and what ends in /** means what is inside.
	n.pattern = strings.NewReplacer("{", `\{`, "}", `\}`).Replace(rest)
	if strings.HasSuffix(n.pattern, "/**") {
		n.pattern += "/*"
	}
	if !doublestar.ValidatePattern(n.pattern) {
		return fmt.Errorf("the pattern %q is not closed: a [ has no end", line)
	}
	r.rules = append(r.rules, n)
	return nil
}

// Ignored reports what the rules say of a name below their folder, and whether they
// say anything. What is in a folder that is left out is not asked for.
func (r *Rules) Ignored(name string, folder bool) (ignored, said bool) {
	for i := len(r.rules) - 1; i >= 0; i-- {
		if n := &r.rules[i]; (folder || !n.folder) && doublestar.MatchUnvalidated(n.pattern, name) {
			return !n.keep, true
		}
	}
	return false, false
}

// Empty reports rules that say nothing of any name.
func (r *Rules) Empty() bool { return len(r.rules) == 0 }
