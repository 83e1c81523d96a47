package style

import (
	"strconv"
	"strings"

	"zhize/extract/internal/numeral"
)

// format is how a level prints its numbers.
type format struct {
	name   string // as the standard calls it
	print  func(int) string
	bullet bool
	custom bool // the name says nothing, an attribute says all
}

// formats are the formats that lists in Chinese and English documents use.
// Those that are not here (other scripts, numbers in words) are printed as
// decimals.
var formats = [...]format{
	{name: "decimal", print: strconv.Itoa}, // the first: for those that are not here
	{name: "none"},
	{name: "bullet", bullet: true},
	{name: "decimalZero", print: zeros(2)},
	{name: "decimalFullWidth", print: digits("０１２３４５６７８９")},
	{name: "decimalFullWidth2", print: digits("０１２３４５６７８９")},
	{name: "decimalEnclosedCircle", print: from('①', 20)},
	{name: "decimalEnclosedCircleChinese", print: from('①', 20)},
	{name: "decimalEnclosedParen", print: from('⑴', 20)},
	{name: "decimalEnclosedFullstop", print: from('⒈', 20)},
	{name: "ideographEnclosedCircle", print: from('㊀', 10)},
	{name: "numberInDash", print: func(n int) string { return "- " + strconv.Itoa(n) + " -" }},
	{name: "ordinal", print: ordinal},
	{name: "upperRoman", print: numeral.Roman},
	{name: "lowerRoman", print: func(n int) string { return strings.ToLower(numeral.Roman(n)) }},
	{name: "upperLetter", print: numeral.Repeated},
	{name: "lowerLetter", print: func(n int) string { return strings.ToLower(numeral.Repeated(n)) }},
	{name: "chineseCounting", print: upTo(99, numeral.Chinese.Format, "○一二三四五六七八九")},
	{name: "taiwaneseCounting", print: upTo(99, numeral.Chinese.Format, "○一二三四五六七八九")},
	{name: "chineseCountingThousand", print: numeral.Chinese.Format},
	{name: "taiwaneseCountingThousand", print: numeral.Chinese.Format},
	{name: "japaneseCounting", print: numeral.Japanese.Format},
	{name: "ideographDigital", print: digits("〇一二三四五六七八九")},
	{name: "taiwaneseDigital", print: digits("○一二三四五六七八九")},
	{name: "chineseLegalSimplified", print: numeral.LegalSimplified.Format},
	{name: "ideographLegalTraditional", print: numeral.LegalTraditional.Format},
	{name: "ideographTraditional", print: series("甲乙丙丁戊己庚辛壬癸")},
	{name: "ideographZodiac", print: series("子丑寅卯辰巳午未申酉戌亥")},
	{name: "custom", print: strconv.Itoa, custom: true},
}

// formatNamed is the format with a name. A custom one is told by its pattern:
// "001, 002, 003, ..." has three digits.
func formatNamed(name, pattern string) *format {
	if name == "custom" {
		first, _, _ := strings.Cut(pattern, ",")
		if n := len(first); n > 1 && n < 10 && strings.Trim(first, "0") == "1" {
			return &format{name: name, print: zeros(n)}
		}
	}
	for i := range formats {
		if formats[i].name == name {
			return &formats[i]
		}
	}
	return &formats[0]
}

func zeros(width int) func(int) string {
	return func(n int) string {
		s := strconv.Itoa(n)
		return strings.Repeat("0", max(0, width-len(s))) + s
	}
}

func digits(row string) func(int) string {
	runes := []rune(row)
	return func(n int) string { return numeral.Digits(n, runes) }
}

func series(row string) func(int) string {
	runes := []rune(row)
	return func(n int) string { return numeral.Series(n, runes) }
}

// from counts along so many characters of Unicode.
func from(first rune, count int) func(int) string {
	return func(n int) string {
		if n < 1 || n > count {
			return strconv.Itoa(n)
		}
		return string(first + rune(n-1))
	}
}

// upTo counts in one way up to a number, and in other digits beyond it.
func upTo(most int, f func(int) string, row string) func(int) string {
	rest := digits(row)
	return func(n int) string {
		if n > most || n < 1 {
			return rest(n)
		}
		return f(n)
	}
}

func ordinal(n int) string {
	end := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}
