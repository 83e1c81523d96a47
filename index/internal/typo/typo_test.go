package typo

import "testing"

func TestLikely(t *testing.T) {
	for _, test := range []struct {
		typed, word string
		want        float64
	}{
		{"客护", "客户", sound},
		{"科护", "客户", sound}, // both characters
		{"头诉", "投诉", sound},
		{"投拆", "投诉", shape},
		{"业续", "业绩", shape},
		{"户客", "客户", moved},
		{"供应商商", "供应商", oneMore},
		{"供商", "供应商", oneMore},
		{"满意杯", "满意度", oneOther},
		{"pyhton", "python", moved},
		{"pythn", "python", oneLetter},
		{"pythom", "python", oneLetter},
		// Nothing that only shares a character.
		{"客护", "客服", 0},
		{"客户", "用户", 0},
		{"客户", "客户", 0},
		{"客户", "客户关系", 0},
		{"客", "客户", 0},
		{"erp", "erm", 0},
		{"java", "客户", 0},
		{"销量", "质量", 0},
		{"", "客户", 0},
		{"客户", "", 0},
	} {
		if got := Likely([]rune(test.typed), []rune(test.word)); got != test.want {
			t.Errorf("Likely(%s, %s) = %v, want %v", test.typed, test.word, got, test.want)
		}
	}
}
