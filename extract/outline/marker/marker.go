// Package marker finds the enumerators of Chinese lists (1、 (2) ③ 四、 第五条
// a) •) and decides, from the sequence that explains a text best, which of
// the look-alikes (decimals, dates, versions, page numbers) are none.
package marker

import "zhize/document"

// Style is a family of enumerators that count together: "1、" and "2." are
// one list with two separators, "1、" and "(2)" are two lists.
type Style uint8

// The styles, from the outermost to the innermost by custom.
const (
	Chapter      Style = iota // 第一章 第2部分 表一：
	SubChapter                // 第一节
	Clause                    // 第一条
	Duty                      // 职责一
	Chinese                   // 一、
	ChineseParen              // (一)
	Arabic                    // 1、 1. 1． ⒈
	Decimal                   // 1.2
	HalfParen                 // 1)
	Paren                     // (1) ⑴
	Circled                   // ①
	Letter                    // a) A.
	Bullet                    // - • ●
	styles
)

// Left is what stands before a marker.
type Left uint8

// What may stand before a marker, from the surest place to the least sure.
const (
	LineStart   Left = iota
	AfterStop        // 。；！ and closing brackets
	AfterColon       // ：
	AfterSpace       // white space behind something else
	AfterComma       // ，、
	AfterHan         // 职责1、
	AfterLatin       // Java1、
	AfterDigit       // the tail of a longer number: ES64、
	AfterSymbol      // - / ~ and the like: hardly ever a marker
	leftClasses
)

// Candidate is a place that may be a marker.
type Candidate struct {
	Span     document.Span // the marker with its separator, without the space behind it
	Number   document.Span // its digits alone
	Body     int           // where the text behind it begins
	Ordinal  int           // 0 for bullets
	Form     rune          // the separator, 0 for none: tells "1、" from "1."
	strength int16
	Style    Style
	Left     Left
	Alone    bool // nothing stands behind it on its line
	Spaced   bool // its digits are parted by a space: "1 1、"
	Doubled  bool // it stands twice: "2、2、"
	Wide     bool // its bracket is a full-width one
	Figure   bool // a digit stands behind its separator (3、4岁), or a clause's number inside a sentence: a marker beside its neighbour only
}
