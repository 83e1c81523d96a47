package normalize_test

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"zhize/document"
	"zhize/normalize"
)

// eachPosting runs f over the texts of the shared job postings, or skips the
// test if they are not there.
func eachPosting(t *testing.T, f func(text string)) {
	t.Helper()
	path := filepath.Join("..", "..", "shared", "data", "postings.jsonl.gz")
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("no job postings at %s", path)
	}
	defer file.Close()
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var posting struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &posting); err != nil {
			t.Fatal(err)
		}
		f(posting.Text)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
}

// letters are the letters and digits of a text in order: what no rule but
// those on readings and converted characters may touch.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// TestPostingsKeepTheirWords runs the tables over real postings, which have
// neither readings nor converted characters and hardly a reference of HTML: every letter and every digit
// stays where it is, and the tables come to rest.
func TestPostingsKeepTheirWords(t *testing.T) {
	counts := map[string]int{}
	eachPosting(t, func(text string) {
		first := text
		for round := 0; ; round++ {
			if round == maxRounds {
				t.Errorf("not at rest after %d rounds: %.80q", maxRounds, first)
				break
			}
			edits, _ := normalize.Characters(text, dictionary{})
			if len(edits) == 0 {
				part := normalize.Part{Span: document.Span{End: len(text)}, Followed: true}
				edits, _ = normalize.Texts(text, []normalize.Part{part}, dictionary{})
			}
			if len(edits) == 0 {
				break
			}
			for _, e := range edits {
				counts[e.Rule]++
				if letters(html.UnescapeString(e.Before)) != letters(e.After) {
					t.Errorf("%s takes %q for %q in %.80q", e.Rule, e.After, e.Before, first)
				}
			}
			after, err := document.Apply(text, edits)
			if err != nil {
				t.Fatal(err)
			}
			text = after
		}
		if letters(html.UnescapeString(first)) != letters(text) {
			t.Errorf("%.80q lost or won letters", first)
		}
	})
	for _, r := range normalize.Rules() {
		if n := counts[r.Name]; n > 0 {
			t.Logf("%6d %s", n, r.Name)
		}
	}
}
