package report_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/corpus"
	"zhize/corpus/report"
	"zhize/internal/browser"
	"zhize/record"
)

var update = flag.Bool("update", false, "rewrite the expected data")

const hostile = `</style><script>alert("1")</script>&amp;'`

// page is one page of a made run: how many characters are kept and dropped,
// which numbers its list lacks.
type page struct {
	kept, dropped int
	edits         int
	missing       []int
	title         string
	copyOf        string
}

// madeRun writes the outputs of a run over plain pages and a few odd ones.
func madeRun(t *testing.T) string {
	t.Helper()
	var all []page
	for range 30 {
		all = append(all, page{kept: 100, dropped: 5, title: "出纳"})
	}
	all = append(all,
		page{kept: 10, dropped: 90, title: hostile},
		page{kept: 100, dropped: 5, missing: []int{2, 3, 5}, title: "会计"},
		page{kept: 1000, dropped: 5, edits: 40, title: "会计"},
		page{kept: 10, dropped: 90, copyOf: "0000000000000030"},
	)
	totals := record.NewTotals()
	var pages, positions bytes.Buffer
	for i, p := range all {
		id := fmt.Sprintf("%016d", i)
		rec := record.Page{
			Schema: record.Schema, ID: id, URI: fmt.Sprintf("pages/%02d.txt", i), Source: strings.Repeat("字", p.kept+p.dropped), Flags: []string{},
			Regions: []record.Region{{Span: record.Span{0, p.kept}, Role: "item"}, {Span: record.Span{p.kept, p.kept + p.dropped}, Role: "dropped", Reason: "legal"}},
			Counts:  record.Counts{Positions: 1, Items: 4, Edits: p.edits, Characters: p.kept + p.dropped},
		}
		if p.copyOf != "" {
			rec.DuplicateOf = &p.copyOf
		}
		pos := record.Position{
			Schema: record.Schema, ID: id + "-p001", Page: record.PageRef{ID: id, URI: rec.URI}, Title: &p.title, Flags: []string{},
			Sections: []record.Section{{Kind: "responsibilities", Missing: p.missing, Flags: []string{"gap"}}},
		}
		for _, err := range []error{record.Encode(&pages, rec), record.Encode(&positions, pos)} {
			if err != nil {
				t.Fatal(err)
			}
		}
		totals.Pages++
		totals.Positions++
		totals.Items += 4
		totals.Characters += p.kept + p.dropped
		totals.Roles["item"] += p.kept
		totals.Roles["dropped"] += p.dropped
		totals.Dropped["legal"] += p.dropped
		totals.Edits["width"] += p.edits
		totals.Numbering.Missing += len(p.missing)
	}
	totals.Suggested["slip"] = 3
	totals.Flags["gap"] = len(all)
	totals.Kinds["responsibilities"] = totals.Items
	totals.DuplicatePages, totals.Rejects = 1, 1
	totals.RejectReasons["empty"] = 1
	m := record.Manifest{
		Schema: record.Schema, Finished: true, Ended: "2024-03-01T10:00:01Z", Inputs: []string{"pages", hostile},
		Versions: record.Versions{Zhize: "v0"}, Counts: totals, Skipped: map[string]int{".png": 2},
		Timings: record.Timings{ProcessMS: 1200, IndexMS: 40}, Outputs: []record.Output{},
	}
	manifest, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for name, data := range map[string]string{
		"manifest.json": string(manifest), "pages.jsonl": pages.String(), "positions.jsonl": positions.String(),
		"duties.jsonl": `{"id":"d0000000000000001","text":"登记日记账` + "<b>" + `。","kind":"responsibilities","count":9,"pages":9}` + "\n" +
			`{"id":"d0000000000000002","text":"只有一处。","kind":"other","count":1,"pages":1}` + "\n",
		"rejects.jsonl": `{"uri":"pages/<空>.txt","stage":"decode","reason":"empty","message":"nothing in it"}` + "\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func collected(t *testing.T, dir string) *report.Report {
	t.Helper()
	r, err := report.Collect(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCollect(t *testing.T) {
	r := collected(t, madeRun(t))
	got, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/report.json"
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("other data than in %s (-want +got):\n%s", golden, diff)
	}
	// The three odd pages, one for one measure each: 33 pages are compared, so
	// that what only one has is log2(33) bits.
	if len(r.Oddest) != 3 || r.Compared != 33 {
		t.Fatalf("%d odd pages of %d", len(r.Oddest), r.Compared)
	}
	for i, want := range []struct{ uri, measure string }{
		{"pages/32.txt", "edits_per_1000"}, {"pages/30.txt", "dropped_per_mille"}, {"pages/31.txt", "missing"},
	} {
		found := false
		for _, why := range r.Oddest[i].Reasons {
			found = found || why.Measure == want.measure && why.Bits == 5 && why.Rare == 1
		}
		if r.Oddest[i].Page.URI != want.uri || !found {
			t.Errorf("the odd page %d is %+v, not %+v", i, r.Oddest[i], want)
		}
	}
	if r.Largest[0].URI != "pages/32.txt" || r.Titles[0].Title != "出纳" || r.Titles[0].Count != 30 || len(r.Duties) != 1 {
		t.Errorf("largest %v, titles %v, duties %v", r.Largest[0], r.Titles[0], r.Duties)
	}
}

func TestCollectErrors(t *testing.T) {
	if _, err := report.Collect(t.TempDir()); !errors.Is(err, corpus.ErrUnfinished) {
		t.Errorf("an empty folder: %v", err)
	}
	dir := madeRun(t)
	appendTo := func(name, line string) {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if _, err := f.WriteString(line); err != nil {
			t.Fatal(err)
		}
	}
	appendTo("positions.jsonl", `{"id":"x-p001","page":{"id":"x"}}`+"\n")
	if _, err := report.Collect(dir); err == nil || !strings.Contains(err.Error(), "zhize verify") {
		t.Errorf("a position without its page: %v", err)
	}
	appendTo("pages.jsonl", "{no json\n")
	if _, err := report.Collect(dir); err == nil || !strings.Contains(err.Error(), "pages.jsonl:35") {
		t.Errorf("a broken line: %v", err)
	}
}

func written(t *testing.T, r *report.Report, o report.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.HTML(&b, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestHTML reads the page as XML, which is stricter than any browser, and looks
// for what may not be in it.
func TestHTML(t *testing.T) {
	dir := madeRun(t)
	empty := collected(t, dir)
	*empty = report.Report{Counts: record.NewTotals()}
	for name, r := range map[string]*report.Report{"made": collected(t, dir), "empty": empty} {
		for _, lang := range []string{"en", "zh"} {
			html := written(t, r, report.Options{Lang: lang, Where: " -i 'a <b>'"})
			elements := map[string]int{}
			ids := map[string]bool{}
			for d := xml.NewDecoder(strings.NewReader(html)); ; {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatalf("%s %s: %v", name, lang, err)
				}
				e, ok := token.(xml.StartElement)
				if !ok {
					continue
				}
				elements[e.Name.Local]++
				for _, a := range e.Attr {
					switch {
					case a.Name.Local == "id" && ids[a.Value]:
						t.Errorf("%s %s: the id %s stands twice", name, lang, a.Value)
					case a.Name.Local == "id":
						ids[a.Value] = true
					case a.Name.Local == "src", a.Name.Local == "href", strings.HasPrefix(a.Name.Local, "on"), a.Name.Local == "style":
						t.Errorf("%s %s: <%s %s=%q>", name, lang, e.Name.Local, a.Name.Local, a.Value)
					}
				}
			}
			if elements["script"]+elements["link"]+elements["b"] > 0 || elements["style"] != 1 {
				t.Errorf("%s %s: elements %v", name, lang, elements)
			}
			if name == "made" && (elements["svg"] < 5 || elements["table"] < 8) {
				t.Errorf("%s %s: elements %v", name, lang, elements)
			}
			if bad := regexp.MustCompile(`https?://|url\(|@import|ZgotmplZ|NaN|%!`).FindString(html); bad != "" {
				t.Errorf("%s %s: it has %q in it", name, lang, bad)
			}
		}
	}
}

// TestHTMLSays looks for the figures where a person reads them.
func TestHTMLSays(t *testing.T) {
	html := written(t, collected(t, madeRun(t)), report.Options{Lang: "zh", Where: " -i out"})
	for _, want := range []string{
		"zhize show 0000000000000030 -i out", "zhize show d0000000000000001 -i out", "剔除了 90.0 % 的文字（33 页中有 1 页达到）",
		"numbers missing: 3 (as 1 of 33 pages, or more)", "版权声明", "标点全角化", "pages/&lt;空&gt;.txt", `id="lang-zh" checked="checked"`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%q does not stand in the page", want)
		}
	}
}

// TestInBrowser opens the page in Chromium on a wide screen and on a phone:
// nothing may stand out on the right, and each screen has one drawing.
func TestInBrowser(t *testing.T) {
	html := written(t, collected(t, madeRun(t)), report.Options{Lang: "en", Where: " -i out"})
	name := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(name, []byte(html), 0o644); err != nil {
		t.Fatal(err)
	}
	b := browser.Start(t)
	for _, screen := range []struct {
		width int
		dark  bool
		shown string
	}{{1100, false, "flow wide"}, {360, false, "flow narrow"}, {360, true, "flow narrow"}} {
		b.Screen(screen.width, 800, screen.dark)
		b.Open("file://" + filepath.ToSlash(name))
		if wide := b.Number(`document.documentElement.scrollWidth`); int(wide) > screen.width {
			t.Errorf("at %d pixels the page is %v wide", screen.width, wide)
		}
		shown := b.Text(`[...document.querySelectorAll("svg.flow")].filter(e => e.getBoundingClientRect().width > 0).map(e => e.getAttribute("class")).join()`)
		if shown != screen.shown {
			t.Errorf("at %d pixels the drawings are %q", screen.width, shown)
		}
		light := b.Number(`getComputedStyle(document.body).backgroundColor.match(/\d+/)[0] * 1`)
		if (light < 128) != screen.dark {
			t.Errorf("dark is %t, and the paper %v", screen.dark, light)
		}
		small := b.Number(`Math.min(...[...document.querySelectorAll("svg text")].filter(e => e.getBoundingClientRect().width > 0).map(e => parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a))`)
		if small < 9 {
			t.Errorf("at %d pixels the smallest letters of a drawing are %v pixels", screen.width, small)
		}
	}
	heading := func() string { return b.Text(`document.querySelector("h1").innerText`) }
	if got := heading(); got != "What became of the pages" {
		t.Errorf("the heading is %q", got)
	}
	b.Do(`document.querySelector("label[for=lang-zh]").click()`)
	if got := heading(); got != "这批页面的去向" {
		t.Errorf("the heading in Chinese is %q", got)
	}
	if pdf := b.PDF(); !bytes.HasPrefix(pdf, []byte("%PDF")) || len(pdf) < 10_000 {
		t.Errorf("printing gives %d bytes", len(pdf))
	}
	if noise := b.Noise(); len(noise) > 0 {
		t.Errorf("the browser says %q", noise)
	}
}
