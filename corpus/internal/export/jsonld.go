package export

import (
	"bytes"
	"encoding/json"
	"io"
	"strconv"
	"strings"

	"zhize/internal/lazyregexp"
	"zhize/record"
)

// The types of schema.org that are written, each with those of its properties
// that a page may tell. What a page does not tell is left out: nothing is
// made up, so a JobPosting has no hiringOrganization.

type occupation struct {
	Context    string  `json:"@context"`
	Type       string  `json:"@type"`
	Identifier string  `json:"identifier"`
	URL        string  `json:"url,omitempty"`
	Name       string  `json:"name"`
	Text       string  `json:"description,omitempty"`
	Location   *entity `json:"occupationLocation,omitempty"`
	duties
}

type jobPosting struct {
	Context    string   `json:"@context"`
	Type       string   `json:"@type"`
	Identifier string   `json:"identifier"`
	URL        string   `json:"url,omitempty"`
	Title      string   `json:"title"`
	Text       string   `json:"description"`
	Posted     string   `json:"datePosted,omitempty"`
	Unit       *entity  `json:"employmentUnit,omitempty"`
	Location   *entity  `json:"jobLocation,omitempty"`
	Openings   int      `json:"totalJobOpenings,omitempty"`
	Hours      string   `json:"workHours,omitempty"`
	Benefits   []string `json:"jobBenefits,omitempty"`
	duties
}

// duties are the properties that both types have, each a list of items' texts.
type duties struct {
	Responsibilities []string `json:"responsibilities,omitempty"`
	Qualifications   []string `json:"qualifications,omitempty"`
	Education        []string `json:"educationRequirements,omitempty"`
	Experience       []string `json:"experienceRequirements,omitempty"`
	Skills           []string `json:"skills,omitempty"`
}

// entity is something that a page has a name or an address of, and no more.
type entity struct {
	Type    string `json:"@type"`
	Name    string `json:"name,omitempty"`
	Address string `json:"address,omitempty"`
}

// named is a thing of a type, or none where the page does not name it.
func named(typ, name string) *entity {
	if name = oneLine(name); name == "" {
		return nil
	}
	return &entity{Type: typ, Name: name}
}

// narrower is the table of words in the heading of a list of qualifications
// and the property that they ask for. A heading that names two properties, such as
// 学历与经验, stays with qualifications.
var narrower = [...]struct{ word, property string }{
	{"技能", "skills"}, {"能力", "skills"}, {"知识", "skills"}, {"素质", "skills"},
	{"学历", "educationRequirements"}, {"教育", "educationRequirements"}, {"专业背景", "educationRequirements"},
	{"经验", "experienceRequirements"}, {"经历", "experienceRequirements"},
	{"任职", "qualifications"}, {"资格", "qualifications"}, {"条件", "qualifications"},
}

// propertyOf is the property of schema.org that a section's items belong to,
// or "" where there is none.
func propertyOf(s *record.Section) string {
	if s.Kind != "qualifications" {
		return map[string]string{"responsibilities": "responsibilities", "benefits": "jobBenefits"}[s.Kind]
	}
	property := ""
	for _, n := range narrower {
		switch {
		case !strings.Contains(orEmpty(s.Heading), n.word):
		case property == "":
			property = n.property
		case property != n.property:
			return "qualifications"
		}
	}
	if property == "" {
		return "qualifications"
	}
	return property
}

// byProperty is the texts of a position's items by their property.
func byProperty(p *record.Position) (d duties, benefits []string) {
	to := map[string]*[]string{
		"responsibilities": &d.Responsibilities, "qualifications": &d.Qualifications, "educationRequirements": &d.Education,
		"experienceRequirements": &d.Experience, "skills": &d.Skills, "jobBenefits": &benefits,
	}
	for i := range p.Sections {
		if list, ok := to[propertyOf(&p.Sections[i])]; ok {
			walk(p.Sections[i].Items, 0, func(it *record.Item, _ int) { *list = append(*list, it.Text) })
		}
	}
	return d, benefits
}

// described is the lines of the sections that an Occupation has no property
// for.
func described(p *record.Position) (lines []string) {
	for i := range p.Sections {
		if property := propertyOf(&p.Sections[i]); property == "" || property == "jobBenefits" {
			l, _ := sectionLines(&p.Sections[i])
			lines = append(lines, l...)
		}
	}
	return lines
}

// titled gives a position that has a title: the types' one property that
// nothing can stand for.
func titled(p *record.Position, row func(*record.Position) error) error {
	if p.Title == nil {
		return nil
	}
	return row(p)
}

func occupationOf(p *record.Position) any {
	d, _ := byProperty(p)
	return occupation{
		Context: "https://schema.org", Type: "Occupation", Identifier: p.ID, URL: webAddress(p.Page.URI), Name: *p.Title,
		Text:     text(append([]string{p.Fields["summary"]}, described(p)...)),
		Location: named("AdministrativeArea", p.Fields["location"]), duties: d,
	}
}

func jobPostingOf(p *record.Position) any {
	d, benefits := byProperty(p)
	lines, _ := sections(p)
	j := jobPosting{
		Context: "https://schema.org", Type: "JobPosting", Identifier: p.ID, URL: webAddress(p.Page.URI), Title: *p.Title,
		Text: text(append([]string{p.Fields["summary"]}, lines...)), Posted: wholeDate(orEmpty(p.Page.Published)),
		Unit: named("Organization", p.Fields["department"]), Openings: openings(p.Fields["headcount"]),
		Hours: oneLine(p.Fields["hours"]), Benefits: benefits, duties: d,
	}
	if j.Text == "" {
		j.Text = *p.Title // a description has to be there, and a page may have only this
	}
	if place := oneLine(p.Fields["location"]); place != "" {
		j.Location = &entity{Type: "Place", Address: place}
	}
	return j
}

// text joins the lines that say something.
func text(lines []string) string {
	var kept []string
	for _, l := range lines {
		if l != "" {
			kept = append(kept, l)
		}
	}
	return strings.Join(kept, "\n")
}

// webAddress is a page's name where it is an address.
func webAddress(uri string) string {
	if strings.HasPrefix(uri, "http://") || strings.HasPrefix(uri, "https://") {
		return uri
	}
	return ""
}

var (
	dateForm  = lazyregexp.New(`^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}.*)?$`)
	countForm = lazyregexp.New(`^(\d{1,6})\s*[人名位个]?$`)
)

// wholeDate is a date that has its day, or "": a year alone is no Date there.
func wholeDate(s string) string {
	if dateForm().MatchString(s) {
		return s
	}
	return ""
}

// openings is a number of posts, 0 where the text is anything else.
func openings(s string) int {
	m := countForm().FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // six digits are a number
	return n
}

// scriptLines writes lines of JSON in which <, > and & are escaped, so that
// each can stand in a script element of a page as it is.
func scriptLines(of func(*record.Position) any) func(io.Writer, string) sink[*record.Position] {
	return func(w io.Writer, _ string) sink[*record.Position] {
		return newText(w, func(b *bytes.Buffer, p *record.Position) error { return json.NewEncoder(b).Encode(of(p)) })
	}
}
