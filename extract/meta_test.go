package extract

import (
	"strings"
	"testing"

	"zhize/document"
)

// long is prose that makes a page, so that small parts are small.
var long = strings.Repeat("负责仓库的日常管理，保证账物相符；每月组织盘点，并将差异报财务部处理。", 4)

func TestMeta(t *testing.T) {
	body := "<body><p>" + long + "</p>"
	for _, c := range []struct {
		name string
		in   Input
		want document.Page // only what the page says of itself
	}{
		{"title and site by suffix", Input{Data: []byte("<title>会计岗位职责(精选15篇)_某某范文网</title>" + body)},
			document.Page{Title: "会计岗位职责(精选15篇)", Site: "某某范文网", Declared: 15}},
		{"two suffixes", Input{Data: []byte("<title>会计职责通用十篇 - 岗位职责频道 - 某某文库</title>" + body)},
			document.Page{Title: "会计职责通用十篇", Site: "某某文库", Declared: 10}},
		{"site named by the page", Input{Data: []byte(`<title>会计职责|青禾</title><meta property="og:site_name" content="青禾">` + body)},
			document.Page{Title: "会计职责", Site: "青禾"}},
		{"no site behind a dash", Input{Data: []byte("<title>市场部-新媒体专员岗位职责</title>" + body)},
			document.Page{Title: "市场部-新媒体专员岗位职责"}},
		{"og:title first", Input{Data: []byte(`<title>x</title><meta property="og:title" content="出纳职责（8篇）">` + body)},
			document.Page{Title: "出纳职责（8篇）", Declared: 8}},
		{"heading", Input{Data: []byte("<body><h1>出纳 <b>岗位职责</b></h1><p>" + long)},
			document.Page{Title: "出纳 岗位职责"}},
		{"the heading tells the category", Input{Data: []byte("<title>出纳岗位职责.doc-财务资料</title><body><h2>出纳岗位职责</h2><p>" + long)},
			document.Page{Title: "出纳岗位职责"}},
		{"hint wins", Input{Data: []byte("<title>x</title>" + body), Title: " 文员职责模板３篇 "},
			document.Page{Title: "文员职责模板３篇", Declared: 3}},
		{"date of a meta element", Input{Data: []byte(`<meta property="article:published_time" content="2021-03-04T05:06:07+08:00">` + body)},
			document.Page{Published: "2021-03-04T05:06:07"}},
		{"date of a time element", Input{Data: []byte(`<body><time datetime="2021-03-04">三月</time><p>` + long)},
			document.Page{Published: "2021-03-04"}},
		{"visible", Input{Data: []byte("会计岗位职责\n2021-03-05 09:12:40    小编:lmq\n格式:DOC 上传日期:2023-11-20 08:00:01 页码:14\n\n1、记账")},
			document.Page{Title: "会计岗位职责", Published: "2021-03-05T09:12:40", Editor: "lmq", Format: "DOC", Uploaded: "2023-11-20 08:00:01", PageCount: 14}},
		{"a list of particulars", Input{Data: []byte("出纳岗位职责\n- 格式: PDF\n- 大小: 35.5KB\n- 页数: 共 12 页\n- 上传时间: 2023-05-06\n- 来源: 某某文档网\n\n1、登记")},
			document.Page{Title: "出纳岗位职责", Published: "2023-05-06", Format: "PDF", Uploaded: "2023-05-06", PageCount: 12, Site: "某某文档网"}},
		{"one line of them", Input{Data: []byte("首页 > 范文 > 出纳\n出纳岗位职责3篇范文\n文档格式:.doc 文档大小:21KB 全文共8页 上传人:老张 上传日期:2019年1月2日\n1、登记")},
			document.Page{Title: "出纳岗位职责3篇范文", Declared: 3, Published: "2019-01-02", Format: "DOC", Uploaded: "2019年1月2日", PageCount: 8}},
		{"time, author, words", Input{Data: []byte("<h1>出纳岗位职责</h1><p>时间：2022.3.5　作者：阿明　字数：约3千字　来源：网络</p><p>" + long)},
			document.Page{Title: "出纳岗位职责", Published: "2022-03-05", Editor: "阿明"}},
		{"a job's type is no format", Input{Data: []byte("职位类型：IT\n工作类型:全职\n出纳岗位职责\n1、登记")}, document.Page{Title: "出纳岗位职责"}},
		{"pages of the text are none of the document", Input{Data: []byte("出纳岗位职责\n1、登记\n2、装订凭证，共20页一册\n")}, document.Page{Title: "出纳岗位职责"}},
		{"the title before the text of one line", Input{Data: []byte("云山酒店岗位职责汇总 酒店的口碑来自细节，各部门对照执行。前厅经理岗位职责：1.督导接待、礼宾和总机三个班组，保证服务按标准执行。")},
			document.Page{Title: "云山酒店岗位职责汇总"}},
		{"headings of Markdown", Input{URI: "a/b.MD", Data: []byte("# 出纳岗位职责(2篇)\n> 更新：2024-06-18\n## 篇一\n")},
			document.Page{Title: "出纳岗位职责(2篇)", Declared: 2, Published: "2024-06-18"}},
		{"uploaded stands for published", Input{Data: []byte("出纳岗位说明书\n文档格式：.docx　页数：共6\n上传时间：2023/1/5")},
			document.Page{Title: "出纳岗位说明书", Published: "2023-01-05", Format: "DOCX", Uploaded: "2023/1/5", PageCount: 6}},
		{"Chinese date", Input{Data: []byte("发布：2022年7月9日 8:05\n作者：张三　来源：本站\n" + long)},
			document.Page{Published: "2022-07-09T08:05", Editor: "张三"}},
		{"a year in the title is no date", Input{Data: []byte("2023年客服岗位职责(模板二十一篇)\n" + long)},
			document.Page{Title: "2023年客服岗位职责(模板二十一篇)", Declared: 21}},
		{"an impossible date", Input{Data: []byte("更新：2023-13-40\n" + long)}, document.Page{}},
		{"dates inside the list are the text's", Input{Data: []byte("门卫岗位职责\n说明\n要求\n1、2023-11-23前完成登记\n小编:x")},
			document.Page{Title: "门卫岗位职责"}},
		{"a duty is no title", Input{Data: []byte("负责编制本部门的岗位职责\n协助招聘\n按照制度发放物资\n")}, document.Page{}},
		{"what stands behind a number is no title", Input{Data: []byte("1、验收入库\n2、发料出库\n各部门岗位职责的汇编工作\n")}, document.Page{}},
		{"a breadcrumb is no title", Input{Data: []byte("首页 > 范文大全 > 岗位职责\n点击领取优惠\n出纳岗位职责（8篇）\n1、登记\n")},
			document.Page{Title: "出纳岗位职责（8篇）", Declared: 8}},
		{"a sentence is no title", Input{Data: []byte("以下是小编整理的岗位职责，供参考。\n岗位职责：\n1、验收\n")}, document.Page{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := Read(c.in)
			if err != nil {
				t.Fatal(err)
			}
			p := r.Page
			got := document.Page{Title: p.Title, Site: p.Site, Published: p.Published, Format: p.Format, Uploaded: p.Uploaded,
				Editor: p.Editor, PageCount: p.PageCount, Declared: p.Declared}
			if got != c.want {
				t.Errorf("got  %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestDeclared(t *testing.T) {
	for title, want := range map[string]int{
		"客服职责模板8篇": 8, "客服职责(8篇)": 8, "客服职责（共12篇）": 12, "精选 15 篇": 15, "通用十篇": 10, "汇总二十三篇": 23, "两篇": 2,
		"最新３篇": 3, "一百篇": 100, "岗位职责": 0, "岗位职责第八篇": 0, "岗位职责篇八": 0, "岗位职责第8篇": 0, "写一篇好的说明书": 0, "精选8篇范文": 8, "第八篇范文": 0, "2023年5月": 0,
	} {
		if got := declared(title); got != want {
			t.Errorf("%s: %d, want %d", title, got, want)
		}
	}
}
