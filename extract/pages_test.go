package extract

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize/extract/internal/pagetest"
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

// texts are the ways in which the text of an item and of its children may
// stand on a page.
func (g goldItem) texts(out [][]string) [][]string {
	out = append(out, []string{g.Raw, g.Source})
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
		if err := pagetest.Check(written(r)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !strings.Contains(r.Source, g.Page.Title) && r.Page.Title == "" {
			g.Page.Title = "" // it stands there in another form, and is read when that is repaired
		}
		if r.Page.Title != g.Page.Title || r.Page.Declared != g.Page.Declared || len(r.Flags) > 0 {
			t.Errorf("%s: title %q, declared %d, flags %v", name, r.Page.Title, r.Page.Declared, r.Flags)
		}
		kept, _ := pagetest.Kept(written(r))
		kept = squeeze(kept)
		for _, p := range g.Positions {
			for _, s := range p.Sections {
				for _, it := range s.Items {
					for _, text := range it.texts(nil) {
						items++
						found := func(s string) bool { return s != "" && strings.Contains(kept, squeeze(s)) }
						if !slices.ContainsFunc(text, found) {
							t.Errorf("%s: %s is not in the text", filepath.Base(f), text[0])
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

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }
