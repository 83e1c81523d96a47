package corpus

import (
	"bytes"
	"encoding/json"
	"testing"

	"zhize/corpus/internal/derive"
	"zhize/record"
)

// TestMarked marks lines and takes the marks back. Texts that hold the keys
// themselves are left alone.
func TestMarked(t *testing.T) {
	uri := `x","duplicate_of":null,"duplicate_kind":null,"similarity":null,"`
	line, err := encode(record.Page{ID: "p", URI: uri, Articles: []record.Article{{ID: "p-a001"}, {ID: "p-a002", Heading: &uri}}})
	if err != nil {
		t.Fatal(err)
	}
	exact := derive.Mark{Of: "0123456789abcdef", Kind: record.ExactCopy, Similarity: 1}
	near := derive.Mark{Of: "0123456789abcdef-a003", Kind: record.NearCopy, Similarity: 0.875}
	for _, marks := range [][]derive.Mark{{{}, {}, {}}, {exact, {}, {}}, {{}, near, {}}, {exact, {}, near}, {exact, near, near}} {
		out := marked(bytes.Clone(line), marks...)
		var p record.Page
		if err := json.Unmarshal(out, &p); err != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if again, _ := encode(p); !bytes.Equal(again, out) {
			t.Errorf("not as it is encoded:\n%s%s", out, again)
		}
		got := []derive.Mark{read(p.DuplicateOf, p.DuplicateKind, p.Similarity)}
		for _, a := range p.Articles {
			got = append(got, read(a.DuplicateOf, a.DuplicateKind, a.Similarity))
		}
		for i, m := range marks {
			if got[i] != m {
				t.Errorf("mark %d is %+v, want %+v", i, got[i], m)
			}
		}
		if back, ok := unmark(out); !ok || !bytes.Equal(back, line) {
			t.Errorf("taken back: %s", back)
		}
	}
	if _, ok := unmark([]byte(`{"id":"p"}`)); ok {
		t.Error("a line without the keys is taken")
	}
	if _, ok := unmark([]byte(`{"duplicate_of":"p","similarity":1}`)); ok {
		t.Error("a line of another version is taken")
	}
}

func read(of, kind *string, like *float64) (m derive.Mark) {
	if of != nil {
		m = derive.Mark{Of: *of, Kind: *kind, Similarity: *like}
	}
	return m
}
