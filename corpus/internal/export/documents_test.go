package export

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/corpus/internal/store"
	"zhize/document"
	"zhize/record"
)

// samplePage is a page with text that was dropped, some of it beyond the
// characters of one unit of UTF-16.
func samplePage() *record.Page {
	region := func(from, to int, role, reason string) record.Region {
		return record.Region{Span: record.Span{from, to}, Role: role, Reason: reason}
	}
	return &record.Page{
		Schema: record.Schema, ID: "00000000000000aa", URI: "a.html", SHA256: "00", Charset: "utf-8", Title: ptr("客服部"),
		Source: "首页\n😀广告\n1、接电话\n3\n版权", Counts: record.Counts{Positions: 1, Items: 1}, Flags: []string{},
		Regions: []record.Region{
			region(0, 2, "dropped", "navigation"), region(2, 3, "blank", ""), region(3, 6, "dropped", "advertisement"), region(6, 7, "blank", ""),
			region(7, 9, "marker", ""), region(9, 12, "item", ""), region(12, 13, "blank", ""), region(13, 14, "dropped", "page-number"),
			region(14, 15, "blank", ""), region(15, 17, "dropped", "navigation"),
		},
	}
}

// dolmaInput is a document as Dolma's toolkit decodes it: created may be
// absent, and is never null.
type dolmaInput struct {
	ID       *string        `json:"id"`
	Text     *string        `json:"text"`
	Source   string         `json:"source"`
	Created  any            `json:"created"`
	Added    string         `json:"added"`
	Metadata map[string]any `json:"metadata"`
}

// dolmaOutput is a line of attributes as it decodes it.
type dolmaOutput struct {
	ID         string                  `json:"id"`
	Source     string                  `json:"source"`
	Attributes map[string][][3]float64 `json:"attributes"`
}

func decode[T any](t *testing.T, f *file) []T {
	t.Helper()
	var out []T
	for line := range strings.Lines(f.String()) {
		var v T
		d := json.NewDecoder(strings.NewReader(line))
		d.DisallowUnknownFields()
		if err := d.Decode(&v); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		out = append(out, v)
	}
	return out
}

func TestDocuments(t *testing.T) {
	dir := folder(t, store.PositionsName, sample())
	add(t, dir, store.PagesName, []*record.Page{samplePage()})
	for name, texts := range map[string][]string{
		"documents":      {"客服专员\n岗位职责\n1、接听</script>电话；\n1、做好记录。\n3、回访客户。\n任职要求\n大专以上。\n专业技能\n会用表格软件。", ""},
		"page-documents": {samplePage().Source},
	} {
		files, _ := written(t, name, dir, Limits{})
		if strings.Contains(files[0].String(), `"created":null`) {
			t.Errorf("%s: created is null, which Dolma does not read", name)
		}
		got := decode[dolmaInput](t, files[0])
		if len(got) != len(texts) {
			t.Fatalf("%s: %d lines", name, len(got))
		}
		for i, d := range got {
			if d.ID == nil || *d.ID == "" || d.Text == nil || *d.Text != texts[i] || d.Source != "zhize" || d.Added != "2026-01-02T03:04:05Z" || d.Metadata["uri"] == "" {
				t.Errorf("%s, line %d: %+v", name, i+1, d)
			}
		}
	}
}

// TestAttributes takes the spans out of the document's text, as Dolma's mixer
// does, and looks at what stays.
func TestAttributes(t *testing.T) {
	bare := samplePage()
	bare.ID, bare.Regions = "00000000000000bb", []record.Region{}
	dir := folder(t, store.PagesName, []*record.Page{samplePage(), bare})
	documents, _ := written(t, "page-documents", dir, Limits{})
	beside, _ := written(t, "dolma-attributes", dir, Limits{})
	docs, attrs := decode[dolmaInput](t, documents[0]), decode[dolmaOutput](t, beside[0])
	if len(docs) != 2 || len(attrs) != 2 {
		t.Fatalf("%d documents, %d lines of attributes", len(docs), len(attrs))
	}
	want := map[string][][3]float64{
		"zhize__dropped_navigation": {{0, 2, 1}, {15, 17, 1}}, "zhize__dropped_advertisement": {{3, 6, 1}}, "zhize__dropped_page_number": {{13, 14, 1}},
	}
	if d := cmp.Diff(want, attrs[0].Attributes); d != "" {
		t.Error(d)
	}
	dropped := map[int]bool{}
	for _, spans := range attrs[0].Attributes {
		for _, s := range spans {
			for i := int(s[0]); i < int(s[1]); i++ {
				dropped[i] = true
			}
		}
	}
	var kept strings.Builder
	for i, r := range []rune(*docs[0].Text) {
		if !dropped[i] {
			kept.WriteRune(r)
		}
	}
	if kept.String() != "\n\n1、接电话\n\n" {
		t.Errorf("kept %q", kept.String())
	}
	for i := range docs {
		if *docs[i].ID != attrs[i].ID || docs[i].Source != attrs[i].Source {
			t.Errorf("line %d: the attributes are those of another document", i+1)
		}
	}
	if line, _, _ := strings.Cut(beside[0].String(), "\n"); !strings.Contains(line, "[[3,6,1.0]]") {
		t.Errorf("scores are whole numbers in %s", line)
	}
	if len(attrs[1].Attributes) != 0 || !strings.Contains(beside[0].String(), `"attributes":{}`) {
		t.Errorf("a page of which nothing was dropped has %v", attrs[1].Attributes)
	}
}

// Every reason makes a name that a path can hold.
func TestAttributeNames(t *testing.T) {
	for _, reason := range document.Reasons() {
		p := record.Page{Regions: []record.Region{{Span: record.Span{0, 1}, Role: "dropped", Reason: reason}}}
		for name := range attributesOf(&p, "").Attributes {
			if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
				t.Errorf("%s makes the name %s", reason, name)
			}
		}
	}
	if got := fmt.Sprint(len(attributesOf(samplePage(), "").Attributes)); got != "3" {
		t.Errorf("%s attributes", got)
	}
}
