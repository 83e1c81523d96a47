package docx

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"zhize/extract/internal/pagetest"
)

// p is a paragraph of runs: a text is a run, what begins with "<" stands as it is.
func p(parts ...string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	for _, s := range parts {
		if strings.HasPrefix(s, "<") {
			b.WriteString(s)
		} else {
			b.WriteString(`<w:r><w:t xml:space="preserve">` + s + "</w:t></w:r>")
		}
	}
	return b.String() + "</w:p>"
}

// styled and listed are properties of a paragraph.
func styled(id string) string { return `<w:pPr><w:pStyle w:val="` + id + `"/></w:pPr>` }

func listed(num, level int) string {
	return fmt.Sprintf(`<w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr></w:pPr>`, level, num)
}

func strong(s string) string { return "<w:r><w:rPr><w:b/></w:rPr><w:t>" + s + "</w:t></w:r>" }

func tbl(rows ...[]string) string {
	var b strings.Builder
	b.WriteString("<w:tbl><w:tblPr/><w:tblGrid/>")
	for _, r := range rows {
		b.WriteString("<w:tr>")
		for _, c := range r {
			if !strings.HasPrefix(c, "<") {
				c = p(c)
			}
			b.WriteString("<w:tc>" + c + "</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl>"
}

func checkDocx(t *testing.T, data []byte, want string) {
	t.Helper()
	r, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := pagetest.Check(r.Page); err != nil {
		t.Error(err)
	}
	if got := pagetest.Show(r.Page); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

const testStyles = `<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="my"><w:name w:val="岗位"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="loop"><w:name w:val="圈"/><w:basedOn w:val="loop2"/></w:style>
<w:style w:type="paragraph" w:styleId="loop2"><w:name w:val="圈2"/><w:basedOn w:val="loop"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="secret"><w:name w:val="内部"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="character" w:styleId="strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="hide"><w:name w:val="藏"/><w:rPr><w:vanish/></w:rPr></w:style>`

func TestText(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"paragraphs", p("机修工岗位职责：") + p("1、", "每班巡检设备", "；") + p("2、更换易损件。"), "机修工岗位职责：\n1、每班巡检设备；\n2、更换易损件。\n"},
		{"spaces stay where they are asked for", p("甲 ", " 乙") + p("<w:r><w:t> 丙 </w:t></w:r>", "丁"), "甲  乙\n丙丁\n"},
		{"empty paragraphs leave one blank line", p("甲") + p() + p(" ") + p() + p("乙") + p(), "甲\n\n乙\n"},
		{"tab, break, hyphens", p("甲") + p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type=\"page\"/><w:t>丁</w:t><w:cr/><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>"),
			"甲\n甲\t乙\n丙\n丁\nA-B\u00ADC\n"},
		{"tab stops are no tabs", p(`<w:pPr><w:tabs><w:tab w:val="left" w:pos="420"/></w:tabs></w:pPr>`, "甲"), "甲\n"},
		{"symbols", p(`<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>甲</w:t><w:sym w:font="Wingdings" w:char="F082"/><w:sym w:font="Other" w:char="F041"/><w:sym w:font="x" w:char="D800"/><w:sym w:font="x" w:char="zz"/></w:r>`), "✓甲②\uF041\n"},
		{"wrapped runs", p(`<w:hyperlink w:anchor="x"><w:r><w:t>甲</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>乙</w:t></w:r></w:smartTag><w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:r><w:t>丙</w:t></w:r></w:sdtContent></w:sdt><w:bookmarkStart w:id="0" w:name="b"/><w:proofErr w:type="spellStart"/>`, "丁"), "甲乙丙丁\n"},
		{"wrapped paragraphs", `<w:sdt><w:sdtContent>` + p("甲") + `</w:sdtContent></w:sdt><w:customXml>` + p("乙") + `</w:customXml><w:sectPr/>`, "甲\n乙\n"},
		{"formulas", p("面积", `<m:oMath><m:r><m:t>S=</m:t></m:r><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num></m:f></m:oMath>`, "计"), "面积S=a计\n"},
		{"simple fields", p("第", `<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple>`, "页"), "第3页\n"},
		{"fields", p("共", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> X </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>内</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`, "9", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`, "人"), "共9人\n{hidden|内}\n"},
		{"an open field hides its paragraph at most", p("甲", `<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, "乙") + p("丙", `<w:r><w:fldChar w:fldCharType="end"/></w:r>`), "甲\n{hidden|乙}\n丙\n"},
		{"changes", p("负责", `<w:ins w:id="1"><w:r><w:t>采购</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>销售</w:delText></w:r></w:del>`, "合同") + p(`<w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>`, "原有") + p(`<w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo>`),
			"负责采购合同\n{hidden|销售}\n原有\n{hidden|旧处}\n新处\n"},
		{"a deleted paragraph leaves nothing", p("甲") + p(`<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del>`) + p("乙"), "甲\n{hidden|删}\n乙\n"},
		{"a deleted mark joins", p(`<w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>`, "编制", `<w:del><w:r><w:delText>。</w:delText></w:r></w:del>`) + p("预算") + p("完"), "编制预算\n{hidden|。}\n完\n"},
		{"a drop cap joins", p(`<w:pPr><w:framePr w:dropCap="drop"/></w:pPr>`, "本") + p("岗位"), "本岗位\n"},
		{"hidden", p("甲", `<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r><w:r><w:rPr><w:rStyle w:val="hide"/></w:rPr><w:t>文</w:t></w:r>`) + p(styled("secret"), "密") + p("乙"), "甲明\n{hidden|暗文}\n{hidden|密}\n乙\n"},
		{"earlier formats are not applied", p(`<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>甲</w:t></w:r>`), "甲\n"},
		{"ruby", p("说", `<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>míng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>明</w:t></w:r></w:rubyBase></w:ruby></w:r>`, "书"), "说明书\n{inserted|míng}\n"},
		{"text boxes follow their paragraph", p("前", `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>`+p("框一")+p("框二")+`</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>`+p("框一")+p("框二")+`</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`, "后") + p("完"),
			"前后\n框一\n框二\n完\n"},
		{"the alternative that has text", p(`<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>` + p("框") + `</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>`), "框\n"},
		{"alternatives among paragraphs", `<mc:AlternateContent><mc:Choice>` + p("甲") + `</mc:Choice><mc:Fallback>` + p("甲") + `</mc:Fallback></mc:AlternateContent>`, "甲\n"},
		{"headings", p(styled("1"), "仓储部") + p(styled("my"), "仓管员") + p(styled("2"), "职责") + p(styled("Heading3"), "细则") + p(`<w:pPr><w:outlineLvl w:val="1"/></w:pPr>`, "资格") + p(`<w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr>`, "正文") + p(styled("loop"), "圈"),
			"<h1|仓储部>\n<h1|仓管员>\n<h2|职责>\n<h3|细则>\n<h2|资格>\n<h7|正文>\n圈\n"},
		{"bold lines", p(strong("任职"), strong("资格")) + p(`<w:r><w:rPr><w:rStyle w:val="strong"/></w:rPr><w:t>权限</w:t></w:r>`) + p("大专以上。", strong("三年")) + p("甲") + p("乙"), "<h7|任职资格>\n<h7|权限>\n大专以上。三年\n甲\n乙\n"},
		{"contents", p(styled("TOC1"), "甲", "<w:r><w:tab/></w:r>", "1") + p(styled("TOC1"), "乙") + `<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("目录") + `</w:sdtContent></w:sdt>` + p("甲"), "{contents|甲\t1\n乙\n目录}\n甲\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			checkDocx(t, pagetest.Docx(c.body, testStyles, ""), c.want)
		})
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"rows", p("前") + tbl([]string{"岗位", "职责"}, []string{"出纳", p("1、登记；") + p("2、核对。")}, []string{"", "乙"}) + p("后"), "前\n<tr0|岗位\t职责>\n<tr0|出纳\t1、登记；\n2、核对。>\n<tr0|\t乙>\n后\n"},
		{"spans", tbl([]string{`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p("说明书"), "甲"}, []string{`<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + p("职责"), "登记"}, []string{`<w:tcPr><w:vMerge/></w:tcPr>` + p(), "核对"}), "<tr0|说明书\t\t甲>\n<tr0|职责\t登记>\n<tr0|\t核对>\n"},
		{"covered text", tbl([]string{"甲", "乙"}, []string{`<w:tcPr><w:vMerge/></w:tcPr>` + p("盖"), "丙"}), "<tr0|甲\t乙>\n<tr0|\t丙>\n{hidden|盖}\n"},
		{"nested", tbl([]string{"外", p("上") + tbl([]string{"甲", "乙"}) + p("下")}), "外\n上\n<tr0|甲\t乙>\n下\n"},
		{"one column", tbl([]string{"1、登记"}, []string{"2、核对"}), "1、登记\n2、核对\n"},
		{"tabs in cells are spaces", tbl([]string{p("甲", "<w:r><w:tab/></w:r>", "乙"), "丙"}), "<tr0|甲 乙\t丙>\n"},
		{"deleted row", tbl([]string{"甲", "乙"}) + `<w:tbl><w:tr><w:tc>` + p("一") + `</w:tc><w:tc>` + p("二") + `</w:tc></w:tr><w:tr><w:trPr><w:del/></w:trPr><w:tc>` + p("三") + `</w:tc></w:tr></w:tbl>`, "<tr0|甲\t乙>\n<tr0|一\t二>\n{hidden|三}\n"},
		{"numbers in cells", tbl([]string{"职责", p(listed(1, 0), "登记") + p(listed(1, 0), "核对")}), "<tr0|职责\t[1.1. ]登记\n[1.2. ]核对>\n"},
		{"wrapped cells", `<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>` + p("甲") + `</w:tc></w:sdtContent></w:sdt><w:tc>` + p("乙") + `</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`, "<tr0|甲\t乙>\n"},
		{"a heading ends nothing", p(styled("1"), "表") + tbl([]string{"甲", "乙"}), "<h1|表>\n<tr0|甲\t乙>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lists := `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="1.%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`
			checkDocx(t, pagetest.Docx(c.body, testStyles, lists), c.want)
		})
	}
}

func TestProperties(t *testing.T) {
	core := func(title string) string {
		return `<cp:coreProperties xmlns:cp="urn:x" xmlns:dc="urn:y"><dc:creator>某人</dc:creator><dc:title>` + title + `</dc:title></cp:coreProperties>`
	}
	for _, c := range []struct{ title, want string }{
		{"仓储部岗位职责(5篇)", "仓储部岗位职责(5篇)"}, {"Microsoft Word - 出纳职责.doc", "出纳职责"}, {" 出纳\n职责.DOCX ", "出纳 职责"},
		{"文档1", ""}, {"Document (2)", ""}, {"新建 Microsoft Word 文档", ""}, {"", ""}, {"1", ""}, {"2023年出纳职责", "2023年出纳职责"},
	} {
		r, err := Read(pagetest.Zip(map[string]string{
			"word/document.xml": pagetest.Part("document", "<w:body>"+p("甲")+"</w:body>"),
			"docProps/core.xml": core(c.title), "docProps/app.xml": `<Properties xmlns="urn:z"><Pages>12</Pages><Words>3</Words></Properties>`,
		}))
		if err != nil {
			t.Fatal(err)
		}
		if r.Title != c.want || r.PageCount != 12 {
			t.Errorf("%q: title %q, pages %d", c.title, r.Title, r.PageCount)
		}
	}
	r, err := Read(pagetest.Docx(p(styled("T"), "出纳", "职责")+p(styled("1"), "出纳"), testStyles, ""))
	if err != nil || r.Heading != "出纳职责" || r.Title != "" {
		t.Errorf("heading %q, title %q, %v", r.Heading, r.Title, err)
	}
}

func TestNotes(t *testing.T) {
	r, err := Read(pagetest.Zip(map[string]string{
		"word/document.xml":  pagetest.Part("document", "<w:body>"+p("甲", `<w:r><w:footnoteReference w:id="1"/></w:r>`)+"</w:body>"),
		"word/footnotes.xml": pagetest.Part("footnotes", `<w:footnote w:type="separator" w:id="-1">`+p("线")+`</w:footnote><w:footnote w:id="1">`+p("注一")+`</w:footnote><w:footnote w:id="2">`+p("注二")+tbl([]string{"子", "丑"})+`</w:footnote>`),
		"word/endnotes.xml":  pagetest.Part("endnotes", `<w:endnote w:id="1">`+p("尾注")+`</w:endnote>`),
		"word/header1.xml":   pagetest.Part("hdr", p("页眉")), "word/comments.xml": pagetest.Part("comments", p("批注")),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := pagetest.Show(r.Page), "甲\n{footer|注一\n注二\n子\t丑\n尾注}\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// The parts are where the relations say, and names differ in case and slashes.
func TestRelations(t *testing.T) {
	const ns = ` xmlns="http://schemas.openxmlformats.org/package/2006/relationships"`
	r, err := Read(pagetest.Zip(map[string]string{
		"_rels/.rels":                   `<Relationships` + ns + `><Relationship Id="1" Type="http://x/officeDocument" Target="/Word\Document2.xml"/></Relationships>`,
		`word\document2.xml`:            strings.ReplaceAll(pagetest.Part("document", "<w:body>"+p(styled("x"), "甲")+"</w:body>"), "schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main"),
		"word/_rels/document2.xml.rels": `<Relationships` + ns + `><Relationship Id="1" Type="http://x/styles" Target="s/my.xml"/><Relationship Id="2" Type="http://x/numbering" Target="http://x/" TargetMode="External"/></Relationships>`,
		"word/s/my.xml":                 pagetest.Part("styles", `<w:style w:styleId="x"><w:name w:val="heading 2"/></w:style>`),
		"word/styles.xml":               pagetest.Part("styles", ""),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if got := pagetest.Show(r.Page); got != "<h2|甲>\n" {
		t.Errorf("%q", got)
	}
}

func TestRejects(t *testing.T) {
	whole := pagetest.Docx(strings.Repeat(p("甲乙丙丁"), 50), "", "")
	part := func(name, text string) []byte {
		return pagetest.Zip(map[string]string{"word/document.xml": pagetest.Part("document", "<w:body>"+p("甲")+"</w:body>"), name: text})
	}
	encrypted := pagetest.Docx(p("甲"), "", "")
	for i := range encrypted {
		if string(encrypted[i:min(i+4, len(encrypted))]) == "PK\x01\x02" {
			encrypted[i+8] |= 1
		}
	}
	flipped := append([]byte(nil), whole...)
	flipped[60] ^= 0x5A
	for _, c := range []struct {
		name, reason string
		data         []byte
	}{
		{"cut off", "damaged", whole[:len(whole)/2]},
		{"a few bytes", "damaged", []byte("PK\x03\x04\x14\x00")},
		{"changed bytes", "damaged", flipped},
		{"workbook", "binary", pagetest.Zip(map[string]string{"xl/workbook.xml": "<x/>"})},
		{"any archive", "binary", pagetest.Zip(map[string]string{"a.html": "<p>甲</p>"})},
		{"encrypted", "encrypted", encrypted},
		{"no XML", "damaged", part("word/document.xml", "甲")},
		{"empty part", "damaged", part("word/document.xml", "")},
		{"XML that breaks off", "damaged", part("word/document.xml", strings.TrimSuffix(pagetest.Part("document", "<w:body>"+p("甲")), "</w:document>"))},
		{"entities", "damaged", part("word/document.xml", `<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>`+pagetest.Part("document", "<w:body>"+p("&e;")+"</w:body>"))},
		{"other encodings", "damaged", part("word/document.xml", "\xFF\xFE<\x00")},
		{"depth", "too-complex", pagetest.Docx(strings.Repeat("<w:sdt><w:sdtContent>", 600)+p("甲")+strings.Repeat("</w:sdtContent></w:sdt>", 600), "", "")},
		{"bomb", "too-large", pagetest.Docx(p(strings.Repeat("甲", 2<<20)), "", "")},
		{"bomb in styles", "too-large", part("word/styles.xml", pagetest.Part("styles", strings.Repeat(" ", 4<<20)))},
	} {
		_, err := Read(c.data)
		var e *Error
		if !errors.As(err, &e) || e.Reason != c.reason || e.Message == "" {
			t.Errorf("%s: %v, want %s", c.name, err, c.reason)
		}
	}
}
