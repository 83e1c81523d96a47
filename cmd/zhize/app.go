package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/mattn/go-isatty"

	"zhize/record"
)

// app is what a command sees of the world.
type app struct {
	stdin  io.Reader
	stdout *bufio.Writer // flushed when the command has ended
	stderr io.Writer
	getenv func(string) string

	stdoutIsTerminal bool
	stderrIsTerminal bool

	color string // the value of --color: auto, always or never
}

func newApp(stdin, stdout, stderr *os.File) *app {
	return &app{
		stdin:            stdin,
		stdout:           bufio.NewWriter(stdout),
		stderr:           stderr,
		getenv:           os.Getenv,
		stdoutIsTerminal: isTerminal(stdout),
		stderrIsTerminal: isTerminal(stderr),
	}
}

func isTerminal(f *os.File) bool {
	return isatty.IsTerminal(f.Fd()) || isatty.IsCygwinTerminal(f.Fd())
}

// execute runs one command line, writes out what it printed and says what
// went wrong. It returns the error that decides the exit code.
func (a *app) execute(ctx context.Context, args []string) error {
	root := newRoot(a, needed(args))
	root.SetArgs(queryArgs(args))
	err := root.ExecuteContext(ctx)
	if flushed := a.stdout.Flush(); flushed != nil && (err == nil || errors.Is(err, errNothing) || errors.Is(err, errRejected)) {
		err = fmt.Errorf("cannot write the output: %w", flushed)
	}
	complain(a.stderr, err)
	return err
}

// printf writes to stdout. A failure is kept by the buffer and told at the
// end, by execute.
func (a *app) printf(format string, args ...any) { fmt.Fprintf(a.stdout, format, args...) }

// note writes a line for a person to stderr.
func (a *app) note(format string, args ...any) { fmt.Fprintf(a.stderr, format+"\n", args...) }

// json writes one value as one line.
func (a *app) json(v any) error { return record.Encode(a.stdout, v) }

// style is the colours for stdout: none where stdout is no terminal, where
// NO_COLOR is set (https://no-color.org) or TERM is dumb, unless --color says
// otherwise.
func (a *app) style() style {
	switch a.color {
	case "always":
		return style{on: true}
	case "never":
		return style{}
	}
	return style{on: a.stdoutIsTerminal && a.getenv("NO_COLOR") == "" && a.getenv("TERM") != "dumb"}
}

// input is stdin that gives up when ctx is cancelled: a read from a terminal
// or from a pipe that stays silent would go on for ever.
func (a *app) input(ctx context.Context) io.Reader { return &cancelReader{ctx: ctx, r: a.stdin} }

type cancelReader struct {
	ctx     context.Context
	r       io.Reader
	pending chan readResult
	rest    []byte
	err     error
}

type readResult struct {
	data []byte
	err  error
}

// Read hands on what one read of the inner reader gave.
func (c *cancelReader) Read(p []byte) (int, error) {
	if len(c.rest) == 0 && c.err == nil {
		if c.pending == nil {
			c.pending = make(chan readResult, 1)
			go func(to chan<- readResult) {
				buf := make([]byte, 64<<10)
				n, err := c.r.Read(buf)
				to <- readResult{buf[:n], err}
			}(c.pending)
		}
		select {
		case <-c.ctx.Done():
			return 0, c.ctx.Err()
		case got := <-c.pending:
			c.pending, c.rest, c.err = nil, got.data, got.err
		}
	}
	n := copy(p, c.rest)
	c.rest = c.rest[n:]
	if len(c.rest) == 0 && c.err != nil {
		return n, c.err
	}
	return n, nil
}
