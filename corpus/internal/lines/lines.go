// Package lines reads files of JSON lines, of which one may be as long as a
// page, and hashes them on the way.
package lines

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
)

// ErrTorn says that the last line has no end: the file was cut off.
var ErrTorn = errors.New("the last line has no end: the file was cut off")

// Reader reads a file line by line.
type Reader struct {
	name  string
	f     *os.File
	r     *bufio.Reader
	hash  hash.Hash
	line  int
	bytes int64
}

// Open opens a file of lines.
func Open(path string) (*Reader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	return &Reader{name: filepath.Base(path), f: f, r: bufio.NewReaderSize(io.TeeReader(f, h), 1<<20), hash: h}, nil
}

// Next is the next line with its end, in memory of its own. At the end the
// error is io.EOF.
func (r *Reader) Next() ([]byte, error) {
	line, err := r.r.ReadBytes('\n')
	r.bytes += int64(len(line))
	if len(line) > 0 {
		r.line++
	}
	if errors.Is(err, io.EOF) && len(line) > 0 {
		return line, fmt.Errorf("%s:%d: %w", r.name, r.line, ErrTorn)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s:%d: %w", r.name, r.line+1, err)
	}
	return line, err
}

// Line is the number of the line that Next gave last, from 1.
func (r *Reader) Line() int { return r.line }

// Name is the name of the file without its folder.
func (r *Reader) Name() string { return r.name }

// Sum reads what is left and returns the SHA-256, the size and the number of
// lines of the whole file.
func (r *Reader) Sum() (sum string, size int64, n int, err error) {
	for {
		part, err := r.r.ReadSlice('\n')
		r.bytes += int64(len(part))
		if bytes.HasSuffix(part, []byte("\n")) {
			r.line++
		}
		switch {
		case err == nil || errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return hex.EncodeToString(r.hash.Sum(nil)), r.bytes, r.line, nil
		default:
			return "", 0, 0, fmt.Errorf("%s: %w", r.name, err)
		}
	}
}

// Close closes the file.
func (r *Reader) Close() error { return r.f.Close() }

// Each decodes every line of a file into a new T and calls f with it.
func Each[T any](path string, f func(*T) error) (err error) {
	r, err := Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		v := new(T)
		if err := json.Unmarshal(line, v); err != nil {
			return fmt.Errorf("%s:%d: %w", r.name, r.line, err)
		}
		if err := f(v); err != nil {
			return err
		}
	}
}

// errEnough ends a walk early.
var errEnough = errors.New("enough")

// Head decodes the first n lines of a file, or all where there are fewer.
func Head[T any](path string, n int) ([]T, error) {
	out := []T{}
	err := Each(path, func(v *T) error {
		if len(out) == n {
			return errEnough
		}
		out = append(out, *v)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return out, err
}
