package docx

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"zhize/extract/internal/pagetest"
)

// draft draws the body of a document and writes down what a reader sees of it.
type draft struct {
	t      *rapid.T
	b      strings.Builder
	n      int
	shown  []string
	boxes  []string // texts of boxes, which follow the paragraph
	hidden []string
	gone   bool // what is written is not shown
	inBox  bool
}

func (d *draft) text() string {
	d.n++
	s := fmt.Sprintf("甲%d乙", d.n)
	switch {
	case d.gone:
		d.hidden = append(d.hidden, s)
	case d.inBox:
		d.boxes = append(d.boxes, s)
	default:
		d.shown = append(d.shown, s)
	}
	return s
}

// as writes something whose text is not shown, or is that of a box.
func (d *draft) as(gone, box bool, write func()) {
	outerGone, outerBox := d.gone, d.inBox
	d.gone, d.inBox = d.gone || gone, d.inBox || box
	write()
	d.gone, d.inBox = outerGone, outerBox
}

func (d *draft) run(depth int) {
	kinds := []string{"t", "t", "t", "bold", "tab", "br", "vanish", "del", "ins", "link", "sdt", "field", "simple", "sym", "box", "both", "formula", "mark"}
	kind := rapid.SampledFrom(kinds).Draw(d.t, "run")
	wrap := func(open, end string) {
		d.b.WriteString(open)
		d.run(0)
		d.b.WriteString(end)
	}
	switch {
	case depth == 0 || kind == "t":
		fmt.Fprintf(&d.b, "<w:r><w:t>%s</w:t></w:r>", d.text())
	case kind == "bold":
		fmt.Fprintf(&d.b, "<w:r><w:rPr><w:b/></w:rPr><w:t>%s</w:t><w:t>%s</w:t></w:r>", d.text(), d.text())
	case kind == "tab", kind == "br":
		fmt.Fprintf(&d.b, "<w:r><w:%s/></w:r>", kind)
	case kind == "vanish":
		d.as(true, false, func() {
			fmt.Fprintf(&d.b, "<w:r><w:rPr><w:vanish/></w:rPr><w:t>%s</w:t></w:r>", d.text())
		})
	case kind == "del":
		d.as(true, false, func() { fmt.Fprintf(&d.b, "<w:del><w:r><w:delText>%s</w:delText></w:r></w:del>", d.text()) })
	case kind == "ins":
		wrap("<w:ins>", "</w:ins>")
	case kind == "link":
		wrap("<w:hyperlink>", "</w:hyperlink>")
	case kind == "sdt":
		wrap("<w:sdt><w:sdtPr/><w:sdtContent>", "</w:sdtContent></w:sdt>")
	case kind == "simple":
		wrap(`<w:fldSimple w:instr="X">`, "</w:fldSimple>")
	case kind == "field":
		wrap(`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>X</w:instrText><w:fldChar w:fldCharType="separate"/></w:r>`, `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
	case kind == "formula":
		fmt.Fprintf(&d.b, "<m:oMath><m:r><m:t>%s</m:t></m:r></m:oMath>", d.text())
	case kind == "box" && !d.inBox:
		d.as(false, true, func() {
			d.b.WriteString("<w:r><w:pict><w:txbxContent>")
			d.blocks(depth - 1)
			d.b.WriteString("</w:txbxContent></w:pict></w:r>")
		})
	case kind == "both":
		s := d.text()
		fmt.Fprintf(&d.b, "<mc:AlternateContent><mc:Choice><w:r><w:t>%s</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>%s</w:t></w:r></mc:Fallback></mc:AlternateContent>", s, s)
	case kind == "mark":
		d.b.WriteString(`<w:bookmarkStart w:id="1"/><w:proofErr/><w:r><w:footnoteReference w:id="9"/><w:instrText>丙</w:instrText></w:r>`)
	}
}

func (d *draft) blocks(depth int) {
	for range rapid.IntRange(1, 3).Draw(d.t, "blocks") {
		switch kind := rapid.SampledFrom([]string{"p", "p", "p", "list", "heading", "removed", "joined", "table", "sdt"}).Draw(d.t, "block"); {
		case depth > 0 && kind == "table":
			d.table(depth - 1)
		case depth > 0 && kind == "sdt":
			d.b.WriteString("<w:sdt><w:sdtContent>")
			d.blocks(depth - 1)
			d.b.WriteString("</w:sdtContent></w:sdt>")
		case kind == "removed":
			d.as(true, false, func() {
				fmt.Fprintf(&d.b, "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>%s</w:delText></w:r></w:del></w:p>", d.text())
			})
		default:
			d.b.WriteString("<w:p>" + map[string]string{
				"list": listed(1, rapid.IntRange(0, 2).Draw(d.t, "level")), "heading": styled("1"), "joined": "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
			}[kind])
			for range rapid.IntRange(0, 4).Draw(d.t, "runs") {
				d.run(depth)
			}
			d.b.WriteString("</w:p>")
			if !d.inBox && kind != "joined" {
				d.shown, d.boxes = append(d.shown, d.boxes...), nil
			}
		}
	}
}

func (d *draft) table(depth int) {
	d.b.WriteString("<w:tbl>")
	for range rapid.IntRange(1, 3).Draw(d.t, "rows") {
		gone := rapid.IntRange(0, 5).Draw(d.t, "gone") == 0
		d.b.WriteString("<w:tr>")
		if gone {
			d.b.WriteString("<w:trPr><w:del/></w:trPr>")
		}
		d.as(gone, false, func() {
			for range rapid.IntRange(1, 3).Draw(d.t, "cells") {
				covered := rapid.IntRange(0, 5).Draw(d.t, "covered") == 0
				d.b.WriteString("<w:tc>")
				if covered {
					d.b.WriteString("<w:tcPr><w:vMerge/></w:tcPr>")
				}
				d.as(covered, false, func() { d.blocks(depth) })
				d.b.WriteString("<w:p/></w:tc>")
			}
		})
		d.b.WriteString("</w:tr>")
	}
	d.b.WriteString("</w:tbl>")
}

// TestFidelity: every run that Word shows is in the source once, and those of
// text boxes behind the paragraph that they are anchored in; what is not shown
// is there once, dropped as hidden.
func TestFidelity(t *testing.T) {
	lists := abstract(0, lvl(0, "decimal", "%1."), lvl(1, "bullet", "•"), lvl(2, "chineseCounting", "（%3）")) + num(1, 0)
	rapid.Check(t, func(t *rapid.T) {
		d := draft{t: t}
		d.blocks(3)
		body := d.b.String() + "<w:p/>"
		r, err := Read(pagetest.Docx(body, testStyles, lists))
		if err != nil {
			t.Fatal(err)
		}
		if err := pagetest.Check(r.Page); err != nil {
			t.Fatal(err)
		}
		kept, dropped := pagetest.Kept(r.Page)
		got, want := squeezed(kept), strings.Join(append(d.shown, d.boxes...), "")
		if strings.Contains(body, "txbxContent") { // where a box stands among joined paragraphs is not told here
			got, want = sortedWords(got), sortedWords(want)
		}
		if got != want {
			t.Fatalf("%s\ngot  %s\nwant %s", body, got, want)
		}
		if got, want := sortedWords(squeezed(dropped)), sortedWords(strings.Join(d.hidden, "")); got != want {
			t.Fatalf("%s\ndropped %s\nwant    %s", body, got, want)
		}
		if strings.Contains(r.Source, "\n\n\n") {
			t.Fatalf("two blank lines in %q", r.Source)
		}
	})
}

func squeezed(s string) string { return strings.Join(strings.Fields(s), "") }

func sortedWords(s string) string {
	words := strings.SplitAfter(s, "乙")
	slices.Sort(words)
	return strings.Join(words, "")
}

func FuzzBody(f *testing.F) {
	f.Add(p("甲", strong("乙"))+tbl([]string{"子", "丑"}), testStyles, abstract(0, lvl(0, "decimal", "%1."))+num(1, 0))
	f.Add(p(listed(1, 0), "甲")+p(listed(1, 8), "乙"), `<w:style w:styleId="x"><w:basedOn w:val="x"/></w:style>`, abstract(0, `<w:numStyleLink w:val="x"/>`)+num(1, 0, startAt(0, 7)))
	f.Add(`<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:t>甲</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>乙</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>`, "", "")
	f.Add(`<mc:AlternateContent><mc:Choice><w:p/></mc:Choice><mc:Fallback><w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/><w:gridSpan w:val="9"/></w:tcPr></w:tc></w:tr></w:tbl></mc:Fallback></mc:AlternateContent>`, "", "")
	f.Fuzz(func(t *testing.T, body, styles, lists string) {
		fuzzed(t, pagetest.Docx(body, styles, lists))
	})
}

func FuzzRead(f *testing.F) {
	f.Add(pagetest.Docx(p("甲"), testStyles, ""))
	for _, name := range []string{"65-word-numbering.docx", "65-word-forms.docx"} {
		if data, err := os.ReadFile("../../testdata/pages/" + name); err == nil {
			f.Add(data)
		}
	}
	f.Fuzz(fuzzed)
}

func fuzzed(t *testing.T, data []byte) {
	r, err := Read(data)
	if err != nil {
		if e := (*Error)(nil); !errors.As(err, &e) || e.Message == "" {
			t.Fatalf("%T %v", err, err)
		}
		return
	}
	if err := pagetest.Check(r.Page); err != nil {
		t.Error(err)
	}
}
