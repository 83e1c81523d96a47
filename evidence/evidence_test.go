package evidence_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zeebo/xxh3"
	"pgregory.net/rapid"

	"zhize/evidence"
)

type failer interface {
	Helper()
	Fatal(args ...any)
}

// learn writes the evidence of texts to a file of the folder.
func learn(t failer, dir, name string, budget int, texts ...string) string {
	t.Helper()
	l := evidence.NewLearner(dir, budget)
	for _, text := range texts {
		if err := l.Add(text); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, name)
	if err := l.Write(path); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func open(t failer, path string) *evidence.Evidence {
	t.Helper()
	e, err := evidence.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestCounts(t *testing.T) {
	dir := t.TempDir()
	e := open(t, learn(t, dir, "e", 0,
		"统计每月的销售业绩并上报部门经理",
		"统计每月的销售业绩并上报部门经理；", // the same but for a mark
		"制定业绩目标，分解到各门店",
		"按业绩发放奖金（含 2 月）",
		"业绩", // too short to learn from
	))
	defer e.Close()
	for gram, want := range map[string]int{
		"业绩": 3, "绩并": 1, "绩目": 1, "绩发": 1, "业续": 0, "，分解": 1, "目标，": 1, "售业绩": 1, "。按业": 1, "（含A": 0, "月）": 0,
	} {
		if got, ok := e.Clusters(gram); !ok || got != want {
			t.Errorf("%s stands in %d clusters, %v; want %d", gram, got, ok, want)
		}
	}
	for _, s := range []string{"", "业", "业绩目标"} {
		if _, ok := e.Clusters(s); ok {
			t.Errorf("%q is counted", s)
		}
	}
	if e.Texts() != 4 {
		t.Errorf("learnt from %d texts", e.Texts())
	}
	var behind strings.Builder
	e.Following('业', '绩', func(c rune, n int) { behind.WriteRune(c) })
	if got := behind.String(); got != "发并目" {
		t.Errorf("behind 业绩 stand %q", got)
	}
	if got := e.Holding("业绩"); len(got) != 6 || got[0].Text != "业绩发" {
		t.Errorf("grams that hold 业绩: %v", got)
	}
	pairs, triples := e.Grams()
	if again := open(t, learn(t, dir, "f", 0, "统计每月的销售业绩并上报部门经理")); again.Hash() == e.Hash() || pairs == 0 || triples == 0 {
		t.Error("other evidence has the same name, or there is none")
	}
}

// TestMergeIsLearningTheWhole learns parts and the whole, with and without
// spilling, and compares the files byte by byte.
func TestMergeIsLearningTheWhole(t *testing.T) {
	char := rapid.SampledFrom([]rune("负责客户投诉处理销售业绩目标管理的，。、A1"))
	text := rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOfN(char, 0, 24).Draw(t, "text")) })
	rapid.Check(t, func(rt *rapid.T) {
		dir, err := os.MkdirTemp(t.TempDir(), "")
		if err != nil {
			rt.Fatal(err)
		}
		texts := rapid.SliceOfN(text, 0, 60).Draw(rt, "texts")
		cut := rapid.IntRange(0, len(texts)).Draw(rt, "cut")
		whole := learn(rt, dir, "whole", 0, texts...)
		a, b := learn(rt, dir, "a", 0, texts[:cut]...), learn(rt, dir, "b", 0, texts[cut:]...)
		merged := filepath.Join(dir, "merged")
		if err := evidence.Merge(merged, a, b); err != nil {
			rt.Fatal(err)
		}
		if x, y := read(rt, whole), read(rt, merged); !bytes.Equal(x, y) {
			rt.Fatalf("%d bytes merged, %d learnt at once", len(y), len(x))
		}
	})
}

// TestSpill learns more than the memory that it is given.
func TestSpill(t *testing.T) {
	dir := t.TempDir()
	var texts []string
	han := []rune("负责客户投诉处理销售业绩目标管理组织培训考核采购仓库物流配送检查设备维修记录")
	state := uint64(1)
	for range 20000 {
		var b strings.Builder
		for range 30 {
			state = state*6364136223846793005 + 1442695040888963407
			b.WriteRune(han[state>>33%uint64(len(han))])
		}
		texts = append(texts, b.String())
	}
	small, large := learn(t, dir, "small", 1, texts...), learn(t, dir, "large", evidence.DefaultBudget, texts...)
	if !bytes.Equal(read(t, small), read(t, large)) {
		t.Error("the file depends on the memory")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "facts-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func read(t failer, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestDamage opens files that are cut off, changed, of another version or none.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	whole := read(t, learn(t, dir, "e", 0, "统计每月的销售业绩并上报部门经理", "制定业绩目标，分解到各门店"))
	try := func(data []byte) error {
		path := filepath.Join(dir, "bad")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := evidence.Open(path)
		if err == nil {
			e.Close()
		}
		return err
	}
	for n := range whole {
		if err := try(whole[:n]); !errors.Is(err, evidence.ErrNotEvidence) && !errors.Is(err, evidence.ErrDamaged) {
			t.Fatalf("cut off at %d of %d: %v", n, len(whole), err)
		}
	}
	for i := range whole {
		bad := bytes.Clone(whole)
		bad[i] ^= 0x40
		if err := try(bad); err == nil {
			t.Fatalf("byte %d of %d changed, and the file opens", i, len(whole))
		}
	}
	other := bytes.Clone(whole)
	other[15] = 9
	if err := try(other); !errors.Is(err, evidence.ErrVersion) {
		t.Errorf("another version: %v", err)
	}
	if _, err := evidence.Open(dir); !errors.Is(err, evidence.ErrNotEvidence) {
		t.Errorf("a folder: %v", err)
	}
	if _, err := evidence.Open(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
	if err := evidence.Merge(filepath.Join(dir, "m"), filepath.Join(dir, "bad")); err == nil {
		t.Error("a damaged part is merged")
	}
}

// FuzzOpen asks files whose checksum is right whatever they hold: nothing
// panics, and what is answered is in range.
func FuzzOpen(f *testing.F) {
	dir := f.TempDir()
	f.Add(read(f, learn(f, dir, "e", 0, "统计每月的销售业绩并上报部门经理", "制定业绩目标，分解到各门店")))
	f.Add(read(f, learn(f, dir, "none", 0)))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= 8 {
			data = binary.LittleEndian.AppendUint64(data[:len(data)-8:len(data)-8], xxh3.Hash(data[:len(data)-8]))
		}
		path := filepath.Join(t.TempDir(), "e")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := evidence.Open(path)
		if err != nil {
			return
		}
		defer e.Close()
		for _, gram := range []string{"业绩", "业绩目", "。按业"} {
			if n, _ := e.Clusters(gram); n < 0 || n > 255 {
				t.Fatalf("%s in %d clusters", gram, n)
			}
		}
		e.Following('业', '绩', func(rune, int) {})
		e.Holding("业")
	})
}
