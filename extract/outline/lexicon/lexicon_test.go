package lexicon

import (
	"strings"
	"testing"
	"unicode/utf8"

	"zhize/document"
)

func TestHeadAtEnd(t *testing.T) {
	for _, tt := range []struct {
		text, before, word string
		kind               document.Kind
		whole              bool
	}{
		{"岗位职责", "", "岗位职责", document.Responsibilities, false},
		{"客服主管岗位职责", "客服主管", "岗位职责", document.Responsibilities, false},
		{"护士长岗位职责与要求", "护士长", "岗位职责与要求", document.Responsibilities, false},
		{"一、职责与工作任务", "一、", "职责与工作任务", document.Responsibilities, false},
		{"电工安全生产职责", "电工", "安全生产职责", document.Responsibilities, false},
		{"工作内容", "", "工作内容", document.Responsibilities, false},
		{"任职要求", "", "任职要求", document.Qualifications, false},
		{"出纳任职资格", "出纳", "任职资格", document.Qualifications, false},
		{"要求", "", "要求", document.Qualifications, true},
		{"加分项", "", "加分项", document.Qualifications, true},
		{"岗位权限", "", "岗位权限", document.Authority, false},
		{"主要权力", "", "主要权力", document.Authority, false},
		{"工作协作关系", "", "工作协作关系", document.Relations, false},
		{"工作环境", "", "工作环境", document.Conditions, false},
		{"考核指标", "", "考核指标", document.Assessment, false},
		{"薪酬福利", "", "薪酬福利", document.Benefits, true},
		{"职位概况", "", "职位概况", document.Other, true},
	} {
		h, before, ok := HeadAtEnd(tt.text)
		if !ok || h.Word != tt.word || before != tt.before || h.Kind != tt.kind || h.Whole != tt.whole {
			t.Errorf("%q: %+v behind %q, %v", tt.text, h, before, ok)
		}
	}
	for _, text := range []string{"", "客服主管", "负责", "岗位职责如下", "岗位职责：", "公司", "职", "完成任务", "客户", "a"} {
		if h, _, ok := HeadAtEnd(text); ok {
			t.Errorf("%q ends with %+v", text, h)
		}
	}
}

func TestHeadAtStart(t *testing.T) {
	for text, want := range map[string]string{
		"岗位职责与要求：": "岗位职责与要求", "岗位职责接听电话": "岗位职责", "任职要求1、本科": "任职要求", "要求高": "要求", "客服": "", "": "",
	} {
		if h, ok := HeadAtStart(text); h.Word != want || ok != (want != "") {
			t.Errorf("%q: %+v, %v", text, h, ok)
		}
	}
}

func TestDocumentHeadAtEnd(t *testing.T) {
	for text, want := range map[string]string{"客服主管岗位说明书": "客服主管", "职务说明书": "", "出纳岗位说明": "出纳"} {
		if _, before, ok := DocumentHeadAtEnd(text); !ok || before != want {
			t.Errorf("%q: %q, %v", text, before, ok)
		}
	}
	for _, text := range []string{"使用说明书", "产品说明", "岗位职责", ""} {
		if w, _, ok := DocumentHeadAtEnd(text); ok {
			t.Errorf("%q ends with %q", text, w)
		}
	}
}

func TestCutTail(t *testing.T) {
	for text, want := range map[string]string{
		"岗位职责如下": "岗位职责", "工作内容包括": "工作内容", "任职要求为": "任职要求", "主要职责是": "主要职责", "岗位职责主要包括": "岗位职责",
		"岗位职责包括但不限于": "岗位职责", "岗位职责": "岗位职责", "情况如下": "情况如下", "费用包括": "费用包括", "客户有": "客户有", "": "", "如下": "如下",
	} {
		if got := CutTail(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestHeadsAreReadable holds what the tables of heads must be for the look-up
// to find the longest.
func TestHeadsAreReadable(t *testing.T) {
	seen := map[string]bool{}
	for _, h := range heads {
		if h.Word == "" || (h.Kind == "") != h.Own || seen[h.Word] || strings.TrimSpace(h.Word) != h.Word {
			t.Errorf("head %+v is empty, blank or twice there", h)
		}
		seen[h.Word] = true
		if got, before, ok := HeadAtEnd(h.Word); !ok || got != h || before != "" {
			t.Errorf("%q is found as %+v behind %q", h.Word, got, before)
		}
		if got, ok := HeadAtStart(h.Word); !ok || got != h {
			t.Errorf("%q at the start is found as %+v", h.Word, got)
		}
	}
	for _, q := range qualifiers {
		if !IsQualifier(q) || TitleShaped(q) {
			t.Errorf("qualifier %q", q)
		}
	}
}

func TestFieldKey(t *testing.T) {
	for text, want := range map[string]string{
		"岗位名称": "title", "职位": "title", "岗 位": "title", "岗\u3000位": "title", "职 务 名 称": "title", "部门": "department", "所属部门": "department", "部 门": "department",
		"职级": "level", "岗位编号": "code", "直接上级": "reports_to", "直接下级": "supervises", "定员": "headcount", "岗位概要": "summary",
		"工作地点": "location", "月薪": "salary", "编制人": "prepared_by", "审核": "reviewed_by", "批准人": "approved_by", "编制日期": "prepared_on", "生效日期": "effective_on",
		"可轮换岗位": "rotates_to", "可晋升岗位": "promotes_to", "职务代理人": "stands_in", "工作时间": "hours",
	} {
		if k, ok := FieldKey(text); !ok || k.Field != want {
			t.Errorf("%q: %+v, %v, want %s", text, k, ok, want)
		}
	}
	for _, text := range []string{"", " ", "岗位名称：", "岗位职责", "客服", "直接上级是谁", "上级", "姓名", "负责部门", strings.Repeat("岗", 99)} {
		if k, ok := FieldKey(text); ok {
			t.Errorf("%q is a key: %+v", text, k)
		}
	}
	for _, k := range keys {
		if utf8.RuneCountInString(k.Field) < 4 || strings.ToLower(k.Field) != k.Field {
			t.Errorf("key %+v has no name of the contract", k)
		}
	}
}

func TestStrongKeyAt(t *testing.T) {
	for text, want := range map[string]string{
		"直接上级：客服经理": "直接上级", "直接上级岗位 客服经理": "直接上级岗位", "职系 管理": "职系", "所属部门客服部": "所属部门", "岗位编号KF-01": "岗位编号", "工作时间特征": "工作时间特征",
		"部门：客服部": "", "职位 主管": "", "审核各类单据": "", "编制年度预算": "", "批准请假": "", "月薪三千": "", "岗位职责": "", "": "", "职": "", "工作目标明确": "",
	} {
		if k, ok := StrongKeyAt(text); k.Word != want || ok != (want != "") {
			t.Errorf("%q: %+v, %v, want %q", text, k, ok, want)
		}
	}
}

func TestInferKind(t *testing.T) {
	for _, tt := range []struct {
		name  string
		texts []string
		want  document.Kind
	}{
		{"duties", []string{"负责接听电话", "登记客户信息", "协助主管"}, document.Responsibilities},
		{"duties that ask for something", []string{"负责毕业生招聘", "组织普通话培训", "审核学历证明"}, document.Responsibilities},
		{"qualifications", []string{"本科以上学历", "两年工作经验", "熟悉办公软件"}, document.Qualifications},
		{"qualifications of a cook", []string{"持健康证，身体健康", "吃苦耐劳", "五年以上炒锅经验，有高级证书者优先"}, document.Qualifications},
		{"half and half", []string{"负责接听电话", "本科以上学历"}, document.Responsibilities},
		{"powers", []string{"对下属有考核权", "有权拒付不合规单据", "对采购计划有审批权"}, document.Authority},
		{"one power is no list", []string{"有权拒付不合规单据"}, document.Responsibilities},
		{"a power among duties", []string{"负责报销", "核对账目", "有权拒付"}, document.Responsibilities},
		{"one qualification", []string{"大专以上学历"}, document.Qualifications},
		{"nothing", nil, document.Responsibilities},
	} {
		if got := InferKind(tt.texts); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestGroupKind(t *testing.T) {
	for heading, want := range map[string]document.Kind{
		"任职要求": document.Qualifications, "司机的条件": document.Qualifications, "财务权限": document.Authority, "月度考核": document.Assessment, "员工福利": document.Benefits,
		"日常接待": "", "": "", "客户管理": "",
	} {
		if got, ok := GroupKind(heading); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v, want %q", heading, got, ok, want)
		}
	}
}

func TestSelfReference(t *testing.T) {
	for _, text := range []string{
		"本制度由人事部负责解释", "本说明自发布之日起施行", "本办法自2020年1月1日起实施", "本岗位说明书由人力资源部修订", "本规定适用于全体员工", "以上内容由行政部解释", "以上各条自即日起执行", "本汇编由客服中心负责解释。", "本大纲自下发之日起生效",
	} {
		if !SelfReference(text) {
			t.Errorf("%q speaks of its document", text)
		}
	}
	for _, text := range []string{
		"本科以上学历，熟悉实施流程", "本岗位负责制度的执行", "本部门预算的编制与执行", "以上级安排为准，执行临时任务", "以身作则", "制度的解释与宣导", "本地户口优先", "本人持证，适用于夜班", "本月计划的执行", "本着客户至上的原则执行服务标准", "本专业三年以上实施经验", "以上岗位均需适用期", "",
	} {
		if SelfReference(text) {
			t.Errorf("%q speaks of a job", text)
		}
	}
}
