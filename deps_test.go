package zhize_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// layer is one row of the import order.
type layer struct {
	path    string // of the package, without the module's name; "." is the root
	imports string // packages of this module that it may import, each in a row above
	outside string // modules that it may import beside the standard library
	why     string // what the row keeps apart, and why
}

// layers is the house: every package may import what its row names, and a row
// names only what stands above it. A new package needs a row.
var layers = [...]layer{
	{"document", "", "", "the model; whoever reads a result needs this and nothing else"},
	{"hanzi", "", "", "a table of characters, which rules, outline and index share"},
	{"hanzi/gen", "", "", "makes the table; no part of the program"},
	{"internal/lazyregexp", "", "", "regular expressions that cost nothing where nobody uses them; a leaf"},
	{"record", "document", "github.com/invopop/jsonschema", "the output contract: types and schemas, no files"},
	{"internal/dutygen", "record", "", "duties by chance, for what is measured; knows nothing of what it measures"},
	{"internal/dutygen/gen", "internal/dutygen", "", "writes them; no part of the program"},
	{"index/jieba/internal/image", "", "", "the byte layout of a dictionary, known in one place"},
	{"index/jieba/internal/compile", "index/jieba/internal/image", "", "writes that layout, from the sources and from a dictionary that is extended"},
	{"index/jieba/gen", "index/jieba/internal/compile", "", "makes the image; no part of the program"},
	{"index/jieba", "index/jieba/internal/compile index/jieba/internal/image", "", "cuts words; a leaf, so that repairs may ask the dictionary without knowing the index"},
	{"index/jieba/gojieba", "index/jieba index/jieba/internal/compile", "github.com/yanyiwu/gojieba", "the same words by gojieba itself, in programs that are built with it"},
	{"normalize/similar/gen", "", "github.com/mozillazg/go-pinyin", "makes the table of like characters; no part of the program"},
	{"normalize/similar", "", "", "which characters are taken for one another; a leaf"},
	{"evidence/sitetext", "hanzi", "github.com/zeebo/xxh3", "what the pages of a site have in common; knows no pages, only their lines"},
	{"evidence", "evidence/sitetext hanzi", "github.com/blevesearch/mmap-go github.com/zeebo/xxh3", "what a corpus tells of its language, as a file; knows neither pages nor rules"},
	{"normalize/pinyin/gen", "", "github.com/mozillazg/go-pinyin", "makes the table of readings; no part of the program"},
	{"normalize/pinyin", "", "", "how characters are read; a leaf"},
	{"normalize", "document hanzi normalize/pinyin normalize/similar", "", "text to edits; knows neither markup nor the structure of a page"},
	{"extract/charset", "", "golang.org/x/text", "bytes to text; knows nothing of pages"},
	{"extract/internal/numeral", "", "", "numbers as lists print them, which pages and documents share"},
	{"extract/internal/writer", "document", "", "white space, line ends and blocks in one place, whoever walks a page"},
	{"extract/internal/pagetest", "document extract/internal/writer", "", "what the tests of pages share; no part of the program"},
	{"extract/markup/internal/elem", "", "golang.org/x/net", "what a browser shows of which element; knows no text"},
	{"extract/markup/internal/tags", "extract/markup/internal/elem", "golang.org/x/net", "a look at the tags before parsing; builds no tree"},
	{"extract/markup/internal/lists", "extract/internal/numeral extract/markup/internal/elem", "golang.org/x/net", "the numbers of list items; knows no text"},
	{"extract/outline/runeset", "", "", "sets of characters, asked for a text at once; a leaf"},
	{"extract/outline/lexicon", "document extract/outline/runeset", "", "the words of job descriptions; knows no structure"},
	{"extract/markup", "document extract/internal/numeral extract/internal/writer extract/markup/internal/elem extract/markup/internal/lists extract/markup/internal/tags extract/outline/lexicon internal/lazyregexp", "github.com/PuerkitoBio/goquery golang.org/x/net", "HTML to source text; the only reader of HTML; it asks words only which side of a table holds the labels"},
	{"extract/markdown", "document", "", "what the marks of a text say of it; changes no text"},
	{"extract/docx/internal/opc", "", "", "archives and their limits; knows no documents"},
	{"extract/docx/internal/style", "extract/docx/internal/opc extract/internal/numeral", "", "styles and the numbers that Word computes; knows no text"},
	{"extract/docx", "document extract/docx/internal/opc extract/docx/internal/style extract/internal/numeral extract/internal/writer", "", "Word documents to source text; knows no HTML"},
	{"extract", "document extract/charset extract/docx extract/internal/numeral extract/internal/writer extract/markdown extract/markup extract/outline/lexicon internal/lazyregexp", "", "pages of every kind to source text"},
	{"extract/outline/marker", "document", "", "finds and chooses enumerators; knows no words"},
	{"extract/outline", "document hanzi normalize extract/outline/marker extract/outline/lexicon extract/outline/runeset", "", "text to structure; knows nothing of markup, so that a text file and a page are read alike"},
	{"internal/evaluate", "record", "golang.org/x/text", "rates positions against answers; asks nobody how they were made"},
	{".", "document hanzi evidence normalize extract extract/outline index/jieba evidence/sitetext", "", "the facade: the walk of one page"},
	{"index/query", "", "github.com/mattn/go-runewidth", "the search language, usable without an engine; widths are for the caret"},
	{"index/internal/analysis", "hanzi index/jieba", "", "what index and query must agree on; knows no engine"},
	{"index/internal/engine", "", "github.com/RoaringBitmap/roaring/v2 github.com/blevesearch/bleve_index_api github.com/blevesearch/mmap-go github.com/blevesearch/scorch_segment_api/v2 github.com/blevesearch/vellum github.com/blevesearch/zapx/v17", "all that is taken of Bleve, so that it can be replaced in one place"},
	{"index/internal/store", "", "github.com/blevesearch/mmap-go github.com/zeebo/xxh3", "rows and texts on the disk; knows no words"},
	{"index/internal/synonym", "", "", "words that mean the same; a table"},
	{"index/internal/pinyin", "normalize/similar", "", "letters as sounds of characters; knows no words"},
	{"index/internal/typo", "normalize/similar", "", "which word may be typed for which; knows no texts"},
	{"index/canon", "record", "github.com/blevesearch/mmap-go github.com/zeebo/xxh3", "from what an item says to its canonical duty: a table that runs write and searches read"},
	{"index/internal/prepare", "record index/canon index/jieba index/internal/analysis index/internal/engine index/internal/store", "github.com/zeebo/xxh3", "records made ready for an index, on all processors"},
	{"index/internal/reuse", "index/internal/store", "", "which lines an index has already; knows no words and writes nothing"},
	{"index", "index/canon normalize/similar record index/jieba index/jieba/gojieba index/query index/internal/analysis index/internal/engine index/internal/pinyin index/internal/prepare index/internal/reuse index/internal/store index/internal/synonym index/internal/typo", "github.com/RoaringBitmap/roaring/v2 github.com/zeebo/xxh3 go.etcd.io/bbolt", "builds and searches; reads records, never pages"},
	{"corpus/internal/lines", "", "", "lines of files; knows no records"},
	{"corpus/internal/lock", "", "golang.org/x/sys", "the kernel's lock, which differs by system"},
	{"corpus/internal/spill", "", "", "sorts bytes outside memory; knows no records"},
	{"corpus/internal/store", "record index/canon", "github.com/zeebo/xxh3", "the output folder on the disk; never asks how a page is processed"},
	{"corpus/internal/near", "normalize/similar corpus/internal/spill", "", "which texts are nearly the same; knows no records. It asks a table of like characters and no rule, so that a proof may use it"},
	{"corpus/internal/derive", "document record index/canon corpus/internal/near corpus/internal/spill", "github.com/zeebo/xxh3", "what follows from records alone, so that a proof can derive it again"},
	{"corpus/internal/parts", "", "github.com/klauspost/compress", "files that appear at once; knows no records"},
	{"corpus/internal/export", "record corpus/internal/lines corpus/internal/store internal/lazyregexp", "github.com/parquet-go/parquet-go", "other forms of the records; opens no file to write"},
	{"corpus/internal/verify", "document record corpus/internal/derive corpus/internal/lines corpus/internal/store", "github.com/google/jsonschema-go", "the proof; must not use what made the outputs (the facade, the extraction, the rules)"},
	{"corpus/source/pattern", "", "github.com/bmatcuk/doublestar/v4", "which names are meant and which are left out; reads no folders"},
	{"corpus/source", "document extract extract/charset record corpus/source/pattern", "github.com/klauspost/compress github.com/zeebo/xxh3 golang.org/x/text", "inputs to pages; processes nothing"},
	{"corpus", ". document evidence extract hanzi record index index/jieba corpus/source corpus/internal/derive corpus/internal/export corpus/internal/lines corpus/internal/lock corpus/internal/parts corpus/internal/store corpus/internal/verify evidence/sitetext extract/outline/lexicon internal/lazyregexp", "github.com/zeebo/xxh3 golang.org/x/sync", "many pages; the only place that knows both the facade and the index"},
	{"label", "", "", "the contract's words in the languages of people; a leaf that whatever shows pages shares"},
	{"internal/browser", "", "", "drives a browser in tests; no part of the program"},
	{"explain", "document record", "github.com/mattn/go-runewidth", "a page's source beside what became of it; prints nothing, so that a terminal and a browser show the same"},
	{"corpus/report", "document record label corpus/internal/lines corpus/internal/store", "", "a finished run as one page; reads outputs and makes none"},
	{"web/internal/live", "corpus index", "", "outputs that another run may replace while they are read; knows no requests"},
	{"web", "corpus document explain index index/query label record web/internal/live", "golang.org/x/net/netutil golang.org/x/text/language", "answers browsers; writes nothing and asks nobody"},
	{"internal/pagegen/internal/bank", "", "", "the words of made pages; knows no pages"},
	{"internal/pagegen/internal/sheet", "hanzi", "", "a made page between its content and its bytes"},
	{"internal/pagegen/internal/noise", "internal/pagegen/internal/sheet", "", "faults; knows neither what makes a page nor how it is written down"},
	{"internal/pagegen/internal/furniture", "internal/pagegen/internal/sheet", "", "what sites put on their pages; knows no duties"},
	{"internal/pagegen/internal/render", "internal/pagegen/internal/sheet", "golang.org/x/text", "made pages to bytes; the reverse of extract, and must not share its mistakes"},
	{"internal/pagegen", "internal/evaluate internal/pagegen/internal/bank internal/pagegen/internal/furniture internal/pagegen/internal/noise internal/pagegen/internal/render internal/pagegen/internal/sheet", "golang.org/x/text", "pages with known answers; must not use what reads pages"},
	{"internal/judged", "", "", "rates a search against judged queries; knows nothing of how it was done"},
	{"internal/pagegen/gen", "internal/evaluate internal/pagegen", "", "writes made pages; no part of the program"},
	{"cmd/zhize", ". document evidence extract normalize record index index/jieba index/jieba/gojieba index/query corpus corpus/report explain label web internal/evaluate evidence/sitetext", "github.com/mattn/go-isatty github.com/mattn/go-runewidth github.com/spf13/cobra github.com/spf13/pflag", "the command line; nothing imports it"},
}

// reserved are packages that few may import, tests included where noted.
var reserved = [...]struct {
	path  string // the package, and all below it
	users string // the packages that may import it
	tests string // the packages whose tests may, beside the users
	why   string
}{
	{"github.com/blevesearch/bleve", "index/internal/engine", "", "Bleve's scores and defaults decide nothing here; only its postings are used"},
	{"github.com/blevesearch/bleve_index_api", "index/internal/engine", "", "as Bleve"},
	{"github.com/blevesearch/scorch_segment_api", "index/internal/engine", "", "as Bleve"},
	{"github.com/blevesearch/vellum", "index/internal/engine", "", "as Bleve"},
	{"github.com/blevesearch/zapx", "index/internal/engine", "", "as Bleve"},
	{"github.com/PuerkitoBio/goquery", "extract/markup", "", "markup is read in one package"},
	{"golang.org/x/net/html", "extract/markup extract/markup/internal/elem extract/markup/internal/tags extract/markup/internal/lists", "extract .", "markup is read in one package; tests measure it and compare with it"},
	{"github.com/yanyiwu/gojieba", "index/jieba/gojieba", "index/jieba", "it needs cgo and its dictionary's folder at run time; it is the oracle of a test, and a part of programs that are built with a tag"},
	{"github.com/spf13", "cmd/zhize", "", "flags are the command line's"},
	{"github.com/parquet-go", "corpus/internal/export", "corpus", "columns are one of many forms; nothing else depends on them"},
	{"flag", "cmd/zhize hanzi/gen index/jieba/gen internal/dutygen/gen internal/pagegen/gen normalize/pinyin/gen normalize/similar/gen", "*", "flags are the command line's"},
	{"log", "cmd/zhize hanzi/gen index/jieba/gen internal/pagegen/gen web", "", "a library returns errors and prints nothing; the server of the standard library is told to be silent with it"},
	{"net/http", "web", "cmd/zhize", "one package answers browsers; the program asks nobody"},
	{"C", "", "", "the program builds and runs without cgo"},
}

// forTests are the modules that tests may import wherever they stand.
const forTests = "github.com/google/go-cmp github.com/rogpeppe/go-internal pgregory.net/rapid go.uber.org/goleak " +
	"github.com/mozillazg/go-pinyin github.com/santhosh-tekuri/jsonschema/v6 github.com/yanyiwu/gojieba golang.org/x/net golang.org/x/text go.etcd.io/bbolt"

// listed is what the go command says of a package.
type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

const module = "zhize"

// systems are the builds that are looked at: files for other systems and for
// cgo import too.
var systems = [...]string{"linux 0", "linux 1", "windows 0", "darwin 1"}

// list asks the go command for the packages of the module as they are built
// for a system. Nothing is compiled.
func list(t *testing.T, system string) []listed {
	t.Helper()
	goos, cgo, _ := strings.Cut(system, " ")
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED="+cgo)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list for %s: %v\n%s", system, err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list for %s: %v", system, err)
		}
		p.ImportPath = short(p.ImportPath)
		all = append(all, p)
	}
}

// short is a path of this module without the module's name, "." for the root;
// other paths stay.
func short(path string) string {
	if path == module {
		return "."
	}
	return strings.TrimPrefix(path, module+"/")
}

func internal(path string) bool { return path == module || strings.HasPrefix(path, module+"/") }

// standard reports a package of the standard library.
func standard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !internal(path) && !strings.Contains(first, ".")
}

// within reports whether path is one of the modules or packages in words, or
// below one.
func within(path, words string) bool {
	for _, w := range strings.Fields(words) {
		if path == w || strings.HasPrefix(path, w+"/") {
			return true
		}
	}
	return false
}

func TestImportOrderIsAnOrder(t *testing.T) {
	var above []string
	for _, l := range layers {
		if l.why == "" {
			t.Errorf("%s has no reason", l.path)
		}
		if slices.Contains(above, l.path) {
			t.Errorf("%s has two rows", l.path)
		}
		for _, w := range strings.Fields(l.imports) {
			if !slices.Contains(above, w) {
				t.Errorf("%s may import %s, which does not stand above it", l.path, w)
			}
		}
		above = append(above, l.path)
	}
}

func TestImportsFollowTheOrder(t *testing.T) {
	rows := make(map[string]layer)
	for _, l := range layers {
		rows[l.path] = l
	}
	seen := make(map[string]bool)
	for _, system := range systems {
		for _, p := range list(t, system) {
			seen[p.ImportPath] = true
			row, ok := rows[p.ImportPath]
			if !ok {
				t.Errorf("%s has no row in the import order: give it one, with its reason", p.ImportPath)
				continue
			}
			for _, imp := range p.Imports {
				switch {
				case standard(imp):
				case internal(imp):
					if !slices.Contains(strings.Fields(row.imports), short(imp)) {
						t.Errorf("%s (%s) imports %s; its row (%s) does not allow it", p.ImportPath, system, short(imp), row.why)
					}
				case !within(imp, row.outside):
					t.Errorf("%s (%s) imports %s; its row (%s) does not name that module", p.ImportPath, system, imp, row.why)
				}
			}
		}
	}
	for _, l := range layers {
		if !seen[l.path] {
			t.Errorf("%s has a row in the import order and is no package any more", l.path)
		}
	}
}

// TestTestsImportDownwards: a test may use what stands above its package and
// the package's own parts, never what stands on it, or the order would hold
// for the program alone and not for who works on one package.
func TestTestsImportDownwards(t *testing.T) {
	place := make(map[string]int)
	for i, l := range layers {
		place[l.path] = i
	}
	for _, system := range systems {
		for _, p := range list(t, system) {
			at, ok := place[p.ImportPath]
			if !ok {
				continue // TestImportsFollowTheOrder says so
			}
			for _, imp := range slices.Concat(p.TestImports, p.XTestImports) {
				switch {
				case standard(imp):
				case internal(imp):
					if i, ok := place[short(imp)]; ok && i > at {
						t.Errorf("a test of %s (%s) imports %s, which stands below it in the order", p.ImportPath, system, short(imp))
					}
				case !within(imp, layers[at].outside+" "+forTests):
					t.Errorf("a test of %s (%s) imports %s, which is no module for tests", p.ImportPath, system, imp)
				}
			}
		}
	}
}

func TestReservedImports(t *testing.T) {
	for _, system := range systems {
		for _, p := range list(t, system) {
			for _, r := range reserved {
				user := slices.Contains(strings.Fields(r.users), p.ImportPath)
				tester := user || r.tests == "*" || slices.Contains(strings.Fields(r.tests), p.ImportPath)
				for _, imp := range p.Imports {
					if within(imp, r.path) && !user {
						t.Errorf("%s (%s) imports %s: %s", p.ImportPath, system, imp, r.why)
					}
				}
				for _, imp := range slices.Concat(p.TestImports, p.XTestImports) {
					if within(imp, r.path) && !tester {
						t.Errorf("a test of %s (%s) imports %s: %s", p.ImportPath, system, imp, r.why)
					}
				}
			}
		}
	}
}

// TestDocumentIsALeaf holds what everything else rests on, whatever happens to
// the table.
func TestDocumentIsALeaf(t *testing.T) {
	for _, system := range systems {
		for _, p := range list(t, system) {
			if p.ImportPath != "document" {
				continue
			}
			for _, imp := range p.Imports {
				if !standard(imp) {
					t.Errorf("document (%s) imports %s; it may import the standard library alone", system, imp)
				}
			}
		}
	}
}
