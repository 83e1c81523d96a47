package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/document"
)

// Limits of what is looked for inside a line, in bytes.
const (
	maxPair   = 600  // from a mark to the one that closes it
	maxTarget = 1000 // the address of a link
)

// pairs are marks that stand around a text, longer ones first.
var pairs = []struct {
	mark  string
	loose bool // it also stands in ordinary text: it must stand free of words
}{{"***", false}, {"**", false}, {"__", true}, {"~~", false}, {"`", false}, {"*", true}}

// maxPasses is how often a line is searched again without the marks that were
// found: those of one pair may hide another. A line that still has some then
// is left as it is.
const maxPasses = 4

// inline takes out the marks inside a line; those of its first bytes, which
// are a list's, stay. All stay where the line would be another without them.
func (r *reader) inline(s document.Span, from int) {
	text := s.Of(r.text)
	if !strings.ContainsAny(text, "*_`~[\\") {
		return
	}
	all := r.all[:0]
	for range maxPasses {
		cuts := r.marks(text, from)
		if len(cuts) == 0 {
			line := r.whole.Of(r.text)
			if len(all) > 0 && shapeOf(line) == shapeOf(line[:s.Start-r.whole.Start]+text+line[s.End-r.whole.Start:]) {
				r.edits(s.Start, all)
			}
			return
		}
		all = joined(all, cuts)
		r.all = all
		var b strings.Builder
		at := 0
		b.Grow(len(text))
		for _, c := range cuts {
			b.WriteString(text[at:c.Start])
			at = c.End
		}
		b.WriteString(text[at:])
		text = b.String()
	}
}

// joined are the stretches cut from a text, and those cut from what was left
// of it, in order and in the coordinates of the whole. Those that meet are one.
func joined(all, more []document.Span) []document.Span {
	out := all[:0]
	if len(all) > 0 {
		out = make([]document.Span, 0, len(all)+len(more))
	}
	add := func(s document.Span) {
		if n := len(out); n > 0 && out[n-1].End >= s.Start {
			out[n-1].End = max(out[n-1].End, s.End)
		} else if !s.Empty() {
			out = append(out, s)
		}
	}
	shift := 0 // bytes cut in front
	for _, m := range more {
		for len(all) > 0 && all[0].Start <= m.Start+shift {
			shift += all[0].Len()
			add(all[0])
			all = all[1:]
		}
		start := m.Start + shift
		for len(all) > 0 && all[0].Start < m.End+shift {
			add(document.Span{Start: start, End: all[0].End})
			shift += all[0].Len()
			start = all[0].End
			all = all[1:]
		}
		add(document.Span{Start: start, End: m.End + shift})
	}
	for _, a := range all {
		add(a)
	}
	return out
}

// marks are the marks inside a line, in order, without overlap. They are
// overwritten by those of the next line.
func (r *reader) marks(text string, from int) []document.Span {
	cuts, closes := r.cuts[:0], r.pairs[:0] // closes: of the cuts, those that close the open pairs
	for i := from; i < len(text); {
		if n := len(closes); n > 0 && i >= closes[n-1].Start {
			i = max(i, closes[n-1].End)
			closes = closes[:n-1]
			continue
		}
		n := 1
		switch c := text[i]; c {
		case '\\':
			if i+1 < len(text) && strings.IndexByte("\\`*_{}[]()#+-.!|>~", text[i+1]) >= 0 {
				cuts = append(cuts, document.Span{Start: i, End: i + 1})
				n = 2
			}
		case '!', '[':
			start, mid, end := link(text, i)
			switch {
			case end == 0 || len(closes) > 0 && end > closes[len(closes)-1].Start:
			case c == '!':
				cuts = append(cuts, document.Span{Start: i, End: end})
				n = end - i
			default:
				cuts = append(cuts, document.Span{Start: i, End: start}, document.Span{Start: mid, End: end})
				closes = append(closes, document.Span{Start: mid, End: end})
			}
		case '*', '_', '~', '`':
			size, end := pair(text, i)
			inside := len(closes) == 0 || end+size <= closes[len(closes)-1].Start
			if end > 0 && inside {
				cuts = append(cuts, document.Span{Start: i, End: i + size}, document.Span{Start: end, End: end + size})
				if n = size; c == '`' {
					n = end + size - i // what stands in code is no mark
				} else {
					closes = append(closes, document.Span{Start: end, End: end + size})
				}
				break
			}
			for i+n < len(text) && text[i+n] == c {
				n++
			}
			if k := len(closes); k > 0 && i+n > closes[k-1].Start {
				n = max(1, closes[k-1].Start-i)
			}
		}
		i += n
	}
	slices.SortFunc(cuts, document.Span.Compare)
	r.cuts, r.pairs = cuts, closes
	return cuts
}

// edits take stretches of the line at an offset out.
func (r *reader) edits(at int, cuts []document.Span) {
	for _, c := range cuts {
		s := document.Span{Start: at + c.Start, End: at + c.End}
		r.out.Edits = append(r.out.Edits, document.Edit{
			Rule: Rule, Span: s, Before: s.Of(r.text), Confidence: 0.97,
			Evidence: document.Evidence{Basis: "a mark of Markdown in a text that is written in it"},
		})
	}
}

// pair is the size of the mark at i and where the one that closes it stands, 0
// where none does.
func pair(text string, i int) (size, end int) {
	for _, p := range pairs {
		if !strings.HasPrefix(text[i:], p.mark) {
			continue
		}
		size = len(p.mark)
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		after, _ := utf8.DecodeRuneInString(text[i+size:])
		if after == utf8.RuneError || unicode.IsSpace(after) || p.loose && joins(before) {
			return 0, 0
		}
		window := text[i+size : min(len(text), i+size+maxPair)]
		k := strings.Index(window, p.mark)
		if k <= 0 {
			return 0, 0
		}
		inner := window[:k]
		last, _ := utf8.DecodeLastRuneInString(inner)
		next, _ := utf8.DecodeRuneInString(text[i+size+k+size:])
		if first, _ := utf8.DecodeRuneInString(inner); strings.ContainsRune("，。、；：！？）,.;:!?)", first) {
			return 0, 0 // between two names that were masked
		}
		if unicode.IsSpace(last) || !worded(inner) || p.loose && joins(next) || rune(p.mark[0]) == next && p.mark != "`" {
			return 0, 0
		}
		return size, i + size + k
	}
	return 0, 0
}

// joins reports a character that makes one word with an ASCII mark beside it:
// snake_case, 2*3.
func joins(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '*' || r == '_'
}

// link is a link or picture at i: where its text begins and ends, and where
// the whole ends; 0 where there is none.
func link(text string, i int) (start, mid, end int) {
	start = i + 1
	if text[i] == '!' {
		if start >= len(text) || text[start] != '[' {
			return 0, 0, 0
		}
		start++
	}
	window := text[start:min(len(text), start+maxPair)]
	k := strings.IndexAny(window, "[]")
	if k < 0 || window[k] == '[' || !strings.HasPrefix(text[start+k:], "](") || k == 0 && text[i] != '!' {
		return 0, 0, 0
	}
	mid = start + k
	target := text[mid+2 : min(len(text), mid+2+maxTarget)]
	k = strings.IndexByte(target, ')')
	if k < 0 || !address(target[:k]) {
		return 0, 0, 0
	}
	return start, mid, mid + 2 + k + 1
}

// address reports the target of a link: an address, a path or a place in the
// text, with a title behind it or without.
func address(s string) bool {
	s, _, _ = strings.Cut(strings.TrimSpace(s), " ")
	return strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") || strings.HasPrefix(s, "tel:") ||
		len(s) > 1 && strings.IndexByte("/#.", s[0]) >= 0 || strings.HasSuffix(s, ".md") || strings.HasSuffix(s, ".html") ||
		strings.HasSuffix(s, ".png") || strings.HasSuffix(s, ".jpg")
}
