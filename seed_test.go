package zhize_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"zhize"
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
	positions := 0
	for _, a := range d.Articles {
		positions += len(a.Positions)
	}
	found := foundItems(d)
	if len(d.Articles) != 8 || positions != 20 || len(found) != 206 {
		t.Errorf("%d articles, %d positions, %d items; want 8, 20 and 206", len(d.Articles), positions, len(found))
	}
	if len(d.Edits) < 300 || len(d.Edits) > 400 {
		t.Errorf("%d edits; the page needs some 340", len(d.Edits))
	}
	got, wrong := scored(&a, d)
	// Without evidence of other pages seven of ten certain repairs are made.
	floors := score{1, 1, 1, 1, 1, 1, 0, 0.7, 1}
	for i, v := range got {
		if i == noise && v > floors[i] || i != noise && v < floors[i]-1e-9 {
			t.Errorf("%s is %.3f, its floor %.3f\n%s", figures[i], v, floors[i], wrong)
		}
	}
}
