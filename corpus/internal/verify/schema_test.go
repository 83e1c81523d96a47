package verify

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"zhize/record"
)

// changed lists v with one thing changed in each.
func changed(v any) (out []any) {
	out = append(out, nil, "x", -1.5, map[string]any{}, []any{}, true)
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			less := maps.Clone(v)
			delete(less, k)
			out = append(out, less)
			for _, c := range changed(v[k]) {
				other := maps.Clone(v)
				other[k] = c
				out = append(out, other)
			}
		}
		more := maps.Clone(v)
		more["unheard-of"] = 1.0
		out = append(out, more)
	case []any:
		out = append(out, slices.Concat(v, v))
		for i := range v {
			for _, c := range changed(v[i]) {
				other := slices.Clone(v)
				other[i] = c
				out = append(out, other)
			}
		}
	}
	return out
}

// TestInvalid changes lines in every place and compares what is valid with
// what another validator says.
func TestInvalid(t *testing.T) {
	ours, err := compileSchemas()
	if err != nil {
		t.Fatal(err)
	}
	n, title, marker := 1, "会计", "1、"
	position := record.Position{
		Schema: record.Schema, ID: "0123456789abcdef-p001", Ordinal: 1, Title: &title,
		Page: record.PageRef{ID: "0123456789abcdef", URI: "a.html"}, Article: record.ArticleRef{Ordinal: 1, ID: "0123456789abcdef-a001"},
		Fields: map[string]string{"department": "财务部"}, Flags: []string{"x"}, Edits: []record.Edit{},
		Sections: []record.Section{{Kind: "responsibilities", Missing: []int{2}, Flags: []string{}, Items: []record.Item{{
			Number: &n, Marker: &marker, Text: "审核凭证", Span: record.Span{0, 4}, Flags: []string{}, Children: []record.Item{},
		}}}},
	}
	duty := record.Duty{
		Schema: record.Schema, ID: "d0123456789abcdef", Text: "审核凭证", Kind: "responsibilities", Count: 2, Pages: 1,
		Titles: []record.TitleCount{{Title: title, Count: 2}}, Variants: []string{"审核凭证"}, Wordings: 1,
	}
	valid, invalidLines := 0, 0
	for name, line := range map[string]any{"positions": position, "duties": duty} {
		schema, err := record.SchemaFor(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		if err := c.AddResource(name, doc); err != nil {
			t.Fatal(err)
		}
		theirs, err := c.Compile(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		for _, v := range append(changed(v), v) {
			raw, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			why, want := invalid(ours[name], raw), theirs.Validate(doc)
			if (why == "") != (want == nil) {
				t.Errorf("%s\nours: %s\ntheirs: %v", raw, why, want)
			}
			if want == nil {
				valid++
			} else {
				invalidLines++
			}
		}
	}
	if valid < 8 || invalidLines < 200 {
		t.Errorf("%d valid and %d invalid lines prove little", valid, invalidLines)
	}
	if why := invalid(ours["duties"], []byte(`{"id":`)); why == "" {
		t.Error("what is no JSON is valid")
	}
}
