package evaluate

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// tester is what a test and a property have in common.
type tester interface {
	Helper()
	Fatal(args ...any)
}

func readFloors(t tester, table string) *Floors {
	t.Helper()
	f, err := ReadFloors(strings.NewReader(table))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func written(t tester, f *Floors) string {
	t.Helper()
	var b strings.Builder
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// with gives figures of which all are the best but those that are named.
func with(worse map[string]float64) Figures {
	var out Figures
	for i, f := range figures {
		out[i] = f.best()
		if v, ok := worse[f.name]; ok {
			out[i] = v
		}
	}
	return out
}

const table = "page\titem_f1\tnoise\nb.html\t0.900\t0.100\nall\t0.5\t0.2\n"

func TestFloorsHold(t *testing.T) {
	for _, c := range []struct {
		name string
		page string
		got  Figures
		want []string
	}{
		{"at the floors", "b.html", with(map[string]float64{"item_f1": .9, "noise": .1, "kind": 0}), nil},
		{"over them", "b.html", with(nil), nil},
		{"under one", "b.html", with(map[string]float64{"item_f1": .8999}), []string{"b.html: item_f1 is 0.899, its floor 0.900"}},
		{"over that of noise", "b.html", with(map[string]float64{"item_f1": .1, "noise": .10001}),
			[]string{"b.html: item_f1 is 0.100, its floor 0.900", "b.html: noise is 0.101, its floor 0.100"}},
		{"the mean", MeanRow, with(map[string]float64{"item_f1": .4}), []string{"all: item_f1 is 0.400, its floor 0.500"}},
		{"a page without floors", "c.html", with(nil), []string{"c.html has no floors; an update gives it some"}},
		{"a name that no table can hold", "c\t.html", with(nil), []string{`"c\t.html" has a tab or a line end in its name, and can have no floors`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := readFloors(t, table)
			if diff := cmp.Diff(c.want, f.Hold(c.page, c.got, false)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got, want := written(t, f), written(t, readFloors(t, table)); got != want {
				t.Errorf("the floors are now\n%s", got)
			}
		})
	}
}

func TestFloorsRaise(t *testing.T) {
	f := readFloors(t, table)
	if !f.Pages() || !slices.Equal(f.Unheld(), []string{"b.html", "all"}) {
		t.Errorf("%v %q", f.Pages(), f.Unheld())
	}
	wrong := f.Hold("b.html", with(map[string]float64{"item_f1": .89, "noise": .0501}), true)
	wrong = append(wrong, f.Hold("a.html", with(map[string]float64{"item_f1": 2.0 / 3, "noise": 1.0 / 3}), true)...)
	wrong = append(wrong, f.Hold("a.html", with(nil), true)...)
	want := []string{"b.html: item_f1 is 0.890, its floor 0.900", "two pages are named a.html, and floors belong to one"}
	if diff := cmp.Diff(want, wrong); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if !slices.Equal(f.Unheld(), []string{"all"}) {
		t.Errorf("not held: %q", f.Unheld())
	}
	after := "page\titem_f1\tnoise\na.html\t0.666\t0.334\nall\t0.500\t0.200\nb.html\t0.900\t0.051\n"
	if got := written(t, f); got != after {
		t.Errorf("the floors are now\n%s", got)
	}
}

func TestFloorsFromNothing(t *testing.T) {
	f := readFloors(t, "")
	if !f.Pages() {
		t.Error("an empty table is not for pages")
	}
	f.Hold("a.html", with(nil), true)
	if want := "page\t" + strings.Join(Names(), "\t") + "\na.html" + strings.Repeat("\t1.000", 8) + "\t0.000" + strings.Repeat("\t1.000", 3) + "\n"; written(t, f) != want {
		t.Errorf("%q, want %q", written(t, f), want)
	}
	if readFloors(t, "page\ttitle\nall\t0.5\n").Pages() {
		t.Error("a table with nothing but the mean is for pages")
	}
}

// TestFloorsAreARatchet: figures of any order of runs leave floors that no run
// was better than, that were never lowered, and that the best run keeps.
func TestFloorsAreARatchet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := readFloors(t, "")
		for range rapid.IntRange(1, 5).Draw(t, "runs") {
			var got Figures
			for i := range got {
				got[i] = rapid.Float64Range(0, 1).Draw(t, figures[i].name)
			}
			before := readFloors(t, written(t, f))
			f = readFloors(t, written(t, f))
			under := f.Hold("a", got, true)
			again := readFloors(t, written(t, f))
			if wrong := again.Hold("a", got, false); len(wrong) != len(under) {
				t.Fatalf("%q, and with raised floors %q", under, wrong)
			}
			if len(before.rows) == 0 {
				continue
			}
			for i, floor := range again.rows[0].floors {
				if figures[i].gain(floor, before.rows[0].floors[i]) < 0 {
					t.Fatalf("%s was lowered from %v to %v", figures[i].name, before.rows[0].floors[i], floor)
				}
			}
		}
	})
}

func TestReadFloorsErrors(t *testing.T) {
	for table, want := range map[string]string{
		"site\titem_f1\n":                           `line 1: floors begin with a line of "page"`,
		"page\n":                                    "line 1: floors begin",
		"page\tf1\n":                                `line 1: there is no figure "f1"; they are item_p, `,
		"page\tkind\na\n":                           "line 2: a has 0 floors; the first line names 1 figures",
		"page\tkind\na\t1\n\na\t1\n":                "line 4: a has a row already",
		"page\tkind\r\na\t0.5 \r\n":                 `line 2: a: "0.5 " is no number from 0 to 1`,
		"page\tkind\na\t1.1\n":                      "is no number from 0 to 1",
		"page\tkind\na\tNaN\n":                      "is no number from 0 to 1",
		"page\tkind\n" + strings.Repeat("a", 1<<20): "too long",
	} {
		if _, err := ReadFloors(strings.NewReader(table)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.30q: %v", table, err)
		}
	}
}
