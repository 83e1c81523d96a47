// Package style reads what a Word document says of its styles and lists, and
// counts: it computes the numbers that Word shows in front of paragraphs and
// keeps nowhere.
package style
