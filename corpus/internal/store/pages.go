package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Pages calls f for every page of a folder that has entries for all of its
// lines, in order: of an unfinished run whose streams are flushed. The bytes are
// f's until it returns.
func Pages(dir string, f func(Entry, Copy) error) (err error) {
	var readers [len(files) + 1]*bufio.Reader
	for i, name := range [...]string{CacheName, files[0], files[1], files[2]} {
		file, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("read what the run wrote: %w", err)
		}
		defer file.Close() // read only
		readers[i] = bufio.NewReaderSize(file, 256<<10)
	}
	var raw [entrySize]byte
	var c Copy
	for {
		switch _, err := io.ReadFull(readers[0], raw[:]); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("read %s: %w", CacheName, err)
		}
		e := parseEntry(raw[:])
		for i, part := range [...]struct {
			to *[]byte
			n  int64
		}{{&c.Page, e.Page}, {&c.Positions, e.Positions}, {&c.Derived, e.Derived}} {
			if int64(cap(*part.to)) < part.n {
				*part.to = make([]byte, part.n)
			}
			*part.to = (*part.to)[:part.n]
			if _, err := io.ReadFull(readers[i+1], *part.to); err != nil {
				return fmt.Errorf("read %s: %w", files[i], err)
			}
		}
		if err := f(e, c); err != nil {
			return err
		}
	}
}
