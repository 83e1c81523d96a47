package normalize_test

import (
	"strings"
	"testing"

	"zhize/normalize"
)

// TestProtectedPages holds what copy protection does to a whole page, and what
// must not be taken for it.
func TestProtectedPages(t *testing.T) {
	for _, tt := range []struct{ name, before, after string }{
		{
			"random letters at line ends",
			"1、登记到访客人的姓名 aK$92mQ\n2、核对预约单与房号。 Tr^pw31x\n3、保管前台钥匙 ,,\n4、整理当日报表 Zz#81kLm；\n5、使用 Excel2016",
			"1、登记到访客人的姓名\n2、核对预约单与房号。\n3、保管前台钥匙 ,,\n4、整理当日报表；\n5、使用 Excel2016",
		},
		{
			"names at line ends",
			"1、熟悉数据库 MySQL\n2、熟悉系统 CentOS7\n3、会用 Node.js\n4、了解 iOS14\n5、熟悉语言 TypeScript",
			"1、熟悉数据库 MySQL\n2、熟悉系统 CentOS7\n3、会用 Node.js\n4、了解 iOS14\n5、熟悉语言 TypeScript",
		},
		{
			"characters inside words",
			"每天检扳查消防器材，填写登敖记表；\n定期培癌训新入职的保洁人傲员，安排班次；\n按时向主管汇哎报设备运行情况，把故拌障单归档；\n引导客爱户就座，介扳绍收费标准，办理登记。",
			"每天检查消防器材，填写登记表；\n定期培训新入职的保洁人员，安排班次；\n按时向主管汇报设备运行情况，把故障单归档；\n引导客户就座，介绍收费标准，办理登记。",
		},
		{
			"honest text with the same characters",
			"按班次安排保洁员，把办公室的门窗擦拭干净；\n百分之八十的订单半天内办结；\n扳手、版材和板材分类摆放，搬运时轻拿轻放；\n爱护设备，败坏公物者照价赔偿；\n伴奏、拌料、斑马线、一般事故的登记。",
			"按班次安排保洁员，把办公室的门窗擦拭干净；\n百分之八十的订单半天内办结；\n扳手、版材和板材分类摆放，搬运时轻拿轻放；\n爱护设备，败坏公物者照价赔偿；\n伴奏、拌料、斑马线、一般事故的登记。",
		},
		{
			"a spaced page",
			"每 天巡 视园 区，登 记来 访 车辆，检 查消 防 通 道，填 写交 接班 记 录，按 时开 关 路 灯，协 助住 户搬 运大 件物 品。",
			"每天巡视园区，登记来访车辆，检查消防通道，填写交接班记录，按时开关路灯，协助住户搬运大件物品。",
		},
		{
			"clauses parted by spaces",
			"负责门店日常收银 协助店长盘点 整理货架 清点备用金 填写交班表 解答顾客咨询 处理退换货 打扫卫生 统计销量 上报缺货 核对价签 补充包装袋 关闭电源 检查门窗 参加晨会 学习陈列 维护会员 发放海报 整理仓库 接收货物 登记台账 悬挂条幅 更换灯管 搬运纸箱 清洗设备",
			"负责门店日常收银 协助店长盘点 整理货架 清点备用金 填写交班表 解答顾客咨询 处理退换货 打扫卫生 统计销量 上报缺货 核对价签 补充包装袋 关闭电源 检查门窗 参加晨会 学习陈列 维护会员 发放海报 整理仓库 接收货物 登记台账 悬挂条幅 更换灯管 搬运纸箱 清洗设备",
		},
	} {
		text := tt.before
		for range 3 {
			next := text
			edits, _ := normalize.Characters(text, dictionary{})
			for i := len(edits) - 1; i >= 0; i-- {
				e := edits[i]
				next = next[:e.Span.Start] + e.After + next[e.Span.End:]
			}
			if next == text {
				break
			}
			text = next
		}
		if text != tt.after {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, strings.ReplaceAll(text, "\n", "⏎"), strings.ReplaceAll(tt.after, "\n", "⏎"))
		}
	}
}

// TestPartlyConverted: a page that a mirror converted in part has clauses of both
// kinds of characters; a page of its own kind stays.
func TestPartlyConverted(t *testing.T) {
	const own = "接待到訪的家長和學員，瞭解學習需求。\n整理客戶資料，錄入系統。\n性別與年齡25-40歲不限。\n"
	for text, want := range map[string]bool{
		own: false,
		own + "年龄25-40歲，性別不限。\n普通話標准，责任心強。\n": true,
	} {
		edited := false
		edits, _ := normalize.Characters(text, nil)
		for _, e := range edits {
			edited = edited || e.Rule == "traditional"
		}
		if edited != want {
			t.Errorf("%q: converted %v", text, edited)
		}
	}
}
