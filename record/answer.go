package record

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// Answer is what the search page's interface for programs gives for a search:
// the hits and the summary of `zhize search --json` in one object.
type Answer struct {
	Hits []Hit `json:"hits"`
	HitSummary
}

// Failure is what it gives where it has no answer.
type Failure struct {
	Error FailureReason `json:"error"`
}

// FailureReason says why there is no answer.
type FailureReason struct {
	Code     string `json:"code"`     // query, parameter, not-found, ambiguous, index, busy …
	Message  string `json:"message"`  // for a person
	Position *int   `json:"position"` // of a query that cannot be read: the place of the mistake, in code points
	Caret    string `json:"caret"`    // the query, and below it a caret at the place, for a font of fixed width
}

// Components are the schemas (JSON Schema 2020-12) of the types and of all that
// they hold, by name, as an OpenAPI description has them under
// components.schemas.
func Components(types ...reflect.Type) (map[string]json.RawMessage, error) {
	out := map[string]json.RawMessage{}
	for _, t := range types {
		for name, def := range reflectSchema(t, false).Definitions {
			raw, err := json.Marshal(def)
			if err != nil {
				return nil, fmt.Errorf("schema %s: %w", name, err)
			}
			out[name] = json.RawMessage(strings.ReplaceAll(string(raw), `"#/$defs/`, `"#/components/schemas/`))
		}
	}
	return out, nil
}
