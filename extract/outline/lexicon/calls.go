package lexicon

// calls open the line with which a notice looks for people; the job's name
// follows: 诚聘编导, 高薪急聘：会计.
var calls = newWords(
	"高薪诚聘", "高薪急聘", "高薪招聘", "高薪聘请", "诚聘", "急聘", "急招", "诚招", "热招", "热聘", "直招", "直聘", "现招聘", "现招", "长期招聘", "大量招聘", "公司招聘", "招聘", "招募", "聘请",
)

// recruiting stands behind 招聘 in the names of those whose work it is: 招聘专员,
// 招聘培训主管.
var recruiting = newWords(
	"专员", "主管", "经理", "助理", "顾问", "总监", "负责人", "专家", "实习生", "主任", "组长", "代表", "人员", "岗", "专干", "专职",
	"培训", "配置", "渠道", "运营", "绩效", "项目", "部", "组", "管理", "咨询", "服务", "行政", "人事", "客服", "与", "及", "和", "兼", "高级", "资深", "HR",
)

// CutCall takes such a call off the front of text.
func CutCall(text string) string {
	i := calls.prefix(text)
	if i < 0 {
		return text
	}
	return text[len(calls.get().words[i]):]
}

// CallNames reports text whose call is followed by the name of a job and is no
// part of it: 招聘会计, and not 招聘专员.
func CallNames(text string) bool {
	rest := CutCall(text)
	if len(text)-len(rest) != len("招聘") || text[:len(text)-len(rest)] != "招聘" {
		return TitleShaped(rest)
	}
	return HasCore(rest) && TitleShaped(rest) && recruiting.prefix(rest) < 0
}

// trades name work and, where a heading's place or its words make a job of it,
// who does it: 翻译, 文案策划.
var trades = [...]string{"策划", "翻译", "客服", "采购", "销售", "行政", "人事", "收银", "仓管", "质检", "导医", "护理", "陪护", "电销", "司仪", "模特", "演员", "主持", "剪辑", "后期", "前端", "后端", "开发", "测试", "运维", "财务", "法务", "文秘", "商务", "公关", "企划", "招商", "物控", "品控", "品管"}

var tradesByEnd = indexByEnd(trades[:])

// NamesTrade reports text that ends with work of which a job may have its name.
func NamesTrade(text string) bool {
	return hasAnySuffix(text, tradesByEnd()[lastRune(text)])
}

// terms are what boards and notices say of a job beside its name.
var terms = newWords("经验", "学历", "不限", "面议", "全职", "兼职", "急聘", "急招", "五险", "双休", "包吃", "包住", "感兴趣", "投递", "收藏", "分享", "在线", "刚刚活跃", "日活跃", "应届", "本科", "大专", "中专", "硕士")

// StatesTerms reports a short line of such facts: 经验3-5年 本科.
func StatesTerms(text string) bool { return terms.has(text) }
