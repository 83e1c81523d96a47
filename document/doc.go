// Package document is the model of one page: an immutable source text, the
// regions that partition it, the ledger of edits that were made to it, and
// the articles, positions, sections and items that were found in it.
//
// There is one coordinate system. Every [Span] is a half-open range of bytes
// of [Document.Source], on rune boundaries. Nothing holds a copy of text: the
// text of an item, a heading or a field is its span of the source with the
// edits inside that span applied ([Document.Text]).
//
// The package imports the standard library alone and knows neither HTML nor
// Chinese; it holds the structure and proves it ([Check]).
package document
