// Package web answers browsers and programs that search a finished run: a
// search page that works without scripts, the view of what an id names with its
// repairs beside the source, and the same as JSON with an OpenAPI description.
//
// It is meant for one machine. It reads the outputs, writes nothing, asks
// nobody, and needs nothing but the program's own file. Whoever can reach its
// address can read the run: there are no accounts. So it answers only requests
// that name it by an address or by a name that was allowed, which a page of
// another site cannot do by pointing a name at it (DNS rebinding), and lets no
// other site frame it or read its answers.
package web

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"runtime"
	"strings"
	"time"

	"golang.org/x/net/netutil"

	"zhize/web/internal/live"
)

// The limits of what a client may ask and how long it may take. Each is far
// above what a person at a browser needs.
const (
	maxURL     = 16 << 10         // a query of 4,096 bytes takes three times as many, escaped
	maxHeader  = 32 << 10         // net/http adds 4 KiB
	maxClients = 128              // connections at a time; further ones wait
	answerTime = 10 * time.Second // to make an answer
)

// patience is how long a client is waited for.
type patience struct {
	head    time.Duration // until the head of a request has come
	send    time.Duration // until an answer was taken, from the end of the head on
	idle    time.Duration // between two requests of a connection
	closing time.Duration // until what is in hand is done, when the server ends
}

func usualPatience() patience {
	return patience{head: 5 * time.Second, send: 30 * time.Second, idle: time.Minute, closing: 5 * time.Second}
}

// Options say how a run is served.
type Options struct {
	// Hosts are names, beside localhost, by which a request may call the
	// server. It may always call it by an address.
	Hosts []string
	// Timeout is how long an answer may take; 0 is ten seconds.
	Timeout time.Duration
}

// Server serves one output folder. It is safe for concurrent use.
type Server struct {
	o        Options
	run      *live.Run
	work     chan struct{} // a token for each answer in the making
	pages    *pages
	handler  http.Handler
	patience patience
	overview overview
}

// New opens the index and the outputs in dir. The error is that of index.Open
// or corpus.OpenFinder and says what to do.
func New(dir string, o Options) (*Server, error) {
	if o.Timeout == 0 {
		o.Timeout = answerTime
	}
	p, err := newPages()
	if err != nil {
		return nil, err
	}
	r, err := live.Open(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{o: o, run: r, pages: p, work: make(chan struct{}, 2*runtime.GOMAXPROCS(0)), patience: usualPatience()}
	s.handler = s.guard(s.routes())
	return s, nil
}

// Close releases the index and the files. No request may be in hand.
func (s *Server) Close() error { return s.run.Close() }

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Serve answers on a listener, which it closes, until ctx ends. Then it
// finishes what is in hand, for five seconds at most, and returns nil.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler:           s,
		ReadHeaderTimeout: s.patience.head,
		ReadTimeout:       s.patience.head,
		WriteTimeout:      s.patience.send,
		IdleTimeout:       s.patience.idle,
		MaxHeaderBytes:    maxHeader,
		// What clients do wrong is told to them, and nobody else.
		ErrorLog: log.New(io.Discard, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(netutil.LimitListener(l, maxClients)) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), s.patience.closing)
	defer cancel()
	err := h.Shutdown(last)
	if err != nil {
		err = h.Close() // who is not done by now is cut off
	}
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// routes is the table of what there is.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/{$}", s.searchPage)
	mux.HandleFunc("/show/{id}", s.showPage)
	mux.HandleFunc("/api/search", s.searchAPI)
	mux.HandleFunc("/api/show/{id}", s.showAPI)
	mux.HandleFunc("/openapi.json", s.openAPI)
	mux.HandleFunc("/assets/{name}", s.asset)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, &problem{status: http.StatusNotFound, code: "not-found", en: "there is no page at this address", zh: "没有这个地址的页面"})
	})
	return mux
}

// isAPI reports whether a request wants JSON.
func isAPI(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || r.URL.Path == "/openapi.json"
}
