package zhize_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"zhize"
	"zhize/extract"
	"zhize/internal/evaluate"
	"zhize/record"
)

// TestGold holds every page to its floors: a figure under its floor fails, and
// -update raises floors and never lowers one.
func TestGold(t *testing.T) {
	path := filepath.Join("testdata", "gold", "floors.tsv")
	table, err := os.ReadFile(path)
	if err != nil && !(*update && os.IsNotExist(err)) {
		t.Fatal(err)
	}
	floors, err := evaluate.ReadFloors(strings.NewReader(string(table)))
	if err != nil {
		t.Fatal(path, err)
	}
	for _, f := range pageFiles(t) {
		name, ok := evaluate.AnswerName(filepath.Base(f), func(name string) bool {
			_, err := os.Stat(answerFile(name))
			return err == nil
		})
		if !ok {
			t.Errorf("%s has no answer in testdata/gold", filepath.Base(f))
			continue
		}
		figures, detail := rated(t, f, answerFile(name))
		if wrong := floors.Hold(filepath.Base(f), figures, *update); len(wrong) > 0 {
			t.Errorf("%s\n%s", strings.Join(wrong, "\n"), told(detail))
		}
	}
	for _, name := range floors.Unheld() {
		t.Errorf("%s has floors and is no page any more; take its row out of %s", name, path)
	}
	if !*update {
		return
	}
	var b strings.Builder
	if err := floors.Write(&b); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func answerFile(name string) string { return filepath.Join("testdata", "gold", name+".json") }

// rated rates what a page gives, as the lines of positions.jsonl have it. A
// page that is rejected gives nothing.
func rated(t *testing.T, page, answer string) (evaluate.Figures, evaluate.Detail) {
	t.Helper()
	data, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	gold, err := os.ReadFile(answer)
	if err != nil {
		t.Fatal(err)
	}
	a, err := evaluate.ParseAnswer(gold)
	if err != nil {
		t.Fatalf("%s %v", answer, err)
	}
	d, err := zhize.Process(zhize.Input{URI: filepath.Base(page), Data: data}, nil)
	if reject := (*extract.RejectError)(nil); errors.As(err, &reject) {
		t.Errorf("%s is rejected: %v", page, err)
		return evaluate.Rate(a, nil)
	}
	if err != nil {
		t.Fatal(page, err)
	}
	_, positions := record.FromDocument(d)
	return evaluate.Rate(a, positions)
}

// told says what is wrong with a page.
func told(d evaluate.Detail) string {
	var b strings.Builder
	for _, l := range d.Lines() {
		b.WriteString("  " + l + "\n")
	}
	return b.String()
}
