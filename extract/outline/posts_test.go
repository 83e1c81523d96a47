package outline_test

import (
	"fmt"
	"strings"
	"testing"

	"zhize/extract/outline"
)

// jobs is what a text says of its positions: each title with how many items its
// sections have.
func jobs(text string) string {
	out := outline.Build(outline.Input{Text: text, Simplified: true})
	var all []string
	for _, a := range out.Articles {
		for _, p := range a.Positions {
			one := p.Title.Of(text)
			for _, s := range p.Sections {
				one += fmt.Sprintf(" %d", len(s.Items))
			}
			all = append(all, one)
		}
	}
	return strings.Join(all, "; ")
}

func TestPosts(t *testing.T) {
	const duties, wants = "岗位职责：\n1、负责茶室的日常接待；\n2、整理茶具。\n", "任职要求：\n1、高中以上学历；\n2、普通话标准。\n"
	const dots = "岗位职责：\n• 负责茶室的日常接待；\n• 整理茶具。\n任职要求：\n• 高中以上学历；\n• 普通话标准。\n"
	for _, c := range []struct{ name, text, want string }{
		{"a series of bullets with unknown words", "◆ 茶艺\n" + duties + wants + "◆ 村医\n" + duties + wants, "茶艺 2 2; 村医 2 2"},
		{"a counted series with headcounts", "1、会计2人\n" + dots + "2、村医1人\n" + dots, "会计 2 2; 村医 2 2"},
		{"bullets of another form than the items'", "■ 会计\n" + dots + "■ 出纳\n" + dots, "会计 2 2; 出纳 2 2"},
		{"a board's facts below the title", "会计\n面议\n上海-浦东新区\n全职\n" + duties + wants, "会计 2 2"},
		{"facts that end as a department does", "会计\n杭州·余杭区 经验3-5年 本科\n" + duties + wants, "会计 2 2"},
		{"the employer is no job", "会计\n宏图茶业有限公司\n" + duties + wants, "会计 2 2"},
		{"Latin letters", "HRBP\n" + duties + wants, "HRBP 2 2"},
		{"a trade", "翻译\n" + duties + wants, "翻译 2 2"},

		{"a form's value is no title", "岗位名称\n会计\n直接上级\n财务经理\n" + duties, "会计 2"},
		{"an item before the next heading", duties + "任职要求：\n1、高中以上学历；\n2、熟悉茶艺\n岗位职责：\n1、负责库房。\n", " 2 2;  1"},
		{"tags of Latin letters", "招聘\nJava\nMySQL\n" + duties, " 2"},
		{"a sentence is no title", "我们需要一位会计，欢迎加入\n" + duties, " 2"},
		{"one bullet with an unknown word", "◆ 茶香\n" + duties + wants, " 1;  2 2"},
	} {
		if got := jobs(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
