package normalize

import (
	"fmt"
	"unicode/utf8"

	"zhize/hanzi"
)

// through is in how many clusters characters must follow each other without a
// space, with one more on either side, for a space between them to be none of the
// writer's.
const through = 8

// gap finds a single space between two words where many texts of the corpus have
// none: 完成␣领导交办的工作. It stays where the one word ends clauses elsewhere and
// the other begins them.
func gap(f *finder, p Part) {
	if f.corpus == nil || p.Kind != Item {
		return
	}
	for i := p.Start; i < p.End; i++ {
		if byteSigns[f.text[i]]&spaceSign == 0 || f.text[i] == '\t' {
			continue
		}
		stop := f.skip(p.Span, i)
		b, at := f.before(p.Span, i)
		c, end := f.after(p.Span, stop)
		if stop == i || !isHan(b) || !isHan(c) {
			continue
		}
		a, _ := f.before(p.Span, at)
		d, _ := f.after(p.Span, end)
		a, d = hanzi.Sign(a), hanzi.Sign(d)
		if _, n := utf8.DecodeRuneInString(f.text[i:]); stop-i == n && hanzi.IsHan(a) && hanzi.IsHan(d) && !f.settled(p, i) && !free.has(b) && !free.has(c) &&
			f.triple(a, b, c) >= through && f.triple(b, c, d) >= through &&
			(f.triple(a, b, hanzi.Stop) < often || f.triple(hanzi.Stop, c, d) < often) {
			f.edit(i, stop, "", 0.96, fmt.Sprintf("%c%c%c%c runs on without a space in %d other texts or more", a, b, c, d, min(f.triple(a, b, c), f.triple(b, c, d))))
		}
		i = stop - 1
	}
}
