package style

import (
	"strings"
	"testing"
)

func TestFormats(t *testing.T) {
	ordinals := []int{0, 1, 2, 10, 11, 20, 21, 27, 53, 99, 100, 101, 110, 1000, 1011, 10000}
	for name, want := range map[string]string{
		"decimal":                   "0 1 2 10 11 20 21 27 53 99 100 101 110 1000 1011 10000",
		"somethingElse":             "0 1 2 10 11 20 21 27 53 99 100 101 110 1000 1011 10000",
		"decimalZero":               "00 01 02 10 11 20 21 27 53 99 100 101 110 1000 1011 10000",
		"decimalFullWidth":          "０ １ ２ １０ １１ ２０ ２１ ２７ ５３ ９９ １００ １０１ １１０ １０００ １０１１ １００００",
		"decimalEnclosedCircle":     "0 ① ② ⑩ ⑪ ⑳ 21 27 53 99 100 101 110 1000 1011 10000",
		"decimalEnclosedParen":      "0 ⑴ ⑵ ⑽ ⑾ ⒇ 21 27 53 99 100 101 110 1000 1011 10000",
		"decimalEnclosedFullstop":   "0 ⒈ ⒉ ⒑ ⒒ ⒛ 21 27 53 99 100 101 110 1000 1011 10000",
		"upperLetter":               "0 A B J K T U AA AAA UUUU VVVV WWWW FFFFF 1000 1011 10000",
		"lowerRoman":                "0 i ii x xi xx xxi xxvii liii xcix c ci cx m mxi 10000",
		"chineseCounting":           "○ 一 二 十 十一 二十 二十一 二十七 五十三 九十九 一○○ 一○一 一一○ 一○○○ 一○一一 一○○○○",
		"chineseCountingThousand":   "0 一 二 十 十一 二十 二十一 二十七 五十三 九十九 一百 一百零一 一百一十 一千 一千零一十一 10000",
		"japaneseCounting":          "0 一 二 十 十一 二十 二十一 二十七 五十三 九十九 百 百一 百十 千 千十一 10000",
		"ideographDigital":          "〇 一 二 一〇 一一 二〇 二一 二七 五三 九九 一〇〇 一〇一 一一〇 一〇〇〇 一〇一一 一〇〇〇〇",
		"chineseLegalSimplified":    "0 壹 贰 壹拾 壹拾壹 贰拾 贰拾壹 贰拾柒 伍拾叁 玖拾玖 壹佰 壹佰零壹 壹佰壹拾 壹仟 壹仟零壹拾壹 10000",
		"ideographTraditional":      "0 甲 乙 癸 11 20 21 27 53 99 100 101 110 1000 1011 10000",
		"ideographZodiac":           "0 子 丑 酉 戌 20 21 27 53 99 100 101 110 1000 1011 10000",
		"ordinal":                   "0th 1st 2nd 10th 11th 20th 21st 27th 53rd 99th 100th 101st 110th 1000th 1011th 10000th",
		"numberInDash":              "- 0 - - 1 - - 2 - - 10 - - 11 - - 20 - - 21 - - 27 - - 53 - - 99 - - 100 - - 101 - - 110 - - 1000 - - 1011 - - 10000 -",
		"taiwaneseCountingThousand": "0 一 二 十 十一 二十 二十一 二十七 五十三 九十九 一百 一百零一 一百一十 一千 一千零一十一 10000",
	} {
		var got []string
		for _, n := range ordinals {
			got = append(got, formatNamed(name, "").print(n))
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s\n%s, want\n%s", name, got, want)
		}
	}
	if got := formatNamed("upperLetter", "").print(maxStart); len(got) > 30 {
		t.Errorf("%d letters", len(got))
	}
}
