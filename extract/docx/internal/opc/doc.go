// Package opc opens the archives that office documents are, and streams the
// XML of their parts. It trusts nothing that an archive says of itself: what a
// part unpacks to, how deep it nests and how long its tags are is limited
// while it is read.
package opc

import "fmt"

// Error says why an archive cannot be read.
type Error struct {
	Reason  string // "binary", "damaged", "encrypted", "too-large" or "too-complex"
	Message string // for a person, with what to do
}

// Error is the reason and the message.
func (e *Error) Error() string { return e.Reason + ": " + e.Message }

// Reject makes an [*Error].
func Reject(reason, format string, args ...any) error {
	return &Error{Reason: reason, Message: fmt.Sprintf(format, args...)}
}
