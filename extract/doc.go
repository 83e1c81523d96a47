// Package extract turns the bytes of one page into its source text: what a
// reader of the page sees, in reading order, as valid UTF-8.
//
// The walk is [Read]. The first bytes tell a Word document, which package docx
// reads; all else is decoded (package charset), and a look at its tags decides
// whether it is HTML, which package markup reads, or a text. A text is its own
// source; where it is written in Markdown, package markdown describes its
// marks. Whoever walks a page writes into one writer (internal/writer), which
// alone knows about white space, line ends and blocks. What the structure of a
// page says is no part of its text is written too, and recorded as dropped with
// a reason. What words say is left to package outline; only the head of a page
// is read for what it says of itself (meta.go).
//
// The text of a page has these conventions. A block ends with "\n". A line end
// inside a block is "\n", and several of them give at most one blank line. The
// cells of a table row are parted by "\t"; line ends inside a cell stay, and a
// cell that spans columns, or reaches into the next row, has empty ones behind
// or below it. A table whose columns are lists is written by column. White
// space is collapsed as a browser does, and kept inside pre and in documents.
// The number that a browser or Word prints before an item stands before the
// item's text and is listed in Result.Generated, unless the text itself begins
// with a number. Scripts, styles, templates, noscript and the head are no part
// of the text.
package extract
