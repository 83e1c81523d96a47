package export

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"zhize/corpus/internal/store"
	"zhize/record"
)

// file is a file of an export in memory.
type file struct {
	bytes.Buffer
	closed bool
}

func (f *file) Close() error {
	f.closed = true
	return nil
}

func ptr[T any](v T) *T { return &v }

// sample is a position with all that a position may have, and one that has
// next to nothing.
func sample() []*record.Position {
	return []*record.Position{{
		Schema: record.Schema, ID: "00000000000000aa-p001",
		Page: record.PageRef{
			ID: "00000000000000aa", URI: "https://example.com/a?b=1&c=2", Title: ptr("客服部岗位职责"), Site: ptr("example.com"), Published: ptr("2019-03-01"),
		},
		Article: record.ArticleRef{Ordinal: 1, Heading: ptr("篇一")}, Ordinal: 1, Title: ptr("客服专员"), TitleOrigin: ptr("heading"),
		Fields: map[string]string{"reports_to": "客服经理", "department": "客服部", "location": "上海", "headcount": "3人", "hours": "早班"},
		Sections: []record.Section{
			{Kind: "responsibilities", Heading: ptr("岗位职责"), Missing: []int{2}, Flags: []string{"gap"}, Items: []record.Item{
				{Number: ptr(1), Marker: ptr("1、"), Text: "接听</script>电话；", Span: record.Span{10, 15}, Flags: []string{}, Children: []record.Item{
					{Number: ptr(1), Marker: ptr("(1)"), Text: "做好记录。", Span: record.Span{20, 25}, Flags: []string{"truncated"}, Children: []record.Item{}},
				}},
				{Number: ptr(3), Marker: ptr("3、"), Text: "回访客户。", Span: record.Span{30, 35}, Flags: []string{}, Children: []record.Item{}},
			}},
			{Kind: "qualifications", Heading: ptr("任职要求"), Missing: []int{}, Flags: []string{}, Items: []record.Item{
				{Marker: ptr("●"), Text: "大专以上。", Span: record.Span{40, 45}, Flags: []string{}, Children: []record.Item{}},
			}},
			{Kind: "qualifications", Heading: ptr("专业技能"), Missing: []int{}, Flags: []string{}, Items: []record.Item{
				{Text: "会用表格软件。", Span: record.Span{50, 57}, Flags: []string{}, Children: []record.Item{}},
			}},
		},
		Edits: []record.Edit{}, Flags: []string{}, DuplicateOf: ptr("00000000000000bb-p001"),
	}, {
		Schema: record.Schema, ID: "00000000000000cc-p001", Page: record.PageRef{ID: "00000000000000cc", URI: "c.txt"},
		Article: record.ArticleRef{Ordinal: 1}, Ordinal: 1, Fields: map[string]string{},
		Sections: []record.Section{}, Edits: []record.Edit{}, Flags: []string{"no-items"},
	}}
}

// folder is an output folder with one file of records.
func folder[R any](t *testing.T, name string, records []R) string {
	t.Helper()
	dir := t.TempDir()
	add(t, dir, name, records)
	return dir
}

// add writes a file of records to a folder.
func add[R any](t *testing.T, dir, name string, records []R) {
	t.Helper()
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, r := range records {
		if err := record.Encode(f, r); err != nil {
			t.Fatal(err)
		}
	}
}

// format is the format of a name.
func format(t *testing.T, name string) Format {
	t.Helper()
	for _, f := range Formats() {
		if f.Name == name {
			return f
		}
	}
	t.Fatalf("no format %s", name)
	return Format{}
}

// written is the files that an export of a folder gives.
func written(t *testing.T, name, dir string, l Limits) ([]*file, Counts) {
	t.Helper()
	var files []*file
	n, err := format(t, name).Write(context.Background(), Job{
		Dir: dir, Added: "2026-01-02T03:04:05Z", Limits: l,
		Open: func() (io.WriteCloser, error) {
			files = append(files, new(file))
			return files[len(files)-1], nil
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range files {
		if !f.closed {
			t.Errorf("%s: file %d is left open", name, i)
		}
	}
	return files, n
}

// read reads rows of a file of Parquet, with types of the test's own.
func read[T any](t *testing.T, f *file) ([]T, *parquet.File) {
	t.Helper()
	data := bytes.NewReader(f.Bytes())
	opened, err := parquet.OpenFile(data, data.Size())
	if err != nil {
		t.Fatal(err)
	}
	r := parquet.NewGenericReader[T](data)
	defer r.Close()
	rows := make([]T, r.NumRows())
	if n, err := r.Read(rows); n != len(rows) || err != nil && !errors.Is(err, io.EOF) {
		t.Fatalf("%d of %d rows: %v", n, len(rows), err)
	}
	return rows, opened
}

func TestParquetPositions(t *testing.T) {
	files, n := written(t, "parquet", folder(t, store.PositionsName, sample()), Limits{})
	if len(files) != 1 || n.Rows != 2 || n.Lost != 0 {
		t.Fatalf("%d files, %+v", len(files), n)
	}
	type item struct {
		ID     string   `parquet:"id"`
		Level  int32    `parquet:"level"`
		Number *int32   `parquet:"number,optional"`
		Marker *string  `parquet:"marker,optional"`
		Text   string   `parquet:"text"`
		Start  int32    `parquet:"start"`
		End    int32    `parquet:"end"`
		Flags  []string `parquet:"flags,list"`
	}
	type section struct {
		Kind    string  `parquet:"kind"`
		Heading *string `parquet:"heading,optional"`
		Items   []item  `parquet:"items,list"`
		Missing []int32 `parquet:"missing,list"`
	}
	type field struct {
		Key   string `parquet:"key"`
		Value string `parquet:"value"`
	}
	type row struct {
		ID          string    `parquet:"id"`
		Site        *string   `parquet:"site,optional"`
		Title       *string   `parquet:"title,optional"`
		Text        string    `parquet:"text"`
		Items       int32     `parquet:"items"`
		Fields      []field   `parquet:"fields,list"`
		Sections    []section `parquet:"sections,list"`
		Flags       []string  `parquet:"flags,list"`
		DuplicateOf *string   `parquet:"duplicate_of,optional"`
	}
	got, f := read[row](t, files[0])
	want := []row{{
		ID: "00000000000000aa-p001", Site: ptr("example.com"), Title: ptr("客服专员"), Items: 5,
		Text:   "客服专员\n岗位职责\n1、接听</script>电话；\n1、做好记录。\n3、回访客户。\n任职要求\n大专以上。\n专业技能\n会用表格软件。",
		Fields: []field{{"department", "客服部"}, {"headcount", "3人"}, {"hours", "早班"}, {"location", "上海"}, {"reports_to", "客服经理"}},
		Sections: []section{
			{Kind: "responsibilities", Heading: ptr("岗位职责"), Missing: []int32{2}, Items: []item{
				{"00000000000000aa-p001-i001", 1, ptr[int32](1), ptr("1、"), "接听</script>电话；", 10, 15, []string{}},
				{"00000000000000aa-p001-i002", 2, ptr[int32](1), ptr("(1)"), "做好记录。", 20, 25, []string{"truncated"}},
				{"00000000000000aa-p001-i003", 1, ptr[int32](3), ptr("3、"), "回访客户。", 30, 35, []string{}},
			}},
			{Kind: "qualifications", Heading: ptr("任职要求"), Missing: []int32{}, Items: []item{
				{"00000000000000aa-p001-i004", 1, nil, ptr("●"), "大专以上。", 40, 45, []string{}},
			}},
			{Kind: "qualifications", Heading: ptr("专业技能"), Missing: []int32{}, Items: []item{
				{"00000000000000aa-p001-i005", 1, nil, nil, "会用表格软件。", 50, 57, []string{}},
			}},
		},
		Flags: []string{}, DuplicateOf: ptr("00000000000000bb-p001"),
	}, {
		ID: "00000000000000cc-p001", Fields: []field{}, Sections: []section{}, Flags: []string{"no-items"},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	schema := f.Schema().String()
	for _, want := range []string{
		"optional binary site (STRING)", "required group sections (LIST)", "repeated group list", "required group element", "optional int32 number (INT(32,true))",
	} {
		if !strings.Contains(schema, want) {
			t.Errorf("no %q in the schema\n%s", want, schema)
		}
	}
	if strings.Contains(schema, "MAP") {
		t.Errorf("the schema has a map, which not every reader takes:\n%s", schema)
	}
	for _, c := range f.Metadata().RowGroups[0].Columns {
		if c.MetaData.Codec.String() != "ZSTD" {
			t.Errorf("%v is compressed as %v", c.MetaData.PathInSchema, c.MetaData.Codec)
		}
	}
}

func TestParquetDuties(t *testing.T) {
	duties := []record.Duty{
		{ID: "d1", Text: "回访客户。", Kind: "responsibilities", Count: 7, Pages: 5, Sites: 2, Titles: []record.TitleCount{{Title: "客服", Count: 4}, {Title: "销售", Count: 3}}, Variants: []string{"回访客户。", "回访客户"}, Wordings: 2, Near: 3},
		{ID: "d2", Text: "诚实", Kind: "qualifications", Count: 1, Pages: 1, Titles: []record.TitleCount{}, Variants: []string{"诚实"}, Wordings: 1},
	}
	files, n := written(t, "parquet-duties", folder(t, store.DutiesName, duties), Limits{})
	if len(files) != 1 || n.Rows != 2 {
		t.Fatalf("%d files, %+v", len(files), n)
	}
	got, _ := read[dutyRow](t, files[0])
	want := []dutyRow{
		{"d1", "回访客户。", "responsibilities", 7, 5, 2, []titleRow{{"客服", 4}, {"销售", 3}}, []string{"回访客户。", "回访客户"}, 2, 3},
		{"d2", "诚实", "qualifications", 1, 1, 0, []titleRow{}, []string{"诚实"}, 1, 0},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestParquetRowGroups: what is in memory is a row group, whatever the file.
func TestParquetRowGroups(t *testing.T) {
	duties := make([]record.Duty, 3)
	for i := range duties {
		duties[i] = record.Duty{ID: fmt.Sprint(i), Text: strings.Repeat("职", groupBytes/7)}
	}
	files, _ := written(t, "parquet-duties", folder(t, store.DutiesName, duties), Limits{})
	got, f := read[dutyRow](t, files[0])
	if len(got) != len(duties) || got[2].ID != "2" {
		t.Errorf("%d rows", len(got))
	}
	var rows []int64
	for _, g := range f.RowGroups() {
		rows = append(rows, g.NumRows())
	}
	if !slices.Equal(rows, []int64{2, 1}) {
		t.Errorf("row groups of %v rows", rows)
	}
}

func TestCard(t *testing.T) {
	totals := record.NewTotals()
	totals.Pages, totals.Items = 3, 12
	card := positionsCard(Card{
		Name: "it's", Glob: "out/it's-*.parquet", Files: []string{"out/it's-00001.parquet"}, Rows: 1500, Bytes: 10, Totals: totals,
	})
	front, body, ok := strings.Cut(strings.TrimPrefix(card, "---\n"), "\n---\n")
	if !ok {
		t.Fatalf("no front matter in %s", card)
	}
	for _, want := range []string{
		"license: other", "- 1K<n<10K", "path: 'it''s-*.parquet'", "num_examples: 1500",
		"  - name: sections\n    list:\n    - name: kind\n      dtype: string\n", "      - name: flags\n        list: string\n", "  - name: title\n    dtype: string\n",
	} {
		if !strings.Contains(front, want) {
			t.Errorf("no %q in\n%s", want, front)
		}
	}
	for _, want := range []string{"# it's\n", "1500 positions from 3 pages, with 12 items.", `data_files="it's-*.parquet"`, "from 'it''s-*.parquet'", "- `it's-00001.parquet`"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %q in\n%s", want, body)
		}
	}
}

func TestSplit(t *testing.T) {
	var positions []*record.Position
	var pages []*record.Page
	var duties []*record.Duty
	for i := range 7 {
		p := *sample()[0]
		p.ID = fmt.Sprintf("00000000000000aa-p%03d", i+1)
		positions = append(positions, &p)
		pages = append(pages, samplePage())
		duties = append(duties, &record.Duty{ID: "d", Text: "保管印章。"})
	}
	dir := folder(t, store.PositionsName, positions)
	add(t, dir, store.PagesName, pages)
	add(t, dir, store.DutiesName, duties)
	for _, f := range Formats() {
		whole, all := written(t, f.Name, dir, Limits{})
		if len(whole) != 1 {
			t.Fatalf("%s: %d files without a limit", f.Name, len(whole))
		}
		for _, l := range []Limits{{Rows: 2}, {Bytes: 4000}, {Rows: 3, Bytes: 1}} {
			files, n := written(t, f.Name, dir, l)
			if n != all {
				t.Errorf("%s, %+v: %+v, want %+v", f.Name, l, n, all)
			}
			switch {
			case l.Bytes == 1 && len(files) != n.Rows:
				t.Errorf("%s: %d files for %d rows that are all too large", f.Name, len(files), n.Rows)
			case l.Bytes == 0 && len(files) != (n.Rows+l.Rows-1)/l.Rows:
				t.Errorf("%s, %+v: %d files for %d rows", f.Name, l, len(files), n.Rows)
			}
			for i, file := range files {
				if l.Bytes > 1 && !f.Binary && int64(file.Len()) > l.Bytes {
					t.Errorf("%s, %+v: file %d has %d bytes", f.Name, l, i, file.Len())
				}
			}
		}
	}
	// Every part of a table has its columns, and no row is lost or doubled.
	files, _ := written(t, "csv", dir, Limits{Rows: 3})
	var rows []string
	for _, f := range files {
		head, rest, _ := strings.Cut(f.String(), "\r\n")
		if !strings.HasPrefix(head, "\ufeffid,uri,") {
			t.Errorf("a part begins with %q", head)
		}
		rows = append(rows, rest)
	}
	whole, _ := written(t, "csv", dir, Limits{})
	if _, rest, _ := strings.Cut(whole[0].String(), "\r\n"); rest != strings.Join(rows, "") {
		t.Error("the parts are not the whole")
	}
	// Every part of a text tells the page that it goes on with.
	files, _ = written(t, "markdown", dir, Limits{Rows: 2})
	for _, f := range files {
		if !strings.HasPrefix(f.String(), "# 客服部岗位职责\n") {
			t.Errorf("a part begins with %.40q", f.String())
		}
	}
}

func TestWithoutRows(t *testing.T) {
	for _, f := range Formats() {
		for _, name := range []string{store.PositionsName, store.DutiesName, store.PagesName} {
			dir := folder(t, name, []record.Position{})
			n, err := f.Write(context.Background(), Job{Dir: dir, Open: func() (io.WriteCloser, error) { return new(file), nil }})
			if err != nil && !errors.Is(err, os.ErrNotExist) || n.Rows > 0 {
				t.Errorf("%s of %s: %+v, %v", f.Name, name, n, err)
			}
		}
	}
	files, _ := written(t, "csv", folder(t, store.PositionsName, []record.Position{}), Limits{})
	if got := files[0].String(); !strings.HasPrefix(got, "\ufeffid,") || !strings.HasSuffix(got, "\r\n") {
		t.Errorf("a table without rows is %q", got)
	}
}

// object is a line of JSON.
func object(t *testing.T, line string) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal([]byte(line), &v); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return v
}
