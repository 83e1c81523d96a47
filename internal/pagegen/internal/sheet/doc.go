// Package sheet is the model of a generated page between its content and its
// bytes: lines in reading order that know what they are. A line's text is the
// clean text and the faults put into it, so that what the page shows and what
// should be read from it never part.
package sheet
