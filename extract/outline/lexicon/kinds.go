package lexicon

import (
	"strings"

	"zhize/document"
)

// dutyCues open or fill sentences that say what a job does.
var dutyCues = [...]string{
	"负责", "协助", "完成", "参与", "制定", "制订", "组织", "配合", "编制", "编写", "定期", "管理", "处理", "跟进", "跟踪", "检查", "监督", "指导", "协调", "维护", "执行", "落实", "收集", "整理", "汇总", "审核", "做好", "开展", "建立", "拓展", "开发", "提供", "接待", "安排", "统计", "推进", "及时", "按时", "上报", "汇报", "登记", "保管", "巡视", "对接", "设计", "承担", "撰写", "分析", "策划", "每日", "每天", "每周", "每月", "核对", "办理", "填写", "主持", "督促", "遵守", "服从", "保持", "确保", "保证", "清点", "验收", "解决",
}

// qualificationCues stand in sentences that say what a job asks for.
var qualificationCues = [...]string{
	"学历", "本科", "大专", "专科", "中专", "高中", "硕士", "博士", "研究生", "毕业", "专业", "经验", "优先", "熟悉", "精通", "熟练", "掌握", "了解", "具备", "具有", "良好的", "较强", "责任心", "能力", "年龄", "岁", "身体健康", "证书", "资格证", "吃苦耐劳", "沟通", "热爱", "普通话", "职称", "执业", "团队精神", "敬业", "品行", "形象", "性别", "以上", "能吃苦", "性格", "抗压", "英语", "有较", "素质",
}

// strongQualifications decide alone.
var strongQualifications = [...]string{
	"学历", "本科", "大专", "中专", "硕士", "博士", "毕业", "优先", "年龄", "周岁", "经验者", "工作经验", "身体健康", "资格证", "职称", "普通话", "吃苦耐劳", "责任心", "熟悉", "精通", "熟练", "具备", "具有", "良好的", "较强的", "执业",
}

// authorityCues stand in sentences that say what a job may decide.
var authorityCues = [...]string{"有权", "建议权", "决定权", "审批权", "监督权", "考核权", "裁决权", "否决权", "管理权", "指挥权", "支配权"}

// benefitCues stand in sentences that say what a job offers.
var benefitCues = [...]string{
	"五险一金", "六险一金", "五险", "社保", "公积金", "年终奖", "带薪", "包吃", "包住", "食宿", "双休", "底薪", "提成", "月薪", "补贴", "津贴", "节日福利", "员工体检", "年度体检", "健康体检", "团建", "下午茶", "班车",
	"弹性工作", "股票", "期权", "晋升空间", "生日", "年假", "餐补", "房补", "奖金",
	"薪酬待遇", "福利待遇", "福利制度", "薪金", "休假", "团队建设活动", "员工活动", "员工旅游", "聚餐", "培训课程", "培训机会", "办公环境", "晋升",
}

var (
	benefitList       = newWords(benefitCues[:]...)
	dutyList          = newWords(dutyCues[:]...)
	qualificationList = newWords(qualificationCues[:]...)
	strongList        = newWords(strongQualifications[:]...)
	openingList       = newWords(itemOpenings[:]...)
	authorityList     = newWords(authorityCues[:]...)
)

// Speaks reports text with a word of a duty or of a qualification in it.
func Speaks(text string) bool { return dutyList.has(text) || qualificationList.has(text) }

// InferKind reads the kind of a list without a heading off its items:
// qualifications, benefits or authority where most items speak of them and open
// with no duty, else responsibilities.
func InferKind(texts []string) document.Kind {
	quals, powers, benefits := 0, 0, 0
	for _, t := range texts {
		switch {
		case authorityList.has(t):
			powers++
		case benefitList.has(t) && !OpensDuty(t):
			benefits++
		case OpensDuty(t):
		case strongList.has(t):
			quals++
		}
	}
	switch n := len(texts); {
	case n > 0 && quals*2 > n:
		return document.Qualifications
	case n > 0 && benefits*2 > n:
		return document.Benefits
	case n > 1 && powers*3 >= n*2:
		return document.Authority
	}
	return document.Responsibilities
}

// OpensDuty reports text that begins with a duty's verb.
func OpensDuty(text string) bool { return dutyList.prefix(text) >= 0 }

// itemOpenings begin a duty or a qualification, and hardly the second half of a
// sentence that a line's end cut: 管理 may be that of 安全管理, 负责 is none.
var itemOpenings = [...]string{
	"负责", "协助", "完成", "参与", "制定", "制订", "组织", "配合", "编制", "编写", "定期", "落实", "做好", "开展", "建立", "提供", "安排", "推进", "及时", "按时", "承担", "撰写", "每日", "每天", "每周", "每月", "核对", "办理", "主持", "督促", "遵守", "服从", "保持", "确保", "保证",
	"熟悉", "精通", "熟练", "掌握", "了解", "具备", "具有", "热爱", "有较",
}

// OpensItem reports text that begins as an item does, whatever stands before it.
func OpensItem(text string) bool { return openingList.prefix(text) >= 0 }

// groupKinds are words in the heading of a group that say its kind.
var groupKinds = [...]struct {
	word string
	kind document.Kind
}{
	{"任职", document.Qualifications}, {"资格", document.Qualifications}, {"要求", document.Qualifications}, {"条件", document.Qualifications},
	{"权限", document.Authority}, {"权力", document.Authority}, {"职权", document.Authority}, {"考核", document.Assessment}, {"薪酬", document.Benefits}, {"福利", document.Benefits}, {"待遇", document.Benefits},
	{"工作关系", document.Relations}, {"协作", document.Relations}, {"环境", document.Conditions},
}

// GroupKind reads a kind off the heading of a group of items.
func GroupKind(heading string) (document.Kind, bool) {
	if h, _, ok := HeadAtEnd(heading); ok && !h.Own {
		return h.Kind, true
	}
	for _, g := range groupKinds {
		if strings.HasSuffix(heading, g.word) {
			return g.kind, true
		}
	}
	return "", false
}

// The words with which a document names itself, and what may stand before
// one: 本(岗位)说明书, 本(公司)制度.
var (
	ownNames  = [...]string{"制度", "办法", "规定", "说明", "职责", "责任制", "细则", "条例", "规范", "标准", "手册", "文件", "文", "程序", "流程", "方案", "守则", "章程", "准则", "规程", "内容", "汇编", "条", "条款", "资料", "协议", "表", "要求", "描述", "任职资格"}
	ownPlaces = [...]string{"岗位", "职位", "职务", "公司", "部门", "单位", "安全", "生产", "管理", "工作", "各项", "各", "相关"}
)

// SelfReference reports a sentence in which a document speaks of itself:
// 本制度由人事部负责解释, 本说明自发布之日起施行.
func SelfReference(text string) bool {
	rest, own := strings.CutPrefix(text, "本")
	if !own {
		if rest, own = strings.CutPrefix(text, "以上"); !own {
			return false
		}
		if strings.Contains(rest, "供参考") {
			return true
		}
	}
	end := strings.TrimRight(rest, "。；; ")
	if strings.Contains(end, "由") && strings.HasSuffix(end, "解释") || strings.Contains(end, "自") && strings.Contains(end, "之日起") {
		return true
	}
	for _, p := range ownPlaces {
		rest = strings.TrimPrefix(rest, p)
	}
	if !hasAnyPrefix(rest, ownNames[:]) {
		return false
	}
	for _, w := range [...]string{"解释", "施行", "实施", "执行", "生效", "适用", "供参考", "修订"} {
		if strings.Contains(text, w) {
			return true
		}
	}
	return false
}

// introOpeners open the sentences with which sites introduce a document; no duty
// begins with one.
var introOpeners = newWords(
	"随着", "在当今", "在现代", "在日新月异", "在日常生活", "在社会", "在我们", "在充满", "在不断", "众所周知", "俗话说", "光阴", "时光", "制度是", "岗位职责是", "职责是", "人的记忆力",
	"每个人都", "一份好", "作为一名", "大家都", "无论是", "现如今", "现今", "如今", "怎样写", "如何写", "怎么写", "你是否", "您是否", "想必", "百分比表示", "欢迎来到",
)

// OpensIntroduction reports a sentence that begins as introductions do.
func OpensIntroduction(text string) bool {
	return introOpeners.prefix(text) >= 0 || strings.HasPrefix(text, "为") && (strings.Contains(text, "制定本") || strings.Contains(text, "特制"))
}

// sheetWords name the sheets that a page shows.
var sheetWords = newWords("岗位职责", "职位说明", "岗位说明", "职务说明", "说明书", "职责说明", "岗位责任")

// SpeaksOfSheets reports a sentence about job sheets themselves, which
// introduces one and is no duty: 岗位职责是组织考核的依据.
func SpeaksOfSheets(text string) bool { return sheetWords.has(text) && !OpensDuty(text) }

func hasAnyPrefix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}
