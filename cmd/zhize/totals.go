package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"zhize/document"
	"zhize/label"
	"zhize/record"
)

// totalsWriter prints the counts of a run in blocks under bold heads.
type totalsWriter struct {
	a     *app
	dir   string // that holds the outputs
	paint style
}

func (w totalsWriter) head(name string) { w.a.printf("\n%s\n", w.paint.paint(bold, name)) }

// kept prints what was found: pages, articles, positions, items by kind.
func (w totalsWriter) kept(t *record.Totals) {
	b := table{indent: "  ", right: []int{1}}
	b.add("pages", thousands(t.Pages), repeated(t.DuplicatePages, t.NearPages))
	b.add("articles", thousands(t.Articles), repeated(t.DuplicateArticles, t.NearArticles))
	b.add("positions", thousands(t.Positions), repeated(t.DuplicatePositions, t.NearPositions))
	b.add("items", thousands(t.Items), byKind(t.Kinds))
	b.add("duties", thousands(t.Duties), "different ones"+optionally(t.NearDuties, "; items that say one nearly: %s"))
	if t.Rejects > 0 {
		b.add("rejected", thousands(t.Rejects))
	}
	b.write(w.a.stdout)
}

// repeated says how many of a level repeat another one.
func repeated(all, near int) string {
	var parts []string
	if all > near {
		parts = append(parts, "the same as another: "+thousands(all-near))
	}
	if near > 0 {
		parts = append(parts, "nearly the same: "+thousands(near))
	}
	return strings.Join(parts, ", ")
}

func optionally(n int, format string) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(format, thousands(n))
}

// byKind lists kinds, most frequent first.
func byKind(kinds map[string]int) string {
	var parts []string
	for _, k := range label.Ranked(kinds) {
		parts = append(parts, k.Word+" "+thousands(k.N))
	}
	return strings.Join(parts, ", ")
}

// characters prints the share of every role, and of every reason for which
// text was dropped.
func (w totalsWriter) characters(t *record.Totals) {
	w.head("Characters")
	b := table{indent: "  ", right: []int{1, 2}}
	for _, r := range label.Ranked(t.Roles) {
		if r.Word != document.RoleDropped.String() {
			b.add(r.Word, thousands(r.N), percent(r.N, t.Characters))
		}
	}
	b.add("dropped", thousands(t.Roles[document.RoleDropped.String()]), percent(t.Roles[document.RoleDropped.String()], t.Characters))
	for _, r := range label.Ranked(t.Dropped) {
		b.add("  × "+r.Word, thousands(r.N), percent(r.N, t.Characters))
	}
	b.add("all", thousands(t.Characters))
	b.write(w.a.stdout)
}

// repairs prints how often each rule changed something, or would have.
func (w totalsWriter) repairs(t *record.Totals) {
	w.head("Repairs")
	if len(t.Edits)+len(t.Suggested) == 0 {
		w.a.printf("  none\n")
		return
	}
	b := table{indent: "  ", right: []int{1}}
	for _, r := range label.Ranked(t.Edits) {
		b.add(r.Word, thousands(r.N), optionally(t.Suggested[r.Word], "and %s suggested, not made"))
	}
	for _, r := range label.Ranked(t.Suggested) {
		if t.Edits[r.Word] == 0 {
			b.add(r.Word, "0", optionally(r.N, "and %s suggested, not made"))
		}
	}
	b.write(w.a.stdout)
}

// shownRejects is how many rejected inputs a summary names.
const shownRejects = 5

// rejects prints why inputs were rejected and names the first ones.
func (w totalsWriter) rejects(t *record.Totals, first []record.Reject) {
	if t.Rejects == 0 {
		return
	}
	w.head("Rejected")
	reasons := table{indent: "  ", right: []int{1}}
	for _, r := range label.Ranked(t.RejectReasons) {
		reasons.add(r.Word, thousands(r.N))
	}
	reasons.write(w.a.stdout)
	places := table{indent: "    "}
	shown := first[:min(len(first), shownRejects)]
	for _, r := range shown {
		places.add(shorten(plain(r.URI), 50), plain(strings.TrimPrefix(r.Message, r.URI+": ")))
	}
	places.write(w.a.stdout)
	if more := t.Rejects - len(shown); more > 0 {
		w.a.printf("    and %s more in %s\n", thousands(more), plain(filepath.ToSlash(filepath.Join(w.dir, "rejects.jsonl"))))
	}
}

// numbering prints how sound the lists' numbers are.
func (w totalsWriter) numbering(n *record.Numbering) {
	w.head("Numbering")
	b := table{indent: "  ", right: []int{1}}
	b.add("lists", thousands(n.Lists))
	b.add("with gaps", thousands(n.Gapped), optionally(n.Missing, "%s numbers are not on the pages"))
	b.add("numbered items", thousands(n.Numbered), optionally(n.Repeated, "%s of them bear a number twice"))
	b.add("unnumbered", thousands(n.Unnumbered))
	b.write(w.a.stdout)
}

// flags prints how often each flag was borne.
func (w totalsWriter) flags(flags map[string]int) {
	if len(flags) == 0 {
		return
	}
	w.head("Flags")
	b := table{indent: "  ", right: []int{1}}
	for _, f := range label.Ranked(flags) {
		b.add(f.Word, thousands(f.N))
	}
	b.write(w.a.stdout)
}

// top prints titles with how often each is borne.
func (w totalsWriter) top(head string, titles []record.TitleCount) {
	if len(titles) == 0 {
		return
	}
	w.head(head)
	b := table{indent: "  ", right: []int{0}}
	for _, t := range titles {
		b.add(thousands(t.Count), oneLine(t.Title))
	}
	b.write(w.a.stdout)
}

// duties prints canonical duties that stand in more than one place.
func (w totalsWriter) duties(duties []record.Duty) {
	b := table{indent: "  ", right: []int{0}}
	for _, d := range duties {
		if d.Count > 1 {
			b.add(thousands(d.Count), shorten(oneLine(d.Text), 60), d.ID)
		}
	}
	if len(b.rows) > 0 {
		w.head("Duties that stand most often")
		b.write(w.a.stdout)
	}
}

// skipped prints the files that were passed over.
func (w totalsWriter) skipped(skipped map[string]int) {
	if len(skipped) == 0 {
		return
	}
	w.head("Passed over, because they are no pages")
	b := table{indent: "  ", right: []int{1}}
	for _, s := range label.Ranked(skipped) {
		b.add(plain(s.Word), thousands(s.N))
	}
	b.write(w.a.stdout)
}

func percent(part, whole int) string {
	if whole == 0 {
		return ""
	}
	return fmt.Sprintf("%.1f %%", 100*float64(part)/float64(whole))
}

// shellWord is a word as a shell reads it back.
func shellWord(s string) string {
	safe := func(r rune) bool {
		return r > 0x7f || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || slices.Contains([]rune("-_./:@%+,="), r)
	}
	if s != "" && strings.IndexFunc(s, func(r rune) bool { return !safe(r) }) < 0 {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
