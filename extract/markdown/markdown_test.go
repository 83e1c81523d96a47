package markdown

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhize/document"
	"zhize/extract/internal/pagetest"
	"zhize/extract/internal/writer"
)

// show is a text with what is said of it; edits are «before».
func show(text string, r Result) string {
	out := pagetest.Show(writer.Page{Source: text, Blocks: r.Blocks, Dropped: r.Dropped})
	if len(r.Edits) == 0 {
		return out
	}
	// Edits are marked in a text without marks, which is enough to read.
	var b strings.Builder
	at := 0
	for _, e := range r.Edits {
		b.WriteString(text[at:e.Span.Start] + "«" + e.Before + "»")
		at = e.Span.End
	}
	return out + "\n" + b.String() + text[at:]
}

func TestRead(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"headings", "# 客房部\n## 领班 ##\n###无\n#### **值班** \n", "{hidden|# }<h1|客房部>\n{hidden|## }<h2|领班>{hidden| ##}\n###无\n{hidden|#### **}<h4|值班>{hidden|**} \n"},
		{"bold lines", "# 客房部\n**任职要求：**\n__权限__\n**范围**：\n**一**与**二**\n", "{hidden|# }<h1|客房部>\n{hidden|**}<h7|任职要求：>{hidden|**}\n{hidden|__}<h7|权限>{hidden|__}\n{hidden|**}<h7|范围>{hidden|**：}\n**一**与**二**\n\n# 客房部\n**任职要求：**\n__权限__\n**范围**：\n«**»一«**»与«**»二«**»\n"},
		{"the length of a bold line is that of its text", "# 题\n**" + strings.Repeat("岗", 38) + "`a`b**\n", "{hidden|# }<h1|题>\n{hidden|**}<h7|" + strings.Repeat("岗", 38) + "`a`b>{hidden|**}\n\n# 题\n**" + strings.Repeat("岗", 38) + "«`»a«`»b**\n"},
		{"quotations and rules", "# 题\n\n> 更新：三月\n>> **要点**\n>\n\n---\n* * *\n正文\n", "{hidden|# }<h1|题>\n\n{hidden|> }更新：三月\n{hidden|>> **}<h7|要点>{hidden|**}\n{hidden|>}\n\n{hidden|---\n* * *}\n正文\n"},
		{"code", "# 题\n```go\n# 注\n\n**x**\n```\n完\n> ~~~\n> x\n> ~~~\n~~~\n## 不是码\n", "{hidden|# }<h1|题>\n{hidden|```go}\n<pre0|# 注\n\n**x**>\n{hidden|```}\n完\n{hidden|> ~~~}\n<pre0|> x>\n{hidden|> ~~~\n~~~}\n{hidden|## }<h2|不是码>\n"},
		{"underlined", "# 题\n岗位\n===\n\n===\n", "{hidden|# }<h1|题>\n<h1|岗位>\n{hidden|===}\n\n===\n"},
		{"lists", "# 题\n- 甲\n* 乙\n+ 丙 *重* 点\n1. 丁\n", "{hidden|# }<h1|题>\n- 甲\n* 乙\n{hidden|+ }<li1|丙 *重* 点>\n1. 丁\n\n# 题\n- 甲\n* 乙\n+ 丙 «*»重«*» 点\n1. 丁\n"},
		{"rows of tables stay", "# 题\n|岗位|职责|\n|---|:-:|\n|甲|乙|\n\n|--|--|\n", "{hidden|# }<h1|题>\n|岗位|职责|\n{hidden||---|:-:|}\n|甲|乙|\n\n|--|--|\n"},
		{"references", "# 题\n[1]: https://example.org/a\n[注]：见下\n", "{hidden|# }<h1|题>\n{hidden|[1]: https://example.org/a}\n[注]：见下\n"},
		{"front matter", "---\ntitle: \"出纳职责\"\ntags:\n- 甲\n---\n# 题\n", "{hidden|---\ntitle: \"出纳职责\"\ntags:\n- 甲\n---}\n{hidden|# }<h1|题>\n"},
		{"no front matter", "---\n甲 乙: 丙\n---\n# 题\n", "{hidden|---}\n甲 乙: 丙\n{hidden|---}\n{hidden|# }<h1|题>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := Read(c.text, true)
			if got := show(c.text, r); got != c.want {
				t.Errorf("got\n%q\nwant\n%q", got, c.want)
			}
		})
	}
}

// TestInline: marks inside a line of a text in Markdown.
func TestInline(t *testing.T) {
	for line, want := range map[string]string{
		"负责**采购**与__仓储__，~~旧~~新":                          "负责采购与仓储，旧新",
		"1. **日程**：安排**会议**":                              "1. 日程：安排会议",
		"见[制度](https://example.org/a \"题\")与[附件](./a.md)": "见制度与附件",
		"![图](/a.png)说明":                                  "说明",
		"第[1]条(附则)":                                       "第[1]条(附则)",
		"[职责](待定)":                                        "[职责](待定)",
		"用`go build`构建":                                   "用go build构建",
		"编号1\\. 与\\*号":                                    "编号1. 与*号",
		"snake_case_name 与 2*3*4 与 a * b * c":             "snake_case_name 与 2*3*4 与 a * b * c",
		"联系人：**，电话：**":                                    "联系人：**，电话：**",
		"** 不是 **":                                        "** 不是 **",
		"**没有结束":                                          "**没有结束",
		"***都是***的":                                       "都是的",
		"**外*内*外**的":                                      "外内外的",
		"`**`是标记":                                         "`**`是标记",
		"**[链接](#a)**之后":                                  "链接之后",
		"*重点*是":                                           "重点是",
		"**#** 号":                                         "**#** 号",
	} {
		text := "# 题\n" + line + "\n"
		r := Read(text, true)
		got, err := document.Apply(text, r.Edits)
		if err != nil {
			t.Fatal(err)
		}
		if got != "# 题\n"+want+"\n" {
			t.Errorf("%s\ngives %s\nwant  %s", line, strings.TrimPrefix(got, "# 题\n"), want)
		}
	}
}

func TestNoMarkdown(t *testing.T) {
	for _, text := range []string{
		"# 岗位职责\n1、登记\n2、核对\n", "岗位职责\n* 登记\n* 核对\n", "# 1\n甲\n# 2\n乙\n", "甲\n-----\n乙\n", "> 首页 > 职责\n正文\n", "联系人：**，电话：**\n手机**，微信**\n",
		"|岗位|职责|\n|甲|乙|\n", "**注**\n", "#招聘#\n#急聘#\n#高薪#\n", "", "\n\n",
	} {
		if r := Read(text, false); len(r.Blocks)+len(r.Dropped)+len(r.Edits) > 0 || r.Title != "" {
			t.Errorf("%q: %s", text, show(text, r))
		}
	}
	for _, text := range []string{
		"# 题\n## 一\n## 二\n", "# 题\n## 一\n> 引\n", "# 题\n**一**\n> 引\n", "**一**\n**二**\n---\n", "# 题\n|甲|乙|\n|---|---|\n---\n",
	} {
		if r := Read(text, false); len(r.Dropped) == 0 {
			t.Errorf("%q is not read", text)
		}
	}
	labels := "1. **采购**：比价\n2. **仓储**：盘点\n3. **配送：** 派车\n"
	if r := Read(labels, false); len(r.Dropped)+len(r.Blocks) > 0 || len(r.Edits) != 6 {
		t.Errorf("labels: %s", show(labels, r))
	}
}

func TestTitle(t *testing.T) {
	for text, want := range map[string]string{
		"# **出纳** [职责](#a)\n## 二\n## 三\n": "出纳 职责", "## 二\n# 出纳\n# 会计\n": "出纳", "---\ntitle: 题\n---\n# 出纳\n## 二\n## 三\n": "题", "## 二\n## 三\n## 四\n": "",
	} {
		if got := Read(text, false).Title; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// drawn are pieces of texts in Markdown and of others.
var drawn = []string{
	"# ", "## ", "**", "*", "__", "`", "```", "~~~", "> ", "---", "***", "===", "- ", "+ ", "1. ", "|", "|---|", "[", "](", ")", "https://a.b", "\\", "!", ":", "：",
	"甲", "岗位职责", "a", "1", " ", "  ", "\n", "\n", "\n\n", "title: x", "#", "~~", "[1]: ", "……",
}

// TestPromises: spans are in order and cut nothing, edits apply, and a text
// without the marks inside its lines is read as before, with none left.
func TestPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(drawn), 1, 60).Draw(t, "text"), "")
		if err := promises(text, rapid.Bool().Draw(t, "said")); err != "" {
			t.Fatalf("%q: %s", text, err)
		}
	})
}

func promises(text string, said bool) string {
	r := Read(text, said)
	if err := pagetest.Check(writer.Page{Source: text, Blocks: r.Blocks, Dropped: r.Dropped}); err != nil {
		return err.Error()
	}
	for _, d := range r.Dropped {
		for _, b := range r.Blocks {
			if d.Overlaps(b.Span) {
				return "a block is dropped"
			}
		}
		for _, e := range r.Edits {
			if d.Overlaps(e.Span) {
				return "an edit in what is dropped"
			}
		}
	}
	clean, err := document.Apply(text, r.Edits)
	if err != nil {
		return err.Error()
	}
	again := Read(clean, said)
	if len(again.Edits) > 0 {
		return "its clean text " + clean + " has marks: " + show(clean, again)
	}
	if len(r.Dropped) != len(again.Dropped) || len(r.Blocks) != len(again.Blocks) {
		return "its clean text " + clean + " is read otherwise:\n" + show(text, r) + "\n" + show(clean, again)
	}
	for i := range r.Dropped {
		if r.Dropped[i].Of(text) != again.Dropped[i].Of(clean) {
			return "its clean text drops otherwise"
		}
	}
	return ""
}

func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../../testdata/pages/*.md*")
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			f.Add(string(data), false)
		}
	}
	f.Add("# a\n**b**\n> c\n`d`", true)
	f.Fuzz(func(t *testing.T, text string, said bool) {
		text = strings.ReplaceAll(strings.ToValidUTF8(text, "?"), "\x00", "?")
		if err := promises(text, said); err != "" {
			t.Error(err)
		}
	})
}
