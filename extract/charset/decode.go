package charset

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Text is a page's text and how it was found.
type Text struct {
	Text    string // valid UTF-8; "\n" ends its lines; no NUL
	Charset string // "utf-8", "gb18030", "big5", "utf-16le" …, else a name of the WHATWG's list
	Why     string // one of Bom, Valid, Pattern, Label, Frequency, LabelDistrusted
	Damaged bool   // U+FFFD stands in it, elsewhere than at a cut-off end
}

// What decided a character set.
const (
	Bom             = "bom"              // a byte order mark
	Valid           = "valid"            // the bytes are UTF-8, or were before a few of them were damaged
	Pattern         = "pattern"          // NUL in every other byte: UTF-16
	Label           = "label"            // the page's label or the hint, which the bytes do not contradict
	Frequency       = "frequency"        // frequent characters; there was no label
	LabelDistrusted = "label-distrusted" // frequent characters, against what the label says
)

// Error says why bytes are no text.
type Error struct {
	Reason  string // "empty", "binary" or "encrypted"
	Message string // for a person, with what to do
}

// Error is the reason and the message.
func (e *Error) Error() string { return e.Reason + ": " + e.Message }

// candidate is one way of decoding.
type candidate struct {
	name string
	enc  encoding.Encoding
}

var (
	asUTF16LE = candidate{"utf-16le", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)}
	asUTF16BE = candidate{"utf-16be", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)}
	asUTF32LE = candidate{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)}
	asUTF32BE = candidate{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)}
	asGB18030 = candidate{"gb18030", simplifiedchinese.GB18030}
	asBig5    = candidate{"big5", traditionalchinese.Big5}
)

// boms is asked in order: UTF-32LE's mark begins with UTF-16LE's.
var boms = []struct {
	mark string
	as   candidate
}{
	{"\xEF\xBB\xBF", candidate{"utf-8", nil}},
	{"\xFF\xFE\x00\x00", asUTF32LE},
	{"\x00\x00\xFE\xFF", asUTF32BE},
	{"\xFF\xFE", asUTF16LE},
	{"\xFE\xFF", asUTF16BE},
	{"\x84\x31\x95\x33", asGB18030},
}

// Shares that decide, in percent of what is counted. They were set so that
// each written example of the tests lies at least a factor of two away.
const (
	maxDamage   = 10 // invalid bytes against bytes of 3-byte characters, for damaged UTF-8
	maxControls = 5  // control characters in a text
	maxReplaced = 10 // U+FFFD in a text
	goodScore   = 40 // a Chinese decoding's score that overrules another label
	sureScore   = 50 // a score that wrong decodings of long texts never reach
	// manyFrequent is how many frequent characters make a text long.
	manyFrequent = 64
)

// Decode finds the character set of data, over all of it, and decodes it.
// hint is a label from outside, "" for none; it is distrusted like a label.
// What is invalid becomes U+FFFD, NUL too; "\r\n" and "\r" become "\n"; other
// control characters stay. The error is a [*Error].
func Decode(data []byte, hint string) (Text, error) {
	if err := magic(data); err != nil {
		return Text{}, err
	}
	d, valid := ladder(data, hint)
	d.Text, d.Damaged = clean(d.Text, valid)
	if strings.TrimSpace(d.Text) == "" {
		return Text{}, reject("empty", "the page has no text; leave it out")
	}
	if why := binary(d.Text); why != "" {
		return Text{}, reject("binary", "as %s the bytes give %s; give the page's text or HTML", d.Charset, why)
	}
	return d, nil
}

func reject(reason, format string, args ...any) error {
	return &Error{Reason: reason, Message: fmt.Sprintf(format, args...)}
}

// ladder asks one rung after the other: byte order mark, NUL pattern of
// UTF-16, valid UTF-8, nearly valid UTF-8, labels and frequent characters. It
// reports a text that is known to be valid UTF-8.
func ladder(data []byte, hint string) (Text, bool) {
	for _, b := range boms {
		rest, ok := bytes.CutPrefix(data, []byte(b.mark))
		if !ok {
			continue
		}
		if b.as.enc == nil {
			c := countUTF8(rest)
			if !c.mostly() {
				data = rest // the mark is a lie: an editor put it before other bytes
				break
			}
			return Text{Text: string(rest), Charset: "utf-8", Why: Bom}, c.whole
		}
		if (b.as == asUTF32LE || b.as == asUTF32BE) && !plausibleUTF32(rest, b.as) {
			continue
		}
		return Text{Text: decodeAs(b.as, rest), Charset: b.as.name, Why: Bom}, false
	}
	if c, ok := nulPattern(data); ok {
		return Text{Text: decodeAs(c, data), Charset: c.name, Why: Pattern}, false
	}
	c := countUTF8(data)
	if c.bad == 0 && isUTF8(hint) {
		return Text{Text: string(data), Charset: "utf-8", Why: Valid}, c.whole
	}
	if c.mostly() && !(c.long == 0 && c.paired > 0 && looksGB(data)) {
		return Text{Text: string(data), Charset: "utf-8", Why: Valid}, c.whole
	}
	as, why := contest(data, labels(data, hint))
	return Text{Text: decodeAs(as, data), Charset: as.name, Why: why}, false
}

// isUTF8 reports a label that names UTF-8.
func isUTF8(label string) bool {
	return strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "utf8")
}

// utf8Count counts a text's characters by their length in UTF-8.
type utf8Count struct {
	long   int // characters of 3 or 4 bytes
	paired int // characters of 2 bytes right behind another
	bad    int // bytes in no character, but for a character cut off at the end
	whole  bool
}

// mostly reports whether the bytes are UTF-8, or were before a few of them
// were damaged.
func (c utf8Count) mostly() bool {
	return c.bad == 0 || c.bad*100 <= c.long*3*maxDamage
}

func countUTF8(data []byte) utf8Count {
	var c utf8Count
	end := -1 // of the last character of 2 bytes
	if utf8.Valid(data) && slices.ContainsFunc(data, func(b byte) bool { return b >= 0xE0 }) {
		return utf8Count{long: 1, whole: true} // the common case, where the numbers decide nothing
	}
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if len(data)-i < utf8.UTFMax && !utf8.FullRune(data[i:]) {
				return c
			}
			c.bad++
		case n == 2:
			if i == end {
				c.paired++
			}
			end = i + n
		default:
			c.long++
		}
		i += n
	}
	return c
}

// looksGB is asked where a text may be valid UTF-8 only by accident: a few
// characters of GBK such as 联通 are also two-byte characters of UTF-8. Chinese
// words are two of them in a row; those that stand alone between ASCII are the
// bullets and accents of a Western text.
func looksGB(data []byte) bool {
	s := scoreAs(asGB18030, data)
	return s.replaced == 0 && s.points() >= 2*goodScore
}

// nulPattern recognises UTF-16 without a mark: its ASCII characters put a NUL
// into every other byte, always on the same side.
func nulPattern(data []byte) (candidate, bool) {
	var nul [2]int
	for i := 0; ; {
		j := bytes.IndexByte(data[i:], 0)
		if j < 0 {
			break
		}
		i += j
		nul[i&1]++
		i++
	}
	as, few, many := asUTF16BE, nul[1], nul[0] // the high byte stands first
	if nul[1] > nul[0] {
		as, few, many = asUTF16LE, nul[0], nul[1]
	}
	if many < 2 || few*20 > many || many*200 < len(data) {
		return candidate{}, false
	}
	s := scoreAs(as, data)
	return as, s.plain*10 >= s.total*9 || s.points() >= goodScore
}

// plausibleUTF32 tells a mark of UTF-32LE from one of UTF-16LE before a NUL.
func plausibleUTF32(data []byte, as candidate) bool {
	s := scoreAs(as, data)
	return s.replaced*10 <= s.total
}

// contest decides among the labels and the families of Chinese charsets. A
// label is tried first and kept unless the bytes speak clearly against it.
func contest(data []byte, names []string) (candidate, string) {
	var tried []trial
	points := func(c candidate) int {
		for _, t := range tried {
			if t.as == c {
				return t.points
			}
		}
		s := scoreAs(c, data)
		tried = append(tried, trial{c, s.points(), s.frequent >= manyFrequent && s.points() >= sureScore})
		return tried[len(tried)-1].points
	}
	for _, name := range names {
		if c, ok := lookup(name); ok && (c == asGB18030 || c == asBig5) {
			if points(c); tried[len(tried)-1].sure {
				return c, Label
			}
		}
	}
	best := asGB18030
	for _, c := range []candidate{asGB18030, asBig5, asUTF16LE, asUTF16BE} {
		if points(c) > points(best) {
			best = c
		}
		if tried[len(tried)-1].sure {
			break
		}
	}
	for _, name := range names {
		c, ok := lookup(name)
		chinese := c == asGB18030 || c == asBig5
		if ok && (c == best || chinese && points(c)*10 >= points(best)*9 || !chinese && points(best) < goodScore) {
			return c, Label
		}
	}
	if len(names) > 0 {
		return best, LabelDistrusted
	}
	return best, Frequency
}

// trial is a decoding that was scored.
type trial struct {
	as     candidate
	points int
	sure   bool // so good, on so much text, that no other needs to be tried
}

// gbLabels are the names that pages use for GB 18030 and its ancestors. All
// of them mean GB 18030: pages that say gb2312 hold characters of its
// successors as a matter of course.
var gbLabels = []string{
	"gb18030", "gb-18030", "gb_18030", "gb18030-2000", "gb18030-2005", "gb18030-2022", "gbk", "x-gbk", "gb2312",
	"gb-2312", "gb_2312", "gb_2312-80", "gb2312-80", "cp936", "ms936", "windows-936", "936", "csgb2312", "csgbk",
	"csiso58gb231280", "iso-ir-58", "chinese", "euc-cn", "euccn", "x-euc-cn", "x-cp20936", "hz-gb-2312",
}

var big5Labels = []string{
	"big5", "big-5", "big5-hkscs", "big5hkscs", "cn-big5", "csbig5", "x-x-big5", "x-big5", "cp950", "ms950",
	"windows-950", "950", "big5-eten", "big5-2003",
}

// lookup is the decoder that a label names. UTF-8 is none: where it was true,
// no label is asked.
func lookup(label string) (candidate, bool) {
	if slices.Contains(gbLabels, label) {
		return asGB18030, true
	}
	if slices.Contains(big5Labels, label) {
		return asBig5, true
	}
	enc, err := htmlindex.Get(label)
	if err != nil {
		return candidate{}, false
	}
	name, err := htmlindex.Name(enc)
	if err != nil || name == "utf-8" || name == "replacement" || strings.HasPrefix(name, "utf-16") {
		return candidate{}, false
	}
	return candidate{name, enc}, true
}

// decodeAs decodes the whole of data; what is invalid becomes U+FFFD.
func decodeAs(c candidate, data []byte) string {
	out, err := c.enc.NewDecoder().Bytes(data)
	if err != nil { // the decoders above replace instead; this is for a decoder that does not
		return strings.ToValidUTF8(string(out), "\uFFFD")
	}
	return string(out)
}

// clean makes text valid UTF-8, unless it is known to be, with "\n" for every
// line end and U+FFFD for every run of invalid bytes and every NUL, and reports
// whether U+FFFD stands in it elsewhere than at the end, where a page may have
// been cut off.
func clean(text string, valid bool) (string, bool) {
	text = strings.TrimPrefix(text, "\uFEFF")
	if !valid && !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", "\uFFFD")
	}
	text = lineEnds(text)
	return text, strings.Contains(strings.TrimSuffix(text, "\uFFFD"), "\uFFFD")
}

// lineEnds is text with "\n" for "\r\n" and "\r".
func lineEnds(text string) string {
	i := strings.IndexByte(text, '\r')
	if i < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for ; i >= 0; i = strings.IndexByte(text, '\r') {
		b.WriteString(text[:i])
		b.WriteByte('\n')
		text = strings.TrimPrefix(text[i+1:], "\n")
	}
	b.WriteString(text)
	return b.String()
}
