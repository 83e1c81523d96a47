package web

import (
	"encoding/json"
	"net/http"
	"reflect"

	"zhize/corpus"
	"zhize/record"
)

// searchAPI gives the hits of a search as JSON.
func (s *Server) searchAPI(w http.ResponseWriter, r *http.Request) {
	req, err := read(r.URL.Query(), answerLimit)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	x, done := s.run.Index()
	defer done()
	found, err := x.Search(r.Context(), req)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, record.Answer{Hits: found.Hits, HitSummary: found.Summary()})
}

// showAPI gives what an id names as JSON.
func (s *Server) showAPI(w http.ResponseWriter, r *http.Request) {
	f, done := s.run.Finder()
	defer done()
	found, err := f.Find(r.Context(), r.PathValue("id"))
	if err != nil {
		s.fail(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, found)
}

// Parts of an OpenAPI description, as far as this one needs them.
type (
	apiDocument struct {
		OpenAPI    string             `json:"openapi"`
		Info       apiInfo            `json:"info"`
		Paths      map[string]apiPath `json:"paths"`
		Components apiComponents      `json:"components"`
	}
	apiInfo struct {
		Title       string `json:"title"`
		Version     string `json:"version"`
		Description string `json:"description"`
	}
	apiPath struct {
		Get apiOperation `json:"get"`
	}
	apiOperation struct {
		ID         string                 `json:"operationId"`
		Summary    string                 `json:"summary"`
		Parameters []apiParameter         `json:"parameters"`
		Responses  map[string]apiResponse `json:"responses"`
	}
	apiParameter struct {
		Name        string         `json:"name"`
		In          string         `json:"in"`
		Required    bool           `json:"required,omitempty"`
		Description string         `json:"description"`
		Style       string         `json:"style,omitempty"`
		Explode     *bool          `json:"explode,omitempty"`
		Schema      apiValueSchema `json:"schema"`
	}
	apiValueSchema struct {
		Type    string          `json:"type"`
		Enum    []string        `json:"enum,omitempty"`
		Minimum *int            `json:"minimum,omitempty"`
		Maximum *int            `json:"maximum,omitempty"`
		Max     int             `json:"maxLength,omitempty"`
		Items   *apiValueSchema `json:"items,omitempty"`
	}
	apiResponse struct {
		Description string              `json:"description"`
		Content     map[string]apiMedia `json:"content"`
	}
	apiMedia struct {
		Schema apiRef `json:"schema"`
	}
	apiRef struct {
		Ref string `json:"$ref"`
	}
	apiComponents struct {
		Schemas map[string]json.RawMessage `json:"schemas"`
	}
)

func apiResponses(name string, codes ...string) map[string]apiResponse {
	answer := func(about, schema string) apiResponse {
		return apiResponse{about, map[string]apiMedia{"application/json": {apiRef{"#/components/schemas/" + schema}}}}
	}
	out := map[string]apiResponse{"200": answer("the answer", name)}
	for _, c := range codes {
		out[c] = answer("there is no answer, and why", "Failure")
	}
	return out
}

// openAPI describes the interface for programs. It is generated: the
// parameters from the table that reads them, the schemas from the types that
// are written.
func (s *Server) openAPI(w http.ResponseWriter, r *http.Request) {
	schemas, err := record.Components(reflect.TypeFor[record.Answer](), reflect.TypeFor[corpus.Found](), reflect.TypeFor[record.Failure]())
	if err != nil {
		s.fail(w, r, err)
		return
	}
	var search []apiParameter
	for _, p := range parameters() {
		a := apiParameter{Name: p.name, In: "query", Description: p.about, Schema: apiValueSchema{Type: "string", Enum: p.values}}
		if p.numbers[1] > 0 {
			a.Schema = apiValueSchema{Type: "integer", Minimum: &p.numbers[0], Maximum: &p.numbers[1]}
		}
		search = append(search, a)
	}
	together := false
	search = append(search, apiParameter{Name: "facets", In: "query", Description: "count the hits by these, parted by commas", Style: "form", Explode: &together,
		Schema: apiValueSchema{Type: "array", Items: &apiValueSchema{Type: "string", Enum: facetNames()}}})
	id := apiParameter{Name: "id", In: "path", Required: true, Schema: apiValueSchema{Type: "string"},
		Description: "the id of a page, a position, an item or a duty; six digits of a page's or a duty's are enough where only one begins so"}
	writeJSON(w, http.StatusOK, apiDocument{
		OpenAPI: "3.1.0",
		Info: apiInfo{Title: "zhize serve", Version: record.Schema,
			Description: "Searches the duties of a finished run, and shows what an id names. The hits are those of `zhize search --json`."},
		Paths: map[string]apiPath{
			"/api/search":    {apiOperation{"search", "find duties, ranked", search, apiResponses("Answer", "400", "404", "414", "421", "503")}},
			"/api/show/{id}": {apiOperation{"show", "a page, position, item or duty by id", []apiParameter{id}, apiResponses("Found", "400", "404", "421", "503")}},
		},
		Components: apiComponents{schemas},
	})
}
