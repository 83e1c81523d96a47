// Package evaluate rates extracted positions against annotated answers: what a
// page should give, written down by hand or by whoever made the page. It reads
// answers, counts what agrees, and holds figures to floors.
package evaluate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// AnyKind is the kind of a section whose kind is not rated.
const AnyKind = "any"

// Answer is what a page should give. Of the JSON of an answer, fields that are
// not named here are passed over.
type Answer struct {
	Page      AnswerPage       `json:"page"`
	Positions []AnswerPosition `json:"positions"`
	Repairs   AnswerRepairs    `json:"repairs"`
}

// AnswerPage is what an answer says of the page as a whole.
type AnswerPage struct {
	Title            string   `json:"title,omitzero"`
	DeclaredArticles int      `json:"declared_articles,omitzero"` // 8 where the title says 模板8篇, 0 where it says nothing
	Articles         int      `json:"articles"`                   // that are there
	Boilerplate      []string `json:"boilerplate"`                // texts that no item may hold
}

// AnswerPosition is one position (岗位) of an answer.
type AnswerPosition struct {
	Article  int             `json:"article"`  // its article's ordinal; 1 on a page without article headings
	Title    *string         `json:"title"`    // nil where the page gives none
	Sections []AnswerSection `json:"sections"` // "groups" is read too
}

// AnswerSection is one section of a position.
type AnswerSection struct {
	Kind    string       `json:"kind"` // as in positions.jsonl, or [AnyKind]
	Heading string       `json:"heading,omitzero"`
	Items   []AnswerItem `json:"items"`
}

// AnswerItem is one item of a section.
type AnswerItem struct {
	N        *int         `json:"n"`                 // the number that it bears, nil for none
	Raw      string       `json:"raw"`               // its text without the marker, as the page has it; "text" is read too
	Fragment bool         `json:"fragment,omitzero"` // a remnant that may be found and need not be
	Children []AnswerItem `json:"children,omitempty"`
}

// AnswerRepairs is what must become of the faults in a page's items and fields.
type AnswerRepairs struct {
	Certain   [][2]string `json:"certain"`   // before, after: what the page itself proves
	Likely    [][2]string `json:"likely"`    // before, after: what only other pages can prove
	Untouched []string    `json:"untouched"` // texts that look faulty, are not and must survive
}

// ParseAnswer reads the JSON of an answer. What is no answer is an error that
// says why.
func ParseAnswer(data []byte) (*Answer, error) {
	var a Answer
	data = bytes.TrimPrefix(data, []byte("\ufeff")) // which some editors write
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, fmt.Errorf("is no answer: %w", err)
	}
	if a.Positions == nil {
		return nil, errors.New(`is no answer: it has no "positions"`)
	}
	for _, p := range a.Positions {
		for _, s := range p.Sections {
			if s.Kind != "" && !slices.Contains(kinds[:], s.Kind) {
				return nil, fmt.Errorf("is no answer: a section's kind is %q; there are %s", s.Kind, strings.Join(kinds[:], ", "))
			}
		}
	}
	return &a, nil
}

// kinds are the kinds of sections that an answer may name.
var kinds = [...]string{
	"responsibilities", "qualifications", "authority", "relations", "conditions", "assessment", "benefits", "other", AnyKind,
}

// Encode writes the answer as the JSON that [ParseAnswer] reads, indented, with
// empty lists where there are none. Its only errors are those of w.
func (a *Answer) Encode(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(a.filled())
}

// filled is a copy of the answer without nil lists, which JSON would show as null.
func (a *Answer) filled() *Answer {
	out := *a
	out.Page.Boilerplate = list(a.Page.Boilerplate)
	out.Repairs = AnswerRepairs{list(a.Repairs.Certain), list(a.Repairs.Likely), list(a.Repairs.Untouched)}
	out.Positions = make([]AnswerPosition, len(a.Positions))
	for i, p := range a.Positions {
		p.Sections = append([]AnswerSection{}, p.Sections...)
		for j := range p.Sections {
			p.Sections[j].Items = list(p.Sections[j].Items)
		}
		out.Positions[i] = p
	}
	return &out
}

func list[T any](s []T) []T {
	if s == nil {
		return []T{}
	}
	return s
}

// UnmarshalJSON reads a position whose sections may be named "groups".
func (p *AnswerPosition) UnmarshalJSON(data []byte) error {
	type plain AnswerPosition // without this method
	var v struct {
		plain
		Groups []AnswerSection `json:"groups"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*p = AnswerPosition(v.plain)
	if len(p.Sections) == 0 {
		p.Sections = v.Groups
	}
	return nil
}

// UnmarshalJSON reads an item whose text may be named "text".
func (it *AnswerItem) UnmarshalJSON(data []byte) error {
	type plain AnswerItem // without this method
	var v struct {
		plain
		Raw  *string `json:"raw"`
		Text string  `json:"text"`
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*it = AnswerItem(v.plain)
	if it.Raw = v.Text; v.Raw != nil {
		it.Raw = *v.Raw
	}
	return nil
}

// UnmarshalJSON reads repairs and insists on pairs.
func (r *AnswerRepairs) UnmarshalJSON(data []byte) error {
	var v struct {
		Certain, Likely [][]string
		Untouched       []string
	}
	if err := json.Unmarshal(data, &v); err != nil {
		return err
	}
	*r = AnswerRepairs{Untouched: v.Untouched}
	for _, from := range []struct {
		name  string
		lists [][]string
		to    *[][2]string
	}{{"certain", v.Certain, &r.Certain}, {"likely", v.Likely, &r.Likely}} {
		for _, l := range from.lists {
			if len(l) != 2 {
				return fmt.Errorf("a %s repair is [before, after], not %q", from.name, l)
			}
			*from.to = append(*from.to, [2]string(l))
		}
	}
	return nil
}
