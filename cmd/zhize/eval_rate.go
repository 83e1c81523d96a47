package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"zhize/internal/evaluate"
	"zhize/record"
)

// evalRow is one page: a line of `zhize eval --json`, but for the last.
type evalRow struct {
	Page    *string           `json:"page"`    // its uri, null for an answer without a page
	Answer  *string           `json:"answer"`  // the name of its answer, null for a page without one
	Reject  *string           `json:"reject"`  // why the page was rejected, null where it was not
	Figures *evaluate.Figures `json:"figures"` // null for a page without an answer, as is what follows
	Counts  *evaluate.Counts  `json:"counts"`
	evaluate.Detail
}

// evalSummary is the last line of `zhize eval --json`.
type evalSummary struct {
	Pages    int              `json:"pages"`    // that were rated
	Perfect  int              `json:"perfect"`  // of them
	Rejected int              `json:"rejected"` // of them
	Absent   int              `json:"absent"`   // of them: answers without a page
	Others   int              `json:"others"`   // pages without an answer
	Mean     evaluate.Figures `json:"mean"`
	Pooled   evaluate.Figures `json:"pooled"`
	Counts   evaluate.Counts  `json:"counts"` // of all pages
}

// shownNames is how many pages or answers a note names; --all names all.
const shownNames = 5

// pages rates the pages that gave something, and those that gave nothing.
func (e *evaluation) pages(ctx context.Context, in *outputs) error {
	var lone *evaluate.Page // an only page need not be named as an only answer
	for n := 1; ; n++ {
		page, err := in.pages.Next()
		switch {
		case errors.Is(err, io.EOF) && lone != nil:
			return e.rate(lone.URI, e.answers.only, "", lone.Positions)
		case errors.Is(err, io.EOF):
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return fmt.Errorf("%s: %w; what is read is a folder that zhize run wrote, or positions.jsonl", plain(e.o.dir), err)
		}
		if lone != nil {
			if err := e.other(lone.URI); err != nil {
				return err
			}
			lone = nil
		}
		name, ok := evaluate.AnswerName(page.URI, e.answers.known)
		switch {
		case ok:
			err = e.rate(page.URI, name, "", page.Positions)
		case n == 1 && e.answers.only != "":
			lone = &page
		default:
			err = e.other(page.URI)
		}
		if err != nil {
			return err
		}
	}
}

// rest rates what has no positions: rejected pages, and answers without a page.
func (e *evaluation) rest(ctx context.Context, rejects io.Reader) error {
	if rejects != nil {
		for lines := json.NewDecoder(bufio.NewReader(rejects)); lines.More(); {
			var r record.Reject
			if err := lines.Decode(&r); err != nil {
				return fmt.Errorf("cannot read what was rejected: %w", err)
			}
			if name, ok := evaluate.AnswerName(r.URI, e.answers.known); ok {
				if err := e.rate(r.URI, name, r.Reason, nil); err != nil {
					return err
				}
			}
		}
	}
	if e.matched == 0 {
		return e.noMatch()
	}
	for _, name := range e.answers.unused() {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := e.rate("", name, "", nil); err != nil {
			return err
		}
	}
	return nil
}

// noMatch says why nothing can be rated.
func (e *evaluation) noMatch() error {
	name := e.answers.unused()[0]
	if e.others == 0 {
		return fmt.Errorf("%s holds no pages", plain(e.o.dir))
	}
	return fmt.Errorf("no page of %s has an answer in %s: the first is named %s, an answer %s.json; the answer of 0001.html is 0001.json",
		plain(e.o.dir), plain(e.answers.path), plain(evaluate.FileName(e.otherURI[0])), plain(name))
}

// rate rates a page with an answer; of an answer without a page uri is "".
func (e *evaluation) rate(uri, answer, reject string, positions []record.Position) error {
	a, err := e.answers.read(answer)
	if err != nil {
		return err
	}
	figures, detail := evaluate.Rate(a, positions)
	row := evalRow{Page: optional(uri), Answer: &answer, Reject: optional(reject), Figures: &figures, Counts: &detail.Counts, Detail: detail}
	e.summary.Add(detail.Counts)
	switch {
	case uri == "":
		e.absent = append(e.absent, answer)
	case reject != "":
		e.rejected = append(e.rejected, uri)
		fallthrough
	default:
		e.matched++
		if e.floors != nil && e.holdPages {
			e.wrong = append(e.wrong, e.floors.Hold(evaluate.FileName(uri), figures, e.o.update)...)
		}
	}
	if e.o.json {
		return e.a.json(row)
	}
	e.list(row)
	return nil
}

func optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// other notes a page that has no answer.
func (e *evaluation) other(uri string) error {
	e.others++
	if e.o.all || len(e.otherURI) < shownNames {
		e.otherURI = append(e.otherURI, uri)
	}
	if e.o.json {
		return e.a.json(evalRow{Page: &uri})
	}
	return nil
}

// list puts a row among those that are shown, if it is bad enough.
func (e *evaluation) list(row evalRow) {
	if row.Counts.Loss() == 0 && !e.o.all {
		return
	}
	if !e.o.show {
		row.Detail = evaluate.Detail{}
	}
	at, _ := slices.BinarySearchFunc(e.listed, row, func(a, b evalRow) int {
		return cmp.Or(cmp.Compare(b.Counts.Loss(), a.Counts.Loss()), cmp.Compare(a.name(), b.name()))
	})
	e.listed = slices.Insert(e.listed, at, row)
	if !e.o.all && len(e.listed) > e.o.limit {
		e.listed = e.listed[:e.o.limit]
	}
}

// name is what a person reads of a row.
func (r evalRow) name() string {
	cut := func(name string) string { return shorten(plain(name), 40) }
	switch {
	case r.Page == nil:
		return cut(*r.Answer) + " (no page)"
	case r.Reject != nil:
		return cut(evaluate.FileName(*r.Page)) + " (rejected: " + *r.Reject + ")"
	}
	return cut(evaluate.FileName(*r.Page))
}

// print prints the summary, and for people the list before it.
func (e *evaluation) print() error {
	s := &e.summary
	if e.o.json {
		return e.a.json(evalSummary{
			Pages: s.Pages, Perfect: s.Perfect, Rejected: len(e.rejected), Absent: len(e.absent), Others: e.others,
			Mean: s.Mean(), Pooled: s.Pooled.Figures(), Counts: s.Pooled,
		})
	}
	names := evaluate.Names()
	t := table{}
	for i := range names {
		t.right = append(t.right, i+1)
	}
	t.add(append([]string{"page"}, names...)...)
	for _, r := range e.listed {
		t.add(cells(r.name(), *r.Figures, r.Counts.Says())...)
	}
	if more := s.Pages - s.Perfect - len(e.listed); more > 0 {
		t.add("… and " + thousands(more) + " more; --all lists all")
	}
	t.add(cells("mean over pages", s.Mean(), s.Pooled.Says())...)
	t.add(cells("pooled", s.Pooled.Figures(), s.Pooled.Says())...)
	t.write(e.a.stdout)
	if e.o.show {
		e.details()
	}
	e.a.printf("\n%s rated, %s of them perfect\n", count(s.Pages, "page", "pages"), thousands(s.Perfect))
	e.named(len(e.rejected), e.rejected, "page was rejected, and counts as nothing found", "pages were rejected, and count as nothing found")
	e.named(len(e.absent), e.absent, "answer has no page, and counts as nothing found", "answers have no page, and count as nothing found")
	e.named(e.others, e.otherURI, "page has no answer, and is not rated", "pages have no answer, and are not rated")
	return nil
}

// cells are a row of the table: three decimals, "-" where nothing was counted.
func cells(name string, f evaluate.Figures, says []bool) []string {
	out := []string{name}
	for i, v := range f {
		switch cell := fmt.Sprintf("%.3f", v); {
		case !says[i]:
			out = append(out, "-")
		case cell == "1.000" && v < 1: // only what is perfect looks so
			out = append(out, "0.999")
		case cell == "0.000" && v > 0:
			out = append(out, "0.001")
		default:
			out = append(out, cell)
		}
	}
	return out
}

// details prints what is wrong with the listed pages.
func (e *evaluation) details() {
	paint := e.a.style()
	for _, r := range e.listed {
		lines := r.Lines()
		if len(lines) == 0 {
			continue
		}
		e.a.printf("\n%s\n", paint.paint(bold, r.name()))
		for _, l := range lines {
			e.a.printf("  %s\n", plain(l))
		}
	}
}

// named prints how many there are, and the first names.
func (e *evaluation) named(n int, names []string, one, many string) {
	if n == 0 {
		return
	}
	shown := names
	if !e.o.all {
		shown = names[:min(len(names), shownNames)]
	}
	more := ""
	if rest := n - len(shown); rest > 0 {
		more = " and " + thousands(rest) + " more"
	}
	e.a.printf("%s: %s%s\n", count(n, one, many), plain(strings.Join(shown, ", ")), more)
}

// gate compares with the floors what was not compared yet, raises them if that
// is asked for, and fails where one is not kept.
func (e *evaluation) gate(ctx context.Context) error {
	if e.floors == nil {
		return nil
	}
	if slices.Contains(e.floors.Unheld(), evaluate.MeanRow) {
		e.wrong = append(e.wrong, e.floors.Hold(evaluate.MeanRow, e.summary.Mean(), e.o.update)...)
	}
	if e.answers.only == "" {
		for _, name := range e.floors.Unheld() {
			e.wrong = append(e.wrong, name+" has floors, and no page of this name was rated; if it is gone for good, take its row out")
		}
	}
	if e.o.update {
		if err := writeFile(ctx, e.o.floors, e.floors.Write); err != nil {
			return err
		}
		e.a.note("floors written to %s", plain(e.o.floors))
	}
	if len(e.wrong) == 0 {
		return nil
	}
	shown := e.wrong[:min(len(e.wrong), shownProblems)]
	text := strings.Join(shown, "\n  ")
	if more := len(e.wrong) - len(shown); more > 0 {
		text += fmt.Sprintf("\n  and %s more", thousands(more))
	}
	return fmt.Errorf("the floors of %s are not kept:\n  %s", plain(e.o.floors), text)
}
