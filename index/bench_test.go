package index

import (
	"bytes"
	"context"
	"io/fs"
	"path/filepath"
	"testing"
)

// BenchmarkBuild counts the bytes of the duties' texts.
func BenchmarkBuild(b *testing.B) {
	const n = 50_000
	lines, size := synthLines(1, n)
	dir := b.TempDir()
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(context.Background(), dir, bytes.NewReader(lines), nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "duties/s")
	var disk int64
	_ = filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if info, err := e.Info(); err == nil && !e.IsDir() {
			disk += info.Size()
			b.Logf("%10d %s", info.Size(), filepath.Base(name))
		}
		return err
	})
	b.ReportMetric(float64(disk)/float64(size), "disk/text")
}

func BenchmarkSearch(b *testing.B) {
	lines, size := synthLines(1, 200_000)
	dir := b.TempDir()
	if _, err := Build(context.Background(), dir, bytes.NewReader(lines), nil); err != nil {
		b.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = x.Close() }()
	for _, q := range []struct {
		name string
		req  Request
	}{
		{"word", Request{Query: "回访"}},
		{"frequent-word", Request{Query: "工作"}},
		{"latin", Request{Query: "k8s"}},
		{"and", Request{Query: "客户 回访 数据库"}},
		{"or-not", Request{Query: "(薪酬 OR 招聘) -培训"}},
		{"phrase", Request{Query: `"管理的客户"`}},
		{"phrase-frequent", Request{Query: `"的客户"`}},
		{"prefix", Request{Query: "供应* 审核"}},
		{"filter", Request{Query: "合同", Title: "会计", Kind: "职责"}},
		{"filter-alone", Request{Title: "会计"}},
		{"group", Request{Query: "合同 审核", GroupBy: "position"}},
		{"facets", Request{Query: "合同 审核", Facets: []string{"title", "kind", "site"}}},
	} {
		b.Run(q.name, func(b *testing.B) {
			b.SetBytes(size)
			b.ReportAllocs()
			total := 0
			for b.Loop() {
				res, err := x.Search(context.Background(), q.req)
				if err != nil {
					b.Fatal(err)
				}
				total = res.Total
			}
			b.ReportMetric(float64(total), "results")
		})
	}
}

func BenchmarkOpen(b *testing.B) {
	lines, _ := synthLines(1, 20_000)
	dir := b.TempDir()
	if _, err := Build(context.Background(), dir, bytes.NewReader(lines), nil); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x, err := Open(dir)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := x.Search(context.Background(), Request{Query: "客户 回访"}); err != nil {
			b.Fatal(err)
		}
		if err := x.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
