package corpus

import (
	"errors"
	"fmt"
	"path/filepath"

	"zhize/corpus/internal/derive"
	"zhize/corpus/internal/lines"
	"zhize/corpus/internal/store"
	"zhize/record"
)

// How many rejects and duties the statistics hold.
const (
	shownRejects = 20
	shownDuties  = 10
)

// Stats is what came into a finished run and what became of it.
type Stats struct {
	Counts  record.Totals       `json:"counts"`
	Skipped map[string]int      `json:"skipped"` // files that are no pages, by extension or by what they are
	Rejects []record.Reject     `json:"rejects"` // the first twenty
	Titles  []record.TitleCount `json:"titles"`  // the ten titles that most positions bear
	Duties  []record.Duty       `json:"duties"`  // the ten most frequent
}

// ReadStats reads the statistics of a finished run: the manifest's counts, one
// pass over the positions for their titles, and the heads of the duties and
// the rejects. Memory grows with the different titles.
func ReadStats(dir string) (*Stats, error) {
	m, err := store.FinishedManifest(dir)
	if err != nil {
		return nil, err
	}
	s := &Stats{Counts: m.Counts, Skipped: m.Skipped}
	titles := map[string]int{}
	err = lines.Each(filepath.Join(dir, store.PositionsName), func(p *struct{ Title *string }) error {
		if p.Title != nil {
			titles[*p.Title]++
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("statistics: %w", err)
	}
	s.Titles = derive.TopTitles(titles)
	var duties, rejects error
	s.Duties, duties = lines.Head[record.Duty](filepath.Join(dir, store.DutiesName), shownDuties)
	s.Rejects, rejects = lines.Head[record.Reject](filepath.Join(dir, store.RejectsName), shownRejects)
	if err := errors.Join(duties, rejects); err != nil {
		return nil, fmt.Errorf("statistics: %w", err)
	}
	return s, nil
}
