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
	texts := []string{"受理客户投诉并及时回复", "受理客户的投诉并及时回复", "整理客户投诉的回复记录", "受理客户投诉，并及时回复。", "投诉——"}
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
	if _, err := x.Search(context.Background(), req); !errors.Is(err, canon.ErrAbsent) || !errors.Is(err, ErrDuties) {
		t.Errorf("without a table: %v", err)
	}
	duties := []record.Duty{
		{Schema: record.Schema, ID: "d00000000000000a0", Text: texts[0], Kind: "responsibilities", Count: 30},
		{Schema: record.Schema, ID: "d00000000000000b1", Text: texts[2], Kind: "responsibilities", Count: 70},
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
	if want := []string{"d00000000000000b1 69", "d00000000000000a0 29", "none 0"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	// Duties like a canonical one are none of its wordings, by any id of it.
	similar := func(req Request) (texts []string) {
		t.Helper()
		res, err := x.Search(context.Background(), req)
		if err != nil {
			t.Fatalf("%+v: %v", req, err)
		}
		for _, h := range res.Hits {
			texts = append(texts, h.Text)
		}
		return texts
	}
	for _, test := range []struct {
		req  Request
		want []string
	}{
		{Request{Similar: "d00000000000000a0"}, []string{texts[2]}},
		{Request{Similar: "d00000000000000b1"}, []string{texts[0], texts[1]}},
		{Request{Similar: "d00000000000000b1", GroupBy: canonical}, []string{texts[0]}},
		{Request{Similar: "d00000000000000b1", Query: "受理 的"}, []string{texts[1]}},
		{Request{Similar: "0000000000000000-p001-i001"}, []string{texts[1], texts[2]}},
		{Request{Similar: "0000000000000000-p001-i001", GroupBy: canonical}, []string{texts[2]}},
		{Request{Similar: "0000000000000001-p001-i001", GroupBy: canonical}, []string{texts[2]}},
	} {
		if got := similar(test.req); !slices.Equal(got, test.want) {
			t.Errorf("%+v: %q, want %q", test.req, got, test.want)
		}
	}
	if _, err := x.Search(context.Background(), Request{Similar: "d000000"}); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("the beginning of two ids: %v", err)
	}
	for _, id := range []string{"d00000000000000c2", "d1234567", "d12", "d", "dx0000000000000a0"} {
		if _, err := x.Search(context.Background(), Request{Similar: id}); !errors.Is(err, ErrNoItem) {
			t.Errorf("%s: %v", id, err)
		}
	}
	put(duties[1:]) // another run's
	if _, err := x.Search(context.Background(), req); err == nil || !errors.Is(err, ErrDuties) || !strings.Contains(err.Error(), "run again") {
		t.Errorf("other duties: %v", err)
	}
	// Without canonical duties the count is that of what was found.
	res, err = x.Search(context.Background(), Request{Query: "投诉", Sort: "count"})
	if err != nil || len(res.Hits) != 4 || res.Hits[0].Duplicates != 1 || res.Hits[1].Duplicates != 0 {
		t.Errorf("by count: %+v, %v", res, err)
	}
}
