package export

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"zhize/corpus/internal/store"
	"zhize/record"
)

// property is what schema.org says of a property: the types that its values
// may have, of which a value needs one.
type property struct {
	types    string
	required bool // by the consumers of the type; schema.org itself requires none
}

// vocabulary is the part of schema.org (https://schema.org/Occupation,
// /JobPosting and the types that they refer to) that exports may use.
var vocabulary = map[string]map[string]property{
	"Occupation": {
		"identifier": {types: "Text URL"}, "url": {types: "URL"}, "name": {"Text", true}, "description": {types: "Text"},
		"occupationLocation": {types: "AdministrativeArea"}, "responsibilities": {types: "Text"},
		"qualifications": {types: "Text EducationalOccupationalCredential"}, "skills": {types: "Text DefinedTerm"},
		"educationRequirements":  {types: "Text EducationalOccupationalCredential"},
		"experienceRequirements": {types: "Text OccupationalExperienceRequirements"},
	},
	"JobPosting": {
		"identifier": {types: "Text URL"}, "url": {types: "URL"}, "title": {"Text", true}, "description": {"Text", true},
		"datePosted": {types: "Date DateTime"}, "employmentUnit": {types: "Organization"}, "jobLocation": {types: "Place"},
		"totalJobOpenings": {types: "Integer"}, "workHours": {types: "Text"}, "jobBenefits": {types: "Text"},
		"hiringOrganization": {types: "Organization Person"}, "responsibilities": {types: "Text"},
		"qualifications": {types: "Text EducationalOccupationalCredential"}, "skills": {types: "Text DefinedTerm"},
		"educationRequirements":  {types: "Text EducationalOccupationalCredential"},
		"experienceRequirements": {types: "Text OccupationalExperienceRequirements"},
	},
	"Organization":       {"name": {"Text", true}},
	"AdministrativeArea": {"name": {"Text", true}, "address": {types: "Text"}},
	"Place":              {"name": {types: "Text"}, "address": {"Text", true}},
}

var dateTimes = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?$`)

// violations lists where an object of JSON-LD is not what the vocabulary says.
func violations(v map[string]any) (out []string) {
	typ, _ := v["@type"].(string)
	properties, ok := vocabulary[typ]
	if !ok {
		return []string{fmt.Sprintf("no type is called %v", v["@type"])}
	}
	for name, value := range v {
		if name == "@type" || name == "@context" {
			continue
		}
		p, ok := properties[name]
		if !ok {
			out = append(out, fmt.Sprintf("%s has no property %s", typ, name))
			continue
		}
		values, ok := value.([]any) // a list is a value several times
		if !ok {
			values = []any{value}
		}
		if len(values) == 0 {
			out = append(out, name+" is an empty list")
		}
		for _, value := range values {
			if !slices.ContainsFunc(strings.Fields(p.types), func(t string) bool { return is(value, t) }) {
				out = append(out, fmt.Sprintf("%s.%s is %v, not of %s", typ, name, value, p.types))
			}
			if thing, ok := value.(map[string]any); ok {
				out = append(out, violations(thing)...)
			}
		}
	}
	for name, p := range properties {
		if _, ok := v[name]; p.required && !ok {
			out = append(out, fmt.Sprintf("%s has no %s", typ, name))
		}
	}
	return out
}

// is reports whether a value is of a type of schema.org.
func is(value any, typ string) bool {
	switch v := value.(type) {
	case string:
		switch typ {
		case "Text":
			return v != ""
		case "URL":
			return strings.HasPrefix(v, "http")
		case "Date", "DateTime":
			return dateTimes.MatchString(v)
		}
	case float64:
		return typ == "Integer" && v == float64(int(v))
	case map[string]any:
		return v["@type"] == typ
	}
	return false
}

func TestViolations(t *testing.T) {
	for line, want := range map[string]string{
		`{"@type":"Occupation","name":"甲"}`:                                            "",
		`{"@type":"Occupation"}`:                                                       "has no name",
		`{"@type":"Job","name":"甲"}`:                                                   "no type",
		`{"@type":"Occupation","name":"甲","salary":"1"}`:                               "no property salary",
		`{"@type":"Occupation","name":["甲",1]}`:                                        "not of Text",
		`{"@type":"JobPosting","title":"甲","description":"乙","datePosted":"2019"}`:     "not of Date",
		`{"@type":"JobPosting","title":"甲","description":"乙","jobLocation":"丙"}`:       "not of Place",
		`{"@type":"JobPosting","title":"甲","description":"乙","totalJobOpenings":"3人"}`: "not of Integer",
	} {
		got := strings.Join(violations(object(t, line)), "; ")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

// jsonLD is the lines of an export, each checked against the vocabulary.
func jsonLD(t *testing.T, name string, positions []*record.Position) ([]map[string]any, Counts) {
	t.Helper()
	files, n := written(t, name, folder(t, store.PositionsName, positions), Limits{})
	var out []map[string]any
	for line := range strings.Lines(files[0].String()) {
		if strings.ContainsAny(line, "<>&") {
			t.Errorf("%s: not safe inside a script element: %s", name, line)
		}
		v := object(t, line)
		if v["@context"] != "https://schema.org" {
			t.Errorf("%s: context %v", name, v["@context"])
		}
		for _, w := range violations(v) {
			t.Errorf("%s: %s", name, w)
		}
		out = append(out, v)
	}
	return out, n
}

func TestOccupation(t *testing.T) {
	got, n := jsonLD(t, "occupation", sample())
	if len(got) != 1 || n.Rows != 1 || n.Lost != 1 {
		t.Fatalf("%d lines, %+v", len(got), n)
	}
	want := `{"@context":"https://schema.org","@type":"Occupation","identifier":"00000000000000aa-p001",` +
		`"name":"客服专员","occupationLocation":{"@type":"AdministrativeArea","name":"上海"},"qualifications":["大专以上。"],` +
		`"responsibilities":["接听</script>电话；","做好记录。","回访客户。"],"skills":["会用表格软件。"],"url":"https://example.com/a?b=1&c=2"}`
	if w := object(t, want); fmt.Sprint(got[0]) != fmt.Sprint(w) {
		t.Errorf("got  %v\nwant %v", got[0], w)
	}
}

func TestJobPosting(t *testing.T) {
	p := sample()[0]
	p.Sections = append(p.Sections, record.Section{Kind: "benefits", Heading: ptr("福利待遇"), Items: []record.Item{{Text: "五险一金"}}})
	bare := sample()[1]
	bare.Title = ptr("保洁员")
	got, n := jsonLD(t, "jobposting", []*record.Position{p, bare})
	if len(got) != 2 || n.Lost != 0 {
		t.Fatalf("%d lines, %+v", len(got), n)
	}
	for name, want := range map[string]any{
		"title": "客服专员", "datePosted": "2019-03-01", "totalJobOpenings": 3.0, "workHours": "早班", "jobBenefits": []any{"五险一金"},
		"employmentUnit": map[string]any{"@type": "Organization", "name": "客服部"}, "jobLocation": map[string]any{"@type": "Place", "address": "上海"},
		"description": "岗位职责\n1、接听</script>电话；\n1、做好记录。\n3、回访客户。\n任职要求\n大专以上。\n专业技能\n会用表格软件。\n福利待遇\n五险一金",
	} {
		if fmt.Sprint(got[0][name]) != fmt.Sprint(want) {
			t.Errorf("%s is %v, want %v", name, got[0][name], want)
		}
	}
	if b, _ := json.Marshal(got[1]); string(b) != `{"@context":"https://schema.org","@type":"JobPosting","description":"保洁员","identifier":"00000000000000cc-p001","title":"保洁员"}` {
		t.Errorf("a bare posting is %s", b)
	}
}

func TestPropertyOf(t *testing.T) {
	for heading, want := range map[string]string{
		"": "qualifications", "任职要求": "qualifications", "技能要求": "skills", "知识与技能": "skills", "工作经验": "experienceRequirements",
		"学历要求": "educationRequirements", "学历与经验": "qualifications", "任职资格与能力": "qualifications", "其他": "qualifications",
	} {
		if got := propertyOf(&record.Section{Kind: "qualifications", Heading: &heading}); got != want {
			t.Errorf("%s: %s, want %s", heading, got, want)
		}
	}
	for kind, want := range map[string]string{"responsibilities": "responsibilities", "benefits": "jobBenefits", "authority": "", "other": ""} {
		if got := propertyOf(&record.Section{Kind: kind, Heading: ptr("技能")}); got != want {
			t.Errorf("%s: %q, want %q", kind, got, want)
		}
	}
}

// Sections without a property are not lost: an Occupation describes them, and
// a JobPosting describes all.
func TestDescribed(t *testing.T) {
	p := sample()[0]
	p.Fields["summary"] = "负责客服。"
	p.Sections = append(p.Sections, record.Section{Kind: "authority", Heading: ptr("工作权限"), Items: []record.Item{{Number: ptr(1), Text: "有权退款。"}}})
	got, _ := jsonLD(t, "occupation", []*record.Position{p})
	if d := got[0]["description"]; d != "负责客服。\n工作权限\n1、有权退款。" {
		t.Errorf("described as %q", d)
	}
}

func TestDatesAndNumbers(t *testing.T) {
	for in, want := range map[string]string{"2019": "", "2019-03": "", "2019-03-01": "2019-03-01", "2019-03-01T08:00:00+08:00": "2019-03-01T08:00:00+08:00", "昨天": ""} {
		if got := wholeDate(in); got != want {
			t.Errorf("%s: %q", in, got)
		}
	}
	for in, want := range map[string]int{"3": 3, " 3人": 3, "12 名": 12, "3-5人": 0, "若干": 0, "": 0, "99999999999": 0} {
		if got := openings(in); got != want {
			t.Errorf("%s: %d", in, got)
		}
	}
}
