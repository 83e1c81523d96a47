//go:build unix

package main

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// start runs this program in a folder of its own as a process.
func start(t *testing.T, dir string, args ...string) (cmd *exec.Cmd, stdin io.WriteCloser, stderr *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	stderr = new(bytes.Buffer)
	cmd = &exec.Cmd{Path: self, Args: append([]string{"zhize"}, args...), Dir: dir, Stderr: stderr}
	stdin, err = cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	return cmd, stdin, stderr
}

func endedWith(t *testing.T, cmd *exec.Cmd, want int, stderr *bytes.Buffer) {
	t.Helper()
	err := cmd.Wait()
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	if got != want {
		t.Fatalf("%v ended with %d, not %d; stderr: %s", cmd.Args, got, want, stderr)
	}
}

// The reader of stdin is silent, so only the signal can end the command.
func TestInterruptedWhileReading(t *testing.T) {
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		for _, args := range [][]string{{"extract", "-"}, {"run", "-"}} {
			dir := t.TempDir()
			cmd, stdin, stderr := start(t, dir, args...)
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			// A pipe holds less than this: it is written once the command, whose
			// handler stands before it reads, has read most of it.
			if _, err := io.WriteString(stdin, strings.Repeat("1、核对入库单据。\n", 1<<14)); err != nil {
				t.Fatal(err)
			}
			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			endedWith(t, cmd, exitInterrupted, stderr)
			if want := "zhize: interrupted: what was finished is safe; run the same command again to go on\n"; stderr.String() != want {
				t.Errorf("%v, %v: stderr is %q", args, signal, stderr)
			}
			if _, err := os.Stat(filepath.Join(dir, defaultDir, "manifest.json")); err == nil {
				t.Errorf("%v: an interrupted run says that it finished", args)
			}
		}
	}
}

// Whoever reads our output may go away at any time.
func TestClosedOutput(t *testing.T) {
	for _, args := range [][]string{{"help"}, {"completion", "bash"}, {"schema", "positions"}, {"extract", "-"}} {
		cmd, stdin, stderr := start(t, t.TempDir(), args...)
		read, write, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		read.Close()
		cmd.Stdout = write
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		write.Close()
		io.WriteString(stdin, "出纳岗位职责\n1、登记现金日记账。\n")
		stdin.Close()
		endedWith(t, cmd, exitDone, stderr)
		if stderr.Len() > 0 {
			t.Errorf("%v: stderr is %q", args, stderr)
		}
	}
}

// A full disk is no closed pipe: it is said.
func TestFullOutput(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full here")
	}
	defer full.Close()
	cmd, stdin, stderr := start(t, t.TempDir(), "schema")
	stdin.Close()
	cmd.Stdout = full
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endedWith(t, cmd, exitFailure, stderr)
	if !strings.HasPrefix(stderr.String(), "zhize: cannot write the output: ") {
		t.Errorf("stderr is %q", stderr)
	}
}

// TestReached says how a browser on this machine calls an address.
func TestReached(t *testing.T) {
	for address, want := range map[string]string{"127.0.0.1:80": "127.0.0.1 80", "[::1]:80": "::1 80", "[::]:81": "localhost 81", "0.0.0.0:1": "localhost 1", "192.0.2.7:9": "192.0.2.7 9"} {
		host, port, at := reached(net.TCPAddrFromAddrPort(netip.MustParseAddrPort(address)))
		if got := host + " " + port; got != want || at.IsLoopback() != (host == "127.0.0.1" || host == "::1") {
			t.Errorf("%s: %s, %v", address, got, at)
		}
	}
}

// TestServe serves until it is told to end, says where, and gives its port back.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "p.txt"), []byte("出纳岗位职责\n1、登记现金日记账。\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	run, _, errs := start(t, dir, "run", "p.txt")
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	endedWith(t, run, exitDone, errs)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		cmd, _, stderr := start(t, dir, "serve", "--port", "0")
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		line, err := bufio.NewReader(stdout).ReadString('\n')
		if err != nil {
			t.Fatalf("%v; stderr: %s", err, stderr)
		}
		site := strings.TrimSpace(line)
		answer, err := http.Get(site + "api/search?q=" + url.QueryEscape("日记账"))
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), `"total":1`) {
			t.Errorf("%s: %s %v", answer.Status, body, err)
		}

		_, port, _ := strings.Cut(strings.Trim(site, "/"), "127.0.0.1:")
		second, _, said := start(t, dir, "serve", "--port", port)
		if err := second.Start(); err != nil {
			t.Fatal(err)
		}
		endedWith(t, second, exitFailure, said)
		if want := "zhize: port " + port + " of 127.0.0.1 is in use"; !strings.HasPrefix(said.String(), want) {
			t.Errorf("stderr is %q", said)
		}

		if err := cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		endedWith(t, cmd, exitDone, stderr)
		if stderr.String() != "Serving zhize-out; Ctrl-C ends\n" {
			t.Errorf("stderr is %q", stderr)
		}
	}
}
