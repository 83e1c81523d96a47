package web

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
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

// TestHostileClients sends what no browser sends. Each is answered or cut off,
// and the server goes on.
func TestHostileClients(t *testing.T) {
	s, _ := newServer(t, Options{})
	s.patience = patience{head: 200 * time.Millisecond, send: time.Second, idle: 200 * time.Millisecond, closing: time.Second}
	address, stop := serving(t, s)
	talk := func(text string) string {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, text)
		line, _ := bufio.NewReader(c).ReadString('\n') // ends when the server answers or hangs up
		return strings.TrimSpace(line)
	}
	const host = "Host: 127.0.0.1\r\n"
	for what, ask := range map[string]struct{ text, answer string }{
		"half a head":            {"GET / HTTP/1.1\r\n" + host, ""},
		"silence":                {"", ""},
		"noise":                  {"\x00\xff\x16\x03\x01\r\n\r\n", "HTTP/1.1 400"},
		"a megabyte of query":    {"GET /?q=" + strings.Repeat("a", 1<<20) + " HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 431"},
		"a megabyte of head":     {"GET / HTTP/1.1\r\n" + host + "X: " + strings.Repeat("a", 1<<20) + "\r\n\r\n", "HTTP/1.1 431"},
		"a long address":         {"GET /?q=" + strings.Repeat("a", 20<<10) + " HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 414"},
		"no host":                {"GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 400"},
		"two hosts":              {"GET / HTTP/1.1\r\n" + host + "Host: evil.example\r\n\r\n", "HTTP/1.1 400"},
		"a turned name":          {"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "HTTP/1.1 421"},
		"a body that never ends": {"POST / HTTP/1.1\r\n" + host + "Content-Length: 999999999\r\n\r\nx", "HTTP/1.1 405"},
		"a proxy's request":      {"GET http://evil.example/ HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 421"},
		"a tunnel":               {"CONNECT evil.example:443 HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 4"},
		"broken escapes":         {"GET /?q=%zz%& HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 200"},
		"semicolons":             {"GET /?q=a;b;c HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 200"},
		"an old client":          {"GET /?q=a HTTP/1.0\r\n" + host + "\r\n", "HTTP/1.0 200"},
		"an older one":           {"GET / HTTP/0.9\r\n\r\n", "HTTP/1.1 505"},
		"a new one":              {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "HTTP/1.1 421"},
		"a secure one":           {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "HTTP/1.1 400"},
		"an upgrade":             {"GET / HTTP/1.1\r\n" + host + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "HTTP/1.1 200"},
		"an unknown method":      {"FROBNICATE / HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 405"},
		"a question of all":      {"OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 200"},
		"ten thousand headers":   {"GET / HTTP/1.1\r\n" + host + strings.Repeat("X: y\r\n", 10000) + "\r\n", "HTTP/1.1 431"},
		"a body of a GET":        {"GET /?q=a HTTP/1.1\r\n" + host + "Content-Length: 5\r\n\r\nhello", "HTTP/1.1 200"},
		"two lengths":            {"GET / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", "HTTP/1.1 400"},
		"a length of nothing":    {"GET / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", "HTTP/1.1 400"},
		"a smuggled request":     {"GET / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", "HTTP/1.1 501"},
		"a header on two lines":  {"GET / HTTP/1.1\r\n" + host + "X: a\r\n b\r\n\r\n", "HTTP/1.1 200"},
		"a NUL in a header":      {"GET / HTTP/1.1\r\n" + host + "X: a\x00b\r\n\r\n", "HTTP/1.1 400"},
		"a range":                {"GET /assets/app.js HTTP/1.1\r\n" + host + "Range: bytes=0-0,1-1,2-2\r\n\r\n", "HTTP/1.1 2"},
		"dots and slashes":       {"GET /assets/..%2f..%2fserver.go HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 404"},
		"a NUL in a path":        {"GET /show/%00 HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 404"},
		"a drive's path":         {"GET /assets/C:%5Cwindows%5Cwin.ini HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 404"},
		"a path outwards":        {"GET /assets/../../etc/passwd HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 307"},
		"an escaped path":        {"GET /show/%2e%2e%2f%2e%2e%2fetc HTTP/1.1\r\n" + host + "\r\n", "HTTP/1.1 404"},
	} {
		if got := talk(ask.text); !strings.HasPrefix(got, ask.answer) || (got == "") != (ask.answer == "") {
			t.Errorf("%s: %q, not %q", what, got, ask.answer)
		}
	}
	// More silent clients than there are places, and one who asks: it is
	// answered when the first of them were cut off.
	for range maxClients + 20 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nX-Slow: ")
	}
	if got := talk("GET /openapi.json HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"); got != "HTTP/1.1 200 OK" {
		t.Errorf("behind slow clients: %q", got)
	}
	if err := stop(); err != nil {
		t.Errorf("it ended with %v", err)
	}
}

// TestSlowClients has clients that ask or take slowly, ask many things at once,
// or go away: each gets what it can still take, and the server goes on.
func TestSlowClients(t *testing.T) {
	s, _ := newServer(t, Options{})
	s.patience = patience{head: 300 * time.Millisecond, send: 600 * time.Millisecond, idle: time.Second, closing: time.Second}
	address, stop := serving(t, s)
	const ask = "GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	dial := func() *net.TCPConn {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		return c.(*net.TCPConn)
	}
	// read gives the statuses of all answers until the connection ends.
	read := func(c net.Conn) (statuses []int) {
		for r := bufio.NewReader(c); ; {
			answer, err := http.ReadResponse(r, nil)
			if err != nil {
				return statuses
			}
			if n, err := io.Copy(io.Discard, answer.Body); err == nil && n > 0 {
				statuses = append(statuses, answer.StatusCode)
			}
		}
	}
	expect := func(what string, got, want []int) {
		t.Helper()
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, not %v", what, got, want)
		}
	}

	c := dial()
	io.WriteString(c, strings.Repeat(ask+"\r\n", 20)+ask+"Connection: close\r\n\r\n")
	expect("many requests at once", read(c), slices.Repeat([]int{200}, 21))

	c = dial()
	io.WriteString(c, ask+"\r\n")
	c.CloseWrite()
	expect("a client that says no more", read(c), []int{200})

	c = dial()
	begun := time.Now()
	for _, b := range []byte(ask + "X: " + strings.Repeat("y", 1000)) {
		if _, err := c.Write([]byte{b}); err != nil {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	if expect("a byte at a time", read(c), nil); time.Since(begun) > 4*time.Second {
		t.Error("who sends a byte at a time is listened to")
	}

	// Asks for more than buffers hold and takes nothing: it is cut off, and no
	// answer in the making waits for it.
	c = dial()
	c.SetReadBuffer(4 << 10)
	io.WriteString(c, strings.Repeat(ask+"\r\n", 3000))
	time.Sleep(s.patience.send + 200*time.Millisecond)
	if n := len(read(c)); n == 3000 {
		t.Error("who takes nothing is given everything")
	}

	for range 200 { // go away before the answer is there
		c := dial()
		io.WriteString(c, "GET /?q=%E5%AE%A2%E6%88%B7 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
		c.SetLinger(0)
		c.Close()
	}
	c = dial()
	io.WriteString(c, ask+"Connection: close\r\n\r\n")
	expect("behind all of them", read(c), []int{200})
	if err := stop(); err != nil {
		t.Errorf("it ended with %v", err)
	}
	if len(s.work) != 0 {
		t.Errorf("%d answers are still in the making", len(s.work))
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
