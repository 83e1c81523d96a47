package derive

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// PageIDs gives every page of a run an id of its own. It holds 8 bytes a page
// and 16 more for one whose bytes were there before.
type PageIDs struct {
	used   map[uint64]struct{}
	copies map[uint64]int // by CopyID with n = 1: the next n to try
}

func NewPageIDs() *PageIDs { return &PageIDs{map[uint64]struct{}{}, map[uint64]int{}} }

// Next is the first 16 digits of the page's SHA-256; where a page before it
// has that id, it is the first free CopyID.
func (ids *PageIDs) Next(sha, uri string) string {
	if ids.take(sha[:16]) {
		return sha[:16]
	}
	first := IDBits(CopyID(sha, uri, 1))
	for {
		ids.copies[first]++
		if id := CopyID(sha, uri, ids.copies[first]); ids.take(id) {
			return id
		}
	}
}

// take reports whether an id was free, and takes it.
func (ids *PageIDs) take(id string) bool {
	bits := IDBits(id)
	_, taken := ids.used[bits]
	ids.used[bits] = struct{}{}
	return !taken
}

// CopyID is the id of a page whose bytes stand under another name already: 16
// digits of the SHA-256 of "sha256\nuri", for the n-th page of that name and
// those bytes "sha256\nuri\nn".
func CopyID(sha, uri string, n int) string {
	text := sha + "\n" + uri
	if n > 1 {
		text += "\n" + strconv.Itoa(n)
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// IDBits is a page id as a number; 0 for what is none.
func IDBits(id string) uint64 {
	n, err := strconv.ParseUint(id, 16, 64)
	if err != nil {
		return 0
	}
	return n
}
