package zhize_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhize"
	"zhize/internal/evaluate"
)

// TestSeedPage runs the long page that is kept beside the project, where it is
// present, and holds what is found to its answer.
func TestSeedPage(t *testing.T) {
	dir := filepath.Join("..", "shared", "seed")
	data, err := os.ReadFile(filepath.Join(dir, "page.txt"))
	if err != nil {
		t.Skip("the seed page is not here; it is kept outside this repository")
	}
	if _, err := os.Stat(filepath.Join(dir, "answer.json")); err != nil {
		t.Skip("the seed page's answer is not here; it is kept outside this repository")
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
	figures, detail := rated(t, filepath.Join(dir, "page.txt"), filepath.Join(dir, "answer.json"))
	items := detail.Counts.Noise.All // every item is looked at for noise
	if len(d.Articles) != 8 || positions != 20 || items != 206 {
		t.Errorf("%d articles, %d positions, %d items; want 8, 20 and 206", len(d.Articles), positions, items)
	}
	if len(d.Edits) < 300 || len(d.Edits) > 400 {
		t.Errorf("%d edits; the page needs some 340", len(d.Edits))
	}
	// Without evidence of other pages seven of ten certain repairs are made.
	floors, err := evaluate.ReadFloors(strings.NewReader("page\t" + strings.Join(evaluate.Names(), "\t") + "\n" +
		"page.txt\t1\t1\t1\t1\t1\t1\t1\t1\t0\t0.7\t0\t1\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range floors.Hold("page.txt", figures, false) {
		t.Errorf("%s\n%s", wrong, told(detail))
	}
}
