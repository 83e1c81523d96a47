package document

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// build lays out a text and its regions together.
type build struct {
	text    strings.Builder
	regions []Region
}

func (b *build) add(text string, role Role, reason Reason) Span {
	s := Span{b.text.Len(), b.text.Len() + len(text)}
	b.text.WriteString(text)
	b.regions = append(b.regions, Region{s, role, reason})
	return s
}

// good is a document with one of everything: an article with a heading, a
// position with a field, items with and without marker, a child, inserted
// text inside an item, and edits.
func good() *Document {
	var b build
	b.add("首页", RoleDropped, Navigation)
	b.add("\n", RoleBlank, NoReason)
	article := b.add("篇一\n", RoleHeading, NoReason)
	heading := b.add("仓管员 岗位职责", RoleHeading, NoReason)
	b.add("：\n", RoleBlank, NoReason)
	b.add("上级：", RoleField, NoReason)
	value := b.add("主管", RoleField, NoReason)
	b.add("\n", RoleBlank, NoReason)
	duties := b.add("职责", RoleHeading, NoReason)
	b.add("\n", RoleBlank, NoReason)
	marker := b.add("1、", RoleMarker, NoReason)
	first := b.add("验收", RoleItem, NoReason)
	pinyin := b.add("(shōu)", RoleDropped, Inserted)
	first.End = b.add("入库;", RoleItem, NoReason).End
	b.add("\n", RoleBlank, NoReason)
	childMarker := b.add("(1)", RoleMarker, NoReason)
	child := b.add("登记。", RoleItem, NoReason)
	second := b.add("盘点。", RoleItem, NoReason)
	d := &Document{
		Source: b.text.String(), Regions: b.regions,
		Edits: []Edit{
			{Rule: "pinyin", Span: pinyin, Before: "(shōu)"},
			{Rule: "width", Span: Span{first.End - 1, first.End}, Before: ";", After: "；"},
		},
		Suggested: []Edit{{Rule: "slip", Span: second, Before: "盘点。", After: "盘算。"}},
		Articles: []Article{{Ordinal: 1, Heading: article, Positions: []Position{{
			Title: Span{heading.Start, heading.Start + len("仓管员")}, Origin: FromHeading, Heading: heading,
			Fields: []Field{{Key: "reports_to", Name: Span{value.Start - 9, value.Start - 3}, Value: value}},
			Sections: []Section{{Kind: Responsibilities, Heading: duties, Span: Span{duties.Start, second.End}, Items: []Item{
				{Number: 1, Marker: marker, Span: first, Children: []Item{{Number: 1, Marker: childMarker, Span: child}}},
				{Span: second},
			}}},
		}}}},
	}
	return d
}

func TestCheckAccepts(t *testing.T) {
	if err := Check(good()); err != nil {
		t.Error(err)
	}
	if err := Check(&Document{}); err != nil {
		t.Error("the empty document:", err)
	}
	d := good()
	var texts []string
	d.Walk(func(a *Article, p *Position, s *Section, it *Item) { texts = append(texts, d.Text(it.Span)) })
	if got := strings.Join(texts, "|"); got != "验收入库；|登记。|盘点。" {
		t.Error(got)
	}
}

// TestCheckFinds breaks one promise at a time.
func TestCheckFinds(t *testing.T) {
	type doc = *Document
	position := func(d doc) *Position { return &d.Articles[0].Positions[0] }
	section := func(d doc) *Section { return &position(d).Sections[0] }
	item := func(d doc, i int) *Item { return &section(d).Items[i] }
	region := func(d doc, role Role) *Region {
		for i := range d.Regions {
			if d.Regions[i].Role == role {
				return &d.Regions[i]
			}
		}
		return nil
	}
	for _, c := range []struct {
		name string
		do   func(doc)
		want string
	}{
		{"invalid source", func(d doc) { d.Source = d.Source[:len(d.Source)-1] }, "not valid UTF-8"},
		{"no regions", func(d doc) { d.Regions = nil }, "regions end at 0"},
		{"last region missing", func(d doc) { d.Regions = d.Regions[:len(d.Regions)-1] }, "regions end at"},
		{"gap between regions", func(d doc) { d.Regions[1].Start++; d.Regions[1].End++ }, "should begin one"},
		{"regions overlap", func(d doc) { d.Regions[2].Start-- }, "should begin one"},
		{"empty region", func(d doc) { d.Regions[1].End = d.Regions[1].Start }, "should begin one"},
		{"region behind the text", func(d doc) { d.Regions[len(d.Regions)-1].End += 3 }, "should begin one"},
		{"region inside a character", func(d doc) { d.Regions[0].End--; d.Regions[1].Start-- }, "inside a character"},
		{"dropped without reason", func(d doc) { d.Regions[0].Reason = NoReason }, "has reason"},
		{"kept with reason", func(d doc) { region(d, RoleItem).Reason = Footer }, "has reason"},
		{"unknown reason", func(d doc) { d.Regions[0].Reason = 200 }, "which are none"},
		{"edits overlap", func(d doc) { d.Edits[1].Span.Start = d.Edits[0].Span.Start }, "overlap"},
		{"edit finds other text", func(d doc) { d.Edits[1].Before = "," }, "not \",\""},
		{"edit outside", func(d doc) { d.Edits[1].Span.End = len(d.Source) + 1 }, "outside"},
		{"edit without rule", func(d doc) { d.Edits[0].Rule = "" }, "no rule"},
		{"edit changes nothing", func(d doc) { d.Edits[1].After = ";" }, "changes nothing"},
		{"suggestion finds other text", func(d doc) { d.Suggested[0].Before = "x" }, "suggestion 0"},
		{"suggestion outside", func(d doc) { d.Suggested[0].Span.End = len(d.Source) + 1 }, "suggestion 0"},
		{"suggestion negative", func(d doc) { d.Suggested[0].Span.Start = -1 }, "suggestion 0"},
		{"suggestions out of order", func(d doc) {
			d.Suggested = append(d.Suggested, Edit{Rule: "slip", Span: Span{0, 3}, Before: "首"})
		}, "suggestion 1 at 0 is out of order"},
		{"article heading is no heading", func(d doc) { d.Articles[0].Heading = d.Regions[1].Span }, "article heading"},
		{"title without origin", func(d doc) { position(d).Origin = NoTitle }, "origin"},
		{"origin without title", func(d doc) { position(d).Title = Span{} }, "origin"},
		{"blank title", func(d doc) { s := position(d).Title; position(d).Title = Span{s.End, s.End + 1} }, "title is blank"},
		{"title cut inside a character", func(d doc) { position(d).Title.End-- }, "title at 14-22 cuts a character"},
		{"heading cut inside a character", func(d doc) { section(d).Heading.Start++ }, "cuts a character"},
		{"item cut inside a character", func(d doc) { item(d, 1).Span.End-- }, "cuts a character"},
		{"field without key", func(d doc) { position(d).Fields[0].Key = "" }, "no value"},
		{"field without value", func(d doc) { position(d).Fields[0].Value = Span{} }, "no value"},
		{"field outside", func(d doc) { position(d).Fields[0].Value.End = len(d.Source) + 1 }, "no value"},
		{"field of another role", func(d doc) { position(d).Fields[0].Value = d.Regions[1].Span }, "holds a region of role blank"},
		{"position heading of another role", func(d doc) { position(d).Heading.End += 3 }, "holds a region"},
		{"position heading outside", func(d doc) { position(d).Heading.End = len(d.Source) + 1 }, "outside the source"},
		{"section heading of another role", func(d doc) { section(d).Heading.End = item(d, 0).Span.End }, "section heading"},
		{"section without items", func(d doc) { section(d).Items = nil }, "no items"},
		{"unknown kind", func(d doc) { section(d).Kind = "duties" }, "has kind"},
		{"heading outside its section", func(d doc) { section(d).Span.Start = section(d).Heading.End }, "outside its section"},
		{"item outside its section", func(d doc) { section(d).Span.End = item(d, 1).Span.Start }, "outside its section"},
		{"marker is item text", func(d doc) { item(d, 1).Marker = Span{item(d, 1).Span.Start, item(d, 1).Span.Start + 3} }, "marker"},
		{"empty item", func(d doc) { item(d, 1).Span = Span{} }, "is empty"},
		{"item holds a marker", func(d doc) { item(d, 0).Span.Start -= 3; item(d, 0).Marker.End -= 3 }, "holds a region"},
		{"item holds kept pinyin", func(d doc) { d.Edits = d.Edits[1:] }, "holds a region of role dropped"},
		{"item holds pinyin deleted in part", func(d doc) {
			d.Edits[0].Span.End--
			d.Edits[0].Before = d.Edits[0].Span.Of(d.Source)
		}, "holds a region of role dropped"},
		{"blank item", func(d doc) { e := &d.Edits[1]; e.Span, e.Before, e.After = item(d, 1).Span, "盘点。", " " }, "is blank"},
		{"items out of order", func(d doc) {
			it := section(d).Items
			it[0].Children, it[1].Children = nil, it[0].Children
			it[0], it[1] = it[1], it[0]
		}, "where the last part ended"},
		{"item said twice", func(d doc) { section(d).Items = append(section(d).Items, *item(d, 1)) }, "where the last part ended"},
		{"child before its parent", func(d doc) { item(d, 0).Children[0].Span = item(d, 0).Span }, "where the last part ended"},
		{"item behind the text", func(d doc) { item(d, 1).Span.End += 3; section(d).Span.End += 3 }, "where the last part ended"},
		{"edit across an item's end", func(d doc) {
			e := &d.Edits[1]
			e.Span.End++
			e.Before = e.Span.Of(d.Source)
		}, "crosses the border"},
		{"edit across an item's start", func(d doc) {
			m := item(d, 0).Marker
			d.Edits = append([]Edit{ed(m.Start+1, m.End+3, "、验", "、检")}, d.Edits...)
		}, "crosses the border"},
		{"item text in no item", func(d doc) { section(d).Items = section(d).Items[:1] }, "items hold"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := good()
			c.do(d)
			err := Check(d)
			if !errors.Is(err, ErrInvariant) {
				t.Fatalf("%v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v; want %s", err, c.want)
			}
		})
	}
}

// large is a document of n items with an edit each.
func large(n int) *Document {
	var b build
	d := &Document{}
	var items []Item
	for i := range n {
		marker := b.add(fmt.Sprint(i+1, "、"), RoleMarker, NoReason)
		s := b.add("负责物资的验收入库,核对数量和规格", RoleItem, NoReason)
		b.add("\n", RoleBlank, NoReason)
		comma := s.Start + strings.IndexByte(b.text.String()[s.Start:s.End], ',')
		d.Edits = append(d.Edits, Edit{Rule: "width", Span: Span{comma, comma + 1}, Before: ",", After: "，"})
		items = append(items, Item{Number: i + 1, Marker: marker, Span: s})
	}
	d.Source, d.Regions = b.text.String(), b.regions
	d.Articles = []Article{{Ordinal: 1, Positions: []Position{{Sections: []Section{{
		Kind: Other, Span: Span{0, len(d.Source)}, Items: items,
	}}}}}}
	return d
}

func BenchmarkCheck(b *testing.B) {
	d := large(2000)
	b.SetBytes(int64(len(d.Source)))
	for b.Loop() {
		if err := Check(d); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNewView(b *testing.B) {
	d := large(2000)
	b.SetBytes(int64(len(d.Source)))
	for b.Loop() {
		if _, err := NewView(d.Source, d.Edits); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFold(b *testing.B) {
	d := large(2000)
	v := view(b, d.Source, d.Edits)
	var over []Edit
	for i, at := range v.at {
		e := Edit{Rule: "slip", Span: Span{at - 6, at - 3}, Before: "入", After: "进"}
		if i%2 == 0 {
			e = Edit{Rule: "doubled-mark", Span: Span{at, at + 3}, Before: "，", After: "。"}
		}
		e.Before = e.Span.Of(v.Text)
		over = append(over, e)
	}
	b.SetBytes(int64(len(d.Source)))
	for b.Loop() {
		v.Fold(d.Source, over)
	}
}
