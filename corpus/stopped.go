package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// stoppedError is an error of the output folder that ended a run, in one sentence
// that says what to do. What failed often fails in several files at once.
type stoppedError struct {
	text string
	err  error
}

func (e *stoppedError) Error() string { return e.text }

func (e *stoppedError) Unwrap() error { return e.err }

// stoppers are what ends a run from outside, and what to do against it.
var stoppers = [...]struct {
	is         error
	what, cure string
}{
	{syscall.ENOSPC, "the disk is full", "free some space"},
	{syscall.EROFS, "the disk can only be read", "make it writable"},
	{fs.ErrPermission, "the system refuses to write there", "give back the permission"},
}

// stopped words an error that ended a run that writes to dir: a full disk, a
// permission that was taken away, a disk that fails. Other errors are as they were.
func stopped(dir string, err error) error {
	const next = "what was finished is safe: %s and run the same command again to go on"
	for _, s := range stoppers {
		if errors.Is(err, s.is) {
			return &stoppedError{fmt.Sprintf("%s: %s; "+next, dir, s.what, s.cure), err}
		}
	}
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) && (pe.Op == "write" || pe.Op == "sync") {
		return &stoppedError{fmt.Sprintf("%s cannot be written (%v); "+next, pe.Path, pe.Err, "mend that"), err}
	}
	return err
}
