package normalize

import (
	"html"
	"strings"
	"unicode/utf8"
)

// maxEntity is the length in bytes of the longest reference without its
// ampersand: the longest name of HTML, and its semicolon.
const maxEntity = len("CounterClockwiseContourIntegral;")

// entity finds the references of HTML that were left in a text as text, because
// the page wrote them twice: &nbsp; and &amp;nbsp; &lt; &#8226;. Wanted are a
// name that HTML has, or the number of a character, and the semicolon.
func entity(f *finder, p Part) {
	for from := p.Start; ; {
		i := strings.IndexByte(f.text[from:p.End], '&')
		if i < 0 {
			return
		}
		at := from + i
		from = at + 1
		char, end := reference(f.text[from:p.End])
		if end == 0 || joins(char) && unfinished(f.text[p.Start:at]) {
			continue
		}
		from += end
		f.edit(at, from, char, 0.99, "a reference of HTML that was left as text")
	}
}

// reference reads what follows an ampersand: the character that it stands for,
// and its length, 0 for none. Ampersands that were written as references
// themselves are read through, so that one edit does for all of them.
func reference(rest string) (char string, end int) {
	for {
		next, n := oneReference(rest[end:])
		if n == 0 {
			return char, end
		}
		char, end = next, end+n
		if char != "&" {
			return char, end
		}
	}
}

func oneReference(rest string) (char string, end int) {
	end = strings.IndexByte(rest[:min(len(rest), maxEntity)], ';') + 1
	if end < len("lt;") {
		return "", 0
	}
	for i := range end - 1 {
		if c := rest[i]; !isASCIIWord(rune(c)) && !(c == '#' && i == 0) {
			return "", 0
		}
	}
	name := "&" + rest[:end]
	char = html.UnescapeString(name)
	r, n := utf8.DecodeRuneInString(char)
	switch {
	case char == name || n < len(char) && strings.HasSuffix(char, ";"): // no name, or the start of one alone
		return "", 0
	case r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || 0x7f <= r && r < 0xa0:
		return "", 0
	}
	return char, end
}

// joins reports a character that a reference is written with.
func joins(char string) bool {
	return len(char) == 1 && (char == "#" || char == ";" || isASCIIWord(rune(char[0])))
}

// unfinished reports a text that ends in the beginning of a reference: what
// completes it is left alone, so that no reference is made of pieces.
func unfinished(head string) bool {
	for i := len(head) - 1; i >= 0 && len(head)-i <= maxEntity; i-- {
		if head[i] == '&' {
			return true
		}
		if head[i] != '#' && !isASCIIWord(rune(head[i])) {
			return false
		}
	}
	return false
}

// privateUse finds characters that belong to no script: a font of the page's
// own gives them a form, or none. Those that symbol fonts use, U+F000 to U+F0FF,
// are bullets, also in the middle of a line; they go only where they tear a word.
// A row of different ones may be what a page shows in its own font (numbers of
// telephones, wages) and stays.
func privateUse(f *finder, p Part) {
	for i := p.Start; i < p.End; i++ {
		if c := f.text[i]; c < 0xee || c > 0xf4 || c > 0xef && c < 0xf3 {
			continue
		}
		r, end := f.after(p.Span, i)
		if !isPrivate(r) {
			i = end - 1
			continue
		}
		start, alike := i, true
		for next, stop := f.after(p.Span, end); isPrivate(next); next, stop = f.after(p.Span, end) {
			alike = alike && next == r
			end = stop
		}
		i = end - 1
		if !alike {
			continue
		}
		left, at := f.before(p.Span, start)
		right, stop := f.after(p.Span, end)
		switch {
		case r < 0xf000 || r > 0xf0ff:
			f.edit(start, end, "", 0.97, "a character that belongs to no script")
		case isHan(left) && isHan(right) && f.word(f.text[at:start]+f.text[end:stop]):
			f.edit(start, end, "", 0.97, "the sign of a symbol font inside "+f.text[at:start]+f.text[end:stop])
		}
	}
}

func isPrivate(r rune) bool {
	return r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 && r <= 0xffffd || r >= 0x100000 && r <= 0x10fffd
}
