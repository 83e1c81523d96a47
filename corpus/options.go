package corpus

import (
	"encoding/json"
	"errors"
	"io"
	"time"

	"zhize"
	"zhize/corpus/source"
	"zhize/record"
)

// FieldNames are the names of the fields of JSONL and CSV rows that hold the text or
// the HTML of a page, its URL and its title; "" stands for the usual names.
type FieldNames = source.Fields

// HoldsMany reports whether the name of an input says that it holds many pages:
// rows, records or members.
func HoldsMany(path string) bool { return source.HoldsMany(path) }

// MediaType is what the name of a file says of the page in it, as a run takes
// it: "text/html", "text/plain", or "" where the bytes decide.
func MediaType(path string) string { return source.MediaType(path) }

// Options say what a run reads, where it writes and how.
type Options struct {
	Inputs   []string       // files, folders, globs, "-"
	Ignore   []string       // what is left out: rules as lines of a .gitignore
	Stdin    io.Reader      // read for "-"
	Dir      string         // folder of the outputs; made where it is absent
	Workers  int            // 0 is the number of CPUs
	Fields   FieldNames     // of JSONL and CSV rows
	NoIndex  bool           // leave the search index out
	Words    []byte         // the dictionary of the index, as jieba.Dict.Extend makes it; nil: the one that is there, or the program's own
	Progress func(Progress) // called at most every 100 ms, never by two goroutines at once; nil: none

	// Knowledge is what the repairs go by. Where its Corpus is nil and Learn is
	// set, the inputs are read twice, first for the evidence that they hold; it
	// stays in the folder, and the next run takes it from there unless Relearn
	// is set.
	Knowledge   zhize.Knowledge
	Learn       bool
	Relearn     bool
	LearnBudget int // bytes of memory for what is learnt; 0 is [evidence.DefaultBudget]
}

// Progress is how far a run is.
type Progress struct {
	Stage      string // "scan", "learn", "process", "duplicates", "duties", "index"
	Pages      int    // pages done, rejects included; in stage index, items done
	Total      int    // pages (items) there are; 0 where it is not known, as in JSONL: go by bytes
	Bytes      int64  // read from files
	TotalBytes int64  // 0 where it is not known
	Positions  int
	Items      int
	Rejects    int
	Elapsed    time.Duration
}

// Phase is one part of a run and the time it took.
type Phase struct {
	Name string `json:"name"` // scan, learn, process, duplicates, duties, write, index
	Took Millis `json:"took_ms"`
}

// Millis is a duration that JSON has as a number of milliseconds, to the
// microsecond.
type Millis struct{ time.Duration }

// MarshalJSON gives the milliseconds. It cannot fail.
func (m Millis) MarshalJSON() ([]byte, error) {
	return json.Marshal(float64(m.Microseconds()) / 1000)
}

// Summary is what a run did. Pages = Reused + New + Changed.
type Summary struct {
	Dir     string             `json:"dir"`
	Counts  record.Totals      `json:"counts"`
	Skipped map[string]int     `json:"skipped"` // files that are no pages, by extension or by what they are
	Reused  int                `json:"reused"`  // pages copied from an earlier or interrupted run
	New     int                `json:"new"`     // pages processed that stand in the place of no earlier one
	Changed int                `json:"changed"` // pages processed in the place of one of their URI: other bytes or another program
	Removed int                `json:"removed"` // URIs of the last finished run that are gone
	Elapsed Millis             `json:"elapsed_ms"`
	Rate    float64            `json:"pages_per_second"` // of the process phase
	Phases  []Phase            `json:"phases"`
	Index   *record.IndexState `json:"index"`
}

// Errors of a run. They come wrapped.
var (
	// ErrLocked: another run writes to the folder.
	ErrLocked = errors.New("another run is writing to this folder")
	// ErrNoPages: the inputs hold nothing that could be tried as a page.
	ErrNoPages = errors.New("the inputs hold no pages")
	// ErrNoDuties: the pages hold nothing that could be learnt from.
	ErrNoDuties = errors.New("they hold no duties to learn from")
	// ErrInterrupted: the context was cancelled; what was finished is safe
	// and the next run goes on from there.
	ErrInterrupted = errors.New("interrupted: run the same command again to go on")
)
