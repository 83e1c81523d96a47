package export

import "zhize/record"

// What becomes of records that repeat others.
const (
	MarkDuplicates = "mark" // they say so in duplicate_of; the usual
	KeepDuplicates = "keep" // they are as others, and duplicate_of is null
	DropDuplicates = "drop" // they are left out, and counted
)

// Duplicates lists the choices, the usual one first.
func Duplicates() []string { return []string{MarkDuplicates, KeepDuplicates, DropDuplicates} }

// wanted reports whether a record is exported, and takes its mark off where it
// is to be as others. Canonical duties repeat nothing.
func (j Job) wanted(r any) bool {
	var of **string
	switch r := r.(type) {
	case *record.Position:
		of = &r.DuplicateOf
	case *record.Page:
		of = &r.DuplicateOf
	default:
		return true
	}
	if *of == nil {
		return true
	}
	if j.Duplicates == KeepDuplicates {
		*of = nil
	}
	return j.Duplicates != DropDuplicates
}
