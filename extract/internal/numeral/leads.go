package numeral

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	hanDigits = "一二三四五六七八九十百零〇两"
	// ends part a number from its text.
	ends = "、.．。,，)）:：】］]"
)

// Leads reports whether a text begins with a number of its own: "1.", "（一）",
// "①", "第二条", "a)".
func Leads(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	if 0x2460 <= r && r <= 0x24FF || 0x2776 <= r && r <= 0x2793 || 0x3220 <= r && r <= 0x3229 || 0x2160 <= r && r <= 0x217F {
		return true
	}
	open := strings.ContainsRune("(（[［【", r)
	if open || r == '第' {
		s = s[n:]
	}
	digits := 0
	for digits < len(s) {
		r, n := utf8.DecodeRuneInString(s[digits:])
		if !('0' <= r && r <= '9' || '０' <= r && r <= '９' || strings.ContainsRune(hanDigits, r)) {
			break
		}
		digits += n
	}
	if digits == 0 {
		return len(s) > 1 && (s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z') && strings.IndexByte(".)", s[1]) >= 0
	}
	rest := strings.TrimLeft(s[digits:], " ")
	end, n := utf8.DecodeRuneInString(rest)
	if r == '第' {
		return strings.ContainsRune("条章节篇项部", end)
	}
	if !strings.ContainsRune(ends, end) || end == utf8.RuneError {
		return false
	}
	if next := rest[n:]; strings.ContainsRune(".．:：,", end) && next != "" && '0' <= next[0] && next[0] <= '9' {
		return strings.Count(rest, ".") > 0 && !open && digits <= 2 && dotted(rest)
	}
	return true
}

// dotted reports whether the digits behind a number go on as 2.1 or 2.1.3 and
// end before a text: "2.1 负责" is a number, "2.5万元" and "9:30" are not.
func dotted(s string) bool {
	s = strings.TrimLeft(s, ".0123456789")
	r, _ := utf8.DecodeRuneInString(s)
	return r == ' ' || r == '、' || r == '．'
}

// Shown reports whether a list's label tells items apart or says something: it
// has a digit, a letter or a numeral in it. Bullets have not.
func Shown(label string) bool {
	return strings.ContainsFunc(label, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
