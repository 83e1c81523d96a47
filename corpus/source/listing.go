package source

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
)

// listing is the names of a folder in order, a few bytes each: a folder may hold a
// million files.
type listing struct {
	names []byte
	files []named
}

// named is one name and what it is the name of.
type named struct {
	start uint32
	size  uint16
	kind  uint16 // the bits of fs.ModeType, from the top
}

// typeShift brings fs.ModeType's bits into a named's kind.
const typeShift = 16

// listBatch is how many names the system is asked for at once.
const listBatch = 4096

// list reads the names of a folder. What could be read comes beside the error.
func list(dir string) (listing, error) {
	var l listing
	f, err := os.Open(dir)
	if err != nil {
		return l, err
	}
	defer f.Close() // read only
	for err == nil {
		var some []fs.DirEntry
		some, err = f.ReadDir(listBatch)
		for _, e := range some {
			name := e.Name()
			if uint64(len(l.names)+len(name)) >= 1<<32 || len(name) >= 1<<16 {
				return l, errors.New("it holds more names than a run reads; split it")
			}
			l.files = append(l.files, named{uint32(len(l.names)), uint16(len(name)), uint16(e.Type() >> typeShift)})
			l.names = append(l.names, name...)
		}
	}
	slices.SortFunc(l.files, func(a, b named) int { return l.compare(a, b) })
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return l, err
}

// compare orders names with "/" behind those of folders.
func (l *listing) compare(a, b named) int {
	x, y := l.name(a), l.name(b)
	n := min(len(x), len(y))
	if c := bytes.Compare(x[:n], y[:n]); c != 0 {
		return c
	}
	return int(l.sign(a, n)) - int(l.sign(b, n))
}

// sign is what stands at place n of a name as it is compared; 0 is its end.
func (l *listing) sign(f named, n int) byte {
	switch name := l.name(f); {
	case n < len(name):
		return name[n]
	case n == len(name) && f.mode().IsDir():
		return '/'
	}
	return 0
}

func (l *listing) name(f named) []byte { return l.names[f.start : f.start+uint32(f.size)] }

func (f named) mode() fs.FileMode { return fs.FileMode(f.kind) << typeShift }

func (l *listing) len() int { return len(l.files) }

func (l *listing) at(i int) (name string, kind fs.FileMode) {
	return string(l.name(l.files[i])), l.files[i].mode()
}
