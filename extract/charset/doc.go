// Package charset decodes pages: it finds the character set in which the
// bytes of a page make text, and says what decided it.
//
// The ladder has these rungs, each asked over the whole page: a byte order
// mark; the NUL pattern of UTF-16; UTF-8 that is valid, or was before a few
// bytes were damaged; the labels that the page bears, which are distrusted;
// the decoding that gives the most frequent Chinese characters. All labels of
// the GB family mean GB 18030.
package charset
