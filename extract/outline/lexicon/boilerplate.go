package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"zhize/document"
	"zhize/extract/outline/runeset"
)

// Phrase is wording that marks a line as a page's own.
type Phrase struct {
	Text   string
	Reason document.Reason
}

// phrases mark a line that is not numbered and is no sentence about a job.
// Each is specific enough to decide alone.
var phrases = [...]Phrase{
	{"手机阅读", document.Navigation}, {"分享到", document.Navigation}, {"新浪微博", document.Navigation}, {"QQ空间", document.Navigation}, {"点击收藏", document.Navigation}, {"关闭窗口", document.Navigation}, {"扫一扫", document.Navigation}, {"当前位置", document.Navigation}, {"您的位置", document.Navigation}, {"您现在的位置", document.Navigation}, {"你的位置", document.Navigation},
	{"返回首页", document.Navigation}, {"返回顶部", document.Navigation}, {"上一篇", document.Navigation}, {"下一篇", document.Navigation}, {"上一页", document.Navigation}, {"下一页", document.Navigation}, {"阅读全文", document.Navigation}, {"展开全文", document.Navigation}, {"点击查看", document.Navigation}, {"请点击", document.Navigation}, {"查看更多", document.Navigation}, {"加载更多", document.Navigation}, {"更多同城", document.Advertisement}, {"下载声明", document.Legal}, {"下载须知", document.Legal}, {"文档说明", document.Legal}, {"收藏本站", document.Navigation}, {"设为首页", document.Navigation}, {"加入收藏", document.Navigation}, {"全文阅读", document.Navigation}, {"继续阅读", document.Navigation},
	{"您可能关注", document.Related}, {"你可能关注", document.Related}, {"您可能感兴趣", document.Related}, {"你可能感兴趣", document.Related}, {"猜您喜欢", document.Related}, {"猜你喜欢", document.Related}, {"相关推荐", document.Related}, {"相关文档", document.Related}, {"相关文章", document.Related}, {"相关阅读", document.Related}, {"相关范文", document.Related}, {"热门文档", document.Related}, {"热门推荐", document.Related}, {"热门下载", document.Related}, {"热门文章", document.Related}, {"最新文章", document.Related}, {"推荐文档", document.Related}, {"推荐阅读", document.Related}, {"延伸阅读", document.Related}, {"最新文档", document.Related}, {"合集下载", document.Related}, {"更多相关", document.Related}, {"看过本文", document.Related}, {"都在看", document.Related}, {"人气文章", document.Related}, {"为你推荐", document.Related}, {"为您推荐", document.Related}, {"推荐文章", document.Related}, {"精彩推荐", document.Related}, {"更多文章", document.Related}, {"更多范文", document.Related}, {"最近更新", document.Related}, {"随机推荐", document.Related}, {"栏目推荐", document.Related}, {"点击排行", document.Related}, {"阅读排行", document.Related}, {"热门排行", document.Related}, {"相似职位", document.Boilerplate}, {"还想看", document.Related}, {"最新更新", document.Related}, {"其他职位", document.Boilerplate}, {"扫码分享", document.Boilerplate}, {"投递至", document.Boilerplate}, {"谢绝来访", document.Boilerplate}, {"看了本文", document.Related}, {"看过该职位", document.Related}, {"还看了", document.Related}, {"同类文档", document.Related}, {"相关热词", document.Related}, {"本文标签", document.Related}, {"相关标签", document.Related}, {"关键词标签", document.Related},
	{"下载积分", document.Advertisement}, {"立即下载", document.Advertisement}, {"免费下载", document.Advertisement}, {"欢迎下载", document.Advertisement}, {"下载到电脑", document.Advertisement}, {"获取该文档", document.Advertisement}, {"立减", document.Advertisement}, {"首单", document.Advertisement}, {"到这里，祝", document.Introduction}, {"就到这里", document.Introduction}, {"整理范文", document.Advertisement}, {"代理记账", document.Advertisement}, {"0元听", document.Advertisement}, {"自行编辑修改", document.Advertisement}, {"预览范围", document.Advertisement}, {"就下载吧", document.Advertisement}, {"页眉内容", document.Advertisement}, {"收集整理", document.Legal}, {"网络收集", document.Legal}, {"自动采集", document.Legal}, {"介绍到这里", document.Introduction}, {"更多精彩", document.Related}, {"更多内容请", document.Related}, {"包邮", document.Advertisement}, {"折起", document.Advertisement}, {"当天放款", document.Advertisement}, {"贷款额度", document.Advertisement}, {"加微信领取", document.Advertisement}, {"免费领取", document.Advertisement}, {"限时优惠", document.Advertisement}, {"论文查重", document.Advertisement}, {"彩金", document.Advertisement}, {"娱乐城", document.Advertisement}, {"博彩", document.Advertisement}, {"开通会员", document.Advertisement}, {"金币", document.Advertisement}, {"免费发布", document.Advertisement}, {"下载此文档", document.Advertisement}, {"下载本文", document.Advertisement}, {"下载文档", document.Advertisement}, {"点击下载", document.Advertisement}, {"成为VIP", document.Advertisement}, {"加入VIP", document.Advertisement}, {"开通VIP", document.Advertisement}, {"VIP免费", document.Advertisement}, {"VIP会员", document.Advertisement}, {"会员分享", document.Advertisement}, {"支付方式", document.Advertisement}, {"微信支付", document.Advertisement}, {"验证码", document.Advertisement}, {"优质文档", document.Advertisement}, {"精品文档", document.Advertisement}, {"精选文档", document.Advertisement}, {"精选资料", document.Advertisement}, {"精品资料", document.Advertisement}, {"可修改编辑", document.Advertisement}, {"完整版可编辑", document.Advertisement}, {"可编辑版", document.Advertisement}, {"倾情为你", document.Advertisement}, {"整理文档很辛苦", document.Advertisement}, {"剩余内容", document.Advertisement}, {"剩余免费", document.Advertisement}, {"付费阅读", document.Advertisement}, {"下载后阅读", document.Advertisement}, {"下载后可编辑", document.Advertisement}, {"可编辑的电子版", document.Advertisement}, {"关注公众号", document.Advertisement}, {"微信公众号", document.Advertisement},
	{"小编", document.Introduction}, {"供大家参考", document.Introduction}, {"供您参考", document.Introduction}, {"供参考", document.Introduction}, {"欢迎阅读", document.Introduction}, {"欢迎大家", document.Introduction}, {"希望对大家", document.Introduction}, {"希望对您", document.Introduction}, {"希望能帮", document.Introduction}, {"仅供大家", document.Introduction}, {"下面是", document.Introduction}, {"以下是", document.Introduction}, {"一起来看", document.Introduction}, {"一起看看", document.Introduction}, {"范文供", document.Introduction}, {"借鉴", document.Introduction}, {"大家知道", document.Introduction}, {"你知道", document.Introduction}, {"有哪些呢", document.Introduction}, {"是什么呢", document.Introduction}, {"来看看吧", document.Introduction}, {"为大家", document.Introduction}, {"为您带来", document.Introduction}, {"快来看看", document.Introduction}, {"感谢您的阅读", document.Introduction}, {"感谢阅读", document.Introduction}, {"感谢您的浏览", document.Introduction}, {"接下来", document.Introduction},
	{"版权所有", document.Legal}, {"版权归", document.Legal}, {"版权申诉", document.Legal}, {"侵权", document.Legal}, {"免责声明", document.Legal}, {"版权声明", document.Legal}, {"版权说明", document.Legal}, {"举报", document.Legal}, {"网站声明", document.Legal}, {"转载请注明", document.Legal}, {"仅供参考", document.Legal}, {"本文来源", document.Legal}, {"本文地址", document.Legal}, {"本文链接", document.Legal}, {"文章来源", document.Legal}, {"本站", document.Legal}, {"本网站", document.Legal}, {"用户自行上传", document.Legal}, {"上传者", document.Legal}, {"Copyright", document.Footer}, {"©", document.Footer}, {"ICP备", document.Footer}, {"执行时间", document.Footer}, {"Powered by", document.Footer}, {"Processed in", document.Footer}, {"经营许可证", document.Footer}, {"备案号", document.Footer}, {"举报电话", document.Footer}, {"公网安备", document.Footer}, {"客服电话", document.Footer}, {"客服热线", document.Footer}, {"服务热线：", document.Footer}, {"责任编辑：", document.Footer}, {"责任编辑:", document.Footer}, {"投诉电话", document.Footer}, {"意见反馈", document.Footer}, {"联系我们", document.Footer}, {"关于我们|", document.Footer},
	{"均由网友", document.Legal}, {"网友提供", document.Legal}, {"网友上传", document.Legal}, {"如有异议", document.Legal}, {"保留出处", document.Legal}, {"注明出处", document.Legal}, {"联系管理员", document.Legal}, {"联系站长", document.Legal}, {"招聘用途", document.Legal},
	{"写留言", document.Navigation}, {"我要评论", document.Navigation}, {"发表评论", document.Navigation}, {"人已评", document.Navigation}, {"人点赞", document.Navigation}, {"往期回顾", document.Related}, {"往期推荐", document.Related}, {"往期精选", document.Related},
	{"职能类别", document.Boilerplate}, {"职位类别", document.Boilerplate}, {"微信分享", document.Boilerplate}, {"关键字：", document.Boilerplate}, {"关键字:", document.Boilerplate}, {"职位标签", document.Boilerplate}, {"投递简历", document.Boilerplate}, {"举报该职位", document.Boilerplate}, {"举报职位", document.Boilerplate}, {"职位发布者", document.Boilerplate}, {"立即申请", document.Boilerplate}, {"申请职位", document.Boilerplate}, {"停止招聘", document.Boilerplate}, {"职位诱惑", document.Boilerplate}, {"人浏览", document.Navigation}, {"收藏职位", document.Boilerplate}, {"职位在招", document.Boilerplate}, {"查看全部", document.Navigation}, {"匹配度", document.Boilerplate}, {"安全提示", document.Boilerplate}, {"立即沟通", document.Boilerplate}, {"聊天意愿", document.Boilerplate}, {"简历处理", document.Boilerplate}, {"竞争力分析", document.Boilerplate}, {"公司所有职位", document.Boilerplate}, {"查看地图", document.Navigation}, {"请加微信", document.Advertisement}, {"加微信：", document.Advertisement}, {"简历投递", document.Boilerplate},
}

// legalWords are the vocabulary of a site's notices. One alone may stand in a
// duty of a lawyer or a web editor; several in a list of many are a notice.
var legalWords = [...]string{
	"版权", "侵权", "侵犯", "文档", "本站", "网站", "付费", "VIP", "会员", "下载", "退款", "上传", "免责", "转载", "充值", "预览", "著作权", "知识产权",
	"来自网络", "学习交流", "学习、研究", "商业用途", "法律责任", "积分", "金币", "水印", "压缩", "解压", "发布者", "权益", "盈利", "图纸", "源文件", "阅读器",
	"本页", "本平台", "存储服务", "权属", "发票", "网友", "出处", "仅供参考", "登录密码", "删除", "邮箱", "邮件", "下载量", "在线阅读", "会员分享",
	"所有内容", "信息存储空间", "不当内容", "纠正", "未经授权", "严禁复制", "转码", "C2C", "收益归", "购买", "开票", "客服",
}

// workVerbs open sentences about work beside the cues of duties. They open no
// line of a page about itself.
var workVerbs = [...]string{"受理", "运营", "筛选", "优化", "公布", "引导", "起草", "审查", "拟写", "推广", "搭建", "调查", "采集", "更新", "发布", "策划"}

// plainOpenings open sentences about a job or about who wants it, and no line with
// which a page speaks of itself, whatever it speaks of: 负责VIP会员的维护.
var plainOpenings = [...]string{"负责", "从事", "协助", "主持", "承担", "配合", "熟悉", "精通", "具备", "具有"}

// addressed are words with which a page speaks to its reader or of itself: a
// line that holds one is the page's own even if it opens like a duty.
var addressed = [...]string{"您", "你", "请", "小编", "大家", "立即", "VIP", "本文", "辛苦", "范文", "职责", "上一", "下一"}

var (
	phraseWords    = wordsOf(phraseTexts)
	legalList      = newWords(legalWords[:]...)
	workList       = newWords(workVerbs[:]...)
	plainList      = newWords(plainOpenings[:]...)
	addressedWords = newWords(addressed[:]...)
)

func phraseTexts() []string {
	var texts []string
	for _, p := range phrases {
		texts = append(texts, p.Text)
	}
	return texts
}

// aboutWork reports a line that opens as a duty does and addresses nobody:
// 处理侵权投诉, 维护公司网站和微信公众号.
func aboutWork(line string) bool {
	return plainList.prefix(line) >= 0 || (OpensDuty(line) || workList.prefix(line) >= 0) && !addressedWords.has(line)
}

// BoilerplateReason gives the reason a line's wording is a page's own, if one
// of the phrases stands in it and it is no sentence about work.
func BoilerplateReason(line string) (document.Reason, bool) {
	if isAddress(line) {
		return document.Advertisement, true
	}
	first := len(phrases)
	phraseWords.each(line, func(i int) bool {
		first = min(first, i)
		return true
	})
	if first == len(phrases) || aboutWork(line) {
		return document.NoReason, false
	}
	return phrases[first].Reason, true
}

// siteWords are what only a site's notice speaks of.
var siteWords = newWords("本站", "本网站", "VIP", "上传用户", "用户上传", "上传人", "上传者", "下载后", "下载文件", "下载内容", "退款", "付费", "积分", "金币", "充值", "预览", "网友", "本页", "镜像", "版权")

// SiteWords reports text that speaks of a site, its files or their price.
func SiteWords(text string) bool { return siteWords.has(text) }

// addresses mark the address of a site.
var addresses = newWords("www.", "http:", "https:", "WWW.", ".com", ".cn", ".net", ".example", "wenku", "NextPage", "nextpage")

// tailStops end the last sentence that is an item's own.
var (
	tailStops    = runeset.Of("。；;！!")
	tailBrackets = [...][2]string{{"【", "】"}, {"（", "）"}, {"(", ")"}, {"[", "]"}, {"〔", "〕"}}
)

// CutOwnTail takes off the end of an item what is the page's own: the site's
// name and address in brackets, a page break, and sentences with a page's own
// wording behind the item's last stop. It gives what is left, and the reason.
func CutOwnTail(text string) (kept string, reason document.Reason) {
	for {
		cut, why := cutOwnTail(text)
		if why == document.NoReason {
			return text, reason
		}
		text, reason = cut, why
	}
}

func cutOwnTail(text string) (string, document.Reason) {
	text = strings.TrimRight(text, " 　\u00a0\n\t")
	for _, b := range tailBrackets {
		if !strings.HasSuffix(text, b[1]) {
			continue
		}
		if i := strings.LastIndex(text, b[0]); i > 0 && len(text)-i <= maxTail && addresses.has(text[i:]) {
			return strings.TrimRight(text[:i], " 　\u00a0\n\t"), document.Advertisement
		}
	}
	body := tailStops.TrimRight(text)
	i := lastStop(body, len(text)-maxTail-len("。"))
	if i <= 0 {
		return text, document.NoReason
	}
	_, n := utf8.DecodeRuneInString(body[i:])
	tail := text[i+n:]
	if len(tail) > maxTail {
		return text, document.NoReason
	}
	tail = strings.TrimSpace(tail)
	if why, own := BoilerplateReason(tail); own && (why != document.Related || phraseWords.prefix(tail) >= 0) {
		return text[:i+n], why
	}
	return text, document.NoReason
}

// lastStop is where the last stop of text begins that ends behind least, -1 for
// none.
func lastStop(text string, least int) int {
	for i := len(text) - 1; i >= max(least, 0); i-- {
		if i >= 2 && 0xe4 <= text[i-2] && text[i-2] <= 0xe9 && text[i] >= utf8.RuneSelf {
			i -= 2 // a Han character
			continue
		}
		switch text[i] {
		case ';', '!':
			return i
		case 0x82, 0x9b, 0x81:
			if i >= 2 && (text[i-2:i+1] == "。" || text[i-2:i+1] == "；" || text[i-2:i+1] == "！") {
				return i - 2
			}
		}
	}
	return -1
}

// maxTail is the longest tail, in bytes, that is judged by one phrase.
const maxTail = 180

// relatedHeads end the heading of a list of other documents.
var relatedHeads = [...]string{"推荐", "相关阅读", "相关文章", "文章推荐", "热门文章", "最新文章", "排行榜", "猜你喜欢", "相关内容", "相关资料", "相关专题"}

// HeadsRelated reports a short line that heads a list of other documents.
func HeadsRelated(text string) bool { return hasAnySuffix(text, relatedHeads[:]) }

// boardLines are the lines of a job board that head all of a posting.
var boardLines = [...]string{"职位信息", "岗位信息", "招聘信息", "职位详情", "岗位详情", "工作详情", "职位介绍"}

// BoardLine reports a line that is one of a job board's.
func BoardLine(text string) bool { return slices.Contains(boardLines[:], text) }

// CutBoardLine takes such a line off the end of a text that is glued to it.
func CutBoardLine(text string) (rest string, ok bool) {
	for _, w := range boardLines {
		if rest, ok := strings.CutSuffix(text, w); ok {
			return strings.TrimRight(rest, " 　"), true
		}
	}
	return text, false
}

// BehindBoardLine is a text without such a line in front of it.
func BehindBoardLine(text string) string {
	for _, w := range boardLines {
		if rest, ok := strings.CutPrefix(text, w); ok && rest != "" {
			return strings.TrimLeft(rest, " 　")
		}
	}
	return text
}

// isAddress reports a line that is a site's name and address in brackets, or an
// address alone.
func isAddress(line string) bool {
	if len(line) > maxTail || !addresses.has(line) {
		return false
	}
	for _, b := range tailBrackets {
		if strings.HasPrefix(line, b[0]) && strings.HasSuffix(line, b[1]) && strings.Count(line, b[0]) == 1 {
			return true
		}
	}
	return strings.HasPrefix(line, "http") || strings.HasPrefix(line, "www.")
}

// LegalWords counts how many different words of notices stand in text.
func LegalWords(text string) int { return legalList.count(text) }

// MetaKeys open what a page says of the document it shows.
var metaKeys = [...]string{
	"格式", "文件格式", "文档格式", "上传日期", "上传时间", "上传", "页码", "页数", "大小", "文件大小", "文档大小", "文档编号", "编号", "小编", "编辑", "作者", "来源", "时间", "发布时间", "更新时间", "发布日期", "字数", "约", "浏览", "阅读", "点击", "浏览次数", "下载次数", "文档分类", "上传人", "分类", "类型", "关键词", "标签", "贡献者", "热度", "所属分类", "文档页数", "资料格式", "资料大小", "IP属地", "价格", "积分", "下载积分",
}

var metaByEnd = indexByEnd(metaKeys[:])

// MetaKeys counts how many different keys of a document's particulars stand
// in text, each followed by a colon.
func MetaKeys(text string) int {
	n := 0
	for at := 0; ; {
		i := strings.IndexByte(text[at:], ':')
		if k := strings.Index(text[at:], "："); k >= 0 && (i < 0 || k < i) {
			i = k
		}
		if i < 0 {
			return n
		}
		before := strings.TrimRight(text[:at+i], " 　")
		if last, _ := utf8.DecodeLastRuneInString(before); hasAnySuffix(before, metaByEnd()[last]) {
			n++
		}
		at += i + 1
	}
}

func hasAnySuffix(text string, words []string) bool {
	for _, w := range words {
		if strings.HasSuffix(text, w) {
			return true
		}
	}
	return false
}
