package lexicon

import (
	"testing"

	"zhize/document"
)

// duties are sentences about a job that use the words of notices.
var duties = []string{
	"编写相关文档", "提供借鉴", "完成同行案例的收集与借鉴", "处理侵权投诉", "处理知识产权侵权纠纷", "维护公司网站和微信公众号", "运营微信公众号，撰写推文", "负责本站点的安全", "负责本网站的日常更新与维护", "负责本站加油设备的检修",
	"受理客户举报并及时调查", "处理举报与信访", "整理报表供领导参考", "收集行业资料，供参考", "负责版权登记与维权", "管理公司著作权与版权合同", "管理会员积分与权益", "办理会员卡充值", "对接微信支付、支付宝等支付方式", "开发短信验证码接口",
	"负责客服电话的接听", "公布投诉电话并登记来电", "收集用户意见反馈", "指导客户扫一扫付款", "引导顾客扫码关注", "完成下载与安装的技术支持", "上传检测数据", "审核上传者资质", "管理文档资料的归档与借阅", "整理热门文章素材",
	"策划专题推荐阅读栏目", "安排会员卡的制作与发放", "制定接下来一周的排班", "安排接下来的生产计划", "改进会员服务", "审查免责声明与合同条款", "起草版权声明和隐私政策", "负责网站ICP备案", "办理ICP备案与公安备案", "维护简历投递渠道",
	"筛选投递简历的候选人", "优化关键字投放", "完善岗位关键字库", "跟进相关资料的准备", "收集更多相关信息", "设计点击下载按钮的交互", "开展微信分享裂变活动", "优化相关推荐算法", "负责编辑部新人的培训", "收集同类文档供参考",
	"负责VIP会员的维护与开发", "从事专利侵权检索与分析", "负责公众号验证码登录的测试", "熟悉版权登记与侵权投诉的流程",
}

// own are a page's own words.
var own = []struct {
	line   string
	reason document.Reason
}{
	{"当前位置：首页 > 范文 > 岗位职责", document.Navigation},
	{"上一篇：出纳岗位职责", document.Navigation},
	{"下一页", document.Navigation},
	{"相关推荐：", document.Related},
	{"猜你喜欢", document.Related},
	{"立即下载", document.Advertisement},
	{"本文档可免费下载", document.Advertisement},
	{"成为VIP，畅读全站", document.Advertisement},
	{"版权所有 请勿转载", document.Legal},
	{"转载请注明出处", document.Legal},
	{"本站内容由用户自行上传，如有侵权请联系", document.Legal},
	{"Copyright 2020", document.Footer},
	{"京ICP备00000000号", document.Footer},
	{"小编为您整理了几篇", document.Introduction},
	{"下面是几篇范文，欢迎阅读", document.Introduction},
	{"希望对大家有所帮助", document.Introduction},
	{"职能类别：客服", document.Boilerplate},
	{"立即申请", document.Boilerplate},
	{"扫一扫，手机阅读", document.Navigation},
	{"关注公众号获取更多", document.Advertisement},
	{"如侵犯您的权益请告知，侵权必删", document.Legal},
	{"微信公众号：某某文库", document.Advertisement},
	{"客服电话：400-000-0000", document.Footer},
	{"举报", document.Legal},
	{"意见反馈", document.Footer},
	{"精品文档", document.Advertisement},
	{"责任编辑：青苗", document.Footer},
}

func TestBoilerplateReason(t *testing.T) {
	for _, tt := range own {
		if reason, ok := BoilerplateReason(tt.line); !ok || reason != tt.reason {
			t.Errorf("%q: %q, want %q", tt.line, reason, tt.reason)
		}
	}
	for _, line := range duties {
		if reason, ok := BoilerplateReason(line); ok {
			t.Errorf("%q: %q, but it is of a job", line, reason)
		}
	}
}

func TestLegalWords(t *testing.T) {
	for text, min := range map[string]int{
		"本站所有内容均来自网络，版权归原作者，付费下载概不退款": 5,
		"会员可上传文档并获得积分":                4,
	} {
		if n := LegalWords(text); n < min {
			t.Errorf("%q: %d words, want %d", text, n, min)
		}
	}
	for text, max := range map[string]int{
		"负责客户来电的接听": 0, "处理侵权投诉": 1, "维护公司网站": 1, "编写相关文档": 1, "负责图纸的下发": 1, "办理开票": 1,
	} {
		if n := LegalWords(text); n > max {
			t.Errorf("%q: %d words, want at most %d", text, n, max)
		}
	}
}

func TestMetaKeys(t *testing.T) {
	for text, want := range map[string]int{
		"格式：DOC 页数：3 大小：20KB": 3, "上传日期: 2020 浏览次数 : 5": 2, "作者：甲": 1, "岗位职责：接听电话": 0, "：": 0, "": 0, "格式 页数": 0,
	} {
		if n := MetaKeys(text); n != want {
			t.Errorf("%q: %d keys, want %d", text, n, want)
		}
	}
}
