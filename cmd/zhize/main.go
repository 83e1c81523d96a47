// Command zhize turns noisy pages of Chinese job descriptions into positions
// with clean, numbered duties, and searches them. `zhize help` lists what it
// does; every subcommand is one file of this folder and one line in root.go.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"zhize/corpus"
)

func main() {
	// A reader of our output that goes away (`| head`) is an error of a
	// write, which ends the program quietly, and not a signal that kills it
	// while it works.
	signal.Ignore(syscall.SIGPIPE)
	a := newApp(os.Stdin, os.Stdout, os.Stderr)
	ctx, stop := a.interruptible(context.Background())
	err := a.execute(ctx, os.Args[1:])
	stop()
	os.Exit(exitCode(err))
}

// The exit codes, the same for every command.
const (
	exitDone        = 0
	exitNothing     = 1   // a search found nothing
	exitFailure     = 2   // wrong use or failure
	exitRejected    = 3   // finished, but some inputs were rejected
	exitInterrupted = 130 // what was finished is safe
)

// Errors that say how a command ended rather than what went wrong. What a
// person should read of them is printed by the command itself.
var (
	errNothing  = errors.New("nothing found")
	errRejected = errors.New("some inputs were rejected")
)

// exitCode decides every exit code of the program.
func exitCode(err error) int {
	switch {
	case err == nil, closedPipe(err):
		return exitDone
	case errors.Is(err, errNothing):
		return exitNothing
	case errors.Is(err, errRejected):
		return exitRejected
	case interrupted(err):
		return exitInterrupted
	default:
		return exitFailure
	}
}

func interrupted(err error) bool {
	return errors.Is(err, corpus.ErrInterrupted) || errors.Is(err, context.Canceled)
}

// closedPipe reports whether err says that nobody reads our output any more.
func closedPipe(err error) bool { return errors.Is(err, syscall.EPIPE) }

// complain tells a person what went wrong: one sentence on stderr.
func complain(w io.Writer, err error) {
	switch {
	case err == nil, closedPipe(err), errors.Is(err, errNothing), errors.Is(err, errRejected):
	case interrupted(err):
		fmt.Fprintln(w, "zhize: interrupted: what was finished is safe; run the same command again to go on")
	default:
		fmt.Fprintf(w, "zhize: %s\n", plainLines(err.Error()))
	}
}

// patience is how long an interrupted command may go on in silence.
const patience = time.Second

// interruptible gives a context that the first Ctrl-C or SIGTERM cancels. The
// second ends the program at once; stop gives the signals back.
func (a *app) interruptible(parent context.Context) (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(parent)
	signals := make(chan os.Signal, 2)
	ended := make(chan struct{})
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		select {
		case <-signals:
			cancel()
		case <-ended:
			return
		}
		select {
		case <-signals:
			os.Exit(exitInterrupted)
		case <-time.After(patience):
			a.note("zhize: finishing what is in hand; Ctrl-C again ends at once")
		case <-ended:
			return
		}
		select {
		case <-signals:
			os.Exit(exitInterrupted)
		case <-ended:
		}
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
		close(ended)
	}
}
