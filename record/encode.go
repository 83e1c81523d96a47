package record

import (
	"encoding/json"
	"fmt"
	"io"
)

// Encode writes v as one line of JSON: UTF-8, no HTML escaping, "\n" at the
// end. Bytes that are not UTF-8 come out as U+FFFD.
func Encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write a line of JSON: %w", err)
	}
	return nil
}
