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

// weakBullets are bullets only in company, and how many a line must have. "?" is
// what an encoding made of a bullet that it lacks, Ø and l what a symbol font made
// of them.
var weakBullets = [...]struct {
	mark  rune
	least int
}{{'-', 2}, {'*', 3}, {'·', 3}, {'?', 3}, {'★', 2}, {'Ø', 2}, {'l', 2}}

func weakBullet(r rune) int {
	if r == '–' || r == '－' {
		r = '-'
	}
	for k := range weakBullets {
		if weakBullets[k].mark == r {
			return k
		}
	}
	return -1
}

// askingMarks stand before a mark that ends a question.
const askingMarks = "吗呢么否吧谁哪何?"

// firstPrivate and lastPrivate are the private-use characters as which word
// processors' symbol fonts arrive.
const firstPrivate, lastPrivate = 0xF000, 0xF0FF

func isBullet(r rune) bool {
	return r >= firstPrivate && r <= lastPrivate || strings.ContainsRune(bullets, r)
}

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

const chineseDigits = "一二三四五六七八九十"

func chineseDigit(r rune) int {
	if classOf(r)&(opensClass|hanClass) != opensClass|hanClass {
		return 0
	}
	if i := strings.IndexRune(chineseDigits, r); i >= 0 {
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

// class is what a character is to a scan: the Left of what follows it in the
// low bits, and flags.
type class uint8

const (
	leftClass    class = 0x0f
	opensClass   class = 0x10 // may begin a marker, or needs a look at its neighbours
	spaceClass   class = 0x20
	hanClass     class = 0x40
	measureClass class = 0x80
)

func (c class) left() Left { return Left(c & leftClass) }

// stopMarks … symbolMarks say what a place behind them counts as.
const (
	stopMarks   = "。；;！!？?…”」』】》)）]>|"
	commaMarks  = "，,、"
	symbolMarks = "-—~～/\\+×*=<≥≤$￥¥#@_&(（"
	lookMarks   = ".．:：()（）〔第职权表①⑴⒈㈠❶?Ø－" + inlineBullets
)

// classes are the classes of the characters of the basic plane, in rows of 256,
// most of which are one and the same.
var classes = makeClasses()

func makeClasses() (t [1 << 8]*[1 << 8]class) {
	plain, han := new([1 << 8]class), new([1 << 8]class)
	for i := range plain {
		plain[i], han[i] = class(AfterHan), class(AfterHan)|hanClass
	}
	for i := range t {
		t[i] = plain
	}
	at := func(r rune) *class { // in a row of its own
		row := &t[r>>8]
		if *row == plain || *row == han {
			own := **row
			*row = &own
		}
		return &(*row)[r&0xff]
	}
	add := func(c class, first, last rune) {
		for r := first; r <= last; r++ {
			*at(r) |= c
		}
	}
	for _, b := range unicode.Han.R16 {
		for r := rune(b.Lo); r <= rune(b.Hi); {
			if b.Stride == 1 && r&0xff == 0 && r+0xff <= rune(b.Hi) {
				t[r>>8] = han
				r += 0x100
				continue
			}
			*at(r) |= hanClass
			r += rune(b.Stride)
		}
	}
	for _, b := range unicode.White_Space.R16 {
		for r := rune(b.Lo); r <= rune(b.Hi); r += rune(b.Stride) {
			*at(r) |= spaceClass
		}
	}
	for _, s := range [...]struct {
		left  Left
		marks string
	}{{AfterStop, stopMarks}, {AfterComma, commaMarks}, {AfterSymbol, symbolMarks}} {
		for _, r := range s.marks {
			c := at(r)
			*c = *c&^leftClass | class(s.left)
		}
	}
	for _, d := range [...][2]rune{{'0', '9'}, {'０', '９'}} {
		for r := d[0]; r <= d[1]; r++ {
			*at(r) = class(AfterDigit) | opensClass
		}
	}
	for r := 'a'; r <= 'z'; r++ {
		*at(r), *at(r - 'a' + 'A') = class(AfterLatin)|opensClass, class(AfterLatin)|opensClass
	}
	for _, r := range bullets + lookMarks + chineseDigits {
		*at(r) |= opensClass
	}
	add(opensClass, '①', '⑳')
	add(opensClass, '❶', '❿')
	add(opensClass, '⑴', '⒇')
	add(opensClass, '⒈', '⒛')
	add(opensClass, '㈠', '㈩')
	add(opensClass, firstPrivate, lastPrivate)
	for _, r := range measures {
		*at(r) |= measureClass
	}
	return t
}

func classOf(r rune) class {
	if uint32(r) < 1<<16 {
		return classes[r>>8][r&0xff]
	}
	return wideClass(r)
}

// wideClass is classOf beyond the basic plane. It stands apart so that classOf
// is compiled into its callers.
//
//go:noinline
func wideClass(r rune) class {
	if unicode.Is(unicode.Han, r) {
		return class(AfterHan) | hanClass
	}
	return class(AfterHan)
}

func isHan(r rune) bool     { return classOf(r)&hanClass != 0 }
func isSpace(r rune) bool   { return classOf(r)&spaceClass != 0 }
func isMeasure(r rune) bool { return classOf(r)&measureClass != 0 }

// measures are the words that make a number before them a quantity.
const measures = "年月日号天周时点分秒个名人位次项条家套台件万千百亿元块级届岁倍种类层间米公里%％℃°度寸克吨辆门册章节页字本份星期批道线代楼栋室版轮以至到班座只双步篇页小多余几"

// measureWords begin with a measure and are words of their own behind a number:
// 2组织会议, 1本科以上学历.
var measureWords = [...]string{
	"组织", "组建", "分析", "分解", "分配", "分管", "分类", "代表", "代理", "项目", "班组", "节约", "时刻", "点检", "批准", "轮岗", "轮流",
	"家访", "页面", "双方", "门店", "人员", "人事", "人力", "人才", "个人", "日常", "月度", "年度", "本科", "本部", "本岗", "本着", "本人", "公司", "公正", "公开", "线上", "线下", "线路", "道路", "种植", "版权", "期末", "位置", "天然", "周边",
}

// measured reports a text behind a number that begins with a measure. 以 and 小
// are measures as the first half of 以上 and 小时 only.
func measured(text string) bool {
	r, n := utf8.DecodeRuneInString(text)
	if !isMeasure(r) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[n:])
	switch r {
	case '以':
		return strings.ContainsRune("上下内外前后", next)
	case '小':
		return next == '时'
	}
	for _, w := range measureWords {
		if strings.HasPrefix(text, w) {
			return false
		}
	}
	return true
}

// leftOf classifies what a text ends with.
func leftOf(text string) Left {
	r, n := utf8.DecodeLastRuneInString(text)
	switch r {
	case '.', '．':
		if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n]); digitOf(before) >= 0 {
			return AfterSymbol // inside a decimal
		}
		return AfterStop
	case ':', '：':
		if before, _ := utf8.DecodeLastRuneInString(text[:len(text)-n]); digitOf(before) >= 0 {
			return AfterSymbol // inside a time or a ratio
		}
		return AfterColon
	}
	return classOf(r).left()
}
