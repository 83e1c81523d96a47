package main

import (
	"time"

	"github.com/spf13/cobra"

	"zhize/corpus"
	"zhize/record"
)

// teller tells people or programs how far a run is, on stderr.
type teller interface {
	show(corpus.Progress)
	clear() // what follows begins at the margin
}

// progressKinds are the values of --progress. auto is line on a terminal, else log.
var progressKinds = [...]string{"auto", "line", "log", "json", "none"}

func progressFlag(cmd *cobra.Command, kind *string) {
	usage := "`HOW` progress is told on stderr: line (on a terminal), log (a line a minute), json (events) or none"
	cmd.Flags().StringVar(kind, "progress", progressKinds[0], usage)
	complete(cmd, "progress", progressKinds[:]...)
}

// progress gives who tells how far a reading is, and what updates it: nil for none.
func (a *app) progress(cmd *cobra.Command, kind string) (teller, func(corpus.Progress), error) {
	if kind == "auto" {
		kind = "log"
		if a.stderrIsTerminal {
			kind = "line"
		}
	}
	var t teller
	switch kind {
	case "line":
		t = &progressLine{a: a}
	case "log":
		t = &progressLog{a: a}
	case "json":
		t = &progressEvents{a: a}
	case "none":
		return silent{}, nil, nil
	default:
		return nil, nil, misuse(cmd, "--progress is auto, line, log, json or none, not %q", kind)
	}
	return t, t.show, nil
}

type silent struct{}

func (silent) show(corpus.Progress) {}
func (silent) clear()               {}

// progressLog writes a line a minute: in a file or a journal lines stay.
type progressLog struct {
	a     *app
	first corpus.Progress // of the stage in hand
	told  time.Duration   // when the last line was written, from the start
}

// logEvery is how often a log has a line.
const logEvery = time.Minute

func (l *progressLog) show(p corpus.Progress) {
	if p.Stage != l.first.Stage {
		l.first = p
	}
	if p.Elapsed-l.told < logEvery {
		return
	}
	l.told = p.Elapsed
	l.a.note("zhize: after %s: %s", elapsed(p.Elapsed), progressText(p, l.first))
}

func (l *progressLog) clear() {}

// progressEvents writes events for programs: one when a stage begins, and one a
// second.
type progressEvents struct {
	a     *app
	first corpus.Progress
	told  time.Duration
	any   bool
}

const eventEvery = time.Second

// progressEvent is one event, in docs/formats.md.
type progressEvent struct {
	Event      string  `json:"event"` // "progress"
	Stage      string  `json:"stage"`
	Done       int     `json:"done"`
	Total      int     `json:"total"`
	Bytes      int64   `json:"bytes"`
	TotalBytes int64   `json:"total_bytes"`
	Positions  int     `json:"positions"`
	Items      int     `json:"items"`
	Rejects    int     `json:"rejects"`
	Rate       float64 `json:"per_second"`
	LeftMS     *int64  `json:"left_ms"`
	ElapsedMS  int64   `json:"elapsed_ms"`
}

func (l *progressEvents) show(p corpus.Progress) {
	if l.any && p.Stage == l.first.Stage && p.Elapsed-l.told < eventEvery {
		return
	}
	if !l.any || p.Stage != l.first.Stage {
		l.first = p
	}
	l.any, l.told = true, p.Elapsed
	e := progressEvent{
		Event: "progress", Stage: p.Stage, Done: p.Pages, Total: p.Total, Bytes: p.Bytes, TotalBytes: p.TotalBytes,
		Positions: p.Positions, Items: p.Items, Rejects: p.Rejects, ElapsedMS: p.Elapsed.Milliseconds(),
	}
	took := p.Elapsed - l.first.Elapsed
	if s := took.Seconds(); s > 0 {
		e.Rate = float64(p.Pages-l.first.Pages) / s
	}
	if share, ok := shareDone(p); ok {
		before, _ := shareDone(l.first)
		if left, ok := durationLeft(took, share-before, 1-share); ok {
			ms := left.Milliseconds()
			e.LeftMS = &ms
		}
	}
	// A failure to write to stderr has nowhere to be told.
	_ = record.Encode(l.a.stderr, e)
}

func (l *progressEvents) clear() {}
