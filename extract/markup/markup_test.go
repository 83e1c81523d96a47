package markup

import (
	"strings"
	"testing"

	"zhize/extract/internal/pagetest"
)

// long is prose that makes a page, so that small parts are small.
var long = strings.Repeat("负责仓库的日常管理，保证账物相符；每月组织盘点，并将差异报财务部处理。", 4)

func TestHTML(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"paragraphs", `<p>仓管员岗位职责：</p><p>1、验收入库；</p> <p>2、发料出库。</p>`, "仓管员岗位职责：\n1、验收入库；\n2、发料出库。\n"},
		{"white space", "<p>  负责\n  采购 <b> 合同 </b> 归档\t。 </p>", "负责 采购 合同 归档 。\n"},
		{"inline elements part nothing", `<p>负<span>责</span><a>采</a><em>购</em></p>`, "负责采购\n"},
		{"no-break and ideographic spaces stay", "<p>　　岗位&nbsp;职责</p>", "　　岗位\u00A0职责\n"},
		{"br", `<p>1、验收；<br>2、发料；<br/>3、盘点。</p>`, "1、验收；\n2、发料；\n3、盘点。\n"},
		{"several br leave one blank line", `<p>1、验收；<br><br>2、发料；<br><br><br><br>3、盘点。<br></p>`, "1、验收；\n\n2、发料；\n\n3、盘点。\n"},
		{"text beside br is not doubled", `<div>前台<br><br>接听<br><br>转接</div>`, "前台\n\n接听\n\n转接\n"},
		{"div soup", `<div><div><div>出纳</div><div><div><div>登记</div>日记账</div></div></div></div>`, "出纳\n登记\n日记账\n"},
		{"text between blocks", `开头<div>中间</div>结尾<p>末段</p>`, "开头\n中间\n结尾\n末段\n"},
		{"entities", `<p>A&amp;B &lt;部门&gt; &#23703;&#x4F4D; &hellip;&mdash;</p>`, "A&B <部门> 岗位 …—\n"},
		{"comments", `<p>负责<!-- 不是正文 -->采购</p>`, "负责采购\n"},
		{"scripts and styles", `<p>一</p><script>var 职责="<p>假</p>"</script><style>p{}</style><noscript><p>无脚本</p></noscript><template><p>模板</p></template><p>二</p>`, "一\n二\n"},
		{"pre", "<p>说明</p><pre>\n岗位  职责\n\n  1、验收\n</pre><p>完</p>", "说明\n<pre0|岗位  职责\n\n  1、验收>\n完\n"},
		{"white-space: pre", `<div style="white-space: pre-wrap">岗位
职责  表</div>`, "岗位\n职责  表\n"},
		{"text outside body", `<html><head><title>题</title></head>前文<body><p>正文</p></body></html>后文`, "前文\n正文\n后文\n"},
		{"mis-nested", `<p>负责<b>采<i>购</b>合</i>同<p>验收</div></span>`, "负责采购合同\n验收\n"},
		{"unclosed", `<div><ul><li>验收<li>发料<p>盘点`, "<li1|验收>\n<li1|发料\n盘点>\n"},
		{"definition list", `<dl><dt>直接上级</dt><dd>仓储经理</dd><dt>定员</dt><dd>3人</dd></dl>`, "直接上级\n仓储经理\n定员\n3人\n"},
		{"headings", `<h1>仓管员</h1><h3>职责 <small>一</small></h3><p>验收</p>`, "<h1|仓管员>\n<h3|职责 一>\n验收\n"},
		{"bold lines", `<p><strong>任职资格</strong></p><p>大专以上学历。</p><p><b>三年</b>以上经验。</p>`, "<h7|任职资格>\n大专以上学历。\n三年以上经验。\n"},
		{"bold line before br", `<p><b>岗位职责：</b><br>1、验收；<br>2、发料；<br>3、盘点。</p>`, "<h7|岗位职责：>\n1、验收；\n2、发料；\n3、盘点。\n"},
		{"a page in bold has no bold headings", `<b><p>岗位职责</p><p>验收</p><p>发料</p></b>`, "岗位职责\n验收\n发料\n"},
		{"frames", `<html><frameset cols="1,2"><frame src="a"><noframes><body><p>验收入库</p></body></noframes></frameset></html>`, "验收入库\n"},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.html, c.want) })
	}
}

func checkHTML(t *testing.T, html, want string) {
	t.Helper()
	look := Scan(html)
	r := look.Read()
	if err := pagetest.Check(r.Page); err != nil {
		t.Error(err)
	}
	if got := pagetest.Show(r.Page); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestLists(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"ul has no numbers", `<ul><li>验收</li><li>发料</li></ul>`, "<li1|验收>\n<li1|发料>\n"},
		{"ol", `<ol><li>验收</li><li><p>发料</p></li></ol>`, "<li1|[1. ]验收>\n<li1|[2. ]发料>\n"},
		{"start", `<ol start="4"><li>验收</li><li>发料</li></ol>`, "<li1|[4. ]验收>\n<li1|[5. ]发料>\n"},
		{"value", `<ol><li>验收<li value=7>发料<li>盘点</ol>`, "<li1|[1. ]验收>\n<li1|[7. ]发料>\n<li1|[8. ]盘点>\n"},
		{"reversed", `<ol reversed><li>验收<li>发料<li>盘点</ol>`, "<li1|[3. ]验收>\n<li1|[2. ]发料>\n<li1|[1. ]盘点>\n"},
		{"reversed from", `<ol reversed start=9><li>验收<li>发料</ol>`, "<li1|[9. ]验收>\n<li1|[8. ]发料>\n"},
		{"wrong start", `<ol start="x"><li>验收</ol>`, "<li1|[1. ]验收>\n"},
		{"letters", `<ol type=a><li>验收<li>发料</ol><ol type=A start=27><li>盘点</ol>`, "<li1|[a. ]验收>\n<li1|[b. ]发料>\n<li1|[AA. ]盘点>\n"},
		{"roman", `<ol type=i start=4><li>验收</ol><ol type=I start=9><li>发料</ol>`, "<li1|[iv. ]验收>\n<li1|[IX. ]发料>\n"},
		{"han", `<ol style="list-style-type: cjk-ideographic" start=20><li>验收<li>发料</ol>`, "<li1|[二十、]验收>\n<li1|[二十一、]发料>\n"},
		{"no list style", `<ol style="list-style: none"><li>验收</ol>`, "<li1|验收>\n"},
		{"own numbers win", `<ol><li>1、验收<li>（2）发料<li>③盘点<li>第四条 归档<li>五、登记<li>6)复核<li>b. 核对</ol>`, "<li1|1、验收>\n<li1|（2）发料>\n<li1|③盘点>\n<li1|第四条 归档>\n<li1|五、登记>\n<li1|6)复核>\n<li1|b. 核对>\n"},
		{"a quantity is no number", `<ol><li>3年以上经验<li>9:30前到岗<li>2.5万元以下审批<li>一名副手</ol>`, "<li1|[1. ]3年以上经验>\n<li1|[2. ]9:30前到岗>\n<li1|[3. ]2.5万元以下审批>\n<li1|[4. ]一名副手>\n"},
		{"nested", `<ol><li>仓储<ol type=a><li>验收<li>发料</ol></li><li>采购<ul><li>询价</ul>比价</li></ol>`, "<li1|[1. ]仓储>\n<li2|[a. ]验收>\n<li2|[b. ]发料>\n<li1|[2. ]采购>\n<li2|询价>\n比价\n"},
		{"list in list, without item", `<ol><li>仓储</li><ol><li>验收</li></ol><li>采购</li></ol>`, "<li1|[1. ]仓储>\n<li2|[1. ]验收>\n<li1|[2. ]采购>\n"},
		{"empty items count", `<ol><li>验收<li> <li>盘点</ol><p>完</p>`, "<li1|[1. ]验收>\n<li1|[3. ]盘点>\n完\n"},
		{"a list that counts without being one", `<ul style="list-style-type:decimal"><li>验收<li>发料</ul><ol style="list-style: disc"><li>盘点</ol>`, "<li1|[1. ]验收>\n<li1|[2. ]发料>\n<li1|盘点>\n"},
		{"an item's own style", `<ol><li type=a>验收<li style="list-style-type: upper-roman">发料<li>盘点</ol>`, "<li1|[a. ]验收>\n<li1|[II. ]发料>\n<li1|[3. ]盘点>\n"},
		{"zeros, formal and stems", `<ol style="list-style-type:decimal-leading-zero"><li>验收</ol><ol style="list-style-type:simp-chinese-formal"><li>发料</ol><ol style="list-style-type:cjk-heavenly-stem"><li>盘点</ol>`, "<li1|[01. ]验收>\n<li1|[壹、]发料>\n<li1|[甲、]盘点>\n"},
		{"items that are not children", `<ol reversed><div><li>验收</li></div><li>发料<ul><li>盘点</ul></ol>`, "<li1|[2. ]验收>\n<li1|[1. ]发料>\n<li2|盘点>\n"},
		{"the number of an item that begins with a list", `<ol><li><ul><li>验收</ul><li><ol type=a><li>发料</ol></ol>`, "<li2|[1. ]验收>\n<li2|[a. ]发料>\n"},
		{"items of several lines", `<ol><li>验收<br>核对单据<p>签字</p></ol>`, "<li1|[1. ]验收\n核对单据\n签字>\n"},
		{"item without list", `<li>验收</li>`, "<li1|验收>\n"},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.html, c.want) })
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"rows", `<table><tr><th>岗位</th><th>职责</th></tr><tr><td>出纳</td><td>登记日记账</td></tr></table>`, "<tr0|岗位\t职责>\n<tr0|出纳\t登记日记账>\n"},
		{"key and value", `<table><tr><td>岗位名称</td><td>出纳</td><td>直接上级</td><td></td></tr><tr><td>部门</td><td></td><td>定员</td><td>2</td></tr></table>`, "<tr0|岗位名称\t出纳\t直接上级>\n<tr0|部门\t\t定员\t2>\n"},
		{"first cell empty", `<table><tr><td></td><td>出纳</td></tr><tr><td>甲</td><td>乙</td></tr></table>`, "<tr0|\t出纳>\n<tr0|甲\t乙>\n"},
		{"lines in a cell", `<table><tr><td>主要职责</td><td><p>1、登记；</p><p>2、核对。</p></td></tr><tr><td><br>资格<br></td><td>大专<br><br>本科<br></td><td>备注</td></tr></table>`, "<tr0|主要职责\t1、登记；\n2、核对。>\n<tr0|资格\t大专\n本科\t备注>\n"},
		{"list in a cell", `<table><tr><td>职责</td><td><ol><li>登记<li>核对</ol></td></tr></table>`, "<tr0|职责\t[1. ]登记\n[2. ]核对>\n"},
		{"white space between cells", "<p>前</p>\n<table>\n <tbody>\n  <tr>\n   <td> 甲 </td>\n   <td> 乙 </td>\n  </tr>\n </tbody>\n</table>\n后", "前\n<tr0|甲\t乙>\n后\n"},
		{"caption", `<table><caption>说明书</caption><tr><td>甲</td><td>乙</td></tr></table>`, "说明书\n<tr0|甲\t乙>\n"},
		{"one column", `<table><tr><td>1、登记</td></tr><tr><td>2、核对</td></tr></table>`, "1、登记\n2、核对\n"},
		{"nested", `<table><tr><td>外左</td><td><table><tr><td>甲</td><td>乙</td></tr></table></td></tr></table>`, "外左\n<tr0|甲\t乙>\n"},
		{"layout", `<table><tr><td>` + long + long + `</td><td><h3>侧栏</h3><p>近期文章</p></td></tr></table>`, long + long + "\n<h3|侧栏>\n近期文章\n"},
		{"layout without headings", `<table><tr><td>` + long + long + `</td><td>侧栏</td></tr></table>`, long + long + "\n侧栏\n"},
		{"a long value has its label", `<table><tr><td>主要职责</td><td>` + long + `</td></tr></table>`, "<tr0|主要职责\t" + long + ">\n"},
		{"spans keep the columns", `<table><tr><td>岗位</td><td>职责</td><td>备注</td></tr><tr><td rowspan=2>出纳</td><td colspan=2>登记</td></tr><tr><td>核对</td><td>月底</td></tr><tr><td colspan=2>合计</td><td>二</td></tr><tr><td>甲</td><td>乙</td></tr></table>`, "<tr0|岗位\t职责\t备注>\n<tr0|出纳\t登记>\n<tr0|\t核对\t月底>\n<tr0|合计\t\t二>\n<tr0|甲\t乙>\n"},
		{"spans of any size", `<table><tr><td colspan=99999999>甲<td>乙<td rowspan=-1>丙<tr><td>丁<td colspan=x>戊</table>`, "<tr0|甲\t乙\t丙>\n<tr0|丁\t戊>\n"},
		{"columns that count on", `<table><caption>表</caption><tr><th>机长</th><th>副手</th></tr><tr><td>1、验纸；</td><td>1、装纸；</td></tr><tr><td>2、签样。<br>3、清洗。</td><td>2、加油。</td></tr><tr><td>4、交班。</td><td></td></tr></table>`,
			"表\n<h6|机长>\n1、验纸；\n2、签样。\n3、清洗。\n4、交班。\n<h6|副手>\n1、装纸；\n2、加油。\n"},
		{"columns of whole lists", `<table><tr><td>机长</td><td>副手</td></tr><tr><td><ol><li>验纸<li>签样</ol></td><td><ul><li>装纸<li>加油</ul></td></tr></table>`, "<h6|机长>\n<li1|[1. ]验纸>\n<li1|[2. ]签样>\n<h6|副手>\n<li1|装纸>\n<li1|加油>\n"},
		{"rows that begin anew stay rows", `<table><tr><th>职责</th><th>资格</th></tr><tr><td>1、验纸<br>2、签样</td><td>1、大专<br>2、三年</td></tr><tr><td>1、装纸</td><td>1、中专</td></tr></table>`, "<tr0|职责\t资格>\n<tr0|1、验纸\n2、签样\t1、大专\n2、三年>\n<tr0|1、装纸\t1、中专>\n"},
		{"a hidden row stays hidden", `<table><tr><th>机长</th><th>副手</th></tr><tr><td>1、验纸</td><td>1、装纸</td></tr><tr hidden><td>2、签样</td><td>2、加油</td></tr><tr><td>三</td><td>四</td></tr></table>`, "<tr0|机长\t副手>\n<tr0|1、验纸\t1、装纸>\n<tr0|三\t四>\n{hidden|2、签样 2、加油}\n"},
		{"a column of labels stays by row", `<table><tr><th>岗位</th><th>职责</th></tr><tr><td>机长</td><td>1、验纸<br>2、签样</td></tr></table>`, "<tr0|岗位\t职责>\n<tr0|机长\t1、验纸\n2、签样>\n"},
		{"sheets side by side", `<table><caption>表</caption><tr><th>岗位</th><th>仓库主管</th><th>销售经理</th></tr><tr><td>人数</td><td>1</td><td></td></tr><tr><td>岗位职责</td><td>1、盘点<br>2、发料</td><td><p>1、报价</p><p>2、签约</p></td></tr></table>`,
			"表\n<tr0|岗位\t仓库主管>\n<tr0|人数\t1>\n<tr0|岗位职责\t1、盘点\n2、发料>\n<tr0|[岗位]\t销售经理>\n<tr0|[岗位职责]\t1、报价\n2、签约>\n"},
		{"sheets below a blank corner", `<table><tr><td></td><td>仓库主管</td><td>销售经理</td></tr><tr><td>主要职责：</td><td>盘点</td><td>报价</td></tr></table>`,
			"<job0|仓库主管>\n<tr0|主要职责：\t盘点>\n<job0|销售经理>\n<tr0|[主要职责]\t报价>\n"},
		{"sheets below another word", `<table><tr><td>项目</td><td>仓库主管</td><td>销售经理</td></tr><tr><td>主要职责</td><td>盘点</td><td>报价</td></tr></table>`,
			"项目\n<job0|仓库主管>\n<tr0|主要职责\t盘点>\n<job0|销售经理>\n<tr0|[主要职责]\t报价>\n"},
		{"a form of pairs stays by row", `<table><tr><td>岗位</td><td>仓库主管</td><td>部门</td><td>仓储部</td></tr><tr><td>岗位职责</td><td>盘点</td><td>任职要求</td><td>大专</td></tr></table>`,
			"<tr0|岗位\t仓库主管\t部门\t仓储部>\n<tr0|岗位职责\t盘点\t任职要求\t大专>\n"},
		{"labels that are no headings stay by row", `<table><tr><td>项目</td><td>仓库主管</td><td>销售经理</td></tr><tr><td>一月</td><td>盘点</td><td>报价</td></tr></table>`,
			"<tr0|项目\t仓库主管\t销售经理>\n<tr0|一月\t盘点\t报价>\n"},
		{"numbered rows stay rows", `<table><tr><th>序号</th><th>职责</th></tr><tr><td>1、</td><td>验纸</td></tr><tr><td>2、</td><td>签样</td></tr></table>`, "<tr0|序号\t职责>\n<tr0|1、\t验纸>\n<tr0|2、\t签样>\n"},
		{"text in the wrong place", `<table>迷路<tr><td>甲</td><td>乙</td></tr></table>`, "迷路\n<tr0|甲\t乙>\n"},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.html, c.want) })
	}
}

func TestDropped(t *testing.T) {
	for _, c := range []struct{ name, html, want string }{
		{"hidden attribute", `<p>` + long + `</p><div hidden>暗<br>文</div><p>完</p>`, long + "\n{hidden|暗 文}\n完\n"},
		{"hidden styles", `<p>` + long + `</p><p style="display: none !important">一</p><p style="visibility:hidden">二</p><p style="FONT-SIZE:0px">三</p><p style="font-size:0.9em">四</p><p aria-hidden=true>五</p>`,
			long + "\n{hidden|一}\n{hidden|二}\n{hidden|三}\n四\n{hidden|五}\n"},
		{"hidden inside a sentence follows its block", `<p>负责<span style="display:none">水印</span>采购。` + long + `</p><p>完</p>`, "负责采购。" + long + "\n{hidden|水印}\n完\n"},
		{"hidden in a cell follows its row", `<p>` + long + `</p><table><tr><td>岗<i hidden>x</i>位</td><td>出纳</td></tr></table>`, long + "\n<tr0|岗位\t出纳>\n{hidden|x}\n"},
		{"hidden first", `<div hidden>暗文</div><p>` + long + `</p>`, "{hidden|暗文}\n" + long + "\n"},
		{"what is most of the page is not hidden", `<p>展开全文</p><div style="display:none">` + long + `</div>`, "展开全文\n" + long + "\n"},
		{"nav", `<nav><a href=/>首页</a> <a href=/a>范文</a></nav><p>` + long + `</p>`, "{navigation|首页 范文}\n" + long + "\n"},
		{"menu of links", `<ul><li><a href=/>首页</a><li><a href=/a>范文</a><li><a href=/b>总结</a></ul><p>` + long + `</p>`, "{navigation|首页\n范文\n总结}\n" + long + "\n"},
		{"links behind the text", `<p>` + long + `</p><ul><li><a href=/1>出纳岗位职责</a> 03-10<li><a href=/2>会计岗位职责</a> 03-11<li><a href=/3>文员岗位职责</a></ul>`,
			long + "\n{related|出纳岗位职责 03-10\n会计岗位职责 03-11\n文员岗位职责}\n"},
		{"contents", `<div><a href=#1>篇一</a><a href=#2>篇二</a><a href=#3>篇三</a></div><p>` + long + `</p>`, "{contents|篇一篇二篇三}\n" + long + "\n"},
		{"breadcrumb", `<div>位置：<a href=/>首页</a> &gt; <a href=/a>职责</a> &gt; 正文</div><p>` + long + `</p>`, "{navigation|位置：首页 > 职责 > 正文}\n" + long + "\n"},
		{"class words", `<div class="top-Nav">甲</div><div id=adBox2>乙</div><div class=canvas>丙</div><div class=copyright>丁</div><div class=advice>戊</div><p>` + long + `</p>`,
			"{navigation|甲}\n{advertisement|乙}\n丙\n{legal|丁}\n戊\n" + long + "\n"},
		{"footer", `<p>` + long + `</p><footer>某站 版权所有</footer>`, long + "\n{footer|某站 版权所有}\n"},
		{"a class never drops the text", `<div class="share nav ad">` + long + `</div><p>完</p>`, long + "\n完\n"},
		{"a long part is no advertisement", `<div class=ad>` + long + `</div><p>` + long + long + `</p>`, long + "\n" + long + long + "\n"},
		{"duties with links in them stay", `<p>` + long + `</p><ul><li>负责<a href=/a>采购</a>合同的签订与归档<li>负责<a href=/b>仓库</a>的日常盘点工作<li>负责<a href=/c>供应商</a>的年度评审</ul>`,
			long + "\n<li1|负责采购合同的签订与归档>\n<li1|负责仓库的日常盘点工作>\n<li1|负责供应商的年度评审>\n"},
		{"linked sentences stay", `<p>` + long + `</p><ul><li><a href=/a>负责采购，签订合同；</a><li><a href=/b>负责仓库，每月盘点；</a><li><a href=/c>负责评审，编写报告。</a></ul>`,
			long + "\n<li1|负责采购，签订合同；>\n<li1|负责仓库，每月盘点；>\n<li1|负责评审，编写报告。>\n"},
		{"style sheet", `<style>/* x */ .a, #b{color:red;Display: none !important} @media print{.c{display:none}} .d{display:none} .d.on{display:block}</style><p>` + long + `</p><p class="x a">甲</p><p id=b>乙</p><p class=c>丙</p><p class=d>丁</p>`,
			long + "\n{hidden|甲}\n{hidden|乙}\n丙\n丁\n"},
		{"a style sheet hides no long part", `<style>.a{display:none}</style><p>` + long + long + `</p><div class=a>` + long + `</div>`, long + long + "\n" + long + "\n"},
		{"heading of links", `<p>` + long + `</p><div><h3>看过它的人还看了</h3><ul><li><a href=/1>仓储主管</a><li><a href=/2>剪辑助理</a><li><a href=/3>会计主管</a></ul></div>`,
			long + "\n{related|看过它的人还看了\n仓储主管\n剪辑助理\n会计主管}\n"},
		{"column beside the text", `<table><tr><td>` + long + long + `</td><td>新到<br>·吊装方案<br>·养护要点</td></tr></table>`, long + long + "\n{related|新到\n·吊装方案\n·养护要点}\n"},
		{"a column of items stays", `<table><tr><td>` + long + long + `</td><td>资格<br>1、大专<br>2、三年经验</td></tr></table>`, long + long + "\n资格\n1、大专\n2、三年经验\n"},
		{"labels in brackets", `<p>` + long + `</p><p>[打印] [关闭]</p><p>【<a href=#>大</a> <a href=#>小</a>】【纠错】</p><p>【任职资格】</p>`,
			long + "\n{navigation|[打印] [关闭]}\n{navigation|【大 小】【纠错】}\n【任职资格】\n"},
		{"two links below everything", `<p>` + long + `</p><ul class=ft><li><a href=/map>地图</a><li><a href=/rss>订阅</a></ul>`, long + "\n{navigation|地图\n订阅}\n"},
		{"two links inside the text stay", `<p>` + long + `</p><p><a href=/1>附件一</a><a href=/2>附件二</a></p><p>` + long + `</p>`, long + "\n附件一附件二\n" + long + "\n"},
		{"a closed dialog", `<p>` + long + `</p><dialog>登录后可见</dialog><dialog open>通知</dialog>`, long + "\n{hidden|登录后可见}\n通知\n"},
		{"what is not shown parts no line", `<div>` + long + `甲<div hidden>暗</div>乙</div>`, long + "甲乙\n{hidden|暗}\n"},
		{"controls", `<p>` + long + `<button>复制</button>完</p><select><option>甲<option>乙</select>`, long + "完\n{navigation|复制}\n{navigation|甲 乙}\n"},
		{"a form around the page", `<form class=search><p>` + long + `</p><input type=hidden value=x></form>`, long + "\n"},
		{"header with the title stays", `<header class=banner><h1>仓管员职责</h1><a href=/>首页</a></header><p>` + long + `</p>`, "<h1|仓管员职责>\n首页\n" + long + "\n"},
	} {
		t.Run(c.name, func(t *testing.T) { checkHTML(t, c.html, c.want) })
	}
}

// Pages that no tree should be built of are read as a row of tags.
func TestTooDeep(t *testing.T) {
	deep := strings.Repeat("<div>", 100_000)
	for name, html := range map[string]string{
		"nested": deep + "<p>验收</p><table><tr><td>甲</td><td>乙</td></tr></table><ol start=3><li>发料<li>盘点<li>9、归档</ol><script>x</script>",
		"reopened formatting": strings.Repeat("<font a=1><font b=2><font c=3><i x=1>", 400) + strings.Repeat("<p>", 20_000) +
			"<p>验收</p><table><tr><td>甲</td><td>乙</td></tr></table><ol start=3><li>发料<li>盘点<li>9、归档</ol>",
	} {
		look := Scan("<html><title>职责_某某网</title>" + html)
		r := look.Read()
		if err := pagetest.Check(r.Page); err != nil {
			t.Error(err)
		}
		if want := "验收\n甲\t乙\n<li1|[3. ]发料>\n<li1|[4. ]盘点>\n<li1|9、归档>\n"; pagetest.Show(r.Page) != want {
			t.Errorf("%s: %q", name, pagetest.Show(r.Page))
		}
		if !r.TooDeep || r.Title != "职责_某某网" {
			t.Errorf("%s: too deep %v, title %q", name, r.TooDeep, r.Title)
		}
	}
}
