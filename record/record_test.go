package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhize/document"
)

// sample is a document with Chinese, an emoji and every kind of part.
func sample(t *testing.T) *document.Document {
	t.Helper()
	source := "😀网站\n仓库主管\n上级:厂长\n1、盘点库 存😀\n(1)核对账目\n3、看管续绩\n版权"
	at := func(s string) document.Span {
		i := strings.Index(source, s)
		if i < 0 {
			t.Fatalf("%q is not in the sample", s)
		}
		return document.Span{Start: i, End: i + len(s)}
	}
	d := &document.Document{
		Page: document.Page{
			ID: "0123456789abcdef", URI: "p/a.html", SHA256: "0123456789abcdef" + strings.Repeat("0", 48),
			Bytes: len(source), Charset: "utf-8", CharsetWhy: "valid", Title: "仓库职责", Declared: 2, PageCount: 3,
		},
		Source: source,
		Articles: []document.Article{{Ordinal: 1, Positions: []document.Position{{
			Title: at("仓库主管"), Origin: document.FromHeading, Heading: at("仓库主管"),
			Fields: []document.Field{{Key: "reports_to", Name: at("上级"), Value: at("厂长")}},
			Sections: []document.Section{{
				Kind: document.Responsibilities, Span: document.Span{Start: at("1、").Start, End: at("续绩").End},
				Items: []document.Item{
					{Number: 1, Marker: at("1、"), Span: at("盘点库 存😀"), Children: []document.Item{
						{Number: 1, Marker: at("(1)"), Span: at("核对账目")},
					}},
					{Number: 3, Marker: at("3、"), Span: at("看管续绩")},
				},
				Missing: []int{2}, Flags: []string{document.FlagGap, document.FlagInferred},
			}},
		}}}},
		Edits: []document.Edit{{
			Rule: "wrap-space", Span: at(" "), Before: " ", Confidence: 1,
			Evidence: document.Evidence{Basis: "a space between two characters"},
		}},
		Suggested: []document.Edit{{Rule: "slip", Span: at("续"), Before: "续", After: "绩", Confidence: 0.6}},
		Flags:     []string{document.FlagArticleCount},
	}
	regions := []document.Region{
		{Span: at("😀网站"), Role: document.RoleDropped, Reason: document.Navigation},
		{Span: at("仓库主管"), Role: document.RoleHeading}, {Span: at("上级:厂长"), Role: document.RoleField},
		{Span: at("1、"), Role: document.RoleMarker}, {Span: at("盘点库 存😀"), Role: document.RoleItem},
		{Span: at("(1)"), Role: document.RoleMarker}, {Span: at("核对账目"), Role: document.RoleItem},
		{Span: at("3、"), Role: document.RoleMarker}, {Span: at("看管续绩"), Role: document.RoleItem},
		{Span: at("版权"), Role: document.RoleDropped, Reason: document.Legal},
	}
	end := 0
	for _, r := range regions {
		if r.Start > end {
			d.Regions = append(d.Regions, document.Region{Span: document.Span{Start: end, End: r.Start}, Role: document.RoleBlank})
		}
		d.Regions = append(d.Regions, r)
		end = r.End
	}
	if err := document.Check(d); err != nil {
		t.Fatalf("the sample is no sound document: %v", err)
	}
	return d
}

// points is the part of source that a span of code points covers.
func points(source string, s Span) string { return string([]rune(source)[s[0]:s[1]]) }

func TestFromDocument(t *testing.T) {
	d := sample(t)
	page, positions := FromDocument(d)
	if len(positions) != 1 {
		t.Fatalf("%d positions, want 1", len(positions))
	}
	p := positions[0]
	if p.ID != "0123456789abcdef-p001" || *p.Title != "仓库主管" || *p.TitleOrigin != "heading" || p.DuplicateOf != nil {
		t.Errorf("position is %+v", p)
	}
	if p.Fields["reports_to"] != "厂长" || p.Article.Heading != nil || p.Page.Site != nil {
		t.Errorf("fields %v, article %v, page %v", p.Fields, p.Article, p.Page)
	}
	items := p.Sections[0].Items
	if got := items[0].Text; got != "盘点库存😀" {
		t.Errorf("item text %q: the edit is not made", got)
	}
	if got := points(page.Source, items[0].Span); got != "盘点库 存😀" {
		t.Errorf("item span covers %q", got)
	}
	if got := points(page.Source, items[0].Children[0].Span); got != "核对账目" {
		t.Errorf("child span covers %q", got)
	}
	if *items[1].Number != 3 || *items[1].Marker != "3、" || !reflect.DeepEqual(p.Sections[0].Missing, []int{2}) {
		t.Errorf("second item %+v, missing %v", items[1], p.Sections[0].Missing)
	}
	if len(p.Edits) != 2 || p.Edits[0].Status != "applied" || p.Edits[1].Status != "suggested" {
		t.Fatalf("edits %+v", p.Edits)
	}
	for _, e := range p.Edits {
		if got := points(page.Source, e.Span); got != e.Before {
			t.Errorf("edit %s spans %q, before is %q", e.Rule, got, e.Before)
		}
	}
	var rebuilt strings.Builder
	at := 0
	for _, r := range page.Regions {
		if r.Span[0] != at {
			t.Fatalf("region begins at %d, want %d", r.Span[0], at)
		}
		at = r.Span[1]
		rebuilt.WriteString(points(page.Source, r.Span))
	}
	if rebuilt.String() != d.Source {
		t.Error("regions do not give the source back")
	}
	want := Counts{Articles: 1, Positions: 1, Sections: 1, Items: 3, Edits: 1, Suggested: 1, Characters: utf8.RuneCountInString(d.Source)}
	if page.Counts != want {
		t.Errorf("counts %+v, want %+v", page.Counts, want)
	}
	if *page.DeclaredArticles != 2 || *page.Meta.PageCount != 3 || page.Meta.Editor != nil {
		t.Errorf("declared %v, meta %+v", page.DeclaredArticles, page.Meta)
	}
}

func TestOffsets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("aé职😀\n")), 0, 300, -1).Draw(t, "text")
		o := newOffsets(text)
		n := 0
		for i := range text {
			if got := o.at(i); got != n {
				t.Fatalf("offset %d is %d code points, want %d", i, got, n)
			}
			n++
		}
		if got := o.at(len(text)); got != n {
			t.Fatalf("the end is %d code points, want %d", got, n)
		}
	})
}

func TestLetters(t *testing.T) {
	for in, want := range map[string]string{
		"1、负责A区 的盘点;": "1负责A区的盘点", "——": "", "": "", "😀客户": "客户", "负责\ufffd": "负责",
	} {
		if got := Letters(in); got != want {
			t.Errorf("Letters(%q) = %q, want %q", in, got, want)
		}
	}
}

// lines are the encoded records of the sample, by name of their schema.
func lines(t *testing.T) map[string]any {
	page, positions := FromDocument(sample(t))
	title, site := "仓库主管", "example.org"
	number := 1
	return map[string]any{
		"pages": page, "positions": positions[0],
		"duties": Duty{
			Schema: Schema, ID: "d0123456789abcdef", Text: "盘点库存", Kind: "responsibilities", Count: 2, Pages: 1,
			Titles: []TitleCount{{title, 2}}, Variants: []string{"盘点库存", "盘点库存。"}, Wordings: 2,
		},
		"rejects": Reject{Schema: Schema, URI: "a\nb", Stage: "read", Reason: "unreadable", Message: "<no>"},
		"manifest": Manifest{
			Schema: Schema, Finished: true, Inputs: []string{"p"}, ConfigurationHash: page.SHA256, Counts: NewTotals(),
			Skipped: map[string]int{".png": 1}, Outputs: []Output{{Name: "pages.jsonl", SHA256: page.SHA256}},
			Index: &IndexState{Positions: page.SHA256},
		},
		"hit": Hit{
			ID: ItemID(positions[0].ID, 1), Score: 1.5, Text: "盘点", Highlights: []Span{{0, 1}}, Number: &number,
			Kind: "responsibilities", Title: &title, Page: HitPage{ID: page.ID, URI: page.URI, Site: &site},
			Position: positions[0].ID, Flags: []string{}, Match: "related", TitleHighlights: []Span{{0, 2}},
			Related: []HitRelated{{Word: "清点", Found: "盘点", By: "synonym"}},
		},
	}
}

func TestRoundTrip(t *testing.T) {
	for name, v := range lines(t) {
		var b bytes.Buffer
		if err := Encode(&b, v); err != nil {
			t.Fatal(err)
		}
		if line := b.String(); strings.Count(line, "\n") != 1 || !strings.HasSuffix(line, "\n") || strings.Contains(line, `\u003c`) {
			t.Errorf("%s: not one line without HTML escapes: %s", name, line)
		}
		back := reflect.New(reflect.TypeOf(v))
		d := json.NewDecoder(bytes.NewReader(b.Bytes()))
		d.DisallowUnknownFields()
		if err := d.Decode(back.Interface()); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(v, back.Elem().Interface()); diff != "" {
			t.Errorf("%s comes back changed:\n%s", name, diff)
		}
	}
}

// TestKeyOrder pins the order of keys, which is part of the contract. The
// three keys of a copy stand together, because corpus sets them together.
func TestKeyOrder(t *testing.T) {
	for name, want := range map[string]string{
		"positions": "schema id page article ordinal title title_origin fields sections edits flags duplicate_of duplicate_kind similarity",
		"pages": "schema id uri sha256 bytes charset charset_why title site published declared_articles found_articles meta source " +
			"generated regions edits counts flags duplicate_of duplicate_kind similarity articles",
		"duties":  "schema id text kind count pages sites titles variants wordings near",
		"rejects": "schema uri stage reason message",
		"hit":     "id score text highlights number kind title article page span duplicates position flags match title_highlights related",
	} {
		var b bytes.Buffer
		if err := Encode(&b, lines(t)[name]); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(topKeys(t, b.Bytes()), " "); got != want {
			t.Errorf("%s has keys\n%s\nwant\n%s", name, got, want)
		}
	}
}

// topKeys lists the keys of an object as they stand.
func topKeys(t *testing.T, line []byte) []string {
	d := json.NewDecoder(bytes.NewReader(line))
	var keys []string
	if _, err := d.Token(); err != nil {
		t.Fatal(err)
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, key.(string))
		var skip json.RawMessage
		if err := d.Decode(&skip); err != nil {
			t.Fatal(err)
		}
	}
	return keys
}
