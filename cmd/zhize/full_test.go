//go:build linux

package main

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFullDisk has a run write to a disk that is too small, which grows from run to
// run: each stops with one sentence, and the last wrote what it writes elsewhere.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	disk := filepath.Join(dir, "disk")
	if err := os.Mkdir(disk, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=256k"); err != nil {
		t.Skipf("a small disk can only be made by root: %v", err)
	}
	defer syscall.Unmount(disk, syscall.MNT_DETACH)
	generated(t, filepath.Join(dir, "in"), 40)
	run := func(out string) (code int, said string) {
		cmd, stdin, stderr := start(t, dir, "run", "in", "-o", out)
		stdin.Close()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // the code tells
		return cmd.ProcessState.ExitCode(), stderr.String()
	}
	full := 0
	for _, size := range []string{"256k", "512k", "1m", "2m", "4m", "128m"} {
		if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size="+size); err != nil {
			t.Fatal(err)
		}
		code, said := run("disk/out")
		if code == exitRejected {
			continue
		}
		full++
		const next = "what was finished is safe: free some space and run the same command again to go on\n"
		outputs := strings.Contains(said, "the outputs are written, but not the index") // a disk for all but that
		if code != exitFailure || !outputs && said != "zhize: disk/out: the disk is full; "+next {
			t.Fatalf("with %s the run ends with %d and says %q", size, code, said)
		}
	}
	if full == 0 {
		t.Fatal("the disk was never full")
	}
	if code, said := run("elsewhere"); code != exitRejected {
		t.Fatalf("ended with %d: %s", code, said)
	}
	want := results(t, filepath.Join(dir, "elsewhere"))
	for name, text := range results(t, filepath.Join(disk, "out")) {
		if text != want[name] {
			t.Errorf("after a full disk %s differs", name)
		}
	}
}

// TestReadOnlyDisk reads a run that lies on a disk that can only be read, and is
// refused where it would write there.
func TestReadOnlyDisk(t *testing.T) {
	out := smallRun(t, t.TempDir())
	if err := syscall.Mount(out, out, "", syscall.MS_BIND, ""); err != nil {
		t.Skipf("a disk that can only be read can only be made by root: %v", err)
	}
	defer syscall.Unmount(out, syscall.MNT_DETACH)
	if err := syscall.Mount("", out, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"search", "客户", "-i", out}, {"search", "--duties", "客户", "-i", out}, {"verify", out}, {"stats", out}} {
		if _, said, err := execute(args...); err != nil {
			t.Errorf("%v: %v: %s", args, err, said)
		}
	}
	for _, args := range [][]string{{"index", out}, {"run", filepath.Dir(out) + "/p.txt", "-o", out}} {
		want := "zhize: " + out + ": the disk can only be read; what was finished is safe: make it writable and run the same command again to go on\n"
		if _, said, err := execute(args...); exitCode(err) != exitFailure || said != want {
			t.Errorf("%v: ends with %d and says %q", args, exitCode(err), said)
		}
	}
	cmd, _, stderr := start(t, filepath.Dir(out), "serve", "--port", "0", "-i", out)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	site, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil {
		t.Fatalf("%v: %s", err, stderr)
	}
	answer, err := http.Get(strings.TrimSpace(site) + "?q=%E5%AE%A2%E6%88%B7")
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), "<mark>客户</mark>") {
		t.Errorf("%s, %v", answer.Status, err)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	endedWith(t, cmd, exitDone, stderr)
}
