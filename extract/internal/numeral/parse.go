package numeral

import (
	"strings"
	"unicode/utf8"
)

// Parse reads digits, full-width digits or a Chinese numeral below 1,000; other
// characters are passed over.
func Parse(s string) int {
	n, digit := 0, 0
	for _, r := range s {
		switch {
		case '0' <= r && r <= '9':
			digit = min(digit, maxParsed)*10 + int(r-'0')
		case '０' <= r && r <= '９':
			digit = min(digit, maxParsed)*10 + int(r-'０')
		case r == '十':
			n, digit = n+max(digit, 1)*10, 0
		case r == '百':
			n, digit = n+max(digit, 1)*100, 0
		case r == '两':
			digit = 2
		default:
			if i := strings.IndexRune("一二三四五六七八九", r); i >= 0 {
				digit = i/3 + 1
			}
		}
	}
	return n + digit
}

// maxParsed bounds the numbers that are read.
const maxParsed = 1 << 40

// Leading is the number that a text begins with, 0 for a text that bears none.
func Leading(s string) int {
	if !Leads(s) {
		return 0
	}
	r, n := utf8.DecodeRuneInString(s)
	for _, row := range rows {
		if row.first <= r && r < row.first+row.count {
			return int(r-row.first) + 1
		}
	}
	if strings.ContainsRune("(（[［【第", r) {
		s = s[n:]
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return !('0' <= r && r <= '9' || '０' <= r && r <= '９' || strings.ContainsRune(hanDigits, r))
	})
	switch {
	case end > 0:
		return Parse(s[:end])
	case end == 0 && s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z':
		return int(s[0]|0x20-'a') + 1
	}
	return 0
}

// rows are the numbers that are one character.
var rows = [...]struct{ first, count rune }{
	{'①', 20}, {'⑴', 20}, {'⒈', 20}, {'❶', 10}, {'➀', 10}, {'㈠', 10}, {'Ⅰ', 12}, {'ⅰ', 12},
}
