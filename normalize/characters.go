package normalize

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"zhize/normalize/pinyin"
)

// invisible finds characters that show nothing and part what belongs
// together: control characters except line ends and tabs, zero-width marks,
// soft hyphens, byte-order marks. Line and paragraph separators become spaces.
func invisible(f *finder, p Part) {
	for i := p.Start; i < p.End; {
		if c := f.text[i]; c >= ' ' && c < 0x7f || hanLead <= c && c <= lastHanLead {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(f.text[i:p.End])
		switch {
		case !hidden(r):
		case r == '\u2028' || r == '\u2029':
			f.edit(i, i+n, " ", 1, "a line separator inside a line")
		case r == '\u200d' && emojiJoiner(f.text[i+n:]):
		default:
			f.edit(i, i+n, "", 1, "a character that shows nothing")
		}
		i += n
	}
}

// hidden reports a character that shows nothing.
func hidden(r rune) bool {
	if r < 0xa0 {
		return unicode.Is(unicode.Cc, r) && r != '\n' && r != '\t'
	}
	return r == '\u00ad' || r == '\ufeff' || r >= '\u200b' && (r <= '\u200f' || r >= '\u2028' && r <= '\u202e' || r >= '\u2060' && r <= '\u2064')
}

// emojiJoiner reports a zero-width joiner that holds an emoji together.
func emojiJoiner(rest string) bool {
	r, _ := utf8.DecodeRuneInString(rest)
	return r >= 0x1f000 || r >= 0x2600 && r <= 0x27bf
}

// toned are the letters of pinyin that bear a tone: what tells a reading from
// an English word in brackets.
const toned = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"

// pinyinReadings finds "說(shuō)": brackets behind a character that hold one of
// its readings.
func pinyinReadings(f *finder, p Part) {
	for from := p.Start; ; {
		open := f.openBracket(from, p.End)
		if open < 0 {
			return
		}
		_, n := utf8.DecodeRuneInString(f.text[open:])
		from = open + n
		han, at := f.before(p.Span, open)
		if !isHan(han) {
			continue
		}
		end := from
		accent := false
		for end < p.End && end-from < 16 {
			r, n := utf8.DecodeRuneInString(f.text[end:p.End])
			if strings.ContainsRune(toned, r) {
				accent = true
			} else if r != ' ' && r != '\u00a0' && !(r >= 'a' && r <= 'z') && r != 'ü' {
				break
			}
			end += n
		}
		r, n := utf8.DecodeRuneInString(f.text[end:p.End])
		if end == from || r != ')' && r != '）' {
			continue
		}
		reading := strings.TrimSpace(strings.ReplaceAll(f.text[from:end], "\u00a0", " "))
		if readingOf(han, reading) {
			f.readings++
			f.edit(open, end+n, "", 0.99, "a reading of "+f.text[at:open])
		} else if accent && !strings.Contains(reading, " ") {
			f.suggest(open, end+n, "", 0.7, "looks like a reading of "+f.text[at:open])
		}
		from = end
	}
}

// openBracket is the first round bracket that opens in [from,end), -1 for none.
func (f *finder) openBracket(from, end int) int {
	const wide = "（"
	for i := from; i < end; i++ {
		switch f.text[i] {
		case '(':
			return i
		case wide[0]:
			if strings.HasPrefix(f.text[i:end], wide) {
				return i
			}
		}
	}
	return -1
}

// readingOf reports whether a reading, with its tone or without one for the
// neutral tone, is one of the character's. A reading without a tone is either
// the neutral tone or an English word: only a syllable of the character itself
// counts that is read so.
func readingOf(han rune, syllable string) bool {
	return pinyin.Has(han, syllable) || neutral[syllable] && pinyin.HasToneless(han, syllable)
}

// neutral are the syllables that are read without a tone.
var neutral = map[string]bool{"de": true, "le": true, "zhe": true, "ma": true, "ne": true, "ba": true, "men": true, "zi": true, "di": true, "me": true}

// spacedLetters finds "营 销 总 部 经 理": three or more single Han characters in
// a row, each parted from the next by one or two spaces. A character that
// stands at a digit or letter (3人 学 历) is no part of the word behind it.
//
// On a page that is spaced as a whole all spaces between two Han characters go.
func spacedLetters(f *finder, p Part) {
	if f.spacedPage(p) {
		return
	}
	start, count, last := -1, 0, 0 // of the run
	flush := func() {
		if count >= 3 {
			for i := start; i < last; {
				r, end := f.after(p.Span, i)
				if isSpace(r) {
					stop := f.skip(p.Span, i)
					f.edit(i, stop, "", 0.97, "every character of the run is parted by a space")
					end = stop
				}
				i = end
			}
		}
		start, count = -1, 0
	}
	for i := p.Start; i < p.End; {
		c := f.text[i]
		if c < utf8.RuneSelf {
			if c != ' ' {
				flush()
			}
			i++
			continue
		}
		r, end := f.after(p.Span, i)
		if !isHan(r) {
			if !isSpace(r) {
				flush()
			}
			i = end
			continue
		}
		left, at := f.before(p.Span, i)
		right, _ := f.after(p.Span, end)
		alone := !isHan(left) && !isHan(right) && !isASCIIWord(left) && !isASCIIWord(right)
		linked := count > 0 && isSpace(left) && i-last <= 2*(i-at)
		switch {
		case alone && linked && i > last:
			count, last = count+1, end
		case alone:
			flush()
			start, count, last = i, 1, end
		default:
			flush()
		}
		i = end
		if count == 0 {
			i = f.beforeSpace(i, p.End)
		}
	}
	flush()
}

// A page is spaced as a whole where minSpaced spaces or more stand between Han
// characters, one behind spacedPer of them, and one in tornPer tears a word of two
// characters apart; or where two in tornPer do, and minTorn at least. A space
// between two whole words tears none, whatever stands across it (招聘␣用工).
const (
	minSpaced = 12
	spacedPer = 8
	tornPer   = 5
	minTorn   = 3
)

// hanLead and lastHanLead are the bytes with which the commonest Han characters
// begin.
const hanLead, lastHanLead = 0xe4, 0xe9

// spacedPage edits all spaces between Han characters of a page that is spaced
// as a whole, and reports whether it is.
func (f *finder) spacedPage(p Part) bool {
	han, torn, first := 0, 0, len(f.edits)
	for i := p.Start; i < p.End; i++ {
		c := f.text[i]
		if hanLead <= c && c <= lastHanLead {
			han++
			i += 2
			continue
		}
		if byteSigns[c]&spaceSign == 0 || c == '\t' {
			continue
		}
		stop := f.skip(p.Span, i)
		left, at := f.before(p.Span, i)
		if next, behind := f.after(p.Span, stop); stop > i && stop-i <= 3 && isHan(left) && isHan(next) {
			f.edit(i, stop, "", 0.96, "the page is spaced as a whole")
			if f.word(f.text[at:i]+f.text[stop:behind]) && !f.between(p, at, i, stop, behind) {
				torn++
			}
		}
		i = max(i, stop-1)
	}
	n := len(f.edits) - first
	if n >= minSpaced && n*spacedPer >= han && torn*tornPer >= n || torn >= minTorn && torn*tornPer >= n*2 {
		return true
	}
	f.edits = f.edits[:first]
	return false
}

// between reports that the character [at,i) ends a word and [stop,behind) begins
// one.
func (f *finder) between(p Part, at, i, stop, behind int) bool {
	_, before := f.before(p.Span, at)
	_, after := f.after(p.Span, behind)
	return f.word(f.text[before:i]) && f.word(f.text[stop:after])
}

// beforeSpace is the last character of [from,end) that a space follows with
// none between from and it; end where no space follows.
func (f *finder) beforeSpace(from, end int) int {
	for i := from; i < end; i++ {
		switch c := f.text[i]; {
		case c == ' ', c == 0xc2, c == 0xe3 && strings.HasPrefix(f.text[i:end], "\u3000"):
			_, n := utf8.DecodeLastRuneInString(f.text[from:i])
			return i - n
		}
	}
	return end
}

// insertedMark finds the marks that copy protection puts behind 的: "的.潜在",
// "的'关系". Before Latin letters, digits or another mark they are real
// (的.NET, 的…, 的'90后').
func insertedMark(f *finder, p Part) {
	const of = "的"
	for at := p.Start; at < p.End; at++ {
		mark, end := f.text[at], at+1
		if mark != '.' && mark != '\'' || !strings.HasSuffix(f.text[p.Start:at], of) {
			continue
		}
		if next, _ := f.after(p.Span, end); !isHan(next) {
			continue
		}
		if mark == '\'' && quoted(f.text[end:p.End]) {
			continue
		}
		f.edit(at, end, "", 0.99, "a lone mark between 的 and the word it belongs to")
	}
}

// maxQuotation is how far, in bytes, a closing quotation mark is looked for.
const maxQuotation = 120

// quoted reports whether a quotation mark closes before the sentence ends.
func quoted(rest string) bool {
	rest = rest[:min(len(rest), maxQuotation)]
	if i := strings.IndexAny(rest, "，。；,;\n"); i >= 0 {
		rest = rest[:i]
	}
	return strings.Contains(rest, "'")
}

// rewritten finds 旳. Modern Chinese does not use it; programs that rewrite a
// page to pass for a new one put it for 的.
func rewritten(f *finder, p Part) {
	const from, to = "旳", "的"
	for at := p.Start; ; {
		i := strings.Index(f.text[at:p.End], from)
		if i < 0 {
			return
		}
		at += i
		f.edit(at, at+len(from), to, 0.99, "no word of modern Chinese has 旳")
		at += len(from)
	}
}
