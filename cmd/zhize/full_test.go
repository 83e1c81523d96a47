//go:build linux

package main

import (
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
