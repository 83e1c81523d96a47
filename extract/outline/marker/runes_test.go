package marker

import (
	"strings"
	"testing"
	"unicode"
)

// TestClasses asks the table of classes for every character what it was made of.
func TestClasses(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r += 1 + r>>16*7 {
		if got, want := isHan(r), unicode.Is(unicode.Han, r); got != want {
			t.Errorf("isHan(%U) is %v", r, got)
		}
		if got, want := isSpace(r), r < 1<<16 && unicode.IsSpace(r); got != want {
			t.Errorf("isSpace(%U) is %v", r, got)
		}
		if got, want := isMeasure(r), strings.ContainsRune(measures, r); got != want {
			t.Errorf("isMeasure(%U) is %v", r, got)
		}
		opens := digitOf(r) >= 0 || isASCIILetter(r) || strings.ContainsRune(bullets+lookMarks+chineseDigits, r) ||
			'①' <= r && r <= '⑳' || '❶' <= r && r <= '❿' || '⑴' <= r && r <= '⒇' || '⒈' <= r && r <= '⒛' || '㈠' <= r && r <= '㈩' ||
			firstPrivate <= r && r <= lastPrivate
		if got := classOf(r)&opensClass != 0; got != opens && r < 1<<16 {
			t.Errorf("%U opens a marker: %v", r, got)
		}
		left := AfterHan
		switch {
		case digitOf(r) >= 0:
			left = AfterDigit
		case isASCIILetter(r):
			left = AfterLatin
		case strings.ContainsRune(symbolMarks, r):
			left = AfterSymbol
		case strings.ContainsRune(commaMarks, r):
			left = AfterComma
		case strings.ContainsRune(stopMarks, r):
			left = AfterStop
		}
		if got := classOf(r).left(); got != left {
			t.Errorf("what follows %U is %v, want %v", r, got, left)
		}
	}
}
