package engine

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
)

// goneFile holds, in the folder of a further part, the set of the documents of
// those before it that are asked for no more.
const goneFile = "gone.docs"

// WriteGone writes which documents are asked for no more into the folder of the
// part whose documents took their place, and puts it on the disk. It returns the
// name of the file.
func WriteGone(dir string, docs *roaring.Bitmap) (name string, err error) {
	docs.RunOptimize()
	b, err := docs.ToBytes()
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(filepath.Join(dir, goneFile), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	_, err = f.Write(b)
	if err == nil {
		err = f.Sync()
	}
	return goneFile, errors.Join(err, f.Close())
}

// readGone reads what WriteGone wrote; nil where nothing is gone.
func readGone(name string, docs int) (*roaring.Bitmap, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	gone := roaring.New()
	if _, err = gone.ReadFrom(bytes.NewReader(b)); err == nil {
		err = gone.Validate()
	}
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w", goneFile, err)
	case gone.IsEmpty():
		return nil, nil
	case gone.Maximum() >= uint32(docs):
		return nil, fmt.Errorf("%s: document %d of %d", goneFile, gone.Maximum(), docs)
	}
	return gone, nil
}
