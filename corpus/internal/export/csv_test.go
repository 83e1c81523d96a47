package export

import (
	"encoding/csv"
	"strings"
	"testing"

	"zhize/corpus/internal/store"
	"zhize/record"
)

func TestDefuse(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "职责": "职责", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\ta": "'\ta", "\ra": "'\ra", "＝1": "'＝1",
		"'=1": "''=1", "'引用'": "'引用'", "a=1": "a=1", " =1": " =1", "'": "'",
	} {
		if got := defuse(cell); got != want {
			t.Errorf("%q becomes %q, want %q", cell, got, want)
		}
	}
}

// TestCSV reads a table back, and finds every text again when the apostrophes
// are taken off.
func TestCSV(t *testing.T) {
	texts := []string{"好,\"引\"", "=cmd|'/c calc'!A1", "'=1", "一\n二", "@旁注", "'单引'", "＋一", " ", "a;b"}
	p := sample()[1]
	s := record.Section{Kind: "other"}
	for _, text := range texts {
		s.Items = append(s.Items, record.Item{Text: text})
	}
	p.Sections = []record.Section{s}
	files, n := written(t, "csv", folder(t, store.PositionsName, []*record.Position{p}), Limits{})
	body, ok := strings.CutPrefix(files[0].String(), "\ufeff")
	if !ok || n.Rows != len(texts) {
		t.Fatalf("%+v, %.20q", n, files[0].String())
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows[1:] {
		if len(row) != len(csvColumns) {
			t.Errorf("row %d has %d cells", i+1, len(row))
		}
		cell := row[10]
		if strings.IndexAny(cell, formulas) == 0 {
			t.Errorf("%q would be a formula", cell)
		}
		if rest := strings.TrimLeft(cell, "'"); rest != cell && strings.IndexAny(rest, formulas) == 0 {
			cell = cell[1:]
		}
		if cell != texts[i] {
			t.Errorf("%q came back as %q", texts[i], cell)
		}
	}
}

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"岗位职责": "岗位职责", "# 甲": `\# 甲`, "精通 C #": `精通 C \#`, "1. 甲": `1\. 甲`, "12) 甲": `12\) 甲`, "1、甲": "1、甲", "- 甲": `\- 甲`,
		"+ 甲": `\+ 甲`, "===": `\===`, "*甲*": `\*甲\*`, "a|b": `a\|b`, "[甲](乙)": `\[甲\](乙)`, "<b>": `\<b\>`, "&lt;": `\&lt;`, `\`: `\\`, " 一\n 二 ": "一 二",
	} {
		if got := escape(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}
