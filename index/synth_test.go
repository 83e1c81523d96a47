package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"zhize/record"
)

// The words of the synthetic corpus.
var (
	synthVerbs = strings.Fields("负责 协助 参与 组织 制定 完成 跟进 维护 监督 处理 编制 落实 审核 分析 收集 整理 汇报 指导 优化 推动 建立 执行 检查 配合 统筹 对接 开发 测试 评估 管理")
	synthNouns = strings.Fields("客户 销售 合同 预算 项目 系统 数据 报表 流程 制度 培训 档案 库存 采购 供应商 产品 市场 渠道 团队 财务 凭证 税务 设备 质量 安全 订单 物流 仓库 门店 会员 活动 方案 文案 品牌 代码 接口 服务器 数据库 网络 架构 需求 文档 进度 风险 成本 考勤 薪酬 招聘 绩效 员工 关系 投诉 回访 接待 会议 行程 工程师 现场 施工 图纸 验收")
	synthTails = strings.Fields("工作 计划 目标 的日常管理 的跟踪与反馈 的统计分析 的整体规划 的实施情况 的建设 的执行 的评估 的改进 的沟通协调 并定期汇报 并提出建议 确保按时完成 保证质量 及时上报 做好记录")
	synthLatin = strings.Fields("Java Python MySQL Excel PPT CRM ERP SAP K8s Docker Linux C++ Redis OA KPI")
	synthTitle = strings.Fields("销售顾问 会计 行政专员 软件工程师 产品经理 仓库管理员 人事主管 客服专员 项目经理 质检员 采购员 运维工程师 店长 出纳 市场总监 护士长 司机 保安队长 电工 讲师")
	synthKinds = []string{"responsibilities", "responsibilities", "responsibilities", "qualifications", "authority", "conditions"}
)

func one(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func synthDuty(r *rand.Rand) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 {
			b.WriteString(one(r, []string{"，", "；", "、"}))
		}
		b.WriteString(one(r, synthVerbs) + one(r, synthNouns))
		for range r.IntN(3) {
			b.WriteString(one(r, synthNouns))
		}
		if r.IntN(6) == 0 {
			b.WriteString(one(r, synthLatin))
		}
		b.WriteString(one(r, synthTails))
	}
	return b.String() + "。"
}

// synth writes positions.jsonl with n duties, five a position, six positions
// a page. A fifth of the duties repeats one of a hundred.
func synth(w io.Writer, seed uint64, n int) (textBytes int64) {
	r := rand.New(rand.NewPCG(seed, 1))
	var common []string
	for range 100 {
		common = append(common, synthDuty(r))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for p := 0; n > 0; p++ {
		page := fmt.Sprintf("%016x", uint64(p/6+1)*0x9E3779B97F4A7C15)
		site := fmt.Sprintf("site%d.example.com", p/6%40)
		pageTitle, title := fmt.Sprintf("岗位职责范本第%d辑", p/6), one(r, synthTitle)
		article := title + "岗位职责"
		pos := record.Position{
			Schema: record.Schema, ID: fmt.Sprintf("%s-p%03d", page, p%6+1), Ordinal: p%6 + 1,
			Page:    record.PageRef{ID: page, URI: fmt.Sprintf("pages/%06d.html", p/6), Title: &pageTitle, Site: &site},
			Article: record.ArticleRef{Ordinal: p%6 + 1, Heading: &article}, Title: &title,
			Fields: map[string]string{}, Edits: []record.Edit{}, Flags: []string{},
		}
		s := record.Section{Kind: one(r, synthKinds), Missing: []int{}, Flags: []string{}}
		at := 0
		for i := 0; i < 5 && n > 0; i++ {
			text := synthDuty(r)
			if r.IntN(5) == 0 {
				text = one(r, common)
			}
			textBytes += int64(len(text))
			k, size := i+1, len([]rune(text))
			marker := fmt.Sprintf("%d、", k)
			s.Items = append(s.Items, record.Item{
				Number: &k, Marker: &marker, Text: text, Span: record.Span{at, at + size},
				Flags: []string{}, Children: []record.Item{},
			})
			at += size + 3
			n--
		}
		s.Span = record.Span{0, at}
		pos.Sections = []record.Section{s}
		if err := enc.Encode(pos); err != nil {
			panic(err)
		}
	}
	return textBytes
}

func synthLines(seed uint64, n int) (lines []byte, textBytes int64) {
	var b bytes.Buffer
	textBytes = synth(&b, seed, n)
	return b.Bytes(), textBytes
}
