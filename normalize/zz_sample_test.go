package normalize_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"sort"
	"strings"
	"testing"

	"zhize"
	"zhize/document"
)

func TestZZSample(t *testing.T) {
	f, err := os.Open("../../shared/data/postings.jsonl.gz")
	if err != nil {
		t.Skip(err)
	}
	z, _ := gzip.NewReader(f)
	sc := bufio.NewScanner(z)
	sc.Buffer(make([]byte, 1<<20), 1<<24)
	by := map[string][]string{}
	sug := map[string][]string{}
	n := 0
	for sc.Scan() {
		var r struct{ Text string }
		json.Unmarshal(sc.Bytes(), &r)
		d, err := zhize.Process(zhize.Input{URI: "x", Data: []byte(r.Text), MediaType: "text/plain", Charset: "utf-8"}, nil)
		if err != nil {
			continue
		}
		n++
		show := func(e document.Edit) string {
			a, b := max(0, e.Span.Start-36), min(len(d.Source), e.Span.End+36)
			return strings.ReplaceAll(fmt.Sprintf("%s⟦%s→%s⟧%s   {%s}", strings.ToValidUTF8(d.Source[a:e.Span.Start], ""), e.Before, e.After, strings.ToValidUTF8(d.Source[e.Span.End:b], ""), e.Evidence.Basis), "\n", "⏎")
		}
		for _, e := range d.Edits {
			by[e.Rule] = append(by[e.Rule], show(e))
		}
		for _, e := range d.Suggested {
			sug[e.Rule] = append(sug[e.Rule], show(e))
		}
	}
	o, _ := os.Create("/tmp/sample/all.txt")
	defer o.Close()
	var names []string
	for k := range by {
		names = append(names, k)
	}
	sort.Strings(names)
	rnd := rand.New(rand.NewSource(7))
	for _, k := range names {
		l := by[k]
		rnd.Shuffle(len(l), func(i, j int) { l[i], l[j] = l[j], l[i] })
		w, _ := os.Create("/tmp/sample/" + k + ".txt")
		for _, s := range l {
			fmt.Fprintln(w, s)
		}
		w.Close()
		fmt.Fprintln(o, k, len(l))
	}
	for k, l := range sug {
		w, _ := os.Create("/tmp/sample/suggest-" + k + ".txt")
		for _, s := range l {
			fmt.Fprintln(w, s)
		}
		w.Close()
		fmt.Fprintln(o, "suggest", k, len(l))
	}
	fmt.Fprintln(o, n)
}
