package index

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/zeebo/xxh3"

	"zhize/index/internal/engine"
	"zhize/index/internal/prepare"
	"zhize/index/internal/reuse"
	"zhize/index/internal/store"
)

// Updated is what Update did.
type Updated struct {
	Info
	// Rebuilt says that the index was made anew of all lines.
	Rebuilt bool
	// Cut is how many duties were cut into words and written: all of them where the
	// index was made anew, none where it was as it should be.
	Cut int
}

// limits say when an update is made: where it saves time, and searches do not
// have to look into two large parts.
type limits struct {
	least int64 // bytes of positions.jsonl below which a rebuild takes no longer
	share int64 // one part in so many of lines may be new, and of duties be gone
}

// Updates write again what earlier updates wrote; with a quarter, a corpus that
// grows by one in a hundred again and again is rebuilt at every twenty-fifth, and
// an update costs an eighth of a rebuild on the average.
var usualLimits = limits{least: 1 << 20, share: 4}

// Update makes the index of an output folder that of the lines of positions, and
// reads them from their start. Lines that the index has already are neither parsed
// nor cut: their documents stay where they are. All others are written as the
// second part, in the place of that of an earlier update; documents whose lines are
// gone are left out. What a search answers is what it would answer after Build.
//
// The index is made anew where there is none, where it is of another version, cut
// with another dictionary or damaged (what is kept is compared with its hashes), and
// where more than a quarter of the lines is new. Where nothing has changed, nothing
// is written. In all else Update is BuildWith. Beside what a build takes, an update
// holds twenty bytes a line.
func Update(ctx context.Context, dir string, positions io.ReadSeeker, dictionary []byte, progress func(done int)) (Updated, error) {
	return update(ctx, dir, positions, dictionary, progress, usualLimits)
}

func update(ctx context.Context, dir string, positions io.ReadSeeker, dictionary []byte, progress func(done int), l limits) (Updated, error) {
	w, err := newWork(dictionary, progress)
	if err != nil {
		return Updated{}, err
	}
	release, err := hold(dir)
	if err != nil {
		return Updated{}, err
	}
	defer release()
	var u *updating
	err = guarded(dir, func() (err error) {
		u, err = planUpdate(ctx, dir, positions, w, l)
		return err
	})
	if errors.Is(err, ErrDamaged) { // found on the way
		u, err = nil, nil
	}
	if err != nil {
		return Updated{}, err
	}
	if u != nil && u.same {
		return Updated{Info: u.old.Info}, nil
	}
	if _, err := positions.Seek(0, io.SeekStart); err != nil {
		return Updated{}, fmt.Errorf("building the index: %w", err)
	}
	var out Updated
	out.Info, err = put(dir, func(temp string) (info Info, err error) {
		if u == nil {
			info, err = w.all(ctx, temp, positions)
			out.Rebuilt, out.Cut = true, info.Documents
			return info, err
		}
		info, out.Cut, err = u.write(ctx, temp, positions)
		return info, err
	})
	if err != nil {
		return Updated{}, err
	}
	return out, nil
}

// updating is an update on its way.
type updating struct {
	*work
	path  string // of the index that is there
	old   infoFile
	same  bool // there is nothing to do
	sum   string
	match *reuse.Match
	gone  *roaring.Bitmap
	terms int64 // words of what is kept
}

// planUpdate finds out what can be kept; nil if the index is better made anew.
func planUpdate(ctx context.Context, dir string, positions io.ReadSeeker, w *work, l limits) (*updating, error) {
	old, err := readInfo(dir)
	if err != nil || old.Dictionary != w.dict.Hash() || old.Segmenter != w.name {
		return nil, nil // whatever is wrong with it, it is replaced
	}
	u := &updating{work: w, path: filepath.Join(dir, folder), old: old}
	if _, _, err := old.parts(u.path); err != nil {
		return nil, nil
	}
	main, err := store.Open(u.path, "")
	if err != nil {
		return nil, nil
	}
	defer func() { _ = main.Close() }() // read only
	whole := make(chan error, 1)
	go func() { whole <- verify(dir, u.old.Files) }()
	u.match, u.sum, err = matchLines(ctx, positions, main)
	if bad := <-whole; bad != nil || err != nil || main.Duties() != old.Parts[0] {
		return nil, err
	}
	if u.same = u.sum == old.Lines; u.same {
		return u, nil
	}
	m := u.match
	if m.Bytes < l.least || m.NewBytes > m.Bytes/l.share {
		return nil, nil
	}
	u.gone = roaring.New()
	for i, line := range m.Lines {
		if line != store.Gone {
			continue
		}
		from, to := main.Of(uint32(i))
		u.gone.AddRange(uint64(from), uint64(to))
	}
	if int64(u.gone.GetCardinality()) > int64(main.Duties())/l.share {
		return nil, nil
	}
	for n := range main.Duties() {
		if d := main.Duty(uint32(n)); !u.gone.Contains(uint32(n)) {
			u.terms += int64(d.Terms)
		}
	}
	return u, nil
}

// matchLines finds the lines of positions in the first part of an index. The error
// is one of reading them.
func matchLines(ctx context.Context, positions io.ReadSeeker, main *store.Store) (*reuse.Match, string, error) {
	if _, err := positions.Seek(0, io.SeekStart); err != nil {
		return nil, "", fmt.Errorf("building the index: %w", err)
	}
	m, sum := reuse.New(main), xxh3.New()
	err := prepare.Each(positions, func(hash store.LineHash, size int) error {
		_, _ = sum.Write(hash[:]) // a hash takes all
		m.Add(hash, size)
		return ctx.Err()
	})
	if err != nil {
		return nil, "", fmt.Errorf("building the index: %w", err)
	}
	return m, lineSum(sum), nil
}

// write makes the index in the empty folder temp: the first part as it is, and the
// second.
func (u *updating) write(ctx context.Context, temp string, positions io.Reader) (Info, int, error) {
	info := infoFile{Info: u.old.Info, Lines: u.sum, Terms: u.terms}
	for _, f := range u.old.Files {
		if strings.HasPrefix(f.Name, moreFolder+"/") {
			continue
		}
		if err := link(filepath.Join(u.path, f.Name), filepath.Join(temp, f.Name)); err != nil {
			return Info{}, 0, err
		}
		info.Files = append(info.Files, f)
	}
	if u.match.Same() { // as it was before the last update
		info.Parts, info.Documents = u.old.Parts[:1], u.old.Parts[0]
		return info.Info, 0, info.write(temp)
	}
	more := filepath.Join(temp, moreFolder)
	if err := os.Mkdir(more, 0o755); err != nil {
		return Info{}, 0, err
	}
	kept := u.old.Parts[0]
	b := builder{work: u.work, sum: xxh3.New()}
	if err := b.part(ctx, more, kept, positions, u.match.New); err != nil {
		return Info{}, 0, err
	}
	gone, err := engine.WriteGone(more, u.gone)
	if err != nil {
		return Info{}, 0, err
	}
	order, err := store.WriteOrder(more, u.match.Order())
	if err != nil {
		return Info{}, 0, err
	}
	info.Parts = []int{kept, b.documents}
	info.Documents = kept - int(u.gone.GetCardinality()) + b.documents
	info.Terms += b.terms
	var names []string
	for _, name := range append(append(store.Files(), engine.Files()...), gone, order) {
		names = append(names, path.Join(moreFolder, name))
	}
	if err := errors.Join(info.measure(temp, names), syncDir(more), info.write(temp)); err != nil {
		return Info{}, 0, err
	}
	return info.Info, b.documents, nil
}

// link gives a file, which is on the disk and never changes, a second name. Where
// the file system has but one for each file, it is copied.
func link(from, to string) error {
	if os.Link(from, to) == nil {
		return nil
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }() // read only
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Sync(), out.Close())
}
