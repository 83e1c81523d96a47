package noise

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"zhize/internal/pagegen/internal/sheet"
)

// commonWords are words that no reader takes apart: what is put between their
// characters is seen as a fault.
const commonWords = "负责 客户 公司 管理 工作 部门 人员 员工 安全 检查 记录 完成 设备 产品 质量 计划 培训 制度 项目 合同 资料 " +
	"审核 组织 协助 处理 及时 建立 编制 分析 数据 市场 销售 采购 生产 服务 维护 登记 核对 报告 领导 上级 经验 专业 学历 能力 " +
	"熟悉 具有 优先 相关 流程 标准 规定 要求 操作 系统 技术 费用 预算 成本 供应 物资 仓库 车辆 运输 投诉 反馈 指导 监督 执行 " +
	"落实 配合 参与 提出 改进 建议 定期 整理 归档 汇总 统计 分配 安排 跟踪 沟通 协调 开展 考核 情况 信息 文件 档案 会议 通知 " +
	"问题 措施 方案 材料 现场 环境 卫生 消防 应急 故障 维修 保养 测试 设计 开发 学生 教学 课程 病人 药品 护理 患者 检测 样品"

var words = func() map[string]bool {
	m := make(map[string]bool)
	for w := range strings.FieldsSeq(commonWords) {
		m[w] = true
	}
	return m
}()

// hanSize is the length of a Chinese character in bytes.
const hanSize = 3

// insideWord is a random place inside a common word of the text, at least
// margin bytes from its ends and free of other faults; -1 where there is none.
func insideWord(t *sheet.Text, r *rand.Rand, margin int) int {
	var at [32]int
	n := 0
	for i := range t.Clean {
		if i < margin || i+2*hanSize+margin > len(t.Clean) || n == len(at) {
			continue
		}
		if w := t.Clean[i : i+2*hanSize]; words[w] && t.Free(i, i+2*hanSize, sheet.Apart) {
			at[n] = i + hanSize
			n++
		}
	}
	if n == 0 {
		return -1
	}
	return at[r.IntN(n)]
}

// betweenHan is a random place between two Chinese characters, at least margin
// bytes from the ends; -1 where the search found none.
func betweenHan(t *sheet.Text, r *rand.Rand, margin int) int {
	span := len(t.Clean) - 2*margin
	if span <= 0 {
		return -1
	}
	start := margin + r.IntN(span)
	for at := start; at < len(t.Clean)-margin; at++ {
		if !utf8.RuneStart(t.Clean[at]) {
			continue
		}
		left, _ := utf8.DecodeLastRuneInString(t.Clean[:at])
		right, _ := utf8.DecodeRuneInString(t.Clean[at:])
		if sheet.Han(left) && sheet.Han(right) {
			return at
		}
	}
	return -1
}
