package zhize_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"zhize"
	"zhize/document"
)

// TestSeedPage runs the long page that is kept beside the project, where it is
// present, and holds what is found to its answer.
func TestSeedPage(t *testing.T) {
	dir := filepath.Join("..", "shared", "seed")
	data, err := os.ReadFile(filepath.Join(dir, "page.txt"))
	if err != nil {
		t.Skip("the seed page is not here; it is kept outside this repository")
	}
	gold, err := os.ReadFile(filepath.Join(dir, "answer.json"))
	if err != nil {
		t.Skip("the seed page's answer is not here; it is kept outside this repository")
	}
	var a answer
	if err := json.Unmarshal(gold, &a); err != nil {
		t.Fatal(err)
	}
	in := zhize.Input{URI: "page.txt", Data: data}
	d, err := holds(in)
	if err != nil || d == nil {
		t.Fatal(d, err)
	}
	in.MediaType = "text/plain"
	if err := settled(d, in); err != nil {
		t.Error(err)
	}
	items, positions := 0, 0
	for _, a := range d.Articles {
		positions += len(a.Positions)
	}
	d.Walk(func(_ *document.Article, _ *document.Position, _ *document.Section, _ *document.Item) { items++ })
	got, missed, extra := rate(&a, foundItems(d))
	t.Logf("articles %d, positions %d, items %d, edits %d, suggested %d", len(d.Articles), positions, items, len(d.Edits), len(d.Suggested))
	for i, v := range got {
		t.Logf("%s %.3f", figures[i], v)
	}
	t.Logf("missed %d, extra %d", len(missed), len(extra))
}
