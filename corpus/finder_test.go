package corpus

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"zhize/corpus/internal/store"
)

// TestFinder compares what it finds with what a walk through the files finds.
func TestFinder(t *testing.T) {
	out := finished(t)
	f, err := OpenFinder(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	ids := []string{"", "xyz", "0000", "d0123", "d01234", "0123456789abcdef", "d0123456789abcdef", "d0123456", "0123456789abcdef-p001"}
	for _, name := range []string{store.PagesName, store.PositionsName, store.DutiesName} {
		for line := range strings.Lines(outputs(t, out)[name]) {
			var rec struct{ ID string }
			if err := json.Unmarshal([]byte(line), &rec); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, rec.ID)
			switch name {
			case store.PositionsName:
				ids = append(ids, rec.ID+"-i001", rec.ID+"-i000", rec.ID+"-i099", rec.ID[:6]+rec.ID[16:])
			case store.PagesName:
				ids = append(ids, rec.ID[:6], rec.ID+"-p099")
			default:
				ids = append(ids, rec.ID[:8])
			}
		}
	}
	if len(ids) < 30 {
		t.Fatalf("%d ids", len(ids))
	}
	var all sync.WaitGroup
	for _, id := range ids {
		all.Go(func() {
			want, failed := Find(out, id)
			got, err := f.Find(context.Background(), id)
			for _, kind := range []error{ErrNoID, ErrNotFound, ErrAmbiguous} {
				if errors.Is(err, kind) != errors.Is(failed, kind) {
					t.Errorf("%q: %v, and Find says %v", id, err, failed)
				}
			}
			if (err == nil) != (failed == nil) {
				t.Errorf("%q: %v, and Find says %v", id, err, failed)
			}
			if d := cmp.Diff(want, got); err == nil && d != "" {
				t.Errorf("%q: %s", id, d)
			}
		})
	}
	all.Wait()
}

// TestFinderStays finds in the outputs that it was opened on while others take
// their place, and does not wait for a reader that was told to stop.
func TestFinderStays(t *testing.T) {
	out := finished(t)
	f, err := OpenFinder(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	id := outputs(t, out)[store.PagesName][len(store.LineHead):][:16]
	if err := os.Rename(filepath.Join(out, store.PagesName), filepath.Join(out, "old")); err != nil {
		t.Skipf("an open file cannot be renamed here: %v", err)
	}
	write(t, out, map[string]string{store.PagesName: ""})
	if found, err := f.Find(context.Background(), id); err != nil || found.Page.ID != id {
		t.Errorf("%+v, %v", found, err)
	}
}

func TestFinderErrors(t *testing.T) {
	if _, err := OpenFinder(t.TempDir()); !errors.Is(err, ErrUnfinished) {
		t.Errorf("an empty folder: %v", err)
	}
	for name, content := range map[string]string{
		"no id":     "{}\n",
		"cut off":   store.LineHead,
		"no digits": store.LineHead + strings.Repeat("x", 40) + "\n",
	} {
		out := finished(t)
		write(t, out, map[string]string{store.PagesName: content})
		f, err := OpenFinder(out)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Find(context.Background(), "0123456789abcdef"); err == nil || !strings.Contains(err.Error(), store.PagesName) {
			t.Errorf("%s: %v", name, err)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := &Finder{}
	f.pages.once.Do(func() { f.pages.lines = []place{} })
	if _, err := f.Find(ctx, "0123456789abcdef"); err == nil {
		t.Error("a search that was cancelled finds something")
	}
}
