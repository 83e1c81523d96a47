package corpus

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"zhize/corpus/internal/store"
	"zhize/corpus/internal/verify"
	"zhize/evidence"
	"zhize/index"
)

// Report is what a proof counted and found; a Problem is one broken promise.
type (
	Report  = verify.Report
	Problem = verify.Problem
)

// Errors of reading what a run wrote. They come wrapped.
var (
	// ErrDamaged: the outputs do not keep what they promise; the report says where.
	ErrDamaged = verify.ErrDamaged
	// ErrUnfinished: the folder has no outputs of a finished run.
	ErrUnfinished = store.ErrUnfinished
)

// Verify proves of a finished run that every line is valid against its schema;
// that the regions of every page partition its source; that every edit finds
// its text and undoing all gives the source back; that every position, section
// and item lies inside its page and says what its span says with the edits
// made; that ids are there once and references resolve; that duplicates and
// duties are what the positions give; and that sizes, hashes and counts are
// those of the manifest; that the evidence of the folder is whole; and that the index, where there is one, is the one that
// was built. It reads everything once, in bounded memory but for
// some fifty bytes a page and position. The error is [ErrDamaged] where the
// report names problems, [ErrUnfinished] where there is nothing to prove.
func Verify(ctx context.Context, dir string) (*Report, error) {
	r, err := verify.Run(ctx, dir)
	if r == nil {
		return r, err
	}
	if bad := wholeEvidence(dir); bad != nil {
		r.Problems = append(r.Problems, Problem{File: store.EvidenceName, What: bad.Error()})
		if err == nil {
			err = fmt.Errorf("%s: %w", dir, ErrDamaged)
		}
	}
	if r.Index == "absent" {
		return r, err
	}
	if bad := index.Verify(dir); bad != nil {
		r.Index = "damaged"
		r.Problems = append(r.Problems, Problem{File: store.IndexDir, What: bad.Error()})
		if err == nil {
			err = fmt.Errorf("%s: %w", dir, ErrDamaged)
		}
	}
	return r, err
}

// wholeEvidence opens the evidence of a folder, if it has any.
func wholeEvidence(dir string) error {
	e, err := evidence.Open(filepath.Join(dir, store.EvidenceName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return e.Close()
}
