package hanzi

// Signs that stand for what is no Han character where neighbouring characters
// are counted: Other for letters and digits, Stop for marks, space and the
// borders of a text.
const (
	Stop  = '。'
	Other = 'A'
)

// Sign is what a character counts as among its neighbours: a Han character of
// the basic plane as itself, another letter or digit as [Other], all else as
// [Stop].
func Sign(r rune) rune {
	switch {
	case r >= firstHan && r <= lastHan || r >= 0x3400 && r <= 0x4dbf:
		return r
	case r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r < 0x2000 || r >= 0x20000:
		return Other
	}
	return Stop
}

// IsHan reports a sign that is a Han character.
func IsHan(sign rune) bool { return sign >= 0x3400 && sign <= lastHan }
