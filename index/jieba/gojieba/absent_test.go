//go:build !cgo || !gojieba

package gojieba

import (
	"strings"
	"testing"
)

// TestAbsent reads what a program without gojieba says.
func TestAbsent(t *testing.T) {
	s, err := Open("")
	if s != nil || err == nil || !strings.Contains(err.Error(), "CGO_ENABLED=1 go build -tags gojieba ./cmd/zhize") {
		t.Errorf("Open = %v, %v; want an error that says how to build a program that has it", s, err)
	}
}
