package lexicon

import (
	"strings"
	"sync"
	"unicode/utf8"

	"zhize/extract/outline/runeset"
)

// Key is a key of a form row: 直接上级, 所属部门 …
type Key struct {
	Word  string
	Field string // the key in the output contract
	// Strong keys make a form row of a numbered line too ("1、职务名称：X");
	// weak ones only where the line says key, colon, value and no list has begun.
	Strong bool
}

// keys are the form keys met on pages, with the contract's name for each.
var keys = [...]Key{
	{"岗位名称", "title", true}, {"职位名称", "title", true}, {"职务名称", "title", true}, {"工作名称", "title", true},
	{"工种名称", "title", true}, {"招聘岗位", "title", true},
	{"招聘职位", "title", true}, {"岗位", "title", false}, {"职位", "title", false}, {"职务", "title", false},

	{"所属部门", "department", true}, {"所在部门", "department", true}, {"所在科室", "department", true}, {"所属科室", "department", true},
	{"隶属部门", "department", true}, {"任职部门", "department", true}, {"部门", "department", false},
	{"部门名称", "department", true}, {"所属单位", "department", true}, {"所属中心", "department", true}, {"用人部门", "department", true},

	{"岗位级别", "level", true}, {"职位级别", "level", true}, {"岗位等级", "level", true}, {"职位等级", "level", true}, {"职务等级", "level", true},
	{"岗位性质", "level", true}, {"职系", "level", true}, {"职等", "level", true}, {"职级", "level", true}, {"岗位类别", "level", true}, {"岗位层级", "level", true},

	{"岗位编号", "code", true}, {"职位编号", "code", true}, {"职务编号", "code", true}, {"职位编码", "code", true}, {"岗位编码", "code", true}, {"职务编码", "code", true},
	{"文件编号", "code", true}, {"资料编号", "code", true}, {"岗位代码", "code", true}, {"职位代码", "code", true}, {"职务说明编号", "code", true}, {"职务代码", "code", true},

	{"直接上级", "reports_to", true}, {"直接上司", "reports_to", true}, {"直属上级", "reports_to", true}, {"直属上司", "reports_to", true},
	{"直接主管", "reports_to", true}, {"直接主管岗位", "reports_to", true}, {"直属主管", "reports_to", true}, {"汇报对象", "reports_to", true}, {"上级岗位", "reports_to", true},
	{"直接上级岗位", "reports_to", true}, {"直属上司职位", "reports_to", true}, {"直接领导", "reports_to", true}, {"上级领导", "reports_to", false}, {"汇报关系", "reports_to", true},
	{"汇报上级", "reports_to", true}, {"上级职位", "reports_to", true}, {"直接上级职位", "reports_to", true}, {"直属领导", "reports_to", true},

	{"直接下级", "supervises", true}, {"直接下属", "supervises", true}, {"间接下属", "supervises", true}, {"间接下级", "supervises", true}, {"下属岗位", "supervises", true},
	{"直属下级", "supervises", true}, {"辖员人数", "supervises", true}, {"所辖人员", "supervises", true}, {"管辖人数", "supervises", true}, {"下属人数", "supervises", true}, {"直接下级岗位", "supervises", true},
	{"管理人数", "supervises", false}, {"直属下属", "supervises", true}, {"下级岗位", "supervises", true}, {"直接下级职位", "supervises", true},

	{"岗位定员", "headcount", true}, {"编制人数", "headcount", true}, {"定员人数", "headcount", true}, {"岗位编制", "headcount", true}, {"招聘人数", "headcount", true}, {"定员", "headcount", false}, {"人数", "headcount", false},
	{"岗位人数", "headcount", true}, {"需求人数", "headcount", true},

	{"岗位概述", "summary", true}, {"职位概述", "summary", true}, {"岗位概要", "summary", true}, {"职位概要", "summary", true}, {"工作概要", "summary", true}, {"工作概述", "summary", true},
	{"工作综述", "summary", true}, {"岗位综述", "summary", true}, {"岗位目标", "summary", true}, {"岗位目的", "summary", true}, {"岗位使命", "summary", true}, {"职位使命", "summary", true}, {"职位目的", "summary", true},
	{"岗位简介", "summary", true}, {"职务概述", "summary", true}, {"工作目标", "summary", false}, {"本职", "summary", true}, {"岗位宗旨", "summary", true}, {"职务概要", "summary", true}, {"岗位设置目的", "summary", true}, {"职位目标", "summary", true},

	{"工作地点", "location", false}, {"工作地址", "location", false}, {"上班地点", "location", false}, {"上班地址", "location", false}, {"办公地点", "location", false},

	{"工资等级", "salary", true}, {"薪资等级", "salary", true}, {"薪酬等级", "salary", true}, {"职位薪资等级", "salary", true}, {"薪酬类型", "salary", true}, {"薪金等级", "salary", true}, {"薪级", "salary", true},
	{"工资水平", "salary", false}, {"薪资范围", "salary", false}, {"薪资", "salary", false}, {"月薪", "salary", false}, {"薪金标准", "salary", true}, {"薪等", "salary", true},

	{"撰写人", "prepared_by", true}, {"编制人", "prepared_by", true}, {"编写人", "prepared_by", true}, {"编制", "prepared_by", false}, {"编写", "prepared_by", false}, {"拟制人", "prepared_by", true}, {"填写人", "prepared_by", true}, {"制表人", "prepared_by", true}, {"制表", "prepared_by", false}, {"填表人", "prepared_by", true},
	{"审核人", "reviewed_by", true}, {"初审人", "reviewed_by", true}, {"审核", "reviewed_by", false}, {"复核人", "reviewed_by", true},
	{"批准人", "approved_by", true}, {"核准人", "approved_by", true}, {"审批人", "approved_by", true}, {"批准", "approved_by", false},
	{"编制日期", "prepared_on", true}, {"分析日期", "prepared_on", true}, {"填报日期", "prepared_on", true}, {"制定日期", "prepared_on", true}, {"编写日期", "prepared_on", true},
	{"生效日期", "effective_on", true}, {"批准日期", "effective_on", true}, {"实施日期", "effective_on", true},

	{"可轮调岗位", "rotates_to", true}, {"可轮换岗位", "rotates_to", true}, {"可相互轮换岗位", "rotates_to", true}, {"可升迁岗位", "promotes_to", true}, {"可晋升岗位", "promotes_to", true}, {"晋升岗位", "promotes_to", true}, {"可晋升的岗位", "promotes_to", true}, {"可轮换的岗位", "rotates_to", true},
	{"临时替代岗位", "stands_in", true}, {"职务代理人", "stands_in", true}, {"职务代理", "stands_in", true},
	{"工作时间", "hours", false}, {"上班时间", "hours", false}, {"作息时间", "hours", false}, {"工作时间特征", "hours", true}, {"工作场所", "location", false},
}

var keyOf = sync.OnceValue(func() map[string]Key {
	m := make(map[string]Key, len(keys))
	for _, k := range keys {
		m[k.Word] = k
	}
	return m
})

// longestKey is the length in bytes of the longest key.
var longestKey = sync.OnceValue(func() int {
	n := 0
	for _, k := range keys {
		n = max(n, len(k.Word))
	}
	return n
})

var keySpaces = runeset.Of(" 　\u00a0")

// keyEndings are the characters with which form keys end.
var keyEndings = sync.OnceValue(func() *runeBits {
	b := new(runeBits)
	for key := range keyOf() {
		b.add(lastRune(key))
	}
	return b
})

// FieldKey looks a form key up. Spaces between its characters ("岗 位") are
// overlooked.
func FieldKey(text string) (Key, bool) {
	if len(text) > 2*longestKey() {
		return Key{}, false
	}
	if r := lastRune(text); isHan(r) && !keyEndings().has(r) {
		return Key{}, false
	}
	if k, ok := keyOf()[text]; ok {
		return k, true
	}
	if keySpaces.In(text) {
		k, ok := keyOf()[strings.Map(func(r rune) rune {
			if r == ' ' || r == '　' || r == '\u00a0' {
				return -1
			}
			return r
		}, text)]
		return k, ok
	}
	return Key{}, false
}

// CountedKey looks up the key of a job's title with the job's number behind it:
// 岗位一, 招聘职位2.
func CountedKey(text string) (Key, bool) {
	word := strings.TrimRight(keySpaces.TrimRight(text), "0123456789一二三四五六七八九十")
	word = keySpaces.TrimRight(word)
	if len(word) == len(text) || len(text) > longestKey()+len("二十一") {
		return Key{}, false
	}
	k, ok := FieldKey(word)
	k.Strong = true
	return k, ok && k.Field == "title"
}

var strongKeys = wordsOf(func() []string {
	var words []string
	for _, k := range keys {
		if k.Strong {
			words = append(words, k.Word)
		}
	}
	return words
})

// StrongKeyAt finds the longest strong key that text begins with.
func StrongKeyAt(text string) (Key, bool) {
	i := strongKeys.prefix(text)
	if i < 0 {
		return Key{}, false
	}
	return keyOf()[strongKeys.get().words[i]], true
}

// StrongKeyAtEnd finds the longest strong key that text, which is longer, ends
// with: 编制日期 of 餐厅经理编制日期.
func StrongKeyAtEnd(text string) (Key, bool) {
	for at := max(1, len(text)-longestKey()); at < len(text); at++ {
		if utf8.RuneStart(text[at]) {
			if k, ok := keyOf()[text[at:]]; ok && k.Strong {
				return k, true
			}
		}
	}
	return Key{}, false
}

// Fact reports a key under which a job board states a fact of a job, outside of
// its duties.
func (k Key) Fact() bool {
	switch k.Field {
	case "location", "hours", "headcount", "salary":
		return true
	}
	return false
}

// boardKeys are the keys of facts that stand behind a text too; those of two
// characters also end words of it.
var boardKeys = sync.OnceValue(func() []Key {
	var out []Key
	for _, k := range keys {
		if k.Fact() && !k.Strong && len(k.Word) >= len("工作地点") {
			out = append(out, k)
		}
	}
	return out
})

// BoardKeyAtEnd finds such a key that text ends with, and what is before it.
func BoardKeyAtEnd(text string) (k Key, before string, ok bool) {
	for _, k := range boardKeys() {
		if before, ok := strings.CutSuffix(text, k.Word); ok {
			return k, before, true
		}
	}
	return Key{}, text, false
}
