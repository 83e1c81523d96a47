package zhize_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"zhize"
	"zhize/document"
	"zhize/evidence"
	"zhize/hanzi"
	"zhize/normalize/similar"
)

// The figures that rule slip must reach, on slips that were put into clean duties
// and on clean duties that the evidence has not seen.
const (
	leastPrecision = 0.995  // of what is changed
	leastRecall    = 0.8    // of slips whose surroundings stand in three other clusters
	mostChanged    = 0.0002 // of clean duties
)

// supported is in how many clusters every context of a character must stand, its
// own among them, to count for the recall.
const supported = 4

// TestSlipGate puts slips into the duties of testdata/pages, and of real postings
// where they are at hand.
func TestSlipGate(t *testing.T) {
	t.Run("testdata", func(t *testing.T) {
		names, err := filepath.Glob("testdata/pages/*")
		if err != nil || len(names) < 100 {
			t.Fatalf("testdata/pages: %d, %v", len(names), err)
		}
		var pages [][]byte
		for _, name := range names {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			pages = append(pages, data)
		}
		slipGate(t, pages, 1500, 0)
	})
	t.Run("postings", func(t *testing.T) {
		if testing.Short() {
			t.Skip("takes some seconds")
		}
		slipGate(t, postings(t), 6000, 500)
	})
}

func postings(t *testing.T) [][]byte {
	t.Helper()
	f, err := os.Open("../shared/data/postings.jsonl.gz")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the real postings are not here")
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var pages [][]byte
	rows := json.NewDecoder(bufio.NewReader(z))
	for rows.More() {
		var row struct{ Text string }
		if err := rows.Decode(&row); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, []byte(row.Text))
	}
	return pages
}

// judged are words of postings whose changes were read and found right: slips that
// their writers made.
var judged = []string{"熟炼", "薪筹", "健模", "搜素", "攒写", "兵乓", "队例", "结构语算法", "撑握", "忧化", "公具"}

// slipGate measures rule slip on n slips put into the pages' duties, of which
// least or more stand in other clusters, and on the pages of each fifth with what
// the others teach.
func slipGate(t *testing.T, pages [][]byte, n, least int) {
	items := make([][]string, len(pages))
	for i, p := range pages {
		d, err := zhize.Process(zhize.Input{URI: "page", Data: p}, nil)
		if err != nil {
			continue // a page that is rejected teaches nothing
		}
		items[i] = pageItems(d)
	}
	e := learn(t, slices.Concat(items...))
	all := zhize.Knowledge{Corpus: e}.Evidence()
	rng := rand.New(rand.NewPCG(1, 2))
	texts := slices.Concat(items...)
	var injected, fixed, suggested, eligible, reached, wrong int
	for injected < n {
		text := []rune(texts[rng.IntN(len(texts))])
		if len(text) < 8 {
			continue
		}
		k := rng.IntN(len(text))
		like := similar.Of(text[k])
		if len(like) == 0 {
			continue
		}
		injected++
		bad := slices.Clone(text)
		bad[k] = like[rng.IntN(len(like))].Rune
		before := slipsOf(t, string(text), all)
		after := slipsOf(t, string(bad), all)
		right := false
		for _, x := range after.made {
			switch {
			case x == string(bad[k])+">"+string(text[k]):
				right = true
			case !slices.Contains(before.made, x):
				wrong++
				t.Logf("%s, damaged from %c: %s", string(bad), text[k], x)
			}
		}
		if right {
			fixed++
		} else if slices.Contains(after.suggested, string(bad[k])+">"+string(text[k])) {
			suggested++
		}
		if stands(e, text, k) {
			eligible++
			if right {
				reached++
			}
		}
	}
	precision, recall := float64(fixed)/float64(max(fixed+wrong, 1)), float64(reached)/float64(max(eligible, 1))
	t.Logf("%d slips put in, %d repaired, %d suggested, %d changed wrongly: precision %.4f; %d of %d that stand in three other clusters: recall %.3f",
		injected, fixed, suggested, wrong, precision, reached, eligible, recall)
	if precision < leastPrecision || recall < leastRecall || eligible < least {
		t.Errorf("precision %.4f, recall %.3f of %d", precision, recall, eligible)
	}

	const folds = 5
	changed, right, clean := 0, 0, 0
	for fold := range folds {
		from, to := fold*len(pages)/folds, (fold+1)*len(pages)/folds
		ev := zhize.Knowledge{Corpus: learn(t, slices.Concat(slices.Concat(items[:from]...), slices.Concat(items[to:]...)))}.Evidence()
		for i := from; i < to; i++ {
			d, err := zhize.Process(zhize.Input{URI: "page", Data: pages[i]}, ev)
			if err != nil {
				continue
			}
			clean += len(items[i])
			for _, x := range d.Edits {
				if !strings.Contains(x.Rule, "slip") {
					continue
				}
				if slices.ContainsFunc(judged, func(word string) bool { return liesIn(d.Source, x.Span, word) }) {
					right++
					continue
				}
				changed++
				t.Logf("%s → %s: %s", x.Before, x.After, around(d.Source, x.Span))
			}
		}
	}
	t.Logf("of %d duties that the evidence had not seen, %d changed rightly, %d (%.4f %%) wrongly", clean, right, changed, 100*float64(changed)/float64(clean))
	if rate := float64(changed) / float64(clean); rate > mostChanged {
		t.Errorf("%.4f %% of clean duties are changed", 100*rate)
	}
}

func learn(t *testing.T, texts []string) *evidence.Evidence {
	t.Helper()
	l := evidence.NewLearner(t.TempDir(), 0)
	for _, text := range texts {
		if err := l.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "evidence")
	if err := l.Write(path); err != nil {
		t.Fatal(err)
	}
	e, err := evidence.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

type found struct{ made, suggested []string }

// slipsOf are the slips of one duty.
func slipsOf(t *testing.T, text string, ev zhize.Evidence) found {
	t.Helper()
	d, err := zhize.Process(zhize.Input{URI: "page", Data: []byte("岗位职责：\n1、" + text + "\n2、完成其他工作。")}, ev)
	if err != nil {
		t.Fatal(err)
	}
	made, suggested := slips(d)
	return found{made, suggested}
}

// stands reports a character all of whose contexts stand in enough clusters.
func stands(e *evidence.Evidence, text []rune, k int) bool {
	for from := k - 2; from <= k; from++ {
		if from < 0 || from+3 > len(text) {
			return false
		}
		for _, r := range text[from : from+3] {
			if !hanzi.IsHan(hanzi.Sign(r)) {
				return false
			}
		}
		if n, _ := e.Clusters(string(text[from : from+3])); n < supported {
			return false
		}
	}
	return true
}

// liesIn reports a word of the source in which a span lies.
func liesIn(source string, s document.Span, word string) bool {
	for from := max(0, s.End-len(word)); from <= s.Start; from++ {
		if strings.HasPrefix(source[from:], word) {
			return true
		}
	}
	return false
}

// around is a span with some text on either side.
func around(source string, s document.Span) string {
	const most = 30
	from, to := max(0, s.Start-most), min(len(source), s.End+most)
	for from > 0 && !utf8.RuneStart(source[from]) {
		from--
	}
	for to < len(source) && !utf8.RuneStart(source[to]) {
		to++
	}
	return strings.ReplaceAll(source[from:to], "\n", "⏎")
}
