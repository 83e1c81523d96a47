package markup

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"zhize/document"
	"zhize/extract/internal/pagetest"
)

// soup draws HTML: elements that nest as they like, some of them never closed,
// closed twice or in the wrong order.
type soup struct {
	t    *rapid.T
	b    strings.Builder
	n    int
	tidy bool // every element is closed where it should be
}

func (s *soup) word() {
	s.n++
	s.b.WriteString(rapid.SampledFrom([]string{"", "", " ", "\n\t", "\u00a0", "　"}).Draw(s.t, "space"))
	fmt.Fprintf(&s.b, rapid.SampledFrom([]string{"甲%d乙", "丙%d丁。", "x%dy", "&lt;戊%d&amp;", "己%d；"}).Draw(s.t, "word"), s.n)
	s.b.WriteString(rapid.SampledFrom([]string{"", "", " "}).Draw(s.t, "space"))
}

// An element is drawn with its attributes; what stands in it is drawn too.
var soupElements = []string{
	"p", "p", "div", "div", "div class=main", "span", "span style=color:red", "b", "strong", "i", "font color=red", "a name=x", "u", "em", "h1", "h2", "h3", "h6", "ul", "ol", "ol",
	"ol start=4", "ol reversed", "ol type=a", "ol type=i", `ol style="list-style-type: cjk-ideographic"`, `ol style="list-style:none"`, "ol start=12 reversed", "dl", "table", "table border=1",
	"pre", "section", "article", "blockquote", "center", "form", "fieldset", "details", "address", `span style="display: block"`, "sub", "code", "label", "abbr title=x", "ins", "del", "svg", "math",
}

var soupHidden = []string{"div hidden", "span hidden", `p style="display:none"`, `label style="color:red; display: none"`}

var soupBits = []string{"<br>", "<br/>", "<hr>", "<wbr>", "<img src=x>", "<!-- 庚 -->", "<script>庚</script>", "<style>.庚{}</style>", "<template><p>庚</p></template>", "<noscript>庚</noscript>", "<input value=庚 hidden>", "<![CDATA[庚]]>"}

func (s *soup) element(depth int) {
	kind := rapid.IntRange(0, 19).Draw(s.t, "kind")
	if depth == 0 || kind < 7 {
		s.word()
		return
	}
	if kind == 7 {
		s.b.WriteString(rapid.SampledFrom(soupBits).Draw(s.t, "bit"))
		return
	}
	from := soupElements
	if kind == 8 {
		from = soupHidden
	}
	tag := rapid.SampledFrom(from).Draw(s.t, "tag")
	if s.tidy && (tag == "svg" || tag == "math") {
		tag = "div" // other rules hold inside them
	}
	name, _, _ := strings.Cut(tag, " ")
	s.b.WriteString("<" + tag + ">")
	inner := func(open string) {
		for range rapid.IntRange(0, 3).Draw(s.t, "children") {
			if open != "" {
				s.b.WriteString("<" + open + ">")
			}
			for range rapid.IntRange(0, 2).Draw(s.t, "parts") {
				s.element(depth - 1)
			}
			if open != "" && s.tidy {
				o, _, _ := strings.Cut(open, " ")
				s.b.WriteString("</" + o + ">")
			}
		}
	}
	switch name {
	case "ul", "ol":
		inner(rapid.SampledFrom([]string{"li", "li", "li value=7", `li style="list-style-type:none"`}).Draw(s.t, "li"))
	case "dl":
		inner(rapid.SampledFrom([]string{"dt", "dd"}).Draw(s.t, "dt"))
	case "table":
		if rapid.Bool().Draw(s.t, "caption") {
			s.b.WriteString("<caption>")
			s.word()
			s.b.WriteString("</caption>")
		}
		for range rapid.IntRange(0, 3).Draw(s.t, "rows") {
			s.b.WriteString("<tr>")
			inner(rapid.SampledFrom([]string{"td", "td", "th", "td colspan=2", "td rowspan=2"}).Draw(s.t, "cell"))
			if s.tidy {
				s.b.WriteString("</tr>")
			}
		}
	default:
		inner("")
	}
	switch end := rapid.IntRange(0, 9).Draw(s.t, "end"); {
	case s.tidy || end > 2:
		s.b.WriteString("</" + name + ">")
	case end == 1:
		s.b.WriteString("</div>")
	case end == 2:
		s.b.WriteString("</b></" + name + "></" + name + ">")
	}
}

// main is prose that makes the page: no other part is most of it.
const mainText = "<p>负责仓库的日常管理，保证账物相符。负责仓库的日常管理，保证账物相符。</p>"

func drawSoup(t *rapid.T, tidy bool) string {
	s := soup{t: t, tidy: tidy}
	s.b.WriteString(rapid.SampledFrom([]string{"", "<!DOCTYPE html><html><head><title>庚</title></head><body>", "<html>", "前文<body>"}).Draw(t, "start"))
	for range rapid.IntRange(1, 4).Draw(t, "parts") {
		s.element(rapid.IntRange(1, 4).Draw(t, "depth"))
	}
	s.b.WriteString(strings.Repeat(mainText, 1+s.b.Len()/60))
	if rapid.Bool().Draw(t, "behind") {
		s.b.WriteString("</body></html>后文")
	}
	return s.b.String()
}

// TestFidelity: every text that a browser shows is in the source once and in
// order, parted from its neighbours as a browser parts them; what it does not
// show is there at most once, dropped as hidden. Headings and items bear their
// level and their number.
func TestFidelity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := drawSoup(t, false)
		if err := faithful(page); err != nil {
			t.Fatalf("%s\n%v", page, err)
		}
	})
}

func faithful(page string) error {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return err
	}
	var o oracle
	o.walk(doc, false)
	look := Scan(page)
	r := look.Read()
	if err := pagetest.Check(r.Page); err != nil {
		return err
	}
	kept, _ := pagetest.Kept(r.Page)
	if got := plain(kept); got != o.shown.String() {
		return fmt.Errorf("got  %q\nwant %q", got, o.shown.String())
	}
	if strings.Contains(r.Source, "\n\n\n") && !strings.Contains(page, "<pre") {
		return fmt.Errorf("two blank lines in %q", r.Source)
	}
	var dropped []string
	for _, d := range r.Dropped {
		if d.Reason != document.Hidden {
			return fmt.Errorf("%q is dropped as %s", d.Of(r.Source), d.Reason)
		}
		dropped = append(dropped, strings.Join(strings.Fields(d.Of(r.Source)), ""))
	}
	want := slices.DeleteFunc(o.hidden, func(s string) bool { return s == "" })
	if slices.Sort(dropped); !slices.Equal(dropped, slices.Sorted(slices.Values(want))) {
		return fmt.Errorf("dropped %q, not %q", dropped, want)
	}
	for _, h := range o.heads {
		at := strings.Index(r.Source, h.word)
		i := slices.IndexFunc(r.Blocks, func(b document.Block) bool { return b.Start <= at && at < b.End })
		if i < 0 || r.Blocks[i].Kind != document.Row && (r.Blocks[i].Kind != document.Heading || r.Blocks[i].Level != h.level) {
			return fmt.Errorf("no heading of level %d at %q in %s", h.level, h.word, pagetest.Show(r.Page))
		}
	}
	for _, it := range o.items {
		at := strings.Index(r.Source, it.word)
		label := ""
		for _, g := range r.Generated {
			if g.End <= at && strings.TrimSpace(r.Source[g.End:at]) == "" {
				label = g.Of(r.Source)
			}
		}
		if label != it.label {
			return fmt.Errorf("number %q, not %q, before %q in %s", label, it.label, it.word, pagetest.Show(r.Page))
		}
	}
	return nil
}

// TestFidelityOfTags: a page that is too deep for a tree has the same text in
// the same order, as far as its tags are closed.
func TestFidelityOfTags(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := drawSoup(t, true)
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		o := oracle{tags: true}
		o.walk(doc, false)
		look := Scan(strings.Repeat("<div>", 600) + page)
		r := look.Read()
		if err := pagetest.Check(r.Page); err != nil {
			t.Fatal(err)
		}
		if !r.TooDeep || len(r.Dropped) > 0 {
			t.Fatalf("too deep %v, dropped %v", r.TooDeep, r.Dropped)
		}
		kept, _ := pagetest.Kept(r.Page)
		got, want := strings.Join(strings.Fields(kept), ""), strings.Join(strings.Fields(o.shown.String()), "")
		if got != want {
			t.Fatalf("%s\ngot  %q\nwant %q", page, got, want)
		}
	})
}

// plain is a text whose parts are parted as the oracle parts them.
func plain(s string) string {
	var o oracle
	for _, r := range s {
		if r == '\n' || r == '\t' {
			o.line = true
			continue
		}
		o.text(string(r), false)
	}
	return o.shown.String()
}

// once compares the characters of a page's text, whatever is dropped of it,
// with those of its text nodes.
func once(page string) error {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil || strings.Contains(strings.ToLower(page), "frameset") { // its text is that of another page
		return nil
	}
	look := Scan(page)
	r := look.Read()
	if err := pagetest.Check(r.Page); err != nil || r.TooDeep {
		return err
	}
	count := make(map[rune]int)
	for _, c := range words(doc) {
		count[c]++
	}
	at := 0
	for _, g := range append(r.Generated, document.Span{Start: len(r.Source)}) {
		for _, c := range r.Source[at:g.Start] {
			count[c]--
		}
		at = g.End
	}
	for c, n := range count {
		if n != 0 && !strings.ContainsRune(" \t\n\f\r", c) {
			return fmt.Errorf("%d times %q too few in %q", n, c, r.Source)
		}
	}
	return nil
}

func FuzzOnce(f *testing.F) {
	for _, s := range []string{
		"<p>一<br><br>二</p>", "<ol start=3 reversed><li>一<li value=9>二<ol type=a><li>三</ol></ol>", "<table><tr><td>一<td><p>二<tr><td hidden>三</table>",
		"<div class=nav><a href=#>一</a></div><p hidden>二", "<pre>\n 一\r\n二</pre><b><p>三</b>四", "<table><b>一<tr>二<td>三</b>", "<frameset><noframes>一</noframes>",
		"<svg><title>一</title><style><p>二</svg><math><mi>三", "<select><option>一<optgroup>二</select><textarea>三", "<template><td>一</template>二", "<ul><li><b>一</b><li><h2>二</h2>三</ul>",
		"<style>.a{display:none}</style><p class=a>一</p><button>二</button><nav>三</nav>",
		"<table><caption>一</caption><tr><td>岗位<td>仓库主管<td><b>出纳</b><tr><td>岗位职责<td>二<td hidden>三<tr><th>人数<td><td>四</table>", "<table><tr><td><td>仓库主管<td>会计<tr><td>主要职责<td>一<td><ol><li>二</ol></table>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, page string) {
		page = strings.ReplaceAll(strings.ToValidUTF8(page, "?"), "\x00", "?")
		if err := once(page); err != nil {
			t.Error(err)
		}
	})
}
