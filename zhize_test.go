package zhize_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhize"
	"zhize/document"
	"zhize/extract"
)

// pieces is what pages of job descriptions are made of, and what breaks them.
var pieces = []string{
	"1、", "2、", "3、", "4、", "10、", "11、", "1.", "2.", "3．", "（1）", "（2）", "(1)", "(2)", "①", "②", "1)", "2）", "一、", "二、",
	"（一）", "（二）", "第一，", "A、", "a.", "-", "•", "●", "·", "※", "1，", "2,", "1.1", "1.2", "2.1.1", "Ⅰ、", "⑴", "⒈", "首先，", "１、", "２．",
	"1 1、", "1 2、", "1 、", "2 .", "1、1、", "\n1\n", "\n2\n", "1\n、", "\n\n、", "，1、", "；2、", "。3、", "3.5", "2、3年", "4S店", "1-3年",
	"岗位职责：", "岗位职责", "任职要求：", "任职资格", "工作内容:", "职位描述：", "福利待遇：", "工作权限", "岗 位 职 责",
	"仓库管理员", "行政助理职责：", "出纳岗位职责1", "出纳岗位职责2", "销售部经理岗位职责",
	"篇一", "篇二", "【篇1】", "【篇2】", "第1篇", "第2篇", "第一篇：", "岗位职责篇一", "岗位职责 篇二", "会计岗位职责(精选5篇)",
	"岗位名称：", "直接上级：", "所属部门：", "部门：财务部", "职务名称：出纳", "薪资：", "工作地点：本市", "岗位名称\t会计",
	"负责", "管理", "客户", "学习", "的", "和", "公司", "完成", "数据", "说明", "大", "人", "及时", "每月25日前", "3年以上", "协助经理做好日常管理工作", "公 司",
	",", ".", ";", ":", "，", "。", "；", "：", "？", "、", "的.", "的。", "的，", ";。", "；。", "。。", "，，", "..", "……", "...", "。，", "、、",
	"(", ")", "（", "）", "[", "【", "】", "《", "》", "“", "”", "\"", "「",
	" ", "  ", "\u3000", "\t", "|", "\n", "\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\ufeff", "\u200d", "\x01", "\u00ad", "\u2028",
	"(shuō)", "（míng）", "(de)", "说(shuō)明(míng)", "A", "b", "ISO9001", "C++", ".NET", "1", "2", "12", "2023", "99%", "😀", "👨‍👩‍👧", "é", "\u0301",
	"第1页", "第 2 页", "- 3 -", "1/5", "上一页", "下一页", "版权声明", "相关推荐", "目录", "点击下载", "小编", "首页 > 职责", "2023-11-23",
	"|岗位|职责|", "| 1、", "---", "大\n\n2", "大。\n", "工作，\n", "等\n",
}

// drawParts draws pieces of a page: of all kinds, or of a few that repeat.
func drawParts(t *rapid.T) []string {
	from := pieces
	if rapid.Bool().Draw(t, "few") {
		from = rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(t, "kinds")
	}
	return rapid.SliceOfN(rapid.SampledFrom(from), 1, 40).Draw(t, "page")
}

// drawHTML puts pieces between tags that open and close at will.
func drawHTML(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(rapid.SampledFrom([]string{"<p>", "<html><head><title>出纳岗位职责(精选5篇)_网</title></head><body>"}).Draw(t, "start"))
	tag := rapid.SampledFrom([]string{
		"", "", "", "<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<h2>", "</h2>", "<ol start=3>", "<ol>", "</ol>", "<ul>", "</ul>",
		"<li>", "</li>", "<li value=7>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<div class=nav>", "<a href=#>", "</a>", "<p hidden>", "<pre>", "<dl><dt>", "<dd>",
	})
	for _, p := range drawParts(t) {
		b.WriteString(tag.Draw(t, "tag"))
		b.WriteString(p)
	}
	return b.String()
}

// holds proves what Process promises of any page, and returns its document,
// nil where the page was rejected.
func holds(in zhize.Input) (*document.Document, error) {
	d, err := zhize.Process(in, nil)
	if err != nil {
		if e := (*extract.RejectError)(nil); errors.As(err, &e) {
			return nil, nil
		}
		return nil, err
	}
	if err := document.Check(d); err != nil {
		return nil, err
	}
	if n := len(d.Regions); n == 0 || d.Regions[n-1].End != len(d.Source) {
		return nil, errors.New("regions leave text out")
	}
	if back, err := document.Undo(d.Clean(), d.Edits); err != nil || back != d.Source {
		return nil, fmt.Errorf("the edits do not undo: %q, %v", back, err)
	}
	if slices.Contains(d.Flags, zhize.FlagUnsettled) {
		return nil, fmt.Errorf("the rules do not settle on %q", d.Clean())
	}
	return d, nil
}

// outlineOf is what a reader sees of a document: a line for everything found.
func outlineOf(d *document.Document) string {
	var b strings.Builder
	for ai := range d.Articles {
		a := &d.Articles[ai]
		fmt.Fprintf(&b, "article %d %q\n", a.Ordinal, d.Text(a.Heading))
		for pi := range a.Positions {
			p := &a.Positions[pi]
			fmt.Fprintf(&b, " position %q %s\n", d.Text(p.Title), p.Origin)
			for _, f := range p.Fields {
				fmt.Fprintf(&b, "  field %s %q\n", f.Key, d.Text(f.Value))
			}
			for si := range p.Sections {
				s := &p.Sections[si]
				fmt.Fprintf(&b, "  section %s %q missing %v\n", s.Kind, d.Text(s.Heading), s.Missing)
			}
		}
	}
	d.Walk(func(_ *document.Article, _ *document.Position, _ *document.Section, it *document.Item) {
		fmt.Fprintf(&b, "item %d %q %q\n", it.Number, d.Text(it.Marker), d.Text(it.Span))
	})
	return b.String()
}

// settled proves that a plain text's own clean text comes out as it went in,
// with the same outline.
func settled(d *document.Document, in zhize.Input) error {
	clean := d.Clean()
	if strings.TrimSpace(clean) == "" {
		return nil
	}
	in.Data, in.Charset = []byte(clean), "utf-8"
	again, err := holds(in)
	if err != nil {
		return fmt.Errorf("of its own clean text %q: %w", clean, err)
	}
	switch {
	case again == nil || again.Page.Charset != "utf-8": // few bytes, which read as other text too
		return nil
	case len(again.Edits) > 0:
		return fmt.Errorf("its own clean text %q becomes %q by %s", clean, again.Clean(), again.Edits[0].Rule)
	case outlineOf(d) != outlineOf(again):
		return fmt.Errorf("its own clean text %q reads\n%snot\n%s", clean, outlineOf(again), outlineOf(d))
	}
	return nil
}

// siteText knows a site by the lines that its pages repeat.
type siteText map[string]bool

func (s siteText) Word(string) bool { return false }

func (s siteText) Repeated(site, line string) bool { return s[site+" "+line] }

// TestSiteText has a corpus's word on what a site repeats: its lines are dropped,
// headings and counted items are not, nor the lines of another site.
func TestSiteText(t *testing.T) {
	const page = `<html><head><meta property="og:site_name" content="%s"></head><body><h1>仓库主管岗位职责</h1>
<p>岗位职责：</p><p>1、安排仓库的日常工作；</p><p>2、完成上级交办的其他工作。</p><p>诚邀您加入鹏程人力大家庭，共创辉煌。</p></body></html>`
	known := siteText{"鹏程网 诚邀您加入鹏程人力大家庭，共创辉煌。": true, "鹏程网 岗位职责：": true, "鹏程网 2、完成上级交办的其他工作。": true}
	for site, want := range map[string]bool{"鹏程网": true, "别家网": false} {
		doc, err := zhize.Process(zhize.Input{URI: "a.html", Data: fmt.Appendf(nil, page, site)}, known)
		if err != nil {
			t.Fatal(err)
		}
		if doc.Page.Site != site {
			t.Fatalf("the site is %q", doc.Page.Site)
		}
		dropped := ""
		for _, r := range doc.Regions {
			if r.Reason == document.SiteText {
				dropped += r.Of(doc.Source)
			}
		}
		if got := strings.Contains(dropped, "诚邀您加入"); got != want {
			t.Errorf("%s: dropped %q", site, dropped)
		}
		if items := doc.Articles[0].Positions[0].Sections[0].Items; len(items) != 2 || dropped != "" && strings.Contains(dropped, "岗位职责") {
			t.Errorf("%s: %d items, dropped %q", site, len(items), dropped)
		}
	}
}

// repeatsAnything takes some lines of every page for the site's.
type repeatsAnything uint32

func (r repeatsAnything) Word(string) bool { return false }

func (r repeatsAnything) Repeated(_, line string) bool {
	h := uint32(r)
	for _, c := range line {
		h = h*31 + uint32(c)
	}
	return h>>8&1 == 0
}

// TestProcessWithSiteText: whatever lines are taken for a site's, the document keeps
// its promises.
func TestProcessWithSiteText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := zhize.Input{URI: "page", Data: []byte(drawHTML(t))}
		if rapid.Bool().Draw(t, "text") {
			in = zhize.Input{URI: "page", MediaType: "text/plain", Charset: "utf-8", Data: []byte(strings.Join(drawParts(t), ""))}
		}
		d, err := zhize.Process(in, repeatsAnything(rapid.Uint32().Draw(t, "which")))
		if reject := (*extract.RejectError)(nil); errors.As(err, &reject) {
			return
		}
		if err != nil {
			t.Fatalf("%q: %v", in.Data, err)
		}
		if slices.Contains(d.Flags, zhize.FlagUnsettled) {
			t.Fatalf("the rules do not settle on %q", in.Data)
		}
	})
}

func TestProcessText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := zhize.Input{URI: "page", MediaType: "text/plain", Charset: "utf-8", Data: []byte(strings.Join(drawParts(t), ""))}
		in.Title = rapid.SampledFrom([]string{"", "出纳岗位职责(精选2篇)"}).Draw(t, "title")
		d, err := holds(in)
		if err == nil && d != nil {
			err = settled(d, in)
		}
		if err != nil {
			t.Fatalf("%q: %v", in.Data, err)
		}
	})
}

func TestProcessHTML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		html := drawHTML(t)
		if _, err := holds(zhize.Input{URI: "page", MediaType: "text/html", Charset: "utf-8", Data: []byte(html)}); err != nil {
			t.Fatalf("%q: %v", html, err)
		}
	})
}

// TestProcessPages holds every written page to the promises, and its clean
// text to come out as it went in.
func TestProcessPages(t *testing.T) {
	for _, f := range pageFiles(t) {
		t.Run(filepath.Base(f), func(t *testing.T) {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			in := zhize.Input{URI: filepath.Base(f), Data: data}
			d, err := holds(in)
			if err != nil || d == nil {
				t.Fatal(d, err)
			}
			if filepath.Ext(f) == ".txt" {
				in.MediaType = "text/plain"
				if err := settled(d, in); err != nil {
					t.Error(err)
				}
			}
			again, err := zhize.Process(in, nil)
			if err != nil || outlineOf(again) != outlineOf(d) || !slices.Equal(again.Edits, d.Edits) || !slices.Equal(again.Regions, d.Regions) {
				t.Error("a second run gives another document", err)
			}
		})
	}
}

// pageFiles are the pages written for this project.
func pageFiles(t testing.TB) []string {
	t.Helper()
	var out []string
	for _, pattern := range []string{"*.html", "*.htm", "*.txt", "*.md", "*.docx"} {
		files, err := filepath.Glob(filepath.Join("testdata", "pages", pattern))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, files...)
	}
	if len(out) == 0 {
		t.Fatal("no pages in testdata/pages")
	}
	slices.Sort(out)
	return out
}

func FuzzProcess(f *testing.F) {
	for _, s := range []string{
		"岗位职责：\n1、组织员工学习\n新知识；\n2、完成其他工作。", "1格,,", "\x01完成", "1、1、1\n、)", "小编:\n2", "2)作\n上一页\n.①)", "1，；；。。。。。。。",
		"A1、1、1、1、1、1、1、1、1、A", "岗 位 职 责\n1\n)", "·1)·\u200b", "2、1\n、第1 2、第", "2,\"1\n、人1 2、B", "2、1 2、，1 2、，1 2、，1 2、，1 2、，1 2、，1 2、，1 2、，",
		"\u200d职责\nA", "1职 责", "务\n职责一\t：议\n保证\n工作任务\t度", "<ol><li>岗位职 责1 1、 1、；", "7>计<ol><li value=7>1 、会计<l><li>计", "|岗位|职责|\n|出纳|1、登记；2、付款|",
	} {
		f.Add([]byte(s), true)
		f.Add([]byte("<p>"+strings.ReplaceAll(s, "\n", "<p>")), false)
	}
	for _, p := range pageFiles(f) {
		data, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, filepath.Ext(p) == ".txt")
	}
	f.Fuzz(func(t *testing.T, data []byte, plain bool) {
		in := zhize.Input{URI: "page", Data: data}
		if plain {
			in.MediaType = "text/plain"
		}
		d, err := holds(in)
		if err == nil && d != nil && plain && !bytes.ContainsRune(data, '<') { // markup would be read as such
			err = settled(d, in)
		}
		if err != nil {
			t.Error(err)
		}
	})
}

// TestListsInsideLists holds how lists nest under items that bear no number.
func TestListsInsideLists(t *testing.T) {
	const want = "登记现金日记账[每天登记一次并核对 月底结账并装订] 核对库存现金[]"
	for _, page := range []string{
		"<h1>出纳岗位职责</h1><h2>岗位职责</h2><ul><li>登记现金日记账<ol><li>每天登记一次并核对</li><li>月底结账并装订</li></ol></li><li>核对库存现金</li></ul>",
		"# 出纳岗位职责\n\n## 岗位职责\n\n- 登记现金日记账\n  1. 每天登记一次并核对\n  2. 月底结账并装订\n- 核对库存现金\n",
	} {
		d, err := zhize.Process(zhize.Input{URI: "page", Data: []byte(page)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, a := range d.Articles {
			for _, p := range a.Positions {
				for _, s := range p.Sections {
					for _, it := range s.Items {
						var below []string
						for _, c := range it.Children {
							below = append(below, d.Text(c.Span))
						}
						got = append(got, fmt.Sprint(d.Text(it.Span), below))
					}
				}
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s\ngives %q", page, got)
		}
	}
}

// TestRowsHoldNoPageNumbers: the counts of a table's columns are no numbers of
// pages that cut a sentence.
func TestRowsHoldNoPageNumbers(t *testing.T) {
	page := "超市岗位职责表\n店长\t收银员\n1、负责店长工作的安排\t1、负责收银工作\n2、检查区域卫生\t2、清点备用金\n3、上报月度报表\t3、核对票据\n"
	d, err := zhize.Process(zhize.Input{URI: "page.txt", Data: []byte(page)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range d.Edits {
		if e.Rule == "page-number" {
			t.Errorf("%+v", e)
		}
	}
}
