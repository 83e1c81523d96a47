//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"zhize/internal/pagegen"
)

// killsVariable holds how many runs TestKilled kills; a few where it is not set.
const killsVariable = "ZHIZE_TEST_KILLS"

// generated writes made pages into a folder, half of them as files and half as
// rows.
func generated(t *testing.T, dir string, count int) {
	t.Helper()
	g, err := pagegen.New(11, pagegen.Options{Noise: 1, Sites: 4, Recurring: 0.5, Shapes: []string{"charset/utf-8"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	var rows bytes.Buffer
	enc := json.NewEncoder(&rows)
	for i := range count {
		p, _ := g.Page(i)
		if i%2 == 0 {
			err = os.WriteFile(filepath.Join(dir, p.Name), p.Data, 0o644)
		} else {
			err = enc.Encode(map[string]string{"url": "https://" + p.Host + "/" + p.Name, "html": string(p.Data)})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	rows.WriteString("[no object]\n") // rejected, the same in every run
	if err := os.WriteFile(filepath.Join(dir, "rows.jsonl"), rows.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// results are what a run wrote and must write again, however often it was stopped.
func results(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"pages.jsonl", "positions.jsonl", "duties.jsonl", "rejects.jsonl", "evidence"} {
		raw, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = string(raw)
	}
	return out
}

// lastStage is the stage of the last event in stderr.
func lastStage(stderr string) string {
	stage := "start"
	for line := range strings.Lines(stderr) {
		var e progressEvent
		if json.Unmarshal([]byte(line), &e) == nil && e.Stage != "" {
			stage = e.Stage
		}
	}
	return stage
}

// TestKilled kills the program itself, with evidence, duties and index, at random
// moments: each run once or twice, then it runs to its end, and what it wrote is what
// a run wrote that nobody stopped.
func TestKilled(t *testing.T) {
	kills := 3
	if s := os.Getenv(killsVariable); s != "" {
		var err error
		if kills, err = strconv.Atoi(s); err != nil {
			t.Fatalf("%s: %v", killsVariable, err)
		}
	} else if testing.Short() {
		t.Skip("runs the program many times")
	}
	dir := t.TempDir()
	generated(t, filepath.Join(dir, "in"), 80)
	run := func(out string) []string {
		return []string{"run", "in", "-o", out, "--progress", "json", "--workers", "2"}
	}
	cmd, stdin, stderr := start(t, dir, run("whole")...)
	stdin.Close()
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	endedWith(t, cmd, exitRejected, stderr)
	took := time.Since(begun)
	want := results(t, filepath.Join(dir, "whole"))

	stages, done, tries := map[string]int{}, 0, 0
	for ; done < kills && tries < 4*kills; tries++ {
		out := "out" + strconv.Itoa(tries)
		for range 1 + rand.IntN(2) {
			cmd, stdin, stderr := start(t, dir, run(out)...)
			stdin.Close()
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			kill := time.AfterFunc(time.Duration(rand.Int64N(int64(took)*11/10)), func() { _ = cmd.Process.Kill() })
			err := cmd.Wait()
			kill.Stop()
			if err != nil && cmd.ProcessState.ExitCode() == -1 {
				done++
				stages[lastStage(stderr.String())]++
			}
		}
		cmd, stdin, stderr := start(t, dir, run(out)...)
		stdin.Close()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		endedWith(t, cmd, exitRejected, stderr)
		for name, text := range results(t, filepath.Join(dir, out)) {
			if text != want[name] {
				t.Fatalf("after a kill %s differs", name)
			}
		}
		if left, _ := filepath.Glob(filepath.Join(dir, out, "partial-*")); len(left) > 0 {
			t.Fatalf("left behind: %v", left)
		}
		cmd, stdin, stderr = start(t, dir, "verify", out)
		stdin.Close()
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		endedWith(t, cmd, exitDone, stderr)
		if err := os.RemoveAll(filepath.Join(dir, out)); err != nil {
			t.Fatal(err)
		}
	}
	if done < kills {
		t.Errorf("only %d of %d runs were slow enough to be killed", done, tries)
	}
	t.Logf("%d kills by the stage that was last told: %v; a whole run took %v", done, stages, took)
}
