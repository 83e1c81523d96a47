package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/bleve_index_api"
	segments "github.com/blevesearch/scorch_segment_api/v2"
	zap "github.com/blevesearch/zapx/v17"
)

// doc is a document as a test sees it.
type doc [numFields][]string // in the order of fields

// invent makes documents with frequent terms, rare ones and ones that stand in
// both fields.
func invent(r *rand.Rand, n int) []doc {
	terms := strings.Fields("客户 投诉 税 回访 java k8s 客 户投 的 数据 库 c++ 3.5 T恤 𠮷野")
	docs := make([]doc, n)
	for i := range docs {
		for f := range docs[i] {
			if f == 2 && i%5 > 0 { // five in a row share a title
				docs[i][f] = docs[i-1][f]
				continue
			}
			for range r.IntN(12) {
				switch r.IntN(4) {
				case 0:
					docs[i][f] = append(docs[i][f], fmt.Sprintf("n%d", r.IntN(max(n, 1))))
				default:
					docs[i][f] = append(docs[i][f], terms[min(r.IntN(len(terms)), r.IntN(len(terms)))])
				}
			}
		}
	}
	return docs
}

// build writes documents in runs of the given size.
func build(t testing.TB, docs []doc, run int) string { return buildFrom(t, 0, docs, run) }

// buildFrom numbers them from first.
func buildFrom(t testing.TB, first int, docs []doc, run int) string {
	t.Helper()
	dir := t.TempDir()
	b, err := NewBuilder(dir, first)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Abort()
	g := NewGather()
	for part := range slices.Chunk(docs, run) {
		for _, d := range part {
			g.Under(d[2])
			g.Next()
			for f, terms := range d[:2] {
				for _, term := range terms {
					[]func(string){g.Word, g.Gram}[f](term)
				}
			}
		}
		if err := b.Add(g.Run()); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	var names []string
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := slices.Sorted(slices.Values(Files())); !slices.Equal(names, want) {
		t.Fatalf("the folder holds %q, want %q", names, want)
	}
	return dir
}

// TestPostings asks for every term, and compares with the documents themselves.
func TestPostings(t *testing.T) {
	for _, n := range []int{0, 1, 3000, 70_000} { // the last has more than one container, and full ones
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			docs := invent(rand.New(rand.NewPCG(1, uint64(n))), n)
			compare(t, docs, Part{Dir: build(t, docs, max(n/7, 1)), Docs: n})
		})
	}
}

// compare opens folders and compares all terms with those of the documents.
func compare(t *testing.T, docs []doc, parts ...Part) *Reader {
	t.Helper()
	r, err := Open(parts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	ctx, want := context.Background(), expected(docs)
	for f, terms := range want {
		for term, docs := range terms {
			got := roaring.New()
			if err := r.Or(got, fields[f], term); err != nil {
				t.Fatal(err)
			}
			if !got.Equals(docs) {
				t.Fatalf("%s %q: %d documents, want %d", fields[f], term, got.GetCardinality(), docs.GetCardinality())
			}
			var list []uint32
			if err := r.Postings(ctx, fields[f], term, func(doc uint32) { list = append(list, doc) }); err != nil || !slices.Equal(list, docs.ToArray()) {
				t.Fatalf("%s %q: %d postings: %v", fields[f], term, len(list), err)
			}
			if n, err := r.Count(ctx, fields[f], term); err != nil || n != len(list) {
				t.Fatalf("%s %q: counted %d of %d: %v", fields[f], term, n, len(list), err)
			}
		}
		for _, prefix := range []string{"", "n1", "客", "客户", "\xff"} {
			var list []string
			for term := range terms {
				if strings.HasPrefix(term, prefix) {
					list = append(list, term)
				}
			}
			sort.Strings(list)
			got, err := r.Terms(ctx, fields[f], prefix, nil)
			if err != nil || !slices.Equal(got, list) {
				t.Errorf("%s with %q: %d terms, want %d: %v", fields[f], prefix, len(got), len(list), err)
			}
			i := 0
			if err := r.Each(ctx, fields[f], prefix, func(term string, n int) {
				if i >= len(list) || term != list[i] || n != int(terms[term].GetCardinality()) {
					t.Errorf("%s with %q: %q of %d documents", fields[f], prefix, term, n)
				}
				i++
			}); err != nil || i != len(list) {
				t.Errorf("%s with %q: %d of %d terms: %v", fields[f], prefix, i, len(list), err)
			}
		}
	}
	got := roaring.New()
	if err := r.Or(got, Words, "absent"); err != nil || !got.IsEmpty() {
		t.Errorf("a term that is absent: %v, %v", got, err)
	}
	for _, word := range []string{"java", "客户", "n1", "n"} {
		all, third := roaring.New(), roaring.New()
		want := [2]int{} // in all documents, in every third
		for i, d := range docs {
			times := 0
			for _, term := range d[0] {
				if term == word {
					times++
				}
			}
			all.Add(uint32(i))
			if want[0] += max(times-1, 0); i%3 == 0 {
				want[1] += max(times-1, 0)
				third.Add(uint32(i))
			}
		}
		for i, within := range []*roaring.Bitmap{all, third} {
			again := 0
			if err := r.Repeats(ctx, word, within, func(_, times uint32) { again += int(times) }); err != nil || again != want[i] {
				t.Errorf("%q stands again %d times, want %d: %v", word, again, want[i], err)
			}
		}
	}
	if want[1]["客户"] != nil {
		list, err := r.Terms(context.Background(), Grams, "", func(term string) bool { return term == "客户" })
		if err != nil || !slices.Equal(list, []string{"客户"}) {
			t.Errorf("kept %q: %v", list, err)
		}
	}
	return r
}

func expected(docs []doc) (want [numFields]map[string]*roaring.Bitmap) {
	for f := range want {
		want[f] = map[string]*roaring.Bitmap{}
	}
	add := func(f int, term string, i int) {
		if want[f][term] == nil {
			want[f][term] = roaring.New()
		}
		want[f][term].Add(uint32(i))
	}
	for i, d := range docs {
		for f, terms := range d {
			for _, term := range terms {
				add(f, term, i)
				if f == 0 && pair(term) {
					add(1, term, i) // whose text has a word has its pair of characters
				}
			}
		}
	}
	return want
}

// TestRunsDoNotShow: how documents were parted into runs leaves no trace.
func TestRunsDoNotShow(t *testing.T) {
	docs := invent(rand.New(rand.NewPCG(3, 4)), 500)
	a, b := build(t, docs, 500), build(t, docs, 7)
	for _, name := range Files() {
		x, err := os.ReadFile(filepath.Join(a, name))
		y, err2 := os.ReadFile(filepath.Join(b, name))
		if err != nil || err2 != nil || !bytes.Equal(x, y) {
			t.Errorf("%s differs: %v, %v", name, err, err2)
		}
	}
}

// field and document are what Bleve's own builder takes.
type field struct {
	name  string
	freqs bleve.TokenFrequencies
}

func (f *field) Name() string                                     { return f.name }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) Analyze()                                         {}
func (f *field) Value() []byte                                    { return []byte(f.name) }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return 0 }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) AnalyzedLength() int                              { return len(f.freqs) }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.freqs }
func (f *field) Options() bleve.FieldIndexingOptions {
	if f.name == "_id" {
		return bleve.IndexField | bleve.StoreField
	}
	return bleve.IndexField | bleve.SkipFreqNorm
}

type document struct {
	bleve.Document
	fields []*field
}

func (d *document) VisitComposite(bleve.CompositeFieldVisitor) {}
func (d *document) VisitFields(f bleve.FieldVisitor) {
	for _, x := range d.fields {
		f(x)
	}
}

// TestBleveReadsTheSame makes segments of the same documents by Bleve's own
// builder, and compares every term and its documents.
func TestBleveReadsTheSame(t *testing.T) {
	docs := invent(rand.New(rand.NewPCG(5, 6)), 2000)
	dir := build(t, docs, 300)
	for f := range numFields {
		var theirs []bleve.Document
		for i, d := range docs {
			x := &field{name: fields[f], freqs: bleve.TokenFrequencies{}}
			for _, term := range d[f] {
				if f == 1 && pair(term) && slices.Contains(d[0], term) {
					continue
				}
				if f == 0 {
					for times := 2; x.freqs[term] != nil; times++ {
						term, _, _ = strings.Cut(term, again)
						term += again + string(rune(times))
					}
				}
				x.freqs[term] = &bleve.TokenFreq{Term: []byte(term)}
				x.freqs[term].SetFrequency(1)
			}
			id := &field{name: "_id", freqs: bleve.TokenFrequencies{}}
			name := fmt.Sprint(i)
			id.freqs[name] = &bleve.TokenFreq{Term: []byte(name)}
			theirs = append(theirs, &document{fields: []*field{id, x}})
		}
		want, _, err := new(zap.ZapPlugin).New(theirs)
		if err != nil {
			t.Fatal(err)
		}
		got, err := new(zap.ZapPlugin).Open(filepath.Join(dir, file(fields[f])))
		if err != nil {
			t.Fatal(err)
		}
		if a, b := everything(t, got, fields[f]), everything(t, want, fields[f]); a != b || len(a) < 1000 {
			t.Errorf("%s: %d bytes of postings, Bleve's have %d", fields[f], len(a), len(b))
		}
		if err := errors.Join(got.Close(), want.Close()); err != nil {
			t.Error(err)
		}
	}
}

func everything(t *testing.T, s segments.Segment, field string) string {
	t.Helper()
	dict, err := s.Dictionary(field)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for it := dict.AutomatonIterator(nil, nil, nil); ; {
		e, err := it.Next()
		if err != nil {
			t.Fatal(err)
		}
		if e == nil {
			return b.String()
		}
		list, err := dict.PostingsList([]byte(e.Term), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		// The iterator's own count is wrong behind a term of one document.
		fmt.Fprintf(&b, "%s %d", e.Term, list.Count())
		for docs := list.Iterator(false, false, false, nil); ; {
			p, err := docs.Next()
			if err != nil {
				t.Fatal(err)
			}
			if p == nil {
				break
			}
			fmt.Fprintf(&b, " %d", p.Number())
		}
		b.WriteByte('\n')
	}
}

// TestSparse compares with the library's own form.
func TestSparse(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		set := roaring.New()
		for range 1 + r.IntN(sparse) {
			set.Add(r.Uint32N(1 << (1 + r.IntN(31))))
		}
		docs := set.ToArray()
		want, err := set.ToBytes()
		if err != nil {
			t.Fatal(err)
		}
		if got := appendSparse(nil, docs); !bytes.Equal(got, want) || sparseSize(docs) != uint64(len(want)) {
			t.Fatalf("%d documents: %d bytes, the library writes %d", len(docs), len(got), len(want))
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := build(t, invent(rand.New(rand.NewPCG(1, 1)), 20), 10)
	if r, err := Open(Part{Dir: dir, Docs: 27}); err == nil {
		_ = r.Close()
		t.Error("it opens as more documents than it has")
	}
	if r, err := Open(Part{Dir: dir, First: 1, Docs: 20}); err == nil {
		_ = r.Close()
		t.Error("it opens as documents with other numbers")
	}
	if err := os.Remove(filepath.Join(dir, file(Grams))); err != nil {
		t.Fatal(err)
	}
	if r, err := Open(Part{Dir: dir, Docs: 20}); err == nil {
		_ = r.Close()
		t.Error("it opens without its grams")
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	b, err := NewBuilder(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	g := NewGather()
	g.Next()
	g.Word("客户")
	if err := b.Add(g.Run()); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := b.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Close: %v", err)
	}
}
