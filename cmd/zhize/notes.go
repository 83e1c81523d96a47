package main

import (
	"fmt"
	"strings"

	"zhize/explain"
	"zhize/record"
)

// note is one line below a row of [explainer]: what one rule did there.
type note struct {
	rule       string
	suggested  bool
	changes    []change // different ones, in order
	times      map[change]int
	confidence float64 // the least
}

// change is what was put in the place of what, and why.
type change struct{ before, after, basis string }

// notes explains the edits that begin in a stretch: one line for each rule.
func (x *explainer) notes(s record.Span) []string {
	var notes []*note
	known := map[string]*note{}
	for _, e := range x.Notes(s) {
		key := e.Rule + " " + e.Status
		n := known[key]
		if n == nil {
			n = &note{rule: e.Rule, suggested: e.Status == "suggested", confidence: 1, times: map[change]int{}}
			known[key] = n
			notes = append(notes, n)
		}
		n.add(e)
	}
	var out []string
	for _, n := range notes {
		out = append(out, n.String())
	}
	return out
}

func (n *note) add(e record.Edit) {
	c := change{e.Before, e.After, e.Evidence.Basis}
	if n.times[c] == 0 {
		n.changes = append(n.changes, c)
	}
	n.times[c]++
	n.confidence = min(n.confidence, e.Confidence)
}

// String tells a note in words. Where all changes have one reason it stands
// behind them, else behind each:
//
//	slip  ‹续› → ‹绩›  0.98  业绩 is a word, 业续 is none
//	pinyin  without ‹(wǎng)› (a reading of 網), ‹(yè)› (a reading of 頁)  0.99
func (n *note) String() string {
	shared := n.changes[0].basis
	for _, c := range n.changes {
		if c.basis != shared {
			shared = ""
		}
	}
	var b strings.Builder
	if n.suggested {
		b.WriteString("suggested, not made: ")
	}
	b.WriteString(plain(n.rule))
	separator := "  "
	for i, c := range n.changes {
		b.WriteString(separator)
		separator = ", "
		b.WriteString(c.words(i > 0 && c.verb() == n.changes[i-1].verb()))
		if times := n.times[c]; times > 1 {
			fmt.Fprintf(&b, " ×%d", times)
		}
		if shared == "" && c.basis != "" {
			b.WriteString(" (" + plain(c.basis) + ")")
		}
	}
	if n.confidence < 1 {
		fmt.Fprintf(&b, "  %.2f", n.confidence)
	}
	if shared != "" {
		b.WriteString("  " + plain(shared))
	}
	return b.String()
}

func (c change) verb() string {
	switch {
	case c.after == "":
		return "without "
	case c.before == "":
		return "with "
	}
	return ""
}

// words tells a change; the verb is left out where the one before has it.
func (c change) words(sameVerb bool) string {
	text := quoted(c.before + c.after)
	if c.before != "" && c.after != "" {
		text = quoted(c.before) + " → " + quoted(c.after)
	}
	if sameVerb {
		return text
	}
	return c.verb() + text
}

func quoted(s string) string { return "‹" + visible(s) + "›" }

// visible shows an edit's text so that space in it can be seen.
func visible(s string) string { return explain.Visible(s) }
