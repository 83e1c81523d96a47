//go:build cgo && gojieba

package index

import (
	"bytes"
	"context"
	"io"
	"slices"
	"testing"

	"zhize/index/jieba/gojieba"
	"zhize/internal/dutygen"
	"zhize/record"
)

// TestBuildBy compares the hits of an index that gojieba cut with those of one that the program's own segmenter cut.
func TestBuildBy(t *testing.T) {
	var positions bytes.Buffer
	if _, err := dutygen.Write(&positions, io.Discard, 3, 5000); err != nil {
		t.Fatal(err)
	}
	s, err := gojieba.Open("")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, ours, theirs := context.Background(), t.TempDir(), t.TempDir()
	if _, err := Build(ctx, ours, bytes.NewReader(positions.Bytes()), nil); err != nil {
		t.Fatal(err)
	}
	info, err := BuildBy(ctx, theirs, bytes.NewReader(positions.Bytes()), s, nil)
	if err != nil || info.Segmenter != gojieba.Name {
		t.Fatalf("%+v, %v", info, err)
	}
	a, err := Open(ours)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	b, err := Open(theirs)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	hits := 0
	for _, q := range []string{"客户", "投诉", "客户 投诉", "负责 OR 协助", "\"客户投诉\"", "培训*", "管理 -负责", "title:经理 计划"} {
		req := Request{Query: q, Limit: 50}
		x, err := a.Search(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		y, err := b.Search(ctx, req)
		if err != nil {
			t.Fatal(err)
		}
		hits += x.Total
		if x.Total != y.Total || !slices.EqualFunc(x.Hits, y.Hits, func(p, q record.Hit) bool { return p.ID == q.ID && p.Score == q.Score }) {
			t.Errorf("%s: %d and %d hits, or others", q, x.Total, y.Total)
		}
	}
	if hits < 1000 {
		t.Errorf("%d hits prove little", hits)
	}
	// The segmenter is a part of what an index is: without it the index is made anew.
	u, err := Update(ctx, theirs, bytes.NewReader(positions.Bytes()), nil, nil)
	if err != nil || !u.Rebuilt || u.Segmenter != "" {
		t.Errorf("an update by another segmenter: %+v, %v", u, err)
	}
}
