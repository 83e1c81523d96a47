package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/invopop/jsonschema"

	"zhize/document"
)

// contract is one row of the table of schemas.
type contract struct {
	name        string
	title       string
	description string
	types       []reflect.Type // a line is one of these
	example     string
}

// contracts lists the outputs that have a schema, in the order people read them.
func contracts() []contract {
	return []contract{
		{"positions", "A line of positions.jsonl", "One position (岗位) of a page with its sections, items and repairs.",
			[]reflect.Type{reflect.TypeFor[Position]()}, examplePosition},
		{"pages", "A line of pages.jsonl", "One page: its source text, the regions that partition it and the edits made to it.",
			[]reflect.Type{reflect.TypeFor[Page]()}, examplePage},
		{"duties", "A line of duties.jsonl", "One canonical duty: all items of one kind that say the same, or nearly so.",
			[]reflect.Type{reflect.TypeFor[Duty]()}, exampleDuty},
		{"rejects", "A line of rejects.jsonl", "One input that was not processed, and why.",
			[]reflect.Type{reflect.TypeFor[Reject]()}, exampleReject},
		{"manifest", "manifest.json", "What a run read, how it was set and what came out.",
			[]reflect.Type{reflect.TypeFor[Manifest]()}, exampleManifest},
		{"hit", "A line of zhize search --json", "One ranked hit; the last line is the summary of the search.",
			[]reflect.Type{reflect.TypeFor[Hit](), reflect.TypeFor[HitSummary]()}, exampleHit},
	}
}

// SchemaNames lists what [SchemaFor] knows: positions, pages, duties, rejects,
// manifest, hit.
func SchemaNames() []string {
	var names []string
	for _, c := range contracts() {
		names = append(names, c.name)
	}
	return names
}

// SchemaFor is the JSON Schema (2020-12), indented, of the lines of an output.
// It is generated from the Go types, so it cannot lag behind them. Unknown
// keys are allowed, because fields are only ever added; all present ones are
// required.
func SchemaFor(name string) ([]byte, error) {
	for _, c := range contracts() {
		if c.name == name {
			return c.generate()
		}
	}
	return nil, fmt.Errorf("no schema is called %q; there are %s", name, strings.Join(SchemaNames(), ", "))
}

func (c contract) generate() ([]byte, error) {
	var root *jsonschema.Schema
	if len(c.types) == 1 {
		root = reflectSchema(c.types[0], true)
	} else {
		root = &jsonschema.Schema{Definitions: jsonschema.Definitions{}}
		for _, t := range c.types {
			s := reflectSchema(t, false)
			for name, def := range s.Definitions {
				root.Definitions[name] = def
			}
			root.AnyOf = append(root.AnyOf, &jsonschema.Schema{Ref: s.Ref})
		}
	}
	root.Version = jsonschema.Version
	root.ID = jsonschema.ID("urn:zhize:1:" + c.name)
	root.Title, root.Description = c.title, c.description
	root.Examples = []any{json.RawMessage(c.example)}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("schema %s: %w", c.name, err)
	}
	return append(out, '\n'), nil
}

// reflectSchema is the schema of a struct type with what Go's types do not say
// filled in from the table of refinements.
func reflectSchema(t reflect.Type, expanded bool) *jsonschema.Schema {
	r := jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: expanded, AllowAdditionalProperties: true, Mapper: arrayForms,
	}
	root := r.ReflectFromType(t)
	for _, st := range structsOf(t, nil) {
		s := root.Definitions[st.Name()]
		if s == nil && st == t {
			s = root
		}
		if s != nil { // an embedded type has no schema of its own
			refine(s, st)
		}
	}
	return root
}

// refine says which fields may be null and which values a field may have.
func refine(s *jsonschema.Schema, t reflect.Type) {
	s.AdditionalProperties = jsonschema.TrueSchema
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			refine(s, f.Type)
		}
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		p, ok := s.Properties.Get(key)
		if !ok {
			continue
		}
		for _, r := range refinements() {
			if r.field != t.Name()+"."+key {
				continue
			}
			p.Description = r.description
			p.Enum = append(p.Enum, r.enum...)
			p.Pattern = r.pattern
			p.Minimum = r.minimum
		}
		if f.Type.Kind() == reflect.Pointer {
			nullable(p)
		}
	}
}

func nullable(p *jsonschema.Schema) {
	if p.Ref != "" {
		p.AnyOf = []*jsonschema.Schema{{Ref: p.Ref}, {Type: "null"}}
		p.Ref = ""
		return
	}
	p.Extras = map[string]any{"type": []string{p.Type, "null"}}
	p.Type = ""
	if len(p.Enum) > 0 {
		p.Enum = append(p.Enum, nil)
	}
}

// structsOf lists the struct types that values of t hold, t first.
func structsOf(t reflect.Type, seen []reflect.Type) []reflect.Type {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		return structsOf(t.Elem(), seen)
	case reflect.Struct:
		for _, s := range seen {
			if s == t {
				return seen
			}
		}
		if t == reflect.TypeFor[Region]() {
			return seen
		}
		seen = append(seen, t)
		for i := range t.NumField() {
			seen = structsOf(t.Field(i).Type, seen)
		}
	}
	return seen
}

// arrayForms gives the types whose JSON is an array of fixed length.
func arrayForms(t reflect.Type) *jsonschema.Schema {
	offset := func() *jsonschema.Schema { return &jsonschema.Schema{Type: "integer", Minimum: "0"} }
	two, four := uint64(2), uint64(4)
	switch t {
	case reflect.TypeFor[Span]():
		return &jsonschema.Schema{
			Type: "array", Description: "[start,end) in Unicode code points",
			Items: offset(), MinItems: &two, MaxItems: &two,
		}
	case reflect.TypeFor[Region]():
		reason := &jsonschema.Schema{Enum: reasons(), Extras: map[string]any{"type": []string{"string", "null"}}}
		return &jsonschema.Schema{
			Type: "array", Description: "[start, end, role, reason]; the reason is null unless the role is dropped",
			PrefixItems: []*jsonschema.Schema{offset(), offset(), {Type: "string", Enum: roles()}, reason},
			MinItems:    &four, MaxItems: &four,
		}
	}
	return nil
}

func values[T ~string](list ...T) []any {
	out := make([]any, 0, len(list))
	for _, v := range list {
		out = append(out, string(v))
	}
	return out
}

func kinds() []any { return values(document.Kinds[:]...) }

func reasons() []any { return append(values(document.Reasons()...), nil) }

func roles() []any {
	return values(document.Roles()...)
}
