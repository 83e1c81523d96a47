package normalize_test

import (
	"slices"
	"testing"

	"zhize/document"
	"zhize/normalize"
)

// untouched are fragments that every rule leaves as they are, wherever they
// stand: as an item, as a heading and as a field.
var untouched = []string{
	// times, dates, ranges
	"9:30——11:30", "9:00-18:00", "上午9:30到岗", "8:30～17:30", "每周一8:00例会", "09:00—12:00，13:30—18:00", "2-3年工作经验", "3～5人", "20-35岁", "2019.09.01", "2020-01-05", "2021/3/8", "2019年1月-3月", "3月15日前", "第3-5章",
	// numbers
	"3.5万元", "1,000元", "12,345.67元", "1.5%", "99.99%可用", "3:1配比", "男女比例1:1", "1:50000地形图", "误差±0.5mm", "完成率≥95%", "100%达标", "50%以上", "0.618法", "第1.2款", "-5℃", "1/3以上", "2的10次方", "3×4米", "7×24小时", "7*24小时", "5+2", "T+1结算", "N+1补偿", "5S管理", "六西格玛6σ",
	// addresses, files, commands
	"http://example.com/a,b", "https://example.com/a?b=1&c=2", "网址www.example.com", "example.com/职位?页=2", "hr@example.com", "投递至hr@example.com，谢谢", "ftp://example.com:21/报表", "10.0.0.1:8080", "C:\\data\\报表", "/usr/local/bin", "report.v2.docx", "报表(终稿).xlsx", "pip install requests", "for(;;)", "a,,b", "{\"名称\":\"值\"}", "git commit -m \"fix\"", "SELECT a,b FROM t;", "x[i,j]", "key:value",
	// Latin words and names
	"C++", "C#", ".NET", "熟悉.NET框架", "主流的.NET框架", "熟悉C/C++、C#", "A/B测试", "4S店", "B2B", "O2O", "Node.js", "熟悉Node.js、Vue.js", "Spring Boot 2.x", "v1.2.3", "Python3.8", "ISO9001:2015", "GB/T 19001-2016", "802.11b/g/n", "TCP/IP", "AT&T", "R&D", "Q&A", "P&L", "SQL Server 2012", "e.g.", "i.e. this", "etc.", "Mr. Smith", "U.S.A.", "Ph.D.", "熟悉 Java 开发", "使用 Excel 和 PPT 汇报", "熟悉 Linux、Shell", "iOS / Android 开发", "PMP 证书优先", "Good communication, team work; self-driven.", "Responsible for A, B and C.", "Is this it? Yes!", "Proficient in English (CET-6).", "Fluent in English (oral, written), German a plus.", "Focus (30%): research", "Fuel cells (PEM); structures", "f(x);", "Strong skills: reading, writing", "系统(system)", "分析(analysis)", "客户(de)", "软件(Word)", "需求(PRD)", "模型(model)设计", "经理(manager)", "法人(ren)",
	// marks that stand rightly
	"的…", "良好的……", "有潜力的“种子”客户", "的'90后'群体", "崇尚的'工匠'精神", "《劳动法》", "熟悉《公司法》、《合同法》", "“三重一大”制度", "‘一对一’辅导", "「早会」制度", "【加分项】", "（含税）", "（9:00-18:00）", "(1)", "(a)", "（CET-6）", "真棒！！", "真的吗？？", "——持续改进", "沟通、协调——两者并重", "待续…", "等等……", "培训，考核；归档。", "张三·李四", "接听、登记、转交", "100分（含）以上", "“负责人：张三”", "研发/测试", "研发—测试—上线", "甲方、乙方",
	// phone numbers, formulas
	"010-12345678", "+86 138 0000 0000", "400-800-1234转2", "H2SO4", "Ca(OH)2", "CO2排放", "Na+、Cl-", "Fe(II)", "E=mc2", "pH 7.0", "y=f(x,z)", "10^-3", "25 ℃", "220V/50Hz", "3 kg",
	// spaces that part
	"沟通能力 团队合作", "负责 任职要求", "统计学 数学 社会学", "招聘 培训 考核", "计算机 通信 电子", "北京 上海 广州", "五险一金 带薪年假 节日福利", "销售 及时响应", "产地 上海", "客户 等待时间", "熟悉业务 和平相处", "目的 清楚", "执行 行政命令", "高中 中专 大专", "双休 不加班", "男 18-30岁", "本科 3年", "1 名", "3人 学历不限", "附件 1", "任务 A", "王经理 138", "周末 双休", "管理 理论", "设计 计划",
	// bullets and other signs
	"？熟悉主流框架", "★ 优先", "● 熟悉Linux", "✓ 完成", "→ 转交", "※ 注意", "A、B、C三类", "①②③", "Ⅰ级", "No.1", "№5", "§3", "©", "5★酒店", "60㎡", "工资￥5000", "＄100", "团队氛围好👨‍👩‍👧", "🏳️‍🌈", "👍🏻", "❤️‍🔥", "加油！💪",
	// lost bullets, encodings
	"熟悉框架?良好的习惯?熟练使用Git?具备经验的",
	// Taiwan and Hong Kong
	"建立客戶關係", "軟體工程師", "資訊安全", "專案管理與品質控管", "協助處理行政業務", "每週彙整報表", "維護網路設備", "後勤支援", "採購作業", "標準化流程", "薪資：面議", "負責門市營運、人員排班與庫存管理",
	"跟進客戶訂單與出貨進度", "公司於2010年成立", "熟悉Office軟體（Word、Excel）", "負責醫院覆診預約", "月休八天，享勞健保", "製作會議紀錄並歸檔", "須配合輪班", "熟諳粵語、英語及普通話", "具備會計文憑（LCC Level 2）", "上班地點：觀塘／旺角", "處理客戶查詢及投訴", "有薪年假12日、雙糧",
	// more of times, dates and ranges
	"9:30-11:30，14:00-17:30", "周一至周五（9:00——18:00）", "早班7:30~15:30", "24:00前", "10：00-19：00", "2~3年", "1至2年", "3-5人/组", "18—45周岁", "2024-01-01至2024-12-31", "2023/12/31 23:59:59", "Q1、Q2", "T-3日", "5月1日—5日", "第1-3季度", "周一、三、五", "12:00", "1:1.5", "D+3", "2:00pm", "上午8:00—11:30；下午2:00—5:30",
	// more of numbers, units and measures
	"0.5个百分点", "12.5%-15.8%", "≤3‰", "1,234,567.89", "¥3,000.00", "$1,500/月", "8,000～12,000元/月", "8k-12k", "15薪", "1.5w", "2.5T/h", "380V±10%", "Φ20mm×1.5m", "3/4英寸", "15\"显示器", "15\"、17\"显示器各一台", "5'6\"", "-18℃以下", "60dB(A)", "100㎡以内", "0.1μm", "1000+家门店", "≥3次/周", "1次/2周", "30’", "4:3画幅", "No.3厂房", "#5机组", "3#楼", "220kV及以下", "A4纸", "1.8×2.0m", "2³=8",
	// more of addresses, commands and code
	"https://www.example.com/jobs?id=3&lang=zh#top", "www.example.com.cn", "HR_zhaopin@mail.example.com.cn", "hr@example.com;admin@example.com", "example.com?a=1&lt=3", "192.168.1.1/24", "::1", "D:\\资料\\2024(新)\\表1.xls", "~/.bashrc", "a.b.c(d)", "if (a[i] > 0) { return; }", "printf(\"值:%d\\n\", x);", "<div class=\"名称\">", "name=\"张三\"", "$(\"#表单\").show()", "[1,2,3]", "dict[\"键\"]", "arr[0]", "{1,2}", "x := 3;", "SELECT \"名称\" FROM t", "echo \"你好\"", "@Override", "#include <stdio.h>", "&nbsp 占位", "C:\\导出(新)", "&foo;", "a&b;c", "AT&T;", "R&D;", "&#xD800;", "&#0;", "&#99999999;", "&;", "Q&A;B&B", "*.txt", "readme(1).md", "合同[2024]3号.pdf", "方案V2.0(修订).docx", "IMG_0001.JPG",
	// more of Latin words and names
	"ASP.NET Core", "VB.NET/C#.NET", "Objective-C++", "C/S、B/S架构", "a/b实验", "TypeScript 5.x", "Java 8+", "Android 4.4～13", "JDK1.8", "CentOS 7.9", "HTML5+CSS3", "Redis/MQ", "CAD(2D/3D)", "PLC（S7-200/300）", "H.264", "O'Reilly", "L'Oréal", "don't", "A.M./P.M.", "P.S.", "vs.", "U.S. GAAP", "Inc., Ltd.", "et al.", "SAP(FI/CO)", "ERP(SAP)系统", "SPSS、Stata、R", "Word、Excel、PPT", "Word,Excel,PPT", "Photoshop/Illustrator/InDesign", "PS、AI、CDR等", "MySQL(5.7+)", "What's new?", "\"Hello, world\"", "Team player (\"can do\" attitude)", "the \"best\" price", "（Good team player, self-motivated.）", "(Fluent in English; Japanese is a plus.)", "(e.g. Word, Excel)", "负责对外合作（business development）", "ISO 14001:2015、ISO 45001:2018", "IATF16949", "GMP/GSP", "3C认证", "5G", "AI+教育", "K12", "KPI(30%)",
	// more of marks, names and brackets
	"阿卜杜拉·买买提", "列夫·托尔斯泰", "让-雅克·卢梭", "王·A·伟", "“工匠”精神", "“放管服”、“双随机”改革", "‘传帮带’", "『早课』", "《<公司法>解读》", "〔2024〕5号", "［注］", "〖附〗", "（一）", "（1）", "（1)", "1)", "a)", "(i)", "(1)(2)", "（a）（b）", "①登记②转交", "1）登记", "（含税", "含税)", "(含税", "【加分", "加分]", "他说:)", "辛苦了;-)", "笑一笑^_^", "(≧▽≦)", "(*^▽^*)", "\\(^o^)/", "T_T", "f(x)=（x+1)", "y=（a+b)c", "\"工匠", "工匠\"", "的\"匠人，\"匠心", "——", "－－", "沟通——协调——落实", "……", "等。。。", "不。。。不是", "？！", "！！！", "～～", "※※", "|", "甲|乙", "招聘／培训", "①", "Ⅲ类", "⑴", "㈠", "℡", "✅", "🎉🎉", "🇨🇳", "1️⃣", "☎010-88886666", "📞 13800000000", "❤", "☆☆☆", "\uf06c登记来电", "登记；\uf06c 转交", "岗位职责\uf0b7 登记", "薪资\ue603\ue60a\ue601元",
	// more of telephones
	"(010)88886666", "（0755）8888-6666", "86-21-66668888-801", "138-0000-0000", "138 0000 0000", "微信同号：13800000000", "QQ:123456", "分机8001/8002",
	// ordinary sentences
	"负责公司客户服务体系的建立与完善", "完成上级交办的其他工作", "对所辖区域的销售指标负责；", "组织编制年度预算，并监督执行。", "及时处理客户的投诉与建议", "了解市场动态，收集竞争对手信息", "确保账物相符", "检查、督促各班组落实安全生产责任制",
	"十二个月以内", "一、二级资质", "三下乡", "第三方检测", "五级四类", "二手车", "大、中、小班", "甲、乙、丙级",
}

// TestListsStaySpaced has pages whose entries spaces part, where some tear a word
// of their neighbours by accident.
func TestListsStaySpaced(t *testing.T) {
	for _, text := range []string{
		"负责招聘 用工管理，办理入职与离职手续。\n负责生产 品质管理，提出改善建议并跟踪落实。\n负责财会 计划管理，按时上报各类报表。\n负责培训 考核与薪酬核算。",
	} {
		if edits, _ := normalize.Characters(text, dictionary{}); len(edits) > 0 {
			t.Errorf("%q: %s", text, show(edits))
		}
	}
}

func TestUntouched(t *testing.T) {
	if n := len(slices.Compact(slices.Sorted(slices.Values(untouched)))); n < 460 || n != len(untouched) {
		t.Errorf("%d fragments, %d of them different", len(untouched), n)
	}
	for _, text := range untouched {
		for _, kind := range []normalize.PartKind{normalize.Item, normalize.Heading, normalize.Field} {
			got, edits, _ := repaired(t, text, kind, kind == normalize.Item)
			// A sentence in English may end in etc. and an item in a dot.
			if got != text {
				t.Errorf("as %d: %q becomes %q by %s", kind, text, got, show(edits))
			}
		}
	}
}

// TestPartsBoundRules holds that a rule sees its part alone: what stands
// beyond the border changes nothing, and no edit reaches over it.
func TestPartsBoundRules(t *testing.T) {
	for _, text := range untouched {
		for _, around := range []string{"的", "负责,", " ", "。\n", "(", ")", ".", "系统 "} {
			whole := around + text + around
			part := normalize.Part{Span: document.Span{Start: len(around), End: len(around) + len(text)}}
			if edits, _ := normalize.Texts(whole, []normalize.Part{part}, dictionary{}); len(edits) > 0 {
				t.Errorf("%q inside %q: %s", text, around, show(edits))
			}
		}
	}
}

// TestNumbersAndLatinStay joins fragments into sentences: no edit's span
// holds a letter or a digit.
func TestNumbersAndLatinStay(t *testing.T) {
	for i, text := range untouched {
		for _, join := range []string{"，", ",", "; ", "。\n", " "} {
			line := "负责" + text + join + untouched[(i*7+3)%len(untouched)] + join + "并定期汇报"
			_, edits, _ := repaired(t, line, normalize.Item, true)
			for _, e := range edits {
				if slices.ContainsFunc([]byte(e.Before), func(c byte) bool {
					return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
				}) {
					t.Errorf("%q: %s takes away %q", line, e.Rule, e.Before)
				}
			}
		}
	}
}
