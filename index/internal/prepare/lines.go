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

	"zhize/index/internal/analysis"
	"zhize/index/jieba"
)

// maxLine is the longest line of positions.jsonl: a position of that size is
// no position.
const maxLine = 64 << 20

// lineError names the line that cannot be read.
func lineError(n int, err error) error {
	return fmt.Errorf("line %d of the positions cannot be read: %w", n, err)
}

// job is a line on its way through a worker.
type job struct {
	n    int
	data []byte
	pos  Position
	err  error
	done chan struct{}
}

// Lines prepares the lines of r on all processors and calls use with
// each in its order. Blank lines are passed over. It ends at the first error,
// which is that of the first line that has one.
func Lines(ctx context.Context, r io.Reader, use func(*Position) error) error {
	ctx, cancel := context.WithCancel(ctx)
	workers := runtime.GOMAXPROCS(0)
	todo := make(chan *job)
	queue := make(chan *job, 4*workers) // in order; bounds how many lines are held
	var group sync.WaitGroup
	defer group.Wait()
	defer cancel()
	for range workers {
		group.Go(func() {
			a := analysis.NewAnalyzer(jieba.Default())
			for j := range todo {
				if j.pos, j.err = prepare(j.data, a); j.err != nil {
					j.err = lineError(j.n, j.err)
				}
				j.data = nil
				close(j.done)
			}
		})
	}
	group.Go(func() {
		defer close(queue)
		defer close(todo)
		read := newLineReader(r)
		for {
			j := &job{done: make(chan struct{})}
			j.n, j.data, j.err = read.next()
			if errors.Is(j.err, io.EOF) {
				return
			}
			select {
			case queue <- j:
			case <-ctx.Done():
				return
			}
			if j.err != nil {
				close(j.done)
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
		if err := use(&j.pos); err != nil {
			return err
		}
	}
	return ctx.Err()
}

type lineReader struct {
	r *bufio.Reader
	n int
}

func newLineReader(r io.Reader) *lineReader { return &lineReader{r: bufio.NewReaderSize(r, 1<<18)} }

// next is the number, from 1, and the bytes of the next line that is not
// blank. The bytes are the caller's.
func (l *lineReader) next() (n int, data []byte, err error) {
	for {
		l.n++
		for {
			part, err := l.r.ReadSlice('\n')
			if len(data)+len(part) > maxLine {
				return l.n, nil, lineError(l.n, errors.New("it is longer than 64 MiB"))
			}
			data = append(data, part...)
			if err == nil {
				break
			}
			if errors.Is(err, bufio.ErrBufferFull) {
				continue
			}
			if !errors.Is(err, io.EOF) {
				return l.n, nil, lineError(l.n, err)
			}
			if len(bytes.TrimSpace(data)) == 0 {
				return l.n, nil, io.EOF
			}
			return l.n, data, nil
		}
		if len(bytes.TrimSpace(data)) > 0 {
			return l.n, data, nil
		}
		data = data[:0]
	}
}
