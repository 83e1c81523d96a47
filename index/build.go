package index

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"go.etcd.io/bbolt"
	bolt "go.etcd.io/bbolt/errors"

	"zhize/index/internal/engine"
	"zhize/index/internal/prepare"
	"zhize/index/internal/store"
	"zhize/index/jieba"
)

// Build reads the lines of positions.jsonl and makes them the index of the
// output folder dir, which is created where it is absent. The old index, if
// there is one, stays whole and in place until the new one is on the disk; on
// any error it stays for good. A line that cannot be read is an error that
// names it. progress, which may be nil, is called from one goroutine with the
// number of duties so far. Memory is bounded by a few chunks of lines (4 MiB, or a
// line of 64 MiB at most, for each processor) and the distinct titles, sites and
// articles.
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
	dict := jieba.Default()
	if dictionary != nil {
		var err error
		if dict, err = jieba.Open(dictionary); err != nil {
			return Info{}, fmt.Errorf("building the index: %w", err)
		}
		if dict.Hash() == jieba.Default().Hash() {
			dictionary = nil
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	unlock, err := lock(dir)
	if err != nil {
		return Info{}, err
	}
	defer unlock()
	if err := sweep(dir); err != nil {
		return Info{}, fmt.Errorf("removing what an interrupted build left: %w", err)
	}
	temp, err := os.MkdirTemp(dir, tempName)
	if err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	if err := os.Chmod(temp, 0o755); err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	info, err := write(ctx, temp, positions, dict, dictionary, progress)
	if err != nil {
		return Info{}, fmt.Errorf("building the index: %w", err)
	}
	if err := swap(dir, temp); err != nil {
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
// of it is in use.
func sweep(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
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

// builder writes the postings and the rows of one index.
type builder struct {
	postings *engine.Builder
	store    *store.Writer
	info     infoFile
}

// write makes the whole index in the empty folder temp.
func write(ctx context.Context, temp string, positions io.Reader, dict *jieba.Dict, image []byte, progress func(done int)) (Info, error) {
	b := builder{info: infoFile{Info: Info{Schema: Schema, Dictionary: dict.Hash()}}}
	var err error
	if b.store, err = store.Create(temp); err != nil {
		return Info{}, err
	}
	defer b.store.Abort()
	if b.postings, err = engine.NewBuilder(temp); err != nil {
		return Info{}, err
	}
	defer b.postings.Abort()
	err = prepare.Lines(ctx, positions, dict, func(c *prepare.Chunk) error {
		if err := b.postings.Add(c.Run); err != nil {
			return err
		}
		for i := range c.Positions {
			before := b.info.Documents
			if err := b.add(&c.Positions[i]); err != nil {
				return err
			}
			if progress != nil && before/1000 < b.info.Documents/1000 {
				progress(b.info.Documents)
			}
		}
		return nil
	})
	if err != nil {
		return Info{}, err
	}
	closed := make(chan error, 1)
	go func() { closed <- b.store.Close() }()
	err = b.postings.Close(ctx)
	if err = errors.Join(err, <-closed); err != nil {
		return Info{}, err
	}
	names := append(store.Files(), engine.Files()...)
	if image != nil {
		if err := writeFile(filepath.Join(temp, dictName), image); err != nil {
			return Info{}, err
		}
		names = append(names, dictName)
	}
	if err := errors.Join(b.writeInfo(temp, names), syncDir(temp)); err != nil {
		return Info{}, err
	}
	if progress != nil {
		progress(b.info.Documents)
	}
	return b.info.Info, nil
}

// add writes one position and its duties.
func (b *builder) add(p *prepare.Position) error {
	if len(p.Duties) == 0 {
		return nil
	}
	l := &p.Line
	of := store.Page{ID: l.Page.ID, URI: l.Page.URI, Title: l.Page.Title, Site: l.Page.Site}
	if err := b.store.Position(l.ID, l.Title, l.Article.Heading, of); err != nil {
		return err
	}
	for i := range p.Duties {
		if err := b.store.Duty(&p.Duties[i]); err != nil {
			return err
		}
		b.info.Documents++
		b.info.Terms += int64(p.Duties[i].Terms)
	}
	return nil
}

// writeInfo writes what the index says of itself, last of all.
func (b *builder) writeInfo(temp string, names []string) error {
	b.info.Files = make([]fileSize, len(names))
	errs := make([]error, len(names))
	var group sync.WaitGroup
	for i, name := range names {
		group.Go(func() { b.info.Files[i], errs[i] = measure(temp, name) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	data, err := json.MarshalIndent(b.info, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(temp, infoName), append(data, '\n'))
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
