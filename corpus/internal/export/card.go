package export

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/parquet-go/parquet-go"

	"zhize/record"
)

// Card is what a dataset card tells.
type Card struct {
	Name   string   // of the export, as a person reads it
	Files  []string // as they were written; their folder is left out
	Glob   string   // what matches the files
	Rows   int
	Bytes  int64 // of the files
	Totals record.Totals
}

// sizes is the table of Hugging Face's size categories: below a number of rows.
var sizes = [...]struct {
	below int
	name  string
}{
	{1e3, "n<1K"}, {1e4, "1K<n<10K"}, {1e5, "10K<n<100K"}, {1e6, "100K<n<1M"}, {1e7, "1M<n<10M"}, {1e8, "10M<n<100M"}, {1e9, "100M<n<1B"},
}

func sizeCategory(rows int) string {
	for _, s := range sizes {
		if rows < s.below {
			return s.name
		}
	}
	return "n>1B"
}

func positionsCard(c Card) string {
	return c.text(parquet.SchemaOf(positionRow{}),
		fmt.Sprintf("One row is one position (岗位) of a page of job descriptions, with its sections and items:\n"+
			"%d positions from %d pages, with %d items.", c.Rows, c.Totals.Pages, c.Totals.Items),
		"`items` inside `sections` stand in reading order, children after their parent; `level` tells their depth, from 1.\n"+
			"`start` and `end` count code points of the page's source text. `fields` holds the rows of a position's form.\n"+
			"A row with `duplicate_of` repeats the row with that `id`.",
		"select title, s.kind, i.number, i.text\n"+
			"from (select title, unnest(sections) as s from '%[1]s'), unnest(s.items) as t(i)\nlimit 10;")
}

func dutiesCard(c Card) string {
	return c.text(parquet.SchemaOf(dutyRow{}),
		fmt.Sprintf("One row is one duty: what items of one kind that say the same, or nearly so, are together.\n"+
			"%d duties from %d pages, the most frequent first.", c.Rows, c.Totals.Pages),
		"`count` says how often a duty stands in the pages, `pages` and `sites` on how many; `titles` are the most frequent\n"+
			"titles of its positions and `variants` its wordings, of which there are `wordings`; `near` of its items have other\n"+
			"letters than `text`.",
		"select text, count, titles[1].title\nfrom '%[1]s'\norder by count desc\nlimit 10;")
}

// text is the whole card. Its front matter is YAML as the Hugging Face hub
// reads it: which files there are, the features of their columns, how many
// rows. The licence is left to whoever publishes the pages' texts.
func (c Card) text(schema *parquet.Schema, what, columns, sql string) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	glob := filepath.Base(c.Glob)
	line("---")
	line("license: other # to be set: the licence of the pages that were read")
	line("language:")
	line("- zh")
	line("pretty_name: %s", quote(c.Name))
	line("size_categories:")
	line("- %s", sizeCategory(c.Rows))
	line("configs:")
	line("- config_name: default")
	line("  data_files:")
	line("  - split: train")
	line("    path: %s", quote(glob))
	line("dataset_info:")
	line("  features:")
	features(&b, schema.Fields(), "  ")
	line("  splits:")
	line("  - name: train")
	line("    num_bytes: %d", c.Bytes)
	line("    num_examples: %d", c.Rows)
	line("  download_size: %d", c.Bytes)
	line("  dataset_size: %d", c.Bytes)
	line("---")
	line("")
	line("# %s", escape(c.Name))
	line("")
	line("%s", what)
	line("")
	line("Made by `zhize export`. The texts are those of the pages that were read; who publishes them sets the licence above.")
	line("")
	line("## Columns")
	line("")
	line("%s", columns)
	line("")
	line("## Use")
	line("")
	line("```python")
	line("from datasets import load_dataset")
	line("")
	line("rows = load_dataset(\"parquet\", data_files=%q, split=\"train\")", glob)
	line("```")
	line("")
	line("```sql")
	line(sql, strings.ReplaceAll(glob, "'", "''"))
	line("```")
	line("")
	line("## Files")
	line("")
	for _, f := range c.Files {
		line("- `%s`", filepath.Base(f))
	}
	return b.String()
}

// quote is a text as YAML has it between quotation marks.
func quote(s string) string { return "'" + strings.ReplaceAll(oneLine(s), "'", "''") + "'" }

// dtypes names the columns' types as Hugging Face does.
var dtypes = map[parquet.Kind]string{
	parquet.ByteArray: "string", parquet.Int32: "int32", parquet.Int64: "int64", parquet.Double: "float64", parquet.Boolean: "bool",
}

// features lists the features of columns, made from the schema so that they
// cannot lag behind it.
func features(b *strings.Builder, fields []parquet.Field, indent string) {
	for _, f := range fields {
		fmt.Fprintf(b, "%s- name: %s\n", indent, f.Name())
		if f.Leaf() {
			fmt.Fprintf(b, "%s  dtype: %s\n", indent, dtypes[f.Type().Kind()])
			continue
		}
		element := f.Fields()[0].Fields()[0] // a LIST is a group list of an element
		if element.Leaf() {
			fmt.Fprintf(b, "%s  list: %s\n", indent, dtypes[element.Type().Kind()])
			continue
		}
		fmt.Fprintf(b, "%s  list:\n", indent)
		features(b, element.Fields(), indent+"  ")
	}
}
