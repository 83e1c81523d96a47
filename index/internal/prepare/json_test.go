package prepare

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"zhize/internal/dutygen"
)

// same fails where a line is read otherwise than by encoding/json.
func same(t *testing.T, line []byte) (read bool) {
	t.Helper()
	s := scanner{text: string(line)}
	var got, want Line
	if !s.line(&got) {
		return false // which then reads it
	}
	if err := json.Unmarshal(line, &want); err != nil {
		t.Errorf("%q is read, and no JSON: %v", line, err)
	} else if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("%q (- encoding/json, + here)\n%s", line, diff)
	}
	return true
}

const whole = `{"schema":"zhize/1","id":"a-p001","page":{"id":"a","uri":"u","title":"说明\"书\"","site":null,"published":null},
	"article":{"ordinal":1,"heading":null}, "ordinal":1,"title":"客服\u0041","title_origin":"heading","fields":{"Department":"客服部"},
	"sections":[{"kind":"other","heading":"职责","span":[0,9],"items":[
	{"number":1,"marker":"1.","text":"负责\t回访","span":[1,7],"flags":["truncated"],"children":[
		{"number":null,"marker":null,"text":"","span":[2,3],"flags":[],"children":[]}]}],"missing":[2],"flags":[]}],
	"edits":[{"rule":"x","span":[1,2],"confidence":0.99,"evidence":{"deep":[[[{}]]],"e":-1.5e+3,"t":true,"f":false}}],"flags":[],"duplicate_of":null}`

// TestParse: the form that is written is read here, and as encoding/json reads it.
func TestParse(t *testing.T) {
	if !same(t, []byte(whole)) {
		t.Errorf("%s is not read", whole)
	}
	var made bytes.Buffer
	if _, err := dutygen.Write(&made, io.Discard, 1, 500); err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(made.Bytes()) {
		if !same(t, line) {
			t.Errorf("%s is not read", line)
		}
	}
	for from := range whole { // broken off, and with a character too much or too few
		same(t, []byte(whole[:from]))
		same(t, []byte(whole[:from]+whole[from+1:]))
		for _, c := range []string{"\"", "\\", ",", "0", "\x01", "\xff", "}", " "} {
			same(t, []byte(whole[:from]+c+whole[from:]))
		}
	}
}

// TestParseLeaves: what encoding/json reads in its own way is left to it.
func TestParseLeaves(t *testing.T) {
	for _, change := range [][2]string{
		{`"id":"a-p001"`, `"id":"b","id":"a-p001"`},
		{`"id":"a-p001"`, `"ID":"a-p001"`},
		{`"id":"a-p001"`, `"id":null`},
		{`"number":1`, `"number":1.0`},
		{`"number":1`, `"Number":1`},
		{`"kind"`, `"\u212aind"`},
		{`"kind"`, "\"\u212aind\""},
		{`"span":[1,7]`, `"span":[1,7,8]`},
		{`"flags":["truncated"]`, `"flags":null`},
		{"other", "oth\xffer"},
		{`[[[{}]]]`, strings.Repeat("[", 600) + strings.Repeat("]", 600)},
	} {
		line := strings.Replace(whole, change[0], change[1], 1)
		s := scanner{text: line}
		if line == whole || s.line(new(Line)) {
			t.Errorf("%q is read here", change[1])
		}
		if _, err := parse(line); err != nil && json.Valid([]byte(line)) {
			if want := json.Unmarshal([]byte(line), new(Line)); want == nil || want.Error() != err.Error() {
				t.Errorf("%q: %v, want %v", change[1], err, want)
			}
		}
	}
}

// FuzzParse: whatever is read here is read as encoding/json reads it.
func FuzzParse(f *testing.F) {
	f.Add([]byte(whole))
	f.Add([]byte(`{"sections":[{"items":[{"number":-0,"text":"\ud83d\ude00\ud800","span":[1e2,00]}]}],"x":[1,-,2]}`))
	f.Fuzz(func(t *testing.T, line []byte) { same(t, line) })
}
