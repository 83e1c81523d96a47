package marker

// IsNumeral reports a Chinese digit.
func IsNumeral(r rune) bool { return chineseDigit(r) > 0 }

// ChineseNumber reads 一 … 九十九 at the start of text and returns it with what
// follows; 0 where there is none.
func ChineseNumber(text string) (n int, rest string) {
	s := scanner{text: text}
	s.line.End = len(text)
	n, end := s.chineseNumber(0)
	return n, text[end:]
}
