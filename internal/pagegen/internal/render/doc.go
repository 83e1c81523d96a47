// Package render writes a sheet down: as HTML, as plain text or as text with
// Markdown's marks, in one of the encodings that pages come in.
package render
