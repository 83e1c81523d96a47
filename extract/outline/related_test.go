package outline_test

import (
	"testing"

	"zhize/extract/outline"
)

// TestWhatStays asks texts in which something looks like a page's own, or like a
// heading, and is an item.
func TestWhatStays(t *testing.T) {
	const list = "茶艺师岗位职责：\n1、接待来客；\n2、整理茶具。\n"
	for _, c := range []struct{ name, text, want string }{
		{"a list of other documents goes", list + "相关文章：\n1.店长岗位职责范文05-12\n2.年终总结05-10\n3.采购合同范本04-27\n", "茶艺师 2"},
		{"also with bullets", list + "猜你喜欢\n·店长岗位职责说明书(精选5篇)\n·门店员工手册\n·茶叶采购合同\n", "茶艺师 2"},
		{"a heading below such words stays", "相关推荐\n茶艺师岗位职责\n1、接待来客；\n2、整理茶具。\n", "茶艺师 2"},
		{"a sentence that speaks of documents heads none", "以下是收集的相关范文，希望对您有所帮助。\n一、茶艺师岗位职责：\n1、接待来客；\n2、整理茶具。\n", "茶艺师 2"},
		{"benefits before a notice", list + "福利待遇：\n双休；\n包工作餐。\n1、本站资料由用户上传，版权归作者。\n2、文档付费下载后概不退款。\n3、VIP会员可免费下载。\n", "茶艺师 2 2"},
		{"duties that speak of what sites speak of", "茶艺师岗位职责：\n• 负责VIP会员的品鉴活动；\n• 受理用户举报和侵权投诉；\n• 从事茶文化版权的维护。\n", "茶艺师 3"},
		{"an item behind the heading of its list", "茶艺师岗位职责：1、负责合同、图纸、资料的收集整理；\n2、整理茶具。\n", "茶艺师 2"},
		{"an item that ends as a heading does", "茶艺师岗位职责：\n(1)管理茶室日常工作；\n(2)整理茶具。\n", "茶艺师 2"},
		{"decimals below headings", "茶艺师岗位职责\n一、岗位职责\n1.1 接待来客；\n1.2 整理茶具；\n1.3 登记用茶。\n二、任职要求\n2.1 高中以上学历；\n2.2 普通话标准。\n", "茶艺师 3 2"},
		{"a number and a space before a heading", "茶艺师岗位说明书\n1 岗位职责\n1.1 接待来客；\n1.2 整理茶具。\n2 任职要求\n2.1 高中以上学历；\n2.2 普通话标准。\n", "茶艺师 2 2"},
		{"heading rows in one table", "茶艺师岗位职责\n| 序号 | 岗位职责 |\n| 1 | 接待来客； |\n| 2 | 整理茶具。 |\n| 序号 | 任职要求 |\n| 1 | 高中以上学历； |\n", "茶艺师 2 1"},
		{"a section's heading in brackets first", "茶艺师\n【岗位职责】\n负责接待来客；\n负责整理茶具。\n【任职要求】\n1、高中以上学历；\n2、普通话标准。\n", "茶艺师 2 2"},
	} {
		if got := jobs(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestGluedHeads(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"岗位职责：1、接待来客2、负责茶单的编制任职要求：1、高中以上学历2、普通话标准", " 2 2"},
		{"岗位职责：1、接待来客2、负责茶会的策划与实施二、任职要求：1、高中以上学历2、普通话标准", " 2 2"},
		{"任职要求：1、高中以上学历2、会用Excel加分项：1、懂英语2、有茶艺证书", " 2 2"},
		{"茶艺师任职要求：高中以上学历，两年以上经验。职位描述：1、接待来客2、整理茶具", "茶艺师 1 2"},
		{"茶艺师负责接待来客；负责整理茶具。任职要求：1、高中以上学历2、普通话标准", "茶艺师 1 2"},
		{"关键字：茶艺）岗位要求：1.高中以上学历。2.普通话标准。", " 2"},
		{"岗位名称茶艺师直接上级店长直接下级学徒岗位职责1、接待来客；2、整理茶具。任职资格1、高中以上学历；2、普通话标准。", "茶艺师 2 2"},
		{"岗位职责：1.接待来客2.维护用C++3.整理茶具", " 3"},
		{"岗位职责：? 接待来客? 整理茶具? 登记用茶", " 3"},
		{"福利待遇：－ 弹性工作－ 周末双休－ 员工旅游", " 3"},
		{"茶艺师岗位职责：1、接待来客；2、整理茶具。前厅经理岗位职责3、安排班次；4、核对账目。", "茶艺师 2; 前厅经理 2"},
		{"茶艺师岗位职责：1、接待来客2、整理茶具前厅经理岗位职责4、安排班次5、核对账目", "茶艺师 2; 前厅经理 2"},
		{"茶艺师岗位职责：1、接待来客2、制定前厅经理岗位职责3、整理茶具", "茶艺师 3"},
		{"▌岗位职责\n1、接待来客；\n▌任职要求\n1、高中以上学历；\n", " 1 1"},
		{"负责根据岗位要求：1、接待来客；2、整理茶具。", " 2"},
	} {
		if got := jobs(c.text); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestRowsInOrder: the items of a table of which some rows have no number, and which
// has its heading row twice, stand in the order of the rows.
func TestRowsInOrder(t *testing.T) {
	text := "| 序号 | 岗位职责 |\n| 1 | 接待来客； |\n|  | 整理茶具。 |\n| 序号 | 岗位职责 |\n| 2 | 登记用茶。 |\n"
	last := 0
	for _, a := range outline.Build(outline.Input{Text: text, Simplified: true}).Articles {
		for _, p := range a.Positions {
			for _, s := range p.Sections {
				for _, it := range s.Items {
					if it.Span.Start < last || !s.Span.Contains(it.Span) {
						t.Errorf("item %q at %d", it.Span.Of(text), it.Span.Start)
					}
					last = it.Span.End
				}
			}
		}
	}
	if last == 0 {
		t.Error("no items")
	}
}
