package lexicon

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"zhize/extract/outline/runeset"
)

// cores end a job's title. A title without one ("收银", "大客户部") is known
// only by its place in front of a heading word.
var cores = [...]string{
	"经理", "经理人", "主管", "主任", "专员", "总监", "总裁", "董事长", "董事", "监事", "监事长", "助理", "顾问", "代表", "秘书", "文员", "文秘",
	"会计", "会计师", "出纳", "司机", "保安", "保洁", "门卫", "前台", "前台接待", "网络编辑", "销售代表", "领班", "组长", "班长", "队长", "厂长", "店长", "科长", "处长", "部长",
	"部门经理", "所长", "院长", "校长", "园长", "站长", "段长", "课长", "股长", "局长", "会长", "社长", "主席", "书记", "支书", "村支书", "代理人", "馆长", "护士", "护士长", "医师", "医生", "药师", "技师", "大夫", "护工",
	"工程师", "设计师", "架构师", "分析师", "培训师", "讲师", "教师", "老师", "厨师", "厨师长", "律师", "咨询师", "造价师", "建造师", "营养师", "美容师", "美发师", "摄影师", "策划师", "规划师", "测试师",
	"人员", "职员", "专家", "负责人", "管理员", "服务员", "营业员", "业务员", "推销员", "销售员", "采购员", "仓管员", "保管员", "质检员", "检验员", "化验员", "统计员", "核算员", "操作员", "操作工", "技术员", "安全员", "施工员", "资料员",
	"材料员", "预算员", "造价员", "测量员", "监理员", "驾驶员", "调度员", "值班员", "巡检员", "收银员", "理货员", "导购员", "导购", "话务员", "客服员", "配送员", "快递员", "送货员", "传菜员", "迎宾员", "洗碗工", "清洁工", "绿化工", "维修工", "电工",
	"焊工", "钳工", "车工", "普工", "技工", "员工", "工人", "文案", "主编", "美工", "导游", "计调", "教练", "教员", "辅导员", "班主任", "保育员", "保姆", "月嫂", "护理员", "采样员", "库管", "库管员", "单证员", "报关员", "跟单员",
	"程序员", "研究员", "实习生", "培训生", "管培生", "储备干部", "合伙人", "操盘手", "交易员", "理财师", "信贷员", "柜员", "大堂经理", "大客户经理", "客户经理", "投资经理", "产品经理", "项目经理", "区域经理", "总经理", "副总经理", "总助", "总工程师",
	"在线客服", "电话客服", "网络客服", "网店客服", "淘宝客服", "电商客服", "售前客服", "售后客服", "副理", "襄理", "内勤", "外勤", "网管", "社工", "义工", "专干", "领队", "买手", "主理人", "管家", "编导", "运营", "经纪", "督察", "厨工", "小时工", "干事", "参谋", "联络官",
	"员", "师", "长", "工", "岗", "师傅", "学徒", "经纪人", "主播", "督导", "编辑", "店员",
}

// notCores end like a core but name work, not who does it.
var notCores = [...]string{"全部", "内部", "外部", "局部", "总部", "中部", "东部", "西部", "南部", "北部", "施工", "加工", "分工", "开工", "完工", "竣工", "返工", "化工", "手工", "增长", "成长", "特长", "延长", "擅长", "全员", "动员", "裁员", "本科", "专科", "学科", "理科", "文科", "工科", "各部门", "本部门", "其他部门", "相关部门", "公司", "到岗", "在岗", "上岗", "顶岗", "转岗"}

// units end the name of a department, which template pages use as a title.
var units = [...]string{"部", "部门", "中心", "组", "科", "科室", "处", "室", "办公室", "车间", "班组", "班", "团队", "委员会", "公司", "店", "站", "所", "厂", "小组"}

// modifiers stand in front of a core or a unit: the field, the rank, the place
// of a job. They are what a title that is glued to a sentence may consist of.
var modifiers = [...]string{
	"大客户", "客户", "客服", "客户服务", "客户关系", "销售", "营销", "市场", "渠道", "电话", "网络", "电子商务", "电商", "门店", "卖场", "商务", "业务", "外贸", "进出口", "国际", "国内", "海外", "区域", "大区", "片区", "城市", "省区",
	"人力资源", "人事", "行政", "行政人事", "后勤", "总务", "文秘", "文档", "档案", "招聘", "培训", "绩效", "薪酬", "薪资", "劳资", "企业文化", "党群", "工会", "法务", "合规", "风控", "风险", "审计", "内审", "稽核", "监察", "纪检",
	"财务", "会计", "成本", "税务", "出纳", "资金", "投资", "融资", "证券", "信贷", "理财", "结算", "核算", "预算", "费用", "总账", "往来", "应收", "应付", "财会", "主办", "存货", "固定资产",
	"生产", "制造", "工艺", "技术", "质量", "品质", "品管", "质检", "检验", "计划", "物控", "物料", "物流", "仓储", "仓库", "库房", "采购", "供应", "供应链", "配送", "运输", "车辆", "车队", "设备", "机电", "电气", "机械", "模具", "维修", "维护", "动力", "能源", "安全", "环保", "安环", "消防", "安保", "保安", "保洁", "绿化", "工程", "土建", "施工", "项目", "造价", "招标", "投标", "合同", "测量", "监理", "现场", "车间", "班组", "工段", "包装", "装配", "机修", "电工", "水电", "弱电", "暖通", "给排水", "结构", "建筑", "装饰", "景观",
	"研发", "开发", "软件", "硬件", "系统", "测试", "运维", "网站", "网页", "前端", "后端", "后台", "数据", "数据库", "算法", "信息", "信息化", "产品", "运营", "用户", "交互", "视觉", "平面", "美术", "游戏", "新媒体", "内容", "活动", "品牌", "公关", "媒介", "广告", "文案", "策划", "企划", "推广", "设计", "创意", "视频", "影视",
	"酒店", "餐饮", "餐厅", "客房", "前厅", "前台", "大堂", "楼层", "厨房", "西餐", "中餐", "宴会", "酒吧", "洗衣", "康乐", "迎宾", "接待", "收银", "导购", "商品", "陈列", "理货", "超市", "商场", "柜台", "专柜", "美容", "美发", "健身", "旅游", "旅行社", "物业", "小区", "管家", "楼宇", "房产", "地产", "置业", "租赁",
	"医疗", "医务", "医院", "门诊", "住院", "护理", "护士", "药剂", "药房", "药店", "检验科", "放射", "麻醉", "教学", "教务", "教研", "学生", "班级", "幼儿", "课程", "培训部", "图书", "实验", "实验室", "科研", "学术",
	"农业", "养殖", "种植", "兽医", "食品", "化工", "纺织", "服装", "印刷", "汽车", "试驾", "售前", "售后", "服务", "售后服务", "技术支持", "支持", "呼叫中心", "呼入", "呼出", "热线", "投诉", "质控", "审核", "档案", "统计", "调度", "值班", "巡检", "督导", "督察", "综合", "战略", "发展", "企业", "公共", "公共关系", "对外", "外联", "联络", "机要", "文印", "保密", "信访", "宣传", "组织", "管理", "业主", "会员", "社区", "街道", "银行", "柜面", "保险", "理赔", "核保", "车险", "寿险", "期货", "基金", "债券",
	"会所", "会展", "会议", "会务", "会籍", "会场", "能效", "应急", "应用", "当班", "当值", "按摩", "在线", "对公", "对账", "对接", "对外贸易",
	"总", "副", "正", "高级", "中级", "初级", "资深", "首席", "执行", "常务", "见习", "实习", "兼职", "专职", "助理", "代理", "储备", "驻外", "驻店", "一线", "基层", "中层", "部门", "公司", "集团", "分公司", "子公司", "分部", "店面", "全国", "华东", "华南", "华北", "直营", "加盟", "招商", "加工", "值台", "传菜", "洗碗", "切配", "面点", "凉菜", "工会", "团委", "食堂", "宿舍", "水暖", "锅炉", "采购", "客服", "编辑", "督导", "空调", "电梯", "监控", "信号", "通信", "通讯", "网管", "工具", "材料", "资料", "试验", "预结算", "经营", "商超", "团购", "大宗", "快递", "司炉",
}

// verbs open a sentence that says what to do; nothing that begins with one is
// a title.
var verbs = [...]string{
	"负责", "协助", "完成", "制定", "组织", "参与", "配合", "编制", "定期", "及时", "按照", "根据", "建立", "监督", "检查", "执行", "做好", "落实", "处理", "收集", "整理", "指导", "协调", "熟悉", "具备", "具有", "了解", "掌握", "精通", "拟定", "拟订", "制订", "遵守", "认真", "严格", "积极", "主动", "不断", "确保", "保证", "保持", "维护好", "开展", "承担", "参加", "审核并", "跟踪", "对", "将", "把", "与", "向", "为", "以", "在", "从", "按", "如", "若", "当", "如果", "有", "能", "会", "可以", "需", "必须", "应", "要", "不得", "严禁", "本科", "大专", "热爱", "身体", "年龄", "以上", "以下", "其中", "各", "每天", "每日", "每周", "每月", "完善", "提供", "履行", "服从", "支持", "推动", "推进", "主持", "领导", "带领", "听从", "贯彻", "坚持", "努力", "妥善", "全面", "并", "和", "及", "或", "的",
}

var coresByEnd = indexByEnd(cores[:], units[:])

// indexByEnd finds the words of lists by their last character, from the first
// use on.
func indexByEnd(lists ...[]string) func() map[rune][]string {
	return sync.OnceValue(func() map[rune][]string { return byLastRune(lists...) })
}

func byLastRune(lists ...[]string) map[rune][]string {
	m := make(map[rune][]string)
	for _, list := range lists {
		for _, w := range list {
			r, _ := utf8.DecodeLastRuneInString(w)
			m[r] = append(m[r], w)
		}
	}
	return m
}

var (
	verbList    = newWords(verbs[:]...)
	modifierSet = sync.OnceValue(func() map[string]bool { return setOf(modifiers[:], cores[:], units[:]) })
	longestWord = sync.OnceValue(func() int { return longestOf(modifierSet()) })
	titleMarks  = runeset.Of("-－—()（）/／、&·+＋.．# 　")
	openings    = runeset.Of("(（")
	closings    = runeset.Of(")）")

	sentenceMarks = runeset.Of("，。；：！？,;:!?“”\"'…【】《》\t|")
)

func setOf(lists ...[]string) map[string]bool {
	m := make(map[string]bool)
	for _, list := range lists {
		for _, w := range list {
			m[w] = true
		}
	}
	return m
}

func longestOf(m map[string]bool) int {
	n := 0
	for w := range m {
		n = max(n, len(w))
	}
	return n
}

// MaxTitle is the length in characters of the longest text that is taken for
// a title; the longest of the titles seen in postings have 20.
const MaxTitle = 24

// HasCore reports whether text ends as a title does (经理, 员, 部 …), whatever
// stands in brackets behind it.
func HasCore(text string) bool {
	if last, _ := utf8.DecodeLastRuneInString(text); coresByEnd()[last] == nil && isHan(last) && !openings.In(text) {
		return false
	}
	for {
		text = strings.TrimRight(text, "0123456789 ")
		if !strings.HasSuffix(text, ")") && !strings.HasSuffix(text, "）") {
			break
		}
		i := openings.LastIndex(text)
		if i <= 0 {
			text = closings.TrimRight(text)
			break
		}
		text = text[:i]
	}
	if i := openings.LastIndex(text); i > 0 {
		text = text[:i]
	}
	last, _ := utf8.DecodeLastRuneInString(text)
	ends := coresByEnd()[last]
	if ends == nil {
		return false
	}
	work := 0 // the length of the word for work that ends the text
	for _, w := range notCores {
		if len(w) > work && strings.HasSuffix(text, w) {
			work = len(w)
		}
	}
	for _, w := range ends {
		// 安全员 is longer than 全员, and says who.
		if len(w) > work && (len(text) > len(w) && strings.HasSuffix(text, w) || text == w && len(w) > len("员")) {
			return true
		}
	}
	return false
}

func isHan(r rune) bool { return 0x4e00 <= r && r <= 0x9fff }

var unitsByEnd = indexByEnd(units[:])

// IsUnit reports text that ends as the name of a department does.
func IsUnit(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return hasAnySuffix(text, unitsByEnd()[r])
}

// companies end the name of who employs.
var companies = [...]string{"公司", "企业", "集团", "行业", "单位", "机构", "学校", "医院", "厂", "店", "局", "员工", "各岗", "重点", "常用", "全套", "全员", "各类", "主要", "部分", "所有", "全部"}

// NamesCompany reports text that ends as the name of an employer, or of many
// jobs, does.
func NamesCompany(text string) bool { return hasAnySuffix(text, companies[:]) }

// MayCore reports whether a text that ends with r may end as a title does.
func MayCore(r rune) bool { return coresByEnd()[r] != nil }

// TitleShaped reports whether text may be a job's title by its shape alone:
// short, no sentence mark, no number in front, no verb that opens a sentence.
func TitleShaped(text string) bool {
	n := 0
	last := ' '
	for _, r := range text {
		if n++; n > MaxTitle || unicode.IsDigit(last) && (r == '、' || r == '.' || r == '．') {
			return false
		}
		last = r
		if isHan(r) {
			continue
		}
		if sentenceMarks.Has(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !titleMarks.Has(r) {
			return false
		}
	}
	if n < 2 || IsQualifier(text) {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(text); unicode.IsDigit(r) && !startsName(text) {
		return false
	}
	return !opensSentence(text)
}

// startsName reports titles that begin with a digit: 4S店经理, 3D设计师.
func startsName(text string) bool {
	for i, r := range text {
		if !unicode.IsDigit(r) {
			return i <= 2 && (r >= 'A' && r <= 'Z')
		}
	}
	return false
}

func opensSentence(text string) bool {
	i := verbList.first(text)
	if i < 0 {
		return false
	}
	v := verbs[i]
	rest := text[len(v):]
	// 组织部长, 会计, 对外联络员: the verb is part of a word of the lexicon.
	for n := min(longestWord(), len(text)); n > len(v); n-- {
		if modifierSet()[text[:n]] {
			return false
		}
	}
	if modifierSet()[v] && HasCore(rest) && utf8.RuneCountInString(rest) <= 4 {
		return false
	}
	// 检查员, 编制专员: no object that the verb could have.
	return len(v) <= len("对") || rest != "员" && rest != "师" && rest != "专员" && rest != "秘书"
}

// GluedTitle finds where a title begins that ends text, behind a sentence
// that lost its full stop ("…管理工作销售主管"): a core, and in front of it as
// many of the lexicon's modifiers as stand there. It gives the offset where
// the title begins, or -1 where text does not end in a title.
func GluedTitle(text string) int {
	end := strings.TrimRight(text, " 的")
	r, _ := utf8.DecodeLastRuneInString(end)
	start := -1
	for _, w := range coresByEnd()[r] {
		if utf8.RuneCountInString(w) >= 2 && strings.HasSuffix(end, w) {
			if at := len(end) - len(w); start < 0 || at < start {
				start = at
			}
		}
	}
	if start < 0 {
		for _, u := range units {
			if strings.HasSuffix(end, u) {
				start = len(end) - len(u)
			}
		}
		if start < 0 {
			return -1
		}
		if n := modifierBefore(end[:start]); n == 0 {
			return -1
		}
	}
	for {
		n := modifierBefore(end[:start])
		if n == 0 {
			return start
		}
		start -= n
	}
}

// modifierBefore is the length of the longest modifier that ends text, 0 for
// none.
func modifierBefore(text string) int {
	for n := min(longestWord(), len(text)); n > 0; n-- {
		at := len(text) - n
		if utf8.RuneStart(text[at]) && modifierSet()[text[at:]] {
			return n
		}
	}
	return 0
}
