package outline

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/marker"
)

// line is one line of the text, or the part of one that stands alone after
// an article's heading was cut out of it.
type line struct {
	span    document.Span // without surrounding space
	kind    document.BlockKind
	level   int8            // of a heading element, or the nesting of a list item
	depth   int16           // columns of white space before a line of text
	meta    bool            // says something of the page
	numbers bool            // begins with a marker that counts
	bullet  bool            // begins with one that does not
	tagged  bool            // its text is glued to the last of a board's tags
	heads   bool            // is the heading row of a table whose columns are read
	columns bool            // is part of such a table
	article bool            // heads an article
	post    bool            // names a job by its place
	block   int32           // its block, counted from 1; 0 for a paragraph
	marks   marks           // which marks stand in it
	reason  document.Reason // why it is left out, "" for the body
	runes   int32           // its length in characters
	comma   int32           // bytes up to the end of its last comma; 0 for none
	cells   [2]int32        // of a table row: its part of builder.cellSpans
	cands   [2]int32        // its part of builder.cands
}

func (b *builder) str(s document.Span) string { return s.Of(b.text) }

// trim takes white space off both ends of s.
func (b *builder) trim(s document.Span) document.Span { return trimSpan(b.text, s) }

func trimSpan(text string, s document.Span) document.Span {
	for s.Start < s.End && !han(text, s.Start, s.End) {
		r, n := utf8.DecodeRuneInString(text[s.Start:s.End])
		if !isSpace(r) {
			break
		}
		s.Start += n
	}
	for s.Start < s.End && !han(text, s.End-3, s.End) {
		r, n := utf8.DecodeLastRuneInString(text[s.Start:s.End])
		if !isSpace(r) {
			break
		}
		s.End -= n
	}
	return s
}

// han reports one of the commonest Han characters, of three bytes, that begins at i
// and ends at end at the latest.
func han(text string, i, end int) bool {
	return i >= 0 && i+3 <= end && 0xe4 <= text[i] && text[i] <= 0xe9
}

// isSpace reports white space and the marks that show none.
func isSpace(r rune) bool {
	if '0' <= r && r < 0x7f || 0x3001 <= r && r <= 0x9fff || 0xff00 <= r && r <= 0xffef {
		return false
	}
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060' || r == '\u200c' || r == '\u200d'
}

// splitLines cuts the text that the markup did not drop into lines.
func (b *builder) splitLines() {
	drop := b.in.Dropped
	block := 0
	b.lines = slices.Grow(b.lines, strings.Count(b.text, "\n")+len(drop)+1)
	for at := 0; at < len(b.text); {
		end := len(b.text)
		if i := strings.IndexByte(b.text[at:], '\n'); i >= 0 {
			end = at + i
		}
		for len(drop) > 0 && drop[0].End <= at {
			drop = drop[1:]
		}
		if len(drop) > 0 && drop[0].Start < end {
			end = max(at, drop[0].Start)
			if end == at {
				at = min(drop[0].End, len(b.text))
				continue
			}
		}
		s := b.trim(document.Span{Start: at, End: end})
		if !s.Empty() {
			for block < len(b.in.Blocks) && b.in.Blocks[block].End <= s.Start {
				block++
			}
			l := b.newLine(s)
			l.depth = columns(b.text[at:s.Start])
			if block < len(b.in.Blocks) && b.in.Blocks[block].Start <= s.Start {
				l.kind, l.level, l.block = b.in.Blocks[block].Kind, int8(b.in.Blocks[block].Level), int32(block+1)
			}
			b.lines = append(b.lines, l)
		}
		at = end
		if at < len(b.text) && b.text[at] == '\n' {
			at++
		}
	}
}

// newLine reads the line at s once: its length and its marks.
func (b *builder) newLine(s document.Span) line {
	l := line{span: s}
	l.look(b.str(s))
	return l
}

// columns is how far white space moves a line in.
func columns(space string) int16 {
	n := 0
	for _, r := range space[:min(len(space), 256)] {
		switch r {
		case '\t':
			n += 4
		case '　':
			n += 2
		default:
			n++
		}
	}
	return int16(n)
}

// nesting is how deep a line stands among lines of its kind: by the markup of
// lists, or by the white space before it.
func (l *line) nesting() (depth, step int) {
	if l.kind == document.ListItem {
		return int(l.level), 1
	}
	return int(l.depth), 2
}

// measure finds the cells of every line and the places that may be markers.
func (b *builder) measure() {
	b.cands = slices.Grow(b.cands, min(len(b.lines), MaxParts))
	b.claims = slices.Grow(b.claims, 2*len(b.lines)+len(b.in.Dropped))
	b.kept = slices.Grow(b.kept, len(b.lines))
	for i := range b.lines {
		l := &b.lines[i]
		from := len(b.cands)
		if l.marks&(tabMark|pipeMark) == 0 {
			b.cands = marker.Scan(b.cands, b.text, l.span)
		} else {
			l.cells[0] = int32(len(b.cellSpans))
			b.cellSpans = appendCells(b.cellSpans, b.text, l.span)
			l.cells[1] = int32(len(b.cellSpans))
			for _, c := range b.cellSpans[l.cells[0]:] {
				b.cands = marker.Scan(b.cands, b.text, c)
			}
		}
		l.cands = [2]int32{int32(from), int32(len(b.cands))}
		if c := b.lineCands(l); len(c) > 0 && c[0].Span.Start == l.span.Start {
			l.bullet = c[0].Style == marker.Bullet
			l.numbers = !l.bullet
		}
		if len(b.cands) > MaxParts {
			return
		}
	}
}

func (b *builder) lineCands(l *line) []marker.Candidate { return b.cands[l.cands[0]:l.cands[1]] }

// marks are the marks that stand in a line, a bit for each sort: what a line
// may be by its wording is looked for only where its marks allow it.
type marks uint16

const (
	colonMark   marks = 1 << iota // : ：
	leaderMark                    // … . · ﹒
	pageMark                      // _
	arrowMark                     // > » › ＞ →
	dashMark                      // -
	digitMark                     // 0 … 9
	tabMark                       // a tab
	pipeMark                      // |
	bracketMark                   // 【
	spaceMark                     // a space, a tab or an ideographic space
	stopMark                      // 。 ； ; 】
	pianMark                      // 篇
)

var asciiMarks = [utf8.RuneSelf]marks{
	':': colonMark, '.': leaderMark, '_': pageMark, '>': arrowMark, '-': dashMark, '\t': tabMark | spaceMark, '|': pipeMark, ' ': spaceMark, ';': stopMark,
	'0': digitMark, '1': digitMark, '2': digitMark, '3': digitMark, '4': digitMark, '5': digitMark, '6': digitMark, '7': digitMark, '8': digitMark, '9': digitMark,
}

// look counts the characters of the line's text and finds its marks.
func (l *line) look(text string) {
	l.runes, l.marks, l.comma = 0, 0, 0
	for i := 0; i < len(text); l.runes++ {
		c := text[i]
		if c < utf8.RuneSelf {
			l.marks |= asciiMarks[c]
			i++
			if c == ',' {
				l.comma = int32(i)
			}
			continue
		}
		if 0xe4 <= c && c <= 0xe9 { // Han characters
			if c == pian[0] && strings.HasPrefix(text[i:], pian) {
				l.marks |= pianMark
			}
			i += 3
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '，':
			l.comma = int32(i)
		case '：':
			l.marks |= colonMark
		case '…', '⋯', '·', '﹒':
			l.marks |= leaderMark
		case '»', '›', '＞', '→':
			l.marks |= arrowMark
		case '【':
			l.marks |= bracketMark
		case '。', '；', '】':
			l.marks |= stopMark
		case '　':
			l.marks |= spaceMark
		}
	}
}

// atMost reports whether text has no more than n characters.
func atMost(text string, n int) bool {
	if len(text) <= n || len(text) > utf8.UTFMax*n {
		return len(text) <= n
	}
	for i := 0; i < len(text); i++ {
		if utf8.RuneStart(text[i]) {
			n--
		}
	}
	return n >= 0
}
