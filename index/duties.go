package index

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"zhize/index/canon"
	"zhize/index/internal/store"
	"zhize/record"
)

// canonical is the grouping by canonical duties.
const canonical = "canonical"

// dutiesName is the file that holds them, in an output folder.
const dutiesName = "duties.jsonl"

// dutyFile is the canonical duties of an output folder and the table that leads
// to them.
type dutyFile struct {
	table *canon.Table
	lines *os.File
}

// errOtherDuties: the table and the duties are not of one run.
var errOtherDuties = fmt.Errorf("%s and %s are not of one run; run again", canon.Name, dutiesName)

func openDuties(dir string) (*dutyFile, error) {
	table, err := canon.Open(filepath.Join(dir, canon.Name))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	lines, err := os.Open(filepath.Join(dir, dutiesName))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("search the canonical duties: %w", err), table.Close())
	}
	return &dutyFile{table: table, lines: lines}, nil
}

func (d *dutyFile) close() { _ = errors.Join(d.table.Close(), d.lines.Close()) } // read only

// noLine says that a text is in no canonical duty: it has no letters, or is too
// long for one.
const noLine = -1

// canonical is the duty of a document; one in no canonical duty is one of its own.
func (s *search) canonical(doc uint32) canon.Duty {
	row := s.store.Duty(doc)
	key := canon.Key(row.Letters, s.store.Values(store.Kinds)[row.Kind])
	if d, ok := s.duties.table.Of(key); ok {
		return d
	}
	return canon.Duty{Key: key, Offset: noLine, Count: 1}
}

// read reads a duty's line; nil where there is none.
func (d *dutyFile) read(at canon.Duty) (*record.Duty, error) {
	if at.Offset == noLine {
		return nil, nil
	}
	line, err := bufio.NewReader(io.NewSectionReader(d.lines, at.Offset, math.MaxInt64-at.Offset)).ReadBytes('\n')
	var duty record.Duty
	if err == nil {
		err = json.Unmarshal(line, &duty)
	}
	if err != nil || canon.Key(canon.Letters(duty.Text), duty.Kind) != at.Key {
		return nil, errors.Join(errOtherDuties, err)
	}
	return &duty, nil
}
