package extract

import (
	"errors"
	"os"
	"runtime"
	"strings"
	"testing"

	"zhize/document"
	"zhize/extract/internal/pagetest"
	"zhize/extract/internal/writer"
)

func TestTextIsItsOwnSource(t *testing.T) {
	const text = "岗位职责\r\n\r\n  1、验收 <入库>；\r2、发料\t登记。"
	r, err := Read(Input{URI: "a.txt", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	if want := "岗位职责\n\n  1、验收 <入库>；\n2、发料\t登记。"; r.Source != want || r.Blocks != nil || r.Dropped != nil || r.Flags != nil {
		t.Errorf("%+v", r)
	}
	p := r.Page
	if len(p.SHA256) != 64 || p.ID != p.SHA256[:16] || p.Bytes != len(text) || p.URI != "a.txt" || p.Charset != "utf-8" {
		t.Errorf("%+v", p)
	}
}

func TestReject(t *testing.T) {
	for _, c := range []struct{ data, stage, reason string }{
		{"", "decode", "empty"},
		{"\n \t", "decode", "empty"},
		{"%PDF-1.4", "decode", "binary"},
		{"<html><script>draw()</script></html>", "extract", "no-text"},
		{"<html><body><p>&nbsp;</p></body></html>", "extract", "no-text"},
	} {
		_, err := Read(Input{Data: []byte(c.data)})
		var e *RejectError
		if !errors.As(err, &e) || e.Stage != c.stage || e.Reason != c.reason || e.Message == "" {
			t.Errorf("%q: %v", c.data, err)
		}
	}
	_, err := Read(Input{Data: make([]byte, MaxBytes+1)})
	if e := (*RejectError)(nil); !errors.As(err, &e) || e.Reason != "too-large" {
		t.Error(err)
	}
}

// TestOffice: what is no page is told by its bytes, with what to do.
func TestOffice(t *testing.T) {
	const ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	locked := ole + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	for _, c := range []struct{ data, reason, says string }{
		{ole + strings.Repeat("\x00", 600), "binary", ".docx"},
		{locked, "encrypted", "password"},
		{"%PDF-1.7\n", "binary", "convert it"},
		{"{\\rtf1", "binary", "save it as .docx"},
		{"Rar!\x1A\x07", "binary", "unpack"},
		{string(pagetest.Zip(map[string]string{"a.txt": "x"})), "binary", "unpack"},
		{string(pagetest.Zip(map[string]string{"xl/workbook.xml": "x"})), "binary", "Excel"},
		{"PK\x03\x04 and no more", "damaged", "fetch"},
		{string(pagetest.Docx("<w:p/>", "", "")), "no-text", "document"},
	} {
		_, err := Read(Input{Data: []byte(c.data)})
		var e *RejectError
		if !errors.As(err, &e) || e.Reason != c.reason || !strings.Contains(e.Message, c.says) {
			t.Errorf("%.20q: %v, want %s and %q", c.data, err, c.reason, c.says)
		}
	}
}

func TestDocument(t *testing.T) {
	data := pagetest.Docx(`<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>出纳岗位职责（2篇）</w:t></w:r></w:p><w:p><w:r><w:t>编辑：阿明 2023-05-06</w:t></w:r></w:p>`+
		`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>登记日记账。</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>`, "",
		`<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	r, err := Read(Input{URI: "a.docx", Data: data})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := pagetest.Show(written(r)), "<h1|出纳岗位职责（2篇）>\n编辑：阿明 2023-05-06\n<li1|[1、]登记日记账。>\n{hidden|旧}\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	p := r.Page
	if p.Title != "出纳岗位职责（2篇）" || p.Declared != 2 || p.Editor != "阿明" || p.Published != "2023-05-06" || p.Charset != "utf-8" || p.Bytes != len(data) || len(p.SHA256) != 64 {
		t.Errorf("%+v", p)
	}
}

// TestRealDocument reads a document that Word saved: two jobs under headings,
// whose requirements Word numbers.
func TestRealDocument(t *testing.T) {
	data, err := os.ReadFile("../../shared/data/duty-sheet.docx")
	if err != nil {
		t.Skip("the document is not here:", err)
	}
	r, err := Read(Input{Data: data})
	if err != nil {
		t.Fatal(err)
	}
	numbers, heads := "", 0
	for _, g := range r.Generated {
		numbers += g.Of(r.Source)
	}
	for _, b := range r.Blocks {
		if b.Kind == document.Heading && b.Level == 1 {
			heads++
		}
	}
	if numbers != "1. 2. 3. 4. 5. 6. 1. 2. 3. 4. 5. 6. 7. " || heads != 2 || len(r.Dropped) != 0 || r.Page.PageCount != 1 || r.Page.Title != "" {
		t.Errorf("numbers %q, headings %d, dropped %v, page %+v", numbers, heads, r.Dropped, r.Page)
	}
}

// TestMemory: what reading a page asks for stays in proportion to it, whatever
// the page is made of. The limits are a quarter above what was measured.
func TestMemory(t *testing.T) {
	const size = 1 << 20
	item := "负责仓库的日常管理，保证账物相符；"
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for _, c := range []struct {
		name, page string
		most       int // bytes for a byte of the page
	}{
		{"plain", benchPage(0, size), 13}, {"editor", benchPage(1, size), 10}, {"breaks", benchPage(2, size), 12}, {"table", benchPage(3, size), 19},
		{"text", fill("1、" + item + "\n"), 2},
		{"digits", fill("1234567890、"), 2},
		{"digits in a page", "<p>" + fill("1234567890、"), 12},
		{"deep", strings.Repeat("<div>", 100_000) + fill(item), 17},
		{"items", "<ul>" + fill("<li>验"), 65},
		{"unclosed", fill("<p><b><i><a href=x><table><tr><td><ul><li><div>" + item), 21},
		{"reopened", strings.Repeat("<font a=1><font b=2>", 500) + fill("<p>"+item), 8},
		{"long attribute", `<p title="` + fill("x") + `">` + item, 12},
		{"attributes", "<p " + fill("a=1 ") + ">" + item, 12},
		{"comments", fill("<!---->") + item, 8},
		{"two charsets", `<meta charset=gbk><p>` + fill(item) + "\xB8\xBA\xD4\xF0", 14},
		{"Markdown", "# a\n## b\n## c\n" + fill("**验收** `a` [b](#c) \\*\n"), 165},
		{"fences", "# a\n## b\n## c\n" + fill("```\n"), 8},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := Input{Data: []byte(c.page)}
			if c.page[0] == '<' {
				in.MediaType = "text/html"
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := Read(in)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			if asked := int(after.TotalAlloc-before.TotalAlloc) / len(in.Data); asked > c.most {
				t.Errorf("%d bytes for a byte, at most %d", asked, c.most)
			}
		})
	}
}

// written is what a result holds of what was written.
func written(r *Result) writer.Page {
	return writer.Page{Source: r.Source, Blocks: r.Blocks, Generated: r.Generated, Dropped: r.Dropped}
}
