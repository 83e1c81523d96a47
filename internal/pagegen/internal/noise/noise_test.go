package noise

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"zhize/internal/pagegen/internal/sheet"
)

// page is a page of two positions with numbered duties.
func page() *sheet.Sheet {
	s := &sheet.Sheet{
		Site:   "范文网",
		Layout: sheet.Paragraphs,
		Positions: []sheet.Position{
			{Article: 1, Title: "出纳", Sections: []sheet.Section{{Kind: "responsibilities"}}},
			{Article: 1, Title: "成本会计", Sections: []sheet.Section{{Kind: "responsibilities"}}},
		},
	}
	texts := []string{
		"负责登记的台账，核对客户的资料和合同档案；", "在部门经理的指导下完成公司的年度预算编制；",
		"定期检查设备的安全情况。按时提交分析报告；", "熟悉数据库，会写SQL；", "协助上级处理客户的投诉，及时反馈处理结果；",
		"整理归档各类文件资料，按照标准建立目录和索引；",
	}
	for p := range s.Positions {
		s.Lines = append(s.Lines, sheet.Line{
			Role: sheet.PositionHead, Text: sheet.Text{Clean: s.Positions[p].Title + "岗位职责："}, Plain: true, Position: p,
		})
		for n := 1; n <= 12; n++ {
			s.Lines = append(s.Lines, sheet.Line{
				Role: sheet.Item, Label: number(n) + "、", Number: n, Position: p, Text: sheet.Text{Clean: texts[n%len(texts)]},
			})
		}
	}
	return s
}

// shown is the page as text.
func shown(s *sheet.Sheet) string {
	var b []byte
	for i := range s.Lines {
		if i > 0 && !s.Lines[i].Glued {
			b = append(b, '\n')
		}
		b = s.Lines[i].Text.Append(append(b, s.Lines[i].Label...), s.Show)
	}
	return string(b)
}

// TestFaults: each fault shows on a page that can have it as it is described.
func TestFaults(t *testing.T) {
	for kind, want := range map[string]string{
		"page-number":     "\n\n2、",
		"slogan":          "精品文档值得下载-尽在范文网，",
		"cut-sentence":    "在部门。\n经理的指导下",
		"sentence-lines":  "的安全情况。\n按时提交",
		"inserted-mark":   "登记的",
		"semicolon-stop":  "；。",
		"doubled-mark":    "；；",
		"rewritten":       "登记旳台账",
		"pinyin":          "(",
		"half-width":      "岗位职责:",
		"glued-number":    "岗位职责1、",
		"glued-latin":     "SQL4、",
		"glued-paragraph": "；2、",
		"broken-number":   "1 1、",
		"number-gap":      "3 、",
		"doubled-head":    "岗位职责：\n",
		"nbsp":            "2、\u00a0",
		"number-alone":    "、\n",
		"spaced-letters":  "岗 位 职 责：",
		"line-tokens":     "； ",
	} {
		s := page()
		for i := range kinds {
			if kinds[i].Name != kind {
				continue
			}
			made := false
			for seed := uint64(0); seed < 20 && !made; seed++ {
				made = kinds[i].apply(s, rand.New(rand.NewPCG(seed, 1)))
			}
			if text := shown(s); !made || !strings.Contains(text, want) {
				t.Errorf("%s (made: %v) does not show %q in\n%s", kind, made, want, text)
			}
		}
	}
}

// TestNumbersStayTold: after faults of structure, an item's number is what its
// mark says, and what is lost is lost from the page and the answer alike.
func TestNumbersStayTold(t *testing.T) {
	for _, kind := range []string{"lost-items", "late-start", "repeated-number", "headless", "cut-off"} {
		s := page()
		before := len(s.Lines)
		made := false
		for i := range kinds {
			if kinds[i].Name == kind {
				for seed := uint64(0); seed < 20 && !made; seed++ {
					made = kinds[i].apply(s, rand.New(rand.NewPCG(seed, 1)))
				}
			}
		}
		if !made {
			t.Errorf("%s was not made", kind)
		}
		for _, l := range s.Lines {
			if l.Role == sheet.Item && l.Label != strconv.Itoa(l.Number)+"、" {
				t.Errorf("%s: the mark %s stands for %d", kind, l.Label, l.Number)
			}
		}
		switch kind {
		case "headless":
			if len(s.Lines) != before-1 || s.Positions[1].Title != "" {
				t.Errorf("headless: %d lines, title %q", len(s.Lines), s.Positions[1].Title)
			}
		case "cut-off":
			if last := s.Lines[len(s.Lines)-1]; !last.Fragment {
				t.Error("the item that breaks off is no fragment")
			}
		}
	}
}
