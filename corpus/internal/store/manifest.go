package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"zhize/record"
)

// ErrUnfinished: the folder has no outputs of a finished run.
var ErrUnfinished = errors.New("no finished run is in this folder")

// ReadManifest is the manifest of a folder.
func ReadManifest(dir string) (*record.Manifest, error) {
	raw, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		return nil, err
	}
	var m record.Manifest
	if err := json.Unmarshal(raw, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", ManifestName, err)
	}
	return &m, nil
}

// WriteManifest puts the manifest into a folder in one step.
func WriteManifest(dir string, m *record.Manifest) (err error) {
	raw, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write %s: %w", ManifestName, err)
	}
	f, err := os.CreateTemp(dir, ManifestName+".tmp-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", ManifestName, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(fmt.Errorf("write %s: %w", ManifestName, err), os.Remove(f.Name()))
		}
	}()
	_, err = f.Write(append(raw, '\n'))
	if err := errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), filepath.Join(dir, ManifestName)); err != nil {
		return err
	}
	return syncDir(dir)
}

// FinishedManifest is the manifest of a folder whose run is finished.
func FinishedManifest(dir string) (*record.Manifest, error) {
	m, err := ReadManifest(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !m.Finished {
		return nil, fmt.Errorf("%s: %w; finish it with `zhize run`", dir, ErrUnfinished)
	}
	return m, err
}
