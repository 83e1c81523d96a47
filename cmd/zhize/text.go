package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/mattn/go-runewidth"

	"zhize/explain"
	"zhize/label"
)

// style paints text for a terminal, or leaves it alone.
type style struct{ on bool }

// The paints: SGR parameters.
const (
	bold     = "1"
	dim      = "2"
	match    = "1;31" // what a query matched
	deleted  = "31"   // taken out of the source
	inserted = "32"   // put in
	idColour = "36"
	warning  = "33"
)

func (s style) paint(code, text string) string {
	if !s.on || text == "" {
		return text
	}
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// width is the number of terminal columns that s takes. Punctuation whose
// width depends on the locale (“” … ·) counts as narrow everywhere, so that
// output does not change with the environment.
func width(s string) int {
	c := runewidth.Condition{StrictEmojiNeutral: true}
	return c.StringWidth(s)
}

func pad(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-width(s)))
}

func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-width(s))) + s
}

// shorten cuts s to a number of columns and says so with "…".
func shorten(s string, columns int) string {
	if width(s) <= columns {
		return s
	}
	var b strings.Builder
	used := 1 // the ellipsis
	for _, r := range s {
		if used += width(string(r)); used > columns {
			break
		}
		b.WriteRune(r)
	}
	return b.String() + "…"
}

// plain makes text from a page, a file name or a query safe for a terminal.
func plain(s string) string { return explain.Plain(s) }

// plainLines is plain for text that may have several lines.
func plainLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = plain(lines[i])
	}
	return strings.Join(lines, "\n")
}

// oneLine is plain with line ends and tabs as spaces.
func oneLine(s string) string { return plain(strings.Join(strings.Fields(s), " ")) }

// thousands writes 1234567 as 1,234,567.
func thousands[T ~int | ~int64](n T) string { return label.Thousands(int64(n)) }

// count writes "1 page", "12 pages".
func count[T ~int | ~int64](n T, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// size writes a number of bytes.
func size(n int64) string {
	const unit = 1000
	if n < unit {
		return strconv.FormatInt(n, 10) + " B"
	}
	v, u := float64(n)/unit, 0
	for v >= unit && u < 3 {
		v /= unit
		u++
	}
	return fmt.Sprintf("%.1f %cB", v, "kMGT"[u])
}

// elapsed writes a duration as a person says it.
func elapsed(d time.Duration) string {
	switch {
	case d < time.Millisecond:
		return "under 1 ms"
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 100*time.Second:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 100*time.Minute:
		return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// table is rows whose columns line up by display width. Cells are plain text;
// columns named in right are numbers.
type table struct {
	indent string
	right  []int
	rows   [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// write writes the rows; nothing follows the last cell of a row.
func (t *table) write(w io.Writer) {
	var columns []int
	for _, row := range t.rows {
		for i, cell := range row {
			if i == len(columns) {
				columns = append(columns, 0)
			}
			columns[i] = max(columns[i], width(cell))
		}
	}
	for _, row := range t.rows {
		var b strings.Builder
		b.WriteString(t.indent)
		for i, cell := range row {
			if i > 0 {
				b.WriteString("  ")
			}
			if t.isRight(i) {
				b.WriteString(padLeft(cell, columns[i]))
			} else {
				b.WriteString(pad(cell, columns[i]))
			}
		}
		fmt.Fprintln(w, strings.TrimRight(b.String(), " "))
	}
}

func (t *table) isRight(column int) bool {
	for _, r := range t.right {
		if r == column {
			return true
		}
	}
	return false
}
