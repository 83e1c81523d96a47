package outline_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zhize/document"
	"zhize/extract"
	"zhize/extract/outline"
)

// proof holds the result for a text to what Build promises.
type proof struct{ text string }

// span proves that s lies in the text, on rune boundaries.
func (p proof) span(what string, s document.Span) error {
	ok := s.Start >= 0 && s.Start <= s.End && s.End <= len(p.text) && p.boundary(s.Start) && p.boundary(s.End)
	if !ok {
		return fmt.Errorf("%s %v lies outside the %d bytes, or cuts a character", what, s, len(p.text))
	}
	return nil
}

func (p proof) boundary(i int) bool { return i == len(p.text) || utf8.RuneStart(p.text[i]) }

func (p proof) result(out outline.Result) error {
	if err := p.regions(out.Regions); err != nil {
		return err
	}
	at := 0
	for i, part := range out.Parts {
		if err := p.span("part", part.Span); err != nil {
			return err
		}
		if part.Start < at || part.Empty() {
			return fmt.Errorf("part %d %v is empty or begins before %d, where the last one ended", i, part.Span, at)
		}
		at = part.End
	}
	if _, err := document.Apply(p.text, out.Edits); err != nil {
		return fmt.Errorf("edits: %w", err)
	}
	return p.articles(out)
}

func (p proof) regions(regions []document.Region) error {
	at := 0
	for i, r := range regions {
		if err := p.span("region", r.Span); err != nil {
			return err
		}
		if r.Start != at || r.Empty() {
			return fmt.Errorf("region %d %v does not begin at %d", i, r.Span, at)
		}
		if (r.Role == document.RoleDropped) != (r.Reason != document.NoReason) {
			return fmt.Errorf("region %d of role %s has reason %q", i, r.Role, r.Reason)
		}
		at = r.End
	}
	if at != len(p.text) {
		return fmt.Errorf("regions end at %d of %d", at, len(p.text))
	}
	return nil
}

func (p proof) articles(out outline.Result) error {
	d := &document.Document{Source: p.text, Regions: out.Regions, Articles: out.Articles}
	for _, a := range out.Articles {
		for _, pos := range a.Positions {
			spans := []document.Span{a.Heading, pos.Title, pos.Heading}
			for _, f := range pos.Fields {
				spans = append(spans, f.Name, f.Value)
			}
			for _, s := range pos.Sections {
				spans = append(spans, s.Heading, s.Span)
			}
			for _, s := range spans {
				if err := p.span("span of a position", s); err != nil {
					return err
				}
			}
		}
	}
	return document.Check(d)
}

// input makes an outline's input of a text: every line whose bit of mask is
// set is a block of some kind, and every fifth such line is dropped.
func input(text, title string, mask uint64) outline.Input {
	in := outline.Input{Text: text, Title: title, Declared: int(mask % 5)}
	at, n := 0, 0
	for line := range strings.SplitAfterSeq(text, "\n") {
		s := document.Span{Start: at, End: at + len(strings.TrimSuffix(line, "\n"))}
		at += len(line)
		n++
		if s.Empty() || mask>>(n%64)&1 == 0 {
			continue
		}
		b := document.Block{Span: s, Kind: document.BlockKind(n % 5)}
		if b.Kind == document.Heading || b.Kind == document.ListItem {
			b.Level = 1 + n%3
		}
		in.Blocks = append(in.Blocks, b)
		if mask>>((n*7)%64)&15 == 15 {
			in.Dropped = append(in.Dropped, document.Region{Span: s, Role: document.RoleDropped, Reason: document.Navigation})
		}
	}
	return in
}

var pieces = []string{
	"1、", "2、", "3、", "1.", "2.", "（1）", "（2）", "(1)", "①", "1)", "2）", "一、", "二、", "（一）", "第一，", "A、", "-", "•", "1，", "1.1", "1.2",
	"1 1、", "1 、", "2 .", "1、1、", "\n1\n", "1\n、", "\n\n、", "，1、", "；2、", "岗位职责：", "岗位职责", "任职要求：", "工作内容:", "出纳岗位职责1", "销售经理",
	"篇一", "篇二", "【篇1】", "第2篇", "第一篇：", "岗位职责 篇二", "岗位名称：", "直接上级：", "部门：财务部", "岗位名称\t会计", "负责", "学习", "的", "及时",
	",", ".", ";", ":", "，", "。", "；", "：", "…", "(", ")", "（", "【", "】", "《", "》", " ", "\u3000", "\t", "|", "\n", "\n", "\n\n", "\u00a0", "\u200b", "A", "1", "12", "99%",
	"😀", "第1页", "上一页", "下一页", "版权声明", "相关推荐", "目录", "小编:", "2023-11-23", "| 1、", "---", "大\n\n2", "大。\n", "……12、",
}

func TestBuild(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text"), "")
		title := rapid.SampledFrom([]string{"", "出纳岗位职责(精选2篇)", "岗位职责"}).Draw(t, "title")
		in := input(text, title, rapid.Uint64().Draw(t, "blocks"))
		if err := (proof{text}).result(outline.Build(in)); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

func FuzzBuild(f *testing.F) {
	for _, s := range []string{
		"", "岗位职责：\n1、验收；\n2、入库。", "2)作\n上一页\n.①)", "1.1\n---\n)1）)", "1.2\n职责\n理1)”2任", "2、1\n、第1 2、第", "小编:\n2",
		"务\n职责一\t：议\n保证\n工作任务\t度", "2,\"1\n、人1 2、B", "1、（1）任职要求：1、",
		"总经理助理岗位职责 总经理助理岗位职责：\n1、安排日程；\n2、接待来客。", "【 出纳岗位职责】\n1、登记；\n2、付款。",
		"篇一\n出纳\n1、登记\n篇二\n1、付款", "|岗位|出纳|\n|职责|1、登记；2、付款|",
	} {
		f.Add(s, "", uint64(0))
		f.Add(s, "出纳岗位职责(精选2篇)", uint64(0xa5a5f0f01234ffff))
	}
	pages, _ := filepath.Glob("../../testdata/pages/*.*")
	for _, p := range pages {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		if r, err := extract.Read(extract.Input{Data: data}); err == nil {
			f.Add(r.Source, r.Page.Title, uint64(0))
		}
	}
	f.Fuzz(func(t *testing.T, text, title string, mask uint64) {
		if !utf8.ValidString(text) {
			return
		}
		if err := (proof{text}).result(outline.Build(input(text, title, mask))); err != nil {
			t.Error(err)
		}
	})
}
