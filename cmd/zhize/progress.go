package main

import (
	"fmt"
	"strings"
	"time"

	"zhize/corpus"
)

// progressLine is one line on stderr that is written over again and again. It
// is made only where stderr is a terminal.
type progressLine struct {
	a     *app
	shown bool
	first corpus.Progress // of the stage that is shown
}

// progressColumns is the width that a line may have: one less than the
// narrowest common terminal, so that it never wraps.
const progressColumns = 79

// show writes the line for p over the one before it.
func (l *progressLine) show(p corpus.Progress) {
	if p.Stage != l.first.Stage || !l.shown {
		l.first = p
	}
	l.set(withBar(progressText(p, l.first), p))
}

func (l *progressLine) set(text string) {
	fmt.Fprintf(l.a.stderr, "\r%s\x1b[K", shorten(text, progressColumns))
	l.shown = true
}

// clear takes the line away, so that what follows begins at the margin.
func (l *progressLine) clear() {
	if l.shown {
		fmt.Fprint(l.a.stderr, "\r\x1b[K")
		l.shown = false
	}
}

// stages lists what a run does, in words for people, and what it counts
// meanwhile; "" nothing.
var stages = [...]struct{ name, words, unit string }{
	{"scan", "looking at the inputs", ""},
	{"learn", "learning", "pages"},
	{"process", "reading", "pages"},
	{"duplicates", "finding duplicates", ""},
	{"duties", "counting duties", ""},
	{"write", "writing", ""},
	{"index", "indexing", "duties"},
}

// progressText says how far a stage of a run is: what is done, how fast, what
// is left. first is what was known when the stage began.
func progressText(p, first corpus.Progress) string {
	words, unit := p.Stage, "pages"
	for _, s := range stages {
		if s.name == p.Stage {
			words, unit = s.words, s.unit
		}
	}
	if unit == "" {
		return words
	}
	parts := []string{words}
	done := thousands(p.Pages)
	if p.Total > 0 {
		done += "/" + thousands(p.Total)
	}
	parts = append(parts, done+" "+unit)
	took := p.Elapsed - first.Elapsed
	if seconds := took.Seconds(); seconds >= 1 {
		parts = append(parts, thousands(int(float64(p.Pages-first.Pages)/seconds))+"/s")
	}
	if share, ok := shareDone(p); ok {
		parts = append(parts, fmt.Sprintf("%d %%", int(100*share)))
		before, _ := shareDone(first)
		if left, ok := timeLeft(took, share-before, 1-share); ok {
			parts = append(parts, left+" left")
		}
	}
	if p.Positions > 0 && unit == "pages" {
		parts = append(parts, count(p.Positions, "position", "positions"))
	}
	if p.Rejects > 0 {
		parts = append(parts, thousands(p.Rejects)+" rejected")
	}
	return strings.Join(parts, "  ")
}

// shareDone is told by the pages where their sum is known, else by the bytes.
func shareDone(p corpus.Progress) (share float64, ok bool) {
	switch {
	case p.Total > 0:
		return min(1, float64(p.Pages)/float64(p.Total)), true
	case p.TotalBytes > 0:
		return min(1, float64(p.Bytes)/float64(p.TotalBytes)), true
	}
	return 0, false
}

// barCells is how many cells a bar has.
const barCells = 10

// withBar puts a bar before a text where the share that is done is known.
func withBar(text string, p corpus.Progress) string {
	share, ok := shareDone(p)
	if !ok {
		return text
	}
	full := int(share * barCells)
	return "[" + strings.Repeat("=", full) + strings.Repeat(" ", barCells-full) + "] " + text
}

// timeLeft tells how long a rest takes when what is done took so long. There
// is nothing to tell in the first second, nor from less than a hundredth.
func timeLeft(took time.Duration, done, rest float64) (string, bool) {
	left, ok := durationLeft(took, done, rest)
	if !ok {
		return "", false
	}
	if left < 100*time.Second {
		return fmt.Sprintf("%d s", int(left.Seconds())+1), true
	}
	return elapsed(left), true
}

func durationLeft(took time.Duration, done, rest float64) (time.Duration, bool) {
	if took < time.Second || done < 0.01 || rest <= 0 {
		return 0, false
	}
	return time.Duration(float64(took) * rest / done), true
}
