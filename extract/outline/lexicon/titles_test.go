package lexicon

import (
	"strings"
	"testing"
)

// titles are what people are, over many trades.
var titles = []string{
	"客服主管", "销售经理", "总经理助理", "财务总监", "出纳", "会计", "行政前台", "人事专员", "护士长", "住院医师", "执业药师", "中学语文教师", "幼儿园园长", "保育员", "班主任",
	"焊工", "数控车工", "叉车司机", "仓库保管员", "质检员", "生产车间主任", "设备维修工", "电气工程师", "安全员", "施工员", "监理工程师", "造价师", "土建预算员", "厨师长", "餐厅服务员",
	"客房领班", "大堂经理", "保安队长", "保洁员", "物业管理员", "绿化工", "导游", "健身教练", "美容师", "网络编辑", "新媒体运营专员", "UI设计师", "Java开发工程师", "测试工程师", "数据分析师",
	"产品经理", "法务专员", "律师助理", "银行柜员", "理财顾问", "保险代理人员", "信贷员", "报关员", "跟单员", "采购员", "物流调度员", "快递员", "兽医师", "养殖技术员", "播音主播",
	"副校长", "党委书记", "办公室主任", "客服部", "人力资源部", "质量检测中心", "4S店经理", "储备干部(华东)", "董事长", "单证员", "管培生", "房产经纪人", "锅炉工", "纺织厂厂长",
}

// noTitles are no job's name: work, sections, sentences, quantities.
var noTitles = []string{
	"接听电话", "岗位职责", "任职要求", "客户投诉处理", "完成任务", "安全施工", "产品加工", "合理分工", "按时完工", "石油化工", "业绩增长", "个人成长", "特长", "日常擅长", "公司全员",
	"社会动员", "各部门", "相关部门", "提前到岗", "持证上岗", "每日巡查", "团队建设", "市场分析", "费用报销", "绩效考核", "五险一金", "双休", "学历", "英语六级", "北京市",
	"员", "工", "长", "岗", "沟通能力", "工作经验", "良好的心态", "上门维修", "合同签订", "年终奖", "福利", "使用Excel",
}

func TestHasCore(t *testing.T) {
	for _, s := range titles {
		if !HasCore(s) {
			t.Errorf("%q ends as no title does", s)
		}
		if !HasCore(s+"（2名）") || !HasCore(s+"2") {
			t.Errorf("%q with a number behind it ends as no title does", s)
		}
	}
	for _, s := range noTitles {
		if HasCore(s) {
			t.Errorf("%q ends as a title does", s)
		}
	}
	if HasCore("") || HasCore("()") || HasCore("12") {
		t.Error("nothing is a title")
	}
}

func TestTitleShaped(t *testing.T) {
	for _, s := range titles {
		if !TitleShaped(s) {
			t.Errorf("%q has no title's shape", s)
		}
	}
	for _, s := range []string{
		"对外联络员", "组织部长", "会计", "参谋长", "管理员", "支持工程师", "领导秘书", "编制专员", "维护工程师", "检查员", "监督员", "执行董事", "执行总裁", "协调员", "处理专员",
		"3D设计师", "C++开发工程师", "行政/人事专员", "销售代表-华东", "客服（夜班）",
	} {
		if !TitleShaped(s) {
			t.Errorf("%q has no title's shape", s)
		}
	}
	for _, s := range []string{
		"", "员", "负责客服", "协助经理", "完成上级任务", "制定计划", "组织员工培训", "参与招聘面试", "及时处理客户投诉", "根据计划采购", "建立客户档案", "做好保洁", "熟悉办公软件", "具备团队精神", "了解行业", "遵守制度",
		"对客户负责", "将货物入库", "与经理沟通", "为客户服务", "按时到岗", "有驾驶证", "能出差", "需持证", "不得迟到", "严禁吸烟", "每天盘点", "每周例会", "本科以上", "大专学历",
		"接听电话，登记", "接听电话。", "1、客服主管", "2019年", "3名司机", "主要", "其他", "您好！客服", "客服\t主管", "“金牌”客服", "任职", "岗位",
		strings.Repeat("客服主管", 7),
	} {
		if TitleShaped(s) {
			t.Errorf("%q has a title's shape", s)
		}
	}
}

func TestGluedTitle(t *testing.T) {
	for _, tt := range []struct{ sentence, title string }{
		{"完成领导交办的其他工作", "销售主管"},
		{"做好资料的归档", "财务经理"},
		{"维护客情", "大客户经理"},
		{"保持环境整洁", "客房服务员"},
		{"按时提交报表", "行政人事专员"},
		{"做好记录", "质量检验员"},
		{"严格遵守安全规程", "机修电工"},
		{"保护患者隐私", "门诊护士长"},
		{"完成备课与批改", "幼儿教师"},
		{"及时上报异常", "人力资源部"},
		{"做好售后回访", "电子商务部"},
		{"降低损耗", "仓库保管员"},
	} {
		text := tt.sentence + tt.title
		if at := GluedTitle(text); at != len(tt.sentence) {
			got := "none"
			if at >= 0 {
				got = text[at:]
			}
			t.Errorf("%q: %s, want %s", text, got, tt.title)
		}
	}
	for _, text := range []string{
		"", "完成领导交办的其他工作", "做好记录", "维护客户关系", "持证上岗", "保持环境整洁", "按时提交报表", "部", "科", "参加培训", "工作", "及时上报",
	} {
		if at := GluedTitle(text); at >= 0 {
			t.Errorf("%q: %q", text, text[at:])
		}
	}
}
