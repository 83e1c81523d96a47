package derive

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"zhize/record"
)

// position is one on a site with items of a kind.
func position(title, site, kind string, texts ...string) record.Position {
	p := record.Position{Sections: []record.Section{{Kind: kind}}}
	if title != "" {
		p.Title = &title
	}
	if site != "" {
		p.Page.Site = &site
	}
	for _, t := range texts {
		p.Sections[0].Items = append(p.Sections[0].Items, record.Item{Text: t})
	}
	return p
}

// duties are the lines that pages of positions give.
func duties(t *testing.T, pages ...[]record.Position) []record.Duty {
	t.Helper()
	book := NewDutyBook(t.TempDir())
	defer book.Close()
	for i, positions := range pages {
		for _, rec := range Of(uint64(i), &record.Page{}, positions).Duties {
			if err := book.Add(rec); err != nil {
				t.Fatal(err)
			}
		}
	}
	var out []record.Duty
	err := book.Lines(context.Background(), func(line []byte) error {
		var d record.Duty
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		out = append(out, d)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestDuties(t *testing.T) {
	got := duties(t,
		[]record.Position{position("甲", "a", "responsibilities", "核对账目;", "——", "写报告"), position("乙", "a", "responsibilities", "核对 账目")},
		[]record.Position{position("甲", "b", "responsibilities", "核对账目。"), position("", "", "qualifications", "核对账目")},
		[]record.Position{position("甲", "", "responsibilities", "核对账目。", strings.Repeat("长", maxDuty/3+1))},
	)
	if len(got) != 3 {
		t.Fatalf("%d duties: %+v", len(got), got)
	}
	id := got[0].ID
	want := record.Duty{
		Schema: record.Schema, ID: id, Text: "核对账目。", Kind: "responsibilities", Count: 4, Pages: 3, Sites: 2,
		Titles:   []record.TitleCount{{Title: "甲", Count: 3}, {Title: "乙", Count: 1}},
		Variants: []string{"核对账目。", "核对账目;", "核对 账目"}, Wordings: 3,
	}
	if diff := cmp.Diff(want, got[0]); diff != "" {
		t.Errorf("the most frequent:\n%s", diff)
	}
	if len(id) != 17 || got[1].ID >= got[2].ID || got[1].ID == id || got[2].ID == id {
		t.Errorf("ids %s, %s, %s: those of one count are not in order, or not different", id, got[1].ID, got[2].ID)
	}
}

func TestDutiesNameTen(t *testing.T) {
	var positions []record.Position
	for i := range 30 {
		positions = append(positions, position(fmt.Sprintf("岗位%02d", i), "", "other", strings.Repeat(" ", i)+"看门"))
	}
	got := duties(t, positions)
	if len(got) != 1 || len(got[0].Titles) != 10 || len(got[0].Variants) != 10 || got[0].Count != 30 || got[0].Titles[0].Title != "岗位00" {
		t.Errorf("duties %+v", got)
	}
}

func TestLettersDoNotDependOnPieces(t *testing.T) {
	text := strings.Repeat("职a,", piece/4)
	if lettersOf(text) != lettersOf(strings.ReplaceAll(text, ",", "、 ")) {
		t.Error("punctuation counts")
	}
	if lettersOf(text) == lettersOf(text+"b") {
		t.Error("the last piece does not count")
	}
	if zero := lettersOf("——,"); zero.Hi|zero.Lo != 0 {
		t.Error("a text without letters has a sum")
	}
}

func TestIDs(t *testing.T) {
	ids := NewPageIDs()
	sha := strings.Repeat("0123456789abcdef", 4)
	seen := map[string]bool{}
	for _, uri := range []string{"a", "b", "a", "a", "b"} {
		id := ids.Next(sha, uri)
		if len(seen) == 0 && id != sha[:16] || len(seen) == 1 && id != CopyID(sha, "b", 1) || len(id) != 16 || seen[id] {
			t.Errorf("id %d is %s", len(seen), id)
		}
		seen[id] = true
	}
	if IDBits("zz") != 0 || IDBits("00000000000000ff") != 255 {
		t.Error("ids as numbers")
	}
}

func TestPack(t *testing.T) {
	d := Of(7, &record.Page{ID: "0123456789abcdef", URI: "u", Source: "职责"}, []record.Position{
		position("甲", "a", "other", "一条", "二条"), position("", "", "other", "……"),
	})
	packed, err := d.Pack()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Unpack(bytes.Clone(packed), 7)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, got); diff != "" {
		t.Errorf("unpacked:\n%s", diff)
	}
	got, err = Unpack(bytes.Clone(packed), 9)
	if err != nil || parsed(t, got.Duties[0]).page != 9 || parsed(t, d.Duties[0]).page != 7 {
		t.Errorf("another place: %v", err)
	}
	// Nothing panics on damage.
	rapid.Check(t, func(t *rapid.T) {
		b := bytes.Clone(packed)
		b[rapid.IntRange(0, len(b)-1).Draw(t, "at")] ^= rapid.Byte().Draw(t, "with")
		_, _ = Unpack(b[:rapid.IntRange(0, len(b)).Draw(t, "cut")], 1)
	})
}

func parsed(t *testing.T, rec []byte) dutyItem {
	t.Helper()
	it, err := parseDutyRecord(rec)
	if err != nil {
		t.Fatal(err)
	}
	return it
}
