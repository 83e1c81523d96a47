package zhize_test

import (
	"errors"
	"fmt"

	"zhize"
	"zhize/document"
	"zhize/extract"
)

func ExampleProcess() {
	page := `<html><head><title>岗位职责(精选2篇)_样例网</title></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/gw/">岗位职责</a></div>
<h1>岗位职责(精选2篇)</h1>
<h3>篇一：仓库管理员岗位职责</h3>
<p>1、负责物资的验收入库,核对数量和规格;。</p>
<p>2、每月盘点库存，做到账物相符。</p>
<h3>篇二：出纳岗位职责</h3>
<p>岗位职责：</p>
<p>1、办理现金收付和银行结算业务；</p>
<p>2、登记日记账，做到日清月结。</p>
<p>任职要求：</p>
<p>1、会计专业，两年以上工作经验。</p>
</body></html>`

	doc, err := zhize.Process(zhize.Input{URI: "page.html", Data: []byte(page)}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, a := range doc.Articles {
		for _, p := range a.Positions {
			fmt.Printf("%d %s\n", a.Ordinal, doc.Text(p.Title))
			for _, s := range p.Sections {
				fmt.Println("  " + s.Kind)
				for _, it := range s.Items {
					fmt.Printf("    %d %s\n", it.Number, doc.Text(it.Span))
				}
			}
		}
	}
	// Output:
	// 1 仓库管理员
	//   responsibilities
	//     1 负责物资的验收入库，核对数量和规格；
	//     2 每月盘点库存，做到账物相符。
	// 2 出纳
	//   responsibilities
	//     1 办理现金收付和银行结算业务；
	//     2 登记日记账，做到日清月结。
	//   qualifications
	//     1 会计专业，两年以上工作经验。
}

// Every change is an edit that says what was there, and undoing them all
// gives the source back.
func ExampleProcess_edits() {
	text := "行政助理岗位职责：\n1、整理会议纪要,并及时发放;\n2、管 理办公用品的.采购与领用。"
	doc, err := zhize.Process(zhize.Input{URI: "a.txt", Data: []byte(text), MediaType: "text/plain"}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, e := range doc.Edits {
		fmt.Printf("%s: %q → %q\n", e.Rule, e.Before, e.After)
	}
	fmt.Println(doc.Clean())
	source, err := document.Undo(doc.Clean(), doc.Edits)
	fmt.Println(source == text, err)
	// Output:
	// width: "," → "，"
	// width: ";" → "；"
	// wrap-space: " " → ""
	// inserted-mark: "." → ""
	// 行政助理岗位职责：
	// 1、整理会议纪要，并及时发放；
	// 2、管理办公用品的采购与领用。
	// true <nil>
}

// Every character of a page has a role; what was left out has a reason.
func ExampleProcess_regions() {
	page := `<p>岗位职责：</p><p>1、接听客户来电，记录需求；</p><p hidden>内部编号</p><p>2、跟进订单，按时回访。</p><footer>样例网 版权所有</footer>`
	doc, err := zhize.Process(zhize.Input{URI: "b.html", Data: []byte(page)}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range doc.Regions {
		if r.Role != document.RoleBlank {
			fmt.Printf("%-8s%-8s%s\n", r.Role, r.Reason, r.Of(doc.Source))
		}
	}
	// Output:
	// heading         岗位职责：
	// marker          1、
	// item            接听客户来电，记录需求；
	// dropped hidden  内部编号
	// marker          2、
	// item            跟进订单，按时回访。
	// dropped footer  样例网 版权所有
}

// A page that cannot be processed is rejected with a reason.
func ExampleProcess_rejected() {
	_, err := zhize.Process(zhize.Input{URI: "c.html", Data: []byte("<html><script>draw()</script></html>")}, nil)
	if reject := (*extract.RejectError)(nil); errors.As(err, &reject) {
		fmt.Println(reject.Stage, reject.Reason)
	}
	// Output:
	// extract no-text
}
