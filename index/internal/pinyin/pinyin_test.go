package pinyin

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func shown(list []Pattern) string {
	var out []string
	for _, p := range list {
		var s []string
		for _, sound := range p {
			s = append(s, sound.String())
		}
		out = append(out, strings.Join(s, " "))
	}
	return strings.Join(out, " | ")
}

func TestFull(t *testing.T) {
	for word, want := range map[string]string{
		"kehu":          "ke hu",
		"kehutousu":     "ke hu tou su",
		"xian":          "xian | xi an",
		"xi'an":         "xi an",
		"kèhù":          "ke hu",
		"lüse":          "lv se",
		"lvse":          "lv se",
		"celue":         "ce lve | ce lu e",
		"fangan":        "fang an | fan gan",
		"java":          "",
		"erp":           "",
		"khts":          "",
		"":              "",
		"'":             "",
		"kehu客":         "",
		"zhuangxiuchu":  "zhuang xiu chu | zhu ang xiu chu",
		"m":             "",
		"aaaaaaaaaaaaa": "", // more than eight syllables
	} {
		if got := shown(Full(word)); got != want {
			t.Errorf("Full(%q) = %q, want %q", word, got, want)
		}
	}
	for _, long := range []string{strings.Repeat("a", 4096), strings.Repeat("xian", 1000), strings.Repeat("xianan", 9)} {
		if got := Full(long); len(got) > maxReadings {
			t.Errorf("%d readings", len(got))
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		letters, word string
		want          bool
	}{
		{"kehu", "客户", true},
		{"tousu", "投诉", true},
		{"kehu", "客服", false},
		{"kehu", "客", false},
		{"kehu", "客户户", false},
		// Characters of several readings.
		{"yinhang", "银行", true},
		{"zhixing", "执行", true},
		{"kuaiji", "会计", true},
		{"huiyi", "会议", true},
		{"diaodu", "调度", true},
		{"tiaozheng", "调整", true},
		{"zhongdian", "重点", true},
		{"chongfu", "重复", true},
		{"jiaose", "角色", true},
		{"canyu", "参与", true},
		{"xiaolv", "效率", true},
		{"celve", "策略", true},
	} {
		if got := slices.ContainsFunc(Full(test.letters), func(p Pattern) bool { return p.Match(test.word) }); got != test.want {
			t.Errorf("%s is %s: %v", test.letters, test.word, got)
		}
	}
	for letters, word := range map[string]string{"khts": "客户投诉", "kj": "会计", "zsgl": "知识管理", "cwbb": "财务报表"} {
		if !Initials(letters).Match(word) {
			t.Errorf("%s are no initials of %s", letters, word)
		}
	}
	for _, letters := range []string{"", "k", "kh1", "vi", "客户", "abcdefghj", "Kh"} {
		if p := Initials(letters); p != nil {
			t.Errorf("Initials(%q) = %v", letters, p)
		}
	}
}

// TestSyllables: the list and the table are the same, and in order.
func TestSyllables(t *testing.T) {
	if !slices.IsSorted(syllables) {
		t.Error("the syllables are not in order")
	}
	for _, s := range syllables {
		p := Pattern{{text: s}}
		chars := p[0].Characters()
		if chars == "" || len(s) > longest {
			t.Errorf("no character sounds like %q", s)
		}
		for _, r := range chars {
			if !p.Match(string(r)) {
				t.Errorf("%c does not sound like %s", r, s)
			}
		}
	}
	for _, initial := range "abcdefghjklmnopqrstwxyz" {
		s := Sound{string(initial), true}
		seen := map[rune]bool{}
		for _, r := range s.Characters() {
			if seen[r] || !s.Of(r) {
				t.Fatalf("%c for %c", r, initial)
			}
			seen[r] = true
		}
		if len(seen) < 5 {
			t.Errorf("%d characters begin with %c", len(seen), initial)
		}
	}
}

func FuzzFull(f *testing.F) {
	for _, s := range []string{"kehu", "xi'an", "''", "lüe", "客户", "xianxianxian", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, p := range Full(s) {
			if len(p) == 0 || len(p) > maxSyllables {
				t.Fatalf("%q is parted into %d", s, len(p))
			}
			var joined strings.Builder
			for _, sound := range p {
				fmt.Fprint(&joined, sound)
			}
			want := strings.NewReplacer("lue", "lve", "nue", "nve").Replace(strings.ReplaceAll(marks.Replace(s), "'", ""))
			if got := strings.NewReplacer("lue", "lve", "nue", "nve").Replace(joined.String()); got != want {
				t.Fatalf("%q becomes %q", s, got)
			}
		}
	})
}
