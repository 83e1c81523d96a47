package web

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"zhize/index"
	"zhize/index/jieba"
	"zhize/record"
)

// serving starts a server on a port of its own. stop ends it and gives what it
// ended with.
func serving(t *testing.T, s *Server) (address string, stop func() error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	var once sync.Once
	var last error
	stop = func() error {
		once.Do(func() { cancel(); last = <-ended })
		return last
	}
	t.Cleanup(func() { stop() })
	return l.Addr().String(), stop
}

// TestReplaced serves while a run puts other outputs and another index into
// place, and while requests go on.
func TestReplaced(t *testing.T) {
	s, dir := newServer(t, Options{})
	hits := func(query string) []record.Hit {
		return decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape(query))).Hits
	}
	old := hits("满意度")[0].ID
	ctx, cancel := context.WithCancel(context.Background())
	var clients sync.WaitGroup
	for range 3 {
		clients.Go(func() {
			for ctx.Err() == nil {
				for _, target := range []string{"/api/search?q=" + url.QueryEscape("客户"), "/show/" + old, "/"} {
					if w := get(s, target); w.Code != http.StatusOK && w.Code != http.StatusNotFound {
						t.Errorf("%s: %d %s", target, w.Code, w.Body)
					}
				}
			}
		})
	}
	madeRun(t, dir, map[string]string{"新.txt": "司机岗位职责\n1、出车前检查车况。\n2、按时接送客户。\n"})
	s.run.Look()
	if found := hits("车况"); len(found) != 1 {
		t.Errorf("the new page is not found: %v", found)
	}
	if w := get(s, "/show/"+hits("车况")[0].ID); w.Code != http.StatusOK {
		t.Errorf("the new page is not shown: %d", w.Code)
	}
	if w := get(s, "/show/"+old); w.Code != http.StatusNotFound {
		t.Errorf("what is gone is shown: %d", w.Code)
	}
	cancel()
	clients.Wait()

	// An index that is gone, or half there, changes nothing for who has it open.
	if err := os.Rename(filepath.Join(dir, "index"), filepath.Join(dir, "away")); err != nil {
		t.Skipf("an open index cannot be renamed here: %v", err)
	}
	s.run.Look()
	if found := hits("车况"); len(found) != 1 {
		t.Errorf("without the folder: %v", found)
	}
	if err := os.MkdirAll(filepath.Join(dir, "index"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index", "info.json"), []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	s.run.Look()
	if found := hits("车况"); len(found) != 1 {
		t.Errorf("with another version's index in its place: %v", found)
	}
}

// TestOwnWords serves an index that is made anew with words of one's own: they are
// words of queries within a second, and none any more when the index is made without.
func TestOwnWords(t *testing.T) {
	s, dir := newServer(t, Options{})
	words, err := jieba.Default().Extend([]byte("错发货物 100 n\n回访表 100 n\n"))
	if err != nil {
		t.Fatal(err)
	}
	lines := readFile(t, filepath.Join(dir, "positions.jsonl"))
	ask := "/api/search?no_synonyms=true&q=" + url.QueryEscape("访表")
	for _, build := range []struct {
		words []byte
		query string
		total int
	}{
		{nil, "回访表", 1}, {words, "回访表", 1}, {words, "错发货物 投诉", 1}, {words, "回访表*", 1}, {nil, "错发货物", 1},
	} {
		if _, err := index.BuildWith(t.Context(), dir, strings.NewReader(lines), build.words, nil); err != nil {
			t.Fatal(err)
		}
		s.run.Look()
		w := get(s, "/api/search?q="+url.QueryEscape(build.query))
		if got := decode[record.Answer](t, w); got.Total != build.total || len(got.Hits[0].Highlights) == 0 {
			t.Errorf("%s: %+v", build.query, got)
		}
		x, done := s.run.Index()
		if own := x.Info().Dictionary == jieba.Default().Hash(); own == (build.words != nil) {
			t.Errorf("%s: the index that is served has the dictionary %s", build.query, x.Info().Dictionary)
		}
		done()
		if got := decode[record.Answer](t, get(s, ask)); got.Total != 1 { // a part of a word, as a phrase
			t.Errorf("%s: %d results", ask, got.Total)
		}
	}
}

// TestCutWhileServed cuts the files of an index short that is served, as a copy
// onto it does: the answers say so, until there is a whole one.
func TestCutWhileServed(t *testing.T) {
	s, dir := newServer(t, Options{})
	names, err := filepath.Glob(filepath.Join(dir, "index", "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.Truncate(name, 0); err != nil {
			t.Skipf("an open index cannot be cut short here: %v", err)
		}
	}
	s.run.Look()
	for _, target := range []string{"/api/search?q=" + url.QueryEscape("客户"), "/?title=x", "/"} {
		w := get(s, target)
		if w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "the index is damaged") || w.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
	}
	madeRun(t, dir, map[string]string{"新.txt": "司机岗位职责\n1、出车前检查车况。\n2、按时接送客户。\n"})
	s.run.Look()
	if found := decode[record.Answer](t, get(s, "/api/search?q="+url.QueryEscape("客户"))); found.Total != 1 {
		t.Errorf("with a new index: %+v", found)
	}
}

func TestNewErrors(t *testing.T) {
	if _, err := New(t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "zhize index") {
		t.Errorf("an empty folder: %v", err)
	}
	dir := filepath.Join(t.TempDir(), "out")
	madeRun(t, dir, made)
	if err := os.Remove(filepath.Join(dir, "manifest.json")); err != nil {
		t.Fatal(err)
	}
	if _, err := New(dir, Options{}); err == nil || !strings.Contains(err.Error(), "zhize run") {
		t.Errorf("an unfinished run: %v", err)
	}
}

// TestBusy has no time to answer, and then nobody free who could.
func TestBusy(t *testing.T) {
	s, _ := newServer(t, Options{Timeout: time.Nanosecond})
	w := get(s, "/api/search?q=x")
	if w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" || decode[record.Failure](t, w).Error.Code != "busy" {
		t.Errorf("no time: %d %v", w.Code, w.Header())
	}
	s.o.Timeout = 20 * time.Millisecond
	for range cap(s.work) {
		s.work <- struct{}{}
	}
	if w := get(s, "/"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "no time to answer") {
		t.Errorf("nobody free: %d %s", w.Code, w.Body)
	}
}

// TestPanicIsAnAnswer has a handler that panics after it began to write.
func TestPanicIsAnAnswer(t *testing.T) {
	s, _ := newServer(t, Options{})
	h := s.guard(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, "half of an answer")
		panic("told to")
	}))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://localhost/api/search", nil))
	if got := decode[record.Failure](t, w); w.Code != http.StatusInternalServerError || got.Error.Code != "internal" {
		t.Errorf("%d %+v", w.Code, got)
	}
}

// TestStops ends while a request is in hand: it is answered.
func TestStops(t *testing.T) {
	s, _ := newServer(t, Options{})
	entered, leave := make(chan struct{}), make(chan struct{})
	inner := s.handler
	s.handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		inner.ServeHTTP(w, r)
	})
	address, stop := serving(t, s)
	status := make(chan string, 1)
	go func() {
		client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
		answer, err := client.Get("http://" + address + "/openapi.json")
		if err != nil {
			status <- err.Error()
			return
		}
		answer.Body.Close()
		status <- answer.Status
	}()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- stop() }()
	// The listener goes first; then nobody comes in any more.
	for {
		c, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		c.Close()
	}
	close(leave)
	if got := <-status; got != "200 OK" {
		t.Errorf("the request in hand: %s", got)
	}
	if err := <-stopped; err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// FuzzRequests sends any address, host and language: there is always an answer,
// it is never the server's fault, and a page is well formed.
func FuzzRequests(f *testing.F) {
	for _, seed := range [][3]string{
		{"/?q=%E5%AE%A2%E6%88%B7&kind=x", "localhost", "zh"}, {"/show/0123456789abcdef-p001-i001?from=3", "127.0.0.1:1", ""},
		{"/api/search?q=(a+OR+%22&limit=9&facets=kind,title", "[::1]", "en"}, {"/assets/app.js?v=1", "x", "de;q=0"}, {"/?part=results&q=a*&offset=7", "", "*"},
		{"/api/show/d0123456", "localhost", ""}, {"/openapi.json", "localhost", ""}, {"/?q=%00%ff%e2%80%ae<b>&title=%3Cb%3E", "localhost", "zh"},
	} {
		f.Add(seed[0], seed[1], seed[2])
	}
	s, _ := newServer(f, Options{})
	f.Fuzz(func(t *testing.T, target, host, accept string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || !strings.HasPrefix(target, "/") {
			return
		}
		r := &http.Request{Method: http.MethodGet, URL: u, RequestURI: target, Host: host, Header: http.Header{"Accept-Language": {accept}}, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s: %d %s", target, w.Code, w.Body)
		}
		if w.Code < 300 || w.Code >= 400 {
			if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				wellFormed(t, fmt.Sprintf("%q", target), w.Body.String())
			}
		}
	})
}
