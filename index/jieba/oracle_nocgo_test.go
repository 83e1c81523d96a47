//go:build !cgo

package jieba

import "testing"

// TestOracle needs gojieba, which needs cgo.
func TestOracle(t *testing.T) {
	t.Skip("built without cgo: tokens are not compared with gojieba's")
}
