package derive

import (
	"math/rand/v2"
	"strings"

	"zhize/record"
)

// The words of made duties.
var (
	madeVerbs = strings.Fields("负责 组织 编制 审核 检查 汇总 跟踪 落实 维护 协调 安排 整理 核对 起草 监督 参与 建立 完善 执行 推动 统筹 登记 分析 评估 策划")
	madeOf    = strings.Fields("车间 仓库 门店 客户 供应商 食堂 车队 项目 财务部 人事部 采购部 质检室 实验室 展厅 工地 宿舍 机房 档案室 前台 售后")
	madeThing = strings.Fields("设备台账 应急预案 培训计划 考勤记录 付款申请 合同文本 库存报表 投诉单据 安全制度 卫生标准 回访资料 招聘需求 费用预算 验收报告 会议纪要 工艺文件 样品清单 车辆档案 薪酬方案 巡视日志 投标文件 物料编码 保养手册 价格协议 盘点差异")
	madeEnd   = strings.Fields("并报主管领导审批 并跟踪整改情况 确保资料真实完整 并做好归档保管 配合相关部门完成工作 按规定时间提交结果 发现问题及时反馈 保证流程顺畅运行 并向员工宣讲要求 接受审计部门检查 并对异常情况作出说明 为管理决策提供依据")
)

// makeDuty makes a duty of some twenty characters, of which there are millions.
func makeDuty(r *rand.Rand) string {
	pick := func(words []string) string { return words[r.IntN(len(words))] }
	text := pick(madeVerbs) + pick(madeOf) + "的" + pick(madeThing) + "和" + pick(madeThing) + "，" + pick(madeEnd)
	if r.IntN(4) == 0 {
		text += "，准确率达到" + []string{"95", "98", "90", "99"}[r.IntN(4)] + "%以上"
	}
	return text + "；"
}

// makeBody makes the duties of a position.
func makeBody(r *rand.Rand) []string {
	out := make([]string, 6+r.IntN(9))
	for i := range out {
		out[i] = makeDuty(r)
	}
	return out
}

// slips are characters and what is written in their place.
var slips = [...][2]string{{"账", "帐"}, {"检", "捡"}, {"组", "祖"}, {"审", "申"}, {"诉", "诉讼"}, {"培", "陪"}, {"预", "予"}, {"维", "唯"}, {"保", "宝"}, {"客", "各"}}

// slip puts a wrong character into a text where it can.
func slip(r *rand.Rand, text string) string {
	for _, i := range r.Perm(len(slips)) {
		if s := slips[i]; strings.Contains(text, s[0]) && len(s[1]) == len(s[0]) {
			return strings.Replace(text, s[0], s[1], 1)
		}
	}
	return text
}

// madePage is a page whose source is its items, with an article and a position.
func madePage(items ...string) (record.Page, []record.Position) {
	source := strings.Join(items, "\n")
	n := len([]rune(source))
	p := position("岗位", "", "responsibilities", items...)
	p.Article.Ordinal = 1
	return record.Page{
		Source: source, Regions: []record.Region{{Span: record.Span{0, n}, Role: "item"}},
		Articles: []record.Article{{Ordinal: 1, Positions: 1, Items: len(items)}},
	}, []record.Position{p}
}
