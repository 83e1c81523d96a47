package prepare

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"zhize/index/internal/analysis"
	"zhize/index/internal/engine"
	"zhize/index/internal/store"
)

// maxLine is the longest line of positions.jsonl: a position of that size is
// no position.
const maxLine = 64 << 20

// chunkSize is how many bytes of lines go through a worker at once, a line that
// is longer by itself. The more, the fewer runs have to be merged; several
// chunks are held at a time.
const chunkSize = 2 << 20

// lineError names the line that cannot be read.
func lineError(n int, err error) error {
	return fmt.Errorf("line %d of the positions cannot be read: %w", n, err)
}

// Chunk is a stretch of lines made ready.
type Chunk struct {
	Positions []Position
	Duties    []store.Item // of the positions in their order, each in reading order
	Run       *engine.Run  // the postings of all their duties
}

// job is a chunk on its way through a worker.
type job struct {
	lines []line
	chunk Chunk
	err   error // of the first line that has one
	done  chan struct{}
}

type line struct {
	n    int    // from 1
	text string // without space around it
}

// Each calls f with the hash and the size in bytes of each line of r that is not
// blank. It ends at the first error, which may be that a line is too long.
func Each(r io.Reader, f func(hash store.LineHash, size int) error) error {
	read := newLineReader(r)
	for {
		data, err := read.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = f(store.HashLine(data), len(data))
		}
		if err != nil {
			return err
		}
	}
}

// Lines prepares the lines of r on all processors and calls use with chunks of
// them in their order. Words are cut by cutter. Blank lines are passed over, and
// so are those that want, if there is one, does not take, given their numbers
// among those that are not blank, from 0. It ends at the first error, which is
// that of the first line that has one.
func Lines(ctx context.Context, r io.Reader, cutter analysis.Cutter, want func(n int) bool, use func(*Chunk) error) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *job)
	queue := make(chan *job, workers) // in order; bounds how many chunks are held
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	for range workers {
		group.Go(func() {
			w := newWorker(cutter)
			for j := range todo {
				w.do(j)
				close(j.done)
			}
		})
	}
	group.Go(func() {
		defer close(queue)
		defer close(todo)
		read := newLineReader(r)
		read.want = want
		for ended := false; !ended; {
			j := &job{done: make(chan struct{})}
			ended = read.fill(j)
			select {
			case queue <- j:
			case <-ctx.Done():
				return
			}
			select {
			case todo <- j:
			case <-ctx.Done():
				return
			}
		}
	})
	for j := range queue {
		select {
		case <-j.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if j.err != nil {
			return j.err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := use(&j.chunk); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// do makes a job's lines ready.
func (w *worker) do(j *job) {
	j.chunk.Positions = make([]Position, 0, len(j.lines))
	w.duties = make([]store.Item, 0, len(w.duties)) // as many as in the last chunk
	for _, l := range j.lines {
		p, err := w.prepare(l.text)
		if err != nil {
			j.err = lineError(l.n, err)
			break
		}
		p.Line.Sections = nil // the duties have all of it
		p.Hash = store.HashLineString(l.text)
		j.chunk.Positions = append(j.chunk.Positions, p)
	}
	j.lines, j.chunk.Duties = nil, w.duties
	j.chunk.Run = w.gather.Run()
}

type lineReader struct {
	r    *bufio.Reader
	n    int              // of the last line, from 1
	said int              // lines that are not blank
	want func(n int) bool // which of them; nil: all
	long []byte           // a line that is longer than the reader's buffer
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 1<<18)} }

// fill reads a chunk of lines. It reports whether there are no more; an error
// becomes that of the job.
func (l *lineReader) fill(j *job) (ended bool) {
	var text strings.Builder
	text.Grow(chunkSize + chunkSize/16) // the last line may go beyond
	var ends []int
	for text.Len() < chunkSize && !ended {
		data, err := l.next()
		switch {
		case errors.Is(err, io.EOF):
			ended = true
			continue
		case err != nil:
			j.err, ended = err, true
			continue
		}
		if l.said++; l.want != nil && !l.want(l.said-1) {
			continue
		}
		text.Write(data)
		ends = append(ends, text.Len())
		j.lines = append(j.lines, line{n: l.n})
	}
	from := 0
	for i, end := range ends {
		j.lines[i].text, from = text.String()[from:end], end
	}
	return ended
}

// next reads the next line that is not blank. It is valid until the next one.
func (l *lineReader) next() ([]byte, error) {
	for {
		l.n++
		data, err := l.r.ReadSlice('\n')
		if errors.Is(err, bufio.ErrBufferFull) {
			l.long = l.long[:0]
			for errors.Is(err, bufio.ErrBufferFull) && len(l.long)+len(data) <= maxLine {
				l.long = append(l.long, data...)
				data, err = l.r.ReadSlice('\n')
			}
			l.long = append(l.long, data...)
			data = l.long
		}
		data = bytes.TrimSpace(data)
		switch {
		case len(data) > maxLine:
			return nil, lineError(l.n, errors.New("it is longer than 64 MiB"))
		case err != nil && !errors.Is(err, io.EOF):
			return nil, lineError(l.n, err)
		case len(data) > 0 || err != nil:
			if len(data) > 0 {
				err = nil
			}
			return data, err
		}
	}
}
