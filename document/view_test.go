package document

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func view(t interface{ Fatal(...any) }, source string, edits []Edit) View {
	v, err := NewView(source, edits)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestViewSource(t *testing.T) {
	//              0  3 4  7 8
	const source = "一 二,三"
	v := view(t, source, []Edit{ed(0, 0, "", "《"), ed(3, 4, " ", ""), ed(7, 8, ",", "，然后")})
	if v.Text != "《一二，然后三" {
		t.Fatal(v.Text)
	}
	for _, c := range []struct {
		view, source string // parts of both texts
		of           string // the part of the view that shows source
	}{
		{"一", "一 ", "一"}, // what was deleted behind belongs to it
		{"二", "二", "二"},
		{"三", "三", "三"},
		{"，", ",", "，然后"},
		{"然", ",", "，然后"},
		{"二，", "二,", "二，然后"},
		{"后三", ",三", "，然后三"},
		{"一二", "一 二", "一二"},
		{"《", "", ""},
		{"《一", "一 ", "《一"},
	} {
		i := strings.Index(v.Text, c.view)
		got := v.Source(Span{i, i + len(c.view)})
		if got.Of(source) != c.source {
			t.Errorf("%s came from %q, want %q", c.view, got.Of(source), c.source)
		}
		if of := v.Of(got); !got.Empty() && !strings.HasSuffix(of.Of(v.Text), c.of) {
			t.Errorf("%q is shown by %q, want %q", c.source, of.Of(v.Text), c.of)
		}
	}
}

// TestViewMaps: text that no edit touched maps exactly both ways, and every
// span of the view lies inside what shows its source.
func TestViewMaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := drawText(t, "source")
		edits := drawLedger(t, source, "r")
		v := view(t, source, edits)
		s := drawSpan(t, v.Text, "span")
		src := v.Source(s)
		if src.Start < 0 || src.End < src.Start || src.End > len(source) || !boundary(source, src.Start) || !boundary(source, src.End) {
			t.Fatalf("%v of the view is %v", s, src)
		}
		for i, e := range edits { // what is inserted behind s goes with what follows
			if e.Span.Empty() && v.at[i] < s.End && s.End <= v.at[i]+len(e.After) {
				s.End = v.at[i]
			}
		}
		if !s.Empty() && !src.Empty() && !v.Of(src).Contains(s) {
			t.Fatalf("%v came from %v, which %v shows; edits %v", s, src, v.Of(src), edits)
		}
		// What of the source lies between two edits.
		at, shift := 0, 0
		for i := 0; i <= len(edits); i++ {
			end := len(source)
			if i < len(edits) {
				end = edits[i].Span.Start
			}
			if kept := (Span{at, end}); !kept.Empty() {
				in := drawSpan(t, kept.Of(source), "kept")
				in = Span{at + in.Start, at + in.End}
				if in.Empty() {
					in = kept
				}
				want := Span{in.Start + shift, in.End + shift}
				got := v.Of(in)
				if i > 0 && in.Start == at && edits[i-1].Span.Empty() { // what was inserted before it goes with it
					got.Start += len(edits[i-1].After)
				}
				if got != want {
					t.Fatalf("%v is shown by %v, want %v", in, got, want)
				}
				got = v.Source(want)
				if got.Start != in.Start || got.Of(source)[:in.Len()] != in.Of(source) {
					t.Fatalf("%v came from %v, want %v", want, got, in)
				}
				if rest := (Span{in.End, got.End}); !rest.Empty() && !deletedBy(edits, rest) {
					t.Fatalf("%v came from %v, want %v and what was deleted behind", want, got, in)
				}
			}
			if i < len(edits) {
				at = edits[i].Span.End
				shift += len(edits[i].After) - len(edits[i].Before)
			}
		}
	})
}

// deletedBy reports whether edits delete all of s.
func deletedBy(edits []Edit, s Span) bool {
	d := &Document{Edits: edits}
	c := checker{d: d}
	return c.deleted(s)
}

// TestViewOrder: spans of the view that follow each other come from spans of
// the source that do.
func TestViewOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := drawText(t, "source")
		v := view(t, source, drawLedger(t, source, "r"))
		at := cuts(v.Text)
		p := slices.Sorted(slices.Values([]int{
			rapid.SampledFrom(at).Draw(t, "a"), rapid.SampledFrom(at).Draw(t, "b"), rapid.SampledFrom(at).Draw(t, "c"),
		}))
		for _, cut := range v.edits {
			i := slices.IndexFunc(v.edits, func(e Edit) bool { return e.Span == cut.Span })
			if v.at[i] < p[1] && p[1] < v.at[i]+len(cut.After) {
				return // the border lies inside a replacement, which both sides show
			}
		}
		a, b := v.Source(Span{p[0], p[1]}), v.Source(Span{p[1], p[2]})
		if a.End > b.Start && !a.Empty() && !b.Empty() {
			t.Fatalf("%v and %v of %q come from %v and %v", Span{p[0], p[1]}, Span{p[1], p[2]}, v.Text, a, b)
		}
	})
}

func TestFold(t *testing.T) {
	for _, c := range []struct {
		name, source string
		own          []Edit
		over         []Edit // in the view
		want         []Edit
	}{
		{"apart", "一二三", []Edit{ed(0, 3, "一", "")}, []Edit{ed(3, 6, "三", "叁")}, []Edit{ed(0, 3, "一", ""), ed(6, 9, "三", "叁")}},
		{"a deletion behind stays its own", "一,,", []Edit{ed(4, 5, ",", "")}, []Edit{ed(3, 4, ",", "，")}, []Edit{ed(3, 4, ",", "，"), ed(4, 5, ",", "")}},
		{"a deletion before stays its own", ",,一", []Edit{ed(0, 1, ",", "")}, []Edit{ed(0, 1, ",", "，")}, []Edit{ed(0, 1, ",", ""), ed(1, 2, ",", "，")}},
		{"undone", "一,", []Edit{ed(3, 4, ",", "，")}, []Edit{ed(3, 6, "，", ",")}, nil},
		{"replaced again", "一,", []Edit{ed(3, 4, ",", "，")}, []Edit{ed(3, 6, "，", "。")}, []Edit{ed(3, 4, ",", "。")}},
		{"around a deletion", "一 二", []Edit{ed(3, 4, " ", "")}, []Edit{ed(0, 6, "一二", "三")}, []Edit{ed(0, 7, "一 二", "三")}},
		{"insertion where text was deleted", "一 二", []Edit{ed(3, 4, " ", "")}, []Edit{ed(3, 3, "", "x")}, []Edit{ed(3, 4, " ", "x")}},
		{"insertion before an insertion", "一", []Edit{ed(0, 0, "", "x")}, []Edit{ed(0, 0, "", "y")}, []Edit{ed(0, 0, "", "yx")}},
		{"insertion behind an insertion", "一", []Edit{ed(3, 3, "", "x")}, []Edit{ed(4, 4, "", "y")}, []Edit{ed(3, 3, "", "xy")}},
		{"insertions on both sides of one", "一", []Edit{ed(3, 3, "", "x")}, []Edit{ed(3, 3, "", "y"), ed(4, 4, "", "z")}, []Edit{ed(3, 3, "", "yxz")}},
		{"insertion inside a replacement", "一", []Edit{ed(0, 3, "一", "xy")}, []Edit{ed(1, 1, "", "z")}, []Edit{ed(0, 3, "一", "xzy")}},
		{"insertion before a replacement", "一", []Edit{ed(0, 3, "一", "xy")}, []Edit{ed(0, 0, "", "z")}, []Edit{ed(0, 0, "", "z"), ed(0, 3, "一", "xy")}},
		{"a chain", "一二三四", []Edit{ed(0, 3, "一", "ab"), ed(6, 9, "三", "cd")}, []Edit{ed(1, 6, "b二c", "x"), ed(6, 10, "d四", "")}, []Edit{ed(0, 12, "一二三四", "ax")}},
	} {
		v := view(t, c.source, c.own)
		got := v.Fold(c.source, c.over)
		if !slices.EqualFunc(got, c.want, func(a, b Edit) bool {
			return a.Span == b.Span && a.Before == b.Before && a.After == b.After
		}) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestFoldNamesBothRules(t *testing.T) {
	own := Edit{Rule: "width", Span: Span{0, 1}, Before: ",", After: "，", Confidence: 0.9}
	over := Edit{Rule: "doubled-mark", Span: Span{0, 3}, Before: "，", After: "。", Confidence: 0.8, Evidence: Evidence{Basis: "why"}}
	got := view(t, ",", []Edit{own}).Fold(",", []Edit{over})
	if len(got) != 1 || got[0].Rule != "width+doubled-mark" || got[0].Confidence != 0.8 || got[0].Evidence.Basis != "why" {
		t.Errorf("%+v", got)
	}
	again := view(t, ",", got).Fold(",", []Edit{{Rule: "width", Span: Span{0, 3}, Before: "。", After: ".", Confidence: 1}})
	if len(again) != 1 || strings.Count(again[0].Rule, "width") != 1 {
		t.Errorf("%+v", again)
	}
}

// TestFoldEquals: folding what was made in the view into the ledger gives one
// valid ledger that makes the same text and undoes to the same source.
func TestFoldEquals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		source := drawText(t, "source")
		v := view(t, source, drawLedger(t, source, "own"))
		for range rapid.IntRange(1, 3).Draw(t, "times") {
			over := drawLedger(t, v.Text, "over")
			want, err := Apply(v.Text, over)
			if err != nil {
				t.Fatal(err)
			}
			folded := v.Fold(source, over)
			next, err := NewView(source, folded)
			if err != nil {
				t.Fatalf("own %v over %v: %v", v.edits, over, err)
			}
			if next.Text != want {
				t.Fatalf("own %v over %v make %q, want %q", v.edits, over, next.Text, want)
			}
			if back, err := Undo(next.Text, folded); err != nil || back != source {
				t.Fatalf("undone to %q, %v", back, err)
			}
			for _, e := range folded {
				if e.Before == e.After || e.Rule == "" {
					t.Fatalf("%+v changes nothing or names no rule", e)
				}
			}
			v = next
		}
	})
}
