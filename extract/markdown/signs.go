package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
)

// signs counts the lines that only Markdown has.
type signs struct {
	heads, bolds, fences, tables, quotes, rules, stars int
	named                                              int // items that begin with a label in bold
}

// shape is what the ends of a line say of it.
type shape struct {
	level, closed int  // of a heading; the marks that close it
	quote         int  // length of the marks of a quotation
	bold          bool // as a whole, without the marks of a heading
	fence         bool
	rule          bool // three or more of one mark
	star, plus    bool // bullets that few but Markdown have
	under         bool // underlines a heading
	delimiter     bool // the rule below the heads of a table
	reference     bool
	row           bool // of a table
}

// shapeOf reads the ends of a line without white space around it.
func shapeOf(line string) shape {
	var s shape
	if line == "" {
		return s
	}
	if s.quote = quote(line); s.quote > 0 {
		line = line[s.quote:]
	}
	if line == "" {
		return s
	}
	s.row = strings.Count(line[:min(len(line), 512)], "|") >= 2
	if level, marks := heading(line); level > 0 {
		s.level = level
		line, s.closed = closedHead(line[marks:])
		s.bold = boldLine(line) != document.Span{}
		return s
	}
	switch line[0] {
	case '`', '~':
		s.fence = fence(line) != ""
	case '=':
		s.under = strings.Trim(line, "=") == "" && len(line) > 2
	case '[':
		s.reference = isReference(line)
	case '|', ':':
		s.delimiter = isDelimiter(line)
	case '+':
		s.plus = strings.HasPrefix(line, "+ ")
	case '-', '*', '_':
		s.rule, s.delimiter = isRule(line), isDelimiter(line)
		s.star = strings.HasPrefix(line, "* ")
		s.bold = !s.rule && boldLine(line) != document.Span{}
	}
	return s
}

// count reads the signs of a text.
func count(text string) signs {
	var s signs
	row := false // the line before is a row of a table
	one := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		l := shapeOf(line)
		one(&s.heads, l.level > 0 && l.quote == 0)
		one(&s.bolds, l.bold && l.level == 0)
		one(&s.fences, l.fence)
		one(&s.tables, l.delimiter && row)
		one(&s.quotes, l.quote > 0)
		one(&s.rules, l.rule)
		one(&s.stars, l.star || l.plus)
		one(&s.named, labelled(line))
		row = l.row
	}
	return s
}

// lines reports whether the marks of whole lines are read: two headings and
// another sign, three headings, or three signs; one, where the text is said to
// be Markdown. One of 5,719 job postings has any of these signs but stars, and
// that one a single heading.
func (s signs) lines(said bool) bool {
	kinds := 0
	for _, n := range []int{s.heads, s.bolds, s.fences / 2, s.tables, s.quotes, s.rules, s.stars / 2} {
		if n > 0 {
			kinds++
		}
	}
	return said && kinds > 0 || s.heads > 2 || s.heads > 1 && kinds > 1 || kinds > 2 || s.bolds > 1 && kinds > 1
}

// labels reports a text without signs on its lines in which several items
// begin with a label in bold: "1. **采购**：…". Pairs of "**" alone are no sign:
// they also stand for names and numbers that were masked.
func (s signs) labels() bool { return s.named > 2 }

// heading is the level of a heading line, and the length of its marks with the
// space behind them; 0 for other lines.
func heading(line string) (level, marks int) {
	for level < len(line) && line[level] == '#' {
		level++
	}
	rest := strings.TrimLeft(line[level:], " \t")
	marks = len(line) - len(rest)
	if level == 0 || level > 6 || marks == level || strings.Trim(rest, "# ") == "" {
		return 0, 0
	}
	return level, marks
}

// closedHead is the text of a heading without the marks that close it, and how
// long those are with the space in front.
func closedHead(text string) (string, int) {
	if closed := strings.TrimRight(text, "#"); closed != text && strings.HasSuffix(closed, " ") {
		closed = strings.TrimRight(closed, " ")
		return closed, len(text) - len(closed)
	}
	return text, 0
}

// boldLine is what stands between the marks of a line that is bold as a whole,
// the zero span for other lines. A colon behind the marks belongs to them.
func boldLine(line string) document.Span {
	for _, marks := range []string{"***", "**", "__"} {
		rest, ok := strings.CutPrefix(line, marks)
		if !ok {
			continue
		}
		rest = strings.TrimRight(rest, ":： ")
		inner, ok := strings.CutSuffix(rest, marks)
		if !ok || strings.Contains(inner, marks[:2]) || strings.TrimSpace(inner) != inner || !worded(inner) {
			continue
		}
		return document.Span{Start: len(marks), End: len(marks) + len(inner)}
	}
	return document.Span{}
}

// worded reports a text with a letter or a number in it.
func worded(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// fence is what begins a line that opens or closes code, "" for other lines.
func fence(line string) string {
	c := line[0]
	n := 0
	for n < len(line) && line[n] == c {
		n++
	}
	if n < 3 || c != '`' && c != '~' || c == '`' && strings.Contains(line[n:], "`") {
		return ""
	}
	return line[:n]
}

// quote is the length of the marks of a quotation with the space behind them.
func quote(line string) int {
	n := 0
	for n < len(line) && (line[n] == '>' || line[n] == ' ') {
		n++
	}
	if n == 0 || line[0] != '>' || n == len(line) && strings.Trim(line, ">") != "" {
		return 0
	}
	return n
}

// isRule reports a line that is a rule: three or more of one mark.
func isRule(line string) bool {
	c := line[0]
	if c != '-' && c != '*' && c != '_' {
		return false
	}
	n := 0
	for i := 0; i < len(line); i++ {
		switch line[i] {
		case c:
			n++
		case ' ', '\t':
		default:
			return false
		}
	}
	return n > 2
}

// isDelimiter reports the rule below the heading row of a table: "|---|:--|".
func isDelimiter(line string) bool {
	return strings.Contains(line, "|") && strings.Contains(line, "-") && strings.Trim(line, "|-: ") == ""
}

// isReference reports a line that names the target of links: "[1]: https://…".
func isReference(line string) bool {
	if line[0] != '[' {
		return false
	}
	name, target, ok := strings.Cut(line[:min(len(line), maxTarget)], "]: ")
	return ok && !strings.ContainsAny(name[1:], "[]") && strings.Contains(target, "://") && !strings.ContainsFunc(strings.TrimSpace(target), unicode.IsSpace)
}

// labelled reports an item that begins with a label in bold.
func labelled(line string) bool {
	n := afterMarker(line)
	rest, ok := strings.CutPrefix(line[n:min(len(line), n+maxPair)], "**")
	if n == 0 || !ok {
		return false
	}
	label, after, ok := strings.Cut(rest, "**")
	r, _ := utf8.DecodeRuneInString(after)
	last, _ := utf8.DecodeLastRuneInString(label)
	return ok && worded(label) && (strings.ContainsRune(":：", r) || strings.ContainsRune(":：", last))
}

// afterMarker is where the text of a list item begins behind its marker and
// the box of a task; 0 for lines that are no items.
func afterMarker(line string) int {
	n := 0
	switch {
	case len(line) > 1 && strings.IndexByte("-*+", line[0]) >= 0 && line[1] == ' ':
		n = 2
	default:
		for n < len(line) && n < 9 && '0' <= line[n] && line[n] <= '9' {
			n++
		}
		if n == 0 || n+1 >= len(line) || line[n] != '.' && line[n] != ')' || line[n+1] != ' ' {
			return 0
		}
		n += 2
	}
	for n < len(line) && line[n] == ' ' {
		n++
	}
	return n
}
