package corpus

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"

	"github.com/zeebo/xxh3"

	"zhize"
	"zhize/document"
	"zhize/index"
	"zhize/index/jieba"
	"zhize/record"
)

// engine is what a run calls outside this package; tests put their own in.
type engine struct {
	process  func(zhize.Input, zhize.Evidence) (*document.Document, error)
	index    func(ctx context.Context, dir string, positions io.ReadSeeker, anew bool, progress func(done int)) (index.Info, error)
	versions record.Versions

	dictionary string // the hash of the index's; "": any
}

// Run processes every page of the inputs and writes the outputs to o.Dir. What
// an earlier run with the same program and configuration made of the same
// pages is copied. A page that cannot be processed becomes a line of
// rejects.jsonl and is no error. Errors are [ErrLocked], [ErrNoPages],
// [ErrInterrupted] (with the summary so far), inputs that are named and absent
// or are o.Dir itself, and failures to write; the outputs of the last finished
// run stay as they are. If only the index fails, the summary comes beside the
// error.
func Run(ctx context.Context, o Options) (*Summary, error) {
	v, err := versions()
	if err != nil {
		return nil, err
	}
	e := engine{process: zhize.Process, versions: v}
	e.index = func(ctx context.Context, dir string, positions io.ReadSeeker, anew bool, progress func(int)) (index.Info, error) {
		if anew {
			return index.BuildWith(ctx, dir, positions, o.Words, progress)
		}
		u, err := index.Update(ctx, dir, positions, o.Words, progress)
		return u.Info, err
	}
	if o.Words != nil {
		dict, err := jieba.Open(o.Words)
		if err != nil {
			return nil, fmt.Errorf("the dictionary: %w", err)
		}
		e.dictionary = dict.Hash()
	}
	return run(ctx, o, e)
}

// versions names this program. The hash of its file stands for everything that
// the version does not say, such as changes that are not committed.
func versions() (record.Versions, error) {
	v := record.Versions{Zhize: "(devel)", Go: runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v.Zhize = info.Main.Version
	}
	path, err := os.Executable()
	if err != nil {
		return v, fmt.Errorf("find the program's own file: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return v, fmt.Errorf("read the program's own file: %w", err)
	}
	defer f.Close() // read only
	h := xxh3.New()
	if _, err := io.Copy(h, f); err != nil {
		return v, fmt.Errorf("read the program's own file: %w", err)
	}
	v.Build = hex.EncodeToString(h.Sum(nil))
	return v, nil
}
