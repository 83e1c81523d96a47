package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gold is the part of a page's answer that this package can be held to.
type gold struct {
	Page struct {
		Title    string `json:"title"`
		Declared int    `json:"declared_articles"`
	} `json:"page"`
	Positions []struct {
		Sections []struct {
			Items []goldItem `json:"items"`
		} `json:"sections"`
	} `json:"positions"`
}

type goldItem struct {
	Raw      string     `json:"raw"`
	Source   string     `json:"source"` // as the page has it, where Raw is not
	Children []goldItem `json:"children"`
}

func (g goldItem) texts(out []string) []string {
	if g.Source != "" {
		out = append(out, g.Source)
	} else {
		out = append(out, g.Raw)
	}
	for _, c := range g.Children {
		out = c.texts(out)
	}
	return out
}

// TestPages: of every written page, title and number of articles are read,
// and no item of the answer is missing from the text or dropped by structure.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("../testdata/pages/*.*")
	if err != nil || len(files) == 0 {
		t.Skip("no pages in testdata/pages")
	}
	items := 0
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f))
		answer, err := os.ReadFile("../testdata/gold/" + name + ".json")
		if err != nil {
			continue // the folder's README
		}
		var g gold
		if err := json.Unmarshal(answer, &g); err != nil {
			t.Fatal(name, err)
		}
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		r, err := Read(Input{URI: f, Data: data})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := check(r); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if r.Page.Title != g.Page.Title || r.Page.Declared != g.Page.Declared || len(r.Flags) > 0 {
			t.Errorf("%s: title %q, declared %d, flags %v", name, r.Page.Title, r.Page.Declared, r.Flags)
		}
		kept := squeeze(undropped(r))
		for _, p := range g.Positions {
			for _, s := range p.Sections {
				for _, it := range s.Items {
					for _, text := range it.texts(nil) {
						items++
						if !strings.Contains(kept, squeeze(text)) {
							t.Errorf("%s: %s is not in the text", name, text)
						}
					}
				}
			}
		}
	}
	if items < 300 {
		t.Errorf("only %d items were compared", items)
	}
}

func undropped(r *Result) string {
	var b strings.Builder
	at := 0
	for _, d := range r.Dropped {
		b.WriteString(r.Source[at:d.Start])
		at = d.End
	}
	b.WriteString(r.Source[at:])
	return b.String()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
