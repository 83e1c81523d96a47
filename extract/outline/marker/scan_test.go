package marker

import (
	"fmt"
	"strings"
	"testing"

	"zhize/document"
)

var styleNames = [styles]string{"chapter", "sub-chapter", "clause", "duty", "chinese", "chinese-paren", "arabic", "decimal", "half-paren", "paren", "circled", "letter", "bullet"}

// describe writes candidates as style ordinal[marker]body, parted by blanks.
func describe(text string, cands []Candidate) string {
	var out []string
	for _, c := range cands {
		s := fmt.Sprintf("%s %d[%s]%s", styleNames[c.Style], c.Ordinal, c.Span.Of(text), text[c.Body:])
		for _, f := range []struct {
			on   bool
			name string
		}{{c.Spaced, "spaced"}, {c.Doubled, "doubled"}, {c.Figure, "figure"}, {c.Alone, "alone"}} {
			if f.on {
				s += " +" + f.name
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, " | ")
}

func scanLine(text string) []Candidate {
	return Scan(nil, text, document.Span{End: len(text)})
}

func TestScan(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		// styles
		{"1、甲", "arabic 1[1、]甲"},
		{"1.甲", "arabic 1[1.]甲"},
		{"1. 甲", "arabic 1[1.]甲"},
		{"１．甲", "arabic 1[１．]甲"},
		{"１、甲", "arabic 1[１、]甲"},
		{"12，甲", "arabic 12[12，]甲"},
		{"3,甲", "arabic 3[3,]甲"},
		{"3：甲", "arabic 3[3：]甲"},
		{"3﹑甲", "arabic 3[3﹑]甲"},
		{"01、甲", "arabic 1[01、]甲"},
		{"⒈甲", "arabic 1[⒈]甲"},
		{"⒓、甲", "arabic 12[⒓、]甲"},
		{"1)甲", "half-paren 1[1)]甲"},
		{"12）甲", "half-paren 12[12）]甲"},
		{"(1)甲", "paren 1[(1)]甲"},
		{"（12）、甲", "paren 12[（12）、]甲"},
		{"〔3〕甲", "paren 3[〔3〕]甲"},
		{"⑴甲", "paren 1[⑴]甲"},
		{"①甲", "circled 1[①]甲"},
		{"⑳甲", "circled 20[⑳]甲"},
		{"❶甲", "circled 1[❶]甲"},
		{"一、甲", "chinese 1[一、]甲"},
		{"十二.甲", "chinese 12[十二.]甲"},
		{"二十一、甲", "chinese 21[二十一、]甲"},
		{"四：甲", "chinese 4[四：]甲"},
		{"（一）甲", "chinese-paren 1[（一）]甲"},
		{"(十)甲", "chinese-paren 10[(十)]甲"},
		{"㈠甲", "chinese-paren 1[㈠]甲"},
		{"第三条 甲", "clause 3[第三条]甲"},
		{"第一条件是甲", ""},
		{"第一章程", ""},
		{"第一章 甲第一条 乙", "chapter 1[第一章]甲第一条 乙 | clause 1[第一条]乙"},
		{"甲第一条 乙", "clause 1[第一条]乙 +figure"},
		{"表一：甲", "chapter 1[表一：]甲"},
		{"表一甲", ""},
		{"第2章、甲", "chapter 2[第2章、]甲"},
		{"第二部分：甲", "chapter 2[第二部分：]甲"},
		{"第十一节 甲", "sub-chapter 11[第十一节]甲"},
		{"职责一：甲", "duty 1[职责一：]甲"},
		{"职责2 甲", "duty 2[职责2]甲"},
		{"a)甲", "letter 1[a)]甲"},
		{"B、甲", "letter 2[B、]甲"},
		{"C. 甲", "letter 3[C.]甲"},
		{"2.1 甲", "decimal 1[2.1]甲 | arabic 2[2.]1 甲 +figure"},
		{"2.13、甲", "decimal 13[2.13、]甲 | arabic 2[2.]13、甲 +figure | arabic 13[13、]甲"},
		{"1.2.3 甲", "decimal 3[1.2.3]甲 | arabic 1[1.]2.3 甲 +figure"},
		{"- 甲", "bullet 0[-]甲"},
		{"-甲", "bullet 0[-]甲"},
		{"•甲", "bullet 0[•]甲"},
		{"●\t甲", "bullet 0[●]甲"},
		{"★甲", "bullet 0[★]甲"},
		{"✔️甲", "bullet 0[✔️]甲"},
		{"\uf0b7 甲", "bullet 0[\uf0b7]甲"},
		{"\uf06c甲", "bullet 0[\uf06c]甲"},
		{"1\t甲", "arabic 1[1]甲"},
		{"1", "arabic 1[1] +alone"},
		{"1、", "arabic 1[1、] +alone"},

		// noises
		{"1 1、甲", "arabic 11[1 1、]甲 +spaced | arabic 1[1、]甲"},
		{"2 、甲", "arabic 2[2 、]甲"},
		{"3 . 甲", "arabic 3[3 .]甲"},
		{"2、2、甲", "arabic 2[2、2、]甲 +doubled +figure"},
		{"2. 2、甲", "arabic 2[2. 2、]甲 +doubled"},
		{"1.、甲", "arabic 1[1.、]甲"},
		{"(1 1)甲", "paren 11[(1 1)]甲 +spaced"},
		{"( 2 )甲", "paren 2[( 2 )]甲"},
		{"ES64、甲", "arabic 64[64、]甲 | arabic 4[4、]甲"},

		// figures and look-alikes
		{"2.5", "arabic 2[2.]5 +figure"},
		{"2.5万", "arabic 2[2.]5万 +figure"},
		{"1.2-3年", "arabic 1[1.]2-3年 +figure"},
		{"3、4岁", "arabic 3[3、]4岁 +figure"},
		{"9:30", ""},
		{"09:00-18:00", ""},
		{"v1.2.3", ""},
		{"2023年", ""},
		{"10000、", ""},
		{"3年以上", ""},
		{"985院校", ""},
		{"第三方", ""},
		{"第3次", ""},
		{"职责权限", ""},
		{"一般", ""},
		{"十分", ""},
		{"A.Miller", ""},
		{"C++", ""},
		{"(含税)", ""},
		{"(100)", ""},
		{"（9:00-17:30），甲", ""},
		{"(见2)，甲", ""},
		{"12:30）甲", ""},
		{"--", ""},
		{"-5度", ""},
		{"*注", "bullet 0[*]注"},
		{"", ""},
		{"   ", ""},
	} {
		got := describe(tt.line, scanLine(tt.line))
		if got != tt.want {
			t.Errorf("%q:\n got %s\nwant %s", tt.line, got, tt.want)
		}
	}
}

// TestScanLeft holds what a candidate is told of what stands before it.
func TestScanLeft(t *testing.T) {
	for _, tt := range []struct {
		line string
		want Left
	}{
		{"1、甲", LineStart}, {"  1、甲", LineStart}, {"　1、甲", LineStart},
		{"甲。1、乙", AfterStop}, {"甲；1、乙", AfterStop}, {"甲）1、乙", AfterStop}, {"甲.1、乙", AfterStop}, {"甲！ 1、乙", AfterStop},
		{"甲：1、乙", AfterColon}, {"甲 1、乙", AfterSpace}, {"甲，1、乙", AfterComma}, {"甲、1、乙", AfterComma},
		{"甲1、乙", AfterHan}, {"Java1、乙", AfterLatin},
	} {
		cands := scanLine(tt.line)
		if len(cands) != 1 || cands[0].Left != tt.want {
			t.Errorf("%q: %+v, want left %d", tt.line, cands, tt.want)
		}
	}
	for _, line := range []string{"3-1、甲", "2/1、甲", "￥1、甲", "#1、甲", "~1、甲"} {
		for _, c := range scanLine(line) {
			if c.Style == Arabic && c.Left > AfterComma && c.Span.Start == strings.Index(line, "1") {
				t.Errorf("%q: a candidate behind a symbol: %s", line, describe(line, []Candidate{c}))
			}
		}
	}
}

// TestScanStaysInItsLine holds that a line's candidates know nothing of the
// text around it.
func TestScanStaysInItsLine(t *testing.T) {
	for _, line := range []string{"1、甲", "2 、乙", "1", "2.1", "(1", "第3", "职责", "a", "1.", "-", "一"} {
		alone := describe(line, scanLine(line))
		text := "9" + line + "、1)条一"
		var got []string
		for _, c := range Scan(nil, text, document.Span{Start: 1, End: 1 + len(line)}) {
			if c.Span.Start < 1 || c.Span.End > 1+len(line) || c.Body > 1+len(line) {
				t.Errorf("%q: candidate %+v leaves its line", line, c)
			}
			got = append(got, c.Span.Of(text))
		}
		if n := len(scanLine(line)); n != len(got) {
			t.Errorf("%q: alone %s, inside a text %q", line, alone, got)
		}
	}
}

func TestChineseNumber(t *testing.T) {
	for _, tt := range []struct {
		text string
		n    int
		rest string
	}{
		{"一", 1, ""}, {"九", 9, ""}, {"十", 10, ""}, {"十一", 11, ""}, {"十九条", 19, "条"}, {"二十", 20, ""}, {"二十一、", 21, "、"}, {"九十九", 99, ""},
		{"甲", 0, "甲"}, {"", 0, ""}, {"百", 0, "百"}, {"1", 0, "1"},
	} {
		if n, rest := ChineseNumber(tt.text); n != tt.n || rest != tt.rest {
			t.Errorf("%q: %d %q, want %d %q", tt.text, n, rest, tt.n, tt.rest)
		}
	}
}
