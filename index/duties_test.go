package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"zhize/index/canon"
	"zhize/record"
)

// TestCanonical folds near copies by the table of a run, counts as the run does,
// and refuses a table that is absent or of other duties.
func TestCanonical(t *testing.T) {
	dir := t.TempDir()
	texts := []string{"受理客户投诉并及时回复", "受理客户的投诉并及时回复", "整理客户投诉记录", "受理客户投诉，并及时回复。", "投诉——"}
	var lines strings.Builder
	for i, text := range texts {
		fmt.Fprintf(&lines, `{"schema":"zhize/1","id":"%016x-p001","page":{"id":"%016x","uri":"u"},"article":{"ordinal":1},"sections":[{"kind":"responsibilities","items":[{"text":%q,"span":[0,1],"children":[]}]}]}`+"\n", i, i, text)
	}
	if _, err := Build(context.Background(), dir, strings.NewReader(lines.String()), nil); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	req := Request{Query: "投诉", GroupBy: canonical, Sort: "count"}
	if _, err := x.Search(context.Background(), req); !errors.Is(err, canon.ErrAbsent) {
		t.Errorf("without a table: %v", err)
	}
	duties := []record.Duty{
		{Schema: record.Schema, ID: "d0", Text: texts[0], Kind: "responsibilities", Count: 30},
		{Schema: record.Schema, ID: "d1", Text: texts[2], Kind: "responsibilities", Count: 70},
	}
	put := func(duties []record.Duty) {
		t.Helper()
		f, err := os.Create(filepath.Join(dir, dutiesName))
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range duties {
			if err := json.NewEncoder(f).Encode(d); err != nil {
				t.Fatal(err)
			}
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	put(duties)
	key := func(text string) uint64 { return canon.Key(canon.Letters(text), "responsibilities") }
	w, err := canon.Create(filepath.Join(dir, canon.Name))
	if err != nil {
		t.Fatal(err)
	}
	w.Folded(key(texts[1]), key(texts[0]))
	first, _ := json.Marshal(duties[0])
	offsets := map[uint64]uint64{key(texts[0]): 0, key(texts[2]): uint64(len(first) + 1)}
	keys := []uint64{key(texts[0]), key(texts[2])}
	slices.Sort(keys)
	for _, k := range keys {
		n := uint32(30)
		if k == key(texts[2]) {
			n = 70
		}
		w.Duty(k, offsets[k], n)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	res, err := x.Search(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range res.Hits {
		id := "none"
		if h.Duty != nil {
			id = h.Duty.ID
		}
		got = append(got, fmt.Sprint(id, " ", h.Duplicates))
	}
	if want := []string{"d1 69", "d0 29", "none 0"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	put(duties[1:]) // another run's
	if _, err := x.Search(context.Background(), req); err == nil || !strings.Contains(err.Error(), "run again") {
		t.Errorf("other duties: %v", err)
	}
	// Without canonical duties the count is that of what was found.
	res, err = x.Search(context.Background(), Request{Query: "投诉", Sort: "count"})
	if err != nil || len(res.Hits) != 4 || res.Hits[0].Duplicates != 1 || res.Hits[1].Duplicates != 0 {
		t.Errorf("by count: %+v, %v", res, err)
	}
}
