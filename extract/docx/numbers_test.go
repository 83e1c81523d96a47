package docx

import (
	"fmt"
	"strings"
	"testing"

	"zhize/extract/internal/pagetest"
)

// lvl is a level: its format, its text and what else stands in it.
func lvl(i int, format, text string, more ...string) string {
	return fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/>%s</w:lvl>`, i, format, text, strings.Join(more, ""))
}

func abstract(id int, inside ...string) string {
	return fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d">%s</w:abstractNum>`, id, strings.Join(inside, ""))
}

func num(id, abstract int, inside ...string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, abstract, strings.Join(inside, ""))
}

func startAt(level, n int) string {
	return fmt.Sprintf(`<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, level, n)
}

// items are paragraphs "num.level num.level …", each with one character.
func items(where string) string {
	var b strings.Builder
	for _, f := range strings.Fields(where) {
		var n, level int
		if _, err := fmt.Sscanf(f, "%d.%d", &n, &level); err != nil {
			b.WriteString(p(f))
			continue
		}
		b.WriteString(p(listed(n, level), "条"))
	}
	return b.String()
}

// TestNumbers: what stands before the items of a list.
func TestNumbers(t *testing.T) {
	legal := abstract(0, lvl(0, "chineseCounting", "第%1章"), lvl(1, "decimal", "%1.%2", "<w:isLgl/>"), lvl(2, "decimal", "(%3)"))
	outline := abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2"), lvl(2, "decimal", "%1.%2.%3"))
	for _, c := range []struct{ name, lists, items, want string }{
		{"one level", abstract(0, lvl(0, "decimal", "%1、")) + num(1, 0), "1.0 1.0 文 1.0", "1、|2、||3、"},
		{"levels restart", outline + num(1, 0), "1.0 1.1 1.1 1.2 1.0 1.1 1.2", "1 |1.1 |1.2 |1.2.1 |2 |2.1 |2.1.1 "},
		{"a level without its parents", outline + num(1, 0), "1.2 1.1 1.0", "1.1.1 |1.1 |1 "},
		{"legal", legal + num(1, 0), "1.0 1.1 1.2 1.0 1.1", "第一章 |1.1 |(1) |第二章 |2.1 "},
		{"never restarts", abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2)", `<w:lvlRestart w:val="0"/>`)) + num(1, 0), "1.0 1.1 1.0 1.1", "1 |1) |2 |2) "},
		{"restarts behind the first level only", abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%2"), lvl(2, "decimal", "%3)", `<w:lvlRestart w:val="1"/>`)) + num(1, 0), "1.0 1.1 1.2 1.1 1.2 1.0 1.2", "1 |1 |1) |2 |2) |2 |1) "},
		{"lists of one definition go on", abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 0), "1.0 2.0 1.0", "1. |2. |3. "},
		{"lists of two do not", abstract(0, lvl(0, "decimal", "%1.")) + abstract(1, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 1), "1.0 2.0 1.0", "1. |1. |2. "},
		{"start again", abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0) + num(2, 0, startAt(0, 1)), "1.0 1.0 2.0 2.0 1.0", "1. |2. |1. |2. |3. "},
		{"start again at five, once", outline + num(1, 0, startAt(1, 5)), "1.0 1.1 1.1 1.0 1.1", "1 |1.5 |1.6 |2 |2.1 "},
		{"a start below does not move the level above", outline + num(1, 0) + num(2, 0, startAt(0, 1), startAt(1, 1)), "1.0 1.0 2.1 2.1 2.0", "1 |2 |2.1 |2.2 |3 "},
		{"another level in a list", outline + num(1, 0) + num(2, 0, `<w:lvlOverride w:ilvl="0">`+lvl(0, "upperLetter", "%1)")+`</w:lvlOverride>`), "1.0 2.0 2.1", "1 |B) |B.1 "},
		{"starts at three", `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum>` + num(1, 0), "1.0 1.0", "（3）|（4）"},
		{"bullets have no number", abstract(0, lvl(0, "bullet", "\uF0B7"), lvl(1, "bullet", "o"), lvl(2, "decimal", "●")) + num(1, 0), "1.0 1.1 1.2", "||"},
		{"a bullet of words is text", abstract(0, lvl(0, "bullet", "注：")) + num(1, 0), "1.0", "注："},
		{"bullet levels print nothing in others", abstract(0, lvl(0, "bullet", "•"), lvl(1, "decimal", "%1%2.")) + num(1, 0), "1.0 1.1", "|1. "},
		{"none", abstract(0, lvl(0, "none", "")) + num(1, 0), "1.0", ""},
		{"nothing behind the number", abstract(0, lvl(0, "decimal", "%1.", `<w:suff w:val="nothing"/>`)) + num(1, 0), "1.0", "1."},
		{"hidden number", abstract(0, lvl(0, "decimal", "%1.", "<w:rPr><w:vanish/></w:rPr>")) + num(1, 0), "1.0", ""},
		{"list zero is none, list nine is not there", abstract(0, lvl(0, "decimal", "%1.")) + num(0, 0), "0.0 9.0", "|"},
		{"a level that is not there", abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0), "1.3", ""},
		{"percent signs", abstract(0, lvl(0, "decimal", "100% %1%")) + num(1, 0), "1.0", "100% 1% "},
		{"a list linked by style", abstract(0, `<w:numStyleLink w:val="L"/>`) + abstract(1, `<w:styleLink w:val="L"/>`, lvl(0, "decimal", "%1)")) + num(1, 0) + num(2, 1), "1.0 2.0", "1) |2) "},
		{"the same without a list of its style", abstract(0, `<w:numStyleLink w:val="K"/>`) + abstract(1, `<w:styleLink w:val="K"/>`, lvl(0, "decimal", "%1)")) + num(1, 0), "1.0", "1) "},
		{"a link to itself", abstract(0, `<w:numStyleLink w:val="M"/>`) + num(3, 0), "3.0", ""},
		{"format of newer programs", `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` + num(1, 0), "1.0", "001. "},
		{"and what older ones show", `<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="x"/></mc:Choice><mc:Fallback><w:numFmt w:val="upperRoman"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` + num(1, 0), "1.0", "I. "},
	} {
		t.Run(c.name, func(t *testing.T) {
			styles := `<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="numbering" w:styleId="M"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>`
			r, err := Read(pagetest.Docx(items(c.items), styles, c.lists))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for line := range strings.Lines(r.Source) {
				got = append(got, strings.TrimRight(line, "条文\n"))
			}
			if got := strings.Join(got, "|"); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
			for _, g := range r.Generated {
				if strings.ContainsAny(g.Of(r.Source), "条文\n") {
					t.Errorf("generated %q", g.Of(r.Source))
				}
			}
		})
	}
}

// TestNumberedStyles: numbers that come with a style.
func TestNumberedStyles(t *testing.T) {
	lists := abstract(0, lvl(0, "chineseCountingThousand", "%1、", `<w:pStyle w:val="1"/>`), lvl(1, "decimal", "%2.", `<w:pStyle w:val="2"/>`)) + num(7, 0)
	styles := `<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>
<w:style w:type="paragraph" w:styleId="3"><w:name w:val="条"/><w:basedOn w:val="2"/></w:style>
<w:style w:type="paragraph" w:styleId="4"><w:name w:val="四"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr></w:pPr></w:style>`
	body := p(styled("1"), "职责") + p(styled("2"), "甲") + p(styled("3"), "乙") + p(styled("4"), "丙") +
		p(`<w:pPr><w:pStyle w:val="2"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>`, "丁") +
		p(`<w:pPr><w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>`, "戊") +
		p(styled("1")) + p(styled("1"), "三、自带")
	want := "<h1|[一、]职责>\n<h2|[1. ]甲>\n<li2|[2. ]乙>\n<li2|[3. ]丙>\n<h2|丁>\n<h1|[4. ]戊>\n\n<h1|三、自带>\n"
	checkDocx(t, pagetest.Docx(body, styles, lists), want)
}

// TestItems: numbered paragraphs are items, as deep as their level; empty ones
// count, deleted and hidden ones do not.
func TestItems(t *testing.T) {
	lists := abstract(0, lvl(0, "decimal", "%1."), lvl(1, "lowerLetter", "%2)"), lvl(2, "bullet", "•")) + num(1, 0)
	body := p(listed(1, 0), "甲") + p(listed(1, 1), "乙") + p(listed(1, 2), "丙") + p(listed(1, 0)) + p(listed(1, 0), "丁<w:x/>") +
		p(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>删</w:delText></w:r></w:del>`) +
		p(`<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>`) +
		p(listed(1, 0), "　戊")
	body = strings.ReplaceAll(body, "<w:x/>", "")
	want := "<li1|[1. ]甲>\n<li2|[a) ]乙>\n<li3|丙>\n\n<li1|[3. ]丁>\n{hidden|删}\n{hidden|藏}\n<li1|[4. ]　戊>\n"
	checkDocx(t, pagetest.Docx(body, "", lists), want)
}
