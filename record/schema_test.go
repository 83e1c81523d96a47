package record

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func compiled(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	raw, err := SchemaFor(name)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	id := "urn:zhize:1:" + name
	if err := c.AddResource(id, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(id)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(raw), "2020-12") {
		t.Errorf("%s is not of the 2020-12 draft", name)
	}
	return s
}

func instance(t *testing.T, raw []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSchemaAcceptsRealLines(t *testing.T) {
	all := lines(t)
	for _, name := range SchemaNames() {
		var b bytes.Buffer
		if err := Encode(&b, all[name]); err != nil {
			t.Fatal(err)
		}
		s := compiled(t, name)
		if err := s.Validate(instance(t, b.Bytes())); err != nil {
			t.Errorf("%s: %v\n%s", name, err, b.String())
		}
		later := strings.Replace(b.String(), "{", `{"added_later":1,`, 1)
		if err := s.Validate(instance(t, []byte(later))); err != nil {
			t.Errorf("%s refuses a field that is added later: %v", name, err)
		}
	}
	if err := compiled(t, "hit").Validate(instance(t, []byte(`{"total":3,"took_ms":1.5}`))); err != nil {
		t.Errorf("the summary of a search: %v", err)
	}
}

func TestSchemaExamples(t *testing.T) {
	for _, c := range contracts() {
		if err := compiled(t, c.name).Validate(instance(t, []byte(c.example))); err != nil {
			t.Errorf("%s: its example is not valid: %v", c.name, err)
		}
		v := reflect.New(c.types[0])
		d := json.NewDecoder(strings.NewReader(c.example))
		d.DisallowUnknownFields()
		if err := d.Decode(v.Interface()); err != nil {
			t.Errorf("%s: its example does not decode: %v", c.name, err)
		}
	}
}

func TestSchemaRefusesWrongLines(t *testing.T) {
	all := lines(t)
	for _, c := range []struct{ schema, old, new string }{
		{"positions", `"kind":"responsibilities"`, `"kind":"duties"`},
		{"positions", `"title_origin":"heading"`, `"title_origin":"guess"`},
		{"positions", `"missing":[2]`, `"missing":null`},
		{"positions", `"number":1`, `"number":"1"`},
		{"positions", `"ordinal":1,"title"`, `"ordinal":-1,"title"`},
		{"positions", `-p001"`, `-1"`},
		{"positions", `"fields":{"reports_to":"厂长"}`, `"fields":{"reports_to":1}`},
		{"positions", `"status":"applied"`, `"status":"done"`},
		{"positions", `,"duplicate_of":null`, ``},
		{"positions", `"span":[`, `"span":[0,`},
		{"pages", `"dropped","navigation"`, `"dropped","boredom"`},
		{"pages", `"heading",null`, `"title",null`},
		{"pages", `"heading",null`, `"heading"`},
		{"pages", `"schema":"zhize/1"`, `"schema":"zhize/2"`},
		{"pages", `"sha256":"0`, `"sha256":"G`},
		{"duties", `"count":2`, `"count":0`},
		{"duties", `"id":"d`, `"id":"x`},
		{"rejects", `"stage":"read"`, `"stage":"guess"`},
		{"manifest", `"finished":true`, `"finished":"yes"`},
		{"hit", `"highlights":[[0,1]]`, `"highlights":[[0]]`},
	} {
		var b bytes.Buffer
		if err := Encode(&b, all[c.schema]); err != nil {
			t.Fatal(err)
		}
		wrong := strings.Replace(b.String(), c.old, c.new, 1)
		if wrong == b.String() {
			t.Errorf("%s: %s does not occur in %s", c.schema, c.old, b.String())
			continue
		}
		if compiled(t, c.schema).Validate(instance(t, []byte(wrong))) == nil {
			t.Errorf("%s: valid with %s", c.schema, c.new)
		}
	}
}

// TestRefinementsMeetFields fails where a refinement names no field.
func TestRefinementsMeetFields(t *testing.T) {
	fields := map[string]bool{}
	for _, c := range contracts() {
		for _, root := range c.types {
			for _, st := range structsOf(root, nil) {
				for i := range st.NumField() {
					key, _, _ := strings.Cut(st.Field(i).Tag.Get("json"), ",")
					fields[st.Name()+"."+key] = true
				}
			}
		}
	}
	for _, r := range refinements() {
		if !fields[r.field] {
			t.Errorf("no record has the field %s", r.field)
		}
	}
}

func TestSchemaForUnknown(t *testing.T) {
	if _, err := SchemaFor("nothing"); err == nil || !strings.Contains(err.Error(), "positions") {
		t.Errorf("error %v does not list the names", err)
	}
}
