package web

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

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
