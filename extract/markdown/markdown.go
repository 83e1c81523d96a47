// Package markdown tells what the marks of a text in Markdown say of it. The
// text stays as it is: marks at the ends of a line are described as dropped
// (document.Hidden: who reads the text as a page does not see them), headings
// and code as blocks, and marks inside a line as edits that take them out,
// since a dropped part parts the text around it.
//
// A text is only read so where it is said to be Markdown or has several of its
// signs. They are counted on whole lines and by what stands at their ends
// (signs.go): the edits leave them as they are, so a text whose marks inside
// lines are gone is read as before. One "#" or "*" is none. Lists, rows
// of tables and bullets need no description: they read as they stand.
package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
)

// Rule is the name that edits bear.
const Rule = "markdown"

// Result is what the marks say.
type Result struct {
	Blocks  []document.Block
	Dropped []document.Region
	Edits   []document.Edit
	Title   string // of the front matter, else the first heading of the first level; "" where there is none
}

// Read describes a text. said reports that it is Markdown by its name. A text
// that is none has an empty description. Linear.
func Read(text string, said bool) Result {
	if !strings.ContainsAny(text, "#*`_~>") {
		return Result{} // the quick answer for nearly every text; rules, tables and "+" alone are few signs
	}
	s := count(text)
	r := reader{text: text, lines: s.lines(said)}
	if !r.lines && !s.labels() {
		return Result{}
	}
	at := 0
	if r.lines {
		at = r.frontMatter()
	}
	for at < len(text) {
		end := lineEnd(text, at)
		r.line(document.Span{Start: at, End: end})
		at = end + 1
	}
	return r.out
}

type reader struct {
	text    string
	lines   bool // marks of whole lines are read; else those inside lines alone
	out     Result
	whole   document.Span   // the line
	row     bool            // the line before is a row of a table
	dropped int             // where the last line ended that was dropped as a whole
	last    document.Span   // the line before, where it may be underlined
	fence   string          // what ends the open code; "" none
	code    document.Span   // lines of the open code
	all     []document.Span // memory that lines share
	cuts    []document.Span
	pairs   []document.Span
	open    map[byte]int // by their mark, the length of fences that nothing closes
}

func lineEnd(text string, at int) int {
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		return at + i
	}
	return len(text)
}

// dropLine drops a whole line; several of them are one region.
func (r *reader) dropLine(s document.Span) {
	if n := len(r.out.Dropped); n > 0 && r.out.Dropped[n-1].End == r.dropped && r.text[r.dropped:s.Start] == "\n" {
		r.out.Dropped[n-1].End = s.End
	} else {
		r.drop(s.Start, s.End)
	}
	r.dropped = s.End
}

// drop drops the bytes of a span; those that meet are one region.
func (r *reader) drop(start, end int) {
	if start >= end {
		return
	}
	if n := len(r.out.Dropped); n > 0 && r.out.Dropped[n-1].End == start {
		r.out.Dropped[n-1].End = end
		return
	}
	r.out.Dropped = append(r.out.Dropped, document.Region{
		Span: document.Span{Start: start, End: end}, Role: document.RoleDropped, Reason: document.Hidden,
	})
}

func (r *reader) block(s document.Span, kind document.BlockKind, level int) {
	if !s.Empty() {
		r.out.Blocks = append(r.out.Blocks, document.Block{Span: s, Kind: kind, Level: level})
	}
}

// trim takes the white space off both ends of a span.
func (r *reader) trim(s document.Span) document.Span {
	t := s.Of(r.text)
	left := strings.TrimLeftFunc(t, unicode.IsSpace)
	s.Start += len(t) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}

// line reads one line.
func (r *reader) line(whole document.Span) {
	s := r.trim(whole)
	r.whole = s
	last := r.last
	r.last = document.Span{}
	switch {
	case r.fence != "":
		r.inCode(s)
		return
	case s.Empty():
		r.row = false
		return
	case !r.lines:
		r.inline(s, afterMarker(s.Of(r.text)))
		return
	}
	line := shapeOf(s.Of(r.text))
	defer func() { r.row = line.row }()
	if line.quote > 0 {
		r.drop(s.Start, s.Start+line.quote)
		s.Start += line.quote
	}
	text := s.Of(r.text)
	switch {
	case text == "":
	case line.fence:
		r.dropLine(s)
		if f := fence(text); r.closes(f, s.End) {
			r.fence, r.code = f, document.Span{}
		}
	case line.rule, line.reference, line.delimiter && r.row:
		r.dropLine(s)
	case line.under && !last.Empty():
		r.drop(s.Start, s.End)
		r.block(last, document.Heading, 1)
	case line.level > 0:
		_, marks := heading(text)
		r.drop(s.Start, s.Start+marks)
		s.Start += marks
		r.headLine(s, line.level)
	case line.bold:
		b := boldLine(text)
		inner := document.Span{Start: s.Start + b.Start, End: s.Start + b.End}
		r.drop(s.Start, inner.Start)
		length, edits := utf8.RuneCountInString(inner.Of(r.text)), len(r.out.Edits)
		r.inline(inner, 0)
		for _, e := range r.out.Edits[edits:] {
			length -= utf8.RuneCountInString(e.Before)
		}
		if length <= boldLetters {
			r.block(inner, document.Heading, boldLevel)
		}
		r.drop(inner.End, s.End)
	case line.plus:
		r.drop(s.Start, s.Start+2)
		s.Start += 2
		s = r.trim(s)
		r.block(s, document.ListItem, 1)
		r.inline(s, 0)
	default:
		r.inline(s, afterMarker(text))
		if line.quote == 0 {
			r.last = s
		}
	}
}

// A line that is bold as a whole is a heading below those of six levels, as
// one of a page is; a longer one is emphasis.
const (
	boldLevel   = 7
	boldLetters = 40
)

// headLine reads a heading behind its marks.
func (r *reader) headLine(s document.Span, level int) {
	text, _ := closedHead(s.Of(r.text))
	inner := document.Span{Start: s.Start, End: s.Start + len(text)}
	if b := boldLine(text); b != (document.Span{}) {
		r.drop(s.Start, s.Start+b.Start)
		inner = document.Span{Start: s.Start + b.Start, End: s.Start + b.End}
	}
	edits := len(r.out.Edits)
	r.inline(inner, 0)
	r.block(inner, document.Heading, level)
	if level == 1 && r.out.Title == "" {
		title, at := "", inner.Start
		for _, e := range r.out.Edits[edits:] {
			title += r.text[at:e.Span.Start]
			at = e.Span.End
		}
		r.out.Title = strings.TrimSpace(title + r.text[at:inner.End])
	}
	r.drop(inner.End, s.End)
}

// closes reports whether a later line ends the code that a fence opens. Where
// none does, the rest of the text is no code.
func (r *reader) closes(fence string, at int) bool {
	c := fence[0]
	if len(fence) >= r.open[c] && r.open[c] > 0 {
		return false // as an earlier one was not closed
	}
	for at < len(r.text) {
		end := lineEnd(r.text, at)
		if ends(strings.TrimSpace(r.text[at:end]), fence) {
			return true
		}
		at = end + 1
	}
	if r.open == nil {
		r.open = make(map[byte]int)
	}
	r.open[c] = len(fence)
	return false
}

// ends reports a line that ends the code that a fence opened, inside a
// quotation or not.
func ends(line, fence string) bool {
	if line != "" {
		line = line[quote(line):]
	}
	return strings.HasPrefix(line, fence) && strings.Trim(line, fence[:1]) == ""
}

// inCode reads a line of code, or the line that ends it.
func (r *reader) inCode(s document.Span) {
	if ends(s.Of(r.text), r.fence) {
		r.endCode()
		r.dropLine(s)
		return
	}
	if r.code.Empty() {
		r.code.Start = s.Start
	}
	if !s.Empty() {
		r.code.End = s.End
	}
}

func (r *reader) endCode() {
	r.block(r.code, document.Preformatted, 0)
	r.fence, r.code = "", document.Span{}
}

// maxFront is how many lines the front matter of a text has at most.
const maxFront = 40

// frontMatter drops what a text says of itself for programs, between two lines
// "---" at its beginning, and returns where it ends.
func (r *reader) frontMatter() int {
	if !strings.HasPrefix(r.text, "---\n") {
		return 0
	}
	title := ""
	at := len("---\n")
	for range maxFront {
		if at >= len(r.text) {
			break
		}
		end := lineEnd(r.text, at)
		line := strings.TrimSpace(r.text[at:end])
		if line == "---" && at > len("---\n") {
			r.drop(0, end)
			r.out.Title = title
			return end
		}
		key, value, ok := strings.Cut(line, ":")
		switch {
		case ok && strings.EqualFold(key, "title"):
			title = strings.Trim(strings.TrimSpace(value), `"'`)
		case !ok && !strings.HasPrefix(line, "-") || strings.ContainsFunc(key, unicode.IsSpace) && !strings.HasPrefix(line, "-"):
			return 0
		}
		at = end + 1
	}
	return 0
}
