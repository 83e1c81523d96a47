// Gen writes generated pages and their answers.
//
//	go run ./internal/pagegen/gen -seed 1 -count 300 -o DIR [-noise 1] [-shapes body/form,charset/gb2312]
//	go run ./internal/pagegen/gen -seed 1 -count 200000 -jsonl FILE
//
// DIR/pages holds the pages, DIR/answers their answers under the same names,
// DIR/tags.tsv the name, the media type and the tags of each. With -jsonl one
// file holds a page a line, {"name","url","html"} or {"name","url","text"},
// always in UTF-8; "-" is the standard output. Pages are made on all processors
// and written in their order.
package main

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"zhize/internal/evaluate"
	"zhize/internal/pagegen"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	fs := flag.NewFlagSet("gen", flag.ExitOnError)
	seed := fs.Uint64("seed", 1, "the seed: the same seed gives the same pages")
	count := fs.Int("count", 100, "how many pages")
	first := fs.Int("first", 0, "the number of the first page")
	out := fs.String("o", "", "the folder to write")
	jsonl := fs.String("jsonl", "", "the JSONL file to write instead, - for standard output")
	shapes := fs.String("shapes", "", "names of shapes to keep to, with commas; \"help\" lists them")
	var o pagegen.Options
	fs.Float64Var(&o.Noise, "noise", 1, "scale of the rates of faults: 0 none, 1 as on real pages")
	fs.IntVar(&o.Bytes, "size", 0, "the least size of a page's text in bytes; 0 as drawn")
	fs.IntVar(&o.Articles, "articles", 0, "articles on a page; 0 as drawn")
	fs.IntVar(&o.Positions, "positions", 0, "positions in an article; 0 as drawn")
	fs.IntVar(&o.Sites, "sites", 0, "sites that the pages are of, each with lines of its own; 0 is none")
	fs.Float64Var(&o.Recurring, "recurring", 0, "share of duties that recur over pages")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *shapes == "help" {
		fmt.Println(strings.Join(pagegen.Shapes(), "\n"))
		return nil
	}
	if *shapes != "" {
		o.Shapes = strings.Split(*shapes, ",")
	}
	if (*out == "") == (*jsonl == "") {
		return fmt.Errorf("name either a folder with -o or a file with -jsonl")
	}
	if *jsonl != "" {
		// A JSON text is UTF-8: other encodings would say nothing there.
		o.Shapes = append(o.Shapes, "charset/utf-8")
	}
	g, err := pagegen.New(*seed, o)
	if err != nil {
		return err
	}
	if *jsonl != "" {
		return writeLines(g, *first, *count, *jsonl)
	}
	return writeFolder(g, *first, *count, *out)
}

// made is a page that waits for its turn.
type made struct {
	page   pagegen.Page
	answer evaluate.Answer
	line   []byte
}

// inOrder makes pages on all processors and hands them over in their order.
// finish runs beside others, write does not.
func inOrder(g *pagegen.Generator, first, count int, finish func(*made) error, write func(*made) error) error {
	const batch = 64
	type job struct {
		from, to int
		pages    []made
		err      error
		done     chan struct{}
	}
	workers := runtime.GOMAXPROCS(0)
	todo, order := make(chan *job), make(chan *job, 2*workers)
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for j := range todo {
				for i := j.from; i < j.to && j.err == nil; i++ {
					var m made
					m.page, m.answer = g.Page(i)
					j.err = finish(&m)
					j.pages = append(j.pages, m)
				}
				close(j.done)
			}
		})
	}
	wg.Go(func() {
		defer close(todo)
		defer close(order)
		for from := first; from < first+count; from += batch {
			j := &job{from: from, to: min(from+batch, first+count), done: make(chan struct{})}
			select {
			case order <- j:
				todo <- j
			case <-stop:
				return
			}
		}
	})
	var failed error
	for j := range order {
		<-j.done
		if failed != nil {
			continue
		}
		failed = j.err
		for i := range j.pages {
			if failed == nil {
				failed = write(&j.pages[i])
			}
		}
		if failed != nil {
			close(stop)
		}
	}
	wg.Wait()
	return failed
}

func writeFolder(g *pagegen.Generator, first, count int, dir string) error {
	pages, answers := filepath.Join(dir, "pages"), filepath.Join(dir, "answers")
	for _, d := range [...]string{pages, answers} {
		if err := os.MkdirAll(d, 0o755); err != nil {
			return err
		}
	}
	return writeFile(filepath.Join(dir, "tags.tsv"), func(tags io.Writer) error {
		finish := func(m *made) error {
			if err := os.WriteFile(filepath.Join(pages, m.page.Name), m.page.Data, 0o644); err != nil {
				return err
			}
			var b bytes.Buffer
			if err := m.answer.Encode(&b); err != nil {
				return err
			}
			stem := strings.TrimSuffix(m.page.Name, filepath.Ext(m.page.Name))
			return os.WriteFile(filepath.Join(answers, stem+".json"), b.Bytes(), 0o644)
		}
		return inOrder(g, first, count, finish, func(m *made) error {
			_, err := fmt.Fprintf(tags, "%s\t%s\t%s\n", m.page.Name, m.page.MediaType, strings.Join(m.page.Tags, " "))
			return err
		})
	})
}

// row is a line of the JSONL file.
type row struct {
	Name string `json:"name"`
	URL  string `json:"url"`
	HTML string `json:"html,omitempty"`
	Text string `json:"text,omitempty"`
}

func writeLines(g *pagegen.Generator, first, count int, name string) error {
	finish := func(m *made) error {
		r := row{Name: m.page.Name, URL: "https://" + cmp.Or(m.page.Host, "pages.example") + "/" + m.page.Name}
		if strings.HasPrefix(m.page.MediaType, "text/html") {
			r.HTML = string(m.page.Data)
		} else {
			r.Text = string(m.page.Data)
		}
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(r)
		m.line = b.Bytes()
		m.page.Data = nil
		return err
	}
	return writeFile(name, func(w io.Writer) error {
		return inOrder(g, first, count, finish, func(m *made) error {
			_, err := w.Write(m.line)
			return err
		})
	})
}

// writeFile writes a file under a temporary name in its folder, and gives it
// its own when it is whole. "-" is the standard output.
func writeFile(name string, write func(io.Writer) error) (err error) {
	if name == "-" {
		w := bufio.NewWriter(os.Stdout)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".gen-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	w := bufio.NewWriterSize(f, 1<<20)
	for _, step := range [...]func() error{
		func() error { return write(w) }, w.Flush, f.Sync, f.Close,
		func() error { return os.Chmod(f.Name(), 0o644) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return os.Rename(f.Name(), name)
}
