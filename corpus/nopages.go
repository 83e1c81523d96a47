package corpus

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// skippedWords says what is counted in Skipped under names in parentheses.
var skippedWords = [...]struct{ name, one, many string }{
	{"(output)", "folder that zhize wrote", "folders that zhize wrote"},
	{"(hidden)", "hidden name", "hidden names"},
	{"(link)", "link", "links"},
	{"(special)", "special file", "special files"},
	{"(repeated)", "file named twice", "files named twice"},
	{"(ignored)", "ignored name", "ignored names"},
	{"(export)", "table that zhize wrote", "tables that zhize wrote"},
	{"(record)", "record of a web archive that holds no response", "records of web archives that hold no response"},
	{"(status)", "response of an error or a redirection", "responses of errors and redirections"},
	{"(media)", "response that is no text", "responses that are no text"},
}

// noPages is ErrNoPages with what was passed over instead, and what to do.
func noPages(skipped map[string]int) error {
	const next = "name HTML or text files, JSONL files, archives, or a folder that holds some"
	if len(skipped) == 0 {
		return fmt.Errorf("%w; %s", ErrNoPages, next)
	}
	type kind struct {
		name string
		n    int
	}
	var kinds []kind
	for name, n := range skipped {
		kinds = append(kinds, kind{name, n})
	}
	slices.SortFunc(kinds, func(a, b kind) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.name, b.name))
	})
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = passedOver(k.name, k.n)
	}
	list := words[0]
	if last := len(words) - 1; last > 0 {
		list = strings.Join(words[:last], ", ") + " and " + words[last]
	}
	return fmt.Errorf("%w, only %s; %s", ErrNoPages, list, next)
}

// passedOver is one entry of Skipped in words.
func passedOver(name string, n int) string {
	one, many := name+" file", name+" files"
	for _, w := range skippedWords {
		if w.name == name {
			one, many = w.one, w.many
		}
	}
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
