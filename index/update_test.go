package index

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize/index/jieba"
	"zhize/record"
)

// always updates, whatever it saves.
var always = limits{share: 1}

// updated makes lines those of the index in dir.
func updated(t testing.TB, dir string, lines [][]byte, l limits) Updated {
	t.Helper()
	u, err := update(context.Background(), dir, bytes.NewReader(slices.Concat(lines...)), nil, nil, l)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// asked is what both an updated and a new index are asked for.
func asked(r *rand.Rand, lines [][]byte) (list []Request) {
	for _, q := range []string{
		"", "客户", "工程师", "java", "k8s", "客户 回访", `"客户关系"`, `"的沟通协调"`, "供应*", "数据 -客户", "(薪酬 OR 招聘) 培训",
		"title:会计", "site:site1", "kind:职责", "number:3", "项目经理", "kehu", "khts", "抱怨", "客护 回访", "顾客", "預算", "article:店长",
		"绩效考合", "c++", "独一无二", "稀有", "一次性",
	} {
		list = append(list, Request{Query: q, Limit: 1000, Facets: []string{"title", "kind", "site"}})
	}
	list = append(list,
		Request{Query: "合同", GroupBy: "position", Limit: 20, Offset: 3}, Request{Query: "客户 OR 合同", GroupBy: "page", Limit: 1000},
		Request{Query: "合同", Sort: "page", Limit: 1000}, Request{Sort: "number", Limit: 1000}, Request{Sort: "count", Limit: 1000},
		Request{Query: "管理", Title: "会计", Kind: "职责", Site: "example", Article: "岗位"}, Request{Query: "客户", NoSynonyms: true})
	for range 4 {
		var p record.Position
		if err := json.Unmarshal(lines[r.IntN(len(lines))], &p); err == nil && len(p.Sections) > 0 {
			list = append(list, Request{Similar: record.ItemID(p.ID, 1), Limit: 1000})
		}
	}
	return list
}

// answers is all that two indexes of the same lines must have in common.
func answers(t *testing.T, dir string, requests []Request) []string {
	t.Helper()
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	out := []string{fmt.Sprintf("%+v, %d words", x.info.Info, x.info.Terms)}
	for _, req := range requests {
		res, err := x.Search(context.Background(), req)
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		res.Took = 0
		b, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	return out
}

// TestUpdateIsRebuild changes lines at random, again and again: an index that was
// updated answers everything as one that was made of the lines anew.
func TestUpdateIsRebuild(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 9))
		dir := t.TempDir()
		lines := some(r, 300)
		updated(t, dir, lines, always)
		for step := range 6 {
			lines = changed(r, lines, step)
			u := updated(t, dir, lines, always)
			if u.Rebuilt {
				t.Fatalf("seed %d, step %d: it was made anew", seed, step)
			}
			fresh := t.TempDir()
			if info := build(t, fresh, slices.Concat(lines...)); info != u.Info {
				t.Fatalf("seed %d, step %d: %+v, a new one is %+v", seed, step, u.Info, info)
			}
			requests := asked(r, lines)
			got, want := answers(t, dir, requests), answers(t, fresh, requests)
			for i := range want {
				if got[i] != want[i] {
					t.Fatalf("seed %d, step %d, %+v:\n%.3000s\na new index:\n%.3000s", seed, step, requests[max(i-1, 0)], got[i], want[i])
				}
			}
			if err := Verify(dir); err != nil {
				t.Error(err)
			}
		}
	}
}

// some makes lines with n duties.
func some(r *rand.Rand, n int) [][]byte {
	data, _ := synthLines(r.Uint64(), n)
	return slices.Collect(bytes.Lines(data))
}

// changed adds, removes, changes, repeats and moves lines.
func changed(r *rand.Rand, lines [][]byte, step int) [][]byte {
	lines = slices.Clone(lines)
	for range r.IntN(12) {
		i := r.IntN(len(lines))
		switch r.IntN(7) {
		case 0:
			lines = slices.Delete(lines, i, i+1+r.IntN(min(5, len(lines)-i)))
		case 1:
			lines = slices.Insert(lines, i, some(r, 20)...)
		case 2: // a duty, in words that nothing else has
			from, to, _ := strings.Cut("客户=独一无二 管理=稀有 项目=一次性", " ")
			for range step % 3 {
				from, to, _ = strings.Cut(to, " ")
			}
			from, to, _ = strings.Cut(from, "=")
			lines[i] = bytes.ReplaceAll(lines[i], []byte(from), []byte(to))
		case 3: // the title
			lines[i] = bytes.Replace(lines[i], []byte(`"title":"`), []byte(`"title":"高级`), 1)
		case 4:
			lines = append(lines, lines[i], []byte(" \n"))
		case 5:
			moved := slices.Clone(lines[i])
			lines = append(slices.Delete(lines, i, i+1), moved)
		case 6: // no duties at all
			lines[i] = []byte(fmt.Sprintf(`{"schema":"zhize/1","id":"empty%d-p001","page":{"id":"empty","uri":"u"}}`, r.IntN(3)) + "\n")
		}
		if len(lines) == 0 {
			lines = some(r, 50)
		}
	}
	return lines
}

// TestUpdateKeeps: what is kept is not written again, and where nothing has changed
// nothing is.
func TestUpdateKeeps(t *testing.T) {
	dir := t.TempDir()
	lines := some(rand.New(rand.NewPCG(1, 1)), 500)
	if u := updated(t, dir, lines, always); !u.Rebuilt || u.Cut != 500 {
		t.Errorf("the first update: %+v", u)
	}
	state := func() map[string]fs.FileInfo {
		all := map[string]fs.FileInfo{}
		err := filepath.WalkDir(filepath.Join(dir, folder), func(name string, _ fs.DirEntry, err error) error {
			if err == nil {
				all[name], err = os.Stat(name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := state()
	if u := updated(t, dir, lines, always); u.Rebuilt || u.Cut != 0 || u.Documents != 500 {
		t.Errorf("an update without changes: %+v", u)
	}
	for name, is := range state() {
		if was, ok := before[name]; !ok || !os.SameFile(is, was) || !is.ModTime().Equal(was.ModTime()) {
			t.Errorf("%s was written where nothing changed", name)
		}
	}

	lines = append(lines, some(rand.New(rand.NewPCG(2, 1)), 10)...)
	if u := updated(t, dir, lines, always); u.Rebuilt || u.Cut != 10 || u.Documents != 510 {
		t.Errorf("an update with ten more: %+v", u)
	}
	now := state()
	for name, was := range before {
		if is := now[name]; is == nil || !was.IsDir() && filepath.Base(name) != infoName && !os.SameFile(is, was) {
			t.Errorf("%s was not kept", name)
		}
	}
	if u := updated(t, dir, lines, always); u.Rebuilt || u.Cut != 0 || u.Documents != 510 {
		t.Errorf("a further update without changes: %+v", u)
	}
	if u := updated(t, dir, lines[1:], always); u.Rebuilt || u.Cut != 10 || u.Documents != 505 {
		t.Errorf("an update with fewer: %+v", u)
	}
	if u := updated(t, dir, lines[:100], always); u.Rebuilt || u.Cut != 0 || u.Documents != 500 {
		t.Errorf("an update to what was: %+v", u)
	}
	now = state()
	if a, b := len(before), len(now); a != b {
		t.Errorf("%d files, %d where nothing came later", b, a)
	}
	fresh := t.TempDir()
	build(t, fresh, slices.Concat(lines[:100]...))
	want, err := os.ReadFile(filepath.Join(fresh, folder, infoName))
	got, err2 := os.ReadFile(filepath.Join(dir, folder, infoName))
	if err != nil || err2 != nil || !bytes.Equal(got, want) {
		t.Errorf("it is\n%s\na new one is\n%s", got, want)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

// TestUpdateRebuilds: where the old index is of no use, it is made anew.
func TestUpdateRebuilds(t *testing.T) {
	lines := some(rand.New(rand.NewPCG(1, 2)), 200)
	more := append(slices.Clone(lines), some(rand.New(rand.NewPCG(2, 2)), 10)...)
	zeros := func(name string) error {
		st, err := os.Stat(name)
		if err != nil {
			return err
		}
		return os.WriteFile(name, make([]byte, st.Size()), 0o644)
	}
	for _, test := range []struct {
		name  string
		spoil func(dir string) error
	}{
		{"a file is gone", func(dir string) error { return os.Remove(filepath.Join(dir, "words.zap")) }},
		{"contents are others", func(dir string) error { return zeros(filepath.Join(dir, "texts.data")) }},
		{"lines are others", func(dir string) error { return zeros(filepath.Join(dir, "lines.rows")) }},
		{"another version", func(dir string) error {
			name := filepath.Join(dir, infoName)
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			return os.WriteFile(name, bytes.Replace(b, []byte(Schema), []byte("zhize-index/0"), 1), 0o644)
		}},
		{"parts of a later version", func(dir string) error {
			name := filepath.Join(dir, infoName)
			b, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			return os.WriteFile(name, bytes.Replace(b, []byte(`"parts": [`), []byte(`"parts": [1,2,`), 1), 0o644)
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			updated(t, dir, lines, always)
			if err := test.spoil(filepath.Join(dir, folder)); err != nil {
				t.Fatal(err)
			}
			if u := updated(t, dir, more, always); !u.Rebuilt || u.Documents != 210 {
				t.Errorf("%+v", u)
			}
			if err := Verify(dir); err != nil {
				t.Error(err)
			}
		})
	}

	t.Run("another dictionary", func(t *testing.T) {
		dir := t.TempDir()
		updated(t, dir, lines, always)
		image, err := jieba.Default().Extend([]byte("户关 100 n\n"))
		if err != nil {
			t.Fatal(err)
		}
		data := bytes.NewReader(slices.Concat(more...))
		for i, rebuilt := range []bool{true, false} {
			u, err := update(context.Background(), dir, data, image, nil, always)
			if err != nil || u.Rebuilt != rebuilt {
				t.Errorf("update %d with it: %+v, %v", i, u, err)
			}
		}
		less := bytes.NewReader(slices.Concat(more[1:]...))
		if u, err := update(context.Background(), dir, less, image, nil, always); err != nil || u.Rebuilt {
			t.Errorf("%+v, %v", u, err)
		}
		x, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if !x.dict.Has("户关") {
			t.Error("the words are lost")
		}
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})

	for _, test := range []struct {
		name    string
		l       limits
		rebuilt bool
	}{
		{"much is new", limits{share: 100}, true},
		{"little is new", limits{share: 5}, false},
		{"too little to save anything", usualLimits, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			updated(t, dir, lines, always)
			if u := updated(t, dir, more, test.l); u.Rebuilt != test.rebuilt {
				t.Errorf("%+v", u)
			}
		})
	}
	t.Run("much is gone", func(t *testing.T) {
		dir := t.TempDir()
		updated(t, dir, lines, always)
		if u := updated(t, dir, lines[:20], limits{share: 4}); !u.Rebuilt || u.Documents != 100 {
			t.Errorf("%+v", u)
		}
	})
}

// TestUpdateErrors: a line that cannot be read is named as in a build, and the old
// index stays.
func TestUpdateErrors(t *testing.T) {
	dir := t.TempDir()
	lines := some(rand.New(rand.NewPCG(3, 3)), 100)
	updated(t, dir, lines, always)
	for _, test := range []struct {
		line, why string
	}{
		{"{\"schema\":\n", "line 22 "}, {"null\n", "line 22 "}, {strings.Repeat("x", 64<<20+1), "64 MiB"},
	} {
		bad := slices.Concat([][]byte{[]byte("\n")}, lines, [][]byte{[]byte(test.line)})
		_, err := update(context.Background(), dir, bytes.NewReader(slices.Concat(bad...)), nil, nil, always)
		if err == nil || !strings.Contains(err.Error(), test.why) {
			t.Errorf("%.20q: %v, want %q", test.line, err, test.why)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := update(ctx, dir, bytes.NewReader(slices.Concat(lines[1:]...)), nil, nil, always); err == nil {
		t.Error("a cancelled update is none")
	}
	if u := updated(t, dir, lines, always); u.Cut != 0 || u.Documents != 100 {
		t.Errorf("after errors: %+v", u)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
}

// TestUpdateAfterCrash: an update that ended between its two renames, or before
// them, costs no rebuild.
func TestUpdateAfterCrash(t *testing.T) {
	dir := t.TempDir()
	lines := some(rand.New(rand.NewPCG(7, 7)), 100)
	updated(t, dir, lines, always)
	crashed := func() {
		if err := os.Rename(filepath.Join(dir, folder), filepath.Join(dir, oldName+"1")); err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(dir, tempName+"1", moreFolder), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Link(filepath.Join(dir, oldName+"1", "words.zap"), filepath.Join(dir, tempName+"1", "words.zap")); err != nil {
			t.Skip("no links here:", err)
		}
	}
	crashed()
	if u := updated(t, dir, lines[1:], always); u.Rebuilt || u.Documents != 95 {
		t.Errorf("%+v", u)
	}
	crashed()
	if u := updated(t, dir, lines[1:], always); u.Rebuilt || u.Cut != 0 || u.Documents != 95 {
		t.Errorf("%+v", u)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("the folder holds %v", entries)
	}
	if err := Verify(dir); err != nil {
		t.Error(err)
	}
}
