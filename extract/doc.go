// Package extract turns the bytes of one page into its source text: what a
// reader of the page sees, in reading order, as valid UTF-8.
//
// The walk is [Read]: decode (package charset), look whether it is HTML or text
// (sniff.go), parse and lay the nodes out in a row (tree.go), and let one
// walker (walk.go) write the text into one builder (builder.go), which alone
// knows about white space, line ends and blocks. What the structure of a page
// says is no part of its text (hidden nodes, menus, footers) is written too,
// and recorded as dropped with a reason (drop.go, sheet.go): goquery's
// selectors name those parts, tried in the same single pass. What words say is
// left to package outline.
//
// The text of an HTML page has these conventions. A block ends with "\n". A
// br is "\n", several of them give at most one blank line. The cells of a
// table row are parted by "\t"; line ends inside a cell stay. White space is
// collapsed as a browser does, and kept inside pre. The number that a browser
// prints before an item of an ol stands before the item's text and is listed
// in Result.Generated, unless the text itself begins with a number. Scripts,
// styles, templates, noscript and the head are no part of the text.
package extract
