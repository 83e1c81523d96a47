// Package lock keeps two programs from writing one folder. The lock is the
// kernel's, on a file that stays: it ends with the process that holds it,
// however that ends.
package lock

import (
	"errors"
	"fmt"
	"os"
)

// ErrHeld says that another process holds the lock.
var ErrHeld = errors.New("held by another process")

// Lock is a lock that is held.
type Lock struct{ f *os.File }

// Take locks the file at path, which is made where it is absent. It does not
// wait: a lock that is held elsewhere is [ErrHeld].
func Take(path string) (*Lock, error) {
	f, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := try(f); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return &Lock{f}, nil
}

// Release gives the lock up. The file stays, because removing it would let a
// third process lock another file of the same name.
func (l *Lock) Release() error { return release(l.f) }
