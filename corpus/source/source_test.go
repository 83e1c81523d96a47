package source

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// read lists what inputs give: "uri=text" or "uri!reason", with the folder cut off.
func read(t *testing.T, dir string, o Options) ([]string, *Set) {
	t.Helper()
	s, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	err = s.Each(context.Background(), func(e Entry) error {
		if e.Reject != nil {
			got = append(got, strings.TrimPrefix(e.Reject.URI, dir+"/")+"!"+e.Reject.Reason)
		} else {
			got = append(got, strings.TrimPrefix(e.Page.URI, dir+"/")+"="+string(e.Page.Data))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, s
}

func zipped(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestFolders(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a/b.html": "1", "a-b.txt": "2", "a.htm": "3", "ab": "4", "c/pic.PNG": "x", "c/.hidden.txt": "x", ".git/x.txt": "x",
		"c/odd.xyz": "5", "old/" + LockName: "", "old/partial-0001/pages.jsonl": `{"text":"x"}`,
		"lost/pages.jsonl": `{"schema":"zhize/1","id":"`, "lost/x.txt": "x", "stray/" + LockName: "", "stray/x.txt": "7", "moved/manifest.json": "{\n  \"schema\": \"zhize/1\",\n",
		"moved/x.txt": "x", "z/manifest.json": "{}", "z/y.md": "6", "z/b.docx": "8", "z/b.doc": "x",
	})
	if err := os.Symlink(filepath.Join(dir, "ab"), filepath.Join(dir, "link.txt")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	got, s := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{"a-b.txt=2", "a.htm=3", "a/b.html=1", "ab=4", "c/odd.xyz=5", "stray/x.txt=7", "z/b.docx=8", "z/y.md=6"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pages:\n%s", diff)
	}
	skipped := map[string]int{".png": 1, "(hidden)": 3, "(link)": 2, "(output)": 3, ".json": 1, ".doc": 1}
	if diff := cmp.Diff(skipped, s.Skipped()); diff != "" {
		t.Errorf("skipped:\n%s", diff)
	}
	totals, err := s.Scan(context.Background())
	if err != nil || totals != (Totals{Pages: 8, Bytes: 8}) || s.BytesRead() != 8 {
		t.Errorf("scan %+v, %v; read %d", totals, err, s.BytesRead())
	}
	got, s = read(t, dir, Options{Inputs: []string{filepath.Join(dir, "z"), filepath.Join(dir, "z/y.md"), dir, filepath.Join(dir, "link.txt")}})
	if len(got) != 9 || got[0] != "z/b.docx=8" || got[8] != "link.txt=4" || s.Skipped()["(repeated)"] != 3 {
		t.Errorf("inputs that overlap: %q, %v", got, s.Skipped())
	}
}

func TestNames(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"x\ny.txt": "1", "bad\xff.txt": "2", "bad\xfe.txt": "3"})
	got, _ := read(t, dir, Options{Inputs: []string{dir + "/./"}})
	want := []string{"bad\ufffdFE.txt=3", "bad\ufffdFF.txt=2", "x\ny.txt=1"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("names:\n%s", diff)
	}
}

func TestRows(t *testing.T) {
	dir := t.TempDir()
	rows := "\ufeff" + `{"text":"一","url":"u1"}` + "\r\n\n" + `{"text":"","html":"<p>","id":7}` + "\n{bad\n" + `"text"` + "\nnull\n" +
		`{"text":3}` + "\n" + `{"body":"末","uri":"u2"}`
	write(t, dir, map[string]string{"a.jsonl": rows, "b.ndjson.gz": zipped(t, rows), "c.jsonl.gz": "no gzip", "d.jsonl.gz": zipped(t, rows)[:60]})
	got, _ := read(t, dir, Options{Inputs: []string{dir}})
	want := []string{
		"u1=一", "a.jsonl#7=<p>", "a.jsonl#L4!bad-json", "a.jsonl#L5!bad-json", "a.jsonl#L6!bad-json", "a.jsonl#L7!no-field", "u2=末",
		"u1=一", "b.ndjson.gz#7=<p>", "b.ndjson.gz#L4!bad-json", "b.ndjson.gz#L5!bad-json", "b.ndjson.gz#L6!bad-json", "b.ndjson.gz#L7!no-field", "u2=末",
		"c.jsonl.gz!bad-gzip",
	}
	if len(got) <= len(want) || !strings.HasSuffix(got[len(got)-1], "!bad-gzip") {
		t.Fatalf("a cut file is not told: %q", got)
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("rows:\n%s", diff)
	}
}

func TestNamedFields(t *testing.T) {
	row := `{"text":"usual","raw":"<p>","plain":"p","where":"w","name":"n"}` + "\n"
	for _, c := range []struct {
		fields             Fields
		text, media, title string
	}{
		{Fields{}, "usual", "text/plain", ""},
		{Fields{HTML: "raw", URL: "where", Title: "name"}, "<p>", "text/html", "n"},
		{Fields{Text: "plain"}, "p", "text/plain", ""},
		{Fields{Text: "absent", HTML: "raw"}, "<p>", "text/html", ""},
	} {
		s, err := Open(Options{Inputs: []string{"-"}, Stdin: strings.NewReader(row), Fields: c.fields})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Each(context.Background(), func(e Entry) error {
			p := e.Page
			if string(p.Data) != c.text || p.MediaType != c.media || p.Title != c.title || p.Charset != "utf-8" || (c.fields.URL != "") != (p.URI == "w") {
				t.Errorf("%+v gives %+v, %v", c.fields, p, e.Reject)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestStdin(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"职责\n1、一", []string{"-=职责\n1、一"}},
		{"", []string{"-="}},
		{"{职责}", []string{"-={职责}"}},
		{`{"text":"a"}` + "\nb\n", []string{"-#L1=a", "-#L2!bad-json"}},
		{` {"text":"` + strings.Repeat("长", peek) + `"}`, []string{"-#L1=" + strings.Repeat("长", peek)}},
	} {
		got, _ := read(t, "", Options{Inputs: []string{"-"}, Stdin: strings.NewReader(c.in)})
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%.40q:\n%s", c.in, diff)
		}
	}
}

func TestMojibakeIsFlagged(t *testing.T) {
	s, err := Open(Options{Inputs: []string{"-"}, Stdin: strings.NewReader("{\"text\":\"a\xffb\"}\n")})
	if err != nil {
		t.Fatal(err)
	}
	err = s.Each(context.Background(), func(e Entry) error {
		if string(e.Page.Data) != "a\ufffdb" || len(e.Flags) != 1 {
			t.Errorf("entry %+v", e)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// endless gives a line that never ends until n bytes are through.
type endless struct{ n int }

func (e *endless) Read(p []byte) (int, error) {
	if e.n <= 0 {
		return 0, io.EOF
	}
	n := min(len(p), e.n)
	for i := range p[:n] {
		p[i] = 'x'
	}
	e.n -= n
	return n, nil
}

func TestLongLine(t *testing.T) {
	in := io.MultiReader(strings.NewReader(`{"text":"a"}`+"\n"), &endless{MaxLine + 1}, strings.NewReader("\n"+`{"text":"b"}`+"\n"))
	got, _ := read(t, "", Options{Inputs: []string{"-"}, Stdin: in})
	if diff := cmp.Diff([]string{"-#L1=a", "-#L2!too-large", "-#L3=b"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestUnreadable(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "1", "gone.txt": "2", "shut/b.txt": "3", "z.txt": "4"})
	s, err := Open(Options{Inputs: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	root := os.Geteuid() == 0
	if !root {
		if err := os.Chmod(filepath.Join(dir, "shut"), 0); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(filepath.Join(dir, "shut"), 0o755)
	}
	var got []string
	err = s.Each(context.Background(), func(e Entry) error {
		if e.Reject == nil {
			got = append(got, string(e.Page.Data))
			return os.RemoveAll(filepath.Join(dir, "gone.txt"))
		}
		got = append(got, e.Reject.Reason)
		return nil
	})
	want := []string{"1", "vanished", "permission", "4"}
	if root {
		want[2] = "3"
	}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	for _, o := range []Options{
		{}, {Inputs: []string{filepath.Join(dir, "absent")}}, {Inputs: []string{"-"}},
		{Inputs: []string{"-", "-"}, Stdin: strings.NewReader("")},
	} {
		if _, err := Open(o); err == nil {
			t.Errorf("%q is taken", o.Inputs)
		}
	}
	if _, err := Open(Options{Inputs: []string{filepath.Join(dir, "absent")}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an absent input: %v", err)
	}
}

func TestEachStops(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "1", "b.txt": "2"})
	s, err := Open(Options{Inputs: []string{dir}})
	if err != nil {
		t.Fatal(err)
	}
	stop := errors.New("stop")
	n := 0
	if err := s.Each(context.Background(), func(Entry) error { n++; return stop }); !errors.Is(err, stop) || n != 1 {
		t.Errorf("%v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Each(ctx, func(Entry) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestStdinThatIsCancelled reads from a reader that fails when ctx ends, as
// the one of a terminal does. The reader may know of the end first.
func TestStdinThatIsCancelled(t *testing.T) {
	for i, begin := range []string{"", "1、一", `{"text":"a"}` + "\n", "", "1、一", `{"text":"a"}` + "\n"} {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		r, w := io.Pipe()
		go func() {
			_, _ = io.WriteString(w, begin)
			if i < 3 {
				cancel()
			}
			w.CloseWithError(context.Canceled)
		}()
		s, err := Open(Options{Inputs: []string{"-"}, Stdin: r})
		if err != nil {
			t.Fatal(err)
		}
		err = s.Each(ctx, func(e Entry) error {
			if e.Reject != nil {
				t.Errorf("%q: rejected: %+v", begin, e.Reject)
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%q: error %v", begin, err)
		}
	}
}

func TestMediaType(t *testing.T) {
	for name, want := range map[string]string{
		"a.HTML": "text/html", "a.txt": "text/plain", "a.md": "text/markdown", "a/b.Docx": wordDocument, "a.docm": wordDocument, "a.doc": "", "a": "", "a.jsonl": "",
	} {
		if got := MediaType(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// FuzzRows: every line that is not blank is a page or a reject, in order, with its
// place, whatever stands in it.
func FuzzRows(f *testing.F) {
	f.Add([]byte(`{"text":"一","url":"u","title":"t"}` + "\n\n[1]\n{\"text\":5}\r\n{\"html\":\"<p>\\ud83d\"}"))
	f.Add([]byte("\ufeff{\"content\":\"\\u0000\"}\n{bad\n\x00\n" + `{"text":"a"}{"text":"b"}`))
	f.Add([]byte(`{"text":"a","text":"b","x":{"y":[{"z":1e999}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzed(t, "a.jsonl", data)
		lines := 0
		for line := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) {
			if len(bytes.TrimSpace(line)) > 0 {
				lines++
			}
		}
		s, err := Open(Options{Inputs: []string{"-"}, Stdin: strings.NewReader("")})
		if err != nil {
			t.Fatal(err)
		}
		s.skipped = map[string]int{}
		in := input{uri: "a.jsonl", kind: kindOf("a.jsonl"), r: bytes.NewReader(data), size: int64(len(data))}
		if err := s.open(context.Background(), in, func(Entry) error { lines--; return nil }); err != nil {
			t.Fatal(err)
		}
		if lines != 0 {
			t.Errorf("%d lines are neither page nor reject", lines)
		}
	})
}
