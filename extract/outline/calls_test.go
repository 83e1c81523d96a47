package outline

import "testing"

func TestNameIn(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"诚聘编导", "编导"},
		{"高薪诚聘：平面设计师2名", "平面设计师"},
		{"招聘会计", "会计"},
		{"招聘专员", "招聘专员"},
		{"招聘培训主管", "招聘培训主管"},
		{"招聘：仓库主管", "仓库主管"},
		{"岗位一：茶艺师", "茶艺师"},
		{"PART.03 茶艺师", "茶艺师"},
		{"第二项 茶艺师", "茶艺师"},
		{"04 / 茶艺师", "茶艺师"},
		{"附件2：茶艺师", "茶艺师"},
		{"—— 茶艺师 ——", "茶艺师"},
		{"◆ 茶艺师", "茶艺师"},
		{"茶艺师 3名", "茶艺师"},
		{"茶艺师：1-2人", "茶艺师"},
		{"茶艺师若干名", "茶艺师"},
		{"茶艺师（若干）", "茶艺师"},
		{"茶艺师 8-12K", "茶艺师"},
		// What looks like one of these and is part of the name.
		{"项目负责人", "项目负责人"},
		{"保险经纪人", "保险经纪人"},
		{"4S店经理", "4S店经理"},
		{"表演老师", "表演老师"},
		{"岗位一线员工", "岗位一线员工"},
		{"急救员", "急救员"},
	} {
		start, end := nameIn(c.text)
		if got := c.text[start:end]; got != c.want {
			t.Errorf("nameIn(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
