package index

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/zeebo/xxh3"
	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/prepare"
	"zhize/index/internal/store"
	"zhize/index/jieba"
	"zhize/index/jieba/gojieba"
)

// Build reads the lines of positions.jsonl and makes them the index of the
// output folder dir, which is created where it is absent. The old index, if
// there is one, stays whole and in place until the new one is on the disk; on
// any error it stays for good. A line that cannot be read is an error that
// names it. progress, which may be nil, is called from one goroutine with the
// number of duties so far. Memory is bounded by a few chunks of lines (4 MiB, or a
// line of 64 MiB at most, for each processor).
//
// Another Build of the same folder at the same time is refused with ErrLocked.
// A cancelled context ends it soon.
//
// Texts are cut with the program's own dictionary.
func Build(ctx context.Context, dir string, positions io.Reader, progress func(done int)) (Info, error) {
	return BuildWith(ctx, dir, positions, nil, progress)
}

// BuildWith is Build with another dictionary, an image that jieba.Dict.Extend
// made. The index carries a copy, so that no search need name it. nil is the
// program's own.
func BuildWith(ctx context.Context, dir string, positions io.Reader, dictionary []byte, progress func(done int)) (Info, error) {
	w, err := newWork(dictionary, progress)
	if err != nil {
		return Info{}, err
	}
	release, err := hold(dir)
	if err != nil {
		return Info{}, err
	}
	defer release()
	return put(dir, func(temp string) (Info, error) { return w.all(ctx, temp, positions) })
}

// work is what an index is built with.
type work struct {
	dict     *jieba.Dict
	image    []byte // of dict, where it is not the program's own
	cutter   analysis.Cutter
	name     string // of the segmenter, "" for the program's own
	progress func(done int)
}

func newWork(dictionary []byte, progress func(done int)) (*work, error) {
	w := &work{dict: jieba.Default(), progress: progress}
	if dictionary != nil {
		var err error
		if w.dict, err = jieba.Open(dictionary); err != nil {
			return nil, fmt.Errorf("building the index: %w", err)
		}
		if w.dict.Hash() != jieba.Default().Hash() {
			w.image = dictionary
		}
	}
	w.cutter = w.dict
	return w, nil
}

// BuildBy is Build with words cut by gojieba itself. The index remembers that, and
// holds the same words: a search of it is that of any other.
func BuildBy(ctx context.Context, dir string, positions io.Reader, segmenter *gojieba.Segmenter, progress func(done int)) (Info, error) {
	w, err := newWork(nil, progress)
	if err != nil {
		return Info{}, err
	}
	w.cutter, w.name = segmenter, gojieba.Name
	release, err := hold(dir)
	if err != nil {
		return Info{}, err
	}
	defer release()
	return put(dir, func(temp string) (Info, error) { return w.all(ctx, temp, positions) })
}

// hold makes the output folder where it is absent, keeps other builds out of it
// until release is called, and removes what builds left that did not end.
func hold(dir string) (release func(), err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("building the index: %w", err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return nil, err
	}
	if err := sweep(dir); err != nil {
		unlock()
		return nil, fmt.Errorf("removing what an interrupted build left: %w", err)
	}
	return unlock, nil
}

// put makes an index under another name and puts it in its place. The folder is
// held.
func put(dir string, write func(temp string) (Info, error)) (Info, error) {
	temp, err := os.MkdirTemp(dir, tempName)
	if err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	if err := os.Chmod(temp, 0o755); err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	info, err := write(temp)
	if err == nil {
		err = swap(dir, temp)
	}
	if err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	return info, nil
}

// lock keeps two builds out of one folder. The lock ends with the process.
func lock(dir string) (unlock func(), err error) {
	name := filepath.Join(dir, lockName)
	db, err := bbolt.Open(name, 0o644, &bbolt.Options{Timeout: 100 * time.Millisecond, NoSync: true})
	if err != nil {
		if errors.Is(err, bolt.ErrTimeout) {
			return nil, failed(ErrLocked, dir, "")
		}
		return nil, fmt.Errorf("locking the index with %s: %w", name, err)
	}
	return func() {
		_ = os.Remove(name)
		_ = db.Close()
	}, nil
}

// sweep removes what builds left that did not end. The lock is held, so none
// of it is in use. An index that was being replaced gets its name back.
func sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if path := filepath.Join(dir, folder); strings.HasPrefix(e.Name(), oldName) {
			if _, absent := os.Lstat(path); errors.Is(absent, fs.ErrNotExist) {
				err = errors.Join(err, os.Rename(filepath.Join(dir, e.Name()), path))
				continue
			}
		}
		if strings.HasPrefix(e.Name(), tempName) || strings.HasPrefix(e.Name(), oldName) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// swap gives the finished folder its name. Between the two renames there is no
// index; a crash there leaves one that Open calls absent.
func swap(dir, temp string) error {
	path := filepath.Join(dir, folder)
	old := ""
	if _, err := os.Lstat(path); err == nil {
		old = filepath.Join(dir, oldName+strings.TrimPrefix(filepath.Base(temp), tempName))
		if err := os.Rename(path, old); err != nil {
			return err
		}
	}
	if err := os.Rename(temp, path); err != nil {
		if old != "" {
			err = errors.Join(err, os.Rename(old, path))
		}
		return err
	}
	if err := syncDir(dir); err != nil {
		return err
	}
	// The index is in place. What a reader keeps from being removed, as some
	// systems do, the next build sweeps.
	_ = os.RemoveAll(old)
	return nil
}

// syncDir waits until the names in a folder are on the disk. Systems that
// cannot do so for folders have nothing to wait for.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	_ = d.Sync()
	return d.Close()
}

// all makes the whole index in the empty folder temp.
func (w *work) all(ctx context.Context, temp string, positions io.Reader) (Info, error) {
	b := builder{work: w, sum: xxh3.New()}
	if err := b.part(ctx, temp, 0, positions, nil); err != nil {
		return Info{}, err
	}
	names := append(store.Files(), engine.Files()...)
	if w.image != nil {
		if err := writeFile(filepath.Join(temp, dictName), w.image); err != nil {
			return Info{}, err
		}
		names = append(names, dictName)
	}
	info := infoFile{
		Info: Info{Schema: Schema, Dictionary: w.dict.Hash(), Segmenter: w.name, Documents: b.documents}, Terms: b.terms,
		Lines: lineSum(b.sum), Parts: []int{b.documents},
	}
	if err := errors.Join(info.measure(temp, names), info.write(temp)); err != nil {
		return Info{}, err
	}
	return info.Info, nil
}

// lineSum is what Lines of an infoFile is: of the hashes of the lines.
func lineSum(h *xxh3.Hasher) string {
	sum := h.Sum128().Bytes()
	return hex.EncodeToString(sum[:])
}

// builder writes the postings and the rows of one part.
type builder struct {
	*work
	postings  *engine.Builder
	store     *store.Writer
	documents int
	terms     int64
	sum       *xxh3.Hasher // of the lines
}

// part writes the lines of positions that want takes, nil being all, into the
// empty folder temp. first is the number of their first document.
func (b *builder) part(ctx context.Context, temp string, first int, positions io.Reader, want func(n int) bool) error {
	var err error
	if b.store, err = store.Create(temp); err != nil {
		return err
	}
	defer b.store.Abort()
	if b.postings, err = engine.NewBuilder(temp, first); err != nil {
		return err
	}
	defer b.postings.Abort()
	err = prepare.Lines(ctx, positions, b.cutter, want, func(c *prepare.Chunk) error {
		if err := b.postings.Add(c.Run); err != nil {
			return err
		}
		duties := c.Duties
		for i := range c.Positions {
			before, p := b.documents, &c.Positions[i]
			if err := b.add(p, duties[:p.Duties]); err != nil {
				return err
			}
			duties = duties[p.Duties:]
			if b.progress != nil && before/1000 < b.documents/1000 {
				b.progress(b.documents)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	closed := make(chan error, 1)
	go func() { closed <- b.store.Close() }()
	err = b.postings.Close(ctx)
	if err = errors.Join(err, <-closed); err == nil && b.progress != nil {
		b.progress(b.documents)
	}
	return err
}

// add writes one position and its duties.
func (b *builder) add(p *prepare.Position, duties []store.Item) error {
	l := &p.Line
	of := store.Page{ID: l.Page.ID, URI: l.Page.URI, Title: l.Page.Title, Site: l.Page.Site}
	if err := b.store.Position(p.Hash, l.ID, l.Title, l.Article.Heading, of); err != nil {
		return err
	}
	_, _ = b.sum.Write(p.Hash[:]) // a hash takes all
	for i := range duties {
		if err := b.store.Duty(&duties[i]); err != nil {
			return err
		}
		b.documents++
		b.terms += int64(duties[i].Terms)
	}
	return nil
}

// measure adds files of the folder temp to those that the index lists.
func (i *infoFile) measure(temp string, names []string) error {
	files := make([]fileSize, len(names))
	errs := make([]error, len(names))
	var group sync.WaitGroup
	for n, name := range names {
		group.Go(func() { files[n], errs[n] = measure(temp, name) })
	}
	group.Wait()
	i.Files = append(i.Files, files...)
	return errors.Join(errs...)
}

// write writes what the index says of itself, last of all, and waits for the disk.
func (i *infoFile) write(temp string) error {
	data, err := json.MarshalIndent(i, "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(writeFile(filepath.Join(temp, infoName), append(data, '\n')), syncDir(temp))
}

func writeFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

func measure(dir, name string) (fileSize, error) {
	st, err := os.Stat(filepath.Join(dir, name))
	if err != nil {
		return fileSize{}, err
	}
	sum, err := hashFile(filepath.Join(dir, name))
	return fileSize{name, st.Size(), sum}, err
}
