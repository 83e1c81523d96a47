package sitetext

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestOf(t *testing.T) {
	for _, c := range [...]struct{ uri, named, want string }{
		{"https://www.Pages.example:8080/a/1.html", "某某网", "pages.example"},
		{"a/b/1.html", "某某网", "某某网"},
		{"a/b/1.html", "", "a/b"},
		{"1.html", "", "."},
		{"crawl.zip!b/1.html", "", "crawl.zip!b"},
		{"crawl.zip!1.html", "", "crawl.zip"},
		{"a/rows.jsonl#L12", "", "a/rows.jsonl"},
		{"-#L1", "", "-"},
		{"https:///nothing", "", "https://"},
	} {
		if got := Of(c.uri, c.named); got != c.want {
			t.Errorf("Of(%q, %q) is %q, not %q", c.uri, c.named, got, c.want)
		}
	}
}

func TestKeyLeavesOutWhatCopiesDifferIn(t *testing.T) {
	a, ok := key("本站已整理 1204 篇，欢迎常来！")
	b, _ := key("本站已整理7篇,欢迎常来")
	if !ok || a != b {
		t.Error("numbers, marks and spaces make another line of it")
	}
	if c, _ := key("本站已整理7篇，欢迎再来"); a == c {
		t.Error("another line has the same key")
	}
	for _, s := range [...]string{"", "12345", "四个汉字", strings.Repeat("长", mostLetters+1), "\xff\xfe"} {
		if _, ok := key(s); ok {
			t.Errorf("%q has a key", s)
		}
	}
}

// learnt is what a learner of pages writes.
func learnt(t interface{ Fatal(...any) }, dir string, budget int, pages []Page) []byte {
	l := NewLearner(dir, budget)
	defer l.Close()
	for i := range pages {
		if err := l.Add(&pages[i]); err != nil {
			t.Fatal(err)
		}
	}
	s, done, err := l.All()
	if err != nil {
		t.Fatal(err)
	}
	defer done()
	var b bytes.Buffer
	if _, err := Write(&b, s); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestMergeIsLearningTheWhole: parts in any order, spilled or not, merged are the
// whole, byte by byte; also of sites with more pages than a sample holds, with
// copies of pages, and with lines that pages write in several ways.
func TestMergeIsLearningTheWhole(t *testing.T) {
	line := rapid.SampledFrom([]string{"青禾笔记陪您每一天", "青禾笔记，陪您每一天", "望岳书房第3个春天", "望岳书房第 8 个春天", "整理档案并按期归档", "短"})
	page := rapid.Custom(func(t *rapid.T) Page {
		return Page{
			Site: rapid.SampledFrom([]string{"a", "b", ""}).Draw(t, "site"), Name: rapid.Uint64Range(0, 300).Draw(t, "name"),
			Loose: rapid.SliceOfN(line, 0, 4).Draw(t, "loose"), Listed: rapid.SliceOfN(line, 0, 3).Draw(t, "listed"),
		}
	})
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		pages := rapid.SliceOfN(page, 0, 300).Draw(t, "pages")
		whole := learnt(t, dir, 1<<20, pages)
		if spilled := learnt(t, dir, 2000, pages); !bytes.Equal(spilled, whole) {
			t.Fatal("spilling changes what is learnt")
		}
		cut := rapid.IntRange(0, len(pages)).Draw(t, "cut")
		back := slices.Clone(pages[cut:])
		slices.Reverse(back)
		a, b := learnt(t, dir, 1<<20, pages[:cut]), learnt(t, dir, 1<<20, back)
		s, err := Merge(Samples(b), Samples(a))
		if err != nil {
			t.Fatal(err)
		}
		var merged bytes.Buffer
		if _, err := Write(&merged, s); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(merged.Bytes(), whole) {
			t.Fatal("merging is not learning the whole")
		}
	})
}

// named makes n pages of a site whose names are far apart.
func named(site string, n int, line func(i int) (loose, listed []string)) (pages []Page) {
	for i := range n {
		name, _ := Name([]string{fmt.Sprintf("第%d号岗位职责样例文字%c%c", i, rune(0x4e00+i), rune(0x5e00+i))})
		p := Page{Site: site, Name: name}
		p.Loose, p.Listed = line(i)
		pages = append(pages, p)
	}
	return pages
}

func TestWhatIsRepeated(t *testing.T) {
	const ours, duty = "松果纸坊陪您每一天", "完成领导交办的其他工作"
	for _, c := range []struct {
		what  string
		pages []Page
		want  bool
	}{
		{"a line on half of the pages", named("s", 40, func(i int) (a, b []string) {
			if i%2 == 0 {
				a = []string{ours}
			}
			return a, []string{duty}
		}), true},
		{"a line on every page of a site of many", named("s", 1000, func(int) (a, b []string) { return []string{ours}, nil }), true},
		{"a line on too few pages", named("s", LeastPages-1, func(int) (a, b []string) { return []string{ours}, nil }), false},
		{"a line on a fifth of the pages", named("s", 100, func(i int) (a, b []string) {
			if i%5 == 0 {
				a = []string{ours}
			}
			return a, nil
		}), false},
		{"a line of one page and its copies", slices.Repeat(named("s", 1, func(int) (a, b []string) { return []string{ours}, nil }), 50), false},
		{"a line that some pages count", named("s", 40, func(i int) (a, b []string) {
			if i%4 == 0 {
				return nil, []string{ours}
			}
			return []string{ours}, nil
		}), false},
	} {
		lines, err := Read(learnt(t, t.TempDir(), 1<<20, c.pages))
		if err != nil {
			t.Fatal(err)
		}
		if got := lines.Repeated("s", ours+"！"); got != c.want {
			t.Errorf("%s: %v", c.what, got)
		}
		if lines.Repeated("s", duty) || lines.Repeated("another", ours) {
			t.Errorf("%s: a duty, or a line of another site, is repeated", c.what)
		}
	}
}

func TestDecisions(t *testing.T) {
	d, err := ParseDecisions(strings.NewReader("\ufeff# ours\r\n\r\ndrop\t*\t欢迎常来坐坐\t3 of 9\r\nkeep\ta\t欢迎常来坐坐\r\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [...]struct {
		site, line string
		drop, said bool
	}{{"a", "欢迎常来坐坐！", false, true}, {"b", "欢迎常来坐坐", true, true}, {"b", "欢迎再来坐坐", false, false}} {
		if drop, said := d.Decided(c.site, c.line); drop != c.drop || said != c.said {
			t.Errorf("%s %s: %v %v", c.site, c.line, drop, said)
		}
	}
	for text, want := range map[string]string{
		"drop\ta":           "line 1: wants drop or keep",
		"\nstay\ta\t欢迎常来坐坐": "line 2: wants drop or keep",
		"drop\ta\t短":        "fewer than 5 letters",
		"drop\t\t欢迎常来坐坐":    "the site is empty",
		"drop\ta\t\xff":     "is not UTF-8",
		"drop\ta\t欢迎常来坐坐\nkeep\ta\t欢迎常来坐坐": "line 2: ",
		strings.Repeat("长", 1<<16):         "longer than any line",
	} {
		if _, err := ParseDecisions(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.40q: %v", text, err)
		}
	}
}

// FuzzRead: no bytes make a panic, and what is read is what is written again.
func FuzzRead(f *testing.F) {
	pages := named("s", 12, func(i int) (a, b []string) {
		return []string{"松果纸坊陪您每一天"}, []string{"完成其他工作任务"}
	})
	f.Add(learnt(f, f.TempDir(), 1<<20, pages))
	f.Add([]byte{})
	f.Add([]byte{255, 255, 255, 255, 255, 255, 255, 255, 255, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Read(data); err != nil {
			return
		}
		if _, err := List(data); err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if _, err := Write(&b, Samples(data)); err != nil {
			t.Fatal(err)
		}
		if _, err := Read(b.Bytes()); err != nil {
			t.Fatalf("what was written cannot be read: %v", err)
		}
	})
}
