//go:build unix

package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"zhize": main,
	})
}

// TestScripts runs the command lines of testdata/script as a shell would, each
// file in a folder of its own.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":    codeCommand,
			"id":      idCommand,
			"json":    jsonCommand,
			"bytes":   bytesCommand,
			"lock":    lockCommand,
			"newline": newlineCommand,
			"replace": replaceCommand,
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("NO_COLOR", "")
			env.Setenv("TERM", "xterm")
			return nil
		},
	})
}

// codeCommand (code N COMMAND ARG…) runs a command and checks its exit code;
// what it prints can be looked at with stdout and stderr.
func codeCommand(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND ARG…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); err != nil {
		if !asExit(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("%v ended with %d, not %d\nstdout: %s\nstderr: %s",
			args[1:], got, want, ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	}
}

func asExit(err error, to **exec.ExitError) bool {
	exit, ok := err.(*exec.ExitError)
	*to = exit
	return ok
}

// jsonCommand (json FILE LINE PATH VALUE) checks a value in a line of JSON;
// lines count from 1, and from the end when negative; PATH is keys and indices
// with dots between, VALUE is JSON, "len N" or "has". Without PATH it checks
// that every line is JSON.
func jsonCommand(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 1 && len(args) < 4 {
		ts.Fatalf("usage: json FILE [LINE PATH VALUE]")
	}
	var lines []string
	for line := range strings.Lines(ts.ReadFile(args[0])) {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	if len(args) == 1 {
		for i, line := range lines {
			if !json.Valid([]byte(line)) {
				ts.Fatalf("line %d is not JSON: %s", i+1, line)
			}
		}
		if len(lines) == 0 {
			ts.Fatalf("there is no line")
		}
		return
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	if n < 0 {
		n += len(lines) + 1
	}
	if n < 1 || n > len(lines) {
		ts.Fatalf("there is no line %s in %d lines", args[1], len(lines))
	}
	var value any
	ts.Check(json.Unmarshal([]byte(lines[n-1]), &value))
	found, err := lookup(value, args[2])
	if err == nil {
		err = compare(found, strings.Join(args[3:], " "))
	}
	if (err == nil) == neg {
		ts.Fatalf("%s line %d: %v in %s", args[0], n, err, lines[n-1])
	}
}

func lookup(v any, path string) (any, error) {
	for key := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			next, ok := at[key]
			if !ok {
				return nil, fmt.Errorf("no key %q of %s", key, path)
			}
			v = next
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(at) {
				return nil, fmt.Errorf("no element %q of %s among %d", key, path, len(at))
			}
			v = at[i]
		default:
			return nil, fmt.Errorf("no %q of %s in %v", key, path, v)
		}
	}
	return v, nil
}

func compare(found any, want string) error {
	if want == "has" {
		return nil
	}
	if n, ok := strings.CutPrefix(want, "len "); ok {
		if got := reflect.ValueOf(found).Len(); strconv.Itoa(got) != n {
			return fmt.Errorf("it has %d elements, not %s", got, n)
		}
		return nil
	}
	var value any
	if err := json.Unmarshal([]byte(want), &value); err != nil {
		value = want
	}
	if !reflect.DeepEqual(found, value) {
		return fmt.Errorf("it is %v, not %v", found, value)
	}
	return nil
}

// bytesCommand (bytes FILE HEX…) writes a file that a script cannot hold.
func bytesCommand(ts *testscript.TestScript, _ bool, args []string) {
	var data []byte
	_, err := fmt.Sscanf(strings.Join(args[1:], ""), "%x", &data)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// lockCommand (lock FILE) holds an exclusive lock on a file until the script
// ends, as another process does that writes.
func lockCommand(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.OpenFile(ts.MkAbs(args[0]), os.O_RDWR|os.O_CREATE, 0o644)
	ts.Check(err)
	ts.Check(syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB))
	ts.Defer(func() { f.Close() })
}

// replaceCommand (replace OLD NEW FILE) changes a text in a file.
func replaceCommand(ts *testscript.TestScript, _ bool, args []string) {
	name := ts.MkAbs(args[2])
	data, err := os.ReadFile(name)
	ts.Check(err)
	changed := strings.Replace(string(data), args[0], args[1], 1)
	if changed == string(data) {
		ts.Fatalf("%s does not stand in %s", args[0], args[2])
	}
	ts.Check(os.WriteFile(name, []byte(changed), 0o644))
}

// newlineCommand makes a folder "odd" with a file whose name is hostile.
func newlineCommand(ts *testscript.TestScript, _ bool, _ []string) {
	ts.Check(os.Mkdir(ts.MkAbs("odd"), 0o755))
	ts.Check(os.WriteFile(ts.MkAbs("odd/二\n行\x1b[31m.txt"), nil, 0o644))
}

// idCommand (id NAME PATH) makes a variable of a value in the first line of
// the JSON that the last command printed.
func idCommand(ts *testscript.TestScript, _ bool, args []string) {
	first, _, _ := strings.Cut(ts.ReadFile("stdout"), "\n")
	var value any
	ts.Check(json.Unmarshal([]byte(first), &value))
	found, err := lookup(value, args[1])
	ts.Check(err)
	ts.Setenv(args[0], fmt.Sprint(found))
}
