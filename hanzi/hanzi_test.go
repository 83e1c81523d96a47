package hanzi

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSimplified(t *testing.T) {
	for from, to := range map[rune]rune{'責': '责', '職': '职', '崗': '岗', '圍': '围', '责': '责', '著': '著', 'A': 'A', '，': '，'} {
		if got := Simplified(from); got != to {
			t.Errorf("Simplified(%c) = %c, want %c", from, got, to)
		}
	}
	if n := utf8.RuneCountInString(simplified); n%2 != 0 || n < 8000 {
		t.Errorf("the table has %d characters", n)
	}
	for r := rune(0); r <= utf8.MaxRune; r++ {
		if s := Simplified(r); Simplified(s) != s {
			t.Errorf("%c becomes %c, which becomes %c", r, s, Simplified(s))
		}
		if c := string(r)[0]; Simplified(r) != r && (c < 0xe3 || c == 0xef) {
			t.Errorf("%c begins with %#x", r, c)
		}
		if got, want := IsTraditional(r), Simplified(r) != r; got != want {
			t.Errorf("IsTraditional(%c) is %v", r, got)
		}
	}
}

func TestAlign(t *testing.T) {
	const text = "客服專員崗位職責：1、㑮負責 \xffＣＲＭ𠮷"
	got := Align(text)
	if len(got) != len(text) && utf8.ValidString(text) {
		t.Fatalf("Align changed the length: %d to %d", len(text), len(got))
	}
	if want := "客服专员岗位职责：1、"; got[:len(want)] != want {
		t.Errorf("Align = %q", got)
	}
	if plain := "岗位职责"; Align(plain) != plain {
		t.Error("Align changed simplified text")
	}
}

func simplifiedText(text string) string {
	var out []rune
	for i := range text {
		out = append(out, InPhrase(text, i))
	}
	return string(out)
}

func TestInPhrase(t *testing.T) {
	for _, tt := range []struct{ from, to string }{
		{"發表著作，著重管理", "发表著作，着重管理"},
		{"隨著業務的發展，沿著既定方向，接著執行", "随着业务的发展，沿着既定方向，接着执行"},
		{"成績顯著，編著教材，著名企業", "成绩显著，编著教材，著名企业"},
		{"效果顯著手段多樣", "效果显著手段多样"}, // of two phrases the one that changes less
		{"按著作權法處理", "按著作权法处理"},
		{"按著規定處理", "按着规定处理"},
		{"扭轉乾坤", "扭转乾坤"},
		{"保持乾燥，乾淨整潔", "保持干燥，干净整洁"},
		{"答覆客戶，回覆郵件，反覆核對", "答复客户，回复邮件，反复核对"},
		{"覆蓋全市，多重覆蓋，顛覆命運", "覆盖全市，多重覆盖，颠覆命运"},
		{"瞭解市場，一目瞭然，瞭望塔值守", "了解市场，一目了然，瞭望塔值守"},
		{"以此為藉口，藉助系統，憑藉經驗，杯盤狼藉", "以此为借口，借助系统，凭借经验，杯盘狼藉"},
		{"徵收稅款，徵求意見，特徵", "征收税款，征求意见，特征"},
		{"宮商角徵羽", "宫商角徵羽"},
		{"業餘時間，餘額", "业余时间，余额"},
		{"以後，售後，皇后", "以后，售后，皇后"},
		{"用於單位，關於，位於", "用于单位，关于，位于"},
		{"制訂計畫，設計畫冊", "制订计划，设计画册"},
		{"制订計畫", "制订计划"},
		{"更換鏈條、鍊條，鍛鍊身體", "更换链条、链条，锻炼身体"},
		{"沈積物、沈先生", "沉积物、沈先生"},
		{"傢俱展示，俱樂部", "家具展示，俱乐部"},
		{"Word 著 \xff著", "Word 著 \uFFFD著"},
	} {
		if got := simplifiedText(tt.from); got != tt.to {
			t.Errorf("%s becomes %s, want %s", tt.from, got, tt.to)
		}
	}
}

// TestPhrases: the table is one of phrases as long as they are after it, and
// what it makes of a phrase is simplified.
func TestPhrases(t *testing.T) {
	pairs := strings.Fields(phrases)
	if len(pairs)%2 != 0 || len(pairs) < 400 {
		t.Fatalf("%d fields", len(pairs))
	}
	for i := 0; i < len(pairs); i += 2 {
		from, to := pairs[i], pairs[i+1]
		if n := utf8.RuneCountInString(from); n != utf8.RuneCountInString(to) || n < 2 || n > maxPhrase {
			t.Errorf("%s and %s", from, to)
		}
		if got := simplifiedText(from); got != to {
			t.Errorf("%s becomes %s, want %s", from, got, to)
		}
		for _, r := range to {
			if s := Simplified(r); s != r && !strings.ContainsRune("乾徵吒薹", r) {
				t.Errorf("%c of %s is not simplified", r, to)
			}
		}
	}
}
