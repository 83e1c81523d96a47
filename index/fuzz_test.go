package index

import (
	"context"
	"errors"
	"testing"

	"zhize/index/query"
)

// FuzzSearch: any query gives a result whose numbers fit, or a syntax error.
func FuzzSearch(f *testing.F) {
	x := open(f, corpus(f, "testdata/duties.txt"))
	for _, q := range []string{"客户 回访", `"户关"`, "java* OR c++", "-title:经理 kind:职责", "（數據）", `\" 税`, "a*", "“、税”"} {
		f.Add(q, uint8(0))
	}
	f.Fuzz(func(t *testing.T, q string, by uint8) {
		req := Request{
			Query: q, Limit: 50, Facets: []string{"kind"},
			GroupBy: []string{"duty", "position", "page"}[by%3], Sort: []string{"score", "number", "page"}[by/3%3],
		}
		res, err := x.Search(context.Background(), req)
		if err != nil {
			var syntax *query.SyntaxError
			if !errors.As(err, &syntax) {
				t.Fatalf("%q: %v", q, err)
			}
			return
		}
		if len(res.Hits) != res.Total || res.Total > 37 {
			t.Fatalf("%q: %d hits of %d", q, len(res.Hits), res.Total)
		}
		for _, h := range res.Hits {
			last, n := 0, len([]rune(h.Text))
			for _, s := range h.Highlights {
				if s[0] < last || s[1] <= s[0] || s[1] > n {
					t.Fatalf("%q: %v in %q", q, h.Highlights, h.Text)
				}
				last = s[1] + 1
			}
		}
	})
}
