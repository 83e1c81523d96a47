package index

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// What may be wrong with an index. Errors of Open and Search are one of these
// in the sense of errors.Is.
var (
	ErrAbsent  = errors.New("there is no index")
	ErrLocked  = errors.New("the index is in use by another process that writes it")
	ErrVersion = errors.New("the index was made by another version")
	ErrDamaged = errors.New("the index is damaged")
)

// openError is one of the four with its folder and reason.
type openError struct {
	kind     error
	dir, why string
}

func failed(kind error, dir, why string) error { return &openError{kind, dir, why} }

func (e *openError) Unwrap() error { return e.kind }

func (e *openError) Error() string {
	s := e.kind.Error() + " (" + e.dir + ")"
	if e.why != "" {
		s += ": " + e.why
	}
	if e.kind == ErrLocked {
		return s + "; try again when it has finished, or rebuild it with: zhize index " + e.dir
	}
	return s + "; rebuild it with: zhize index " + e.dir
}

// guarded calls what reads an index. A damaged file may lead it anywhere, and one
// that was cut short since it was mapped into memory faults: both are ErrDamaged.
func guarded(dir string, read func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		p := recover()
		if fault, ok := p.(interface{ Addr() uintptr }); ok && fault.Addr() != 0 {
			p = "a file was cut short or cannot be read"
		}
		if p != nil {
			err = failed(ErrDamaged, dir, fmt.Sprint(p))
		}
	}()
	return read()
}
