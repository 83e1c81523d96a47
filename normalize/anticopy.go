package normalize

import (
	"strings"
	"unicode/utf8"
)

// padding are the characters that copy protection strews over a page: the
// first of the first level of GB 2312, from a to ban, the rows that a program
// finds at the start of the table.
var padding = hanSetOf("啊阿埃挨哎唉哀皑癌蔼矮艾碍爱隘鞍氨安俺按暗岸胺案肮昂盎凹敖熬翱袄傲奥懊澳芭捌扒叭吧笆八疤巴拔跋靶把耙坝霸罢爸白柏百摆佰败拜稗斑班搬扳般颁板版扮拌伴瓣半办绊")

// familiar are those that job descriptions are full of: 方案, 安全, 办理, 拜访. The
// program takes each as often as any other, so five of them alone are none of its
// work but once in a thousand pages.
var familiar = hanSetOf("安按案办班般板版把八百白半拜伴搬爱")

// words of one character, which stand alone in honest text.
var freestanding = hanSetOf("按八把百白安班搬板版般伴半办暗爱摆败拔爸")

// hanSet is a set of the Han characters from U+4000 to U+9FFF.
type hanSet [(0xa000 - 0x4000) / 64]uint64

func hanSetOf(chars string) *hanSet {
	s := new(hanSet)
	for _, r := range chars {
		s[(r-0x4000)>>6] |= 1 << (r & 63)
	}
	return s
}

func (s *hanSet) has(r rune) bool {
	return r >= 0x4000 && r < 0xa000 && s[(r-0x4000)>>6]&(1<<(r&63)) != 0
}

// A page is protected where at least minPadded characters of the table stand
// inside a word that they tear apart, one in padPer Han characters or more.
// Honest text of 5,000 postings has none in 2,000 characters.
const (
	minPadded = 5
	padPer    = 120
)

// antiCopy finds the characters that copy protection put into a page. On a
// page that is protected go those that tear a word apart, and those that are
// part of no word and no word themselves.
func antiCopy(f *finder, p Part) {
	if f.survey.strange == 0 || f.survey.padding < minPadded || f.survey.padding*padPer < f.survey.han {
		return
	}
	type place struct {
		start, end int
		torn       bool
	}
	var found []place
	torn := 0
	for i := p.Start; i < p.End; i++ {
		c := f.text[i]
		if c < hanLead || c > lastHanLead || i+2 >= p.End {
			continue
		}
		end := i + 3
		if r := rune(c&0x0f)<<12 | rune(f.text[i+1]&0x3f)<<6 | rune(f.text[i+2]&0x3f); padding.has(r) {
			if in, tears := f.pads(p, i, end); !in {
				found = append(found, place{i, end, tears})
				if tears {
					torn++
				}
			}
		}
		i = end - 1
	}
	if torn < minPadded || torn*padPer < f.survey.han {
		return
	}
	for _, c := range found {
		if r, _ := f.after(p.Span, c.start); c.torn || !freestanding.has(r) {
			f.edit(c.start, c.end, "", 0.95, "copy protection put it between "+strings.TrimSpace(f.around(p, c.start, c.end)))
		}
	}
}

// pads reports whether the character [i,end) is part of a word, and else
// whether what stands around it is a word without it.
func (f *finder) pads(p Part, i, end int) (in, tears bool) {
	left, at := f.before(p.Span, i)
	right, stop := f.after(p.Span, end)
	if !isHan(left) && !isHan(right) {
		return false, false
	}
	_, at2 := f.before(p.Span, at)
	_, stop2 := f.after(p.Span, stop)
	for _, from := range [...]int{i, at, at2} { // the commonest words, of two characters, first
		for _, to := range [...]int{stop, end, stop2} {
			if (from < i || to > end) && f.word(f.text[from:to]) {
				return true, false
			}
		}
	}
	if !isHan(left) || !isHan(right) {
		return false, false
	}
	l, r := f.text[at:i], f.text[end:stop]
	return false, f.word(l+r) || f.word(f.text[at2:i]+r) && at2 < at || f.word(l+f.text[end:stop2]) && stop2 > stop
}

func (f *finder) around(p Part, i, end int) string {
	_, at := f.before(p.Span, i)
	_, stop := f.after(p.Span, end)
	return f.text[at:i] + " and " + f.text[end:stop]
}

// A token of copy protection has minToken to maxToken ASCII characters; a page
// is protected where minTokens lines end with one.
const (
	minToken  = 5
	maxToken  = 10
	minTokens = 3
)

// lineToken finds the random ASCII tokens that forums put at the ends of lines
// and sentences: "… smG>sEp2". Three must end with one that no name looks like: a
// sign in it, or capitals inside a word. Then those with a digit inside go too.
func lineToken(f *finder, p Part) {
	type place struct{ start, end int }
	var found []place
	random := 0
	at := p.Start
	for i := p.Start; i <= p.End; i++ {
		if i < p.End && f.text[i] != '\n' && f.text[i] != ';' && !stopAt(f.text, i) {
			continue
		}
		if i > at && i-at < maxSegment && endsToken(f.text[at:i]) {
			if start, stop, certain := tokenAtEnd(f.text, at, i); start < stop {
				found = append(found, place{start, stop})
				if certain {
					random++
				}
			}
		}
		at = i + 1
	}
	if random < minTokens {
		return
	}
	for _, t := range found {
		f.edit(t.start, t.end, "", 0.97, "lines of the page end with random letters")
	}
}

// endsToken reports text that has minToken ASCII characters or more at its end.
func endsToken(text string) bool {
	end := len(text)
	for end > 0 && (text[end-1] <= ' ' || text[end-1] == ',' || text[end-1] == '.') {
		end--
	}
	for _, c := range []byte(text[max(0, end-minToken):end]) {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return end >= minToken
}

// maxSegment is the longest sentence, in bytes, that is looked at.
const maxSegment = 4096

// stopAt reports a full-width stop at i.
func stopAt(text string, i int) bool {
	c := text[i]
	return c == 0xe3 && strings.HasPrefix(text[i:], "。") || c == 0xef && strings.HasPrefix(text[i:], "；")
}

// tokenAtEnd finds the token, with the space before it, that ends the line
// [at,end), and whether no name looks like it; marks may follow it.
func tokenAtEnd(text string, at, end int) (start, stop int, certain bool) {
	line := strings.TrimRight(text[at:end], " \u00a0\t\r。；，,.")
	stop = at + len(line)
	start = stop
	for start > at && text[start-1] > ' ' && text[start-1] < 0x7f {
		start--
	}
	if n := stop - start; n < minToken || n > maxToken || start == at {
		return 0, 0, false
	}
	certain = isRandom(text[start:stop])
	before := strings.TrimRight(text[at:start], " \u00a0")
	behind := strings.TrimRight(text[:start], " \u00a0")
	sentence := strings.HasSuffix(behind, "。") || strings.HasSuffix(behind, "；")
	if !certain && !digitInside(text[start:stop]) && !(sentence && capitalInside(text[start:stop])) {
		return 0, 0, false
	}
	if len(before) == start-at || before == "" || before[len(before)-1] < utf8.RuneSelf {
		return 0, 0, false // no space, or no Chinese text before it
	}
	return at + len(before), stop, certain
}

// capitalInside reports a token of small letters and capitals, not as a name or
// an abbreviation has them.
func capitalInside(token string) bool {
	small := strings.IndexFunc(token, func(r rune) bool { return r >= 'a' && r <= 'z' }) >= 0
	return small && strings.IndexFunc(token[1:], func(r rune) bool { return r >= 'A' && r <= 'Z' }) >= 0
}

// digitInside reports a token in which a digit stands between letters.
func digitInside(token string) bool {
	for i := 1; i+1 < len(token); i++ {
		if isDigit(rune(token[i])) && isLetter(token[i-1]) && strings.IndexFunc(token[i+1:], func(r rune) bool { return r < 0x80 && isLetter(byte(r)) }) >= 0 {
			return true
		}
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

// isRandom reports a token that no name looks like.
func isRandom(token string) bool {
	turns := 0
	for i := 0; i < len(token); i++ {
		c := token[i]
		if strings.IndexByte("^&$#@>!=~*?%<|`", c) >= 0 {
			return true
		}
		if i > 0 && 'A' <= c && c <= 'Z' && 'a' <= token[i-1] && token[i-1] <= 'z' {
			turns++
		}
	}
	return turns >= 2 || unspeakable(token)
}

// unspeakable reports a token of small letters, and digits or capitals between
// them, that has no vowel: pfkgh7rH. Names have some: Cocos2dX, ThinkPHP5.
func unspeakable(token string) bool {
	const vowels = "aeiouyAEIOUY"
	digit := strings.ContainsAny(token, "0123456789")
	return !strings.ContainsAny(token, vowels) && (digit || capitalInside(token)) && strings.IndexFunc(token, func(r rune) bool { return r >= 'a' && r <= 'z' }) >= 0
}
