package prepare

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"zhize/index/internal/engine"
	"zhize/index/internal/store"
	"zhize/index/jieba"
)

// maxLine is the longest line of positions.jsonl: a position of that size is
// no position.
const maxLine = 64 << 20

// chunkSize is how many bytes of lines go through a worker at once, a line that
// is longer by itself. The more, the fewer runs have to be merged; several
// chunks are held at a time.
const chunkSize = 4 << 20

// lineError names the line that cannot be read.
func lineError(n int, err error) error {
	return fmt.Errorf("line %d of the positions cannot be read: %w", n, err)
}

// Chunk is a stretch of lines made ready.
type Chunk struct {
	Positions []Position
	Run       *engine.Run // the postings of all their duties
}

// job is a chunk on its way through a worker.
type job struct {
	lines []line
	chunk Chunk
	err   error // of the first line that has one
	done  chan struct{}
}

type line struct {
	n    int // from 1
	data []byte
}

// Each calls f with the hash and the size in bytes of each line of r that is not
// blank. It ends at the first error, which may be that a line is too long.
func Each(r io.Reader, f func(hash store.LineHash, size int) error) error {
	read := newLineReader(r)
	var buf []byte
	for {
		data, err := read.next(buf[:0])
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = f(hashLine(data), len(data))
		}
		if err != nil {
			return err
		}
		buf = data
	}
}

func hashLine(data []byte) store.LineHash { return store.HashLine(bytes.TrimSpace(data)) }

// Lines prepares the lines of r on all processors and calls use with chunks of
// them in their order. Words are cut with dict. Blank lines are passed over, and
// so are those that want, if there is one, does not take, given their numbers
// among those that are not blank, from 0. It ends at the first error, which is
// that of the first line that has one.
func Lines(ctx context.Context, r io.Reader, dict *jieba.Dict, want func(n int) bool, use func(*Chunk) error) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *job)
	queue := make(chan *job, workers) // in order; bounds how many chunks are held
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	for range workers {
		group.Go(func() {
			w := newWorker(dict)
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
	for _, l := range j.lines {
		p, err := w.prepare(l.data)
		if err != nil {
			j.err = lineError(l.n, err)
			break
		}
		p.Line.Sections = nil // the duties have all of it
		p.Hash = hashLine(l.data)
		j.chunk.Positions = append(j.chunk.Positions, p)
	}
	j.lines = nil
	j.chunk.Run = w.gather.Run()
}

type lineReader struct {
	r    *bufio.Reader
	n    int              // of the last line, from 1
	said int              // lines that are not blank
	want func(n int) bool // which of them; nil: all
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 1<<18)} }

// fill reads a chunk of lines. It reports whether there are no more; an error
// becomes that of the job.
func (l *lineReader) fill(j *job) (ended bool) {
	var buf []byte
	for size := 0; size < chunkSize; {
		if cap(buf)-len(buf) < 1<<12 {
			buf = make([]byte, 0, chunkSize/4)
		}
		data, err := l.next(buf[len(buf):])
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			j.err = err
			return true
		}
		if l.said++; l.want != nil && !l.want(l.said-1) {
			continue
		}
		j.lines = append(j.lines, line{l.n, data})
		size += len(data)
		if len(data) <= cap(buf)-len(buf) { // it lies there
			buf = buf[:len(buf)+len(data)]
		}
	}
	return false
}

// next reads the next line that is not blank behind the end of data, whose
// room it uses.
func (l *lineReader) next(data []byte) ([]byte, error) {
	start := data
	for {
		l.n++
		data = start
		for {
			part, err := l.r.ReadSlice('\n')
			if len(data)+len(part) > maxLine {
				return nil, lineError(l.n, errors.New("it is longer than 64 MiB"))
			}
			data = append(data, part...)
			if err == nil {
				break
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if !errors.Is(err, io.EOF) {
				return nil, lineError(l.n, err)
			}
			if len(bytes.TrimSpace(data)) == 0 {
				return nil, io.EOF
			}
			return data, nil
		}
		if len(bytes.TrimSpace(data)) > 0 {
			return data, nil
		}
	}
}
