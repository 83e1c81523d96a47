// Package numeral writes numbers as lists print them, and tells a text that
// bears a number of its own.
package numeral

import (
	"strconv"
	"strings"
)

// The functions below write numbers from 1. What a system cannot write (zero,
// what is negative or beyond its reach) is written in decimal digits.

// letters is the reach of letters that repeat: 27 is AA, 53 is AAA.
const repeats = 26 * 30

// Letters counts A … Z, AA, AB.
func Letters(n int) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	var s [16]byte
	at := len(s)
	for ; n > 0; n = (n - 1) / 26 {
		at--
		s[at] = byte('A' + (n-1)%26)
	}
	return string(s[at:])
}

// Repeated counts A … Z, AA, BB.
func Repeated(n int) string {
	if n < 1 || n > repeats {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), 1+(n-1)/26)
}

// romans are the signs of Roman numbers, from the largest.
var romans = [...]struct {
	value int
	sign  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
	{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// Roman counts I … MMMCMXCIX, which is 3999.
func Roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range romans {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// Series counts along the characters of a row: 甲乙丙, ①②③.
func Series(n int, row []rune) string {
	if n < 1 || n > len(row) {
		return strconv.Itoa(n)
	}
	return string(row[n-1])
}

// Digits writes the decimal digits of n as other characters; row is 0 … 9.
func Digits(n int, row []rune) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return r
		}
		return row[r-'0']
	}, strconv.Itoa(n))
}

// Han is a way to count with Chinese characters and units.
type Han struct {
	digits []rune // 0 … 9
	units  []rune // of ten, a hundred, a thousand
	zeros  bool   // a zero stands for units that are left out: 一百零一
	bare   int    // before which units a one is left out
}

// Before which units a one is left out.
const (
	bareNone  = iota // 壹拾
	bareFirst        // 十一, but 一百一十
	bareAll          // 百十
)

// The ways of counting that lists use.
var (
	Chinese          = Han{[]rune("零一二三四五六七八九"), []rune("十百千"), true, bareFirst}
	Japanese         = Han{[]rune("〇一二三四五六七八九"), []rune("十百千"), false, bareAll}
	LegalSimplified  = Han{[]rune("零壹贰叁肆伍陆柒捌玖"), []rune("拾佰仟"), true, bareNone}
	LegalTraditional = Han{[]rune("零壹貳參肆伍陸柒捌玖"), []rune("拾佰仟"), true, bareNone}
)

// Format counts to 9999.
func (h Han) Format(n int) string {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	skipped := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		d := n / unit % 10
		if d == 0 {
			skipped = skipped || b.Len() > 0
			continue
		}
		if skipped && h.zeros {
			b.WriteRune(h.digits[0])
		}
		skipped = false
		left := d == 1 && place > 0 && (h.bare == bareAll || h.bare == bareFirst && place == 1 && b.Len() == 0)
		if !left {
			b.WriteRune(h.digits[d])
		}
		if place > 0 {
			b.WriteRune(h.units[place-1])
		}
	}
	return b.String()
}
