package label

var roles = [...]row{
	{"item", "duty text", "条目正文"},
	{"marker", "number or bullet", "序号"},
	{"heading", "heading", "标题"},
	{"field", "form field", "表单字段"},
	{"meta", "about the page", "页面信息"},
	{"blank", "blank", "空白"},
	{"dropped", "dropped", "剔除"},
}

var reasons = [...]row{
	{"navigation", "navigation", "导航"},
	{"advertisement", "advertisement", "广告"},
	{"legal", "legal notice", "版权声明"},
	{"introduction", "introduction", "引言"},
	{"related", "related documents", "相关推荐"},
	{"page-number", "page number", "页码"},
	{"inserted", "inserted characters", "防复制字符"},
	{"duplicate", "repeated heading", "重复标题"},
	{"contents", "table of contents", "目录"},
	{"footer", "footer", "页脚"},
	{"hidden", "hidden text", "隐藏文字"},
	{"boilerplate", "boilerplate", "套话"},
	{"unplaced", "unplaced prose", "未归类文字"},
}

var kinds = [...]row{
	{"responsibilities", "responsibilities", "岗位职责"},
	{"qualifications", "qualifications", "任职要求"},
	{"authority", "authority", "岗位权限"},
	{"relations", "relations", "工作关系"},
	{"conditions", "conditions", "工作条件"},
	{"assessment", "assessment", "考核"},
	{"benefits", "benefits", "福利待遇"},
	{"other", "other", "其他"},
}

var flags = [...]row{
	{"truncated", "text breaks off", "文字中断"},
	{"inferred", "kind inferred", "类别为推断"},
	{"clauses", "clauses of a paragraph", "由段落分句"},
	{"repeated", "number repeated", "序号重复"},
	{"gap", "numbers missing", "序号缺失"},
	{"headless", "no heading", "无标题"},
	{"article-count", "article count differs", "篇数不符"},
	{"mojibake", "mojibake", "乱码"},
	{"no-items", "no items", "无条目"},
	{"too-deep", "nesting cut", "嵌套过深"},
	{"unsettled", "rules did not settle", "规则未收敛"},
}

var rules = [...]row{
	{"entity", "HTML entity", "字符实体"},
	{"invisible", "invisible characters", "不可见字符"},
	{"private-use", "private-use characters", "私用区字符"},
	{"pinyin", "injected pinyin", "夹注拼音"},
	{"traditional", "traditional to simplified", "繁体转简体"},
	{"rewritten", "rare look-alikes", "异体字"},
	{"slogan", "site slogan", "站点口号"},
	{"vertical", "vertical heading", "竖排标题"},
	{"page-footer", "page footer in text", "文中页脚"},
	{"line-token", "line-end token", "行尾乱码"},
	{"anti-copy", "anti-copy characters", "防复制字"},
	{"spaced-letters", "spaced characters", "字间空格"},
	{"inserted-mark", "inserted mark", "插入的符号"},
	{"markdown", "Markdown marks", "Markdown 记号"},
	{"spaced-number", "number with a space in it", "序号内空格"},
	{"doubled-number", "doubled number", "序号重写"},
	{"number-gap", "space behind a number", "序号后空格"},
	{"page-number", "page number in text", "文中页码"},
	{"cut-sentence", "sentence cut in two", "句子断开"},
	{"broken-line", "broken line", "断行"},
	{"wrap-space", "space from line wrap", "换行空格"},
	{"doubled-mark", "doubled mark", "标点重复"},
	{"dot", "dot for 、 or 。", "点号误用"},
	{"dangling-colon", "dangling colon", "句末冒号"},
	{"pairs", "quotes and brackets", "成对标点"},
	{"width", "width of punctuation", "标点全角化"},
	{"gap", "space between characters", "字间空白"},
	{"words", "words decided by people", "人工词表"},
	{"slip", "wrong character", "错别字"},
}
