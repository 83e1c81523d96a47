// Package verify proves what the outputs of a finished run promise.
package verify

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// ErrDamaged: the outputs do not keep what they promise; the report says where.
var ErrDamaged = errors.New("the outputs are damaged")

// Problem is one broken promise.
type Problem struct {
	File string `json:"file"`
	Line int    `json:"line"` // from 1; 0: the file as a whole
	What string `json:"what"`
}

// String is file:line: what.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.What
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.What)
}

// maxProblems is how many problems a report names: the first ones tell what
// happened, the rest repeats them.
const maxProblems = 100

// Report is what a proof counted and found.
type Report struct {
	Pages      int       `json:"pages"`
	Positions  int       `json:"positions"`
	Items      int       `json:"items"`
	Duties     int       `json:"duties"`
	Rejects    int       `json:"rejects"`
	Characters int       `json:"characters"` // of the pages' sources, each in exactly one region
	Edits      int       `json:"edits"`      // applied ones, each undone
	Suggested  int       `json:"suggested"`
	IDs        int       `json:"ids"`        // of pages, articles and positions, each there once
	References int       `json:"references"` // duplicate_of, each resolved
	Index      string    `json:"index"`      // current; unknown: the manifest does not say of what it was built; damaged; absent
	Problems   []Problem `json:"problems"`   // the first hundred
	More       int       `json:"more"`       // problems beyond those
}

// verifier is one proof.
type verifier struct {
	dir      string
	temp     string // folder for what does not fit into memory
	manifest *record.Manifest
	report   Report
	totals   record.Totals
	schemas  map[string]*jsonschema.Resolved
	duties   *derive.DutyBook
	ids      map[uint64]bool
	named    map[uint64]int // by derive.CopyID: pages of the same bytes and name
	copies   *derive.CopyBook
	claims   *claims
}

// Run proves the promises of the outputs in dir; corpus.Verify says which.
func Run(ctx context.Context, dir string) (*Report, error) {
	m, err := store.ReadManifest(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%s: %w; finish it with `zhize run`", dir, store.ErrUnfinished)
	case err != nil:
		p := Problem{File: store.ManifestName, What: err.Error()}
		return &Report{Problems: []Problem{p}}, fmt.Errorf("%s: %w: %s", dir, ErrDamaged, p)
	case !m.Finished:
		return nil, fmt.Errorf("%s: %w; finish it with `zhize run`", dir, store.ErrUnfinished)
	}
	temp, err := os.MkdirTemp("", "zhize-verify-*")
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	v := &verifier{
		dir: dir, temp: temp, manifest: m, totals: record.NewTotals(), duties: derive.NewDutyBook(temp),
		ids: map[uint64]bool{}, named: map[uint64]int{}, copies: derive.NewCopyBook(temp),
	}
	v.report.Problems = []Problem{}
	if v.claims, err = newClaims(temp); err == nil {
		err = errors.Join(v.verify(ctx), v.claims.close())
	}
	v.duties.Close()
	v.copies.Close()
	if err := errors.Join(err, os.RemoveAll(temp)); err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	if n := len(v.report.Problems) + v.report.More; n > 0 {
		return &v.report, fmt.Errorf("%s: %w: %d problems, the first: %s", dir, ErrDamaged, n, v.report.Problems[0])
	}
	return &v.report, nil
}

func (v *verifier) problem(file string, line int, format string, args ...any) {
	if len(v.report.Problems) == maxProblems {
		v.report.More++
		return
	}
	v.report.Problems = append(v.report.Problems, Problem{file, line, fmt.Sprintf(format, args...)})
}

// verify walks the files. Its errors are those of the machine, not of the outputs.
func (v *verifier) verify(ctx context.Context) error {
	var err error
	if v.schemas, err = compileSchemas(); err != nil {
		return err
	}
	if err := v.schemaOfManifest(); err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{v.pagesAndPositions, v.duplicates, v.dutyLines, v.dutyTable, v.rejectLines} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	v.counts()
	v.report.Index = v.indexState()
	return nil
}

func compileSchemas() (map[string]*jsonschema.Resolved, error) {
	out := map[string]*jsonschema.Resolved{}
	for _, name := range record.SchemaNames() {
		raw, err := record.SchemaFor(name)
		if err != nil {
			return nil, err
		}
		var s jsonschema.Schema
		if err := json.Unmarshal(raw, &s); err != nil {
			return nil, fmt.Errorf("the schema of %s: %w", name, err)
		}
		if out[name], err = s.Resolve(nil); err != nil {
			return nil, fmt.Errorf("the schema of %s: %w", name, err)
		}
	}
	return out, nil
}

// invalid says in one line why a JSON text is not valid, "" if it is.
func invalid(s *jsonschema.Resolved, raw []byte) string {
	var doc any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return "no JSON: " + err.Error()
	}
	if err := s.Validate(doc); err != nil {
		return "not valid against the schema: " + strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	return ""
}

func (v *verifier) schemaOfManifest() error {
	raw, err := os.ReadFile(filepath.Join(v.dir, store.ManifestName))
	if err != nil {
		return err
	}
	if what := invalid(v.schemas["manifest"], raw); what != "" {
		v.problem(store.ManifestName, 0, "%s", what)
	}
	return nil
}

// open opens an output. One that cannot be opened is a problem, and nil.
func (v *verifier) open(name string) *lines.Reader {
	r, err := lines.Open(filepath.Join(v.dir, name))
	if err != nil {
		v.problem(name, 0, "%v", err)
		return nil
	}
	return r
}

// close compares a whole file with what the manifest says of it.
func (v *verifier) close(r *lines.Reader) error {
	sum, size, n, err := r.Sum()
	if err := errors.Join(err, r.Close()); err != nil {
		v.problem(r.Name(), 0, "%v", err)
		return nil
	}
	i := slices.IndexFunc(v.manifest.Outputs, func(o record.Output) bool { return o.Name == r.Name() })
	if i < 0 {
		v.problem(store.ManifestName, 0, "does not name %s", r.Name())
		return nil
	}
	if got := (record.Output{Name: r.Name(), SHA256: sum, Bytes: size, Lines: n}); got != v.manifest.Outputs[i] {
		v.problem(r.Name(), 0, "has %d bytes, %d lines and sha256 %.12s…; the manifest says %d, %d and %.12s…",
			got.Bytes, got.Lines, got.SHA256, v.manifest.Outputs[i].Bytes, v.manifest.Outputs[i].Lines, v.manifest.Outputs[i].SHA256)
	}
	return nil
}

// dutyLines compares duties.jsonl with what the positions give.
func (v *verifier) dutyLines(ctx context.Context) error {
	r := v.open(store.DutiesName)
	if r == nil {
		return nil
	}
	same := true
	err := v.duties.Lines(ctx, func(want []byte) error {
		v.report.Duties++
		if !same {
			return nil
		}
		got, err := r.Next()
		if err == nil && bytes.Equal(got, want) {
			return nil
		}
		same = false
		if errors.Is(err, io.EOF) {
			v.problem(store.DutiesName, r.Line()+1, "a duty is missing here")
			return nil
		}
		if err != nil {
			v.problem(store.DutiesName, r.Line(), "%v", err)
			return nil
		}
		what := invalid(v.schemas["duties"], got)
		if what == "" {
			what = "not the duty that the positions give"
		}
		v.problem(store.DutiesName, r.Line(), "%s", what)
		return nil
	})
	if err != nil {
		return errors.Join(err, r.Close())
	}
	if _, err := r.Next(); same && !errors.Is(err, io.EOF) {
		v.problem(store.DutiesName, r.Line(), "a duty that no position has")
	}
	return v.close(r)
}

// dutyTable compares the table that leads to the duties with what they give. It
// is a cache: a folder may be without.
func (v *verifier) dutyTable(context.Context) error {
	got, err := os.ReadFile(filepath.Join(v.dir, store.DutyTableName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	path := filepath.Join(v.temp, store.DutyTableName)
	if err := v.duties.Table(path); err != nil {
		return err
	}
	want, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(got, want) {
		v.problem(store.DutyTableName, 0, "does not lead to the duties; remove it and run again")
	}
	return err
}

// rejectLines validates rejects.jsonl.
func (v *verifier) rejectLines(ctx context.Context) error {
	r := v.open(store.RejectsName)
	if r == nil {
		return nil
	}
	for ctx.Err() == nil {
		line, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			v.problem(store.RejectsName, r.Line(), "%v", err)
			break
		}
		v.report.Rejects++
		if what := invalid(v.schemas["rejects"], line); what != "" {
			v.problem(store.RejectsName, r.Line(), "%s", what)
			continue
		}
		var rec record.Reject
		if what := decode(line, &rec); what != "" {
			v.problem(store.RejectsName, r.Line(), "%s", what)
			continue
		}
		v.totals.RejectReasons[rec.Reason]++
	}
	return errors.Join(ctx.Err(), v.close(r))
}

// counts compares what was counted with the manifest.
func (v *verifier) counts() {
	v.totals.Duties, v.totals.Rejects, v.totals.NearDuties = v.report.Duties, v.report.Rejects, v.duties.Near()
	got, want := reflect.ValueOf(v.totals), reflect.ValueOf(v.manifest.Counts)
	for i := range got.NumField() {
		if !reflect.DeepEqual(got.Field(i).Interface(), want.Field(i).Interface()) {
			v.problem(store.ManifestName, 0, "counts.%s is %v, but the lines have %v",
				got.Type().Field(i).Tag.Get("json"), want.Field(i).Interface(), got.Field(i).Interface())
		}
	}
	for _, o := range v.manifest.Outputs {
		if !slices.Contains(store.DataNames[:], o.Name) {
			v.problem(store.ManifestName, 0, "names %q, which is no output", o.Name)
		}
	}
}

// indexState compares the index with the positions by what the manifest says.
func (v *verifier) indexState() string {
	if _, err := os.Stat(filepath.Join(v.dir, store.IndexDir)); err != nil {
		return "absent"
	}
	for _, o := range v.manifest.Outputs {
		if o.Name == store.PositionsName && v.manifest.Index != nil && v.manifest.Index.Positions == o.SHA256 {
			return "current"
		}
	}
	return "unknown"
}
