package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"zhize/corpus"
	"zhize/record"
)

func TestExitCode(t *testing.T) {
	for _, c := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{fmt.Errorf("search: %w", errNothing), 1},
		{errors.New("anything else"), 2},
		{errRejected, 3},
		{fmt.Errorf("run: %w", corpus.ErrInterrupted), 130},
		{fmt.Errorf("read: %w", context.Canceled), 130},
		{fmt.Errorf("write: %w", syscall.EPIPE), 0},
	} {
		if got := exitCode(c.err); got != c.want {
			t.Errorf("exitCode(%v) = %d, want %d", c.err, got, c.want)
		}
	}
}

func TestTableLinesUpByWidth(t *testing.T) {
	tab := table{indent: "  ", right: []int{1}}
	tab.add("岗位", "1,234", "甲")
	tab.add("a", "5", "b")
	tab.add("长一点的名称", "67")
	var b strings.Builder
	tab.write(&b)
	want := "  岗位          1,234  甲\n" +
		"  a                 5  b\n" +
		"  长一点的名称     67\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		in      string
		columns int
		want    string
	}{
		{"客户回访", 8, "客户回访"},
		{"客户回访", 7, "客户回…"},
		{"客户回访", 6, "客户…"},
		{"abc", 2, "a…"},
	} {
		got := shorten(c.in, c.columns)
		if got != c.want || width(got) > c.columns {
			t.Errorf("shorten(%q, %d) = %q", c.in, c.columns, got)
		}
	}
}

func TestPlainTakesControlOfNoTerminal(t *testing.T) {
	in := "甲\x1b[31m乙\r\n丙\u202e丁\x7f\u0085"
	got := plain(in)
	if want := "甲␛[31m乙␍␊丙\ufffd丁␡\ufffd"; got != want {
		t.Errorf("plain(%q) = %q, want %q", in, got, want)
	}
}

func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %q, want %q", n, got, want)
		}
	}
	for d, want := range map[time.Duration]string{
		0:                         "under 1 ms",
		17 * time.Millisecond:     "17 ms",
		1500 * time.Millisecond:   "1.5 s",
		125 * time.Second:         "2 min 05 s",
		3*time.Hour + time.Minute: "3 h 01 min",
	} {
		if got := elapsed(d); got != want {
			t.Errorf("elapsed(%v) = %q, want %q", d, got, want)
		}
	}
	for n, want := range map[int64]string{5: "5 B", 1000: "1.0 kB", 2_340_000: "2.3 MB", 5_000_000_000_000: "5.0 TB"} {
		if got := size(n); got != want {
			t.Errorf("size(%d) = %q, want %q", n, got, want)
		}
	}
	if got := ranges([]int{4, 5, 6, 9, 11, 12}); got != "4-6, 9, 11-12" {
		t.Errorf("ranges = %q", got)
	}
}

func TestShellWord(t *testing.T) {
	for in, want := range map[string]string{"职责库": "职责库", "a b": "'a b'", "": "''", "it's": `'it'\''s'`, "x;y": "'x;y'"} {
		if got := shellWord(in); got != want {
			t.Errorf("shellWord(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestClosest(t *testing.T) {
	names := []string{"run", "search", "show", "stats", "schema", "extract", "export"}
	for in, want := range map[string]string{
		"serach": "search", "searhc": "search", "shwo": "show", "stat": "stats", "rnu": "run",
		"extrcat": "extract", "delete": "", "x": "", "sea": "search",
	} {
		if got := closest(in, names); got != want {
			t.Errorf("closest(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQueryArgs(t *testing.T) {
	got := queryArgs([]string{"search", "客户", "-电话", `-"上门"`, "-(甲 乙)", "-i", "dir", "--json", "-KPI", "-"})
	want := []string{"search", "客户", " -电话", ` -"上门"`, " -(甲 乙)", "-i", "dir", "--json", "-KPI", "-"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := joinQuery([]string{"客户", " -电话"}), "客户 -电话"; got != want {
		t.Errorf("joinQuery gives %q, want %q", got, want)
	}
	if got := queryArgs([]string{"run", "-电话"}); got[1] != "-电话" {
		t.Errorf("another command's argument was changed to %q", got[1])
	}
}

func TestMarkdownText(t *testing.T) {
	for in, want := range map[string]string{
		"客户_回访*":  `客户\_回访\*`,
		"1. 首先":   `1\. 首先`,
		"12)次之":   `12\)次之`,
		"2024年":   "2024年",
		"# 标题":    `\# 标题`,
		"-项":      `\-项`,
		`<b>\&|~`: `\<b\>\\\&\|\~`,
	} {
		if got := markdownText(in); got != want {
			t.Errorf("markdownText(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestProgressText(t *testing.T) {
	first := corpus.Progress{Stage: "process", Pages: 250, Total: 5250, Elapsed: 2 * time.Second}
	for _, c := range []struct {
		p    corpus.Progress
		want string
	}{
		{corpus.Progress{Stage: "scan"}, "looking at the inputs"},
		{corpus.Progress{Stage: "process", Pages: 1250, Total: 5250, Positions: 9876, Rejects: 3, Elapsed: 12 * time.Second},
			"reading  1,250/5,250 pages  100/s  23 %  41 s left  9,876 positions  3 rejected"},
		{corpus.Progress{Stage: "process", Pages: 260, Total: 5250, Elapsed: 2500 * time.Millisecond}, "reading  260/5,250 pages  4 %"},
		{corpus.Progress{Stage: "process", Pages: 1250, Elapsed: 12 * time.Second}, "reading  1,250 pages  100/s"},
	} {
		if got := progressText(c.p, first); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
	byBytes := corpus.Progress{Stage: "process", Pages: 10, Bytes: 50, TotalBytes: 100, Elapsed: 200 * time.Second}
	want := "reading  10 pages  0/s  50 %  3 min 20 s left"
	if got := progressText(byBytes, corpus.Progress{Stage: "process"}); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestProgressLine(t *testing.T) {
	var b strings.Builder
	line := &progressLine{a: &app{stderr: &b}}
	line.clear()
	if b.Len() > 0 {
		t.Errorf("clearing nothing writes %q", b.String())
	}
	line.show(corpus.Progress{Stage: "process", Pages: 1, Total: 2})
	line.show(corpus.Progress{Stage: "scan"})
	line.set(strings.Repeat("职", 100))
	line.clear()
	line.clear()
	want := "\r[=====     ] reading  1/2 pages  50 %\x1b[K\rlooking at the inputs\x1b[K\r" + strings.Repeat("职", 39) + "…\x1b[K\r\x1b[K"
	if b.String() != want {
		t.Errorf("got  %q\nwant %q", b.String(), want)
	}
}

// TestProgressLog has an hour pass, ten times a second: a line a minute.
func TestProgressLog(t *testing.T) {
	var b strings.Builder
	l := &progressLog{a: &app{stderr: &b}}
	for at := time.Duration(0); at <= 3*time.Minute; at += 100 * time.Millisecond {
		p := corpus.Progress{Stage: "learn", Pages: int(at.Seconds()) * 10, Total: 2400, Elapsed: at}
		if at > 2*time.Minute {
			p.Stage, p.Pages = "process", int((at-2*time.Minute).Seconds())*10
		}
		l.show(p)
	}
	l.clear()
	want := "zhize: after 60.0 s: learning  600/2,400 pages  10/s  25 %  3 min 00 s left\n" +
		"zhize: after 2 min 00 s: learning  1,200/2,400 pages  10/s  50 %  2 min 00 s left\n" +
		"zhize: after 3 min 00 s: reading  600/2,400 pages  10/s  25 %  2 min 59 s left\n"
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestProgressEvents(t *testing.T) {
	var b strings.Builder
	l := &progressEvents{a: &app{stderr: &b}}
	for _, p := range []corpus.Progress{
		{Stage: "scan"}, {Stage: "scan", Elapsed: 500 * time.Millisecond}, {Stage: "learn", Total: 10, Elapsed: 600 * time.Millisecond},
		{Stage: "learn", Pages: 4, Total: 10, Items: 7, Rejects: 1, Elapsed: 2600 * time.Millisecond}, {Stage: "learn", Pages: 5, Total: 10, Elapsed: 3 * time.Second},
	} {
		l.show(p)
	}
	const rest = `"bytes":0,"total_bytes":0,"positions":0,`
	want := `{"event":"progress","stage":"scan","done":0,"total":0,` + rest + `"items":0,"rejects":0,"per_second":0,"left_ms":null,"elapsed_ms":0}
{"event":"progress","stage":"learn","done":0,"total":10,` + rest + `"items":0,"rejects":0,"per_second":0,"left_ms":null,"elapsed_ms":600}
{"event":"progress","stage":"learn","done":4,"total":10,` + rest + `"items":7,"rejects":1,"per_second":2,"left_ms":3000,"elapsed_ms":2600}
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}

func TestStyle(t *testing.T) {
	for _, c := range []struct {
		terminal bool
		noColor  string
		term     string
		flag     string
		want     bool
	}{
		{true, "", "xterm", "auto", true},
		{true, "1", "xterm", "auto", false},
		{true, "", "dumb", "auto", false},
		{false, "", "xterm", "auto", false},
		{false, "1", "dumb", "always", true},
		{true, "", "xterm", "never", false},
	} {
		env := map[string]string{"NO_COLOR": c.noColor, "TERM": c.term}
		a := &app{stdoutIsTerminal: c.terminal, color: c.flag, getenv: func(name string) string { return env[name] }}
		if got := a.style().on; got != c.want {
			t.Errorf("%+v: colours are %v", c, got)
		}
	}
}

func TestCancelReader(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	silent, writer := io.Pipe()
	defer writer.Close()
	r := &cancelReader{ctx: ctx, r: silent}
	go func() { _, _ = io.WriteString(writer, "开头") }()
	head := make([]byte, len("开头"))
	if _, err := io.ReadFull(r, head); err != nil || string(head) != "开头" {
		t.Fatalf("read %q, %v", head, err)
	}
	cancel()
	if n, err := r.Read(head); n != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("after the end it read %d bytes, %v", n, err)
	}
	text := strings.Repeat("职责", 100_000)
	if err := iotest.TestReader(&cancelReader{ctx: context.Background(), r: strings.NewReader(text)}, []byte(text)); err != nil {
		t.Error(err)
	}
}

func TestHighlighted(t *testing.T) {
	h := &record.Hit{Text: "回访\n客户，记录意见", Highlights: []record.Span{{0, 2}, {3, 5}, {4, 6}, {8, 99}}}
	if got, want := highlighted(h, style{on: true}), "\x1b[1;31m回访\x1b[0m \x1b[1;31m客户\x1b[0m，记录意见"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got, want := highlighted(h, style{}), "回访 客户，记录意见"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
