package corpus

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/corpus/internal/store"
	"zhize/record"
)

func TestReadStats(t *testing.T) {
	out := finished(t)
	s, err := ReadStats(out)
	if err != nil {
		t.Fatal(err)
	}
	if s.Counts.Rejects != 2 || len(s.Rejects) != 2 || s.Rejects[0].Reason != "empty" {
		t.Errorf("rejects %+v", s.Rejects)
	}
	if len(s.Titles) == 0 || s.Titles[0].Count < s.Titles[len(s.Titles)-1].Count {
		t.Errorf("titles %+v", s.Titles)
	}
	if len(s.Duties) == 0 || s.Duties[0].Count < s.Duties[len(s.Duties)-1].Count || s.Duties[0].Text != "与客户保持联系😀" && s.Duties[0].Text != "完成领导交办的事" {
		t.Errorf("duties %+v", s.Duties)
	}
	n := 0
	for _, c := range s.Counts.Roles {
		n += c
	}
	if n != s.Counts.Characters || s.Counts.Roles["dropped"] != s.Counts.Dropped["unplaced"] {
		t.Errorf("roles %v add up to %d of %d characters; dropped %v", s.Counts.Roles, n, s.Counts.Characters, s.Counts.Dropped)
	}
	if _, err := ReadStats(t.TempDir()); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestFind(t *testing.T) {
	out := finished(t)
	var first record.Position
	line, _, _ := strings.Cut(outputs(t, out)[store.PositionsName], "\n")
	if err := json.Unmarshal([]byte(line), &first); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{first.Page.ID, first.Page.ID[:8]} {
		f, err := Find(out, id)
		if err != nil || f.Page.ID != first.Page.ID || len(f.Positions) != 1 || f.Item != nil || f.Duty != nil {
			t.Errorf("%s: %+v, %v", id, f, err)
		}
	}
	f, err := Find(out, first.ID)
	if err != nil || f.Positions[0].ID != first.ID || f.Page.Source == "" || len(f.Page.Edits) != 1 {
		t.Errorf("a position: %+v, %v", f, err)
	}
	f, err = Find(out, record.ItemID(first.ID[:10]+first.ID[16:], 2))
	if err != nil || f.Item == nil || f.Item.Text != first.Sections[0].Items[1].Text || f.Section.Kind != "responsibilities" {
		t.Errorf("an item: %+v, %v", f, err)
	}
	var duty record.Duty
	line, _, _ = strings.Cut(outputs(t, out)[store.DutiesName], "\n")
	if err := json.Unmarshal([]byte(line), &duty); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{duty.ID, duty.ID[:9]} {
		if f, err = Find(out, id); err != nil || f.Duty == nil || f.Duty.Text != duty.Text {
			t.Errorf("the duty %s: %+v, %v", id, f, err)
		}
	}
	for _, id := range []string{"", "xyz", "0000", "d0123"} {
		if _, err := Find(out, id); !errors.Is(err, ErrNoID) {
			t.Errorf("%q: %v", id, err)
		}
	}
	for _, id := range []string{"d01234", "0123456789abcdef", first.Page.ID + "-p099", first.ID + "-i099", "d0123456789abcdef", "d0123456", first.ID + "-i000"} {
		if _, err := Find(out, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestFindAmbiguous(t *testing.T) {
	out := finished(t)
	// Two pages of the same beginning do not come about by chance.
	lines := outputs(t, out)[store.PagesName]
	first, _, _ := strings.Cut(lines, "\n")
	id := first[len(store.LineHead):][:16]
	other := strings.Replace(first, id, id[:15]+"z", 1)
	write(t, out, map[string]string{store.PagesName: first + "\n" + other + "\n"})
	if _, err := Find(out, id[:7]); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("error %v", err)
	}
	if _, err := Find(out, id); err != nil {
		t.Errorf("the whole id: %v", err)
	}
}

// exported is the output folder of one page, exported.
func exported(t *testing.T, format, page string) string {
	t.Helper()
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"p.txt": page})
	runTest(t, in, out, nil)
	var b bytes.Buffer
	if _, err := Export(context.Background(), out, &b, ExportOptions{Format: format}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestExportCSV(t *testing.T) {
	got := exported(t, "csv", "#=1+1\n1、=cmd|'/c calc'!A1\n2、他说\"好\",走了\n5、@旁注\n#乙\n1、-减\n")
	body, ok := strings.CutPrefix(got, "\ufeff")
	if !ok || strings.Count(body, "\n") != strings.Count(body, "\r\n") {
		t.Errorf("no BOM or no CR LF: %q", got)
	}
	rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	var numbers, texts, titles []string
	for _, r := range rows[1:] {
		numbers, texts, titles = append(numbers, r[column["number"]]), append(texts, r[column["text"]]), append(titles, r[column["position"]])
	}
	if s := strings.Join(numbers, " "); s != "1 2 5 1" {
		t.Errorf("numbers %s", s)
	}
	if s := strings.Join(texts, "|"); s != `'=cmd|'/c calc'!A1|他说"好",走了|'@旁注|'-减` {
		t.Errorf("texts %s", s)
	}
	if titles[0] != "'=1+1" || titles[3] != "乙" {
		t.Errorf("titles %q", titles)
	}
}

func TestExportMarkdown(t *testing.T) {
	got := exported(t, "markdown", "#甲\n1、第一*条*\n3、<b>第三条\n4、2.不是序号\n")
	for _, want := range []string{"### 甲\n", "- 1、第一\\*条\\*\n", "- 3、\\<b\\>第三条\n", "- 4、2\\.不是序号\n", "p.txt"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestExportDocuments(t *testing.T) {
	got := exported(t, "documents", "#甲\n1、第一~条\n3、<第三条>\n#乙\n1、另一条\n")
	lines := strings.Split(strings.TrimSuffix(got, "\n"), "\n")
	if len(lines) != 2 {
		t.Fatalf("%d lines: %s", len(lines), got)
	}
	var d struct {
		ID, Text, Source, Added string
		Metadata                struct {
			Title string
			Items int
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &d); err != nil {
		t.Fatal(err)
	}
	if d.Text != "甲\n1、第一条\n3、<第三条>" || d.Metadata.Title != "甲" || d.Metadata.Items != 2 || d.Added == "" || !strings.HasSuffix(d.ID, "-p001") {
		t.Errorf("document %+v", d)
	}
}

func TestExportErrors(t *testing.T) {
	out := finished(t)
	if _, err := Export(context.Background(), out, &bytes.Buffer{}, ExportOptions{Format: "nothing"}); err == nil || !strings.Contains(err.Error(), Formats()[0].Name) {
		t.Errorf("an unknown format: %v", err)
	}
	if _, err := Export(context.Background(), t.TempDir(), &bytes.Buffer{}, ExportOptions{Format: "csv"}); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an empty folder: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Export(ctx, out, &bytes.Buffer{}, ExportOptions{Format: "csv"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for _, f := range Formats() {
		if _, err := Export(context.Background(), out, failing{}, ExportOptions{Format: f.Name}); !errors.Is(err, errFull) {
			t.Errorf("%s into a full disk: %v", f.Name, err)
		}
	}
}

// countdown is a context that is cancelled when it was asked a number of times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestExportFileInterrupted stops exports after every page: nothing is left of
// them, and what an earlier one wrote stays.
func TestExportFileInterrupted(t *testing.T) {
	out := finished(t)
	for _, o := range []ExportOptions{{Format: "csv"}, {Format: "documents", SplitRows: 3}, {Format: "parquet", SplitRows: 3}} {
		dir := t.TempDir()
		file := filepath.Join(dir, "f")
		done, err := ExportFile(context.Background(), out, file, o)
		if err != nil || len(done.Files) == 0 || (len(done.Files) > 1) != (o.SplitRows > 0) {
			t.Fatalf("%+v: %+v, %v", o, done, err)
		}
		before := contents(t, dir)
		for i := range 27 {
			switch _, err := ExportFile(&countdown{context.Background(), i}, out, file, o); {
			case err == nil && i < 20:
				t.Errorf("%+v: not cancelled after %d", o, i)
			case err != nil && !errors.Is(err, context.Canceled):
				t.Errorf("%+v: %v", o, err)
			case err == nil:
				continue
			}
			if d := cmp.Diff(before, contents(t, dir)); d != "" {
				t.Fatalf("%+v, stopped after %d: %s", o, i, d)
			}
		}
	}
}

// contents is the names of the files in a folder and what they hold.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(b)
	}
	return out
}

func TestExportFileErrors(t *testing.T) {
	out := finished(t)
	for _, c := range []struct {
		file string
		o    ExportOptions
		says string
	}{
		{"f.parquet.gz", ExportOptions{Format: "parquet"}, "f.parquet"},
		{"a.jsonl", ExportOptions{Format: "dolma-attributes", SplitBytes: 9}, "page-documents"},
		{"f", ExportOptions{Format: "nothing"}, "csv"},
		{filepath.Join("no", "f"), ExportOptions{Format: "csv"}, "cannot write"},
	} {
		dir := t.TempDir()
		if _, err := ExportFile(context.Background(), out, filepath.Join(dir, c.file), c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v: %v", c, err)
		}
		if left := contents(t, dir); len(left) > 0 {
			t.Errorf("%+v left %v", c, left)
		}
	}
}

var errFull = errors.New("full")

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errFull }

// TestExportDuplicates marks, keeps and drops what repeats others.
func TestExportDuplicates(t *testing.T) {
	in, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
	write(t, in, map[string]string{"a.txt": nearPage(1, 3), "b.txt": nearPage(2, 0), "c.txt": nearPage(1, 0)})
	runTest(t, in, out, nil)
	for _, format := range []string{"documents", "page-documents"} {
		for how, want := range map[string][3]int{"": {3, 1, 0}, "mark": {3, 1, 0}, "keep": {3, 0, 0}, "drop": {2, 0, 1}} {
			var b bytes.Buffer
			done, err := Export(context.Background(), out, &b, ExportOptions{Format: format, Duplicates: how})
			if err != nil {
				t.Fatal(err)
			}
			marks := strings.Count(b.String(), `"duplicate_of":"`)
			if got := [3]int{done.Rows, marks, done.Dropped}; got != want || strings.Count(b.String(), "\n") != done.Rows {
				t.Errorf("%s, %s: rows, marks and dropped are %v, want %v", format, how, got, want)
			}
		}
	}
	if _, err := Export(context.Background(), out, &bytes.Buffer{}, ExportOptions{Format: "csv", Duplicates: "hide"}); err == nil || !strings.Contains(err.Error(), "mark, keep, drop") {
		t.Errorf("an unknown choice: %v", err)
	}
}
