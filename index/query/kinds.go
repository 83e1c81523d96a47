package query

import "strings"

// kinds lists the kinds of section in the contract's words and what else a
// person may call them.
var kinds = [...]struct {
	kind  string
	names []string
}{
	{"responsibilities", []string{"岗位职责", "职责", "工作职责", "主要职责", "工作内容"}},
	{"qualifications", []string{"任职要求", "任职资格", "任职条件", "岗位要求", "要求", "资格"}},
	{"authority", []string{"岗位权限", "工作权限", "权限", "权力"}},
	{"relations", []string{"工作关系", "关系", "沟通关系"}},
	{"conditions", []string{"工作条件", "工作环境", "条件", "环境"}},
	{"assessment", []string{"考核", "考核指标", "考核标准", "绩效考核"}},
	{"benefits", []string{"福利", "福利待遇", "薪资福利", "薪酬福利", "待遇"}},
	{"other", []string{"其他", "其它"}},
}

// FindKind gives the contract's word for a kind of section that is named in
// that word or in Chinese. ok is false where no kind has the name.
func FindKind(name string) (kind string, ok bool) {
	name = strings.ToLower(name)
	for _, k := range kinds {
		if name == k.kind {
			return k.kind, true
		}
		for _, n := range k.names {
			if name == n {
				return k.kind, true
			}
		}
	}
	return "", false
}

// kindList names every kind with its first Chinese name.
func kindList() string {
	var out []string
	for _, k := range kinds {
		out = append(out, k.kind+" ("+k.names[0]+")")
	}
	return strings.Join(out, ", ")
}
