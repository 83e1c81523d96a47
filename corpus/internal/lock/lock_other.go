//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || windows)

package lock

import (
	"errors"
	"io/fs"
	"os"
)

// Without a kernel's lock, a file that exists beside the marker is the lock;
// one that a killed process left must be removed by hand.
func open(path string) (*os.File, error) {
	f, err := os.OpenFile(path+".held", os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return nil, ErrHeld
	}
	if err != nil {
		return nil, err
	}
	marker, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, errors.Join(err, f.Close(), os.Remove(path+".held"))
	}
	return f, marker.Close()
}

func try(*os.File) error { return nil }

func release(f *os.File) error { return errors.Join(f.Close(), os.Remove(f.Name())) }
