package derive

import (
	"zhize/document"
	"zhize/record"
)

// tally counts one page.
func tally(page *record.Page, positions []record.Position) record.Totals {
	t := record.NewTotals()
	t.Pages, t.Articles, t.Positions = 1, page.Counts.Articles, len(positions)
	t.Bytes, t.Characters = int64(page.Bytes), page.Counts.Characters
	for _, r := range page.Regions {
		n := r.Span[1] - r.Span[0]
		t.Roles[r.Role] += n
		if r.Reason != "" {
			t.Dropped[r.Reason] += n
		}
	}
	for i := range page.Edits {
		if page.Edits[i].Status == "applied" {
			t.Edits[page.Edits[i].Rule]++
		} else {
			t.Suggested[page.Edits[i].Rule]++
		}
	}
	flag := func(flags []string) {
		for _, f := range flags {
			t.Flags[f]++
		}
	}
	flag(page.Flags)
	for i := range positions {
		flag(positions[i].Flags)
		for si := range positions[i].Sections {
			s := &positions[i].Sections[si]
			t.Sections++
			flag(s.Flags)
			tallySection(&t, s)
		}
	}
	return t
}

func tallySection(t *record.Totals, s *record.Section) {
	numbered := 0
	Items(s.Items, func(it *record.Item) {
		t.Items++
		t.Kinds[s.Kind]++
		if it.Number != nil {
			numbered++
		} else {
			t.Numbering.Unnumbered++
		}
		for _, f := range it.Flags {
			t.Flags[f]++
			if f == document.FlagRepeated {
				t.Numbering.Repeated++
			}
		}
	})
	t.Numbering.Numbered += numbered
	if numbered > 0 {
		t.Numbering.Lists++
	}
	if len(s.Missing) > 0 {
		t.Numbering.Gapped++
		t.Numbering.Missing += len(s.Missing)
	}
}

// AddTotals adds the counts of one page. Duties, rejects and duplicates are
// not counted by page.
func AddTotals(to *record.Totals, t record.Totals) {
	for _, n := range []struct {
		to  *int
		add int
	}{
		{&to.Pages, t.Pages}, {&to.Articles, t.Articles}, {&to.Positions, t.Positions}, {&to.Sections, t.Sections},
		{&to.Items, t.Items}, {&to.Characters, t.Characters},
		{&to.Numbering.Lists, t.Numbering.Lists}, {&to.Numbering.Gapped, t.Numbering.Gapped},
		{&to.Numbering.Missing, t.Numbering.Missing}, {&to.Numbering.Repeated, t.Numbering.Repeated},
		{&to.Numbering.Numbered, t.Numbering.Numbered}, {&to.Numbering.Unnumbered, t.Numbering.Unnumbered},
	} {
		*n.to += n.add
	}
	to.Bytes += t.Bytes
	for _, m := range []struct{ to, add map[string]int }{
		{to.Roles, t.Roles}, {to.Dropped, t.Dropped}, {to.Edits, t.Edits}, {to.Suggested, t.Suggested},
		{to.Kinds, t.Kinds}, {to.Flags, t.Flags},
	} {
		for key, n := range m.add {
			m.to[key] += n
		}
	}
}
