package web

import "zhize/index/query"

// mistakes are what is wrong with most queries that cannot be read, in Chinese,
// each with a query that has it.
var mistakes = [...]struct{ query, zh string }{
	{`"客户`, "引号没有配对"},
	{`""`, "引号之间没有内容"},
	{`(客户`, "左括号没有配对"},
	{`客户)`, "右括号没有配对"},
	{`()`, "括号之间没有内容"},
	{`OR 客户`, `OR 前面没有词；\OR 表示这个词本身`},
	{`客户 OR`, `OR 后面没有词；\OR 表示这个词本身`},
	{`AND 客户`, `AND 前面没有词；\AND 表示这个词本身`},
	{`客户 AND`, `AND 后面没有词；\AND 表示这个词本身`},
	{`*`, `星号前面要有词的开头；\* 表示星号本身`},
	{`客*户`, `星号只能在词尾；\* 表示星号本身`},
	{`客户 -`, `减号后面要紧跟不要的词；\- 表示减号本身`},
	{`\`, `反斜杠后面没有字符`},
}

// inChinese says what is wrong with a query; a mistake that is not in the table
// is said in English.
func inChinese(e *query.SyntaxError) string {
	for _, m := range mistakes {
		if known, ok := mistake(m.query); ok && known == e.Msg {
			return m.zh
		}
	}
	return e.Msg
}

func mistake(q string) (string, bool) {
	_, err := query.Parse(q)
	e, ok := err.(*query.SyntaxError)
	if !ok {
		return "", false
	}
	return e.Msg, true
}
