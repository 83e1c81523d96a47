// Package engine is what the index takes of Bleve: postings of three fields,
// built once and read. A document has a number and terms; where a term stands
// in a text is not kept. How often a word does is kept as further terms, since
// few words stand twice in one duty: the word, a NUL and k for the k-th time,
// from the second.
package engine

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bleve "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt/errors"
)

// The fields.
const (
	Words  = "words"
	Grams  = "grams"
	Titles = "titles" // what the title above a text has
)

// again parts a word from how often it stands in a text. No word holds it.
const again = "\x00"

// lockWait is how long postings that another process holds are waited for: a
// reader only meets a writer by accident.
const lockWait = "1s"

// IsLocked reports whether an error of Open is that another process writes.
func IsLocked(err error) bool { return errors.Is(err, bolt.ErrTimeout) }

// Document is a document to be added.
type Document struct {
	words, grams *field
	title        *Title
}

// Title is what the title above a text has. Documents share it.
type Title struct{ terms *field }

// NewTitle makes a title without terms.
func NewTitle() *Title { return &Title{&field{name: Titles, freqs: bleve.TokenFrequencies{}}} }

// Add adds a term to the title, before a document gets it.
func (t *Title) Add(term string) { t.terms.add(term) }

// NewDocument makes a document for a text of about n characters.
func NewDocument(n int) *Document {
	return &Document{
		words: &field{name: Words, freqs: make(bleve.TokenFrequencies, n)},
		grams: &field{name: Grams, freqs: make(bleve.TokenFrequencies, n)},
	}
}

// Word adds a term to the words, once for each time that the text has it.
func (d *Document) Word(term string) {
	if k := d.words.add(term); k > 1 {
		d.words.add(term + again + string(rune(k)))
		d.words.length--
	}
}

// Gram adds a term to the grams.
func (d *Document) Gram(term string) { d.grams.add(term) }

// Under puts the document under a title.
func (d *Document) Under(t *Title) { d.title = t }

// Words is how often Word was called.
func (d *Document) Words() int { return d.words.length }

// field is a field whose terms are known: Analyze has nothing left to do.
type field struct {
	name   string
	freqs  bleve.TokenFrequencies
	length int
}

// add adds a term and says how often it was added.
func (f *field) add(term string) int {
	f.length++
	tf, ok := f.freqs[term]
	if !ok {
		tf = &bleve.TokenFreq{Term: []byte(term)}
		f.freqs[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + 1)
	return tf.Frequency()
}

func (f *field) Name() string                                     { return f.name }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) Options() bleve.FieldIndexingOptions              { return bleve.IndexField | bleve.SkipFreqNorm }
func (f *field) Analyze()                                         {}
func (f *field) Value() []byte                                    { return nil }
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
func (f *field) Size() int                                        { return 0 }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() bleve.TokenFrequencies { return f.freqs }

// Builder builds postings, batch by batch, in the end merged to one segment.
type Builder struct {
	engine *scorch.Builder
	path   string
	n      int
}

// NewBuilder begins postings in the folder path, which must not exist. What is
// being built lies in temp until then. A batch of documents is held in memory.
func NewBuilder(path, temp string, batch int) (*Builder, error) {
	b, err := scorch.NewBuilder(map[string]any{"path": path, "buildPathPrefix": temp, "batchSize": batch})
	return &Builder{engine: b, path: path}, err
}

// Add adds a document with the next number, from 0, which must be n. A
// document may not be changed after it.
func (b *Builder) Add(n uint32, d *Document) error {
	if int(n) != b.n {
		return fmt.Errorf("document %d comes as number %d", b.n, n)
	}
	b.n++
	doc := document.NewDocument(string(binary.BigEndian.AppendUint32(nil, n))).AddField(d.words).AddField(d.grams)
	if d.title != nil {
		doc.AddField(d.title.terms)
	}
	return b.engine.Index(doc)
}

// Close writes the postings to the disk. Documents get other numbers than the
// ones they were added with: order[i] is the number under which the one that
// postings call i was added.
func (b *Builder) Close(ctx context.Context) (order []uint32, err error) {
	if b.n == 0 { // a builder without documents cannot be closed
		if err := b.engine.Index(document.NewDocument("none")); err != nil {
			return nil, err
		}
	}
	if err := b.engine.Close(); err != nil {
		return nil, err
	}
	if err := share(b.path); err != nil {
		return nil, err
	}
	r, err := Open(b.path, b.n)
	if err != nil {
		return nil, err
	}
	order = make([]uint32, b.n)
	var id bleve.IndexInternalID
	for i := range order {
		if i%4096 == 0 && ctx.Err() != nil {
			return nil, errors.Join(ctx.Err(), r.Close())
		}
		id = bleve.NewIndexInternalID(id, uint64(i))
		name, err := r.reader.ExternalID(id)
		if err == nil && len(name) != 4 {
			err = fmt.Errorf("document %d has the name %q", i, name)
		}
		if err != nil {
			return nil, errors.Join(err, r.Close())
		}
		order[i] = binary.BigEndian.Uint32([]byte(name))
	}
	return order, r.Close()
}

// share lets others than the owner read, as they may the rest of an index.
func share(path string) error {
	entries, err := os.ReadDir(path)
	for _, e := range entries {
		err = errors.Join(err, os.Chmod(filepath.Join(path, e.Name()), 0o644))
	}
	return errors.Join(err, os.Chmod(path, 0o755))
}

// Reader reads postings. It is safe for concurrent use.
type Reader struct {
	engine bleve.Index
	reader bleve.IndexReader
	n      int
}

// Open opens the postings of n documents for reading; nothing is written. It
// waits about a second where another process writes them.
func Open(path string, n int) (*Reader, error) {
	engine, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": path, "read_only": true, "bolt_timeout": lockWait,
	}, nil)
	if err != nil {
		return nil, err
	}
	if err := engine.Open(); err != nil {
		return nil, err
	}
	r := &Reader{engine: engine, n: n}
	if r.reader, err = engine.Reader(); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	count, err := r.reader.DocCount()
	if err == nil && count != uint64(max(n, 1)) {
		err = fmt.Errorf("the postings hold %d documents where %d were written", count, n)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// Close releases the postings. Nothing may be read after it.
func (r *Reader) Close() error { return errors.Join(r.reader.Close(), r.engine.Close()) }

// Postings calls f with the number of each document that has a term, in order.
func (r *Reader) Postings(ctx context.Context, field, term string, f func(doc uint32)) error {
	p, err := r.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer func() { _ = p.Close() }()
	var doc bleve.TermFieldDoc
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		next, err := p.Next(doc.Reset())
		if err != nil || next == nil {
			return err
		}
		id := next.ID.Value()
		if id >= uint64(r.n) {
			return fmt.Errorf("document %d of %d", id, r.n)
		}
		f(uint32(id))
	}
}

// Repeats calls f with each document that has a word more than once, once for
// every further time.
func (r *Reader) Repeats(ctx context.Context, word string, f func(doc uint32)) error {
	var times []string
	err := r.each(ctx, Words, word+again, func(term string, _ int) { times = append(times, term) })
	for _, t := range times {
		if err == nil {
			err = r.Postings(ctx, Words, t, f)
		}
	}
	return err
}

// Each calls f for each term of a field that begins with prefix, in order, with
// the number of documents that have it.
func (r *Reader) Each(ctx context.Context, field, prefix string, f func(term string, documents int)) error {
	return r.each(ctx, field, prefix, func(term string, documents int) {
		if field != Words || !strings.Contains(term, again) {
			f(term, documents)
		}
	})
}

func (r *Reader) each(ctx context.Context, field, prefix string, f func(term string, documents int)) error {
	d, err := r.reader.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return err
	}
	defer func() { _ = d.Close() }()
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		e, err := d.Next()
		if err != nil || e == nil {
			return err
		}
		f(e.Term, int(e.Count))
	}
}

// Count is the number of documents that have a term.
func (r *Reader) Count(ctx context.Context, field, term string) (int, error) {
	p, err := r.reader.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return 0, err
	}
	return int(p.Count()), p.Close()
}

// Terms lists the terms of a field that begin with prefix and that keep, if
// there is one, takes.
func (r *Reader) Terms(ctx context.Context, field, prefix string, keep func(term string) bool) ([]string, error) {
	var list []string
	err := r.Each(ctx, field, prefix, func(term string, _ int) {
		if keep == nil || keep(term) {
			list = append(list, term)
		}
	})
	return list, err
}
