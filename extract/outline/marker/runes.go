package marker

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// bullets are the marks that stand before an unnumbered item at the start of
// a line.
const bullets = "-–—·•●○◆◇■□▪▫★☆※*✅✔☑❌❤▶►➢✓‣⁃．"

// inlineBullets stand before an item also inside a line.
const inlineBullets = "•●◆■✅"

// isPrivate reports the private-use characters as which word processors'
// symbol fonts arrive.
func isPrivate(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

// separators are the marks that part a number from its item, with the form
// they count as.
var separators = [...]struct{ mark, form rune }{
	{'、', '、'}, {'.', '.'}, {'．', '.'}, {'。', '。'}, {'，', ','}, {',', ','}, {'：', ':'}, {':', ':'},
	{')', ')'}, {'）', ')'}, {'〉', '〉'}, {'>', '〉'}, {'､', '、'}, {'﹑', '、'},
}

func separator(r rune) rune {
	for _, s := range separators {
		if s.mark == r {
			return s.form
		}
	}
	return 0
}

func chineseDigit(r rune) int {
	const digits = "一二三四五六七八九十"
	if r < '一' || r > '龥' {
		return 0
	}
	if i := strings.IndexRune(digits, r); i >= 0 {
		return i/len("一") + 1
	}
	return 0
}

func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// measures are the words that make a number before them a quantity.
const measures = "年月日号天周时点分秒个名人位次项条家套台件万千百亿元块级届岁倍种类层间米公里%％℃°度寸克吨辆门册章节页字本份星期批道线代楼栋室版轮以至到班座只双步篇页小多余几"

func isMeasure(r rune) bool { return strings.ContainsRune(measures, r) }

// leftOf classifies what a text ends with.
func leftOf(text string) Left {
	r, n := utf8.DecodeLastRuneInString(text)
	switch {
	case r == '.' || r == '．':
		if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n]); digitOf(before) >= 0 {
			return AfterSymbol // inside a decimal
		}
		return AfterStop
	case strings.ContainsRune("。；;！!？?…”」』】》)）]>|", r):
		return AfterStop
	case r == ':' || r == '：':
		if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n]); digitOf(before) >= 0 {
			return AfterSymbol // inside a time or a ratio
		}
		return AfterColon
	case strings.ContainsRune("，,、", r):
		return AfterComma
	case digitOf(r) >= 0:
		return AfterDigit
	case isASCIILetter(r):
		return AfterLatin
	case strings.ContainsRune("-—~～/\\+×*=<≥≤$￥¥#@_&(（", r):
		return AfterSymbol
	}
	return AfterHan
}
