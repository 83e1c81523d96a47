package document

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func ed(start, end int, before, after string) Edit {
	return Edit{Rule: "r", Span: Span{start, end}, Before: before, After: after}
}

func TestApply(t *testing.T) {
	for _, c := range []struct {
		name, text string
		edits      []Edit
		want       string
	}{
		{"none", "验收", nil, "验收"},
		{"empty text", "", nil, ""},
		{"insertion into nothing", "", []Edit{ed(0, 0, "", "验")}, "验"},
		{"replacement", "验收,入库", []Edit{ed(6, 7, ",", "，")}, "验收，入库"},
		{"deletion at both ends", " 验收 ", []Edit{ed(0, 1, " ", ""), ed(7, 8, " ", "")}, "验收"},
		{"insertion at both ends", "验", []Edit{ed(0, 0, "", "《"), ed(3, 3, "", "》")}, "《验》"},
		{"two that meet", "ab", []Edit{ed(0, 1, "a", "x"), ed(1, 2, "b", "")}, "x"},
		{"insertion where one begins", "ab", []Edit{ed(1, 1, "", "x"), ed(1, 2, "b", "y")}, "axy"},
		{"insertion where one ends", "ab", []Edit{ed(0, 1, "a", ""), ed(1, 1, "", "x")}, "xb"},
		{"all of it", "验收", []Edit{ed(0, 6, "验收", "")}, ""},
	} {
		got, err := Apply(c.text, c.edits)
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v; want %q", c.name, got, err, c.want)
			continue
		}
		if back, err := Undo(got, c.edits); err != nil || back != c.text {
			t.Errorf("%s: undone to %q, %v", c.name, back, err)
		}
	}
}

func TestApplyErrors(t *testing.T) {
	const text = "验收ab"
	for _, c := range []struct {
		name  string
		edits []Edit
		want  error
	}{
		{"before the text", []Edit{ed(-1, 0, "", "x")}, ErrEditSpan},
		{"behind the text", []Edit{ed(6, 9, "ab", "x")}, ErrEditSpan},
		{"insertion behind the text", []Edit{ed(9, 9, "", "x")}, ErrEditSpan},
		{"backwards", []Edit{ed(7, 6, "", "x")}, ErrEditSpan},
		{"begins inside a character", []Edit{ed(1, 3, "\xaa\x8c", "x")}, ErrEditSpan},
		{"ends inside a character", []Edit{ed(3, 5, "\xe6\x94", "x")}, ErrEditSpan},
		{"overlap", []Edit{ed(0, 6, "验收", "x"), ed(3, 7, "收a", "y")}, ErrEditOrder},
		{"one inside another", []Edit{ed(0, 6, "验收", "x"), ed(3, 3, "", "y")}, ErrEditOrder},
		{"out of order", []Edit{ed(6, 7, "a", "x"), ed(0, 3, "验", "y")}, ErrEditOrder},
		{"two insertions at a place", []Edit{ed(6, 6, "", "x"), ed(6, 6, "", "y")}, ErrEditOrder},
		{"insertion behind what begins there", []Edit{ed(6, 7, "a", "x"), ed(6, 6, "", "y")}, ErrEditOrder},
		{"other text", []Edit{ed(6, 7, "b", "x")}, ErrEditBefore},
		{"insertion with a before", []Edit{ed(6, 6, "a", "x")}, ErrEditBefore},
	} {
		for name, apply := range map[string]func() error{
			"Apply":   func() error { _, err := Apply(text, c.edits); return err },
			"NewView": func() error { _, err := NewView(text, c.edits); return err },
		} {
			if err := apply(); !errors.Is(err, c.want) {
				t.Errorf("%s: %s: %v, want %v", c.name, name, err, c.want)
			} else if !strings.Contains(err.Error(), "(r)") {
				t.Errorf("%s: %v names no rule", c.name, err)
			}
		}
	}
}

func TestUndoErrors(t *testing.T) {
	for _, c := range []struct {
		name, edited string
		edits        []Edit
		want         error
	}{
		{"too short", "a", []Edit{ed(1, 1, "", "xy")}, ErrEditSpan},
		{"negative", "abc", []Edit{ed(-1, 0, "", "x")}, ErrEditSpan},
		{"out of order", "xy", []Edit{ed(1, 2, "b", "y"), ed(0, 1, "a", "x")}, ErrEditSpan},
		{"other text", "ab", []Edit{ed(0, 1, "c", "x")}, ErrEditBefore},
	} {
		if got, err := Undo(c.edited, c.edits); !errors.Is(err, c.want) {
			t.Errorf("%s: %q, %v; want %v", c.name, got, err, c.want)
		}
	}
}

func TestApplyUndoRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text")
		edits := drawLedger(t, text, "r")
		edited, err := Apply(text, edits)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Undo(edited, edits)
		if err != nil || back != text {
			t.Fatalf("%q becomes %q, undone to %q, %v", text, edited, back, err)
		}
	})
}

func TestEditedText(t *testing.T) {
	const source = "一 二,三"
	edits := []Edit{ed(3, 4, " ", ""), ed(7, 8, ",", "，")}
	d := &Document{Source: source, Edits: edits}
	for _, c := range []struct {
		span Span
		want string
	}{
		{Span{}, ""},
		{Span{5, 3}, ""},
		{Span{0, 11}, "一二，三"},
		{Span{0, 3}, "一"},
		{Span{0, 4}, "一"},
		{Span{3, 7}, "二"},
		{Span{4, 8}, "二，"},
		{Span{8, 11}, "三"},
	} {
		if got := d.Text(c.span); got != c.want {
			t.Errorf("%v is %q, want %q", c.span, got, c.want)
		}
	}
	if got := d.Clean(); got != "一二，三" {
		t.Errorf("Clean: %q", got)
	}
	cut := &Document{Source: "一 二", Edits: []Edit{ed(0, 4, "一 ", "壹")}}
	if got := cut.Text(Span{0, 3}); got != "一" {
		t.Errorf("an edit across the border was made: %q", got)
	}
}

func TestMergeEdits(t *testing.T) {
	first := []Edit{ed(1, 3, "", "a"), ed(6, 6, "", "b"), ed(6, 9, "", "c")}
	for _, c := range []struct {
		name   string
		second []Edit
		want   string // what the merged edits write
	}{
		{"none", nil, "abc"},
		{"before, between and behind", []Edit{ed(0, 1, "", "x"), ed(3, 6, "", "y"), ed(9, 9, "", "z")}, "xaybcz"},
		{"the same insertion", []Edit{ed(6, 6, "", "x")}, "abc"},
		{"the same replacement", []Edit{ed(6, 9, "", "x")}, "abc"},
		{"over several", []Edit{ed(2, 7, "", "x")}, "abc"},
		{"inside one", []Edit{ed(2, 2, "", "x"), ed(7, 8, "", "y")}, "abc"},
		{"insertion at a border", []Edit{ed(1, 1, "", "x"), ed(3, 3, "", "y")}, "xaybc"},
	} {
		var got strings.Builder
		for _, e := range MergeEdits(first, c.second) {
			got.WriteString(e.After)
		}
		if got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, got.String(), c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t, "text")
		first, second := drawLedger(t, text, "a"), drawLedger(t, text, "b")
		merged := MergeEdits(first, second)
		if _, err := Apply(text, merged); err != nil {
			t.Fatalf("%v and %v: %v", first, second, err)
		}
		for _, e := range first {
			if !slices.Contains(merged, e) {
				t.Fatalf("%v of the first is missing from %v", e, merged)
			}
		}
	})
}
