package marker

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhize/document"
)

// scanAll gives the candidates of all lines of a text. Lines that begin with
// # are headings; their offsets are given too.
func scanAll(text string) (cands []Candidate, heads []int) {
	at := 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		if strings.HasPrefix(line, "#") {
			heads = append(heads, at)
		} else {
			cands = Scan(cands, text, document.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))})
		}
		at += len(line)
	}
	return cands, heads
}

// chosen writes what Choose chose, a line of the text a line, with the
// markers in brackets.
func chosen(text string) string {
	cands, heads := scanAll(text)
	var out strings.Builder
	at := 0
	for i, ok := range new(Chooser).Choose(cands, heads) {
		if !ok {
			continue
		}
		c := cands[i]
		out.WriteString(text[at:c.Span.Start])
		if c.Style == Bullet {
			fmt.Fprintf(&out, "[%s]", c.Span.Of(text))
		} else {
			fmt.Fprintf(&out, "[%s=%d]", c.Span.Of(text), c.Ordinal)
		}
		at = c.Span.End
	}
	return out.String() + text[at:]
}

func TestChoose(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"a list", "1、甲\n2、乙\n3、丙", "[1、=1]甲\n[2、=2]乙\n[3、=3]丙"},
		{"on one line", "1、甲；2、乙；3、丙。", "[1、=1]甲；[2、=2]乙；[3、=3]丙。"},
		{"on one line without stops", "1、甲乙2、丙丁3、戊己", "[1、=1]甲乙[2、=2]丙丁[3、=3]戊己"},
		{"two separators", "1、甲\n2.乙\n3、丙", "[1、=1]甲\n[2.=2]乙\n[3、=3]丙"},
		{"ends unevenly", "1、甲\n2、乙\n3丙丁", "[1、=1]甲\n[2、=2]乙\n[3=3]丙丁"},

		{"a gap", "1、甲\n2、乙\n4、丁\n5、戊", "[1、=1]甲\n[2、=2]乙\n[4、=4]丁\n[5、=5]戊"},
		{"its head is lost", "4、甲\n5、乙\n6、丙", "[4、=4]甲\n[5、=5]乙\n[6、=6]丙"},
		{"a number again", "1、甲\n2、乙\n2、丙\n3、丁", "[1、=1]甲\n[2、=2]乙\n[2、=2]丙\n[3、=3]丁"},
		{"one and the same number", "1、甲\n1、乙\n1、丙", "[1、=1]甲\n[1、=1]乙\n[1、=1]丙"},
		{"a number that stands twice", "1、甲\n2、2、乙\n3、丙", "[1、=1]甲\n[2、2、=2]乙\n[3、=3]丙"},
		{"begins anew behind a heading", "1、甲\n2、乙\n#丙\n1、丁\n2、戊", "[1、=1]甲\n[2、=2]乙\n#丙\n[1、=1]丁\n[2、=2]戊"},
		{"begins anew without one", "1、甲\n2、乙\n1、丁\n2、戊", "[1、=1]甲\n[2、=2]乙\n[1、=1]丁\n[2、=2]戊"},
		{"goes on behind a heading", "1、甲\n2、乙\n#丙\n3、丁", "[1、=1]甲\n[2、=2]乙\n#丙\n[3、=3]丁"},
		{"eleven torn apart", "9、甲\n10、乙\n1 1、丙\n12、丁", "[9、=9]甲\n[10、=10]乙\n[1 1、=11]丙\n[12、=12]丁"},
		{"a digit before a marker", "1、甲共1 2、乙\n3、丙", "[1、=1]甲共1 [2、=2]乙\n[3、=3]丙"},

		{"lists in a list", "一、甲\n1、乙\n2、丙\n二、丁\n1、戊", "[一、=1]甲\n[1、=1]乙\n[2、=2]丙\n[二、=2]丁\n[1、=1]戊"},
		{"brackets in a list", "1、甲：(1)乙；(2)丙。\n2、丁", "[1、=1]甲：[(1)=1]乙；[(2)=2]丙。\n[2、=2]丁"},
		{"circles", "①甲②乙③丙", "[①=1]甲[②=2]乙[③=3]丙"},
		{"letters", "a)甲\nb)乙", "[a)=1]甲\n[b)=2]乙"},
		{"duties", "职责一：甲\n职责二：乙", "[职责一：=1]甲\n[职责二：=2]乙"},
		{"clauses", "第一条 甲\n第二条 乙", "[第一条=1] 甲\n[第二条=2] 乙"},
		{"bullets", "• 甲\n• 乙", "[•] 甲\n[•] 乙"},
		{"decimals that count", "1.1 甲\n1.2 乙\n1.3 丙", "[1.1=1] 甲\n[1.2=2] 乙\n[1.3=3] 丙"},

		{"glued to versions", "1、熟悉HTML5、CSS3、ES62、了解Vue3、协作", "[1、=1]熟悉HTML5、CSS3、ES6[2、=2]了解Vue[3、=3]协作"},
		{"versions", "1、熟悉HTML5、CSS3、ES6、Vue\n2、乙", "[1、=1]熟悉HTML5、CSS3、ES6、Vue\n[2、=2]乙"},
		{"store houses", "1、管理1、2号仓库\n2、盘点", "[1、=1]管理1、2号仓库\n[2、=2]盘点"},
		{"days of sales", "1、策划3.15、双11活动\n2、复盘", "[1、=1]策划3.15、双11活动\n[2、=2]复盘"},
		{"amounts", "1、月入1.2万-3.5万\n2、补贴2.5元", "[1、=1]月入1.2万-3.5万\n[2、=2]补贴2.5元"},
		{"times", "1、上班9:00-18:00\n2、双休", "[1、=1]上班9:00-18:00\n[2、=2]双休"},
		{"ages", "1、照看3、4岁儿童\n2、备课", "[1、=1]照看3、4岁儿童\n[2、=2]备课"},
		{"a lone decimal", "2.5 元一件", "2.5 元一件"},
		{"a lone letter", "A. 甲", "A. 甲"},
		{"no list", "每月核对3次，每年2次", "每月核对3次，每年2次"},
		{"a number alone", "12", "12"},
		{"nothing", "", ""},
	} {
		if got := chosen(tt.text); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.name, got, tt.want)
		}
	}
}

// lawful proves what Scan and Choose promise of a text.
func lawful(text string) error {
	cands, heads := scanAll(text)
	for i, c := range cands {
		if i > 0 && c.Span.Start < cands[i-1].Span.Start {
			return fmt.Errorf("candidate %+v is out of order behind %+v", c, cands[i-1])
		}
		if c.Span.Start < 0 || c.Span.End <= c.Span.Start || c.Body < c.Span.End || c.Body > len(text) {
			return fmt.Errorf("candidate %+v", c)
		}
		if c.Style != Bullet && (!c.Span.Contains(c.Number) || c.Number.Empty() || c.Ordinal < 1 || c.Ordinal > maxOrdinal) {
			return fmt.Errorf("candidate %+v", c)
		}
		if strings.Contains(c.Span.Of(text), "\n") {
			return fmt.Errorf("candidate %+v leaves its line", c)
		}
	}
	marks := new(Chooser).Choose(cands, heads)
	if len(marks) != len(cands) {
		return fmt.Errorf("%d answers to %d candidates", len(marks), len(cands))
	}
	end := 0
	for i, ok := range marks {
		if !ok {
			continue
		}
		if cands[i].Span.Start < end {
			return fmt.Errorf("chosen %+v overlaps the one before", cands[i])
		}
		end = cands[i].Span.End
	}
	return nil
}

var pieces = []string{
	"1、", "2、", "3.", "4．", "1 1、", "12、", "2、2、", "(1)", "（二）", "( 3 )", "①", "⑵", "⒊", "一、", "二、", "十一、", "第一条", "第2章", "职责一", "a)", "B.", "•", "- ", "\uf0b7", "2.1", "1.2.3 ",
	"ES6", "CSS3、", "9:30", "1.2万", "3、4岁", "甲", "乙丙", "，", "。", "；", "：", " ", "　", "\t", "\n", "\n#\n", "0", "007", "99999", "\ufe0f", "-", "）",
}

func TestChooseIsLawful(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "text"), "")
		if err := lawful(text); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzChoose(f *testing.F) {
	for _, s := range []string{"", "1、甲2、乙", "1 1、甲\n2.1 乙", "ES64、甲", "(1 1)①a)第一条职责一", "2、2、2、", "1\n2\n3", "\xff1、\xfe"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if err := lawful(text); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkMarkers reads a megabyte: of lists a line an item, of one line,
// and of digits and separators alone, where everything may be a marker.
func BenchmarkMarkers(b *testing.B) {
	for _, c := range []struct{ name, unit string }{
		{"lines", "1、负责客户来电的接听与登记；\n2、定期回访客户并形成记录；\n(1)汇总；\n(2)上报。\n"},
		{"line", "1、负责客户来电的接听与登记；2、定期回访，月入1.2万-3.5万；"},
		{"digits", "1、2、12.3、4 5、"},
		{"doubled", "2、"},
	} {
		text := strings.Repeat(c.unit, 1<<20/len(c.unit))
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				cands, heads := scanAll(text)
				new(Chooser).Choose(cands, heads)
			}
		})
	}
}
