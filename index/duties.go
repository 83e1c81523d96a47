package index

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

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

// ErrDuties says that canonical duties cannot be searched: the run made no table
// of them, or table and duties are not of one run, as while a run puts them into
// place. The message says what to do.
var ErrDuties = errors.New("the canonical duties cannot be searched")

// dutiesError is an ErrDuties in its own words.
type dutiesError struct{ error }

func (e dutiesError) Is(target error) bool { return target == ErrDuties }
func (e dutiesError) Unwrap() error        { return e.error }

var errOtherDuties = dutiesError{fmt.Errorf("%s and %s are not of one run; run again", canon.Name, dutiesName)}

func openDuties(dir string) (*dutyFile, error) {
	table, err := canon.Open(filepath.Join(dir, canon.Name))
	if err != nil {
		return nil, dutiesError{fmt.Errorf("%s: %w", dir, err)}
	}
	lines, err := os.Open(filepath.Join(dir, dutiesName))
	if err != nil {
		return nil, dutiesError{errors.Join(fmt.Errorf("search the canonical duties: %w", err), table.Close())}
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
	duty, err := d.line(at.Offset)
	if err == nil && canon.Key(canon.Letters(duty.Text), duty.Kind) != at.Key {
		err = errOtherDuties
	}
	return duty, err
}

// line reads the line that begins at an offset.
func (d *dutyFile) line(offset int64) (*record.Duty, error) {
	line, err := bufio.NewReader(io.NewSectionReader(d.lines, offset, math.MaxInt64-offset)).ReadBytes('\n')
	var duty record.Duty
	if err == nil {
		err = json.Unmarshal(line, &duty)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errOtherDuties, err)
	}
	return &duty, nil
}

// dutyID is how the id of a canonical duty looks, or its beginning.
func dutyID(id string) bool {
	digits, ok := strings.CutPrefix(id, "d")
	return ok && len(digits) >= 6 && len(digits) <= 16 && strings.Trim(digits, "0123456789abcdef") == ""
}

// byID reads the duty whose id is this one or, of all, alone begins like it. The
// time is that of reading the file to there.
func (d *dutyFile) byID(ctx context.Context, id string) (*record.Duty, canon.Duty, error) {
	want := []byte(`{"schema":"` + record.Schema + `","id":"` + id)
	r := bufio.NewReaderSize(io.NewSectionReader(d.lines, 0, math.MaxInt64), 1<<20)
	found, next := int64(noLine), int64(0)
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, canon.Duty{}, ctx.Err()
		}
		head, err := r.Peek(len(want))
		if len(head) == 0 && errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, canon.Duty{}, err
		}
		if bytes.Equal(head, want) {
			if found != noLine {
				return nil, canon.Duty{}, fmt.Errorf("%s: %w", id, ErrAmbiguous)
			}
			if found = next; len(id) == len("d")+16 {
				break
			}
		}
		for part := []byte(nil); ; {
			part, err = r.ReadSlice('\n')
			next += int64(len(part))
			if !errors.Is(err, bufio.ErrBufferFull) {
				break
			}
		}
	}
	if found == noLine {
		return nil, canon.Duty{}, fmt.Errorf("%w: %s", ErrNoItem, id)
	}
	duty, err := d.line(found)
	if err != nil {
		return nil, canon.Duty{}, err
	}
	return duty, canon.Duty{Key: canon.Key(canon.Letters(duty.Text), duty.Kind), Offset: found, Count: uint32(duty.Count)}, nil
}
