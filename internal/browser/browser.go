// Package browser drives a headless Chromium for tests, over a pipe and without
// a network: https://chromedevtools.github.io/devtools-protocol. It is no part
// of the program.
package browser

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"
)

// patience is how long the browser may take for one answer. It guards against
// a browser that hangs and is not measured.
const patience = time.Minute

// Browser is one tab of a browser that ends with the test.
type Browser struct {
	t       *testing.T
	to      *os.File
	session string

	mu      sync.Mutex
	last    int
	waiting map[int]chan message
	noise   []string
	loaded  chan struct{}
}

type message struct {
	ID     int             `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
	Session string `json:"sessionId,omitempty"`
}

// Start opens a browser with one empty tab. The test is skipped where there is
// no Chromium.
func Start(t *testing.T) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("it starts a browser")
	}
	var path string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		t.Skip("there is no chromium here")
	}
	in, to, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	from, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "zhize-browser-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
		"--lang=en-US", "--user-data-dir="+profile, "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{in, out} // descriptors 3 and 4, as the flag wants them
	if err := cmd.Start(); err != nil {
		t.Skipf("chromium does not start: %v", err)
	}
	in.Close()
	out.Close()
	b := &Browser{t: t, to: to, waiting: map[int]chan message{}, loaded: make(chan struct{}, 1)}
	ended := make(chan struct{})
	go func() {
		b.read(from)
		close(ended)
	}()
	t.Cleanup(func() {
		to.Close() // the browser ends with its pipe
		gone := make(chan struct{})
		go func() { cmd.Wait(); close(gone) }()
		select {
		case <-gone:
		case <-time.After(10 * time.Second):
			cmd.Process.Kill()
			<-gone
		}
		from.Close()
		<-ended
		os.RemoveAll(profile)
	})
	b.attach()
	return b
}

func (b *Browser) attach() {
	var target struct{ TargetID string }
	b.ask("Target.createTarget", map[string]string{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	b.ask("Target.attachToTarget", struct {
		TargetID string `json:"targetId"`
		Flatten  bool   `json:"flatten"`
	}{target.TargetID, true}, &session)
	b.session = session.SessionID
	for _, domain := range []string{"Page.enable", "Runtime.enable", "Log.enable"} {
		b.ask(domain, struct{}{}, nil)
	}
}

// read hands answers to who waits for them, and keeps what the page complains of.
func (b *Browser) read(from *os.File) {
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		line, err := r.ReadBytes(0)
		if err != nil {
			b.mu.Lock()
			for id, c := range b.waiting {
				close(c)
				delete(b.waiting, id)
			}
			b.mu.Unlock()
			return
		}
		var m message
		if json.Unmarshal(line[:len(line)-1], &m) != nil {
			continue
		}
		b.mu.Lock()
		switch {
		case m.ID > 0:
			if c := b.waiting[m.ID]; c != nil {
				c <- m
				delete(b.waiting, m.ID)
			}
		case m.Method == "Page.loadEventFired":
			select {
			case b.loaded <- struct{}{}:
			default:
			}
		case m.Method == "Runtime.exceptionThrown", m.Method == "Log.entryAdded", m.Method == "Runtime.consoleAPICalled":
			b.noise = append(b.noise, string(m.Params))
		}
		b.mu.Unlock()
	}
}

func (b *Browser) ask(method string, params, to any) {
	b.t.Helper()
	if err := b.call(method, params, to); err != nil {
		b.t.Fatalf("chromium: %s: %v", method, err)
	}
}

func (b *Browser) call(method string, params, to any) error {
	raw, err := json.Marshal(params)
	if err != nil {
		return err
	}
	answer := make(chan message, 1)
	b.mu.Lock()
	b.last++
	m := message{ID: b.last, Method: method, Params: raw, Session: b.session}
	b.waiting[m.ID] = answer
	b.mu.Unlock()
	line, err := json.Marshal(m)
	if err != nil {
		return err
	}
	if _, err := b.to.Write(append(line, 0)); err != nil {
		return err
	}
	select {
	case got, ok := <-answer:
		switch {
		case !ok:
			return errors.New("it ended")
		case got.Error != nil:
			return errors.New(got.Error.Message)
		case to != nil:
			return json.Unmarshal(got.Result, to)
		}
		return nil
	case <-time.After(patience):
		return errors.New("no answer")
	}
}

// Screen sets the size of the window in CSS pixels and the scheme of colours.
func (b *Browser) Screen(width, height int, dark bool) {
	b.t.Helper()
	b.ask("Emulation.setDeviceMetricsOverride", struct {
		Width  int     `json:"width"`
		Height int     `json:"height"`
		Scale  float64 `json:"deviceScaleFactor"`
		Mobile bool    `json:"mobile"`
	}{width, height, 1, width < 600}, nil)
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	type feature struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
	b.ask("Emulation.setEmulatedMedia", struct {
		Features []feature `json:"features"`
	}{[]feature{{"prefers-color-scheme", scheme}}}, nil)
}

// Scripts switches JavaScript on or off for the pages that are opened from now on.
func (b *Browser) Scripts(on bool) {
	b.t.Helper()
	b.ask("Emulation.setScriptExecutionDisabled", map[string]bool{"value": !on}, nil)
}

// Open goes to an address and waits until it is loaded.
func (b *Browser) Open(url string) {
	b.t.Helper()
	select {
	case <-b.loaded:
	default:
	}
	var at struct{ ErrorText string }
	b.ask("Page.navigate", map[string]string{"url": url}, &at)
	if at.ErrorText != "" {
		b.t.Fatalf("chromium: open %s: %s", url, at.ErrorText)
	}
	b.Loaded()
}

// Loaded waits until a page is loaded that a click or a key asked for.
func (b *Browser) Loaded() {
	b.t.Helper()
	select {
	case <-b.loaded:
	case <-time.After(patience):
		b.t.Fatal("chromium: the page is not loaded")
	}
}

func (b *Browser) eval(script string, to any) {
	b.t.Helper()
	if err := b.evaluate(script, to); err != nil {
		b.t.Fatalf("chromium: %s: %v", script, err)
	}
}

func (b *Browser) evaluate(script string, to any) error {
	var answer struct {
		Result  struct{ Value json.RawMessage }
		Details *struct {
			Text      string
			Exception struct{ Description string }
		} `json:"exceptionDetails"`
	}
	err := b.call("Runtime.evaluate", struct {
		Expression string `json:"expression"`
		ByValue    bool   `json:"returnByValue"`
		Await      bool   `json:"awaitPromise"`
	}{script, true, true}, &answer)
	switch {
	case err != nil:
		return err
	case answer.Details != nil:
		return errors.New(answer.Details.Text + " " + answer.Details.Exception.Description)
	case to != nil:
		return json.Unmarshal(answer.Result.Value, to)
	}
	return nil
}

// Do runs a script in the page.
func (b *Browser) Do(script string) { b.t.Helper(); b.eval(script, nil) }

// Text is what an expression gives, a string.
func (b *Browser) Text(expression string) (s string) { b.t.Helper(); b.eval(expression, &s); return s }

// Number is what an expression gives, a number.
func (b *Browser) Number(expression string) (n float64) {
	b.t.Helper()
	b.eval(expression, &n)
	return n
}

// Until waits until an expression is true. It may fail before that, as it does
// while the tab goes from one page to the next.
func (b *Browser) Until(expression string) {
	b.t.Helper()
	var last error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		var ok bool
		if last = b.evaluate("!!("+expression+")", &ok); last == nil && ok {
			return
		}
	}
	b.t.Fatalf("chromium: never: %s (%v)", expression, last)
}

// Type writes a text into what has the focus.
func (b *Browser) Type(text string) {
	b.t.Helper()
	b.ask("Input.insertText", map[string]string{"text": text}, nil)
}

// Key presses and releases a key, by its name in the DOM, such as Enter or j.
func (b *Browser) Key(name string) {
	b.t.Helper()
	type key struct {
		Type string `json:"type"`
		Key  string `json:"key"`
		Code int    `json:"windowsVirtualKeyCode,omitempty"`
		Text string `json:"text,omitempty"`
	}
	down := key{Type: "keyDown", Key: name}
	switch {
	case name == "Enter":
		down.Code, down.Text = 13, "\r"
	case len(name) == 1:
		down.Text = name
	}
	b.ask("Input.dispatchKeyEvent", down, nil)
	// The page that the key was pressed in may be gone.
	_ = b.call("Input.dispatchKeyEvent", key{Type: "keyUp", Key: name, Code: down.Code}, nil)
}

// PDF prints the page.
func (b *Browser) PDF() []byte {
	b.t.Helper()
	return b.data("Page.printToPDF", struct {
		Backgrounds bool `json:"printBackground"`
	}{true})
}

// Screenshot is a PNG of the whole page, not only of what the window shows.
func (b *Browser) Screenshot() []byte {
	b.t.Helper()
	return b.data("Page.captureScreenshot", struct {
		Beyond bool `json:"captureBeyondViewport"`
	}{true})
}

func (b *Browser) data(method string, params any) []byte {
	b.t.Helper()
	var answer struct{ Data string }
	b.ask(method, params, &answer)
	data, err := base64.StdEncoding.DecodeString(answer.Data)
	if err != nil {
		b.t.Fatalf("chromium: %s: %v", method, err)
	}
	return data
}

// Noise is what the page complained of so far: errors, warnings, console lines.
func (b *Browser) Noise() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string(nil), b.noise...)
}

// Keep writes a screenshot into the folder that the variable ZHIZE_SCREENSHOTS
// names, for a person to look at; without it, nothing.
func (b *Browser) Keep(name string) {
	b.t.Helper()
	dir := os.Getenv("ZHIZE_SCREENSHOTS")
	if dir == "" {
		return
	}
	if err := os.WriteFile(fmt.Sprintf("%s/%s.png", dir, name), b.Screenshot(), 0o644); err != nil {
		b.t.Fatal(err)
	}
}
