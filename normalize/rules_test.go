package normalize_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"zhize/document"
	"zhize/index/jieba"
	"zhize/normalize"
)

// dictionary is the evidence that the program itself has.
type dictionary struct{}

func (dictionary) Word(s string) bool { return jieba.Default().Has(s) }

// repaired is a text after the two tables, and what they did to it.
func repaired(t testing.TB, text string, kind normalize.PartKind, followed bool) (after string, edits, suggested []document.Edit) {
	t.Helper()
	edits, _ = normalize.Characters(text, dictionary{})
	after, err := document.Apply(text, edits)
	if err != nil {
		t.Fatal(err)
	}
	part := normalize.Part{Span: document.Span{End: len(after)}, Kind: kind, Followed: followed}
	more, suggested := normalize.Texts(after, []normalize.Part{part}, dictionary{})
	if after, err = document.Apply(after, more); err != nil {
		t.Fatal(err)
	}
	return after, slices.Concat(edits, more), suggested
}

func show(edits []document.Edit) string {
	var out []string
	for _, e := range edits {
		out = append(out, fmt.Sprintf("%s[%s>%s]", e.Rule, e.Before, e.After))
	}
	return strings.Join(out, " ")
}

func TestRulesByExample(t *testing.T) {
	const wide = "\u3000"
	tests := []struct{ rule, before, after, edits string }{
		{"entity", "登记&nbsp;转交", "登记\u00a0转交", "entity[&nbsp;>\u00a0]"},
		{"entity", "采购&amp;nbsp;部", "采购\u00a0部", "entity[&amp;nbsp;>\u00a0]"},
		{"entity", "研发&amp;amp;测试", "研发&测试", "entity[&amp;amp;>&]"},
		{"entity", "AT&amp;T", "AT&T", "entity[&amp;>&]"},
		{"entity", "&lt;部门&gt;&quot;", "<部门>\"", "entity[&lt;><] entity[&gt;>>] entity[&quot;>\"]"},
		{"entity", "&#8226;登记&#x2022;转交&#149;", "•登记•转交•", "entity[&#8226;>•] entity[&#x2022;>•] entity[&#149;>•]"},
		{"entity", "张三&middot;李四&hellip;", "张三·李四…", "entity[&middot;>·] entity[&hellip;>…]"},

		{"invisible", "每日\u200b核对工单", "每日核对工单", "invisible[\u200b>]"},
		{"invisible", "\ufeff登记来电", "登记来电", "invisible[\ufeff>]"},
		{"invisible", "登记\u00ad来电\x07", "登记来电", "invisible[\u00ad>] invisible[\x07>]"},
		{"invisible", "登记来电\u2028Excel", "登记来电 Excel", "invisible[\u2028> ]"},
		{"invisible", "\u202a登记\u202c", "登记", "invisible[\u202a>] invisible[\u202c>]"},
		{"invisible", "值班\u200d员", "值班员", "invisible[\u200d>]"},

		{"private-use", "登记\ue5e5来访人员", "登记来访人员", "private-use[\ue5e5>]"},
		{"private-use", "登记来访人员\ue004\ue004", "登记来访人员", "private-use[\ue004\ue004>]"},
		{"private-use", "登\uf06c记来访人员", "登记来访人员", "private-use[\uf06c>]"},
		{"private-use", "登记\U000f0001来访", "登记来访", "private-use[\U000f0001>]"},

		{"pinyin", "说(shuō)明书", "说明书", "pinyin[(shuō)>]"},
		{"pinyin", "说（shuō）明书", "说明书", "pinyin[（shuō）>]"},
		{"pinyin", "岗位的(de)职责", "岗位的职责", "pinyin[(de)>]"},
		{"pinyin", "行(háng)业和行(xíng)程", "行业和行程", "pinyin[(háng)>] pinyin[(xíng)>]"},
		{"pinyin", "绿( lǜ )化", "绿化", "pinyin[( lǜ )>]"},

		{"traditional", "負責售后聯系和採購", "负责售后联系和采购", "traditional[負>负] traditional[責>责] traditional[聯>联] traditional[採>采] traditional[購>购]"},

		{"rewritten", "完成领导交办旳工作", "完成领导交办的工作", "rewritten[旳>的]"},

		{"spaced-letters", "营 销 总 部", "营销总部", "spaced-letters[ >] spaced-letters[ >] spaced-letters[ >]"},
		{"spaced-letters", "协助 经 理 人 做好预算", "协助 经理人 做好预算", "spaced-letters[ >] spaced-letters[ >]"},

		{"slogan", "负责精选优质文档-----倾情为你奉上门店的盘点", "负责门店的盘点", "slogan[精选优质文档-----倾情为你奉上>]"},
		{"slogan", "相关精选优质文档-----倾情为你奉上专业优先", "相关专业优先", "slogan[精选优质文档-----倾情为你奉上>]"},
		{"slogan", "专心---专注---专业核对库存", "核对库存", "slogan[专心---专注---专业>]"},
		{"vertical", "岗\n位\n职\n责\n接听电话", "岗位职责接听电话", "vertical[\n>] vertical[\n>] vertical[\n>] broken-line[\n>]"},
		{"vertical", "岗\n位\n职\n责\t接听电话", "岗位职责：接听电话", "vertical[\n>] vertical[\n>] vertical[\n>] broken-line[\t>：]"},
		{"vertical", "职\n\n责\n 一", "职责一", "vertical[\n\n>] vertical[\n >]"},
		{"page-footer", "每日登记来第 3 页 共 12 页访人员", "每日登记来访人员", "page-footer[第 3 页 共 12 页>]"},
		{"page-footer", "每日登记来\n第3页，共12页\n访人员", "每日登记来访人员", "page-footer[\n第3页，共12页\n>]"},
		{"page-footer", "每日登记来\n第\u00a03\u00a0页 共\u00a012\u00a0页\n访人员", "每日登记来访人员", "page-footer[\n第\u00a03\u00a0页 共\u00a012\u00a0页\n>]"},
		{"page-footer", "每日登记来\n- 3 -\n访人员的去向", "每日登记来访人员的去向", "page-footer[\n- 3 -\n>]"},
		{"page-footer", "检查设备后填写点\n 3 / 12\n检记录并签字", "检查设备后填写点检记录并签字", "page-footer[\n 3 / 12\n>]"},

		{"inserted-mark", "有潜力的.客户", "有潜力的客户", "inserted-mark[.>]"},
		{"inserted-mark", "良好的'关系", "良好的关系", "inserted-mark['>]"},

		{"cut-sentence", "在客服部。\n主管的指导下处理投诉", "在客服部主管的指导下处理投诉", "cut-sentence[。\n>]"},
		{"cut-sentence", "每日，在班长。\n的安排下巡查", "每日，在班长的安排下巡查", "cut-sentence[。\n>]"},

		{"broken-line", "定期回访客户\n并形成记录", "定期回访客户并形成记录", "broken-line[\n>]"},
		{"broken-line", "定期回访客户 \n " + wide + "并形成记录", "定期回访客户并形成记录", "broken-line[ \n " + wide + ">]"},
		{"broken-line", "熟悉 Spring\nBoot", "熟悉 Spring Boot", "broken-line[\n> ]"},
		{"broken-line", "所属部门\t客服部", "所属部门：客服部", "broken-line[\t>：]"},
		{"broken-line", "核对本日全部出入库单据\t保管员", "核对本日全部出入库单据 保管员", "broken-line[\t> ]"},

		{"wrap-space", "做好登记 ，按月上报 。", "做好登记，按月上报。", "wrap-space[ >] wrap-space[ >]"},
		{"wrap-space", "认真执 行制度", "认真执行制度", "wrap-space[ >]"},
		{"wrap-space", "确认更 衣室无人", "确认更衣室无人", "wrap-space[ >]"},
		{"wrap-space", "遵守公司的 规定", "遵守公司的规定", "wrap-space[ >]"},
		{"wrap-space", "设备 的保养", "设备的保养", "wrap-space[ >]"},
		{"wrap-space", "接听电话， 登记来电", "接听电话，登记来电", "wrap-space[ >]"},
		{"wrap-space", "接听电话；" + wide + "登记来电", "接听电话；登记来电", "wrap-space[" + wide + ">]"},

		{"doubled-mark", "接听电话；。", "接听电话；", "doubled-mark[。>]"},
		{"doubled-mark", "接听电话;；", "接听电话；", "width[;>；] doubled-mark[；>]"},
		{"doubled-mark", "登记投诉，，转交", "登记投诉，转交", "doubled-mark[，>]"},
		{"doubled-mark", "登记投诉。。", "登记投诉。", "doubled-mark[。>]"},
		{"doubled-mark", "登记投诉，。", "登记投诉。", "doubled-mark[，>]"},

		{"dot", "接听电话.", "接听电话。", "dot[.>。]"},
		{"dot", "产品.服务.流程等知识", "产品、服务、流程等知识", "dot[.>、] dot[.>、]"},
		{"dot", "组织培训.并完成考核", "组织培训，并完成考核", "dot[.>，]"},
		{"dot", "查看设备. 及时报修", "查看设备，及时报修", "dot[. >，]"},

		{"dot", "漏检率不超过千分之三.", "漏检率不超过千分之三。", "dot[.>。]"},
		{"dot", "对投诉进行跟踪.记录、协调", "对投诉进行跟踪、记录、协调", "dot[.>、]"},

		{"dangling-colon", "完成客户资料的登记、整理和归档:", "完成客户资料的登记、整理和归档。", "dangling-colon[:>。]"},
		{"dangling-colon", "每周核对库存，差异上报仓储主管：", "每周核对库存，差异上报仓储主管。", "dangling-colon[：>。]"},

		{"width", "接听电话,登记投诉;", "接听电话，登记投诉；", "width[,>，] width[;>；]"},
		{"pairs", "费用(含差旅费)", "费用（含差旅费）", "pairs[(>（] pairs[)>）]"},
		{"width", "职责:接听电话", "职责：接听电话", "width[:>：]"},
		{"width", "熟悉Java,了解Go", "熟悉Java，了解Go", "width[,>，]"},
		{"width", "电话:010-1234", "电话：010-1234", "width[:>：]"},
		{"width", "接听电话, 登记投诉", "接听电话，登记投诉", "width[, >，]"},
		{"width", "你是否热爱销售?快来加入!", "你是否热爱销售？快来加入！", "width[?>？] width[!>！]"},
		{"pairs", "费用（含差旅费)和押金(含利息）", "费用（含差旅费）和押金（含利息）", "pairs[)>）] pairs[(>（]"},
		{"pairs", "1)登记费用(含差旅费）", "1)登记费用（含差旅费）", "pairs[(>（]"},
		{"pairs", "通过六级(CET-6）者优先", "通过六级（CET-6）者优先", "pairs[(>（]"},
		{"pairs", "常用软件（Word、Excel)", "常用软件（Word、Excel）", "pairs[)>）]"},
		{"pairs", "费用（含(税)费)", "费用（含（税）费）", "pairs[(>（] pairs[)>）] pairs[)>）]"},
		{"pairs", "【加分项]有证书", "【加分项】有证书", "pairs[]>】]"},
		{"pairs", "弘扬\"工匠\"精神", "弘扬“工匠”精神", "pairs[\">“] pairs[\">”]"},
		{"pairs", "落实\"三重一大\"、\"一岗双责\"制度", "落实“三重一大”、“一岗双责”制度", "pairs[\">“] pairs[\">”] pairs[\">“] pairs[\">”]"},
		{"pairs", "树立“工匠\"精神", "树立“工匠”精神", "pairs[\">”]"},
		{"pairs", "费用(含(税)费)", "费用（含（税）费）", "pairs[(>（] pairs[(>（] pairs[)>）] pairs[)>）]"},
	}
	seen := map[string]bool{}
	for _, tt := range tests {
		seen[tt.rule] = true
		got, edits, _ := repaired(t, tt.before, normalize.Item, true)
		if got != tt.after || show(edits) != tt.edits {
			t.Errorf("%s: %q\n got %q %q\nwant %q %q", tt.rule, tt.before, got, show(edits), tt.after, tt.edits)
		}
		for _, e := range edits {
			if e.Rule == "" || e.Confidence < 0.9 || e.Evidence.Basis == "" {
				t.Errorf("%s: %q: edit %+v is not explained", tt.rule, tt.before, e)
			}
		}
	}
	made := map[string]bool{"words": true, "slip": true, "gap": true, "spaced-number": true, "doubled-number": true, "number-gap": true, "page-number": true, "line-token": true, "anti-copy": true}
	for _, r := range normalize.Rules() {
		if !seen[r.Name] && !made[r.Name] {
			t.Errorf("rule %s has no example", r.Name)
		}
	}
}

// TestColonOfAPartStays holds what a colon at a part's end needs to be taken
// for a slip.
func TestColonOfAPartStays(t *testing.T) {
	const slip = "每周核对库存，差异上报仓储主管："
	for _, tt := range []struct {
		name, text string
		kind       normalize.PartKind
		followed   bool
	}{
		{"nothing follows", slip, normalize.Item, false},
		{"a heading", slip, normalize.Heading, true},
		{"a field", slip, normalize.Field, true},
		{"short", "核对库存，上报：", normalize.Item, true},
		{"no mark inside", "每周核对库存差异并且上报仓储主管：", normalize.Item, true},
		{"announced at the end", "遵守公司各项制度，本岗位具体负责的工作如下：", normalize.Item, true},
		{"announced inside", "通过考试，具备以下开发经验者优先考虑：", normalize.Item, true},
		{"one of several", "持有证书，满足其中之一的人员可直接录用：", normalize.Item, true},
		{"a heading glued on", "提供宿舍和班车，每年体检；完善的福利待遇：", normalize.Item, true},
		{"an open list", "取得会计师资格，通过任意五门科目，或：", normalize.Item, true},
		{"Latin words", "Willing to travel, open to change. Requirements:", normalize.Item, true},
		{"a time", "上班时间为五天，小周休息一天（9:00-17:", normalize.Item, true},
		{"a bracket", "熟悉常用软件，加分项（至少满足一项）：", normalize.Item, true},
	} {
		if got, edits, _ := repaired(t, tt.text, tt.kind, tt.followed); got != tt.text {
			t.Errorf("%s: %q becomes %q by %s", tt.name, tt.text, got, show(edits))
		}
	}
}

func TestSuggestions(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"客户档案.合同签订后归档", "dot[.>，]"},
		{"熟悉电路. 有较强的责任心", "dot[. >，]"},
		{"本科以上学历.计算机、通信专业", "dot[.>，]"},
		{"三.其他工作", ""},
		{"熟悉测距、避障.进行路线规划", "dot[.>，]"},
		{"精通办公软件.良好的沟通能力", "dot[.>，]"},
		{"统招本科学历.市场营销、管理", "dot[.>，]"},
		{"好(hāo)人", "pinyin[(hāo)>]"}, // no reading of 好
		{"咖啡(café)", "pinyin[(café)>]"},
	} {
		edits, _ := normalize.Characters(tt.text, nil)
		if len(edits) > 0 {
			t.Errorf("%q: edited by %s", tt.text, show(edits))
		}
		after, edits, got := repaired(t, tt.text, normalize.Item, false)
		if strings.HasPrefix(tt.want, "pinyin") {
			continue // suggested among characters, which nobody is asked about yet
		}
		if after != tt.text || show(got) != tt.want {
			t.Errorf("%q: got %q, suggested %q, want %q; edits %s", tt.text, after, show(got), tt.want, show(edits))
		}
	}
}

// TestEarlierRuleWins holds the order of the tables where two rules want the
// same characters.
func TestEarlierRuleWins(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"在客服部。\n主管的指导下工作", "cut-sentence[。\n>]"}, // not broken-line
		{"的(de).客户", "pinyin[(de)>]"},             // the mark goes in the next round
		{"接听电话;;", "doubled-mark[;>]"},            // the other is widened in the next round
	} {
		if _, edits, _ := repaired(t, tt.text, normalize.Item, false); show(edits) != tt.want {
			t.Errorf("%q: %s, want %s", tt.text, show(edits), tt.want)
		}
	}
}

// TestMirrorsByPhrase: what a character of several forms becomes is told by the
// phrase it stands in; Latin text and code stay.
func TestMirrorsByPhrase(t *testing.T) {
	for before, after := range map[string]string{
		"負責售后聯系，著重答覆客戶，發表著作":                                    "负责售后联系，着重答复客户，发表著作",
		"瞭解范圍覆蓋，保持乾燥，徵收費用":                                      "了解范围覆盖，保持干燥，征收费用",
		"管理業余時間、余額，於每周藉口推辭者":                                    "管理业余时间、余额，于每周借口推辞者",
		"負責售后聯系：if (a[\"職責\"] > 0) { return; }，熟悉C++、.NET、Word": "负责售后联系：if (a[\"职责\"] > 0) { return; }，熟悉C++、.NET、Word",
	} {
		edits, _ := normalize.Characters(before, dictionary{})
		got, err := document.Apply(before, edits)
		if err != nil || got != after {
			t.Errorf("%q becomes %q, want %q (%v)", before, got, after, err)
		}
	}
}

func TestTraditionalPagesStay(t *testing.T) {
	for _, text := range []string{
		"負責售後聯繫和採購", "建立客戶關係並維護", "軟體開發與專案管理", "整理資訊、製作報表", "標準作業程序的制訂與檢討", "每週彙整業務報表並於會議報告",
		"協助主管處理勞健保業務", "負責軟件的開發，與客戶保持良好關係，按標準備份",
		"公司总机：张學友（香港）", "品牌：華為", "熟悉《廣韻》", "负责台灣客户", "維護網路設備與伺服器",
	} {
		if edits, _ := normalize.Characters(text, dictionary{}); len(edits) > 0 {
			t.Errorf("%q: %s", text, show(edits))
		}
	}
}
