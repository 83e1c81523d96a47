//go:build !cgo || !gojieba

package gojieba

import "errors"

func open(string) (*Segmenter, error) {
	return nil, errors.New("this program was built without gojieba; with a C++ compiler, in a clone of it, this builds one that has it: CGO_ENABLED=1 go build -tags gojieba ./cmd/zhize")
}
