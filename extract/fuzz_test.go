package extract

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"zhize/document"
)

// check proves what every result promises.
func check(r *Result) error {
	if !utf8.ValidString(r.Source) || strings.ContainsRune(r.Source, 0) {
		return fmt.Errorf("source is no clean UTF-8: %q", r.Source)
	}
	var blocks, dropped []document.Span
	for _, b := range r.Blocks {
		blocks = append(blocks, b.Span)
	}
	for _, d := range r.Dropped {
		dropped = append(dropped, d.Span)
		if d.Role != document.RoleDropped || !slices.Contains(document.Reasons[:], d.Reason) {
			return fmt.Errorf("region %+v", d)
		}
	}
	for name, spans := range map[string][]document.Span{"block": blocks, "dropped": dropped, "generated": r.Generated} {
		at := 0
		for _, s := range spans {
			if s.Start < at || s.Empty() || s.End > len(r.Source) {
				return fmt.Errorf("%s %v begins before %d, is empty or ends outside %d bytes", name, s, at, len(r.Source))
			}
			for _, p := range []int{s.Start, s.End} {
				if p < len(r.Source) && !utf8.RuneStart(r.Source[p]) {
					return fmt.Errorf("%s %v cuts a character", name, s)
				}
			}
			at = s.End
		}
	}
	return nil
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"岗位职责\n1、验收", "<p>一<br><br>二</p>", "<ol start=3 reversed><li>一<li value=9>二<ol type=a><li>三</ol></ol>",
		"<table><tr><td>一<td><p>二<tr><td hidden>三</table>", "<div class=nav><a href=#>一</a></div><p hidden>二",
		"<pre>\n 一\r\n二</pre><b><p>三</b>四", "<table><b>一<tr>二<td>三</b>", "<frameset><noframes>一</noframes>",
		"<svg><title>一</title><style><p>二</svg><math><mi>三", "<select><option>一<optgroup>二</select><textarea>三", "<template><td>一</template>二",
		"<ul><li><b>一</b><li><h2>二</h2>三</ul>", "<title>职责_网</title><meta name=date content=2023-11-23><h1>一</h1>小编：二",
	} {
		f.Add([]byte(s), "text/html")
	}
	pages, _ := filepath.Glob("../testdata/pages/*.html")
	for _, p := range pages {
		if data, err := os.ReadFile(p); err == nil {
			f.Add(data, "")
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, media string) {
		r, err := Read(Input{Data: data, MediaType: media})
		if err != nil {
			if e := (*RejectError)(nil); !errors.As(err, &e) {
				t.Fatalf("%T", err)
			}
			return
		}
		if err := check(r); err != nil {
			t.Error(err)
		}
	})
}

// page generates HTML and writes down the text that a reader sees of it.
type page struct {
	t    *rapid.T
	html strings.Builder
	text []string
	n    int
}

// word writes a text node that occurs nowhere else.
func (p *page) word() {
	p.n++
	w := fmt.Sprintf("甲%d乙", p.n)
	p.text = append(p.text, w)
	p.html.WriteString(rapid.SampledFrom([]string{"", " ", "\n\t"}).Draw(p.t, "space") + w)
}

func (p *page) part(depth int) {
	if depth == 0 {
		p.word()
		return
	}
	for range rapid.IntRange(1, 4).Draw(p.t, "parts") {
		switch kind := rapid.SampledFrom([]string{"text", "br", "div", "p", "b", "span", "ul", "ol", "table", "pre", "h2", "dl", "script", "comment", "unclosed"}).Draw(p.t, "kind"); kind {
		case "text":
			p.word()
		case "br":
			p.html.WriteString("<br>")
		case "script":
			p.html.WriteString("<script>甲0乙</script>")
		case "comment":
			p.html.WriteString("<!-- 甲0乙 -->")
		case "unclosed":
			p.html.WriteString("<i>")
			p.word()
		case "ul", "ol":
			p.html.WriteString("<" + kind + ">")
			for range rapid.IntRange(0, 3).Draw(p.t, "items") {
				p.html.WriteString("<li>")
				p.part(depth - 1)
			}
			p.html.WriteString("</" + kind + ">")
		case "table":
			p.html.WriteString("<table>")
			for range rapid.IntRange(0, 3).Draw(p.t, "rows") {
				p.html.WriteString("<tr>")
				for range rapid.IntRange(0, 3).Draw(p.t, "cells") {
					p.html.WriteString("<td>")
					p.part(depth - 1)
					p.html.WriteString("</td>")
				}
				p.html.WriteString("</tr>")
			}
			p.html.WriteString("</table>")
		case "dl":
			p.html.WriteString("<dl><dt>")
			p.word()
			p.html.WriteString("<dd>")
			p.part(depth - 1)
			p.html.WriteString("</dl>")
		default:
			p.html.WriteString("<" + kind + ">")
			p.part(depth - 1)
			p.html.WriteString("</" + kind + ">")
		}
	}
}

// TestEachTextOnce: the source without white space and generated numbers is
// every text node, once and in order, whichever way the page was read.
func TestEachTextOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := page{t: t}
		p.word()
		p.part(rapid.IntRange(1, 4).Draw(t, "depth"))
		want := strings.Join(p.text, "")
		for _, wrap := range []string{"", strings.Repeat("<div>", 600)} {
			r, err := Read(Input{Data: []byte("<body>" + wrap + p.html.String())})
			if err != nil {
				t.Fatal(err)
			}
			if err := check(r); err != nil {
				t.Fatal(err)
			}
			if strings.Contains(r.Source, "\n\n\n") && !strings.Contains(p.html.String(), "<pre") {
				t.Fatalf("two blank lines in %q", r.Source)
			}
			if (wrap != "") != slices.Contains(r.Flags, document.FlagTooDeep) {
				t.Fatalf("flags %v", r.Flags)
			}
			var got strings.Builder
			at := 0
			for _, g := range r.Generated {
				got.WriteString(r.Source[at:g.Start])
				at = g.End
			}
			got.WriteString(r.Source[at:])
			if got := strings.Join(strings.Fields(got.String()), ""); got != want {
				t.Fatalf("%s\ngot  %s\nwant %s", p.html.String(), got, want)
			}
		}
	})
}
