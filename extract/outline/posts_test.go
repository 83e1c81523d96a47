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
		{"a list glued to the first heading", "会计\n15-25K·14薪\n立即沟通\n职位描述岗位职责1、登记日记账；2、保管票据。\n" + wants, "会计 2 2"},
		{"a board's line glued to the heading", "招聘会计\n面议\n职位信息岗位职责：1、登记日记账；2、保管票据。\n" + wants, "会计 2 2"},
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

// fields are the keys and values of a text's first position.
func fields(text string) string {
	out := outline.Build(outline.Input{Text: text, Simplified: true})
	var all []string
	for _, f := range out.Articles[0].Positions[0].Fields {
		all = append(all, f.Key+"="+f.Value.Of(text))
	}
	return strings.Join(all, " ")
}

func TestKeysInValues(t *testing.T) {
	const duties = "岗位职责：\n1、负责茶室的日常接待；\n2、整理茶具。\n"
	for _, c := range []struct{ name, text, want string }{
		{"a strong key glued to a value", "岗位名称：茶室主管编制日期：2021年5月6日\n" + duties, "title=茶室主管 prepared_on=2021年5月6日"},
		{"a weak key behind a space", "岗位：会计 部门：财务部\n" + duties, "title=会计 department=财务部"},
		{"a row of names and dates is no metadata", "岗位名称：会计 生效日期：2021-05-06 编制人：林一 岗位编号：CW-07\n" + duties, "title=会计 effective_on=2021-05-06 prepared_by=林一 code=CW-07"},
		{"a counted key", "岗位二：会计\n" + duties, "title=会计"},
		{"a place in parts", "会计\n工作地址：杭州 - 余杭区 - 仓前\n" + duties, "location=杭州 - 余杭区 - 仓前"},
	} {
		if got := fields(c.text); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	text := duties + "3、汇报对象：财务总监任职要求：1、高中以上学历；2、普通话标准。\n"
	if got, want := jobs(text), " 3 2"; got != want {
		t.Errorf("a key's value before a heading: got %q, want %q", got, want)
	}
}
