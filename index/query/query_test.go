package query

import (
	"errors"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		in    string
		want  Query
		print string
	}{
		{"", And{}, ""},
		{" \t　，。 ", And{}, ""},
		{"销售", Word{"销售"}, "销售"},
		{"销售 客户", And{Word{"销售"}, Word{"客户"}}, "销售 客户"},
		{"销售　客户，回访", And{Word{"销售"}, Word{"客户"}, Word{"回访"}}, "销售 客户 回访"},
		{"a AND b ＡＮＤ c", And{Word{"a"}, Word{"b"}, Word{"c"}}, "a b c"},
		{"a b OR c", Or{And{Word{"a"}, Word{"b"}}, Word{"c"}}, "a b OR c"},
		{"a （b ＯＲ c）", And{Word{"a"}, Or{Word{"b"}, Word{"c"}}}, "a (b OR c)"},
		{"(a OR b) OR c", Or{Word{"a"}, Word{"b"}, Word{"c"}}, "a OR b OR c"},
		{"(a b) c", And{Word{"a"}, Word{"b"}, Word{"c"}}, "a b c"},
		{"((a))", Word{"a"}, "a"},
		{"a -b", And{Word{"a"}, Not{Word{"b"}}}, "a -b"},
		{"a －b", And{Word{"a"}, Not{Word{"b"}}}, "a -b"},
		{"-(a OR b)", Not{Or{Word{"a"}, Word{"b"}}}, "-(a OR b)"},
		{"-(a b)", Not{And{Word{"a"}, Word{"b"}}}, "-(a b)"},
		{"-(-a)", Word{"a"}, "a"},
		{"e-mail", Word{"e-mail"}, "e-mail"},
		{`"客户 关系"`, Phrase{"客户 关系"}, `"客户 关系"`},
		{"“客户关系”回访", And{Phrase{"客户关系"}, Word{"回访"}}, `"客户关系" 回访`},
		{`＂客户＂`, Phrase{"客户"}, `"客户"`},
		{`"a\"b\\c"`, Phrase{`a"b\c`}, `"a\"b\\c"`},
		{"供应*", Prefix{"供应"}, "供应*"},
		{"供应＊ b", And{Prefix{"供应"}, Word{"b"}}, "供应* b"},
		{`C\*`, Word{"C*"}, `C\*`},
		{`\OR or OR \AND`, Or{And{Word{"OR"}, Word{"or"}}, Word{"AND"}}, `\OR or OR \AND`},
		{"ORACLE", Word{"ORACLE"}, "ORACLE"},
		{"OR*", Prefix{"OR"}, "OR*"},
		{"title:销售", Field{"title", "销售"}, "title:销售"},
		{"TITLE：销售", Field{"title", "销售"}, "title:销售"},
		{`title:"sales manager"`, Field{"title", "sales manager"}, `title:"sales manager"`},
		{"site:www.example.com", Field{"site", "www.example.com"}, "site:www.example.com"},
		{"article:篇一 -title:经理", And{Field{"article", "篇一"}, Not{Field{"title", "经理"}}}, "article:篇一 -title:经理"},
		{"kind:qualifications", Kind{"qualifications"}, "kind:qualifications"},
		{"kind:任职要求", Kind{"qualifications"}, "kind:qualifications"},
		{"kind:Other", Kind{"other"}, "kind:other"},
		{"number:3", Number{3}, "number:3"},
		{"number：１２", Number{12}, "number:12"},
		{"9:00", Word{"9:00"}, `9\:00`},
		{"时间：九点", Word{"时间:九点"}, `时间\:九点`},
		{`http\://a.b`, Word{"http://a.b"}, `http\://a.b`},
	} {
		q, err := Parse(test.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", test.in, err)
			continue
		}
		if !reflect.DeepEqual(q, test.want) {
			t.Errorf("Parse(%q) = %#v, want %#v", test.in, q, test.want)
		}
		if q.String() != test.print {
			t.Errorf("Parse(%q) prints %q, want %q", test.in, q, test.print)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct {
		in  string
		pos int
		msg string
	}{
		{"a (b", 2, "not closed"},
		{"a）", 1, "no ( stands before"},
		{"()", 0, "nothing between the parentheses"},
		{`客户 "回访`, 7, "not closed"},
		{`""`, 0, "nothing between the quotation marks"},
		{"“ ”", 0, "nothing between the quotation marks"},
		{"OR a", 0, "before this OR"},
		{"a OR", 2, "follows this OR"},
		{"a OR OR b", 2, "follows this OR"},
		{"(a OR )", 3, "follows this OR"},
		{"AND a", 0, "before this AND"},
		{"a AND", 2, "follows this AND"},
		{"a AND OR b", 2, "follows this AND"},
		{"a - b", 2, "right after it"},
		{"a --b", 2, "right after it"},
		{"-", 0, "right after it"},
		{"*", 0, "beginning of a word"},
		{"a*b", 1, "at the end of a word"},
		{`a\`, 1, "nothing follows"},
		{`"a\`, 2, "nothing follows"},
		{"foo:bar", 0, "title, kind, site, article, number"},
		{"title:", 0, "right after the colon"},
		{"title: 销售", 0, "right after the colon"},
		{"title:销售*", 12, "leave the * out"},
		{"a kind:x", 7, "responsibilities (岗位职责), qualifications (任职要求)"},
		{"number:三", 7, "whole number"},
		{"number:0", 7, "whole number"},
		{"number:99999999999", 7, "whole number"},
		{"a\x00", 1, "NUL"},
		{"职\xe5", 3, "UTF-8"},
		{"a\x1b[0m", 1, "control character"},
		{strings.Repeat("职", 1366), 4096, "4,096 bytes"},
		{strings.Repeat("(", 33) + "a", 33, "deeper than 32"},
		{strings.Repeat("-(", 20) + "a", 33, "deeper than 32"},
	} {
		q, err := Parse(test.in)
		var s *SyntaxError
		if !errors.As(err, &s) {
			t.Errorf("Parse(%q) = %v, %v, want a syntax error", test.in, q, err)
			continue
		}
		if s.Pos != test.pos || !strings.Contains(s.Error(), test.msg) {
			t.Errorf("Parse(%q): %v at %d, want %q at %d", test.in, s, s.Pos, test.msg, test.pos)
		}
	}
}

func TestCaret(t *testing.T) {
	for _, test := range []struct {
		in, want string
	}{
		{"a (b", "a (b\n  ^"},
		{`客户 "回访`, "客户 \"回访\n     ^"},
		{"（销售　kind：x）", "（销售　kind：x）\n              ^"},
		{"a\t\n(", "a  (\n   ^"},
		{"职\xe5", "职 \n  ^"},
		{"a\x00b", "a b\n ^"},
		{strings.Repeat("客户 ", 20) + "(回访" + strings.Repeat("户", 20),
			"…" + strings.Repeat(" 客户", 10) + " (回访" + strings.Repeat("户", 9) + "…\n" + strings.Repeat(" ", 1+10*5+1) + "^"},
		{strings.Repeat("客", 1<<19), "…" + strings.Repeat("客", 24) + strings.Repeat("客", 12) + "…\n" + strings.Repeat(" ", 1+48) + "^"},
	} {
		_, err := Parse(test.in)
		var s *SyntaxError
		if !errors.As(err, &s) {
			t.Fatalf("Parse(%q): %v", test.in, err)
		}
		if got := s.Caret(test.in); got != test.want {
			t.Errorf("Caret(%q) =\n%s\nwant\n%s", test.in, got, test.want)
		}
	}
	if got := (&SyntaxError{Pos: 99}).Caret("ab"); got != "ab\n  ^" {
		t.Errorf("a place outside of the query: %q", got)
	}
}

func TestKinds(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range kinds {
		for _, n := range append([]string{k.kind}, k.names...) {
			if seen[n] {
				t.Errorf("%q names two kinds", n)
			}
			seen[n] = true
			if got, ok := FindKind(n); !ok || got != k.kind {
				t.Errorf("FindKind(%q) = %q, %v", n, got, ok)
			}
		}
	}
	if _, ok := FindKind(""); ok {
		t.Error("the empty name is a kind")
	}
}

// roundTrip fails unless q prints to something that parses back to it.
func roundTrip(t interface{ Fatalf(string, ...any) }, q Query) {
	again, err := Parse(q.String())
	if err != nil {
		t.Fatalf("%#v prints %q: %v", q, q, err)
	}
	if !reflect.DeepEqual(q, again) {
		t.Fatalf("%#v prints %q, which is %#v", q, q, again)
	}
}

func TestRoundTrip(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune(`ab AND OR职责-—*():"“”\，。、.,+#@:　９＊`+"\n\u00a0")), 1, 8, -1)
	part := rapid.SampledFrom([]string{"a", "-b", "OR", "AND", "(", ")", `"c d"`, "e*", "title:f", "kind:职责", "number:7", `\*`, "（", "”", "："})
	rapid.Check(t, func(t *rapid.T) {
		var in string
		if rapid.Bool().Draw(t, "parts") {
			in = strings.Join(rapid.SliceOfN(part, 1, 12).Draw(t, "list"), " ")
		} else {
			in = text.Draw(t, "text")
		}
		if q, err := Parse(in); err == nil {
			roundTrip(t, q)
		}
	})
}

// TestRoundTripTrees prints trees that are made, not parsed, in the form that
// Parse makes.
func TestRoundTripTrees(t *testing.T) {
	text := rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom([]rune(`ab职责ANDOR-*():"“”\、.,+ `)), 1, 6, -1).Draw(t, "text")
		return s
	})
	var tree func(depth int, not, and, or bool) *rapid.Generator[Query]
	tree = func(depth int, not, and, or bool) *rapid.Generator[Query] {
		return rapid.Custom(func(t *rapid.T) Query {
			top := 8
			if depth == 0 {
				top = 5
			}
			switch rapid.IntRange(0, top).Draw(t, "node") {
			case 1:
				if s := text.Draw(t, "phrase"); strings.TrimFunc(s, isBlank) != "" {
					return Phrase{s}
				}
			case 2:
				return Prefix{text.Draw(t, "prefix")}
			case 3:
				if s := text.Draw(t, "field"); strings.TrimFunc(s, isBlank) != "" {
					return Field{"title", s}
				}
			case 4:
				return Kind{"other"}
			case 5:
				return Number{rapid.IntRange(1, 99).Draw(t, "n")}
			case 6:
				if not {
					return Not{tree(depth-1, false, true, true).Draw(t, "not")}
				}
			case 7:
				if and {
					return And(rapid.SliceOfN(tree(depth-1, true, false, true), 2, 3).Draw(t, "and"))
				}
			case 8:
				if or {
					return Or(rapid.SliceOfN(tree(depth-1, true, true, false), 2, 3).Draw(t, "or"))
				}
			}
			return Word{text.Draw(t, "word")}
		})
	}
	rapid.Check(t, func(t *rapid.T) { roundTrip(t, tree(4, true, true, true).Draw(t, "tree")) })
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"", `a "b c" OR -d (e f*) title:g kind:职责 number:3`, "（销售 ＯＲ 客户）：“", `\OR \\ \(`, "-(-(-a))", "a AND b", "9:00", "title:\"x\\\"y\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := Parse(s)
		var syntax *SyntaxError
		if errors.As(err, &syntax) {
			if syntax.Pos < 0 || syntax.Pos > len(s) || syntax.Msg == "" {
				t.Fatalf("Parse(%q): %#v", s, syntax)
			}
			if lines := strings.Split(syntax.Caret(s), "\n"); len(lines) != 2 || !strings.HasSuffix(lines[1], "^") {
				t.Fatalf("Caret(%q) = %q", s, lines)
			}
			return
		}
		if err != nil {
			t.Fatalf("Parse(%q): %v", s, err)
		}
		if len(q.String()) <= MaxLength {
			roundTrip(t, q)
		}
	})
}
