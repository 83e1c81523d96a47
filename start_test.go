package zhize_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

// A search is over in the time that other programs take to start, so what
// packages do before main is most of it. It is not timed here but counted: what
// they allocate, which is the same on every machine but for a few bytes.

// The whole start, and a package that has no row of its own below.
const (
	startBytes, startAllocs     = 650_000, 2600
	packageBytes, packageAllocs = 8 << 10, 64
)

// starters are the packages that allocate more than others when the program
// starts, with the most that they may.
var starters = [...]struct {
	path          string
	bytes, allocs int
	why           string
}{
	{"compress/flate", 8 << 10, 64, "its fixed codes"},
	{"encoding/xml", 24 << 10, 64, "HTML's entities"},
	{"github.com/andybalholm/cascadia", 8 << 10, 96, "under goquery"},
	{"github.com/golang/snappy", 16 << 10, 64, "under zapx"},
	{"github.com/google/jsonschema-go/jsonschema", 96 << 10, 400, "the fields of its own type; verify needs it"},
	{"github.com/klauspost/compress/flate", 32 << 10, 64, "its fixed codes"},
	{"go.yaml.in/yaml/v4", 32 << 10, 320, "under invopop/jsonschema"},
	{"golang.org/x/net/html", 144 << 10, 64, "HTML's entities"},
	{"golang.org/x/text/encoding/htmlindex", 16 << 10, 64, "names of encodings"},
	{"google.golang.org/protobuf/internal/encoding/json", 16 << 10, 160, "under parquet-go"},
	{"google.golang.org/protobuf/types/known/wrapperspb", 12 << 10, 64, "under parquet-go"},
	{"html/template", 24 << 10, 128, "its tables"},
	{"unicode", 16 << 10, 64, "names of scripts"},
	{"zhize/extract/charset", 12 << 10, 64, "a bit for every frequent character"},
	{"zhize/extract/outline", 12 << 10, 160, "sets of marks"},
	{"zhize/extract/outline/lexicon", 12 << 10, 128, "sets of marks, and lists that are not made yet"},
	{"zhize/extract/outline/marker", 24 << 10, 96, "classes of characters"},
	{"zhize/extract/markup", 8 << 10, 96, "selectors"},
	{"zhize/normalize", 40 << 10, 64, "bits for sets of characters"},
}

// TestStart counts what packages allocate before main.
func TestStart(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	bin := filepath.Join(t.TempDir(), "zhize")
	if runtime.GOOS == "windows" {
		bin += ".exe"
	}
	build := exec.Command("go", "build", "-o", bin, "./cmd/zhize")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	run := exec.Command(bin, "version")
	run.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	var trace strings.Builder
	run.Stderr = &trace
	if err := run.Run(); err != nil {
		t.Fatal(err)
	}
	packages, bytes, allocs := 0, 0, 0
	for line := range strings.Lines(trace.String()) {
		// init zhize/normalize @3.1 ms, 0.034 ms clock, 28888 bytes, 26 allocs
		var path string
		var at, took float64
		var b, n int
		if _, err := fmt.Sscanf(line, "init %s @%f ms, %f ms clock, %d bytes, %d allocs", &path, &at, &took, &b, &n); err != nil {
			continue
		}
		packages, bytes, allocs = packages+1, bytes+b, allocs+n
		mostBytes, mostAllocs := packageBytes, packageAllocs
		for _, s := range starters {
			if s.path == path {
				mostBytes, mostAllocs = s.bytes, s.allocs
			}
		}
		if b > mostBytes || n > mostAllocs {
			t.Errorf("%s allocates %d bytes in %d pieces at every start of the program, not %d in %d: make it at its first use (sync.OnceValue, internal/lazyregexp), or give it a row with a reason", path, b, n, mostBytes, mostAllocs)
		}
	}
	if packages < 50 {
		t.Fatalf("%d packages in the trace:\n%s", packages, trace.String())
	}
	if bytes > startBytes || allocs > startAllocs {
		t.Errorf("a start allocates %d bytes in %d pieces, not %d in %d", bytes, allocs, startBytes, startAllocs)
	}
}

// TestLazyRegexps finds the regular expressions of the module: none is compiled
// at the start of the program, and those that wait for their first use are good.
func TestLazyRegexps(t *testing.T) {
	found := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "."):
			return fs.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			vars, ok := decl.(*ast.GenDecl)
			if !ok {
				continue
			}
			ast.Inspect(vars, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				switch name := called(call); name {
				case "regexp.MustCompile":
					t.Errorf("%s compiles a regular expression at every start of the program: use internal/lazyregexp", path)
				case "lazyregexp.New":
					found++
					if err := compiles(call); err != nil {
						t.Errorf("%s: %v", path, err)
					}
				}
				return true
			})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("%d regular expressions wait for their use", found)
	}
}

// called is the name of a function of another package that is called.
func called(call *ast.CallExpr) string {
	if f, ok := call.Fun.(*ast.SelectorExpr); ok {
		if pkg, ok := f.X.(*ast.Ident); ok {
			return pkg.Name + "." + f.Sel.Name
		}
	}
	return ""
}

// compiles tries the expression of a call of lazyregexp.New, which is a literal.
func compiles(call *ast.CallExpr) error {
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok {
		return fmt.Errorf("an expression of lazyregexp.New is no literal")
	}
	expr, err := strconv.Unquote(literal.Value)
	if err == nil {
		_, err = regexp.Compile(expr)
	}
	return err
}
