// Package judged rates a search against queries whose answers were judged by
// stated criteria, and knows nothing of how the search was done.
package judged

import (
	"cmp"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Duty is what a judgment looks at.
type Duty struct{ Text, Title, Kind string }

// Query is a judged query.
type Query struct {
	Group, Text string
	grades      []grade
}

// grade is what a duty is worth that meets all conditions.
type grade struct {
	worth      int
	conditions []condition
}

type condition struct {
	field   func(Duty) string
	pattern *regexp.Regexp
}

// fields are what conditions look at.
var fields = [...]struct {
	name string
	of   func(Duty) string
}{
	{"text", func(d Duty) string { return d.Text }},
	{"title", func(d Duty) string { return d.Title }},
	{"kind", func(d Duty) string { return d.Kind }},
}

// Parse reads a file of judged queries: "= group" begins a group, a line at the
// margin is a query, indented lines below it are its grades, best first: a
// number from 1 and pairs of a field (text, title, kind) and a pattern. The error
// names the line.
func Parse(data string) (list []Query, err error) {
	group, n := "", 0
	for line := range strings.Lines(data) {
		n++
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "= "):
			group = line[2:]
		case line[0] != '\t':
			list = append(list, Query{Group: group, Text: line})
		case len(list) == 0:
			return nil, fmt.Errorf("line %d: a grade without a query", n)
		default:
			g, err := parseGrade(strings.Fields(line))
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			q := &list[len(list)-1]
			q.grades = append(q.grades, g)
		}
	}
	for _, q := range list {
		if len(q.grades) == 0 {
			return nil, fmt.Errorf("the query %s has no grades", q.Text)
		}
	}
	return list, nil
}

func parseGrade(words []string) (g grade, err error) {
	if g.worth, err = strconv.Atoi(words[0]); err != nil || g.worth < 1 || len(words)%2 == 0 || len(words) == 1 {
		return g, fmt.Errorf("a grade is a number from 1 and pairs of a field and a pattern")
	}
	for pair := range slices.Chunk(words[1:], 2) {
		c := condition{}
		for _, f := range fields {
			if f.name == pair[0] {
				c.field = f.of
			}
		}
		if c.field == nil {
			return g, fmt.Errorf("there is no field %q", pair[0])
		}
		if c.pattern, err = regexp.Compile(pair[1]); err != nil {
			return g, err
		}
		g.conditions = append(g.conditions, c)
	}
	return g, nil
}

// Grade is what a duty is worth for the query: that of the first line that it
// meets, 0 for none.
func (q *Query) Grade(d Duty) int {
	for _, g := range q.grades {
		if !slices.ContainsFunc(g.conditions, func(c condition) bool { return !c.pattern.MatchString(c.field(d)) }) {
			return g.worth
		}
	}
	return 0
}

// Depth is how many hits are rated.
const Depth = 10

// Rating is how good the hits of a query are, each figure from 0 to 1.
type Rating struct {
	Best       int     // place of the first hit of the best grade, 0: it is not among the first Depth
	Recall1    float64 // 1 where it is the first hit
	Recall5    float64 // 1 where it is among the first five
	Reciprocal float64 // 1/Best
	NDCG       float64 // of the first Depth hits
}

// Rate rates the grades of the hits, best first, against those of all different
// duties. The best grade is the highest of any duty.
func Rate(hits, all []int) (r Rating) {
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b int) int { return cmp.Compare(b, a) })
	if len(all) == 0 || all[0] == 0 {
		return r
	}
	hits = hits[:min(len(hits), Depth)]
	if i := slices.Index(hits, all[0]); i >= 0 {
		r.Best, r.Reciprocal = i+1, 1/float64(i+1)
		r.Recall1, r.Recall5 = bit(i < 1), bit(i < 5)
	}
	r.NDCG = gain(hits) / gain(all[:min(len(all), Depth)])
	return r
}

func bit(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// gain is the discounted gain of grades in their order: (2^grade - 1) / log2(place + 1).
func gain(grades []int) (sum float64) {
	for i, g := range grades {
		sum += (math.Exp2(float64(g)) - 1) / math.Log2(float64(i+2))
	}
	return sum
}
