// Package index makes the duties of positions.jsonl searchable and searches
// them. It is the only user of Bleve, of which it takes the postings: the
// segments, their dictionaries and their bitmaps (package internal/engine). Everything
// that decides what a search finds stands here.
//
// # What is indexed
//
// One document per item of a position, children too. Three fields have postings:
//
//   - words: the words of the folded text, cut in search mode;
//   - grams: pairs of neighbouring characters of the folded text;
//   - titles: those of the folded title of the position, and the whole of it.
//
// A word of a query that has the boundaries of a word (see
// analysis.Analyzer.WordTerm) is looked up among the words. A phrase, and any
// other word, is looked up among the grams and then compared with the text
// itself, so it is found wherever the text has it and nowhere else, however
// the text was cut. No positions need be kept for that, which halves the
// index. Titles, sites, articles, kinds and numbers are columns of fixed-size
// rows (package store): a filter is a test of the rows that are left.
//
// # Duplicates
//
// Template pages repeat each other. Items whose letters are equal
// (record.Letters) are one result, the best of them, which counts the others
// as duplicates. All of them are indexed, because a filter may leave any of
// them; each row bears a hash of the item's letters (64 bits), and a search
// folds the rows that it found. Both the total and the duplicates are exact
// (two texts in 2^32 might share a hash by chance), and the work is linear in
// the rows found.
//
// # The folder
//
// An index is a cache of positions.jsonl: the folder "index" inside the output
// folder. It is built under another name, waits for the disk, and takes its
// place by renaming. A build makes one part. An update keeps that part as it is,
// notes which of its documents are gone, and writes a second part, in the folder
// "more", with all lines that the first one has not: see Update. The index bears the schema and the hash of the dictionary it was
// cut with, and carries that dictionary where it is not the program's own; it is
// refused where they differ. Readers change nothing in it.
package index

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/jieba"
	"zhize/index/jieba/gojieba"
)

// Schema is the version of the folder's format and of everything that decides
// which terms a text has, except the dictionary: folding, cutting into grams,
// rows. A change to any of them is a new version.
const Schema = "zhize-index/5"

const (
	folder   = "index"      // inside the output folder
	tempName = "index.tmp-" // being built
	oldName  = "index.old-" // being replaced
	lockName = "index.lock" // held by the process that builds
	infoName = "info.json"
	dictName = "words.dict" // the dictionary, where it is not the program\'s own

	moreFolder = "more" // inside the index: its second part
)

// Info describes an index.
type Info struct {
	Schema     string `json:"schema"`
	Dictionary string `json:"dictionary"`          // jieba's Hash
	Segmenter  string `json:"segmenter,omitempty"` // gojieba.Name where gojieba itself cut the texts
	Documents  int    `json:"documents"`           // duties, before duplicates are folded
}

// infoFile is what stands in info.json.
type infoFile struct {
	Info
	raw   []byte     // the file itself
	Terms int64      `json:"terms"` // words of all texts together
	Lines string     `json:"lines"` // a hash of the lines that it was made of, in their order
	Parts []int      `json:"parts"` // rows of duties in each part
	Files []fileSize `json:"files"`
}

// parts are the folders of the parts.
func (i *infoFile) parts(path string) (main, more string, err error) {
	switch len(i.Parts) {
	case 1:
		return path, "", nil
	case 2:
		return path, filepath.Join(path, moreFolder), nil
	}
	return "", "", fmt.Errorf("%s names %d parts", infoName, len(i.Parts))
}

type fileSize struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"`
}

// Index is an open index. It is safe for concurrent use.
type Index struct {
	dir      string // the output folder
	info     infoFile
	dict     *jieba.Dict
	postings *engine.Reader
	store    *store.Store
	columns  [3]foldedColumn // titles, sites, articles
	buffers  bufferPool
}

type foldedColumn struct {
	once sync.Once
	list []string
}

// Open opens the index of an output folder for reading. The error is, in the
// sense of errors.Is, ErrAbsent, ErrVersion or ErrDamaged, and says how to
// rebuild the index; or it is what the system says, such as a lacking
// permission. Sizes of all files are compared with those that were written,
// contents are not read. A build beside it is not waited for: what it finds is
// the index before or after, whole.
func Open(dir string) (*Index, error) {
	for try := 0; ; try++ {
		var x *Index
		err := guarded(dir, func() (err error) {
			x, err = openOnce(dir)
			return err
		})
		if err == nil {
			// While the files were opened another index may have taken
			// their place.
			now, bad := os.ReadFile(filepath.Join(dir, folder, infoName))
			if bad == nil && bytes.Equal(now, x.info.raw) {
				return x, nil
			}
			if err = x.Close(); err == nil {
				err = failed(ErrDamaged, dir, "it was replaced while it was opened")
			}
		}
		// Between the two renames of a swap, and where one came between two
		// files, all is well a moment later.
		if replaced := errors.Is(err, ErrAbsent) || errors.Is(err, ErrDamaged); try == swapTries || !replaced || leftover(dir) == "" && try > 0 {
			return nil, err
		}
		time.Sleep(swapTime)
	}
}

// A swap is two renames; swapTime is longer than these take, and no search
// fails for one that waits for the disk before swapTries of it are over.
const (
	swapTime  = 10 * time.Millisecond
	swapTries = 20
)

func openOnce(dir string) (x *Index, err error) {
	path := filepath.Join(dir, folder)
	info, err := readInfo(dir)
	if err != nil {
		return nil, err
	}
	x = &Index{dir: dir, info: info, dict: jieba.Default()}
	if info.Dictionary != x.dict.Hash() {
		if x.dict, err = readDict(filepath.Join(path, dictName), info.Dictionary); err != nil {
			return nil, broken(dir, err)
		}
	}
	main, more, err := info.parts(path)
	if err != nil {
		return nil, broken(dir, err)
	}
	if x.store, err = store.Open(main, more); err != nil {
		return nil, broken(dir, err)
	}
	parts := []engine.Part{{Dir: main, Docs: info.Parts[0]}}
	if more != "" {
		parts = append(parts, engine.Part{Dir: more, First: info.Parts[0], Docs: info.Parts[1]})
	}
	if x.postings, err = engine.Open(parts...); err != nil {
		return nil, errors.Join(broken(dir, err), x.store.Close())
	}
	rows, live := x.store.Duties(), int(x.postings.All().GetCardinality())
	if last := parts[len(parts)-1]; rows != last.First+last.Docs || live != info.Documents {
		err := fmt.Errorf("it holds %d duties in %d rows where %d were written", live, rows, info.Documents)
		return nil, errors.Join(broken(dir, err), x.Close())
	}
	return x, nil
}

// readDict reads the dictionary that an index carries.
func readDict(name, hash string) (*jieba.Dict, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	d, err := jieba.Open(b)
	if err == nil && d.Hash() != hash {
		err = errors.New("it is another than the texts were cut with")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dictName, err)
	}
	return d, nil
}

// readInfo reads and checks what the index says of itself.
func readInfo(dir string) (infoFile, error) {
	var info infoFile
	path := filepath.Join(dir, folder)
	if st, err := os.Stat(filepath.Join(path, infoName)); err == nil && !st.Mode().IsRegular() {
		return info, failed(ErrDamaged, dir, infoName+" is no file")
	}
	b, err := os.ReadFile(filepath.Join(path, infoName))
	st, bad := os.Stat(path)
	switch {
	case bad == nil && !st.IsDir():
		return info, failed(ErrDamaged, dir, folder+" is no folder")
	case errors.Is(bad, fs.ErrNotExist), errors.Is(bad, syscall.ENOTDIR): // dir is a file
		return info, failed(ErrAbsent, dir, leftover(dir))
	case errors.Is(err, fs.ErrNotExist):
		return info, failed(ErrDamaged, dir, infoName+" is missing")
	case err != nil:
		return info, fmt.Errorf("reading the index: %w", err)
	}
	info.raw = b
	if err := json.Unmarshal(b, &info); err != nil {
		return info, failed(ErrDamaged, dir, infoName+": "+err.Error())
	}
	if info.Schema != Schema {
		return info, failed(ErrVersion, dir, fmt.Sprintf("its format is %q, this program reads %q", info.Schema, Schema))
	}
	if info.Segmenter != "" && info.Segmenter != gojieba.Name {
		return info, failed(ErrVersion, dir, fmt.Sprintf("it was cut by the segmenter %q, which this program does not know", info.Segmenter))
	}
	own := info.Dictionary == jieba.Default().Hash()
	if !own && !slices.ContainsFunc(info.Files, func(f fileSize) bool { return f.Name == dictName }) {
		return info, failed(ErrVersion, dir, fmt.Sprintf("it was cut with the dictionary %.12s…, this program has %.12s…", info.Dictionary, jieba.Default().Hash()))
	}
	for _, f := range info.Files {
		if !filepath.IsLocal(f.Name) {
			return info, failed(ErrDamaged, dir, infoName+" names a file outside of the index")
		}
		st, err := os.Stat(filepath.Join(path, f.Name))
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return info, failed(ErrDamaged, dir, f.Name+" is missing")
		case err != nil:
			return info, fmt.Errorf("reading the index: %w", err)
		case !st.Mode().IsRegular():
			return info, failed(ErrDamaged, dir, f.Name+" is no file")
		case st.Size() != f.Size:
			return info, failed(ErrDamaged, dir, fmt.Sprintf("%s has %d bytes where %d were written", f.Name, st.Size(), f.Size))
		}
	}
	return info, nil
}

// Verify reads every file of the index of an output folder and compares it with
// the hash that was written when it was built. The error is Open's: nil means
// that the index is the one that was built, byte for byte.
func Verify(dir string) error {
	info, err := readInfo(dir)
	if err != nil {
		return err
	}
	return verify(dir, info.Files)
}

func verify(dir string, files []fileSize) error {
	for _, f := range files {
		sum, err := hashFile(filepath.Join(dir, folder, f.Name))
		if err != nil {
			return fmt.Errorf("reading the index: %w", err)
		}
		if sum != f.SHA256 {
			return failed(ErrDamaged, dir, f.Name+" has other contents than were written")
		}
	}
	return nil
}

func hashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// leftover says what an interrupted build left, "" if nothing.
func leftover(dir string) string {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), tempName) || strings.HasPrefix(e.Name(), oldName) {
			return "a build is running or was interrupted"
		}
	}
	return ""
}

// broken says what kind of failure an error of the files is.
func broken(dir string, err error) error {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("opening the index: %w", err)
	}
	return failed(ErrDamaged, dir, err.Error())
}

// Info describes the index.
func (x *Index) Info() Info { return x.info.Info }

// Close releases the index. No search may run or begin.
func (x *Index) Close() error { return errors.Join(x.postings.Close(), x.store.Close()) }

// folded gives the values of a column, folded.
func (x *Index) folded(c store.Column) []string {
	f := &x.columns[c]
	f.once.Do(func() {
		list := x.store.Values(c)
		folded := make([]string, len(list))
		for i, v := range list {
			folded[i] = analysis.Fold(v)
		}
		f.list = folded
	})
	return f.list
}
